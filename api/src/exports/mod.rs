//! Taking patients and studies out of the registry, as CSV and NDJSON.
//!
//! An export walks its selection by key, page after page, each when the client has taken the one before: whatever its length,
//! it holds one page in memory and no transaction open.

mod dto;
mod pages;
mod routes;
mod sheet;

use routes::{export_patients, export_studies};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(export_patients).service(export_studies);
}
