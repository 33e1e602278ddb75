//! Who is calling, and whether they may.

mod api_key;
mod browser;
mod caller;
mod dto;
mod keys;
mod level;
mod limit;
mod password;
mod policy;
pub mod queries;
mod reauthenticate;
mod refresh_token;
mod routes;
mod session;
mod throttle;
mod token;

pub use api_key::{ApiKeyCache, ApiKeyCaller};
pub use caller::{Caller, CallerCache, Principal, Restriction, identify, known_principal};
pub use entity::role::RoleName;
pub use keys::{derive, has_signing_secret, signing_secret};
pub use level::{Admin, Admitted, Auth, Enrolling, Lecture, Level, Modification, Personal, SignedIn};
pub use limit::{Limits, RateLimit, limited};
pub use password::{PasswordCost, Passwords, random_password, random_text};
pub use policy::{PASSWORD_LEAST, PASSWORD_MOST};
pub use reauthenticate::{Shown, reauthenticate};
pub use refresh_token::Successors;
pub use session::{SessionLimits, end as end_session};
pub use throttle::{Attempt, MEMORY, Throttle};
pub use token::{Bearer, Claims, Tokens};

use std::hash::Hash;
use std::time::Duration;

use crate::recent::Recent;
use routes::{login, logout, me, refresh, update_password};
use utoipa_actix_web::service_config::ServiceConfig;

/// How long a server trusts what it has read of who is calling. A change on the same server is forgotten at once.
const TRUST: Duration = Duration::from_secs(5);
/// Most callers kept.
const ROOM: usize = 10_000;

/// What was read of callers in the last seconds.
fn recent_callers<K: Eq + Hash, V: Clone>() -> Recent<K, V> {
    Recent::new(|_| TRUST, ROOM)
}

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config.service(login).service(refresh).service(logout).service(me).service(update_password);
}
