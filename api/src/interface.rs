//! The web interface at `/app/`: the files of `web/dist`, which the binary carries. A build with debug assertions reads them
//! from the disk instead, so that work on the interface needs no new build of the server.

use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::hex::hex;
use crate::http::{not_modified, to_folder};

/// The page that every address of the interface shows; its scripts look at the address.
const SHELL: &str = "index.html";

/// Nothing inline, nothing from elsewhere: text that was entered as a patient's name cannot run, whatever a page does with it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

#[derive(RustEmbed)]
#[folder = "../web/dist"]
struct Files;

/// Mounts the interface. It is no part of the contract: it uses it.
pub fn mount(config: &mut web::ServiceConfig) {
    let files = web::resource("/app/{path:.*}").route(web::get().to(file)).default_service(web::to(not_got));
    config.route("/app", web::get().to(async || to_folder("/app"))).service(files);
}

/// What is asked of a page other than to read it.
async fn not_got(request: HttpRequest) -> ApiResult<HttpResponse> {
    let allowed = (header::ALLOW, HeaderValue::from_static("GET, HEAD, OPTIONS"));
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header(allowed).finish());
    }
    Err(ApiError::new(ProblemCode::MethodNotAllowed).header(allowed.0, allowed.1))
}

/// A file of the interface, or the shell for one of its addresses, which have no dot in their last segment.
async fn file(request: HttpRequest, path: web::Path<String>) -> ApiResult<HttpResponse> {
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let name = if is_file { path.as_str() } else { SHELL };
    let (content, coding) = encoded(&request, name).ok_or_else(|| ApiError::new(ProblemCode::NotFound))?;
    let tag = etag(&content);
    if let Some(mut unchanged) = not_modified(&request, &tag) {
        // Its headers replace those of the stored answer (RFC 9111 section 3.2): the shell keeps its policy.
        if name == SHELL {
            unchanged.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        }
        return Ok(unchanged);
    }
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(content_type(name))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::ETAG, tag));
    if let Some(coding) = coding {
        answer.insert_header((header::CONTENT_ENCODING, coding));
    }
    if name == SHELL {
        answer.insert_header((header::CONTENT_SECURITY_POLICY, POLICY));
    }
    Ok(answer.body(content.data))
}

/// A file in the best coding that was made of it and that the caller takes.
fn encoded(request: &HttpRequest, name: &str) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepted =
        request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let coded = [("br", "br"), ("gzip", "gz")].into_iter().filter(|(coding, _)| accepts(accepted, coding));
    for (coding, suffix) in coded {
        if let Some(content) = Files::get(&format!("{name}.{suffix}")) {
            return Some((content, Some(coding)));
        }
    }
    Some((Files::get(name)?, None))
}

/// Whether `Accept-Encoding` names a coding without refusing it (RFC 9110 section 12.5.3).
fn accepts(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        named && !parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32)))
    })
}

/// The digest of the bytes sent: another coding is another representation, and has another tag.
fn etag(content: &EmbeddedFile) -> HeaderValue {
    let digest = content.metadata.sha256_hash();
    let text = format!("\"{}\"", hex(&digest[..16]));
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coding_is_used_when_it_is_named_and_not_refused() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("GZIP;q=0.5", "gzip"));
        for refused in ["", "gzip", "br;q=0", "br; q=0.0", "*"] {
            assert!(!accepts(refused, "br"), "{refused}");
        }
    }

    #[test]
    fn the_shell_is_there() {
        assert!(Files::get(SHELL).is_some(), "web/dist lacks its page: npm run build makes it");
    }
}
