//! The search: an index of folded words, and one ranked list of patients and studies over it.

mod dto;
mod fold;
pub mod index;
mod queries;
mod query;
mod rank;
mod routes;

pub use fold::words;
pub use index::{name_condition, name_filter};

use routes::{search_registry, search_registry_by_body};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(search_registry).service(search_registry_by_body);
}
