//! What few rows may have: a list of them is not looked for along an order in which nearly no row is one.

use sea_orm_migration::prelude::*;

use crate::columns::{drop_index, index};

/// The indices: table, name, column.
const INDICES: [(&str, &str, &str); 3] = [
    ("patient", "patient_sex", "sex"),
    ("patient", "patient_issuer", "issuer_of_patient_id"),
    ("study", "study_status", "status"),
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name, column) in INDICES {
            index(manager, &format!("{name} ON {table} ({column})")).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name, _) in INDICES {
            drop_index(manager, table, name).await?;
        }
        Ok(())
    }
}
