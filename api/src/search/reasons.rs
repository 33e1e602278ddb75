//! Why a row is a hit.

use std::cell::LazyCell;

use entity::patient;

use super::dto::{Match, MatchKind};
use super::index::Field;
use super::plan::Plan;
use super::query::SearchQuery;
use super::rank::{Identifier, Tier};
use crate::patients::dto::Patient;
use crate::patients::filter::PatientFilter;
use crate::studies::dto::Study;
use crate::studies::filter::StudyFilter;
use crate::studies::queries::FullStudy;
use crate::values::instant_text;

/// A row as reasons see it.
pub enum Row<'a> {
    Patient(&'a patient::Model),
    Study(&'a FullStudy),
}

impl<'a> Row<'a> {
    /// Its fields and their tokens, the most relevant first: a study's own before its patient's.
    fn fields(&self) -> Vec<(Field, &'a str, Vec<String>)> {
        let of_patient = |row: &'a patient::Model| {
            Field::PATIENT
                .iter()
                .filter_map(move |field| Some((*field, field.of_patient(row)?, field.tokens_of_patient(row))))
        };
        match self {
            Self::Patient(row) => of_patient(row).collect(),
            Self::Study(study) => {
                let own = Field::STUDY.iter().filter_map(|field| {
                    let text = field.of_study(&study.row)?;
                    Some((*field, text, field.tokens(text)))
                });
                own.chain(of_patient(&study.patient)).collect()
            }
        }
    }

    fn identifiers(&self) -> Vec<(Identifier, &'a str)> {
        match self {
            Self::Patient(row) => vec![(Identifier::PatientId, row.patient_id.as_str())],
            Self::Study(study) => {
                let own = [
                    (Identifier::AccessionNumber, study.row.accession_number.as_deref()),
                    (Identifier::StudyInstanceUid, Some(study.row.study_instance_uid.as_str())),
                    (Identifier::StudyId, study.row.study_id.as_deref()),
                    (Identifier::PatientId, Some(study.patient.patient_id.as_str())),
                ];
                own.into_iter().filter_map(|(identifier, value)| Some((identifier, value?))).collect()
            }
        }
    }

    fn day(&self) -> Option<(&'static str, time::Date)> {
        match self {
            Self::Patient(row) => Some(("birth_date", row.birth_date?)),
            Self::Study(study) => Some(("study_date", study.row.study_date?)),
        }
    }
}

/// Why the words of a query match a row: for each of them the nearest it comes to, in the most relevant field.
pub fn of_words(row: &Row<'_>, plan: &Plan<'_>) -> Vec<Match> {
    let mut matched: Vec<Match> = Vec::new();
    let mut note = |field: &'static str, kind: MatchKind, value: &str| {
        if !matched.iter().any(|one| one.field == field && one.kind == kind) {
            matched.push(Match { field, kind, value: value.to_owned() });
        }
    };
    // Who asks for an identifier needs no words of the row.
    let fields = LazyCell::new(|| row.fields());
    for (index, term) in plan.query.terms.iter().enumerate() {
        if let Some((identifier, value)) = row.identifiers().into_iter().find(|(_, value)| *value == term.raw) {
            note(identifier.name(), MatchKind::Exact, value);
            continue;
        }
        for word in (0..plan.words.len()).filter(|word| plan.words[*word].term == index) {
            let by_word = [Tier::Exact, Tier::Prefix, Tier::Phonetic, Tier::Fuzzy].into_iter().find_map(|tier| {
                let needles = plan.needles(word, tier);
                let finds = |tokens: &[String]| tokens.iter().any(|token| needles.iter().any(|one| one.finds(token)));
                fields.iter().find(|(_, _, tokens)| finds(tokens)).map(|(field, text, _)| (field.name(), tier, *text))
            });
            if let Some((field, tier, value)) = by_word {
                note(field, kind(tier), value);
            } else if let Some(((field, day), _)) =
                row.day().zip(term.date).filter(|((_, day), range)| range.holds(*day))
            {
                note(field, MatchKind::Range, &day.to_string());
            }
        }
    }
    matched
}

fn kind(tier: Tier) -> MatchKind {
    match tier {
        Tier::Exact => MatchKind::Exact,
        Tier::Prefix => MatchKind::Prefix,
        Tier::Phonetic => MatchKind::Phonetic,
        Tier::Fuzzy => MatchKind::Fuzzy,
    }
}

/// The filter on the last change of a patient that is a hit, as a reason.
pub fn of_patients_change(row: &patient::Model, query: &SearchQuery) -> Option<Match> {
    query.patient_filter.updated_at?;
    Some(Match { field: "updated_at", kind: MatchKind::Range, value: instant_text(row.updated_at) })
}

/// The filters that a patient's row fulfils, of a hit or of a study's patient, as reasons.
pub fn of_patient_filters(row: &patient::Model, query: &SearchQuery) -> Vec<Match> {
    let filter = &query.patient_filter;
    if *filter == PatientFilter::default() {
        return Vec::new();
    }
    let shown = Patient::from(row.clone());
    let reasons = [
        (filter.patient_name.is_some(), "patient_name", MatchKind::Prefix, Some(shown.patient_name)),
        (filter.patient_id.is_some(), "patient_id", MatchKind::Exact, Some(shown.patient_id)),
        (filter.issuer_of_patient_id.is_some(), "issuer_of_patient_id", MatchKind::Exact, shown.issuer_of_patient_id),
        (filter.birth_date.is_some(), "birth_date", MatchKind::Range, shown.birth_date),
        (!filter.sex.is_empty(), "sex", MatchKind::Exact, shown.sex),
    ];
    given(reasons)
}

/// The filters that a study's own row fulfils, as reasons.
pub fn of_study_filters(study: &FullStudy, query: &SearchQuery) -> Vec<Match> {
    let filter = &query.study_filter;
    if *filter == StudyFilter::default() {
        return Vec::new();
    }
    let shown = Study::from(study.clone());
    let modalities = Some(shown.modalities_in_study.join(","));
    given([
        (!filter.study_instance_uid.is_empty(), "study_instance_uid", MatchKind::Exact, Some(shown.study_instance_uid)),
        (filter.study_id.is_some(), "study_id", MatchKind::Exact, shown.study_id),
        (filter.accession_number.is_some(), "accession_number", MatchKind::Exact, shown.accession_number),
        (filter.study_date.is_some(), "study_date", MatchKind::Range, shown.study_date),
        (!filter.modality.is_empty(), "modalities_in_study", MatchKind::Exact, modalities),
        (filter.updated_at.is_some(), "updated_at", MatchKind::Range, Some(shown.updated_at)),
        (!filter.status.is_empty(), "status", MatchKind::Exact, Some(shown.status)),
        (filter.study_description.is_some(), "study_description", MatchKind::Prefix, shown.study_description),
        (
            filter.referring_physician_name.is_some(),
            "referring_physician_name",
            MatchKind::Prefix,
            shown.referring_physician_name,
        ),
    ])
}

fn given<const N: usize>(reasons: [(bool, &'static str, MatchKind, Option<String>); N]) -> Vec<Match> {
    let matched = reasons.into_iter().filter(|(asked, ..)| *asked);
    matched.filter_map(|(_, field, kind, value)| Some(Match { field, kind, value: value? })).collect()
}
