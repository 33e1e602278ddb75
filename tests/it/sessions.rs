//! Sessions: refreshed, seen, and what their tokens are worth.

mod browser;
mod ending;

use serde_json::{Value, json};

use crate::harness::{ADMIN_PASSWORD, Answer, App, Client, RoleName, claims, sign, texts};

const LONG_AGO: &str = "'2020-01-01 00:00:00'";

/// Signs an account in, the body extended by `more`.
async fn login(client: &Client, name: &str, more: Value) -> Answer {
    let mut body = json!({"username": name, "password": ADMIN_PASSWORD});
    body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    client.post("/api/auth/login", &body).await.expect_status(200)
}

/// An account of the role `lecture` that is signed in.
async fn signed_in(app: &App) -> (Client, String) {
    app.add_account("holder", RoleName::Lecture, false).await;
    let answer = login(&app.anonymous(), "holder", json!({})).await;
    (Client::with_token(&app.base, &text(&answer, "access_token")), text(&answer, "refresh_token"))
}

fn text(answer: &Answer, name: &str) -> String {
    answer.body[name].as_str().unwrap_or_else(|| panic!("{name} in {}", answer.text)).to_owned()
}

async fn refresh(app: &App, token: &str) -> Answer {
    app.anonymous().post("/api/auth/refresh", &json!({"refresh_token": token})).await
}

async fn sessions(client: &Client) -> Vec<Value> {
    client.get("/api/auth/sessions").await.expect_status(200).items().clone()
}

#[tokio::test]
async fn a_refresh_token_is_exchanged_for_the_next_tokens() {
    let app = App::spawn().await;
    let (client, first) = signed_in(&app).await;
    let answer = refresh(&app, &first).await.expect_status(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!((&answer.body["token_type"], &answer.body["expires_in"]), (&json!("Bearer"), &json!(600)));
    assert_eq!(answer.body["user"]["username"], "holder");
    let (access, next) = (text(&answer, "access_token"), text(&answer, "refresh_token"));
    assert!(next != first && next.starts_with("ptr_") && next.len() == 47, "{next}");
    let renewed = Client::with_token(&app.base, &access);
    assert_eq!(claims(&renewed)["sid"], claims(&client)["sid"]);
    for client in [&client, &renewed] {
        client.get("/api/patients").await.expect_status(200);
    }
    assert_eq!(sessions(&renewed).await.len(), 1);
    refresh(&app, &next).await.expect_status(200);
}

#[tokio::test]
async fn a_lost_answer_can_be_asked_for_again_while_nobody_used_it() {
    let app = App::spawn().await;
    let (_, first) = signed_in(&app).await;
    let next = text(&refresh(&app, &first).await.expect_status(200), "refresh_token");
    let again = refresh(&app, &first).await.expect_status(200);
    assert_eq!(text(&again, "refresh_token"), next);
    Client::with_token(&app.base, &text(&again, "access_token")).get("/api/patients").await.expect_status(200);
    refresh(&app, &next).await.expect_status(200);
}

#[tokio::test]
async fn a_token_whose_successor_was_used_ends_the_session() {
    let app = App::spawn().await;
    let (client, first) = signed_in(&app).await;
    let second = text(&refresh(&app, &first).await.expect_status(200), "refresh_token");
    let third = text(&refresh(&app, &second).await.expect_status(200), "refresh_token");
    client.get("/api/patients").await.expect_status(200);

    refresh(&app, &first).await.expect_problem(401, "session_revoked");
    for token in [&first, &second, &third] {
        refresh(&app, token).await.expect_problem(401, "session_revoked");
    }
    client.get("/api/patients").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn a_token_that_was_used_more_than_a_minute_ago_ends_the_session() {
    let app = App::spawn().await;
    let (client, first) = signed_in(&app).await;
    let second = text(&refresh(&app, &first).await.expect_status(200), "refresh_token");
    app.execute(&format!("UPDATE refresh_token SET issued_at = {LONG_AGO}")).await;
    refresh(&app, &first).await.expect_problem(401, "session_revoked");
    refresh(&app, &second).await.expect_problem(401, "session_revoked");
    client.get("/api/patients").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn twenty_refreshes_at_once_leave_one_live_session_with_one_token() {
    let app = App::spawn().await;
    let other = app.another().await;
    let (_, first) = signed_in(&app).await;
    let asked: Vec<_> = (0..20)
        .map(|number| {
            let (base, body) =
                (if number % 2 == 0 { &app } else { &other }.base.clone(), json!({"refresh_token": first}));
            tokio::spawn(async move { Client::new(&base).post("/api/auth/refresh", &body).await })
        })
        .collect();
    let mut tokens = Vec::new();
    let mut client = None;
    for answer in asked {
        let answer = answer.await.expect("an answer").expect_status(200);
        client = Some(Client::with_token(&app.base, &text(&answer, "access_token")));
        tokens.push(text(&answer, "refresh_token"));
    }
    tokens.dedup();
    assert_eq!(tokens.len(), 1, "all got the same token");
    assert_eq!(sessions(&client.expect("a client")).await.len(), 1);
    let unused = "SELECT hash FROM refresh_token WHERE used_at IS NULL";
    assert_eq!(texts(&app.config, unused).await.len(), 1);
    refresh(&app, &tokens[0]).await.expect_status(200);
}

#[tokio::test]
async fn the_database_does_not_know_the_tokens() {
    let app = App::spawn().await;
    let (_, first) = signed_in(&app).await;
    let next = text(&refresh(&app, &first).await.expect_status(200), "refresh_token");
    let hashes = texts(&app.config, "SELECT hash FROM refresh_token").await;
    assert_eq!(hashes.len(), 2);
    for hash in &hashes {
        assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{hash}");
        refresh(&app, hash).await.expect_problem(401, "session_revoked");
        refresh(&app, &format!("ptr_{}", &hash[..43])).await.expect_problem(401, "session_revoked");
    }
    refresh(&app, &next).await.expect_status(200);
}

#[tokio::test]
async fn an_access_token_refreshes_nothing_and_a_refresh_token_opens_nothing() {
    let app = App::spawn().await;
    let (client, token) = signed_in(&app).await;
    refresh(&app, client.token()).await.expect_problem(422, "invalid").expect_fault("/refresh_token", "too_long");
    for wrong in [&client.token()[..64], "ptr_", &token[4..], &token.to_uppercase(), "garbage"] {
        refresh(&app, wrong).await.expect_problem(401, "session_revoked");
    }
    let bearer = Client::with_token(&app.base, &token);
    bearer.get("/api/patients").await.expect_problem(401, "unauthenticated");
    bearer.post("/api/auth/refresh", &json!({})).await.expect_problem(401, "unauthenticated");
    app.anonymous().send(reqwest::Method::POST, "/api/auth/refresh", None).await.expect_problem(401, "unauthenticated");
    refresh(&app, &token).await.expect_status(200);
}

#[tokio::test]
async fn an_access_token_belongs_to_its_own_session() {
    let app = App::spawn().await;
    let (client, _) = signed_in(&app).await;
    let admin = app.admin().await;
    let mut mixed = claims(&client);
    mixed["sid"] = claims(&admin)["sid"].clone();
    let token = sign(&app, &json!({"alg": "HS256", "typ": "at+jwt"}), &mixed);
    Client::with_token(&app.base, &token).get("/api/patients").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn refreshing_prolongs_a_session_as_far_as_its_end() {
    let app = App::spawn_with(|config| {
        config.session_idle_timeout = std::time::Duration::from_secs(200);
        config.session_lifetime = std::time::Duration::from_mins(5);
    })
    .await;
    let (client, token) = signed_in(&app).await;
    let within = |answer: &Answer, range: std::ops::RangeInclusive<i64>| {
        for name in ["expires_in", "refresh_expires_in"] {
            let seconds = answer.body[name].as_i64().expect("seconds");
            assert!(range.contains(&seconds), "{name} {seconds}");
        }
    };
    let answer = refresh(&app, &token).await.expect_status(200);
    within(&answer, 190..=200);
    let ends = sessions(&client).await[0]["ends_at"].clone();
    // An hour has passed, so to say: the end comes before the idle time is over.
    app.execute("UPDATE session SET ends_at = expires_at").await;
    let answer = refresh(&app, &text(&answer, "refresh_token")).await.expect_status(200);
    within(&answer, 180..=200);
    let session = sessions(&client).await[0].clone();
    assert_eq!(session["expires_at"], session["ends_at"]);
    assert!(session["ends_at"].as_str() < ends.as_str());
}

#[tokio::test]
async fn everyone_sees_where_they_are_signed_in() {
    let app = App::spawn().await;
    let (client, _) = signed_in(&app).await;
    let agent = format!("reader/1.0 {}", "x".repeat(400));
    let device = json!({"device": " Salle d'échographie "});
    let answer = login(&app.anonymous().header("User-Agent", &agent), "holder", device).await;
    let other = Client::with_token(&app.base, &text(&answer, "access_token"));
    let list = sessions(&other).await;
    assert_eq!(list.len(), 2);
    let [new, old] = &list[..] else { panic!("two sessions") };
    assert_eq!((&new["current"], &old["current"]), (&json!(true), &json!(false)));
    assert_eq!((&new["device"], &old["device"]), (&json!("Salle d'échographie"), &Value::Null));
    assert_eq!(new["user_agent"].as_str().map(str::len), Some(255));
    assert_eq!(new["address"], "127.0.0.1");
    assert_eq!(new["id"].to_string(), claims(&other)["sid"].as_str().expect("a session"));
    assert!(sessions(&app.admin().await).await.iter().all(|session| session["id"] != old["id"]), "others see theirs");

    other.delete(&format!("/api/auth/sessions/{}", old["id"])).await.expect_status(204);
    client.get("/api/patients").await.expect_problem(401, "unauthenticated");
    assert_eq!(sessions(&other).await.len(), 1);
    other.delete(&format!("/api/auth/sessions/{}", old["id"])).await.expect_problem(404, "session_not_found");
}

#[tokio::test]
async fn a_device_has_a_name_of_one_line() {
    let app = App::spawn().await;
    for (device, code) in
        [(json!("x".repeat(65)), "too_long"), (json!("a\nb"), "invalid_character"), (json!(7), "invalid_type")]
    {
        let body = json!({"username": "admin", "password": ADMIN_PASSWORD, "device": device});
        let answer = app.anonymous().post("/api/auth/login", &body).await.expect_problem(422, "invalid");
        answer.expect_fault("/device", code);
    }
    assert!(texts(&app.config, "SELECT address FROM session").await.is_empty());
}

#[tokio::test]
async fn only_a_trusted_proxy_says_where_a_session_is_used_from() {
    let app = App::spawn().await;
    let forged = app.anonymous().header("X-Forwarded-For", "203.0.113.9").header("Forwarded", "for=203.0.113.9");
    let answer = login(&forged, "admin", json!({})).await;
    let client = Client::with_token(&app.base, &text(&answer, "access_token"));
    assert_eq!(sessions(&client).await[0]["address"], "127.0.0.1");

    let behind = App::spawn_with(|config| config.trusted_proxies = "127.0.0.1".parse().expect("an address")).await;
    let forged = behind.anonymous().header("X-Forwarded-For", "198.51.100.7, 203.0.113.9");
    let answer = login(&forged, "admin", json!({})).await;
    let client = Client::with_token(&behind.base, &text(&answer, "access_token"));
    assert_eq!(sessions(&client).await[0]["address"], "203.0.113.9");
}
