//! How the engines find the events that a filter leaves.

use std::borrow::Cow;

use sea_orm::DatabaseBackend;

use super::event::{Actor, ActorType, Event, Origin};
use super::key::Keyring;
use super::queries::{self, EventFilter};
use crate::config::Secret;
use crate::db::{Db, batches};
use crate::explained::{Explained, database};

const EVENTS: i64 = 8000;

/// Enters events as there are most: somebody reads a patient. Every thousandth is another one.
async fn fill(db: &Db) {
    let keys = Keyring::new(&Secret::new("a secret of the tests"), &[]);
    let mut events: Vec<Event> = (1..=EVENTS)
        .map(|number| {
            let origin = Origin { request_id: Some(format!("request-{number}")), ..Origin::default() };
            if number % 1000 == 0 {
                return Event::new(Actor::system("server"), Cow::Borrowed("import"), origin).ended("internal_error");
            }
            let patient = number % 4000 + 1;
            Event::new(Actor::user(number % 7 + 1, "marie"), Cow::Borrowed("get_patient"), origin)
                .on("patient", patient)
                .about(patient)
        })
        .collect();
    for some in batches(&mut events) {
        let rows = || some.iter().map(|event| event.clone().into_row(keys.current())).collect();
        db.write(async |tx| Ok(queries::insert_some(tx, rows()).await?)).await.expect("events are entered");
    }
    if db.reader().pool().get_database_backend() == DatabaseBackend::MySql {
        db.execute("ANALYZE TABLE audit_event").await.expect("statistics are made");
    }
}

#[tokio::test]
async fn every_filter_is_led_by_the_index_that_leaves_the_fewest() {
    let (db, remove) = database("audit").await;
    fill(&db).await;
    let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let all = EventFilter::default;
    let frequent = EventFilter { action: texts(&["get_patient"]), outcome: texts(&["success"]), ..all() };
    let patient = (Some("patient".to_owned()), Some(5));
    let filters = [
        ("action", EventFilter { action: texts(&["import"]), ..all() }, 8),
        ("action", EventFilter { action: texts(&["get_patient", "import", "none"]), ..all() }, 20),
        ("outcome", EventFilter { outcome: texts(&["internal_error"]), ..all() }, 8),
        ("request", EventFilter { request_id: Some("request-77".to_owned()), ..all() }, 1),
        ("request", EventFilter { request_id: Some("request-77".to_owned()), ..frequent.clone() }, 1),
        ("actor_type", EventFilter { actor_type: texts(&[ActorType::System.name()]), ..all() }, 8),
        ("actor", EventFilter { actor_id: Some(3), ..all() }, 20),
        ("resource_type", EventFilter { resource_type: Some("patient".to_owned()), ..all() }, 20),
        ("patient", EventFilter { resource_type: patient.0, resource_id: patient.1, ..all() }, 2),
        ("patient", EventFilter { patient_fk: Some(5), outcome: texts(&["success"]), ..all() }, 2),
        (
            "outcome",
            EventFilter { outcome: texts(&["internal_error"]), actor_type: texts(&["user", "system"]), ..all() },
            8,
        ),
        ("action", frequent, 20),
    ];
    for (index, filter, expected) in filters {
        let what = format!("{filter:?}");
        let explained = Explained::new(db.reader().pool());
        let page = queries::page(&explained, &filter, None, 20).await.expect("a page");
        assert_eq!(page.len(), expected, "{what}");
        explained.expect_index(&format!("audit_event_of_{index} "), &what);
        let oldest = page.last().map(|event| event.id);
        queries::page(&explained, &filter, oldest, 20).await.expect("the next page");
        explained.expect_bounded(&["audit_event"], &what);
    }
    db.close().await.expect("the connections close");
    remove().await;
}
