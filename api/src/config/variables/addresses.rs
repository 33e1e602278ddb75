//! Variables that hold addresses: of origins and proxies that are trusted, of the database, and of the server itself.

use std::str::FromStr;

use sea_orm::sqlx::mysql::MySqlConnectOptions;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;

use super::{Reader, present};
use crate::config::Secret;
use crate::http::{AllowedOrigins, TrustedProxies, origin};

impl Reader {
    pub(super) fn origins(&mut self, text: Option<String>) -> AllowedOrigins {
        let Some(text) = present(text) else { return AllowedOrigins::default() };
        text.parse().unwrap_or_else(|()| {
            self.fault(
                "CORS_ALLOWED_ORIGINS",
                "must be origins joined by commas, such as https://intranet.example.org",
            );
            AllowedOrigins::default()
        })
    }

    pub(super) fn database_url(&mut self, value: Option<String>, file: Option<String>) -> Option<Secret> {
        let url = self.secret("DATABASE_URL", value, file)?;
        let url = url.expose().replacen("mariadb:", "mysql:", 1);
        let is_readable = match url.split(':').next() {
            Some("sqlite") => SqliteConnectOptions::from_str(&url).is_ok(),
            Some("mysql") => MySqlConnectOptions::from_str(&url).is_ok(),
            _ => false,
        };
        if !is_readable {
            self.fault("DATABASE_URL", "must be sqlite://path or mysql://user:password@host:port/database");
        }
        Some(Secret::new(url))
    }

    pub(super) fn public_url(&mut self, text: Option<String>) -> Option<String> {
        let url = present(text)?;
        let origin = origin(url.trim_end_matches('/'));
        if origin.is_none() {
            self.fault("PUBLIC_URL", "must be an address without a path, such as https://patients.example.org");
        }
        origin
    }

    pub(super) fn trusted_proxies(&mut self, text: Option<String>) -> TrustedProxies {
        let Some(text) = present(text) else { return TrustedProxies::default() };
        text.parse().unwrap_or_else(|()| {
            self.fault("TRUSTED_PROXIES", "must be addresses or networks with commas: 10.0.0.1,192.168.0.0/16");
            TrustedProxies::default()
        })
    }
}
