//! The refresh tokens of a session, the used ones among them.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, index, instant, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut token = table(manager, "refresh_token");
        let session = ForeignKey::create()
            .name("refresh_token_session")
            .from("refresh_token", "session_id")
            .to("session", "id")
            .to_owned();
        token
            .col(text("hash", 64).not_null().primary_key())
            .col(ColumnDef::new("session_id").big_integer().not_null())
            .col(instant(manager, "issued_at").not_null())
            .col(instant(manager, "used_at"))
            .foreign_key(&mut session.clone());
        manager.create_table(token).await?;
        index(manager, "refresh_token_session_id ON refresh_token (session_id)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "refresh_token").await
    }
}
