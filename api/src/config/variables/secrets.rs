//! Variables that hold secrets: read from the environment or from files, and whether they are good enough to sign with.

use super::{Reader, present};
use crate::config::Secret;

/// Fewest bytes of a key for HS256 (RFC 7518 section 3.2).
const JWT_SECRET_BYTES: usize = 32;
/// The command that makes a secret, for messages.
pub(super) const MAKE_SECRET: &str = "openssl rand -base64 48";
/// Words that show that a secret was copied from an example.
const PLACEHOLDERS: [&str; 7] = ["changeme", "change-me", "change_me", "secret-key", "your-", "example", "placeholder"];

impl Reader {
    pub(super) fn jwt_secret(&mut self, value: Option<String>, file: Option<String>) -> Option<Secret> {
        self.strong_secret("JWT_SECRET", value, file)
    }

    pub(super) fn audit_key(&mut self, value: Option<String>, file: Option<String>) -> Option<Secret> {
        let key = self.strong_secret("AUDIT_KEY", value, file)?;
        // It will be a former one some day, and they are told apart by commas.
        if key.expose().contains(',') {
            self.fault("AUDIT_KEY", &format!("must have no comma; make one with: {MAKE_SECRET}"));
        }
        Some(key)
    }

    pub(super) fn audit_key_previous(&mut self, value: Option<String>, file: Option<String>) -> Vec<Secret> {
        let secrets = self.secret("AUDIT_KEY_PREVIOUS", value, file);
        let secrets = secrets.iter().flat_map(|secrets| secrets.expose().split(',').map(str::trim));
        secrets.filter(|secret| !secret.is_empty()).map(Secret::new).collect()
    }

    fn strong_secret(&mut self, variable: &str, value: Option<String>, file: Option<String>) -> Option<Secret> {
        let secret = self.secret(variable, value, file)?;
        if let Some(weakness) = weakness(secret.expose()) {
            self.fault(variable, &format!("{weakness}; make one with: {MAKE_SECRET}"));
        }
        Some(secret)
    }

    /// The value of `variable`, or the content of the file that `{variable}_FILE` names.
    pub(super) fn secret(&mut self, variable: &str, value: Option<String>, file: Option<String>) -> Option<Secret> {
        match (present(value), present(file)) {
            (Some(_), Some(_)) => {
                self.fault(variable, &format!("and {variable}_FILE are both set; keep one"));
                None
            }
            (Some(value), None) => Some(Secret::new(value)),
            (None, Some(file)) => match std::fs::read_to_string(&file) {
                Ok(content) => Some(Secret::new(content.trim_end_matches(['\r', '\n']))),
                Err(error) => {
                    self.fault(&format!("{variable}_FILE"), &format!("cannot be read: {error}"));
                    None
                }
            },
            (None, None) => None,
        }
    }
}

/// Why a signing key is not good enough, if it is not.
fn weakness(secret: &str) -> Option<&'static str> {
    let lower = secret.to_lowercase();
    if secret.len() < JWT_SECRET_BYTES {
        Some("must have 32 bytes or more")
    } else if PLACEHOLDERS.iter().any(|placeholder| lower.contains(placeholder)) {
        Some("is a placeholder")
    } else if secret.chars().collect::<std::collections::BTreeSet<_>>().len() < 8 {
        Some("repeats a few characters")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_no_secrets() {
        for bad in
            ["change-me-change-me-change-me-change-me", &"a".repeat(40), "your-256-bit-secret-your-256-bit-secret"]
        {
            assert!(weakness(bad).is_some(), "{bad}");
        }
        assert_eq!(weakness("Yp3sV9kQw2LxT7nB4hJ6mR8cD1fG5zA0"), None);
    }
}
