//! The index as a filter of lists: rows of which some field has a word with a prefix.

use entity::search_posting;
use entity::search_token::{self, BINNED};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition};

use super::fold::words;
use super::index::Field;
use crate::values::{FaultCode, short};

/// The least text that is greater than every text with this prefix.
pub fn after_prefix(prefix: &str) -> String {
    let mut text = prefix.to_owned();
    text.push(char::MAX);
    text
}

/// Where the rows that a name filter is about may lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the registry.
    Registry,
    /// In the bin.
    Bin,
    /// In either: the patient of a study in the bin.
    Either,
}

impl Place {
    const fn offsets(self) -> &'static [i16] {
        match self {
            Self::Registry => &[0],
            Self::Bin => &[BINNED],
            Self::Either => &[0, BINNED],
        }
    }
}

/// The patients of whom some field of `fields` has a word with this prefix.
fn patients_with_prefix(place: Place, fields: &[Field], prefix: &str) -> SelectStatement {
    let mut kinds: Vec<i16> = fields.iter().map(|field| field.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let kinds = place.offsets().iter().flat_map(|offset| kinds.iter().map(move |kind| kind + offset));
    entries_with_prefix(kinds.collect(), fields, prefix)
}

/// The studies of which a field has a word with this prefix, in the registry or in the bin.
fn studies_with_prefix(field: Field, prefix: &str) -> SelectStatement {
    use search_posting::Column;
    Query::select()
        .column(Column::StudyId)
        .from(search_posting::Entity)
        .and_where(Column::TextId.in_subquery(entries_with_prefix(vec![field.kind()], &[field], prefix)))
        .to_owned()
}

fn entries_with_prefix(kinds: Vec<i16>, fields: &[Field], prefix: &str) -> SelectStatement {
    use search_token::Column;
    Query::select()
        .column(Column::RowId)
        .from(search_token::Entity)
        .and_where(Column::Kind.is_in(kinds))
        .and_where(Column::Token.gte(prefix))
        .and_where(Column::Token.lt(after_prefix(prefix)))
        .and_where(Column::Field.is_in(fields.iter().map(|field| field.number())))
        .to_owned()
}

/// The components of a name that `^` pins, in their order; without `^` any name field will do.
const PINNED: [&[Field]; 3] = [&[Field::FamilyName, Field::BirthName], &[Field::GivenName], &[Field::MiddleName]];

/// The condition of `patient_name` on the column that holds the patient's id: every word is the prefix of a word of the name;
/// `dup^je` pins family and given name. [`name_filter`] has seen to it that no component goes unheard.
pub fn name_condition(id: impl ColumnTrait, place: Place, name: &str) -> Condition {
    if !name.contains('^') {
        return prefix_condition(id, place, &Field::PATIENT, name);
    }
    let components: Vec<_> = name.split('^').zip(PINNED).filter(|(text, _)| !text.trim().is_empty()).collect();
    if components.is_empty() {
        return nothing(id);
    }
    let conditions = components.into_iter().map(|(text, fields)| prefix_condition(id, place, fields, text));
    conditions.fold(Condition::all(), Condition::add)
}

/// Every word of `text` is the prefix of a word of one of the fields of a patient.
pub fn prefix_condition(id: impl ColumnTrait, place: Place, fields: &[Field], text: &str) -> Condition {
    every_word(id, text, |word| patients_with_prefix(place, fields, word))
}

/// Every word of `text` is the prefix of a word of a field of a study.
pub fn study_condition(id: impl ColumnTrait, field: Field, text: &str) -> Condition {
    every_word(id, text, |word| studies_with_prefix(field, word))
}

fn every_word(id: impl ColumnTrait, text: &str, rows: impl Fn(&str) -> SelectStatement) -> Condition {
    let words = words(text);
    if words.is_empty() {
        return nothing(id);
    }
    let conditions = words.iter().map(|word| id.in_subquery(rows(word)));
    conditions.fold(Condition::all(), Condition::add)
}

/// Nothing has a name without letters; no condition at all would be everything.
fn nothing(id: impl ColumnTrait) -> Condition {
    Condition::all().add(id.is_null())
}

/// The value of `patient_name`: at most the three components that can be searched.
///
/// # Errors
/// `pn_too_many_components`, `too_long`.
pub fn name_filter(text: &str) -> Result<String, FaultCode> {
    if text.split('^').count() > PINNED.len() {
        return Err(FaultCode::PnTooManyComponents);
    }
    short(text)
}
