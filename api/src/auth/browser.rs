//! What a browser needs: the refresh token in a cookie that no script can read, and certainty that a request which uses it
//! was sent by the server's own pages.

use actix_web::HttpRequest;
use actix_web::http::Uri;
use actix_web::http::header::{self, HeaderName, HeaderValue};

use crate::error::{ApiError, ApiResult, ProblemCode};

/// `__Host-`: browsers take it from this host alone, over TLS or from this machine, for the whole host (RFC 6265bis section 4.1.3.2).
const COOKIE: &str = "__Host-patientele_refresh";
const REQUESTED_WITH: HeaderName = HeaderName::from_static("x-requested-with");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The refresh token that a browser sends along.
pub fn cookie(request: &HttpRequest) -> Option<String> {
    let lines = request.headers().get_all(header::COOKIE).filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, value)| value.to_owned())
}

/// Lets a browser keep a refresh token for so many seconds; 0 makes it forget the one it has.
pub fn set_cookie(token: &str, seconds: i64) -> (HeaderName, String) {
    let value = format!("{COOKIE}={token}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict");
    (header::SET_COOKIE, value)
}

/// Refuses a request that the server's own pages did not send. They set `X-Requested-With`, which a page of another origin
/// cannot without being asked about it (CORS), and the browser names their origin.
///
/// # Errors
/// 403 for a request of another origin, or of a page that came without TLS over a network: a browser would not keep the cookie.
pub fn check(request: &HttpRequest, public_url: Option<&str>) -> ApiResult<()> {
    let text = |name: &HeaderName| request.headers().get(name).map(|value| value.to_str().unwrap_or(""));
    let marked = text(&REQUESTED_WITH).is_some_and(|value| !value.is_empty());
    let site = text(&FETCH_SITE);
    let own = match text(&header::ORIGIN) {
        Some(origin) => {
            let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
            site.is_none_or(|site| site == "same-origin") && is_own(origin, host, public_url)
        }
        None => site == Some("same-origin"),
    };
    if !marked || !own {
        return Err(ApiError::new(ProblemCode::CrossSiteRequest));
    }
    if text(&header::ORIGIN).is_some_and(|origin| !is_secure(origin)) {
        return Err(ApiError::new(ProblemCode::SecureContextRequired));
    }
    Ok(())
}

/// Whether an origin is the server's: the one of `PUBLIC_URL`, or the one that the request was sent to.
fn is_own(origin: &str, host: Option<&str>, public_url: Option<&str>) -> bool {
    let (Some(origin), public) = (parts(origin), public_url.and_then(parts)) else { return false };
    public.is_some_and(|public| public == origin) || host.is_some_and(|host| host.to_ascii_lowercase() == origin.1)
}

/// Whether browsers keep secure cookies of this origin: over TLS, or on the same machine
/// (W3C Secure Contexts, section 3.1).
fn is_secure(origin: &str) -> bool {
    let Some((scheme, authority)) = parts(origin) else { return false };
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(rest),
        None => authority.split(':').next().unwrap_or(&authority),
    };
    let local = host == "localhost" || host.ends_with(".localhost");
    scheme == "https" || local || host.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
}

/// Scheme and authority, in lower case.
fn parts(url: &str) -> Option<(String, String)> {
    let uri: Uri = url.parse().ok()?;
    Some((uri.scheme_str()?.to_ascii_lowercase(), uri.authority()?.as_str().to_ascii_lowercase()))
}

/// What makes a browser drop what it has kept of the answers (W3C Clear Site Data).
pub fn clear_cache() -> (HeaderName, HeaderValue) {
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn refusal(headers: &[(&'static str, &str)], public_url: Option<&str>) -> Option<ProblemCode> {
        let request = headers.iter().fold(TestRequest::default(), |request, header| request.insert_header(*header));
        check(&request.to_http_request(), public_url).err().map(|error| error.code)
    }

    #[test]
    fn the_servers_own_pages_are_heard() {
        let marked = ("x-requested-with", "patientele");
        for (headers, public) in [
            (vec![marked, ("host", "localhost:5000"), ("origin", "http://localhost:5000")], None),
            (vec![marked, ("host", "127.0.0.1:5000"), ("origin", "http://127.0.0.1:5000")], None),
            (vec![marked, ("host", "[::1]:5000"), ("origin", "http://[::1]:5000")], None),
            (vec![marked, ("host", "Registry.example"), ("origin", "https://registry.example")], None),
            (
                vec![marked, ("host", "app:5000"), ("origin", "https://registry.example")],
                Some("https://registry.example"),
            ),
            (vec![marked, ("host", "registry.example"), ("sec-fetch-site", "same-origin")], None),
        ] {
            assert_eq!(refusal(&headers, public), None, "{headers:?}");
        }
    }

    #[test]
    fn others_are_not() {
        let (marked, host) = (("x-requested-with", "patientele"), ("host", "registry.example"));
        for headers in [
            vec![host, ("origin", "https://registry.example")],
            vec![("x-requested-with", ""), host, ("origin", "https://registry.example")],
            vec![marked, host],
            vec![marked, host, ("origin", "null")],
            vec![marked, host, ("origin", "https://registry.example.evil.example")],
            vec![marked, host, ("origin", "https://registry.example:8443")],
            vec![marked, host, ("origin", "https://registry.example"), ("sec-fetch-site", "cross-site")],
            vec![marked, host, ("sec-fetch-site", "same-site")],
        ] {
            assert_eq!(refusal(&headers, None), Some(ProblemCode::CrossSiteRequest), "{headers:?}");
        }
        let plain = [marked, host, ("origin", "http://registry.example")];
        assert_eq!(refusal(&plain, None), Some(ProblemCode::SecureContextRequired));
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let request = TestRequest::default().insert_header(("cookie", "a=b; __Host-patientele_refresh=ptr_x; c=d"));
        assert_eq!(cookie(&request.to_http_request()).as_deref(), Some("ptr_x"));
        let request =
            TestRequest::default().insert_header(("cookie", "patientele_refresh=ptr_x; x__Host-patientele_refresh=y"));
        assert_eq!(cookie(&request.to_http_request()), None);
    }
}
