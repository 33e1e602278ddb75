//! The texts of studies that the search index knows.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut text = table(manager, "search_text");
        text.col(ColumnDef::new("id").big_integer().not_null().primary_key());
        manager.create_table(text).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "search_text").await
    }
}
