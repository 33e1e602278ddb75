//! What large imports owe the search index, and which of those rows were changed before it was paid.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, instant, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut backlog = table(manager, "search_backlog");
        backlog
            .col(text("resource_type", 8).not_null())
            .col(ColumnDef::new("first_id").big_integer().not_null())
            .col(ColumnDef::new("last_id").big_integer().not_null())
            .col(instant(manager, "at").not_null())
            .primary_key(Index::create().col("resource_type").col("first_id"));
        manager.create_table(backlog).await?;
        let mut settled = table(manager, "search_settled");
        settled
            .col(text("resource_type", 8).not_null())
            .col(ColumnDef::new("row_id").big_integer().not_null())
            .primary_key(Index::create().col("resource_type").col("row_id"));
        manager.create_table(settled).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "search_settled").await?;
        drop(manager, "search_backlog").await
    }
}
