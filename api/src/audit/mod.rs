//! The audit trail: who did what to which row, from where, and how it ended. ARCHITECTURE.md says how it holds together.

pub mod anchor;
mod csv;
pub mod dto;
mod event;
mod history;
mod ids;
mod key;
#[cfg(test)]
mod plans;
pub mod prune;
pub mod queries;
mod queue;
mod refusals;
mod routes;
mod seal;
mod sealer;
mod trace;
#[cfg(feature = "unaudited")]
pub mod unaudited;
pub mod verify;
pub mod versions;

pub use anchor::Anchor;
pub use event::{Actor, ActorType, Event};
pub use history::{HistoryList, HistoryPage, HistoryParameters, Revert, history};
pub use key::{Key, Keyring};
pub use prune::Pruned;
pub use queue::Audit;
pub use sealer::Sealer;
pub use trace::{Operations, Trace, traced};
pub use verify::Report;

use entity::audit_event;
use sea_orm::{ConnectionTrait, DbErr};

use crate::db::{batches, each};
use crate::error::is_unique_violation;
use routes::{get_audit_verification, list_audit_events, list_patient_accesses};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(list_audit_events).service(list_patient_accesses).service(get_audit_verification);
}

/// Writes the event of a change into the change's own transaction, so that there is neither without the other. The answer is the
/// event's id.
///
/// # Errors
/// When the database fails; the transaction must not be committed then.
pub async fn record(tx: &impl ConnectionTrait, trace: &Trace, mut event: Event) -> Result<i64, DbErr> {
    record_all(tx, trace, std::slice::from_mut(&mut event)).await?;
    Ok(event.id())
}

/// Writes the events of many changes, a few hundred in one statement; their ids are those that they have afterwards.
///
/// # Errors
/// As [`record`].
pub async fn record_all(tx: &impl ConnectionTrait, trace: &Trace, events: &mut [Event]) -> Result<(), DbErr> {
    trace.set_recorded();
    #[cfg(feature = "unaudited")]
    if unaudited::is_begun() {
        return Ok(());
    }
    write(tx, trace.keys(), events).await
}

/// Adds events to the trail, each once however often it is tried.
async fn write(db: &impl ConnectionTrait, keys: &Keyring, events: &mut [Event]) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let statements = batches(events).map(|some| {
        let statement = queries::insertion_of(backend, rows(some, keys));
        (some, statement)
    });
    // The statement alone is undone.
    let enter = async |statement| match db.execute_raw(statement).await {
        Err(error) if is_unique_violation(&error) => Ok(false),
        result => result.map(|_| true),
    };
    let mut taken = Vec::new();
    each(statements, enter, |some, is_entered| {
        taken.extend((!is_entered).then_some(some));
        Ok(())
    })
    .await?;
    for some in taken {
        write_taken(db, keys, some).await?;
    }
    Ok(())
}

/// Adds events one of whose ids is in the trail.
async fn write_taken(db: &impl ConnectionTrait, keys: &Keyring, events: &mut [Event]) -> Result<(), DbErr> {
    loop {
        let signed = rows(events, keys);
        // They were committed before, and the connection broke before it said so ...
        if queries::is_there(db, signed[0].id, &signed[0].mac).await? {
            return Ok(());
        }
        // ... or another instance has given one of these ids in the same millisecond.
        events.iter_mut().for_each(Event::renew);
        match queries::insert_some(db, rows(events, keys)).await {
            Err(error) if is_unique_violation(&error) => {}
            result => return result,
        }
    }
}

fn rows(events: &[Event], keys: &Keyring) -> Vec<audit_event::Model> {
    events.iter().cloned().map(|event| event.into_row(keys.current())).collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use sea_orm::EntityTrait;

    use super::event::Origin;
    use super::*;
    use crate::config::Secret;
    use crate::explained::database;

    #[tokio::test]
    async fn events_are_written_once_though_tried_again_and_beside_others_of_their_ids() {
        let (db, remove) = database("audit_again").await;
        let keys = Keyring::new(&Secret::new("a secret of the tests"), &[]);
        let event = || Event::new(Actor::ANONYMOUS, Cow::Borrowed("login"), Origin::default());
        let events = [event(), event(), event()];
        let others = events.clone().map(|event| event.ended("overloaded"));
        for events in [&events, &events, &others] {
            let written = db.write(async |tx| Ok(write(tx, &keys, &mut events.clone()).await?)).await;
            written.expect("the events are written");
        }
        let rows = audit_event::Entity::find().all(db.reader().pool()).await.expect("the trail is read");
        let of = |outcome: &str| rows.iter().filter(|row| row.outcome == outcome).count();
        assert_eq!((of("success"), of("overloaded")), (3, 3));
        db.close().await.expect("the connections close");
        remove().await;
    }
}
