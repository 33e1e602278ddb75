//! What callers can search.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use entity::patient;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::dto::{HitType, Match, MatchKind, SearchHit, SearchPage, SearchRequest};
use super::queries::{self, Found, Hit, Place};
use super::query::SearchQuery;
use super::rank::{Searchable, reason};
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
use crate::studies::queries::FullStudy;
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
    let after: Option<Place> = query.page.after()?;
    let limit = usize::try_from(query.page.look_ahead()).unwrap_or(usize::MAX);
    let mut hits = queries::hits(db, query, after, limit).await?;
    let next_cursor = query.page.cut(&mut hits, |hit| hit.place.clone());
    let total = match query.page.count {
        Count::None => Total::default(),
        count => Total::of(count, queries::count(db, query, count.bound()).await?),
    };
    let ids: Vec<i64> = hits.iter().filter_map(|hit| patient_id(&hit.found)).collect();
    let numbers = patients::queries::numbers_of_studies(db, &ids).await?;
    let number = |id: i64| numbers.get(&id).copied().unwrap_or(0);
    let items = hits.into_iter().map(|hit| item(hit, query, number)).collect();
    Ok(SearchPage { items, next_cursor, total })
}

fn patient_id(found: &Found) -> Option<i64> {
    match found {
        Found::Patient(row) => Some(row.id),
        Found::Study(_) => None,
    }
}

fn item(hit: Hit, query: &SearchQuery, number_of_studies: impl Fn(i64) -> i64) -> SearchHit {
    match hit.found {
        Found::Patient(row) => {
            let number = number_of_studies(row.id);
            of_patient(*row, number, hit.score, query)
        }
        Found::Study(study) => of_study(*study, hit.score, query),
    }
}

fn of_patient(row: patient::Model, number: i64, score: u32, query: &SearchQuery) -> SearchHit {
    let mut matched = reasons(&row, query);
    matched.extend(patient_filters(&row, query));
    let id = row.id;
    SearchHit { type_: HitType::Patient, id, score, matched, patient: Some(Patient::of(row, number)), study: None }
}

fn of_study(study: FullStudy, score: u32, query: &SearchQuery) -> SearchHit {
    let mut matched = reasons(&study, query);
    matched.extend(patient_filters(&study.patient, query));
    matched.extend(study_filters(&study, query));
    let id = study.row.id;
    SearchHit { type_: HitType::Study, id, score, matched, patient: None, study: Some(Study::from(study)) }
}

fn reasons(row: &impl Searchable, query: &SearchQuery) -> Vec<Match> {
    let mut matched: Vec<Match> = Vec::new();
    for (field, kind, value) in query.terms.iter().filter_map(|term| reason(row, term)) {
        let kind = if kind == "exact" { MatchKind::Exact } else { MatchKind::Prefix };
        if !matched.iter().any(|one| one.field == field && one.kind == kind) {
            matched.push(Match { field, kind, value: value.to_owned() });
        }
    }
    matched
}

/// The filters that a patient's row fulfils, as reasons.
fn patient_filters(row: &patient::Model, query: &SearchQuery) -> Vec<Match> {
    let filter = &query.patient_filter;
    let shown = Patient::of(row.clone(), 0);
    let reasons = [
        (filter.patient_name.is_some(), "patient_name", MatchKind::Prefix, Some(shown.patient_name)),
        (filter.patient_id.is_some(), "patient_id", MatchKind::Exact, Some(shown.patient_id)),
        (filter.issuer_of_patient_id.is_some(), "issuer_of_patient_id", MatchKind::Exact, shown.issuer_of_patient_id),
        (filter.birth_date.is_some(), "birth_date", MatchKind::Range, shown.birth_date),
        (!filter.sex.is_empty(), "sex", MatchKind::Exact, shown.sex),
        (filter.updated_at.is_some(), "updated_at", MatchKind::Range, Some(shown.updated_at)),
    ];
    given(reasons)
}

/// The filters that a study's own row fulfils, as reasons.
fn study_filters(study: &FullStudy, query: &SearchQuery) -> Vec<Match> {
    let filter = &query.study_filter;
    let shown = Study::from(study.clone());
    let modalities = Some(shown.modalities_in_study.join(","));
    given([
        (!filter.study_instance_uid.is_empty(), "study_instance_uid", MatchKind::Exact, Some(shown.study_instance_uid)),
        (filter.study_id.is_some(), "study_id", MatchKind::Exact, shown.study_id),
        (filter.accession_number.is_some(), "accession_number", MatchKind::Exact, shown.accession_number),
        (filter.study_date.is_some(), "study_date", MatchKind::Range, shown.study_date),
        (!filter.modality.is_empty(), "modalities_in_study", MatchKind::Exact, modalities),
        (!filter.status.is_empty(), "status", MatchKind::Exact, Some(shown.status)),
        (filter.study_description.is_some(), "study_description", MatchKind::Prefix, shown.study_description),
        (
            filter.referring_physician_name.is_some(),
            "referring_physician_name",
            MatchKind::Prefix,
            shown.referring_physician_name,
        ),
    ])
}

fn given<const N: usize>(reasons: [(bool, &'static str, MatchKind, Option<String>); N]) -> Vec<Match> {
    let matched = reasons.into_iter().filter(|(asked, ..)| *asked);
    matched.filter_map(|(_, field, kind, value)| Some(Match { field, kind, value: value? })).collect()
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
            rows.into_iter().map(|row| (FilterPlace::Patient(by_name.position(&row)), Found::Patient(Box::new(row)))),
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
    let ids: Vec<i64> = found.iter().filter_map(|(_, found)| patient_id(found)).collect();
    let numbers = patients::queries::numbers_of_studies(db, &ids).await?;
    let items = found.into_iter().map(|(_, found)| match found {
        Found::Patient(row) => {
            let number = numbers.get(&row.id).copied().unwrap_or(0);
            of_patient(*row, number, FILTER_SCORE, query)
        }
        Found::Study(study) => of_study(*study, FILTER_SCORE, query),
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
