//! The vocabulary of the index. Rows are only added, and no row is counted on: writers never wait for one another.

use sea_orm::entity::prelude::*;

/// A row of `search_word`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_word")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
    /// What the word sounds like to a French ear; empty when that cannot be said.
    pub sound: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
