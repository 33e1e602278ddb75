//! What is looked at before ranges are read.

use entity::search_token::TEXTS;
use sea_orm::DbErr;

use super::branches::places;
use super::index::PATIENT_KINDS;
use super::lengths::{Lengths, Piece};
use super::numbers::{Numbers, counted};
use super::plan::{Needle, Plan};
use super::postings::of_text;
use super::ranges::{Range, Reach};
use super::rank::{Identifier, Place, Tier};
use super::rarity::{LONG, POSTING, Uncounted};
use super::sql::Sql;
use crate::db::Reads;
use crate::values::DateRange;

/// Entries of the first piece of a long range.
pub const FIRST_PIECE: u64 = 1_000;
/// The identifiers, and the tables whose rows have them.
const IDENTIFIERS: [(Identifier, &str); 4] = [
    (Identifier::PatientId, "patient"),
    (Identifier::AccessionNumber, "study"),
    (Identifier::StudyInstanceUid, "study"),
    (Identifier::StudyId, "study"),
];

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

/// What the postings of each text cost, in entries, as far as that matters.
pub async fn costs_of_postings(db: &impl Reads, lengths: &Lengths, texts: &[Place]) -> Result<Vec<u64>, DbErr> {
    let ids = texts.iter().map(|text| text.row_id).collect();
    let known = counted(
        db,
        &lengths.texts,
        ids,
        |_| LONG / POSTING,
        |sql, id| {
            sql.push("search_posting WHERE text_id = ").bind(*id);
        },
    );
    let known = known.await?;
    Ok(texts.iter().map(|text| known.get(&text.row_id).copied().unwrap_or(0) * POSTING).collect())
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

/// Leaves out of a plan what nobody has: joined words that begin no word of the index, and identifiers if no term is one. Most
/// joined words are none, and to compare every row with them costs as much as to compare it with the words. In the same statement
/// the words are counted that [`rarities`](super::rarity::rarities) will ask for and nobody has counted of late.
pub async fn leave_out_what_nobody_has(
    db: &impl Reads,
    plan: &mut Plan<'_>,
    lengths: &Lengths,
    tier: Tier,
) -> Result<(), DbErr> {
    if plan.is_trimmed {
        return Ok(());
    }
    let joined = plan.joined();
    let of_registry = [&PATIENT_KINDS[..], &TEXTS].concat();
    let mut numbers = Numbers::new(db.get_database_backend());
    for run in &joined {
        numbers.ask(|sql| push_has_word(sql, &of_registry, &Needle::prefix(run)));
    }
    numbers.ask(|sql| push_has_identifier(sql, plan));
    let uncounted = Uncounted::of(plan, lengths, tier, |needle| !joined.contains(&needle.text));
    uncounted.ask(&mut numbers);
    let mut numbers = numbers.read(db).await?.into_iter();
    let absent = joined.into_iter().zip(numbers.by_ref()).filter(|(_, has)| *has == 0);
    plan.leave_out_joined(&absent.map(|(run, _)| run).collect());
    plan.may_identify = numbers.next().is_none_or(|has| has > 0);
    uncounted.keep(lengths, numbers);
    plan.is_trimmed = true;
    Ok(())
}

/// Days that a row must have.
#[derive(Default)]
pub struct Dates {
    /// Days on which patients were born.
    pub of_patients: Vec<DateRange>,
    /// Days of studies.
    pub of_studies: Vec<DateRange>,
}

/// The dates of a query whose terms can match nothing but a day: nobody has such an identifier, nor one of its words. Where there is
/// nothing else rows come in the order of days, and many of a day are no burden.
pub async fn nothing_but_dates(db: &impl Reads, plan: &Plan<'_>, upto: Tier) -> Result<Dates, DbErr> {
    let words: Vec<usize> = (0..plan.words.len()).filter(|word| plan.term(*word).date.is_some()).collect();
    let mut dates = Dates::default();
    if plan.may_identify || plan.is_date() || words.is_empty() {
        return Ok(dates);
    }
    let mut numbers = Numbers::new(db.get_database_backend());
    for word in &words {
        for kinds in [&PATIENT_KINDS[..], &TEXTS] {
            numbers.ask(|sql| push_has_needle(sql.push("(0"), kinds, &plan.needles(*word, upto)));
        }
    }
    let numbers = numbers.read(db).await?;
    for (word, has) in words.iter().zip(numbers.chunks(2)) {
        let Some(range) = plan.term(*word).date.filter(|_| has[0] == 0) else { continue };
        dates.of_patients.push(range);
        dates.of_studies.extend(Some(range).filter(|_| has[1] == 0));
    }
    Ok(dates)
}

fn push_has_needle(sql: &mut Sql, kinds: &[i16], needles: &[Needle]) {
    for needle in needles {
        push_has_word(sql.push(" OR "), kinds, needle);
    }
    sql.push(")");
}

/// Whether there is a word of these kinds that a needle finds.
fn push_has_word(sql: &mut Sql, kinds: &[i16], needle: &Needle) {
    sql.push("EXISTS (SELECT 1 FROM search_token entry WHERE ").kinds(kinds).needle(needle, true, true).push(")");
}

/// Whether a row has a term as an identifier, in the registry or in the bin.
fn push_has_identifier(sql: &mut Sql, plan: &Plan<'_>) {
    sql.push("(0");
    for (identifier, table) in IDENTIFIERS {
        let terms = plan.query.terms.iter().map(|term| term.raw.as_str());
        let terms: Vec<&str> = terms.filter(|term| identifier.can_be(term)).collect();
        if !terms.is_empty() {
            sql.push(" OR EXISTS (SELECT 1 FROM ").push(table).push(" WHERE ").push(identifier.name());
            sql.push(" IN ").bind_list(&terms).push(")");
        }
    }
    sql.push(")");
}
