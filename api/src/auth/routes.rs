//! Signing in, and one's own account.

use actix_web::{HttpResponse, get, post, put, web};

use super::dto::{CurrentUser, Login, LoginRequest, LoginResponse, NewPassword, PasswordUpdate};
use super::{Auth, Caller, SignedIn};
use crate::audit::{Actor, Trace, record};
use crate::error::{ApiError, ApiResult, Fault, ProblemCode};
use crate::http::{JsonBody, Query};
use crate::state::AppState;
use crate::users::queries;
use crate::values::FaultCode;

/// Sign in
///
/// Answers an access token. An unknown name, a wrong password and a deactivated account are answered alike.
#[utoipa::path(
    tag = "auth",
    request_body = LoginRequest,
    responses(
        (status = 200, description = "Signed in", body = LoginResponse),
        (status = 401, description = "The name or the password is wrong"),
    ),
    security(()),
)]
#[post("/api/auth/login")]
pub async fn login(state: web::Data<AppState>, trace: Trace, body: JsonBody) -> ApiResult<HttpResponse> {
    let login = body.read(Login::read)?;
    let account = queries::find_active(state.db.reader(), &login.username).await?;
    if let Some((user, _)) = &account {
        trace.on("user", user.id);
    }
    let hash = account.as_ref().map(|(user, _)| user.password_hash.clone());
    let verified = state.passwords.verify(login.password, hash).await?;
    let Some((user, role)) = account.filter(|_| verified) else {
        return Err(ApiError::new(ProblemCode::InvalidCredentials));
    };
    trace.by(Actor::user(user.id, &user.username));
    state
        .db
        .write(async |tx| {
            queries::note_login(tx, user.id).await?;
            Ok(record(tx, &trace, trace.event()).await?)
        })
        .await?;
    let token = state.tokens.issue(user.id, role.as_str()).map_err(|error| ApiError::internal(error.to_string()))?;
    Ok(HttpResponse::Ok().json(LoginResponse {
        access_token: token,
        token_type: "Bearer",
        expires_in: state.tokens.ttl().as_secs(),
        user: CurrentUser::from(&Caller::of(user, role)),
    }))
}

/// Read one's own account
///
/// Says who the token belongs to, with the role that counts now.
#[utoipa::path(
    tag = "auth",
    operation_id = "get_current_user",
    responses((status = 200, description = "The account behind the token", body = CurrentUser)),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/auth/me")]
pub async fn me(caller: Auth<SignedIn>, Query(()): Query<()>) -> HttpResponse {
    HttpResponse::Ok().json(CurrentUser::from(&*caller))
}

/// Change one's own password
///
/// Needs the current password. The new one has 12 to 128 characters of any kind.
#[utoipa::path(
    tag = "auth",
    request_body = PasswordUpdate,
    responses((status = 204, description = "The password is changed")),
    security(("bearer" = ["lecture"])),
)]
#[put("/api/auth/password")]
pub async fn update_password(
    caller: Auth<SignedIn>,
    state: web::Data<AppState>,
    trace: Trace,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    trace.on("user", caller.id);
    let change = body.read(NewPassword::read)?;
    let hash = queries::password_hash(state.db.reader(), caller.id).await?;
    if !state.passwords.verify(change.current_password, hash).await? {
        return Err(ApiError::invalid(vec![Fault::member("current_password", FaultCode::WrongPassword)]));
    }
    let hash = state.passwords.hash(change.new_password).await?;
    state
        .db
        .write(async |tx| {
            queries::set_password(tx, caller.id, &hash, false).await?;
            Ok(record(tx, &trace, trace.event().changed(["password"])).await?)
        })
        .await?;
    state.callers.forget(caller.id);
    Ok(HttpResponse::NoContent().finish())
}
