//! The text of an API key: `ptk_<id>_<secret><checksum>`. The prefix and the checksum (CRC-32) let scanners of source code
//! recognise one, and the server refuse a mistyped one without asking the database.

use flate2::Crc;
use sha2::{Digest, Sha256};

use crate::auth::random_text;
use crate::error::ApiResult;
use crate::hex::hex;

/// What every key begins with.
pub const PREFIX: &str = "ptk_";
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 43 characters of 62: 256 bits.
const SECRET: usize = 43;
/// 6 characters of 62 hold 32 bits.
const CHECKSUM: usize = 6;

/// A key as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKeyText {
    /// The row it stands for.
    pub id: i64,
    /// SHA-256 of the secret, in hexadecimal.
    pub hash: String,
}

impl ApiKeyText {
    /// Reads a key; a damaged one is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, rest) = text.strip_prefix(PREFIX)?.split_once('_')?;
        let base62 = rest.bytes().all(|b| b.is_ascii_alphanumeric());
        if rest.len() != SECRET + CHECKSUM || !base62 {
            return None;
        }
        let (secret, sum) = rest.split_at(SECRET);
        let number: i64 = id.parse().ok()?;
        (checksum(id, secret) == sum).then(|| Self { id: number, hash: hash(secret) })
    }
}

/// A secret that nobody chose.
///
/// # Errors
/// When the system has no random numbers.
pub fn new_secret() -> ApiResult<String> {
    random_text(BASE62, SECRET)
}

/// The key that is given out.
pub fn text(id: i64, secret: &str) -> String {
    format!("{PREFIX}{id}_{secret}{}", checksum(&id.to_string(), secret))
}

/// SHA-256 of a secret, in hexadecimal. It is random and long: a slow hash would add nothing (ASVS 5.0, 6.5.2).
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret))
}

fn checksum(id: &str, secret: &str) -> String {
    let mut crc = Crc::new();
    crc.update(id.as_bytes());
    crc.update(b"_");
    crc.update(secret.as_bytes());
    let mut rest = crc.sum() as usize;
    let mut digits = [b'0'; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[rest % 62];
        rest /= 62;
    }
    digits.map(char::from).iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written_and_a_damaged_one_is_none() {
        let secret = new_secret().expect("random numbers");
        let key = text(12, &secret);
        assert_eq!((key.len(), &key[..7]), (7 + 43 + 6, "ptk_12_"));
        assert_eq!(ApiKeyText::parse(&key), Some(ApiKeyText { id: 12, hash: hash(&secret) }));
        let changed = if key.ends_with('0') { "1" } else { "0" };
        for damaged in [
            key.replacen("12", "13", 1),
            key[..key.len() - 1].to_owned(),
            format!("{}{changed}", &key[..key.len() - 1]),
            format!("{key}0"),
            key.to_lowercase().replacen("ptk_", "PTK_", 1),
            "ptk_12_".to_owned(),
            "ptk__".to_owned(),
            format!("ptk_12_{}", "é".repeat(25)),
        ] {
            assert_eq!(ApiKeyText::parse(&damaged), None, "{damaged}");
        }
    }

    #[test]
    fn two_secrets_are_never_the_same() {
        assert_ne!(new_secret().ok(), new_secret().ok());
    }
}
