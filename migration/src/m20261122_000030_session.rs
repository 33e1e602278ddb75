//! Sessions: one row for each time someone signed in.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, id, index, instant, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut session = table(manager, "session");
        session
            .col(id())
            .col(ColumnDef::new("user_id").big_integer().not_null())
            .col(text("device", 64))
            .col(text("user_agent", 255).not_null())
            .col(text("address", 45).not_null())
            .col(instant(manager, "created_at").not_null())
            .col(instant(manager, "last_used_at").not_null())
            .col(instant(manager, "expires_at").not_null())
            .col(instant(manager, "ends_at").not_null())
            .col(instant(manager, "revoked_at"))
            .foreign_key(ForeignKey::create().name("session_user").from("session", "user_id").to("user", "id"));
        manager.create_table(session).await?;
        index(manager, "session_user_id ON session (user_id, revoked_at)").await?;
        index(manager, "session_ends_at ON session (ends_at)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "session").await
    }
}
