//! The search index.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::columns::{drop, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut token = table(manager, "search_token");
        token
            .col(ColumnDef::new("kind").small_integer().not_null())
            .col(ColumnDef::new("field").small_integer().not_null())
            .col(text("token", 64).not_null())
            .col(text("sort_key", 255).not_null())
            .col(ColumnDef::new("row_id").big_integer().not_null())
            .col(ColumnDef::new("words").text().not_null())
            .primary_key(Index::create().col("kind").col("field").col("token").col("sort_key").col("row_id"));
        if manager.get_database_backend() == DatabaseBackend::Sqlite {
            // The primary key is the table itself, as it always is in InnoDB: an entry is read without a second look-up.
            token.extra("WITHOUT ROWID");
        }
        manager.create_table(token).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "search_token").await
    }
}
