//! Wire types of studies.

use entity::study;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use time::{Date, Time};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::filter::StudyFilter;
use super::queries::FullStudy;
use crate::error::ApiResult;
use crate::http::{Cursor, FromParameters, Members, PageQuery, Parameters, Total, as_members, schema};
use crate::keyset::{Key, KeyType, Sort};
use crate::patients::dto::{COMMENTS_LENGTH, PatientSummary};
use crate::search::name_filter;
use crate::values::{
    DateRange, FaultCode, InstantRange, code_string, date, date_text, identifier, instant_text, line, lines,
    person_name, short, study_date, time_of_day, time_text, uid,
};

/// Most modalities of one study.
const MODALITIES: usize = 32;
/// Largest number of series or instances (IS, DICOM PS3.5 section 6.2).
const LARGEST_NUMBER: i64 = 2_147_483_647;
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

impl From<FullStudy> for Study {
    fn from(study: FullStudy) -> Self {
        let FullStudy { row, patient, modalities } = study;
        Self {
            id: row.id,
            patient_fk: row.patient_fk,
            patient: PatientSummary::from(&patient),
            study_instance_uid: row.study_instance_uid,
            study_id: row.study_id,
            accession_number: row.accession_number,
            study_date: row.study_date.map(date_text),
            study_time: row.study_time.map(time_text),
            study_description: row.study_description,
            modalities_in_study: modalities,
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
        let FullStudy { row, modalities, .. } = study.clone();
        Self {
            patient_fk: row.patient_fk,
            study_instance_uid: Some(row.study_instance_uid),
            study_id: row.study_id,
            accession_number: row.accession_number,
            study_date: row.study_date,
            study_time: row.study_time,
            study_description: row.study_description,
            modalities_in_study: Some(modalities),
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
            referring_physician_name: self.referring_physician_name,
            name_of_physicians_reading_study: self.name_of_physicians_reading_study,
            institution_name: self.institution_name,
            number_of_study_related_series: self.number_of_study_related_series.unwrap_or(0),
            number_of_study_related_instances: self.number_of_study_related_instances.unwrap_or(0),
            status: self.status.unwrap_or_else(|| "registered".to_owned()),
            comments: self.comments,
            ..study.row
        };
        FullStudy { row, modalities: self.modalities_in_study.unwrap_or_default(), ..study }
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

/// One of [`StudyStatus`].
fn status(text: &str) -> Result<String, FaultCode> {
    if matches!(text, "registered" | "available" | "cancelled" | "entered-in-error" | "unknown") {
        Ok(text.to_owned())
    } else {
        Err(FaultCode::InvalidEnum)
    }
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

/// One page of studies.
#[derive(Serialize, ToSchema)]
pub struct StudyPage {
    /// The studies of this page.
    pub items: Vec<Study>,
    /// Goes into `cursor` for the next page; null on the last.
    #[schema(value_type = Option<String>)]
    pub next_cursor: Option<Cursor>,
    /// The number of all hits, when `count` asked for it.
    #[serde(flatten)]
    pub total: Total,
}

/// Which studies are listed, and how.
pub struct StudyList {
    /// Which.
    pub filter: StudyFilter,
    /// In what order.
    pub sort: Sort<study::Column>,
    /// Which page of them.
    pub page: PageQuery,
}

/// Parameters that choose studies and their order.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the documentation of parameters that are read one by one")]
pub struct StudySelectionParameters {
    /// The patient's name: every word is the beginning of a word of the name, accents and case aside; `dup^je` pins family and
    /// given name.
    #[param(max_length = 200, pattern = "name_filter")]
    patient_name: Option<String>,
    /// The patient's number, exactly.
    #[param(max_length = 64, pattern = "not_blank")]
    patient_id: Option<String>,
    /// DICOM Study Instance UID, exactly; several joined by commas.
    #[param(max_length = 2000, pattern = "uids")]
    study_instance_uid: Option<String>,
    /// DICOM Study ID, exactly.
    #[param(max_length = 16, pattern = "not_blank")]
    study_id: Option<String>,
    /// DICOM Accession Number, exactly.
    #[param(max_length = 16, pattern = "not_blank")]
    accession_number: Option<String>,
    /// Study date: `2026-11-22`, `2026-11`, `2026`, `A..B`, `A..`, `..B`, or the DICOM forms `YYYYMMDD-YYYYMMDD`.
    #[param(pattern = "date_range", example = "1980..1989")]
    study_date: Option<String>,
    /// Any of these modalities, joined by commas.
    #[param(max_length = 500, pattern = "modalities", example = "CT,MR")]
    modality: Option<String>,
    /// Any of these, joined by commas: `registered`, `available`, `cancelled`, `entered-in-error`, `unknown`.
    #[param(max_length = 100, pattern = "statuses", example = "registered,available")]
    status: Option<String>,
    /// Beginning of words of the study description, accents and case aside.
    #[param(max_length = 200, pattern = "not_blank")]
    study_description: Option<String>,
    /// Beginning of words of the referring physician's name, accents and case aside.
    #[param(max_length = 200, pattern = "not_blank")]
    referring_physician_name: Option<String>,
    /// Last change: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
    #[param(pattern = "instant_range", example = "2026-11..")]
    updated_at: Option<String>,
    /// `true` looks in the bin instead; needs the role `modification`.
    deleted: Option<bool>,
    /// Order; `-` before a key turns it round. The id is always the last key.
    #[param(pattern = "^-?(study_date|created_at|updated_at|id)$", example = "-study_date")]
    sort: Option<String>,
}

impl FromParameters for StudyList {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        let page = parameters.page(50);
        let sort = parameters.take("sort", sort).unwrap_or(NEWEST_FIRST);
        Self { filter: listed_filter(parameters), sort, page }
    }
}

/// The parameters that say which studies are wanted.
pub fn listed_filter(parameters: &mut Parameters) -> StudyFilter {
    StudyFilter {
        patient_name: parameters.take("patient_name", name_filter),
        patient_id: parameters.take("patient_id", identifier::<64>),
        updated_at: parameters.take("updated_at", InstantRange::parse),
        deleted: parameters.flag("deleted"),
        ..study_filter(parameters)
    }
}

/// The parameters that ask something of a study itself.
pub fn study_filter(parameters: &mut Parameters) -> StudyFilter {
    StudyFilter {
        study_instance_uid: parameters.any_of("study_instance_uid", 2000, uid),
        study_id: parameters.take("study_id", identifier::<16>),
        accession_number: parameters.take("accession_number", identifier::<16>),
        study_date: parameters.take("study_date", DateRange::parse),
        modality: parameters.any_of("modality", 500, code_string),
        status: parameters.any_of("status", 100, status),
        study_description: parameters.take("study_description", short),
        referring_physician_name: parameters.take("referring_physician_name", short),
        ..StudyFilter::default()
    }
}

/// What studies are sorted by.
const KEYS: [Key<study::Column>; 4] = [
    Key { name: "study_date", column: study::Column::StudyDate, kind: KeyType::Date, nullable: true },
    Key { name: "created_at", column: study::Column::CreatedAt, kind: KeyType::Instant, nullable: false },
    Key { name: "updated_at", column: study::Column::UpdatedAt, kind: KeyType::Instant, nullable: false },
    Key { name: "id", column: study::Column::Id, kind: KeyType::Id, nullable: false },
];
/// By study date, the newest first.
pub const NEWEST_FIRST: Sort<study::Column> = Sort { key: KEYS[0], descending: true };

/// By id: in the order in which they were entered.
pub const BY_ID: Sort<study::Column> = Sort { key: KEYS[3], descending: false };

/// Reads an order of studies.
///
/// # Errors
/// `invalid_enum`.
pub fn sort(text: &str) -> Result<Sort<study::Column>, FaultCode> {
    Sort::parse(&KEYS, text)
}
