//! How long ranges are, looked at before they are read.

use std::collections::{BTreeSet, HashMap};

use entity::search_token::{FAMILY, GIVEN, TEXTS};
use sea_orm::DbErr;

use super::branches::{Reach, between, in_order, is_in, is_past, leading, places};
use super::index::PATIENT_KINDS;
use super::lengths::Lengths;
use super::plan::{Needle, Plan};
use super::postings::of_text;
use super::rank::{Place, SECTIONS, Source, Tier};
use super::sql::Sql;
use crate::db::Reads;

/// The entry `look` entries behind a place, if the range goes on behind it.
pub async fn boundary(
    db: &impl Reads,
    section: usize,
    kind: i16,
    needle: &Needle,
    after: Option<&Place>,
    look: u64,
) -> Result<Option<Place>, DbErr> {
    let mut sql = Sql::new(db.get_database_backend());
    push_boundary(&mut sql, section, kind, needle, after, look);
    Ok(places(sql, db).await?.pop())
}

/// Where the first piece of each range of these sections of patients ends, `look` entries behind its start or behind a place;
/// nothing of those that do not go on behind it.
pub async fn pieces(
    db: &impl Reads,
    plan: &Plan<'_>,
    lengths: &Lengths,
    sections: &[usize],
    after: Option<&Place>,
    look: u64,
) -> Result<Vec<Place>, DbErr> {
    let (mut pieces, mut unknown) = (Vec::new(), Vec::new());
    let mut sql = Sql::new(db.get_database_backend());
    for section in sections.iter().copied().filter(|at| SECTIONS[*at].source == Source::Patient) {
        for kind in PATIENT_KINDS {
            let needles = leading(plan, SECTIONS[section].tier);
            for needle in needles.into_iter().filter(|needle| !is_past(section, kind, needle, after)) {
                let key = (kind, needle);
                if let Some(piece) = lengths.pieces.fresh(&key).filter(|_| after.is_none()) {
                    pieces.extend(piece.map(|piece| Place { section, ..piece }));
                    continue;
                }
                sql.begin_branch();
                push_boundary(&mut sql, section, kind, &key.1, after, look);
                sql.end_branch();
                unknown.push((section, key));
            }
        }
    }
    let found = if sql.is_empty() { Vec::new() } else { places(sql, db).await? };
    for (section, (kind, needle)) in unknown.into_iter().filter(|_| after.is_none()) {
        let piece = found.iter().find(|place| is_in(place, section, kind, &needle)).cloned();
        lengths.pieces.keep((kind, needle), piece);
    }
    pieces.extend(found);
    Ok(pieces)
}

fn push_boundary(sql: &mut Sql, section: usize, kind: i16, needle: &Needle, after: Option<&Place>, look: u64) {
    sql.push(&format!("SELECT {section} AS section, {kind} AS kind, entry.token AS token, entry.field AS field, "));
    sql.push(
        "entry.sort_key AS sort_key, entry.row_id AS row_id, 0 AS newest, 0 AS study_id FROM search_token entry WHERE ",
    );
    sql.entries(kind, needle);
    between(sql, section, kind, needle, Reach { after, until: None, limit: 1 });
    in_order(sql, needle);
    sql.push(" LIMIT 1 OFFSET ").bind(i64::try_from(look).unwrap_or(i64::MAX));
}

/// How many postings each text has, counted as far as `bound`.
pub async fn numbers_of_postings(
    db: &impl Reads,
    lengths: &Lengths,
    texts: &[Place],
    bound: u64,
) -> Result<Vec<u64>, DbErr> {
    let mut known: HashMap<i64, u64> =
        texts.iter().filter_map(|text| Some((text.row_id, lengths.texts.fresh(&text.row_id)?))).collect();
    let unknown: Vec<i64> = texts.iter().map(|text| text.row_id).filter(|id| !known.contains_key(id)).collect();
    if !unknown.is_empty() {
        let mut sql = Sql::new(db.get_database_backend());
        for (index, id) in unknown.iter().enumerate() {
            sql.push(if index > 0 { ", " } else { "SELECT " });
            sql.push("(SELECT COUNT(*) FROM (SELECT 1 FROM search_posting WHERE text_id = ").bind(*id);
            sql.push(" LIMIT ").bind(i64::try_from(bound).unwrap_or(i64::MAX)).push(") counted)");
        }
        let counted = sql.numbers(db, unknown.len()).await?;
        for (id, number) in unknown.into_iter().zip(counted) {
            lengths.texts.keep(id, number);
            known.insert(id, number);
        }
    }
    Ok(texts.iter().map(|text| known.get(&text.row_id).copied().unwrap_or(0)).collect())
}

/// The posting `look` postings behind a place, if the text goes on behind it.
pub async fn posting_boundary(
    db: &impl Reads,
    text: &Place,
    after: Option<&Place>,
    look: u64,
) -> Result<Option<Place>, DbErr> {
    let mut sql = Sql::new(db.get_database_backend());
    sql.push("SELECT posting.newest AS newest, posting.study_id AS study_id FROM search_posting posting WHERE ");
    of_text(&mut sql, text, Reach { after, until: None, limit: 1 });
    sql.push(" ORDER BY posting.newest, posting.study_id LIMIT 1 OFFSET ")
        .bind(i64::try_from(look).unwrap_or(i64::MAX));
    let rows: Vec<(i32, i64)> = sql.rows(db, "newest, study_id").await?;
    Ok(rows.into_iter().next().map(|(newest, study_id)| Place { newest, study_id, ..text.clone() }))
}

/// Counts, as far as `bound`, what there is to walk for each word: its patients, and the studies of its texts.
pub async fn rarities(
    db: &impl Reads,
    plan: &Plan<'_>,
    lengths: &Lengths,
    tier: Tier,
    bound: u64,
) -> Result<Vec<u64>, DbErr> {
    let needles: Vec<Vec<Needle>> = (0..plan.words.len()).map(|word| plan.needles(word, tier)).collect();
    let key = |needle: &Needle| (needle.clone(), plan.query.studies);
    let mut known: HashMap<&Needle, u64> =
        needles.iter().flatten().filter_map(|needle| Some((needle, lengths.rarities.fresh(&key(needle))?))).collect();
    let unknown: BTreeSet<&Needle> = needles.iter().flatten().filter(|needle| !known.contains_key(needle)).collect();
    if !unknown.is_empty() {
        let mut sql = Sql::new(db.get_database_backend());
        for (index, needle) in unknown.iter().enumerate() {
            push_length(sql.push(if index > 0 { ", " } else { "SELECT " }), needle, plan.query.studies, bound);
        }
        let counted = sql.numbers(db, unknown.len()).await?;
        for (needle, number) in unknown.into_iter().zip(counted) {
            lengths.rarities.keep(key(needle), number);
            known.insert(needle, number);
        }
    }
    Ok(needles.iter().map(|needles| needles.iter().filter_map(|needle| known.get(needle)).sum()).collect())
}

fn push_length(sql: &mut Sql, needle: &Needle, with_studies: bool, bound: u64) {
    let bound = i64::try_from(bound).unwrap_or(i64::MAX);
    sql.push("0");
    for kind in [FAMILY, GIVEN] {
        sql.push(" + (SELECT COUNT(*) FROM (SELECT 1 FROM search_token entry WHERE ").entries(kind, needle);
        sql.push(" LIMIT ").bind(bound).push(") counted)");
    }
    for kind in TEXTS.into_iter().filter(|_| with_studies) {
        sql.push(" + (SELECT COUNT(*) FROM (SELECT 1 FROM search_token entry");
        sql.join("search_posting posting").push(" ON posting.text_id = entry.row_id WHERE ");
        sql.entries(kind, needle).push(" LIMIT ").bind(bound).push(") counted)");
    }
}
