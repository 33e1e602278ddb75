//! Access tokens made by the tests, good ones and bad ones.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::{Sha256, Sha512};

use super::{App, Client};

/// The claims of a client's own token, for a test to change.
pub fn claims(client: &Client) -> Value {
    let payload = client.token().split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64")).expect("JSON")
}

/// A token with these headers and claims, signed with the server's own key as `alg` says.
pub fn sign(app: &App, header: &Value, claims: &Value) -> String {
    let key = app.config.jwt_secret.as_ref().expect("tests have a key").expose();
    sign_with(key.as_bytes(), header, claims)
}

/// A token with these headers and claims, signed with any key as `alg` says.
pub fn sign_with(key: &[u8], header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = match header["alg"].as_str() {
        Some("HS256") => seal::<Hmac<Sha256>>(key, &message),
        Some("HS512") => seal::<Hmac<Sha512>>(key, &message),
        _ => Vec::new(),
    };
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn seal<M: Mac + KeyInit>(key: &[u8], message: &str) -> Vec<u8> {
    <M as KeyInit>::new_from_slice(key).expect("any key").chain_update(message).finalize().into_bytes().to_vec()
}
