//! How often one may try to sign in, and that trying tells nothing.

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::harness::{ADMIN_PASSWORD, Answer, App, Client, RoleName, texts};

/// How `login_attempt` says that an attempt is being verified, and that it failed.
const PENDING: i16 = 0;
const FAILED: i16 = 1;
/// Failures of an account before it waits.
const FREE: usize = 5;

async fn login(client: &Client, name: &str, password: &str) -> Answer {
    client.post("/api/auth/login", &json!({"username": name, "password": password})).await
}

async fn fail(client: &Client, name: &str, times: usize) {
    for _ in 0..times {
        login(client, name, "not the password").await.expect_problem(401, "invalid_credentials");
    }
}

fn retry_after(answer: &Answer) -> u64 {
    answer.header("retry-after").and_then(|seconds| seconds.parse().ok()).expect("seconds")
}

/// A server behind a proxy, which says where its clients are.
async fn behind_a_proxy() -> App {
    App::spawn_with(|config| config.trusted_proxies = "127.0.0.1".parse().expect("an address")).await
}

fn from(app: &App, address: &str) -> Client {
    app.anonymous().header("X-Forwarded-For", address)
}

/// Lets the attempts so far lie further back, or ahead.
async fn age(app: &App, seconds: i64) {
    let sql = match engine(app) {
        "sqlite" => {
            format!("UPDATE login_attempt SET at = strftime('%Y-%m-%d %H:%M:%f', at, '{:+} seconds')", -seconds)
        }
        _ => format!("UPDATE login_attempt SET at = at - INTERVAL {seconds} SECOND"),
    };
    app.execute(&sql).await;
}

fn engine(app: &App) -> &'static str {
    if crate::harness::is_embedded(&app.config) { "sqlite" } else { "mariadb" }
}

#[tokio::test]
async fn an_account_that_fails_often_waits_on_every_server_whether_it_exists_or_not() {
    let app = behind_a_proxy().await;
    let other = app.another().await;
    app.add_account("holder", RoleName::Lecture, false).await;
    let mut answers = Vec::new();
    for (name, address) in [("holder", "203.0.113.1"), ("nobody", "203.0.113.2")] {
        fail(&from(&app, address), name, 3).await;
        fail(&from(&other, address), name, FREE - 3).await;
        // So that the second does not end meanwhile.
        age(&app, -30).await;
        for server in [&app, &other] {
            let mut answer = login(&from(server, address), name, "not the password").await;
            answer = answer.expect_problem(429, "too_many_attempts");
            assert!((2..=31).contains(&retry_after(&answer)), "{answer:?}");
            answer.body["request_id"].take();
            answer.body["instance"].take();
            answers.push(answer.body);
        }
        // The right password does not help while the account waits, from wherever.
        login(&from(&app, "203.0.113.3"), name, ADMIN_PASSWORD).await.expect_problem(429, "too_many_attempts");
    }
    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:?}");

    age(&app, 62).await;
    login(&from(&app, "203.0.113.1"), "holder", ADMIN_PASSWORD).await.expect_status(200);
    // Someone else is not concerned.
    login(&from(&app, "203.0.113.1"), "admin", ADMIN_PASSWORD).await.expect_status(200);
}

#[tokio::test]
async fn waiting_grows_and_no_account_is_ever_locked() {
    let app = behind_a_proxy().await;
    app.add_account("holder", RoleName::Lecture, false).await;
    let mut waits = Vec::new();
    // One after another from the hundred addresses of a network, with the time in between that is asked for.
    for number in 0..101 {
        let client = from(&app, &format!("203.0.113.{}", number + 1));
        let answer = login(&client, "holder", "not the password").await;
        if answer.status == 429 {
            let wait = retry_after(&answer);
            waits.push(wait);
            age(&app, i64::try_from(wait).expect("a few")).await;
            login(&client, "holder", "not the password").await.expect_problem(401, "invalid_credentials");
        }
    }
    assert_eq!(waits.iter().filter(|wait| **wait == 60).count(), 101 - FREE - 7, "{waits:?}");
    waits.dedup();
    // The shortest may have ended while the test was kept waiting.
    assert!([1, 2, 4, 8, 16, 32, 60, 900].ends_with(&waits), "{waits:?}");
    assert!(waits.len() > 4, "{waits:?}");
    login(&from(&app, "203.0.113.200"), "holder", ADMIN_PASSWORD).await.expect_problem(429, "too_many_attempts");
    age(&app, 900).await;
    login(&from(&app, "203.0.113.200"), "holder", ADMIN_PASSWORD).await.expect_status(200);
}

#[tokio::test]
async fn nobody_is_kept_out_by_what_others_do_in_their_name() {
    let app = behind_a_proxy().await;
    app.add_account("holder", RoleName::Lecture, false).await;
    let (home, stranger) = (from(&app, "192.0.2.1"), from(&app, "203.0.113.9"));
    login(&home, "holder", ADMIN_PASSWORD).await.expect_status(200);
    fail(&stranger, "holder", FREE).await;
    login(&stranger, "holder", ADMIN_PASSWORD).await.expect_problem(429, "too_many_attempts");
    login(&home, "holder", ADMIN_PASSWORD).await.expect_status(200);
    fail(&home, "holder", FREE).await;
    login(&home, "holder", ADMIN_PASSWORD).await.expect_problem(429, "too_many_attempts");
    age(&app, 2).await;
    // A success is a new beginning.
    login(&home, "holder", ADMIN_PASSWORD).await.expect_status(200);
    fail(&home, "holder", FREE).await;
}

/// Waits until so many attempts have had this outcome.
async fn with_outcome(app: &App, outcome: i16, number: usize) {
    let sql = format!("SELECT account FROM login_attempt WHERE outcome = {outcome}");
    let started = std::time::Instant::now();
    while texts(&app.config, &sql).await.len() != number {
        assert!(started.elapsed().as_secs() < 20, "not {number} of outcome {outcome}");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn who_hangs_up_has_failed_and_keeps_nobody_else_out() {
    let app = App::spawn_with(|config| {
        config.trusted_proxies = "127.0.0.1".parse().expect("an address");
        config.login_concurrency = 1;
        (config.password_cost.memory, config.password_cost.passes) = (64 * 1024, 8);
    })
    .await;
    app.add_account("holder", RoleName::Lecture, false).await;
    let home = from(&app, "192.0.2.1");
    login(&home, "holder", ADMIN_PASSWORD).await.expect_status(200);
    let body = json!({"username": "holder", "password": "not the password"}).to_string();
    let mut connections = Vec::new();
    for number in 0..20 {
        let mut connection = TcpStream::connect(app.base.trim_start_matches("http://")).await.expect("it listens");
        let head = format!(
            "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.{number}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        connection.write_all((head + &body).as_bytes()).await.expect("a request");
        connections.push(connection);
    }
    with_outcome(&app, PENDING, 20).await;
    for connection in connections {
        // So that it is reset when it is closed.
        connection.set_zero_linger().expect("an option");
    }
    login(&home, "holder", ADMIN_PASSWORD).await.expect_status(200);
    with_outcome(&app, FAILED, 20).await;
    login(&from(&app, "203.0.113.99"), "holder", ADMIN_PASSWORD).await.expect_problem(429, "too_many_attempts");
}

#[tokio::test]
async fn an_address_that_fails_often_waits_whatever_the_names() {
    let app = behind_a_proxy().await;
    for number in 0..20 {
        fail(&from(&app, &format!("2001:db8::{number}")), &format!("name {number}"), 1).await;
    }
    let answer = login(&from(&app, "2001:db8::99"), "admin", ADMIN_PASSWORD).await;
    let wait = retry_after(&answer.expect_problem(429, "too_many_attempts"));
    assert!((30..=60).contains(&wait), "{wait}");
    login(&from(&app, "2001:db8:0:1::99"), "admin", ADMIN_PASSWORD).await.expect_status(200);
    age(&app, 60).await;
    login(&from(&app, "2001:db8::99"), "admin", ADMIN_PASSWORD).await.expect_status(200);
}

#[tokio::test]
async fn an_address_cannot_be_made_up() {
    let app = App::spawn_with(|config| config.login_address_failures = 3).await;
    for number in 0..3 {
        fail(&from(&app, &format!("203.0.113.{number}")), &format!("name {number}"), 1).await;
    }
    login(&from(&app, "203.0.113.9"), "admin", ADMIN_PASSWORD).await.expect_problem(429, "too_many_attempts");
}

#[tokio::test]
async fn guesses_at_once_are_counted_as_those_one_after_another() {
    let app = behind_a_proxy().await;
    app.add_account("holder", RoleName::Lecture, false).await;
    let guesses = (0..60).map(|number| {
        let client = from(&app, &format!("203.0.113.{number}"));
        tokio::spawn(async move { login(&client, "holder", "not the password").await.status })
    });
    let mut verified = 0;
    for guess in guesses.collect::<Vec<_>>() {
        match guess.await.expect("an answer") {
            401 => verified += 1,
            status => assert!([429, 503].contains(&status), "{status}"),
        }
    }
    assert!((1..=FREE + 20).contains(&verified), "{verified} of 60 were verified");
    login(&from(&app, "192.0.2.1"), "holder", ADMIN_PASSWORD).await.expect_problem(429, "too_many_attempts");
}

#[tokio::test]
async fn many_may_sign_in_to_one_account_at_once() {
    let app = App::spawn().await;
    let logins = (0..20).map(|_| {
        let client = app.anonymous();
        tokio::spawn(async move { login(&client, "admin", ADMIN_PASSWORD).await })
    });
    for login in logins.collect::<Vec<_>>() {
        login.await.expect("an answer").expect_status(200);
    }
}

#[tokio::test]
async fn who_holds_a_session_cannot_guess_its_password_at_leisure() {
    let app = App::spawn().await;
    let client = app.lecture().await;
    let body = json!({"current_password": "not the password", "new_password": "nine purple lamps at dawn"});
    for _ in 0..FREE {
        client.put("/api/auth/password", &body).await.expect_problem(422, "invalid");
    }
    client.put("/api/auth/password", &body).await.expect_problem(429, "too_many_attempts");
    login(&app.anonymous(), "lecture.tester", ADMIN_PASSWORD).await.expect_problem(429, "too_many_attempts");
    client.get("/api/patients").await.expect_status(200);
}

#[tokio::test]
async fn who_chooses_weak_passwords_has_proven_the_right_one() {
    let app = App::spawn().await;
    let client = app.lecture().await;
    let body = json!({"current_password": ADMIN_PASSWORD, "new_password": "password1234"});
    let choose = async || {
        client
            .put("/api/auth/password", &body)
            .await
            .expect_problem(422, "invalid")
            .expect_fault("/new_password", "weak_password");
    };
    for _ in 0..=FREE {
        choose().await;
    }
    // What has no outcome by then has failed, and makes the next failure wait.
    age(&app, 90).await;
    let wrong = json!({"current_password": "not the password", "new_password": "nine purple lamps at dawn"});
    client.put("/api/auth/password", &wrong).await.expect_problem(422, "invalid");
    choose().await;
}

#[tokio::test]
async fn no_more_passwords_are_hashed_than_the_server_can_bear() {
    let app = App::spawn_with(|config| {
        config.login_concurrency = 1;
        config.login_address_failures = 1000;
        config.password_cost.memory = 64 * 1024;
    })
    .await;
    let logins = (0..80).map(|number| {
        let client = app.anonymous();
        tokio::spawn(async move { login(&client, &format!("name {number}"), "not the password").await })
    });
    let mut refused = 0;
    for login in logins.collect::<Vec<_>>() {
        let answer = login.await.expect("an answer");
        if answer.status == 503 {
            refused += 1;
            answer.expect_problem(503, "overloaded");
        } else {
            answer.expect_problem(401, "invalid_credentials");
        }
    }
    assert!(refused > 0, "all 80 were hashed");
    // Who was turned away has not failed.
    let failed = texts(&app.config, "SELECT account FROM login_attempt").await;
    assert_eq!(failed.len(), 80 - refused);
}

#[tokio::test]
async fn names_that_were_tried_are_not_kept() {
    let app = App::spawn().await;
    fail(&app.anonymous(), "a password in the wrong field", 1).await;
    let kept = texts(&app.config, "SELECT account FROM login_attempt").await;
    assert!(kept.len() == 1 && kept[0].len() == 64 && kept[0].bytes().all(|byte| byte.is_ascii_hexdigit()), "{kept:?}");
}

#[tokio::test]
async fn the_trail_says_when_an_account_began_to_wait() {
    let app = App::spawn().await;
    app.add_account("holder", RoleName::Lecture, false).await;
    fail(&app.anonymous(), "holder", FREE).await;
    for _ in 0..3 {
        login(&app.anonymous(), "holder", ADMIN_PASSWORD).await.expect_problem(429, "too_many_attempts");
    }
    let waits = "SELECT details FROM audit_event WHERE action = 'throttle_login' AND resource_type = 'user'";
    let waits = texts(&app.config, waits).await;
    assert_eq!(waits.len(), 1);
    assert_eq!(serde_json::from_str::<Value>(&waits[0]).expect("JSON"), json!({"seconds": 1}));
}

/// How many events of this outcome the trail has, and how many refusals it tells of; the server must be stopped.
async fn refusals(app: &App, outcome: &str) -> (usize, u64) {
    let events = format!(
        "SELECT CONCAT(action, ' ', COALESCE(resource_id, '-'), ' ', COALESCE(details, '')) FROM audit_event \
         WHERE outcome = '{outcome}'"
    );
    let events = texts(&app.config, &events).await;
    let further = events.iter().filter_map(|event| serde_json::from_str::<Value>(event.splitn(3, ' ').last()?).ok());
    let further: u64 = further.filter_map(|details| details["further"].as_u64()).sum();
    let first = events.iter().filter(|event| event.ends_with(' ')).count();
    (events.len(), further + first as u64)
}

#[tokio::test]
async fn what_limits_refuse_leaves_a_trace_and_a_flood_no_flood_of_them() {
    let mut app = App::spawn_with(|config| {
        config.login_concurrency = 1;
        config.login_address_failures = 1000;
        config.password_cost.memory = 64 * 1024;
        config.rate_limit = config.rate_limit.map(|mut limit| {
            (limit.known, limit.anonymous) = (5, 10_000);
            limit
        });
    })
    .await;
    let known = app.lecture().await;
    app.add_account("holder", RoleName::Lecture, false).await;
    fail(&app.anonymous(), "holder", FREE).await;
    fail(&app.anonymous(), "nobody", FREE).await;
    // So that the time to wait does not end meanwhile.
    age(&app, -30).await;
    let mut at_rate = 0;
    for _ in 0..10 {
        login(&app.anonymous(), "holder", ADMIN_PASSWORD).await.expect_problem(429, "too_many_attempts");
        login(&app.anonymous(), "nobody", ADMIN_PASSWORD).await.expect_problem(429, "too_many_attempts");
        at_rate += u64::from(known.get("/api/patients").await.status == 429);
    }
    let logins = (0..80).map(|number| {
        let client = app.anonymous();
        tokio::spawn(async move { login(&client, &format!("name {number}"), "not the password").await.status })
    });
    let mut overloaded = 0;
    for login in logins.collect::<Vec<_>>() {
        overloaded += u64::from(login.await.expect("an answer") == 503);
    }
    assert!(at_rate > 1 && overloaded > 1, "{at_rate} {overloaded}");
    app.stop().await;
    // An account that exists and one that does not: of each the first, and the number of the others.
    assert_eq!(refusals(&app, "too_many_attempts").await, (4, 20));
    assert_eq!(refusals(&app, "too_many_requests").await, (2, at_rate));
    assert_eq!(refusals(&app, "overloaded").await, (2, overloaded));
}

#[tokio::test]
async fn attempts_of_long_ago_are_cleared_away() {
    let app = App::spawn().await;
    fail(&app.anonymous(), "nobody", 2).await;
    app.execute("UPDATE login_attempt SET at = '2020-01-01 00:00:00'").await;
    login(&app.anonymous(), "admin", ADMIN_PASSWORD).await.expect_status(200);
    let started = std::time::Instant::now();
    let _other = app.another().await;
    while texts(&app.config, "SELECT account FROM login_attempt").await.len() > 1 {
        assert!(started.elapsed().as_secs() < 20, "they are still there");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}
