//! The audit trail is sealed: whatever is done to it behind the server's back is found and named.

use std::process::{Command, Output};
use std::time::Duration;

use serde_json::json;

use crate::harness::{App, Client, Served, TestDatabase, configured, named, program, texts};

/// A server that seals at once.
async fn hasty() -> App {
    App::spawn_with(|config| {
        config.audit_settled = Duration::ZERO;
        config.audit_seal_interval = Duration::from_millis(30);
    })
    .await
}

async fn number(app: &App, sql: &str) -> i64 {
    texts(&app.config, &format!("SELECT CAST(({sql}) AS CHAR)")).await[0].parse().expect("a number")
}

/// Waits until every event is sealed, each once.
async fn sealed(app: &App) {
    let mut seen = (0, 0);
    for _ in 0..1200 {
        let events = number(app, "SELECT COUNT(*) FROM audit_event").await;
        seen = (events, number(app, "SELECT COALESCE(SUM(events), 0) FROM audit_seal").await);
        if events > 0 && seen.0 == seen.1 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the trail is not sealed after half a minute: {} events, {} sealed", seen.0, seen.1);
}

/// A stopped server whose trail has three seals or more.
async fn a_sealed_trail() -> App {
    let mut app = hasty().await;
    let client = app.modification().await;
    for name in ["Durand", "Roux", "Petit"] {
        client.post("/api/patients", &named(name)).await.expect_status(201);
        // Reads wait in the queue a little, so that there is something for another seal.
        client.get("/api/patients").await.expect_status(200);
        sealed(&app).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    sealed(&app).await;
    app.stop().await;
    assert!(number(&app, "SELECT COUNT(*) FROM audit_seal").await >= 3);
    app
}

fn verify(app: &App, further: &[&str]) -> Output {
    program(&app.config, &[&["audit", "verify"], further].concat())
}

/// Prunes all that is sealed: up to tomorrow.
fn prune_all(app: &App) -> Output {
    let tomorrow = Command::new("date").args(["-u", "-d", "tomorrow", "+%F"]).output().expect("a clock").stdout;
    program(&app.config, &["audit", "prune", "--before", String::from_utf8_lossy(&tomorrow).trim()])
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[track_caller]
fn expect_intact(output: &Output) {
    assert!(output.status.success(), "{}", said(output));
    assert!(said(output).contains("The trail is what was signed."), "{}", said(output));
}

#[track_caller]
fn expect_broken(output: &Output, finding: &str) {
    assert_eq!(output.status.code(), Some(2), "{}", said(output));
    assert!(said(output).contains(&format!("BROKEN: {finding}")), "{finding} is not what is said: {}", said(output));
}

#[tokio::test]
async fn a_trail_that_nobody_touched_is_intact() {
    let app = a_sealed_trail().await;
    expect_intact(&verify(&app, &[]));
    let again = App::start(app.config.clone()).await.expect("the server starts");
    let state = again.admin().await.get("/api/audit-events/verification").await.expect_status(200);
    assert_eq!((&state.body["intact"], &state.body["finding"]), (&json!(true), &json!(null)));
    assert!(state.body["sealed_until"].is_string() && state.body["verified_at"].is_string());
    let head = state.body["head"].as_str().expect("a head");
    expect_intact(&verify(&app, &["--head", head]));
    again.modification().await.get("/api/audit-events/verification").await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn a_row_that_was_changed_removed_or_exchanged_is_named() {
    let app = a_sealed_trail().await;
    let ids = texts(&app.config, "SELECT CAST(id AS CHAR) FROM audit_event ORDER BY id").await;
    let (first, second) = (&ids[ids.len() / 2], &ids[ids.len() / 2 + 1]);
    app.execute(&format!("UPDATE audit_event SET actor_name = 'nobody' WHERE id = {second}")).await;
    expect_broken(&verify(&app, &[]), &format!("event {second} "));
    let state = App::start(app.config.clone()).await.expect("the server starts");
    let state = state.admin().await.get("/api/audit-events/verification").await.expect_status(200);
    assert_eq!(state.body["intact"], false);
    assert!(state.body["finding"].as_str().expect("a finding").starts_with(&format!("event {second} ")));
    // The first of two is named.
    for (from, to) in [(first.as_str(), "-1"), (second, first), ("-1", second)] {
        app.execute(&format!("UPDATE audit_event SET id = {to} WHERE id = {from}")).await;
    }
    expect_broken(&verify(&app, &[]), &format!("event {first} "));
    app.execute(&format!("DELETE FROM audit_event WHERE id = {first}")).await;
    let gone = verify(&app, &[]);
    expect_broken(&gone, &format!("event {first} "));
    assert!(said(&gone).contains("is missing"), "{}", said(&gone));
}

#[tokio::test]
async fn a_row_that_was_put_in_is_named() {
    let app = a_sealed_trail().await;
    let ids = texts(&app.config, "SELECT CAST(id AS CHAR) FROM audit_event ORDER BY id").await;
    let copy: i64 = ids[2].parse::<i64>().expect("an id") + 1;
    app.execute("CREATE TABLE aside AS SELECT * FROM audit_event").await;
    app.execute(&format!("DELETE FROM aside WHERE id <> {}", ids[2])).await;
    app.execute(&format!("UPDATE aside SET id = {copy}")).await;
    app.execute("INSERT INTO audit_event SELECT * FROM aside").await;
    expect_broken(&verify(&app, &[]), &format!("event {copy} "));
}

#[tokio::test]
async fn a_seal_that_was_changed_or_removed_is_named() {
    let app = a_sealed_trail().await;
    app.execute("UPDATE audit_seal SET last_id = last_id + 1 WHERE id = 2").await;
    expect_broken(&verify(&app, &[]), "seal 2 was changed");
    app.execute("DELETE FROM audit_seal WHERE id = 2").await;
    expect_broken(&verify(&app, &[]), "seal 2 is missing");
    app.execute("DELETE FROM audit_seal WHERE id = 1").await;
    expect_broken(&verify(&app, &[]), "seal 1 is missing");
}

#[tokio::test]
async fn an_end_that_was_cut_off_is_known_from_outside() {
    let app = a_sealed_trail().await;
    let head = std::fs::read_to_string(app.config.data_dir.join("audit_head")).expect("the head is noted");
    app.execute("DELETE FROM audit_event WHERE id > (SELECT last_id FROM audit_seal WHERE id = 2)").await;
    app.execute("DELETE FROM audit_seal WHERE id > 2").await;
    expect_broken(&verify(&app, &[]), "the trail was cut off: seal 3 was there and is not");
    // A server that goes on does not forget what it knew.
    let mut again = App::start(app.config.clone()).await.expect("the server starts");
    again.lecture().await.get("/api/patients").await.expect_status(200);
    sealed(&app).await;
    again.stop().await;
    assert_eq!(std::fs::read_to_string(app.config.data_dir.join("audit_head")).expect("the head is noted"), head);
    let cut = verify(&app, &[]);
    assert_eq!(cut.status.code(), Some(2), "{}", said(&cut));
    let refused = program(&app.config, &["audit", "prune", "--before", "2020-01-01"]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    // Without the note the log knows it.
    std::fs::remove_file(app.config.data_dir.join("audit_head")).expect("the file goes");
    assert_eq!(verify(&app, &["--head", head.trim()]).status.code(), Some(2));
}

#[tokio::test]
async fn a_change_without_its_event_shows_an_end_that_was_cut_off() {
    let app = a_sealed_trail().await;
    std::fs::remove_file(app.config.data_dir.join("audit_head")).expect("the file goes");
    app.execute("DELETE FROM audit_event WHERE id > (SELECT last_id FROM audit_seal WHERE id = 1)").await;
    app.execute("DELETE FROM audit_seal WHERE id > 1").await;
    expect_broken(&verify(&app, &[]), "the trail was cut off: the change of ");
}

#[tokio::test]
async fn a_trail_that_was_emptied_is_no_trail_that_has_not_begun() {
    let database = TestDatabase::new().await;
    let config = database.config();
    expect_intact(&program(&config, &["audit", "verify"]));
    database.remove().await;
    let app = a_sealed_trail().await;
    std::fs::remove_file(app.config.data_dir.join("audit_head")).expect("the file goes");
    app.execute("DELETE FROM audit_event").await;
    app.execute("DELETE FROM audit_seal").await;
    expect_broken(&verify(&app, &[]), "the trail was cut off: the change of ");
}

#[tokio::test]
async fn another_key_is_said_and_the_former_one_verifies() {
    let app = a_sealed_trail().await;
    let former = app.config.jwt_secret.clone().expect("a secret");
    let verify = |previous: Option<&str>| {
        let mut command = configured(&app.config);
        command.env("AUDIT_KEY", "kR7w2Zq9Lm4Xc1Vb8Nh5Jd3Gs6Fa0Pty");
        if let Some(previous) = previous {
            command.env("AUDIT_KEY_PREVIOUS", previous);
        }
        command.args(["audit", "verify"]).output().expect("the program runs")
    };
    let output = verify(None);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        said(&output).contains("is not known: put the former AUDIT_KEY or JWT_SECRET into AUDIT_KEY_PREVIOUS"),
        "{}",
        said(&output)
    );
    expect_intact(&verify(Some(former.expose())));
    expect_intact(&verify(Some(&format!("another secret, {}", former.expose()))));
}

#[tokio::test]
async fn an_event_that_came_late_is_sealed_once() {
    let mut app = App::spawn().await;
    let client = app.modification().await;
    for name in ["Durand", "Roux", "Petit"] {
        client.post("/api/patients", &named(name)).await.expect_status(201);
    }
    app.stop().await;
    let late = &texts(&app.config, "SELECT CAST(id AS CHAR) FROM audit_event ORDER BY id").await[1];
    app.execute("CREATE TABLE aside AS SELECT * FROM audit_event").await;
    app.execute(&format!("DELETE FROM audit_event WHERE id = {late}")).await;
    let mut config = app.config.clone();
    (config.audit_settled, config.audit_seal_interval) = (Duration::ZERO, Duration::from_millis(30));
    let (mut one, mut other) =
        (App::start(config.clone()).await.expect("a server"), App::start(config).await.expect("a server"));
    sealed(&app).await;
    app.execute(&format!("INSERT INTO audit_event SELECT * FROM aside WHERE id = {late}")).await;
    app.execute("DROP TABLE aside").await;
    sealed(&app).await;
    one.stop().await;
    other.stop().await;
    expect_intact(&verify(&app, &[]));
}

#[tokio::test]
async fn servers_that_seal_together_seal_each_event_once() {
    let mut app = hasty().await;
    let mut other = app.another().await;
    let client = app.modification().await;
    let elsewhere = Client::with_token(&other.base, client.token());
    let writing: Vec<_> = (0..40)
        .map(|number| {
            let client = if number % 2 == 0 { client.clone() } else { elsewhere.clone() };
            tokio::spawn(async move { client.post("/api/patients", &named("Durand")).await.status })
        })
        .collect();
    for status in writing {
        assert_eq!(status.await.expect("an answer"), 201);
    }
    sealed(&app).await;
    other.stop().await;
    app.stop().await;
    expect_intact(&verify(&app, &[]));
}

#[tokio::test]
async fn what_is_old_is_pruned_and_the_rest_still_verifies() {
    let app = a_sealed_trail().await;
    let events = number(&app, "SELECT COUNT(*) FROM audit_event").await;
    let nothing = program(&app.config, &["audit", "prune", "--before", "2020-01-01"]);
    assert!(said(&nothing).contains("0 events removed"), "{}", said(&nothing));
    let ahead = program(&app.config, &["audit", "prune", "--before", "2088-01-01"]);
    assert!(!ahead.status.success() && said(&ahead).contains("must not lie in the future"), "{}", said(&ahead));
    let all = prune_all(&app);
    assert!(said(&all).contains(&format!("{events} events removed")), "{}", said(&all));
    let kept = texts(&app.config, "SELECT action FROM audit_event ORDER BY id").await;
    assert!(kept.iter().all(|action| action == "prune_audit_trail"), "{kept:?}");
    // Each says what went with it, so that a run that is broken off has told of what it removed.
    let told = texts(&app.config, "SELECT details FROM audit_event ORDER BY id").await;
    let told: Vec<i64> = told
        .iter()
        .filter_map(|details| serde_json::from_str::<serde_json::Value>(details).ok()?["events"].as_i64())
        .collect();
    assert_eq!((told.len(), told[0], told.iter().sum::<i64>()), (kept.len(), 0, events), "{told:?}");
    assert!(told.len() > 3, "one for each seal: {told:?}");
    expect_intact(&verify(&app, &[]));
    // The chain goes on behind the checkpoint.
    let mut again = App::start(app.config.clone()).await.expect("the server starts");
    again.lecture().await.get("/api/patients").await.expect_status(200);
    sealed(&app).await;
    again.stop().await;
    expect_intact(&verify(&app, &[]));
    app.execute("UPDATE audit_checkpoint SET events = events - 1").await;
    expect_broken(&verify(&app, &[]), "the checkpoint that pruning has left was changed");
    let refused = prune_all(&app);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    app.execute("DELETE FROM audit_checkpoint").await;
    expect_broken(&verify(&app, &[]), "seal 1 is missing");
    let wrong = program(&app.config, &["audit", "prune", "--before", "yesterday"]);
    assert!(!wrong.status.success());
}

/// Writes without pause until the server is gone.
async fn write(client: Client) {
    let send = async |method: reqwest::Method, path: &str, body: serde_json::Value| {
        let request =
            reqwest::Client::new().request(method, format!("{}{path}", client.base())).bearer_auth(client.token());
        let answer = request.header("If-Match", "*").json(&body).send().await.ok()?;
        answer.json::<serde_json::Value>().await.ok()
    };
    loop {
        let Some(made) = send(reqwest::Method::POST, "/api/patients", named("Durand")).await else { return };
        for sex in ["F", "M"] {
            let path = format!("/api/patients/{}", made["id"]);
            if send(reqwest::Method::PATCH, &path, json!({"sex": sex})).await.is_none() {
                return;
            }
        }
    }
}

#[tokio::test]
async fn a_server_that_is_killed_leaves_no_change_without_its_event() {
    let mut app = App::spawn().await;
    app.modification().await;
    app.stop().await;
    let mut written = 0;
    for round in 0..5 {
        let served = Served::start(&app.config);
        let body = json!({"username": "modification.tester", "password": crate::harness::ADMIN_PASSWORD});
        let answer = Client::new(&served.base).post("/api/auth/login", &body).await.expect_status(200);
        let client = Client::with_token(&served.base, answer.body["access_token"].as_str().expect("a token"));
        let writers: Vec<_> = (0..4).map(|_| tokio::spawn(write(client.clone()))).collect();
        tokio::time::sleep(Duration::from_millis(400 + 90 * round)).await;
        // With SIGKILL.
        drop(served);
        for writer in writers {
            writer.await.expect("it ends with the server");
        }
        let versions = number(&app, "SELECT SUM(version) FROM patient").await;
        assert!(versions > written, "nothing was written");
        written = versions;
        let of_patients = "FROM audit_event WHERE resource_type = 'patient' AND version_after IS NOT NULL";
        assert_eq!(number(&app, &format!("SELECT COUNT(*) {of_patients}")).await, versions, "an event a version");
        let pairs = format!("SELECT COUNT(*) FROM (SELECT DISTINCT resource_id, version_after {of_patients}) AS pairs");
        assert_eq!(number(&app, &pairs).await, versions, "one each");
        let beyond = "SELECT COUNT(*) FROM audit_event e LEFT JOIN patient p ON p.id = e.resource_id \
            WHERE e.resource_type = 'patient' AND e.version_after > COALESCE(p.version, 0)";
        assert_eq!(number(&app, beyond).await, 0, "none of what did not happen");
        let former = number(&app, "SELECT COUNT(*) FROM record_version").await;
        assert_eq!(former, number(&app, "SELECT SUM(version - 1) FROM patient").await, "a former state each");
    }
    expect_intact(&verify(&app, &[]));
}
