//! The words of the vocabulary without one of their letters.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::columns::{drop, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut variant = table(manager, "search_variant");
        variant
            .col(text("variant", 64).not_null())
            .col(text("word", 64).not_null())
            .primary_key(Index::create().col("variant").col("word"));
        if manager.get_database_backend() == DatabaseBackend::Sqlite {
            variant.extra("WITHOUT ROWID");
        }
        manager.create_table(variant).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "search_variant").await
    }
}
