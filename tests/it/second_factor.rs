//! The second factor: set up, asked for, lost, required.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Method;
use serde_json::{Value, json};
use sha1::Sha1;

use crate::harness::{ADMIN_PASSWORD, Answer, App, Client, RoleName, claims, contract, program, soon, texts};

/// An authenticator application (RFC 6238 with its defaults).
struct Application(Vec<u8>);

impl Application {
    fn of(secret: &str) -> Self {
        let letter = |letter: u8| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|known| *known == letter);
        let bits = secret.bytes().fold((Vec::new(), 0_u64, 0), |(mut bytes, mut bits, mut number), byte| {
            bits = bits << 5 | letter(byte).expect("base 32") as u64;
            number += 5;
            if number >= 8 {
                number -= 8;
                bytes.push(u8::try_from(bits >> number & 0xff).expect("a byte"));
            }
            (bytes, bits, number)
        });
        Self(bits.0)
    }

    /// The code of the step that is so many steps from now.
    fn code(&self, steps: i64) -> String {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
        let step = (now / 30).checked_add_signed(steps).expect("a step");
        let mac = <Hmac<Sha1> as KeyInit>::new_from_slice(&self.0).expect("any key");
        let mac = mac.chain_update(step.to_be_bytes()).finalize().into_bytes();
        let offset = usize::from(mac[19] & 0xf);
        let number = u32::from_be_bytes(mac[offset..offset + 4].try_into().expect("four bytes")) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }

    /// A code of no step around now.
    fn wrong_code(&self) -> String {
        let right: Vec<_> = (-3..=3).map(|steps| self.code(steps)).collect();
        (0..100).map(|number| format!("{number:06}")).find(|code| !right.contains(code)).expect("a code")
    }
}

async fn login(app: &App, name: &str, more: Value) -> Answer {
    let mut body = json!({"username": name, "password": ADMIN_PASSWORD});
    body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    app.anonymous().post("/api/auth/login", &body).await
}

async fn enrol(client: &Client) -> Answer {
    client.post("/api/auth/totp", &json!({"password": ADMIN_PASSWORD})).await
}

/// Sets up a second factor by the code of the step before this one, so that the later ones are still unused.
async fn set_up(client: &Client) -> (Application, Vec<String>) {
    let shown = enrol(client).await.expect_status(200);
    let application = Application::of(shown.body["secret"].as_str().expect("a secret"));
    let confirmed =
        client.post("/api/auth/totp/confirm", &json!({"totp": application.code(-1)})).await.expect_status(200);
    let codes = confirmed.body["recovery_codes"].as_array().expect("codes").clone();
    (application, codes.iter().map(|code| code.as_str().expect("a code").to_owned()).collect())
}

/// An account with a second factor, and its session.
async fn with_second_factor(app: &App, name: &str, role: RoleName) -> (Client, Application, Vec<String>) {
    app.add_account(name, role, false).await;
    let client = app.signed_in(name).await;
    let (application, codes) = set_up(&client).await;
    (client, application, codes)
}

async fn state(client: &Client) -> Value {
    client.get("/api/auth/totp").await.expect_status(200).body
}

#[tokio::test]
async fn a_second_factor_is_set_up_and_then_asked_for() {
    let app = App::spawn().await;
    app.add_account("holder", RoleName::Lecture, false).await;
    let (client, elsewhere) = (app.signed_in("holder").await, app.signed_in("holder").await);
    assert_eq!(state(&client).await["enabled"], false);
    client.post("/api/auth/totp", &json!({"password": "not the password"})).await.expect_problem(422, "invalid");
    client
        .post("/api/auth/totp/confirm", &json!({"totp": "123456"}))
        .await
        .expect_problem(409, "second_factor_not_pending");

    let shown = enrol(&client).await.expect_status(200);
    assert_eq!(shown.header("cache-control"), Some("no-store"));
    let secret = shown.body["secret"].as_str().expect("a secret");
    let uri = shown.body["uri"].as_str().expect("a URI");
    assert!(uri.starts_with("otpauth://totp/Patientele:holder?") && uri.contains(secret), "{uri}");
    let image = shown.body["qr_code"].as_str().and_then(|uri| uri.strip_prefix("data:image/svg+xml;base64,"));
    let image = STANDARD.decode(image.expect("an image")).expect("base64");
    assert!(String::from_utf8_lossy(&image).contains("<svg"));
    // Until the first code was right, the password is enough.
    login(&app, "holder", json!({})).await.expect_status(200);
    let application = Application::of(secret);
    let wrong = json!({"totp": application.wrong_code()});
    let refused = client.post("/api/auth/totp/confirm", &wrong).await.expect_problem(422, "invalid");
    refused.expect_fault("/totp", "wrong_code");
    login(&app, "holder", json!({})).await.expect_status(200);

    let confirmed = json!({"totp": application.code(-1)});
    let codes = client.post("/api/auth/totp/confirm", &confirmed).await.expect_status(200);
    assert_eq!(codes.body["recovery_codes"].as_array().map(Vec::len), Some(10));
    client.post("/api/auth/totp/confirm", &confirmed).await.expect_problem(409, "second_factor_not_pending");
    enrol(&client).await.expect_problem(409, "second_factor_enabled");
    let state = state(&client).await;
    assert_eq!((&state["enabled"], &state["required"]), (&json!(true), &json!(false)));
    assert_eq!(state["recovery_codes_left"], 10);
    // Whoever signed in with the password alone is out.
    elsewhere.get("/api/patients").await.expect_problem(401, "unauthenticated");

    login(&app, "holder", json!({})).await.expect_problem(401, "second_factor_required");
    let answer = login(&app, "holder", json!({"totp": application.code(0)})).await.expect_status(200);
    assert_eq!(answer.body["user"]["second_factor"], true);
    assert_eq!(client.get("/api/auth/me").await.expect_status(200).body["second_factor"], true);
}

#[tokio::test]
async fn a_code_counts_once_on_all_servers() {
    let app = App::spawn().await;
    let other = app.another().await;
    let (client, application, _) = with_second_factor(&app, "holder", RoleName::Lecture).await;
    // The code that confirmed it is used up too.
    login(&app, "holder", json!({"totp": application.code(-1)})).await.expect_problem(401, "invalid_second_factor");
    let code = application.code(0);
    let bodies = (0..8).map(|number| {
        let server = if number % 2 == 0 { &app } else { &other };
        let client = server.anonymous();
        let body = json!({"username": "holder", "password": ADMIN_PASSWORD, "totp": code});
        tokio::spawn(async move { client.post("/api/auth/login", &body).await.status })
    });
    let mut statuses = Vec::new();
    for answer in bodies.collect::<Vec<_>>() {
        statuses.push(answer.await.expect("an answer"));
    }
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 401, 429].contains(status)), "{statuses:?}");
    app.execute("DELETE FROM login_attempt").await;
    // A code of a step before one that was used is none, even if it was never seen.
    login(&app, "holder", json!({"totp": application.code(-1)})).await.expect_problem(401, "invalid_second_factor");
    login(&app, "holder", json!({"totp": application.code(1)})).await.expect_status(200);
    client.get("/api/patients").await.expect_status(200);
}

#[tokio::test]
async fn the_password_comes_first_and_wrong_codes_are_throttled_like_wrong_passwords() {
    let app = App::spawn().await;
    let (_, application, _) = with_second_factor(&app, "holder", RoleName::Lecture).await;
    let body = json!({"username": "holder", "password": "not the password", "totp": application.code(0)});
    app.anonymous().post("/api/auth/login", &body).await.expect_problem(401, "invalid_credentials");
    app.execute("DELETE FROM login_attempt").await;
    // Saying nothing is no guess.
    for _ in 0..7 {
        login(&app, "holder", json!({})).await.expect_problem(401, "second_factor_required");
    }
    for _ in 0..5 {
        let wrong = json!({"totp": application.wrong_code()});
        login(&app, "holder", wrong).await.expect_problem(401, "invalid_second_factor");
    }
    login(&app, "holder", json!({"totp": application.code(0)})).await.expect_problem(429, "too_many_attempts");
    app.execute("DELETE FROM login_attempt").await;
    // The code was not even looked at, and is still good.
    login(&app, "holder", json!({"totp": application.code(0)})).await.expect_status(200);
}

#[tokio::test]
async fn codes_have_the_form_of_codes() {
    let app = App::spawn().await;
    for (member, value) in [("totp", "12345"), ("totp", "1234567"), ("totp", "12345a"), ("recovery_code", "short")] {
        let answer = login(&app, "admin", json!({member: value})).await.expect_problem(422, "invalid");
        answer.expect_fault(&format!("/{member}"), "wrong_code");
    }
    // An account without a second factor needs none, and does not mind one.
    login(&app, "admin", json!({"totp": "123 456"})).await.expect_status(200);
}

#[tokio::test]
async fn a_recovery_code_stands_once_in_the_place_of_a_code() {
    let app = App::spawn().await;
    let (client, application, codes) = with_second_factor(&app, "holder", RoleName::Lecture).await;
    let written = codes[0].to_uppercase().replace('-', " ");
    login(&app, "holder", json!({"recovery_code": written})).await.expect_status(200);
    assert_eq!(state(&client).await["recovery_codes_left"], 9);
    login(&app, "holder", json!({"recovery_code": codes[0]})).await.expect_problem(401, "invalid_second_factor");
    let used = texts(&app.config, "SELECT details FROM audit_event WHERE action = 'use_recovery_code'").await;
    assert_eq!(used, ["{\"left\":9}"]);

    let body = json!({"password": ADMIN_PASSWORD, "recovery_code": codes[1]});
    let renewed = client.post("/api/auth/totp/recovery-codes", &body).await.expect_status(200);
    let new = renewed.body["recovery_codes"].as_array().expect("codes").clone();
    assert!(new.len() == 10 && new.iter().all(|code| !codes.iter().any(|old| code == old)), "{new:?}");
    login(&app, "holder", json!({"recovery_code": codes[2]})).await.expect_problem(401, "invalid_second_factor");
    login(&app, "holder", json!({"recovery_code": new[0]})).await.expect_status(200);
    login(&app, "holder", json!({"totp": application.code(0)})).await.expect_status(200);
}

#[tokio::test]
async fn giving_up_a_second_factor_needs_the_password_and_a_code() {
    let app = App::spawn().await;
    let (client, application, codes) = with_second_factor(&app, "holder", RoleName::Lecture).await;
    for path in ["/api/auth/totp/disable", "/api/auth/totp/recovery-codes"] {
        let refused = async |body: Value, place: &str, code: &str| {
            client.post(path, &body).await.expect_problem(422, "invalid").expect_fault(place, code);
        };
        refused(json!({"password": ADMIN_PASSWORD}), "/totp", "required").await;
        let code = application.code(0);
        refused(json!({"password": "not the password", "totp": code}), "/password", "wrong_password").await;
        refused(json!({"password": ADMIN_PASSWORD, "totp": application.wrong_code()}), "/totp", "wrong_code").await;
        let wrong = json!({"password": ADMIN_PASSWORD, "recovery_code": "aaaa-bbbb-cccc-dddd"});
        refused(wrong, "/recovery_code", "wrong_code").await;
        app.execute("DELETE FROM login_attempt").await;
    }
    let state = state(&client).await;
    assert_eq!((&state["enabled"], &state["recovery_codes_left"]), (&json!(true), &json!(10)));

    let body = json!({"password": ADMIN_PASSWORD, "totp": application.code(0)});
    client.post("/api/auth/totp/disable", &body).await.expect_status(204);
    client.post("/api/auth/totp/disable", &body).await.expect_problem(409, "second_factor_not_enabled");
    login(&app, "holder", json!({})).await.expect_status(200);
    // The old recovery codes are gone with it.
    let (_, new) = set_up(&client).await;
    login(&app, "holder", json!({"recovery_code": codes[0]})).await.expect_problem(401, "invalid_second_factor");
    login(&app, "holder", json!({"recovery_code": new[0]})).await.expect_status(200);
}

#[tokio::test]
async fn the_database_alone_gives_nobody_a_code() {
    let app = App::spawn().await;
    app.add_account("holder", RoleName::Lecture, false).await;
    let client = app.signed_in("holder").await;
    let shown = enrol(&client).await.expect_status(200);
    let secret = shown.body["secret"].as_str().expect("a secret").to_owned();
    let sealed = texts(&app.config, "SELECT sealed_secret FROM second_factor").await;
    let bytes = STANDARD.decode(&sealed[0]).expect("base64");
    let plain = Application::of(&secret).0;
    assert_eq!(bytes.len(), 24 + plain.len() + 16);
    assert!(!bytes.windows(plain.len()).any(|window| window == plain), "the secret stands there");
    let (_, codes) = set_up(&client).await;
    for hash in texts(&app.config, "SELECT hash FROM recovery_code").await {
        assert!(hash.len() == 64 && codes.iter().all(|code| !hash.contains(&code.replace('-', ""))), "{hash}");
    }
    // Another account's row is of no use, even to who can write the database.
    app.add_account("thief", RoleName::Lecture, false).await;
    let thief = app.signed_in("thief").await;
    let (own, _) = set_up(&thief).await;
    let of = |name: &str| format!("(SELECT id FROM user WHERE username = '{name}')");
    let stolen =
        texts(&app.config, &format!("SELECT sealed_secret FROM second_factor WHERE user_id = {}", of("thief"))).await;
    app.execute(&format!("UPDATE second_factor SET sealed_secret = '{}' WHERE user_id = {}", stolen[0], of("holder")))
        .await;
    login(&app, "holder", json!({"totp": own.code(0)})).await.expect_problem(401, "invalid_second_factor");
}

/// What an account may do whose role needs a second factor it has not.
const BEFORE_ENROLMENT: [&str; 5] =
    ["confirm_second_factor", "enrol_second_factor", "get_current_user", "get_second_factor", "update_password"];

#[tokio::test]
async fn where_a_role_needs_a_second_factor_nothing_goes_without() {
    let app = App::spawn().await;
    let other = app.another().await;
    let admin = app.admin().await;
    app.add_account("holder", RoleName::Modification, false).await;
    let client = app.signed_in("holder").await;
    let there = Client::with_token(&other.base, client.token());
    there.get("/api/patients").await.expect_status(200);
    let roles = admin.get("/api/roles").await.expect_status(200);
    let role = roles.items().iter().find(|role| role["name"] == "modification").expect("the role").clone();
    let (path, version) = (format!("/api/roles/{}", role["id"]), role["version"].to_string());
    let required = json!({"second_factor_required": true});
    client.if_match("*").patch(&path, &required).await.expect_problem(403, "forbidden");
    admin.patch(&path, &required).await.expect_problem(428, "if_match_required");
    admin.if_match("\"99\"").patch(&path, &required).await.expect_problem(412, "stale_version");
    admin.if_match("*").patch("/api/roles/99", &required).await.expect_problem(404, "role_not_found");
    client.get("/api/patients").await.expect_status(200);
    let changed = admin.if_match(&format!("\"{version}\"")).patch(&path, &required).await.expect_status(200);
    assert_eq!(changed.body["second_factor_required"], true);
    assert_eq!(changed.etag(), format!("\"{}\"", changed.body["version"]));
    let again = admin.if_match("*").patch(&path, &required).await.expect_status(200);
    assert_eq!(again.body["version"], changed.body["version"], "nothing was changed");

    for operation in contract().operations().iter().filter(|operation| operation.role.is_some()) {
        let method: Method = operation.method.parse().expect("a method");
        let answer = client.send_raw(method, &operation.example_path(), None).await;
        if BEFORE_ENROLMENT.contains(&operation.id.as_str()) {
            assert!(![401, 403].contains(&answer.status), "{}: {}", operation.id, answer.text);
        } else {
            answer.expect_problem(403, "second_factor_enrolment_required");
        }
    }
    let there = soon(async || there.get("/api/patients").await, 403).await;
    there.expect_problem(403, "second_factor_enrolment_required");
    let me = client.get("/api/auth/me").await.expect_status(200);
    assert_eq!((&me.body["must_enrol_second_factor"], &me.body["second_factor"]), (&json!(true), &json!(false)));
    // Signing in is possible, and leads to nothing else.
    app.signed_in("holder").await.get("/api/patients").await.expect_problem(403, "second_factor_enrolment_required");
    admin.get("/api/patients").await.expect_status(200);

    let (application, _) = set_up(&client).await;
    client.get("/api/patients").await.expect_status(200);
    assert_eq!(state(&client).await["required"], true);
    let body = json!({"password": ADMIN_PASSWORD, "totp": application.code(0)});
    client.post("/api/auth/totp/disable", &body).await.expect_status(204);
    client.get("/api/patients").await.expect_problem(403, "second_factor_enrolment_required");
}

#[tokio::test]
async fn a_password_that_must_be_changed_comes_before_a_second_factor() {
    let app = App::spawn().await;
    app.execute("UPDATE role SET second_factor_required = TRUE WHERE name = 'lecture'").await;
    app.add_account("fresh", RoleName::Lecture, true).await;
    let client = app.signed_in("fresh").await;
    enrol(&client).await.expect_problem(403, "password_change_required");
    let new = "nine purple lamps at dawn";
    let body = json!({"current_password": ADMIN_PASSWORD, "new_password": new});
    client.put("/api/auth/password", &body).await.expect_status(204);
    client.get("/api/patients").await.expect_problem(403, "second_factor_enrolment_required");
    client.post("/api/auth/totp", &json!({"password": new})).await.expect_status(200);
}

#[tokio::test]
async fn an_administrator_takes_a_lost_second_factor_away() {
    let app = App::spawn().await;
    let (client, _, codes) = with_second_factor(&app, "holder", RoleName::Lecture).await;
    let (admin, stranger) = (app.admin().await, app.modification().await);
    let user = claims(&client)["sub"].as_str().expect("a user").to_owned();
    let path = format!("/api/users/{user}/totp");
    assert_eq!(admin.get(&format!("/api/users/{user}")).await.expect_status(200).body["second_factor"], true);
    stranger.delete(&path).await.expect_problem(403, "forbidden");
    login(&app, "holder", json!({})).await.expect_problem(401, "second_factor_required");
    admin.delete(&path).await.expect_status(204);
    client.get("/api/patients").await.expect_problem(401, "unauthenticated");
    let fresh = Client::with_token(
        &app.base,
        login(&app, "holder", json!({})).await.expect_status(200).body["access_token"].as_str().expect("a token"),
    );
    assert_eq!(
        state(&fresh).await,
        json!({"enabled": false, "required": false, "enabled_at": null, "recovery_codes_left": 0})
    );
    // Once more changes nothing.
    admin.delete(&path).await.expect_status(204);
    fresh.get("/api/patients").await.expect_status(200);
    admin.delete("/api/users/999/totp").await.expect_problem(404, "user_not_found");
    let own = claims(&admin)["sub"].as_str().expect("a user").to_owned();
    admin.delete(&format!("/api/users/{own}/totp")).await.expect_problem(409, "own_account");
    login(&app, "holder", json!({"recovery_code": codes[0]})).await.expect_status(200);
}

#[tokio::test]
async fn the_last_way_back_in_is_the_command_line() {
    let app = App::spawn().await;
    let client = app.admin().await;
    set_up(&client).await;
    login(&app, "admin", json!({})).await.expect_problem(401, "second_factor_required");
    let output = program(&app.config, &["admin", "reset-second-factor", "Admin"]);
    assert!(output.status.success(), "{output:?}");
    soon(async || client.get("/api/patients").await, 401).await.expect_problem(401, "unauthenticated");
    login(&app, "admin", json!({})).await.expect_status(200);
    let output = program(&app.config, &["admin", "reset-second-factor", "nobody"]);
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("nobody"), "{output:?}");
}

#[tokio::test]
async fn the_trail_tells_of_second_factors_and_of_no_code() {
    let app = App::spawn().await;
    let (client, application, codes) = with_second_factor(&app, "holder", RoleName::Lecture).await;
    let code = application.code(0);
    login(&app, "holder", json!({"totp": application.wrong_code()})).await.expect_problem(401, "invalid_second_factor");
    let body = json!({"password": ADMIN_PASSWORD, "totp": code});
    client.post("/api/auth/totp/disable", &body).await.expect_status(204);
    let events = "SELECT CONCAT(action, ' ', outcome) FROM audit_event WHERE resource_type = 'user' ORDER BY id";
    for event in ["enrol_second_factor success", "confirm_second_factor success", "disable_second_factor success"] {
        assert!(texts(&app.config, events).await.iter().any(|found| found == event), "{event}");
    }
    let details = texts(&app.config, "SELECT COALESCE(details, '') FROM audit_event").await.join(" ");
    assert!(!details.contains(&code) && codes.iter().all(|code| !details.contains(code)), "{details}");
}
