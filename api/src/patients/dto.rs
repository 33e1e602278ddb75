//! Wire types of patients.

use entity::patient;
use serde::Serialize;
use utoipa::ToSchema;

use crate::values::{FaultCode, PersonName, date_text, instant_text};

mod create;
mod list;

pub use create::{COMMENTS_LENGTH, PatientCreate, PatientPatch};
pub use list::{BY_ID, BY_NAME, PatientList, PatientPage, PatientSelectionParameters, patient_filter, sort};

/// A patient.
#[derive(Serialize, ToSchema)]
pub struct Patient {
    /// The row's id.
    #[schema(minimum = 1, example = 1)]
    pub id: i64,
    /// The patient's number at its issuer: DICOM Patient ID (0010,0020).
    #[schema(min_length = 1, max_length = 64, example = "PAT-000123")]
    pub patient_id: String,
    /// Who gave the number: DICOM Issuer of Patient ID (0010,0021).
    #[schema(max_length = 64, example = "Hôpital Nord")]
    pub issuer_of_patient_id: Option<String>,
    /// The whole name as DICOM writes it: Patient's Name (0010,0010).
    #[schema(example = "Durand^Zoé")]
    pub patient_name: String,
    /// Family name, the first component of the name.
    #[schema(max_length = 64, example = "Durand")]
    pub family_name: Option<String>,
    /// Given name, the second component.
    #[schema(max_length = 64, example = "Zoé")]
    pub given_name: Option<String>,
    /// Middle name, the third component.
    #[schema(max_length = 64)]
    pub middle_name: Option<String>,
    /// Name prefix, such as a title.
    #[schema(max_length = 64)]
    pub name_prefix: Option<String>,
    /// Name suffix, such as a degree.
    #[schema(max_length = 64)]
    pub name_suffix: Option<String>,
    /// The name in ideographs, its components joined by `^`.
    #[schema(max_length = 64)]
    pub ideographic_name: Option<String>,
    /// The name as it is spoken, its components joined by `^`.
    #[schema(max_length = 64)]
    pub phonetic_name: Option<String>,
    /// Name at birth: DICOM Patient's Birth Name (0010,1005).
    #[schema(max_length = 64)]
    pub birth_name: Option<String>,
    /// DICOM Patient's Birth Date (0010,0030).
    #[schema(format = Date, example = "1980-01-31")]
    pub birth_date: Option<String>,
    /// DICOM Patient's Sex (0010,0040): `M`, `F`, `O`; null is unknown.
    #[schema(value_type = Option<Sex>)]
    pub sex: Option<String>,
    /// Postal address.
    #[schema(max_length = 255)]
    pub address: Option<String>,
    /// Telephone number.
    #[schema(max_length = 64)]
    pub telephone_number: Option<String>,
    /// Remarks, of several lines.
    #[schema(max_length = 10240)]
    pub comments: Option<String>,
    /// How many studies the patient has, those in the bin left out.
    #[schema(minimum = 0, example = 2)]
    pub number_of_studies: i64,
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

impl From<patient::Model> for Patient {
    fn from(row: patient::Model) -> Self {
        Self {
            patient_name: patient_name(&row),
            id: row.id,
            patient_id: row.patient_id,
            issuer_of_patient_id: Some(row.issuer_of_patient_id).filter(|issuer| !issuer.is_empty()),
            family_name: row.family_name,
            given_name: row.given_name,
            middle_name: row.middle_name,
            name_prefix: row.name_prefix,
            name_suffix: row.name_suffix,
            ideographic_name: row.ideographic_name,
            phonetic_name: row.phonetic_name,
            birth_name: row.birth_name,
            birth_date: row.birth_date.map(date_text),
            sex: row.sex,
            address: row.address,
            telephone_number: row.telephone_number,
            comments: row.comments,
            number_of_studies: row.number_of_studies,
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

/// What a study says of its patient.
#[derive(Serialize, ToSchema)]
pub struct PatientSummary {
    /// The patient's row.
    #[schema(minimum = 1, example = 1)]
    pub id: i64,
    /// The patient's number at its issuer.
    #[schema(example = "PAT-000123")]
    pub patient_id: String,
    /// Who gave the number.
    pub issuer_of_patient_id: Option<String>,
    /// The whole name as DICOM writes it.
    #[schema(example = "Durand^Zoé")]
    pub patient_name: String,
    /// Birth date.
    #[schema(format = Date, example = "1980-01-31")]
    pub birth_date: Option<String>,
    /// Sex.
    #[schema(value_type = Option<Sex>)]
    pub sex: Option<String>,
}

impl From<&patient::Model> for PatientSummary {
    fn from(row: &patient::Model) -> Self {
        Self {
            id: row.id,
            patient_id: row.patient_id.clone(),
            issuer_of_patient_id: Some(row.issuer_of_patient_id.clone()).filter(|issuer| !issuer.is_empty()),
            patient_name: patient_name(row),
            birth_date: row.birth_date.map(date_text),
            sex: row.sex.clone(),
        }
    }
}

/// The PN string of a row's components.
pub fn patient_name(row: &patient::Model) -> String {
    let part = |component: &Option<String>| component.clone().unwrap_or_default();
    PersonName {
        alphabetic: [&row.family_name, &row.given_name, &row.middle_name, &row.name_prefix, &row.name_suffix].map(part),
        ideographic: part(&row.ideographic_name),
        phonetic: part(&row.phonetic_name),
    }
    .to_pn()
}

/// DICOM Patient's Sex (PS3.3 section C.2.3); null is unknown.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the schema of a text that is checked by `sex`")]
pub enum Sex {
    M,
    F,
    O,
}

/// One of [`Sex`].
pub fn sex(text: &str) -> Result<String, FaultCode> {
    if matches!(text, "M" | "F" | "O") { Ok(text.to_owned()) } else { Err(FaultCode::InvalidEnum) }
}
