//! One line of a file: a patient or a study as it is to be entered.

use serde_json::{Map, Value, json};

use crate::error::{Fault, Place};
use crate::http::Members;
use crate::patients::dto::PatientCreate;
use crate::studies::dto::StudyCreate;
use crate::values::{FaultCode, line};

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
/// Members of a study's patient that do not say who it is.
const OF_PATIENT: [&str; 4] = ["id", "patient_name", "birth_date", "sex"];

/// A line that was read.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in the file, the first line being 1; of a row of several lines, the first.
    pub number: u64,
    /// How long it is in the file.
    pub bytes: usize,
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
}

/// A study to enter, or members of one to change.
#[derive(Clone, Debug)]
pub struct StudyLine {
    pub members: Map<String, Value>,
    pub study: StudyCreate,
    /// Whose study it is.
    pub patient: Option<PatientKey>,
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

impl Line {
    /// A line that says nothing that can be understood.
    pub fn refused(number: u64, bytes: usize, code: FaultCode) -> Self {
        let fault = Fault { place: Place::Pointer(String::new()), code, suggestion: None };
        Self { number, bytes, content: Err((None, vec![fault])) }
    }
}

impl Content {
    /// Reads the members of a line.
    pub fn of(resource: Resource, mut members: Map<String, Value>) -> Self {
        for name in KEPT {
            members.remove(name);
        }
        match resource {
            Resource::Patient => Self::Patient(Box::new(PatientLine::of(members))),
            Resource::Study => Self::Study(Box::new(StudyLine::of(members))),
        }
    }
}

impl PatientLine {
    fn of(members: Map<String, Value>) -> Self {
        let (patient, faults) = Members::examine(members.clone(), PatientCreate::read);
        Self { members, patient, faults }
    }

    /// The patient's number and who gave it, if it says them.
    pub fn number(&self) -> Option<(&str, &str)> {
        let issuer = self.patient.issuer_of_patient_id.as_deref().unwrap_or_default();
        Some((self.patient.patient_id.as_deref()?, issuer))
    }
}

impl StudyLine {
    fn of(mut members: Map<String, Value>) -> Self {
        let named = members.remove("patient").filter(|patient| !patient.is_null());
        let mut faults = Vec::new();
        let patient = match named {
            // The number is what two registries have in common; an id beside it is that of the registry it came from.
            Some(named) => {
                members.remove("patient_fk");
                number_of(named, &mut faults)
            }
            None => None,
        };
        let without_patient = members.get("patient_fk").is_none_or(Value::is_null);
        if without_patient {
            members.remove("patient_fk");
        }
        let (study, own) = Members::examine(members.clone(), |members| {
            if without_patient { StudyCreate::described(members) } else { StudyCreate::read(members) }
        });
        let by_id = (study.patient_fk > 0).then_some(PatientKey::Id(study.patient_fk));
        faults.extend(own);
        members.remove("patient_fk");
        Self { members, study, patient: patient.or(by_id), faults }
    }
}

/// Who a study's member `patient` is.
fn number_of(patient: Value, faults: &mut Vec<Fault>) -> Option<PatientKey> {
    let Value::Object(members) = patient else {
        faults.push(Fault::member("patient", FaultCode::InvalidType));
        return None;
    };
    let (key, own) = Members::examine(members, |members| {
        for name in OF_PATIENT {
            members.leave(name);
        }
        let number = members.required("patient_id", |text| line(text, 64));
        let issuer = members.optional("issuer_of_patient_id", |text| line(text, 64));
        PatientKey::Number(number, issuer.unwrap_or_default())
    });
    if own.is_empty() {
        return Some(key);
    }
    faults.extend(own.into_iter().map(|fault| fault.below("patient")));
    None
}

/// The member by which a study names its patient, from its parts in a flat row.
pub fn patient_member(patient_id: Option<&str>, issuer: Option<&str>) -> Option<Value> {
    (patient_id.is_some() || issuer.is_some())
        .then(|| json!({"patient_id": patient_id, "issuer_of_patient_id": issuer}))
}
