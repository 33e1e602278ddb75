//! Whether a row lies in the bin, beside the columns by which lists are sorted: a page of a list is found in the index alone, and
//! only the rows that it shows are read.

use sea_orm_migration::prelude::*;

use crate::columns::{drop_index, index};

/// The indices of the lists: table, name, column.
const LISTS: [(&str, &str, &str); 7] = [
    ("patient", "patient_name", "name_key"),
    ("patient", "patient_birth_date", "birth_date"),
    ("patient", "patient_created", "created_at"),
    ("patient", "patient_updated", "updated_at"),
    ("study", "study_day", "study_date"),
    ("study", "study_created", "created_at"),
    ("study", "study_updated", "updated_at"),
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name, column) in LISTS {
            drop_index(manager, table, name).await?;
            index(manager, &format!("{name} ON {table} ({column}, id, deleted_at)")).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name, column) in LISTS {
            drop_index(manager, table, name).await?;
            index(manager, &format!("{name} ON {table} ({column}, id)")).await?;
        }
        Ok(())
    }
}
