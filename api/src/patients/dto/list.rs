//! Lists of patients: which ones, in what order, and a page of them.

use entity::patient;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{Patient, sex};
use crate::http::{Cursor, FromParameters, PageQuery, Parameters, Total};
use crate::keyset::{Key, KeyType, Sort};
use crate::patients::filter::PatientFilter;
use crate::search::name_filter;
use crate::values::{DateRange, FaultCode, InstantRange, identifier, short};

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
