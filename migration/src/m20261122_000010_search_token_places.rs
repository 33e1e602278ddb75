//! The search index in the order word, field, with the place of each word among all words of its row. The index is derived: what
//! was in it is made anew by the program.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::columns::{drop, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "search_token").await?;
        let mut token = table(manager, "search_token");
        token
            .col(ColumnDef::new("kind").small_integer().not_null())
            .col(text("token", 64).not_null())
            .col(ColumnDef::new("field").small_integer().not_null())
            .col(text("sort_key", 255).not_null())
            .col(ColumnDef::new("row_id").big_integer().not_null())
            .col(ColumnDef::new("place").integer().not_null())
            .col(ColumnDef::new("words").text().not_null())
            .primary_key(Index::create().col("kind").col("token").col("field").col("sort_key").col("row_id"));
        create(manager, token).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "search_token").await?;
        let mut token = table(manager, "search_token");
        token
            .col(ColumnDef::new("kind").small_integer().not_null())
            .col(ColumnDef::new("field").small_integer().not_null())
            .col(text("token", 64).not_null())
            .col(text("sort_key", 255).not_null())
            .col(ColumnDef::new("row_id").big_integer().not_null())
            .col(ColumnDef::new("words").text().not_null())
            .primary_key(Index::create().col("kind").col("field").col("token").col("sort_key").col("row_id"));
        create(manager, token).await
    }
}

/// The primary key is the table itself in SQLite, as it always is in InnoDB: an entry is read without a second look-up.
async fn create(manager: &SchemaManager<'_>, mut table: TableCreateStatement) -> Result<(), DbErr> {
    if manager.get_database_backend() == DatabaseBackend::Sqlite {
        table.extra("WITHOUT ROWID");
    }
    manager.create_table(table).await
}
