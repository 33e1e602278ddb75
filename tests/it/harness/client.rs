//! A client that holds every answer against the contract.

use std::time::{Duration, Instant};

use reqwest::Method;
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::contract::contract;

/// Sends requests to one server, with or without a token.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
    headers: Vec<(String, String)>,
}

/// An answer that keeps the contract.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    /// The body as JSON; null when it is none.
    pub body: Value,
    pub text: String,
}

impl Client {
    /// Without a token.
    pub fn new(base: &str) -> Self {
        // The server closes a connection that has rested for five seconds, maybe while the next request is on its way.
        let http = reqwest::Client::builder().pool_idle_timeout(Duration::from_secs(2)).build().expect("a client");
        Self { http, base: base.to_owned(), token: None, headers: Vec::new() }
    }

    /// With a token.
    pub fn with_token(base: &str, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..Self::new(base) }
    }

    /// The address of the server.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The token, for tests that change it.
    pub fn token(&self) -> &str {
        self.token.as_deref().expect("a client with a token")
    }

    /// This client with a further header on every request.
    pub fn header(&self, name: &str, value: &str) -> Self {
        let mut client = self.clone();
        client.headers.push((name.to_owned(), value.to_owned()));
        client
    }

    /// This client with `If-Match`.
    pub fn if_match(&self, etag: &str) -> Self {
        self.header("If-Match", etag)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PUT, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// Sends a request with a JSON body or none.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let content = body.map(|body| ("application/json", body.to_string().into_bytes()));
        self.send_raw(method, path, content).await
    }

    /// Sends a request with any body.
    pub async fn send_raw(&self, method: Method, path: &str, content: Option<(&str, Vec<u8>)>) -> Answer {
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some((media_type, body)) = content {
            request = request.header("Content-Type", media_type).body(body);
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("the body arrives");
        let media_type = headers.get("content-type").and_then(|value| value.to_str().ok());
        let media_type = media_type.map(|value| value.split(';').next().unwrap_or(value).trim());
        let plain = path.split('?').next().unwrap_or(path);
        if method == Method::HEAD {
            assert!(bytes.is_empty(), "HEAD {path} has a body");
        } else {
            contract().check(method.as_str(), plain, status, media_type, &bytes);
        }
        assert!(headers.contains_key("x-request-id"), "{method} {path} has no request id");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let answer = Answer { status, headers, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null), text };
        if status >= 400 && method != Method::HEAD {
            answer.check_problem();
        }
        answer
    }

    /// Every item of a list, walked along its links in pages of `limit`.
    pub async fn walk(&self, path: &str, limit: usize) -> Vec<Value> {
        let joint = if path.contains('?') { '&' } else { '?' };
        let mut next = Some(format!("{path}{joint}limit={limit}"));
        let mut items = Vec::new();
        while let Some(path) = next {
            let page = self.get(&path).await.expect_status(200);
            next = page.next();
            let full = page.items().len() == limit;
            assert!(full || next.is_none() && page.items().len() < limit, "{path} has {} items", page.items().len());
            items.extend(page.items().clone());
        }
        items
    }
}

impl Answer {
    /// This answer, if it has the status.
    #[track_caller]
    pub fn expect_status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// This answer, if it is the problem of this code.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{}", self.text);
        self
    }

    /// What every problem document keeps, whatever it is about.
    fn check_problem(&self) {
        let text = |name: &str| self.body[name].as_str().unwrap_or_default();
        assert_eq!(self.body["status"], self.status, "{}", self.text);
        assert_eq!(text("type"), format!("/problems/{}", text("code")), "{}", self.text);
        assert_eq!(Some(text("request_id")), self.header("x-request-id"), "{}", self.text);
        assert!(text("instance").ends_with(text("request_id")), "{}", self.text);
        assert!(contract().problem_codes().contains(&text("code")), "an unknown code: {}", self.text);
        match self.status {
            401 => assert_eq!(self.header("www-authenticate"), Some("Bearer"), "{}", self.text),
            405 => assert!(self.header("allow").is_some(), "{}", self.text),
            412 => assert!(self.header("etag").is_some(), "{}", self.text),
            429 | 503 => assert!(self.header("retry-after").is_some(), "{}", self.text),
            _ => {}
        }
    }

    /// The faults as `(pointer or parameter, code)`.
    pub fn faults(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let faults = self.body["errors"].as_array().cloned().unwrap_or_default();
        faults
            .iter()
            .map(|fault| {
                let place = text(&fault["pointer"]).or_else(|| text(&fault["parameter"])).expect("a place");
                (place, text(&fault["code"]).expect("a code"))
            })
            .collect()
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The `ETag`.
    #[track_caller]
    pub fn etag(&self) -> String {
        self.header("etag").expect("an ETag").to_owned()
    }

    /// The id of the resource answered.
    #[track_caller]
    pub fn id(&self) -> i64 {
        self.body["id"].as_i64().unwrap_or_else(|| panic!("an id in {}", self.text))
    }

    /// The one fault that this problem names.
    #[track_caller]
    pub fn expect_fault(self, place: &str, code: &str) -> Self {
        assert_eq!(self.faults(), [(place.to_owned(), code.to_owned())], "{}", self.text);
        self
    }

    /// The path of the next page; its link and its cursor agree.
    #[track_caller]
    pub fn next(&self) -> Option<String> {
        let cursor = self.body["next_cursor"].as_str();
        let link = self.header("link").map(|link| {
            link.strip_prefix('<')
                .and_then(|link| link.strip_suffix(">; rel=\"next\""))
                .expect("one link to the next page")
        });
        assert_eq!(cursor.is_some(), link.is_some(), "{}", self.text);
        if let (Some(cursor), Some(link)) = (cursor, link) {
            assert!(link.ends_with(&format!("cursor={cursor}")), "{link}");
        }
        link.map(str::to_owned)
    }

    /// The ids of the items of a page.
    #[track_caller]
    pub fn ids(&self) -> Vec<i64> {
        super::ids(self.items())
    }

    /// The items of a page.
    #[track_caller]
    pub fn items(&self) -> &Vec<Value> {
        self.body["items"].as_array().unwrap_or_else(|| panic!("items in {}", self.text))
    }
}

/// Looks again and again until it is so, for half a minute at most.
pub async fn until(what: &str, holds: impl AsyncFn() -> bool) {
    let started = Instant::now();
    while !holds().await {
        assert!(started.elapsed() < Duration::from_secs(30), "in vain was waited until {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The first answer with this status: what was read of a session may be trusted for five seconds.
pub async fn soon(ask: impl AsyncFn() -> Answer, status: u16) -> Answer {
    let started = Instant::now();
    loop {
        let answer = ask().await;
        if answer.status == status || started.elapsed() > Duration::from_secs(7) {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
