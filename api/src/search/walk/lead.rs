//! Which word leads a walk, and what there is of it.

use sea_orm::DbErr;

use super::Walk;
use crate::db::Reads;
use crate::search::branches;
use crate::search::looks;
use crate::search::ranges::Reach;
use crate::search::rank::Tier;
use crate::search::rarity::{self, LONG, POSTING, Rarity};

impl<C: Reads> Walk<'_, '_, C> {
    /// The rarest word leads: the others are checked against the words of its rows. Which one it is stays so to the last page, once a
    /// page has had to know it: one of names alone leaves it open.
    pub(super) async fn find_lead(&mut self, tier: Tier, begun: bool) -> Result<(), DbErr> {
        if self.plan.words.len() < 2 && !self.plan.query.is_filtered() {
            return Ok(());
        }
        if tier <= Tier::Prefix {
            looks::leave_out_what_nobody_has(self.db, self.plan, self.lengths, tier).await?;
        }
        // Where nobody has an identifier like a word, names come in the same order whichever word leads.
        let is_before_words = self.after.as_ref().is_none_or(|place| place.section == branches::FIRST_OF_WORDS);
        let is_open = is_before_words && tier <= Tier::Prefix && !self.plan.may_identify;
        let begun = begun && !is_open;
        let lead = begun.then_some(self.plan.lead);
        let (mut rarities, is_enough) = rarity::at_first(self.db, self.plan, self.lengths, tier, lead).await?;
        if !is_enough {
            if is_open && self.names_suffice().await? {
                return Ok(());
            }
            rarities = rarity::until_long(self.db, self.plan, self.lengths, tier).await?;
        }
        if !begun {
            let mut costs: Vec<u64> = rarities.iter().map(Rarity::cost).collect();
            let are_common = costs.len() > 1 && costs.iter().all(|cost| *cost >= LONG);
            if self.gathers_all() && are_common && tier <= Tier::Prefix {
                let depths = rarity::depths(self.db, self.plan, self.lengths, tier).await?;
                costs = depths.iter().map(Rarity::cost_of_all).collect();
                // Another word may lead than the one that a glance was enough for.
                rarities = rarity::until_long(self.db, self.plan, self.lengths, tier).await?;
            }
            self.plan.lead_by_rarest(&costs, tier);
        }
        self.walked.leads.push((tier, self.plan.lead));
        self.rarity = rarities.get(self.plan.lead).copied();
        Ok(())
    }

    /// Adds the patients whose names are the words, before it is known which word leads; whether they are enough. Of common words they
    /// fill most pages, and these take longest to count.
    async fn names_suffice(&mut self) -> Result<bool, DbErr> {
        if self.plan.names.is_empty() {
            return Ok(false);
        }
        let reach = Reach { after: self.after.as_ref(), until: None, limit: self.missing() };
        let names = [branches::FIRST_OF_WORDS];
        let found = branches::identifiers_and_patients(self.db, self.plan, &names, &[], reach, self.reads_rows);
        self.walked.hits.extend(found.await?.0);
        self.has_names = true;
        Ok(self.is_done())
    }

    /// Whether the lead may have many patients, most of whom other words or filters refuse.
    pub(super) fn has_many_patients(&self) -> bool {
        self.rarity.is_some_and(|rarity| rarity.patients * self.cost_of_entry() >= LONG)
    }

    /// Whether the texts of the lead may have many postings.
    pub(super) fn has_many_postings(&self) -> bool {
        self.rarity.is_some_and(|rarity| rarity.postings * POSTING >= LONG)
    }

    /// Whether so much is wanted of a common word that all of it is read.
    pub(super) fn gathers_common(&self) -> bool {
        self.gathers_all() && self.rarity.is_some_and(|rarity| rarity.cost() >= LONG)
    }

    /// Whether so much is wanted that it pays to count before.
    fn gathers_all(&self) -> bool {
        !self.reads_rows && self.wanted as u64 >= LONG
    }
}
