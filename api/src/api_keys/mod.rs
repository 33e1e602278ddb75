//! API keys: how scripts are let in without anybody's password.

mod dto;
pub mod queries;
mod routes;
pub mod secret;

pub use dto::Scope;
use routes::{create_api_key, delete_api_key, get_api_key, list_api_keys, rotate_api_key, update_api_key};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list_api_keys)
        .service(create_api_key)
        .service(get_api_key)
        .service(update_api_key)
        .service(delete_api_key)
        .service(rotate_api_key);
}
