//! How rare words are: the rarest leads, and the others are checked against the words of its rows.

use std::collections::BTreeSet;
use std::iter;

use entity::search_token::TEXTS;
use sea_orm::DbErr;

use super::index::PATIENT_KINDS;
use super::lengths::{Lengths, Part};
use super::numbers::{Counted, Numbers, counted};
use super::plan::{Needle, Plan};
use super::rank::Tier;
use super::sql::Sql;
use crate::db::Reads;

/// As many entries to walk are long: they are read piece by piece when other words or filters may refuse most of them. No
/// length is counted further for a page.
pub const LONG: u64 = 5_000;
/// As many entries, or postings, of a word are counted where all that have it are gathered.
pub const FAR: u64 = 150_000;
/// As many entries of each word are counted at first: mostly one of them has fewer, and leads.
const GLANCE: u64 = 200;
/// What a posting costs, whose study and patient are read, in entries; and a patient's row.
pub const POSTING: u64 = 10;
pub const PATIENT: u64 = 8;

/// What there is of a word, as far as it matters.
#[derive(Clone, Copy, Default)]
pub struct Rarity {
    /// Its patients' entries.
    pub patients: u64,
    /// The postings of its texts.
    pub postings: u64,
}

impl Rarity {
    /// What it costs to walk all of it, in entries.
    pub const fn cost(&self) -> u64 {
        self.patients + self.postings * POSTING
    }

    /// What it costs to gather all rows, of which signatures refuse most: the patients with the studies of each, and the postings.
    pub const fn cost_of_all(&self) -> u64 {
        self.patients * PATIENT + self.postings
    }
}

/// How far the parts of words are counted.
#[derive(Clone, Copy)]
struct Bounds {
    patients: u64,
    postings: u64,
}

impl Bounds {
    const LONG: Self = Self::of_cost(LONG);
    const FAR: Self = Self { patients: FAR, postings: FAR };

    /// As far as a part costs so many entries.
    const fn of_cost(cost: u64) -> Self {
        Self { patients: cost, postings: cost / POSTING }
    }

    /// A single word leads, however common it is.
    const fn at_first(plan: &Plan<'_>) -> Self {
        Self::of_cost(if plan.words.len() < 2 { LONG } else { GLANCE })
    }

    const fn of(self, part: Part) -> u64 {
        match part {
            Part::Patients => self.patients,
            Part::Postings => self.postings,
        }
    }
}

/// Counts what there is to walk of each word, its patients and the studies of its texts, as far as it takes to tell what there is of
/// the word that leads: `lead`, or else the rarest.
pub async fn rarities(
    db: &impl Reads,
    plan: &Plan<'_>,
    lengths: &Lengths,
    tier: Tier,
    lead: Option<usize>,
) -> Result<Vec<Rarity>, DbErr> {
    match at_first(db, plan, lengths, tier, lead).await? {
        (rarities, true) => Ok(rarities),
        (_, false) => until_long(db, plan, lengths, tier).await,
    }
}

/// What a few entries of each word tell of it, and whether that is enough.
pub async fn at_first(
    db: &impl Reads,
    plan: &Plan<'_>,
    lengths: &Lengths,
    tier: Tier,
    lead: Option<usize>,
) -> Result<(Vec<Rarity>, bool), DbErr> {
    let rarities = of_words(db, plan, lengths, tier, Bounds::at_first(plan), Bounds::LONG).await?;
    let costs: Vec<u64> = rarities.iter().map(Rarity::cost).collect();
    let Some(lead) = lead.or_else(|| plan.rarest(&costs, tier)) else { return Ok((rarities, true)) };
    let parts = plan.needles(lead, tier).into_iter().flat_map(|needle| parts(plan, needle));
    let cost = |key: (Needle, Part)| {
        let number = known(lengths, &key, Bounds::LONG)?.min(Bounds::LONG.of(key.1));
        Some(if key.1 == Part::Postings { number * POSTING } else { number })
    };
    // Somebody else may have counted further in between.
    let is_enough = parts.map(cost).sum::<Option<u64>>().is_some_and(|cost| costs.get(lead) == Some(&cost));
    Ok((rarities, is_enough))
}

/// What there is of each word, as far as it is long.
pub async fn until_long(db: &impl Reads, plan: &Plan<'_>, lengths: &Lengths, tier: Tier) -> Result<Vec<Rarity>, DbErr> {
    of_words(db, plan, lengths, tier, Bounds::LONG, Bounds::LONG).await
}

/// How many patients and postings each word has, where all rows are gathered. Which one of several common words is the rarest
/// decides how long that takes.
pub async fn depths(db: &impl Reads, plan: &Plan<'_>, lengths: &Lengths, tier: Tier) -> Result<Vec<Rarity>, DbErr> {
    let mut depths = of_words(db, plan, lengths, tier, Bounds::FAR, Bounds::FAR).await?;
    // What is longer than one counts may be very much longer.
    for number in depths.iter_mut().flat_map(|depth| [&mut depth.patients, &mut depth.postings]) {
        if *number >= FAR {
            *number *= 8;
        }
    }
    Ok(depths)
}

/// How much there is of each part of what a word finds, counted at least as far as `bounds`. More than `most` is as much, so that
/// nothing hangs on how far somebody else has counted.
async fn of_words(
    db: &impl Reads,
    plan: &Plan<'_>,
    lengths: &Lengths,
    tier: Tier,
    bounds: Bounds,
    most: Bounds,
) -> Result<Vec<Rarity>, DbErr> {
    let needles: Vec<Vec<Needle>> = (0..plan.words.len()).map(|word| plan.needles(word, tier)).collect();
    let keys = needles.iter().flatten().flat_map(|needle| parts(plan, needle.clone())).collect();
    let counted = counted(db, &lengths.parts, keys, |(_, part)| bounds.of(*part), push_rows).await?;
    let of_needle = |needle: &Needle, part: Part| Some((*counted.get(&(needle.clone(), part))?).min(most.of(part)));
    let sum = |needles: &[Needle], part: Part| needles.iter().filter_map(|needle| of_needle(needle, part)).sum();
    let rarity = |needles: &Vec<Needle>| Rarity {
        patients: sum(needles, Part::Patients),
        postings: sum(needles, Part::Postings),
    };
    Ok(needles.iter().map(rarity).collect())
}

/// What is counted of a needle for a query.
fn parts(plan: &Plan<'_>, needle: Needle) -> impl Iterator<Item = (Needle, Part)> {
    let studies = plan.query.studies.then(|| (needle.clone(), Part::Postings));
    iter::once((needle, Part::Patients)).chain(studies)
}

fn known(lengths: &Lengths, key: &(Needle, Part), bounds: Bounds) -> Option<u64> {
    lengths.parts.fresh(key)?.upto(bounds.of(key.1))
}

fn push_rows(sql: &mut Sql, (needle, part): &(Needle, Part)) {
    sql.push("search_token entry");
    if *part == Part::Postings {
        sql.join("search_posting posting").push(" ON posting.text_id = entry.row_id");
    }
    let kinds = if *part == Part::Postings { &TEXTS[..] } else { &PATIENT_KINDS };
    sql.push(" WHERE ").kinds(kinds).needle(needle, true, true);
}

/// What [`rarities`] will count at first, to be counted in a statement that is run anyway.
pub struct Uncounted {
    keys: Vec<(Needle, Part)>,
    bounds: Bounds,
}

impl Uncounted {
    /// The parts of these words' needles that nobody has counted of late.
    pub fn of(plan: &Plan<'_>, lengths: &Lengths, tier: Tier, is_wanted: impl Fn(&Needle) -> bool) -> Self {
        let bounds = Bounds::at_first(plan);
        let needles = (0..plan.words.len()).flat_map(|word| plan.needles(word, tier)).filter(is_wanted);
        let keys: BTreeSet<_> = needles.flat_map(|needle| parts(plan, needle)).collect();
        Self { keys: keys.into_iter().filter(|key| known(lengths, key, bounds).is_none()).collect(), bounds }
    }

    pub fn ask(&self, numbers: &mut Numbers) {
        for key in &self.keys {
            numbers.count(self.bounds.of(key.1), |sql| push_rows(sql, key));
        }
    }

    /// Remembers the numbers that were asked for.
    pub fn keep(self, lengths: &Lengths, numbers: impl Iterator<Item = u64>) {
        for (key, number) in self.keys.into_iter().zip(numbers) {
            let bound = self.bounds.of(key.1);
            lengths.parts.keep(key, Counted { number, bound });
        }
    }
}
