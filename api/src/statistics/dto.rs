//! Wire types of statistics.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::snapshot::Snapshot;
use crate::http::{FromParameters, Parameters};
use crate::patients::dto::Sex;
use crate::studies::dto::StudyStatus;
use crate::values::{DateRange, date_text, instant_text};

/// How many patients and studies there are.
#[derive(Serialize, ToSchema)]
pub struct Statistics {
    /// When they were counted. What was changed since is not in the numbers.
    #[schema(format = DateTime, example = "2026-11-22T09:30:00.123456Z")]
    as_of: String,
    /// Patients.
    patients: PatientStatistics,
    /// Studies.
    studies: StudyStatistics,
}

/// How many patients there are.
#[derive(Serialize, ToSchema)]
pub struct PatientStatistics {
    /// In the registry, the bin left out.
    #[schema(minimum = 0, example = 1000)]
    total: i64,
    /// In the bin.
    #[schema(minimum = 0, example = 3)]
    in_bin: i64,
    /// Those in the registry, by sex.
    by_sex: Vec<SexNumber>,
}

/// How many patients are of one sex.
#[derive(Serialize, ToSchema)]
pub struct SexNumber {
    /// The sex; null is unknown.
    #[schema(value_type = Option<Sex>)]
    sex: Option<String>,
    /// The number of patients.
    #[schema(minimum = 1, example = 480)]
    patients: i64,
}

/// How many studies there are.
#[derive(Serialize, ToSchema)]
pub struct StudyStatistics {
    /// In the registry, the bin left out.
    #[schema(minimum = 0, example = 3000)]
    total: i64,
    /// In the bin.
    #[schema(minimum = 0, example = 5)]
    in_bin: i64,
    /// Those in the registry, by status.
    by_status: Vec<StatusNumber>,
    /// Those in the registry, by modality; a study of two modalities counts for both.
    by_modality: Vec<ModalityNumber>,
    /// Those in the registry, by month of the study date; months without a study are left out.
    by_month: Vec<MonthNumber>,
    /// Those in the registry that have no study date.
    #[schema(minimum = 0, example = 12)]
    without_study_date: i64,
}

/// How many studies have one status.
#[derive(Serialize, ToSchema)]
pub struct StatusNumber {
    /// The status.
    #[schema(value_type = StudyStatus)]
    status: String,
    /// The number of studies.
    #[schema(minimum = 1, example = 2900)]
    studies: i64,
}

/// How many studies have one modality.
#[derive(Serialize, ToSchema)]
pub struct ModalityNumber {
    /// The modality.
    #[schema(example = "CT")]
    modality: String,
    /// The number of studies.
    #[schema(minimum = 1, example = 700)]
    studies: i64,
}

/// How many studies are of one month.
#[derive(Serialize, ToSchema)]
pub struct MonthNumber {
    /// The month.
    #[schema(pattern = "^[0-9]{4}-(0[1-9]|1[0-2])$", example = "2026-11")]
    month: String,
    /// The number of studies.
    #[schema(minimum = 1, example = 120)]
    studies: i64,
}

/// Which months are wanted.
#[derive(Clone, Copy, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Months {
    /// The months of `by_month`, whole, all of them unless said: `2026`, `2025-07..2026-06`, `2026-01..`.
    #[param(value_type = Option<String>, pattern = "date_range", example = "2025-07..2026-06")]
    pub study_date: Option<DateRange>,
}

impl FromParameters for Months {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        Self { study_date: parameters.take("study_date", DateRange::parse) }
    }
}

impl Months {
    /// Whether some day of the month is in the range.
    fn contain(self, month: &str) -> bool {
        let month_of = |date| date_text(date)[..7].to_owned();
        let (from, to) = self.study_date.map_or((None, None), |range| (range.from, range.to));
        from.is_none_or(|from| month_of(from).as_str() <= month) && to.is_none_or(|to| month <= month_of(to).as_str())
    }
}

impl Statistics {
    /// The wire form of a snapshot.
    pub fn of(snapshot: Snapshot, wanted: Months) -> Self {
        let mut numbers = snapshot.numbers;
        let sum = |numbers: &BTreeMap<String, i64>| numbers.values().sum();
        let (patients, studies) = (sum(&numbers.patients), sum(&numbers.studies));
        let without_study_date = numbers.months.remove("").unwrap_or(0);
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let by_sex = numbers.patients.into_iter().map(|(sex, patients)| SexNumber { sex: some(sex), patients });
        let by_status = numbers.studies.into_iter().map(|(status, studies)| StatusNumber { status, studies });
        let by_modality =
            numbers.modalities.into_iter().map(|(modality, studies)| ModalityNumber { modality, studies });
        let by_month = numbers.months.into_iter().filter(|(month, _)| wanted.contain(month));
        let by_month = by_month.map(|(month, studies)| MonthNumber { month, studies });
        Self {
            as_of: instant_text(snapshot.taken_at),
            patients: PatientStatistics { total: patients, in_bin: numbers.patients_in_bin, by_sex: by_sex.collect() },
            studies: StudyStatistics {
                total: studies,
                in_bin: numbers.studies_in_bin,
                by_status: by_status.collect(),
                by_modality: by_modality.collect(),
                by_month: by_month.collect(),
                without_study_date,
            },
        }
    }
}
