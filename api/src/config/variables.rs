//! The variables of the environment, checked as a whole.

use std::fmt;
use std::time::Duration;

use serde::Deserialize;

use super::{Config, ConfigError, LogFormat};
use crate::auth::RateLimit;
use crate::http::Language;
use crate::values::username;

mod addresses;
mod secrets;

use secrets::MAKE_SECRET;

/// The variables as they stand in the environment, one field each.
#[derive(Debug, Default, Deserialize)]
pub struct Variables {
    host: Option<String>,
    port: Option<String>,
    data_dir: Option<String>,
    database_url: Option<String>,
    database_url_file: Option<String>,
    database_max_connections: Option<String>,
    database_startup_timeout: Option<String>,
    jwt_secret: Option<String>,
    jwt_secret_file: Option<String>,
    audit_key: Option<String>,
    audit_key_file: Option<String>,
    audit_key_previous: Option<String>,
    audit_key_previous_file: Option<String>,
    audit_queue: Option<String>,
    audit_seal_interval: Option<String>,
    audit_verify_interval: Option<String>,
    access_token_ttl: Option<String>,
    session_idle_timeout: Option<String>,
    session_lifetime: Option<String>,
    sessions_per_user: Option<String>,
    rate_limit: Option<String>,
    rate_limit_anonymous: Option<String>,
    cors_allowed_origins: Option<String>,
    request_head_timeout: Option<String>,
    one_time_password_ttl: Option<String>,
    admin_username: Option<String>,
    admin_password: Option<String>,
    admin_password_file: Option<String>,
    login_concurrency: Option<String>,
    login_account_failures: Option<String>,
    login_address_failures: Option<String>,
    log_level: Option<String>,
    log_format: Option<String>,
    public_url: Option<String>,
    trusted_proxies: Option<String>,
    workers: Option<String>,
    max_body_bytes: Option<String>,
    max_import_bytes: Option<String>,
    import_concurrency: Option<String>,
    import_stall_timeout: Option<String>,
    search_count_timeout: Option<String>,
    request_timeout: Option<String>,
    statistics_max_age: Option<String>,
    shutdown_timeout: Option<String>,
}

/// Checks variables and collects what is wrong with them.
#[derive(Default)]
pub struct Reader {
    faults: Vec<String>,
}

impl Reader {
    #[expect(clippy::too_many_lines, reason = "a line or two for each variable")]
    /// The configuration that the variables say.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn config(mut self, v: Variables) -> Result<Config, ConfigError> {
        let defaults = Config::new(present(v.data_dir).unwrap_or_else(|| "./data".to_owned()));
        let config = Config {
            host: present(v.host).unwrap_or(defaults.host),
            port: self.number("PORT", v.port, defaults.port, 0..=u16::MAX),
            database_url: self.database_url(v.database_url, v.database_url_file).unwrap_or(defaults.database_url),
            data_dir: defaults.data_dir,
            database_max_connections: self.number(
                "DATABASE_MAX_CONNECTIONS",
                v.database_max_connections,
                defaults.database_max_connections,
                1..=1000,
            ),
            database_startup_timeout: self.seconds(
                "DATABASE_STARTUP_TIMEOUT",
                v.database_startup_timeout,
                defaults.database_startup_timeout,
                0,
            ),
            jwt_secret: self.jwt_secret(v.jwt_secret, v.jwt_secret_file),
            audit_key: self.audit_key(v.audit_key, v.audit_key_file),
            audit_key_previous: self.audit_key_previous(v.audit_key_previous, v.audit_key_previous_file),
            audit_queue: self.number("AUDIT_QUEUE", v.audit_queue, defaults.audit_queue, 1..=1_000_000),
            audit_seal_interval: self.seconds(
                "AUDIT_SEAL_INTERVAL",
                v.audit_seal_interval,
                defaults.audit_seal_interval,
                1,
            ),
            audit_verify_interval: self.seconds(
                "AUDIT_VERIFY_INTERVAL",
                v.audit_verify_interval,
                defaults.audit_verify_interval,
                60,
            ),
            audit_settled: defaults.audit_settled,
            access_token_ttl: self.seconds("ACCESS_TOKEN_TTL", v.access_token_ttl, defaults.access_token_ttl, 1),
            session_idle_timeout: self.seconds(
                "SESSION_IDLE_TIMEOUT",
                v.session_idle_timeout,
                defaults.session_idle_timeout,
                1,
            ),
            session_lifetime: self.seconds("SESSION_LIFETIME", v.session_lifetime, defaults.session_lifetime, 1),
            sessions_per_user: self.number(
                "SESSIONS_PER_USER",
                v.sessions_per_user,
                defaults.sessions_per_user,
                1..=1000,
            ),
            rate_limit: self.rate_limit(v.rate_limit, v.rate_limit_anonymous, defaults.rate_limit),
            cors_allowed_origins: self.origins(v.cors_allowed_origins),
            request_head_timeout: self.seconds(
                "REQUEST_HEAD_TIMEOUT",
                v.request_head_timeout,
                defaults.request_head_timeout,
                1,
            ),
            one_time_password_ttl: self.seconds(
                "ONE_TIME_PASSWORD_TTL",
                v.one_time_password_ttl,
                defaults.one_time_password_ttl,
                60,
            ),
            admin_username: self.admin_username(v.admin_username).unwrap_or(defaults.admin_username),
            admin_password: self.secret("ADMIN_PASSWORD", v.admin_password, v.admin_password_file),
            password_cost: defaults.password_cost,
            login_concurrency: self.number(
                "LOGIN_CONCURRENCY",
                v.login_concurrency,
                defaults.login_concurrency,
                1..=64,
            ),
            login_account_failures: self.number(
                "LOGIN_ACCOUNT_FAILURES",
                v.login_account_failures,
                defaults.login_account_failures,
                1..=50,
            ),
            login_address_failures: self.number(
                "LOGIN_ADDRESS_FAILURES",
                v.login_address_failures,
                defaults.login_address_failures,
                1..=10_000,
            ),
            log_level: present(v.log_level).unwrap_or(defaults.log_level),
            log_format: self.log_format(v.log_format),
            public_url: self.public_url(v.public_url),
            trusted_proxies: self.trusted_proxies(v.trusted_proxies),
            workers: self.number("WORKERS", v.workers, defaults.workers, 1..=256),
            max_body_bytes: self.number(
                "MAX_BODY_BYTES",
                v.max_body_bytes,
                defaults.max_body_bytes,
                1024..=100 * 1024 * 1024,
            ),
            max_import_bytes: self.number(
                "MAX_IMPORT_BYTES",
                v.max_import_bytes,
                defaults.max_import_bytes,
                1024..=1024 * 1024 * 1024 * 1024,
            ),
            import_concurrency: self.number(
                "IMPORT_CONCURRENCY",
                v.import_concurrency,
                defaults.import_concurrency,
                1..=64,
            ),
            import_stall_timeout: self.seconds(
                "IMPORT_STALL_TIMEOUT",
                v.import_stall_timeout,
                defaults.import_stall_timeout,
                1,
            ),
            search_count_timeout: self.seconds(
                "SEARCH_COUNT_TIMEOUT",
                v.search_count_timeout,
                defaults.search_count_timeout,
                0,
            ),
            request_timeout: self.seconds("REQUEST_TIMEOUT", v.request_timeout, defaults.request_timeout, 1),
            statistics_max_age: self.seconds(
                "STATISTICS_MAX_AGE",
                v.statistics_max_age,
                defaults.statistics_max_age,
                0,
            ),
            shutdown_timeout: self.seconds("SHUTDOWN_TIMEOUT", v.shutdown_timeout, defaults.shutdown_timeout, 0),
        };
        let is_named = self.faults.iter().any(|fault| fault.starts_with("JWT_SECRET"));
        if !config.is_embedded() && config.jwt_secret.is_none() && !is_named {
            self.fault("JWT_SECRET", &format!("is required with a database server; make one with: {MAKE_SECRET}"));
        }
        if self.faults.is_empty() { Ok(config) } else { Err(ConfigError(self.faults)) }
    }

    fn fault(&mut self, variable: &str, what: &str) {
        self.faults.push(format!("{variable} {what}"));
    }

    fn number<N>(&mut self, variable: &str, text: Option<String>, default: N, range: std::ops::RangeInclusive<N>) -> N
    where
        N: std::str::FromStr + PartialOrd + fmt::Display + Copy,
    {
        let Some(text) = present(text) else { return default };
        text.parse().ok().filter(|number| range.contains(number)).unwrap_or_else(|| {
            self.fault(variable, &format!("must be a number from {} to {}", range.start(), range.end()));
            default
        })
    }

    fn seconds(&mut self, variable: &str, text: Option<String>, default: Duration, least: u64) -> Duration {
        Duration::from_secs(self.number(variable, text, default.as_secs(), least..=86_400))
    }

    fn rate_limit(
        &mut self,
        known: Option<String>,
        anonymous: Option<String>,
        defaults: Option<RateLimit>,
    ) -> Option<RateLimit> {
        let (defaults, range) = (defaults?, 1..=1_000_000);
        let anonymous = self.number("RATE_LIMIT_ANONYMOUS", anonymous, defaults.anonymous, range.clone());
        if known.as_deref() == Some("off") {
            return None;
        }
        Some(RateLimit { known: self.number("RATE_LIMIT (or off)", known, defaults.known, range), anonymous })
    }

    fn admin_username(&mut self, text: Option<String>) -> Option<String> {
        let name = present(text)?;
        match username(&name) {
            Ok(name) => Some(name),
            Err(fault) => {
                self.fault("ADMIN_USERNAME", fault.text(Language::English));
                None
            }
        }
    }

    fn log_format(&mut self, text: Option<String>) -> Option<LogFormat> {
        match present(text)?.as_str() {
            "json" => Some(LogFormat::Json),
            "text" => Some(LogFormat::Text),
            _ => {
                self.fault("LOG_FORMAT", "must be json or text");
                None
            }
        }
    }
}

/// An empty variable is an absent one: compose files set what they pass on.
fn present(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(variables: Variables) -> Vec<String> {
        Reader::default().config(variables).err().map(|error| error.0).unwrap_or_default()
    }

    #[test]
    fn nothing_set_gives_the_embedded_default() {
        let config = Reader::default().config(Variables::default()).expect("the defaults are good");
        assert!(config.is_embedded());
        assert_eq!((config.host.as_str(), config.port), ("127.0.0.1", 5000));
    }

    #[test]
    fn every_fault_is_named_with_its_variable_and_no_secret_is_shown() {
        let secret = "short-and-private";
        let found = faults(Variables {
            port: Some("eighty".into()),
            log_format: Some("xml".into()),
            trusted_proxies: Some("the proxy".into()),
            jwt_secret: Some(secret.into()),
            database_url: Some("postgres://somewhere".into()),
            ..Variables::default()
        });
        for variable in ["PORT", "LOG_FORMAT", "JWT_SECRET", "DATABASE_URL", "TRUSTED_PROXIES"] {
            assert!(found.iter().any(|fault| fault.starts_with(variable)), "{variable} in {found:?}");
        }
        assert!(!found.join("\n").contains(secret));
    }

    #[test]
    fn a_database_server_needs_a_signing_key() {
        let found = faults(Variables { database_url: Some("mysql://u:p@h/d".into()), ..Variables::default() });
        assert!(found[0].starts_with("JWT_SECRET"), "{found:?}");
        assert!(found[0].contains(MAKE_SECRET));
    }
}
