//! What patients and studies were: the state before each change, so that what was never changed costs nothing. The newest state
//! is the row itself.

use entity::record_version;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::db::{batches, execute_each, insertion};
use crate::values::{Instant, instant_text};

/// The fields of a row by their names in the API; those without a value are left out.
pub type State = Map<String, Value>;

/// Who did what to a row when, in its own columns.
pub struct Lifecycle {
    pub created: (Instant, Option<i64>),
    pub updated: (Instant, Option<i64>),
    pub deleted: Option<(Instant, Option<i64>)>,
}

/// What every state says beside its fields; a change is not one of these alone.
const LIFECYCLE: [&str; 5] = ["created_at", "created_by", "updated_at", "updated_by", "deleted_by"];

/// The state of a row with these fields.
pub fn state(fields: &impl Serialize, lifecycle: &Lifecycle) -> State {
    let mut state = match serde_json::to_value(fields) {
        Ok(Value::Object(fields)) => fields,
        _ => State::new(),
    };
    let mut add = |at: &str, by: &str, (instant, user): (Instant, Option<i64>)| {
        state.insert(at.to_owned(), instant_text(instant).into());
        state.insert(by.to_owned(), user.into());
    };
    add("created_at", "created_by", lifecycle.created);
    add("updated_at", "updated_by", lifecycle.updated);
    if let Some(deleted) = lifecycle.deleted {
        add("deleted_at", "deleted_by", deleted);
    }
    state.retain(|_, value| !value.is_null());
    state
}

/// A state that has come to its end.
pub struct Ended<'a> {
    pub resource_type: &'static str,
    pub resource_id: i64,
    pub version: i64,
    pub state: &'a State,
    /// The event of the change.
    pub event_id: i64,
}

/// Keeps states that a change in this transaction replaces.
pub async fn keep(db: &impl ConnectionTrait, ended: &[Ended<'_>]) -> Result<(), DbErr> {
    let row = |one: &Ended<'_>| record_version::Model {
        resource_type: one.resource_type.to_owned(),
        resource_id: one.resource_id,
        version: one.version,
        ended_by: one.event_id,
        state: serde_json::to_string(one.state).unwrap_or_default(),
    };
    let mut rows: Vec<record_version::ActiveModel> = ended.iter().map(|one| row(one).into_active_model()).collect();
    let backend = db.get_database_backend();
    execute_each(db, batches(&mut rows).map(|batch| insertion(backend, batch.iter().cloned()))).await
}

/// Removes all that was kept of a row that is purged: nothing personal stays behind. Its events stay; they hold no values.
pub async fn forget(db: &impl ConnectionTrait, resource_type: &'static str, resource_id: i64) -> Result<(), DbErr> {
    record_version::Entity::delete_many()
        .filter(record_version::Column::ResourceType.eq(resource_type))
        .filter(record_version::Column::ResourceId.eq(resource_id))
        .exec(db)
        .await
        .map(drop)
}

/// The state of one former version.
pub async fn find(
    db: &impl ConnectionTrait,
    resource_type: &str,
    resource_id: i64,
    version: i64,
) -> Result<Option<State>, DbErr> {
    let key = (resource_type.to_owned(), resource_id, version);
    Ok(record_version::Entity::find_by_id(key).one(db).await?.map(|row| read(&row.state)))
}

/// Former versions, the newest first: those before `before`, or all.
pub async fn page(
    db: &impl ConnectionTrait,
    resource_type: &str,
    resource_id: i64,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Former>, DbErr> {
    use record_version::Column as C;
    let rows = record_version::Entity::find()
        .filter(C::ResourceType.eq(resource_type))
        .filter(C::ResourceId.eq(resource_id))
        .filter(C::Version.lt(before.unwrap_or(i64::MAX)))
        .order_by_desc(C::Version)
        .limit(limit)
        .all(db)
        .await?;
    let former = |row: record_version::Model| Former {
        version: row.version,
        state: read(&row.state),
        ended_by: Some(row.ended_by),
    };
    Ok(rows.into_iter().map(former).collect())
}

/// A version as it was, or as it is.
pub struct Former {
    pub version: i64,
    pub state: State,
    /// The event that made the next version; none of the newest.
    pub ended_by: Option<i64>,
}

/// What was written here is an object.
fn read(state: &str) -> State {
    serde_json::from_str(state).unwrap_or_default()
}

/// The merge patch (RFC 7396) that gives an object of these members the fields of a former state.
pub fn patch(members: &State, former: &State) -> State {
    members.keys().map(|name| (name.clone(), former.get(name).cloned().unwrap_or_default())).collect()
}

/// The names of the fields in which two states differ, in the order of the names.
pub fn differences<'a>(before: &'a State, after: &'a State) -> Vec<&'a str> {
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    let other = after.iter().filter(|(name, value)| before.get(*name) != Some(value)).map(|(name, _)| name);
    let names = gone.chain(other).map(String::as_str);
    let mut names: Vec<&str> = names.filter(|name| !LIFECYCLE.contains(name)).collect();
    names.sort_unstable();
    names
}
