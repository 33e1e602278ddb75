//! Who is calling, and whether they may.

mod api_key;
mod caller;
mod dto;
mod password;
mod policy;
mod recent;
mod routes;
mod token;

pub use api_key::{ApiKeyCache, ApiKeyCaller};
pub use caller::{
    Admin, Admitted, Auth, Caller, CallerCache, Lecture, Level, Modification, Principal, Restriction, SignedIn,
    identify, known_principal,
};
pub use entity::role::RoleName;
pub use password::{PasswordCost, Passwords, random_password, random_text};
pub use policy::{PASSWORD_LEAST, PASSWORD_MOST};
pub use token::{Claims, Tokens, signing_secret};

use routes::{login, me, update_password};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(login).service(me).service(update_password);
}
