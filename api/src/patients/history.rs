//! What a patient was: the trace that a change leaves, and the states before it.

use entity::patient;
use sea_orm::{ConnectionTrait, DbErr};

use super::dto::PatientCreate;
use crate::audit::versions::{self, Ended, Lifecycle, State, differences};
use crate::audit::{Event, Trace, record, record_all};

/// The name of patients in the trail.
pub const RESOURCE: &str = "patient";

/// A row as its history keeps it.
pub fn state(row: &patient::Model) -> State {
    let lifecycle = Lifecycle {
        created: (row.created_at, row.created_by),
        updated: (row.updated_at, row.updated_by),
        deleted: row.deleted_at.map(|at| (at, row.deleted_by)),
    };
    versions::state(&PatientCreate::of(row), &lifecycle)
}

/// Leaves the trace of a patient that was entered.
pub async fn created(db: &impl ConnectionTrait, row: &patient::Model, trace: &Trace) -> Result<(), DbErr> {
    let event = trace.event().on(RESOURCE, row.id).about(row.id).versions(None, Some(row.version));
    record(db, trace, event).await.map(drop)
}

/// Leaves the trace of patients that were entered.
pub async fn all_created(db: &impl ConnectionTrait, rows: &[patient::Model], trace: &Trace) -> Result<(), DbErr> {
    let event = |row: &patient::Model| {
        let event = trace.event().on(RESOURCE, row.id).about(row.id);
        event.versions(None, Some(row.version))
    };
    let mut events: Vec<Event> = rows.iter().map(event).collect();
    record_all(db, trace, &mut events).await
}

/// Leaves the trace of a change, and keeps what was there before.
pub async fn changed(
    db: &impl ConnectionTrait,
    before: &patient::Model,
    after: &patient::Model,
    trace: &Trace,
) -> Result<(), DbErr> {
    let (old, new) = (state(before), state(after));
    let event = trace.event().on(RESOURCE, after.id).about(after.id);
    let event = event.versions(Some(before.version), Some(after.version)).changed(differences(&old, &new));
    let event_id = record(db, trace, event).await?;
    let ended =
        Ended { resource_type: RESOURCE, resource_id: after.id, version: before.version, state: &old, event_id };
    versions::keep(db, &[ended]).await
}

/// Leaves the trace of a patient that is removed for good, and nothing else of it.
pub async fn purged(db: &impl ConnectionTrait, row: &patient::Model, trace: &Trace) -> Result<(), DbErr> {
    let event = trace.event().action("purge_patient").on(RESOURCE, row.id).about(row.id);
    record(db, trace, event.versions(Some(row.version), None)).await?;
    versions::forget(db, RESOURCE, row.id).await
}
