//! Studies.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, id, index, lifecycle, table, text, time_of_day};

const STATUSES: [&str; 5] = ["registered", "available", "cancelled", "entered-in-error", "unknown"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut study = table(manager, "study");
        study
            .col(id())
            .col(ColumnDef::new("patient_fk").big_integer().not_null())
            .col(text("study_instance_uid", 64).not_null())
            .col(text("study_id", 16))
            .col(text("accession_number", 16))
            .col(ColumnDef::new("study_date").date())
            .col(time_of_day(manager, "study_time"))
            .col(text("study_description", 64))
            .col(text("referring_physician_name", 194))
            .col(text("name_of_physicians_reading_study", 194))
            .col(text("institution_name", 64))
            .col(ColumnDef::new("number_of_study_related_series").big_integer().not_null().default(0))
            .col(ColumnDef::new("number_of_study_related_instances").big_integer().not_null().default(0))
            .col(text("status", 16).not_null().check(Expr::col("status").is_in(STATUSES)))
            .col(ColumnDef::new("comments").text())
            .col(ColumnDef::new("search_words").text().not_null());
        for mut column in lifecycle(manager) {
            study.col(&mut column);
        }
        study.foreign_key(ForeignKey::create().name("study_patient").from("study", "patient_fk").to("patient", "id"));
        manager.create_table(study).await?;
        for definition in [
            "UNIQUE study_uid ON study (study_instance_uid)",
            "study_of_patient ON study (patient_fk, study_date, id)",
            "study_accession ON study (accession_number, id)",
            "study_number ON study (study_id, id)",
            "study_day ON study (study_date, id)",
            "study_created ON study (created_at, id)",
            "study_updated ON study (updated_at, id)",
        ] {
            index(manager, definition).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "study").await
    }
}
