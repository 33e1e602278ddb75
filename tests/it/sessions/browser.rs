//! Sessions of browsers, which keep their refresh token in a cookie.

use serde_json::json;

use super::{login, sessions, text};
use crate::harness::{ADMIN_PASSWORD, Answer, App, Client, texts};

/// What a page of this server sends along with every request.
fn browser(app: &App) -> Client {
    app.anonymous().header("Origin", &app.base).header("X-Requested-With", "page")
}

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").unwrap_or_else(|| panic!("a cookie in {answer:?}")).to_owned()
}

#[tokio::test]
async fn a_browser_keeps_its_refresh_token_in_a_cookie_that_no_script_reads() {
    let app = App::spawn().await;
    let page = browser(&app);
    let answer = login(&page, "admin", json!({"delivery": "cookie"})).await;
    assert!(answer.body.get("refresh_token").is_none(), "{}", answer.text);
    let set = cookie(&answer);
    let (pair, attributes) = set.split_once("; ").expect("attributes");
    assert!(pair.starts_with("__Host-patientele_refresh=ptr_"), "{set}");
    assert_eq!(attributes, "Path=/; Max-Age=3599; Secure; HttpOnly; SameSite=Strict");

    let next = page.header("Cookie", &format!("theme=dark; {pair}")).post("/api/auth/refresh", &json!({})).await;
    let set = cookie(&next.expect_status(200));
    let (next, _) = set.split_once("; ").expect("attributes");
    assert!(next != pair && next.starts_with("__Host-patientele_refresh=ptr_"), "{set}");

    let client = Client::with_token(&app.base, &text(&answer, "access_token"));
    client.get("/api/patients").await.expect_status(200);
    let out =
        page.header("Cookie", next).send(reqwest::Method::POST, "/api/auth/logout", None).await.expect_status(204);
    let gone = "__Host-patientele_refresh=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict";
    assert_eq!(cookie(&out), gone);
    assert_eq!(out.header("clear-site-data"), Some("\"cache\""));
    client.get("/api/patients").await.expect_problem(401, "unauthenticated");
    page.header("Cookie", next).post("/api/auth/refresh", &json!({})).await.expect_problem(401, "session_revoked");
}

#[tokio::test]
async fn the_cookie_counts_for_pages_of_this_server_alone() {
    let app = App::spawn().await;
    let answer = login(&browser(&app), "admin", json!({"delivery": "cookie"})).await;
    let set = cookie(&answer);
    let victim = app.anonymous().header("Cookie", set.split(';').next().expect("a pair"));
    let client = Client::with_token(&app.base, &text(&answer, "access_token"));
    let marked = victim.header("X-Requested-With", "page");
    let elsewhere = [
        victim.clone(),
        marked.clone(),
        victim.header("Origin", &app.base),
        marked.header("Origin", "https://evil.example"),
        marked.header("Origin", "null"),
        marked.header("Sec-Fetch-Site", "cross-site"),
        marked.header("Origin", &app.base).header("Sec-Fetch-Site", "same-site"),
    ];
    for client in &elsewhere {
        for path in ["/api/auth/refresh", "/api/auth/logout"] {
            let answer = client.post(path, &json!({})).await.expect_problem(403, "cross_site_request");
            assert_eq!(answer.header("set-cookie"), None);
        }
        let body = json!({"username": "admin", "password": ADMIN_PASSWORD, "delivery": "cookie"});
        client.post("/api/auth/login", &body).await.expect_problem(403, "cross_site_request");
    }
    // Nothing was used up and nothing has begun.
    assert_eq!(sessions(&client).await.len(), 1);
    let own = marked.header("Sec-Fetch-Site", "same-origin");
    own.post("/api/auth/refresh", &json!({})).await.expect_status(200);
    // The cookie opens nothing but these.
    own.get("/api/patients").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_cookie_needs_a_secure_connection() {
    let app = App::spawn_with(|config| config.public_url = Some("http://registry.example".to_owned())).await;
    let body = json!({"username": "admin", "password": ADMIN_PASSWORD, "delivery": "cookie"});
    let page = app.anonymous().header("X-Requested-With", "page").header("Origin", "http://registry.example");
    page.post("/api/auth/login", &body).await.expect_problem(403, "secure_context_required");
    assert!(texts(&app.config, "SELECT address FROM session").await.is_empty());
    login(&page, "admin", json!({"delivery": "body"})).await;
    let secure = App::spawn_with(|config| config.public_url = Some("https://registry.example".to_owned())).await;
    let page = secure.anonymous().header("X-Requested-With", "page").header("Origin", "https://registry.example");
    cookie(&page.post("/api/auth/login", &body).await.expect_status(200));
}

#[tokio::test]
async fn an_unknown_delivery_is_refused() {
    let app = App::spawn().await;
    let body = json!({"username": "admin", "password": ADMIN_PASSWORD, "delivery": "pigeon"});
    let answer = app.anonymous().post("/api/auth/login", &body).await.expect_problem(422, "invalid");
    answer.expect_fault("/delivery", "invalid_enum");
}
