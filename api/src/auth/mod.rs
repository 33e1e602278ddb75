//! Who is calling, and whether they may.

mod caller;
mod dto;
mod password;
mod policy;
mod routes;
mod token;

pub use caller::{
    Admin, Auth, Caller, CallerCache, Lecture, Level, Modification, Restriction, SignedIn, identify, known_caller,
};
pub use entity::role::RoleName;
pub use password::{PasswordCost, Passwords, random_password};
pub use policy::{PASSWORD_LEAST, PASSWORD_MOST};
pub use token::{Claims, Tokens, signing_secret};

use routes::{login, me, update_password};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(login).service(me).service(update_password);
}
