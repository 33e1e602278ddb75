//! The audit trail: who did what to which row, and how it ended. Rows are added, never changed.

use sea_orm::entity::prelude::*;

/// A row of `audit_event`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// The instant in milliseconds, and a number within it: the order of the keys is that of time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub at: TimeDateTime,
    /// `anonymous`, `user`, `api_key` or `system`.
    pub actor_type: String,
    pub actor_id: Option<i64>,
    /// The name as it was then.
    pub actor_name: Option<String>,
    /// The `operationId` of the contract, or one of the actions that no operation stands for.
    pub action: String,
    /// `success`, `abandoned`, or the code of the problem that was answered.
    pub outcome: String,
    pub resource_type: Option<String>,
    pub resource_id: Option<i64>,
    /// The patient that the event is about, of a study's events too.
    pub patient_fk: Option<i64>,
    pub version_before: Option<i64>,
    pub version_after: Option<i64>,
    /// Names of the fields that were changed, joined by commas.
    pub changed: Option<String>,
    /// Names of the parameters of a search, a list or an export, joined by commas; never their values.
    pub parameters: Option<String>,
    /// How many items were answered.
    pub results: Option<i64>,
    /// Further facts, a JSON object.
    pub details: Option<String>,
    pub address: Option<String>,
    pub request_id: Option<String>,
    pub user_agent: Option<String>,
    /// Which key signed the row (4 bytes), and the signature of all its columns (16 bytes).
    pub mac: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
