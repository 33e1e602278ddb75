//! The web interface as the server hands it out.

use reqwest::Method;

use crate::harness::{Answer, App};

/// A page or a file, with a coding that the caller takes.
async fn got(app: &App, path: &str, coding: &str) -> Answer {
    app.anonymous().header("Accept-Encoding", coding).get(path).await.expect_status(200)
}

#[tokio::test]
async fn every_address_of_the_interface_shows_its_shell() {
    let app = App::spawn().await;
    let shell = got(&app, "/app/", "identity").await;
    assert_eq!(shell.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(shell.text.contains("<div id=\"root\">"), "{}", shell.text);
    for path in ["/app/patients", "/app/patients/12/edit", "/app/no/such/page"] {
        assert_eq!(got(&app, path, "identity").await.text, shell.text, "{path}");
    }
    app.anonymous().get("/app/no-such-file.js").await.expect_problem(404, "not_found");
    app.anonymous().get("/app/..%2f..%2fCargo.toml").await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn the_shell_runs_nothing_inline_and_nothing_from_elsewhere() {
    let app = App::spawn().await;
    let shell = got(&app, "/app/", "identity").await;
    let policy = shell.header("content-security-policy").expect("a policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
    assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{policy}");
    let again = app.anonymous().header("If-None-Match", &shell.etag()).header("Accept-Encoding", "identity");
    let again = again.get("/app/").await.expect_status(304);
    assert_eq!(again.header("content-security-policy"), Some(policy), "a browser takes over the headers of a 304");
    assert!(!shell.text.contains("<style") && !shell.text.contains(" style="), "{}", shell.text);
    for script in shell.text.split("<script").skip(1) {
        assert!(script.contains(" src=\"/app/"), "{script}");
    }
}

#[tokio::test]
async fn what_the_shell_names_is_there_compressed_and_never_sent_twice() {
    let app = App::spawn().await;
    let shell = got(&app, "/app/", "identity").await;
    let named = shell.text.split('"').filter(|text| text.starts_with("/app/"));
    let named: Vec<_> = named.filter(|path| matches!(path.rsplit('.').next(), Some("js" | "css"))).collect();
    assert!(named.len() >= 3, "{named:?}");
    for path in named {
        let whole = got(&app, path, "identity").await;
        assert_eq!(whole.header("content-encoding"), None, "{path}");
        assert_eq!(whole.header("vary"), Some("Accept-Encoding"), "{path}");
        assert_eq!(whole.header("cache-control"), Some("no-cache"), "{path}");
        let again = app.anonymous().header("If-None-Match", &whole.etag()).header("Accept-Encoding", "identity");
        again.get(path).await.expect_status(304);
        if whole.text.len() < 1024 {
            continue;
        }
        for coding in ["br", "gzip"] {
            let coded = got(&app, path, coding).await;
            assert_eq!(coded.header("content-encoding"), Some(coding), "{path}");
            let length: usize = coded.header("content-length").and_then(|text| text.parse().ok()).expect("a length");
            assert!(length * 10 < whole.text.len() * 7, "{path} in {coding}: {length} of {} bytes", whole.text.len());
            assert_ne!(coded.etag(), whole.etag(), "another coding has another tag: {path}");
        }
    }
}

#[tokio::test]
async fn the_interface_is_only_read() {
    let app = App::spawn().await;
    let answer = app.anonymous().post("/app/", &serde_json::json!({})).await;
    let answer = answer.expect_problem(405, "method_not_allowed");
    assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"));
}

#[tokio::test]
async fn pages_are_read_and_nothing_else() {
    let app = App::spawn().await;
    for path in ["/app", "/app/", "/swagger-ui", "/swagger-ui/", "/swagger-ui/index.html"] {
        let page = app.anonymous().get(path).await.expect_status(200);
        assert!(page.header("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{path}");
        let asked = app.anonymous().send(Method::OPTIONS, path, None).await.expect_status(204);
        let refused = app.anonymous().delete(path).await.expect_problem(405, "method_not_allowed");
        for answer in [asked, refused] {
            assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"), "{path}");
        }
    }
    app.anonymous().get("/swagger-ui/no-such-file.js").await.expect_problem(404, "not_found");
    app.anonymous().delete("/swagger-ui-2").await.expect_problem(404, "not_found");
}
