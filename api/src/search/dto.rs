//! Wire types of the search.

use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::http::{Count, Cursor, Total, schema};
use crate::patients::dto::{Patient, SEXES};
use crate::studies::dto::{STATUSES, Study};

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum HitType {
    Patient,
    Study,
}

/// How a value was compared with what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum MatchKind {
    /// The whole identifier, word or value.
    Exact,
    /// The beginning of a word.
    Prefix,
    /// Within a range of dates.
    Range,
}

/// Why a hit is one.
#[derive(Serialize, ToSchema)]
pub struct Match {
    /// The field that matches.
    #[schema(example = "family_name")]
    pub field: &'static str,
    /// How it was compared.
    pub kind: MatchKind,
    /// The field's value.
    #[schema(example = "Durand")]
    pub value: String,
}

/// A patient or a study that was found.
#[derive(Serialize, ToSchema)]
pub struct SearchHit {
    /// Which of the two it is; the member of that name has it.
    #[serde(rename = "type")]
    pub type_: HitType,
    /// The row's id.
    #[schema(minimum = 1)]
    pub id: i64,
    /// Its relevance; never rises along the list.
    #[schema(minimum = 1, maximum = 100, example = 60)]
    pub score: u32,
    /// Why it was found.
    pub matched: Vec<Match>,
    /// The patient.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub patient: Option<Patient>,
    /// The study.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub study: Option<Study>,
}

/// One page of hits.
#[derive(Serialize, ToSchema)]
pub struct SearchPage {
    /// The hits of this page, the most relevant first.
    pub items: Vec<SearchHit>,
    /// Goes into `cursor` for the next page; null on the last.
    #[schema(value_type = Option<String>)]
    pub next_cursor: Option<Cursor>,
    /// The number of all hits, when `count` asked for it.
    #[serde(flatten)]
    pub total: Total,
}

/// What to search for. At least `q` or one filter is needed.
#[derive(IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(example = json!({"q": "durand zo", "limit": 20}))]
#[expect(dead_code, reason = "the documentation of parameters that are read one by one")]
pub struct SearchRequest {
    /// Words in any order, accents and case aside, each the beginning of a word of a name, a physician, a description or an
    /// institution, or a whole identifier. Double quotes ask for whole words.
    #[param(schema_with = text_schema)]
    #[schema(schema_with = text_schema)]
    q: Option<String>,
    /// `patient` or `study`; both unless said. A filter on studies leaves studies alone.
    #[param(schema_with = types_schema)]
    #[schema(schema_with = types_schema)]
    r#type: Option<String>,
    /// The patient's name: every word is the beginning of a word of the name; `dup^je` pins family and given name.
    #[param(schema_with = schema::filter_text::<200>)]
    #[schema(schema_with = schema::filter_text::<200>)]
    patient_name: Option<String>,
    /// The patient's number, exactly.
    #[param(schema_with = schema::filter_text::<64>)]
    #[schema(schema_with = schema::filter_text::<64>)]
    patient_id: Option<String>,
    /// Who gave the patient's number, exactly.
    #[param(schema_with = schema::filter_text::<64>)]
    #[schema(schema_with = schema::filter_text::<64>)]
    issuer_of_patient_id: Option<String>,
    /// Birth date: `1980-01-31`, `1980-01`, `1980`, `A..B`, `A..`, `..B`, or the DICOM forms `YYYYMMDD-YYYYMMDD`.
    #[param(schema_with = schema::date_range)]
    #[schema(schema_with = schema::date_range)]
    birth_date: Option<String>,
    /// Any of these, joined by commas: `M`, `F`, `O`.
    #[param(schema_with = sexes_schema)]
    #[schema(schema_with = sexes_schema)]
    sex: Option<String>,
    /// DICOM Study Instance UID, exactly; several joined by commas.
    #[param(schema_with = schema::uids)]
    #[schema(schema_with = schema::uids)]
    study_instance_uid: Option<String>,
    /// DICOM Study ID, exactly.
    #[param(schema_with = schema::filter_text::<16>)]
    #[schema(schema_with = schema::filter_text::<16>)]
    study_id: Option<String>,
    /// DICOM Accession Number, exactly.
    #[param(schema_with = schema::filter_text::<16>)]
    #[schema(schema_with = schema::filter_text::<16>)]
    accession_number: Option<String>,
    /// Study date, as `birth_date`.
    #[param(schema_with = schema::date_range)]
    #[schema(schema_with = schema::date_range)]
    study_date: Option<String>,
    /// Any of these modalities, joined by commas.
    #[param(schema_with = schema::modalities)]
    #[schema(schema_with = schema::modalities)]
    modality: Option<String>,
    /// Any of these, joined by commas: `registered`, `available`, `cancelled`, `entered-in-error`, `unknown`.
    #[param(schema_with = statuses_schema)]
    #[schema(schema_with = statuses_schema)]
    status: Option<String>,
    /// Beginning of words of the study description.
    #[param(schema_with = schema::filter_text::<200>)]
    #[schema(schema_with = schema::filter_text::<200>)]
    study_description: Option<String>,
    /// Beginning of words of the referring physician's name.
    #[param(schema_with = schema::filter_text::<200>)]
    #[schema(schema_with = schema::filter_text::<200>)]
    referring_physician_name: Option<String>,
    /// Last change: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
    #[param(schema_with = schema::instant_range)]
    #[schema(schema_with = schema::instant_range)]
    updated_at: Option<String>,
    /// Most hits of the page; 20 unless said.
    #[param(minimum = 1, maximum = 200)]
    #[schema(minimum = 1, maximum = 200, nullable = false)]
    limit: Option<u64>,
    /// `next_cursor` of the page before, with the same other parameters.
    #[param(min_length = 1)]
    #[schema(min_length = 1, nullable = false)]
    cursor: Option<String>,
    /// Whether to count all hits: `bounded` counts to 1,000, then says `gte`.
    #[param(inline)]
    #[schema(inline, nullable = false)]
    count: Option<Count>,
}

fn text_schema() -> utoipa::openapi::Object {
    // `*` may only end a word of two characters or more.
    schema::filter(r"^(?!.*[*][^\s])(?!.*(^|\s|.\u0022|\u0022)[^\s]?[*])[^?\u0000-\u001f\u007f-\u009f]*$", 200, "durand zo")
}

fn types_schema() -> utoipa::openapi::Object {
    schema::comma_list(&["patient", "study"])
}

fn sexes_schema() -> utoipa::openapi::Object {
    schema::comma_list(&SEXES)
}

fn statuses_schema() -> utoipa::openapi::Object {
    schema::comma_list(&STATUSES)
}
