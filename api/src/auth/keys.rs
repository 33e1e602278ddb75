//! The signing key, and keys for other uses derived from it.

use std::io::{Read, Write};
use std::path::Path;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::config::{Config, Secret};
use crate::files;

const SECRET_FILE: &str = "jwt_secret";

/// The configured signing key; on the embedded database one is made and kept in the data folder when none is configured.
///
/// # Errors
/// When the key file can be neither read nor made.
pub fn signing_secret(config: &Config) -> std::io::Result<Secret> {
    config.jwt_secret.clone().map_or_else(|| kept_secret(&config.data_dir), Ok)
}

/// Whether [`signing_secret`] need not make one.
pub fn has_signing_secret(config: &Config) -> bool {
    config.jwt_secret.is_some() || config.data_dir.join(SECRET_FILE).exists()
}

/// A key of 256 bits for one purpose: HMAC-SHA-256 of its name under the signing key, so that no use of the signing key tells
/// anything about another one.
///
/// # Errors
/// Never: HMAC takes keys of any length.
pub fn derive(secret: &Secret, purpose: &str) -> std::io::Result<[u8; 32]> {
    let mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).map_err(std::io::Error::other)?;
    Ok(mac.chain_update(purpose).finalize().into_bytes().into())
}

/// The key in the data folder, made at first and readable by its owner alone.
fn kept_secret(data_dir: &Path) -> std::io::Result<Secret> {
    files::make_private_folder(data_dir)?;
    let path = data_dir.join(SECRET_FILE);
    if let Some(mut file) = files::new_private_file(&path)? {
        let mut bytes = [0_u8; 48];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        let text = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, bytes);
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
    }
    let mut text = String::new();
    // Another process may have made the file a moment ago and be about to write it.
    for _ in 0..50 {
        text.clear();
        std::fs::File::open(&path)?.read_to_string(&mut text)?;
        if !text.is_empty() {
            return Ok(Secret::new(text.trim_end()));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err(std::io::Error::other(format!("{} is empty; delete it and start again", path.display())))
}
