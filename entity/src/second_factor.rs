//! Second factors: the secret that an authenticator application shares with the server (RFC 6238).

use sea_orm::entity::prelude::*;

/// A row of `second_factor`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: i64,
    /// The secret, encrypted under a key that the database does not have.
    pub sealed_secret: String,
    pub created_at: TimeDateTime,
    /// When the first code was right; until then it is not asked for.
    pub confirmed_at: Option<TimeDateTime>,
    /// The last 30 seconds, counted from 1970, whose code was used: none counts twice.
    pub last_step: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
