//! Signing in, one's own account, and what a token is worth.

use serde_json::{Value, json};

use crate::harness::{
    ADMIN_PASSWORD, Answer, App, Client, RoleName, Secret, Served, TestDatabase, claims, program, sign, sign_with, soon,
};

const NEW_PASSWORD: &str = "nine purple lamps at dawn";

async fn login(app: &App, username: &str, password: &str) -> Answer {
    app.anonymous().post("/api/auth/login", &json!({"username": username, "password": password})).await
}

async fn change_password(client: &Client, current: &str, new: &str) -> Answer {
    client.put("/api/auth/password", &json!({"current_password": current, "new_password": new})).await
}

#[tokio::test]
async fn signing_in_answers_a_token_and_whose_it_is() {
    let app = App::spawn().await;
    let answer = login(&app, "admin", ADMIN_PASSWORD).await.expect_status(200);
    let members: Vec<_> = answer.body.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(members, ["access_token", "expires_in", "refresh_expires_in", "refresh_token", "token_type", "user"]);
    assert_eq!(answer.body["refresh_expires_in"].as_i64().map(|seconds| seconds / 60), Some(59));
    assert_eq!(answer.body["token_type"], "Bearer");
    assert_eq!(answer.body["expires_in"], 600);
    let user = &answer.body["user"];
    assert!(user["id"].is_i64());
    assert_eq!((&user["username"], &user["role"]), (&json!("admin"), &json!("admin")));
    assert_eq!(answer.header("cache-control"), Some("no-store"));

    let client = Client::with_token(&app.base, answer.body["access_token"].as_str().expect("a token"));
    assert_eq!(&client.get("/api/auth/me").await.expect_status(200).body, user);
    let claims = claims(&client);
    assert_eq!(claims["sub"], user["id"].to_string());
    assert_eq!(claims["role"], "admin");
    assert_eq!(claims["exp"].as_i64().zip(claims["iat"].as_i64()).map(|(exp, iat)| exp - iat), Some(600));
}

#[tokio::test]
async fn the_case_of_a_name_does_not_matter() {
    let app = App::spawn().await;
    app.add_account("Zoé.Lefèvre", RoleName::Lecture, false).await;
    for name in ["Zoé.Lefèvre", "zoé.lefèvre", "ZOÉ.LEFÈVRE"] {
        assert_eq!(login(&app, name, ADMIN_PASSWORD).await.expect_status(200).body["user"]["username"], "zoé.lefèvre");
    }
}

#[tokio::test]
async fn a_wrong_password_an_unknown_name_and_a_deactivated_account_are_answered_alike() {
    let app = App::spawn().await;
    app.add_account("gone", RoleName::Lecture, false).await;
    app.execute("UPDATE user SET active = FALSE WHERE username = 'gone'").await;
    let mut answers = Vec::new();
    for (username, password) in
        [("admin", "not the password"), ("nobody", "not the password"), ("gone", ADMIN_PASSWORD)]
    {
        let mut body = login(&app, username, password).await.expect_problem(401, "invalid_credentials").body;
        body["request_id"].take();
        body["instance"].take();
        answers.push(body);
    }
    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:?}");
}

#[tokio::test]
async fn a_sign_in_without_a_name_or_a_password_names_both() {
    let app = App::spawn().await;
    let client = app.anonymous();
    let answer = client.post("/api/auth/login", &json!({})).await.expect_problem(422, "invalid");
    assert_eq!(answer.faults(), [("/username".into(), "required".into()), ("/password".into(), "required".into())]);
    let longer = json!({"username": "admin", "password": "x".repeat(129)});
    client.post("/api/auth/login", &longer).await.expect_problem(422, "invalid").expect_fault("/password", "too_long");
    let member = json!({"username": "admin", "password": ADMIN_PASSWORD, "role": "admin"});
    client.post("/api/auth/login", &member).await.expect_problem(422, "invalid").expect_fault("/role", "unknown_field");
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it() {
    let app = App::spawn().await;
    let client = app.lecture().await;
    let name = "lecture.tester";
    let wrong = change_password(&client, "not the password", NEW_PASSWORD).await.expect_problem(422, "invalid");
    wrong.expect_fault("/current_password", "wrong_password");
    let short = change_password(&client, ADMIN_PASSWORD, "eleven char").await.expect_problem(422, "invalid");
    short.expect_fault("/new_password", "too_short");
    let weak = change_password(&client, ADMIN_PASSWORD, "Lecture.Tester2026").await.expect_problem(422, "invalid");
    weak.expect_fault("/new_password", "weak_password");
    let long = change_password(&client, ADMIN_PASSWORD, &"é".repeat(129)).await.expect_problem(422, "invalid");
    long.expect_fault("/new_password", "too_long");
    login(&app, name, ADMIN_PASSWORD).await.expect_status(200);

    assert_eq!(change_password(&client, ADMIN_PASSWORD, NEW_PASSWORD).await.expect_status(204).text, "");
    login(&app, name, ADMIN_PASSWORD).await.expect_problem(401, "invalid_credentials");
    login(&app, name, NEW_PASSWORD).await.expect_status(200);
}

#[tokio::test]
async fn an_account_that_must_change_its_password_can_do_nothing_else() {
    let app = App::spawn().await;
    app.add_account("fresh", RoleName::Admin, true).await;
    let client = app.signed_in("fresh").await;
    let me = client.get("/api/auth/me").await.expect_status(200);
    assert_eq!(me.body["must_change_password"], true);
    client.get("/api/patients").await.expect_problem(403, "password_change_required");
    change_password(&client, "not the password", NEW_PASSWORD).await.expect_problem(422, "invalid");
    client.get("/api/patients").await.expect_problem(403, "password_change_required");
    change_password(&client, ADMIN_PASSWORD, NEW_PASSWORD).await.expect_status(204);
    client.get("/api/patients").await.expect_status(200);
    assert_eq!(client.get("/api/auth/me").await.expect_status(200).body["must_change_password"], false);
}

#[tokio::test]
async fn no_answer_repeats_a_password_or_a_token() {
    let app = App::spawn().await;
    let client = app.admin().await;
    let secret = "Zx9-a-password-that-stands-out";
    let answers = [
        login(&app, "admin", secret).await,
        login(&app, secret, secret).await,
        app.anonymous().post("/api/auth/login", &json!({"password": secret, "token": client.token()})).await,
        change_password(&client, secret, NEW_PASSWORD).await,
        change_password(&client, ADMIN_PASSWORD, "x").await,
        change_password(&client, ADMIN_PASSWORD, secret).await,
        login(&app, "admin", secret).await,
        client.get("/api/auth/me").await,
        Client::with_token(&app.base, &format!("{}x", client.token())).get("/api/auth/me").await,
    ];
    for answer in answers {
        assert!(!answer.text.contains(secret) && !answer.text.contains(ADMIN_PASSWORD), "{}", answer.text);
        assert!(!answer.text.contains(client.token()) && !answer.text.contains("argon2"), "{}", answer.text);
    }
}

/// The answer that a token gets, used as it stands.
async fn with_token(app: &App, token: &str) -> Answer {
    Client::with_token(&app.base, token).get("/api/auth/me").await
}

#[tokio::test]
async fn a_token_made_with_the_right_key_and_claims_is_good() {
    let app = App::spawn().await;
    let claims = claims(&app.lecture().await);
    with_token(&app, &sign(&app, &json!({"alg": "HS256", "typ": "at+jwt"}), &claims)).await.expect_status(200);
}

#[tokio::test]
async fn a_token_with_another_signature_type_or_algorithm_is_none() {
    let app = App::spawn().await;
    let client = app.lecture().await;
    let claims = claims(&client);
    let [header, payload, signature] = client.token().split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
    let admin = sign(&app, &json!({"alg": "none", "typ": "at+jwt"}), &with(&claims, "role", json!("admin")));
    let other_payload = admin.split('.').nth(1).expect("a payload");
    let headers = [
        json!({"alg": "none", "typ": "at+jwt"}),
        json!({"alg": "HS512", "typ": "at+jwt"}),
        json!({"alg": "RS256", "typ": "at+jwt"}),
        json!({"alg": "HS256", "typ": "JWT"}),
        json!({"alg": "HS256"}),
    ];
    let mut tokens: Vec<String> = headers.iter().map(|header| sign(&app, header, &claims)).collect();
    tokens.extend([
        "garbage".to_owned(),
        "a.b.c".to_owned(),
        format!("{header}.{payload}."),
        format!("{header}.{payload}"),
        format!("{header}.{other_payload}.{signature}"),
        format!("{header}.{payload}.{}", signature.chars().rev().collect::<String>()),
    ]);
    for token in tokens {
        with_token(&app, &token).await.expect_problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn a_token_cannot_say_what_it_is_verified_with() {
    let app = App::spawn().await;
    let claims = with(&claims(&app.lecture().await), "role", json!("admin"));
    let own = b"a key of the attacker's own making";
    let jwk = json!({"kty": "oct", "k": "YSBrZXkgb2YgdGhlIGF0dGFja2VyJ3Mgb3duIG1ha2luZw"});
    let kinds = [
        ("kid", json!("unknown")),
        ("kid", json!("../../../../dev/null")),
        ("kid", json!("x' UNION SELECT 'a key of the attacker''s own making' -- ")),
        ("jwk", jwk),
        ("jku", json!(format!("{}/openapi.json", app.base))),
        ("x5u", json!(format!("{}/openapi.json", app.base))),
    ];
    for (name, value) in kinds {
        let header = with(&json!({"alg": "HS256", "typ": "at+jwt"}), name, value);
        for key in [&own[..], b""] {
            with_token(&app, &sign_with(key, &header, &claims)).await.expect_problem(401, "unauthenticated");
        }
    }
}

#[tokio::test]
async fn a_token_with_other_claims_is_none() {
    let app = App::spawn().await;
    let good = claims(&app.lecture().await);
    let now = good["iat"].as_i64().expect("a time");
    let header = json!({"alg": "HS256", "typ": "at+jwt"});
    let changed = [
        ("iss", json!("someone else")),
        ("aud", json!("another service")),
        ("exp", json!(now - 60)),
        ("nbf", json!(now + 60)),
        ("sub", json!("0")),
        ("sub", json!("999999")),
        ("sub", json!("1 OR 1=1")),
        ("sub", json!(1)),
        ("sid", json!("0")),
        ("sid", json!("999999")),
        ("sid", json!("1 OR 1=1")),
        ("sid", json!(1)),
    ];
    for (name, value) in changed {
        let token = sign(&app, &header, &with(&good, name, value));
        with_token(&app, &token).await.expect_problem(401, "unauthenticated");
    }
    for name in ["iss", "aud", "sub", "sid", "exp", "nbf"] {
        let mut claims = good.clone();
        claims.as_object_mut().expect("an object").remove(name);
        with_token(&app, &sign(&app, &header, &claims)).await.expect_problem(401, "unauthenticated");
    }
}

#[tokio::test]
async fn the_role_of_a_token_informs_and_the_account_decides() {
    let app = App::spawn().await;
    let claims = with(&claims(&app.lecture().await), "role", json!("admin"));
    let token = sign(&app, &json!({"alg": "HS256", "typ": "at+jwt"}), &claims);
    let client = Client::with_token(&app.base, &token);
    assert_eq!(client.get("/api/auth/me").await.expect_status(200).body["role"], "lecture");
    client.post("/api/patients", &json!({"family_name": "Durand"})).await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn a_token_counts_in_its_own_header_alone() {
    let app = App::spawn().await;
    let client = app.lecture().await;
    let anonymous = app.anonymous();
    let token = client.token();
    for value in [token.to_owned(), format!("Basic {token}"), "Bearer".to_owned(), "Bearer ".to_owned()] {
        anonymous.header("Authorization", &value).get("/api/auth/me").await.expect_problem(401, "unauthenticated");
    }
    anonymous.header("Authorization", &format!("bearer {token}")).get("/api/auth/me").await.expect_status(200);
    let in_query = format!("/api/patients?access_token={token}");
    anonymous.get(&in_query).await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn an_account_that_is_deactivated_or_demoted_loses_access_within_seconds() {
    let app = App::spawn().await;
    let (client, other) = (app.modification().await, app.lecture().await);
    other.get("/api/patients").await.expect_status(200);
    client.post("/api/patients", &json!({"family_name": "Durand"})).await.expect_status(201);
    let lecture = "(SELECT id FROM role WHERE name = 'lecture')";
    app.execute(&format!("UPDATE user SET role_id = {lecture} WHERE username = 'modification.tester'")).await;
    app.execute("UPDATE user SET active = FALSE WHERE username = 'lecture.tester'").await;

    let patient = json!({"family_name": "Durand"});
    let demoted = soon(async || client.post("/api/patients", &patient).await, 403).await;
    demoted.expect_problem(403, "forbidden");
    assert_eq!(client.get("/api/auth/me").await.expect_status(200).body["role"], "lecture");
    soon(async || other.get("/api/patients").await, 401).await.expect_problem(401, "unauthenticated");
}

#[tokio::test]
async fn the_configured_password_counts_while_there_is_no_administrator() {
    let app = App::spawn().await;
    let mut config = app.config.clone();
    config.admin_password = Some(Secret::new("another password for the start"));
    let again = App::start(config).await.expect("a second start");
    login(&again, "admin", "another password for the start").await.expect_problem(401, "invalid_credentials");
    login(&again, "admin", ADMIN_PASSWORD).await.expect_status(200);
}

#[tokio::test]
async fn a_configured_password_that_is_too_short_or_easy_to_guess_stops_the_start() {
    let database = TestDatabase::new().await;
    for (password, why) in
        [("lamps", "too short"), ("passwordpassword", "easy to guess"), ("admin-admin-1", "easy to guess")]
    {
        let mut config = database.config();
        config.admin_password = Some(Secret::new(password));
        let error = App::start(config).await.err().expect("no start");
        assert!(error.contains("ADMIN_PASSWORD") && error.contains(why) && !error.contains(password), "{error}");
    }
    database.remove().await;
}

#[tokio::test]
async fn without_a_configured_password_a_random_one_is_printed_once_and_must_be_changed() {
    let database = TestDatabase::new().await;
    let first = Served::start(&database.config());
    let line = first.printed.last().expect("a line");
    let password = line.rsplit(' ').next().expect("a password");
    assert!(password.len() == 24 && line.contains("admin"), "{:?}", first.printed);
    let body = json!({"username": "admin", "password": password});
    let answer = Client::new(&first.base).post("/api/auth/login", &body).await.expect_status(200);
    assert_eq!(answer.body["user"]["must_change_password"], true);

    let second = Served::start(&database.config());
    assert!(!second.printed.concat().contains(password), "{:?}", second.printed);
    Client::new(&second.base).post("/api/auth/login", &body).await.expect_status(200);
    drop((first, second));
    database.remove().await;
}

#[tokio::test]
async fn a_password_is_reset_on_the_command_line() {
    let app = App::spawn().await;
    let client = app.lecture().await;
    let output = program(&app.config, &["admin", "reset-password", "Lecture.Tester"]);
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let password = said.lines().next().and_then(|line| line.rsplit(' ').next()).expect("a password");
    assert_eq!(password.len(), 24);
    assert!(!String::from_utf8_lossy(&output.stderr).contains(password), "the password is in the log");

    login(&app, "lecture.tester", ADMIN_PASSWORD).await.expect_problem(401, "invalid_credentials");
    let answer = login(&app, "lecture.tester", password).await.expect_status(200);
    assert_eq!(answer.body["user"]["must_change_password"], true);
    let fresh = Client::with_token(&app.base, answer.body["access_token"].as_str().expect("a token"));
    change_password(&fresh, password, NEW_PASSWORD).await.expect_status(204);
    fresh.get("/api/patients").await.expect_status(200);
    soon(async || client.get("/api/patients").await, 401).await.expect_problem(401, "unauthenticated");

    let output = program(&app.config, &["admin", "reset-password", "nobody"]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("nobody"));
}

/// Claims with one of them changed.
fn with(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    claims[name] = value;
    claims
}

#[tokio::test]
async fn the_new_password_is_another_one() {
    let app = App::spawn().await;
    app.add_account("keeper", RoleName::Lecture, true).await;
    let client = app.signed_in("keeper").await;
    let body = json!({"current_password": ADMIN_PASSWORD, "new_password": ADMIN_PASSWORD});
    let answer = client.put("/api/auth/password", &body).await.expect_problem(422, "invalid");
    assert_eq!(answer.faults(), [("/new_password".to_owned(), "unchanged".to_owned())]);
    client.get("/api/patients").await.expect_problem(403, "password_change_required");
}

#[tokio::test]
async fn a_first_password_that_could_not_sign_in_stops_the_start() {
    for password in ["too short".to_owned(), "x".repeat(129)] {
        let database = TestDatabase::new().await;
        let mut config = database.config();
        config.admin_password = Some(Secret::new(password));
        let Err(error) = App::start(config).await else { panic!("the server started") };
        assert!(error.contains("ADMIN_PASSWORD"), "{error}");
        database.remove().await;
    }
}

#[tokio::test]
async fn who_takes_no_json_is_told_so_at_sign_in_too() {
    let app = App::spawn().await;
    let client = app.anonymous().header("Accept", "text/html");
    for path in ["/api/auth/login", "/api/auth/refresh", "/api/auth/logout"] {
        client.post(path, &json!({})).await.expect_problem(406, "not_acceptable");
    }
}
