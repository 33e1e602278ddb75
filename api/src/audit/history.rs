//! The history of a row, version by version and field by field; and the way back to a version.

use sea_orm::ConnectionTrait;
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::queries;
use super::versions::{self, Former, State, differences};
use crate::error::{ApiError, ApiResult, Fault};
use crate::http::{Cursor, FromParameters, Members, PageQuery, Parameters};
use crate::values::FaultCode;

/// A field that a version has changed.
#[derive(Serialize, ToSchema)]
pub struct FieldChange {
    /// The field; `deleted_at` for moves to the bin and out of it.
    #[schema(example = "family_name")]
    pub field: String,
    /// What it was; null when it was empty.
    #[schema(value_type = Value)]
    pub old: Value,
    /// What it became; null when it was emptied.
    #[schema(value_type = Value)]
    pub new: Value,
}

/// One version: who made it when, and what it changed.
#[derive(Serialize, ToSchema)]
pub struct Version {
    /// Its number.
    #[schema(minimum = 1)]
    pub version: i64,
    /// When it was made.
    #[schema(format = DateTime, example = "2026-11-22T09:30:00.123456Z")]
    pub at: String,
    /// What made it, as in the audit trail; null for the first version, and for events that were pruned.
    #[schema(example = "update_patient")]
    pub action: Option<String>,
    /// Who made it: the user's or API key's id. Null when that was the command line, and where no event tells of it (the first version,
    /// pruned events) when it was an API key.
    pub actor_id: Option<i64>,
    /// The name: as it was then, or as it is now where the event is not known.
    pub actor_name: Option<String>,
    /// The event in the audit trail.
    pub event_id: Option<i64>,
    /// The fields it changed, in the order of their names; of the first version that is known all that were filled.
    pub changes: Vec<FieldChange>,
}

/// One page of a history.
#[derive(Serialize, ToSchema)]
pub struct HistoryPage {
    /// The versions of this page, the newest first.
    pub items: Vec<Version>,
    /// Goes into `cursor` for the next page; null on the last.
    #[schema(value_type = Option<String>)]
    pub next_cursor: Option<Cursor>,
}

/// Which page of a history is wanted.
pub struct HistoryList {
    /// Whether the row is looked for in the bin.
    pub deleted: bool,
    pub page: PageQuery,
}

/// Parameters of a history.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the documentation of parameters that are read one by one")]
pub struct HistoryParameters {
    /// `true` reads the history of a row in the bin; needs the role `modification`.
    deleted: Option<bool>,
    /// Most versions of the page; 50 unless said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next_cursor` of the page before, with the same other parameters.
    #[param(min_length = 1)]
    cursor: Option<String>,
}

impl FromParameters for HistoryList {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        let deleted = parameters.flag("deleted");
        Self { deleted, page: parameters.part(50) }
    }
}

/// Which version a row goes back to.
#[derive(ToSchema)]
pub struct Revert {
    /// A version of its history.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
}

impl Revert {
    /// Reads a body.
    pub fn read(members: &mut Members) -> Self {
        let version = members.integer("version", 1..=i64::MAX);
        if version.is_none() && !members.is_faulty("version") {
            members.fault("version", FaultCode::Required);
        }
        Self { version: version.unwrap_or_default() }
    }

    /// The problem of a version that the history does not have.
    pub fn unknown() -> ApiError {
        ApiError::invalid(vec![Fault::member("version", FaultCode::UnknownVersion)])
    }
}

/// One page of the history of a row that is now `state`.
///
/// # Errors
/// When the cursor is not one of this history, or the database fails.
pub async fn history(
    db: &impl ConnectionTrait,
    resource_type: &str,
    resource_id: i64,
    (version, state): (i64, State),
    page: &PageQuery,
) -> ApiResult<HistoryPage> {
    let after: Option<i64> = page.after()?;
    // One more than asked: it is what the last one is compared with, too.
    let mut known = Vec::new();
    if after.is_none() {
        known.push(Former { version, state, ended_by: None });
    }
    let wanted = page.look_ahead() - known.len() as u64;
    known.extend(versions::page(db, resource_type, resource_id, after, wanted).await?);
    let empty = State::new();
    let makers: Vec<Option<i64>> = (0..known.len()).map(|at| maker(&known, at)).collect();
    let events: Vec<i64> = makers.iter().flatten().copied().collect();
    let events = queries::find_all(db, &events).await?;
    let users: Vec<i64> = known.iter().filter_map(|one| updated_by(&one.state)).collect();
    let users = queries::usernames(db, &users).await?;
    let mut items: Vec<Version> = known
        .iter()
        .zip(&makers)
        .enumerate()
        .map(|(at, (one, maker))| {
            let before = known.get(at + 1).map_or(&empty, |former| &former.state);
            let event = maker.and_then(|id| events.get(&id));
            let user = updated_by(&one.state);
            Version {
                version: one.version,
                at: one.state.get("updated_at").and_then(Value::as_str).unwrap_or_default().to_owned(),
                action: event.map(|event| event.action.clone()),
                actor_id: event.map_or(user, |event| event.actor_id),
                actor_name: match event {
                    Some(event) => event.actor_name.clone(),
                    None => user.and_then(|id| users.get(&id).cloned()),
                },
                event_id: event.map(|event| event.id),
                changes: changes(before, &one.state),
            }
        })
        .collect();
    let next_cursor = page.cut(&mut items, |item| item.version);
    Ok(HistoryPage { items, next_cursor })
}

/// The event that made a version: the one that ended the version before.
fn maker(known: &[Former], at: usize) -> Option<i64> {
    let before = known.get(at + 1).filter(|before| before.version + 1 == known[at].version)?;
    before.ended_by
}

fn updated_by(state: &State) -> Option<i64> {
    state.get("updated_by").and_then(Value::as_i64)
}

fn changes(before: &State, after: &State) -> Vec<FieldChange> {
    let value = |state: &State, field: &str| state.get(field).cloned().unwrap_or_default();
    let change =
        |field: &str| FieldChange { field: field.to_owned(), old: value(before, field), new: value(after, field) };
    differences(before, after).into_iter().map(change).collect()
}
