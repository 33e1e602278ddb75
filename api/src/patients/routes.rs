//! What callers can do with patients.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, put, web};
use entity::patient;
use entity::role::RoleName;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::dto::{Patient, PatientCreate, PatientList, PatientPage, PatientPatch, PatientSelectionParameters};
use super::queries;
use crate::audit::Trace;
use crate::auth::{Auth, Lecture, Modification};
use crate::error::{ApiError, ApiResult, Fault, ProblemCode, is_foreign_key_violation, is_unique_violation};
use crate::http::{
    Bin, Id, JsonBody, PageParameters, Precondition, Purge, Query, etag, not_modified, page_answer, stale,
};
use crate::keyset::Position;
use crate::state::AppState;
use crate::values::{FaultCode, new_patient_number};

/// List patients
///
/// By name unless `sort` says otherwise. Filters narrow the list together; the next page starts after the cursor, whatever was added or deleted meanwhile.
#[utoipa::path(
    tag = "patients",
    params(PatientSelectionParameters, PageParameters),
    responses((status = 200, description = "One page of patients", body = PatientPage)),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/patients")]
pub async fn list_patients(
    caller: Auth<Lecture>,
    request: HttpRequest,
    state: web::Data<AppState>,
    trace: Trace,
    Query(mut list): Query<PatientList>,
) -> ApiResult<HttpResponse> {
    if list.filter.deleted {
        caller.at_least(RoleName::Modification)?;
    }
    let PatientList { filter, sort, page } = &mut list;
    let db = &state.db.reader().answer();
    let find = async |after: Option<Position>, limit| queries::page(db, filter, *sort, after.as_ref(), limit).await;
    let listed = page.listed(&request, find, async |bound| queries::count(db, filter, bound).await).await?;
    trace.found(listed.ids.len());
    let mut rows = queries::find_by_id(db, &listed.ids).await?;
    let items = listed.ids.iter().filter_map(|id| rows.remove(id)).map(Patient::from).collect();
    let page = PatientPage { items, next_cursor: listed.next_cursor, total: listed.total };
    Ok(page_answer(&request, page.next_cursor.as_ref(), &page))
}

/// Enter a patient
///
/// A number that is taken, by a patient in the bin too, is refused with 409 and the id of that patient.
#[utoipa::path(
    tag = "patients",
    request_body = PatientCreate,
    responses(
        (status = 201, description = "Entered", body = Patient),
        (status = 409, description = "The number is taken"),
    ),
    security(("bearer" = ["modification"])),
)]
#[post("/api/patients")]
pub async fn create_patient(
    _caller: Auth<Modification>,
    state: web::Data<AppState>,
    trace: Trace,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let input = body.read(PatientCreate::read)?;
    let row = state
        .db
        .write(async |tx| {
            let row = input.clone().into_row(queries::blank(new_patient_number()?));
            match queries::insert(tx, row.clone(), &trace).await {
                Err(error) if is_unique_violation(&error) => Err(taken(tx, &row).await?),
                result => Ok(result?),
            }
        })
        .await?;
    let location = format!("/api/patients/{}", row.id);
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, location))
        .insert_header((header::ETAG, tag(&row)))
        .json(Patient::from(row)))
}

/// Read a patient
///
/// `deleted=true` reads one from the bin; it needs the role `modification`.
#[utoipa::path(
    tag = "patients",
    params(("id" = i64, Path, description = "The patient's id", minimum = 1), Bin),
    responses(
        (status = 200, description = "The patient", body = Patient),
        (status = 304, description = "Unchanged since the version of `If-None-Match`"),
        (status = 404, description = "There is no such patient"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/patients/{id}")]
pub async fn get_patient(
    caller: Auth<Lecture>,
    request: HttpRequest,
    state: web::Data<AppState>,
    Id(id): Id,
    Query(bin): Query<Bin>,
) -> ApiResult<HttpResponse> {
    if bin.deleted {
        caller.at_least(RoleName::Modification)?;
    }
    let found = state.patients.get(state.db.reader(), id).await?;
    let row = found.filter(|row| row.deleted_at.is_some() == bin.deleted).ok_or_else(not_found)?;
    if let Some(unchanged) = not_modified(&request, &tag(&row)) {
        return Ok(unchanged);
    }
    Ok(answer(row))
}

/// Replace a patient
///
/// Every member that is absent is emptied, but the patient's number, which stays.
#[utoipa::path(
    tag = "patients",
    params(("id" = i64, Path, description = "The patient's id", minimum = 1)),
    request_body = PatientCreate,
    responses(
        (status = 200, description = "Replaced", body = Patient),
        (status = 404, description = "There is no such patient"),
        (status = 409, description = "The number is taken"),
    ),
    security(("bearer" = ["modification"])),
)]
#[put("/api/patients/{id}")]
pub async fn replace_patient(
    _caller: Auth<Modification>,
    precondition: Precondition,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let input = body.read(PatientCreate::read)?;
    change(&state, &trace, id, &precondition, |_| Ok(input.clone())).await
}

/// Change members of a patient
///
/// A JSON merge patch (RFC 7396): absent members stay, null empties.
#[utoipa::path(
    tag = "patients",
    params(("id" = i64, Path, description = "The patient's id", minimum = 1)),
    request_body(content(
        (PatientPatch = "application/merge-patch+json", example = json!({"telephone_number": "+33 1 99 00 12 34", "comments": null})),
        (PatientPatch = "application/json", example = json!({"telephone_number": "+33 1 99 00 12 34", "comments": null})),
    )),
    responses(
        (status = 200, description = "Changed", body = Patient),
        (status = 404, description = "There is no such patient"),
        (status = 409, description = "The number is taken"),
    ),
    security(("bearer" = ["modification"])),
)]
#[patch("/api/patients/{id}")]
pub async fn update_patient(
    _caller: Auth<Modification>,
    precondition: Precondition,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    change(&state, &trace, id, &precondition, |row| PatientCreate::patched(row, body.0.clone())).await
}

/// Move a patient to the bin
///
/// A patient with studies is kept: 409. `purge=true` removes one that lies in the bin for good; it needs the role `admin`.
#[utoipa::path(
    tag = "patients",
    params(("id" = i64, Path, description = "The patient's id", minimum = 1), Purge),
    responses(
        (status = 204, description = "In the bin, or gone for good"),
        (status = 404, description = "There is no such patient"),
        (status = 409, description = "The patient has studies, or is to be purged and not in the bin"),
    ),
    security(("bearer" = ["modification"])),
)]
#[delete("/api/patients/{id}")]
pub async fn delete_patient(
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
            let row = queries::find_locked(tx, id).await?.ok_or_else(not_found)?;
            if query.purge {
                purge(tx, &row, &precondition, &trace).await
            } else {
                delete(tx, &row, &precondition, &trace).await
            }
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Take a patient out of the bin
///
/// The number was kept for it.
#[utoipa::path(
    tag = "patients",
    params(("id" = i64, Path, description = "The patient's id", minimum = 1)),
    responses(
        (status = 200, description = "Restored", body = Patient),
        (status = 404, description = "There is no such patient"),
        (status = 409, description = "The patient is not in the bin"),
    ),
    security(("bearer" = ["modification"])),
)]
#[post("/api/patients/{id}/restore")]
pub async fn restore_patient(
    _caller: Auth<Modification>,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    let row = state
        .db
        .write(async |tx| {
            let row = queries::find_locked(tx, id).await?.ok_or_else(not_found)?;
            if row.deleted_at.is_none() {
                return Err(ApiError::new(ProblemCode::NotDeleted));
            }
            queries::restore(tx, &row, &trace).await?.ok_or_else(|| stale(row.version))
        })
        .await?;
    Ok(answer(row))
}

/// Changes a row to what `edit` makes of it, unless that is what it is.
pub(super) async fn change(
    state: &AppState,
    trace: &Trace,
    id: i64,
    precondition: &Precondition,
    edit: impl Fn(&patient::Model) -> ApiResult<PatientCreate>,
) -> ApiResult<HttpResponse> {
    let row = state
        .db
        .write(async |tx| {
            let before = queries::find_locked(tx, id).await?.filter(|row| row.deleted_at.is_none());
            let before = before.ok_or_else(not_found)?;
            precondition.check(before.version)?;
            let after = edit(&before)?.into_row(before.clone());
            if after == before {
                trace.nothing_changed();
                return Ok(before);
            }
            check_birth(tx, &before, &after).await?;
            match queries::update(tx, &before, after.clone(), trace).await {
                Err(error) if is_unique_violation(&error) => Err(taken(tx, &after).await?),
                result => result?.ok_or_else(|| stale(before.version)),
            }
        })
        .await?;
    Ok(answer(row))
}

/// A patient shows its number of studies, so that it is another one when that changes.
fn tag(row: &patient::Model) -> header::HeaderValue {
    etag(row.version, Some(row.number_of_studies))
}

fn answer(row: patient::Model) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::ETAG, tag(&row))).json(Patient::from(row))
}

/// Nobody is examined before birth: a new birth date must not be later than the studies there are.
async fn check_birth(tx: &DatabaseTransaction, before: &patient::Model, after: &patient::Model) -> ApiResult<()> {
    let Some(birth) = after.birth_date.filter(|_| after.birth_date != before.birth_date) else { return Ok(()) };
    match queries::first_study_date(tx, before.id, &[]).await? {
        Some(first) if first < birth => {
            Err(ApiError::invalid(vec![Fault::member("birth_date", FaultCode::BirthAfterStudy)]))
        }
        _ => Ok(()),
    }
}

async fn delete(
    tx: &DatabaseTransaction,
    row: &patient::Model,
    precondition: &Precondition,
    trace: &Trace,
) -> ApiResult<()> {
    if row.deleted_at.is_some() {
        return Err(not_found());
    }
    precondition.check(row.version)?;
    if queries::has_studies(tx, row.id).await? {
        return Err(ApiError::new(ProblemCode::PatientHasStudies));
    }
    queries::delete(tx, row, trace).await?.map(drop).ok_or_else(|| stale(row.version))
}

async fn purge(
    tx: &DatabaseTransaction,
    row: &patient::Model,
    precondition: &Precondition,
    trace: &Trace,
) -> ApiResult<()> {
    if row.deleted_at.is_none() {
        return Err(ApiError::new(ProblemCode::NotDeleted));
    }
    precondition.check(row.version)?;
    match queries::purge(tx, row, trace).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(stale(row.version)),
        // Its studies in the bin still point to it.
        Err(error) if is_foreign_key_violation(&error) => Err(ApiError::new(ProblemCode::PatientHasStudies)),
        Err(error) => Err(error.into()),
    }
}

/// The 409 that names the patient who has this number.
async fn taken(db: &impl ConnectionTrait, row: &patient::Model) -> ApiResult<ApiError> {
    let existing = queries::find_by_number(db, &row.patient_id, &row.issuer_of_patient_id).await?;
    let error = ApiError::new(ProblemCode::PatientAlreadyExists);
    Ok(match existing {
        Some(existing) => error.with("existing_id", existing.id).with("deleted", existing.deleted_at.is_some()),
        None => error,
    })
}

pub(super) fn not_found() -> ApiError {
    ApiError::new(ProblemCode::PatientNotFound)
}
