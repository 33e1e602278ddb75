//! The outermost middleware: what happens to every request, whatever its route.

use std::convert::Infallible;
use std::future::{Ready, poll_fn, ready};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use futures_util::FutureExt;
use tracing::Instrument;
use uuid::Uuid;

use super::cors::Readers;
use super::hardening::{Hardening, oversized};
use super::path::normalize;
use super::{Language, Problem};
use crate::error::{ApiError, ProblemCode};
use crate::state::AppState;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: the caller's `X-Request-Id` when it is a plain token, a new UUID otherwise.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

impl RequestId {
    fn of(request: &ServiceRequest) -> Self {
        let given = request.headers().get(&REQUEST_ID).and_then(|value| value.to_str().ok());
        Self(given.filter(|id| is_plain(id)).map_or_else(|| Uuid::now_v7().to_string(), str::to_owned))
    }
}

/// Safe in a log line and in a header.
fn is_plain(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

/// Gives each request an id and a log line, bounds its time, turns panics and every kind of error into a problem
/// document, answers HEAD as GET without a body and sets the headers that every answer has.
///
/// # Errors
/// A finished response, when the request was given up.
pub async fn lifecycle(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let limit =
        request.app_data::<web::Data<AppState>>().map_or(Duration::from_secs(15), |state| state.request_timeout);
    given_up_after(limit, request, next).await
}

/// What [`lifecycle`] does, with the longest time that the request may take.
async fn given_up_after(
    limit: Duration,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let is_known_path = normalize(&mut request);
    let id = RequestId::of(&request);
    let language = Language::of(&request);
    let (method, is_chunked) = (request.method().clone(), request.chunked().unwrap_or(false));
    // The server has noted that the answer to HEAD has no body; the routes know GET alone.
    if method == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    request.extensions_mut().insert(id.clone());
    let time_limit = TimeLimit::default();
    request.extensions_mut().insert(time_limit.clone());
    let state = request.app_data::<web::Data<AppState>>();
    let (hardening, path) = (state.map_or_else(Hardening::default, |state| state.hardening), request.path().to_owned());
    let readers = Readers::of(&request);
    let span = tracing::info_span!("request", request_id = %id.0);
    let answer = match oversized(&request) {
        Some(code) => Ok(request.error_response(ApiError::new(code)).map_into_boxed_body()),
        None if !is_known_path => {
            Ok(request.error_response(ApiError::new(ProblemCode::NotFound)).map_into_boxed_body())
        }
        // Its sender is gone, and where it came from could not be said.
        None if request.peer_addr().is_none() => {
            Ok(request.error_response(ApiError::new(ProblemCode::MalformedRequest)).map_into_boxed_body())
        }
        None => answer(limit, &time_limit, request, next).instrument(span.clone()).await,
    };
    if is_chunked {
        read_on().await;
    }
    let _entered = span.enter();
    let log = |request: Option<&HttpRequest>, status: StatusCode| {
        if !tracing::enabled!(tracing::Level::INFO) {
            return;
        }
        let route = request.and_then(HttpRequest::match_pattern);
        tracing::info!(
            method = method.as_str(),
            route = route.as_deref().unwrap_or("-"),
            status = status.as_u16(),
            microseconds = started.elapsed().as_micros(),
            "answered"
        );
    };
    let finished = |response: HttpResponse| {
        let mut response = hardening.applied(&path, finished(response, language, &id));
        if let Some(readers) = readers {
            readers.tell(response.headers_mut());
        }
        response
    };
    match answer {
        Ok(response) => {
            let (request, response) = response.into_parts();
            let response = finished(response);
            log(Some(&request), response.status());
            Ok(ServiceResponse::new(request, response))
        }
        // Time ran out, or a handler panicked: the request went down with them.
        Err(error) => {
            let response = finished(error.error_response());
            log(None, response.status());
            Err(InternalError::from_response(error, response).into())
        }
    }
}

/// The answer of the routes, or the error that ended them: theirs, the time limit's or a panic's.
async fn answer(
    limit: Duration,
    time_limit: &TimeLimit,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut call = pin!(AssertUnwindSafe(next.call(request)).catch_unwind());
    let answered = match tokio::time::timeout(limit, &mut call).await {
        Err(_elapsed) if time_limit.is_lifted() => call.await,
        Err(_elapsed) => return Err(ApiError::new(ProblemCode::Timeout).into()),
        Ok(answered) => answered,
    };
    match answered {
        Ok(result) => result.map(ServiceResponse::map_into_boxed_body),
        Err(_panic) => Err(ApiError::internal("a handler panicked").into()),
    }
}

/// Has the connection looked at once more after the answer. What is left of a chunked body is read and dropped then, so that clients
/// that read no answer before they have sent all of it are not kept waiting. The HTTP library does so by itself, except when it had
/// stopped reading until the body was asked for, for nobody asks any more.
async fn read_on() {
    let connection = poll_fn(|context| Poll::Ready(context.waker().clone())).await;
    actix_web::rt::spawn(async move {
        tokio::task::yield_now().await;
        connection.wake();
    });
}

/// The longest time of a request. A handler whose work has bounds of its own lifts it.
#[derive(Clone, Debug, Default)]
pub struct TimeLimit(Arc<AtomicBool>);

impl TimeLimit {
    /// Lets the request take as long as its handler lets it.
    pub fn lift(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_lifted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl FromRequest for TimeLimit {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(request.extensions().get::<Self>().cloned().unwrap_or_default()))
    }
}

/// Gives an answer without success its problem document, and every answer its headers.
fn finished(mut response: HttpResponse, language: Language, id: &RequestId) -> HttpResponse {
    if response.status().as_u16() >= 400 {
        let error = response.extensions_mut().remove::<ApiError>();
        let error = error.unwrap_or_else(|| ApiError::new(ProblemCode::of_status(response.status())));
        if error.code.status().is_server_error() {
            tracing::error!(code = error.code.text().name, cause = error.source_text().unwrap_or("unknown"), "failed");
        }
        *response.status_mut() = error.code.status();
        response = Problem::of(&error, language, &id.0).into_body(response, language);
    }
    common_headers(&mut response, id);
    response
}

fn common_headers(response: &mut HttpResponse, id: &RequestId) {
    let not_modified = response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        headers.insert(REQUEST_ID, value);
    }
    if !headers.contains_key(header::CACHE_CONTROL) && !not_modified {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, BufRead, BufReader, Write};
    use std::net::{SocketAddr, TcpStream};

    use actix_web::dev::Service as _;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, init_service};
    use actix_web::{App, HttpServer, get};

    use super::*;

    #[get("/panic")]
    async fn panicking() -> HttpResponse {
        panic!("Zzyzx was born in 1971")
    }

    #[get("/slow")]
    async fn slow() -> HttpResponse {
        tokio::time::sleep(Duration::from_mins(1)).await;
        HttpResponse::Ok().finish()
    }

    #[get("/foreign")]
    async fn foreign() -> Result<HttpResponse, Error> {
        Err(actix_web::error::ErrorBadRequest("Zzyzx is no number"))
    }

    /// The answer to a request that is given up after `patience`: as the server sends it.
    async fn ask(path: &str, patience: Duration) -> (StatusCode, String) {
        let limited = move |request, next| given_up_after(patience, request, next);
        let app = App::new().service(panicking).service(slow).service(foreign).wrap(from_fn(limited));
        let app = init_service(app).await;
        let request = TestRequest::get().uri(path).insert_header((REQUEST_ID, "r-1"));
        let request = request.peer_addr(SocketAddr::from(([127, 0, 0, 1], 1))).to_request();
        let response = match app.call(request).await {
            Ok(response) => response.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        let status = response.status();
        for (name, value) in [(header::CONTENT_TYPE, "application/problem+json"), (REQUEST_ID, "r-1")] {
            assert_eq!(response.headers().get(name).map(HeaderValue::as_bytes), Some(value.as_bytes()));
        }
        let body = actix_web::body::to_bytes(response.into_body()).await.expect("a body");
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    #[actix_web::test]
    async fn a_panic_a_delay_and_a_foreign_error_become_problem_documents() {
        for (path, patience, status, code) in [
            ("/panic", Duration::MAX, 500, "internal_error"),
            ("/slow", Duration::from_millis(10), 503, "timeout"),
            ("/foreign", Duration::MAX, 400, "malformed_request"),
        ] {
            let (answered, body) = ask(path, patience).await;
            assert_eq!(answered.as_u16(), status, "{body}");
            assert!(body.contains(&format!("\"code\":\"{code}\"")) && !body.contains("Zzyzx"), "{body}");
        }
    }

    /// The first line of the answer to a request whose sender reads nothing before it has sent a body of 32 MiB.
    fn send_before_reading(server: SocketAddr) -> io::Result<String> {
        let mut stream = TcpStream::connect(server)?;
        stream.set_write_timeout(Some(Duration::from_secs(5)))?;
        stream.write_all(b"POST /late HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")?;
        let chunk = [b"2000\r\n", &[b'x'; 0x2000][..], b"\r\n"].concat();
        for _ in 0..4096 {
            stream.write_all(&chunk)?;
        }
        stream.write_all(b"0\r\n\r\n")?;
        let mut line = String::new();
        BufReader::new(stream).read_line(&mut line)?;
        Ok(line)
    }

    #[actix_web::test]
    async fn who_sends_all_before_reading_is_not_kept_waiting_by_an_early_answer() {
        let app = || {
            // The connection has stopped reading by the time that it answers.
            let late = async || {
                tokio::time::sleep(Duration::from_millis(300)).await;
                HttpResponse::NoContent().finish()
            };
            App::new().route("/late", web::post().to(late)).wrap(from_fn(lifecycle))
        };
        let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0").expect("a free port");
        let address = server.addrs()[0];
        let (running, client) = (server.run(), tokio::task::spawn_blocking(move || send_before_reading(address)));
        let handle = running.handle();
        actix_web::rt::spawn(running);
        let line = client.await.expect("the client ends");
        handle.stop(false).await;
        assert_eq!(line.expect("all is sent, and answered"), "HTTP/1.1 204 No Content\r\n");
    }
}
