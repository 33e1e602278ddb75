//! The walk along the sections of studies: by their own words, and by their patient's.

use sea_orm::DbErr;

use super::Walk;
use crate::db::Reads;
use crate::search::looks;
use crate::search::ranges::{Range, Reach};
use crate::search::rank::Place;
use crate::search::rarity::{LONG, PATIENT, POSTING};
use crate::search::studies_of::studies_of;
use crate::search::{branches, postings, starts};

/// Of a text with many postings so many are read at once; where all hits are gathered, twice as many each time, up to the longest.
const PIECE_OF_POSTINGS: u64 = 500;
const LONGEST_PIECE_OF_POSTINGS: u64 = 4_000;
/// Patients whose studies are read at once, and texts.
const FIRST_PATIENTS: usize = 32;
const MOST_PATIENTS: usize = 512;
const TEXTS_AT_ONCE: usize = 16;

impl<C: Reads> Walk<'_, '_, C> {
    /// Studies by their own words: the texts that have them, and the postings of each text.
    pub(super) async fn studies(&mut self, at: usize) -> Result<(), DbErr> {
        let at_once = self.plan.at_once(TEXTS_AT_ONCE, branches::upto(self.plan, at));
        if let Some(texts) = self.few_starts(at).await? {
            for texts in texts.chunks(at_once) {
                if !self.is_done() {
                    self.postings(at, texts, None).await?;
                }
            }
            return Ok(());
        }
        for range in Range::of_section(self.plan, at) {
            let mut after = self.after.clone().filter(|place| place.section == at);
            while !self.is_done() {
                let reach = Reach { after: after.as_ref(), until: None, limit: at_once };
                let texts = starts::starts(self.db, self.plan, &range, reach).await?;
                let Some(last) = texts.last() else { break };
                self.postings(at, &texts, after.as_ref()).await?;
                if texts.len() < at_once {
                    break;
                }
                after = Some(last.beyond());
            }
        }
        Ok(())
    }

    /// Texts with few postings are read together, as many as are a piece; one with many, piece by piece.
    async fn postings(&mut self, at: usize, texts: &[Place], after: Option<&Place>) -> Result<(), DbErr> {
        if !self.has_many_postings() {
            return self.postings_together(at, texts, after, 0).await;
        }
        let costs = looks::costs_of_postings(self.db, self.lengths, texts).await?;
        let mut rest = 0..texts.len();
        while !(self.is_done() || rest.is_empty()) {
            let mut sum = costs[rest.start];
            let mut end = rest.start + 1;
            while end < rest.end && sum + costs[end] < LONG {
                sum += costs[end];
                end += 1;
            }
            if sum < LONG {
                self.postings_together(at, &texts[rest.start..end], after, sum).await?;
            } else {
                self.postings_by_piece(at, &texts[rest.start], after).await?;
            }
            rest.start = end;
        }
        Ok(())
    }

    async fn postings_together(
        &mut self,
        at: usize,
        texts: &[Place],
        after: Option<&Place>,
        cost: u64,
    ) -> Result<(), DbErr> {
        let reach = Reach { after, until: None, limit: self.missing() };
        self.walked.hits.extend(postings::postings(self.db, self.plan, at, texts, reach, self.reads_rows).await?);
        if let Some(last) = texts.last() {
            self.spend(cost, &last.beyond());
        }
        Ok(())
    }

    async fn postings_by_piece(&mut self, at: usize, text: &Place, after: Option<&Place>) -> Result<(), DbErr> {
        let (mut after, mut look) = (after.cloned(), PIECE_OF_POSTINGS);
        while !self.is_done() {
            let until = looks::posting_boundary(self.db, text, after.as_ref(), look).await?;
            let reach = Reach { after: after.as_ref(), until: until.as_ref(), limit: self.missing() };
            let one = std::slice::from_ref(text);
            self.walked.hits.extend(postings::postings(self.db, self.plan, at, one, reach, self.reads_rows).await?);
            self.spend(look * POSTING, until.as_ref().unwrap_or(&text.beyond()));
            let Some(until) = until else { break };
            after = Some(until);
            if !self.reads_rows {
                look = (look * 2).min(LONGEST_PIECE_OF_POSTINGS);
            }
        }
        Ok(())
    }

    /// Studies by their patient's words.
    pub(super) async fn studies_of_patients(&mut self, at: usize) -> Result<(), DbErr> {
        if let Some(patients) = self.few_starts(at).await? {
            let found = studies_of(self.db, self.plan, &patients, None, self.missing()).await?;
            self.add(found);
            return Ok(());
        }
        for range in Range::of_section(self.plan, at) {
            let mut after = self.after.clone().filter(|place| place.section == at);
            let mut batch = FIRST_PATIENTS;
            while !self.is_done() {
                let reach = Reach { after: after.as_ref(), until: None, limit: batch };
                let patients = starts::starts(self.db, self.plan, &range, reach).await?;
                let found = studies_of(self.db, self.plan, &patients, after.as_ref(), self.missing()).await?;
                self.add(found);
                let Some(last) = patients.last().filter(|_| patients.len() == batch) else { break };
                let beyond = last.beyond();
                self.spend(batch as u64 * PATIENT, &beyond);
                after = Some(beyond);
                batch = (batch * 2).min(MOST_PATIENTS);
            }
        }
        Ok(())
    }
}
