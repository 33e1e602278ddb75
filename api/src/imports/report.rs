//! What an import tells about itself.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::attributes::Warning;
use super::refusal::Refusal;

/// The report of an import.
///
/// As JSON it is one object of these members, whose names are stable. It names files, studies by their UIDs, fields and codes;
/// it holds no value of a field, since those are personal data.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// Whether nothing was written: the numbers are then those that the import would have had.
    pub dry_run: bool,
    /// The numbers of files.
    pub files: FileCounts,
    /// What became of the patients that were found in the files.
    pub patients: RowCounts,
    /// What became of the studies that were found in the files.
    pub studies: RowCounts,
    /// What was refused: files, objects of DICOM JSON files, studies.
    pub refused: Vec<Refused>,
    /// How often there was something to refuse, by the code of the reason.
    pub reasons: BTreeMap<&'static str, u64>,
    /// Fields that could not be taken over as they were sent, by field and code.
    pub warnings: Vec<WarningCount>,
}

/// Numbers of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FileCounts {
    /// Something of them was taken.
    pub read: u64,
    /// Nothing of them was taken; paths that do not exist count too.
    pub refused: u64,
}

/// Numbers of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RowCounts {
    /// They were not registered yet.
    pub added: u64,
    /// Empty members of them were filled.
    pub changed: u64,
    /// Everything was there already.
    pub unchanged: u64,
    /// They were left as they are, or were not registered. Of a patient: all its studies were refused.
    pub refused: u64,
}

/// One thing that was refused.
#[derive(Debug, Serialize)]
pub struct Refused {
    /// The file; for a study, the first one that it was found in.
    pub path: String,
    /// The study, where the file was read and its study refused.
    pub study_instance_uid: Option<String>,
    /// The code of the reason.
    pub reason: &'static str,
    /// The reason in words, with its particulars.
    pub message: String,
}

/// How many patients and studies had one warning.
#[derive(Debug, Serialize)]
pub struct WarningCount {
    /// The registry's name of the field.
    pub field: &'static str,
    /// What is wrong with it; `differs` where another value was seen before, in the registry or in the files, and kept.
    pub code: &'static str,
    /// The number of patients and studies.
    pub count: u64,
}

/// What became of a row that was taken. The order is that of importance: of what befell one row twice, the greater is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Unchanged,
    Changed,
    Added,
}

impl Outcome {
    /// What became of a row that is new or not, and other than before or not.
    pub fn of(is_new: bool, is_changed: bool) -> Self {
        match (is_new, is_changed) {
            (true, _) => Self::Added,
            (false, true) => Self::Changed,
            (false, false) => Self::Unchanged,
        }
    }
}

impl FileCounts {
    /// All files, and the paths that led to none.
    pub fn all(self) -> u64 {
        self.read + self.refused
    }
}

impl RowCounts {
    /// Counts a row; `None` is one that was refused.
    pub fn count(&mut self, outcome: Option<Outcome>) {
        let number = match outcome {
            Some(Outcome::Added) => &mut self.added,
            Some(Outcome::Changed) => &mut self.changed,
            Some(Outcome::Unchanged) => &mut self.unchanged,
            None => &mut self.refused,
        };
        *number += 1;
    }
}

impl Report {
    /// Adds something that was refused.
    pub fn refuse(&mut self, path: &Path, study_instance_uid: Option<&str>, refusal: &Refusal) {
        let reason = refusal.reason.name();
        *self.reasons.entry(reason).or_default() += 1;
        self.refused.push(Refused {
            path: path.display().to_string(),
            study_instance_uid: study_instance_uid.map(str::to_owned),
            reason,
            message: refusal.to_string(),
        });
    }

    /// Adds the warnings of one patient or study.
    pub fn warn<'a>(&mut self, warnings: impl IntoIterator<Item = &'a Warning>) {
        for &Warning { field, code } in warnings {
            let place = self.warnings.binary_search_by_key(&(field, code), |known| (known.field, known.code));
            match place {
                Ok(known) => self.warnings[known].count += 1,
                Err(place) => self.warnings.insert(place, WarningCount { field, code, count: 1 }),
            }
        }
    }
}
