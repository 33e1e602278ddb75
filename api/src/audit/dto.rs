//! Wire types of the audit trail.

use entity::audit_event;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::event::ActorType;
use super::queries::EventFilter;
use crate::http::{Cursor, FromParameters, PageQuery, Parameters, Total};
use crate::values::{FaultCode, InstantRange, instant_text};

/// Who acted: `anonymous` nobody who is known, `system` the server itself or its command line.
#[derive(ToSchema)]
#[schema(as = ActorType, rename_all = "snake_case")]
pub enum ActorTypeName {
    Anonymous,
    User,
    ApiKey,
    System,
}

/// One event: who did what to which row, from where, and how it ended.
#[derive(Serialize, ToSchema)]
pub struct AuditEvent {
    /// Rises with time.
    #[schema(minimum = 1)]
    pub id: i64,
    /// When it was.
    #[schema(format = DateTime, example = "2026-11-22T09:30:00.123456Z")]
    pub at: String,
    /// What kind of principal acted.
    #[schema(value_type = ActorTypeName)]
    pub actor_type: String,
    /// The id of the user or of the API key.
    pub actor_id: Option<i64>,
    /// Its name as it was then.
    pub actor_name: Option<String>,
    /// What was done: an `operationId` of this contract, or `purge_patient`, `purge_study`, `import`, `reset_password`,
    /// `create_first_administrator`, `prune_audit_trail`, `throttle_login`, `use_recovery_code`.
    #[schema(example = "get_patient")]
    pub action: String,
    /// `success`; `abandoned` when the client or the time limit gave it up; else the code of the problem that was answered.
    #[schema(example = "success")]
    pub outcome: String,
    /// What kind of row it was about.
    #[schema(example = "patient")]
    pub resource_type: Option<String>,
    /// The row.
    pub resource_id: Option<i64>,
    /// The patient it was about, for studies too.
    pub patient_fk: Option<i64>,
    /// The row's version before a change.
    pub version_before: Option<i64>,
    /// The row's version after a change.
    pub version_after: Option<i64>,
    /// The names of the fields that were changed.
    pub changed: Vec<String>,
    /// The names of the parameters of a search, a list or an export; their values are not kept.
    pub parameters: Vec<String>,
    /// How many items were answered.
    pub results: Option<i64>,
    /// Further facts.
    #[schema(value_type = Option<Object>)]
    pub details: Option<Map<String, Value>>,
    /// The client's address.
    pub address: Option<String>,
    /// The request's id, as in `X-Request-Id` and the server's log.
    pub request_id: Option<String>,
    /// What the client says it is.
    pub user_agent: Option<String>,
}

impl From<audit_event::Model> for AuditEvent {
    fn from(row: audit_event::Model) -> Self {
        let names = |text: Option<String>| -> Vec<String> {
            text.iter().flat_map(|text| text.split(',')).map(str::to_owned).collect()
        };
        Self {
            id: row.id,
            at: instant_text(row.at),
            actor_type: row.actor_type,
            actor_id: row.actor_id,
            actor_name: row.actor_name,
            action: row.action,
            outcome: row.outcome,
            resource_type: row.resource_type,
            resource_id: row.resource_id,
            patient_fk: row.patient_fk,
            version_before: row.version_before,
            version_after: row.version_after,
            changed: names(row.changed),
            parameters: names(row.parameters),
            results: row.results,
            details: row.details.and_then(|details| serde_json::from_str(&details).ok()),
            address: row.address,
            request_id: row.request_id,
            user_agent: row.user_agent,
        }
    }
}

/// One page of events.
#[derive(Serialize, ToSchema)]
pub struct AuditEventPage {
    /// The events of this page, the newest first.
    pub items: Vec<AuditEvent>,
    /// Goes into `cursor` for the next page; null on the last.
    #[schema(value_type = Option<String>)]
    pub next_cursor: Option<Cursor>,
    /// The number of all events, when `count` asked for it.
    #[serde(flatten)]
    pub total: Total,
}

/// Whether the trail is intact.
#[derive(Serialize, ToSchema)]
pub struct AuditVerification {
    /// Events up to then are sealed; null before the first seal.
    #[schema(format = DateTime)]
    pub sealed_until: Option<String>,
    /// The newest seal, `NUMBER:SIGNATURE`: kept elsewhere, it proves that the trail was not cut off since.
    pub head: Option<String>,
    /// Whether the last verification found everything as it was signed; null before the first one.
    pub intact: Option<bool>,
    /// When that was.
    #[schema(format = DateTime)]
    pub verified_at: Option<String>,
    /// How many events it looked at.
    pub verified_events: Option<i64>,
    /// The first thing it found wrong.
    #[schema(example = "event 886291382476800 (2026-11-22T09:30:00.123000Z) was changed")]
    pub finding: Option<String>,
}

/// Which events are listed.
pub struct EventList {
    pub filter: EventFilter,
    pub page: PageQuery,
}

/// Parameters of the list of events.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the documentation of parameters that are read one by one")]
pub struct EventListParameters {
    /// Any of these, joined by commas: `anonymous`, `user`, `api_key`, `system`.
    #[param(max_length = 100, pattern = "^(anonymous|user|api_key|system)(,(anonymous|user|api_key|system))*$")]
    actor_type: Option<String>,
    /// The id of the user or of the API key.
    #[param(minimum = 1)]
    actor_id: Option<i64>,
    /// Any of these actions, joined by commas.
    #[param(
        max_length = 500,
        pattern = "^[a-z0-9_]{1,64}(,[a-z0-9_]{1,64})*$",
        example = "get_patient,update_patient"
    )]
    action: Option<String>,
    /// Any of these outcomes, joined by commas: `success`, `abandoned`, or codes of problems.
    #[param(max_length = 500, pattern = "^[a-z0-9_]{1,64}(,[a-z0-9_]{1,64})*$", example = "forbidden,unauthenticated")]
    outcome: Option<String>,
    /// What kind of row.
    #[param(max_length = 32, pattern = "^[a-z0-9_]{1,32}$", example = "patient")]
    resource_type: Option<String>,
    /// The row's id.
    #[param(minimum = 1)]
    resource_id: Option<i64>,
    /// The patient's id; of studies the patient to whom they belong.
    #[param(minimum = 1)]
    patient_fk: Option<i64>,
    /// The request's id.
    #[param(max_length = 64, pattern = "^[A-Za-z0-9._-]{1,64}$")]
    request_id: Option<String>,
    /// When: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
    #[param(pattern = "instant_range", example = "2026-11..")]
    at: Option<String>,
}

impl FromParameters for EventList {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        let page = parameters.page(50);
        let filter = EventFilter {
            actor_type: parameters.any_of("actor_type", 100, actor_type),
            actor_id: parameters.take("actor_id", row_id),
            action: parameters.any_of("action", 500, name),
            outcome: parameters.any_of("outcome", 500, name),
            resource_type: parameters.take("resource_type", |text| name(text).and_then(short)),
            resource_id: parameters.take("resource_id", row_id),
            patient_fk: parameters.take("patient_fk", row_id),
            request_id: parameters.take("request_id", request_id),
            at: parameters.take("at", InstantRange::parse),
        };
        Self { filter, page }
    }
}

/// Which accesses to a patient are listed.
pub struct AccessList(pub PageQuery);

impl FromParameters for AccessList {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        Self(parameters.page(50))
    }
}

fn actor_type(text: &str) -> Result<String, FaultCode> {
    let known = ActorType::ALL.into_iter().find(|kind| kind.name() == text);
    known.map(|kind| kind.name().to_owned()).ok_or(FaultCode::InvalidEnum)
}

fn name(text: &str) -> Result<String, FaultCode> {
    let is_name = text.len() <= 64 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if is_name && !text.is_empty() { Ok(text.to_owned()) } else { Err(FaultCode::InvalidEnum) }
}

/// At most as long as a name of resources is kept.
fn short(name: String) -> Result<String, FaultCode> {
    if name.len() <= 32 { Ok(name) } else { Err(FaultCode::TooLong) }
}

fn request_id(text: &str) -> Result<String, FaultCode> {
    let is_plain = text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    if is_plain { Ok(text.to_owned()) } else { Err(FaultCode::InvalidType) }
}

fn row_id(text: &str) -> Result<i64, FaultCode> {
    let number: i64 = text.parse().map_err(|_| FaultCode::InvalidType)?;
    if number.to_string() != text {
        return Err(FaultCode::InvalidType);
    }
    if number < 1 { Err(FaultCode::OutOfRange) } else { Ok(number) }
}
