//! Ways to what lies in the bin: hardly any row does, so that a walk through all of them would find next to nothing.

use sea_orm_migration::prelude::*;

use crate::columns::{drop_index, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "patient_bin ON patient (deleted_at)").await?;
        index(manager, "study_bin ON study (deleted_at)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_index(manager, "study", "study_bin").await?;
        drop_index(manager, "patient", "patient_bin").await
    }
}
