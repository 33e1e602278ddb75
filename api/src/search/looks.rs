//! How long ranges are, looked at before they are read.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::iter;

use entity::search_token::TEXTS;
use sea_orm::{DatabaseBackend, DbErr};

use super::branches::places;
use super::index::PATIENT_KINDS;
use super::lengths::{Lengths, Part, Piece};
use super::plan::{Needle, Plan};
use super::postings::of_text;
use super::ranges::{Range, Reach};
use super::rank::{Identifier, Place, Tier};
use super::sql::Sql;
use crate::db::Reads;
use crate::recent::Recent;
use crate::values::DateRange;

/// As many entries to walk are long: they are read piece by piece when other words or filters may refuse most of them. No
/// length is counted further for a page.
pub const LONG: u64 = 5_000;
/// As many entries, or postings, of a word are counted where all that have it are gathered.
pub const FAR: u64 = 150_000;
/// Entries of the first piece of a long range.
pub const FIRST_PIECE: u64 = 1_000;
/// What a posting costs, whose study and patient are read, in entries; and a patient's row.
pub const POSTING: u64 = 10;
pub const PATIENT: u64 = 8;

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
    let known = counted(db, &lengths.texts, ids, |sql, id| {
        begin_count(sql, POSTING).push("search_posting WHERE text_id = ").bind(*id);
        end_count(sql, POSTING, LONG);
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
    let mut numbers = Numbers::new(db.get_database_backend());
    for key in &unknown {
        numbers.ask(|sql| count(sql, key));
    }
    for (key, number) in unknown.into_iter().zip(numbers.read(db).await?) {
        recent.keep(key.clone(), number);
        known.insert(key, number);
    }
    Ok(known)
}

/// Numbers that one statement yields.
struct Numbers {
    sql: Sql,
    names: Vec<String>,
}

impl Numbers {
    fn new(backend: DatabaseBackend) -> Self {
        Self { sql: Sql::new(backend), names: Vec::new() }
    }

    fn ask(&mut self, number: impl FnOnce(&mut Sql)) {
        let name = format!("n{}", self.names.len());
        number(self.sql.push(if self.names.is_empty() { "SELECT " } else { ", " }));
        self.sql.push(" AS ").push(&name);
        self.names.push(name);
    }

    async fn read(self, db: &impl Reads) -> Result<Vec<u64>, DbErr> {
        if self.names.is_empty() { Ok(Vec::new()) } else { self.sql.numbers(db, &self.names).await }
    }
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
/// the words are counted that [`rarities`] will ask for and nobody has counted of late.
pub async fn leave_out_what_nobody_has(
    db: &impl Reads,
    plan: &mut Plan<'_>,
    lengths: &Lengths,
    tier: Tier,
) -> Result<(), DbErr> {
    let joined = plan.joined();
    let of_registry = [&PATIENT_KINDS[..], &TEXTS].concat();
    let mut numbers = Numbers::new(db.get_database_backend());
    for run in &joined {
        numbers.ask(|sql| push_has_word(sql, &of_registry, &Needle::prefix(run)));
    }
    numbers.ask(|sql| push_has_identifier(sql, plan));
    let words = (0..plan.words.len()).flat_map(|word| plan.needles(word, tier));
    let words = words.filter(|needle| !joined.contains(&needle.text));
    let uncounted: BTreeSet<_> = words.flat_map(|needle| parts(plan, needle)).collect();
    let uncounted: Vec<_> = uncounted.into_iter().filter(|key| lengths.rarities.fresh(key).is_none()).collect();
    for (needle, part) in &uncounted {
        numbers.ask(|sql| push_length(sql, needle, *part));
    }
    let mut numbers = numbers.read(db).await?.into_iter();
    let absent = joined.into_iter().zip(numbers.by_ref()).filter(|(_, has)| *has == 0);
    plan.leave_out_joined(&absent.map(|(run, _)| run).collect());
    plan.may_identify = numbers.next().is_none_or(|has| has > 0);
    for (key, number) in uncounted.into_iter().zip(numbers) {
        lengths.rarities.keep(key, number);
    }
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

/// What is counted of a needle for a query.
fn parts(plan: &Plan<'_>, needle: Needle) -> impl Iterator<Item = (Needle, Part)> {
    let studies = plan.query.studies.then(|| (needle.clone(), Part::Postings));
    iter::once((needle, Part::Patients)).chain(studies)
}

/// What there is of a word, as far as it matters.
#[derive(Clone, Copy, Default)]
pub struct Rarity {
    /// Its patients' entries.
    pub patients: u64,
    /// The postings of its texts, or what they cost in entries.
    pub postings: u64,
}

impl Rarity {
    /// What it costs to walk all of it, in entries.
    pub const fn cost(&self) -> u64 {
        self.patients + self.postings
    }

    /// What it costs to gather all rows, of which signatures refuse most: the patients with the studies of each, and the postings.
    pub const fn cost_of_all(&self) -> u64 {
        self.patients * PATIENT + self.postings
    }
}

/// Counts what there is to walk for each word: its patients, and the studies of its texts.
pub async fn rarities(db: &impl Reads, plan: &Plan<'_>, lengths: &Lengths, tier: Tier) -> Result<Vec<Rarity>, DbErr> {
    of_words(db, plan, tier, &lengths.rarities, push_length, |length| length).await
}

/// How many patients and postings each word has, where all rows are gathered. Which one of several common words is the rarest
/// decides how long that takes.
pub async fn depths(db: &impl Reads, plan: &Plan<'_>, lengths: &Lengths, tier: Tier) -> Result<Vec<Rarity>, DbErr> {
    let push = |sql: &mut Sql, needle: &Needle, part| push_count(sql, needle, part, 1, FAR);
    // What is longer than one counts may be very much longer.
    let length = |counted: u64| if counted >= FAR { 8 * FAR } else { counted };
    of_words(db, plan, tier, &lengths.depths, push, length).await
}

/// How much there is of each part of what a word finds: of each needle as `push` counts it and `length` takes it.
async fn of_words(
    db: &impl Reads,
    plan: &Plan<'_>,
    tier: Tier,
    recent: &Recent<(Needle, Part), u64>,
    push: impl Fn(&mut Sql, &Needle, Part),
    length: impl Fn(u64) -> u64,
) -> Result<Vec<Rarity>, DbErr> {
    let needles: Vec<Vec<Needle>> = (0..plan.words.len()).map(|word| plan.needles(word, tier)).collect();
    let keys = needles.iter().flatten().flat_map(|needle| parts(plan, needle.clone())).collect();
    let known = counted(db, recent, keys, |sql, (needle, part)| push(sql, needle, *part)).await?;
    let of_needle = |needle: &Needle, part: Part| known.get(&(needle.clone(), part)).map(|number| length(*number));
    let sum = |needles: &[Needle], part: Part| needles.iter().filter_map(|needle| of_needle(needle, part)).sum();
    let rarity = |needles: &Vec<Needle>| Rarity {
        patients: sum(needles, Part::Patients),
        postings: sum(needles, Part::Postings),
    };
    Ok(needles.iter().map(rarity).collect())
}

fn push_length(sql: &mut Sql, needle: &Needle, part: Part) {
    push_count(sql, needle, part, if part == Part::Postings { POSTING } else { 1 }, LONG);
}

fn push_count(sql: &mut Sql, needle: &Needle, part: Part, cost: u64, most: u64) {
    let kinds = if part == Part::Postings { &TEXTS[..] } else { &PATIENT_KINDS };
    begin_count(sql, cost).push("search_token entry");
    if part == Part::Postings {
        sql.join("search_posting posting").push(" ON posting.text_id = entry.row_id");
    }
    sql.push(" WHERE ").kinds(kinds).needle(needle, true, true);
    end_count(sql, cost, most);
}

/// The rows of what follows, each of which costs as much, until they cost `most`.
fn begin_count(sql: &mut Sql, cost: u64) -> &mut Sql {
    sql.push(&format!("(SELECT {cost} * COUNT(*) FROM (SELECT 1 FROM "))
}

fn end_count(sql: &mut Sql, cost: u64, most: u64) {
    sql.push(" LIMIT ").bind((most / cost).cast_signed()).push(") counted)");
}
