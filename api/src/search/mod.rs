//! The search: an index of folded words, and one ranked list of patients and studies over it.

mod along;
pub mod backlog;
mod branches;
pub mod changes;
mod dates;
mod dto;
mod few;
pub mod filter;
mod fold;
mod found;
mod gathered;
pub mod index;
mod items;
mod lengths;
mod looks;
mod numbers;
mod placed;
mod plan;
#[cfg(test)]
mod plans;
mod postings;
mod queries;
mod query;
mod ranges;
mod rank;
mod rarity;
mod reasons;
pub mod rebuild;
mod routes;
pub mod signature;
mod sorted;
mod sound;
mod sql;
mod starts;
mod studies_of;
mod vocabulary;
mod walk;

pub use filter::{name_condition, name_filter};
pub use fold::words;
pub use lengths::Lengths;

use routes::{search_registry, search_registry_by_body};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(search_registry).service(search_registry_by_body);
}
