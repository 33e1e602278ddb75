//! Taking over patients and studies from files: CSV and NDJSON, whose rows are entered as the API enters them, and DICOM and
//! DICOM JSON, whose headers complete what is registered.
//!
//! An [`Importer`] takes files one after another and tells in a [`Report`] what became of them. Rows of tables go through `table`,
//! batch by batch as they are read. Of DICOM files `files` and the readers beside it make `instance`s, `collect` puts the instances
//! of a study and the studies of a patient together, and `register` enters them, batch by batch, each at a `desk`.
//!
//! Nothing but the database's failure stops an import: what cannot be taken is refused with a reason, be it a file, a line, an
//! object or a study; what DICOM files say and cannot be kept is dropped with a warning of its field.

mod again;
mod attributes;
mod charset;
mod collect;
mod dataset;
mod desk;
mod dicom;
mod dicom_json;
mod dto;
mod fields;
mod files;
mod importer;
mod instance;
mod kind;
mod merge;
mod reading;
mod refusal;
mod register;
mod report;
mod routes;
mod rows;
mod table;
#[cfg(test)]
mod testing;
mod upload;

use routes::import_records;
use utoipa_actix_web::service_config::ServiceConfig;

pub use files::walk;
pub use importer::{Importer, Mode, Options, Step, TableFile};
pub use kind::Kind;
pub use report::{FileCounts, Refused, Report, RowCounts, WarningCount};
pub use routes::{AT_ONCE, Limits};
pub use table::{Charset, Form, Resource, TableForm};

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(import_records);
}
