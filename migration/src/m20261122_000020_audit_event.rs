//! The audit trail.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, index, instant, row_key, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let event = table(manager, "audit_event")
            .col(row_key(manager))
            .col(instant(manager, "at").not_null())
            .col(text("actor_type", 10).not_null())
            .col(ColumnDef::new("actor_id").big_integer())
            .col(text("actor_name", 255))
            .col(text("action", 64).not_null())
            .col(text("outcome", 64).not_null())
            .col(text("resource_type", 32))
            .col(ColumnDef::new("resource_id").big_integer())
            .col(ColumnDef::new("patient_fk").big_integer())
            .col(ColumnDef::new("version_before").big_integer())
            .col(ColumnDef::new("version_after").big_integer())
            .col(ColumnDef::new("changed").text())
            .col(ColumnDef::new("parameters").text())
            .col(ColumnDef::new("results").big_integer())
            .col(ColumnDef::new("details").text())
            .col(text("address", 45))
            .col(text("request_id", 64))
            .col(text("user_agent", 200))
            .col(ColumnDef::new("mac").var_binary(20).not_null())
            .to_owned();
        manager.create_table(event).await?;
        index(manager, "audit_event_of_patient ON audit_event (patient_fk, id)").await?;
        index(manager, "audit_event_of_actor ON audit_event (actor_id, id)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "audit_event").await
    }
}
