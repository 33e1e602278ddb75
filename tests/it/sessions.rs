//! Sessions: refreshed, seen, ended, and what their tokens are worth.

use serde_json::{Value, json};

use crate::harness::{ADMIN_PASSWORD, Answer, App, Client, RoleName, Served, claims, sign, soon, texts};

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
async fn a_session_that_was_idle_too_long_has_expired() {
    let app = App::spawn().await;
    let (client, token) = signed_in(&app).await;
    app.execute(&format!("UPDATE session SET expires_at = {LONG_AGO}")).await;
    refresh(&app, &token).await.expect_problem(401, "session_expired");
    let other = app.another().await;
    Client::with_token(&other.base, client.token()).get("/api/patients").await.expect_problem(401, "unauthenticated");
    assert!(sessions(&app.signed_in("holder").await).await.iter().all(|session| session["current"] == true));
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
async fn one_session_too_many_ends_the_one_that_was_idle_longest() {
    let app = App::spawn_with(|config| config.sessions_per_user = 3).await;
    let (oldest, token) = signed_in(&app).await;
    let second = app.signed_in("holder").await;
    // The oldest is used again, so that the second one is now idle longest.
    refresh(&app, &token).await.expect_status(200);
    let (third, fourth) = (app.signed_in("holder").await, app.signed_in("holder").await);
    second.get("/api/patients").await.expect_problem(401, "unauthenticated");
    for client in [&oldest, &third, &fourth] {
        client.get("/api/patients").await.expect_status(200);
    }
    assert_eq!(sessions(&fourth).await.len(), 3);
    let admin = app.admin().await;
    assert_eq!(sessions(&admin).await.len(), 1, "each account has its own");
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
async fn nobody_ends_the_session_of_another_account() {
    let app = App::spawn().await;
    let (client, _) = signed_in(&app).await;
    let (admin, other) = (app.admin().await, app.modification().await);
    let id = claims(&client)["sid"].as_str().expect("a session").to_owned();
    for stranger in [&admin, &other] {
        stranger.delete(&format!("/api/auth/sessions/{id}")).await.expect_problem(404, "session_not_found");
    }
    let user = claims(&admin)["sub"].as_str().expect("a user").to_owned();
    other.delete(&format!("/api/users/{user}/sessions/{id}")).await.expect_problem(403, "forbidden");
    // An administrator names the account too, and it must be the right one.
    admin.delete(&format!("/api/users/{user}/sessions/{id}")).await.expect_problem(404, "session_not_found");
    client.get("/api/patients").await.expect_status(200);
}

#[tokio::test]
async fn an_administrator_sees_and_ends_the_sessions_of_an_account() {
    let app = App::spawn().await;
    let (client, token) = signed_in(&app).await;
    let (second, third) = (app.signed_in("holder").await, app.signed_in("holder").await);
    let admin = app.admin().await;
    let user = claims(&client)["sub"].as_str().expect("a user").to_owned();
    let path = format!("/api/users/{user}/sessions");
    let list = admin.get(&path).await.expect_status(200);
    assert_eq!(list.items().len(), 3);
    assert!(list.items().iter().all(|session| session["current"] == false));

    let id = claims(&client)["sid"].as_str().expect("a session").to_owned();
    admin.delete(&format!("{path}/{id}")).await.expect_status(204);
    client.get("/api/patients").await.expect_problem(401, "unauthenticated");
    refresh(&app, &token).await.expect_problem(401, "session_revoked");
    second.get("/api/patients").await.expect_status(200);

    admin.delete(&path).await.expect_status(204);
    for client in [&second, &third] {
        client.get("/api/patients").await.expect_problem(401, "unauthenticated");
    }
    assert!(admin.get(&path).await.expect_status(200).items().is_empty());
    admin.delete(&path).await.expect_status(204);
    for answer in [admin.get("/api/users/999/sessions").await, admin.delete("/api/users/999/sessions").await] {
        answer.expect_problem(404, "user_not_found");
    }
    admin.delete(&format!("{path}/0")).await.expect_problem(400, "malformed_request");
    admin.get("/api/patients").await.expect_status(200);
}

#[tokio::test]
async fn signing_out_ends_the_session_at_once() {
    let app = App::spawn().await;
    let (client, token) = signed_in(&app).await;
    let other = app.signed_in("holder").await;
    let answer = client.send(reqwest::Method::POST, "/api/auth/logout", None).await.expect_status(204);
    assert_eq!(answer.header("set-cookie"), None, "a cookie that was not sent is not touched");
    client.get("/api/patients").await.expect_problem(401, "unauthenticated");
    refresh(&app, &token).await.expect_problem(401, "session_revoked");
    client.post("/api/auth/logout", &json!({})).await.expect_problem(401, "unauthenticated");
    other.get("/api/patients").await.expect_status(200);
}

#[tokio::test]
async fn a_refresh_token_is_enough_to_sign_out() {
    let app = App::spawn().await;
    let (client, token) = signed_in(&app).await;
    let body = json!({"refresh_token": token});
    for _ in 0..2 {
        app.anonymous().post("/api/auth/logout", &body).await.expect_status(204);
    }
    client.get("/api/patients").await.expect_problem(401, "unauthenticated");
    app.anonymous().post("/api/auth/logout", &json!({})).await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn another_password_ends_every_other_session() {
    let app = App::spawn().await;
    let (client, token) = signed_in(&app).await;
    let other = app.signed_in("holder").await;
    let body = json!({"current_password": "not the password", "new_password": "nine purple lamps at dawn"});
    client.put("/api/auth/password", &body).await.expect_problem(422, "invalid");
    other.get("/api/patients").await.expect_status(200);
    let body = json!({"current_password": ADMIN_PASSWORD, "new_password": "nine purple lamps at dawn"});
    client.put("/api/auth/password", &body).await.expect_status(204);
    other.get("/api/patients").await.expect_problem(401, "unauthenticated");
    client.get("/api/patients").await.expect_status(200);
    refresh(&app, &token).await.expect_status(200);
}

#[tokio::test]
async fn an_account_that_was_deactivated_refreshes_nothing() {
    let app = App::spawn().await;
    let (_, token) = signed_in(&app).await;
    app.execute("UPDATE user SET active = FALSE WHERE username = 'holder'").await;
    refresh(&app, &token).await.expect_problem(401, "session_revoked");
}

/// Another server process on the same database: what happens here is in force there within seconds.
#[tokio::test]
async fn what_ends_a_session_is_in_force_on_every_server() {
    let app = App::spawn().await;
    let other = Served::start(&app.config);
    app.add_account("holder", RoleName::Lecture, false).await;
    let admin = app.admin().await;
    let user = "(SELECT id FROM (SELECT id FROM user WHERE username = 'holder') AS held)";
    for cause in ["logout", "own", "administrator", "password", "deactivated"] {
        let answer = login(&app.anonymous(), "holder", json!({})).await;
        let here = Client::with_token(&app.base, &text(&answer, "access_token"));
        let there = Client::with_token(&other.base, here.token());
        for client in [&here, &there] {
            client.get("/api/patients").await.expect_status(200);
        }
        let (sub, sid) = (claims(&here)["sub"].clone(), claims(&here)["sid"].clone());
        let (sub, sid) = (sub.as_str().expect("a user"), sid.as_str().expect("a session"));
        match cause {
            "logout" => here.post("/api/auth/logout", &json!({})).await.expect_status(204),
            "own" => here.delete(&format!("/api/auth/sessions/{sid}")).await.expect_status(204),
            "administrator" => admin.delete(&format!("/api/users/{sub}/sessions")).await.expect_status(204),
            "password" => {
                let body = json!({"current_password": ADMIN_PASSWORD, "new_password": "nine purple lamps at dawn"});
                let elsewhere = app.signed_in("holder").await;
                let answer = elsewhere.put("/api/auth/password", &body).await.expect_status(204);
                let back = json!({"current_password": "nine purple lamps at dawn", "new_password": ADMIN_PASSWORD});
                elsewhere.put("/api/auth/password", &back).await.expect_status(204);
                answer
            }
            _ => {
                app.execute(&format!("UPDATE user SET active = FALSE WHERE id = {user}")).await;
                soon(async || here.get("/api/patients").await, 401).await
            }
        };
        here.get("/api/patients").await.expect_problem(401, "unauthenticated");
        let gone = soon(async || there.get("/api/patients").await, 401).await;
        assert_eq!(gone.status, 401, "{cause}");
        let body = json!({"refresh_token": text(&answer, "refresh_token")});
        Client::new(&other.base).post("/api/auth/refresh", &body).await.expect_problem(401, "session_revoked");
    }
}

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

#[tokio::test]
async fn sessions_that_ended_long_ago_are_cleared_away() {
    let app = App::spawn().await;
    let (client, _) = signed_in(&app).await;
    app.signed_in("holder").await.post("/api/auth/logout", &json!({})).await.expect_status(204);
    let kept = app.signed_in("holder").await;
    let old = format!("UPDATE session SET ends_at = {LONG_AGO}, expires_at = {LONG_AGO} WHERE revoked_at IS NOT NULL");
    app.execute(&old).await;
    let started = std::time::Instant::now();
    let _other = app.another().await;
    while texts(&app.config, "SELECT address FROM session").await.len() > 2 {
        assert!(started.elapsed().as_secs() < 20, "it is still there");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(texts(&app.config, "SELECT hash FROM refresh_token").await.len(), 2);
    for client in [&client, &kept] {
        client.get("/api/patients").await.expect_status(200);
    }
}
