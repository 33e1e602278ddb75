//! How sessions end, and who may end them.

use serde_json::json;

use super::{LONG_AGO, login, refresh, sessions, signed_in, text};
use crate::harness::{ADMIN_PASSWORD, App, Client, RoleName, Served, claims, soon, texts};

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
async fn signing_out_with_a_token_that_is_none_ends_the_session_of_the_caller() {
    let app = App::spawn().await;
    let (client, _) = signed_in(&app).await;
    client.post("/api/auth/logout", &json!({"refresh_token": "zzz"})).await.expect_status(204);
    client.get("/api/patients").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn the_trail_says_who_signed_out_with_a_refresh_token_alone() {
    let app = App::spawn().await;
    let (_, token) = signed_in(&app).await;
    app.anonymous().post("/api/auth/logout", &json!({"refresh_token": token})).await.expect_status(204);
    let who = "SELECT CONCAT(actor_type, ' ', COALESCE(actor_name, '-')) FROM audit_event WHERE action = 'logout'";
    assert_eq!(texts(&app.config, who).await, ["user holder"]);
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
