//! What an operation demands of its caller. [`Auth`] is ready at once and stands first among a handler's arguments, so that 401
//! and 403 come before 400 and 422.

use std::future::{Ready, ready};
use std::ops::Deref;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use entity::role::RoleName;

use super::caller::{Caller, Principal, Restriction, demanded_principal};
use crate::error::{ApiError, ApiResult, ProblemCode};

/// What an operation demands of its caller.
pub trait Level {
    /// The least role.
    const LEAST: RoleName;
    /// Under which restrictions it may be done all the same.
    const DESPITE: &[Restriction] = &[];
    /// Who it is for: people alone, or API keys too.
    type Caller: Admitted;
}

/// Reading.
pub struct Lecture;
/// Writing.
pub struct Modification;
/// Administering: for people alone.
pub struct Admin;
/// One's own affairs: any role, for people alone.
pub struct Personal;
/// Setting up a second factor: any role, also one that needs it, for people alone.
pub struct Enrolling;
/// One's own account: any role, under any restriction, for people alone.
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
impl Level for Personal {
    const LEAST: RoleName = RoleName::Lecture;
    type Caller = Arc<Caller>;
}
impl Level for Enrolling {
    const LEAST: RoleName = RoleName::Lecture;
    const DESPITE: &[Restriction] = &[Restriction::SecondFactorEnrolment];
    type Caller = Arc<Caller>;
}
impl Level for SignedIn {
    const LEAST: RoleName = RoleName::Lecture;
    const DESPITE: &[Restriction] = &[Restriction::PasswordChange, Restriction::SecondFactorEnrolment];
    type Caller = Arc<Caller>;
}

/// Who an operation can be for.
pub trait Admitted: Sized {
    /// Lets in who calls, whatever the role.
    ///
    /// # Errors
    /// 403 under a restriction, or for what an API key is not for.
    fn admit(principal: Principal, request: &HttpRequest, despite: &[Restriction]) -> ApiResult<Self>;

    /// The role that counts now.
    fn role(&self) -> RoleName;
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
            Principal::Person(caller) => match caller.refusal(despite) {
                Some(code) => Err(ApiError::new(code)),
                None => Ok(caller),
            },
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
        ready(demanded_principal(request).and_then(|principal| {
            let auth = Self(L::Caller::admit(principal, request, L::DESPITE)?);
            auth.at_least(L::LEAST)?;
            Ok(auth)
        }))
    }
}

fn forbidden(role: RoleName) -> ApiError {
    ApiError::new(ProblemCode::Forbidden).with("required_role", role.as_str())
}
