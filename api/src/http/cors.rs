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
    "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, X-API-Key, X-Request-Id",
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
pub fn origin(text: &str) -> Option<String> {
    let uri: Uri = text.parse().ok()?;
    let (scheme, host) = (uri.scheme_str()?, uri.host()?);
    let own_port = if scheme == "https" { 443 } else { 80 };
    let port = uri.port_u16().filter(|port| *port != own_port).map(|port| format!(":{port}")).unwrap_or_default();
    let written = format!("{scheme}://{}{port}", host.to_ascii_lowercase());
    let exact = matches!(scheme, "http" | "https") && !host.contains('*');
    (exact && written == text).then_some(written)
}

/// What an answer says of the pages that may read it. For pages of other origins it says nothing, so that browsers keep the answer
/// from them.
pub struct Readers {
    origin: Option<HeaderValue>,
}

impl Readers {
    /// Of the answer to a request; nothing where no origin is configured.
    pub fn of(request: &ServiceRequest) -> Option<Self> {
        let allowed = &request.app_data::<web::Data<AppState>>()?.allowed_origins.0;
        let given = request.headers().get(header::ORIGIN);
        let origin = given.filter(|given| allowed.iter().any(|allowed| allowed.as_bytes() == given.as_bytes()));
        (!allowed.is_empty()).then(|| Self { origin: origin.cloned() })
    }

    /// Says it.
    pub fn tell(self, headers: &mut HeaderMap) {
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
        if let Some(origin) = self.origin {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
        }
    }
}

/// Answers preflights of allowed origins.
///
/// # Errors
/// What the routes say.
pub async fn cross_origin(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let is_preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if !is_preflight || Readers::of(&request).is_none_or(|readers| readers.origin.is_none()) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let mut answer = HttpResponse::NoContent();
    answer
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, METHODS))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, MAX_AGE));
    Ok(request.into_response(answer.finish()).map_into_right_body())
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
