//! The second factor: codes of an authenticator application (TOTP, RFC 6238), and recovery codes for when it is lost.

mod dto;
mod proof;
pub mod queries;
mod routes;
mod secret;

pub use dto::Proof;
pub use proof::{Proven, prove};
pub use secret::SecondFactors;

use routes::{
    confirm_second_factor, disable_second_factor, enrol_second_factor, get_second_factor, renew_recovery_codes,
    reset_user_second_factor,
};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(get_second_factor)
        .service(enrol_second_factor)
        .service(confirm_second_factor)
        .service(disable_second_factor)
        .service(renew_recovery_codes)
        .service(reset_user_second_factor);
}
