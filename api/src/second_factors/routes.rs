//! Setting up a second factor, and doing without it.

use actix_web::{HttpResponse, delete, get, post, web};
use time::OffsetDateTime;

use super::dto::{
    RecoveryCodes, SecondFactor, SecondFactorConfirmation, SecondFactorCreate, SecondFactorEnrolment,
    SecondFactorProof, read_password, read_proof,
};
use super::{Proof, Proven, prove, queries, secret};
use crate::audit::{Trace, record};
use crate::auth::{Admin, Attempt, Auth, Caller, Enrolling, Personal, Shown, reauthenticate};
use crate::error::{ApiError, ApiResult, Fault, ProblemCode};
use crate::http::{ClientAddress, Id, JsonBody, Query};
use crate::state::AppState;
use crate::values::FaultCode;
use crate::{sessions, users};

/// Read the state of one's own second factor
///
/// Says whether there is one, whether the role needs one, and how many recovery codes are left.
#[utoipa::path(
    tag = "auth",
    responses((status = 200, description = "The second factor", body = SecondFactor)),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/auth/totp")]
pub async fn get_second_factor(
    caller: Auth<Enrolling>,
    state: web::Data<AppState>,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    let row = queries::find(state.db.reader(), caller.id).await?;
    let left = queries::recovery_codes_left(state.db.reader(), caller.id).await?;
    Ok(HttpResponse::Ok().json(SecondFactor::of(&caller, row, left)))
}

/// Begin to set up a second factor
///
/// Answers the secret for an authenticator application (TOTP, RFC 6238), as text, URI and QR code. It is shown this once, and is
/// not asked for until `POST /api/auth/totp/confirm` has had a code of it.
#[utoipa::path(
    tag = "auth",
    request_body = SecondFactorCreate,
    responses(
        (status = 200, description = "What the application needs", body = SecondFactorEnrolment),
        (status = 409, description = "There is a second factor already"),
        (status = 429, description = "The password or a code was wrong too often"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[post("/api/auth/totp")]
pub async fn enrol_second_factor(
    caller: Auth<Enrolling>,
    trace: Trace,
    state: web::Data<AppState>,
    address: ClientAddress,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    trace.on("user", caller.id);
    let password = body.read(read_password)?;
    if caller.second_factor {
        return Err(ApiError::new(ProblemCode::SecondFactorEnabled));
    }
    let shown = reauthenticate(&state, &trace, &caller, address, password, "password").await?;
    let (enrolment, sealed) = state.second_factors.enrol(caller.id, &caller.username)?;
    shown
        .act(async |tx| {
            if !queries::enrol(tx, caller.id, &sealed).await? {
                return Err(ApiError::new(ProblemCode::SecondFactorEnabled));
            }
            Ok(record(tx, &trace, trace.event()).await?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(SecondFactorEnrolment::from(enrolment)))
}

/// Confirm a second factor
///
/// By a code of the application; it is asked for at every sign-in from now on. Answers recovery codes, shown this once. Every
/// other session of the account ends.
#[utoipa::path(
    tag = "auth",
    request_body = SecondFactorConfirmation,
    responses(
        (status = 200, description = "The second factor is in force", body = RecoveryCodes),
        (status = 409, description = "None was begun, or it is confirmed already"),
        (status = 429, description = "The password or a code was wrong too often"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[post("/api/auth/totp/confirm")]
pub async fn confirm_second_factor(
    caller: Auth<Enrolling>,
    trace: Trace,
    state: web::Data<AppState>,
    address: ClientAddress,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    trace.on("user", caller.id);
    let code = body.read(SecondFactorConfirmation::read)?;
    let pending = || ApiError::new(ProblemCode::SecondFactorNotPending);
    let row = queries::find(state.db.reader(), caller.id).await?;
    let row = row.filter(|row| row.confirmed_at.is_none()).ok_or_else(pending)?;
    let attempt = Attempt::begin(&state, &caller.username, address.0).await?;
    let second = OffsetDateTime::now_utc().unix_timestamp();
    let Some(step) = state.second_factors.step(caller.id, &row.sealed_secret, &code, second) else {
        attempt.fail(&trace).await?;
        return Err(ApiError::invalid(vec![Fault::member("totp", FaultCode::WrongCode)]));
    };
    let (codes, hashes) = new_codes(&state, caller.id)?;
    attempt
        .succeed(async |tx| {
            if !sessions::queries::lock_live(tx, caller.session_id).await? {
                return Err(ApiError::new(ProblemCode::Unauthenticated));
            }
            if !queries::confirm(tx, caller.id, &row.sealed_secret, step).await? {
                return Err(pending());
            }
            queries::replace_recovery_codes(tx, caller.id, hashes.clone()).await?;
            users::queries::set_second_factor(tx, caller.id, true).await?;
            sessions::queries::revoke_all(tx, caller.id, Some(caller.session_id)).await?;
            Ok(record(tx, &trace, trace.event().changed(["second_factor"])).await?)
        })
        .await?;
    state.callers.forget(caller.id);
    Ok(HttpResponse::Ok().json(RecoveryCodes { recovery_codes: codes }))
}

/// Give up one's own second factor
///
/// Needs the password and a code. Where the role needs a second factor, nothing else can be done until there is one again.
#[utoipa::path(
    tag = "auth",
    request_body = SecondFactorProof,
    responses(
        (status = 204, description = "The password alone is asked for from now on"),
        (status = 409, description = "There is no second factor"),
        (status = 429, description = "The password or a code was wrong too often"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[post("/api/auth/totp/disable")]
pub async fn disable_second_factor(
    caller: Auth<Personal>,
    trace: Trace,
    state: web::Data<AppState>,
    address: ClientAddress,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    trace.on("user", caller.id);
    let (password, proof) = body.read(read_proof)?;
    let shown = reauthenticate_fully(&state, &trace, &caller, address, password, proof).await?;
    shown
        .act(async |tx| {
            queries::remove(tx, caller.id).await?;
            users::queries::set_second_factor(tx, caller.id, false).await?;
            Ok(record(tx, &trace, trace.event().changed(["second_factor"])).await?)
        })
        .await?;
    state.callers.forget(caller.id);
    Ok(HttpResponse::NoContent().finish())
}

/// Make new recovery codes
///
/// Needs the password and a code. Those there were are good for nothing from now on.
#[utoipa::path(
    tag = "auth",
    request_body = SecondFactorProof,
    responses(
        (status = 200, description = "The new codes, shown this once", body = RecoveryCodes),
        (status = 409, description = "There is no second factor"),
        (status = 429, description = "The password or a code was wrong too often"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[post("/api/auth/totp/recovery-codes")]
pub async fn renew_recovery_codes(
    caller: Auth<Personal>,
    trace: Trace,
    state: web::Data<AppState>,
    address: ClientAddress,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    trace.on("user", caller.id);
    let (password, proof) = body.read(read_proof)?;
    let shown = reauthenticate_fully(&state, &trace, &caller, address, password, proof).await?;
    let (codes, hashes) = new_codes(&state, caller.id)?;
    shown
        .act(async |tx| {
            queries::replace_recovery_codes(tx, caller.id, hashes.clone()).await?;
            Ok(record(tx, &trace, trace.event().changed(["recovery_codes"])).await?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(RecoveryCodes { recovery_codes: codes }))
}

/// Take the second factor from an account
///
/// For someone who has lost the application and the recovery codes. The account is signed out everywhere; where its role needs a
/// second factor, it must set one up at the next sign-in.
#[utoipa::path(
    tag = "users",
    params(("id" = i64, Path, description = "The account's id", minimum = 1)),
    responses(
        (status = 204, description = "It has no second factor"),
        (status = 404, description = "There is no such account"),
        (status = 409, description = "It is the caller's own account"),
    ),
    security(("bearer" = ["admin"])),
)]
#[delete("/api/users/{id}/totp")]
pub async fn reset_user_second_factor(
    caller: Auth<Admin>,
    trace: Trace,
    state: web::Data<AppState>,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    if caller.id == id {
        return Err(ApiError::new(ProblemCode::OwnAccount));
    }
    state
        .db
        .write(async |tx| {
            users::queries::find(tx, id).await?.ok_or_else(|| ApiError::new(ProblemCode::UserNotFound))?;
            if queries::remove(tx, id).await? {
                users::queries::set_second_factor(tx, id, false).await?;
                sessions::queries::revoke_all(tx, id, None).await?;
                record(tx, &trace, trace.event().changed(["second_factor"])).await?;
            }
            Ok(())
        })
        .await?;
    state.callers.forget(id);
    Ok(HttpResponse::NoContent().finish())
}

/// Demands the password and a code.
async fn reauthenticate_fully(
    state: &web::Data<AppState>,
    trace: &Trace,
    caller: &Caller,
    address: ClientAddress,
    password: String,
    proof: Option<Proof>,
) -> ApiResult<Shown> {
    if !caller.second_factor {
        return Err(ApiError::new(ProblemCode::SecondFactorNotEnabled));
    }
    let shown = reauthenticate(state, trace, caller, address, password, "password").await?;
    if prove(state, trace, caller.id, proof.as_ref()).await? == Proven::Yes {
        return Ok(shown);
    }
    shown.attempt.fail(trace).await?;
    let member = proof.map_or("totp", |proof| proof.member());
    Err(ApiError::invalid(vec![Fault::member(member, FaultCode::WrongCode)]))
}

/// New recovery codes of an account: as they are shown, and as they are kept.
fn new_codes(state: &AppState, user_id: i64) -> ApiResult<(Vec<String>, Vec<String>)> {
    let codes = secret::recovery_codes()?;
    let hashes = codes.iter().filter_map(|code| state.second_factors.recovery_hash(user_id, code)).collect();
    Ok((codes, hashes))
}
