//! Attempts at signing in. Rows are added, never counted up in place: on a cluster a counter is a row that all fight for.

use sea_orm::entity::prelude::*;

/// The password is being verified.
pub const PENDING: i16 = 0;
/// The password, or the second factor, was wrong.
pub const FAILED: i16 = 1;
/// Someone was let in.
pub const SUCCEEDED: i16 = 2;

/// A row of `login_attempt`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "login_attempt")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The name that was given, as a keyed hash: people type passwords into the field for names, and there may be no such account.
    pub account: String,
    /// The address it came from; of an IPv6 address the network of 64 bits that one customer has.
    pub network: String,
    pub outcome: i16,
    pub at: TimeDateTime,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
