//! Lists of studies: which ones, in what order, and a page of them.

use entity::study;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{Study, status};
use crate::http::{Cursor, FromParameters, PageQuery, Parameters, Total};
use crate::keyset::{Key, KeyType, Sort};
use crate::search::name_filter;
use crate::studies::filter::StudyFilter;
use crate::values::{DateRange, FaultCode, InstantRange, code_string, identifier, short, uid};

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
