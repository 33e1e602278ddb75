//! Second factors in the database.

use entity::{recovery_code, second_factor};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait,
    QueryFilter,
};

use crate::values::now;

/// The second factor of an account, confirmed or not.
pub async fn find(db: &impl ConnectionTrait, user_id: i64) -> Result<Option<second_factor::Model>, DbErr> {
    second_factor::Entity::find_by_id(user_id).one(db).await
}

/// Puts a secret that is still to be confirmed in the place of an earlier one; says no when one is confirmed.
pub async fn enrol(db: &impl ConnectionTrait, user_id: i64, sealed_secret: &str) -> Result<bool, DbErr> {
    second_factor::Entity::delete_many()
        .filter(second_factor::Column::UserId.eq(user_id))
        .filter(second_factor::Column::ConfirmedAt.is_null())
        .exec(db)
        .await?;
    if find(db, user_id).await?.is_some() {
        return Ok(false);
    }
    let factor = second_factor::ActiveModel {
        user_id: Set(user_id),
        sealed_secret: Set(sealed_secret.to_owned()),
        created_at: Set(now()),
        confirmed_at: Set(None),
        last_step: NotSet,
    };
    second_factor::Entity::insert(factor).exec_without_returning(db).await?;
    Ok(true)
}

/// Confirms a secret by the code of a step; says whether it was still to be confirmed.
pub async fn confirm(db: &impl ConnectionTrait, user_id: i64, sealed: &str, step: i64) -> Result<bool, DbErr> {
    let update = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::ConfirmedAt, Expr::value(now()))
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .filter(second_factor::Column::UserId.eq(user_id))
        .filter(second_factor::Column::SealedSecret.eq(sealed))
        .filter(second_factor::Column::ConfirmedAt.is_null());
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Uses the code of a step, which was not used yet and comes after every one that was; says whether that is so.
pub async fn use_step(db: &impl ConnectionTrait, user_id: i64, step: i64) -> Result<bool, DbErr> {
    let update = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::LastStep, Expr::value(step))
        .filter(second_factor::Column::UserId.eq(user_id))
        .filter(second_factor::Column::ConfirmedAt.is_not_null())
        .filter(second_factor::Column::LastStep.lt(step));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Uses a recovery code; says whether it was there and unused.
pub async fn use_recovery_code(db: &impl ConnectionTrait, user_id: i64, hash: &str) -> Result<bool, DbErr> {
    let update = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(now()))
        .filter(recovery_code::Column::UserId.eq(user_id))
        .filter(recovery_code::Column::Hash.eq(hash))
        .filter(recovery_code::Column::UsedAt.is_null());
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// How many recovery codes of an account are unused.
pub async fn recovery_codes_left(db: &impl ConnectionTrait, user_id: i64) -> Result<u64, DbErr> {
    recovery_code::Entity::find()
        .filter(recovery_code::Column::UserId.eq(user_id))
        .filter(recovery_code::Column::UsedAt.is_null())
        .count(db)
        .await
}

/// Puts recovery codes in the place of those there were.
pub async fn replace_recovery_codes(db: &impl ConnectionTrait, user_id: i64, hashes: Vec<String>) -> Result<(), DbErr> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(user_id)).exec(db).await?;
    let code = |hash| recovery_code::ActiveModel { user_id: Set(user_id), hash: Set(hash), used_at: Set(None) };
    recovery_code::Entity::insert_many(hashes.into_iter().map(code)).exec_without_returning(db).await.map(drop)
}

/// Removes the second factor of an account and its recovery codes; says whether there was one, confirmed or not.
pub async fn remove(db: &impl ConnectionTrait, user_id: i64) -> Result<bool, DbErr> {
    recovery_code::Entity::delete_many().filter(recovery_code::Column::UserId.eq(user_id)).exec(db).await?;
    Ok(second_factor::Entity::delete_by_id(user_id).exec(db).await?.rows_affected == 1)
}
