//! The seals of the audit trail.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::columns::{drop, index, instant, row_key, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut ids = ColumnDef::new("ids");
        match manager.get_database_backend() {
            DatabaseBackend::MySql => ids.custom("mediumblob"),
            _ => ids.blob(),
        };
        let seal = table(manager, "audit_seal")
            .col(row_key(manager))
            .col(instant(manager, "at").not_null())
            .col(ColumnDef::new("first_id").big_integer().not_null())
            .col(ColumnDef::new("last_id").big_integer().not_null())
            .col(ColumnDef::new("events").big_integer().not_null())
            .col(ids.not_null())
            .col(ColumnDef::new("digest").var_binary(32).not_null())
            .col(ColumnDef::new("mac").var_binary(36).not_null())
            .to_owned();
        manager.create_table(seal).await?;
        index(manager, "audit_seal_last ON audit_seal (last_id)").await?;
        let checkpoint = table(manager, "audit_checkpoint")
            .col(row_key(manager))
            .col(instant(manager, "at").not_null())
            .col(ColumnDef::new("seal_mac").var_binary(36).not_null())
            .col(ColumnDef::new("events").big_integer().not_null())
            .col(ColumnDef::new("mac").var_binary(36).not_null())
            .to_owned();
        manager.create_table(checkpoint).await?;
        let verification = table(manager, "audit_verification")
            .col(row_key(manager))
            .col(instant(manager, "at").not_null())
            .col(ColumnDef::new("events").big_integer().not_null())
            .col(text("finding", 255))
            .to_owned();
        manager.create_table(verification).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["audit_verification", "audit_checkpoint", "audit_seal"] {
            drop(manager, name).await?;
        }
        Ok(())
    }
}
