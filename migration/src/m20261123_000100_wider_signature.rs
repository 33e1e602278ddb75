//! The second half of the signatures of studies: in the first alone, most bits of a study of many words were set. The index is made
//! anew when the program starts, which fills it.

use sea_orm_migration::prelude::*;

use crate::columns::{add_column, drop_column, drop_index, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["study", "search_posting"] {
            let signature = &mut ColumnDef::new("signature_high");
            add_column(manager, table, signature.big_integer().not_null().default(0)).await?;
        }
        // The new one first: MariaDB demands one for the foreign key at any time.
        let columns = "patient_fk, study_date, id, deleted_at, signature, signature_high";
        index(manager, &format!("study_of_patient_signatures ON study ({columns})")).await?;
        drop_index(manager, "study", "study_of_patient_signed").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "study_of_patient_signed ON study (patient_fk, study_date, id, deleted_at, signature)").await?;
        drop_index(manager, "study", "study_of_patient_signatures").await?;
        for table in ["study", "search_posting"] {
            drop_column(manager, table, "signature_high").await?;
        }
        Ok(())
    }
}
