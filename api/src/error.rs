//! The one error type of the API and the problem document it becomes.
//! Source: RFC 9457 (Problem Details for HTTP APIs).

use std::borrow::Cow;
use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use sea_orm::DbErr;
use serde_json::Value;

use crate::values::FaultCode;

mod code;
mod database;

use database::{is_connection_loss, is_row_fault};

pub use code::{ProblemCode, ProblemText};
pub use database::{again_when_taken, is_final, is_foreign_key_violation, is_lock_conflict, is_unique_violation};

/// What handlers return.
pub type ApiResult<T> = Result<T, ApiError>;

/// Where a fault is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A JSON Pointer (RFC 6901) into the body.
    Pointer(String),
    /// A query parameter.
    Parameter(String),
}

/// One fault of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub code: FaultCode,
    /// For an unknown name: the known one that is nearest to it.
    pub suggestion: Option<String>,
}

impl Fault {
    /// A fault of the member `name` of the body.
    pub fn member(name: &str, code: FaultCode) -> Self {
        Self { place: Place::Pointer(pointer(name)), code, suggestion: None }
    }

    /// A fault of the body, or of a line of it, as a whole.
    pub fn whole(code: FaultCode) -> Self {
        Self { place: Place::Pointer(String::new()), code, suggestion: None }
    }

    /// This fault of an object, which is the member `name` of another one.
    #[must_use]
    pub fn below(self, name: &str) -> Self {
        match self.place {
            Place::Pointer(inner) => Self { place: Place::Pointer(pointer(name) + &inner), ..self },
            Place::Parameter(_) => self,
        }
    }

    /// This fault of a member of the member `name`, as one of the object's own: the other way round than [`Self::below`].
    #[must_use]
    pub fn raised_from(self, name: &str) -> Self {
        match self.place {
            Place::Pointer(at) => {
                let inner = at.strip_prefix(&pointer(name)).filter(|inner| inner.starts_with('/'));
                Self { place: Place::Pointer(inner.map_or_else(|| at.clone(), str::to_owned)), ..self }
            }
            Place::Parameter(_) => self,
        }
    }

    /// Whether it is one of the object's member `name`.
    pub fn is_of(&self, name: &str) -> bool {
        matches!(&self.place, Place::Pointer(at) if *at == pointer(name))
    }

    /// A fault of the query parameter `name`.
    pub fn parameter(name: &str, code: FaultCode) -> Self {
        Self { place: Place::Parameter(name.to_owned()), code, suggestion: None }
    }

    /// Adds the known name that is nearest.
    #[must_use]
    pub fn meant(mut self, suggestion: Option<&str>) -> Self {
        self.suggestion = suggestion.map(str::to_owned);
        self
    }
}

/// The JSON Pointer to a member of the body (RFC 6901 section 3).
pub fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Anything that ends a request without success.
#[derive(Debug)]
pub struct ApiError {
    /// The kind of problem.
    pub code: ProblemCode,
    /// The faults of the request, all of them.
    pub faults: Vec<Fault>,
    /// Further members of the problem document.
    pub members: BTreeMap<&'static str, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// What happened inside, for the log alone.
    source: Option<Cow<'static, str>>,
    retryable: bool,
    row_fault: bool,
}

impl ApiError {
    /// A problem of this kind.
    pub fn new(code: ProblemCode) -> Self {
        let error = Self {
            code,
            faults: Vec::new(),
            members: BTreeMap::new(),
            headers: Vec::new(),
            source: None,
            retryable: false,
            row_fault: false,
        };
        match code.text().status {
            401 => error.header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
            503 => error.header(header::RETRY_AFTER, HeaderValue::from_static("1")),
            _ => error,
        }
    }

    /// The faults of a request that is well-formed and not valid.
    pub fn invalid(faults: Vec<Fault>) -> Self {
        Self::new(ProblemCode::Invalid).with_faults(faults)
    }

    /// A failure inside the server: the text goes to the log, never to the client.
    pub fn internal(source: impl Into<Cow<'static, str>>) -> Self {
        Self { source: Some(source.into()), ..Self::new(ProblemCode::InternalError) }
    }

    /// Names the faults of the request.
    #[must_use]
    pub fn with_faults(self, faults: Vec<Fault>) -> Self {
        Self { faults, ..self }
    }

    /// Adds a member to the problem document.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.members.insert(name, value.into());
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Whether the whole transaction may be tried again: a deadlock, or a lock that was not granted in time.
    pub fn is_retryable(&self) -> bool {
        self.retryable
    }

    /// This error, met by another try of the whole transaction.
    #[must_use]
    pub fn tried_again(self) -> Self {
        Self { retryable: true, ..self }
    }

    /// Whether the database refused a row for what it holds, so that other rows may still be taken.
    pub fn is_row_fault(&self) -> bool {
        self.row_fault
    }

    /// What happened inside the server, for the log.
    pub fn source_text(&self) -> Option<&str> {
        self.source.as_deref()
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.source.as_deref().unwrap_or(self.code.text().name))
    }
}

impl std::error::Error for ApiError {}

/// The error travels to the outermost middleware inside the response; there it becomes the problem document, in the
/// caller's language and with the request's id.
impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        for (name, value) in &self.headers {
            response.headers_mut().insert(name.clone(), value.clone());
        }
        response.extensions_mut().insert(self.clone_for_answer());
        response
    }
}

impl ApiError {
    fn clone_for_answer(&self) -> Self {
        Self {
            code: self.code,
            faults: self.faults.clone(),
            members: self.members.clone(),
            headers: Vec::new(),
            source: self.source.clone(),
            retryable: self.retryable,
            row_fault: self.row_fault,
        }
    }
}

/// The system gave no random numbers.
impl From<getrandom::Error> for ApiError {
    fn from(error: getrandom::Error) -> Self {
        Self::internal(error.to_string())
    }
}

/// A database's failure. Only what a client can act on is told apart; the text stays in the log.
impl From<DbErr> for ApiError {
    fn from(error: DbErr) -> Self {
        Self::from(&error)
    }
}

impl From<&DbErr> for ApiError {
    fn from(error: &DbErr) -> Self {
        let code = match error {
            DbErr::ConnectionAcquire(_) => ProblemCode::Overloaded,
            DbErr::Conn(_) => ProblemCode::Unavailable,
            _ if is_lock_conflict(error) => ProblemCode::Overloaded,
            _ if is_connection_loss(error) => ProblemCode::Unavailable,
            _ => ProblemCode::InternalError,
        };
        Self {
            source: Some(error.to_string().into()),
            retryable: is_lock_conflict(error),
            row_fault: is_row_fault(error),
            ..Self::new(code)
        }
    }
}
