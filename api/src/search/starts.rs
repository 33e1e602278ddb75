//! What studies are found by: the texts, and the patients, that have a needle.

use std::collections::HashMap;

use entity::search_token::TEXTS;
use sea_orm::DbErr;

use super::branches::{Reach, bound, in_order, is_in, is_past, leading, places};
use super::index::PATIENT_KINDS;
use super::plan::{Needle, Plan};
use super::rank::{Place, SECTIONS, Source};
use super::sql::Sql;
use crate::db::Reads;

/// Ranges that are read in one statement. SQLite takes 500 in one.
const MOST_RANGES: usize = 100;

/// What studies are found by in a section: the texts, or the patients, that have a needle, from the one where the page starts.
pub async fn starts(
    db: &impl Reads,
    plan: &Plan<'_>,
    section: usize,
    kind: i16,
    needle: &Needle,
    reach: Reach<'_>,
) -> Result<Vec<Place>, DbErr> {
    if is_past(section, kind, needle, reach.after) {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(db.get_database_backend());
    push_starts(&mut sql, plan, section, kind, needle, reach);
    places(sql, db).await
}

fn push_starts(sql: &mut Sql, plan: &Plan<'_>, section: usize, kind: i16, needle: &Needle, reach: Reach<'_>) {
    sql.push(&format!("SELECT {section} AS section, {kind} AS kind, entry.token AS token, entry.field AS field, "));
    sql.push(
        "entry.sort_key AS sort_key, entry.row_id AS row_id, 0 AS newest, 0 AS study_id FROM search_token entry WHERE ",
    );
    sql.entries(kind, needle).is_first(&leading(plan, SECTIONS[section].tier));
    if let Some(place) = reach.after.filter(|place| is_in(place, section, kind, needle)) {
        // The patient of the last hit may have more.
        bound(sql, place, needle, ">", if place.study_id == i64::MAX { ">" } else { ">=" });
    }
    in_order(sql, needle);
    sql.push(" LIMIT ").bind(reach.limit());
}

/// The kinds of what studies are found by in a section.
pub fn kinds_of(section: usize) -> &'static [i16] {
    if SECTIONS[section].source == Source::Study { &TEXTS } else { &PATIENT_KINDS }
}

/// What studies are found by in these sections, in one statement; nothing of a section that has as many in one range as are looked
/// for, where there may be more.
pub async fn few_starts(
    db: &impl Reads,
    plan: &Plan<'_>,
    sections: impl Iterator<Item = usize>,
    most: usize,
) -> Result<HashMap<usize, Option<Vec<Place>>>, DbErr> {
    let mut ranges: Vec<(usize, i16, Needle)> = Vec::new();
    for section in sections {
        let needles = leading(plan, SECTIONS[section].tier);
        let kinds = kinds_of(section).iter();
        ranges.extend(kinds.flat_map(|kind| needles.iter().map(|needle| (section, *kind, needle.clone()))));
    }
    let few = (ranges.len() <= MOST_RANGES).then(Vec::new);
    let mut found: HashMap<usize, Option<Vec<Place>>> =
        ranges.iter().map(|(section, ..)| (*section, few.clone())).collect();
    if few.is_none() || ranges.is_empty() {
        return Ok(found);
    }
    let mut sql = Sql::new(db.get_database_backend());
    for (section, kind, needle) in &ranges {
        sql.begin_branch();
        push_starts(&mut sql, plan, *section, *kind, needle, Reach { after: None, until: None, limit: most });
        sql.end_branch();
    }
    let mut places = places(sql, db).await?;
    places.sort();
    for (section, kind, needle) in &ranges {
        if places.iter().filter(|place| is_in(place, *section, *kind, needle)).count() >= most {
            found.insert(*section, None);
        }
    }
    for place in places {
        if let Some(Some(few)) = found.get_mut(&place.section) {
            few.push(place);
        }
    }
    Ok(found)
}
