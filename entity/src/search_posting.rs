//! The studies of a text. Descriptions, physicians and institutions repeat; a study enters each of its texts once instead of
//! every word of it, which is a third of the rows.

use sea_orm::entity::prelude::*;

/// A row of `search_posting`. The primary key is the order of the hits of one text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, DeriveEntityModel)]
#[sea_orm(table_name = "search_posting")]
pub struct Model {
    /// The text: a digest of its field and its folded words.
    #[sea_orm(primary_key, auto_increment = false)]
    pub text_id: i64,
    /// Grows as study dates go back; studies without a date come last.
    #[sea_orm(primary_key, auto_increment = false)]
    pub newest: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub study_id: i64,
    /// That of the study.
    pub signature: i64,
    pub signature_high: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
