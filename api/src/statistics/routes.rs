//! What callers can know about the whole registry.

use actix_web::{HttpResponse, get, web};

use super::dto::{Months, Statistics};
use crate::auth::{Auth, Lecture};
use crate::error::ApiResult;
use crate::http::Query;
use crate::state::AppState;

/// Count patients and studies
///
/// The whole registry is counted beside the requests, at most once a minute unless the server is set otherwise, and less often
/// the longer it takes; `as_of` says when.
#[utoipa::path(
    tag = "statistics",
    params(Months),
    responses((status = 200, description = "The numbers", body = Statistics)),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/statistics")]
pub async fn get_statistics(
    _caller: Auth<Lecture>,
    state: web::Data<AppState>,
    Query(months): Query<Months>,
) -> ApiResult<HttpResponse> {
    let snapshot = state.statistics.current(&state.db).await?;
    Ok(HttpResponse::Ok().json(Statistics::of(snapshot, months)))
}
