//! What patients and studies were before each change.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::columns::{drop, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut version = table(manager, "record_version");
        version
            .col(text("resource_type", 32).not_null())
            .col(ColumnDef::new("resource_id").big_integer().not_null())
            .col(ColumnDef::new("version").big_integer().not_null())
            .col(ColumnDef::new("ended_by").big_integer().not_null())
            .col(ColumnDef::new("state").text().not_null())
            .primary_key(Index::create().col("resource_type").col("resource_id").col("version"));
        if manager.get_database_backend() == DatabaseBackend::Sqlite {
            version.extra("WITHOUT ROWID");
        }
        manager.create_table(version).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "record_version").await
    }
}
