//! The vocabulary of the search index, with what each word sounds like.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DatabaseBackend;

use crate::columns::{drop, index, table, text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut word = table(manager, "search_word");
        word.col(text("word", 64).not_null().primary_key()).col(text("sound", 64).not_null());
        if manager.get_database_backend() == DatabaseBackend::Sqlite {
            word.extra("WITHOUT ROWID");
        }
        manager.create_table(word).await?;
        index(manager, "search_word_sound ON search_word (sound, word)").await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop(manager, "search_word").await
    }
}
