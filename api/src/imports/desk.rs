//! One transaction of an import: what the registry knows of some patients and studies, and what it learns.
//!
//! What stands there stays. Members that are empty are filled, modalities united, numbers of series and instances raised; a
//! value that differs is told. What would change nothing is not written, so that an import can be repeated at any time.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use entity::{patient, study};
use sea_orm::DatabaseTransaction;
use time::Date;

use super::again::stale;
use super::attributes::Warning;
use super::collect::CollectedStudy;
use super::instance::{PatientFields, StudyFields};
use super::merge::{merge_patient, merge_study};
use super::refusal::Reason;
use super::register::{Entered, PatientFate, StudyFate, Unit};
use super::report::Outcome;
use crate::audit::Trace;
use crate::error::{ApiResult, again_when_taken};
use crate::patients;
use crate::studies;
use crate::studies::dto::MODALITIES;
use crate::studies::queries::{FullStudy, joined, modalities};
use crate::values::{FaultCode, new_patient_number};

/// A transaction and the rows it speaks of.
pub struct Desk<'t> {
    tx: &'t DatabaseTransaction,
    dry_run: bool,
    trace: &'t Trace,
    patients: HashMap<i64, patient::Model>,
    /// The ids of patients by Patient ID and issuer.
    ids: HashMap<(String, String), i64>,
    /// By UID.
    studies: HashMap<String, FullStudy>,
}

impl<'t> Desk<'t> {
    /// Looks up all that the units speak of, and keeps it from changing. Studies are locked first, as when one is changed.
    pub async fn open(
        tx: &'t DatabaseTransaction,
        units: &[Unit<'_>],
        dry_run: bool,
        trace: &'t Trace,
    ) -> ApiResult<Self> {
        let studies = units.iter().flat_map(|unit| unit.studies);
        let uids: Vec<&str> = studies.map(|study| study.fields.study_instance_uid.as_str()).collect();
        let studies = studies::queries::find_all_by_uid_locked(tx, &uids).await?;
        let holders: Vec<i64> = studies.iter().map(|study| study.row.patient_fk).collect();
        let numbers: Vec<(&str, &str)> = units.iter().filter_map(|unit| unit.patient.fields.number()).collect();
        let mut patients = patients::queries::find_all_locked(tx, &holders).await?;
        patients.extend(patients::queries::find_all_by_number_locked(tx, &numbers).await?);
        let number = |row: &patient::Model| (row.patient_id.clone(), row.issuer_of_patient_id.clone());
        Ok(Self {
            tx,
            dry_run,
            trace,
            ids: patients.iter().map(|row| (number(row), row.id)).collect(),
            patients: patients.into_iter().map(|row| (row.id, row)).collect(),
            studies: studies.into_iter().map(|study| (study.row.study_instance_uid.clone(), study)).collect(),
        })
    }

    /// Enters a unit. Nothing is taken of a patient whose studies are all refused.
    pub async fn enter<'a>(&mut self, unit: Unit<'a>) -> ApiResult<Entered<'a>> {
        let registered = self.patient_of(unit).cloned();
        let objections: Vec<Option<Reason>> =
            unit.studies.iter().map(|study| self.objection(study, registered.as_ref())).collect();
        if objections.iter().all(Option::is_some) {
            return Ok(unit.refused(objections.into_iter().flatten()));
        }
        let (row, patient) = self.enter_patient(registered, &unit.patient.fields).await?;
        let mut studies = Vec::with_capacity(unit.studies.len());
        for (study, objection) in unit.studies.iter().zip(objections) {
            studies.push(match objection {
                Some(reason) => StudyFate::refused(reason),
                None => self.enter_study(study, &row).await?,
            });
        }
        Ok(Entered { unit, patient, studies })
    }

    /// The patient as it is registered. Without a Patient ID nothing but its study tells who it is.
    fn patient_of(&self, unit: Unit<'_>) -> Option<&patient::Model> {
        let id = match unit.patient.fields.number() {
            Some((patient_id, issuer)) => *self.ids.get(&(patient_id.to_owned(), issuer.to_owned()))?,
            None => self.studies.get(&unit.studies.first()?.fields.study_instance_uid)?.row.patient_fk,
        };
        self.patients.get(&id)
    }

    /// Why a study of this patient is not taken.
    fn objection(&self, study: &CollectedStudy, patient: Option<&patient::Model>) -> Option<Reason> {
        if patient.is_some_and(|patient| patient.deleted_at.is_some()) {
            return Some(Reason::PatientInBin);
        }
        let registered = &self.studies.get(&study.fields.study_instance_uid)?.row;
        if registered.deleted_at.is_some() {
            Some(Reason::StudyInBin)
        } else if patient.is_none_or(|patient| patient.id != registered.patient_fk) {
            Some(Reason::StudyOfAnotherPatient)
        } else {
            None
        }
    }

    async fn enter_patient(
        &mut self,
        registered: Option<patient::Model>,
        fields: &PatientFields,
    ) -> ApiResult<(patient::Model, PatientFate)> {
        let mut warnings = BTreeSet::new();
        let is_new = registered.is_none();
        let before = registered.map_or_else(|| new_patient(fields), Ok)?;
        let mut after = completed_patient(&before, fields, &mut warnings);
        if !is_new && self.is_born_after_a_study(&before, &after).await? {
            after.birth_date = None;
            warnings.insert(Warning { field: "birth_date", code: FaultCode::BirthAfterStudy.name() });
        }
        let outcome = Outcome::of(is_new, after != before);
        let row = self.write_patient(outcome, &before, after).await?;
        if outcome == Outcome::Updated {
            self.patients.insert(row.id, row.clone());
        }
        Ok((row, PatientFate { outcome: Some(outcome), warnings }))
    }

    /// Whether a birth date that was not known before is later than a study there is.
    async fn is_born_after_a_study(&self, before: &patient::Model, after: &patient::Model) -> ApiResult<bool> {
        let Some(birth) = after.birth_date.filter(|_| before.birth_date.is_none()) else { return Ok(false) };
        let first_study = patients::queries::first_study_date(self.tx, before.id, &[]).await?;
        Ok(first_study.is_some_and(|first_study| first_study < birth))
    }

    async fn enter_study(&self, study: &CollectedStudy, patient: &patient::Model) -> ApiResult<StudyFate> {
        let mut warnings = BTreeSet::new();
        let uid = &study.fields.study_instance_uid;
        let registered = self.studies.get(uid);
        let before = registered.cloned().unwrap_or_else(|| new_study(uid, patient));
        let after = completed_study(&before, study, patient.birth_date, &mut warnings);
        let outcome = Outcome::of(registered.is_none(), after != before);
        // The patient as this import leaves it.
        self.write_study(outcome, &before, FullStudy { patient: Arc::new(patient.clone()), ..after }).await?;
        Ok(StudyFate { outcome: Ok(outcome), warnings })
    }

    async fn write_patient(
        &self,
        outcome: Outcome,
        before: &patient::Model,
        after: patient::Model,
    ) -> ApiResult<patient::Model> {
        match outcome {
            Outcome::Created if !self.dry_run => {
                patients::queries::insert(self.tx, after, self.trace).await.map_err(again_when_taken)
            }
            Outcome::Updated if !self.dry_run => {
                patients::queries::update(self.tx, before, after, self.trace).await?.ok_or_else(stale)
            }
            _ => Ok(after),
        }
    }

    async fn write_study(&self, outcome: Outcome, before: &FullStudy, after: FullStudy) -> ApiResult<()> {
        match outcome {
            Outcome::Created if !self.dry_run => {
                studies::queries::insert(self.tx, after, self.trace).await.map(drop).map_err(again_when_taken)
            }
            Outcome::Updated if !self.dry_run => {
                studies::queries::update(self.tx, before, after, self.trace).await?.map(drop).ok_or_else(stale)
            }
            _ => Ok(()),
        }
    }
}

fn new_patient(fields: &PatientFields) -> ApiResult<patient::Model> {
    let (patient_id, issuer) = match fields.number() {
        Some((patient_id, issuer)) => (patient_id.to_owned(), issuer.to_owned()),
        None => (new_patient_number()?, String::new()),
    };
    Ok(patient::Model { issuer_of_patient_id: issuer, ..patients::queries::blank(patient_id) })
}

/// A study of which there are images.
fn new_study(uid: &str, patient: &patient::Model) -> FullStudy {
    let mut study = studies::queries::blank(uid.to_owned(), Arc::new(patient.clone()));
    "available".clone_into(&mut study.row.status);
    study
}

fn completed_patient(
    before: &patient::Model,
    fields: &PatientFields,
    warnings: &mut BTreeSet<Warning>,
) -> patient::Model {
    let mut merged = PatientFields::of_row(before);
    merge_patient(&mut merged, fields.clone(), warnings);
    merged.into_row(before.clone())
}

/// A study date that was not known before and is earlier than the patient's birth is dropped: what is registered stays.
fn completed_study(
    before: &FullStudy,
    study: &CollectedStudy,
    birth_date: Option<Date>,
    warnings: &mut BTreeSet<Warning>,
) -> FullStudy {
    let mut merged = StudyFields::of_row(&before.row);
    merge_study(&mut merged, study.fields.clone(), warnings);
    let is_before_birth = merged.study_date.zip(birth_date).is_some_and(|(study, birth)| study < birth);
    if is_before_birth && before.row.study_date.is_none() {
        (merged.study_date, merged.study_time) = (None, None);
        warnings.insert(Warning { field: "study_date", code: FaultCode::StudyBeforeBirth.name() });
    }
    let row = merged.into_row(before.row.clone());
    let (series, instances) = (study.number_of_study_related_series, study.number_of_study_related_instances);
    let row = study::Model {
        modalities_in_study: united(&before.row, &study.modalities, warnings),
        number_of_study_related_series: row.number_of_study_related_series.max(series.into()),
        number_of_study_related_instances: row.number_of_study_related_instances.max(instances.into()),
        ..row
    };
    FullStudy { row, patient: before.patient.clone() }
}

/// The modalities that are registered, and of the others as many as a study may have.
fn united(registered: &study::Model, seen: &BTreeSet<String>, warnings: &mut BTreeSet<Warning>) -> String {
    let mut united: BTreeSet<&str> = modalities(registered).collect();
    for modality in seen {
        if united.len() < MODALITIES {
            united.insert(modality);
        } else if !united.contains(modality.as_str()) {
            warnings.insert(Warning { field: "modalities_in_study", code: FaultCode::TooLong.name() });
        }
    }
    joined(united)
}
