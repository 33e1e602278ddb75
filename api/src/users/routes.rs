//! What administrators can do with accounts.

use std::time::Duration;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use entity::role::RoleName;
use entity::user;
use serde_json::json;

use super::dto::{
    CreatedUser, OneTimePassword, User, UserChange, UserCreate, UserInput, UserList, UserListParameters, UserPage,
    UserPatch,
};
use super::queries::{self, NewUser};
use crate::audit::{Trace, record};
use crate::auth::{Admin, Auth, random_password};
use crate::error::{ApiError, ApiResult, Fault, ProblemCode, is_unique_violation};
use crate::http::{Id, JsonBody, Precondition, Query, etag, not_modified, page_answer, stale};
use crate::keyset::Position;
use crate::sessions;
use crate::state::AppState;
use crate::values::{Instant, instant_text, now};

/// List accounts
///
/// Filters narrow the list together; deactivated accounts are listed too.
#[utoipa::path(
    tag = "users",
    params(UserListParameters),
    responses((status = 200, description = "One page of accounts", body = UserPage)),
    security(("bearer" = ["admin"])),
)]
#[get("/api/users")]
pub async fn list_users(
    _caller: Auth<Admin>,
    request: HttpRequest,
    state: web::Data<AppState>,
    Query(mut list): Query<UserList>,
) -> ApiResult<HttpResponse> {
    let UserList { filter, sort, page } = &mut list;
    let db = state.db.reader();
    let find = async |after: Option<Position>, limit| queries::page(db, filter, *sort, after.as_ref(), limit).await;
    let listed = page.listed(&request, find, async |bound| queries::count(db, filter, bound).await).await?;
    let accounts = queries::find_all(db, &listed.ids).await?;
    let items = accounts.into_iter().map(|(row, role)| User::of(row, role)).collect();
    let page = UserPage { items, next_cursor: listed.next_cursor, total: listed.total };
    Ok(page_answer(&request, page.next_cursor.as_ref(), &page))
}

/// Make an account
///
/// Its password, given or made by the server, is good for a day and must be changed at the first sign-in.
#[utoipa::path(
    tag = "users",
    request_body = UserCreate,
    responses(
        (status = 201, description = "Made", body = CreatedUser),
        (status = 409, description = "The username is taken"),
    ),
    security(("bearer" = ["admin"])),
)]
#[post("/api/users")]
pub async fn create_user(
    _caller: Auth<Admin>,
    state: web::Data<AppState>,
    trace: Trace,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let input = body.read(UserInput::read)?;
    let one_time_password = if input.password.is_none() { Some(random_password()?) } else { None };
    let password = input.password.or_else(|| one_time_password.clone()).unwrap_or_default();
    let names = vec![input.username.clone(), input.display_name.clone()];
    let chosen = state.passwords.choose(password, names).await?;
    let user = NewUser {
        username: input.username,
        display_name: input.display_name,
        role: input.role,
        password_hash: chosen.map_err(|fault| ApiError::invalid(vec![Fault::member("password", fault)]))?,
        must_change_password: true,
        password_expires_at: Some(expiry(state.one_time_password_ttl)),
    };
    let row = state
        .db
        .write(async |tx| {
            let row = match queries::create(tx, user.clone()).await {
                Err(error) if is_unique_violation(&error) => {
                    let existing = queries::find_id(tx, &user.username).await?;
                    return Err(ApiError::new(ProblemCode::UserAlreadyExists).with("existing_id", existing));
                }
                result => result?,
            };
            let event = trace.event().on("user", row.id).versions(None, Some(row.version));
            record(tx, &trace, event.details(&json!({"role": user.role.as_str()}))).await?;
            Ok(row)
        })
        .await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/users/{}", row.id)))
        .insert_header((header::ETAG, tag(&row)))
        .json(CreatedUser { user: User::of(row, user.role), one_time_password }))
}

/// Read an account
///
/// Deactivated accounts are read too.
#[utoipa::path(
    tag = "users",
    params(("id" = i64, Path, description = "The account's id", minimum = 1)),
    responses(
        (status = 200, description = "The account", body = User),
        (status = 304, description = "Unchanged since the version of `If-None-Match`"),
        (status = 404, description = "There is no such account"),
    ),
    security(("bearer" = ["admin"])),
)]
#[get("/api/users/{id}")]
pub async fn get_user(
    _caller: Auth<Admin>,
    request: HttpRequest,
    state: web::Data<AppState>,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    let (row, role) = queries::find(state.db.reader(), id).await?.ok_or_else(not_found)?;
    let tag = tag(&row);
    if let Some(unchanged) = not_modified(&request, &tag) {
        return Ok(unchanged);
    }
    Ok(HttpResponse::Ok().insert_header((header::ETAG, tag)).json(User::of(row, role)))
}

/// Change the name shown, the role or the activity of an account
///
/// In force at once: a deactivated account is signed out everywhere. Nobody changes the role or the activity of the own
/// account, nor those of the last active administrator.
#[utoipa::path(
    tag = "users",
    params(("id" = i64, Path, description = "The account's id", minimum = 1)),
    request_body(content(
        (UserPatch = "application/merge-patch+json", example = json!({"role": "lecture", "active": true})),
        (UserPatch = "application/json", example = json!({"role": "lecture", "active": true})),
    )),
    responses(
        (status = 200, description = "Changed", body = User),
        (status = 404, description = "There is no such account"),
        (status = 409, description = "It is the caller's own account, or the last active administrator"),
    ),
    security(("bearer" = ["admin"])),
)]
#[patch("/api/users/{id}")]
pub async fn update_user(
    caller: Auth<Admin>,
    precondition: Precondition,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let (row, role) = state
        .db
        .write(async |tx| {
            let (before, role, other_administrators) = queries::find_locked(tx, id).await?.ok_or_else(not_found)?;
            precondition.check(before.version)?;
            let change = UserChange::patched(&before, role, body.0.clone())?;
            if (change.role, change.active) != (role, before.active) {
                let administers = change.active && change.role == RoleName::Admin;
                keep_an_administrator(administers, &before, role, &other_administrators)?;
                not_oneself(caller.id, id)?;
            }
            let role_id = queries::role_id(tx, change.role).await?;
            let (display_name, active) = (change.display_name, change.active);
            let after = user::Model { display_name, role_id, active, ..before.clone() };
            if after == before {
                trace.nothing_changed();
                return Ok((before, role));
            }
            let changed = changed(&before, &after);
            let row = queries::update(tx, &before, after).await?.ok_or_else(|| stale(before.version))?;
            let event = trace.event().versions(Some(before.version), Some(row.version)).changed(changed);
            let facts = json!({"role": change.role.as_str(), "active": row.active});
            record(tx, &trace, event.details(&facts)).await?;
            if !row.active {
                sessions::queries::revoke_all(tx, id, None).await?;
            }
            Ok((row, change.role))
        })
        .await?;
    state.callers.forget(id);
    Ok(HttpResponse::Ok().insert_header((header::ETAG, tag(&row))).json(User::of(row, role)))
}

/// Remove an account that was never used
///
/// An account that someone has signed in with stands behind what was entered and read: it is deactivated, not removed.
#[utoipa::path(
    tag = "users",
    params(("id" = i64, Path, description = "The account's id", minimum = 1)),
    responses(
        (status = 204, description = "Removed"),
        (status = 404, description = "There is no such account"),
        (status = 409, description = "It was used, is the caller's own account, or the last active administrator"),
    ),
    security(("bearer" = ["admin"])),
)]
#[delete("/api/users/{id}")]
pub async fn delete_user(
    caller: Auth<Admin>,
    precondition: Precondition,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    state
        .db
        .write(async |tx| {
            let (row, role, other_administrators) = queries::find_locked(tx, id).await?.ok_or_else(not_found)?;
            precondition.check(row.version)?;
            keep_an_administrator(false, &row, role, &other_administrators)?;
            not_oneself(caller.id, id)?;
            if row.last_login_at.is_some() {
                return Err(ApiError::new(ProblemCode::UserWasUsed));
            }
            if !queries::delete_unused(tx, &row).await? {
                return Err(stale(row.version));
            }
            Ok(record(tx, &trace, trace.event().versions(Some(row.version), None)).await?)
        })
        .await?;
    state.callers.forget(id);
    Ok(HttpResponse::NoContent().finish())
}

/// Give an account a one-time password
///
/// For someone who has forgotten the own one. It is shown this once, is good for a day and must be changed at the next
/// sign-in; the account is signed out everywhere. One's own password is changed with `PUT /api/auth/password`.
#[utoipa::path(
    tag = "users",
    params(("id" = i64, Path, description = "The account's id", minimum = 1)),
    responses(
        (status = 200, description = "The one-time password", body = OneTimePassword),
        (status = 404, description = "There is no such account"),
        (status = 409, description = "It is the caller's own account"),
    ),
    security(("bearer" = ["admin"])),
)]
#[post("/api/users/{id}/password-reset")]
pub async fn reset_user_password(
    caller: Auth<Admin>,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    not_oneself(caller.id, id)?;
    let one_time_password = random_password()?;
    let hash = state.passwords.hash(one_time_password.clone()).await?;
    let expires_at = expiry(state.one_time_password_ttl);
    state
        .db
        .write(async |tx| {
            let (row, ..) = queries::find_locked(tx, id).await?.ok_or_else(not_found)?;
            queries::set_password(tx, id, &hash, true, Some(expires_at)).await?;
            let event = trace.event().versions(Some(row.version), Some(row.version + 1));
            record(tx, &trace, event.changed(["password", "must_change_password"])).await?;
            sessions::queries::revoke_all(tx, id, None).await?;
            Ok(())
        })
        .await?;
    state.callers.forget(id);
    Ok(HttpResponse::Ok().json(OneTimePassword { one_time_password, expires_at: instant_text(expires_at) }))
}

/// The names of what a change changes.
fn changed(before: &user::Model, after: &user::Model) -> impl Iterator<Item = &'static str> + use<> {
    let fields = [
        ("display_name", before.display_name != after.display_name),
        ("role", before.role_id != after.role_id),
        ("active", before.active != after.active),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name)
}

fn expiry(ttl: Duration) -> Instant {
    now() + ttl
}

/// The last active administrator stays one, or nobody could let anyone in any more.
fn keep_an_administrator(administers: bool, before: &user::Model, role: RoleName, others: &[i64]) -> ApiResult<()> {
    let administered = before.active && role == RoleName::Admin;
    if administered && !administers && others.is_empty() {
        return Err(ApiError::new(ProblemCode::LastAdministrator));
    }
    Ok(())
}

/// What one administrator takes from another is no slip of the hand; what one takes from oneself may be.
fn not_oneself(caller: i64, id: i64) -> ApiResult<()> {
    if caller == id { Err(ApiError::new(ProblemCode::OwnAccount)) } else { Ok(()) }
}

/// The entity tag: signing in changes what is shown and not the version.
fn tag(row: &user::Model) -> HeaderValue {
    let signed_in = row.last_login_at.map(|at| at.assume_utc().unix_timestamp_nanos() / 1000);
    etag(row.version, Some(signed_in.and_then(|at| i64::try_from(at).ok()).unwrap_or(0)))
}

fn not_found() -> ApiError {
    ApiError::new(ProblemCode::UserNotFound)
}
