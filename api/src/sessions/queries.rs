//! Sessions and their refresh tokens in the database.

use entity::{refresh_token, role, session, user};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, JoinType, Order,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use crate::values::{Instant, now};

/// What a session begins with.
pub struct NewSession<'a> {
    pub user_id: i64,
    pub device: Option<String>,
    pub user_agent: String,
    pub address: String,
    /// When it ends unless it is refreshed.
    pub expires_at: Instant,
    /// When it ends in any case.
    pub ends_at: Instant,
    /// The hash of its first refresh token.
    pub token_hash: &'a str,
}

/// Begins a session.
pub async fn begin(db: &impl ConnectionTrait, new: NewSession<'_>) -> Result<session::Model, DbErr> {
    let at = now();
    let row = session::ActiveModel {
        user_id: Set(new.user_id),
        device: Set(new.device),
        user_agent: Set(new.user_agent),
        address: Set(new.address),
        created_at: Set(at),
        last_used_at: Set(at),
        expires_at: Set(new.expires_at),
        ends_at: Set(new.ends_at),
        revoked_at: Set(None),
        ..Default::default()
    };
    let session = row.insert(db).await?;
    insert_token(db, new.token_hash, session.id, at).await?;
    Ok(session)
}

/// The condition of sessions that live at this instant.
fn alive(at: Instant) -> Condition {
    Condition::all().add(session::Column::RevokedAt.is_null()).add(session::Column::ExpiresAt.gt(at))
}

/// The account of a live session, if it is active, with its role.
pub async fn find_account(
    db: &impl ConnectionTrait,
    session_id: i64,
) -> Result<Option<(user::Model, role::Model)>, DbErr> {
    let found = user::Entity::find()
        .join(JoinType::InnerJoin, session::Relation::User.def().rev())
        .filter(session::Column::Id.eq(session_id))
        .filter(alive(now()))
        .filter(user::Column::Active.eq(true))
        .find_also_related(role::Entity)
        .one(db)
        .await?;
    Ok(found.and_then(|(user, role)| role.map(|role| (user, role))))
}

/// Keeps a session from ending until the transaction does; says no when it is over.
pub async fn lock_live(db: &impl ConnectionTrait, session_id: i64) -> Result<bool, DbErr> {
    let live = session::Entity::find_by_id(session_id).filter(alive(now()));
    Ok(live.lock_exclusive().one(db).await?.is_some())
}

/// The session that a refresh token belongs to, live or not.
pub async fn find_by_token(db: &impl ConnectionTrait, hash: &str) -> Result<Option<session::Model>, DbErr> {
    session::Entity::find()
        .join(JoinType::InnerJoin, refresh_token::Relation::Session.def().rev())
        .filter(refresh_token::Column::Hash.eq(hash))
        .one(db)
        .await
}

/// Marks a refresh token as used: for one caller alone, however many try at once.
pub async fn use_token(db: &impl ConnectionTrait, hash: &str) -> Result<bool, DbErr> {
    let update = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(now()))
        .filter(refresh_token::Column::Hash.eq(hash))
        .filter(refresh_token::Column::UsedAt.is_null());
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Enters a refresh token of a session.
pub async fn insert_token(db: &impl ConnectionTrait, hash: &str, session_id: i64, at: Instant) -> Result<(), DbErr> {
    let token = refresh_token::ActiveModel {
        hash: Set(hash.to_owned()),
        session_id: Set(session_id),
        issued_at: Set(at),
        used_at: Set(None),
    };
    refresh_token::Entity::insert(token).exec_without_returning(db).await.map(drop)
}

/// Whether a refresh token is unused and was issued at this instant or later.
pub async fn is_unused_since(db: &impl ConnectionTrait, hash: &str, since: Instant) -> Result<bool, DbErr> {
    let token = refresh_token::Entity::find_by_id(hash).one(db).await?;
    Ok(token.is_some_and(|token| token.used_at.is_none() && token.issued_at >= since))
}

/// Notes the use of a live session, and until when that lets it live; says whether it was live.
pub async fn extend(
    db: &impl ConnectionTrait,
    session_id: i64,
    address: &str,
    expires_at: Instant,
) -> Result<bool, DbErr> {
    let at = now();
    let update = session::Entity::update_many()
        .col_expr(session::Column::LastUsedAt, Expr::value(at))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires_at))
        .col_expr(session::Column::Address, Expr::value(address))
        .filter(session::Column::Id.eq(session_id))
        .filter(alive(at));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// An account's live sessions, the last used first.
pub async fn list(db: &impl ConnectionTrait, user_id: i64) -> Result<Vec<session::Model>, DbErr> {
    session::Entity::find()
        .filter(session::Column::UserId.eq(user_id))
        .filter(alive(now()))
        .order_by(session::Column::LastUsedAt, Order::Desc)
        .order_by(session::Column::Id, Order::Desc)
        .all(db)
        .await
}

/// Ends a live session of an account; says whether there was one.
pub async fn revoke(db: &impl ConnectionTrait, user_id: i64, session_id: i64) -> Result<bool, DbErr> {
    Ok(revoke_where(db, user_id, session::Column::Id.eq(session_id)).await? == 1)
}

/// Ends every live session of an account but one; says how many.
pub async fn revoke_all(db: &impl ConnectionTrait, user_id: i64, except: Option<i64>) -> Result<u64, DbErr> {
    revoke_where(db, user_id, session::Column::Id.ne(except.unwrap_or(0))).await
}

/// Ends the sessions of an account that were idle longest, beyond so many.
pub async fn revoke_beyond(db: &impl ConnectionTrait, user_id: i64, most: usize) -> Result<u64, DbErr> {
    let surplus: Vec<i64> = list(db, user_id).await?.iter().skip(most).map(|session| session.id).collect();
    if surplus.is_empty() { Ok(0) } else { revoke_where(db, user_id, session::Column::Id.is_in(surplus)).await }
}

async fn revoke_where(db: &impl ConnectionTrait, user_id: i64, which: Expr) -> Result<u64, DbErr> {
    let at = now();
    let update = session::Entity::update_many()
        .col_expr(session::Column::RevokedAt, Expr::value(at))
        .filter(session::Column::UserId.eq(user_id))
        .filter(alive(at))
        .filter(which);
    Ok(update.exec(db).await?.rows_affected)
}

/// Removes sessions that ended before an instant, at most so many, with their tokens; says how many.
pub async fn delete_ended(db: &impl ConnectionTrait, before: Instant, most: u64) -> Result<u64, DbErr> {
    let ended: Vec<i64> = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::EndsAt.lt(before))
        .order_by(session::Column::EndsAt, Order::Asc)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    if !ended.is_empty() {
        let tokens = refresh_token::Column::SessionId.is_in(ended.iter().copied());
        refresh_token::Entity::delete_many().filter(tokens).exec(db).await?;
        session::Entity::delete_many().filter(session::Column::Id.is_in(ended.iter().copied())).exec(db).await?;
    }
    Ok(ended.len() as u64)
}
