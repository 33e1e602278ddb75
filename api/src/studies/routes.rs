//! What callers can do with studies.

use std::sync::Arc;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, put, web};
use entity::patient;
use entity::role::RoleName;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use time::Date;

use super::dto::{Study, StudyCreate, StudyList, StudyPage, StudyPatch, StudySelectionParameters};
use super::queries::{self, FullStudy};
use crate::audit::Trace;
use crate::auth::{Auth, Lecture, Modification};
use crate::error::{ApiError, ApiResult, Fault, ProblemCode, is_unique_violation};
use crate::http::{
    Bin, Id, JsonBody, PageParameters, Precondition, Purge, Query, etag, not_modified, page_answer, stale,
};
use crate::keyset::Position;
use crate::patients;
use crate::state::AppState;
use crate::values::{FaultCode, new_uid};

/// List studies
///
/// The newest first unless `sort` says otherwise. Filters narrow the list together; the next page starts after the cursor, whatever was added or deleted meanwhile.
#[utoipa::path(
    tag = "studies",
    params(StudySelectionParameters, PageParameters),
    responses((status = 200, description = "One page of studies", body = StudyPage)),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/studies")]
pub async fn list_studies(
    caller: Auth<Lecture>,
    request: HttpRequest,
    state: web::Data<AppState>,
    trace: Trace,
    Query(list): Query<StudyList>,
) -> ApiResult<HttpResponse> {
    may_see(&caller, &list)?;
    page(&request, &state, &trace, list).await
}

/// List a patient's studies
///
/// As the list of all studies, for one patient.
#[utoipa::path(
    tag = "studies",
    params(("id" = i64, Path, description = "The patient's id", minimum = 1), StudySelectionParameters, PageParameters),
    responses(
        (status = 200, description = "One page of studies", body = StudyPage),
        (status = 404, description = "There is no such patient"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/patients/{id}/studies")]
pub async fn list_patient_studies(
    caller: Auth<Lecture>,
    request: HttpRequest,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    Query(mut list): Query<StudyList>,
) -> ApiResult<HttpResponse> {
    may_see(&caller, &list)?;
    let patient = patients::queries::find(state.db.reader(), id).await?;
    // The bin may hold studies of a patient who lies there too.
    if patient.is_none_or(|patient| patient.deleted_at.is_some() && !list.filter.deleted) {
        return Err(ApiError::new(ProblemCode::PatientNotFound));
    }
    list.filter.patient_fk = Some(id);
    page(&request, &state, &trace, list).await
}

/// The bin is shown to those who can restore from it.
fn may_see(caller: &Auth<Lecture>, list: &StudyList) -> ApiResult<()> {
    if list.filter.deleted { caller.at_least(RoleName::Modification) } else { Ok(()) }
}

async fn page(request: &HttpRequest, state: &AppState, trace: &Trace, mut list: StudyList) -> ApiResult<HttpResponse> {
    let StudyList { filter, sort, page } = &mut list;
    let db = &state.db.reader().answer();
    let find = async |after: Option<Position>, limit| queries::page(db, filter, *sort, after.as_ref(), limit).await;
    let listed = page.listed(request, find, async |bound| queries::count(db, filter, bound).await).await?;
    trace.found(listed.ids.len());
    let items = queries::find_all(db, &listed.ids).await?.into_iter().map(Study::from).collect();
    let page = StudyPage { items, next_cursor: listed.next_cursor, total: listed.total };
    Ok(page_answer(request, page.next_cursor.as_ref(), &page))
}

/// Enter a study
///
/// A UID that is taken, by a study in the bin too, is refused with 409 and the id of that study.
#[utoipa::path(
    tag = "studies",
    request_body = StudyCreate,
    responses(
        (status = 201, description = "Entered", body = Study),
        (status = 409, description = "The UID is taken"),
    ),
    security(("bearer" = ["modification"])),
)]
#[post("/api/studies")]
pub async fn create_study(
    _caller: Auth<Modification>,
    state: web::Data<AppState>,
    trace: Trace,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let input = body.read(StudyCreate::read)?;
    let study = state
        .db
        .write(async |tx| {
            let patient = patient_of(tx, &input).await?;
            let study = input.clone().into_study(queries::blank(new_uid(), patient));
            match queries::insert(tx, study.clone(), &trace).await {
                Err(error) if is_unique_violation(&error) => Err(taken(tx, &study).await?),
                result => Ok(result?),
            }
        })
        .await?;
    let location = format!("/api/studies/{}", study.row.id);
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, location))
        .insert_header((header::ETAG, tag(&study)))
        .json(Study::from(study)))
}

/// Read a study
///
/// `deleted=true` reads one from the bin; it needs the role `modification`.
#[utoipa::path(
    tag = "studies",
    params(("id" = i64, Path, description = "The study's id", minimum = 1), Bin),
    responses(
        (status = 200, description = "The study", body = Study),
        (status = 304, description = "Unchanged since the version of `If-None-Match`"),
        (status = 404, description = "There is no such study"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/studies/{id}")]
pub async fn get_study(
    caller: Auth<Lecture>,
    request: HttpRequest,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    Query(bin): Query<Bin>,
) -> ApiResult<HttpResponse> {
    if bin.deleted {
        caller.at_least(RoleName::Modification)?;
    }
    let study = state.studies.get(state.db.reader(), id).await?;
    let study = study.filter(|study| study.row.deleted_at.is_some() == bin.deleted).ok_or_else(not_found)?;
    trace.about(study.row.patient_fk);
    if let Some(unchanged) = not_modified(&request, &tag(&study)) {
        return Ok(unchanged);
    }
    Ok(answer(study))
}

/// Replace a study
///
/// Every member that is absent is emptied, but the study's UID, which stays.
#[utoipa::path(
    tag = "studies",
    params(("id" = i64, Path, description = "The study's id", minimum = 1)),
    request_body = StudyCreate,
    responses(
        (status = 200, description = "Replaced", body = Study),
        (status = 404, description = "There is no such study"),
        (status = 409, description = "The UID is taken"),
    ),
    security(("bearer" = ["modification"])),
)]
#[put("/api/studies/{id}")]
pub async fn replace_study(
    _caller: Auth<Modification>,
    precondition: Precondition,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let input = body.read(StudyCreate::read)?;
    change(&state, &trace, id, &precondition, |_| Ok(input.clone())).await
}

/// Change members of a study
///
/// A JSON merge patch (RFC 7396): absent members stay, null empties.
#[utoipa::path(
    tag = "studies",
    params(("id" = i64, Path, description = "The study's id", minimum = 1)),
    request_body(content(
        (StudyPatch = "application/merge-patch+json", example = json!({"status": "available"})),
        (StudyPatch = "application/json", example = json!({"status": "available"})),
    )),
    responses(
        (status = 200, description = "Changed", body = Study),
        (status = 404, description = "There is no such study"),
        (status = 409, description = "The UID is taken"),
    ),
    security(("bearer" = ["modification"])),
)]
#[patch("/api/studies/{id}")]
pub async fn update_study(
    _caller: Auth<Modification>,
    precondition: Precondition,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    change(&state, &trace, id, &precondition, |study| StudyCreate::patched(study, body.0.clone())).await
}

/// Move a study to the bin
///
/// `purge=true` removes one that lies in the bin for good; it needs the role `admin`.
#[utoipa::path(
    tag = "studies",
    params(("id" = i64, Path, description = "The study's id", minimum = 1), Purge),
    responses(
        (status = 204, description = "In the bin, or gone for good"),
        (status = 404, description = "There is no such study"),
        (status = 409, description = "The study is to be purged and not in the bin"),
    ),
    security(("bearer" = ["modification"])),
)]
#[delete("/api/studies/{id}")]
pub async fn delete_study(
    caller: Auth<Modification>,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    Query(query): Query<Purge>,
    precondition: ApiResult<Precondition>,
) -> ApiResult<HttpResponse> {
    if query.purge {
        caller.at_least(RoleName::Admin)?;
    }
    // The role comes before the version.
    let precondition = precondition?;
    state
        .db
        .write(async |tx| {
            let study = queries::find_locked(tx, id).await?.ok_or_else(not_found)?;
            trace.about(study.row.patient_fk);
            match (query.purge, study.row.deleted_at.is_some()) {
                (true, false) => return Err(ApiError::new(ProblemCode::NotDeleted)),
                (false, true) => return Err(not_found()),
                _ => precondition.check(study.row.version)?,
            }
            let done = if query.purge {
                queries::purge(tx, &study, &trace).await?
            } else {
                queries::delete(tx, &study, &trace).await?.is_some()
            };
            if done { Ok(()) } else { Err(stale(study.row.version)) }
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Take a study out of the bin
///
/// Its patient must not lie there.
#[utoipa::path(
    tag = "studies",
    params(("id" = i64, Path, description = "The study's id", minimum = 1)),
    responses(
        (status = 200, description = "Restored", body = Study),
        (status = 404, description = "There is no such study"),
        (status = 409, description = "The study is not in the bin, or its patient is"),
    ),
    security(("bearer" = ["modification"])),
)]
#[post("/api/studies/{id}/restore")]
pub async fn restore_study(
    _caller: Auth<Modification>,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    let study = state
        .db
        .write(async |tx| {
            let study = queries::find_locked(tx, id).await?.ok_or_else(not_found)?;
            trace.about(study.row.patient_fk);
            if study.row.deleted_at.is_none() {
                return Err(ApiError::new(ProblemCode::NotDeleted));
            }
            let patient = patients::queries::find_locked(tx, study.row.patient_fk).await?;
            let patient = patient.filter(|patient| patient.deleted_at.is_none());
            let patient = patient.ok_or_else(|| ApiError::new(ProblemCode::PatientDeleted))?;
            // The birth date may have been changed while the study lay in the bin.
            check_birth(study.row.study_date, &patient)?;
            queries::restore(tx, &study, &trace).await?.ok_or_else(|| stale(study.row.version))
        })
        .await?;
    Ok(answer(study))
}

/// Changes a row to what `edit` makes of it, unless that is what it is.
pub(super) async fn change(
    state: &AppState,
    trace: &Trace,
    id: i64,
    precondition: &Precondition,
    edit: impl Fn(&FullStudy) -> ApiResult<StudyCreate>,
) -> ApiResult<HttpResponse> {
    let study = state
        .db
        .write(async |tx| {
            let before = queries::find_locked(tx, id).await?.filter(|study| study.row.deleted_at.is_none());
            let before = before.ok_or_else(not_found)?;
            trace.about(before.row.patient_fk);
            precondition.check(before.row.version)?;
            let input = edit(&before)?;
            let patient = patient_of(tx, &input).await?;
            let mut after = input.into_study(before.clone());
            (after.row.patient_fk, after.patient) = (patient.id, patient);
            // The patient may have another number of studies than when the study was read.
            if after.row == before.row {
                trace.nothing_changed();
                return Ok(before);
            }
            match queries::update(tx, &before, after.clone(), trace).await {
                Err(error) if is_unique_violation(&error) => Err(taken(tx, &after).await?),
                result => result?.ok_or_else(|| stale(before.row.version)),
            }
        })
        .await?;
    Ok(answer(study))
}

/// The patient that a study names, kept from being deleted meanwhile; and the study is not before the patient's birth.
async fn patient_of(tx: &DatabaseTransaction, input: &StudyCreate) -> ApiResult<Arc<patient::Model>> {
    let patient = patients::queries::find_locked(tx, input.patient_fk).await?;
    let patient = patient
        .filter(|patient| patient.deleted_at.is_none())
        .ok_or_else(|| ApiError::invalid(vec![Fault::member("patient_fk", FaultCode::PatientNotFound)]))?;
    check_birth(input.study_date, &patient)?;
    Ok(Arc::new(patient))
}

/// Nobody is examined before birth.
fn check_birth(study_date: Option<Date>, patient: &patient::Model) -> ApiResult<()> {
    match (study_date, patient.birth_date) {
        (Some(study), Some(birth)) if study < birth => {
            Err(ApiError::invalid(vec![Fault::member("study_date", FaultCode::StudyBeforeBirth)]))
        }
        _ => Ok(()),
    }
}

/// The 409 that names the study that has this UID.
async fn taken(db: &impl ConnectionTrait, study: &FullStudy) -> ApiResult<ApiError> {
    let existing = queries::find_by_uid(db, &study.row.study_instance_uid).await?;
    let error = ApiError::new(ProblemCode::StudyAlreadyExists);
    Ok(match existing {
        Some(existing) => error.with("existing_id", existing.id).with("deleted", existing.deleted_at.is_some()),
        None => error,
    })
}

/// The patient is shown too, so that its version is a part of the tag.
fn tag(study: &FullStudy) -> header::HeaderValue {
    etag(study.row.version, Some(study.patient.version))
}

fn answer(study: FullStudy) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::ETAG, tag(&study))).json(Study::from(study))
}

pub(super) fn not_found() -> ApiError {
    ApiError::new(ProblemCode::StudyNotFound)
}
