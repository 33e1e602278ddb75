//! Looking at sessions, and ending them.

use actix_web::{HttpRequest, HttpResponse, delete, get, web};
use serde_json::json;

use super::dto::SessionPage;
use super::queries;
use crate::audit::{Trace, record};
use crate::auth::{Admin, Auth, Personal, end_session};
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::http::{Id, Query, path_id};
use crate::state::AppState;
use crate::users;

/// List one's own sessions
///
/// Everywhere one is signed in, the last used first; `current` marks the session of the request.
#[utoipa::path(
    tag = "auth",
    responses((status = 200, description = "The live sessions", body = SessionPage)),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/auth/sessions")]
pub async fn list_sessions(
    caller: Auth<Personal>,
    state: web::Data<AppState>,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    let sessions = queries::list(state.db.reader(), caller.id).await?;
    Ok(HttpResponse::Ok().json(SessionPage::of(sessions, caller.session_id)))
}

/// End one of one's own sessions
///
/// Its access token and its refresh token are good for nothing from now on; on other servers within five seconds.
#[utoipa::path(
    tag = "auth",
    params(("id" = i64, Path, description = "The session's id", minimum = 1)),
    responses(
        (status = 204, description = "The session is over"),
        (status = 404, description = "One has no such session"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[delete("/api/auth/sessions/{id}")]
pub async fn revoke_session(
    caller: Auth<Personal>,
    trace: Trace,
    state: web::Data<AppState>,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    end(&state, &trace, caller.id, id).await
}

/// List the sessions of an account
///
/// The last used first.
#[utoipa::path(
    tag = "users",
    params(("id" = i64, Path, description = "The account's id", minimum = 1)),
    responses(
        (status = 200, description = "The live sessions", body = SessionPage),
        (status = 404, description = "There is no such account"),
    ),
    security(("bearer" = ["admin"])),
)]
#[get("/api/users/{id}/sessions")]
pub async fn list_user_sessions(
    caller: Auth<Admin>,
    state: web::Data<AppState>,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    exists(&state, id).await?;
    let sessions = queries::list(state.db.reader(), id).await?;
    Ok(HttpResponse::Ok().json(SessionPage::of(sessions, caller.session_id)))
}

/// End all sessions of an account
///
/// Its tokens are good for nothing from now on; on other servers within five seconds. It may sign in again.
#[utoipa::path(
    tag = "users",
    params(("id" = i64, Path, description = "The account's id", minimum = 1)),
    responses(
        (status = 204, description = "No session is left"),
        (status = 404, description = "There is no such account"),
    ),
    security(("bearer" = ["admin"])),
)]
#[delete("/api/users/{id}/sessions")]
pub async fn revoke_user_sessions(
    _caller: Auth<Admin>,
    trace: Trace,
    state: web::Data<AppState>,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    exists(&state, id).await?;
    state
        .db
        .write(async |tx| {
            let ended = queries::revoke_all(tx, id, None).await?;
            Ok(record(tx, &trace, trace.event().details(&json!({"ended": ended}))).await?)
        })
        .await?;
    state.callers.forget(id);
    Ok(HttpResponse::NoContent().finish())
}

/// End a session of an account
///
/// Its access token and its refresh token are good for nothing from now on; on other servers within five seconds.
#[utoipa::path(
    tag = "users",
    params(
        ("id" = i64, Path, description = "The account's id", minimum = 1),
        ("session_id" = i64, Path, description = "The session's id", minimum = 1),
    ),
    responses(
        (status = 204, description = "The session is over"),
        (status = 404, description = "The account has no such session"),
    ),
    security(("bearer" = ["admin"])),
)]
#[delete("/api/users/{id}/sessions/{session_id}")]
pub async fn revoke_user_session(
    _caller: Auth<Admin>,
    trace: Trace,
    state: web::Data<AppState>,
    request: HttpRequest,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    end(&state, &trace, id, path_id(&request, "session_id")?).await
}

async fn end(state: &AppState, trace: &Trace, user_id: i64, session_id: i64) -> ApiResult<HttpResponse> {
    let ended = end_session(state, trace, user_id, session_id).await?;
    if ended { Ok(HttpResponse::NoContent().finish()) } else { Err(ApiError::new(ProblemCode::SessionNotFound)) }
}

async fn exists(state: &AppState, user_id: i64) -> ApiResult<()> {
    let exists = users::queries::find(state.db.reader(), user_id).await?.is_some();
    if exists { Ok(()) } else { Err(ApiError::new(ProblemCode::UserNotFound)) }
}
