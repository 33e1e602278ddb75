//! Taking over patients and studies from DICOM and DICOM JSON files.
//!
//! [`read`] turns paths into patients with their studies: `files` finds and reads files, each header or JSON object becomes an
//! `instance`, `collect` puts the instances of a study and the studies of a patient together. [`register`] enters
//! them into the registry, batch by batch, each at a `desk`. Both tell a [`Report`] what they did.
//!
//! Nothing but the database's failure stops an import: what cannot be taken is refused with a reason, be it a file, an object
//! or a study; what cannot be kept is dropped with a warning of its field.

mod attributes;
mod charset;
mod collect;
mod dataset;
mod desk;
mod dicom;
mod dicom_json;
mod files;
mod instance;
mod merge;
mod read;
mod refusal;
mod register;
mod report;
mod rows;
#[cfg(test)]
mod testing;

pub use read::{Reading, read};
pub use register::register;
pub use report::{FileCounts, Refused, Report, RowCounts, WarningCount};
