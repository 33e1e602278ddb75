//! The one snapshot of the statistics, and who is taking the next.

use sea_orm::entity::prelude::*;

/// The row of `statistics`; its id is 1.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "statistics")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// When counting began; null before the first snapshot.
    pub taken_at: Option<TimeDateTime>,
    /// How long counting took.
    pub microseconds: i64,
    /// The numbers as JSON.
    pub content: Option<String>,
    /// Until when a server may take to count anew.
    pub claimed_until: Option<TimeDateTime>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
