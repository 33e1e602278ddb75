//! Modalities of studies.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, index, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut modality = table(manager, "study_modality");
        modality
            .col(ColumnDef::new("study_fk").big_integer().not_null())
            .col(text("modality", 16).not_null())
            .primary_key(Index::create().col("study_fk").col("modality"))
            .foreign_key(
                ForeignKey::create().name("modality_study").from("study_modality", "study_fk").to("study", "id"),
            );
        manager.create_table(modality).await?;
        index(manager, "modality_of_study ON study_modality (modality, study_fk)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "study_modality").await
    }
}
