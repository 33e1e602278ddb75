//! Imaging studies. Columns are DICOM keywords in snake case (PS3.3 C.7.2.1).

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// A row of `study`.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "study")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// The patient's row. `patient_id` always means the DICOM attribute.
    pub patient_fk: i64,
    #[sea_orm(unique)]
    pub study_instance_uid: String,
    pub study_id: Option<String>,
    /// Indexed, not unique: one order may yield several studies.
    pub accession_number: Option<String>,
    pub study_date: Option<TimeDate>,
    pub study_time: Option<TimeTime>,
    pub study_description: Option<String>,
    /// Their names in alphabetical order, between commas; each has a row of `study_modality` too.
    pub modalities_in_study: String,
    pub referring_physician_name: Option<String>,
    pub name_of_physicians_reading_study: Option<String>,
    pub institution_name: Option<String>,
    pub number_of_study_related_series: i64,
    pub number_of_study_related_instances: i64,
    /// `registered`, `available`, `cancelled`, `entered-in-error` or `unknown` (FHIR R4 ImagingStudy.status).
    pub status: String,
    pub comments: Option<String>,
    /// Every searchable word of the row, folded, each between spaces.
    pub search_words: String,
    /// Which words the row and its patient may have: what most rows are told apart by in an index, without being read.
    pub signature: i64,
    /// The other half of it.
    pub signature_high: i64,
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
    #[sea_orm(belongs_to = "super::patient::Entity", from = "Column::PatientFk", to = "super::patient::Column::Id")]
    Patient,
    #[sea_orm(has_many = "super::study_modality::Entity")]
    StudyModality,
}

impl Related<super::patient::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Patient.def()
    }
}

impl Related<super::study_modality::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::StudyModality.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
