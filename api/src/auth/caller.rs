//! The caller of a request: found out once, asynchronously, by [`identify`]; demanded by handlers through [`Auth`], which is
//! ready at once and stands first among their arguments, so that 401 and 403 come before 400 and 422.

use std::collections::HashMap;
use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, web};
use entity::role::RoleName;
use entity::user;

use super::api_key::{ApiKeyCaller, note_use};
use crate::api_keys::secret::PREFIX;
use crate::audit::Actor;
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::state::AppState;
use crate::users::queries;

const X_API_KEY: HeaderName = HeaderName::from_static("x-api-key");
/// How long a server trusts what it has read of an account. A change on the same server empties the entry at once.
const TRUST: Duration = Duration::from_secs(5);
/// Most accounts kept; beyond it the cache starts anew.
const ROOM: usize = 10_000;

/// The person behind a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The user's id.
    pub id: i64,
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
    /// The caller that a user's row stands for.
    pub fn of(user: user::Model, role: RoleName) -> Self {
        let restrictions = [(Restriction::PasswordChange, user.must_change_password)];
        let restrictions = restrictions.into_iter().filter(|(_, applies)| *applies).map(|(restriction, _)| restriction);
        Self {
            id: user.id,
            username: user.username,
            display_name: user.display_name,
            role,
            restrictions: restrictions.collect(),
        }
    }

    /// Why the caller is kept from an operation that may be done despite these restrictions, if so.
    fn refusal(&self, despite: &[Restriction]) -> Option<ProblemCode> {
        self.restrictions
            .iter()
            .find(|restriction| !despite.contains(restriction))
            .map(|restriction| restriction.problem())
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
    Known(Principal),
    /// Two credentials: which one counts would be a guess.
    Ambiguous,
}

/// What a request was sent with.
enum Credentials<'a> {
    None,
    Token(&'a str),
    ApiKey(&'a str),
    Several,
}

impl<'a> Credentials<'a> {
    fn of(request: &'a ServiceRequest) -> Self {
        let mut keys = request.headers().get_all(X_API_KEY);
        match (request.headers().contains_key(header::AUTHORIZATION), keys.next(), keys.next()) {
            (true, Some(_), _) | (_, _, Some(_)) => Self::Several,
            (_, Some(key), None) => Self::ApiKey(key.to_str().unwrap_or_default()),
            (_, None, _) => match bearer(request) {
                Some(key) if key.starts_with(PREFIX) => Self::ApiKey(key),
                Some(token) => Self::Token(token),
                None => Self::None,
            },
        }
    }
}

/// Finds out who is calling. It never refuses: routes decide what they demand.
///
/// # Errors
/// What the routes say; a database that does not answer is a response, 503.
pub async fn identify(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let identity = match request.app_data::<web::Data<AppState>>() {
        Some(state) => identity(state, &request).await,
        None => Ok(Identity::Anonymous),
    };
    match identity {
        Ok(identity) => request.extensions_mut().insert(identity),
        Err(error) => return Ok(request.error_response(error).map_into_right_body()),
    };
    Ok(next.call(request).await?.map_into_left_body())
}

fn person(caller: Arc<Caller>) -> Identity {
    Identity::Known(Principal::Person(caller))
}

async fn identity(state: &web::Data<AppState>, request: &ServiceRequest) -> ApiResult<Identity> {
    Ok(match Credentials::of(request) {
        Credentials::None => Identity::Anonymous,
        Credentials::Several => Identity::Ambiguous,
        Credentials::Token(token) => match state.tokens.verify(token) {
            Some(user_id) => state.callers.get(state, user_id).await?.map_or(Identity::Anonymous, person),
            None => Identity::Anonymous,
        },
        Credentials::ApiKey(text) => match state.api_keys.get(state, text).await? {
            Some(key) => {
                if key.refusal(request.request()).is_none() {
                    note_use(state, &key);
                }
                Identity::Known(Principal::Key(key))
            }
            None => Identity::Anonymous,
        },
    })
}

/// Who is calling, once that was found out.
pub fn known_principal(request: &HttpRequest) -> Option<Principal> {
    match request.extensions().get::<Identity>() {
        Some(Identity::Known(principal)) => Some(principal.clone()),
        _ => None,
    }
}

/// The token of `Authorization: Bearer` (RFC 6750 section 2.1).
fn bearer(request: &ServiceRequest) -> Option<&str> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The accounts that were seen in the last seconds, so that not every request asks the database who is calling.
#[derive(Default)]
pub struct CallerCache(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    callers: HashMap<i64, (Instant, Arc<Caller>)>,
    /// How often something was forgotten: what was read before that may be out of date.
    forgotten: u64,
}

impl CallerCache {
    async fn get(&self, state: &AppState, user_id: i64) -> ApiResult<Option<Arc<Caller>>> {
        if let Some(caller) = self.fresh(user_id) {
            return Ok(Some(caller));
        }
        let (asked, forgotten) = (Instant::now(), self.seen().forgotten);
        let account = queries::find_active_by_id(state.db.reader(), user_id).await?;
        let caller = account.map(|(user, role)| Arc::new(Caller::of(user, role)));
        let mut seen = self.seen();
        if let Some(caller) = caller.as_ref().filter(|_| seen.forgotten == forgotten) {
            if seen.callers.len() >= ROOM {
                seen.callers.clear();
            }
            seen.callers.insert(user_id, (asked, Arc::clone(caller)));
        }
        drop(seen);
        Ok(caller)
    }

    fn fresh(&self, user_id: i64) -> Option<Arc<Caller>> {
        let seen = self.seen();
        let (asked, caller) = seen.callers.get(&user_id)?;
        (asked.elapsed() < TRUST).then(|| Arc::clone(caller))
    }

    /// Forgets an account that was changed here.
    pub fn forget(&self, user_id: i64) {
        let mut seen = self.seen();
        seen.callers.remove(&user_id);
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
    /// Who it is for: people alone, or API keys too.
    type Caller: Admitted;
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
    type Caller = Principal;
}
impl Level for Modification {
    const LEAST: RoleName = RoleName::Modification;
    type Caller = Principal;
}
impl Level for Admin {
    const LEAST: RoleName = RoleName::Admin;
    type Caller = Arc<Caller>;
}
impl Level for SignedIn {
    const LEAST: RoleName = RoleName::Lecture;
    type Caller = Arc<Caller>;
    const DESPITE: &[Restriction] = &[Restriction::PasswordChange];
}

/// Who may do what a level is for.
pub trait Admitted: Sized {
    /// Lets in who calls, whatever the role.
    ///
    /// # Errors
    /// 401 for nobody, 403 for what the credentials are not for.
    fn admit(principal: Principal, request: &HttpRequest, despite: &[Restriction]) -> ApiResult<Self>;

    /// The role that counts now.
    fn role(&self) -> RoleName;
}

/// A person or a script.
#[derive(Clone, Debug)]
pub enum Principal {
    /// Someone who signed in.
    Person(Arc<Caller>),
    /// A script with an API key.
    Key(Arc<ApiKeyCaller>),
}

impl Principal {
    /// As the audit trail names them.
    pub fn actor(&self) -> Actor {
        match self {
            Self::Person(caller) => Actor::user(caller.id, &caller.username),
            Self::Key(key) => Actor::api_key(key.id, &key.name),
        }
    }
}

impl Admitted for Principal {
    fn admit(principal: Principal, request: &HttpRequest, despite: &[Restriction]) -> ApiResult<Self> {
        let refusal = match &principal {
            Self::Person(caller) => caller.refusal(despite),
            Self::Key(key) => key.refusal(request),
        };
        refusal.map_or(Ok(principal), |code| Err(ApiError::new(code)))
    }

    fn role(&self) -> RoleName {
        match self {
            Self::Person(caller) => caller.role,
            Self::Key(key) => key.role,
        }
    }
}

impl Admitted for Arc<Caller> {
    fn admit(principal: Principal, _: &HttpRequest, despite: &[Restriction]) -> ApiResult<Self> {
        match principal {
            Principal::Person(caller) => caller.refusal(despite).map_or(Ok(caller), |code| Err(ApiError::new(code))),
            Principal::Key(_) => Err(ApiError::new(ProblemCode::NotForApiKeys)),
        }
    }

    fn role(&self) -> RoleName {
        self.role
    }
}

/// A caller of the level `L` or above. Always the first argument of a handler.
///
/// # Errors
/// 400 with two credentials, 401 without a good one, 403 below the level, under a restriction or outside what a key is for.
pub struct Auth<L: Level>(L::Caller);

impl<L: Level> Deref for Auth<L> {
    type Target = L::Caller;

    fn deref(&self) -> &L::Caller {
        &self.0
    }
}

impl<L: Level> Auth<L> {
    /// Demands a higher role for a part of what the operation does.
    ///
    /// # Errors
    /// 403 below it.
    pub fn at_least(&self, role: RoleName) -> ApiResult<()> {
        if self.0.role() < role { Err(forbidden(role)) } else { Ok(()) }
    }
}

impl<L: Level> FromRequest for Auth<L> {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let principal = match request.extensions().get::<Identity>() {
            Some(Identity::Known(principal)) => Ok(principal.clone()),
            Some(Identity::Ambiguous) => Err(ApiError::new(ProblemCode::TwoCredentials)),
            Some(Identity::Anonymous) | None => Err(ApiError::new(ProblemCode::Unauthenticated)),
        };
        ready(principal.and_then(|principal| {
            let auth = Self(L::Caller::admit(principal, request, L::DESPITE)?);
            auth.at_least(L::LEAST)?;
            Ok(auth)
        }))
    }
}

fn forbidden(role: RoleName) -> ApiError {
    ApiError::new(ProblemCode::Forbidden).with("required_role", role.as_str())
}
