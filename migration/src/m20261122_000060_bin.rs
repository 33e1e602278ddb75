//! Ways to what lies in the bin: hardly any row does, so that a walk through all of them would find next to nothing.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::columns::{drop_index, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite keeps no statistics, and would take a whole index for the way to the rows outside the bin.
        let partial = match manager.get_database_backend() {
            DatabaseBackend::Sqlite => " WHERE deleted_at IS NOT NULL",
            _ => "",
        };
        index(manager, &format!("patient_bin ON patient (deleted_at){partial}")).await?;
        index(manager, &format!("study_bin ON study (deleted_at){partial}")).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_index(manager, "study", "study_bin").await?;
        drop_index(manager, "patient", "patient_bin").await
    }
}
