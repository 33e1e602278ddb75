//! How long ranges are, looked at before they are read.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use entity::search_token::{FAMILY, GIVEN, TEXTS};
use sea_orm::DbErr;

use super::branches::places;
use super::lengths::{Lengths, Piece};
use super::plan::{Needle, Plan};
use super::postings::of_text;
use super::ranges::{Range, Reach};
use super::rank::{Place, Tier};
use super::sql::Sql;
use crate::db::Reads;
use crate::recent::Recent;

/// As many entries of a word are a long range: it is read piece by piece when other words or filters may refuse most of it.
pub const FIRST_PIECE: u64 = 1_000;
/// Nothing is counted further.
const COUNTED: i64 = FIRST_PIECE.cast_signed();

/// Where to stop in these ranges, which are read together: at the end of the next piece of the first one that is long. A piece of
/// the first range may begin behind a place and has `look` entries; those that begin a range have [`FIRST_PIECE`].
pub async fn gap(
    db: &impl Reads,
    lengths: &Lengths,
    ranges: &[Range],
    after: Option<&Place>,
    look: u64,
) -> Result<Option<Place>, DbErr> {
    let (mut unknown, mut known) = (Vec::new(), None);
    for range in ranges {
        let after = after.filter(|place| range.has(place)).cloned();
        let look = if after.is_some() { look } else { FIRST_PIECE };
        let piece = Piece { range: range.clone(), after, look };
        match lengths.pieces.fresh(&piece) {
            Some(None) => {}
            Some(end) => {
                known = end;
                break;
            }
            None => unknown.push(piece),
        }
    }
    if unknown.is_empty() {
        return Ok(known);
    }
    let mut sql = Sql::new(db.get_database_backend());
    for Piece { range, after, look } in &unknown {
        range.entries(
            range.select(sql.begin_branch()).push(" WHERE "),
            Reach { after: after.as_ref(), until: None, limit: 1 },
        );
        range.in_order(&mut sql).push(" LIMIT 1 OFFSET ").bind(i64::try_from(*look).unwrap_or(i64::MAX)).end_branch();
    }
    let ends = places(sql, db).await?;
    for piece in unknown {
        let end = ends.iter().find(|place| piece.range.has(place)).cloned();
        lengths.pieces.keep(piece, end);
    }
    Ok(ends.into_iter().chain(known).min())
}

/// How many postings each text has, as far as that matters.
pub async fn numbers_of_postings(db: &impl Reads, lengths: &Lengths, texts: &[Place]) -> Result<Vec<u64>, DbErr> {
    let ids = texts.iter().map(|text| text.row_id).collect();
    let known = counted(db, &lengths.texts, ids, |sql, id| {
        sql.push("(SELECT COUNT(*) FROM (SELECT 1 FROM search_posting WHERE text_id = ").bind(*id);
        sql.push(" LIMIT ").bind(COUNTED).push(") counted)");
    })
    .await?;
    Ok(texts.iter().map(|text| known.get(&text.row_id).copied().unwrap_or(0)).collect())
}

/// A number for each of these keys: what is remembered, the others counted in one statement, in which `count` writes each.
async fn counted<K: Clone + Ord + Hash>(
    db: &impl Reads,
    recent: &Recent<K, u64>,
    keys: BTreeSet<K>,
    count: impl Fn(&mut Sql, &K),
) -> Result<HashMap<K, u64>, DbErr> {
    let (mut known, mut unknown) = (HashMap::new(), Vec::new());
    for key in keys {
        match recent.fresh(&key) {
            Some(number) => drop(known.insert(key, number)),
            None => unknown.push(key),
        }
    }
    if unknown.is_empty() {
        return Ok(known);
    }
    let mut sql = Sql::new(db.get_database_backend());
    let names: Vec<String> = (0..unknown.len()).map(|index| format!("n{index}")).collect();
    for (key, name) in unknown.iter().zip(&names) {
        sql.push(if sql.is_empty() { "SELECT " } else { ", " });
        count(&mut sql, key);
        sql.push(" AS ").push(name);
    }
    for (key, number) in unknown.into_iter().zip(sql.numbers(db, &names).await?) {
        recent.keep(key.clone(), number);
        known.insert(key, number);
    }
    Ok(known)
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
    of_text(&mut sql, text, Reach { after, until: None, limit: 1 }, |_| ());
    sql.push(" ORDER BY posting.newest, posting.study_id LIMIT 1 OFFSET ")
        .bind(i64::try_from(look).unwrap_or(i64::MAX));
    let rows: Vec<(i32, i64)> = sql.rows(db, "newest, study_id").await?;
    Ok(rows.into_iter().next().map(|(newest, study_id)| Place { newest, study_id, ..text.clone() }))
}

/// Counts, as far as it matters, what there is to walk for each word: its patients, and the studies of its texts.
pub async fn rarities(db: &impl Reads, plan: &Plan<'_>, lengths: &Lengths, tier: Tier) -> Result<Vec<u64>, DbErr> {
    let needles: Vec<Vec<Needle>> = (0..plan.words.len()).map(|word| plan.needles(word, tier)).collect();
    let key = |needle: &Needle| (needle.clone(), plan.query.studies);
    let keys = needles.iter().flatten().map(key).collect();
    let known = counted(db, &lengths.rarities, keys, |sql, (needle, with_studies)| {
        push_length(sql, needle, *with_studies);
    })
    .await?;
    Ok(needles.iter().map(|needles| needles.iter().filter_map(|needle| known.get(&key(needle))).sum()).collect())
}

fn push_length(sql: &mut Sql, needle: &Needle, with_studies: bool) {
    sql.push("0");
    for kind in [FAMILY, GIVEN] {
        sql.push(" + (SELECT COUNT(*) FROM (SELECT 1 FROM search_token entry WHERE ").entries(kind, needle);
        sql.push(" LIMIT ").bind(COUNTED).push(") counted)");
    }
    for kind in TEXTS.into_iter().filter(|_| with_studies) {
        sql.push(" + (SELECT COUNT(*) FROM (SELECT 1 FROM search_token entry");
        sql.join("search_posting posting").push(" ON posting.text_id = entry.row_id WHERE ");
        sql.entries(kind, needle).push(" LIMIT ").bind(COUNTED).push(") counted)");
    }
}
