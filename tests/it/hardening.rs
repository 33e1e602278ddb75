//! Limits, and what keeps browsers and logs safe.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{ADMIN_PASSWORD, App, Client, Secret, Served, TestDatabase, a_patient, configured, raw};

#[tokio::test]
async fn every_answer_has_the_headers_that_keep_browsers_safe() {
    let app = App::spawn().await;
    let client = app.admin().await;
    for path in [
        "/",
        "/health/live",
        "/api/patients",
        "/api/patients/999",
        "/no/such/path",
        "/openapi.json",
        "/swagger-ui/",
        "/app/",
        "/problems/invalid",
    ] {
        let answer = client.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name} of {path}");
        }
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        let scripts = policy.split(';').find(|rule| rule.trim().starts_with("script-src")).unwrap_or_default();
        assert!(!scripts.contains("unsafe"), "{path}: {policy}");
        assert!(answer.header("permissions-policy").is_some_and(|policy| policy.contains("camera=()")), "{path}");
        for name in ["server", "x-powered-by", "strict-transport-security", "access-control-allow-origin"] {
            assert_eq!(answer.header(name), None, "{name} of {path}");
        }
        if path.starts_with("/api/") {
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        }
    }
    let https = App::spawn_with(|config| config.public_url = Some("https://patients.example.org".into())).await;
    let hsts = https.anonymous().get("/api/patients").await;
    assert_eq!(hsts.header("strict-transport-security"), Some("max-age=31536000"));
}

#[tokio::test]
async fn pages_of_other_origins_may_not_call_the_api_unless_configured() {
    let app = App::spawn().await;
    let foreign = app.lecture().await.header("Origin", "https://evil.example");
    let preflight = foreign.header("Access-Control-Request-Method", "GET");
    for answer in [foreign.get("/api/patients").await, preflight.send(Method::OPTIONS, "/api/patients", None).await] {
        let named = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
        assert_eq!(named, None);
    }

    let allowed = "https://intranet.example.org";
    let app = App::spawn_with(|config| config.cors_allowed_origins = allowed.parse().expect("an origin")).await;
    let client = app.lecture().await;
    for (origin, may) in [
        (allowed, true),
        ("https://evil.example", false),
        ("https://intranet.example.org.evil.example", false),
        ("https://intranet.example.org:8443", false),
        ("http://intranet.example.org", false),
        ("null", false),
    ] {
        let client = client.header("Origin", origin);
        let read = client.get("/api/patients").await.expect_status(200);
        let failed = client.get("/api/patients/999").await.expect_status(404);
        let asking = client.header("Access-Control-Request-Method", "PATCH");
        let asked = asking.send(Method::OPTIONS, "/api/patients/1", None).await.expect_status(204);
        let long = client.get(&format!("/no/such/path?{}", "x".repeat(9_000))).await.expect_status(414);
        let large = client.header("X-Filler", &"x".repeat(20_000)).get("/no/such/path").await.expect_status(431);
        for answer in [&read, &failed, &asked, &long, &large] {
            assert_eq!(answer.header("access-control-allow-origin"), may.then_some(origin), "{origin}");
            assert_eq!(answer.header("access-control-allow-credentials"), None, "{origin}");
            assert!(answer.header("vary").is_some_and(|vary| vary.contains("Origin")), "{origin}");
        }
        assert_eq!(asked.header("access-control-allow-methods").is_some_and(|methods| methods.contains("PATCH")), may);
        assert_eq!(read.header("access-control-expose-headers").is_some_and(|names| names.contains("ETag")), may);
    }
}

#[tokio::test]
async fn who_sends_too_many_requests_is_told_to_wait() {
    let limit = |config: &mut crate::harness::Config| {
        config.rate_limit = config.rate_limit.map(|mut limit| {
            (limit.known, limit.anonymous) = (30, 6);
            limit
        });
    };
    let app = App::spawn_with(limit).await;
    let (client, other) = (app.lecture().await, app.modification().await);
    let first = client.get("/api/patients").await.expect_status(200);
    assert_eq!(first.header("ratelimit-policy"), Some("\"default\";q=30;w=60"));
    assert_eq!(first.header("ratelimit"), Some("\"default\";r=29;t=2"));
    let mut refused = None;
    for _ in 0..300 {
        let answer = client.get("/api/patients").await;
        if answer.status == 429 {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("a refusal").expect_problem(429, "too_many_requests");
    let wait: u64 = refused.header("retry-after").and_then(|text| text.parse().ok()).expect("seconds");
    assert!((1..=2).contains(&wait), "{wait}");
    assert!(refused.header("ratelimit").is_some_and(|limit| limit.starts_with("\"default\";r=0;")), "{refused:?}");
    other.get("/api/patients").await.expect_status(200);
    for path in ["/", "/health/live", "/openapi.yaml"] {
        for _ in 0..10 {
            assert_eq!(client.get(path).await.expect_status(200).header("ratelimit"), None);
        }
    }
    let mut statuses = Vec::new();
    for _ in 0..8 {
        statuses.push(app.anonymous().header("X-Forwarded-For", "192.0.2.9").get("/api/patients").await.status);
    }
    assert!(statuses.contains(&429) && statuses[0] != 200, "{statuses:?}");

    let free = App::spawn_with(|config| config.rate_limit = None).await;
    assert_eq!(free.lecture().await.get("/api/patients").await.expect_status(200).header("ratelimit"), None);
}

#[tokio::test]
async fn what_is_larger_than_any_good_request_is_refused_at_once() {
    let app = App::spawn().await;
    let client = app.lecture().await;
    let long = format!("/no/such/path?family_name={}", "x".repeat(9_000));
    client.get(&long).await.expect_problem(414, "uri_too_long");
    let head = client.header("X-Filler", &"x".repeat(20_000));
    head.get("/no/such/path").await.expect_problem(431, "headers_too_large");
    let writer = app.modification().await;
    let post = async |body: String| {
        writer.send_raw(Method::POST, "/api/patients", Some(("application/json", body.into_bytes()))).await
    };
    let deep = format!("{{\"family_name\": {}1{}}}", "[".repeat(40), "]".repeat(40));
    post(deep).await.expect_problem(400, "malformed_request");
    let nested = format!("{{\"family_name\": {}1{}}}", "[".repeat(30), "]".repeat(30));
    post(nested).await.expect_problem(422, "invalid").expect_fault("/family_name", "invalid_type");
    let brackets = json!({"family_name": "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{{{{\"".to_owned()});
    post(brackets.to_string()).await.expect_status(201);
    let members = (0..10_000).map(|number| format!("\"m{number}\":1")).collect::<Vec<_>>().join(",");
    post(format!("{{{members}}}")).await.expect_problem(400, "malformed_request");
    post(format!("{{\"comments\": \"{}\"}}", "x".repeat(1 << 20))).await.expect_problem(413, "body_too_large");
    assert_eq!(writer.get("/api/patients?count=exact").await.body["total"], 1);
}

#[tokio::test]
async fn a_client_that_is_slow_on_purpose_is_cut_off() {
    let dribble = |base: &str, head: &str| {
        let mut stream =
            TcpStream::connect(base.strip_prefix("http://").expect("an address")).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_millis(100))).expect("a time limit");
        stream.write_all(head.as_bytes()).expect("it is sent");
        let mut answer = Vec::new();
        // A byte now and then, for as long as the server puts up with it.
        for _ in 0..100 {
            let mut buffer = [0; 4096];
            match stream.read(&mut buffer) {
                Ok(0) => return Some(String::from_utf8_lossy(&answer).into_owned()),
                Ok(number) => {
                    answer.extend_from_slice(&buffer[..number]);
                    let text = String::from_utf8_lossy(&answer).into_owned();
                    if text.contains("\"timeout\"") {
                        return Some(text);
                    }
                }
                Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {
                }
                Err(_) => return Some(String::from_utf8_lossy(&answer).into_owned()),
            }
            if stream.write_all(b"x").is_err() {
                return Some(String::from_utf8_lossy(&answer).into_owned());
            }
        }
        None
    };
    let app = App::spawn_with(|config| config.request_head_timeout = Duration::from_millis(300)).await;
    let answer =
        dribble(&app.base, "GET /api/patients HTTP/1.1\r\nHost: x\r\nX-Slow: ").expect("a slow head is cut off");
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
    let body =
        "POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n";
    let app = App::spawn_with(|config| config.request_timeout = Duration::from_millis(500)).await;
    let answer = dribble(&app.base, body).expect("a slow body is cut off");
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("\"timeout\""), "{answer}");
    app.anonymous().get("/health/live").await.expect_status(200);
}

#[tokio::test]
async fn a_request_that_forges_heads_gets_no_head_of_its_own() {
    let app = App::spawn().await;
    for id in ["a%0d%0aSet-Cookie: x=1", "a\tb"] {
        let request = format!("GET /no/such/path HTTP/1.1\r\nHost: x\r\nX-Request-Id: {id}\r\n\r\n");
        let answer = raw(&app.base, request.as_bytes());
        assert!(!answer.head.contains("set-cookie") && !answer.head.contains("%0d"), "{}", answer.head);
    }
    let trace = raw(&app.base, b"TRACE / HTTP/1.1\r\nHost: x\r\nX-Secret: Zzyzx\r\n\r\n");
    assert_eq!(trace.status, 405);
    assert!(!trace.body.to_string().contains("Zzyzx"), "{trace:?}");
}

/// Everything that has secrets in it, done once. The answers are the secrets and names that no log may hold.
async fn a_whole_day(base: &str) -> Vec<String> {
    let anonymous = Client::new(base);
    let login = async |username: &str, password: &str| {
        anonymous.post("/api/auth/login", &json!({"username": username, "password": password})).await
    };
    let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("a text in {value}")).to_owned();
    login("admin", "Wrong-Qqzx-password").await.expect_status(401);
    login("Qqzx-nobody", "Wrong-Qqzx-password").await.expect_status(401);
    let signed_in = login("admin", ADMIN_PASSWORD).await.expect_status(200);
    let (token, refresh) = (text(&signed_in.body["access_token"]), text(&signed_in.body["refresh_token"]));
    let admin = Client::with_token(base, &token);
    let refreshed = anonymous.post("/api/auth/refresh", &json!({"refresh_token": refresh})).await.expect_status(200);
    let user = admin.post("/api/users", &json!({"username": "lea", "role": "lecture"})).await.expect_status(201);
    let password = text(&user.body["one_time_password"]);
    let fresh = login("lea", &password).await.expect_status(200);
    let fresh = Client::with_token(base, &text(&fresh.body["access_token"]));
    let chosen = "Qqzx purple lamps at dawn";
    let change = json!({"current_password": password, "new_password": chosen});
    fresh.put("/api/auth/password", &change).await.expect_status(204);
    let reset = admin.post(&format!("/api/users/{}/password-reset", user.id()), &json!({})).await.expect_status(200);
    let key = admin.post("/api/api-keys", &json!({"name": "RIS", "role": "modification"})).await.expect_status(201);
    let script = anonymous.header("X-API-Key", &text(&key.body["key"]));
    let patient = script.post("/api/patients", &a_patient()).await.expect_status(201);
    let path = format!("/api/patients/{}", patient.id());
    script.if_match("*").patch(&path, &json!({"comments": "Qqzx-comment"})).await.expect_status(200);
    script.get("/api/search?q=lefevre").await.expect_status(200);
    script.get("/api/patients?family_name=Qqzx-filter").await.expect_status(200);
    script.get("/api/Qqzx-path?q=Qqzx-query").await.expect_status(404);
    script.post("/api/patients", &json!({"family_name": "Qqzx\\"})).await.expect_status(422);
    anonymous.header("Authorization", "Bearer Qqzx.token.x").get("/api/patients").await.expect_status(401);
    anonymous.header("X-API-Key", "ptk_1_Qqzx").get("/api/patients").await.expect_status(401);
    anonymous.header("X-Request-Id", "Qqzx\tforged").get("/no/such/path").await.expect_status(404);
    let mut words = vec![
        "Qqzx".to_owned(),
        "Lefèvre".to_owned(),
        "lefevre".to_owned(),
        "Artagnan".to_owned(),
        ADMIN_PASSWORD.to_owned(),
        token,
        refresh,
        text(&refreshed.body["access_token"]),
        text(&refreshed.body["refresh_token"]),
        password,
        text(&reset.body["one_time_password"]),
    ];
    let key = text(&key.body["key"]);
    words.extend([key.rsplit('_').next().expect("a secret")[..43].to_owned(), key]);
    words
}

#[tokio::test]
async fn no_log_holds_a_secret_or_a_name_whatever_its_level() {
    for level in ["info", "debug", "trace"] {
        let database = TestDatabase::new().await;
        let mut config = database.config();
        config.admin_password = Some(Secret::new(ADMIN_PASSWORD));
        let log = config.data_dir.join("whole.log");
        let file = std::fs::File::create(&log).expect("a log");
        let mut command = configured(&config);
        command.env("ADMIN_PASSWORD", ADMIN_PASSWORD).env("LOG_LEVEL", level).env("LOG_FORMAT", "json").stderr(file);
        let served = Served::of(&mut command);
        let mut words = a_whole_day(&served.base).await;
        words.push(config.jwt_secret.as_ref().expect("a key").expose().to_owned());
        drop(served);
        let said = std::fs::read_to_string(&log).expect("the log");
        assert!(said.contains("\"answered\""), "{level}: nothing was logged");
        for word in words {
            let found = said.lines().find(|line| line.contains(&word));
            assert_eq!(found, None, "{level}: the log holds {word}");
        }
        database.remove().await;
    }
}

#[tokio::test]
async fn a_body_that_is_encoded_is_refused() {
    let app = App::spawn().await;
    let client = app.admin().await.header("Content-Encoding", "gzip");
    let body = Some(("application/json", br#"{"family_name": "Durand"}"#.to_vec()));
    let answer = client.send_raw(Method::POST, "/api/patients", body).await;
    assert_eq!(answer.expect_problem(415, "unsupported_media_type").header("accept-encoding"), Some("identity"));
    let body = Some(("text/csv", b"patient_id;family_name\nP1;Durand\n".to_vec()));
    client.send_raw(Method::POST, "/api/import", body).await.expect_problem(415, "unsupported_media_type");
    assert!(app.admin().await.get("/api/patients").await.expect_status(200).items().is_empty());
}
