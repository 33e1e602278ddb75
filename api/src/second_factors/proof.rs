//! Showing a second factor.

use serde_json::json;
use time::OffsetDateTime;

use super::{Proof, queries};
use crate::audit::{Trace, record};
use crate::error::ApiResult;
use crate::state::AppState;

/// Whether an account has shown its second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proven {
    Yes,
    No,
    /// It said nothing about it.
    Missing,
}

/// Verifies a code of an account that has a second factor, and uses it up: a code counts once, also on several servers at once.
///
/// # Errors
/// When the database fails.
pub async fn prove(state: &AppState, trace: &Trace, user_id: i64, proof: Option<&Proof>) -> ApiResult<Proven> {
    let used = match proof {
        None => return Ok(Proven::Missing),
        Some(Proof::Totp(code)) => {
            let factor = queries::find(state.db.reader(), user_id).await?;
            let second = OffsetDateTime::now_utc().unix_timestamp();
            let step = factor.and_then(|row| state.second_factors.step(user_id, &row.sealed_secret, code, second));
            match step {
                Some(step) => state.db.write(async |tx| Ok(queries::use_step(tx, user_id, step).await?)).await?,
                None => false,
            }
        }
        Some(Proof::RecoveryCode(code)) => match state.second_factors.recovery_hash(user_id, code) {
            Some(hash) => use_recovery_code(state, trace, user_id, &hash).await?,
            None => false,
        },
    };
    Ok(if used { Proven::Yes } else { Proven::No })
}

async fn use_recovery_code(state: &AppState, trace: &Trace, user_id: i64, hash: &str) -> ApiResult<bool> {
    state
        .db
        .write(async |tx| {
            if !queries::use_recovery_code(tx, user_id, hash).await? {
                return Ok(false);
            }
            let left = queries::recovery_codes_left(tx, user_id).await?;
            let event = trace.event().action("use_recovery_code").on("user", user_id);
            record(tx, trace, event.details(&json!({"left": left}))).await?;
            Ok(true)
        })
        .await
}
