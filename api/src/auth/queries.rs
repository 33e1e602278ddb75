//! Attempts at signing in, in the database.

use entity::login_attempt::{self, Column, FAILED, PENDING, SUCCEEDED};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use crate::values::{Instant, now};

/// Enters an attempt whose outcome is still open.
pub async fn insert(db: &impl ConnectionTrait, account: &str, network: &str) -> Result<login_attempt::Model, DbErr> {
    let attempt = login_attempt::ActiveModel {
        id: NotSet,
        account: Set(account.to_owned()),
        network: Set(network.to_owned()),
        outcome: Set(PENDING),
        at: Set(now()),
    };
    attempt.insert(db).await
}

/// Notes how an attempt ended, unless that is known.
pub async fn conclude(db: &impl ConnectionTrait, id: i64, succeeded: bool) -> Result<(), DbErr> {
    login_attempt::Entity::update_many()
        .col_expr(Column::Outcome, Expr::value(if succeeded { SUCCEEDED } else { FAILED }))
        .filter(Column::Id.eq(id))
        .filter(Column::Outcome.eq(PENDING))
        .exec(db)
        .await
        .map(drop)
}

/// Removes an attempt that was none.
pub async fn withdraw(db: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    login_attempt::Entity::delete_by_id(id).exec(db).await.map(drop)
}

/// The attempts at an account before another one that did not succeed, the newest first, at most `most`.
pub async fn unsuccessful(
    db: &impl ConnectionTrait,
    before: &login_attempt::Model,
    since: Instant,
    most: u64,
) -> Result<Vec<login_attempt::Model>, DbErr> {
    login_attempt::Entity::find()
        .filter(Column::Account.eq(&before.account))
        .filter(Column::At.gt(since))
        .filter(Column::Outcome.ne(SUCCEEDED))
        .filter(Column::Id.ne(before.id))
        .order_by_desc(Column::At)
        .limit(most)
        .all(db)
        .await
}

/// When someone last signed in to an account from a network.
pub async fn last_success(
    db: &impl ConnectionTrait,
    account: &str,
    network: &str,
    since: Instant,
) -> Result<Option<Instant>, DbErr> {
    let found = login_attempt::Entity::find()
        .filter(Column::Account.eq(account))
        .filter(Column::Network.eq(network))
        .filter(Column::At.gt(since))
        .filter(Column::Outcome.eq(SUCCEEDED))
        .order_by_desc(Column::At)
        .one(db)
        .await?;
    Ok(found.map(|attempt| attempt.at))
}

/// When the attempts from a network failed, the newest first, at most `most`.
pub async fn failures_from(
    db: &impl ConnectionTrait,
    network: &str,
    since: Instant,
    most: u64,
) -> Result<Vec<Instant>, DbErr> {
    login_attempt::Entity::find()
        .select_only()
        .column(Column::At)
        .filter(Column::Network.eq(network))
        .filter(Column::At.gt(since))
        .filter(Column::Outcome.eq(FAILED))
        .order_by_desc(Column::At)
        .limit(most)
        .into_tuple()
        .all(db)
        .await
}

/// Removes attempts from before an instant, at most so many; says how many.
pub async fn delete_old(db: &impl ConnectionTrait, before: Instant, most: u64) -> Result<u64, DbErr> {
    let old: Vec<i64> = login_attempt::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::At.lt(before))
        .order_by_asc(Column::At)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    if !old.is_empty() {
        login_attempt::Entity::delete_many().filter(Column::Id.is_in(old.iter().copied())).exec(db).await?;
    }
    Ok(old.len() as u64)
}
