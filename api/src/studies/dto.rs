//! Wire types of studies.

use serde::Serialize;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::queries::{FullStudy, modalities};
use crate::http::schema;
use crate::patients::dto::PatientSummary;
use crate::values::{FaultCode, date_text, instant_text, time_text};

mod create;
mod list;

pub use create::{LARGEST_NUMBER, MODALITIES, StudyCreate, StudyPatch};
pub use list::{
    BY_ID, NEWEST_FIRST, StudyList, StudyPage, StudySelectionParameters, listed_filter, sort, study_filter,
};

/// What a study can be (FHIR R4 ImagingStudy.status).
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
#[expect(dead_code, reason = "the schema of a text that is checked by `status`")]
pub enum StudyStatus {
    Registered,
    Available,
    Cancelled,
    EnteredInError,
    Unknown,
}

/// One of [`StudyStatus`].
fn status(text: &str) -> Result<String, FaultCode> {
    if matches!(text, "registered" | "available" | "cancelled" | "entered-in-error" | "unknown") {
        Ok(text.to_owned())
    } else {
        Err(FaultCode::InvalidEnum)
    }
}

/// A modality: a code string (CS, DICOM PS3.5 section 6.2), such as `CT`.
pub struct Modality;

impl PartialSchema for Modality {
    fn schema() -> RefOr<Schema> {
        RefOr::T(Schema::Object(schema::modality()))
    }
}

impl ToSchema for Modality {}

/// An imaging study.
#[derive(Serialize, ToSchema)]
pub struct Study {
    /// The row's id.
    #[schema(minimum = 1, example = 1)]
    pub id: i64,
    /// The id of the patient's row; `patient.patient_id` is the patient's number.
    #[schema(minimum = 1, example = 1)]
    pub patient_fk: i64,
    /// The patient, in short.
    pub patient: PatientSummary,
    /// DICOM Study Instance UID (0020,000D).
    #[schema(min_length = 1, max_length = 64, example = "2.25.143421434344346346346346")]
    pub study_instance_uid: String,
    /// DICOM Study ID (0020,0010).
    #[schema(max_length = 16)]
    pub study_id: Option<String>,
    /// DICOM Accession Number (0008,0050); several studies may share one.
    #[schema(max_length = 16, example = "ACC-2026-0001")]
    pub accession_number: Option<String>,
    /// DICOM Study Date (0008,0020).
    #[schema(format = Date, example = "2026-11-22")]
    pub study_date: Option<String>,
    /// DICOM Study Time (0008,0030), local time.
    #[schema(example = "08:30:00")]
    pub study_time: Option<String>,
    /// DICOM Study Description (0008,1030).
    #[schema(max_length = 64, example = "IRM cérébrale")]
    pub study_description: Option<String>,
    /// DICOM Modalities in Study (0008,0061), in alphabetical order.
    #[schema(max_items = 32, example = json!(["MR"]))]
    pub modalities_in_study: Vec<String>,
    /// DICOM Referring Physician's Name (0008,0090).
    #[schema(max_length = 194, example = "Lefèvre^Anne")]
    pub referring_physician_name: Option<String>,
    /// DICOM Name of Physician(s) Reading Study (0008,1060).
    #[schema(max_length = 194)]
    pub name_of_physicians_reading_study: Option<String>,
    /// DICOM Institution Name (0008,0080).
    #[schema(max_length = 64)]
    pub institution_name: Option<String>,
    /// DICOM Number of Study Related Series (0020,1206).
    #[schema(minimum = 0, example = 4)]
    pub number_of_study_related_series: i64,
    /// DICOM Number of Study Related Instances (0020,1208).
    #[schema(minimum = 0, example = 320)]
    pub number_of_study_related_instances: i64,
    /// What the study is (FHIR R4 ImagingStudy.status).
    #[schema(value_type = StudyStatus)]
    pub status: String,
    /// Remarks, of several lines.
    #[schema(max_length = 10240)]
    pub comments: Option<String>,
    /// Counts the changes of this row; the first part of its `ETag`.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
    /// When it was entered.
    #[schema(format = DateTime, example = "2026-11-22T09:30:00.123456Z")]
    pub created_at: String,
    /// The user who entered it; null when that was the command line or an API key.
    pub created_by: Option<i64>,
    /// When it was last changed.
    #[schema(format = DateTime, example = "2026-11-22T09:30:00.123456Z")]
    pub updated_at: String,
    /// The user who changed it last; null when that was the command line or an API key.
    pub updated_by: Option<i64>,
    /// When it was moved to the bin; null outside the bin.
    #[schema(format = DateTime)]
    pub deleted_at: Option<String>,
    /// Who moved it to the bin.
    pub deleted_by: Option<i64>,
}

impl From<FullStudy> for Study {
    fn from(study: FullStudy) -> Self {
        let FullStudy { row, patient } = study;
        Self {
            modalities_in_study: modalities(&row).map(str::to_owned).collect(),
            id: row.id,
            patient_fk: row.patient_fk,
            patient: PatientSummary::from(&*patient),
            study_instance_uid: row.study_instance_uid,
            study_id: row.study_id,
            accession_number: row.accession_number,
            study_date: row.study_date.map(date_text),
            study_time: row.study_time.map(time_text),
            study_description: row.study_description,
            referring_physician_name: row.referring_physician_name,
            name_of_physicians_reading_study: row.name_of_physicians_reading_study,
            institution_name: row.institution_name,
            number_of_study_related_series: row.number_of_study_related_series,
            number_of_study_related_instances: row.number_of_study_related_instances,
            status: row.status,
            comments: row.comments,
            version: row.version,
            created_at: instant_text(row.created_at),
            created_by: row.created_by,
            updated_at: instant_text(row.updated_at),
            updated_by: row.updated_by,
            deleted_at: row.deleted_at.map(instant_text),
            deleted_by: row.deleted_by,
        }
    }
}
