//! How often someone may try to sign in: decided before a password is hashed, for names that exist and names that do not.
//!
//! - An account: after some failures in a row each further one makes the next wait, a second, then twice as long each time, a
//!   minute at most; from the hundredth of a day on a quarter of an hour. It is never locked for good.
//! - So that nobody is kept out by what others do in their name: where an account has signed in from before, only attempts from
//!   there count, since the last success.
//! - An address (of IPv6 the network of 64 bits): so many failures a minute, whatever the names.
//!
//! OWASP ASVS 5.0, 6.3.1; NIST SP 800-63B-4, section 3.2.2.

use std::cell::Cell;
use std::net::IpAddr;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web;
use entity::login_attempt::{self, FAILED};
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::DatabaseTransaction;
use serde_json::json;
use sha2::Sha256;
use time::Duration;

use super::keys::derive;
use super::queries;
use crate::audit::{Trace, record};
use crate::config::{Config, Secret};
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::hex::hex;
use crate::http::network;
use crate::state::AppState;
use crate::values::Instant;

/// How far back failures count.
const DAY: Duration = Duration::DAY;
/// How long it is remembered where an account signed in from.
pub const MEMORY: Duration = Duration::days(30);
/// Within this time the failures from one address are counted.
const MINUTE: Duration = Duration::MINUTE;
/// From so many failures on an account waits longest.
const MANY: usize = 100;
/// Most attempts at one account that are verified at the same time.
const AT_ONCE: usize = 20;
/// An attempt that has had no outcome for so long had none: the server was stopped.
const ABANDONED: Duration = Duration::MINUTE;

/// The limits, and the key that names are hashed with.
pub struct Throttle {
    key: Hmac<Sha256>,
    /// Failures of an account before it waits.
    free: usize,
    /// Failures a minute from one address.
    per_address: u64,
}

/// An attempt that was let through. Whoever has it says how it ends; without a word, as when its sender hangs up, it has failed.
pub struct Attempt {
    state: web::Data<AppState>,
    id: i64,
    /// How long the account waits if this one fails too, if that is longer than now.
    then: Option<Duration>,
    is_over: Cell<bool>,
}

impl Throttle {
    /// With the configured limits.
    ///
    /// # Errors
    /// Never with a key that the configuration accepts.
    pub fn new(config: &Config, secret: &Secret) -> std::io::Result<Self> {
        let key = Hmac::new_from_slice(&derive(secret, "patientele sign-in name")?).map_err(std::io::Error::other)?;
        let (free, per_address) = (config.login_account_failures, config.login_address_failures);
        Ok(Self { key, free, per_address })
    }

    fn account(&self, username: &str) -> String {
        let mac = self.key.clone().chain_update(username.to_lowercase()).finalize().into_bytes();
        hex(&mac)
    }
}

impl Attempt {
    /// Enters an attempt to prove to be `username`, unless it comes too early. It is entered first and judged then: of many
    /// at once each sees those before it.
    ///
    /// # Errors
    /// 429 with the seconds to wait.
    pub async fn begin(state: &web::Data<AppState>, username: &str, address: IpAddr) -> ApiResult<Self> {
        let account = state.throttle.account(username);
        let network = network(address).to_string();
        let row = state.db.write(async |tx| Ok(queries::insert(tx, &account, &network).await?)).await?;
        let mut attempt = Self { state: state.clone(), id: row.id, then: None, is_over: Cell::new(false) };
        let (wait, then) = state.throttle.judge(state, &row).await?;
        if wait <= Duration::ZERO {
            attempt.then = then;
            return Ok(attempt);
        }
        attempt.withdraw().await?;
        let seconds = wait.whole_seconds() + i64::from(wait.subsec_nanoseconds() > 0);
        Err(ApiError::new(ProblemCode::TooManyAttempts).header(header::RETRY_AFTER, HeaderValue::from(seconds)))
    }

    /// Whether the password has this hash; without one the work is the same and the answer no.
    ///
    /// # Errors
    /// 503 when too many wait; the attempt was none then.
    pub async fn verify(&self, password: String, hash: Option<String>) -> ApiResult<bool> {
        let verified = self.state.passwords.verify(password, hash).await;
        if verified.is_err() {
            self.withdraw().await?;
        }
        verified
    }

    /// Does in a transaction what it was made for: with that it has succeeded.
    ///
    /// # Errors
    /// What `work` says.
    pub async fn succeed<T>(&self, work: impl AsyncFn(&DatabaseTransaction) -> ApiResult<T>) -> ApiResult<T> {
        let done = self.state.db.write(async |tx| {
            let done = work(tx).await?;
            queries::conclude(tx, self.id, true).await?;
            Ok(done)
        });
        let done = done.await?;
        self.is_over.set(true);
        Ok(done)
    }

    /// Notes that it failed, and in the trail when that makes the account wait.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn fail(&self, trace: &Trace) -> ApiResult<()> {
        let waits = self.then.map(|wait| json!({"seconds": wait.whole_seconds()}));
        let event = waits.map(|facts| trace.event().action("throttle_login").details(&facts));
        let noted = self.state.db.write(async |tx| {
            queries::conclude(tx, self.id, false).await?;
            if let Some(event) = &event {
                record(tx, trace, event.clone()).await?;
            }
            Ok(())
        });
        noted.await?;
        self.is_over.set(true);
        Ok(())
    }

    /// Takes it back: nothing was tried.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn withdraw(&self) -> ApiResult<()> {
        self.state.db.write(async |tx| Ok(queries::withdraw(tx, self.id).await?)).await?;
        self.is_over.set(true);
        Ok(())
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        if self.is_over.get() {
            return;
        }
        let (state, id) = (self.state.clone(), self.id);
        actix_web::rt::spawn(async move {
            // If that cannot be noted, it is taken to have failed after a minute.
            let _ = state.db.write(async |tx| Ok(queries::conclude(tx, id, false).await?)).await;
        });
    }
}

impl Throttle {
    /// How long an attempt must wait; and how long the next one, if this one fails and that is when waiting begins or grows long.
    async fn judge(&self, state: &AppState, attempt: &login_attempt::Model) -> ApiResult<(Duration, Option<Duration>)> {
        let db = state.db.reader();
        let at = attempt.at;
        let others = queries::unsuccessful(db, attempt, at.saturating_sub(DAY), 2 * MANY as u64).await?;
        let welcome = queries::last_success(db, &attempt.account, &attempt.network, at.saturating_sub(MEMORY)).await?;
        let of_address =
            queries::failures_from(db, &attempt.network, at.saturating_sub(MINUTE), self.per_address).await?;
        let oldest = of_address.last().filter(|_| of_address.len() as u64 >= self.per_address);
        let for_address = oldest.map_or(Duration::ZERO, |oldest| *oldest + MINUTE - at);
        let (for_account, failures) = self.for_account(attempt, &others, welcome);
        let then = failures + 1;
        let noted = [self.free, MANY].contains(&then).then(|| delay(then, self.free));
        Ok((for_account.max(for_address), noted))
    }

    /// How long the account must wait after how many failures, given its other attempts that did not succeed, and when it last
    /// signed in from there.
    fn for_account(
        &self,
        attempt: &login_attempt::Model,
        others: &[login_attempt::Model],
        welcome: Option<Instant>,
    ) -> (Duration, usize) {
        let has_failed = |other: &login_attempt::Model| other.outcome == FAILED || other.at < attempt.at - ABANDONED;
        let counts = |other: &login_attempt::Model| {
            welcome.is_none_or(|success| other.network == attempt.network && other.at > success)
        };
        let (failed, pending): (Vec<_>, Vec<_>) =
            others.iter().filter(|other| counts(other)).partition(|other| has_failed(other));
        let last = failed.iter().map(|other| other.at).max();
        let wait = last.map_or(Duration::ZERO, |last| last + delay(failed.len(), self.free) - attempt.at);
        let at_once = pending.iter().filter(|other| other.id < attempt.id).count();
        (if at_once < AT_ONCE { wait } else { wait.max(Duration::SECOND) }, failed.len())
    }
}

/// How long to wait after so many failures.
fn delay(failures: usize, free: usize) -> Duration {
    match failures {
        MANY.. => Duration::minutes(15),
        _ if failures < free => Duration::ZERO,
        _ => Duration::seconds(
            1_i64.checked_shl(u32::try_from(failures - free).unwrap_or(6).min(6)).unwrap_or(64).min(60),
        ),
    }
}

#[cfg(test)]
mod tests {
    use entity::login_attempt::PENDING;

    use super::*;
    use crate::values::now;

    fn throttle() -> Throttle {
        Throttle::new(&Config::new("./data"), &Secret::new("a key of no importance")).expect("a key")
    }

    /// Attempts so many seconds ago, the newest last.
    fn attempts(at: Instant, network: &str, outcome: i16, ago: &[i64]) -> Vec<login_attempt::Model> {
        let attempt = |(id, ago): (i64, &i64)| login_attempt::Model {
            id,
            account: String::new(),
            network: network.to_owned(),
            outcome,
            at: at - Duration::seconds(*ago),
        };
        (0..).zip(ago).map(attempt).collect()
    }

    /// The seconds that an attempt from `network` waits, after the others.
    fn wait(at: Instant, network: &str, others: &[login_attempt::Model], welcome: Option<i64>) -> i64 {
        let attempt = login_attempt::Model { id: 1000, ..attempts(at, network, PENDING, &[0]).remove(0) };
        let welcome = welcome.map(|ago| at - Duration::seconds(ago));
        throttle().for_account(&attempt, others, welcome).0.whole_seconds().max(0)
    }

    #[test]
    fn waiting_grows_and_has_an_end() {
        let seconds = |failures| delay(failures, 5).whole_seconds();
        assert_eq!((0..13).map(seconds).collect::<Vec<_>>(), [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!([99, 100, 1000].map(seconds), [60, 900, 900]);
        assert_eq!(delay(1, 1), Duration::SECOND);
        assert_eq!(delay(0, 1), Duration::ZERO);
    }

    #[test]
    fn failures_of_others_do_not_keep_out_who_was_let_in_before() {
        let at = now();
        let strangers = attempts(at, "203.0.113.9", FAILED, &[5; 60]);
        assert_eq!(wait(at, "192.0.2.1", &strangers, None), 55);
        assert_eq!(wait(at, "192.0.2.1", &strangers, Some(86_400)), 0);
        let own = attempts(at, "192.0.2.1", FAILED, &[5; 60]);
        assert_eq!(wait(at, "192.0.2.1", &own, Some(86_400)), 55);
        assert_eq!(wait(at, "192.0.2.1", &own, Some(1)), 0);
        let at_once = attempts(at, "203.0.113.9", PENDING, &[1; 60]);
        assert_eq!(wait(at, "192.0.2.1", &at_once, None), 1);
        assert_eq!(wait(at, "192.0.2.1", &at_once, Some(86_400)), 0);
    }

    #[test]
    fn many_at_once_take_turns_and_what_was_abandoned_has_failed() {
        let at = now();
        assert_eq!(wait(at, "192.0.2.1", &attempts(at, "192.0.2.1", PENDING, &[1; 19]), None), 0);
        assert_eq!(wait(at, "192.0.2.1", &attempts(at, "192.0.2.1", PENDING, &[1; 20]), None), 1);
        assert_eq!(wait(at, "192.0.2.1", &attempts(at, "192.0.2.1", PENDING, &[61; 100]), None), 839);
    }

    #[test]
    fn names_are_not_kept_as_they_are() {
        let account = throttle().account("Zoé");
        assert_eq!(account, throttle().account("zoé"));
        assert!(account.len() == 64 && account != throttle().account("zoe"));
    }
}
