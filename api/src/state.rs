//! What every request can reach.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::audit::{Audit, Keyring};
use crate::auth::{CallerCache, Passwords, SessionLimits, Successors, Tokens};
use crate::config::{Config, Secret};
use crate::db::Db;
use crate::http::TrustedProxies;
use crate::statistics::Counter;

/// The one state of a server; no generics, no globals.
pub struct AppState {
    /// The database.
    pub db: Db,
    /// Signs and verifies access tokens.
    pub tokens: Tokens,
    /// Makes the refresh token that follows another one.
    pub successors: Successors,
    /// How long sessions live, and how many an account may have.
    pub session_limits: SessionLimits,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
    /// The sessions seen in the last seconds.
    pub callers: CallerCache,
    /// The address under which users reach the server.
    pub public_url: Option<String>,
    /// Counts the registry.
    pub statistics: Counter,
    /// How long a password is good that an administrator gives to somebody.
    pub one_time_password_ttl: Duration,
    /// The reverse proxies in front.
    pub trusted_proxies: TrustedProxies,
    /// The audit trail.
    pub audit: Audit,
    /// Largest request body.
    pub max_body_bytes: usize,
    /// How long the hits of a search are counted.
    pub search_count_timeout: Duration,
    /// Longest time of a request.
    pub request_timeout: Duration,
    draining: AtomicBool,
}

impl AppState {
    /// Puts the parts together. The secret is what tokens are signed with, and the source of other keys.
    ///
    /// # Errors
    /// When no key can be derived, which never happens.
    pub fn new(config: &Config, db: Db, secret: &Secret, keys: Keyring) -> std::io::Result<Self> {
        Ok(Self {
            db,
            tokens: Tokens::new(secret, config.access_token_ttl),
            successors: Successors::new(secret)?,
            session_limits: SessionLimits::of(config),
            passwords: Passwords::new(config.password_cost, config.login_concurrency),
            callers: CallerCache::default(),
            public_url: config.public_url.clone(),
            statistics: Counter::new(config.statistics_max_age),
            one_time_password_ttl: config.one_time_password_ttl,
            trusted_proxies: config.trusted_proxies.clone(),
            audit: Audit::new(keys, config.audit_queue),
            max_body_bytes: config.max_body_bytes,
            search_count_timeout: config.search_count_timeout,
            request_timeout: config.request_timeout,
            draining: AtomicBool::new(false),
        })
    }

    /// Notes that the server is about to stop, for `/health/ready`.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// Whether the server is about to stop.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }
}
