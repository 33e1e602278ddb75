//! What is verified for a while: what was decided meanwhile counts.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::task::JoinHandle;

use crate::harness::{ADMIN_PASSWORD, Answer, App, Client, RoleName, claims, texts};

const NEW_PASSWORD: &str = "nine purple lamps at dawn";

/// A server that takes its time over a password, with an account named `holder`.
async fn slow() -> App {
    let app = App::spawn_with(|config| {
        (config.password_cost.memory, config.password_cost.passes) = (64 * 1024, 3);
        (config.login_concurrency, config.sessions_per_user) = (8, 100);
        // Whoever comes too late has failed; that is no reason to keep the next one waiting.
        config.login_account_failures = 100;
    })
    .await;
    app.add_account("holder", RoleName::Lecture, false).await;
    app
}

async fn login(client: Client, password: &'static str) -> Answer {
    client.post("/api/auth/login", &json!({"username": "holder", "password": password})).await
}

/// Waits until so many passwords are being verified.
async fn verifying(app: &App, number: usize) {
    let started = Instant::now();
    while texts(&app.config, "SELECT account FROM login_attempt WHERE outcome = 0").await.len() < number {
        assert!(started.elapsed() < Duration::from_secs(20), "nothing is being verified");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Where an administrator finds an account.
async fn path(admin: &Client, name: &str) -> (String, String) {
    let found = admin.get(&format!("/api/users?username={name}")).await.expect_status(200);
    let path = format!("/api/users/{}", found.ids()[0]);
    let etag = admin.get(&path).await.expect_status(200).etag();
    (path, etag)
}

/// Whoever was let in holds a session that is over.
async fn expect_out(app: &App, answer: Answer) {
    match answer.status {
        200 => {}
        // The machine has much to do.
        503 => return,
        _ => return drop(answer.expect_problem(401, "invalid_credentials")),
    }
    let token = answer.body["access_token"].as_str().expect("a token");
    Client::with_token(&app.base, token).get("/api/auth/me").await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn no_sign_in_outlives_that_its_account_is_deactivated() {
    let app = slow().await;
    let admin = app.admin().await;
    let (path, etag) = path(&admin, "holder").await;
    let signing_in = tokio::spawn(login(app.anonymous(), ADMIN_PASSWORD));
    verifying(&app, 1).await;
    let changed = admin.if_match(&etag).patch(&path, &json!({"active": false})).await.expect_status(200);
    let answer = signing_in.await.expect("an answer");
    // What was given out is not good again either.
    admin.if_match(&changed.etag()).patch(&path, &json!({"active": true})).await.expect_status(200);
    expect_out(&app, answer).await;
    assert_eq!(login(app.anonymous(), ADMIN_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn an_account_that_is_removed_meanwhile_lets_nobody_in() {
    let app = slow().await;
    let admin = app.admin().await;
    let (path, etag) = path(&admin, "holder").await;
    let signing_in = tokio::spawn(login(app.anonymous(), ADMIN_PASSWORD));
    verifying(&app, 1).await;
    let removed = admin.if_match(&etag).delete(&path).await;
    let answer = signing_in.await.expect("an answer");
    if removed.status == 204 {
        answer.expect_problem(401, "invalid_credentials");
    }
}

#[tokio::test]
async fn no_sign_in_outlives_that_its_password_is_changed() {
    let app = slow().await;
    let holder = app.signed_in("holder").await;
    let change = json!({"current_password": ADMIN_PASSWORD, "new_password": NEW_PASSWORD});
    let changing = tokio::spawn(async move { holder.put("/api/auth/password", &change).await });
    let mut signing_in: Vec<JoinHandle<Answer>> = Vec::new();
    // Some are being verified when the password is changed, whenever that is; never so many that it waits for its turn.
    while !changing.is_finished() {
        if signing_in.iter().filter(|one| !one.is_finished()).count() < 3 {
            signing_in.push(tokio::spawn(login(app.anonymous(), ADMIN_PASSWORD)));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    changing.await.expect("an answer").expect_status(204);
    for answer in signing_in {
        expect_out(&app, answer.await.expect("an answer")).await;
    }
    assert_eq!(login(app.anonymous(), NEW_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn no_sign_in_outlives_that_a_second_factor_comes_into_force() {
    let app = slow().await;
    let holder = app.signed_in("holder").await;
    let user = claims(&holder)["sub"].as_str().expect("a user").to_owned();
    let signing_in = tokio::spawn(login(app.anonymous(), ADMIN_PASSWORD));
    verifying(&app, 1).await;
    // As when it is confirmed, which ends the other sessions.
    app.execute(&format!("UPDATE user SET second_factor = TRUE, version = version + 1 WHERE id = {user}")).await;
    app.execute(&format!("UPDATE session SET revoked_at = created_at WHERE user_id = {user}")).await;
    expect_out(&app, signing_in.await.expect("an answer")).await;
}

#[tokio::test]
async fn a_name_that_is_changed_meanwhile_keeps_nobody_out() {
    let app = slow().await;
    let admin = app.admin().await;
    let (path, etag) = path(&admin, "holder").await;
    let signing_in = tokio::spawn(login(app.anonymous(), ADMIN_PASSWORD));
    verifying(&app, 1).await;
    admin.if_match(&etag).patch(&path, &json!({"display_name": "Holder"})).await.expect_status(200);
    signing_in.await.expect("an answer").expect_status(200);
}

#[tokio::test]
async fn who_brings_a_better_hash_keeps_nobody_out() {
    let app = slow().await;
    let mut config = app.config.clone();
    config.password_cost.passes += 1;
    let dearer = App::start(config).await.expect("the server starts");
    let signing_in: Vec<_> = (0..3).map(|_| tokio::spawn(login(dearer.anonymous(), ADMIN_PASSWORD))).collect();
    for answer in signing_in {
        answer.await.expect("an answer").expect_status(200);
    }
}

#[tokio::test]
async fn a_one_time_password_is_not_overwritten_by_who_was_changing_the_former_one() {
    let app = slow().await;
    let admin = app.admin().await;
    let (path, _) = path(&admin, "holder").await;
    let holder = app.signed_in("holder").await;
    let change = json!({"current_password": ADMIN_PASSWORD, "new_password": NEW_PASSWORD});
    let changing = tokio::spawn(async move { holder.put("/api/auth/password", &change).await });
    verifying(&app, 1).await;
    let reset = admin.post(&format!("{path}/password-reset"), &json!({})).await.expect_status(200);
    let changed = changing.await.expect("an answer");
    if changed.status != 204 {
        changed.expect_problem(401, "unauthenticated");
    }
    let one_time = json!({"username": "holder", "password": reset.body["one_time_password"]});
    let answer = app.anonymous().post("/api/auth/login", &one_time).await.expect_status(200);
    assert_eq!(answer.body["user"]["must_change_password"], true);
}

#[tokio::test]
async fn of_two_who_change_a_password_at_once_one_does() {
    let app = slow().await;
    let holder = app.signed_in("holder").await;
    let changing: Vec<_> = [NEW_PASSWORD, "seven green chairs at noon"]
        .map(|new| {
            let (holder, body) = (holder.clone(), json!({"current_password": ADMIN_PASSWORD, "new_password": new}));
            tokio::spawn(async move { (new, holder.put("/api/auth/password", &body).await) })
        })
        .into();
    let mut kept = Vec::new();
    for answer in changing {
        let (new, answer) = answer.await.expect("an answer");
        if answer.status == 204 {
            kept.push(new);
        } else {
            answer.expect_problem(422, "invalid").expect_fault("/current_password", "wrong_password");
        }
    }
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(login(app.anonymous(), kept[0]).await.status, 200);
}
