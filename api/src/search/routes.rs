//! What callers can search.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::dto::{HitType, SearchHit, SearchPage, SearchRequest};
use super::plan::Plan;
use super::queries::{self, End, Found, Hit, Hits};
use super::query::SearchQuery;
use super::reasons::{self, Row};
use crate::audit::Trace;
use crate::auth::{Auth, Lecture};
use crate::error::{ApiError, ApiResult, Fault};
use crate::http::{Count, FromParameters, JsonBody, Parameters, Query, Total, link_next};
use crate::keyset::Position;
use crate::patients;
use crate::patients::dto::{Patient, PatientSort};
use crate::state::AppState;
use crate::studies;
use crate::studies::dto::{Study, StudySort};
use crate::values::FaultCode;

/// Search patients and studies
///
/// One list, the most relevant first: whole identifiers, whole words, beginnings of words; patients by their names, studies by
/// their own words and by their patient's. Each hit says why it was found. Filters alone list patients by name, then studies,
/// the newest first.
#[utoipa::path(
    tag = "search",
    params(SearchRequest),
    responses((status = 200, description = "One page of hits", body = SearchPage)),
    security(("bearer" = ["lecture"])),
)]
#[get("/api/search")]
pub async fn search_registry(
    _caller: Auth<Lecture>,
    request: HttpRequest,
    state: web::Data<AppState>,
    trace: Trace,
    Query(query): Query<SearchQuery>,
) -> ApiResult<HttpResponse> {
    let page = search(state.db.reader(), &query).await?;
    trace.found(page.items.len());
    let mut response = HttpResponse::Ok();
    if let Some(link) = page.next_cursor.as_ref().and_then(|cursor| link_next(&request, cursor)) {
        response.insert_header((header::LINK, link));
    }
    Ok(response.json(page))
}

/// Search patients and studies without a name in the address
///
/// The same search; its parameters stand in the body, so that no proxy writes a patient's name into its log.
#[utoipa::path(
    tag = "search",
    request_body = SearchRequest,
    responses((status = 200, description = "One page of hits", body = SearchPage)),
    security(("bearer" = ["lecture"])),
)]
#[post("/api/search")]
pub async fn search_registry_by_body(
    _caller: Auth<Lecture>,
    state: web::Data<AppState>,
    trace: Trace,
    body: JsonBody,
) -> ApiResult<HttpResponse> {
    let names: Vec<String> = body.0.keys().cloned().collect();
    let query = Parameters::of_body(body.0).read(SearchQuery::from_parameters)?;
    // Every one of them is known: an unknown one was refused.
    trace.asked(names.iter().map(String::as_str));
    let page = search(state.db.reader(), &query).await?;
    trace.found(page.items.len());
    Ok(HttpResponse::Ok().json(page))
}

async fn search(db: &impl ConnectionTrait, query: &SearchQuery) -> ApiResult<SearchPage> {
    if !query.terms.is_empty() {
        return by_terms(db, query).await;
    }
    if !query.is_filtered() {
        let fault = if query.page.in_body {
            Fault::member("q", FaultCode::Required)
        } else {
            Fault::parameter("q", FaultCode::Required)
        };
        return Err(ApiError::invalid(vec![fault]));
    }
    by_filters(db, query).await
}

async fn by_terms(db: &impl ConnectionTrait, query: &SearchQuery) -> ApiResult<SearchPage> {
    let after: Option<End> = query.page.after()?;
    let limit = usize::try_from(query.page.limit).unwrap_or(usize::MAX);
    let Hits { hits, end, plan } = queries::hits(db, query, after, limit).await?;
    let next_cursor = end.map(|end| query.page.cursor_at(&end));
    let total = match query.page.count {
        Count::None => Total::default(),
        count => {
            let bound = count.bound().and_then(|bound| usize::try_from(bound).ok());
            let (counted, is_cut) = queries::count(db, query, bound).await?;
            Total::at_least(count, counted, is_cut)
        }
    };
    let items = hits.into_iter().map(|Hit { score, found }| item(found, score, query, Some(&plan))).collect();
    Ok(SearchPage { items, next_cursor, total })
}

fn item(found: Found, score: u32, query: &SearchQuery, plan: Option<&Plan<'_>>) -> SearchHit {
    match found {
        Found::Patient(row, number) => {
            let mut matched = plan.map(|plan| reasons::of_words(&Row::Patient(&row), plan)).unwrap_or_default();
            matched.extend(reasons::of_patient_filters(&row, query));
            let id = row.id;
            let patient = Some(Patient::of(*row, number));
            SearchHit { type_: HitType::Patient, id, score, matched, patient, study: None }
        }
        Found::Study(study) => {
            let mut matched = plan.map(|plan| reasons::of_words(&Row::Study(&study), plan)).unwrap_or_default();
            matched.extend(reasons::of_patient_filters(&study.patient, query));
            matched.extend(reasons::of_study_filters(&study, query));
            let id = study.row.id;
            SearchHit { type_: HitType::Study, id, score, matched, patient: None, study: Some(Study::from(*study)) }
        }
    }
}

/// Relevance of a hit of filters alone: all are equally good.
const FILTER_SCORE: u32 = 50;

/// The place in a list of filters alone: among the patients, or among the studies that follow them.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum FilterPlace {
    Patient(Position),
    Study(Position),
}

async fn by_filters(db: &impl ConnectionTrait, query: &SearchQuery) -> ApiResult<SearchPage> {
    let after: Option<FilterPlace> = query.page.after()?;
    let mut found: Vec<(FilterPlace, Found)> = Vec::new();
    let by_name = PatientSort::BY_NAME;
    if query.wants_patients() && !matches!(after, Some(FilterPlace::Study(_))) {
        let position = after.as_ref().and_then(|place| match place {
            FilterPlace::Patient(position) => Some(position),
            FilterPlace::Study(_) => None,
        });
        let limit = query.page.look_ahead();
        let rows = patients::queries::page(db, &query.patient_filter, by_name.columns(), position, limit).await?;
        found.extend(
            rows.into_iter()
                .map(|row| (FilterPlace::Patient(by_name.position(&row)), Found::Patient(Box::new(row), 0))),
        );
    }
    let wanted = query.page.look_ahead() - found.len() as u64;
    if query.studies && wanted > 0 {
        let position = after.as_ref().and_then(|place| match place {
            FilterPlace::Study(position) => Some(position),
            FilterPlace::Patient(_) => None,
        });
        let newest = StudySort::NEWEST_FIRST;
        let rows = studies::queries::page(db, &query.study_filter, newest.columns(), position, wanted).await?;
        found.extend(
            rows.into_iter()
                .map(|study| (FilterPlace::Study(newest.position(&study.row)), Found::Study(Box::new(study)))),
        );
    }
    let next_cursor = query.page.cut(&mut found, |(place, _)| place.clone());
    let total = match query.page.count {
        Count::None => Total::default(),
        count => Total::of(count, count_filtered(db, query, count.bound()).await?),
    };
    let ids = found.iter().filter_map(|(_, found)| match found {
        Found::Patient(row, _) => Some(row.id),
        Found::Study(_) => None,
    });
    let numbers = patients::queries::numbers_of_studies(db, &ids.collect::<Vec<_>>()).await?;
    let items = found.into_iter().map(|(_, mut found)| {
        if let Found::Patient(row, number) = &mut found {
            *number = numbers.get(&row.id).copied().unwrap_or(0);
        }
        item(found, FILTER_SCORE, query, None)
    });
    Ok(SearchPage { items: items.collect(), next_cursor, total })
}

async fn count_filtered(db: &impl ConnectionTrait, query: &SearchQuery, bound: Option<u64>) -> ApiResult<u64> {
    let mut total = 0;
    if query.wants_patients() {
        total += patients::queries::count(db, &query.patient_filter, bound).await?;
    }
    if query.studies {
        total += studies::queries::count(db, &query.study_filter, bound).await?;
    }
    Ok(total)
}
