//! What is found by a word that few have: all of its entries are read at once, whatever is looked for behind them.

use std::ops::Range;

use sea_orm::DbErr;

use super::Walk;
use crate::db::Reads;
use crate::search::branches::{needs_patient, upto};
use crate::search::plan::Names;
use crate::search::ranges::leading;
use crate::search::rank::{Place, SECTIONS, Source, section_of_patients};
use crate::search::starts;

/// As many texts, or patients, of one needle are few, whatever the kinds.
pub(super) const FEW: usize = 100;

impl<C: Reads> Walk<'_, '_, C> {
    /// All that studies are found by in a section, if that is few.
    pub(super) async fn few_starts(&mut self, at: usize) -> Result<Option<Vec<Place>>, DbErr> {
        if self.after.as_ref().is_some_and(|place| place.section == at) {
            return Ok(None);
        }
        if !self.starts.contains_key(&at) {
            self.read_few(at, false).await?;
        }
        Ok(self.starts.remove(&at).flatten())
    }

    /// The patients of these sections whom all words match, in their order, where the leading word is rare.
    pub(super) async fn rare_patients(&mut self, sections: Range<usize>) -> Result<Option<Vec<Place>>, DbErr> {
        let is_rare = self.rarity.is_some_and(|rarity| rarity.patients < FEW as u64);
        if !is_rare || self.has_names || self.after.is_some() || needs_patient(self.plan) {
            return Ok(None);
        }
        let at = sections.start;
        let ranges: usize = self.read_ahead(at, true).map(|at| leading(self.plan, SECTIONS[at].tier).len()).sum();
        if !self.plan.fits(ranges, upto(self.plan, at)) {
            return Ok(None);
        }
        self.read_few(at, true).await?;
        let is_walked = |at: &usize| SECTIONS[*at].source == Source::Patient && self.is_walked(*at);
        let found: Option<Vec<Vec<Place>>> =
            sections.filter(is_walked).map(|at| self.starts.get(&at).cloned().flatten()).collect();
        let Some(found) = found else { return Ok(None) };
        let mut hits: Vec<Place> =
            found.into_iter().flatten().map(|place| self.by_name(&place).unwrap_or(place)).collect();
        hits.sort();
        Ok(Some(hits))
    }

    /// Reads what is found by the leading word in the sections of a reach from one on.
    async fn read_few(&mut self, at: usize, with_patients: bool) -> Result<(), DbErr> {
        let sections = self.read_ahead(at, with_patients);
        let few = starts::few_starts(self.db, self.plan, sections, with_patients, FEW).await?;
        self.starts.extend(few);
        Ok(())
    }

    /// The sections of a reach from one on in which studies are found by texts or patients.
    fn read_ahead(&self, at: usize, with_patients: bool) -> impl Iterator<Item = usize> {
        let (base, tier) = (self.plan.base(), SECTIONS[at].tier);
        (at..SECTIONS.len()).filter(move |other| {
            let section = SECTIONS[*other];
            let is_of_reach = if tier <= base { section.tier <= base } else { section.tier == tier };
            let patients = section_of_patients(*other).filter(|_| with_patients);
            let is_wanted = self.is_walked(*other) || patients.is_some_and(|at| self.is_walked(at));
            is_of_reach && is_wanted && matches!(section.source, Source::Study | Source::StudyOfPatient)
        })
    }

    /// Where a patient stands whose name begins with all words in an order.
    fn by_name(&self, place: &Place) -> Option<Place> {
        let is_of = |Names { from, to }: &Names| (from..to).contains(&&place.sort_key);
        let order = self.plan.names.iter().position(is_of)?;
        let section = SECTIONS.iter().position(|section| section.source == Source::PatientByName)?;
        let kind = i16::try_from(order).unwrap_or(i16::MAX);
        Some(Place { kind, sort_key: place.sort_key.clone(), row_id: place.row_id, newest: 0, ..Place::start(section) })
    }
}
