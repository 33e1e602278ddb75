//! The trail in the database. Rows are added and, below a checkpoint, pruned; nothing else is ever done to them.

use std::collections::HashMap;

use entity::{audit_event, user};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    Statement, Value,
};

use super::event::{first_id, next_id};
use crate::keyset;
use crate::values::InstantRange;

const COLUMNS: &str = "id, at, actor_type, actor_id, actor_name, action, outcome, resource_type, resource_id, patient_fk, \
    version_before, version_after, changed, parameters, results, details, address, request_id, user_agent, mac";
const PLACES: &str = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
/// Most rows of one statement.
pub const MOST_ROWS: usize = 256;

/// Adds rows, all or none.
pub async fn insert_some(db: &impl ConnectionTrait, rows: Vec<audit_event::Model>) -> Result<(), DbErr> {
    let places = vec![PLACES; rows.len()].join(", ");
    let sql = format!("INSERT INTO audit_event ({COLUMNS}) VALUES {places}");
    let values = rows.into_iter().flat_map(values);
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await.map(drop)
}

fn values(row: audit_event::Model) -> [Value; 20] {
    [
        row.id.into(),
        row.at.into(),
        row.actor_type.into(),
        row.actor_id.into(),
        row.actor_name.into(),
        row.action.into(),
        row.outcome.into(),
        row.resource_type.into(),
        row.resource_id.into(),
        row.patient_fk.into(),
        row.version_before.into(),
        row.version_after.into(),
        row.changed.into(),
        row.parameters.into(),
        row.results.into(),
        row.details.into(),
        row.address.into(),
        row.request_id.into(),
        row.user_agent.into(),
        row.mac.into(),
    ]
}

/// Which events are wanted.
#[derive(Clone, Debug, Default)]
pub struct EventFilter {
    pub actor_type: Vec<String>,
    pub actor_id: Option<i64>,
    pub action: Vec<String>,
    pub outcome: Vec<String>,
    pub resource_type: Option<String>,
    pub resource_id: Option<i64>,
    pub patient_fk: Option<i64>,
    pub request_id: Option<String>,
    pub at: Option<InstantRange>,
}

impl EventFilter {
    fn condition(&self) -> Condition {
        use audit_event::Column as C;
        let any_of = |column: C, values: &[String]| {
            (!values.is_empty()).then(|| column.is_in(values.iter().map(String::as_str)))
        };
        let mut all = Condition::all()
            .add_option(any_of(C::ActorType, &self.actor_type))
            .add_option(self.actor_id.map(|id| C::ActorId.eq(id)))
            .add_option(any_of(C::Action, &self.action))
            .add_option(any_of(C::Outcome, &self.outcome))
            .add_option(self.resource_type.as_ref().map(|kind| C::ResourceType.eq(kind.as_str())))
            .add_option(self.resource_id.map(|id| C::ResourceId.eq(id)))
            .add_option(self.patient_fk.map(|id| C::PatientFk.eq(id)))
            .add_option(self.request_id.as_ref().map(|id| C::RequestId.eq(id.as_str())));
        if let Some(range) = self.at {
            // The ids of the range are a stretch of the table.
            let (from, before) = range.ends();
            all = all
                .add_option(from.map(|from| C::Id.gte(first_id(from))))
                .add_option(before.map(|before| C::Id.lt(next_id(before))))
                .add(range.condition(&C::At.into_expr()));
        }
        all
    }

    fn select(&self) -> Select<audit_event::Entity> {
        audit_event::Entity::find().filter(self.condition())
    }
}

/// One page of events, the newest first: those before the event `after`, or all.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &EventFilter,
    after: Option<i64>,
    limit: u64,
) -> Result<Vec<audit_event::Model>, DbErr> {
    let older = after.map(|id| audit_event::Column::Id.lt(id));
    let events = filter.select().filter(Condition::all().add_option(older));
    events.order_by_desc(audit_event::Column::Id).limit(limit).all(db).await
}

/// How many events there are, counted as far as `bound`.
pub async fn count(db: &impl ConnectionTrait, filter: &EventFilter, bound: Option<u64>) -> Result<u64, DbErr> {
    keyset::count(db, filter.select().into(), audit_event::Column::Id, bound).await
}

/// The events of these ids, by id.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, audit_event::Model>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = audit_event::Entity::find().filter(audit_event::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The names of accounts by their ids.
pub async fn usernames(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, String>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let names: Vec<(i64, String)> = user::Entity::find()
        .select_only()
        .columns([user::Column::Id, user::Column::Username])
        .filter(user::Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(names.into_iter().collect())
}
