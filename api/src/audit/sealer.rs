//! The task that seals the trail while the server runs, and verifies it once a day.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use entity::audit_seal;
use tokio::time::{Instant, sleep};

use super::anchor::{self, Anchor};
use super::key::Keyring;
use super::verify::{self, LATEST};
use super::{prune, seal};
use crate::config::Config;
use crate::db::Db;
use crate::error::{ApiError, ApiResult};
use crate::values::now;

/// How far back is looked for events that came late.
const BACK: Duration = Duration::from_mins(15);
/// Every so many rounds.
const ROUNDS: u32 = 6;

/// Seals from time to time.
pub struct Sealer {
    db: Db,
    keys: Arc<Keyring>,
    data_dir: PathBuf,
    interval: Duration,
    settled: Duration,
    verify_every: Duration,
}

impl Sealer {
    /// A sealer for the configured trail.
    pub fn new(config: &Config, db: Db, keys: Arc<Keyring>) -> Self {
        Self {
            db,
            keys,
            data_dir: config.data_dir.clone(),
            interval: config.audit_seal_interval,
            settled: config.audit_settled,
            verify_every: config.audit_verify_interval,
        }
    }

    /// Seals until it is dropped.
    pub async fn run(self) {
        let (mut round, mut verified) = (0_u32, Instant::now());
        loop {
            let back = if round == 0 { LATEST } else { BACK };
            let looks_back = round.is_multiple_of(ROUNDS).then_some(back);
            if let Err(error) = self.round(looks_back).await {
                tracing::error!(cause = %error, "the audit trail could not be sealed");
            }
            if verified.elapsed() >= self.verify_every {
                verified = Instant::now();
                if let Err(error) = self.verify().await {
                    tracing::error!(cause = %error, "the audit trail could not be verified");
                }
            }
            round = round.wrapping_add(1);
            sleep(self.interval).await;
        }
    }

    async fn round(&self, looks_back: Option<Duration>) -> ApiResult<()> {
        let mut made = seal::seal(&self.db, &self.keys, self.settled).await?;
        if let Some(back) = looks_back {
            made = seal::seal_late(&self.db, &self.keys, back).await?.or(made);
        }
        if made.is_some() || looks_back.is_some() {
            self.note_head().await?;
        }
        Ok(())
    }

    /// Notes the newest seal outside the database, unless what was noted before is gone from it: then that is what must be known.
    async fn note_head(&self) -> ApiResult<()> {
        let Some(newest) = seal::newest(self.db.reader()).await? else { return Ok(()) };
        if let Some(noted) = anchor::read(&self.data_dir).map_err(|error| of_file(&error))? {
            if !self.is_there(&noted).await? {
                tracing::error!(
                    seal = noted.seal,
                    "the audit trail was cut off: a seal that was there is not; run: patientele audit verify"
                );
                return Ok(());
            }
            if noted.seal >= newest.id {
                return Ok(());
            }
        }
        let head = Anchor { seal: newest.id, mac: newest.mac };
        anchor::write(&self.data_dir, &head).map_err(|error| of_file(&error))?;
        tracing::info!(head = %head, "the audit trail is sealed");
        Ok(())
    }

    async fn is_there(&self, noted: &Anchor) -> ApiResult<bool> {
        let pruned = prune::checkpoint(self.db.reader()).await?;
        if pruned.is_some_and(|checkpoint| noted.seal <= checkpoint.id) {
            return Ok(true);
        }
        let seal: Option<audit_seal::Model> = seal::seals_after(self.db.reader(), noted.seal - 1, 1).await?.pop();
        Ok(seal.is_some_and(|seal| seal.id == noted.seal && seal.mac == noted.mac))
    }

    /// Verifies the trail, unless another server has done so.
    async fn verify(&self) -> ApiResult<()> {
        let last = verify::last(self.db.reader()).await?;
        if last.is_some_and(|last| now() - last.at < self.verify_every) {
            return Ok(());
        }
        let anchor = anchor::read(&self.data_dir).map_err(|error| of_file(&error));
        let noted = anchor.as_ref().ok().and_then(Option::as_ref);
        let report = verify::verify(self.db.reader(), &self.keys, noted).await?;
        if let Some(finding) = &report.finding {
            tracing::error!(%finding, "the audit trail is broken");
        }
        // Without what was noted nobody knows whether the end was cut off: that is no verification to be remembered.
        anchor?;
        self.db.write(async |tx| Ok(verify::remember(tx, &report).await?)).await
    }
}

/// What became of the file in which the newest seal is noted.
fn of_file(error: &std::io::Error) -> ApiError {
    ApiError::internal(format!("the file audit_head: {error}"))
}
