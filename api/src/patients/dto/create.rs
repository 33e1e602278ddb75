//! What is written of a patient: a new one, what one is replaced by, and a change.

use entity::patient;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use time::Date;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::{Sex, sex};
use crate::error::ApiResult;
use crate::http::{Members, as_members, schema};
use crate::values::{FaultCode, birth_date, date, date_text, line, lines, name_component, name_group};

/// Longest comment (LT, DICOM PS3.5 section 6.2).
pub const COMMENTS_LENGTH: usize = 10_240;

/// A patient to enter, or what one is replaced by. A family or a given name is needed.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[schema(example = json!({"family_name": "Durand", "given_name": "Zoé", "birth_date": "1980-01-31", "sex": "F"}))]
pub struct PatientCreate {
    /// The patient's number; one is made when it is absent, and kept when a patient is replaced.
    #[schema(max_length = 64, pattern = "line")]
    pub patient_id: Option<String>,
    /// Who gave the number.
    #[schema(max_length = 64, pattern = "line")]
    pub issuer_of_patient_id: Option<String>,
    /// Family name.
    #[schema(max_length = 64, pattern = "name_component")]
    pub family_name: Option<String>,
    /// Given name.
    #[schema(max_length = 64, pattern = "name_component")]
    pub given_name: Option<String>,
    /// Middle name.
    #[schema(max_length = 64, pattern = "name_component")]
    pub middle_name: Option<String>,
    /// Name prefix, such as a title.
    #[schema(max_length = 64, pattern = "name_component")]
    pub name_prefix: Option<String>,
    /// Name suffix, such as a degree.
    #[schema(max_length = 64, pattern = "name_component")]
    pub name_suffix: Option<String>,
    /// The name in ideographs, its components joined by `^`.
    #[schema(max_length = 64, pattern = "name_group")]
    pub ideographic_name: Option<String>,
    /// The name as it is spoken, its components joined by `^`.
    #[schema(max_length = 64, pattern = "name_group")]
    pub phonetic_name: Option<String>,
    /// Name at birth.
    #[schema(max_length = 64, pattern = "name_component")]
    pub birth_name: Option<String>,
    /// Birth date, from 1800 to today.
    #[schema(value_type = Option<String>, format = Date, pattern = "plausible_date")]
    #[serde(serialize_with = "iso_date")]
    pub birth_date: Option<Date>,
    /// Sex: `M`, `F`, `O` or null.
    #[schema(value_type = Option<Sex>)]
    pub sex: Option<String>,
    /// Postal address.
    #[schema(max_length = 255, pattern = "line")]
    pub address: Option<String>,
    /// Telephone number.
    #[schema(max_length = 64, pattern = "line")]
    pub telephone_number: Option<String>,
    /// Remarks, of several lines.
    #[schema(max_length = 10240, pattern = "lines")]
    pub comments: Option<String>,
}

impl PatientCreate {
    /// Reads a body; every rule of DICOM and of the registry that one patient can break is checked here.
    pub fn read(members: &mut Members) -> Self {
        let patient = Self::described(members);
        let is_named = patient.family_name.is_some() || patient.given_name.is_some();
        if !is_named && !members.is_faulty("family_name") && !members.is_faulty("given_name") {
            members.fault("family_name", FaultCode::Required);
        }
        patient
    }

    /// Reads a body that may be without a name.
    pub fn described(members: &mut Members) -> Self {
        Self {
            patient_id: members.optional("patient_id", |text| line(text, 64)),
            issuer_of_patient_id: members.optional("issuer_of_patient_id", |text| line(text, 64)),
            family_name: members.optional("family_name", name_component),
            given_name: members.optional("given_name", name_component),
            middle_name: members.optional("middle_name", name_component),
            name_prefix: members.optional("name_prefix", name_component),
            name_suffix: members.optional("name_suffix", name_component),
            ideographic_name: members.optional("ideographic_name", name_group),
            phonetic_name: members.optional("phonetic_name", name_group),
            birth_name: members.optional("birth_name", name_component),
            birth_date: members.value("birth_date", |text| date(text).and_then(birth_date)),
            sex: members.value("sex", sex),
            address: members.optional("address", |text| line(text, 255)),
            telephone_number: members.optional("telephone_number", |text| line(text, 64)),
            comments: members.optional("comments", |text| lines(text, COMMENTS_LENGTH)),
        }
    }

    /// What a row says of itself in this form: the base of a merge patch.
    pub fn of(row: &patient::Model) -> Self {
        Self {
            patient_id: Some(row.patient_id.clone()),
            issuer_of_patient_id: Some(row.issuer_of_patient_id.clone()).filter(|issuer| !issuer.is_empty()),
            family_name: row.family_name.clone(),
            given_name: row.given_name.clone(),
            middle_name: row.middle_name.clone(),
            name_prefix: row.name_prefix.clone(),
            name_suffix: row.name_suffix.clone(),
            ideographic_name: row.ideographic_name.clone(),
            phonetic_name: row.phonetic_name.clone(),
            birth_name: row.birth_name.clone(),
            birth_date: row.birth_date,
            sex: row.sex.clone(),
            address: row.address.clone(),
            telephone_number: row.telephone_number.clone(),
            comments: row.comments.clone(),
        }
    }

    /// Puts it into a row. A number that was not given stays the row's.
    pub fn into_row(self, row: patient::Model) -> patient::Model {
        patient::Model {
            patient_id: self.patient_id.unwrap_or(row.patient_id),
            issuer_of_patient_id: self.issuer_of_patient_id.unwrap_or_default(),
            family_name: self.family_name,
            given_name: self.given_name,
            middle_name: self.middle_name,
            name_prefix: self.name_prefix,
            name_suffix: self.name_suffix,
            ideographic_name: self.ideographic_name,
            phonetic_name: self.phonetic_name,
            birth_name: self.birth_name,
            birth_date: self.birth_date,
            sex: self.sex,
            address: self.address,
            telephone_number: self.telephone_number,
            comments: self.comments,
            ..row
        }
    }

    /// Applies a merge patch (RFC 7396) to a row: its members replace those of the row, null removes.
    ///
    /// # Errors
    /// 422 with every fault of the result.
    pub fn patched(row: &patient::Model, patch: Map<String, Value>) -> ApiResult<Self> {
        Members::patch(as_members(&Self::of(row))?, patch, &["patient_id"], Self::read)
    }
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
fn iso_date<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    date.map(date_text).serialize(serializer)
}

/// A change of a patient as a JSON merge patch (RFC 7396): absent members stay, null empties.
pub struct PatientPatch;

impl PartialSchema for PatientPatch {
    fn schema() -> RefOr<Schema> {
        schema::patch_of(PatientCreate::schema(), &["patient_id"])
    }
}

impl ToSchema for PatientPatch {}
