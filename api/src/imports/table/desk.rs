//! One transaction of an import of rows: what the registry knows of the patients and studies that some lines speak of, and what
//! the lines make of it.
//!
//! Lines count in their order: a later one finds what an earlier one entered. What they come to in the end is written at once, each
//! row once, in the order of its key, so that imports of the same rows wait for each other and not across.

use std::collections::HashMap;
use std::sync::Arc;

use entity::{patient, study};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Map, Value};

use super::line::{Content, KEY, Line, PatientKey, PatientLine, StudyLine};
use crate::audit::Trace;
use crate::db::Reads;
use crate::error::{ApiError, ApiResult, Fault, ProblemCode, again_when_taken};
use crate::imports::Mode;
use crate::imports::again::stale;
use crate::patients;
use crate::patients::dto::PatientCreate;
use crate::search::backlog;
use crate::search::changes::Changes;
use crate::studies::dto::StudyCreate;
use crate::studies::{self, queries::FullStudy};
use crate::values::{FaultCode, new_patient_number, new_uid};

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Created,
    Updated,
    Unchanged,
    Refused(Vec<Fault>),
}

type Settled = ApiResult<Result<Fate, Vec<Fault>>>;

/// What became of lines.
pub struct Entered {
    /// Of each line.
    pub fates: Vec<Fate>,
    /// What is still to be entered in the index of searches.
    pub owed: Changes,
}

/// Enters lines, and tells of each what became of it. New rows are entered in the index of searches, unless it `owes` them.
///
/// # Errors
/// When the database fails, or another transaction has entered or changed one of the rows meanwhile; the next try finds it.
pub async fn enter(tx: &impl Reads, lines: &[Line], mode: Mode, owes: bool, trace: &Trace) -> ApiResult<Entered> {
    let mut desk = Desk::open(tx, lines, mode).await?;
    let mut fates = Vec::with_capacity(lines.len());
    for line in lines {
        let settled = match &line.content {
            Ok(Content::Patient(line)) => desk.patient(tx, line).await?,
            Ok(Content::Study(line)) => desk.study(line)?,
            Err((_, faults)) => Err(faults.clone()),
        };
        let flattened = |faults: Vec<Fault>| faults.into_iter().map(|fault| fault.raised_from("patient")).collect();
        fates.push(
            settled.unwrap_or_else(|faults| Fate::Refused(if line.is_flat { flattened(faults) } else { faults })),
        );
    }
    let mut owed = desk.write(tx, trace).await?;
    if owes {
        backlog::note(tx, owed.entered()).await?;
    } else {
        std::mem::take(&mut owed).write(tx).await?;
    }
    Ok(Entered { fates, owed })
}

/// A patient as it was found, if it was, and as the lines leave it.
struct PatientPlace {
    before: Option<Arc<patient::Model>>,
    after: Arc<patient::Model>,
}

/// A study, and the place of its patient.
struct StudyPlace {
    before: Option<FullStudy>,
    after: FullStudy,
    patient: usize,
}

struct Desk {
    mode: Mode,
    patients: Vec<PatientPlace>,
    by_id: HashMap<i64, usize>,
    by_number: HashMap<(String, String), usize>,
    studies: Vec<StudyPlace>,
    by_uid: HashMap<String, usize>,
    /// The places of the studies of a patient's place.
    of_patient: HashMap<usize, Vec<usize>>,
}

impl Desk {
    /// Looks up all that the lines speak of, and keeps it from changing. Studies are locked first, as when one is changed.
    async fn open(tx: &impl Reads, lines: &[Line], mode: Mode) -> Result<Self, DbErr> {
        let (mut uids, mut ids, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        for line in lines {
            match &line.content {
                Ok(Content::Patient(line)) => numbers.extend(line.number().ok().flatten()),
                Ok(Content::Study(line)) => {
                    uids.extend(line.study.study_instance_uid.as_deref());
                    match &line.patient {
                        Ok(Some(PatientKey::Id(id))) => ids.push(*id),
                        Ok(Some(PatientKey::Number(number, issuer))) => numbers.push((number, issuer)),
                        Ok(None) | Err(_) => {}
                    }
                }
                Err(_) => {}
            }
        }
        let studies = studies::queries::find_all_by_uid_locked(tx, &distinct(uids)).await?;
        ids.extend(studies.iter().map(|study| study.row.patient_fk));
        let mut patients = patients::queries::find_all_by_number_locked(tx, &distinct(numbers)).await?;
        ids.retain(|id| patients.iter().all(|patient| patient.id != *id));
        patients.extend(patients::queries::find_all_locked(tx, &distinct(ids)).await?);
        let mut desk = Self {
            mode,
            patients: Vec::new(),
            by_id: HashMap::new(),
            by_number: HashMap::new(),
            studies: Vec::new(),
            by_uid: HashMap::new(),
            of_patient: HashMap::new(),
        };
        for row in patients.into_iter().map(Arc::new) {
            desk.by_id.insert(row.id, desk.patients.len());
            desk.add_patient(PatientPlace { before: Some(row.clone()), after: row });
        }
        for study in studies {
            let Some(patient) = desk.by_id.get(&study.row.patient_fk).copied() else { continue };
            desk.add_study(StudyPlace { before: Some(study.clone()), after: study, patient });
        }
        Ok(desk)
    }

    fn add_patient(&mut self, place: PatientPlace) {
        let row = &place.after;
        let number = (row.patient_id.clone(), row.issuer_of_patient_id.clone());
        self.by_number.insert(number, self.patients.len());
        self.patients.push(place);
    }

    fn add_study(&mut self, place: StudyPlace) {
        self.by_uid.insert(place.after.row.study_instance_uid.clone(), self.studies.len());
        self.of_patient.entry(place.patient).or_default().push(self.studies.len());
        self.studies.push(place);
    }

    async fn patient(&mut self, tx: &impl ConnectionTrait, line: &PatientLine) -> Settled {
        let number = match line.number() {
            Ok(number) => number.map(|(number, issuer)| (number.to_owned(), issuer.to_owned())),
            Err(faults) => return Ok(Err(faults.to_vec())),
        };
        let place = number.as_ref().and_then(|number| self.by_number.get(number)).copied();
        match place {
            Some(place) => self.change_patient(tx, place, line).await,
            None => self.new_patient(line),
        }
    }

    fn new_patient(&mut self, line: &PatientLine) -> Settled {
        let mut faults = line.faults.clone();
        if self.mode == Mode::Upsert && line.patient.patient_id.is_none() {
            require(Fault::member("patient_id", FaultCode::Required), &mut faults);
        }
        if !faults.is_empty() {
            return Ok(Err(faults));
        }
        let number = line.patient.patient_id.is_none().then(new_patient_number).transpose()?;
        let row = line.patient.clone().into_row(patients::queries::blank(number.unwrap_or_default()));
        self.add_patient(PatientPlace { before: None, after: Arc::new(row) });
        Ok(Ok(Fate::Created))
    }

    async fn change_patient(&mut self, tx: &impl ConnectionTrait, place: usize, line: &PatientLine) -> Settled {
        let row = &self.patients[place].after;
        if row.deleted_at.is_some() {
            return Ok(Err(vec![Fault::member("patient_id", FaultCode::PatientDeleted)]));
        }
        if self.mode == Mode::Create {
            return Ok(Err(vec![Fault::member("patient_id", FaultCode::PatientAlreadyExists)]));
        }
        let patched = match PatientCreate::patched(row, identified(&line.members, &KEY)) {
            Ok(patched) => patched.into_row(patient::Model::clone(row)),
            Err(error) => return refused(error),
        };
        if patched == **row {
            return Ok(Ok(Fate::Unchanged));
        }
        if self.is_born_after_a_study(tx, place, &patched).await? {
            return Ok(Err(vec![Fault::member("birth_date", FaultCode::BirthAfterStudy)]));
        }
        self.patients[place].after = Arc::new(patched);
        Ok(Ok(Fate::Updated))
    }

    /// Whether a new birth date is later than a study, in the registry or in these lines.
    async fn is_born_after_a_study(
        &self,
        tx: &impl ConnectionTrait,
        place: usize,
        patched: &patient::Model,
    ) -> Result<bool, DbErr> {
        let row = &self.patients[place].after;
        let Some(birth) = patched.birth_date.filter(|_| patched.birth_date != row.birth_date) else { return Ok(false) };
        let of_patient = self.of_patient.get(&place).into_iter().flatten();
        let studies: Vec<&study::Model> = of_patient.map(|study| &self.studies[*study].after.row).collect();
        let outside_the_bin = studies.iter().filter(|study| study.deleted_at.is_none());
        let here = outside_the_bin.filter_map(|study| study.study_date).min();
        if here.is_some_and(|first| first < birth) {
            return Ok(true);
        }
        if row.id == 0 {
            return Ok(false);
        }
        // Of those that the lines speak of, the registry has the dates from before.
        let known: Vec<i64> = studies.iter().map(|study| study.id).filter(|id| *id > 0).collect();
        let first = patients::queries::first_study_date(tx, row.id, &known).await?;
        Ok(first.is_some_and(|first| first < birth))
    }

    fn study(&mut self, line: &StudyLine) -> Settled {
        let place = line.study.study_instance_uid.as_ref().and_then(|uid| self.by_uid.get(uid)).copied();
        match place {
            Some(place) => self.change_study(place, line),
            None => Ok(self.new_study(line)),
        }
    }

    /// The place of the patient that a line names, if it does.
    fn patient_of(&self, line: &StudyLine) -> Result<Option<usize>, Vec<Fault>> {
        let Some(key) = line.patient.as_ref().map_err(Clone::clone)? else { return Ok(None) };
        let (place, fault) = match key {
            PatientKey::Id(id) => (self.by_id.get(id), Fault::member("patient_fk", FaultCode::PatientNotFound)),
            PatientKey::Number(number, issuer) => {
                let place = self.by_number.get(&(number.clone(), issuer.clone()));
                (place, Fault::member("patient_id", FaultCode::PatientNotFound).below("patient"))
            }
        };
        let place = place.copied().filter(|place| self.patients[*place].after.deleted_at.is_none());
        place.map(Some).ok_or_else(|| vec![fault])
    }

    fn new_study(&mut self, line: &StudyLine) -> Result<Fate, Vec<Fault>> {
        let mut faults = line.faults.clone();
        if self.mode == Mode::Upsert && line.study.study_instance_uid.is_none() {
            require(Fault::member("study_instance_uid", FaultCode::Required), &mut faults);
        }
        let patient = match self.patient_of(line) {
            Ok(Some(place)) => Some(place),
            Ok(None) => {
                faults.push(Fault::member("patient_id", FaultCode::Required).below("patient"));
                None
            }
            Err(of_patient) => {
                faults.extend(of_patient);
                None
            }
        };
        if let Some(place) = patient
            && self.is_before_birth(line.study.study_date, place)
        {
            faults.push(Fault::member("study_date", FaultCode::StudyBeforeBirth));
        }
        let Some(patient) = patient.filter(|_| faults.is_empty()) else { return Err(faults) };
        let uid = if line.study.study_instance_uid.is_none() { new_uid() } else { String::new() };
        let blank = studies::queries::blank(uid, Arc::clone(&self.patients[patient].after));
        let after = line.study.clone().into_study(blank);
        self.add_study(StudyPlace { before: None, after, patient });
        Ok(Fate::Created)
    }

    fn change_study(&mut self, place: usize, line: &StudyLine) -> Settled {
        let StudyPlace { after: study, patient, .. } = &self.studies[place];
        let refuse = |code| Ok(Err(vec![Fault::member("study_instance_uid", code)]));
        if study.row.deleted_at.is_some() {
            return refuse(FaultCode::StudyDeleted);
        }
        if self.mode == Mode::Create {
            return refuse(FaultCode::StudyAlreadyExists);
        }
        match self.patient_of(line) {
            Ok(Some(named)) if named != *patient => return refuse(FaultCode::StudyOfAnotherPatient),
            Err(faults) => return Ok(Err(faults)),
            Ok(_) => {}
        }
        let patched = match StudyCreate::patched(study, identified(&line.members, &["study_instance_uid"])) {
            Ok(patched) => patched.into_study(study.clone()),
            Err(error) => return refused(error),
        };
        if patched == *study {
            return Ok(Ok(Fate::Unchanged));
        }
        if patched.row.study_date != study.row.study_date && self.is_before_birth(patched.row.study_date, *patient) {
            return Ok(Err(vec![Fault::member("study_date", FaultCode::StudyBeforeBirth)]));
        }
        self.studies[place].after = patched;
        Ok(Ok(Fate::Updated))
    }

    fn is_before_birth(&self, study_date: Option<time::Date>, patient: usize) -> bool {
        study_date.zip(self.patients[patient].after.birth_date).is_some_and(|(study, birth)| study < birth)
    }

    /// Writes what the lines came to, and says what new rows mean for the index.
    async fn write(mut self, tx: &impl ConnectionTrait, trace: &Trace) -> ApiResult<Changes> {
        let mut changes = Changes::default();
        let mut new: Vec<usize> =
            (0..self.patients.len()).filter(|place| self.patients[*place].before.is_none()).collect();
        new.sort_by(|a, b| number(&self.patients[*a].after).cmp(&number(&self.patients[*b].after)));
        let rows = new.iter().map(|place| patient::Model::clone(&self.patients[*place].after)).collect();
        let rows = patients::queries::insert_all(tx, rows, trace, &mut changes).await.map_err(again_when_taken)?;
        for (place, row) in new.into_iter().zip(rows) {
            self.patients[place].after = Arc::new(row);
        }
        for place in &mut self.patients {
            if let Some(before) = place.before.as_ref().filter(|before| **before != place.after) {
                let after = patient::Model::clone(&place.after);
                let written = patients::queries::update(tx, before, after, trace).await?.ok_or_else(stale)?;
                // Its studies are signed by the words that it has now.
                place.after = Arc::new(written);
            }
        }
        let mut new = Vec::new();
        for place in self.studies {
            if place.before.as_ref() == Some(&place.after) {
                continue;
            }
            // The patient as the lines leave it.
            let mut study = FullStudy { patient: Arc::clone(&self.patients[place.patient].after), ..place.after };
            if let Some(before) = place.before {
                studies::queries::update(tx, &before, study, trace).await?.ok_or_else(stale)?;
            } else {
                study.row.patient_fk = study.patient.id;
                new.push(study);
            }
        }
        new.sort_by(|a, b| a.row.study_instance_uid.cmp(&b.row.study_instance_uid));
        studies::queries::insert_all(tx, new, trace, &mut changes).await.map_err(again_when_taken)?;
        Ok(changes)
    }
}

fn number(row: &patient::Model) -> (&str, &str) {
    (&row.patient_id, &row.issuer_of_patient_id)
}

fn distinct<T: Ord>(mut keys: Vec<T>) -> Vec<T> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The members of a line but those that say which row it is about.
fn identified(members: &Map<String, Value>, key: &[&str]) -> Map<String, Value> {
    members
        .iter()
        .filter(|(name, _)| !key.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// Asks for a member, unless what there is of it is faulty.
fn require(fault: Fault, faults: &mut Vec<Fault>) {
    if !faults.iter().any(|known| known.place == fault.place) {
        faults.push(fault);
    }
}

fn refused(error: ApiError) -> Settled {
    if error.code == ProblemCode::Invalid { Ok(Err(error.faults)) } else { Err(error) }
}
