//! What an import does again: what came so far shall not fail for a busy moment, nor for somebody who entered the same row.

use std::time::Duration;

use tokio::time::sleep;

use crate::error::{ApiError, ApiResult, ProblemCode};

/// How often a batch is tried again, beyond what `Db::write` does by itself: what has come so far shall not fail for a busy moment.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(250);

/// Tries again while the database is busy.
pub async fn patiently<T, F: Future<Output = ApiResult<T>>>(work: impl Fn() -> F) -> ApiResult<T> {
    let mut tried = 1;
    loop {
        match work().await {
            Err(error) if tried < TRIES && (error.is_retryable() || error.code == ProblemCode::Overloaded) => {
                sleep(PAUSE * tried).await;
                tried += 1;
            }
            result => return result,
        }
    }
}

/// The row was locked and has changed all the same; the next try reads it anew.
pub fn stale() -> ApiError {
    ApiError::new(ProblemCode::StaleVersion).tried_again()
}
