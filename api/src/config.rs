//! The configuration: read once from the environment (and `.env`), checked as a whole, every fault named.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::auth::{PasswordCost, RateLimit};
use crate::http::{AllowedOrigins, TrustedProxies};

mod variables;

use variables::{Reader, Variables};

/// A value that must not be shown: its `Debug` form hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// Lines for people.
    Text,
}

/// Everything the product can be told. [`Config::new`] gives the defaults; `.env.example` describes each variable.
#[derive(Clone, Debug)]
pub struct Config {
    /// `HOST`: the address to listen on.
    pub host: String,
    /// `PORT`: the port to listen on; 0 takes a free one.
    pub port: u16,
    /// `DATA_DIR`: the folder of the embedded database and of generated secrets.
    pub data_dir: PathBuf,
    /// `DATABASE_URL`: `sqlite://path` or `mysql://user:password@host/database`.
    pub database_url: Secret,
    /// `DATABASE_MAX_CONNECTIONS`: connections kept to the database.
    pub database_max_connections: u32,
    /// `DATABASE_STARTUP_TIMEOUT`, seconds: how long to wait for a database that is starting; zero waits for ever.
    pub database_startup_timeout: Duration,
    /// `JWT_SECRET`: the key that signs access tokens; on the embedded database one is made when none is given.
    pub jwt_secret: Option<Secret>,
    /// `AUDIT_KEY`: the secret that signs the audit trail; `JWT_SECRET` when none is given.
    pub audit_key: Option<Secret>,
    /// `AUDIT_KEY_PREVIOUS`: former secrets that signed it, joined by commas; they verify.
    pub audit_key_previous: Vec<Secret>,
    /// `AUDIT_QUEUE`: events of reads and refusals that may wait to be written.
    pub audit_queue: usize,
    /// `AUDIT_SEAL_INTERVAL`, seconds: how often the audit trail is sealed.
    pub audit_seal_interval: Duration,
    /// `AUDIT_VERIFY_INTERVAL`, seconds: how often the server verifies the audit trail.
    pub audit_verify_interval: Duration,
    /// How old an event must be to be sealed: nothing older can be on its way then. Not configurable: the tests alone are hasty.
    pub audit_settled: Duration,
    /// `ACCESS_TOKEN_TTL`, seconds: how long an access token is good for.
    pub access_token_ttl: Duration,
    /// `SESSION_IDLE_TIMEOUT`, seconds: how long a session lives that is not refreshed.
    pub session_idle_timeout: Duration,
    /// `SESSION_LIFETIME`, seconds: how long a session lives at most.
    pub session_lifetime: Duration,
    /// `SESSIONS_PER_USER`: how many sessions an account may have; one more ends the one that was idle longest.
    pub sessions_per_user: usize,
    /// `RATE_LIMIT`, `RATE_LIMIT_ANONYMOUS`: requests a minute of each principal, and of each address of others; `RATE_LIMIT=off` is no limit for either.
    pub rate_limit: Option<RateLimit>,
    /// `CORS_ALLOWED_ORIGINS`: the origins whose pages may call the API.
    pub cors_allowed_origins: AllowedOrigins,
    /// `REQUEST_HEAD_TIMEOUT`, seconds: longest time that the head of a request may take to arrive.
    pub request_head_timeout: Duration,
    /// `ONE_TIME_PASSWORD_TTL`, seconds: how long a password is good that an administrator gives to somebody.
    pub one_time_password_ttl: Duration,
    /// `ADMIN_USERNAME`: name of the first administrator.
    pub admin_username: String,
    /// `ADMIN_PASSWORD`: password of the first administrator; a random one is printed when none is given.
    pub admin_password: Option<Secret>,
    /// What a password hash costs. Not configurable: the tests alone choose a cheaper one.
    pub password_cost: PasswordCost,
    /// `LOGIN_CONCURRENCY`: passwords hashed at the same time.
    pub login_concurrency: usize,
    /// `LOGIN_ACCOUNT_FAILURES`: failed sign-ins in a row after which an account waits before the next one.
    pub login_account_failures: usize,
    /// `LOGIN_ADDRESS_FAILURES`: failed sign-ins a minute from one address.
    pub login_address_failures: u64,
    /// `LOG_LEVEL`: `error`, `warn`, `info`, `debug`, `trace`, or directives such as `info,sqlx=debug`.
    pub log_level: String,
    /// `LOG_FORMAT`: `json` or `text`; absent chooses text on a terminal and JSON elsewhere.
    pub log_format: Option<LogFormat>,
    /// `PUBLIC_URL`: the address under which users reach the server.
    pub public_url: Option<String>,
    /// `TRUSTED_PROXIES`: reverse proxies whose word about a client's address is taken.
    pub trusted_proxies: TrustedProxies,
    /// `WORKERS`: threads that serve requests.
    pub workers: usize,
    /// `MAX_BODY_BYTES`: largest request body.
    pub max_body_bytes: usize,
    /// `MAX_IMPORT_BYTES`: largest body of an import.
    pub max_import_bytes: u64,
    /// `IMPORT_CONCURRENCY`: imports that run at the same time; others wait.
    pub import_concurrency: usize,
    /// `IMPORT_STALL_TIMEOUT`, seconds: how long the body of an import may stand still.
    pub import_stall_timeout: Duration,
    /// `SEARCH_COUNT_TIMEOUT`, seconds: how long the hits of a search are counted when all are to be, and gathered to be sorted.
    pub search_count_timeout: Duration,
    /// `REQUEST_TIMEOUT`, seconds: longest time a request may take.
    pub request_timeout: Duration,
    /// `STATISTICS_MAX_AGE`, seconds: how old the statistics may be before they are counted anew.
    pub statistics_max_age: Duration,
    /// `SHUTDOWN_TIMEOUT`, seconds: how long running requests may still take when the server is told to stop.
    pub shutdown_timeout: Duration,
}

impl Config {
    /// The defaults, with the embedded database in `data_dir`.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        let data_dir = data_dir.into();
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            host: "127.0.0.1".to_owned(),
            port: 5000,
            database_url: embedded_database(&data_dir),
            data_dir,
            database_max_connections: 8,
            database_startup_timeout: Duration::from_mins(1),
            jwt_secret: None,
            audit_key: None,
            audit_key_previous: Vec::new(),
            audit_queue: 8192,
            audit_seal_interval: Duration::from_secs(10),
            audit_verify_interval: Duration::from_hours(24),
            audit_settled: Duration::from_mins(1),
            access_token_ttl: Duration::from_mins(10),
            session_idle_timeout: Duration::from_hours(1),
            session_lifetime: Duration::from_hours(12),
            sessions_per_user: 10,
            rate_limit: Some(RateLimit { known: 30_000, anonymous: 3_000 }),
            cors_allowed_origins: AllowedOrigins::default(),
            request_head_timeout: Duration::from_secs(5),
            one_time_password_ttl: Duration::from_hours(24),
            admin_username: "admin".to_owned(),
            admin_password: None,
            password_cost: PasswordCost::default(),
            login_concurrency: cores,
            login_account_failures: 5,
            login_address_failures: 20,
            log_level: "info".to_owned(),
            log_format: None,
            public_url: None,
            trusted_proxies: TrustedProxies::default(),
            workers: cores,
            max_body_bytes: 256 * 1024,
            max_import_bytes: 2 * 1024 * 1024 * 1024,
            import_concurrency: 4,
            import_stall_timeout: Duration::from_secs(30),
            search_count_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(15),
            statistics_max_age: Duration::from_mins(1),
            shutdown_timeout: Duration::from_secs(25),
        }
    }

    /// Reads the environment.
    ///
    /// # Errors
    /// All faults at once, each with the name of its variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        // A variable of somebody else's that is no Unicode must not stop the server.
        let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
        let variables: Variables = envy::from_iter(std::env::vars_os().filter_map(text))
            .map_err(|error| ConfigError(vec![error.to_string()]))?;
        Reader::default().config(variables)
    }

    /// Whether the database is the embedded one.
    pub fn is_embedded(&self) -> bool {
        self.database_url.expose().starts_with("sqlite:")
    }
}

/// What is wrong with the configuration, a line each.
#[derive(Debug)]
pub struct ConfigError(Vec<String>);

impl std::error::Error for ConfigError {}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration is not usable:")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

fn embedded_database(data_dir: &Path) -> Secret {
    Secret::new(format!("sqlite://{}", data_dir.join("patientele.db").display()))
}
