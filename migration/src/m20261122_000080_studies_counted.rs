//! The way from a patient to its studies says of each whether it lies in the bin, so that they are counted without being read.

use sea_orm_migration::prelude::*;

use crate::columns::{drop_index, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The new one first: MariaDB demands one for the foreign key at any time.
        index(manager, "study_of_patient_counted ON study (patient_fk, study_date, id, deleted_at)").await?;
        drop_index(manager, "study", "study_of_patient").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "study_of_patient ON study (patient_fk, study_date, id)").await?;
        drop_index(manager, "study", "study_of_patient_counted").await
    }
}
