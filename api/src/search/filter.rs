//! The index as a filter of lists: rows of which some field has a word with a prefix.

use entity::search_token::{self, BINNED, TEXTS};
use entity::{patient, search_posting, study};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition};

use super::fold::words;
use super::index::{Field, mark};
use super::plan::Needle;
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

/// The condition of `patient_name`: every word is the prefix of a word of the name; `dup^je` pins family and given name.
/// `of_fields` makes the condition that every word of a text is the prefix of a word of one of some fields. [`name_filter`] has seen
/// to it that no component goes unheard.
pub fn name_condition(name: &str, of_fields: impl Fn(&[Field], &str) -> Condition) -> Condition {
    if !is_pinned(name) {
        return of_fields(&Field::PATIENT, name);
    }
    let components: Vec<_> = name.split('^').zip(PINNED).filter(|(text, _)| !text.trim().is_empty()).collect();
    if components.is_empty() {
        return nothing();
    }
    let conditions = components.into_iter().map(|(text, fields)| of_fields(fields, text));
    conditions.fold(Condition::all(), Condition::add)
}

/// Whether a name says in which field each of its words is.
pub fn is_pinned(name: &str) -> bool {
    name.contains('^')
}

/// The ids of the patients that each word of a name leaves.
pub fn patients_by_words(name: &str) -> Vec<SelectStatement> {
    words(name).iter().map(|word| patients_with_prefix(Place::Registry, &Field::PATIENT, word)).collect()
}

/// The ids of the studies that each word of a text leaves.
pub fn studies_by_words(field: Field, text: &str) -> Vec<SelectStatement> {
    words(text).iter().map(|word| studies_with_prefix(field, word)).collect()
}

/// Every word of `text` is the prefix of a word of one of the fields of a patient, by the index.
pub fn prefix_condition(id: impl ColumnTrait, place: Place, fields: &[Field], text: &str) -> Condition {
    every_word(text, |word| id.in_subquery(patients_with_prefix(place, fields, word)))
}

/// The same of a patient's row at hand. Its words do not say of which field they are: where that matters the index is asked, once a
/// row has the word at all.
pub fn prefix_at_hand(place: Place, fields: &[Field], text: &str) -> Condition {
    use patient::Column::{Id, SearchWords};
    every_word(text, |word| {
        let has_word = place_of(SearchWords.into_expr(), word).gt(0);
        if fields == Field::PATIENT {
            return has_word;
        }
        let of_fields = Id.in_subquery(patients_with_prefix(place, fields, word));
        Expr::case(has_word, of_fields).finally(false).into()
    })
}

/// Every word of `text` is the prefix of a word of a field of a study, by the index.
pub fn study_condition(field: Field, text: &str) -> Condition {
    every_word(text, |word| study::Column::Id.in_subquery(studies_with_prefix(field, word)))
}

/// The same of a study's row at hand, whose words stand field by field behind their marks.
pub fn study_at_hand(field: Field, text: &str) -> Condition {
    let place_of_mark = |words: Expr, kind| Expr::cust_with_exprs("INSTR(?, ?)", [words, mark(kind).into()]);
    let words = study::Column::SearchWords.into_expr();
    let from_mark = Expr::cust_with_exprs("SUBSTR(?, ?)", [words.clone(), place_of_mark(words.clone(), field.kind())]);
    let later = TEXTS.into_iter().filter(|kind| *kind > field.kind());
    every_word(text, |word| {
        let place = place_of(from_mark.clone(), word);
        let has_word = place_of_mark(words.clone(), field.kind()).gt(0).and(place.clone().gt(0));
        later.clone().fold(has_word, |has_word, kind| {
            let end = place_of_mark(from_mark.clone(), kind);
            has_word.and(end.clone().eq(0).or(place.clone().lt(end)))
        })
    })
}

/// Where in the words of a row the first one with a prefix stands, 0 when there is none.
fn place_of(words: Expr, prefix: &str) -> Expr {
    Expr::cust_with_exprs("INSTR(?, ?)", [words, Needle::prefix(prefix).pattern().into()])
}

fn every_word(text: &str, has_word: impl Fn(&str) -> Expr) -> Condition {
    let words = words(text);
    if words.is_empty() {
        return nothing();
    }
    words.iter().map(|word| has_word(word)).fold(Condition::all(), Condition::add)
}

/// Nothing has a name without letters; no condition at all would be everything.
fn nothing() -> Condition {
    Condition::all().add(Expr::cust("1 = 0"))
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
