//! The reading half of an import: from paths to patients with their studies, without the database.
//!
//! [`files::walk`] finds files, [`files::read`] turns each into [`Instance`]s, and a [`Collection`] puts the instances
//! of a study and the studies of a patient together. Nothing stops an import: what cannot be taken is a [`Refusal`] of
//! a file or object, what cannot be kept is a [`Warning`] of a field.

mod attributes;
mod charset;
mod collect;
mod dataset;
mod dicom;
mod dicom_json;
pub mod files;
mod instance;
mod merge;
mod refusal;
#[cfg(test)]
mod testing;

pub use attributes::Warning;
pub use collect::{CollectedPatient, CollectedStudy, Collection};
pub use instance::{Instance, PatientFields, StudyFields};
pub use refusal::{Reason, Refusal};
