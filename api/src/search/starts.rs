//! What studies are found by: the texts, and the patients, that have a needle; and which of these patients are hits.

use std::collections::HashMap;

use sea_orm::DbErr;

use super::branches::{not_before, places};
use super::plan::{Needle, Plan};
use super::ranges::{Range, Reach, entry_of, kinds, leading};
use super::rank::{Place, SECTIONS, section_of_patients};
use super::sql::{PATIENT_BY_ENTRY, Sql};
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

/// Places by their section; nothing of a section where there may be more.
pub type Starts = HashMap<usize, Option<Vec<Place>>>;

/// What studies are found by in these sections, in one statement; nothing of a section of which a needle has as many as are looked
/// for. With the patients that studies are found by come, as hits of their own sections, those whom the other words match as well.
pub async fn few_starts(
    db: &impl Reads,
    plan: &Plan<'_>,
    sections: impl Iterator<Item = usize>,
    with_patients: bool,
    most: usize,
) -> Result<Starts, DbErr> {
    let of_section = |at: usize| leading(plan, SECTIONS[at].tier).into_iter().map(move |needle| (at, needle));
    let asked: Vec<(usize, Needle)> = sections.flat_map(of_section).collect();
    let patients = |at: usize| section_of_patients(at).filter(|_| with_patients);
    let read = |at: usize| [Some(at), patients(at)].into_iter().flatten();
    let few = (asked.len() <= MOST_BRANCHES).then(Vec::new);
    let mut found: Starts = asked.iter().flat_map(|(at, _)| read(*at)).map(|at| (at, few.clone())).collect();
    if few.is_none() || asked.is_empty() {
        return Ok(found);
    }
    let mut sql = Sql::new(db.get_database_backend());
    for (at, needle) in &asked {
        push_few(sql.begin_branch(), plan, *at, patients(*at), needle, most);
        sql.end_branch();
    }
    let of_studies: HashMap<usize, usize> = asked.iter().filter_map(|(at, _)| Some((patients(*at)?, *at))).collect();
    let places = places(sql, db).await?;
    let starts =
        places.iter().filter_map(|place| Some(Place { section: *of_studies.get(&place.section)?, ..place.clone() }));
    for place in starts.collect::<Vec<_>>().into_iter().chain(places) {
        if let Some(Some(few)) = found.get_mut(&place.section) {
            few.push(place);
        }
    }
    found.values_mut().flatten().for_each(|few| few.sort());
    for (at, needle) in &asked {
        let has = |few: &Vec<Place>| few.iter().filter(|place| needle.finds(&place.token)).count();
        if found.get(at).and_then(Option::as_ref).is_some_and(|few| has(few) >= most) {
            found.extend(read(*at).map(|at| (at, None)));
        }
    }
    Ok(found)
}

/// So many of the entries of a needle, of all its kinds and in no order: there are few of them, or they are not wanted. An entry of
/// a patient whom the other words match as well has the section of patients.
fn push_few(sql: &mut Sql, plan: &Plan<'_>, section: usize, patients: Option<usize>, needle: &Needle, most: usize) {
    if let Some(patients) = patients {
        not_before(sql.push("SELECT CASE WHEN 1 = 1"), plan, patients, PATIENT_BY_ENTRY);
        sql.push(&format!(" THEN {patients} ELSE {section} END"));
    } else {
        sql.push(&format!("SELECT {section}"));
    }
    entry_of(sql, "entry.kind")
        .push(" WHERE ")
        .kinds(kinds(section))
        .needle(needle, true, true)
        .is_first(&leading(plan, SECTIONS[section].tier));
    sql.push(" LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX));
}
