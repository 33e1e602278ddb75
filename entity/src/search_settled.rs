//! Rows of the backlog of the search index that were changed meanwhile: the change has brought the index up to date for them, and what
//! the import knew of them is out of date.

use sea_orm::entity::prelude::*;

/// A row of `search_settled`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_settled")]
pub struct Model {
    /// `patient` or `study`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_type: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub row_id: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
