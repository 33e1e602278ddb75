//! The first administrator, and the way back in.

use std::sync::Arc;

use entity::role::RoleName;

use super::queries;
use crate::audit::{Keyring, Trace, record};
use crate::auth::{PASSWORD_LEAST, PASSWORD_MOST, Passwords, random_password};
use crate::config::Config;
use crate::db::Db;
use crate::error::{ApiError, ApiResult, is_unique_violation};
use crate::http::Language;
use crate::{second_factors, sessions};

/// Where the first administrator's password comes from.
#[derive(Debug, PartialEq, Eq)]
pub enum FirstAdministrator {
    /// There was an administrator already.
    Existing,
    /// Created with the configured password.
    Configured,
    /// Created with this password, to be changed at first sign-in.
    Random(String),
}

/// Creates the first administrator unless there is one. The configured password is read in that case alone.
///
/// # Errors
/// When the configured password is too short or too easy to guess, or the database fails.
pub async fn first_administrator(
    db: &Db,
    passwords: &Passwords,
    config: &Config,
    keys: Arc<Keyring>,
) -> ApiResult<FirstAdministrator> {
    if queries::has_administrator(db.reader()).await? {
        return Ok(FirstAdministrator::Existing);
    }
    let configured = config.admin_password.as_ref().map(|secret| secret.expose().to_owned());
    let random = configured.is_none();
    let password = configured.map_or_else(random_password, Ok)?;
    let chosen = passwords.choose(password.clone(), vec![config.admin_username.clone()]).await?;
    let hash = chosen.map_err(|fault| {
        ApiError::internal(format!(
            "ADMIN_PASSWORD must have {PASSWORD_LEAST} to {PASSWORD_MOST} characters and be hard to guess; this one {}; \
             make one with: openssl rand -base64 18",
            fault.text(Language::English)
        ))
    })?;
    let created = db
        .write(async |tx| {
            if queries::has_administrator(tx).await? {
                return Ok(false);
            }
            match queries::insert(tx, &config.admin_username, &hash, RoleName::Admin, random).await {
                // Another server that started at the same time was first.
                Err(error) if is_unique_violation(&error) => return Ok(false),
                result => result?,
            }
            let trace = Trace::system(Arc::clone(&keys), "server", "create_first_administrator");
            let id = queries::find_id(tx, &config.admin_username).await?;
            let event = trace.event().on("user", id.unwrap_or_default());
            record(tx, &trace, event).await?;
            Ok(true)
        })
        .await?;
    Ok(match (created, random) {
        (false, _) => FirstAdministrator::Existing,
        (true, false) => FirstAdministrator::Configured,
        (true, true) => FirstAdministrator::Random(password),
    })
}

/// Gives an account a random password that must be changed at the next sign-in, and ends its sessions.
///
/// # Errors
/// When there is no such account, or the database fails.
pub async fn reset_password(db: &Db, passwords: &Passwords, username: &str, keys: Arc<Keyring>) -> ApiResult<String> {
    let id = queries::find_id(db.reader(), username).await?;
    let id = id.ok_or_else(|| ApiError::internal(format!("there is no account named {username}")))?;
    let password = random_password()?;
    let hash = passwords.hash(password.clone()).await?;
    let trace = Trace::system(keys, "command line", "reset_password");
    db.write(async |tx| {
        queries::set_password(tx, id, &hash, true, None).await?;
        sessions::queries::revoke_all(tx, id, None).await?;
        Ok(record(tx, &trace, trace.event().on("user", id).changed(["password", "must_change_password"])).await?)
    })
    .await?;
    Ok(password)
}

/// Takes the second factor from an account, and ends its sessions.
///
/// # Errors
/// When there is no such account, or the database fails.
pub async fn reset_second_factor(db: &Db, username: &str, keys: Arc<Keyring>) -> ApiResult<()> {
    let id = queries::find_id(db.reader(), username).await?;
    let id = id.ok_or_else(|| ApiError::internal(format!("there is no account named {username}")))?;
    let trace = Trace::system(keys, "command line", "reset_user_second_factor");
    db.write(async |tx| {
        second_factors::queries::remove(tx, id).await?;
        queries::set_second_factor(tx, id, false).await?;
        sessions::queries::revoke_all(tx, id, None).await?;
        record(tx, &trace, trace.event().on("user", id).changed(["second_factor"])).await?;
        Ok(())
    })
    .await
}
