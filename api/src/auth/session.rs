//! Beginning, refreshing and ending sessions.

use actix_web::HttpRequest;
use actix_web::http::header;
use entity::{role, user};
use serde_json::json;
use time::Duration;

use super::refresh_token::RefreshToken;
use super::throttle::Attempt;
use crate::audit::{Actor, Trace, record};
use crate::config::Config;
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::http::ClientAddress;
use crate::sessions::queries::{self, NewSession};
use crate::state::AppState;
use crate::users;
use crate::values::{Instant, now};

/// How long after its first use a refresh token is answered again, while nobody has used its successor.
const GRACE: Duration = Duration::seconds(60);
/// Most characters kept of `User-Agent`.
const USER_AGENT: usize = 255;

/// How long sessions live, and how many an account may have.
#[derive(Clone, Copy, Debug)]
pub struct SessionLimits {
    idle: Duration,
    life: Duration,
    per_user: usize,
}

impl SessionLimits {
    /// The configured ones.
    pub fn of(config: &Config) -> Self {
        let duration = |duration| Duration::try_from(duration).unwrap_or(Duration::DAY);
        Self {
            idle: duration(config.session_idle_timeout),
            life: duration(config.session_lifetime),
            per_user: config.sessions_per_user,
        }
    }

    /// When a session ends that is used now and ends at `ends_at` in any case.
    fn expiry(&self, at: Instant, ends_at: Instant) -> Instant {
        at.checked_add(self.idle).map_or(ends_at, |expiry| expiry.min(ends_at))
    }
}

/// Where a session is held.
pub struct Holder {
    /// What its user calls the device.
    pub device: Option<String>,
    pub user_agent: String,
    pub address: String,
}

impl Holder {
    /// The sender of a request.
    pub fn of(request: &HttpRequest, device: Option<String>) -> Self {
        let agent = request.headers().get(header::USER_AGENT).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let agent = agent.unwrap_or_default();
        let plain = agent.chars().filter(|c| !c.is_control()).take(USER_AGENT).collect();
        Self { device, user_agent: plain, address: ClientAddress::of(request).0.to_string() }
    }
}

/// A session with the tokens for going on with it.
pub struct Live {
    pub user: user::Model,
    pub role: role::Model,
    pub session_id: i64,
    pub refresh_token: RefreshToken,
    /// Until when the refresh token is good.
    pub expires_at: Instant,
}

/// Begins a session of an account, and ends the one that was idle longest when there are too many. Of the password `kept` is the
/// hash from now on.
///
/// # Errors
/// 401 when the account was changed since it was read, so that what was proven no longer lets in.
pub async fn begin(
    state: &AppState,
    trace: &Trace,
    user: user::Model,
    role: role::Model,
    kept: &str,
    holder: Holder,
    attempt: &Attempt,
) -> ApiResult<Live> {
    let limits = &state.session_limits;
    let at = now();
    let ends_at = at.checked_add(limits.life).unwrap_or(at);
    let expires_at = limits.expiry(at, ends_at);
    let refresh_token = RefreshToken::random()?;
    let hash = refresh_token.hash();
    let begun = attempt
        .succeed(async |tx| {
            // First of all, since it locks the row: of two sign-ins at once, one counts the session of the other.
            if !users::queries::note_login(tx, &user, kept).await? {
                return Err(ApiError::new(ProblemCode::InvalidCredentials));
            }
            trace.by(Actor::user(user.id, &user.username));
            let new = NewSession {
                user_id: user.id,
                device: holder.device.clone(),
                user_agent: holder.user_agent.clone(),
                address: holder.address.clone(),
                expires_at,
                ends_at,
                token_hash: &hash,
            };
            let session = queries::begin(tx, new).await?;
            let ended = queries::revoke_beyond(tx, user.id, limits.per_user).await?;
            let facts = json!({"session": session.id, "ended": ended});
            record(tx, trace, trace.event().on("user", user.id).details(&facts)).await?;
            Ok(session.id)
        })
        .await;
    if begun.as_ref().is_err_and(|error| error.code == ProblemCode::InvalidCredentials) {
        attempt.fail(trace).await?;
    }
    let session_id = begun?;
    state.callers.forget(user.id);
    Ok(Live { user, role, session_id, refresh_token, expires_at })
}

/// What became of a refresh token.
enum Rotation {
    /// It was used now, or its use was answered again.
    Done,
    /// It was used before, and its successor too, or too long ago.
    Reused,
    /// Its session ended in this moment.
    Over,
}

/// Exchanges a refresh token for its successor.
///
/// A token is used once. A second use within a minute gets the same answer as long as nobody has used the successor: the first
/// answer was lost, or two windows asked at once. Any other second use is taken for theft, and the session ends.
///
/// # Errors
/// 401 when it is no token of a live session.
pub async fn refresh(state: &AppState, trace: &Trace, text: &str, holder: &Holder) -> ApiResult<Live> {
    let revoked = || ApiError::new(ProblemCode::SessionRevoked);
    let token = RefreshToken::parse(text).ok_or_else(revoked)?;
    let hash = token.hash();
    let session = queries::find_by_token(state.db.reader(), &hash).await?.ok_or_else(revoked)?;
    trace.on("user", session.user_id);
    let at = now();
    if session.revoked_at.is_some() {
        return Err(revoked());
    }
    if session.expires_at <= at {
        return Err(ApiError::new(ProblemCode::SessionExpired));
    }
    let (user, role) = queries::find_account(state.db.reader(), session.id).await?.ok_or_else(revoked)?;
    trace.by(Actor::user(user.id, &user.username));
    let successor = state.successors.of(&token);
    let next = successor.hash();
    let expires_at = state.session_limits.expiry(at, session.ends_at);
    let rotation = state
        .db
        .write(async |tx| {
            let first = queries::use_token(tx, &hash).await?;
            if !first && !queries::is_unused_since(tx, &next, at.saturating_sub(GRACE)).await? {
                if queries::revoke(tx, user.id, session.id).await? {
                    let facts = json!({"session": session.id, "cause": "refresh_token_reused"});
                    record(tx, trace, trace.event().action("revoke_session").details(&facts)).await?;
                }
                return Ok(Rotation::Reused);
            }
            if !queries::extend(tx, session.id, &holder.address, expires_at).await? {
                return Ok(Rotation::Over);
            }
            if first {
                queries::insert_token(tx, &next, session.id, at).await?;
            }
            Ok(Rotation::Done)
        })
        .await?;
    match rotation {
        Rotation::Done => Ok(Live { user, role, session_id: session.id, refresh_token: successor, expires_at }),
        Rotation::Over => Err(revoked()),
        Rotation::Reused => {
            state.callers.forget(user.id);
            Err(revoked())
        }
    }
}

/// Ends the session of a refresh token; says whether there was a live one.
///
/// # Errors
/// When the database fails.
pub async fn end_of_token(state: &AppState, trace: &Trace, text: &str) -> ApiResult<bool> {
    let Some(token) = RefreshToken::parse(text) else { return Ok(false) };
    let db = state.db.reader();
    let Some(session) = queries::find_by_token(db, &token.hash()).await? else { return Ok(false) };
    let Some((user, _)) = queries::find_account(db, session.id).await? else { return Ok(false) };
    if trace.user_id().is_none() {
        trace.by(Actor::user(user.id, &user.username));
    }
    end(state, trace, user.id, session.id).await
}

/// Ends a session; says whether it was live.
///
/// # Errors
/// When the database fails.
pub async fn end(state: &AppState, trace: &Trace, user_id: i64, session_id: i64) -> ApiResult<bool> {
    let ended = state
        .db
        .write(async |tx| {
            let ended = queries::revoke(tx, user_id, session_id).await?;
            if ended {
                let event = trace.event().on("user", user_id).details(&json!({"session": session_id}));
                record(tx, trace, event).await?;
            }
            Ok(ended)
        })
        .await?;
    state.callers.forget(user_id);
    Ok(ended)
}
