//! Signing in, and one's own account.

use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use entity::user;

use super::dto::{
    CurrentUser, Delivery, Login, LoginRequest, LoginResponse, NewPassword, PasswordUpdate, RefreshRequest,
};
use super::session::{self, Holder, Live};
use super::throttle::Attempt;
use super::{Auth, Bearer, Caller, SignedIn, browser, reauthenticate};
use crate::audit::{Trace, record};
use crate::error::{ApiError, ApiResult, Fault, ProblemCode};
use crate::http::{ClientAddress, JsonBody, OptionalBody, Query};
use crate::second_factors::{Proof, Proven, prove};
use crate::sessions;
use crate::state::AppState;
use crate::users::queries;
use crate::values::now;

/// Sign in
///
/// Begins a session and answers its tokens. An unknown name, a wrong password, a one-time password that is no longer good and a
/// deactivated account are answered alike. With `delivery` `cookie` the refresh token is set as a cookie; then the request must
/// come from a page of this server (`X-Requested-With`, and an `Origin` or `Sec-Fetch-Site` of its own), over https or on the
/// same machine.
///
/// An account with a second factor needs `totp` or `recovery_code` too: once the password is right, the answer without one is 401
/// `second_factor_required`, and the same request is sent again with it. Each code counts once.
#[utoipa::path(
    tag = "auth",
    params(("X-Requested-With" = Option<String>, Header, description = "Anything, with `delivery` `cookie`", example = "patientele")),
    request_body = LoginRequest,
    responses(
        (status = 200, description = "Signed in", body = LoginResponse, headers(
            ("Set-Cookie" = String, description = "With `delivery` `cookie`: `__Host-patientele_refresh`"),
        )),
        (status = 401, description = "The name, the password or the code is wrong, or a code is needed (`second_factor_required`)"),
        (status = 403, description = "The cookie was asked for by no page of this server, or without TLS"),
        (status = 429, description = "Too many sign-ins of this name or from this address have failed"),
    ),
    security(()),
)]
#[post("/api/auth/login")]
pub async fn login(
    state: web::Data<AppState>,
    request: HttpRequest,
    trace: Trace,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let login = body.read(Login::read)?;
    if login.delivery == Delivery::Cookie {
        browser::check(&request, state.public_url.as_deref())?;
    }
    let account = queries::find_active(state.db.reader(), &login.username).await?;
    if let Some((user, _)) = &account {
        trace.on("user", user.id);
    }
    let attempt = Attempt::begin(&state, &login.username, ClientAddress::of(&request).0).await?;
    let hash = account.as_ref().map(|(user, _)| user.password_hash.clone());
    let verified = attempt.verify(login.password.clone(), hash).await?;
    let good = |user: &user::Model| verified && user.password_expires_at.is_none_or(|end| now() < end);
    let Some((user, role)) = account.filter(|(user, _)| good(user)) else {
        attempt.fail(&trace).await?;
        return Err(ApiError::new(ProblemCode::InvalidCredentials));
    };
    if user.second_factor {
        demand_second_factor(&state, &trace, &attempt, user.id, login.proof.as_ref()).await?;
    }
    let kept = match kept_hash(&state, &user, login.password).await {
        Ok(hash) => hash,
        Err(error) => {
            attempt.withdraw().await?;
            return Err(error);
        }
    };
    let holder = Holder::of(&request, login.device);
    let live = session::begin(&state, &trace, user, role, &kept, holder, &attempt).await?;
    signed_in(&state, live, login.delivery)
}

/// Refresh the tokens
///
/// Exchanges a refresh token for a new access token and the next refresh token. It comes in the body, or, for web pages of this
/// server, in the cookie (with `X-Requested-With`), and the next one goes back the same way. A refresh token is used once: a
/// second use within a minute gets the same answer while the next token is unused; any other ends the session.
#[utoipa::path(
    tag = "auth",
    params(("X-Requested-With" = Option<String>, Header, description = "Anything, with the cookie", example = "patientele")),
    request_body = RefreshRequest,
    responses(
        (status = 200, description = "Refreshed", body = LoginResponse, headers(
            ("Set-Cookie" = String, description = "When the token came in the cookie: the next one"),
        )),
        (status = 401, description = "There is no token, or its session is over"),
        (status = 403, description = "The cookie was sent by no page of this server"),
    ),
    security(()),
)]
#[post("/api/auth/refresh")]
pub async fn refresh(
    state: web::Data<AppState>,
    request: HttpRequest,
    trace: Trace,
    OptionalBody(body): OptionalBody,
) -> ApiResult<HttpResponse> {
    let (token, delivery) = presented(&state, &request, body)?;
    let token = token.ok_or_else(|| ApiError::new(ProblemCode::Unauthenticated))?;
    let live = session::refresh(&state, &trace, &token, &Holder::of(&request, None)).await?;
    signed_in(&state, live, delivery)
}

/// Sign out
///
/// Ends the session of the refresh token, in the body or in the cookie, or else, when that ends none, of the access token. Its tokens are good for
/// nothing from now on; on other servers within five seconds. It is no fault when the session has ended already.
#[utoipa::path(
    tag = "auth",
    params(("X-Requested-With" = Option<String>, Header, description = "Anything, with the cookie", example = "patientele")),
    request_body = RefreshRequest,
    responses(
        (status = 204, description = "Signed out", headers(
            ("Set-Cookie" = String, description = "When the cookie was sent: it is forgotten"),
            ("Clear-Site-Data" = String, description = "When the cookie was sent: what the browser keeps of the answers goes"),
        )),
        (status = 401, description = "There is no token"),
        (status = 403, description = "The cookie was sent by no page of this server"),
    ),
    security(()),
)]
#[post("/api/auth/logout")]
pub async fn logout(
    state: web::Data<AppState>,
    request: HttpRequest,
    trace: Trace,
    caller: Option<Auth<SignedIn>>,
    OptionalBody(body): OptionalBody,
) -> ApiResult<HttpResponse> {
    let (token, delivery) = presented(&state, &request, body)?;
    if token.is_none() && caller.is_none() {
        return Err(ApiError::new(ProblemCode::Unauthenticated));
    }
    let has_ended = match &token {
        Some(token) => session::end_of_token(&state, &trace, token).await?,
        None => false,
    };
    if let Some(caller) = caller.filter(|_| !has_ended) {
        session::end(&state, &trace, caller.id, caller.session_id).await?;
    }
    let mut response = HttpResponse::NoContent();
    if delivery == Delivery::Cookie {
        response.insert_header(browser::set_cookie("", 0)).insert_header(browser::clear_cache());
    }
    Ok(response.finish())
}

/// The refresh token of a request, and how it came: what the body says counts before the cookie.
fn presented(state: &AppState, request: &HttpRequest, body: JsonBody) -> ApiResult<(Option<String>, Delivery)> {
    if let Some(token) = body.read(RefreshRequest::read)? {
        return Ok((Some(token), Delivery::Body));
    }
    let Some(token) = browser::cookie(request) else { return Ok((None, Delivery::Body)) };
    browser::check(request, state.public_url.as_deref())?;
    Ok((Some(token), Delivery::Cookie))
}

/// The tokens of a session, the refresh token where the client wants it.
fn signed_in(state: &AppState, live: Live, delivery: Delivery) -> ApiResult<HttpResponse> {
    let left = (live.expires_at - now()).whole_seconds().max(1);
    let bearer = Bearer { user_id: live.user.id, session_id: live.session_id };
    let issued = state.tokens.issue(bearer, live.role.name.as_str(), left);
    let (access_token, expires_in) = issued.map_err(|error| ApiError::internal(error.to_string()))?;
    let refresh_token = live.refresh_token.text();
    let mut response = HttpResponse::Ok();
    if delivery == Delivery::Cookie {
        response.insert_header(browser::set_cookie(&refresh_token, left));
    }
    Ok(response.json(LoginResponse {
        access_token,
        token_type: "Bearer",
        expires_in,
        refresh_token: (delivery == Delivery::Body).then_some(refresh_token),
        refresh_expires_in: left,
        user: CurrentUser::from(&Caller::of(live.user, &live.role, live.session_id)),
    }))
}

/// Demands a code of an account whose password was right.
async fn demand_second_factor(
    state: &AppState,
    trace: &Trace,
    attempt: &Attempt,
    user_id: i64,
    proof: Option<&Proof>,
) -> ApiResult<()> {
    match prove(state, trace, user_id, proof).await? {
        Proven::Yes => Ok(()),
        // Nothing was guessed.
        Proven::Missing => {
            attempt.withdraw().await?;
            Err(ApiError::new(ProblemCode::SecondFactorRequired))
        }
        Proven::No => {
            attempt.fail(trace).await?;
            Err(ApiError::new(ProblemCode::InvalidSecondFactor))
        }
    }
}

/// The hash to keep of a password: a new one when hashes have come to cost more, for here alone the password is at hand.
async fn kept_hash(state: &AppState, user: &user::Model, password: String) -> ApiResult<String> {
    if state.passwords.is_outdated(&user.password_hash) {
        state.passwords.hash(password).await
    } else {
        Ok(user.password_hash.clone())
    }
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
    HttpResponse::Ok().json(CurrentUser::from(&**caller))
}

/// Change one's own password
///
/// Needs the current password. The new one has 12 to 128 characters (Unicode code points, as they are sent) of any kind and
/// is not easy to guess: no common password, nothing made of one's own name or of a pattern. Every other
/// session of the account ends.
#[utoipa::path(
    tag = "auth",
    request_body = PasswordUpdate,
    responses(
        (status = 204, description = "The password is changed"),
        (status = 429, description = "The current password was wrong too often"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[put("/api/auth/password")]
pub async fn update_password(
    caller: Auth<SignedIn>,
    state: web::Data<AppState>,
    trace: Trace,
    address: ClientAddress,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    trace.on("user", caller.id);
    let change = body.read(NewPassword::read)?;
    let password = change.current_password;
    let shown = reauthenticate(&state, &trace, &caller, address, password, "current_password").await?;
    let names = vec![caller.username.clone(), caller.display_name.clone()];
    let chosen = state.passwords.choose(change.new_password, names).await;
    let refused = |fault| ApiError::invalid(vec![Fault::member("new_password", fault)]);
    let hash = match chosen.and_then(|chosen| chosen.map_err(refused)) {
        Ok(hash) => hash,
        Err(refusal) => {
            // The password that was to be proven was right.
            shown.attempt.withdraw().await?;
            return Err(refusal);
        }
    };
    shown
        .act(async |tx| {
            queries::set_password(tx, caller.id, &hash, false, None).await?;
            sessions::queries::revoke_all(tx, caller.id, Some(caller.session_id)).await?;
            Ok(record(tx, &trace, trace.event().changed(["password"])).await?)
        })
        .await?;
    state.callers.forget(caller.id);
    Ok(HttpResponse::NoContent().finish())
}
