//! The audit trail: every access leaves a trace, and a change and its trace are one.

mod reading;

use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::harness::{App, contract, named, texts, until};

static MARKER: AtomicU32 = AtomicU32::new(0);

/// The whole trail, the newest event first, once it holds all that was done until now.
async fn trail(app: &App) -> Vec<Value> {
    let admin = app.admin().await;
    let marker = format!("marker-{}", MARKER.fetch_add(1, Ordering::Relaxed));
    admin.header("X-Request-Id", &marker).get("/api/auth/me").await.expect_status(200);
    for _ in 0..200 {
        let found = admin.get(&format!("/api/audit-events?request_id={marker}")).await.expect_status(200);
        if !found.items().is_empty() {
            return admin.walk("/api/audit-events", 200).await;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the trail does not hold what was done ten seconds ago");
}

/// An event as `actor action outcome resource id patient before after changed parameters results`.
fn line(event: &Value) -> String {
    let text = |name: &str| match &event[name] {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(names) if names.is_empty() => "-".to_owned(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    };
    let columns = [
        "actor_name",
        "action",
        "outcome",
        "resource_type",
        "resource_id",
        "patient_fk",
        "version_before",
        "version_after",
        "changed",
        "parameters",
        "results",
    ];
    columns.map(text).join(" ")
}

fn lines(events: &[Value]) -> Vec<String> {
    events.iter().map(line).collect()
}

/// Whether an event is the test's own looking on.
fn is_ours(event: &Value) -> bool {
    ["list_audit_events", "get_current_user", "login"].iter().any(|action| event["action"] == *action)
}

#[tokio::test]
async fn what_is_done_to_a_patient_is_traced() {
    let app = App::spawn().await;
    let client = app.modification().await.header("User-Agent", "tests/1");
    let id = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
    let path = format!("/api/patients/{id}");
    let etag = client.get(&path).await.expect_status(200).etag();
    client.header("If-None-Match", &etag).get(&path).await.expect_status(304);
    client.if_match(&etag).patch(&path, &json!({"sex": "F"})).await.expect_status(200);
    client.if_match(&etag).patch(&path, &json!({"sex": "M"})).await.expect_problem(412, "stale_version");
    client.if_match("*").patch(&path, &json!({"sex": "F"})).await.expect_status(200);
    client.get("/api/patients?family_name=dur&limit=5").await.expect_status(200);
    client.post("/api/search", &json!({"q": "durand", "limit": 5})).await.expect_status(200);
    client.if_match("*").delete(&path).await.expect_status(204);
    client.if_match("*").delete(&format!("{path}?purge=true")).await.expect_problem(403, "forbidden");
    app.admin().await.if_match("*").delete(&format!("{path}?purge=true")).await.expect_status(204);
    app.anonymous().get(&path).await.expect_problem(401, "unauthenticated");
    let events = trail(&app).await;
    let mut seen = lines(&events.iter().filter(|event| !is_ours(event)).cloned().collect::<Vec<_>>());
    let mut expected = [
        "modification.tester create_patient success patient 1 1 - 1 - - -",
        "modification.tester get_patient success patient 1 1 - - - - -",
        "modification.tester get_patient success patient 1 1 - - - - -",
        "modification.tester update_patient success patient 1 1 1 2 sex - -",
        "modification.tester update_patient stale_version patient 1 1 - - - - -",
        "modification.tester update_patient success patient 1 1 - - - - -",
        "modification.tester list_patients success patient - - - - - family_name,limit 1",
        "modification.tester search_registry_by_body success - - - - - - limit,q 1",
        "modification.tester delete_patient success patient 1 1 2 3 deleted_at - -",
        "modification.tester delete_patient forbidden patient 1 1 - - - - -",
        "admin purge_patient success patient 1 1 3 - - - -",
        "- get_patient unauthenticated patient 1 1 - - - - -",
        "server create_first_administrator success user 1 - - - - - -",
    ];
    seen.sort();
    expected.sort_unstable();
    assert_eq!(seen, expected);
    let created = events.iter().find(|event| event["action"] == "create_patient").expect("the event");
    assert_eq!((&created["address"], &created["user_agent"]), (&json!("127.0.0.1"), &json!("tests/1")));
    assert_eq!((&created["actor_type"], created["request_id"].is_string()), (&json!("user"), true));
    assert!(events.windows(2).all(|pair| pair[0]["id"].as_i64() > pair[1]["id"].as_i64()));
}

#[tokio::test]
async fn studies_are_traced_with_their_patient() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let (one, other) = (
        client.post("/api/patients", &named("Durand")).await.id(),
        client.post("/api/patients", &named("Roux")).await.id(),
    );
    let path = format!(
        "/api/studies/{}",
        client.post("/api/studies", &json!({"patient_fk": one})).await.expect_status(201).id()
    );
    client.get(&path).await.expect_status(200);
    client.get(&format!("/api/patients/{one}/studies")).await.expect_status(200);
    client.patch(&path, &json!({"patient_fk": other})).await.expect_status(200);
    client.patch(&path, &json!({"status": "gone"})).await.expect_problem(422, "invalid");
    client.delete(&path).await.expect_status(204);
    let events = trail(&app).await;
    let seen = lines(&events);
    for expected in [
        "modification.tester create_study success study 1 1 - 1 - - -",
        "modification.tester get_study success study 1 1 - - - - -",
        "modification.tester list_patient_studies success patient 1 1 - - - - 1",
        "modification.tester update_study success study 1 1 1 2 patient_fk - -",
        "modification.tester update_study invalid study 1 2 - - - - -",
        "modification.tester delete_study success study 1 2 2 3 deleted_at - -",
    ] {
        assert!(seen.iter().any(|line| line == expected), "{expected} is not among {seen:#?}");
    }
    let moved = events.iter().find(|event| event["action"] == "update_study" && event["outcome"] == "success");
    assert_eq!(moved.expect("the move")["details"], json!({"patient_fk": other}));
}

#[tokio::test]
async fn signing_in_is_traced_and_a_failure_names_nobody_who_is_not_there() {
    let app = App::spawn().await;
    let login = async |name: &str, password: &str| {
        app.anonymous().post("/api/auth/login", &json!({"username": name, "password": password})).await
    };
    login("admin", "a wrong password").await.expect_problem(401, "invalid_credentials");
    login("typed.into.the.wrong.field", "a wrong password").await.expect_problem(401, "invalid_credentials");
    let trail = trail(&app).await;
    let seen = lines(&trail);
    assert!(seen.contains(&"- login invalid_credentials user 1 - - - - - -".to_owned()), "{seen:#?}");
    assert!(seen.contains(&"- login invalid_credentials - - - - - - - -".to_owned()), "{seen:#?}");
    assert!(seen.contains(&"admin login success user 1 - - - - - -".to_owned()), "{seen:#?}");
    assert!(!json!(trail).to_string().contains("typed.into"));
}

#[tokio::test]
async fn every_operation_leaves_a_trace() {
    let app = App::spawn().await;
    let mut asked = Vec::new();
    for caller in ["nobody", "admin"] {
        for operation in contract().operations().iter().filter(|operation| operation.path.starts_with("/api/")) {
            let id = format!("{caller}-{}", operation.id);
            // Anew each time: some operations end the session.
            let client = if caller == "admin" { app.admin().await } else { app.anonymous() };
            let method: Method = operation.method.parse().expect("a method");
            let client = client.header("X-Request-Id", &id).header("If-Match", "*");
            let status = client.send_raw(method, &operation.example_path(), None).await.status;
            asked.push((id, operation.id.clone(), status));
        }
    }
    assert!(asked.len() > 80, "{asked:?}");
    let trail = trail(&app).await;
    for (id, operation, status) in asked {
        let found: Vec<_> = trail.iter().filter(|event| event["request_id"] == id.as_str()).collect();
        // An export that was begun also says how it ended.
        let events = if operation.starts_with("export_") && status < 400 { 2 } else { 1 };
        assert_eq!(found.len(), events, "{id}: {found:#?}");
        assert_eq!(found[0]["action"], operation.as_str(), "{id}");
        assert_eq!(found[0]["outcome"] == "success", status < 400, "{id} was answered {status}: {}", found[0]);
        // Whose token was good is named, also in what was refused.
        let is_known = id.starts_with("admin-");
        assert_eq!(found[0]["actor_name"].as_str(), is_known.then_some("admin"), "{id}");
        assert_eq!(found[0]["actor_type"], if is_known { "user" } else { "anonymous" }, "{id}");
    }
}

#[tokio::test]
async fn a_path_written_otherwise_leaves_the_same_trace() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let id = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
    assert_eq!(id, 1);
    for path in ["/api/p%61tients/1", "/%61pi/patients/1", "/%61%70i/%70atients/%31?"] {
        let request = reqwest::Client::new().get(format!("{}{path}", client.base())).bearer_auth(client.token());
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
    }
    // Decoded twice it would be the same; it is another one.
    for path in ["/api/p%%36%31tients/1", "/api/p%6%31tients/1", "/%%36%31pi/patients/1", "/api/p%2561tients/1"] {
        let request = reqwest::Client::new().get(format!("{}{path}", client.base())).bearer_auth(client.token());
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), 404, "{path}");
    }
    let request = reqwest::Client::new().get(format!("{}/api/p%61tients/1%20", client.base()));
    assert_eq!(request.bearer_auth(client.token()).send().await.expect("an answer").status(), 400);
    let events = trail(&app).await;
    let reads = events.iter().filter(|event| event["action"] == "get_patient").map(line).collect::<Vec<_>>();
    let (seen, refused) = ("get_patient success patient 1 1", "get_patient malformed_request patient - -");
    let expected = [refused, seen, seen, seen].map(|event| format!("modification.tester {event} - - - - -"));
    assert_eq!(reads, expected);
}

#[tokio::test]
async fn the_trail_holds_no_names_terms_or_secrets() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let body = json!({"family_name": "Zyzzyva", "patient_id": "SECRET-42", "birth_date": "1971-02-03", "comments": "allergic"});
    let id = client.post("/api/patients", &body).await.expect_status(201).id();
    client.patch(&format!("/api/patients/{id}"), &json!({"given_name": "Quetzal"})).await.expect_status(200);
    client.get("/api/search?q=zyzzyva%20quetzal&birth_date=1971-02-03").await.expect_status(200);
    client.post("/api/search", &json!({"q": "zyzzyva"})).await.expect_status(200);
    client.get("/api/patients?family_name=zyzz&patient_id=SECRET-42&sort=-birth_date").await.expect_status(200);
    client.get("/api/patients?zyzzyva=1").await.expect_problem(400, "invalid_query");
    client.get("/api/export/patients?family_name=zyzzyva").await;
    client
        .post("/api/patients", &json!({"family_name": "Zyzzyva", "patient_id": "SECRET-42"}))
        .await
        .expect_status(409);
    client
        .put("/api/auth/password", &json!({"current_password": "SECRET-42", "new_password": "SECRET-42"}))
        .await
        .expect_status(422);
    let trail = json!(trail(&app).await).to_string().to_lowercase();
    for word in ["zyzz", "quetzal", "secret", "1971-02", "allergic", client.token()] {
        assert!(!trail.contains(&word.to_lowercase()), "the trail says {word}");
    }
}

#[tokio::test]
async fn what_finds_the_queue_full_is_traced_all_the_same() {
    let mut app = App::spawn_with(|config| config.audit_queue = 1).await;
    let client = app.lecture().await;
    let asked: Vec<_> = (0..60)
        .map(|number| {
            let client = client.header("X-Request-Id", &format!("read-{number}"));
            tokio::spawn(async move { client.get("/api/patients").await.status })
        })
        .collect();
    for status in asked {
        assert_eq!(status.await.expect("an answer"), 200);
    }
    app.stop().await;
    let traced = texts(&app.config, "SELECT request_id FROM audit_event WHERE request_id LIKE 'read-%'").await;
    assert_eq!(traced.len(), 60);
}

#[tokio::test]
async fn nothing_is_shown_that_cannot_be_traced_and_nothing_traced_is_lost() {
    let mut app = App::spawn().await;
    let client = app.modification().await;
    let id = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
    let path = format!("/api/patients/{id}");
    app.execute("ALTER TABLE audit_event RENAME TO taken_away").await;
    let answered = Cell::new(0);
    let read = async || {
        let client = client.header("X-Request-Id", &format!("shown-{}", answered.get()));
        let status = client.get(&path).await.status;
        assert!([200, 500].contains(&status), "{status}");
        answered.set(answered.get() + usize::from(status == 200));
        status
    };
    assert_eq!(read().await, 200, "the queue takes what comes before it knows");
    // A change is refused at once, a read as soon as the first batch was.
    client.post("/api/patients", &named("Roux")).await.expect_problem(500, "internal_error");
    client.if_match("*").patch(&path, &json!({"sex": "F"})).await.expect_problem(500, "internal_error");
    until("reads are refused", async || read().await == 500).await;
    let answered = answered.get();
    app.anonymous().get(&path).await.expect_problem(401, "unauthenticated");
    app.execute("ALTER TABLE taken_away RENAME TO audit_event").await;
    until("reads are answered again", async || client.get(&path).await.status == 200).await;
    assert_eq!(client.get(&path).await.expect_status(200).body["version"], 1);
    assert_eq!(client.get("/api/patients").await.items().len(), 1);
    app.stop().await;
    let shown = texts(&app.config, "SELECT request_id FROM audit_event WHERE request_id LIKE 'shown-%'").await;
    assert_eq!(shown.len(), answered);
    let refused = texts(&app.config, "SELECT action FROM audit_event WHERE outcome = 'unauthenticated'").await;
    assert_eq!(refused, ["get_patient"]);
}

#[tokio::test]
async fn who_is_gone_before_being_heard_leaves_no_event_of_a_false_address() {
    let mut app = App::spawn().await;
    for _ in 0..300 {
        let mut connection = TcpStream::connect(app.base.trim_start_matches("http://")).await.expect("it listens");
        connection.write_all(b"GET /api/patients HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("a request");
        // Reset at once.
        connection.set_zero_linger().expect("an option");
    }
    app.anonymous().get("/api/patients").await.expect_problem(401, "unauthenticated");
    app.stop().await;
    let addresses = texts(&app.config, "SELECT DISTINCT COALESCE(address, '-') FROM audit_event").await;
    assert!(!addresses.contains(&"0.0.0.0".to_owned()), "{addresses:?}");
}
