//! Signatures of patients in their entries of the index, which tell most entries apart whose patients lack the other words of a
//! search. The index is made anew when the program starts, which fills them.

use sea_orm_migration::prelude::*;

use crate::columns::{add_column, drop_column};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["signature", "signature_high"] {
            let half = &mut ColumnDef::new(name);
            add_column(manager, "search_token", half.big_integer().not_null().default(0)).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["signature", "signature_high"] {
            drop_column(manager, "search_token", name).await?;
        }
        Ok(())
    }
}
