//! Wire types of exports.

use entity::{patient, study};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::http::{FromParameters, Parameters};
use crate::keyset::Sort;
use crate::patients::filter::PatientFilter;
use crate::patients::{
    self,
    dto::{Patient, patient_filter},
};
use crate::studies::filter::StudyFilter;
use crate::studies::{
    self,
    dto::{Study, listed_filter},
};
use crate::values::FaultCode;

/// The columns of a CSV file of patients, as JSON Pointers (RFC 6901) into [`Patient`]; the last token names the column. First
/// what an import takes over, then what the registry keeps itself.
pub const PATIENT_COLUMNS: [&str; 20] = [
    "/patient_id",
    "/issuer_of_patient_id",
    "/family_name",
    "/given_name",
    "/middle_name",
    "/name_prefix",
    "/name_suffix",
    "/ideographic_name",
    "/phonetic_name",
    "/birth_name",
    "/birth_date",
    "/sex",
    "/address",
    "/telephone_number",
    "/comments",
    "/id",
    "/number_of_studies",
    "/version",
    "/created_at",
    "/updated_at",
];

/// The columns of a CSV file of studies, as JSON Pointers into [`Study`].
pub const STUDY_COLUMNS: [&str; 21] = [
    "/study_instance_uid",
    "/patient/patient_id",
    "/patient/issuer_of_patient_id",
    "/patient/patient_name",
    "/study_id",
    "/accession_number",
    "/study_date",
    "/study_time",
    "/study_description",
    "/modalities_in_study",
    "/referring_physician_name",
    "/name_of_physicians_reading_study",
    "/institution_name",
    "/number_of_study_related_series",
    "/number_of_study_related_instances",
    "/status",
    "/comments",
    "/id",
    "/version",
    "/created_at",
    "/updated_at",
];

/// A line of an NDJSON file of patients.
#[derive(Serialize, ToSchema)]
pub struct PatientRecord {
    /// Tells it from a study.
    #[serde(rename = "type")]
    #[schema(pattern = "^patient$", example = "patient")]
    kind: &'static str,
    #[serde(flatten)]
    patient: Patient,
}

impl From<Patient> for PatientRecord {
    fn from(patient: Patient) -> Self {
        Self { kind: "patient", patient }
    }
}

/// A line of an NDJSON file of studies.
#[derive(Serialize, ToSchema)]
pub struct StudyRecord {
    /// Tells it from a patient.
    #[serde(rename = "type")]
    #[schema(pattern = "^study$", example = "study")]
    kind: &'static str,
    #[serde(flatten)]
    study: Study,
}

impl From<Study> for StudyRecord {
    fn from(study: Study) -> Self {
        Self { kind: "study", study }
    }
}

/// Parameters that shape a CSV file; NDJSON has one shape.
#[derive(Clone, Copy, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CsvShape {
    /// `true` begins a CSV file with a byte order mark, by which Excel knows UTF-8.
    #[param(value_type = Option<bool>)]
    pub bom: bool,
    /// What stands between the cells of a CSV file: `,` unless said, or `;` as Excel expects it where the comma is the decimal sign.
    #[param(value_type = Option<String>, pattern = "^[,;]$", example = ";")]
    pub separator: u8,
}

impl FromParameters for CsvShape {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        let separator = parameters.take("separator", |text| match text {
            "," | ";" => Ok(text.as_bytes()[0]),
            _ => Err(FaultCode::InvalidEnum),
        });
        Self { bom: parameters.flag("bom"), separator: separator.unwrap_or(b',') }
    }
}

/// Which patients are exported, and how.
pub struct PatientExport {
    pub filter: PatientFilter,
    pub sort: Sort<patient::Column>,
    pub shape: CsvShape,
}

impl FromParameters for PatientExport {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        let sort = parameters.take("sort", patients::dto::sort);
        let filter = patient_filter(parameters);
        Self { filter, sort: sort.unwrap_or(patients::dto::BY_ID), shape: CsvShape::from_parameters(parameters) }
    }
}

/// Which studies are exported, and how.
pub struct StudyExport {
    pub filter: StudyFilter,
    pub sort: Sort<study::Column>,
    pub shape: CsvShape,
}

impl FromParameters for StudyExport {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        let sort = parameters.take("sort", studies::dto::sort);
        let filter = listed_filter(parameters);
        Self { filter, sort: sort.unwrap_or(studies::dto::BY_ID), shape: CsvShape::from_parameters(parameters) }
    }
}
