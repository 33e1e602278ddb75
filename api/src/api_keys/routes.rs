//! What administrators can do with API keys.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use entity::api_key;
use entity::role::RoleName;
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::dto::{
    ApiKey, ApiKeyCreate, ApiKeyList, ApiKeyListParameters, ApiKeyPage, ApiKeyPatch, CreatedApiKey, Revoked,
};
use super::{queries, secret};
use crate::audit::{Trace, record};
use crate::auth::{Admin, Auth};
use crate::error::{ApiError, ApiResult, ProblemCode, again_when_taken};
use crate::http::{Id, JsonBody, Precondition, Query, etag, not_modified, page_answer, stale};
use crate::keyset::Position;
use crate::state::AppState;
use crate::users::queries::role_id;
use crate::values::now;

/// List API keys
///
/// Expired keys are listed too; those that were revoked instead with `revoked=true`.
#[utoipa::path(
    tag = "api-keys",
    params(ApiKeyListParameters),
    responses((status = 200, description = "One page of keys", body = ApiKeyPage)),
    security(("bearer" = ["admin"])),
)]
#[get("/api/api-keys")]
pub async fn list_api_keys(
    _caller: Auth<Admin>,
    request: HttpRequest,
    state: web::Data<AppState>,
    Query(mut list): Query<ApiKeyList>,
) -> ApiResult<HttpResponse> {
    let ApiKeyList { filter, sort, page } = &mut list;
    let db = state.db.reader();
    let find = async |after: Option<Position>, limit| queries::page(db, filter, *sort, after.as_ref(), limit).await;
    let listed = page.listed(&request, find, async |bound| queries::count(db, filter, bound).await).await?;
    let keys = queries::find_all(db, &listed.ids).await?;
    let items = keys.into_iter().map(|(row, role)| ApiKey::of(row, role)).collect();
    let page = ApiKeyPage { items, next_cursor: listed.next_cursor, total: listed.total };
    Ok(page_answer(&request, page.next_cursor.as_ref(), &page))
}

/// Make an API key
///
/// For a script or another system. The key is shown this once. Two keys of one name may count at the same time, the old
/// and the new one; a third is refused.
#[utoipa::path(
    tag = "api-keys",
    request_body = ApiKeyCreate,
    responses(
        (status = 201, description = "Made", body = CreatedApiKey),
        (status = 409, description = "There are two keys of this name"),
    ),
    security(("bearer" = ["admin"])),
)]
#[post("/api/api-keys")]
pub async fn create_api_key(
    _caller: Auth<Admin>,
    state: web::Data<AppState>,
    trace: Trace,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let input = body.read(ApiKeyCreate::read)?;
    let (name, role) = (input.name.clone(), input.role);
    let secret = secret::new_secret()?;
    let wanted = input.into_row(0, blank(name));
    let row = state
        .db
        .write(async |tx| {
            let role_id = role_id(tx, role).await?;
            issue(tx, api_key::Model { role_id, ..wanted.clone() }, &secret, &trace).await
        })
        .await?;
    Ok(issued(row, role, &secret))
}

/// Read an API key
///
/// Never its secret. `revoked=true` reads one that was revoked.
#[utoipa::path(
    tag = "api-keys",
    params(("id" = i64, Path, description = "The key's id", minimum = 1), Revoked),
    responses(
        (status = 200, description = "The key", body = ApiKey),
        (status = 304, description = "Unchanged since the version of `If-None-Match`"),
        (status = 404, description = "There is no such key"),
    ),
    security(("bearer" = ["admin"])),
)]
#[get("/api/api-keys/{id}")]
pub async fn get_api_key(
    _caller: Auth<Admin>,
    request: HttpRequest,
    state: web::Data<AppState>,
    Id(id): Id,
    Query(query): Query<Revoked>,
) -> ApiResult<HttpResponse> {
    let found = queries::find(state.db.reader(), id).await?;
    let (row, role) = found.filter(|(row, _)| row.revoked_at.is_some() == query.revoked).ok_or_else(not_found)?;
    let tag = tag(&row);
    if let Some(unchanged) = not_modified(&request, &tag) {
        return Ok(unchanged);
    }
    Ok(HttpResponse::Ok().insert_header((header::ETAG, tag)).json(ApiKey::of(row, role)))
}

/// Change what an API key may do
///
/// Its role, scope, networks and end; in force at once. Its name stays.
#[utoipa::path(
    tag = "api-keys",
    params(("id" = i64, Path, description = "The key's id", minimum = 1)),
    request_body(content(
        (ApiKeyPatch = "application/merge-patch+json", example = json!({"role": "lecture", "scope": "search"})),
        (ApiKeyPatch = "application/json", example = json!({"role": "lecture", "scope": "search"})),
    )),
    responses(
        (status = 200, description = "Changed", body = ApiKey),
        (status = 404, description = "There is no such key"),
        (status = 409, description = "It has expired, and there are two other keys of this name"),
    ),
    security(("bearer" = ["admin"])),
)]
#[patch("/api/api-keys/{id}")]
pub async fn update_api_key(
    _caller: Auth<Admin>,
    precondition: Precondition,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let (row, role) = state
        .db
        .write(async |tx| {
            let (before, role) = find_unrevoked(tx, id).await?;
            precondition.check(before.version)?;
            let input = ApiKeyCreate::patched(&before, role, body.0.clone())?;
            let role = input.role;
            let mut after = input.into_row(role_id(tx, role).await?, before.clone());
            if after == before {
                trace.nothing_changed();
                return Ok((before, role));
            }
            let changed = changed(&before, &after);
            if after.slot.is_none() && !queries::is_past(after.expires_at) {
                // It had expired and given up its place.
                after.slot = Some(free_slot(tx, &after.name).await?);
            }
            let row = queries::update(tx, &before, after, trace.user_id()).await.map_err(again_when_taken)?;
            let row = row.ok_or_else(|| stale(before.version))?;
            let event = trace.event().versions(Some(before.version), Some(row.version)).changed(changed);
            record(tx, &trace, event).await?;
            Ok((row, role))
        })
        .await?;
    state.api_keys.forget();
    Ok(HttpResponse::Ok().insert_header((header::ETAG, tag(&row))).json(ApiKey::of(row, role)))
}

/// Revoke an API key
///
/// It is good for nothing from now on; on other servers within five seconds. What was done with it stays attributed to it.
#[utoipa::path(
    tag = "api-keys",
    params(("id" = i64, Path, description = "The key's id", minimum = 1)),
    responses(
        (status = 204, description = "Revoked"),
        (status = 404, description = "There is no such key"),
    ),
    security(("bearer" = ["admin"])),
)]
#[delete("/api/api-keys/{id}")]
pub async fn delete_api_key(
    _caller: Auth<Admin>,
    precondition: Precondition,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    state
        .db
        .write(async |tx| {
            let (row, _) = find_unrevoked(tx, id).await?;
            precondition.check(row.version)?;
            let revoked = queries::revoke(tx, &row, trace.user_id()).await?.ok_or_else(|| stale(row.version))?;
            let event = trace.event().versions(Some(row.version), Some(revoked.version)).changed(["revoked_at"]);
            Ok(record(tx, &trace, event).await?)
        })
        .await?;
    state.api_keys.forget();
    Ok(HttpResponse::NoContent().finish())
}

/// Make the successor of an API key
///
/// A second key with the same name and rights, good for a year. The old one stays good until it is revoked or expires: first the
/// script is given the new key, then the old one is revoked.
#[utoipa::path(
    tag = "api-keys",
    params(("id" = i64, Path, description = "The key's id", minimum = 1)),
    responses(
        (status = 201, description = "Made", body = CreatedApiKey),
        (status = 404, description = "There is no such key"),
        (status = 409, description = "There are two keys of this name already"),
    ),
    security(("bearer" = ["admin"])),
)]
#[post("/api/api-keys/{id}/rotate")]
pub async fn rotate_api_key(
    _caller: Auth<Admin>,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    let secret = secret::new_secret()?;
    let (row, role) = state
        .db
        .write(async |tx| {
            let (old, role) = find_unrevoked(tx, id).await?;
            let rights =
                ApiKeyCreate { expires_at: None, ..ApiKeyCreate::patched(&old, role, serde_json::Map::new())? };
            let new = rights.into_row(old.role_id, blank(old.name));
            Ok((issue(tx, new, &secret, &trace).await?, role))
        })
        .await?;
    Ok(issued(row, role, &secret))
}

/// A key of this name that may do nothing yet.
fn blank(name: String) -> api_key::Model {
    let at = now();
    api_key::Model {
        id: 0,
        name,
        hash: String::new(),
        role_id: 0,
        scope: None,
        addresses: String::new(),
        expires_at: at,
        last_used_at: None,
        slot: None,
        version: 1,
        created_at: at,
        created_by: None,
        updated_at: at,
        updated_by: None,
        revoked_at: None,
        revoked_by: None,
    }
}

/// Enters a key with this secret, if its name has a place left.
async fn issue(
    tx: &DatabaseTransaction,
    row: api_key::Model,
    secret: &str,
    trace: &Trace,
) -> ApiResult<api_key::Model> {
    let slot = Some(free_slot(tx, &row.name).await?);
    let row = api_key::Model { slot, hash: secret::hash(secret), ..row };
    let row = queries::insert(tx, row, trace.user_id()).await.map_err(again_when_taken)?;
    let event = trace.event().on("api_key", row.id).versions(None, Some(row.version));
    record(tx, trace, event.details(&json!({"name": row.name, "scope": row.scope}))).await?;
    Ok(row)
}

async fn free_slot(tx: &DatabaseTransaction, name: &str) -> ApiResult<i16> {
    queries::free_slot(tx, name).await?.ok_or_else(|| ApiError::new(ProblemCode::TooManyApiKeys))
}

/// The names of what a change changes.
fn changed(before: &api_key::Model, after: &api_key::Model) -> impl Iterator<Item = &'static str> + use<> {
    let fields = [
        ("role", before.role_id != after.role_id),
        ("scope", before.scope != after.scope),
        ("networks", before.addresses != after.addresses),
        ("expires_at", before.expires_at != after.expires_at),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name)
}

fn issued(row: api_key::Model, role: RoleName, secret: &str) -> HttpResponse {
    let key = secret::text(row.id, secret);
    HttpResponse::Created()
        .insert_header((header::LOCATION, format!("/api/api-keys/{}", row.id)))
        .insert_header((header::ETAG, tag(&row)))
        .json(CreatedApiKey { api_key: ApiKey::of(row, role), key })
}

async fn find_unrevoked(tx: &DatabaseTransaction, id: i64) -> ApiResult<queries::Found> {
    let found = queries::find_locked(tx, id).await?;
    found.filter(|(row, _)| row.revoked_at.is_none()).ok_or_else(not_found)
}

/// The entity tag: a use changes what is shown and not the version.
fn tag(row: &api_key::Model) -> HeaderValue {
    etag(row.version, Some(row.last_used_at.map_or(0, |at| at.assume_utc().unix_timestamp())))
}

fn not_found() -> ApiError {
    ApiError::new(ProblemCode::ApiKeyNotFound)
}
