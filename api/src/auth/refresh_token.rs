//! Refresh tokens: opaque, 256 bits, known to the database by their SHA-256 alone (a slow hash is for what people choose).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::keys::derive;
use crate::config::Secret;
use crate::error::ApiResult;
use crate::hex::hex;

/// Says what it is to whoever finds one, and to tools that look for leaked secrets.
const PREFIX: &str = "ptr_";
const BYTES: usize = 32;

/// A refresh token.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken([u8; BYTES]);

impl RefreshToken {
    /// A token that begins a session.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn random() -> ApiResult<Self> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Reads what a client sends.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// What a client is given.
    pub fn text(&self) -> String {
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(self.0))
    }

    /// What the database knows it by.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0))
    }
}

/// Makes the token that follows another one: HMAC-SHA-256 of it, under a key of the server's.
///
/// A token has one successor, whoever asks, however often: when an answer is lost, or two windows of a browser refresh at
/// once, all get the same token and none of them ends up with one that another has made worthless.
pub struct Successors(Hmac<Sha256>);

impl Successors {
    /// With a key of its own, derived from the signing key.
    ///
    /// # Errors
    /// Never with a key that the configuration accepts.
    pub fn new(signing_key: &Secret) -> std::io::Result<Self> {
        let key = derive(signing_key, "patientele refresh token")?;
        Hmac::new_from_slice(&key).map(Self).map_err(std::io::Error::other)
    }

    /// The token that follows this one.
    pub fn of(&self, token: &RefreshToken) -> RefreshToken {
        RefreshToken(self.0.clone().chain_update(token.0).finalize().into_bytes().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_nothing_else_is() {
        let token = RefreshToken::random().expect("random numbers");
        let text = token.text();
        assert_eq!((text.len(), token.hash().len()), (4 + 43, 64));
        assert!(RefreshToken::parse(&text).is_some_and(|read| read == token));
        for bad in ["", "ptr_", &text[4..], &text[..46], &format!("{text}A"), &text.replace("ptr_", "ptk_")] {
            assert!(RefreshToken::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_token_has_one_successor_which_depends_on_the_key() {
        let token = RefreshToken::random().expect("random numbers");
        let successors = |key: &str| Successors::new(&Secret::new(key)).expect("a key");
        let next = successors("one key").of(&token);
        assert!(next == successors("one key").of(&token) && next != token);
        assert!(next != successors("another key").of(&token) && next != successors("one key").of(&next));
    }
}
