//! What is written of a study: a new one, what one is replaced by, and a change.

use entity::study;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use time::{Date, Time};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Modality, StudyStatus, status};
use crate::error::ApiResult;
use crate::http::{Members, as_members, schema};
use crate::patients::dto::COMMENTS_LENGTH;
use crate::studies::queries::{FullStudy, joined, modalities};
use crate::values::{
    FaultCode, code_string, date, date_text, line, lines, person_name, study_date, time_of_day, time_text, uid,
};

/// Most modalities of one study.
pub const MODALITIES: usize = 32;
/// Largest number of series or instances (IS, DICOM PS3.5 section 6.2).
pub const LARGEST_NUMBER: i64 = 2_147_483_647;

/// A study to enter, or what one is replaced by.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(example = json!({
    "patient_fk": 1, "accession_number": "ACC-2026-0001", "study_date": "2026-11-20", "study_time": "08:30",
    "study_description": "IRM cérébrale", "modalities_in_study": ["MR"]
}))]
pub struct StudyCreate {
    /// The id of the patient's row.
    #[schema(minimum = 1)]
    pub patient_fk: i64,
    /// DICOM Study Instance UID; one is made when it is absent, and kept when a study is replaced.
    #[schema(max_length = 64, pattern = "uid")]
    pub study_instance_uid: Option<String>,
    /// DICOM Study ID.
    #[schema(max_length = 16, pattern = "line")]
    pub study_id: Option<String>,
    /// DICOM Accession Number.
    #[schema(max_length = 16, pattern = "line")]
    pub accession_number: Option<String>,
    /// DICOM Study Date: from 1800, not before the patient's birth; in the future only while the status is neither `available` nor `unknown`.
    #[schema(value_type = Option<String>, format = Date, pattern = "plausible_date")]
    #[serde(serialize_with = "iso_date")]
    pub study_date: Option<Date>,
    /// DICOM Study Time, local time; needs a study date. Seconds may be left out.
    #[schema(value_type = Option<String>, max_length = 15, pattern = "time_of_day")]
    #[serde(serialize_with = "iso_time")]
    pub study_time: Option<Time>,
    /// DICOM Study Description.
    #[schema(max_length = 64, pattern = "line")]
    pub study_description: Option<String>,
    /// DICOM Modalities in Study, such as `CT`, `MR`, `US`.
    #[schema(max_items = 32, value_type = Option<Vec<Modality>>)]
    pub modalities_in_study: Option<Vec<String>>,
    /// DICOM Referring Physician's Name, as a PN string.
    #[schema(max_length = 194, pattern = "person_name")]
    pub referring_physician_name: Option<String>,
    /// DICOM Name of Physician(s) Reading Study, as a PN string.
    #[schema(max_length = 194, pattern = "person_name")]
    pub name_of_physicians_reading_study: Option<String>,
    /// DICOM Institution Name.
    #[schema(max_length = 64, pattern = "line")]
    pub institution_name: Option<String>,
    /// DICOM Number of Study Related Series; 0 unless said.
    #[schema(minimum = 0, maximum = 2_147_483_647_i64)]
    pub number_of_study_related_series: Option<i64>,
    /// DICOM Number of Study Related Instances, at least the number of series; 0 unless said.
    #[schema(minimum = 0, maximum = 2_147_483_647_i64)]
    pub number_of_study_related_instances: Option<i64>,
    /// `registered` unless said (FHIR R4 ImagingStudy.status).
    #[schema(value_type = Option<StudyStatus>)]
    pub status: Option<String>,
    /// Remarks, of several lines.
    #[schema(max_length = 10240, pattern = "lines")]
    pub comments: Option<String>,
}

impl StudyCreate {
    /// Reads a body; every rule that one study can break by itself is checked here.
    pub fn read(members: &mut Members) -> Self {
        let patient_fk = patient_fk(members);
        Self { patient_fk, ..Self::described(members) }
    }

    /// Reads all but whose study it is.
    pub fn described(members: &mut Members) -> Self {
        let numbers = 0..=LARGEST_NUMBER;
        let mut modalities = members.list("modalities_in_study", MODALITIES, code_string);
        if let Some(modalities) = &mut modalities {
            modalities.sort();
            modalities.dedup();
        }
        let study = Self {
            patient_fk: 0,
            study_instance_uid: members.value("study_instance_uid", uid),
            study_id: members.optional("study_id", |text| line(text, 16)),
            accession_number: members.optional("accession_number", |text| line(text, 16)),
            study_date: members.value("study_date", date),
            study_time: members.value("study_time", time_of_day),
            study_description: members.optional("study_description", |text| line(text, 64)),
            modalities_in_study: modalities,
            referring_physician_name: members.optional("referring_physician_name", person_name),
            name_of_physicians_reading_study: members.optional("name_of_physicians_reading_study", person_name),
            institution_name: members.optional("institution_name", |text| line(text, 64)),
            number_of_study_related_series: members.integer("number_of_study_related_series", numbers.clone()),
            number_of_study_related_instances: members.integer("number_of_study_related_instances", numbers),
            status: members.value("status", status),
            comments: members.optional("comments", |text| lines(text, COMMENTS_LENGTH)),
        };
        study.check_together(members);
        study
    }

    /// The rules that tie one member to another.
    fn check_together(&self, members: &mut Members) {
        let took_place = matches!(self.status.as_deref(), Some("available" | "unknown"));
        if let Some(Err(code)) = self.study_date.map(|date| study_date(date, took_place)) {
            members.fault("study_date", code);
        }
        if self.study_time.is_some() && self.study_date.is_none() && !members.is_faulty("study_date") {
            members.fault("study_time", FaultCode::TimeWithoutDate);
        }
        let number = |number: Option<i64>| number.unwrap_or(0);
        let fewer = number(self.number_of_study_related_instances) < number(self.number_of_study_related_series);
        if fewer && !members.is_faulty("number_of_study_related_instances") {
            members.fault("number_of_study_related_instances", FaultCode::InstancesBelowSeries);
        }
    }

    /// What a study says of itself in this form: the base of a merge patch.
    pub fn of(study: &FullStudy) -> Self {
        let row = study.row.clone();
        Self {
            patient_fk: row.patient_fk,
            study_instance_uid: Some(row.study_instance_uid),
            study_id: row.study_id,
            accession_number: row.accession_number,
            study_date: row.study_date,
            study_time: row.study_time,
            study_description: row.study_description,
            modalities_in_study: Some(modalities(&study.row).map(str::to_owned).collect()),
            referring_physician_name: row.referring_physician_name,
            name_of_physicians_reading_study: row.name_of_physicians_reading_study,
            institution_name: row.institution_name,
            number_of_study_related_series: Some(row.number_of_study_related_series),
            number_of_study_related_instances: Some(row.number_of_study_related_instances),
            status: Some(row.status),
            comments: row.comments,
        }
    }

    /// Puts it into a study. A UID that was not given stays the study's; the patient is the caller's to change.
    pub fn into_study(self, study: FullStudy) -> FullStudy {
        let row = study::Model {
            study_instance_uid: self.study_instance_uid.unwrap_or(study.row.study_instance_uid),
            study_id: self.study_id,
            accession_number: self.accession_number,
            study_date: self.study_date,
            study_time: self.study_time,
            study_description: self.study_description,
            modalities_in_study: joined(self.modalities_in_study.iter().flatten().map(String::as_str)),
            referring_physician_name: self.referring_physician_name,
            name_of_physicians_reading_study: self.name_of_physicians_reading_study,
            institution_name: self.institution_name,
            number_of_study_related_series: self.number_of_study_related_series.unwrap_or(0),
            number_of_study_related_instances: self.number_of_study_related_instances.unwrap_or(0),
            status: self.status.unwrap_or_else(|| "registered".to_owned()),
            comments: self.comments,
            ..study.row
        };
        FullStudy { row, ..study }
    }

    /// Applies a merge patch (RFC 7396) to a study: its members replace those of the study, null removes.
    ///
    /// # Errors
    /// 422 with every fault of the result.
    pub fn patched(study: &FullStudy, patch: Map<String, Value>) -> ApiResult<Self> {
        Members::patch(as_members(&Self::of(study))?, patch, &["study_instance_uid"], Self::read)
    }
}

fn patient_fk(members: &mut Members) -> i64 {
    let id = members.integer("patient_fk", 1..=i64::MAX);
    if id.is_none() && !members.is_faulty("patient_fk") {
        members.fault("patient_fk", FaultCode::Required);
    }
    id.unwrap_or_default()
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
fn iso_date<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    date.map(date_text).serialize(serializer)
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
fn iso_time<S: Serializer>(time: &Option<Time>, serializer: S) -> Result<S::Ok, S::Error> {
    time.map(time_text).serialize(serializer)
}

/// A change of a study as a JSON merge patch (RFC 7396): absent members stay, null empties.
pub struct StudyPatch;

impl PartialSchema for StudyPatch {
    fn schema() -> RefOr<Schema> {
        schema::patch_of(StudyCreate::schema(), &["study_instance_uid"])
    }
}

impl ToSchema for StudyPatch {}
