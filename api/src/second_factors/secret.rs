//! Secrets, their codes, and how both are kept.
//!
//! A secret must be readable to the server, so it is encrypted: XChaCha20-Poly1305 under a key derived from the signing key,
//! bound to its account. A database alone, or a copy of it, gives nobody a code. Recovery codes are hashed under another such key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use qrcode::QrCode;
use qrcode::render::svg;
use sha2::Sha256;
use totp_rs::{Builder, Secret as Shared, Totp};

use crate::auth::derive;
use crate::config::Secret;
use crate::error::{ApiError, ApiResult};
use crate::hex::hex;

/// As long as the hash that makes the codes (RFC 4226 section 4, R6).
const SECRET_BYTES: usize = 20;
const NONCE_BYTES: usize = 24;
/// Seconds that a code stands for.
const STEP: u64 = 30;
/// How many steps a clock may be early or late (RFC 6238 section 5.2).
const SKEW: u16 = 1;
const ISSUER: &str = "Patientele";
/// How many recovery codes an account gets.
const RECOVERY_CODES: usize = 10;
/// Letters and digits that are not taken for one another: 32, so that each stands for five bits.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
/// Four groups of four: 80 bits.
const RECOVERY_LENGTH: usize = 16;

/// The keys that second factors are kept under.
pub struct SecondFactors {
    cipher: XChaCha20Poly1305,
    codes: Hmac<Sha256>,
}

impl SecondFactors {
    /// With keys derived from the signing key.
    ///
    /// # Errors
    /// Never: the keys have the right length.
    pub fn new(signing_key: &Secret) -> std::io::Result<Self> {
        let key = derive(signing_key, "patientele second factor")?;
        let cipher = XChaCha20Poly1305::new_from_slice(&key).map_err(std::io::Error::other)?;
        let key = derive(signing_key, "patientele recovery code")?;
        let codes = <Hmac<Sha256> as KeyInit>::new_from_slice(&key).map_err(std::io::Error::other)?;
        Ok(Self { cipher, codes })
    }

    /// A new secret of an account: as its application takes it, and as the database keeps it.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn enrol(&self, user_id: i64, username: &str) -> ApiResult<(Enrolment, String)> {
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret)?;
        Ok((Enrolment::of(secret, username)?, self.seal(user_id, &secret)?))
    }

    fn seal(&self, user_id: i64, secret: &[u8]) -> ApiResult<String> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce)?;
        let payload = Payload { msg: secret, aad: &user_id.to_be_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| ApiError::internal("a secret could not be encrypted"))?;
        Ok(STANDARD.encode([&nonce[..], &sealed].concat()))
    }

    fn open(&self, user_id: i64, sealed: &str) -> Option<Vec<u8>> {
        let bytes = STANDARD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: sealed, aad: &user_id.to_be_bytes() };
        self.cipher.decrypt(&XNonce::from(*nonce), payload).ok()
    }

    /// The step whose code this is, at this second since 1970: the present one, or one before or after it.
    pub fn step(&self, user_id: i64, sealed: &str, code: &str, second: i64) -> Option<i64> {
        let Some(secret) = self.open(user_id, sealed) else {
            tracing::error!(user_id, "the second factor of an account cannot be read: was JWT_SECRET changed?");
            return None;
        };
        let step = totp(&secret, "account")?.check(code, u64::try_from(second).ok()?)?;
        i64::try_from(step).ok()
    }

    /// What the database knows a recovery code by, however it is written; nothing when it is none.
    pub fn recovery_hash(&self, user_id: i64, code: &str) -> Option<String> {
        let plain: String = code.chars().filter(|c| !matches!(c, '-' | ' ')).flat_map(char::to_lowercase).collect();
        if plain.len() != RECOVERY_LENGTH {
            return None;
        }
        let mac = self.codes.clone().chain_update(user_id.to_be_bytes()).chain_update(plain).finalize().into_bytes();
        Some(hex(&mac))
    }
}

/// New recovery codes.
///
/// # Errors
/// When the system has no random numbers.
pub fn recovery_codes() -> ApiResult<Vec<String>> {
    (0..RECOVERY_CODES).map(|_| recovery_code()).collect()
}

fn recovery_code() -> ApiResult<String> {
    let mut bytes = [0; RECOVERY_LENGTH];
    getrandom::fill(&mut bytes)?;
    let letters = bytes.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    Ok(letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// What an application needs to know.
pub struct Enrolment {
    /// The secret in base 32.
    pub secret: String,
    /// The same with what it is for: `otpauth://totp/…`.
    pub uri: String,
    /// The same as an image: a `data:` URI of SVG.
    pub qr_code: String,
}

impl Enrolment {
    fn of(secret: [u8; SECRET_BYTES], username: &str) -> ApiResult<Self> {
        let failed = || ApiError::internal("a secret could not be shown");
        let totp = totp(&secret, &username.replace(':', " ")).ok_or_else(failed)?;
        let uri = totp.to_url().map_err(|_| failed())?;
        let code = QrCode::new(&uri).map_err(|_| failed())?;
        let image = code.render::<svg::Color<'_>>().min_dimensions(240, 240).build();
        let qr_code = format!("data:image/svg+xml;base64,{}", STANDARD.encode(image));
        Ok(Self { secret: totp.secret().to_base32(), uri, qr_code })
    }
}

/// SHA-1, six digits, thirty seconds: what every application understands.
fn totp(secret: &[u8], account: &str) -> Option<Totp> {
    let shared = Shared::new(secret.to_vec().into_boxed_slice());
    let builder = Builder::new().with_secret(shared).with_skew(SKEW).with_step_duration(STEP);
    builder.with_account_name(account).with_issuer(Some(ISSUER)).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors() -> SecondFactors {
        SecondFactors::new(&Secret::new("a key of no importance")).expect("a key")
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238 appendix B, of which six digits count.
        let sealed = factors().seal(1, b"12345678901234567890").expect("sealed");
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(factors().step(1, &sealed, code, second), Some(second / 30));
            assert_eq!(factors().step(1, &sealed, code, second + 30), Some(second / 30), "one step late");
            assert_eq!(factors().step(1, &sealed, code, second + 90), None);
        }
        for wrong in ["287083", "28708", "0287082", "", "abcdef", "+87082"] {
            assert_eq!(factors().step(1, &sealed, wrong, 59), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_is_read_with_its_key_for_its_account_alone() {
        let sealed = factors().seal(1, b"12345678901234567890").expect("sealed");
        assert_eq!(factors().open(1, &sealed).as_deref(), Some(&b"12345678901234567890"[..]));
        assert!(factors().open(2, &sealed).is_none());
        assert!(SecondFactors::new(&Secret::new("another key")).expect("a key").open(1, &sealed).is_none());
        assert_ne!(sealed, factors().seal(1, b"12345678901234567890").expect("sealed"), "no two are alike");
    }

    #[test]
    fn a_recovery_code_is_one_however_it_is_written() {
        let codes = recovery_codes().expect("random numbers");
        assert_eq!(codes.len(), RECOVERY_CODES);
        let code = &codes[0];
        let hash = factors().recovery_hash(1, code).expect("a hash");
        for written in [code.replace('-', ""), code.to_uppercase(), code.replace('-', " ")] {
            assert_eq!(factors().recovery_hash(1, &written).as_ref(), Some(&hash));
        }
        assert_ne!(factors().recovery_hash(2, code), Some(hash));
        assert_eq!(factors().recovery_hash(1, &code[1..]), None);
    }

    #[test]
    fn an_application_is_told_whose_secret_it_is() {
        let (shown, _) = factors().enrol(1, "zoé:lefèvre").expect("enrolled");
        assert!(shown.uri.starts_with("otpauth://totp/Patientele:zo%C3%A9%20lef%C3%A8vre?"), "{}", shown.uri);
        assert!(shown.uri.contains(&format!("secret={}", shown.secret)) && shown.uri.contains("issuer=Patientele"));
        assert_eq!(shown.secret.len(), 32);
        let image = STANDARD.decode(shown.qr_code.trim_start_matches("data:image/svg+xml;base64,")).expect("base64");
        assert!(String::from_utf8(image).expect("text").contains("<svg"));
    }
}
