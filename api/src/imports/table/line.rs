//! One line of a file: a patient or a study as it is to be entered.

use serde_json::{Map, Value, json};

use crate::error::Fault;
use crate::http::Members;
use crate::patients::dto::PatientCreate;
use crate::studies::dto::StudyCreate;
use crate::values::{FaultCode, instant, line};

/// What a line can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    Patient,
    Study,
}

/// Members that an export has and the registry keeps itself: they are known, and left aside.
const KEPT: [&str; 10] = [
    "id",
    "patient_name",
    "number_of_studies",
    "version",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "deleted_at",
    "deleted_by",
];
/// One of them that every row of an export has, and nobody writes by hand.
const EXPORTED: &str = "created_at";
/// Members that say which patient is meant.
pub const KEY: [&str; 2] = ["patient_id", "issuer_of_patient_id"];
/// Members of a study's patient that do not say who it is.
const OF_PATIENT: [&str; 4] = ["id", "patient_name", "birth_date", "sex"];

/// A line that was read.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in the file, the first line being 1; of a row of several lines, the first.
    pub number: u64,
    /// How long it is in the file.
    pub bytes: usize,
    /// Whether it is a row of cells, which has no member `patient`: what is wrong with a study's patient is wrong with a column.
    pub is_flat: bool,
    /// What it says, or why it says nothing.
    pub content: Result<Content, (Option<Resource>, Vec<Fault>)>,
}

/// What a line says.
#[derive(Clone, Debug)]
pub enum Content {
    Patient(Box<PatientLine>),
    Study(Box<StudyLine>),
}

/// A patient to enter, or members of one to change.
#[derive(Clone, Debug)]
pub struct PatientLine {
    /// The members as they came: the merge patch of a patient that is registered.
    pub members: Map<String, Value>,
    /// The patient that they make, if it is not registered.
    pub patient: PatientCreate,
    /// Why it cannot be entered.
    pub faults: Vec<Fault>,
    /// Whether they are such that nobody knows which patient is meant.
    has_faulty_number: bool,
}

/// A study to enter, or members of one to change.
#[derive(Clone, Debug)]
pub struct StudyLine {
    pub members: Map<String, Value>,
    pub study: StudyCreate,
    /// Whose study it is, if it says so; or why that cannot be told.
    pub patient: Result<Option<PatientKey>, Vec<Fault>>,
    pub faults: Vec<Fault>,
}

/// How a study names its patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatientKey {
    /// By the row's id: `patient_fk`.
    Id(i64),
    /// By the patient's number and who gave it, which may be empty.
    Number(String, String),
}

impl Content {
    /// Reads the members of a line.
    pub fn of(resource: Resource, mut members: Map<String, Value>) -> Self {
        let is_exported = members.get(EXPORTED).and_then(Value::as_str).is_some_and(|at| instant(at).is_ok());
        for name in KEPT {
            members.remove(name);
        }
        match resource {
            Resource::Patient => Self::Patient(Box::new(PatientLine::of(members, is_exported))),
            Resource::Study => Self::Study(Box::new(StudyLine::of(members))),
        }
    }
}

impl PatientLine {
    fn of(members: Map<String, Value>, is_exported: bool) -> Self {
        // A registry has patients without a name, whom images brought.
        let read = if is_exported { PatientCreate::described } else { PatientCreate::read };
        let (patient, faults) = Members::examine(members.clone(), read);
        let has_faulty_number = faults.iter().any(|fault| KEY.iter().any(|member| fault.is_of(member)));
        Self { members, patient, faults, has_faulty_number }
    }

    /// The patient's number and who gave it, if it says them.
    ///
    /// # Errors
    /// The faults of the line when one of the two is faulty: without it another patient would be meant.
    pub fn number(&self) -> Result<Option<(&str, &str)>, &[Fault]> {
        if self.has_faulty_number {
            return Err(&self.faults);
        }
        let issuer = self.patient.issuer_of_patient_id.as_deref().unwrap_or_default();
        Ok(self.patient.patient_id.as_deref().map(|number| (number, issuer)))
    }
}

impl StudyLine {
    fn of(mut members: Map<String, Value>) -> Self {
        let named = members.remove("patient").filter(|patient| !patient.is_null());
        if named.is_some() {
            // The number is what two registries have in common; an id beside it is that of the registry it came from.
            members.remove("patient_fk");
        }
        let without_patient = members.get("patient_fk").is_none_or(Value::is_null);
        if without_patient {
            members.remove("patient_fk");
        }
        let (study, faults) = Members::examine(members.clone(), |members| {
            if without_patient { StudyCreate::described(members) } else { StudyCreate::read(members) }
        });
        let (of_patient, faults): (Vec<Fault>, _) = faults.into_iter().partition(|fault| fault.is_of("patient_fk"));
        let patient = match named {
            Some(named) => number_of(named).map(Some),
            None if of_patient.is_empty() => Ok((!without_patient).then_some(PatientKey::Id(study.patient_fk))),
            None => Err(of_patient),
        };
        members.remove("patient_fk");
        Self { members, study, patient, faults }
    }
}

/// Who a study's member `patient` is.
fn number_of(patient: Value) -> Result<PatientKey, Vec<Fault>> {
    let Value::Object(members) = patient else { return Err(vec![Fault::member("patient", FaultCode::InvalidType)]) };
    let (key, faults) = Members::examine(members, |members| {
        for name in OF_PATIENT {
            members.leave(name);
        }
        let number = members.required("patient_id", |text| line(text, 64));
        let issuer = members.optional("issuer_of_patient_id", |text| line(text, 64));
        PatientKey::Number(number, issuer.unwrap_or_default())
    });
    if faults.is_empty() { Ok(key) } else { Err(faults.into_iter().map(|fault| fault.below("patient")).collect()) }
}

/// The member by which a study names its patient, from its parts in a flat row.
pub fn patient_member(patient_id: Option<&str>, issuer: Option<&str>) -> Option<Value> {
    (patient_id.is_some() || issuer.is_some())
        .then(|| json!({"patient_id": patient_id, "issuer_of_patient_id": issuer}))
}
