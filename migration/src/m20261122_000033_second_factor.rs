//! Second factors and their recovery codes; which accounts have one, and which roles need one.

use sea_orm_migration::prelude::*;

use crate::columns::{add_column, drop, drop_column, instant, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let of_user = |name: &'static str, table: &'static str| {
            ForeignKey::create().name(name).from(table, "user_id").to("user", "id").to_owned()
        };
        let mut factor = table(manager, "second_factor");
        factor
            .col(ColumnDef::new("user_id").big_integer().not_null().primary_key())
            .col(text("sealed_secret", 128).not_null())
            .col(instant(manager, "created_at").not_null())
            .col(instant(manager, "confirmed_at"))
            .col(ColumnDef::new("last_step").big_integer().not_null().default(0))
            .foreign_key(&mut of_user("second_factor_user", "second_factor"));
        manager.create_table(factor).await?;
        let mut code = table(manager, "recovery_code");
        code.col(ColumnDef::new("user_id").big_integer().not_null())
            .col(text("hash", 64).not_null())
            .col(instant(manager, "used_at"))
            .primary_key(Index::create().col("user_id").col("hash"))
            .foreign_key(&mut of_user("recovery_code_user", "recovery_code"));
        manager.create_table(code).await?;
        let flag = |name: &'static str| ColumnDef::new(name).boolean().not_null().default(false).to_owned();
        add_column(manager, "user", &mut flag("second_factor")).await?;
        add_column(manager, "role", &mut flag("second_factor_required")).await?;
        add_column(manager, "role", ColumnDef::new("version").big_integer().not_null().default(1)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [("role", "version"), ("role", "second_factor_required"), ("user", "second_factor")] {
            drop_column(manager, table, column).await?;
        }
        drop(manager, "recovery_code").await?;
        drop(manager, "second_factor").await
    }
}
