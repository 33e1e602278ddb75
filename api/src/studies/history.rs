//! What a study was: the trace that a change leaves, and the states before it.

use sea_orm::{ConnectionTrait, DbErr};

use super::dto::StudyCreate;
use super::queries::FullStudy;
use crate::audit::versions::{self, Ended, Lifecycle, State, differences};
use crate::audit::{Event, Trace, record, record_all};

/// The name of studies in the trail.
pub const RESOURCE: &str = "study";

/// A study as its history keeps it.
pub fn state(study: &FullStudy) -> State {
    let row = &study.row;
    let lifecycle = Lifecycle {
        created: (row.created_at, row.created_by),
        updated: (row.updated_at, row.updated_by),
        deleted: row.deleted_at.map(|at| (at, row.deleted_by)),
    };
    versions::state(&StudyCreate::of(study), &lifecycle)
}

/// Leaves the trace of a study that was entered.
pub async fn created(db: &impl ConnectionTrait, study: &FullStudy, trace: &Trace) -> Result<(), DbErr> {
    let row = &study.row;
    let event = trace.event().on(RESOURCE, row.id).about(row.patient_fk).versions(None, Some(row.version));
    record(db, trace, event).await.map(drop)
}

/// Leaves the trace of studies that were entered.
pub async fn all_created(db: &impl ConnectionTrait, studies: &[FullStudy], trace: &Trace) -> Result<(), DbErr> {
    let event = |FullStudy { row, .. }: &FullStudy| {
        let event = trace.event().on(RESOURCE, row.id).about(row.patient_fk);
        event.versions(None, Some(row.version))
    };
    let mut events: Vec<Event> = studies.iter().map(event).collect();
    record_all(db, trace, &mut events).await
}

/// Leaves the trace of a change, and keeps what was there before. The event is one of the patient to whom the study belonged:
/// when it moves to another one, that is what has to be found.
pub async fn changed(
    db: &impl ConnectionTrait,
    before: &FullStudy,
    after: &FullStudy,
    trace: &Trace,
) -> Result<(), DbErr> {
    let (old, new) = (state(before), state(after));
    let event = trace.event().on(RESOURCE, after.row.id).about(before.row.patient_fk);
    let mut event = event.versions(Some(before.row.version), Some(after.row.version)).changed(differences(&old, &new));
    if before.row.patient_fk != after.row.patient_fk {
        event = event.details(&serde_json::json!({"patient_fk": after.row.patient_fk}));
    }
    let event_id = record(db, trace, event).await?;
    let (resource_id, version) = (after.row.id, before.row.version);
    versions::keep(db, &[Ended { resource_type: RESOURCE, resource_id, version, state: &old, event_id }]).await
}

/// Leaves the trace of a study that is removed for good, and nothing else of it.
pub async fn purged(db: &impl ConnectionTrait, study: &FullStudy, trace: &Trace) -> Result<(), DbErr> {
    let row = &study.row;
    let event = trace.event().action("purge_study").on(RESOURCE, row.id).about(row.patient_fk);
    record(db, trace, event.versions(Some(row.version), None)).await?;
    versions::forget(db, RESOURCE, row.id).await
}
