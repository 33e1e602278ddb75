//! Pages of other origins (the Fetch standard's CORS protocol): none may call the API unless configured.

use std::str::FromStr;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, Uri};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

use crate::state::AppState;

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");
const REQUEST_HEADERS: HeaderValue = HeaderValue::from_static(
    "Accept, Accept-Language, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-API-Key, X-Request-Id",
);
const RESPONSE_HEADERS: HeaderValue = HeaderValue::from_static(
    "Content-Disposition, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id",
);
/// Seconds that a browser may remember the answer to a preflight.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");

/// The origins whose pages may call the API: `https://intranet.example.org`. Exactly these, and never with cookies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedOrigins(Vec<String>);

/// A comma list of origins.
impl FromStr for AllowedOrigins {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        text.split(',').map(|one| origin(one.trim()).ok_or(())).collect::<Result<_, ()>>().map(Self)
    }
}

/// An origin as a browser writes it (RFC 6454 section 6.2): a scheme, a host, a port unless it is the scheme's own.
fn origin(text: &str) -> Option<String> {
    let uri: Uri = text.parse().ok()?;
    let (scheme, host) = (uri.scheme_str()?, uri.host()?);
    let own_port = if scheme == "https" { 443 } else { 80 };
    let port = uri.port_u16().filter(|port| *port != own_port).map(|port| format!(":{port}")).unwrap_or_default();
    let written = format!("{scheme}://{}{port}", host.to_ascii_lowercase());
    (matches!(scheme, "http" | "https") && written == text).then_some(written)
}

impl AllowedOrigins {
    /// The origin of a request, if its pages may call the API.
    fn of(&self, request: &ServiceRequest) -> Option<HeaderValue> {
        let given = request.headers().get(header::ORIGIN)?;
        self.0.iter().any(|allowed| allowed.as_bytes() == given.as_bytes()).then(|| given.clone())
    }
}

/// Answers preflights of allowed origins, and lets their pages read the answers. For others nothing is said, so that
/// browsers keep the answer from them.
///
/// # Errors
/// What the routes say.
pub async fn cross_origin(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(state) = request.app_data::<web::Data<AppState>>().filter(|state| !state.allowed_origins.0.is_empty())
    else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let origin = state.allowed_origins.of(&request);
    let is_preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if is_preflight && origin.is_some() {
        let mut answer = HttpResponse::NoContent();
        answer
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, METHODS))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, MAX_AGE));
        request.into_response(answer.finish()).map_into_right_body()
    } else {
        next.call(request).await?.map_into_left_body()
    };
    allow(response.headers_mut(), origin);
    Ok(response)
}

fn allow(headers: &mut HeaderMap, origin: Option<HeaderValue>) {
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_written_as_browsers_write_them() {
        for good in ["https://a.example.org", "http://localhost:3000,https://b.example", "https://a.example.org:8443"] {
            assert!(good.parse::<AllowedOrigins>().is_ok(), "{good}");
        }
        for bad in [
            "*",
            "null",
            "",
            "a.example.org",
            "https://a.example.org/",
            "https://a.example.org/app",
            "https://*.example.org",
            "https://A.example.org",
            "https://a.example.org:443",
            "ftp://a.example.org",
            "https://user@a.example.org",
        ] {
            assert!(bad.parse::<AllowedOrigins>().is_err(), "{bad}");
        }
    }
}
