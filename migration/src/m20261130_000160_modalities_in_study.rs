//! The modalities of a study beside the study, as they are read with it. Their rows in `study_modality` are what filters look for.

use sea_orm_migration::prelude::*;

use crate::columns::{add_column, drop_column, text, update_all};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // 32 of 16 characters.
        let modalities = &mut text("modalities_in_study", 543);
        add_column(manager, "study", modalities.not_null().default("")).await?;
        update_all(
            manager,
            "study",
            "UPDATE study SET modalities_in_study = COALESCE((SELECT GROUP_CONCAT(modality ORDER BY modality) \
             FROM study_modality WHERE study_fk = study.id), '')",
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_column(manager, "study", "modalities_in_study").await
    }
}
