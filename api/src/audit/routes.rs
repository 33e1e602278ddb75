//! What administrators can read of the trail.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, web};

use super::anchor::Anchor;
use super::csv::walk;
use super::dto::{AccessList, AuditEvent, AuditEventPage, AuditVerification, EventList, EventListParameters};
use super::event::{ABANDONED, SUCCESS};
use super::ids::instant_of;
use super::queries::{self, EventFilter};
use super::trace::Trace;
use super::{seal, verify};
use crate::auth::{Admin, Auth};
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::http::{Count, Id, PageParameters, PageQuery, Query, Total, link_next, preferred};
use crate::patients;
use crate::state::AppState;
use crate::values::instant_text;

const CSV: &str = "text/csv";

/// List the events of the audit trail
///
/// The newest first. Filters narrow the list together. As CSV (`Accept: text/csv`) it is every event that the filters leave, from
/// the cursor on, whatever `limit` says; cells that a spreadsheet would run begin with an apostrophe.
#[utoipa::path(
    tag = "audit",
    params(EventListParameters, PageParameters),
    responses(
        (status = 200, description = "One page of events, or all of them as CSV", content(
            (AuditEventPage = "application/json"),
            (String = "text/csv"),
        ), headers(
            ("Content-Disposition" = String, description = "Of CSV: a name for the file"),
            ("Vary" = String, description = "`accept`"),
        )),
    ),
    security(("bearer" = ["admin"])),
)]
#[get("/api/audit-events")]
pub async fn list_audit_events(
    _caller: Auth<Admin>,
    request: HttpRequest,
    state: web::Data<AppState>,
    trace: Trace,
    Query(list): Query<EventList>,
) -> ApiResult<HttpResponse> {
    match preferred(request.headers(), &["application/json", CSV]) {
        None => Err(ApiError::new(ProblemCode::NotAcceptable)),
        Some(CSV) => {
            let mut page = list.page;
            page.belongs_to(&request);
            let body = walk(state, list.filter, page.after()?).await?;
            Ok(HttpResponse::Ok()
                .content_type("text/csv; charset=utf-8; header=present")
                .insert_header((header::VARY, "accept"))
                .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"audit-events.csv\""))
                .streaming(Box::pin(body)))
        }
        Some(_) => answer(&request, &state, &trace, &list.filter, list.page).await,
    }
}

/// List who saw a patient
///
/// Every access to the patient and to the patient's studies, reads and changes alike, the newest first; of a patient that was purged
/// too. Lists and searches name no patients in the trail and do not count here; nor does what was refused.
#[utoipa::path(
    tag = "audit",
    params(("id" = i64, Path, description = "The patient's id", minimum = 1), PageParameters),
    responses(
        (status = 200, description = "One page of accesses", body = AuditEventPage),
        (status = 404, description = "There is no such patient, and never was"),
    ),
    security(("bearer" = ["admin"])),
)]
#[get("/api/patients/{id}/accesses")]
pub async fn list_patient_accesses(
    _caller: Auth<Admin>,
    request: HttpRequest,
    state: web::Data<AppState>,
    trace: Trace,
    Id(id): Id,
    Query(AccessList(page)): Query<AccessList>,
) -> ApiResult<HttpResponse> {
    let db = state.db.reader();
    let filter = EventFilter {
        patient_fk: Some(id),
        outcome: vec![SUCCESS.to_owned(), ABANDONED.to_owned()],
        ..EventFilter::default()
    };
    if patients::queries::find(db, id).await?.is_none() && queries::page(db, &filter, None, 1).await?.is_empty() {
        return Err(ApiError::new(ProblemCode::PatientNotFound));
    }
    answer(&request, &state, &trace, &filter, page).await
}

/// Read whether the audit trail is intact
///
/// How far it is sealed, and what the last verification of all of it found. The server verifies once a day;
/// `patientele audit verify` does so at once.
#[utoipa::path(
    tag = "audit",
    responses((status = 200, description = "The state of the trail", body = AuditVerification)),
    security(("bearer" = ["admin"])),
)]
#[get("/api/audit-events/verification")]
pub async fn get_audit_verification(
    _caller: Auth<Admin>,
    state: web::Data<AppState>,
    Query(()): Query<()>,
) -> ApiResult<HttpResponse> {
    let db = state.db.reader();
    let (newest, last) = (seal::newest(db).await?, verify::last(db).await?);
    let sealed_until = seal::covered(db).await?;
    Ok(HttpResponse::Ok().json(AuditVerification {
        sealed_until: newest.as_ref().map(|_| instant_text(instant_of(sealed_until))),
        head: newest.map(|seal| Anchor { seal: seal.id, mac: seal.mac }.to_string()),
        intact: last.as_ref().map(|last| last.finding.is_none()),
        verified_at: last.as_ref().map(|last| instant_text(last.at)),
        verified_events: last.as_ref().map(|last| last.events),
        finding: last.and_then(|last| last.finding),
    }))
}

async fn answer(
    request: &HttpRequest,
    state: &AppState,
    trace: &Trace,
    filter: &EventFilter,
    mut page: PageQuery,
) -> ApiResult<HttpResponse> {
    page.belongs_to(request);
    let db = state.db.reader();
    let after = page.after()?;
    let mut rows = queries::page(db, filter, after, page.look_ahead()).await?;
    let next_cursor = page.cut(&mut rows, |row| row.id);
    let total = match page.count {
        Count::None => Total::default(),
        count => Total::of(count, queries::count(db, filter, count.bound()).await?),
    };
    trace.found(rows.len());
    let mut response = HttpResponse::Ok();
    if let Some(link) = next_cursor.as_ref().and_then(|cursor| link_next(request, cursor)) {
        response.insert_header((header::LINK, link));
    }
    let items = rows.into_iter().map(AuditEvent::from).collect();
    Ok(response.insert_header((header::VARY, "accept")).json(AuditEventPage { items, next_cursor, total }))
}
