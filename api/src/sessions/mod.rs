//! Sessions: seen and ended by their holder or an administrator. Signing in, refreshing and signing out are `auth`'s.

mod dto;
pub mod queries;
mod routes;

use routes::{list_sessions, list_user_sessions, revoke_session, revoke_user_session, revoke_user_sessions};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list_sessions)
        .service(revoke_session)
        .service(list_user_sessions)
        .service(revoke_user_sessions)
        .service(revoke_user_session);
}
