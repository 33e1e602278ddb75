//! API keys in the database.

use std::collections::HashMap;

use entity::api_key;
use entity::role::{self, RoleName};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr,
    EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use time::Duration;

use crate::db::Reads;
use crate::keyset::{self, Position, Sort, Wanted};
use crate::values::{Instant, now};

/// Most keys of one name that count at the same time: the old one and the new one, while a script is given the new one.
const SLOTS: [i16; 2] = [1, 2];
/// How exactly the last use is known.
const USE_NOTED_EVERY: Duration = Duration::MINUTE;

/// Which keys are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiKeyFilter {
    /// Exactly this name.
    pub name: Option<String>,
    /// Those that were revoked instead of the others.
    pub revoked: bool,
}

impl ApiKeyFilter {
    fn wanted(&self) -> Wanted<api_key::Entity> {
        use api_key::Column as C;
        let mut all =
            Condition::all().add(if self.revoked { C::RevokedAt.is_not_null() } else { C::RevokedAt.is_null() });
        if let Some(name) = &self.name {
            all = all.add(C::Name.eq(name.as_str()));
        }
        api_key::Entity::find().filter(all).into()
    }
}

/// A key with its role.
pub type Found = (api_key::Model, RoleName);

/// The places of one page of keys.
pub async fn page(
    db: &impl Reads,
    filter: &ApiKeyFilter,
    sort: Sort<api_key::Column>,
    after: Option<&Position>,
    limit: u64,
) -> Result<Vec<Position>, DbErr> {
    keyset::page(db, filter.wanted(), api_key::Column::Id, sort, after, limit).await
}

/// The keys of these ids, in the order of the ids.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Found>, DbErr> {
    let rows = api_key::Entity::find()
        .filter(api_key::Column::Id.is_in(ids.iter().copied()))
        .find_also_related(role::Entity)
        .all(db)
        .await?;
    let mut rows: HashMap<i64, Found> =
        rows.into_iter().filter_map(with_role).map(|found| (found.0.id, found)).collect();
    Ok(ids.iter().filter_map(|id| rows.remove(id)).collect())
}

/// How many keys there are, counted as far as `bound`.
pub async fn count(db: &impl Reads, filter: &ApiKeyFilter, bound: Option<u64>) -> Result<u64, DbErr> {
    keyset::count(db, filter.wanted(), api_key::Column::Id, bound).await
}

fn with_role((key, role): (api_key::Model, Option<role::Model>)) -> Option<Found> {
    role.map(|role| (key, role.name))
}

/// The key of this id, revoked or not.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Found>, DbErr> {
    Ok(api_key::Entity::find_by_id(id).find_also_related(role::Entity).one(db).await?.and_then(with_role))
}

/// As [`find`], kept from changing until the transaction ends.
pub async fn find_locked(db: &impl ConnectionTrait, id: i64) -> Result<Option<Found>, DbErr> {
    if api_key::Entity::find_by_id(id).lock_exclusive().one(db).await?.is_none() {
        return Ok(None);
    }
    find(db, id).await
}

/// Notes that a key is used, unless it was noted within the last minute.
pub async fn note_use(db: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    let at = now();
    let before = api_key::Column::LastUsedAt.lt(at - USE_NOTED_EVERY);
    api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, Expr::value(at))
        .filter(api_key::Column::Id.eq(id))
        .filter(Condition::any().add(api_key::Column::LastUsedAt.is_null()).add(before))
        .exec(db)
        .await
        .map(drop)
}

/// Whether the last use of a key is to be noted now.
pub fn is_use_to_be_noted(key: &api_key::Model) -> bool {
    key.last_used_at.is_none_or(|at| at < now() - USE_NOTED_EVERY)
}

/// A place for a further key of this name, if there is one. Keys that have expired leave theirs.
pub async fn free_slot(db: &impl ConnectionTrait, name: &str) -> Result<Option<i16>, DbErr> {
    let of_name = api_key::Entity::find().filter(api_key::Column::Name.eq(name));
    let keys = of_name.filter(api_key::Column::Slot.is_not_null()).lock_exclusive().all(db).await?;
    let at = now();
    let (expired, live): (Vec<_>, Vec<_>) = keys.into_iter().partition(|key| key.expires_at <= at);
    api_key::Entity::update_many()
        .col_expr(api_key::Column::Slot, Expr::value(None::<i16>))
        .filter(api_key::Column::Id.is_in(expired.into_iter().map(|key| key.id)))
        .exec(db)
        .await?;
    Ok(SLOTS.into_iter().find(|slot| live.iter().all(|key| key.slot != Some(*slot))))
}

/// Enters a key. Of `row`, the id and all that is kept about a row are overwritten.
pub async fn insert(
    db: &impl ConnectionTrait,
    mut row: api_key::Model,
    by: Option<i64>,
) -> Result<api_key::Model, DbErr> {
    let at = now();
    (row.version, row.created_at, row.created_by, row.updated_at, row.updated_by) = (1, at, by, at, by);
    let active = api_key::ActiveModel { id: NotSet, ..row.clone().into_active_model().reset_all() };
    row.id = api_key::Entity::insert(active).exec(db).await?.last_insert_id;
    Ok(row)
}

/// Changes a key to `after`, unless the row is no longer the version `before`; then nothing is answered.
pub async fn update(
    db: &impl ConnectionTrait,
    before: &api_key::Model,
    mut after: api_key::Model,
    by: Option<i64>,
) -> Result<Option<api_key::Model>, DbErr> {
    (after.version, after.updated_at, after.updated_by) = (before.version + 1, now(), by);
    let active = api_key::ActiveModel { id: Set(after.id), ..after.clone().into_active_model().reset_all() };
    let result = api_key::Entity::update_many()
        .set(active)
        .filter(api_key::Column::Id.eq(before.id))
        .filter(api_key::Column::Version.eq(before.version))
        .exec(db)
        .await?;
    Ok((result.rows_affected == 1).then_some(after))
}

/// Revokes a key, unless the row is no longer this version; then nothing is answered.
pub async fn revoke(
    db: &impl ConnectionTrait,
    row: &api_key::Model,
    by: Option<i64>,
) -> Result<Option<api_key::Model>, DbErr> {
    let revoked = api_key::Model { slot: None, revoked_at: Some(now()), revoked_by: by, ..row.clone() };
    update(db, row, revoked, by).await
}

/// Whether an instant has passed.
pub fn is_past(instant: Instant) -> bool {
    instant <= now()
}
