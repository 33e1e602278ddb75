//! What callers can search.

use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use tokio::time::timeout;

use super::dto::{SearchPage, SearchRequest};
use super::found::Found;
use super::items;
use super::lengths::Lengths;
use super::queries::{self, End, Hit, Hits, SortedEnd, Unsorted};
use super::query::SearchQuery;
use super::sorted::HitSort;
use crate::audit::Trace;
use crate::auth::{Auth, Lecture};
use crate::db::Reads;
use crate::error::{ApiError, ApiResult, Fault};
use crate::http::{Count, FromParameters, JsonBody, Parameters, Query, Total, link_next};
use crate::keyset::Position;
use crate::patients;
use crate::patients::dto::{BY_NAME, sort as patient_sort};
use crate::state::AppState;
use crate::studies;
use crate::studies::dto::{NEWEST_FIRST, sort as study_sort};
use crate::values::FaultCode;

/// Search patients and studies
///
/// One list, the most relevant first: whole identifiers; unless there are filters, patients whose names begin with the words in
/// their order, family name first or last; whole words; beginnings of words. Patients are found by their names, studies by their own
/// words and by their patient's. Of several words the rarest leads, in whose order hits come: which one that is may change as the
/// registry grows. A single term of four characters or more with a digit that is no date, and that is somebody's identifier, finds
/// that alone. Each hit says why it was found. Filters alone list patients by name, then studies,
/// the newest first. A page may hold fewer hits than asked for, even none, and yet a `next_cursor`: then finding more takes longer
/// than one request may, and the next one goes on from there.
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
    let page = search(&state, &query).await?;
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
    let page = search(&state, &query).await?;
    trace.found(page.items.len());
    Ok(HttpResponse::Ok().json(page))
}

async fn search(state: &AppState, query: &SearchQuery) -> ApiResult<SearchPage> {
    let db = &state.db.reader().answer();
    if !query.terms.is_empty() {
        return by_terms(db, &state.lengths, query, state.search_count_timeout).await;
    }
    if !query.is_filtered() {
        return Err(ApiError::invalid(vec![fault(query, "q", FaultCode::Required)]));
    }
    by_filters(db, query, state.search_count_timeout).await
}

fn fault(query: &SearchQuery, name: &str, code: FaultCode) -> Fault {
    if query.page.in_body { Fault::member(name, code) } else { Fault::parameter(name, code) }
}

async fn by_terms(
    db: &impl Reads,
    lengths: &Lengths,
    query: &SearchQuery,
    patience: Duration,
) -> ApiResult<SearchPage> {
    let limit = usize::try_from(query.page.limit).unwrap_or(usize::MAX);
    let (hits, next_cursor, all, plan) = if let Some(sort) = query.sort {
        let after: Option<SortedEnd> = query.page.after()?;
        let sorted = queries::sorted_hits(db, lengths, query, sort, after.as_ref(), limit, patience).await?;
        let refused = |why| {
            let code = match why {
                Unsorted::TooMany(_) => FaultCode::TooManyHits,
                Unsorted::TooLong(_) => FaultCode::TooLongToSort,
            };
            ApiError::invalid(vec![fault(query, "sort", code)])
        };
        let Hits { hits, end, all, plan } = sorted.map_err(refused)?;
        (hits, end.map(|end| query.page.cursor_at(&end)), all, plan)
    } else {
        let after: Option<End> = query.page.after()?;
        let Hits { hits, end, all, plan } = queries::hits(db, lengths, query, after, limit).await?;
        (hits, end.map(|end| query.page.cursor_at(&end)), all, plan)
    };
    let total = match query.page.count {
        Count::None => Total::default(),
        count => {
            let bound = count.bound().and_then(|bound| usize::try_from(bound).ok());
            let (counted, is_cut) = match (all, bound) {
                (Some(all), Some(bound)) if all >= bound => (bound as u64, true),
                (Some(all), _) => (all as u64, false),
                (None, _) => queries::count(db, lengths, query, bound, patience).await?,
            };
            Total::at_least(count, counted, is_cut)
        }
    };
    let items = hits.into_iter().map(|Hit { score, found }| items::item(found, score, query, Some(&plan))).collect();
    Ok(SearchPage { items: items::completed(db, items, query).await?, next_cursor, total })
}

/// Relevance of a hit of filters alone: all are equally good.
const FILTER_SCORE: u32 = 50;

/// The place in a list of filters alone: among the patients, or among the studies that follow them.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum FilterPlace {
    Patient(Position),
    Study(Position),
}

async fn by_filters(db: &impl Reads, query: &SearchQuery, patience: Duration) -> ApiResult<SearchPage> {
    let after: Option<FilterPlace> = query.page.after()?;
    let (after_patient, after_study) = match &after {
        Some(FilterPlace::Patient(position)) => (Some(position), None),
        Some(FilterPlace::Study(position)) => (None, Some(position)),
        None => (None, None),
    };
    let mut places: Vec<FilterPlace> = Vec::new();
    let named = query.sort.map(HitSort::text);
    let by_name = named.as_deref().and_then(|text| patient_sort(text).ok()).unwrap_or(BY_NAME);
    let newest = named.as_deref().and_then(|text| study_sort(text).ok()).unwrap_or(NEWEST_FIRST);
    if query.wants_patients() && after_study.is_none() {
        let limit = query.page.look_ahead();
        let page = patients::queries::page(db, &query.patient_filter, by_name, after_patient, limit).await?;
        places.extend(page.into_iter().map(FilterPlace::Patient));
    }
    let wanted = query.page.look_ahead() - places.len() as u64;
    if query.studies && wanted > 0 {
        let page = studies::queries::page(db, &query.study_filter, newest, after_study, wanted).await?;
        places.extend(page.into_iter().map(FilterPlace::Study));
    }
    let next_cursor = query.page.cut(&mut places, FilterPlace::clone);
    let total = match query.page.count {
        Count::None => Total::default(),
        count => counted_in_time(db, query, count, patience).await?,
    };
    let ids = |patients: bool| -> Vec<i64> {
        let ids = places.iter().map(|place| match place {
            FilterPlace::Patient(position) => (true, position.id),
            FilterPlace::Study(position) => (false, position.id),
        });
        ids.filter_map(|(of_patient, id)| (of_patient == patients).then_some(id)).collect()
    };
    let mut patients = patients::queries::find_by_id(db, &ids(true)).await?;
    let mut studies = studies::queries::find_by_id(db, &ids(false)).await?;
    let items = places.iter().filter_map(|place| match place {
        FilterPlace::Patient(position) => {
            let row = patients.remove(&position.id)?;
            Some(items::item(Found::Patient(Box::new(row)), FILTER_SCORE, query, None))
        }
        FilterPlace::Study(position) => {
            let study = studies.remove(&position.id)?;
            Some(items::item(Found::Study(Box::new(study)), FILTER_SCORE, query, None))
        }
    });
    Ok(SearchPage { items: items::completed(db, items.collect(), query).await?, next_cursor, total })
}

/// All rows when there is the time, and otherwise at least as many as a bounded count has.
async fn counted_in_time(db: &impl Reads, query: &SearchQuery, count: Count, patience: Duration) -> ApiResult<Total> {
    if count == Count::Exact {
        if let Ok(counted) = timeout(patience, count_filtered(db, query, None)).await {
            return Ok(Total::of(count, counted?));
        }
        let counted = count_filtered(db, query, Count::Bounded.bound()).await?;
        return Ok(Total::at_least(count, counted, counted > Count::BOUND));
    }
    Ok(Total::of(count, count_filtered(db, query, count.bound()).await?))
}

async fn count_filtered(db: &impl Reads, query: &SearchQuery, bound: Option<u64>) -> ApiResult<u64> {
    let mut total = 0;
    if query.wants_patients() {
        total += patients::queries::count(db, &query.patient_filter, bound).await?;
    }
    if query.studies {
        total += studies::queries::count(db, &query.study_filter, bound).await?;
    }
    Ok(total)
}
