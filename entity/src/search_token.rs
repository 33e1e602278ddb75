//! The search index: one row a folded word of a field of a row.
//!
//! The primary key is the order in which a search yields its hits: kind, field (by weight), word, sort key, row. The other words
//! of the row stand in the same entry, so that a search of several words reads nothing else.

use sea_orm::entity::prelude::*;

/// What a token is: a word of a row of the registry. Other kinds (phonetic keys) take further numbers.
pub const WORD: i16 = 1;
/// A word of a row in the bin: filters on the bin find it, searches do not.
pub const BINNED_WORD: i16 = 2;

/// A row of `search_token`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: i16,
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: i16,
    #[sea_orm(primary_key, auto_increment = false)]
    pub token: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub sort_key: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
    pub words: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
