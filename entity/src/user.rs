//! People who sign in.

use sea_orm::entity::prelude::*;

/// A row of `user`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Unique; kept in lower case, so that it is unique whatever the case.
    #[sea_orm(unique)]
    pub username: String,
    /// PHC string of argon2id.
    pub password_hash: String,
    pub display_name: String,
    pub role_id: i64,
    pub active: bool,
    pub must_change_password: bool,
    /// Until when a password that somebody else made is good; none for a password of one's own.
    pub password_expires_at: Option<TimeDateTime>,
    /// Whether a second factor is asked for.
    pub second_factor: bool,
    pub last_login_at: Option<TimeDateTime>,
    pub version: i64,
    pub created_at: TimeDateTime,
    pub updated_at: TimeDateTime,
    /// The folded display name, for sorting.
    pub name_key: String,
    /// The folded words of both names, each behind a space, for searching.
    pub search_words: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::role::Entity", from = "Column::RoleId", to = "super::role::Column::Id")]
    Role,
}

impl Related<super::role::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Role.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
