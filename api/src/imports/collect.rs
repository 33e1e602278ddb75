//! Instances put together: the instances of a study, the studies of a patient.
//!
//! Of each field the first value seen is kept. A later one that differs is told by a warning with the code `differs`,
//! and does not mix with the first: names, and dates with their times, are taken over whole.

use std::collections::hash_map::{Entry, RandomState};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};

use super::attributes::Warning;
use super::instance::{Instance, PatientFields, StudyFields};
use crate::values::FaultCode;

/// How many source paths are kept of a study.
const SOURCES_KEPT: usize = 16;

/// Gathers instances.
#[derive(Debug, Default)]
pub struct Collection {
    /// In the order in which they were first seen.
    studies: Vec<GatheredStudy>,
    by_uid: HashMap<String, usize>,
    hasher: RandomState,
}

/// Who a patient is.
///
/// Without a Patient ID nothing tells whether two studies are of one person: each study has a patient of its own then,
/// so that strangers are never fused.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PatientKey {
    /// A Patient ID and its issuer, which is empty where none is said.
    Identified { patient_id: String, issuer_of_patient_id: String },
    /// The patient of one study.
    OfStudy { study_instance_uid: String },
}

/// A patient with all studies seen of it, both in the order in which they were first seen.
#[derive(Clone, Debug)]
pub struct CollectedPatient {
    pub key: PatientKey,
    /// `patient_id` is `None` for a [`PatientKey::OfStudy`].
    pub fields: PatientFields,
    pub studies: Vec<CollectedStudy>,
    /// What does not agree between the studies.
    pub warnings: BTreeSet<Warning>,
}

/// A study and what was seen of it.
#[derive(Clone, Debug)]
pub struct CollectedStudy {
    pub fields: StudyFields,
    pub modalities: BTreeSet<String>,
    /// The number of different series seen, or the stated one if it is higher.
    pub number_of_study_related_series: u32,
    /// The number of different instances seen, or the stated one if it is higher; never below the number of series.
    pub number_of_study_related_instances: u32,
    /// The files it was read from: the first 16 paths.
    pub sources: Vec<PathBuf>,
    /// How many headers and JSON objects it was read from.
    pub number_of_sources: u64,
    /// What was wrong with its patient's and its own fields.
    pub warnings: BTreeSet<Warning>,
}

#[derive(Debug)]
struct GatheredStudy {
    patient: PatientFields,
    study: CollectedStudy,
    /// Hashes of the UIDs: enough to count by, and a tenth of their size.
    series: HashSet<u64>,
    instances: HashSet<u64>,
}

impl Collection {
    /// Adds an instance that was read from the file `source`.
    pub fn add(&mut self, source: &Path, instance: Instance) {
        let series = instance.series_instance_uid.as_ref().map(|uid| self.hasher.hash_one(uid));
        let sop_instance = instance.sop_instance_uid.as_ref().map(|uid| self.hasher.hash_one(uid));
        let gathered = match self.by_uid.entry(instance.study.study_instance_uid.clone()) {
            Entry::Occupied(known) => {
                let known = &mut self.studies[*known.get()];
                known.merge(instance);
                known
            }
            Entry::Vacant(new) => {
                new.insert(self.studies.len());
                self.studies.push(GatheredStudy::new(instance));
                let last = self.studies.len() - 1;
                &mut self.studies[last]
            }
        };
        gathered.series.extend(series);
        gathered.instances.extend(sop_instance);
        gathered.study.add_source(source);
    }

    /// The number of different studies so far.
    pub fn number_of_studies(&self) -> usize {
        self.studies.len()
    }

    /// All that was gathered.
    pub fn into_patients(self) -> Vec<CollectedPatient> {
        let mut patients: Vec<CollectedPatient> = Vec::new();
        let mut by_key: HashMap<PatientKey, usize> = HashMap::new();
        for gathered in self.studies {
            let (fields, study) = gathered.finish();
            let key = PatientKey::new(&fields, &study.fields);
            match by_key.entry(key.clone()) {
                Entry::Occupied(known) => patients[*known.get()].merge(fields, study),
                Entry::Vacant(new) => {
                    new.insert(patients.len());
                    patients.push(CollectedPatient { key, fields, studies: vec![study], warnings: BTreeSet::new() });
                }
            }
        }
        patients.iter_mut().for_each(CollectedPatient::check_birth_date);
        patients
    }
}

impl PatientKey {
    fn new(patient: &PatientFields, study: &StudyFields) -> Self {
        match &patient.patient_id {
            Some(patient_id) => Self::Identified {
                patient_id: patient_id.clone(),
                issuer_of_patient_id: patient.issuer_of_patient_id.clone().unwrap_or_default(),
            },
            None => Self::OfStudy { study_instance_uid: study.study_instance_uid.clone() },
        }
    }
}

impl CollectedPatient {
    fn merge(&mut self, fields: PatientFields, study: CollectedStudy) {
        merge_patient(&mut self.fields, fields, &mut self.warnings);
        self.studies.push(study);
    }

    /// The dates of one header agree; those of several may not. The study is believed, as it is inside one header.
    fn check_birth_date(&mut self) {
        let first_study = self.studies.iter().filter_map(|study| study.fields.study_date).min();
        if self.fields.birth_date.zip(first_study).is_some_and(|(birth, study)| birth > study) {
            self.fields.birth_date = None;
            self.warnings.insert(Warning { field: "birth_date", code: FaultCode::BirthAfterStudy.name() });
        }
    }
}

impl CollectedStudy {
    fn add_source(&mut self, source: &Path) {
        self.number_of_sources += 1;
        let is_known = self.sources.last().is_some_and(|last| last == source);
        if self.sources.len() < SOURCES_KEPT && !is_known {
            self.sources.push(source.to_owned());
        }
    }
}

impl GatheredStudy {
    fn new(instance: Instance) -> Self {
        let study = CollectedStudy {
            fields: instance.study,
            modalities: instance.modalities_in_study.into_iter().chain(instance.modality).collect(),
            number_of_study_related_series: instance.number_of_study_related_series.unwrap_or(0),
            number_of_study_related_instances: instance.number_of_study_related_instances.unwrap_or(0),
            sources: Vec::new(),
            number_of_sources: 0,
            warnings: instance.warnings,
        };
        Self { patient: instance.patient, study, series: HashSet::new(), instances: HashSet::new() }
    }

    fn merge(&mut self, instance: Instance) {
        let Self { patient, study, .. } = self;
        merge_patient(patient, instance.patient, &mut study.warnings);
        merge_study(&mut study.fields, instance.study, &mut study.warnings);
        study.modalities.extend(instance.modalities_in_study.into_iter().chain(instance.modality));
        study.number_of_study_related_series =
            study.number_of_study_related_series.max(instance.number_of_study_related_series.unwrap_or(0));
        study.number_of_study_related_instances =
            study.number_of_study_related_instances.max(instance.number_of_study_related_instances.unwrap_or(0));
        study.warnings.extend(instance.warnings);
    }

    fn finish(self) -> (PatientFields, CollectedStudy) {
        let count = |seen: HashSet<u64>| u32::try_from(seen.len()).unwrap_or(u32::MAX);
        let mut study = self.study;
        let series = study.number_of_study_related_series.max(count(self.series));
        study.number_of_study_related_series = series;
        study.number_of_study_related_instances =
            study.number_of_study_related_instances.max(count(self.instances)).max(series);
        (self.patient, study)
    }
}

/// Takes over what is not known yet. Another Patient ID or issuer means another person, of whom nothing is taken.
fn merge_patient(kept: &mut PatientFields, later: PatientFields, warnings: &mut BTreeSet<Warning>) {
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

fn merge_study(kept: &mut StudyFields, later: StudyFields, warnings: &mut BTreeSet<Warning>) {
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

#[cfg(test)]
mod tests {
    use time::macros::{date, time};

    use super::*;

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned()).filter(|text| !text.is_empty())
    }

    fn instance(study: &str, patient_id: &str, name: &str) -> Instance {
        let (family_name, given_name) = name.split_once('^').unwrap_or((name, ""));
        Instance {
            patient: PatientFields {
                patient_id: some(patient_id),
                family_name: some(family_name),
                given_name: some(given_name),
                ..PatientFields::default()
            },
            study: StudyFields { study_instance_uid: study.to_owned(), ..StudyFields::default() },
            ..Instance::default()
        }
    }

    fn collected(instances: impl IntoIterator<Item = Instance>) -> Vec<CollectedPatient> {
        let mut collection = Collection::default();
        for (number, instance) in instances.into_iter().enumerate() {
            collection.add(Path::new(&number.to_string()), instance);
        }
        collection.into_patients()
    }

    fn told(warnings: &BTreeSet<Warning>) -> Vec<String> {
        warnings.iter().map(|warning| format!("{}:{}", warning.field, warning.code)).collect()
    }

    #[test]
    fn strangers_without_a_patient_id_are_never_fused() {
        let patients = collected([instance("1.1", "", "Doe"), instance("1.2", "", "Doe"), instance("1.1", "", "Doe")]);
        let keys: Vec<_> = patients.iter().map(|patient| patient.key.clone()).collect();
        let of_study = |uid: &str| PatientKey::OfStudy { study_instance_uid: uid.to_owned() };
        assert_eq!(keys, [of_study("1.1"), of_study("1.2")]);
        assert_eq!(patients[0].fields.patient_id, None);
    }

    #[test]
    fn patients_are_told_apart_by_patient_id_and_issuer() {
        let of_issuer = |study, issuer| {
            let mut instance = instance(study, "42", "Doe");
            instance.patient.issuer_of_patient_id = some(issuer);
            instance
        };
        let patients =
            collected([of_issuer("1.1", "A"), of_issuer("1.2", "B"), of_issuer("1.3", ""), of_issuer("1.4", "A")]);
        let studies: Vec<_> = patients.iter().map(|patient| patient.studies.len()).collect();
        assert_eq!(studies, [2, 1, 1]);
        let key = PatientKey::Identified { patient_id: "42".to_owned(), issuer_of_patient_id: String::new() };
        assert_eq!(patients[2].key, key);
    }

    #[test]
    fn the_first_value_seen_is_kept_and_a_different_one_is_told() {
        let described = |description| {
            let mut instance = instance("1.1", "42", "Doe");
            instance.study.study_description = some(description);
            instance
        };
        let study =
            &collected([described(""), described("Thorax"), described("Thorax"), described("Abdomen")])[0].studies[0];
        assert_eq!(study.fields.study_description.as_deref(), Some("Thorax"));
        assert_eq!(told(&study.warnings), ["study_description:differs"]);
        assert_eq!(study.number_of_sources, 4);
        assert_eq!(study.sources, ["0", "1", "2", "3"].map(PathBuf::from));
    }

    #[test]
    fn names_are_not_mixed() {
        let patients =
            collected([instance("1.1", "42", "Doe"), instance("1.1", "42", "Smith^Anna"), instance("1.1", "42", "")]);
        assert_eq!(patients[0].fields.family_name.as_deref(), Some("Doe"));
        assert_eq!(patients[0].fields.given_name, None);
        assert_eq!(told(&patients[0].studies[0].warnings), ["patient_name:differs"]);

        let mut with_groups = instance("1.1", "42", "Yamada^Tarou");
        with_groups.patient.ideographic_name = some("山田^太郎");
        let patients = collected([instance("1.1", "42", ""), instance("1.1", "42", "Yamada^Tarou"), with_groups]);
        assert_eq!(patients[0].fields.given_name.as_deref(), Some("Tarou"));
        assert_eq!(patients[0].fields.ideographic_name.as_deref(), Some("山田^太郎"));
        assert!(patients[0].studies[0].warnings.is_empty());
    }

    #[test]
    fn another_patient_id_in_a_study_gives_nothing_to_the_first() {
        let mut other = instance("1.1", "43", "Smith");
        other.patient.sex = some("F");
        let patients = collected([instance("1.1", "42", ""), other]);
        assert_eq!(patients.len(), 1);
        assert_eq!(patients[0].fields.family_name, None);
        assert_eq!(patients[0].fields.sex, None);
        assert_eq!(told(&patients[0].studies[0].warnings), ["patient_id:differs"]);
    }

    #[test]
    fn what_differs_between_studies_is_told_of_the_patient() {
        let patients = collected([instance("1.1", "42", "Doe"), instance("1.2", "42", "Smith")]);
        assert_eq!(patients[0].fields.family_name.as_deref(), Some("Doe"));
        assert_eq!(told(&patients[0].warnings), ["patient_name:differs"]);
    }

    #[test]
    fn a_time_is_not_taken_from_another_day() {
        let mut first = instance("1.1", "42", "Doe");
        first.study.study_date = Some(date!(2020 - 01 - 01));
        let mut second = instance("1.1", "42", "Doe");
        second.study.study_date = Some(date!(2020 - 01 - 02));
        second.study.study_time = Some(time!(8:30));
        let study = &collected([first, second])[0].studies[0];
        assert_eq!((study.fields.study_date, study.fields.study_time), (Some(date!(2020 - 01 - 01)), None));
        assert_eq!(told(&study.warnings), ["study_date:differs"]);
    }

    #[test]
    fn a_birth_after_another_study_is_dropped() {
        let mut first = instance("1.1", "42", "Doe");
        first.patient.birth_date = Some(date!(2020 - 01 - 01));
        let mut second = instance("1.2", "42", "Doe");
        second.study.study_date = Some(date!(2019 - 01 - 01));
        let patients = collected([first, second]);
        assert_eq!(patients[0].fields.birth_date, None);
        assert_eq!(told(&patients[0].warnings), ["birth_date:birth_after_study"]);
    }

    #[test]
    fn different_series_and_instances_are_counted() {
        let image = |series, sop_instance, modality| Instance {
            series_instance_uid: some(series),
            sop_instance_uid: some(sop_instance),
            modality: some(modality),
            ..instance("1.1", "42", "Doe")
        };
        let images =
            [image("s1", "i1", "CT"), image("s1", "i2", "CT"), image("s2", "i3", "SR"), image("s1", "i1", "CT")];
        let study = &collected(images)[0].studies[0];
        assert_eq!((study.number_of_study_related_series, study.number_of_study_related_instances), (2, 3));
        assert_eq!(Vec::from_iter(&study.modalities), ["CT", "SR"]);
    }

    #[test]
    fn stated_counts_stand_where_more_is_stated_than_seen() {
        let stated = |series, instances| Instance {
            number_of_study_related_series: series,
            number_of_study_related_instances: instances,
            modalities_in_study: BTreeSet::from(["MR".to_owned()]),
            ..instance("1.1", "42", "Doe")
        };
        let counts = |instance: Instance| {
            let study = &collected([instance])[0].studies[0].clone();
            (study.number_of_study_related_series, study.number_of_study_related_instances)
        };
        assert_eq!(counts(stated(Some(3), Some(120))), (3, 120));
        assert_eq!(counts(stated(Some(3), None)), (3, 3));
    }

    #[test]
    fn a_study_of_many_files_keeps_some_of_their_paths() {
        let study = &collected((0..40).map(|_| instance("1.1", "42", "Doe")))[0].studies[0];
        assert_eq!((study.sources.len(), study.number_of_sources), (SOURCES_KEPT, 40));
    }
}
