//! Conditional requests (RFC 9110 section 13) on versioned rows.
//!
//! An entity tag is `"<version>"` or `"<version>.<rest>"`. The version counts the changes of the row itself; the rest, where a
//! representation shows something of other rows too, counts theirs. Reads compare whole tags, so that a cached answer is never
//! shown for a changed representation. Writes compare the version alone, so that nobody's edit of a patient fails because a
//! study was added meanwhile.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse};

use crate::error::{ApiError, ApiResult, ProblemCode};

/// The entity tag of a version, with the part that tells of other rows.
pub fn etag(version: i64, rest: Option<i64>) -> HeaderValue {
    let tag = rest.map_or_else(|| format!("\"{version}\""), |rest| format!("\"{version}.{rest}\""));
    HeaderValue::try_from(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

/// The answer 304 when `If-None-Match` names this tag (weak comparison, RFC 9110 section 13.1.2).
pub fn not_modified(request: &HttpRequest, etag: &HeaderValue) -> Option<HttpResponse> {
    let given = listed(request, &header::IF_NONE_MATCH)?;
    let tag = etag.to_str().ok()?;
    let matches = given.trim() == "*" || tags(&given).is_some_and(|tags| tags.contains(&tag.trim_matches('"')));
    matches.then(|| HttpResponse::NotModified().insert_header((header::ETAG, etag.clone())).finish())
}

/// The value of a header that is a list: all its lines together (RFC 9110 section 5.3). Bytes that are no text become a text
/// that no tag has.
fn listed(request: &HttpRequest, name: &HeaderName) -> Option<String> {
    let lines: Vec<&str> = request.headers().get_all(name).map(|line| line.to_str().unwrap_or("?")).collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

/// What `If-Match` demands of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// `*`: overwrite whatever version there is.
    Any,
    /// The row must still have one of these versions.
    Versions(Vec<i64>),
}

impl Precondition {
    /// Checks the row's version.
    ///
    /// # Errors
    /// 412 with the current version when the caller has seen another one.
    pub fn check(&self, current: i64) -> ApiResult<()> {
        match self {
            Self::Any => Ok(()),
            Self::Versions(versions) if versions.contains(&current) => Ok(()),
            Self::Versions(_) => Err(stale(current)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if text.trim() == "*" {
            return Some(Self::Any);
        }
        Some(Self::Versions(tags(text)?.into_iter().map(version).collect()))
    }
}

/// The problem of a caller who has seen another version than the current one.
pub fn stale(current: i64) -> ApiError {
    ApiError::new(ProblemCode::StaleVersion).with("current_version", current).header(header::ETAG, etag(current, None))
}

/// The version in a tag. A tag that this server never made matches nothing; version 0 does not exist.
fn version(tag: &str) -> i64 {
    tag.split('.').next().and_then(|version| version.parse().ok()).unwrap_or(0)
}

/// The tags of a list, without their quotes (RFC 9110 section 8.8.3; a tag may hold a comma). Weak ones count too: a proxy
/// that compresses an answer makes its tag weak.
fn tags(text: &str) -> Option<Vec<&str>> {
    let mut tags = Vec::new();
    let mut rest = text.trim();
    loop {
        let (tag, behind) = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"')?.split_once('"')?;
        if !tag.bytes().all(|b| b.is_ascii_graphic()) {
            return None;
        }
        tags.push(tag);
        rest = behind.trim_start();
        if rest.is_empty() {
            return Some(tags);
        }
        rest = rest.strip_prefix(',')?.trim_start();
    }
}

impl FromRequest for Precondition {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(match listed(request, &header::IF_MATCH) {
            None => Err(ApiError::new(ProblemCode::IfMatchRequired)),
            Some(text) => Self::parse(&text).ok_or_else(|| ApiError::new(ProblemCode::MalformedRequest)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_carry_the_version() {
        assert_eq!(etag(3, None), "\"3\"");
        assert_eq!(etag(3, Some(7)), "\"3.7\"");
        assert_eq!(Precondition::parse("*"), Some(Precondition::Any));
        assert_eq!(Precondition::parse("\"3.7\", \"4\""), Some(Precondition::Versions(vec![3, 4])));
        assert_eq!(Precondition::parse("\"abc\""), Some(Precondition::Versions(vec![0])));
        assert_eq!(Precondition::parse("W/\"5\",\"a,b\""), Some(Precondition::Versions(vec![5, 0])));
        for bad in ["3", "\"3", "\"3\",", "\"3\" \"4\"", "\"3\t\"", ""] {
            assert_eq!(Precondition::parse(bad), None, "{bad}");
        }
    }
}
