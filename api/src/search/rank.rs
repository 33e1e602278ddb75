//! The order of relevance, and why a hit is one.
//!
//! A search runs through stages, the most relevant first; each yields its hits in the order of the index, so that the first page
//! of a common word costs no more than that of a rare one. A row that several stages would yield belongs to the first of them.

use entity::patient;

use super::index::Field;
use super::query::Term;
use crate::studies::queries::FullStudy;

/// How a stage compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// A whole identifier, as it stands.
    Identifier(Identifier),
    /// A whole word of a field, folded.
    Exact(Field),
    /// The beginning of a word of a field, folded.
    Prefix(Field),
}

/// The identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identifier {
    PatientId,
    AccessionNumber,
    StudyInstanceUid,
    StudyId,
}

impl Identifier {
    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PatientId => "patient_id",
            Self::AccessionNumber => "accession_number",
            Self::StudyInstanceUid => "study_instance_uid",
            Self::StudyId => "study_id",
        }
    }
}

/// What a stage yields, and by whose words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Patients, by their own.
    Patient,
    /// Studies, by their own.
    Study,
    /// Studies, by their patient's.
    StudyOfPatient,
}

/// One step of a search.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    pub source: Source,
    pub tier: Tier,
    /// The relevance of its hits.
    pub score: u32,
}

/// The stages in their order. Scores fall along it.
pub const STAGES: [Stage; 37] = {
    use Field as F;
    use Source::{Patient, Study, StudyOfPatient};
    use Tier::{Exact, Prefix};
    const fn stage(source: Source, tier: Tier, score: u32) -> Stage {
        Stage { source, tier, score }
    }
    const fn identifier(source: Source, identifier: Identifier, score: u32) -> Stage {
        Stage { source, tier: Tier::Identifier(identifier), score }
    }
    [
        identifier(Patient, Identifier::PatientId, 100),
        identifier(Study, Identifier::AccessionNumber, 98),
        identifier(Study, Identifier::StudyInstanceUid, 96),
        identifier(Study, Identifier::StudyId, 94),
        identifier(StudyOfPatient, Identifier::PatientId, 90),
        stage(Patient, Exact(F::FamilyName), 60),
        stage(Patient, Exact(F::BirthName), 58),
        stage(Patient, Exact(F::IdeographicName), 56),
        stage(Patient, Exact(F::PhoneticName), 54),
        stage(Patient, Exact(F::GivenName), 40),
        stage(Patient, Exact(F::MiddleName), 38),
        stage(Patient, Prefix(F::FamilyName), 30),
        stage(Patient, Prefix(F::BirthName), 29),
        stage(Patient, Prefix(F::IdeographicName), 28),
        stage(Patient, Prefix(F::PhoneticName), 27),
        stage(Patient, Prefix(F::GivenName), 22),
        stage(Patient, Prefix(F::MiddleName), 21),
        stage(Study, Exact(F::ReferringPhysicianName), 20),
        stage(Study, Exact(F::NameOfPhysiciansReadingStudy), 19),
        stage(Study, Exact(F::StudyDescription), 18),
        stage(Study, Exact(F::InstitutionName), 17),
        stage(Study, Prefix(F::ReferringPhysicianName), 16),
        stage(Study, Prefix(F::NameOfPhysiciansReadingStudy), 15),
        stage(Study, Prefix(F::StudyDescription), 14),
        stage(Study, Prefix(F::InstitutionName), 13),
        stage(StudyOfPatient, Exact(F::FamilyName), 12),
        stage(StudyOfPatient, Exact(F::BirthName), 11),
        stage(StudyOfPatient, Exact(F::IdeographicName), 10),
        stage(StudyOfPatient, Exact(F::PhoneticName), 9),
        stage(StudyOfPatient, Exact(F::GivenName), 8),
        stage(StudyOfPatient, Exact(F::MiddleName), 7),
        stage(StudyOfPatient, Prefix(F::FamilyName), 6),
        stage(StudyOfPatient, Prefix(F::BirthName), 5),
        stage(StudyOfPatient, Prefix(F::IdeographicName), 4),
        stage(StudyOfPatient, Prefix(F::PhoneticName), 3),
        stage(StudyOfPatient, Prefix(F::GivenName), 2),
        stage(StudyOfPatient, Prefix(F::MiddleName), 1),
    ]
};

/// A row as the ranking sees it: its fields and identifiers.
pub trait Searchable {
    /// A field's value, by the words of `source`.
    fn field(&self, source: Source, field: Field) -> Option<&str>;
    /// An identifier's value, by the words of `source`.
    fn identifier(&self, source: Source, identifier: Identifier) -> Option<&str>;
    /// Whose words count, the most relevant first.
    fn sources(&self) -> &'static [Source];
}

impl Searchable for patient::Model {
    fn field(&self, _: Source, field: Field) -> Option<&str> {
        field.of_patient(self)
    }

    fn identifier(&self, _: Source, identifier: Identifier) -> Option<&str> {
        (identifier == Identifier::PatientId).then_some(self.patient_id.as_str())
    }

    fn sources(&self) -> &'static [Source] {
        &[Source::Patient]
    }
}

impl Searchable for FullStudy {
    fn field(&self, source: Source, field: Field) -> Option<&str> {
        if source == Source::Study { field.of_study(&self.row) } else { field.of_patient(&self.patient) }
    }

    fn identifier(&self, source: Source, identifier: Identifier) -> Option<&str> {
        match (source, identifier) {
            (Source::Study, Identifier::AccessionNumber) => self.row.accession_number.as_deref(),
            (Source::Study, Identifier::StudyInstanceUid) => Some(&self.row.study_instance_uid),
            (Source::Study, Identifier::StudyId) => self.row.study_id.as_deref(),
            (Source::StudyOfPatient, Identifier::PatientId) => Some(&self.patient.patient_id),
            _ => None,
        }
    }

    fn sources(&self) -> &'static [Source] {
        &[Source::Study, Source::StudyOfPatient]
    }
}

/// The word of the leading term that drives the search: its longest.
pub fn driver(term: &Term) -> Option<&str> {
    term.words.iter().rev().max_by_key(|word| word.chars().count()).map(String::as_str)
}

/// Where in the whole order a row belongs: its first stage, and the first word there.
pub fn place(row: &impl Searchable, lead: &Term) -> Option<(usize, String)> {
    let sources = row.sources();
    STAGES.iter().enumerate().filter(|(_, stage)| sources.contains(&stage.source)).find_map(|(index, stage)| {
        let token = match stage.tier {
            Tier::Identifier(identifier) => {
                row.identifier(stage.source, identifier).filter(|value| *value == lead.raw).map(|_| String::new())
            }
            Tier::Exact(field) => word_of(row, stage.source, field, driver(lead)?, true),
            Tier::Prefix(_) if lead.exact => None,
            Tier::Prefix(field) => word_of(row, stage.source, field, driver(lead)?, false),
        };
        token.map(|token| (index, token))
    })
}

fn word_of(row: &impl Searchable, source: Source, field: Field, word: &str, exact: bool) -> Option<String> {
    let tokens = field.tokens(row.field(source, field)?);
    tokens.into_iter().find(|token| if exact { token == word } else { token.starts_with(word) })
}

/// Why a term matches a row: the field, how it was compared, and the field's value.
pub fn reason<'a>(row: &'a impl Searchable, term: &Term) -> Option<(&'static str, &'static str, &'a str)> {
    let (index, _) = place(row, term)?;
    let Stage { source, tier, .. } = STAGES[index];
    match tier {
        Tier::Identifier(identifier) => Some((identifier.name(), "exact", row.identifier(source, identifier)?)),
        Tier::Exact(field) => Some((field.name(), "exact", row.field(source, field)?)),
        Tier::Prefix(field) => Some((field.name(), "prefix", row.field(source, field)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_fall_along_the_stages() {
        assert!(STAGES.windows(2).all(|pair| pair[0].score > pair[1].score));
    }
}
