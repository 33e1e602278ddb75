//! Access tokens: JSON Web Tokens (RFC 7519) of type `at+jwt` (RFC 9068), signed with HS256, nothing else accepted.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::signature::{Error as SignatureError, Signer, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::config::Secret;

const ISSUER: &str = "patientele";
const AUDIENCE: &str = "patientele-api";
const TYPE: &str = "at+jwt";
/// Clocks of several instances may differ by this many seconds.
const LEEWAY: u64 = 15;

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// Who made the token.
    pub iss: String,
    /// Whom it is for.
    pub aud: String,
    /// The user's id.
    pub sub: String,
    /// The session's id.
    pub sid: String,
    /// The user's role when the token was made. It informs clients; the user's row decides.
    pub role: String,
    /// The token's own id.
    pub jti: String,
    /// When it was made, seconds since 1970.
    pub iat: i64,
    /// From when on it is good.
    pub nbf: i64,
    /// Until when it is good.
    pub exp: i64,
}

/// Whose a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bearer {
    /// The user's id.
    pub user_id: i64,
    /// The session's id.
    pub session_id: i64,
}

/// Signs and verifies access tokens.
pub struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    header: Header,
    validation: Validation,
    ttl: Duration,
}

impl Tokens {
    /// Tokens signed with this key, good for `ttl`.
    pub fn new(secret: &Secret, ttl: Duration) -> Self {
        // Refused only when it is installed already, which is as good.
        let _ = PROVIDER.install_default();
        let key = secret.expose().as_bytes();
        let header = Header { typ: Some(TYPE.to_owned()), ..Header::new(Algorithm::HS256) };
        Self {
            encoding: EncodingKey::from_secret(key),
            decoding: DecodingKey::from_secret(key),
            header,
            validation: validation(),
            ttl,
        }
    }

    /// A token of a session that has `left` seconds to live, and for how many seconds it is good: not longer than that.
    ///
    /// # Errors
    /// When signing fails.
    pub fn issue(&self, bearer: Bearer, role: &str, left: i64) -> jsonwebtoken::errors::Result<(String, i64)> {
        let now = OffsetDateTime::now_utc().unix_timestamp();
        let life = i64::try_from(self.ttl.as_secs()).unwrap_or(i64::MAX).min(left).max(1);
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: bearer.user_id.to_string(),
            sid: bearer.session_id.to_string(),
            role: role.to_owned(),
            jti: Uuid::new_v4().to_string(),
            iat: now,
            nbf: now,
            exp: now + life,
        };
        Ok((jsonwebtoken::encode(&self.header, &claims, &self.encoding)?, life))
    }

    /// Whose token this is, if it is a good one.
    pub fn verify(&self, token: &str) -> Option<Bearer> {
        let data = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation).ok()?;
        let typed = data.header.typ.as_deref().is_some_and(|typ| typ.eq_ignore_ascii_case(TYPE));
        let bearer = Bearer { user_id: data.claims.sub.parse().ok()?, session_id: data.claims.sid.parse().ok()? };
        typed.then_some(bearer)
    }
}

fn validation() -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.validate_nbf = true;
    validation.leeway = LEEWAY;
    validation
}

/// HMAC with SHA-256 and nothing else. The library's own back ends bring RSA and elliptic curves along, which this server
/// never uses; a token that asks for them has no verifier here at all.
static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |algorithm, key| match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hs256::new(key.as_bytes())?)),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    },
    verifier_factory: |algorithm, key| match algorithm {
        Algorithm::HS256 => Ok(Box::new(Hs256::new(key.try_get_as_bytes()?)?)),
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    },
    key_utils: KeyUtils::new_unimplemented(),
};

struct Hs256(Hmac<Sha256>);

impl Hs256 {
    fn new(key: &[u8]) -> jsonwebtoken::errors::Result<Self> {
        Hmac::new_from_slice(key).map(Self).map_err(|_| ErrorKind::InvalidKeyFormat.into())
    }
}

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, SignatureError> {
        Ok(self.0.clone().chain_update(message).finalize().into_bytes().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), SignatureError> {
        self.0.clone().chain_update(message).verify_slice(signature).map_err(|_| SignatureError::new())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}
