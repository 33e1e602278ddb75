//! What is said twice about one patient or study: the first value is kept, a later one that differs is told.
//!
//! Values are not mixed: names, and dates with their times, are taken over whole.

use std::collections::BTreeSet;

use super::attributes::Warning;
use super::instance::{PatientFields, StudyFields};

/// Takes over what is not known yet. Another Patient ID or issuer means another person, of whom nothing is taken.
pub fn merge_patient(kept: &mut PatientFields, later: PatientFields, warnings: &mut BTreeSet<Warning>) {
    if conflict(kept.patient_id.as_ref(), later.patient_id.as_ref()) {
        warnings.insert(differs("patient_id"));
        return;
    }
    if conflict(kept.issuer_of_patient_id.as_ref(), later.issuer_of_patient_id.as_ref()) {
        warnings.insert(differs("issuer_of_patient_id"));
        return;
    }
    merge_name(kept, &later, warnings);
    keep_first(&mut kept.patient_id, later.patient_id, "patient_id", warnings);
    keep_first(&mut kept.issuer_of_patient_id, later.issuer_of_patient_id, "issuer_of_patient_id", warnings);
    keep_first(&mut kept.birth_name, later.birth_name, "birth_name", warnings);
    keep_first(&mut kept.birth_date, later.birth_date, "birth_date", warnings);
    keep_first(&mut kept.sex, later.sex, "sex", warnings);
    keep_first(&mut kept.address, later.address, "address", warnings);
    keep_first(&mut kept.telephone_number, later.telephone_number, "telephone_number", warnings);
    keep_first(&mut kept.comments, later.comments, "comments", warnings);
}

/// Takes over the groups of the name that are not known yet, unless another group says that it is another name.
fn merge_name(kept: &mut PatientFields, later: &PatientFields, warnings: &mut BTreeSet<Warning>) {
    let has_alphabetic = |fields: &PatientFields| alphabetic(fields).iter().any(|part| part.is_some());
    let takes_alphabetic = !has_alphabetic(kept);
    let other_alphabetic = !takes_alphabetic && has_alphabetic(later) && alphabetic(kept) != alphabetic(later);
    if other_alphabetic
        || conflict(kept.ideographic_name.as_ref(), later.ideographic_name.as_ref())
        || conflict(kept.phonetic_name.as_ref(), later.phonetic_name.as_ref())
    {
        warnings.insert(differs("patient_name"));
        return;
    }
    if takes_alphabetic {
        kept.family_name.clone_from(&later.family_name);
        kept.given_name.clone_from(&later.given_name);
        kept.middle_name.clone_from(&later.middle_name);
        kept.name_prefix.clone_from(&later.name_prefix);
        kept.name_suffix.clone_from(&later.name_suffix);
    }
    kept.ideographic_name = kept.ideographic_name.take().or_else(|| later.ideographic_name.clone());
    kept.phonetic_name = kept.phonetic_name.take().or_else(|| later.phonetic_name.clone());
}

fn alphabetic(fields: &PatientFields) -> [&Option<String>; 5] {
    [&fields.family_name, &fields.given_name, &fields.middle_name, &fields.name_prefix, &fields.name_suffix]
}

/// Takes over what is not known yet of a study of the same UID.
pub fn merge_study(kept: &mut StudyFields, later: StudyFields, warnings: &mut BTreeSet<Warning>) {
    // The time of another day would make a moment that no header states.
    let same_date = !conflict(kept.study_date.as_ref(), later.study_date.as_ref());
    keep_first(&mut kept.study_id, later.study_id, "study_id", warnings);
    keep_first(&mut kept.accession_number, later.accession_number, "accession_number", warnings);
    keep_first(&mut kept.study_date, later.study_date, "study_date", warnings);
    if same_date {
        keep_first(&mut kept.study_time, later.study_time, "study_time", warnings);
    }
    keep_first(&mut kept.study_description, later.study_description, "study_description", warnings);
    keep_first(
        &mut kept.referring_physician_name,
        later.referring_physician_name,
        "referring_physician_name",
        warnings,
    );
    keep_first(
        &mut kept.name_of_physicians_reading_study,
        later.name_of_physicians_reading_study,
        "name_of_physicians_reading_study",
        warnings,
    );
    keep_first(&mut kept.institution_name, later.institution_name, "institution_name", warnings);
}

/// Keeps the first value, and tells of a later one that differs.
fn keep_first<T: PartialEq>(
    kept: &mut Option<T>,
    later: Option<T>,
    field: &'static str,
    warnings: &mut BTreeSet<Warning>,
) {
    if conflict(kept.as_ref(), later.as_ref()) {
        warnings.insert(differs(field));
    } else if kept.is_none() {
        *kept = later;
    }
}

fn conflict<T: PartialEq>(kept: Option<&T>, later: Option<&T>) -> bool {
    kept.is_some() && later.is_some() && kept != later
}

fn differs(field: &'static str) -> Warning {
    Warning { field, code: "differs" }
}
