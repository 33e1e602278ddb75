//! What callers can learn of a study's past, and undo.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use entity::role::RoleName;

use super::dto::{Study, StudyCreate};
use super::history::{RESOURCE, state};
use super::queries;
use super::routes::{change, not_found};
use crate::audit::versions::{self, patch};
use crate::audit::{HistoryList, HistoryPage, HistoryParameters, Revert, Trace, history};
use crate::auth::{Auth, Lecture, Modification};
use crate::error::ApiResult;
use crate::http::{Id, JsonBody, Precondition, Query, as_members, link_next};
use crate::state::AppState;

/// Read the history of a study
///
/// Every version, the newest first: who made it when, and each field that it changed, old and new. Versions from before the registry
/// kept a history are not known. Purging a study removes its history.
#[utoipa::path(
    tag = "studies",
    params(("id" = i64, Path, description = "The study's id", minimum = 1), HistoryParameters),
    responses(
        (status = 200, description = "One page of versions", body = HistoryPage),
        (status = 404, description = "There is no such study"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/studies/{id}/history")]
pub async fn list_study_history(
    caller: Auth<Lecture>,
    request: HttpRequest,
    registry: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    Query(mut list): Query<HistoryList>,
) -> ApiResult<HttpResponse> {
    if list.deleted {
        caller.at_least(RoleName::Modification)?;
    }
    list.page.belongs_to(&request);
    let db = registry.db.reader();
    let study = queries::find_by_id(db, &[id])
        .await?
        .remove(&id)
        .filter(|study| study.row.deleted_at.is_some() == list.deleted);
    let study = study.ok_or_else(not_found)?;
    trace.about(study.row.patient_fk);
    let page = history(db, RESOURCE, id, (study.row.version, state(&study)), &list.page).await?;
    trace.found(page.items.len());
    let mut response = HttpResponse::Ok();
    if let Some(link) = page.next_cursor.as_ref().and_then(|cursor| link_next(&request, cursor)) {
        response.insert_header((header::LINK, link));
    }
    Ok(response.json(page))
}

/// Take a study back to a version
///
/// Its fields become what they were then, as a new version; nothing of the history is lost. It is checked as any other change: its patient of then must still be there.
/// What lies in the bin is restored first.
#[utoipa::path(
    tag = "studies",
    params(("id" = i64, Path, description = "The study's id", minimum = 1)),
    request_body = Revert,
    responses(
        (status = 200, description = "Changed back", body = Study),
        (status = 404, description = "There is no such study"),
        (status = 409, description = "The UID of that version is taken by now"),
    ),
    security(("bearer" = ["modification"])),
)]
#[post("/api/studies/{id}/revert")]
pub async fn revert_study(
    _caller: Auth<Modification>,
    precondition: Precondition,
    registry: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let Revert { version } = body.read(Revert::read)?;
    let former = versions::find(registry.db.reader(), RESOURCE, id, version).await?;
    change(&registry, &trace, id, &precondition, |now| {
        let members = as_members(&StudyCreate::of(now))?;
        if version == now.row.version {
            return StudyCreate::patched(now, members);
        }
        let former = former.as_ref().ok_or_else(Revert::unknown)?;
        StudyCreate::patched(now, patch(&members, former))
    })
    .await
}
