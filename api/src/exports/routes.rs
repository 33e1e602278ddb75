//! What callers can take out.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use entity::role::RoleName;

use super::dto::{CsvShape, PatientExport, PatientRecord, StudyExport, StudyRecord};
use super::pages::{Selection, walk};
use super::sheet::Form;
use crate::audit::Trace;
use crate::auth::{Auth, Lecture};
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::http::{Query, preferred};
use crate::patients::dto::PatientSelectionParameters;
use crate::state::AppState;
use crate::studies::dto::StudySelectionParameters;
use crate::values::{date_text, today};

/// Export patients
///
/// Every patient that the filters of the list leave, as CSV or as NDJSON, whichever `Accept` prefers; `POST /api/import` takes it
/// back. In the order of their ids unless `sort` says otherwise: a patient that is there throughout is then exported once, as it is
/// when its turn comes; in the order of something that changes meanwhile it may come twice or not at all. Cells that a
/// spreadsheet would run begin with an apostrophe. An export that fails on its way ends without the end of its body.
#[utoipa::path(
    tag = "bulk",
    params(PatientSelectionParameters, CsvShape),
    responses(
        (status = 200, description = "The patients; in NDJSON each line is one of the schema", content(
            (String = "text/csv"),
            (PatientRecord = "application/x-ndjson"),
        ), headers(
            ("Content-Disposition" = String, description = "A name for the file"),
            ("Vary" = String, description = "`accept`"),
        )),
        (status = 406, description = "The header `Accept` excludes CSV and NDJSON"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/export/patients")]
pub async fn export_patients(
    caller: Auth<Lecture>,
    request: HttpRequest,
    state: web::Data<AppState>,
    trace: Trace,
    Query(export): Query<PatientExport>,
) -> ApiResult<HttpResponse> {
    if export.filter.deleted {
        caller.at_least(RoleName::Modification)?;
    }
    let form = form(&request, export.shape)?;
    answer(state, trace, export, form, "patients").await
}

/// Export studies
///
/// Every study that the filters of the list leave, as [patients](#/bulk/export_patients) are exported. Each names its patient by
/// number and issuer.
#[utoipa::path(
    tag = "bulk",
    params(StudySelectionParameters, CsvShape),
    responses(
        (status = 200, description = "The studies; in NDJSON each line is one of the schema", content(
            (String = "text/csv"),
            (StudyRecord = "application/x-ndjson"),
        ), headers(
            ("Content-Disposition" = String, description = "A name for the file"),
            ("Vary" = String, description = "`accept`"),
        )),
        (status = 406, description = "The header `Accept` excludes CSV and NDJSON"),
    ),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/export/studies")]
pub async fn export_studies(
    caller: Auth<Lecture>,
    request: HttpRequest,
    state: web::Data<AppState>,
    trace: Trace,
    Query(export): Query<StudyExport>,
) -> ApiResult<HttpResponse> {
    if export.filter.deleted {
        caller.at_least(RoleName::Modification)?;
    }
    let form = form(&request, export.shape)?;
    answer(state, trace, export, form, "studies").await
}

fn form(request: &HttpRequest, shape: CsvShape) -> ApiResult<Form> {
    match preferred(request.headers(), &[Form::CSV, Form::NDJSON]) {
        Some(Form::NDJSON) => Ok(Form::Ndjson),
        Some(_) => Ok(Form::Csv(shape)),
        None => Err(ApiError::new(ProblemCode::NotAcceptable)),
    }
}

async fn answer(
    state: web::Data<AppState>,
    trace: Trace,
    selection: impl Selection,
    form: Form,
    name: &str,
) -> ApiResult<HttpResponse> {
    let body = walk(state, trace, selection, form).await?;
    let file = format!("attachment; filename=\"{name}-{}.{}\"", date_text(today()), form.extension());
    let mut response = HttpResponse::Ok();
    response.content_type(form.content_type()).insert_header((header::VARY, "accept"));
    if let Ok(disposition) = HeaderValue::try_from(file) {
        response.insert_header((header::CONTENT_DISPOSITION, disposition));
    }
    Ok(response.streaming(Box::pin(body)))
}
