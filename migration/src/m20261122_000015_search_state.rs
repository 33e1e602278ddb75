//! What is known about the search index as a whole.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut state = table(manager, "search_state");
        state.col(text("name", 32).not_null().primary_key()).col(ColumnDef::new("value").big_integer().not_null());
        manager.create_table(state).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "search_state").await
    }
}
