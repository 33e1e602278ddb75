//! The search index: one row a folded word of a row of the registry.
//!
//! The primary key is the order in which a search yields its hits: kind, word, field, sort key, row. All words of the row stand in
//! the same entry, so that a search of several words reads nothing else.

use sea_orm::entity::prelude::*;

/// A word of a patient's family kind: family name, birth name, ideographic and phonetic name.
pub const FAMILY: i16 = 1;
/// A word of a patient's given kind: given name and middle name.
pub const GIVEN: i16 = 2;
/// A word of a text of studies, by field: referring physician, reading physicians, description, institution. `row_id` is the text;
/// [`search_posting`](super::search_posting) has its studies.
pub const TEXTS: [i16; 4] = [3, 4, 5, 6];
/// Added to the kind of a patient's word while the patient is in the bin: filters on the bin find it, searches do not.
pub const BINNED: i16 = 10;

/// A row of `search_token`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: i16,
    #[sea_orm(primary_key, auto_increment = false)]
    pub token: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: i16,
    #[sea_orm(primary_key, auto_increment = false)]
    pub sort_key: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    /// Where in `words` the space before the word stands, counted from 1; -1 when a better field of its kind has the same word.
    /// An entry is the first of its row for a searched text exactly when `INSTR(words, text) = place`.
    pub place: i32,
    /// Every word of the row between spaces: those of the family kind in their order, those of the given kind in theirs, then
    /// each identifier with `=` in front.
    pub words: String,
    /// Which words the row may have: the signature of `words`, in two halves. Of texts nobody asks it.
    pub signature: i64,
    pub signature_high: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
