//! Attempts at signing in: a row each, so that several servers count together and no row is fought for.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, id, index, instant, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut attempt = table(manager, "login_attempt");
        attempt
            .col(id())
            .col(text("account", 64).not_null())
            .col(text("network", 45).not_null())
            .col(ColumnDef::new("outcome").small_integer().not_null())
            .col(instant(manager, "at").not_null());
        manager.create_table(attempt).await?;
        index(manager, "login_attempt_account ON login_attempt (account, at)").await?;
        index(manager, "login_attempt_network ON login_attempt (network, at)").await?;
        index(manager, "login_attempt_at ON login_attempt (at)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "login_attempt").await
    }
}
