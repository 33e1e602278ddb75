//! The studies of each text of the search index.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::columns::{drop, table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut posting = table(manager, "search_posting");
        posting
            .col(ColumnDef::new("text_id").big_integer().not_null())
            .col(ColumnDef::new("newest").integer().not_null())
            .col(ColumnDef::new("study_id").big_integer().not_null())
            .primary_key(Index::create().col("text_id").col("newest").col("study_id"));
        if manager.get_database_backend() == DatabaseBackend::Sqlite {
            posting.extra("WITHOUT ROWID");
        }
        manager.create_table(posting).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "search_posting").await
    }
}
