//! Ranges of the index: the entries of a word, or of all that begin with it, in the order in which their hits come.

use entity::search_token::TEXTS;
use sea_orm::Value;

use super::index::PATIENT_KINDS;
use super::plan::{Needle, Plan};
use super::rank::{Place, SECTIONS, Source, Tier};
use super::sql::{Side, Sql};

/// The entries of a needle for a section.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Range {
    pub section: usize,
    pub kind: i16,
    pub needle: Needle,
}

/// Which part of a section is wanted.
#[derive(Clone, Copy)]
pub struct Reach<'a> {
    pub after: Option<&'a Place>,
    /// The last place that is wanted.
    pub until: Option<&'a Place>,
    pub limit: usize,
}

impl Reach<'_> {
    pub fn limit(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(i64::MAX)
    }
}

/// The needles whose entries are walked in a tier. Those of whole words belong to the tier before prefixes; a query of one word
/// leaves out all needles of nearer tiers.
pub fn leading(plan: &Plan<'_>, tier: Tier) -> Vec<Needle> {
    let mut needles = plan.needles(plan.lead, tier);
    if tier == Tier::Prefix {
        needles = needles.into_iter().map(Needle::longer).collect();
    }
    let alone = plan.words.len() == 1 && tier > Tier::Prefix;
    let nearer = tier.before().filter(|_| alone).map(|before| plan.needles(plan.lead, before)).unwrap_or_default();
    needles.into_iter().filter(|needle| !nearer.contains(needle)).collect()
}

/// The kinds of the words of a section, in their order.
pub fn kinds(section: usize) -> &'static [i16] {
    if SECTIONS[section].source == Source::Study { &TEXTS } else { &PATIENT_KINDS }
}

/// Behind the section in a statement that reads places from the entries of a kind.
pub fn entry_of<'s>(sql: &'s mut Sql, kind: &str) -> &'s mut Sql {
    sql.push(&format!(" AS section, {kind} AS kind, entry.token AS token, entry.field AS field, "));
    sql.push("entry.sort_key AS sort_key, entry.row_id AS row_id, 0 AS newest, 0 AS study_id FROM search_token entry")
}

impl Range {
    /// The ranges of the leading word in a section of patients, of studies or of the studies of patients, in their order.
    pub fn of_section(plan: &Plan<'_>, section: usize) -> Vec<Self> {
        let needles = leading(plan, SECTIONS[section].tier);
        let range = |kind: i16, needle: &Needle| Self { section, kind, needle: needle.clone() };
        kinds(section).iter().flat_map(|kind| needles.iter().map(|needle| range(*kind, needle))).collect()
    }

    /// Whether a place lies in the range.
    pub fn has(&self, place: &Place) -> bool {
        place.section == self.section && place.kind == self.kind && self.needle.finds(&place.token)
    }

    /// Whether the whole range lies before the place where the page starts.
    pub fn is_past(&self, after: Option<&Place>) -> bool {
        let (kind, needle) = (self.kind, &self.needle);
        after.filter(|place| place.section == self.section).is_some_and(|place| {
            kind < place.kind || kind == place.kind && !needle.finds(&place.token) && needle.text < place.token
        })
    }

    /// The beginning of a statement that reads places of the range.
    pub fn select<'s>(&self, sql: &'s mut Sql) -> &'s mut Sql {
        entry_of(sql.push(&format!("SELECT {}", self.section)), &self.kind.to_string())
    }

    /// The entries of the range, as far as they are in reach: behind the last patient or text of the page before, or from that one on
    /// when it may have more studies.
    pub fn entries(&self, sql: &mut Sql, reach: Reach<'_>) {
        self.entries_where(sql, reach, |_| ());
    }

    /// Those that meet conditions which are cheaper to see than whether they are in reach; `first` writes these.
    pub fn entries_where(&self, sql: &mut Sql, reach: Reach<'_>, first: impl FnOnce(&mut Sql)) {
        let (after, until) = (self.within(reach.after), self.within(reach.until));
        first(sql.push("entry.kind = ").bind(self.kind));
        sql.needle(&self.needle, after.is_none(), until.is_none());
        if let Some(place) = after {
            let may_have_more = ![0, i64::MAX].contains(&place.study_id);
            sql.on_side(&self.in_index(place), if may_have_more { Side::From } else { Side::Behind });
        }
        if let Some(place) = until {
            sql.on_side(&self.in_index(place), Side::UpTo);
        }
    }

    fn within<'p>(&self, place: Option<&'p Place>) -> Option<&'p Place> {
        place.filter(|place| self.has(place))
    }

    /// Where a place stands in the index; what all entries of the range have in common is left out.
    fn in_index(&self, place: &Place) -> Vec<(&'static str, Value)> {
        let token = self.needle.is_prefix.then(|| ("entry.token", place.token.as_str().into()));
        let rest = [
            ("entry.field", place.field.into()),
            ("entry.sort_key", place.sort_key.as_str().into()),
            ("entry.row_id", place.row_id.into()),
        ];
        token.into_iter().chain(rest).collect()
    }

    /// In the order of the primary key; columns that are constant are left out, so that both engines see that nothing is to be sorted.
    pub fn in_order<'s>(&self, sql: &'s mut Sql) -> &'s mut Sql {
        sql.push(if self.needle.is_prefix { " ORDER BY entry.token, " } else { " ORDER BY " });
        sql.push("entry.field, entry.sort_key, entry.row_id")
    }
}
