//! The place of a row at hand: where a walk along the index would have met it first.

use entity::{patient, search_token};

use super::branches::upto;
use super::dates;
use super::index::{entries_of_patient, newest_first, postings_of_study};
use super::plan::{Names, Needle, Plan};
use super::ranges::leading;
use super::rank::{Identifier, Place, SECTIONS, Source, Tier};
use crate::studies::queries::FullStudy;

/// The place of a patient whom all words match in a tier, or in those that are spelled as typed.
pub fn place_of_patient(plan: &Plan<'_>, tier: Tier, row: &patient::Model) -> Option<Place> {
    sections(plan, tier).find_map(|at| match SECTIONS[at].source {
        Source::PatientByNumber => {
            is_identifier(plan, Some(&row.patient_id)).then(|| Place { row_id: row.id, newest: 0, ..Place::start(at) })
        }
        Source::PatientByName => of_patients_name(plan, at, row),
        Source::Patient => of_patients_words(plan, at, row),
        Source::PatientByDate => {
            let day = row.birth_date.filter(|day| plan.is_date() && is_in_leading_range(plan, *day))?;
            Some(dates::place_of_birth(at, day, row.id))
        }
        _ => None,
    })
}

/// The place of a study that all words match in a tier, or in those that are spelled as typed.
pub fn place_of_study(plan: &Plan<'_>, tier: Tier, study: &FullStudy) -> Option<Place> {
    let FullStudy { row, patient } = study;
    let newest = newest_first(row);
    let value_of = |identifier| match identifier {
        Identifier::PatientId => Some(&patient.patient_id),
        Identifier::AccessionNumber => row.accession_number.as_ref(),
        Identifier::StudyInstanceUid => Some(&row.study_instance_uid),
        Identifier::StudyId => row.study_id.as_ref(),
    };
    sections(plan, tier).find_map(|at| match SECTIONS[at].source {
        Source::StudyByIdentifier(identifier) => {
            let place = || Place { row_id: 0, newest: 0, study_id: row.id, ..Place::start(at) };
            is_identifier(plan, value_of(identifier)).then(place)
        }
        Source::StudyByPatientsNumber => {
            let place = || Place { row_id: patient.id, newest, study_id: -row.id, ..Place::start(at) };
            is_identifier(plan, value_of(Identifier::PatientId)).then(place)
        }
        Source::Study => {
            let entries = postings_of_study(row).into_iter().flat_map(|(_, text)| text.entries());
            Some(Place { newest, study_id: row.id, ..first_of(plan, at, entries)? })
        }
        Source::StudyByDate => {
            let day = row.study_date.filter(|day| plan.is_date() && is_in_leading_range(plan, *day))?;
            Some(dates::place_of_study(at, day, row.id))
        }
        Source::StudyOfPatient => Some(Place { newest, study_id: -row.id, ..of_patients_words(plan, at, patient)? }),
        _ => None,
    })
}

/// The sections that are looked at together in a tier, in their order.
fn sections(plan: &Plan<'_>, tier: Tier) -> impl Iterator<Item = usize> {
    (0..SECTIONS.len()).filter(move |at| upto(plan, *at) == tier)
}

fn is_identifier(plan: &Plan<'_>, value: Option<&String>) -> bool {
    plan.may_identify && value == Some(&plan.query.terms[plan.lead_term].raw)
}

fn is_in_leading_range(plan: &Plan<'_>, day: time::Date) -> bool {
    plan.query.terms[plan.lead_term].date.is_some_and(|range| range.holds(day))
}

fn of_patients_name(plan: &Plan<'_>, section: usize, row: &patient::Model) -> Option<Place> {
    let begins = |names: &Names| names.from <= row.name_key && row.name_key < names.to;
    let kind = i16::try_from(plan.names.iter().position(begins)?).ok()?;
    Some(Place { kind, sort_key: row.name_key.clone(), row_id: row.id, newest: 0, ..Place::start(section) })
}

fn of_patients_words(plan: &Plan<'_>, section: usize, row: &patient::Model) -> Option<Place> {
    first_of(plan, section, entries_of_patient(row).into_iter())
}

/// The first of these entries in the order of the index that a leading needle finds.
fn first_of(plan: &Plan<'_>, section: usize, entries: impl Iterator<Item = search_token::Model>) -> Option<Place> {
    let needles = leading(plan, SECTIONS[section].tier);
    let first = entries
        .filter(|entry| needles.iter().any(|needle| finds(needle, &entry.token)))
        .min_by(|one, other| (one.kind, &one.token, one.field).cmp(&(other.kind, &other.token, other.field)))?;
    let search_token::Model { kind, token, field, sort_key, row_id, .. } = first;
    Some(Place { section, kind, token, field, sort_key, row_id, newest: 0, study_id: 0 })
}

fn finds(needle: &Needle, token: &str) -> bool {
    needle.finds(token) && !(needle.is_longer && needle.text == token)
}
