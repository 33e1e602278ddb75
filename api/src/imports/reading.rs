//! The reading half of an import of DICOM files: a collection of patients with their studies, without the database.

use std::path::{Path, PathBuf};

use super::collect::Collection;
use super::instance::Instance;
use super::refusal::Refusal;
use super::report::Report;

/// What was found in files, and the beginning of the report.
#[derive(Debug)]
pub struct Reading {
    pub(super) collection: Collection,
    pub(super) report: Report,
}

impl Reading {
    /// Nothing yet.
    pub fn new(report: Report) -> Self {
        Self { collection: Collection::default(), report }
    }

    /// Adds what a file was read as: one result an object.
    pub fn add(&mut self, path: Option<&Path>, results: Vec<Result<Instance, Refusal>>) {
        let mut is_read = false;
        for result in results {
            match result {
                Ok(instance) => {
                    is_read = true;
                    self.collection.add(path.map(PathBuf::from), instance);
                }
                Err(refusal) => self.report.refuse(path, None, &refusal),
            }
        }
        let files = &mut self.report.files;
        *(if is_read { &mut files.read } else { &mut files.refused }) += 1;
    }
}
