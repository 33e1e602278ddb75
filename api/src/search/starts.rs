//! What studies are found by: the texts, and the patients, that have a needle.

use std::collections::HashMap;

use sea_orm::DbErr;

use super::branches::places;
use super::plan::{Needle, Plan};
use super::ranges::{Range, Reach, kinds, leading, select};
use super::rank::{Place, SECTIONS};
use super::sql::Sql;
use crate::db::Reads;

/// Needles that are looked for in one statement. SQLite takes 500 in one.
const MOST_BRANCHES: usize = 100;

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

/// What studies are found by in these sections, in one statement; nothing of a section of which a needle has as many as are looked
/// for, where there may be more.
pub async fn few_starts(
    db: &impl Reads,
    plan: &Plan<'_>,
    sections: impl Iterator<Item = usize>,
    most: usize,
) -> Result<HashMap<usize, Option<Vec<Place>>>, DbErr> {
    let of_section = |at: usize| leading(plan, SECTIONS[at].tier).into_iter().map(move |needle| (at, needle));
    let asked: Vec<(usize, Needle)> = sections.flat_map(of_section).collect();
    let few = (asked.len() <= MOST_BRANCHES).then(Vec::new);
    let mut found: HashMap<usize, Option<Vec<Place>>> = asked.iter().map(|(at, _)| (*at, few.clone())).collect();
    if few.is_none() || asked.is_empty() {
        return Ok(found);
    }
    let mut sql = Sql::new(db.get_database_backend());
    for (at, needle) in &asked {
        push_few(sql.begin_branch(), plan, *at, needle, most);
        sql.end_branch();
    }
    let mut places = places(sql, db).await?;
    places.sort();
    for (at, needle) in &asked {
        if places.iter().filter(|place| place.section == *at && needle.finds(&place.token)).count() >= most {
            found.insert(*at, None);
        }
    }
    for place in places {
        if let Some(Some(few)) = found.get_mut(&place.section) {
            few.push(place);
        }
    }
    Ok(found)
}

/// So many of the entries of a needle, of all its kinds and in no order: there are few of them, or they are not wanted.
fn push_few(sql: &mut Sql, plan: &Plan<'_>, section: usize, needle: &Needle, most: usize) {
    select(sql, section, "entry.kind")
        .push(" WHERE ")
        .kinds(kinds(section))
        .needle(needle, true, true)
        .is_first(&leading(plan, SECTIONS[section].tier));
    sql.push(" LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX));
}
