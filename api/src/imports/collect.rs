//! Instances put together: the instances of a study, the studies of a patient.
//!
//! Of each field the first value seen is kept; [`merge`](super::merge) says how.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::BuildHasher;
use std::path::PathBuf;

use super::attributes::Warning;
use super::instance::{Instance, PatientFields, StudyFields};
use super::merge::{merge_patient, merge_study};
use crate::values::FaultCode;

/// Gathers instances.
#[derive(Debug, Default)]
pub struct Collection {
    /// In the order in which they were first seen.
    studies: Vec<GatheredStudy>,
    by_uid: HashMap<String, usize>,
    hasher: RandomState,
}

/// A patient with all studies seen of it, both in the order in which they were first seen.
///
/// Without a Patient ID nothing tells whether two studies are of one person: each study has a patient of its own then,
/// so that strangers are never fused.
#[derive(Clone, Debug)]
pub struct CollectedPatient {
    pub fields: PatientFields,
    pub studies: Vec<CollectedStudy>,
    /// What does not agree between the studies.
    pub warnings: BTreeSet<Warning>,
}

/// A study and what was seen of it.
#[derive(Clone, Debug, Default)]
pub struct CollectedStudy {
    pub fields: StudyFields,
    pub modalities: BTreeSet<String>,
    /// The number of different series seen, or the stated one if it is higher.
    pub number_of_study_related_series: u32,
    /// The number of different instances seen, or the stated one if it is higher; never below the number of series.
    pub number_of_study_related_instances: u32,
    /// The file it was first read from, where it has a name.
    pub source: Option<PathBuf>,
    /// What was wrong with its patient's and its own fields.
    pub warnings: BTreeSet<Warning>,
}

#[derive(Debug, Default)]
struct GatheredStudy {
    patient: PatientFields,
    study: CollectedStudy,
    /// Hashes of the UIDs: enough to count by, and a tenth of their size.
    series: HashSet<u64>,
    instances: HashSet<u64>,
}

impl Collection {
    /// Adds an instance that was read from the file `source`.
    pub fn add(&mut self, source: Option<PathBuf>, instance: Instance) {
        let next = self.studies.len();
        let index = *self.by_uid.entry(instance.study.study_instance_uid.clone()).or_insert(next);
        if index == next {
            self.studies.push(GatheredStudy::new(source, &instance));
        }
        self.studies[index].merge(instance, &self.hasher);
    }

    /// The number of different studies so far.
    pub fn number_of_studies(&self) -> usize {
        self.studies.len()
    }

    /// All that was gathered.
    pub fn into_patients(self) -> Vec<CollectedPatient> {
        let mut patients: Vec<CollectedPatient> = Vec::new();
        let mut by_number: HashMap<(String, String), usize> = HashMap::new();
        for gathered in self.studies {
            let (fields, study) = gathered.finish();
            let next = patients.len();
            let number = fields.number().map(|(patient_id, issuer)| (patient_id.to_owned(), issuer.to_owned()));
            match number.map_or(next, |number| *by_number.entry(number).or_insert(next)) {
                known if known < next => patients[known].merge(fields, study),
                _ => patients.push(CollectedPatient { fields, studies: vec![study], warnings: BTreeSet::new() }),
            }
        }
        patients.iter_mut().for_each(CollectedPatient::check_birth_date);
        patients
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

impl GatheredStudy {
    /// The study of this instance, of which nothing is known yet.
    fn new(source: Option<PathBuf>, instance: &Instance) -> Self {
        let study_instance_uid = instance.study.study_instance_uid.clone();
        let fields = StudyFields { study_instance_uid, ..StudyFields::default() };
        let study = CollectedStudy { fields, source, ..CollectedStudy::default() };
        Self { study, ..Self::default() }
    }

    fn merge(&mut self, instance: Instance, hasher: &RandomState) {
        self.series.extend(instance.series_instance_uid.map(|uid| hasher.hash_one(uid)));
        self.instances.extend(instance.sop_instance_uid.map(|uid| hasher.hash_one(uid)));
        let study = &mut self.study;
        merge_patient(&mut self.patient, instance.patient, &mut study.warnings);
        merge_study(&mut study.fields, instance.study, &mut study.warnings);
        study.modalities.extend(instance.modalities_in_study.into_iter().chain(instance.modality));
        let (series, instances) = (instance.number_of_study_related_series, instance.number_of_study_related_instances);
        study.number_of_study_related_series = study.number_of_study_related_series.max(series.unwrap_or(0));
        study.number_of_study_related_instances = study.number_of_study_related_instances.max(instances.unwrap_or(0));
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
            collection.add(Some(PathBuf::from(number.to_string())), instance);
        }
        collection.into_patients()
    }

    fn told(warnings: &BTreeSet<Warning>) -> Vec<String> {
        warnings.iter().map(|warning| format!("{}:{}", warning.field, warning.code)).collect()
    }

    #[test]
    fn strangers_without_a_patient_id_are_never_fused() {
        let patients = collected([instance("1.1", "", "Doe"), instance("1.2", "", "Doe"), instance("1.1", "", "Doe")]);
        let uids = |patient: &CollectedPatient| {
            patient.studies.iter().map(|study| study.fields.study_instance_uid.clone()).collect::<Vec<_>>()
        };
        assert_eq!(patients.iter().map(uids).collect::<Vec<_>>(), [["1.1"], ["1.2"]]);
        assert_eq!(patients[0].fields.number(), None);
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
        assert_eq!(patients[2].fields.number(), Some(("42", "")));
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
        assert_eq!(study.source, Some(PathBuf::from("0")));
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
}
