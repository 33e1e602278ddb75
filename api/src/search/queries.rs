//! The search in the database.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use super::along::{self, Along, Look, Words, along};
use super::found::Found;
use super::gathered;
use super::lengths::Lengths;
use super::placed::{place_of_patient, place_of_study};
use super::plan::Plan;
use super::query::SearchQuery;
use super::rank::{ENOUGH, Place, SECTIONS, Tier};
use super::sorted::{self, HitSort, Sorted};
use super::sql::Sql;
use super::walk::{Aim, Start, Walk, Walked};
use crate::db::Reads;
use crate::patients;
use crate::studies::{self, queries::FullStudy};

/// Hits that are gathered before a look at the clock.
const AT_ONCE: usize = 5_000;

/// Where a page ends: the place of its last hit, and what the next page must know beside it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct End {
    place: Place,
    /// The word that led the tier of the place, where one had to.
    lead: usize,
    /// How many hits there have been, as far as it matters.
    found: usize,
}

impl End {
    fn at(place: Place, walked: &Walked, before: Option<&Self>) -> Self {
        let found = before.map_or(0, |end| end.found) + walked.hits.len();
        Self { lead: walked.lead_at(&place), place, found: found.min(ENOUGH) }
    }
}

/// A hit and its worth.
pub struct Hit {
    pub score: u32,
    pub found: Found,
}

/// One page of hits.
pub struct Hits<'q, E> {
    pub hits: Vec<Hit>,
    /// Where the next page begins, if there is one.
    pub end: Option<E>,
    /// The number of all hits, where they were gathered.
    pub all: Option<usize>,
    /// What was compared with what.
    pub plan: Plan<'q>,
}

/// At most `limit` hits after the end of a page, in the order of relevance. A page may have fewer hits and yet a next one, when
/// finding more would have taken too long.
///
/// # Errors
/// When the database fails.
pub async fn hits<'q>(
    db: &impl Reads,
    lengths: &Lengths,
    query: &'q SearchQuery,
    after: Option<End>,
    limit: usize,
) -> Result<Hits<'q, End>, DbErr> {
    let mut plan = Plan::new(query);
    // One more than the page holds tells whether there is a next one.
    let mut walked = walk(db, &mut plan, lengths, after.as_ref(), limit + 1, Aim::Page).await?;
    let has_more = walked.hits.len() > limit;
    walked.hits.truncate(limit);
    let last = if has_more { walked.hits.last().map(|(place, _)| place.clone()) } else { walked.gave_up.take() };
    let end = last.map(|place| End::at(place, &walked, after.as_ref()));
    let hits = rows(db, walked.hits).await?;
    Ok(Hits { hits, end, all: None, plan })
}

/// Why hits are not gathered to be put in a named order; with the number of those spelled as typed that were found until then.
pub enum Unsorted {
    /// There are more of them than [`sorted::MOST`].
    TooMany(usize),
    /// It would take longer than one looks.
    TooLong(usize),
}

/// Where a page in a named order ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SortedEnd {
    pub place: Sorted,
    /// Whether the next page is looked for along the order, since the hits are too many to be gathered.
    pub along: bool,
}

/// At most `limit` hits after the end of a page, in a named order. Those of common words are looked for along the order; where they
/// turn out to be rare, or the words are, all of them are gathered first, unless they are too many. A page may have fewer hits and yet
/// a next one, when there are too many to be gathered and they are far apart.
///
/// # Errors
/// When the database fails.
pub async fn sorted_hits<'q>(
    db: &impl Reads,
    lengths: &Lengths,
    query: &'q SearchQuery,
    sort: HitSort,
    after: Option<&SortedEnd>,
    limit: usize,
    patience: Duration,
) -> Result<Result<Hits<'q, SortedEnd>, Unsorted>, DbErr> {
    let mut plan = Plan::new(query);
    let place = after.map(|end| &end.place);
    let words = along::words(db, lengths, &mut plan).await?;
    let has_begun = words >= Words::AsTyped && after.is_some_and(|end| end.along);
    if has_begun || words == Words::Common && !along::leaves_few(db, &plan).await? {
        let look = if has_begun { Look::ToTheEnd } else { Look::WhileItPays };
        let found = along(db, &plan, sort, place, limit + 1, look).await?;
        if has_begun || found.is_page() {
            return Ok(Ok(page_along(db, plan, found, limit, look).await?));
        }
    }
    let lead = plan.lead;
    let gathered = gathered_hits(db, lengths, &mut plan, sort, patience).await?;
    if words > Words::Dated {
        // To gather them another word may have led. A hit is worth what it is worth without an order.
        plan.lead_by(lead);
    }
    let hits = match gathered {
        Ok(hits) => hits,
        // What is only like the words is wanted where hits are few, and does not lie along the order.
        Err(Unsorted::TooMany(as_typed) | Unsorted::TooLong(as_typed))
            if words >= Words::AsTyped && (as_typed >= ENOUGH || query.reach.is_some()) =>
        {
            let found = along(db, &plan, sort, place, limit + 1, Look::ToTheEnd).await?;
            return Ok(Ok(page_along(db, plan, found, limit, Look::ToTheEnd).await?));
        }
        Err(why) => return Ok(Err(why)),
    };
    let all = hits.len();
    let mut sorted = sorted::sorted(hits, sort, place);
    let has_more = sorted.len() > limit;
    sorted.truncate(limit);
    let end = sorted.last().filter(|_| has_more).map(|(place, _)| SortedEnd { place: place.clone(), along: false });
    if words > Words::Dated {
        let is_similar = |place: &Place| SECTIONS[place.section].tier > plan.base();
        for (_, place) in &mut sorted {
            *place = place.take().filter(is_similar);
        }
    }
    let hits = rows(db, placed(db, &plan, sorted).await?).await?;
    Ok(Ok(Hits { hits, end, all: Some(all), plan }))
}

/// A page of the hits that were looked for along an order.
async fn page_along<'q>(
    db: &impl Reads,
    plan: Plan<'q>,
    found: Along,
    limit: usize,
    look: Look,
) -> Result<Hits<'q, SortedEnd>, DbErr> {
    let Along { mut hits, stopped } = found;
    let has_more = hits.len() > limit;
    hits.truncate(limit);
    let place = if has_more { hits.last().cloned() } else { stopped };
    let end = place.map(|place| SortedEnd { place, along: look == Look::ToTheEnd });
    let hits = hits.into_iter().map(|hit| (hit, None)).collect();
    let hits = rows(db, placed(db, &plan, hits).await?).await?;
    Ok(Hits { hits, end, all: None, plan })
}

/// All hits, with what they are sorted by.
///
/// # Errors
/// When the database fails.
pub async fn gathered_hits(
    db: &impl Reads,
    lengths: &Lengths,
    plan: &mut Plan<'_>,
    sort: HitSort,
    patience: Duration,
) -> Result<Result<Vec<(Sorted, Option<Place>)>, Unsorted>, DbErr> {
    let (mut places, most) = (Vec::new(), sorted::MOST + 1);
    let studies = gathered::studies(db, lengths, plan, sort, most).await?;
    let take = |hits| places.extend(hits);
    let is_cut = if studies.is_some() {
        patients_beside(db, plan, lengths, Some(most), patience, take).await?
    } else {
        each(db, plan, lengths, None, Some(most), patience, take).await?
    };
    let studies = studies.unwrap_or_default();
    let is_as_typed = |place: &&Place| SECTIONS[place.section].tier <= plan.base();
    let as_typed = studies.len() + places.iter().filter(is_as_typed).count();
    if places.len() + studies.len() > sorted::MOST {
        return Ok(Err(Unsorted::TooMany(as_typed)));
    }
    if is_cut {
        return Ok(Err(Unsorted::TooLong(as_typed)));
    }
    let mut hits = sorted::keyed(db, places, sort).await?;
    hits.extend(studies.into_iter().map(|study| (study, None)));
    Ok(Ok(hits))
}

/// Hands over the places of the patients that are hits beside gathered studies, along the same word. Words alike are not looked for:
/// there are enough hits.
async fn patients_beside(
    db: &impl Reads,
    plan: &Plan<'_>,
    lengths: &Lengths,
    bound: Option<usize>,
    patience: Duration,
    take: impl FnMut(Vec<Place>),
) -> Result<bool, DbErr> {
    if !plan.query.wants_patients() {
        return Ok(false);
    }
    let reach = plan.query.reach.or(Some(Tier::Prefix));
    let query = SearchQuery { studies: false, reach, ..plan.query.clone() };
    let start = End { place: Place::start(0), lead: plan.lead, found: 0 };
    each(db, &mut Plan::new(&query), lengths, Some(start), bound, patience, take).await
}

/// The places of hits; those that have none yet as their rows tell them. One that has gone meanwhile is left out.
async fn placed(
    db: &impl Reads,
    plan: &Plan<'_>,
    hits: Vec<(Sorted, Option<Place>)>,
) -> Result<Vec<(Place, Option<Found>)>, DbErr> {
    let unplaced = |of_studies: bool| -> Vec<i64> {
        let unplaced = hits.iter().filter(|(hit, place)| place.is_none() && hit.is_study() == of_studies);
        unplaced.map(|(hit, _)| hit.id()).collect()
    };
    let mut patients = patients::queries::find_by_id(db, &unplaced(false)).await?;
    let mut studies = studies::queries::find_by_id(db, &unplaced(true)).await?;
    let placed = hits.into_iter().filter_map(|(hit, place)| {
        if let Some(place) = place {
            return Some((place, None));
        }
        if hit.is_study() {
            let study = studies.remove(&hit.id())?;
            return Some((place_of_study(plan, plan.base(), &study)?, Some(Found::Study(Box::new(study)))));
        }
        let patient = patients.remove(&hit.id())?;
        Some((place_of_patient(plan, plan.base(), &patient)?, Some(Found::Patient(Box::new(patient)))))
    });
    Ok(placed.collect())
}

async fn walk(
    db: &impl Reads,
    plan: &mut Plan<'_>,
    lengths: &Lengths,
    after: Option<&End>,
    wanted: usize,
    aim: Aim,
) -> Result<Walked, DbErr> {
    let mut start = Start::default();
    if let Some(End { place, lead, found }) = after {
        plan.lead_by((*lead).min(plan.words.len().saturating_sub(1)));
        start = Start { after: Some(place.clone()), found: *found };
    }
    Walk::new(db, plan, lengths, start, wanted, aim).run().await
}

/// The number of hits, as far as `bound` and until `patience` is at its end; the second part says that there may be more.
///
/// # Errors
/// When the database fails.
pub async fn count(
    db: &impl Reads,
    lengths: &Lengths,
    query: &SearchQuery,
    bound: Option<usize>,
    patience: Duration,
) -> Result<(u64, bool), DbErr> {
    let mut plan = Plan::new(query);
    let studies = if bound.is_none() { gathered::number(db, lengths, &mut plan).await? } else { None };
    let mut counted = studies.unwrap_or(0);
    let take = |hits: Vec<Place>| counted += hits.len() as u64;
    let is_cut = if studies.is_some() {
        patients_beside(db, &plan, lengths, bound, patience, take).await?
    } else {
        each(db, &mut plan, lengths, None, bound, patience, take).await?
    };
    Ok((counted, is_cut))
}

/// Hands over the places of hits behind the end of a page, so many at a time, as far as `bound` and until `patience` is at its end;
/// whether there may be more.
async fn each(
    db: &impl Reads,
    plan: &mut Plan<'_>,
    lengths: &Lengths,
    mut after: Option<End>,
    bound: Option<usize>,
    patience: Duration,
    mut take: impl FnMut(Vec<Place>),
) -> Result<bool, DbErr> {
    let started = Instant::now();
    let mut seen = 0;
    loop {
        let wanted = bound.map_or(AT_ONCE, |bound| bound - seen);
        let mut walked = walk(db, plan, lengths, after.as_ref(), wanted, Aim::Places).await?;
        seen += walked.hits.len();
        let is_full = walked.hits.len() == wanted;
        let last = if is_full { walked.hits.last().map(|(place, _)| place.clone()) } else { walked.gave_up.take() };
        let end = last.map(|last| End::at(last, &walked, after.as_ref()));
        take(walked.hits.into_iter().map(|(place, _)| place).collect());
        let Some(end) = end else { return Ok(false) };
        if bound.is_some_and(|bound| seen >= bound) || started.elapsed() >= patience {
            return Ok(true);
        }
        after = Some(end);
    }
}

/// The newest studies of patients, as many of each as `most`.
///
/// # Errors
/// When the database fails.
pub async fn newest_studies(
    db: &impl Reads,
    patients: &[i64],
    most: u64,
) -> Result<HashMap<i64, Vec<FullStudy>>, DbErr> {
    let mut sql = Sql::new(db.get_database_backend());
    for patient in patients {
        sql.begin_branch().push("SELECT id, study_date FROM study WHERE patient_fk = ").bind(*patient);
        sql.push(" AND deleted_at IS NULL ORDER BY study_date DESC, id DESC LIMIT ");
        sql.bind(i64::try_from(most).unwrap_or(i64::MAX)).end_branch();
    }
    let ids: Vec<(i64,)> = if patients.is_empty() { Vec::new() } else { sql.rows(db, "id").await? };
    let ids: Vec<i64> = ids.into_iter().map(|(id,)| id).collect();
    let mut of_patients: HashMap<i64, Vec<FullStudy>> = HashMap::new();
    for study in studies::queries::find_all(db, &ids).await? {
        of_patients.entry(study.row.patient_fk).or_default().push(study);
    }
    for studies in of_patients.values_mut() {
        studies.sort_by_key(|study| std::cmp::Reverse((study.row.study_date, study.row.id)));
    }
    Ok(of_patients)
}

/// The rows of hits, in their order; those that are not there yet are read. One that has gone meanwhile is left out.
async fn rows(db: &impl Reads, hits: Vec<(Place, Option<Found>)>) -> Result<Vec<Hit>, DbErr> {
    let unread = || hits.iter().filter(|(_, found)| found.is_none()).map(|(place, _)| place);
    let patient_ids: Vec<i64> = unread().filter(|place| place.study_id == 0).map(|place| place.row_id).collect();
    let study_ids: Vec<i64> = unread().map(|place| place.study_id.abs()).filter(|id| *id > 0).collect();
    let mut patients = patients::queries::find_by_id(db, &patient_ids).await?;
    let mut studies = studies::queries::find_by_id(db, &study_ids).await?;
    let mut read = |place: &Place| {
        Some(if place.study_id == 0 {
            Found::Patient(Box::new(patients.remove(&place.row_id)?))
        } else {
            Found::Study(Box::new(studies.remove(&place.study_id.abs())?))
        })
    };
    let hit = |(place, found): (Place, Option<Found>)| {
        Some(Hit { score: place.score(), found: found.or_else(|| read(&place))? })
    };
    Ok(hits.into_iter().filter_map(hit).collect())
}
