//! The three roles, seeded; a user has one.

use sea_orm::entity::prelude::*;

/// What a role is called. The roles are cumulative: a greater one may do all that a lesser one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))")]
pub enum RoleName {
    /// Reads.
    #[sea_orm(string_value = "lecture")]
    Lecture,
    /// Reads and writes.
    #[sea_orm(string_value = "modification")]
    Modification,
    /// Reads, writes, purges and administers.
    #[sea_orm(string_value = "admin")]
    Admin,
}

impl RoleName {
    /// The name as it stands in the database and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lecture => "lecture",
            Self::Modification => "modification",
            Self::Admin => "admin",
        }
    }
}

/// A row of `role`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: RoleName,
    pub description: String,
    /// Whether its accounts need a second factor.
    pub second_factor_required: bool,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
