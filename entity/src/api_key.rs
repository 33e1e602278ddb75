//! Keys of scripts.

use sea_orm::entity::prelude::*;

/// A row of `api_key`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// What the key is for.
    pub name: String,
    /// SHA-256 of the key, in hexadecimal. A random key needs no slow hash.
    pub hash: String,
    pub role_id: i64,
    /// `read` or `search`; all that the role may do when there is none.
    pub scope: Option<String>,
    /// The networks it may be used from, joined by commas; from everywhere when empty.
    pub addresses: String,
    pub expires_at: TimeDateTime,
    pub last_used_at: Option<TimeDateTime>,
    /// 1 or 2 while the key counts: unique with the name, so that there are never more than two.
    pub slot: Option<i16>,
    pub version: i64,
    pub created_at: TimeDateTime,
    pub created_by: Option<i64>,
    pub updated_at: TimeDateTime,
    pub updated_by: Option<i64>,
    pub revoked_at: Option<TimeDateTime>,
    pub revoked_by: Option<i64>,
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
