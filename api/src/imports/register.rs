//! The writing half of an import: what was collected, entered into the registry batch by batch.

use std::collections::BTreeSet;
use std::iter;

use super::again::patiently;
use super::attributes::Warning;
use super::collect::{CollectedPatient, CollectedStudy};
use super::desk::Desk;
use super::reading::Reading;
use super::refusal::Reason;
use super::report::{Outcome, Report};
use crate::audit::Trace;
use crate::db::Db;
use crate::error::ApiResult;

/// How many rows are entered in one transaction, about: enough to spare the engine commits, few enough that others who
/// write wait for a moment only.
const BATCH: usize = 200;

/// Enters what was read, or in a dry run tells what would become of it. `trace` says who does so; `progress` is told how
/// many studies are done, and of how many.
///
/// Several imports may run at once, beside a server.
///
/// # Errors
/// When the database fails. What was entered until then stays, and the import can be repeated.
pub async fn register(
    db: &Db,
    reading: Reading,
    dry_run: bool,
    trace: &Trace,
    mut progress: impl FnMut(u64, u64),
) -> ApiResult<Report> {
    let Reading { collection, mut report } = reading;
    let (mut done, all) = (0, collection.number_of_studies() as u64);
    let patients = collection.into_patients();
    let mut fates: Vec<PatientFate> = patients.iter().map(|_| PatientFate::default()).collect();
    let mut units = units(&patients).peekable();
    while units.peek().is_some() {
        for entered in enter_or_split(db, &batch(&mut units), dry_run, trace).await? {
            done += entered.unit.studies.len() as u64;
            fates[entered.unit.index].merge(entered.patient);
            for (study, fate) in entered.unit.studies.iter().zip(entered.studies) {
                tell_study(&mut report, study, &fate);
            }
        }
        progress(done, all);
        db.let_others_write().await;
    }
    for (patient, fate) in patients.iter().zip(fates) {
        report.patients.count(fate.outcome);
        report.warn(patient.warnings.union(&fate.warnings));
    }
    Ok(report)
}

fn tell_study(report: &mut Report, study: &CollectedStudy, fate: &StudyFate) {
    report.studies.count(fate.outcome.ok());
    report.warn(study.warnings.union(&fate.warnings));
    if let Err(reason) = fate.outcome {
        report.refuse(study.source.as_deref(), Some(&study.fields.study_instance_uid), &reason.into());
    }
}

/// A patient with some of its studies: what is entered together or not at all.
#[derive(Clone, Copy)]
pub struct Unit<'a> {
    /// The place of the patient among all.
    index: usize,
    pub patient: &'a CollectedPatient,
    /// One or more.
    pub studies: &'a [CollectedStudy],
}

/// The patients with their studies; one of very many studies comes several times, so that no transaction becomes too large.
fn units(patients: &[CollectedPatient]) -> impl Iterator<Item = Unit<'_>> {
    patients
        .iter()
        .enumerate()
        .flat_map(|(index, patient)| patient.studies.chunks(BATCH).map(move |studies| Unit { index, patient, studies }))
}

/// The next units, until there are enough rows.
fn batch<'a>(units: &mut impl Iterator<Item = Unit<'a>>) -> Vec<Unit<'a>> {
    let mut rows = 0;
    let mut batch = Vec::new();
    while rows < BATCH {
        let Some(unit) = units.next() else { break };
        rows += 1 + unit.studies.len();
        batch.push(unit);
    }
    batch
}

impl<'a> Unit<'a> {
    /// The same, each study by itself.
    fn split(self) -> impl Iterator<Item = Self> {
        self.studies.chunks(1).map(move |studies| Self { studies, ..self })
    }

    /// Nothing of it is taken, each study for a reason.
    pub fn refused(self, reasons: impl Iterator<Item = Reason>) -> Entered<'a> {
        Entered { unit: self, patient: PatientFate::default(), studies: reasons.map(StudyFate::refused).collect() }
    }
}

/// What became of a unit.
pub struct Entered<'a> {
    pub unit: Unit<'a>,
    pub patient: PatientFate,
    /// As many as the unit has studies.
    pub studies: Vec<StudyFate>,
}

/// What became of a patient, and what was wrong with it; `None` is refused.
#[derive(Default)]
pub struct PatientFate {
    pub outcome: Option<Outcome>,
    pub warnings: BTreeSet<Warning>,
}

/// What became of a study, and what was wrong with it.
pub struct StudyFate {
    pub outcome: Result<Outcome, Reason>,
    pub warnings: BTreeSet<Warning>,
}

impl StudyFate {
    /// The study is not taken.
    pub fn refused(reason: Reason) -> Self {
        Self { outcome: Err(reason), warnings: BTreeSet::new() }
    }
}

impl PatientFate {
    /// Adds what became of it in another unit.
    fn merge(&mut self, other: Self) {
        self.outcome = self.outcome.max(other.outcome);
        self.warnings.extend(other.warnings);
    }
}

/// Enters units together; study by study when the database refuses a row, so that the others are not lost with it.
async fn enter_or_split<'a>(db: &Db, units: &[Unit<'a>], dry_run: bool, trace: &Trace) -> ApiResult<Vec<Entered<'a>>> {
    match enter(db, units, dry_run, trace).await {
        Err(error) if error.is_row_fault() => {}
        result => return result,
    }
    let mut entered = Vec::new();
    for unit in units.iter().flat_map(|unit| unit.split()) {
        match enter(db, &[unit], dry_run, trace).await {
            Err(error) if error.is_row_fault() => entered.push(unit.refused(iter::once(Reason::NotStorable))),
            result => entered.extend(result?),
        }
    }
    Ok(entered)
}

/// Enters units in one transaction.
async fn enter<'a>(db: &Db, units: &[Unit<'a>], dry_run: bool, trace: &Trace) -> ApiResult<Vec<Entered<'a>>> {
    let enter = async || {
        db.write(async |tx| {
            let mut desk = Desk::open(tx, units, dry_run, trace).await?;
            let mut entered = Vec::with_capacity(units.len());
            for unit in units {
                entered.push(desk.enter(*unit).await?);
            }
            Ok(entered)
        })
        .await
    };
    patiently(enter).await
}
