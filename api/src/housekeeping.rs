//! What a server clears away while it runs: rows that nobody needs any more, a few at a time, and what broken imports left undone.

use std::time::Duration;

use crate::auth;
use crate::db::Db;
use crate::error::ApiResult;
use crate::search;
use crate::sessions;
use crate::values::now;

/// How often it looks for what broken imports left undone, and after how many looks it clears away. Several instances may do so at
/// once: what one has done, another does not find.
const EVERY: Duration = Duration::from_mins(1);
const LOOKS: u64 = 10;
/// Most rows of a kind in one transaction.
const BATCH: u64 = 100;
/// How long sessions are kept after their end: a refresh token used twice must still be known as that of an ended session.
const KEPT: time::Duration = time::Duration::DAY;

/// Clears away for as long as it is polled.
pub async fn run(db: Db) {
    for look in 0_u64.. {
        let mut done = vec![search::backlog::catch_up(&db).await];
        if look.is_multiple_of(LOOKS) {
            done.push(clear(&db).await);
        }
        for error in done.into_iter().filter_map(Result::err) {
            tracing::warn!(
                cause = error.source_text().unwrap_or("unknown"),
                "clearing away failed; trying again later"
            );
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn clear(db: &Db) -> ApiResult<()> {
    let ended = now().saturating_sub(KEPT);
    in_batches(db, async || db.write(async |tx| Ok(sessions::queries::delete_ended(tx, ended, BATCH).await?)).await)
        .await?;
    let old = now().saturating_sub(auth::MEMORY);
    in_batches(db, async || db.write(async |tx| Ok(auth::queries::delete_old(tx, old, BATCH).await?)).await).await
}

/// Deletes until a batch is not full.
async fn in_batches(db: &Db, delete: impl AsyncFn() -> ApiResult<u64>) -> ApiResult<()> {
    while delete().await? >= BATCH {
        db.let_others_write().await;
    }
    Ok(())
}
