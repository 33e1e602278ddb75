//! Accounts in the database.

use entity::role::{self, RoleName};
use entity::user;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter,
};

use crate::values::now;

/// The active account of this name, with its role.
pub async fn find_active(db: &impl ConnectionTrait, username: &str) -> Result<Option<(user::Model, RoleName)>, DbErr> {
    let found = user::Entity::find()
        .filter(user::Column::Username.eq(username))
        .filter(user::Column::Active.eq(true))
        .find_also_related(role::Entity)
        .one(db)
        .await?;
    Ok(found.and_then(|(user, role)| role.map(|role| (user, role.name))))
}

/// Whether there is an account of this id, active or not.
pub async fn exists(db: &impl ConnectionTrait, id: i64) -> Result<bool, DbErr> {
    Ok(user::Entity::find_by_id(id).count(db).await? > 0)
}

/// The hash of an account's password.
pub async fn password_hash(db: &impl ConnectionTrait, id: i64) -> Result<Option<String>, DbErr> {
    Ok(user::Entity::find_by_id(id).one(db).await?.map(|user| user.password_hash))
}

/// Notes that someone signed in.
pub async fn note_login(db: &impl ConnectionTrait, id: i64) -> Result<(), DbErr> {
    user::Entity::update_many()
        .col_expr(user::Column::LastLoginAt, Expr::value(now()))
        .filter(user::Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Gives an account another password.
pub async fn set_password(db: &impl ConnectionTrait, id: i64, hash: &str, must_change: bool) -> Result<(), DbErr> {
    user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .col_expr(user::Column::MustChangePassword, Expr::value(must_change))
        .col_expr(user::Column::UpdatedAt, Expr::value(now()))
        .col_expr(user::Column::Version, Expr::col(user::Column::Version).add(1))
        .filter(user::Column::Id.eq(id))
        .exec(db)
        .await
        .map(drop)
}

/// Whether there is an administrator, active or not.
pub async fn has_administrator(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let admin = role_id(db, RoleName::Admin).await?;
    Ok(user::Entity::find().filter(user::Column::RoleId.eq(admin)).count(db).await? > 0)
}

/// Creates an account.
pub async fn insert(
    db: &impl ConnectionTrait,
    username: &str,
    hash: &str,
    role: RoleName,
    must_change: bool,
) -> Result<(), DbErr> {
    let at = now();
    let account = user::ActiveModel {
        username: Set(username.to_lowercase()),
        password_hash: Set(hash.to_owned()),
        display_name: Set(username.to_owned()),
        role_id: Set(role_id(db, role).await?),
        active: Set(true),
        must_change_password: Set(must_change),
        version: Set(1),
        created_at: Set(at),
        updated_at: Set(at),
        ..Default::default()
    };
    user::Entity::insert(account).exec(db).await.map(drop)
}

/// The id of an account, active or not.
pub async fn find_id(db: &impl ConnectionTrait, username: &str) -> Result<Option<i64>, DbErr> {
    let found = user::Entity::find().filter(user::Column::Username.eq(username.to_lowercase())).one(db).await?;
    Ok(found.map(|user| user.id))
}

async fn role_id(db: &impl ConnectionTrait, name: RoleName) -> Result<i64, DbErr> {
    let found = role::Entity::find().filter(role::Column::Name.eq(name)).one(db).await?;
    found.map(|role| role.id).ok_or_else(|| DbErr::RecordNotFound(format!("role {}", name.as_str())))
}
