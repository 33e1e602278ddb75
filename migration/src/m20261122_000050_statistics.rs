//! The one snapshot of the statistics, and who is taking the next.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::columns::{drop, id, instant, table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut content = ColumnDef::new("content");
        match manager.get_database_backend() {
            DatabaseBackend::MySql => content.custom("mediumtext"),
            _ => content.text(),
        };
        let mut statistics = table(manager, "statistics");
        statistics
            .col(id())
            .col(instant(manager, "taken_at"))
            .col(ColumnDef::new("microseconds").big_integer().not_null().default(0))
            .col(content)
            .col(instant(manager, "claimed_until"));
        manager.create_table(statistics).await?;
        let connection = manager.get_connection();
        let there = Query::select().column("id").from("statistics").and_where(Expr::col("id").eq(1)).to_owned();
        if connection.query_one(&there).await?.is_none() {
            let row = Query::insert().into_table("statistics").columns(["id"]).values_panic([1.into()]).to_owned();
            connection.execute(&row).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "statistics").await
    }
}
