//! Sessions: from signing in to signing out, kept alive by refresh tokens.

use sea_orm::entity::prelude::*;

/// A row of `session`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub user_id: i64,
    /// What its holder calls it.
    pub device: Option<String>,
    /// `User-Agent` when it began, cut.
    pub user_agent: String,
    /// Where it was last used from.
    pub address: String,
    pub created_at: TimeDateTime,
    /// When it began or was last refreshed.
    pub last_used_at: TimeDateTime,
    /// When it ends unless it is refreshed.
    pub expires_at: TimeDateTime,
    /// When it ends in any case.
    pub ends_at: TimeDateTime,
    /// When it was ended before its time.
    pub revoked_at: Option<TimeDateTime>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
}

impl Related<super::user::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::User.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
