//! The three roles.

use sea_orm_migration::prelude::*;

const ROLES: [(i64, &str, &str); 3] = [
    (1, "lecture", "Reads patients and studies"),
    (2, "modification", "Reads, enters and changes patients and studies"),
    (3, "admin", "All of it, and accounts"),
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for (id, name, description) in ROLES {
            let there = Query::select().column("id").from("role").and_where(Expr::col("id").eq(id)).to_owned();
            if connection.query_one(&there).await?.is_none() {
                let mut seed = Query::insert();
                seed.into_table("role").columns(["id", "name", "description"]);
                seed.values_panic([id.into(), name.into(), description.into()]);
                connection.execute(&seed).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ids = ROLES.map(|(id, ..)| id);
        manager.execute(Query::delete().from_table("role").and_where(Expr::col("id").is_in(ids)).to_owned()).await
    }
}
