//! The roles there are.

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::{Admin, Auth};
use crate::error::ApiResult;
use crate::http::Query;
use crate::state::AppState;
use crate::users::queries;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(list_roles);
}

/// What an account may do.
#[derive(Serialize, ToSchema)]
pub struct RoleDescription {
    /// The role's id.
    #[schema(minimum = 1)]
    id: i64,
    /// Its name.
    #[schema(value_type = crate::users::dto::Role)]
    name: &'static str,
    /// What it may do.
    #[schema(max_length = 255, example = "Reads patients and studies")]
    description: String,
}

/// Every role.
#[derive(Serialize, ToSchema)]
pub struct RolePage {
    /// The roles, the least first; each may do what those before it may.
    items: Vec<RoleDescription>,
}

/// List the roles
///
/// There are three, and they do not change.
#[utoipa::path(
    tag = "users",
    responses((status = 200, description = "The roles, the least first", body = RolePage)),
    security(("bearer" = ["admin"])),
)]
#[get("/api/roles")]
pub async fn list_roles(
    _caller: Auth<Admin>,
    state: web::Data<AppState>,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    let rows = queries::roles(state.db.reader()).await?;
    let items = rows.into_iter().map(|row| RoleDescription {
        id: row.id,
        name: row.name.as_str(),
        description: row.description,
    });
    Ok(HttpResponse::Ok().json(RolePage { items: items.collect() }))
}
