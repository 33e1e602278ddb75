//! Roles.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, id, index, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut role = table(manager, "role");
        role.col(id()).col(text("name", 16).not_null()).col(text("description", 255).not_null());
        manager.create_table(role).await?;
        index(manager, "UNIQUE role_name ON role (name)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "role").await
    }
}
