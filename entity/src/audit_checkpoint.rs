//! Where the audit trail begins after it was pruned: one row, or none.

use sea_orm::entity::prelude::*;

/// A row of `audit_checkpoint`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_checkpoint")]
pub struct Model {
    /// The last seal that was removed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub at: TimeDateTime,
    /// That seal's signature: the next one holds it.
    pub seal_mac: Vec<u8>,
    /// How many events were removed, ever.
    pub events: i64,
    /// Which key signed (4 bytes), and HMAC-SHA-256 of all of this.
    pub mac: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
