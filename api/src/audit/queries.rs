//! The trail in the database. Rows are added and, below a checkpoint, pruned; nothing else is ever done to them.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use entity::{audit_event, user};
use sea_orm::sea_query::ExprTrait;
use sea_orm::sea_query::extension::mysql::{IndexHintScope, MySqlSelectStatementExt};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select, Statement, Value,
};

use super::ids::{first_id, next_id};
use crate::db::{Reads, insertion};
use crate::keyset;
use crate::values::{InstantRange, Range};

/// As far as events are counted to find which condition leaves the fewest.
const MANY: u64 = 3000;

/// Adds rows, one or a batch, all or none.
pub async fn insert_some(db: &impl ConnectionTrait, rows: Vec<audit_event::Model>) -> Result<(), DbErr> {
    db.execute_raw(insertion_of(db.get_database_backend(), rows)).await.map(drop)
}

/// The statement that adds rows.
pub fn insertion_of(backend: DatabaseBackend, rows: Vec<audit_event::Model>) -> Statement {
    insertion(backend, rows.into_iter().map(IntoActiveModel::into_active_model))
}

/// Whether this very row is in the trail, and not another one of its id.
pub async fn is_there(db: &impl ConnectionTrait, id: i64, mac: &[u8]) -> Result<bool, DbErr> {
    let there = audit_event::Entity::find_by_id(id).filter(audit_event::Column::Mac.eq(mac)).one(db).await?;
    Ok(there.is_some())
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

/// A condition that an index leads along: the index, its column, and the values that may have.
struct Lead {
    index: &'static str,
    column: audit_event::Column,
    values: Vec<Value>,
}

impl Lead {
    /// The events of each of its values. An equality with a forced index is always looked up: several values at once are read
    /// from end to end where MariaDB's statistics say that most rows have them.
    fn stretches(&self) -> Vec<Select<audit_event::Entity>> {
        let stretch = |value: &Value| {
            let mut events = audit_event::Entity::find().filter(self.column.eq(value.clone()));
            // MariaDB would intersect several indexes and sort what they have in common.
            QueryFilter::query(&mut events).force_index(self.index, IndexHintScope::All);
            events
        };
        self.values.iter().map(stretch).collect()
    }
}

impl EventFilter {
    /// The conditions that an index leads along, those first that leave few events as a rule.
    fn leads(&self) -> Vec<Lead> {
        use audit_event::Column as C;
        let texts = |values: &[String]| -> Vec<Value> {
            let values: BTreeSet<&str> = values.iter().map(String::as_str).collect();
            values.into_iter().map(Value::from).collect()
        };
        let one = |value: Option<Value>| -> Vec<Value> { value.into_iter().collect() };
        let of_patient = self.resource_id.filter(|_| self.resource_type.as_deref() == Some("patient"));
        let leads = [
            ("audit_event_of_request", C::RequestId, one(self.request_id.as_deref().map(Value::from))),
            ("audit_event_of_patient", C::PatientFk, one(self.patient_fk.or(of_patient).map(Value::from))),
            ("audit_event_of_actor", C::ActorId, one(self.actor_id.map(Value::from))),
            ("audit_event_of_action", C::Action, texts(&self.action)),
            ("audit_event_of_outcome", C::Outcome, texts(&self.outcome)),
            ("audit_event_of_actor_type", C::ActorType, texts(&self.actor_type)),
            ("audit_event_of_resource_type", C::ResourceType, one(self.resource_type.as_deref().map(Value::from))),
        ];
        leads
            .into_iter()
            .filter(|(_, _, values)| !values.is_empty())
            .map(|(index, column, values)| Lead { index, column, values })
            .collect()
    }

    /// The condition that leaves the fewest events.
    async fn lead(&self, db: &impl Reads) -> Result<Option<Lead>, DbErr> {
        let mut leads = self.leads();
        let mut best = 0;
        if leads.len() > 1 {
            let mut least = MANY;
            for (index, lead) in leads.iter().enumerate() {
                if least == 0 {
                    break;
                }
                let number = count_each(db, lead.stretches(), Some(least)).await?;
                if number < least {
                    (best, least) = (index, number);
                }
            }
        }
        Ok((best < leads.len()).then(|| leads.swap_remove(best)))
    }

    /// The wanted events, in stretches of one value of the condition that leads: each is read along its index in the order of the
    /// ids, and the other conditions are checks of the row at hand.
    async fn stretches(&self, db: &impl Reads) -> Result<Vec<Select<audit_event::Entity>>, DbErr> {
        Ok(match self.lead(db).await? {
            None => vec![audit_event::Entity::find().filter(self.condition(None))],
            Some(lead) => {
                let rest = self.condition(Some(lead.column));
                lead.stretches().into_iter().map(|events| events.filter(rest.clone())).collect()
            }
        })
    }

    /// Everything but what the leading column says.
    fn condition(&self, lead: Option<audit_event::Column>) -> Condition {
        use audit_event::Column as C;
        let is = |column: C, value: Option<Value>| {
            let value = value.filter(|_| !keyset::is_walked(column, lead));
            value.map(|value| keyset::operand(column, None).eq(value))
        };
        let any_of = |column: C, values: &[String]| {
            let wanted = !values.is_empty() && !keyset::is_walked(column, lead);
            wanted.then(|| keyset::operand(column, None).is_in(values.iter().map(String::as_str)))
        };
        let mut all = Condition::all()
            .add_option(any_of(C::ActorType, &self.actor_type))
            .add_option(is(C::ActorId, self.actor_id.map(Value::from)))
            .add_option(any_of(C::Action, &self.action))
            .add_option(any_of(C::Outcome, &self.outcome))
            .add_option(is(C::ResourceType, self.resource_type.as_deref().map(Value::from)))
            .add_option(is(C::ResourceId, self.resource_id.map(Value::from)))
            .add_option(is(C::PatientFk, self.patient_fk.map(Value::from)))
            .add_option(is(C::RequestId, self.request_id.as_deref().map(Value::from)));
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
}

/// One page of events, the newest first: those before the event `after`, or all.
pub async fn page(
    db: &impl Reads,
    filter: &EventFilter,
    after: Option<i64>,
    limit: u64,
) -> Result<Vec<audit_event::Model>, DbErr> {
    let mut found = Vec::new();
    for stretch in filter.stretches(db).await? {
        let older = after.map(|id| audit_event::Column::Id.lt(id));
        let events = stretch.filter(Condition::all().add_option(older));
        found.extend(events.order_by_desc(audit_event::Column::Id).limit(limit).all(db).await?);
    }
    found.sort_unstable_by_key(|event| Reverse(event.id));
    found.truncate(limit.try_into().unwrap_or(usize::MAX));
    Ok(found)
}

/// How many events there are, counted as far as `bound`.
pub async fn count(db: &impl Reads, filter: &EventFilter, bound: Option<u64>) -> Result<u64, DbErr> {
    count_each(db, filter.stretches(db).await?, bound).await
}

/// How many events these stretches have together, counted as far as `bound`.
async fn count_each(
    db: &impl Reads,
    stretches: Vec<Select<audit_event::Entity>>,
    bound: Option<u64>,
) -> Result<u64, DbErr> {
    let mut number = 0;
    for stretch in stretches {
        let left = bound.map(|bound| bound - number);
        if left == Some(0) {
            break;
        }
        number += keyset::count(db, stretch.into(), audit_event::Column::Id, left).await?;
    }
    Ok(number)
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
