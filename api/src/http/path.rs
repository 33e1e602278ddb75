//! Paths of requests, and the ids in them.

use std::borrow::Cow;
use std::future::{Ready, ready};

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::uri::PathAndQuery;
use actix_web::http::{Uri, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse};

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

/// Gives a request the path that its routes see. `/api/p%61tients` is the same as `/api/patients` (RFC 3986 section 6.2.2.2), and routes
/// take it for that; whatever looks at the path beside them, to leave a trace or to set a limit, must not see another one. False when
/// there is no such path.
pub fn normalize(request: &mut ServiceRequest) -> bool {
    let path = encoded(request.match_info().as_str());
    if path == request.uri().path() {
        return true;
    }
    let whole = match request.uri().query() {
        Some(query) => format!("{path}?{query}"),
        None => path.into_owned(),
    };
    let Ok(path) = whole.parse::<PathAndQuery>() else { return false };
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = Some(path);
    let Ok(uri) = Uri::from_parts(parts) else { return false };
    request.match_info_mut().get_mut().update(&uri);
    request.head_mut().uri = uri;
    true
}

/// A path as routes see it, with nothing encoded but what must be (RFC 3986 section 3.3). Routes leave `%2F`, `%2B` and `%25` as they
/// are. Every other `%` is encoded itself: decoded once more, it and what follows it would be another path.
fn encoded(path: &str) -> Cow<'_, str> {
    let bytes = path.as_bytes();
    let is_plain = |at: usize| match bytes[at] {
        b'%' => [b"25", b"2F", b"2B"]
            .iter()
            .any(|code| bytes.get(at + 1..at + 3).is_some_and(|next| next.eq_ignore_ascii_case(*code))),
        byte => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte),
    };
    if (0..bytes.len()).all(is_plain) {
        return Cow::Borrowed(path);
    }
    let written = |at| if is_plain(at) { char::from(bytes[at]).to_string() } else { format!("%{:02X}", bytes[at]) };
    Cow::Owned((0..bytes.len()).map(written).collect())
}

/// Whether a path has the form of a template, `{…}` standing for one segment.
pub fn is_path_of(template: &str, path: &str) -> bool {
    let (mut expected, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), given.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one == other || one.starts_with('{') && !other.is_empty() => {}
            _ => return false,
        }
    }
}

/// Sends who asks for a folder without its last slash there.
pub fn to_folder(path: &str) -> HttpResponse {
    HttpResponse::PermanentRedirect().insert_header((header::LOCATION, format!("{path}/"))).finish()
}
