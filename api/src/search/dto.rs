//! Wire types of the search.

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use crate::http::{Count, Cursor, Total};
use crate::patients::dto::Patient;
use crate::studies::dto::Study;

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
    /// A word that sounds alike to a French ear.
    Phonetic,
    /// A word with a letter more, less or other, or with two neighbouring letters swapped.
    Fuzzy,
    /// Within a range of dates.
    Range,
}

/// Most studies that `include=studies` adds to a patient.
pub const MOST_INCLUDED: u64 = 20;

/// What hits are sorted by.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the documentation of a parameter that is read as text")]
pub enum HitOrder {
    #[schema(rename = "relevance")]
    Relevance,
    #[schema(rename = "name")]
    Name,
    #[schema(rename = "-name")]
    NameDescending,
    #[schema(rename = "birth_date")]
    BirthDate,
    #[schema(rename = "-birth_date")]
    BirthDateDescending,
    #[schema(rename = "study_date")]
    StudyDate,
    #[schema(rename = "-study_date")]
    StudyDateDescending,
    #[schema(rename = "created_at")]
    CreatedAt,
    #[schema(rename = "-created_at")]
    CreatedAtDescending,
    #[schema(rename = "updated_at")]
    UpdatedAt,
    #[schema(rename = "-updated_at")]
    UpdatedAtDescending,
    #[schema(rename = "id")]
    Id,
    #[schema(rename = "-id")]
    IdDescending,
}

/// How far from what was typed a word may be.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "the documentation of a parameter that is read as text")]
pub enum MatchReach {
    Auto,
    Exact,
    Prefix,
    Phonetic,
    Fuzzy,
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
    /// Its relevance; never rises along a list in that order.
    #[schema(minimum = 1, maximum = 100, example = 60)]
    pub score: u32,
    /// Why it was found.
    pub matched: Vec<Match>,
    /// The patient that was found, or with `include=patient` the one of the study.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub patient: Option<Patient>,
    /// The study.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub study: Option<Study>,
    /// The newest studies of the patient, with `include=studies`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub studies: Option<Vec<Study>>,
    /// The members that `fields` names, instead of the whole row.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Object)]
    pub fields: Option<Map<String, Value>>,
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
    /// institution, or a whole identifier, or a birth date or that of a study: `1980-01-31`, `31/01/1980`, `01/1980`, `1980`, or a
    /// range that begins so. Double quotes ask for whole words, and for identifiers with a space.
    #[param(max_length = 200, pattern = "search_text", example = "durand zo")]
    #[schema(max_length = 200, pattern = "search_text", example = "durand zo")]
    q: Option<String>,
    /// `patient` or `study`; both unless said. A filter on studies leaves studies alone.
    #[param(max_length = 100, pattern = "types", example = "patient")]
    #[schema(max_length = 100, pattern = "types", example = "patient")]
    r#type: Option<String>,
    /// How far from what was typed a word may be. Each value allows what those before it allow: `exact` whole words and identifiers,
    /// `prefix` the beginnings of words, `phonetic` words that sound alike, `fuzzy` words of four letters or more with one error.
    /// `auto`, unless said: as `prefix`, and each further step while there are fewer than five hits.
    #[param(inline)]
    #[schema(inline)]
    r#match: Option<MatchReach>,
    /// The patient's name: every word is the beginning of a word of the name; `dup^je` pins family and given name.
    #[param(max_length = 200, pattern = "name_filter")]
    #[schema(max_length = 200, pattern = "name_filter")]
    patient_name: Option<String>,
    /// The patient's number, exactly.
    #[param(max_length = 64, pattern = "not_blank")]
    #[schema(max_length = 64, pattern = "not_blank")]
    patient_id: Option<String>,
    /// Who gave the patient's number, exactly.
    #[param(max_length = 64, pattern = "not_blank")]
    #[schema(max_length = 64, pattern = "not_blank")]
    issuer_of_patient_id: Option<String>,
    /// Birth date: `1980-01-31`, `1980-01`, `1980`, `A..B`, `A..`, `..B`, or the DICOM forms `YYYYMMDD-YYYYMMDD`.
    #[param(pattern = "date_range", example = "1980..1989")]
    #[schema(pattern = "date_range", example = "1980..1989")]
    birth_date: Option<String>,
    /// Any of these, joined by commas: `M`, `F`, `O`.
    #[param(max_length = 100, pattern = "sexes", example = "M,O")]
    #[schema(max_length = 100, pattern = "sexes", example = "M,O")]
    sex: Option<String>,
    /// DICOM Study Instance UID, exactly; several joined by commas.
    #[param(max_length = 2000, pattern = "uids")]
    #[schema(max_length = 2000, pattern = "uids")]
    study_instance_uid: Option<String>,
    /// DICOM Study ID, exactly.
    #[param(max_length = 16, pattern = "not_blank")]
    #[schema(max_length = 16, pattern = "not_blank")]
    study_id: Option<String>,
    /// DICOM Accession Number, exactly.
    #[param(max_length = 16, pattern = "not_blank")]
    #[schema(max_length = 16, pattern = "not_blank")]
    accession_number: Option<String>,
    /// Study date, as `birth_date`.
    #[param(pattern = "date_range", example = "1980..1989")]
    #[schema(pattern = "date_range", example = "1980..1989")]
    study_date: Option<String>,
    /// Any of these modalities, joined by commas.
    #[param(max_length = 500, pattern = "modalities", example = "CT,MR")]
    #[schema(max_length = 500, pattern = "modalities", example = "CT,MR")]
    modality: Option<String>,
    /// Any of these, joined by commas: `registered`, `available`, `cancelled`, `entered-in-error`, `unknown`.
    #[param(max_length = 100, pattern = "statuses", example = "registered,available")]
    #[schema(max_length = 100, pattern = "statuses", example = "registered,available")]
    status: Option<String>,
    /// Beginning of words of the study description.
    #[param(max_length = 200, pattern = "not_blank")]
    #[schema(max_length = 200, pattern = "not_blank")]
    study_description: Option<String>,
    /// Beginning of words of the referring physician's name.
    #[param(max_length = 200, pattern = "not_blank")]
    #[schema(max_length = 200, pattern = "not_blank")]
    referring_physician_name: Option<String>,
    /// Last change: a day, month or year, an RFC 3339 instant, or a range `A..B` of them.
    #[param(pattern = "instant_range", example = "2026-11..")]
    #[schema(pattern = "instant_range", example = "2026-11..")]
    updated_at: Option<String>,
    /// The order of hits: `relevance` unless said. In another one, hits without a value come last. A page of very many hits may hold fewer
    /// than asked for and yet a `next_cursor`. Of words with dates or identifiers among them, and of what is like a word, at most 10,000
    /// hits are put in another order, and what takes some seconds to find is refused. A search by filters alone has the order of the lists: patients before studies, of each those without a value before the
    /// others, or behind them where the greatest come first; studies by name or birth date come the newest first.
    #[param(inline)]
    #[schema(inline)]
    sort: Option<HitOrder>,
    /// Members of patients and studies that are wanted, joined by commas: a hit then has them in `fields` and is lighter.
    #[param(max_length = 1000, pattern = "hit_fields", example = "family_name,given_name,study_date")]
    #[schema(max_length = 1000, pattern = "hit_fields", example = "family_name,given_name,study_date")]
    fields: Option<String>,
    /// `patient` adds the whole patient to a study, `studies` the 20 newest studies to a patient.
    #[param(max_length = 100, pattern = "includes", example = "studies")]
    #[schema(max_length = 100, pattern = "includes", example = "studies")]
    include: Option<String>,
    /// Most hits of the page; 20 unless said.
    #[param(minimum = 1, maximum = 200)]
    #[schema(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next_cursor` of the page before, with the same other parameters.
    #[param(min_length = 1)]
    #[schema(min_length = 1)]
    cursor: Option<String>,
    /// Whether to count all hits: `bounded` counts to 1,000, `exact` for some seconds; what is more than that they say with `gte`.
    #[param(inline)]
    #[schema(inline)]
    count: Option<Count>,
}
