//! The order of relevance, and what it is worth.
//!
//! A search walks *sections*, the most relevant first: whole identifiers, then patients whose names are the words in their order,
//! then what is spelled as it was typed, then what sounds alike, then what is one slip of the keyboard away; in each of them
//! patients, studies by their own words, studies by their patient's. Within a section hits come in the order of the index: kind of
//! word, word, field, name or text, the newest study first, row. A row belongs to the first section that yields it.

use entity::search_token::GIVEN;
use serde::{Deserialize, Serialize};
use time::Date;

use crate::values::{line, uid};

/// How far what was typed may be from what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// A whole word.
    Exact,
    /// The beginning of a word.
    Prefix,
    /// A word that sounds alike.
    Phonetic,
    /// A word that is one edit away: a letter more, less or other, or two neighbours swapped.
    Fuzzy,
}

impl Tier {
    /// The tier before; nothing is nearer than a whole word.
    pub const fn before(self) -> Option<Self> {
        match self {
            Self::Exact => None,
            Self::Prefix => Some(Self::Exact),
            Self::Phonetic => Some(Self::Prefix),
            Self::Fuzzy => Some(Self::Phonetic),
        }
    }
}

/// An identifier.
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

    /// Whether a row can have this value as the identifier: LO, SH or UI (DICOM PS3.5 section 6.2).
    pub fn can_be(self, value: &str) -> bool {
        match self {
            Self::PatientId => line(value, 64).is_ok(),
            Self::AccessionNumber | Self::StudyId => line(value, 16).is_ok(),
            Self::StudyInstanceUid => uid(value).is_ok(),
        }
    }
}

/// What a section compares, and what it yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Patients that have this number.
    PatientByNumber,
    /// Studies that have this identifier.
    StudyByIdentifier(Identifier),
    /// Studies of a patient that has this number.
    StudyByPatientsNumber,
    /// Patients whose names begin with all words.
    PatientByName,
    /// Patients by their words.
    Patient,
    /// Patients by their birth date.
    PatientByDate,
    /// Studies by their own words.
    Study,
    /// Studies by their date.
    StudyByDate,
    /// Studies by their patient's words.
    StudyOfPatient,
}

impl Source {
    /// Whether it can yield anything for a term.
    pub fn can_yield(self, term: &str) -> bool {
        match self {
            Self::PatientByNumber | Self::StudyByPatientsNumber => Identifier::PatientId.can_be(term),
            Self::StudyByIdentifier(identifier) => identifier.can_be(term),
            _ => true,
        }
    }

    /// Whether it yields patients.
    pub const fn yields_patients(self) -> bool {
        matches!(self, Self::PatientByNumber | Self::PatientByName | Self::Patient | Self::PatientByDate)
    }
}

/// One step of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    pub source: Source,
    pub tier: Tier,
    /// The relevance of its hits.
    score: u32,
    /// That of hits by a given name.
    given: u32,
}

impl Section {
    /// The relevance of a hit of this section by a word of this kind.
    pub const fn score(&self, kind: i16) -> u32 {
        if kind == GIVEN { self.given } else { self.score }
    }
}

/// The sections in their order, with their weights. Scores fall along it.
pub const SECTIONS: [Section; 20] = {
    use Identifier::{AccessionNumber, StudyId, StudyInstanceUid};
    use Source as S;
    use Tier::{Exact, Fuzzy, Phonetic, Prefix};
    const fn section(source: Source, tier: Tier, score: u32, given: u32) -> Section {
        Section { source, tier, score, given }
    }
    [
        section(S::PatientByNumber, Exact, 100, 100),
        section(S::StudyByIdentifier(AccessionNumber), Exact, 98, 98),
        section(S::StudyByIdentifier(StudyInstanceUid), Exact, 96, 96),
        section(S::StudyByIdentifier(StudyId), Exact, 94, 94),
        section(S::StudyByPatientsNumber, Exact, 90, 90),
        section(S::PatientByName, Exact, 70, 70),
        section(S::Patient, Exact, 60, 40),
        section(S::Patient, Prefix, 30, 20),
        section(S::PatientByDate, Exact, 19, 19),
        section(S::Study, Exact, 18, 18),
        section(S::Study, Prefix, 17, 17),
        section(S::StudyByDate, Exact, 16, 16),
        section(S::StudyOfPatient, Exact, 15, 14),
        section(S::StudyOfPatient, Prefix, 13, 12),
        section(S::Patient, Phonetic, 11, 10),
        section(S::Study, Phonetic, 9, 9),
        section(S::StudyOfPatient, Phonetic, 8, 7),
        section(S::Patient, Fuzzy, 6, 5),
        section(S::Study, Fuzzy, 4, 4),
        section(S::StudyOfPatient, Fuzzy, 3, 2),
    ]
};

/// The section of the patients by whose words the studies of a section are found.
pub fn section_of_patients(section: usize) -> Option<usize> {
    let Section { source, tier, .. } = SECTIONS[section];
    let is_of_patients = |other: &Section| other.source == Source::Patient && other.tier == tier;
    SECTIONS.iter().position(is_of_patients).filter(|_| source == Source::StudyOfPatient)
}

/// A tier is looked at when those before it have left fewer hits than this.
pub const ENOUGH: usize = 5;

/// The place of a hit in the whole order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Among [`SECTIONS`].
    pub section: usize,
    pub kind: i16,
    pub token: String,
    pub field: i16,
    pub sort_key: String,
    /// The patient, or the text of a study.
    pub row_id: i64,
    pub newest: i32,
    /// The study, 0 for a hit that is a patient.
    pub study_id: i64,
}

impl Place {
    /// The first place of a section.
    pub const fn start(section: usize) -> Self {
        Self {
            section,
            kind: 0,
            token: String::new(),
            field: 0,
            sort_key: String::new(),
            row_id: i64::MIN,
            newest: i32::MIN,
            study_id: 0,
        }
    }

    /// The place behind all studies of the same patient or text.
    pub fn beyond(&self) -> Self {
        Self { newest: i32::MAX, study_id: i64::MAX, ..self.clone() }
    }

    /// The day of the study, where a section has the newest first and the study has a day.
    pub fn day(&self) -> Option<Date> {
        Date::from_julian_day(self.newest.checked_neg()?).ok()
    }

    /// What it is worth.
    pub fn score(&self) -> u32 {
        SECTIONS.get(self.section).map_or(0, |section| section.score(self.kind))
    }
}

#[cfg(test)]
mod tests {
    use entity::search_token::FAMILY;

    use super::*;

    #[test]
    fn what_no_row_can_have_is_no_identifier() {
        let can_be = |value: &str| {
            use Identifier::{AccessionNumber, PatientId, StudyId, StudyInstanceUid};
            [PatientId, AccessionNumber, StudyInstanceUid, StudyId].map(|identifier| identifier.can_be(value))
        };
        assert_eq!(can_be("dupont"), [true, true, false, true]);
        assert_eq!(can_be("1.2.840"), [true; 4]);
        assert_eq!(can_be("1.2.840.113619.2.62"), [true, false, true, false]);
        assert_eq!(can_be(&"é".repeat(16)), [true, true, false, true], "characters count, not bytes");
        assert_eq!(can_be(&"1".repeat(65)), [false; 4]);
    }

    #[test]
    fn scores_fall_along_the_sections() {
        assert!(SECTIONS.windows(2).all(|pair| pair[0].score(GIVEN) > pair[1].score(FAMILY)));
        assert!(SECTIONS.iter().all(|section| section.score(FAMILY) >= section.score(GIVEN)));
        assert!(SECTIONS.iter().all(|section| section.score(GIVEN) > 0));
    }
}
