//! Patients. Columns are DICOM keywords in snake case (PS3.3 C.2.2 and C.2.3), names taken apart into components.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// A row of `patient`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "patient")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Patient ID (0010,0020); unique with its issuer.
    pub patient_id: String,
    /// Issuer of Patient ID (0010,0021); empty when there is none, since NULLs would not be unique.
    pub issuer_of_patient_id: String,
    pub family_name: Option<String>,
    pub given_name: Option<String>,
    pub middle_name: Option<String>,
    pub name_prefix: Option<String>,
    pub name_suffix: Option<String>,
    pub ideographic_name: Option<String>,
    pub phonetic_name: Option<String>,
    pub birth_name: Option<String>,
    pub birth_date: Option<TimeDate>,
    pub sex: Option<String>,
    pub address: Option<String>,
    pub telephone_number: Option<String>,
    pub comments: Option<String>,
    /// Folded family, given and middle name: what lists are sorted by.
    pub name_key: String,
    /// Every searchable word of the row, folded, each between spaces.
    pub search_words: String,
    /// How many live studies there are of the patient. Whoever writes a study keeps it; whoever writes a patient leaves it alone.
    pub number_of_studies: i64,
    pub version: i64,
    pub created_at: TimeDateTime,
    pub created_by: Option<i64>,
    pub updated_at: TimeDateTime,
    pub updated_by: Option<i64>,
    pub deleted_at: Option<TimeDateTime>,
    pub deleted_by: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_many = "super::study::Entity")]
    Study,
}

impl Related<super::study::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Study.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
