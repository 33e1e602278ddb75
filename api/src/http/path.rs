//! The id in a path.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::error::{ApiError, ApiResult, ProblemCode};

/// The `{id}` of a path: a positive 64-bit integer, written in one way alone, so that a row has one address.
#[derive(Clone, Copy, Debug)]
pub struct Id(pub i64);

impl FromRequest for Id {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(path_id(request, "id").map(Self))
    }
}

/// The id that stands in a path in the place of `{name}`.
///
/// # Errors
/// 400 when it is none.
pub fn path_id(request: &HttpRequest, name: &str) -> ApiResult<i64> {
    let id = request.match_info().get(name).and_then(plain_number).filter(|id| *id > 0);
    id.ok_or_else(|| ApiError::new(ProblemCode::MalformedRequest))
}

/// The number that a text of digits stands for: no sign, no leading zero.
pub(super) fn plain_number<N: std::str::FromStr + ToString>(text: &str) -> Option<N> {
    text.parse().ok().filter(|number: &N| number.to_string() == text)
}
