//! Modalities in Study (0008,0061), a row each.

use sea_orm::entity::prelude::*;

/// A row of `study_modality`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "study_modality")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub study_fk: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub modality: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::study::Entity", from = "Column::StudyFk", to = "super::study::Column::Id")]
    Study,
}

impl Related<super::study::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Study.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
