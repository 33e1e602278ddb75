//! Rows of large imports that the search index does not know yet: runs of ids, each noted in the transaction that entered its rows.

use sea_orm::entity::prelude::*;

/// A row of `search_backlog`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_backlog")]
pub struct Model {
    /// `patient` or `study`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_type: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_id: i64,
    /// The last id of the run. Rows of others may lie between: they are known already.
    pub last_id: i64,
    pub at: TimeDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
