//! What keeps a browser from being turned against its user (OWASP ASVS 5.0 section 3.4), and requests from being larger than
//! any good one.

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::header::{self, HeaderName, HeaderValue};

use crate::error::ProblemCode;

/// Longest target of a request.
const URI: usize = 8 * 1024;
/// Most bytes of all header fields together.
const HEAD: usize = 16 * 1024;

/// For everything; what a browser shows as a page has its own policy, see below.
const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
];
/// Nothing may be loaded, run or framed.
const NOTHING: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
/// Swagger UI: its own files, and the API. It draws with styles that it writes itself, and with pictures in its style sheet.
const PAGES: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
     connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
);
/// A year: the least that counts (ASVS 3.4.1).
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Which headers a server adds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hardening {
    /// Whether users reach it by https.
    pub is_https: bool,
}

impl Hardening {
    /// For a server that users reach under this address.
    pub fn of(public_url: Option<&str>) -> Self {
        Self { is_https: public_url.is_some_and(|url| url.starts_with("https://")) }
    }

    /// Adds the headers that are not there.
    pub fn applied(self, path: &str, mut response: HttpResponse) -> HttpResponse {
        let headers = response.headers_mut();
        for (name, value) in HEADERS {
            if !headers.contains_key(&name) {
                headers.insert(name, value);
            }
        }
        if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
            let policy = if path.starts_with("/swagger-ui/") { PAGES } else { NOTHING };
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        if self.is_https {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
        }
        response
    }
}

/// Why a request is refused before anything else is looked at, if it is.
pub fn oversized(request: &ServiceRequest) -> Option<ProblemCode> {
    let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if target > URI {
        return Some(ProblemCode::UriTooLong);
    }
    let head: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    (head > HEAD).then_some(ProblemCode::HeadersTooLarge)
}
