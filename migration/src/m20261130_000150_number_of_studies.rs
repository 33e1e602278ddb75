//! The number of a patient's live studies beside the patient: to count them is to look them up in an index of millions, twenty
//! times a page.

use sea_orm_migration::prelude::*;

use crate::columns::{add_column, drop_column, update_all};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let number = &mut ColumnDef::new("number_of_studies");
        add_column(manager, "patient", number.big_integer().not_null().default(0)).await?;
        update_all(
            manager,
            "patient",
            "UPDATE patient SET number_of_studies = (SELECT COUNT(*) FROM study \
             WHERE study.patient_fk = patient.id AND study.deleted_at IS NULL)",
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_column(manager, "patient", "number_of_studies").await
    }
}
