//! Wire types of patients.

use entity::patient;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use time::Date;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::queries::PatientFilter;
use crate::error::ApiResult;
use crate::http::{Cursor, FromParameters, Members, PageQuery, Parameters, Total, as_members, schema};
use crate::keyset::{Key, KeyType, Sort};
use crate::search::name_filter;
use crate::values::{
    DateRange, FaultCode, InstantRange, PersonName, birth_date, date, date_text, identifier, instant_text, line, lines,
    name_component, name_group, short,
};

/// Longest comment (LT, DICOM PS3.5 section 6.2).
pub const COMMENTS_LENGTH: usize = 10_240;

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
    /// Who entered it; null for imports.
    pub created_by: Option<i64>,
    /// When it was last changed.
    #[schema(format = DateTime, example = "2026-11-22T09:30:00.123456Z")]
    pub updated_at: String,
    /// Who changed it last; null for imports.
    pub updated_by: Option<i64>,
    /// When it was moved to the bin; null outside the bin.
    #[schema(format = DateTime)]
    pub deleted_at: Option<String>,
    /// Who moved it to the bin.
    pub deleted_by: Option<i64>,
}

impl Patient {
    /// The wire form of a row.
    pub fn of(row: patient::Model, number_of_studies: i64) -> Self {
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
            number_of_studies,
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
        let patient = Self {
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
        };
        let named = patient.family_name.is_some() || patient.given_name.is_some();
        if !named && !members.is_faulty("family_name") && !members.is_faulty("given_name") {
            members.fault("family_name", FaultCode::Required);
        }
        patient
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

/// A change of a patient as a JSON merge patch (RFC 7396): absent members stay, null empties.
pub struct PatientPatch;

impl PartialSchema for PatientPatch {
    fn schema() -> RefOr<Schema> {
        schema::patch_of(PatientCreate::schema(), &["patient_id"])
    }
}

impl ToSchema for PatientPatch {}

/// One page of patients.
#[derive(Serialize, ToSchema)]
pub struct PatientPage {
    /// The patients of this page.
    pub items: Vec<Patient>,
    /// Goes into `cursor` for the next page; null on the last.
    #[schema(value_type = Option<String>)]
    pub next_cursor: Option<Cursor>,
    /// The number of all hits, when `count` asked for it.
    #[serde(flatten)]
    pub total: Total,
}

/// Which patients are listed, and how.
pub struct PatientList {
    /// Which.
    pub filter: PatientFilter,
    /// In what order.
    pub sort: Sort<patient::Column>,
    /// Which page of them.
    pub page: PageQuery,
}

/// Parameters that choose patients and their order.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the documentation of parameters that are read one by one")]
pub struct PatientSelectionParameters {
    /// Name: every word is the beginning of a word of the name, accents and case aside; `dup^je` pins family and given name.
    #[param(max_length = 200, pattern = "name_filter")]
    patient_name: Option<String>,
    /// Beginning of words of the family name, accents and case aside.
    #[param(max_length = 200, pattern = "not_blank")]
    family_name: Option<String>,
    /// Beginning of words of the given name, accents and case aside.
    #[param(max_length = 200, pattern = "not_blank")]
    given_name: Option<String>,
    /// The patient's number, exactly.
    #[param(max_length = 64, pattern = "not_blank")]
    patient_id: Option<String>,
    /// Who gave the number, exactly.
    #[param(max_length = 64, pattern = "not_blank")]
    issuer_of_patient_id: Option<String>,
    /// Birth date: `1980-01-31`, `1980-01`, `1980`, `A..B`, `A..`, `..B`, or the DICOM forms `YYYYMMDD-YYYYMMDD`.
    #[param(pattern = "date_range", example = "1980..1989")]
    birth_date: Option<String>,
    /// Any of these, joined by commas: `M`, `F`, `O`.
    #[param(max_length = 100, pattern = "sexes", example = "M,O")]
    sex: Option<String>,
    /// Last change: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
    #[param(pattern = "instant_range", example = "2026-11..")]
    updated_at: Option<String>,
    /// `true` looks in the bin instead; needs the role `modification`.
    deleted: Option<bool>,
    /// Order; `-` before a key turns it round. The id is always the last key.
    #[param(pattern = "^-?(name|birth_date|created_at|updated_at|id)$", example = "name")]
    sort: Option<String>,
}

impl FromParameters for PatientList {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        let page = parameters.page(50);
        let sort = parameters.take("sort", sort).unwrap_or(BY_NAME);
        Self { filter: patient_filter(parameters), sort, page }
    }
}

/// The parameters that say which patients are wanted.
pub fn patient_filter(parameters: &mut Parameters) -> PatientFilter {
    PatientFilter {
        patient_name: parameters.take("patient_name", name_filter),
        family_name: parameters.take("family_name", short),
        given_name: parameters.take("given_name", short),
        patient_id: parameters.take("patient_id", identifier::<64>),
        issuer_of_patient_id: parameters.take("issuer_of_patient_id", identifier::<64>),
        birth_date: parameters.take("birth_date", DateRange::parse),
        sex: parameters.any_of("sex", 100, sex),
        updated_at: parameters.take("updated_at", InstantRange::parse),
        deleted: parameters.flag("deleted"),
    }
}

/// What patients are sorted by.
const KEYS: [Key<patient::Column>; 5] = [
    Key { name: "name", column: patient::Column::NameKey, kind: KeyType::Text, nullable: false },
    Key { name: "birth_date", column: patient::Column::BirthDate, kind: KeyType::Date, nullable: true },
    Key { name: "created_at", column: patient::Column::CreatedAt, kind: KeyType::Instant, nullable: false },
    Key { name: "updated_at", column: patient::Column::UpdatedAt, kind: KeyType::Instant, nullable: false },
    Key { name: "id", column: patient::Column::Id, kind: KeyType::Id, nullable: false },
];
/// By name, A first.
pub const BY_NAME: Sort<patient::Column> = Sort { key: KEYS[0], descending: false };

/// By id: in the order in which they were entered.
pub const BY_ID: Sort<patient::Column> = Sort { key: KEYS[4], descending: false };

/// Reads an order of patients.
///
/// # Errors
/// `invalid_enum`.
pub fn sort(text: &str) -> Result<Sort<patient::Column>, FaultCode> {
    Sort::parse(&KEYS, text)
}
