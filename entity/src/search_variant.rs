//! The neighbourhood of the vocabulary: each word, and what is left of it without one of its letters. Two words that differ by one
//! edit share a variant.

use sea_orm::entity::prelude::*;

/// A row of `search_variant`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_variant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
