//! The caller of a request: found out once, asynchronously, by [`identify`]; demanded by handlers through [`Auth`], which is
//! ready at once and stands first among their arguments, so that 401 and 403 come before 400 and 422.

use std::collections::HashMap;
use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, web};
use entity::role::RoleName;
use entity::user;

use super::token::Bearer;
use crate::audit::Actor;
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::sessions::queries;
use crate::state::AppState;

/// How long a server trusts what it has read of a session and its account. A change on the same server is seen at once.
const TRUST: Duration = Duration::from_secs(5);
/// Most sessions kept; beyond it the cache starts anew.
const ROOM: usize = 10_000;

/// The person behind a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The user's id.
    pub id: i64,
    /// The session that the request belongs to.
    pub session_id: i64,
    /// The name signed in with.
    pub username: String,
    /// The name shown.
    pub display_name: String,
    /// The role that the user's row says now, whatever the token says.
    pub role: RoleName,
    /// What must be seen to before anything else, the most urgent first.
    pub restrictions: Vec<Restriction>,
}

impl Caller {
    /// The caller that a user's row stands for, in a session.
    pub fn of(user: user::Model, role: RoleName, session_id: i64) -> Self {
        let restrictions = [(Restriction::PasswordChange, user.must_change_password)];
        let restrictions = restrictions.into_iter().filter(|(_, applies)| *applies).map(|(restriction, _)| restriction);
        Self {
            id: user.id,
            session_id,
            username: user.username,
            display_name: user.display_name,
            role,
            restrictions: restrictions.collect(),
        }
    }

    /// The caller as the audit trail names them.
    pub fn actor(&self) -> Actor {
        Actor::user(self.id, &self.username)
    }

    /// Whether the restriction stands.
    pub fn is_under(&self, restriction: Restriction) -> bool {
        self.restrictions.contains(&restriction)
    }
}

/// What keeps a caller from everything but the operations that see to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restriction {
    /// The password was chosen by someone else.
    PasswordChange,
}

impl Restriction {
    /// How other operations are refused meanwhile.
    fn problem(self) -> ProblemCode {
        match self {
            Self::PasswordChange => ProblemCode::PasswordChangeRequired,
        }
    }
}

/// What [`identify`] found.
#[derive(Clone, Debug)]
enum Identity {
    Anonymous,
    Known(Arc<Caller>),
}

/// Finds out who is calling. It never refuses: routes decide what they demand.
///
/// # Errors
/// What the routes say; a database that does not answer is a response, 503.
pub async fn identify(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let identity = match (bearer(&request), request.app_data::<web::Data<AppState>>()) {
        (Some(token), Some(state)) => match state.tokens.verify(token) {
            Some(bearer) => match state.callers.get(state, bearer).await {
                Ok(caller) => caller.map_or(Identity::Anonymous, Identity::Known),
                Err(error) => return Ok(request.error_response(error).map_into_right_body()),
            },
            None => Identity::Anonymous,
        },
        _ => Identity::Anonymous,
    };
    request.extensions_mut().insert(identity);
    Ok(next.call(request).await?.map_into_left_body())
}

/// Who is calling, once that was found out.
pub fn known_caller(request: &HttpRequest) -> Option<Arc<Caller>> {
    match request.extensions().get::<Identity>() {
        Some(Identity::Known(caller)) => Some(Arc::clone(caller)),
        _ => None,
    }
}

/// The token of `Authorization: Bearer` (RFC 6750 section 2.1).
fn bearer(request: &ServiceRequest) -> Option<&str> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The sessions that were seen in the last seconds, so that not every request asks the database who is calling.
#[derive(Default)]
pub struct CallerCache(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    callers: HashMap<Bearer, (Instant, Arc<Caller>)>,
    /// How often something was forgotten: what was read before that may be out of date.
    forgotten: u64,
}

impl CallerCache {
    async fn get(&self, state: &AppState, bearer: Bearer) -> ApiResult<Option<Arc<Caller>>> {
        if let Some(caller) = self.fresh(bearer) {
            return Ok(Some(caller));
        }
        let (asked, forgotten) = (Instant::now(), self.seen().forgotten);
        let account = queries::find_account(state.db.reader(), bearer.session_id).await?;
        let own = account.filter(|(user, _)| user.id == bearer.user_id);
        let caller = own.map(|(user, role)| Arc::new(Caller::of(user, role, bearer.session_id)));
        let mut seen = self.seen();
        if let Some(caller) = caller.as_ref().filter(|_| seen.forgotten == forgotten) {
            if seen.callers.len() >= ROOM {
                seen.callers.clear();
            }
            seen.callers.insert(bearer, (asked, Arc::clone(caller)));
        }
        drop(seen);
        Ok(caller)
    }

    fn fresh(&self, bearer: Bearer) -> Option<Arc<Caller>> {
        let seen = self.seen();
        let (asked, caller) = seen.callers.get(&bearer)?;
        (asked.elapsed() < TRUST).then(|| Arc::clone(caller))
    }

    /// Forgets an account that was changed here, or one of its sessions.
    pub fn forget(&self, user_id: i64) {
        let mut seen = self.seen();
        seen.callers.retain(|bearer, _| bearer.user_id != user_id);
        seen.forgotten += 1;
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What an operation demands of its caller.
pub trait Level {
    /// The least role.
    const LEAST: RoleName;
    /// Under which restrictions it may be done all the same.
    const DESPITE: &[Restriction] = &[];
}

/// Reading.
pub struct Lecture;
/// Writing.
pub struct Modification;
/// Administering.
pub struct Admin;
/// One's own account: any role, under any restriction.
pub struct SignedIn;

impl Level for Lecture {
    const LEAST: RoleName = RoleName::Lecture;
}
impl Level for Modification {
    const LEAST: RoleName = RoleName::Modification;
}
impl Level for Admin {
    const LEAST: RoleName = RoleName::Admin;
}
impl Level for SignedIn {
    const LEAST: RoleName = RoleName::Lecture;
    const DESPITE: &[Restriction] = &[Restriction::PasswordChange];
}

/// A caller of the level `L` or above. Always the first argument of a handler.
///
/// # Errors
/// 401 without a good token, 403 below the level or under a restriction.
pub struct Auth<L>(Arc<Caller>, PhantomData<L>);

impl<L> Deref for Auth<L> {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl<L> Auth<L> {
    /// Demands a higher role for a part of what the operation does.
    ///
    /// # Errors
    /// 403 below it.
    pub fn at_least(&self, role: RoleName) -> ApiResult<()> {
        if self.role < role { Err(forbidden(role)) } else { Ok(()) }
    }
}

impl<L: Level> FromRequest for Auth<L> {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(caller) = known_caller(request) else {
            return ready(Err(ApiError::new(ProblemCode::Unauthenticated)));
        };
        let restriction = caller.restrictions.iter().find(|restriction| !L::DESPITE.contains(restriction));
        ready(if let Some(restriction) = restriction {
            Err(ApiError::new(restriction.problem()))
        } else if caller.role < L::LEAST {
            Err(forbidden(L::LEAST))
        } else {
            Ok(Self(caller, PhantomData))
        })
    }
}

fn forbidden(role: RoleName) -> ApiError {
    ApiError::new(ProblemCode::Forbidden).with("required_role", role.as_str())
}
