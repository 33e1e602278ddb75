//! The roles there are.

use actix_web::http::header;
use actix_web::{HttpResponse, get, patch, web};
use entity::role;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::audit::{Trace, record};
use crate::auth::{Admin, Auth};
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::http::{Id, JsonBody, Precondition, Query, etag, stale};
use crate::state::AppState;
use crate::users::queries;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(list_roles).service(update_role);
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
    /// Whether its accounts need a second factor.
    second_factor_required: bool,
    /// Counts the changes of the role; its `ETag`.
    #[schema(minimum = 1, example = 1)]
    version: i64,
}

impl RoleDescription {
    fn of(row: role::Model) -> Self {
        Self {
            id: row.id,
            name: row.name.as_str(),
            description: row.description,
            second_factor_required: row.second_factor_required,
            version: row.version,
        }
    }
}

/// What can be changed of a role.
#[derive(ToSchema)]
#[schema(example = json!({"second_factor_required": true}))]
#[expect(dead_code, reason = "the schema of a body that is read member by member")]
pub struct RolePatch {
    /// Whether its accounts need a second factor.
    second_factor_required: Option<bool>,
}

/// Every role.
#[derive(Serialize, ToSchema)]
pub struct RolePage {
    /// The roles, the least first; each may do what those before it may.
    items: Vec<RoleDescription>,
}

/// List the roles
///
/// There are three. Of each can be said whether its accounts need a second factor.
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
    Ok(HttpResponse::Ok().json(RolePage { items: rows.into_iter().map(RoleDescription::of).collect() }))
}

/// Change a role
///
/// Says whether its accounts need a second factor. Who has none is let in to set one up and to nothing else; at once on this
/// server, on others within five seconds.
#[utoipa::path(
    tag = "users",
    params(("id" = i64, Path, description = "The role's id", minimum = 1)),
    request_body(content((RolePatch = "application/merge-patch+json"), (RolePatch = "application/json"))),
    responses(
        (status = 200, description = "Changed", body = RoleDescription),
        (status = 404, description = "There is no such role"),
    ),
    security(("bearer" = ["admin"])),
)]
#[patch("/api/roles/{id}")]
pub async fn update_role(
    _caller: Auth<Admin>,
    precondition: Precondition,
    trace: Trace,
    state: web::Data<AppState>,
    Id(id): Id,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let required = body.read(|members| members.boolean("second_factor_required"))?;
    let role = state
        .db
        .write(async |tx| {
            let before = queries::roles(tx).await?.into_iter().find(|role| role.id == id);
            let before = before.ok_or_else(|| ApiError::new(ProblemCode::RoleNotFound))?;
            precondition.check(before.version)?;
            let Some(required) = required.filter(|required| *required != before.second_factor_required) else {
                trace.nothing_changed();
                return Ok(before);
            };
            if !queries::require_second_factor(tx, &before, required).await? {
                return Err(stale(before.version));
            }
            let event = trace.event().versions(Some(before.version), Some(before.version + 1));
            record(tx, &trace, event.changed(["second_factor_required"])).await?;
            Ok(role::Model { second_factor_required: required, version: before.version + 1, ..before })
        })
        .await?;
    state.callers.forget_all();
    Ok(HttpResponse::Ok().insert_header((header::ETAG, etag(role.version, None))).json(RoleDescription::of(role)))
}
