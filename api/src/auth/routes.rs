//! Signing in, and one's own account.

use actix_web::{HttpResponse, get, post, put, web};
use entity::user;

use super::dto::{CurrentUser, Login, LoginRequest, LoginResponse, NewPassword, PasswordUpdate};
use super::{Auth, Caller, SignedIn};
use crate::audit::{Actor, Trace, record};
use crate::error::{ApiError, ApiResult, Fault, ProblemCode};
use crate::http::{JsonBody, Query};
use crate::state::AppState;
use crate::users::queries;
use crate::values::{FaultCode, now};

/// Sign in
///
/// Answers an access token. An unknown name, a wrong password, a one-time password that is no longer good and a deactivated
/// account are answered alike.
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
    let verified = state.passwords.verify(login.password.clone(), hash).await?;
    let good = |user: &user::Model| verified && user.password_expires_at.is_none_or(|end| now() < end);
    let Some((user, role)) = account.filter(|(user, _)| good(user)) else {
        return Err(ApiError::new(ProblemCode::InvalidCredentials));
    };
    renew_hash(&state, &user, login.password).await?;
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

/// Makes the hash of a password anew when hashes have come to cost more: here alone the password is at hand.
async fn renew_hash(state: &AppState, user: &user::Model, password: String) -> ApiResult<()> {
    if !state.passwords.is_outdated(&user.password_hash) {
        return Ok(());
    }
    let hash = state.passwords.hash(password).await?;
    state.db.write(async |tx| Ok(queries::renew_hash(tx, user.id, &user.password_hash, &hash).await?)).await
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
/// Needs the current password. The new one has 12 to 128 characters (Unicode code points, as they are sent) of any kind and
/// is not easy to guess: no common password, nothing made of one's own name or of a pattern.
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
    let names = vec![caller.username.clone(), caller.display_name.clone()];
    let chosen = state.passwords.choose(change.new_password, names).await?;
    let hash = chosen.map_err(|fault| ApiError::invalid(vec![Fault::member("new_password", fault)]))?;
    state
        .db
        .write(async |tx| {
            queries::set_password(tx, caller.id, &hash, false, None).await?;
            Ok(record(tx, &trace, trace.event().changed(["password"])).await?)
        })
        .await?;
    state.callers.forget(caller.id);
    Ok(HttpResponse::NoContent().finish())
}
