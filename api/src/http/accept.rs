//! Content negotiation: the API has one representation.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;

use crate::error::{ApiError, ProblemCode};

/// Refuses a request to `/api` whose `Accept` excludes JSON (RFC 9110 section 12.5.1).
///
/// # Errors
/// What the routes say; 406 is a response.
pub async fn acceptable(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let accepted = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    if request.path().starts_with("/api/") && accepted.is_some_and(|accepted| !allows_json(accepted)) {
        return Ok(request.error_response(ApiError::new(ProblemCode::NotAcceptable)).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

fn allows_json(accepted: &str) -> bool {
    accepted.trim().is_empty()
        || accepted.split(',').any(|range| {
            let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
            let kind = parts.next().unwrap_or_default();
            let json =
                ["*/*", "application/*", "application/json", "application/problem+json"].contains(&kind.as_str());
            json && !parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_allowed_unless_it_is_excluded() {
        for yes in ["", "*/*", "application/json", "text/html, */*;q=0.1", "Application/JSON; charset=utf-8"] {
            assert!(allows_json(yes), "{yes}");
        }
        for no in ["text/html", "application/xml", "application/json;q=0", "image/*"] {
            assert!(!allows_json(no), "{no}");
        }
    }
}
