//! People who sign in.

use sea_orm_migration::prelude::*;

use crate::columns::{drop, id, index, instant, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut user = table(manager, "user");
        user.col(id())
            .col(text("username", 64).not_null())
            .col(text("password_hash", 255).not_null())
            .col(text("display_name", 128).not_null())
            .col(ColumnDef::new("role_id").big_integer().not_null())
            .col(ColumnDef::new("active").boolean().not_null().default(true))
            .col(ColumnDef::new("must_change_password").boolean().not_null().default(false))
            .col(instant(manager, "last_login_at"))
            .col(ColumnDef::new("version").big_integer().not_null().default(1))
            .col(instant(manager, "created_at").not_null())
            .col(instant(manager, "updated_at").not_null())
            .foreign_key(ForeignKey::create().name("user_role").from("user", "role_id").to("role", "id"));
        manager.create_table(user).await?;
        index(manager, "UNIQUE user_username ON user (username)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "user").await
    }
}
