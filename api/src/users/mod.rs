//! Accounts.

pub mod bootstrap;
pub mod dto;
pub mod queries;
mod routes;

use routes::{create_user, delete_user, get_user, list_users, reset_user_password, update_user};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list_users)
        .service(create_user)
        .service(get_user)
        .service(update_user)
        .service(delete_user)
        .service(reset_user_password);
}
