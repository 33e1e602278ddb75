//! Accounts in the database.

use std::collections::HashMap;

use entity::role::{self, RoleName};
use entity::user;
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr,
    EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany,
};

use crate::db::Reads;
use crate::keyset::{self, Position, Sort, Wanted};
use crate::search::words;
use crate::values::{Instant, now};

/// Which accounts are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// Words of which each begins a word of the username or of the name shown.
    pub q: Option<String>,
    /// Exactly this name.
    pub username: Option<String>,
    /// One of these roles; any when there is none.
    pub role: Vec<RoleName>,
    /// Whether it may sign in.
    pub active: Option<bool>,
}

impl UserFilter {
    /// As a condition on `user`, given the ids of the roles.
    fn condition(&self, roles: &[role::Model]) -> Condition {
        use user::Column as C;
        let mut all = Condition::all();
        for word in self.q.iter().flat_map(|text| words(text)) {
            let place = Func::cust("INSTR").arg(Expr::col(C::SearchWords)).arg(format!(" {word}"));
            all = all.add(Expr::expr(place).gt(0));
        }
        if let Some(username) = &self.username {
            all = all.add(C::Username.eq(username.to_lowercase()));
        }
        if !self.role.is_empty() {
            let wanted = roles.iter().filter(|role| self.role.contains(&role.name));
            all = all.add(C::RoleId.is_in(wanted.map(|role| role.id)));
        }
        if let Some(active) = self.active {
            all = all.add(C::Active.eq(active));
        }
        all
    }

    async fn wanted(&self, db: &impl ConnectionTrait) -> Result<Wanted<user::Entity>, DbErr> {
        let roles = if self.role.is_empty() { Vec::new() } else { roles(db).await? };
        Ok(user::Entity::find().filter(self.condition(&roles)).into())
    }
}

/// The places of one page of accounts.
pub async fn page(
    db: &impl Reads,
    filter: &UserFilter,
    sort: Sort<user::Column>,
    after: Option<&Position>,
    limit: u64,
) -> Result<Vec<Position>, DbErr> {
    keyset::page(db, filter.wanted(db).await?, user::Column::Id, sort, after, limit).await
}

/// The accounts of these ids with their roles, in the order of the ids.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<(user::Model, RoleName)>, DbErr> {
    let rows = user::Entity::find()
        .filter(user::Column::Id.is_in(ids.iter().copied()))
        .find_also_related(role::Entity)
        .all(db)
        .await?;
    let mut rows: HashMap<i64, _> = rows.into_iter().filter_map(with_role).map(|found| (found.0.id, found)).collect();
    Ok(ids.iter().filter_map(|id| rows.remove(id)).collect())
}

/// How many accounts there are, counted as far as `bound`.
pub async fn count(db: &impl Reads, filter: &UserFilter, bound: Option<u64>) -> Result<u64, DbErr> {
    keyset::count(db, filter.wanted(db).await?, user::Column::Id, bound).await
}

fn with_role((user, role): (user::Model, Option<role::Model>)) -> Option<(user::Model, RoleName)> {
    role.map(|role| (user, role.name))
}

/// Every role, the least first.
pub async fn roles(db: &impl ConnectionTrait) -> Result<Vec<role::Model>, DbErr> {
    role::Entity::find().order_by_asc(role::Column::Id).all(db).await
}

/// The account of this id, active or not, with its role.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<(user::Model, RoleName)>, DbErr> {
    Ok(user::Entity::find_by_id(id).find_also_related(role::Entity).one(db).await?.and_then(with_role))
}

/// As [`find`], kept from changing until the transaction ends. The active administrators are kept so too, since whether an
/// account may be changed depends on them: answered with it are the ids of those who are not this account.
pub async fn find_locked(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<(user::Model, RoleName, Vec<i64>)>, DbErr> {
    let admin = role_id(db, RoleName::Admin).await?;
    let rows = user::Entity::find()
        .filter(
            Condition::any()
                .add(user::Column::Id.eq(id))
                .add(Condition::all().add(user::Column::RoleId.eq(admin)).add(user::Column::Active.eq(true))),
        )
        .order_by_asc(user::Column::Id)
        .lock_exclusive()
        .all(db)
        .await?;
    let (own, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.id == id);
    let Some(row) = own.into_iter().next() else { return Ok(None) };
    let role = roles(db).await?.into_iter().find(|role| role.id == row.role_id);
    Ok(role.map(|role| (row, role.name, others.into_iter().map(|row| row.id).collect())))
}

/// The active account of this name, with its role.
pub async fn find_active(
    db: &impl ConnectionTrait,
    username: &str,
) -> Result<Option<(user::Model, role::Model)>, DbErr> {
    let found = user::Entity::find()
        .filter(user::Column::Username.eq(username))
        .filter(user::Column::Active.eq(true))
        .find_also_related(role::Entity)
        .one(db)
        .await?;
    Ok(found.and_then(|(user, role)| role.map(|role| (user, role))))
}

/// That an account is still what somebody has proven to be: active, with the password and the second factor that were verified.
/// A better hash of the same password makes no new version.
fn as_proven(proven: &user::Model) -> Condition {
    use user::Column as C;
    let password = Condition::any().add(C::Version.eq(proven.version)).add(C::PasswordHash.eq(&proven.password_hash));
    Condition::all()
        .add(C::Id.eq(proven.id))
        .add(C::Active.eq(true))
        .add(C::SecondFactor.eq(proven.second_factor))
        .add(password)
}

/// Notes that someone signed in, and the hash to keep of the password; says no when the account is no longer as it was proven.
pub async fn note_login(db: &impl ConnectionTrait, proven: &user::Model, hash: &str) -> Result<bool, DbErr> {
    let update = user::Entity::update_many()
        .col_expr(user::Column::LastLoginAt, Expr::value(now()))
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .filter(as_proven(proven));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Keeps an account from changing until the transaction ends; says no when it is no longer as it was proven.
pub async fn lock_proven(db: &impl ConnectionTrait, proven: &user::Model) -> Result<bool, DbErr> {
    Ok(user::Entity::find().filter(as_proven(proven)).lock_exclusive().one(db).await?.is_some())
}

/// Gives an account another password. One that somebody else has made is good until `expires_at` and must be changed.
pub async fn set_password(
    db: &impl ConnectionTrait,
    id: i64,
    hash: &str,
    must_change: bool,
    expires_at: Option<Instant>,
) -> Result<(), DbErr> {
    changing(id)
        .col_expr(user::Column::PasswordHash, Expr::value(hash))
        .col_expr(user::Column::MustChangePassword, Expr::value(must_change))
        .col_expr(user::Column::PasswordExpiresAt, Expr::value(expires_at))
        .exec(db)
        .await
        .map(drop)
}

/// Notes whether a second factor is asked for.
pub async fn set_second_factor(db: &impl ConnectionTrait, id: i64, enabled: bool) -> Result<(), DbErr> {
    changing(id).col_expr(user::Column::SecondFactor, Expr::value(enabled)).exec(db).await.map(drop)
}

/// A change of an account, which makes a new version of it.
fn changing(id: i64) -> UpdateMany<user::Entity> {
    user::Entity::update_many()
        .col_expr(user::Column::UpdatedAt, Expr::value(now()))
        .col_expr(user::Column::Version, Expr::col(user::Column::Version).add(1))
        .filter(user::Column::Id.eq(id))
}

/// Says whether the accounts of a role need a second factor, unless its row is no longer this version.
pub async fn require_second_factor(
    db: &impl ConnectionTrait,
    before: &role::Model,
    required: bool,
) -> Result<bool, DbErr> {
    let result = role::Entity::update_many()
        .col_expr(role::Column::SecondFactorRequired, Expr::value(required))
        .col_expr(role::Column::Version, Expr::value(before.version + 1))
        .filter(role::Column::Id.eq(before.id))
        .filter(role::Column::Version.eq(before.version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Whether there is an administrator, active or not.
pub async fn has_administrator(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let admin = role_id(db, RoleName::Admin).await?;
    Ok(user::Entity::find().filter(user::Column::RoleId.eq(admin)).count(db).await? > 0)
}

/// An account to be made.
#[derive(Clone)]
pub struct NewUser {
    pub username: String,
    pub display_name: String,
    pub role: RoleName,
    pub password_hash: String,
    pub must_change_password: bool,
    pub password_expires_at: Option<Instant>,
}

/// Creates an account.
pub async fn create(db: &impl ConnectionTrait, user: NewUser) -> Result<user::Model, DbErr> {
    let at = now();
    let mut row = user::Model {
        id: 0,
        username: user.username.to_lowercase(),
        password_hash: user.password_hash,
        display_name: user.display_name,
        role_id: role_id(db, user.role).await?,
        active: true,
        must_change_password: user.must_change_password,
        password_expires_at: user.password_expires_at,
        second_factor: false,
        last_login_at: None,
        version: 1,
        created_at: at,
        updated_at: at,
        name_key: String::new(),
        search_words: String::new(),
    };
    derive(&mut row);
    let active = user::ActiveModel { id: NotSet, ..row.clone().into_active_model().reset_all() };
    row.id = user::Entity::insert(active).exec(db).await?.last_insert_id;
    Ok(row)
}

/// Creates an account whose name is also the one shown.
pub async fn insert(
    db: &impl ConnectionTrait,
    username: &str,
    hash: &str,
    role: RoleName,
    must_change: bool,
) -> Result<(), DbErr> {
    let user = NewUser {
        username: username.to_owned(),
        display_name: username.to_owned(),
        role,
        password_hash: hash.to_owned(),
        must_change_password: must_change,
        password_expires_at: None,
    };
    create(db, user).await.map(drop)
}

/// Changes an account to `after`, unless the row is no longer the version `before`; then nothing is answered.
pub async fn update(
    db: &impl ConnectionTrait,
    before: &user::Model,
    mut after: user::Model,
) -> Result<Option<user::Model>, DbErr> {
    (after.version, after.updated_at) = (before.version + 1, now());
    derive(&mut after);
    let active = user::ActiveModel { id: Set(after.id), ..after.clone().into_active_model().reset_all() };
    let result = user::Entity::update_many()
        .set(active)
        .filter(user::Column::Id.eq(before.id))
        .filter(user::Column::Version.eq(before.version))
        .exec(db)
        .await?;
    Ok((result.rows_affected == 1).then_some(after))
}

/// Removes an account that nobody ever signed in with, unless the row is no longer this version.
pub async fn delete_unused(db: &impl ConnectionTrait, row: &user::Model) -> Result<bool, DbErr> {
    let result = user::Entity::delete_many()
        .filter(user::Column::Id.eq(row.id))
        .filter(user::Column::Version.eq(row.version))
        .filter(user::Column::LastLoginAt.is_null())
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// What is searched and sorted by follows from the names.
fn derive(row: &mut user::Model) {
    let shown = words(&row.display_name);
    row.name_key = shown.join(" ").chars().take(255).collect();
    let all = words(&row.username).into_iter().chain(shown);
    row.search_words = all.fold(String::new(), |text, word| text + " " + &word).chars().take(512).collect();
}

/// The id of an account, active or not.
pub async fn find_id(db: &impl ConnectionTrait, username: &str) -> Result<Option<i64>, DbErr> {
    let found = user::Entity::find().filter(user::Column::Username.eq(username.to_lowercase())).one(db).await?;
    Ok(found.map(|user| user.id))
}

/// The id of a role's row.
pub async fn role_id(db: &impl ConnectionTrait, name: RoleName) -> Result<i64, DbErr> {
    let found = role::Entity::find().filter(role::Column::Name.eq(name)).one(db).await?;
    found.map(|role| role.id).ok_or_else(|| DbErr::RecordNotFound(format!("role {}", name.as_str())))
}
