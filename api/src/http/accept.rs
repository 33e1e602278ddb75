//! Content negotiation (RFC 9110 section 12.5.1).

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap};
use actix_web::middleware::Next;

use crate::error::{ApiError, ProblemCode};

/// At these paths, and below those that end in a slash, an operation has several representations and chooses among them itself,
/// by [`preferred`].
const NEGOTIATING: [&str; 2] = ["/api/export/", "/api/audit-events"];
/// What every other operation of the API answers.
const JSON: [&str; 2] = ["application/json", "application/problem+json"];

/// Refuses a request to `/api` whose `Accept` excludes JSON, where JSON is all there is.
///
/// # Errors
/// What the routes say; 406 is a response.
pub async fn acceptable(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let path = request.path();
    let json_alone = path.starts_with("/api/")
        && !NEGOTIATING.iter().any(|one| path == *one || one.ends_with('/') && path.starts_with(one));
    if json_alone && preferred(request.headers(), &JSON).is_none() {
        return Ok(request.error_response(ApiError::new(ProblemCode::NotAcceptable)).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// The media type that `Accept` weighs most among those offered, the first of equals; nothing when it excludes them all.
pub fn preferred<'a>(headers: &HeaderMap, offered: &[&'a str]) -> Option<&'a str> {
    let lines = headers.get_all(header::ACCEPT).filter_map(|value| value.to_str().ok()).collect::<Vec<_>>();
    chosen(&lines.join(","), offered)
}

fn chosen<'a>(accepted: &str, offered: &[&'a str]) -> Option<&'a str> {
    if accepted.trim().is_empty() {
        return offered.first().copied();
    }
    let ranges: Vec<(String, f32)> = accepted.split(',').map(weighed).collect();
    let mut best = (None, 0.0);
    for kind in offered {
        let quality = quality(kind, &ranges);
        if quality > best.1 {
            best = (Some(*kind), quality);
        }
    }
    best.0
}

/// A range of a list of preferences, and its weight (RFC 9110 section 12.4.2).
pub(super) fn weighed(range: &str) -> (String, f32) {
    let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
    let kind = parts.next().unwrap_or_default();
    let quality = parts.find_map(|part| part.strip_prefix("q=").map(|q| q.parse().unwrap_or(0.0)));
    (kind, quality.unwrap_or(1.0))
}

/// The weight of a media type: that of the most specific range it is in.
fn quality(kind: &str, ranges: &[(String, f32)]) -> f32 {
    let group = format!("{}/*", kind.split('/').next().unwrap_or_default());
    let of = |name: &str| ranges.iter().find(|(range, _)| range == name).map(|(_, quality)| *quality);
    of(kind).or_else(|| of(&group)).or_else(|| of("*/*")).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_allowed_unless_it_is_excluded() {
        for yes in ["", "*/*", "application/json", "text/html, */*;q=0.1", "Application/JSON; charset=utf-8"] {
            assert!(chosen(yes, &JSON).is_some(), "{yes}");
        }
        for no in ["text/html", "application/xml", "application/json;q=0", "image/*"] {
            assert_eq!(chosen(no, &JSON), None, "{no}");
        }
    }

    #[test]
    fn the_weightiest_type_wins_and_the_most_specific_range_weighs() {
        let offered = ["text/csv", "application/x-ndjson"];
        for (accepted, expected) in [
            ("", Some("text/csv")),
            ("*/*", Some("text/csv")),
            ("application/*", Some("application/x-ndjson")),
            ("text/csv;q=0.5, application/x-ndjson", Some("application/x-ndjson")),
            ("text/csv;q=0, */*;q=0.1", Some("application/x-ndjson")),
            ("text/csv; charset=utf-8; q=0.2, application/*;q=0.1", Some("text/csv")),
            ("application/json", None),
            ("text/csv;q=high", None),
        ] {
            assert_eq!(chosen(accepted, &offered), expected, "{accepted}");
        }
    }
}
