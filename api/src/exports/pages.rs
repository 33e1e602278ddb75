//! The walk of an export: page after page, as the client takes them.

use actix_web::web::{self, Bytes};
use futures_util::stream::{self, Stream};
use serde::Serialize;

use super::dto::{PATIENT_COLUMNS, PatientExport, PatientRecord, STUDY_COLUMNS, StudyExport, StudyRecord};
use super::sheet::Form;
use crate::audit::Trace;
use crate::db::Reads;
use crate::error::ApiResult;
use crate::keyset::Position;
use crate::patients;
use crate::patients::dto::Patient;
use crate::state::AppState;
use crate::studies;
use crate::studies::dto::Study;

/// How many rows are read at once.
const PAGE: u64 = 500;

/// What is exported: rows in an order that has a place after each.
pub trait Selection: 'static {
    /// A row as it is written.
    type Record: Serialize;
    /// The columns of its CSV form.
    const COLUMNS: &'static [&'static str];

    /// The next rows, and the place after the last of them if there may be more.
    async fn page(&self, db: &impl Reads, after: Option<&Position>)
    -> ApiResult<(Vec<Self::Record>, Option<Position>)>;
}

impl Selection for PatientExport {
    type Record = PatientRecord;
    const COLUMNS: &'static [&'static str] = &PATIENT_COLUMNS;

    async fn page(
        &self,
        db: &impl Reads,
        after: Option<&Position>,
    ) -> ApiResult<(Vec<PatientRecord>, Option<Position>)> {
        let places = patients::queries::page(db, &self.filter, self.sort, after, PAGE).await?;
        let ids: Vec<i64> = places.iter().map(|place| place.id).collect();
        let mut rows = patients::queries::find_by_id(db, &ids).await?;
        let records = ids.iter().filter_map(|id| rows.remove(id)).map(|row| Patient::from(row).into()).collect();
        Ok((records, end_of(&places)))
    }
}

impl Selection for StudyExport {
    type Record = StudyRecord;
    const COLUMNS: &'static [&'static str] = &STUDY_COLUMNS;

    async fn page(&self, db: &impl Reads, after: Option<&Position>) -> ApiResult<(Vec<StudyRecord>, Option<Position>)> {
        let places = studies::queries::page(db, &self.filter, self.sort, after, PAGE).await?;
        let ids: Vec<i64> = places.iter().map(|place| place.id).collect();
        let rows = studies::queries::find_all(db, &ids).await?;
        Ok((rows.into_iter().map(|study| Study::from(study).into()).collect(), end_of(&places)))
    }
}

/// Where the next page starts, if there is one: that a row has gone meanwhile does not end the export.
fn end_of(places: &[Position]) -> Option<Position> {
    places.last().filter(|_| places.len() as u64 == PAGE).cloned()
}

/// An export under way.
struct Walk<S> {
    state: web::Data<AppState>,
    trail: Trail,
    selection: S,
    form: Form,
    /// Where the next page starts; nothing behind the last.
    after: Option<Position>,
    /// What was read and is still to be sent.
    ready: Option<Bytes>,
}

impl<S: Selection> Walk<S> {
    /// Reads the next page.
    async fn advance(&mut self) -> ApiResult<Bytes> {
        let (records, after) = self.selection.page(self.state.db.reader().pool(), self.after.as_ref()).await?;
        self.after = after;
        self.trail.rows += records.len();
        self.form.rows(S::COLUMNS, records)
    }

    async fn next(mut self) -> ApiResult<Option<(Bytes, Self)>> {
        if let Some(bytes) = self.ready.take() {
            return Ok(Some((bytes, self)));
        }
        if self.after.is_none() {
            self.trail.is_whole = true;
            return Ok(None);
        }
        let bytes = self.advance().await;
        if let Err(error) = &bytes {
            // The answer has begun: all that is left is to break the connection, which the client sees.
            tracing::error!(cause = error.source_text().unwrap_or("unknown"), "an export broke off");
        }
        Ok(Some((bytes?, self)))
    }
}

/// What the audit trail is told of an export when it ends: how many rows went out, and whether they were all. That it began stands
/// there before the first of them.
struct Trail {
    state: web::Data<AppState>,
    trace: Trace,
    rows: usize,
    is_whole: bool,
}

impl Drop for Trail {
    fn drop(&mut self) {
        let state = self.state.clone();
        let details = serde_json::json!({"complete": self.is_whole});
        let event = self.trace.event().results(self.rows).details(&details);
        if actix_web::rt::System::try_current().is_none() {
            return;
        }
        actix_web::rt::spawn(async move {
            if let Err(error) = state.audit.note(&state.db, event).await {
                tracing::error!(cause = error.source_text().unwrap_or("unknown"), "the end of an export left no trace");
            }
        });
    }
}

/// The bytes of an export. The first page is read before anything is answered, so that what fails at once is a problem.
pub async fn walk<S: Selection>(
    state: web::Data<AppState>,
    trace: Trace,
    selection: S,
    form: Form,
) -> ApiResult<impl Stream<Item = ApiResult<Bytes>>> {
    let trail = Trail { state: state.clone(), trace, rows: 0, is_whole: false };
    let mut walk = Walk { state, trail, selection, form, after: None, ready: None };
    let first = walk.advance().await?;
    walk.ready = Some([form.heading(S::COLUMNS)?, first].concat().into());
    Ok(stream::try_unfold(walk, Walk::next))
}
