//! What the administration of accounts needs: how users are sorted and found by name, and until when a one-time password
//! is good.

use sea_orm_migration::prelude::*;

use crate::columns::{add_column, drop_column, instant, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_column(manager, "user", text("name_key", 255).not_null().default("")).await?;
        add_column(manager, "user", text("search_words", 512).not_null().default("")).await?;
        add_column(manager, "user", &mut instant(manager, "password_expires_at")).await?;
        // Until a row is next written: good enough for names without accents.
        let fill = "UPDATE user SET name_key = LOWER(display_name), search_words = CONCAT(' ', LOWER(username)) WHERE search_words = ''";
        manager.get_connection().execute_unprepared(fill).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["name_key", "search_words", "password_expires_at"] {
            drop_column(manager, "user", column).await?;
        }
        Ok(())
    }
}
