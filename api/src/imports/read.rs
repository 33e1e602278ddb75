//! The reading half of an import: from paths to a collection of patients with their studies, without the database.

use std::path::{Path, PathBuf};

use super::collect::Collection;
use super::files;
use super::instance::Instance;
use super::refusal::Refusal;
use super::report::{FileCounts, Report};

/// What was found in files, and the beginning of the report.
#[derive(Debug, Default)]
pub struct Reading {
    pub(super) collection: Collection,
    pub(super) report: Report,
}

/// Reads the files under some paths: DICOM and DICOM JSON, folders with all that is in them. `progress` is told the numbers of files
/// so far.
///
/// Nothing stops the reading: what cannot be taken is in the report.
pub fn read(paths: impl IntoIterator<Item = PathBuf>, mut progress: impl FnMut(FileCounts)) -> Reading {
    let mut reading = Reading::default();
    for found in files::walk(paths) {
        match found {
            Ok(path) => reading.add(&path, files::read(&path)),
            Err((path, refusal)) => reading.add(&path, vec![Err(refusal)]),
        }
        progress(reading.report.files);
    }
    reading
}

impl Reading {
    fn add(&mut self, path: &Path, results: Vec<Result<Instance, Refusal>>) {
        let mut is_read = false;
        for result in results {
            match result {
                Ok(instance) => {
                    is_read = true;
                    self.collection.add(path, instance);
                }
                Err(refusal) => self.report.refuse(path, None, &refusal),
            }
        }
        let files = &mut self.report.files;
        *(if is_read { &mut files.read } else { &mut files.refused }) += 1;
    }
}
