//! The walk along the sections of a search: places of hits, in the order of relevance, read until there are enough.

#[cfg(test)]
mod agreement;
mod lead;
mod rare;
mod studies;

use std::time::{Duration, Instant};

use sea_orm::DbErr;

use super::branches;
use super::few::Few;
use super::found::Found;
use super::lengths::Lengths;
use super::looks::FIRST_PIECE;
use super::plan::Plan;
use super::ranges::{Range, Reach};
use super::rank::{ENOUGH, Place, SECTIONS, Source, Tier};
use super::rarity::{PATIENT, Rarity};
use super::starts::Starts;
use super::studies_of::studies_of;
use super::vocabulary;
use super::{dates, looks};
use crate::db::Reads;

/// The first piece of a long range has [`FIRST_PIECE`] entries, each further one ten times as many as the one before, up to what costs
/// as much as so many entries.
const LONGEST_PIECE: u64 = 10_000;
/// Ranges that are read in one statement.
const RANGES_AT_ONCE: usize = 16;
/// What is read in any case, in entries of patients, before a walk gives up.
const LEAST_READ: u64 = 5_000;

/// As long one looks along the index before it is asked whether there are few rows to judge.
const SOON: Duration = Duration::from_millis(8);

/// What a walk is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// A page, with its rows. The next one goes on where this one gave up.
    Page,
    /// Places alone, to count or to sort them.
    Places,
}

impl Aim {
    /// How long one looks for what there is not enough of.
    const fn patience(self) -> Duration {
        match self {
            Self::Page => SOON,
            Self::Places => Duration::from_millis(40),
        }
    }
}

/// Where a walk begins.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The last place of the page before.
    pub after: Option<Place>,
    /// How many hits there were before, as far as [`ENOUGH`].
    pub found: usize,
}

/// What a walk found.
#[derive(Default)]
pub struct Walked {
    /// Places, and the rows of some.
    pub hits: Vec<(Place, Option<Found>)>,
    /// Where the walk gave up before it had enough.
    pub gave_up: Option<Place>,
    /// The words that led, each from a tier on.
    leads: Vec<(Tier, usize)>,
}

impl Walked {
    /// The word that led where this place was found.
    pub fn lead_at(&self, place: &Place) -> usize {
        let tier = SECTIONS[place.section].tier;
        let lead = self.leads.iter().rev().find(|(from, _)| *from <= tier);
        lead.or(self.leads.first()).map_or(0, |(_, lead)| *lead)
    }
}

/// A walk under way.
pub struct Walk<'a, 'q, C> {
    db: &'a C,
    plan: &'a mut Plan<'q>,
    lengths: &'a Lengths,
    /// What there is of the lead, where that was counted.
    rarity: Option<Rarity>,
    wanted: usize,
    reads_rows: bool,
    patience: Duration,
    found_before: usize,
    started: Instant,
    read: u64,
    /// The farthest tier looked at: what is begun is gone through.
    reached: Tier,
    after: Option<Place>,
    /// Whether the patients whose names are the words were read ahead.
    has_names: bool,
    /// What was read ahead of sections: what studies are found by, and patients that are hits.
    starts: Starts,
    /// Hits of a tier among few rows, once looking along the index has taken long.
    few: Option<Few>,
    walked: Walked,
}

impl<'a, 'q, C: Reads> Walk<'a, 'q, C> {
    /// A walk that begins at `start` and ends at so many hits.
    pub fn new(db: &'a C, plan: &'a mut Plan<'q>, lengths: &'a Lengths, start: Start, wanted: usize, aim: Aim) -> Self {
        let Start { after, found } = start;
        Self {
            db,
            plan,
            lengths,
            rarity: None,
            wanted,
            reads_rows: aim == Aim::Page,
            patience: aim.patience(),
            found_before: found,
            started: Instant::now(),
            read: 0,
            reached: Tier::Exact,
            after,
            has_names: false,
            starts: Starts::new(),
            few: None,
            walked: Walked::default(),
        }
    }

    /// At most as many places as are wanted.
    pub async fn run(mut self) -> Result<Walked, DbErr> {
        let mut at = self.after.as_ref().map_or(0, |place| place.section);
        // Of an identifier nothing else is looked for, mostly.
        if at >= branches::FIRST_OF_WORDS || !self.plan.is_identifier_alone() {
            self.find_lead(self.plan.base(), self.after.is_some()).await?;
        }
        while at < SECTIONS.len() && !self.is_done() {
            if !self.goes_on_to(at).await? {
                break;
            }
            at = self.step(at).await?;
            if let Some(place) = self.walked.gave_up.take() {
                at = self.go_on_among_few(place).await?;
            }
        }
        self.walked.hits.truncate(self.wanted);
        Ok(self.walked)
    }

    fn is_done(&self) -> bool {
        self.walked.hits.len() >= self.wanted || self.walked.gave_up.is_some()
    }

    fn add(&mut self, places: Vec<Place>) {
        self.walked.hits.extend(places.into_iter().map(|place| (place, None)));
    }

    fn missing(&self) -> usize {
        self.wanted.saturating_sub(self.walked.hits.len())
    }

    fn found(&self) -> usize {
        self.found_before + self.walked.hits.len()
    }

    /// Whether a section is looked at after those before it.
    async fn goes_on_to(&mut self, at: usize) -> Result<bool, DbErr> {
        let tier = SECTIONS[at].tier;
        // A page that begins behind the identifiers does so because there were none.
        let is_behind = self.after.as_ref().is_some_and(|place| place.section >= branches::FIRST_OF_WORDS);
        if at == branches::FIRST_OF_WORDS && self.plan.is_identifier_alone() && !is_behind {
            if self.found() > 0 {
                return Ok(false);
            }
            self.find_lead(self.plan.base(), false).await?;
        }
        if tier <= Tier::Prefix {
            return Ok(true);
        }
        let begun = self.after.as_ref().is_some_and(|place| SECTIONS[place.section].tier == tier);
        match self.plan.query.reach {
            Some(reach) if tier > reach => return Ok(false),
            None if self.found() >= ENOUGH && !begun && self.reached < tier => return Ok(false),
            _ => {}
        }
        let is_new = self.reached < tier;
        self.reached = tier;
        if !self.plan.knows_similar(tier) {
            // Where what sounds alike is looked for, there is mostly too little of it.
            vocabulary::look_up(self.db, self.plan, self.plan.query.reach.unwrap_or(Tier::Fuzzy)).await?;
        }
        if is_new && self.plan.widens(tier) {
            self.find_lead(tier, begun).await?;
        }
        Ok(true)
    }

    /// From the place where looking along the index has taken long goes on among few rows. If there are not few it looks on while
    /// there is patience, or gives up. The section of the place.
    async fn go_on_among_few(&mut self, place: Place) -> Result<usize, DbErr> {
        let at = place.section;
        if self.few.is_none() {
            let few = Few::of(self.db, self.plan, branches::upto(self.plan, at), at).await?;
            if few.is_of(at) || self.started.elapsed() < self.patience {
                (self.few, self.after) = (Some(few), Some(place));
                return Ok(at);
            }
        }
        self.walked.gave_up = Some(place);
        Ok(at)
    }

    /// Adds the hits of a section that are among few rows; whether they are all. Where a filter leaves few they are judged at once when
    /// rows of a date would be read in one piece, or all rows of a common word.
    async fn is_judged(&mut self, at: usize) -> Result<bool, DbErr> {
        let upto = branches::upto(self.plan, at);
        let is_by_date = matches!(SECTIONS[at].source, Source::PatientByDate | Source::StudyByDate);
        let would_be_long = is_by_date && self.plan.is_date() || self.gathers_common();
        if self.few.is_none() && would_be_long && self.plan.query.is_filtered() {
            self.few = Some(Few::of(self.db, self.plan, upto, at).await?);
        }
        if self.few.as_ref().is_some_and(|few| few.upto != upto) {
            self.few = Some(Few::of(self.db, self.plan, upto, at).await?);
        }
        let Some(hits) = self.few.as_mut().and_then(|few| few.hits_of(at)) else { return Ok(false) };
        let is_behind = |place: &Place| self.after.as_ref().is_none_or(|after| place > after);
        self.walked.hits.extend(hits.into_iter().filter(|(place, _)| is_behind(place)));
        Ok(true)
    }

    /// What it costs to look at an entry of a patient, in entries: that of a filter is to read the patient's row as well.
    fn cost_of_entry(&self) -> u64 {
        if branches::needs_patient(self.plan) { PATIENT } else { 1 }
    }

    /// Looks at a section, or at several in one statement; the next section.
    async fn step(&mut self, at: usize) -> Result<usize, DbErr> {
        if self.is_judged(at).await? {
            return Ok(at + 1);
        }
        let section = SECTIONS[at];
        if at < branches::FIRST_OF_RANGES || section.source == Source::Patient {
            return self.identifiers_and_patients(at).await;
        }
        let has_words = !self.plan.words.is_empty();
        if self.is_walked(at) {
            match section.source {
                Source::Study if has_words => self.studies(at).await?,
                Source::StudyOfPatient if has_words => self.studies_of_patients(at).await?,
                Source::PatientByDate | Source::StudyByDate => self.by_date(at).await?,
                _ => {}
            }
        }
        Ok(at + 1)
    }

    /// Whether a section of words can have hits that those before it have not.
    fn is_walked(&self, at: usize) -> bool {
        let (section, plan) = (SECTIONS[at], &*self.plan);
        let is_prefix_of_whole_words = section.tier == Tier::Prefix && plan.is_exact(plan.lead);
        plan.query.wants(section.source) && plan.widens(section.tier) && !is_prefix_of_whole_words
    }

    /// The identifiers and the patients by their names and words, in one statement if their ranges are short; of long ones one piece
    /// after the other. The next section.
    async fn identifiers_and_patients(&mut self, at: usize) -> Result<usize, DbErr> {
        let end = if at >= branches::FIRST_AFTER_PATIENTS {
            at + 1
        } else if at < branches::FIRST_OF_WORDS && self.plan.is_identifier_alone() {
            branches::FIRST_OF_WORDS
        } else {
            branches::FIRST_AFTER_PATIENTS
        };
        let is_left = |at: &usize| !self.has_names || *at != branches::FIRST_OF_WORDS;
        let mut sections: Vec<usize> = (at..end.min(branches::FIRST_OF_RANGES)).filter(is_left).collect();
        let mut ranges = self.ranges_of_patients(at.max(branches::FIRST_OF_RANGES)..end);
        let rare = if ranges.is_empty() { None } else { self.rare_patients(at..end).await? };
        if rare.is_some() {
            sections.retain(|at| *at < branches::FIRST_OF_WORDS);
            ranges.clear();
        }
        let upto = branches::upto(self.plan, at);
        let at_once = if ranges.is_empty() { 0 } else { self.plan.at_once(RANGES_AT_ONCE, upto) };
        let (mut sections, mut after, mut look) = (&sections[..], self.after.clone(), FIRST_PIECE);
        while !(self.is_done() || sections.is_empty() && ranges.is_empty()) {
            // Of common words names alone fill most pages.
            let is_for_names = self.has_many_patients() && !(sections.is_empty() || self.plan.names.is_empty());
            let together = if is_for_names { &[] } else { &ranges[..ranges.len().min(at_once)] };
            // Behind the end of a piece there may be more, before what comes next.
            let gap = if self.has_many_patients() {
                looks::gap(self.db, self.lengths, together, after.as_ref(), look).await?
            } else {
                None
            };
            let begun = gap.as_ref().and_then(|gap| together.iter().position(|range| range.has(gap)));
            let together = begun.map_or(together, |begun| &together[..=begun]);
            let reach = Reach { after: after.as_ref(), until: gap.as_ref(), limit: self.missing() };
            let (hits, is_crowd) =
                branches::identifiers_and_patients(self.db, self.plan, sections, together, reach, self.reads_rows)
                    .await?;
            let read = begun.unwrap_or(together.len());
            self.add_with_crowd(hits, is_crowd).await?;
            if let Some(gap) = &gap {
                let cost = self.cost_of_entry();
                self.spend(look * cost, gap);
                look = (look * 10).min(LONGEST_PIECE / cost);
            }
            (sections, after) = (&[], gap);
            ranges.drain(..read);
        }
        self.add(rare.unwrap_or_default());
        Ok(end)
    }

    /// The ranges of patients by the leading word in these sections, from where the page starts.
    fn ranges_of_patients(&self, sections: std::ops::Range<usize>) -> Vec<Range> {
        let sections = sections.filter(|at| !self.plan.words.is_empty() && self.is_walked(*at));
        let ranges = sections.flat_map(|at| Range::of_section(self.plan, at));
        ranges.filter(|range| !range.is_past(self.after.as_ref())).collect()
    }

    /// Adds hits. The studies of a patient number with very many of them are read in their order.
    async fn add_with_crowd(&mut self, mut hits: Vec<(Place, Option<Found>)>, is_crowd: bool) -> Result<(), DbErr> {
        if is_crowd {
            hits.retain(|(place, _)| place.section != branches::STUDIES_BY_PATIENTS_NUMBER);
            let later = hits.partition_point(|(place, _)| place.section < branches::STUDIES_BY_PATIENTS_NUMBER);
            let later = hits.split_off(later);
            self.walked.hits.extend(hits);
            let patients = branches::patients_by_number(self.db, self.plan, self.after.as_ref()).await?;
            let found = studies_of(self.db, self.plan, &patients, self.after.as_ref(), self.missing()).await?;
            self.add(found);
            hits = later;
        }
        self.walked.hits.extend(hits);
        Ok(())
    }

    /// Notes that so many entries were read, up to a place.
    fn spend(&mut self, entries: u64, upto: &Place) {
        self.read += entries;
        let patience = if self.few.is_none() { SOON } else { self.patience };
        if self.read >= LEAST_READ && self.started.elapsed() >= patience && !self.is_done() {
            self.walked.gave_up = Some(upto.clone());
        }
    }

    /// Patients by their birth date, studies by their date.
    async fn by_date(&mut self, at: usize) -> Result<(), DbErr> {
        let after = self.after.as_ref().filter(|place| place.section == at);
        let reach = Reach { after, until: None, limit: self.missing() };
        let places = dates::by_date(self.db, self.plan, at, reach).await?;
        self.add(places);
        Ok(())
    }
}
