//! What every request can reach.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use entity::patient;

use crate::audit::{Audit, Keyring};
use crate::auth::{ApiKeyCache, CallerCache, Limits, Passwords, SessionLimits, Successors, Throttle, Tokens};
use crate::config::{Config, Secret};
use crate::db::{Db, Together};
use crate::http::{AllowedOrigins, Hardening, TrustedProxies};
use crate::search::Lengths;
use crate::second_factors::SecondFactors;
use crate::statistics::Counter;
use crate::studies::queries::FullStudy;
use crate::{imports, patients, studies};

/// The one state of a server; no generics, no globals.
pub struct AppState {
    /// The database.
    pub db: Db,
    /// Reads single patients.
    pub patients: Together<patient::Model>,
    /// Reads single studies.
    pub studies: Together<FullStudy>,
    /// Signs and verifies access tokens.
    pub tokens: Tokens,
    /// Makes the refresh token that follows another one.
    pub successors: Successors,
    /// How long sessions live, and how many an account may have.
    pub session_limits: SessionLimits,
    /// How often someone may try to sign in.
    pub throttle: Throttle,
    /// Keeps and verifies second factors.
    pub second_factors: SecondFactors,
    /// Hashes and verifies passwords.
    pub passwords: Passwords,
    /// The sessions seen in the last seconds.
    pub callers: CallerCache,
    /// The address under which users reach the server.
    pub public_url: Option<String>,
    /// What searches know of the lengths of ranges.
    pub lengths: Lengths,
    /// Counts the registry.
    pub statistics: Counter,
    /// How long a password is good that an administrator gives to somebody.
    pub one_time_password_ttl: Duration,
    /// How many requests each caller has sent.
    pub limits: Limits,
    /// The origins whose pages may call the API.
    pub allowed_origins: AllowedOrigins,
    /// The headers that keep browsers safe.
    pub hardening: Hardening,
    /// The API keys used in the last seconds.
    pub api_keys: ApiKeyCache,
    /// The reverse proxies in front.
    pub trusted_proxies: TrustedProxies,
    /// What imports may take.
    pub imports: imports::Limits,
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
            patients: Together::new(|db, ids| Box::pin(async move { patients::queries::find_by_id(&db, &ids).await })),
            studies: Together::new(|db, ids| Box::pin(async move { studies::queries::find_by_id(&db, &ids).await })),
            tokens: Tokens::new(secret, config.access_token_ttl),
            successors: Successors::new(secret)?,
            session_limits: SessionLimits::of(config),
            throttle: Throttle::new(config, secret)?,
            second_factors: SecondFactors::new(secret)?,
            passwords: Passwords::new(config.password_cost, config.login_concurrency),
            callers: CallerCache::default(),
            public_url: config.public_url.clone(),
            lengths: Lengths::default(),
            statistics: Counter::new(config.statistics_max_age),
            one_time_password_ttl: config.one_time_password_ttl,
            limits: Limits::new(config.rate_limit),
            allowed_origins: config.cors_allowed_origins.clone(),
            hardening: Hardening::of(config.public_url.as_deref()),
            api_keys: ApiKeyCache::default(),
            trusted_proxies: config.trusted_proxies.clone(),
            imports: imports::Limits::new(
                config.import_concurrency,
                config.max_import_bytes,
                config.import_stall_timeout,
            ),
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
