//! What studies are found by: the texts, and the patients, that have a needle.

use std::collections::HashMap;

use sea_orm::DbErr;

use super::branches::places;
use super::plan::Plan;
use super::ranges::{Range, Reach, leading};
use super::rank::{Place, SECTIONS};
use super::sql::Sql;
use crate::db::Reads;

/// Ranges that are read in one statement. SQLite takes 500 in one.
const MOST_RANGES: usize = 100;

/// What studies are found by in a range: the texts, or the patients, that have its needle, from the one where the page starts.
pub async fn starts(db: &impl Reads, plan: &Plan<'_>, range: &Range, reach: Reach<'_>) -> Result<Vec<Place>, DbErr> {
    if range.is_past(reach.after) {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(db.get_database_backend());
    push_starts(&mut sql, plan, range, reach);
    places(sql, db).await
}

fn push_starts(sql: &mut Sql, plan: &Plan<'_>, range: &Range, reach: Reach<'_>) {
    range.entries(range.select(sql).push(" WHERE "), reach);
    sql.is_first(&leading(plan, SECTIONS[range.section].tier));
    range.in_order(sql).push(" LIMIT ").bind(reach.limit());
}

/// What studies are found by in these sections, in one statement; nothing of a section that has as many in one range as are looked
/// for, where there may be more.
pub async fn few_starts(
    db: &impl Reads,
    plan: &Plan<'_>,
    sections: impl Iterator<Item = usize>,
    most: usize,
) -> Result<HashMap<usize, Option<Vec<Place>>>, DbErr> {
    let ranges: Vec<Range> = sections.flat_map(|section| Range::of_section(plan, section)).collect();
    let few = (ranges.len() <= MOST_RANGES).then(Vec::new);
    let mut found: HashMap<usize, Option<Vec<Place>>> =
        ranges.iter().map(|range| (range.section, few.clone())).collect();
    if few.is_none() || ranges.is_empty() {
        return Ok(found);
    }
    let mut sql = Sql::new(db.get_database_backend());
    for range in &ranges {
        push_starts(sql.begin_branch(), plan, range, Reach { after: None, until: None, limit: most });
        sql.end_branch();
    }
    let mut places = places(sql, db).await?;
    places.sort();
    for range in &ranges {
        if places.iter().filter(|place| range.has(place)).count() >= most {
            found.insert(range.section, None);
        }
    }
    for place in places {
        if let Some(Some(few)) = found.get_mut(&place.section) {
            few.push(place);
        }
    }
    Ok(found)
}
