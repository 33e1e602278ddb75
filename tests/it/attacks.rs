//! Attacks that have no other place: SECURITY.md lists all of them, each with its test.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{ADMIN_PASSWORD, App, Client, RoleName, Served, TestDatabase, configured, contract, raw, texts};

#[tokio::test]
async fn nobody_gives_themselves_what_others_decide() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let more = [("role", json!("admin")), ("active", json!(true)), ("id", json!(1)), ("version", json!(9))];
    let lifecycle =
        [("created_by", json!(1)), ("created_at", json!("2020-01-01T00:00:00Z")), ("deleted_at", json!(null))];
    let id = client.post("/api/patients", &json!({"family_name": "Durand"})).await.expect_status(201).id();
    let path = format!("/api/patients/{id}");
    let etag = client.get(&path).await.etag();
    for (member, value) in more.iter().chain(&lifecycle) {
        let with = |mut body: Value| {
            body[*member] = value.clone();
            body
        };
        let password = with(json!({"current_password": ADMIN_PASSWORD, "new_password": "nine purple lamps at dawn"}));
        let signing_in = with(json!({"username": "modification.tester", "password": ADMIN_PASSWORD}));
        let answers = [
            client.put("/api/auth/password", &password).await,
            client.post("/api/auth/login", &signing_in).await,
            client.post("/api/patients", &with(json!({"family_name": "Roux"}))).await,
            client.post("/api/studies", &with(json!({"patient_fk": id}))).await,
            client.if_match("*").patch(&path, &with(json!({}))).await,
            client.if_match("*").put(&path, &with(json!({"family_name": "Roux"}))).await,
        ];
        for answer in answers {
            answer.expect_problem(422, "invalid").expect_fault(&format!("/{member}"), "unknown_field");
        }
    }
    assert_eq!(client.get("/api/auth/me").await.body["role"], "modification");
    app.signed_in("modification.tester").await;
    assert_eq!(client.get(&path).await.etag(), etag);
    let counted = client.get("/api/patients?count=exact").await;
    assert_eq!(counted.body["total"], 1);
}

#[tokio::test]
async fn walking_the_ids_shows_nothing_of_others_not_even_which_there_are() {
    let app = App::spawn().await;
    app.admin().await;
    let (client, _other) = (app.lecture().await, app.modification().await);
    let own: Vec<i64> =
        client.get("/api/auth/sessions").await.items().iter().filter_map(|session| session["id"].as_i64()).collect();
    let everything = || texts(&app.config, "SELECT CONCAT(id, ' ', revoked_at IS NULL) FROM session ORDER BY id");
    let sessions = everything().await;
    let mut walked = 0;
    for operation in contract().operations() {
        let of_others = operation.role.as_deref() == Some("admin") || operation.path == "/api/auth/sessions/{id}";
        if !of_others || !operation.path.contains("{id}") {
            continue;
        }
        let mut answers = Vec::new();
        for id in (1..=6).filter(|id| operation.role.as_deref() == Some("admin") || !own.contains(id)) {
            let path = operation.path.replace("{id}", &id.to_string());
            let method: Method = operation.method.parse().expect("a method");
            let mut answer = client.if_match("*").send_raw(method, &path, None).await;
            assert!([403, 404].contains(&answer.status), "{} {path}: {}", operation.method, answer.status);
            answer.body["request_id"].take();
            answer.body["instance"].take();
            answers.push(answer.body);
        }
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{}: {answers:#?}", operation.id);
        walked += 1;
    }
    assert!(walked > 8, "{walked}");
    assert_eq!(everything().await, sessions);
}

/// What comes back on a connection until it closes, or nothing new comes for a while.
fn answered(base: &str, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(base.strip_prefix("http://").expect("an address")).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(1))).expect("a time limit");
    let _ = stream.write_all(request);
    let (mut answer, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(number @ 1..) = stream.read(&mut buffer) {
        answer.extend_from_slice(&buffer[..number]);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn what_is_no_request_is_cut_off_and_never_taken_for_two() {
    let app = App::spawn().await;
    let post = "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    let smuggled = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    let requests = [
        format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "x".repeat(300_000)),
        format!("GET / HTTP/1.1\r\nHost: x\r\nX-Filler: {}\r\n\r\n", "x".repeat(300_000)),
        format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "X-Many: x\r\n".repeat(5_000)),
        "no request at all\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n".to_owned(),
        "GET / HTTP/1.1\r\nHost: x\r\nX Y: z\r\n\r\n".to_owned(),
        format!("{post}Content-Length: 0\r\nContent-Length: 43\r\n\r\n{smuggled}"),
        format!("{post}Content-Length: 0, 43\r\n\r\n{smuggled}"),
        format!("{post}Content-Length: +5\r\n\r\nxxxxx{smuggled}"),
        format!("{post}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzz\r\n{smuggled}"),
        format!("{post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{smuggled}"),
    ];
    for request in requests {
        let answer = answered(&app.base, request.as_bytes());
        let what = &request[..request.len().min(160)];
        assert!(answer.matches("HTTP/1.1 ").count() <= 1, "{what}\n{answer}");
        let refused = ["HTTP/1.1 4", "HTTP/1.1 501"].iter().any(|status| answer.starts_with(status));
        assert!(answer.is_empty() || refused, "{what}\n{answer}");
    }
    app.anonymous().get("/health/live").await.expect_status(200);
}

#[tokio::test]
async fn depth_costs_a_server_nothing() {
    let app = App::spawn().await;
    let client = app.modification().await;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let body = format!("{}1{}", open.repeat(10_000), close.repeat(10_000)).into_bytes();
        for path in ["/api/patients", "/api/search", "/api/auth/login"] {
            let answer = client.send_raw(Method::POST, path, Some(("application/json", body.clone()))).await;
            answer.expect_problem(400, "malformed_request");
        }
    }
}

/// Sends everything a log line may be made of, with line breaks in it.
async fn forge(base: &str) {
    let anonymous = Client::new(base);
    for name in ["x\r\nFORGED line", "x\u{2028}FORGED line", "x\u{1b}[2J FORGED line"] {
        let body = json!({"username": name, "password": name, "device": name});
        anonymous.post("/api/auth/login", &body).await;
        anonymous.post("/api/search", &json!({"q": name})).await;
    }
    for path in ["/api/x%0d%0aFORGED", "/app/%0aFORGED", "/api/patients?q=%0d%0aFORGED", "/api/patients/%0aFORGED"] {
        anonymous.get(path).await;
    }
    for head in ["X-Request-Id: a%0d%0aFORGED", "User-Agent: a\tFORGED", "X-Forwarded-For: 1.2.3.4\t\tFORGED"] {
        raw(base, format!("GET /api/patients HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n").as_bytes());
    }
}

#[tokio::test]
async fn nobody_writes_lines_into_the_log() {
    for format in ["text", "json"] {
        let database = TestDatabase::new().await;
        let config = database.config();
        let log = config.data_dir.join("whole.log");
        let mut command = configured(&config);
        let file = std::fs::File::create(&log).expect("a log");
        command.env("LOG_LEVEL", "debug").env("LOG_FORMAT", format).stderr(file);
        let served = Served::of(&mut command);
        forge(&served.base).await;
        drop(served);
        let said = std::fs::read_to_string(&log).expect("the log");
        assert!(said.contains("answered"), "{format}: nothing was logged");
        assert_eq!(said.lines().find(|line| line.contains("FORGED") || line.contains('\u{1b}')), None, "{format}");
        database.remove().await;
    }
}

#[tokio::test]
async fn a_deactivated_account_is_out_whatever_it_holds() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    app.add_account("leaver", RoleName::Modification, false).await;
    let body = json!({"username": "leaver", "password": ADMIN_PASSWORD});
    let signed_in = app.anonymous().post("/api/auth/login", &body).await.expect_status(200);
    let client = Client::with_token(&app.base, signed_in.body["access_token"].as_str().expect("a token"));
    client.get("/api/patients").await.expect_status(200);
    let id = signed_in.body["user"]["id"].as_i64().expect("an id");
    admin.if_match("*").patch(&format!("/api/users/{id}"), &json!({"active": false})).await.expect_status(200);
    client.get("/api/patients").await.expect_problem(401, "unauthenticated");
    let refresh = json!({"refresh_token": signed_in.body["refresh_token"]});
    app.anonymous().post("/api/auth/refresh", &refresh).await.expect_status(401);
    app.anonymous().post("/api/auth/login", &body).await.expect_problem(401, "invalid_credentials");
}
