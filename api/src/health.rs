//! Whether the server works.

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::state::AppState;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(get_status).service(get_liveness).service(get_readiness);
}

/// That it works.
#[derive(Serialize, ToSchema)]
pub struct Status {
    /// Always `OK`; anything else is a problem document.
    #[schema(pattern = "^OK$", example = "OK")]
    status: &'static str,
}

const OK: Status = Status { status: "OK" };

/// Check the server and its database
///
/// Answers 200 only when the database answers within a second.
#[utoipa::path(
    tag = "health",
    responses((status = 200, description = "The database answers", body = Status)),
    security(()),
)]
#[get("/")]
pub async fn get_status(state: web::Data<AppState>) -> ApiResult<HttpResponse> {
    if state.db.answers().await {
        Ok(HttpResponse::Ok().json(OK))
    } else {
        Err(ApiError::new(ProblemCode::Unavailable))
    }
}

/// Check the process alone
///
/// Says that the process serves requests, whatever the database does.
#[utoipa::path(
    tag = "health",
    responses((status = 200, description = "The process serves requests", body = Status)),
    security(()),
)]
#[get("/health/live")]
pub async fn get_liveness() -> HttpResponse {
    HttpResponse::Ok().json(OK)
}

/// Check whether to send requests here
///
/// Answers 200 when the database answers, its schema is up to date and the server is not about to stop.
#[utoipa::path(
    tag = "health",
    responses((status = 200, description = "Ready for requests", body = Status)),
    security(()),
)]
#[get("/health/ready")]
pub async fn get_readiness(state: web::Data<AppState>) -> ApiResult<HttpResponse> {
    let ready = !state.is_draining()
        && state.db.answers().await
        && state.db.pending_migrations().await.is_ok_and(|pending| pending.is_empty());
    if ready { Ok(HttpResponse::Ok().json(OK)) } else { Err(ApiError::new(ProblemCode::Unavailable)) }
}
