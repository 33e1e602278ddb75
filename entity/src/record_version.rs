//! What patients and studies were before each change: one row for every version but the newest, which the row itself is.

use sea_orm::entity::prelude::*;

/// A row of `record_version`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "record_version")]
pub struct Model {
    /// `patient` or `study`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_type: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub resource_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    /// The event that made the next version.
    pub ended_by: i64,
    /// The whole row as it was, a JSON object; fields without a value are left out.
    #[sea_orm(column_type = "Text")]
    pub state: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
