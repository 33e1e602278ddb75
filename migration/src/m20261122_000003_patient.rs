//! Patients.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, id, index, lifecycle, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut patient = table(manager, "patient");
        patient
            .col(id())
            .col(text("patient_id", 64).not_null())
            .col(text("issuer_of_patient_id", 64).not_null().default(""))
            .col(text("family_name", 64))
            .col(text("given_name", 64))
            .col(text("middle_name", 64))
            .col(text("name_prefix", 64))
            .col(text("name_suffix", 64))
            .col(text("ideographic_name", 64))
            .col(text("phonetic_name", 64))
            .col(text("birth_name", 64))
            .col(ColumnDef::new("birth_date").date())
            .col(text("sex", 1).check(Expr::col("sex").is_in(["M", "F", "O"])))
            .col(text("address", 255))
            .col(text("telephone_number", 64))
            .col(ColumnDef::new("comments").text())
            .col(text("name_key", 255).not_null())
            .col(ColumnDef::new("search_words").text().not_null());
        for mut column in lifecycle(manager) {
            patient.col(&mut column);
        }
        manager.create_table(patient).await?;
        for definition in [
            "UNIQUE patient_number ON patient (patient_id, issuer_of_patient_id)",
            "patient_name ON patient (name_key, id)",
            "patient_birth_date ON patient (birth_date, id)",
            "patient_created ON patient (created_at, id)",
            "patient_updated ON patient (updated_at, id)",
        ] {
            index(manager, definition).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "patient").await
    }
}
