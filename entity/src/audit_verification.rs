//! When the audit trail was last verified, and what was found: one row, or none.

use sea_orm::entity::prelude::*;

/// A row of `audit_verification`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_verification")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub at: TimeDateTime,
    /// How many events were looked at.
    pub events: i64,
    /// The first thing that is not as it was signed; none when all is.
    pub finding: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
