//! Password hashing: argon2id (RFC 9106), off the threads that serve requests, a bounded number at once.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use super::policy;
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::values::FaultCode;

/// Longest wait for a turn to hash.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most that wait for a turn.
const QUEUE: usize = 32;
/// Letters and digits that are not taken for one another.
const ALPHABET: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const RANDOM_LENGTH: usize = 24;

/// What a hash costs. The default is OWASP's: 19 MiB, two passes, one lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for PasswordCost {
    fn default() -> Self {
        Self { memory: Params::DEFAULT_M_COST, passes: Params::DEFAULT_T_COST }
    }
}

/// Hashes and verifies passwords.
#[derive(Clone)]
pub struct Passwords {
    cost: PasswordCost,
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

impl Passwords {
    /// With at most `concurrency` hashes at the same time: each takes a core and its memory.
    pub fn new(cost: PasswordCost, concurrency: usize) -> Self {
        let places = Arc::new(Semaphore::new(concurrency + QUEUE));
        Self { cost, places, turns: Arc::new(Semaphore::new(concurrency)) }
    }

    /// The PHC string of a password.
    ///
    /// # Errors
    /// 503 when too many wait.
    pub async fn hash(&self, password: String) -> ApiResult<String> {
        let cost = self.cost;
        self.run(move || argon2(cost)?.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(failed))
            .await
    }

    /// The PHC string of a password that the owner of these names chooses, or what is wrong with the choice.
    ///
    /// # Errors
    /// 503 when too many wait.
    pub async fn choose(&self, password: String, names: Vec<String>) -> ApiResult<Result<String, FaultCode>> {
        let judged = password.clone();
        match self.run(move || Ok(policy::fault(&judged, &names))).await? {
            Some(fault) => Ok(Err(fault)),
            None => self.hash(password).await.map(Ok),
        }
    }

    /// Whether a hash was made at another cost than a new one would be.
    pub fn is_outdated(&self, hash: &str) -> bool {
        let params = PasswordHash::new(hash).ok().and_then(|hash| Params::try_from(&hash).ok());
        params.is_none_or(|params| (params.m_cost(), params.t_cost()) != (self.cost.memory, self.cost.passes))
    }

    /// Whether the password has this hash. Without a hash it does the same work and says no, so that the time of an answer
    /// does not tell which names exist.
    ///
    /// # Errors
    /// 503 when too many wait.
    pub async fn verify(&self, password: String, hash: Option<String>) -> ApiResult<bool> {
        let cost = self.cost;
        self.run(move || match &hash {
            Some(hash) => {
                let hash = PasswordHash::new(hash).map_err(failed)?;
                Ok(argon2(cost)?.verify_password(password.as_bytes(), &hash).is_ok())
            }
            None => argon2(cost)?.hash_password(password.as_bytes()).map(|_| false).map_err(failed),
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> ApiResult<T> + Send + 'static) -> ApiResult<T> {
        let overloaded = || ApiError::new(ProblemCode::Overloaded);
        let place = self.places.clone().try_acquire_owned().map_err(|_| overloaded())?;
        let turn =
            tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned()).await.map_err(|_| overloaded())?;
        let turn = turn.map_err(|_| overloaded())?;
        // The turn ends with the work, not with the request: a caller who hangs up does not free it.
        let work = move || {
            let _turn = (turn, place);
            work()
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| ApiError::internal("hashing was interrupted"))?
    }
}

/// A password that nobody chose.
///
/// # Errors
/// When the system has no random numbers.
pub fn random_password() -> ApiResult<String> {
    random_text(ALPHABET, RANDOM_LENGTH)
}

/// So many letters of this alphabet, each as likely as any other.
///
/// # Errors
/// When the system has no random numbers.
pub fn random_text(alphabet: &[u8], length: usize) -> ApiResult<String> {
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let number = getrandom::u32()? as usize;
        // The remainder would favour the first letters; numbers above the last full round are thrown away.
        let round = alphabet.len() * (u32::MAX as usize / alphabet.len());
        if number < round {
            text.push(char::from(alphabet[number % alphabet.len()]));
        }
    }
    Ok(text)
}

fn argon2(cost: PasswordCost) -> ApiResult<Argon2<'static>> {
    let params = Params::new(cost.memory, cost.passes, 1, None).map_err(|_| ApiError::internal("argon2 parameters"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn failed(error: impl std::fmt::Display) -> ApiError {
    ApiError::internal(format!("password hash: {error}"))
}
