//! The search in the database.

use entity::patient;
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};

use super::plan::Plan;
use super::query::SearchQuery;
use super::rank::{ENOUGH, Place};
use super::walk::{Start, Walk};
use crate::patients;
use crate::studies::{self, queries::FullStudy};

/// Where a page ends: the place of its last hit, and what the next page must know beside it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct End {
    place: Place,
    /// The word that led the tier of the place.
    lead: usize,
    /// How many hits there have been, as far as it matters.
    found: usize,
}

/// What was found.
#[derive(Clone, Debug)]
pub enum Found {
    /// A patient and the number of its live studies.
    Patient(Box<patient::Model>, i64),
    Study(Box<FullStudy>),
}

/// A hit and its worth.
pub struct Hit {
    pub score: u32,
    pub found: Found,
}

/// One page of hits.
pub struct Hits<'q> {
    pub hits: Vec<Hit>,
    /// Where the next page begins, if there is one.
    pub end: Option<End>,
    /// What was compared with what.
    pub plan: Plan<'q>,
}

/// At most `limit` hits after the end of a page, in the order of relevance. A page may have fewer hits and yet a next one, when
/// finding more would have taken too long.
///
/// # Errors
/// When the database fails.
pub async fn hits<'q>(
    db: &impl ConnectionTrait,
    query: &'q SearchQuery,
    after: Option<End>,
    limit: usize,
) -> Result<Hits<'q>, DbErr> {
    let mut plan = Plan::new(query);
    let found_before = after.as_ref().map_or(0, |end| end.found);
    let start = match after {
        Some(End { place, lead, found }) => {
            plan.lead_by(lead.min(plan.words.len().saturating_sub(1)));
            Start { after: Some(place), found }
        }
        None => Start::default(),
    };
    // One more than the page holds tells whether there is a next one.
    let walked = Walk::new(db, &mut plan, start, limit + 1).run().await?;
    let mut places = walked.places;
    let has_more = places.len() > limit;
    places.truncate(limit);
    let last = if has_more { places.last().cloned() } else { walked.gave_up };
    let end = last.map(|place| End { place, lead: walked.lead, found: (found_before + places.len()).min(ENOUGH) });
    let hits = rows(db, &places).await?;
    Ok(Hits { hits, end, plan })
}

/// The number of hits, counted as far as `bound`; the second part says that there may be more.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &impl ConnectionTrait, query: &SearchQuery, bound: Option<usize>) -> Result<(u64, bool), DbErr> {
    let mut plan = Plan::new(query);
    let walked = Walk::new(db, &mut plan, Start::default(), bound.unwrap_or(usize::MAX >> 1)).run().await?;
    let is_cut = walked.gave_up.is_some() || bound.is_some_and(|bound| walked.places.len() >= bound);
    Ok((walked.places.len() as u64, is_cut))
}

/// The rows of places, in their order. One that has gone meanwhile is left out.
async fn rows(db: &impl ConnectionTrait, places: &[Place]) -> Result<Vec<Hit>, DbErr> {
    let patient_ids: Vec<i64> = places.iter().filter(|place| place.study_id == 0).map(|place| place.row_id).collect();
    let study_ids: Vec<i64> = places.iter().map(|place| place.study_id.abs()).filter(|id| *id > 0).collect();
    let mut patients = patients::queries::find_counted(db, &patient_ids).await?;
    let mut studies = studies::queries::find_by_id(db, &study_ids).await?;
    let hit = |place: &Place| {
        let found = if place.study_id == 0 {
            let (row, number) = patients.remove(&place.row_id)?;
            Found::Patient(Box::new(row), number)
        } else {
            Found::Study(Box::new(studies.remove(&place.study_id.abs())?))
        };
        Some(Hit { score: place.score(), found })
    };
    Ok(places.iter().filter_map(hit).collect())
}
