//! Seals of the audit trail: each holds which events it covers, what they were, and the seal before it.

use sea_orm::entity::prelude::*;

/// A row of `audit_seal`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_seal")]
pub struct Model {
    /// 1, 2, 3 and so on: whoever inserts a number first has sealed.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub at: TimeDateTime,
    /// The least id of its events.
    pub first_id: i64,
    /// The greatest.
    pub last_id: i64,
    /// How many there are.
    pub events: i64,
    /// Their ids: the distance of each from the one before, seven bits a byte (LEB128).
    pub ids: Vec<u8>,
    /// SHA-256 of their ids and signatures.
    pub digest: Vec<u8>,
    /// Which key signed (4 bytes), and HMAC-SHA-256 of all of this and of the signature of the seal before.
    pub mac: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
