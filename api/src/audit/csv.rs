//! Events as CSV (RFC 4180), streamed.

use actix_web::web::{self, Bytes};
use futures_util::{Stream, stream};
use serde_json::Value;

use super::dto::AuditEvent;
use super::queries::{self, EventFilter};
use crate::error::{ApiError, ApiResult};
use crate::http::csv::defused;
use crate::state::AppState;

/// Events that are read at a time.
const PAGE: u64 = 500;
/// The columns, named as in JSON.
const COLUMNS: [&str; 19] = [
    "id",
    "at",
    "actor_type",
    "actor_id",
    "actor_name",
    "action",
    "outcome",
    "resource_type",
    "resource_id",
    "patient_fk",
    "version_before",
    "version_after",
    "changed",
    "parameters",
    "results",
    "details",
    "address",
    "request_id",
    "user_agent",
];

struct Walk {
    state: web::Data<AppState>,
    filter: EventFilter,
    after: Option<i64>,
    is_over: bool,
    ready: Vec<u8>,
}

/// The bytes of the file: a heading, then all events that the filter leaves, the newest first. The first are read before anything
/// is answered, so that what fails at once is a problem.
///
/// # Errors
/// When the database fails.
pub async fn walk(
    state: web::Data<AppState>,
    filter: EventFilter,
    after: Option<i64>,
) -> ApiResult<impl Stream<Item = ApiResult<Bytes>>> {
    let mut walk = Walk { state, filter, after, is_over: false, ready: lines([COLUMNS.map(str::to_owned)])? };
    let first = walk.advance().await?;
    walk.ready.extend(first);
    Ok(stream::try_unfold(walk, async |mut walk: Walk| {
        if walk.ready.is_empty() && !walk.is_over {
            walk.ready = walk.advance().await.inspect_err(|error| {
                // The answer has begun: all that is left is to break the connection, which the client sees.
                tracing::error!(cause = error.source_text().unwrap_or("unknown"), "an export of the trail broke off");
            })?;
        }
        let bytes = Bytes::from(std::mem::take(&mut walk.ready));
        Ok((!bytes.is_empty()).then_some((bytes, walk)))
    }))
}

impl Walk {
    async fn advance(&mut self) -> ApiResult<Vec<u8>> {
        let rows = queries::page(self.state.db.reader(), &self.filter, self.after, PAGE).await?;
        self.is_over = (rows.len() as u64) < PAGE;
        self.after = rows.last().map(|row| row.id);
        lines(rows.into_iter().map(|row| cells(&AuditEvent::from(row))))
    }
}

fn cells(event: &AuditEvent) -> [String; COLUMNS.len()] {
    let event = serde_json::to_value(event).unwrap_or_default();
    COLUMNS.map(|name| match &event[name] {
        Value::Null => String::new(),
        Value::String(text) => defused(text).into_owned(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    })
}

fn lines(rows: impl IntoIterator<Item = [String; COLUMNS.len()]>) -> ApiResult<Vec<u8>> {
    let failed = |error: csv::Error| ApiError::internal(format!("a line of CSV cannot be written: {error}"));
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| ApiError::internal(error.to_string()))
}
