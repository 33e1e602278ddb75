//! Studies by their own words: the postings of texts.

use std::iter;

use entity::search_token::TEXTS;
use sea_orm::DbErr;

use super::branches::{STUDY_AND_PATIENT, not_before, of_every_study, upto};
use super::found::{Found, found};
use super::index::mark;
use super::plan::Plan;
use super::ranges::{Reach, leading};
use super::rank::{Place, SECTIONS};
use super::sql::{STUDY, Side, Sql};
use crate::db::Reads;

/// The columns of a posting, and the number of its text among those asked for.
const POSTING: &str = "text, newest, study_id";

/// The id of no text: as good as no digest is this one.
const NO_TEXT: i64 = i64::MIN;

/// Studies by the postings of texts.
pub async fn postings(
    db: &impl Reads,
    plan: &Plan<'_>,
    section: usize,
    texts: &[Place],
    reach: Reach<'_>,
    reads_rows: bool,
) -> Result<Vec<(Place, Option<Found>)>, DbErr> {
    let mut sql = Sql::new(db.get_database_backend());
    let Some(nothing) = texts.last().map(|last| Place { row_id: NO_TEXT, ..last.clone() }) else {
        return Ok(Vec::new());
    };
    // A few lengths of the list: a few statements. Behind the last text come some that nothing has.
    let padded = texts.iter().chain(iter::repeat(&nothing)).take(texts.len().next_power_of_two());
    for (index, text) in padded.enumerate() {
        sql.begin_branch().push(&format!("SELECT {index} AS text, posting.newest AS newest, "));
        sql.push("posting.study_id AS study_id, 0 AS row_id FROM search_posting posting");
        sql.join("study").push(" ON study.id = posting.study_id").join("patient");
        let may_match = |sql: &mut Sql| {
            sql.others_may_match(plan, upto(plan, section), "posting", |word| word == plan.lead);
        };
        of_text(sql.push(STUDY_AND_PATIENT), text, reach, may_match);
        of_every_study(&mut sql, plan);
        is_first_of_study(&mut sql, plan, section, text.kind);
        not_before(&mut sql, plan, section, STUDY);
        sql.push(" ORDER BY posting.newest, posting.study_id LIMIT ").bind(reach.limit()).end_branch();
    }
    // The texts behind those that fill the page are not looked at: branches are read one after another.
    sql.push(" LIMIT ").bind(reach.limit());
    let mut hits: Vec<(Place, Option<Found>)> = Vec::new();
    for ((text, newest, study_id), found) in found::<(i64, i32, i64)>(sql, db, POSTING, reads_rows).await? {
        let Some(text) = usize::try_from(text).ok().and_then(|index| texts.get(index)) else { continue };
        hits.push((Place { newest, study_id, ..text.clone() }, found));
    }
    hits.sort_by(|(one, _), (other, _)| one.cmp(other));
    hits.truncate(reach.limit);
    Ok(hits)
}

/// The postings of a text that meet conditions which are cheaper to see than whether they are in reach, as far as they are; `first`
/// writes these.
pub fn of_text(sql: &mut Sql, text: &Place, reach: Reach<'_>, first: impl FnOnce(&mut Sql)) {
    first(sql.push("posting.text_id = ").bind(text.row_id));
    for (place, side) in [(reach.after, Side::Behind), (reach.until, Side::UpTo)] {
        if let Some(place) = place.filter(|place| is_text(place, text)) {
            let columns = [("posting.newest", place.newest.into()), ("posting.study_id", place.study_id.into())];
            sql.on_side(&columns, side);
        }
    }
}

fn is_text(place: &Place, text: &Place) -> bool {
    (place.section, place.kind, &place.token, place.row_id) == (text.section, text.kind, &text.token, text.row_id)
}

/// No field of the study before this one has a leading needle; within the field, the text itself says which word is its first.
fn is_first_of_study(sql: &mut Sql, plan: &Plan<'_>, section: usize, kind: i16) {
    if kind == TEXTS[0] {
        return;
    }
    for needle in leading(plan, SECTIONS[section].tier) {
        sql.push(" AND (").instr("study.search_words", needle.pattern()).push(" = 0 OR ");
        sql.instr("study.search_words", needle.pattern()).push(" > ");
        sql.instr("study.search_words", mark(kind)).push(")");
    }
}
