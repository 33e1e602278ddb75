//! The keys that sign the trail.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::auth::signing_secret;
use crate::config::{Config, Secret};

/// What is signed with the secret to make the key: another use of the same secret has another key.
const PURPOSE: &[u8] = b"patientele audit trail 1";
/// Bytes that name a key beside what it signed.
pub const KEY_ID: usize = 4;

/// A key for HMAC-SHA-256 (RFC 2104), made of a secret, and its public name.
#[derive(Clone)]
pub struct Key {
    mac: Hmac<Sha256>,
    id: [u8; KEY_ID],
}

impl Key {
    /// The key that a secret stands for.
    pub fn of(secret: &Secret) -> Self {
        let derived = keyed(Sha256::digest(secret.expose())).chain_update(PURPOSE).finalize().into_bytes();
        let mac = keyed(derived);
        let name: [u8; 32] = mac.clone().chain_update(b"name").finalize().into_bytes().into();
        Self { mac, id: [name[0], name[1], name[2], name[3]] }
    }

    /// Signs a message.
    pub fn sign(&self, message: &[u8]) -> [u8; 32] {
        self.mac.clone().chain_update(message).finalize().into_bytes().into()
    }

    /// The key's name: it tells keys apart and says nothing of them.
    pub fn id(&self) -> [u8; KEY_ID] {
        self.id
    }
}

/// HMAC with a key of 32 bytes, which zeros fill up to a block (RFC 2104 section 2).
fn keyed(key: impl Into<[u8; 32]>) -> Hmac<Sha256> {
    let mut block = [0; 64];
    block[..32].copy_from_slice(&key.into());
    Hmac::new(&block.into())
}

/// The key that signs, and former ones that may have signed.
pub struct Keyring {
    current: Key,
    previous: Vec<Key>,
}

impl Keyring {
    /// The keys of these secrets.
    pub fn new(current: &Secret, previous: &[Secret]) -> Self {
        Self { current: Key::of(current), previous: previous.iter().map(Key::of).collect() }
    }

    /// The keys of the configuration: without one of its own, the trail is signed with a key made of the secret that signs the
    /// access tokens.
    ///
    /// # Errors
    /// When the secret in the data folder can be neither read nor made.
    pub fn of(config: &Config) -> std::io::Result<Self> {
        let current = config.audit_key.clone().map_or_else(|| signing_secret(config), Ok)?;
        Ok(Self::new(&current, &config.audit_key_previous))
    }

    /// The key that signs.
    pub fn current(&self) -> &Key {
        &self.current
    }

    /// The key of this name, if it is known.
    pub fn find(&self, id: &[u8]) -> Option<&Key> {
        std::iter::once(&self.current).chain(&self.previous).find(|key| key.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_apart_by_their_names() {
        let (old, new) = (Secret::new("an old secret"), Secret::new("a new secret"));
        let ring = Keyring::new(&new, std::slice::from_ref(&old));
        assert_ne!(Key::of(&old).id(), Key::of(&new).id());
        let signed = Key::of(&old).sign(b"message");
        assert_eq!(ring.find(&Key::of(&old).id()).map(|key| key.sign(b"message")), Some(signed));
        assert_ne!(ring.current().sign(b"message"), signed);
        assert!(ring.find(b"none").is_none());
    }
}
