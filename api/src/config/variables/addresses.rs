//! Variables that hold addresses: of origins and proxies that are trusted, of the database, and of the server itself.

use super::{Reader, present};
use crate::config::Secret;
use crate::http::{AllowedOrigins, TrustedProxies};

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
        let known = ["sqlite:", "mysql:", "mariadb:"].iter().any(|scheme| url.expose().starts_with(scheme));
        if !known {
            self.fault("DATABASE_URL", "must start with sqlite: or mysql:");
        }
        Some(Secret::new(url.expose().replacen("mariadb:", "mysql:", 1)))
    }

    pub(super) fn public_url(&mut self, text: Option<String>) -> Option<String> {
        let url = present(text)?;
        if !url.starts_with("http://") && !url.starts_with("https://") {
            self.fault("PUBLIC_URL", "must start with http:// or https://");
        }
        Some(url.trim_end_matches('/').to_owned())
    }

    pub(super) fn trusted_proxies(&mut self, text: Option<String>) -> TrustedProxies {
        let Some(text) = present(text) else { return TrustedProxies::default() };
        text.parse().unwrap_or_else(|()| {
            self.fault("TRUSTED_PROXIES", "must be addresses or networks with commas: 10.0.0.1,192.168.0.0/16");
            TrustedProxies::default()
        })
    }
}
