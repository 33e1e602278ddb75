//! The reading half of an import: from paths to patients with their studies, without the database.

mod attributes;
mod charset;
mod dataset;
mod dicom;
mod dicom_json;
pub mod files;
mod instance;
mod refusal;
#[cfg(test)]
mod testing;

pub use attributes::Warning;
pub use instance::{Instance, PatientFields, StudyFields};
pub use refusal::{Reason, Refusal};
