//! What an import tells about itself.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use utoipa::ToSchema;

use super::attributes::Warning;
use super::refusal::Refusal;
use crate::error::Fault;
use crate::http::{FaultDocument, Language};

/// Most refusals that are told one by one; all of them are counted.
const MOST_REFUSED: usize = 1000;
/// Most faults that are told of one line.
const MOST_OF_LINE: usize = 40;

/// What became of an import.
///
/// It names files, lines, studies by their UIDs, fields and codes; it holds no value of a field, since those are personal data.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportReport)]
pub struct Report {
    /// Whether nothing was to be written: the numbers are those that the import would have had.
    pub dry_run: bool,
    /// Whether everything was read to its end. Otherwise nobody knows what stood behind the place that the last refusal names.
    pub complete: bool,
    /// The numbers of files.
    pub files: FileCounts,
    /// The number of lines of CSV and NDJSON that held something, the heading left out.
    #[schema(minimum = 0, example = 120)]
    pub lines: u64,
    /// What became of patients.
    pub patients: RowCounts,
    /// What became of studies.
    pub studies: RowCounts,
    /// What was refused: files, lines, objects of DICOM JSON files, studies; the first 1,000.
    #[schema(max_items = 1000)]
    pub refused: Vec<Refused>,
    /// Whether more was refused than is listed.
    pub truncated: bool,
    /// How often there was something to refuse, by code.
    #[schema(value_type = BTreeMap<String, u64>, example = json!({"invalid_date": 2}))]
    pub reasons: BTreeMap<&'static str, u64>,
    /// Fields of DICOM files that could not be taken over as they were sent, by field and code.
    pub warnings: Vec<WarningCount>,
    #[serde(skip)]
    #[schema(ignore)]
    language: Language,
}

/// Numbers of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportFileCounts)]
pub struct FileCounts {
    /// Something of them was read.
    #[schema(minimum = 0, example = 1)]
    pub read: u64,
    /// Nothing of them was taken; paths that do not exist count too.
    #[schema(minimum = 0, example = 0)]
    pub refused: u64,
}

/// Numbers of rows. Of a row that several lines speak of, each line counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportRowCounts)]
pub struct RowCounts {
    /// They were not registered yet.
    #[schema(minimum = 0, example = 100)]
    pub created: u64,
    /// Something of them was changed; by DICOM files, empty members were filled.
    #[schema(minimum = 0, example = 15)]
    pub updated: u64,
    /// Everything was there already.
    #[schema(minimum = 0, example = 3)]
    pub unchanged: u64,
    /// They were left as they are, or were not registered. Of a patient in DICOM files: all its studies were refused.
    #[schema(minimum = 0, example = 2)]
    pub refused: u64,
}

/// One thing that was refused.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportRefused)]
pub struct Refused {
    /// The file, where it has a name; for a study of DICOM files, the first one that it was found in.
    pub path: Option<String>,
    /// The line of a CSV or NDJSON file, the first being 1.
    #[schema(minimum = 1, example = 17)]
    pub line: Option<u64>,
    /// JSON Pointer (RFC 6901) to the member of the line, or the name of the column behind `/`; empty for the line as a whole.
    #[schema(example = "/birth_date")]
    pub pointer: Option<String>,
    /// The study, where a DICOM file was read and its study refused.
    pub study_instance_uid: Option<String>,
    /// What is wrong, for programs; stable.
    #[schema(value_type = String, example = "date_in_future")]
    pub code: &'static str,
    /// What is wrong, in the caller's language.
    #[schema(example = "lies in the future")]
    pub message: String,
}

/// How many patients and studies had one warning.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportWarning)]
pub struct WarningCount {
    /// The registry's name of the field.
    #[schema(value_type = String, example = "birth_date")]
    pub field: &'static str,
    /// What is wrong with it; `differs` where another value was seen before, in the registry or in the files, and kept.
    #[schema(value_type = String, example = "differs")]
    pub code: &'static str,
    /// The number of patients and studies.
    #[schema(minimum = 1, example = 1)]
    pub count: u64,
}

/// What became of a row that was taken. The order is that of importance: of what befell one row twice, the greater is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Unchanged,
    Updated,
    Created,
}

impl Outcome {
    /// What became of a row that is new or not, and other than before or not.
    pub fn of(is_new: bool, is_changed: bool) -> Self {
        match (is_new, is_changed) {
            (true, _) => Self::Created,
            (false, true) => Self::Updated,
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
            Some(Outcome::Created) => &mut self.created,
            Some(Outcome::Updated) => &mut self.updated,
            Some(Outcome::Unchanged) => &mut self.unchanged,
            None => &mut self.refused,
        };
        *number += 1;
    }

    fn add(&mut self, other: Self) {
        self.created += other.created;
        self.updated += other.updated;
        self.unchanged += other.unchanged;
        self.refused += other.refused;
    }
}

impl Report {
    /// The report of an import that has not begun, for someone who reads this language.
    pub fn new(language: Language, dry_run: bool) -> Self {
        Self {
            dry_run,
            complete: true,
            files: FileCounts::default(),
            lines: 0,
            patients: RowCounts::default(),
            studies: RowCounts::default(),
            refused: Vec::new(),
            truncated: false,
            reasons: BTreeMap::new(),
            warnings: Vec::new(),
            language,
        }
    }

    /// Another report of the same kind.
    pub fn begin(&self) -> Self {
        Self::new(self.language, self.dry_run)
    }

    /// Whether anything was refused.
    pub fn has_refusals(&self) -> bool {
        !self.reasons.is_empty()
    }

    /// Adds something of DICOM files that was refused.
    pub fn refuse(&mut self, path: Option<&Path>, study_instance_uid: Option<&str>, refusal: &Refusal) {
        let message = refusal.text(self.language);
        self.list(Refused {
            path: path.map(|path| path.display().to_string()),
            line: None,
            pointer: None,
            study_instance_uid: study_instance_uid.map(str::to_owned),
            code: refusal.reason.name(),
            message,
        });
    }

    /// Adds a line, or with no line a file, that was refused.
    pub fn refuse_line(&mut self, path: Option<&Path>, line: Option<u64>, faults: &[Fault]) {
        for (index, fault) in faults.iter().enumerate() {
            let FaultDocument { pointer, code, message, .. } = FaultDocument::of(fault, self.language);
            if index >= MOST_OF_LINE {
                *self.reasons.entry(code).or_default() += 1;
                self.truncated = true;
                continue;
            }
            let path = path.map(|path| path.display().to_string());
            self.list(Refused { path, line, pointer, study_instance_uid: None, code, message });
        }
    }

    fn list(&mut self, refused: Refused) {
        *self.reasons.entry(refused.code).or_default() += 1;
        if self.refused.len() < MOST_REFUSED {
            self.refused.push(refused);
        } else {
            self.truncated = true;
        }
    }

    /// Adds the warnings of one patient or study.
    pub fn warn<'a>(&mut self, warnings: impl IntoIterator<Item = &'a Warning>) {
        for &Warning { field, code } in warnings {
            self.warn_times(WarningCount { field, code, count: 1 });
        }
    }

    fn warn_times(&mut self, warning: WarningCount) {
        let place =
            self.warnings.binary_search_by_key(&(warning.field, warning.code), |known| (known.field, known.code));
        match place {
            Ok(known) => self.warnings[known].count += warning.count,
            Err(place) => self.warnings.insert(place, warning),
        }
    }

    /// Adds what a later part of the same import tells.
    pub fn absorb(&mut self, later: Self) {
        self.complete &= later.complete;
        self.files.read += later.files.read;
        self.files.refused += later.files.refused;
        self.lines += later.lines;
        self.patients.add(later.patients);
        self.studies.add(later.studies);
        self.truncated |= later.truncated;
        for refused in later.refused {
            if self.refused.len() < MOST_REFUSED {
                self.refused.push(refused);
            } else {
                self.truncated = true;
            }
        }
        for (code, count) in later.reasons {
            *self.reasons.entry(code).or_default() += count;
        }
        later.warnings.into_iter().for_each(|warning| self.warn_times(warning));
    }
}
