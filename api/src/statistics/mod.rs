//! How many patients and studies there are, by what they are.
//!
//! Counting some millions of rows takes seconds, more than a request may cost, and counters that every write touches would let
//! writers wait for each other. So one snapshot lies in the database, for every server alike. A request that finds it old lets
//! its server count anew, beside the requests and in stretches of rows that each take a moment; another server that wants the
//! same finds it claimed. The answer says when it was counted.

mod dto;
mod queries;
mod routes;
mod snapshot;

use routes::get_statistics;
use utoipa_actix_web::service_config::ServiceConfig;

pub use snapshot::Counter;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(get_statistics);
}
