//! API keys.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, id, index, instant, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut key = table(manager, "api_key");
        key.col(id())
            .col(text("name", 128).not_null())
            .col(text("hash", 64).not_null())
            .col(ColumnDef::new("role_id").big_integer().not_null())
            .col(text("scope", 16))
            .col(text("addresses", 2048).not_null())
            .col(instant(manager, "expires_at").not_null())
            .col(instant(manager, "last_used_at"))
            .col(ColumnDef::new("slot").small_integer())
            .col(ColumnDef::new("version").big_integer().not_null().default(1))
            .col(instant(manager, "created_at").not_null())
            .col(ColumnDef::new("created_by").big_integer())
            .col(instant(manager, "updated_at").not_null())
            .col(ColumnDef::new("updated_by").big_integer())
            .col(instant(manager, "revoked_at"))
            .col(ColumnDef::new("revoked_by").big_integer())
            .foreign_key(ForeignKey::create().name("api_key_role").from("api_key", "role_id").to("role", "id"));
        manager.create_table(key).await?;
        index(manager, "UNIQUE api_key_slot ON api_key (name, slot)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "api_key").await
    }
}
