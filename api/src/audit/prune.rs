//! Pruning: what is older than the law asks for goes, and a signed checkpoint says where the trail begins now.

use entity::{audit_checkpoint, audit_event, audit_seal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter,
};
use serde_json::json;

use super::anchor::Anchor;
use super::event::Event;
use super::ids::first_id;
use super::key::{KEY_ID, Key, Keyring};
use super::seal::{decode, seals_after, signed};
use super::trace::Trace;
use super::{record, verify};
use crate::db::Db;
use crate::error::ApiResult;
use crate::values::{Instant, instant_text, now};

/// Rows that one statement removes.
const SIZE: usize = 500;

/// Where the trail begins, if it was pruned.
pub async fn checkpoint(db: &impl ConnectionTrait) -> Result<Option<audit_checkpoint::Model>, DbErr> {
    audit_checkpoint::Entity::find().one(db).await
}

fn signature(checkpoint: &audit_checkpoint::Model, key: &Key) -> Vec<u8> {
    let at = i64::try_from(checkpoint.at.assume_utc().unix_timestamp_nanos() / 1000).unwrap_or_default();
    let numbers = [checkpoint.id, at, checkpoint.events].map(i64::to_be_bytes).concat();
    signed(&[b"checkpoint", &numbers[..], &checkpoint.seal_mac].concat(), key)
}

/// Whether a checkpoint is what was signed; nothing is said when its key is not known.
pub fn is_intact(checkpoint: &audit_checkpoint::Model, keys: &Keyring) -> Option<bool> {
    let key = keys.find(checkpoint.mac.get(..KEY_ID)?)?;
    Some(signature(checkpoint, key) == checkpoint.mac)
}

/// What pruning did.
pub enum Pruned {
    /// So many events are gone.
    Events(u64),
    /// Nothing: the trail is not what was signed, and what proves it must stay.
    Broken(verify::Report),
}

/// Removes the seals, and their events, all of whose events are older than `before`. The trail is verified first, its end against
/// `anchor`.
///
/// # Errors
/// When the database fails. It may be called again: each seal goes with its events, its checkpoint and the event of that, or not at
/// all.
pub async fn prune(db: &Db, trace: &Trace, before: Instant, anchor: Option<&Anchor>) -> ApiResult<Pruned> {
    let report = verify::verify(db.reader(), trace.keys(), anchor).await?;
    if report.finding.is_some() {
        return Ok(Pruned::Broken(report));
    }
    let mut events = 0;
    loop {
        let last = checkpoint(db.reader()).await?.map_or(0, |checkpoint| checkpoint.id);
        let oldest = seals_after(db.reader(), last, 1).await?.pop().filter(|seal| seal.last_id < first_id(before));
        let Some(seal) = oldest else { break };
        db.write(async |tx| {
            remove(tx, &seal, trace.keys().current()).await?;
            Ok(record(tx, trace, removal(trace, before, seal.events)).await?)
        })
        .await?;
        events += seal.events.unsigned_abs();
    }
    if events == 0 {
        db.write(async |tx| Ok(record(tx, trace, removal(trace, before, 0)).await?)).await?;
    }
    Ok(Pruned::Events(events))
}

/// The event of so many events that are gone.
fn removal(trace: &Trace, before: Instant, events: i64) -> Event {
    trace.event().details(&json!({"before": instant_text(before), "events": events}))
}

async fn remove(tx: &DatabaseTransaction, seal: &audit_seal::Model, key: &Key) -> ApiResult<()> {
    let former = checkpoint(tx).await?;
    for ids in decode(seal).chunks(SIZE) {
        let of_seal = audit_event::Column::Id.is_in(ids.iter().copied());
        audit_event::Entity::delete_many().filter(of_seal).exec(tx).await?;
    }
    audit_seal::Entity::delete_by_id(seal.id).exec(tx).await?;
    audit_checkpoint::Entity::delete_many().exec(tx).await?;
    let events = former.map_or(0, |former| former.events) + seal.events;
    let mut checkpoint =
        audit_checkpoint::Model { id: seal.id, at: now(), seal_mac: seal.mac.clone(), events, mac: Vec::new() };
    checkpoint.mac = signature(&checkpoint, key);
    checkpoint.into_active_model().reset_all().insert(tx).await?;
    Ok(())
}
