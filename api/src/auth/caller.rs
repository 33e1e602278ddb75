//! The caller of a request: found out once, asynchronously, by [`identify`]; demanded by handlers through
//! [`Auth`](super::Auth).

use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};
use entity::role::{self, RoleName};
use entity::user;

use super::api_key::{ApiKeyCaller, note_use};
use super::recent_callers;
use super::token::Bearer;
use crate::api_keys::secret::PREFIX;
use crate::audit::Actor;
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::recent::Recent;
use crate::sessions::queries;
use crate::state::AppState;

const X_API_KEY: HeaderName = HeaderName::from_static("x-api-key");

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
    /// Whether a second factor is asked for at sign-in.
    pub second_factor: bool,
    /// Whether the role needs one.
    pub second_factor_required: bool,
    /// What must be seen to before anything else, the most urgent first.
    pub restrictions: Vec<Restriction>,
}

impl Caller {
    /// The caller that a user's row stands for, in a session.
    pub fn of(user: user::Model, role: &role::Model, session_id: i64) -> Self {
        let restrictions = [
            (Restriction::PasswordChange, user.must_change_password),
            (Restriction::SecondFactorEnrolment, role.second_factor_required && !user.second_factor),
        ];
        let restrictions = restrictions.into_iter().filter(|(_, applies)| *applies).map(|(restriction, _)| restriction);
        Self {
            id: user.id,
            session_id,
            username: user.username,
            display_name: user.display_name,
            role: role.name,
            second_factor: user.second_factor,
            second_factor_required: role.second_factor_required,
            restrictions: restrictions.collect(),
        }
    }

    /// Why the caller is kept from an operation that may be done despite these restrictions, if so.
    pub(super) fn refusal(&self, despite: &[Restriction]) -> Option<ProblemCode> {
        let restriction = self.restrictions.iter().find(|restriction| !despite.contains(restriction));
        restriction.map(|restriction| restriction.problem())
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
    /// The role needs a second factor, and there is none.
    SecondFactorEnrolment,
}

impl Restriction {
    /// How other operations are refused meanwhile.
    fn problem(self) -> ProblemCode {
        match self {
            Self::PasswordChange => ProblemCode::PasswordChangeRequired,
            Self::SecondFactorEnrolment => ProblemCode::SecondFactorEnrolmentRequired,
        }
    }
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

/// What [`identify`] found.
#[derive(Clone, Debug)]
enum Identity {
    Anonymous,
    Known(Principal),
    /// Two credentials: which one counts would be a guess.
    Ambiguous,
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

async fn identity(state: &web::Data<AppState>, request: &ServiceRequest) -> ApiResult<Identity> {
    let principal = match Credentials::of(request) {
        Credentials::None => None,
        Credentials::Several => return Ok(Identity::Ambiguous),
        Credentials::Token(token) => match state.tokens.verify(token) {
            Some(bearer) => state.callers.get(state, bearer).await?.map(Principal::Person),
            None => None,
        },
        Credentials::ApiKey(text) => {
            let key = state.api_keys.get(state, text).await?;
            if let Some(key) = key.as_ref().filter(|key| key.refusal(request.request()).is_none()) {
                note_use(state, key);
            }
            key.map(Principal::Key)
        }
    };
    Ok(principal.map_or(Identity::Anonymous, Identity::Known))
}

/// Who is calling, once that was found out.
pub fn known_principal(request: &HttpRequest) -> Option<Principal> {
    match request.extensions().get::<Identity>() {
        Some(Identity::Known(principal)) => Some(principal.clone()),
        _ => None,
    }
}

/// Who is calling, for an operation that is not for everybody.
///
/// # Errors
/// 400 with two credentials, 401 without a good one.
pub(super) fn demanded_principal(request: &HttpRequest) -> ApiResult<Principal> {
    match request.extensions().get::<Identity>() {
        Some(Identity::Known(principal)) => Ok(principal.clone()),
        Some(Identity::Ambiguous) => Err(ApiError::new(ProblemCode::TwoCredentials)),
        Some(Identity::Anonymous) | None => Err(ApiError::new(ProblemCode::Unauthenticated)),
    }
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
        let lines = |name| request.headers().get_all(name).count();
        if lines(header::AUTHORIZATION) + lines(X_API_KEY) > 1 {
            return Self::Several;
        }
        if let Some(key) = request.headers().get(X_API_KEY) {
            return Self::ApiKey(key.to_str().unwrap_or_default());
        }
        match bearer(request) {
            Some(key) if key.starts_with(PREFIX) => Self::ApiKey(key),
            Some(token) => Self::Token(token),
            None => Self::None,
        }
    }
}

/// The token of `Authorization: Bearer` (RFC 6750 section 2.1).
fn bearer(request: &ServiceRequest) -> Option<&str> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The sessions that were seen in the last seconds.
pub struct CallerCache(Recent<Bearer, Arc<Caller>>);

impl Default for CallerCache {
    fn default() -> Self {
        Self(recent_callers())
    }
}

impl CallerCache {
    async fn get(&self, state: &AppState, bearer: Bearer) -> ApiResult<Option<Arc<Caller>>> {
        let read = async {
            let account = queries::find_account(state.db.reader(), bearer.session_id).await?;
            let own = account.filter(|(user, _)| user.id == bearer.user_id);
            ApiResult::Ok(own.map(|(user, role)| Arc::new(Caller::of(user, &role, bearer.session_id))))
        };
        self.0.get(bearer, read).await
    }

    /// Forgets everyone: something was changed that concerns many.
    pub fn forget_all(&self) {
        self.0.forget(|_, _| true);
    }

    /// Forgets an account that was changed here, or one of its sessions.
    pub fn forget(&self, user_id: i64) {
        self.0.forget(|bearer, _| bearer.user_id == user_id);
    }
}
