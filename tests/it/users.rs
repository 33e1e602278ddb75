//! The administration of accounts.

use serde_json::{Value, json};

use crate::harness::{ADMIN_PASSWORD, Answer, App, Client, RoleName};

const NEW_PASSWORD: &str = "nine purple lamps at dawn";

async fn login(app: &App, username: &str, password: &str) -> Answer {
    app.anonymous().post("/api/auth/login", &json!({"username": username, "password": password})).await
}

/// A client that has just signed in.
async fn signed_in(app: &App, username: &str, password: &str) -> Client {
    let answer = login(app, username, password).await.expect_status(200);
    Client::with_token(&app.base, answer.body["access_token"].as_str().expect("a token"))
}

/// An account of this name and role, made by an administrator.
async fn make(client: &Client, username: &str, role: &str) -> Answer {
    client.post("/api/users", &json!({"username": username, "role": role})).await.expect_status(201)
}

fn path(answer: &Answer) -> String {
    format!("/api/users/{}", answer.id())
}

fn usernames(page: &Answer) -> Vec<&str> {
    page.items().iter().filter_map(|user| user["username"].as_str()).collect()
}

#[tokio::test]
async fn an_account_is_made_with_a_one_time_password_that_must_be_changed() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let body = json!({"username": "Zoe.Lefevre", "display_name": " Zoé  Lefèvre ", "role": "modification"});
    let made = admin.post("/api/users", &body).await.expect_status(201);
    assert_eq!(made.header("location"), Some(path(&made).as_str()));
    assert_eq!((&made.body["username"], &made.body["display_name"]), (&json!("zoe.lefevre"), &json!("Zoé  Lefèvre")));
    assert_eq!((&made.body["active"], &made.body["must_change_password"]), (&json!(true), &json!(true)));
    assert!(made.body["password_expires_at"].is_string() && made.body["last_login_at"].is_null(), "{}", made.text);
    let password = made.body["one_time_password"].as_str().expect("a password");

    let read = admin.get(&path(&made)).await.expect_status(200);
    assert_eq!(read.etag(), made.etag());
    assert!(!read.text.contains(password) && read.body.get("one_time_password").is_none(), "{}", read.text);
    let fresh = signed_in(&app, "ZOE.lefevre", password).await;
    fresh.get("/api/patients").await.expect_problem(403, "password_change_required");
    let change = json!({"current_password": password, "new_password": NEW_PASSWORD});
    fresh.put("/api/auth/password", &change).await.expect_status(204);
    let client = signed_in(&app, "zoe.lefevre", NEW_PASSWORD).await;
    client.post("/api/patients", &json!({"family_name": "Durand"})).await.expect_status(201);
    let read = admin.get(&path(&made)).await.expect_status(200);
    assert_eq!((&read.body["must_change_password"], &read.body["password_expires_at"]), (&json!(false), &Value::Null));
    assert!(read.body["last_login_at"].is_string(), "{}", read.text);
    assert_ne!(read.etag(), made.etag());
    admin.header("If-None-Match", &read.etag()).get(&path(&made)).await.expect_status(304);
}

#[tokio::test]
async fn an_account_can_be_made_with_a_first_password() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let body = json!({"username": "lea", "role": "lecture", "password": NEW_PASSWORD});
    let made = admin.post("/api/users", &body).await.expect_status(201);
    assert_eq!((&made.body["one_time_password"], &made.body["display_name"]), (&Value::Null, &json!("lea")));
    assert!(!made.text.contains(NEW_PASSWORD), "{}", made.text);
    let answer = login(&app, "lea", NEW_PASSWORD).await.expect_status(200);
    assert_eq!(answer.body["user"]["must_change_password"], true);
}

#[tokio::test]
async fn every_fault_of_an_account_is_named_and_nothing_is_made() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let bad = json!({
        "username": "Zoé", "role": "owner", "display_name": "a\\b", "active": false, "password_hash": "x", "version": 9,
    });
    let answer = admin.post("/api/users", &bad).await.expect_problem(422, "invalid");
    let mut faults = answer.faults();
    faults.sort();
    let expected = [
        ("/active", "unknown_field"),
        ("/display_name", "invalid_character"),
        ("/password_hash", "unknown_field"),
        ("/role", "invalid_enum"),
        ("/username", "invalid_username"),
        ("/version", "unknown_field"),
    ];
    assert_eq!(faults, expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
    let answer = admin.post("/api/users", &json!({})).await.expect_problem(422, "invalid");
    assert_eq!(answer.faults(), [("/username".into(), "required".into()), ("/role".into(), "required".into())]);
    for (password, code) in [
        ("nine purple", "too_short"),
        (&"nine purple lamps".repeat(8), "too_long"),
        ("passwordpassword", "weak_password"),
        ("lea.martin2026", "weak_password"),
        ("Patientele2026!", "weak_password"),
    ] {
        let body = json!({"username": "lea.martin", "role": "lecture", "password": password});
        let answer = admin.post("/api/users", &body).await.expect_problem(422, "invalid");
        assert!(!answer.text.contains(password), "{}", answer.text);
        answer.expect_fault("/password", code);
    }
    assert_eq!(usernames(&admin.get("/api/users").await.expect_status(200)), ["admin"]);
}

#[tokio::test]
async fn a_username_is_taken_in_any_case() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let first = make(&admin, "lea", "lecture").await;
    let second = admin.post("/api/users", &json!({"username": "LEA", "role": "admin"})).await;
    assert_eq!(second.expect_problem(409, "user_already_exists").body["existing_id"], first.id());
    assert_eq!(admin.get(&path(&first)).await.body["role"], "lecture");
}

#[tokio::test]
async fn accounts_are_filtered_sorted_and_paged() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    for (username, display_name, role) in [
        ("zlefevre", "Zoé Lefèvre", "modification"),
        ("c.lemaire", "Chloé Le Maire", "lecture"),
        ("amartin", "Zacharie Martin", "lecture"),
        ("x_y", "100%", "lecture"),
    ] {
        let body = json!({"username": username, "display_name": display_name, "role": role});
        admin.post("/api/users", &body).await.expect_status(201);
    }
    let gone = admin.get("/api/users?username=AMARTIN").await.expect_status(200);
    let gone_path = format!("/api/users/{}", gone.ids()[0]);
    admin.if_match("*").patch(&gone_path, &json!({"active": false})).await.expect_status(200);
    for (query, expected) in [
        ("", vec!["admin", "amartin", "c.lemaire", "x_y", "zlefevre"]),
        ("q=LE", vec!["c.lemaire", "zlefevre"]),
        ("q=lefevre%20zoe", vec!["zlefevre"]),
        ("q=c.le", vec!["c.lemaire"]),
        ("q=efevre", vec![]),
        ("q=100", vec!["x_y"]),
        ("role=lecture", vec!["amartin", "c.lemaire", "x_y"]),
        ("role=admin,modification", vec!["admin", "zlefevre"]),
        ("active=false", vec!["amartin"]),
        ("active=true&role=lecture", vec!["c.lemaire", "x_y"]),
        ("sort=-username&limit=2", vec!["zlefevre", "x_y"]),
        ("sort=display_name", vec!["x_y", "admin", "c.lemaire", "amartin", "zlefevre"]),
        ("sort=-last_login_at&limit=1", vec!["admin"]),
    ] {
        let page = admin.get(&format!("/api/users?{query}")).await.expect_status(200);
        assert_eq!(usernames(&page), expected, "{query}");
    }
    let counted = admin.get("/api/users?limit=1&count=exact").await.expect_status(200);
    assert_eq!((&counted.body["total"], &counted.body["total_relation"]), (&json!(5), &json!("eq")));
    for sort in ["username", "-display_name", "last_login_at", "-last_login_at", "created_at", "-updated_at", "id"] {
        let walked = admin.walk(&format!("/api/users?sort={sort}"), 2).await;
        assert_eq!(walked.len(), 5, "{sort}");
        let whole = admin.get(&format!("/api/users?sort={sort}")).await;
        assert_eq!(crate::harness::ids(&walked), whole.ids(), "{sort}");
    }
    admin.get("/api/users?name=x").await.expect_problem(400, "invalid_query");
    admin.get("/api/users?role=owner").await.expect_problem(422, "invalid").expect_fault("role", "invalid_enum");
}

#[tokio::test]
async fn a_change_of_role_or_activity_is_in_force_at_once() {
    let app = App::spawn().await;
    let (admin, client) = (app.admin().await, app.modification().await);
    client.post("/api/patients", &json!({"family_name": "Durand"})).await.expect_status(201);
    let found = admin.get("/api/users?username=modification.tester").await.expect_status(200);
    let path = format!("/api/users/{}", found.ids()[0]);
    let before = admin.get(&path).await.expect_status(200);

    let patch = json!({"role": "lecture", "display_name": "Lea"});
    let changed = admin.if_match(&before.etag()).patch(&path, &patch).await.expect_status(200);
    assert_eq!((&changed.body["role"], &changed.body["display_name"]), (&json!("lecture"), &json!("Lea")));
    client.post("/api/patients", &json!({"family_name": "Durand"})).await.expect_problem(403, "forbidden");
    client.get("/api/patients").await.expect_status(200);
    admin.if_match(&before.etag()).patch(&path, &json!({"role": "admin"})).await.expect_problem(412, "stale_version");
    admin.patch(&path, &json!({"role": "admin"})).await.expect_problem(428, "if_match_required");
    let unchanged = admin.if_match(&changed.etag()).patch(&path, &json!({"role": "lecture"})).await;
    assert_eq!(unchanged.expect_status(200).body["version"], changed.body["version"]);

    admin.if_match(&changed.etag()).patch(&path, &json!({"active": false})).await.expect_status(200);
    client.get("/api/patients").await.expect_problem(401, "unauthenticated");
    login(&app, "modification.tester", ADMIN_PASSWORD).await.expect_problem(401, "invalid_credentials");
    admin.if_match("*").patch(&path, &json!({"active": true})).await.expect_status(200);
    login(&app, "modification.tester", ADMIN_PASSWORD).await.expect_status(200);
}

#[tokio::test]
async fn a_change_takes_what_it_knows_and_nothing_else() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let made = make(&admin, "lea", "lecture").await;
    for (patch, place, code) in [
        (json!({"username": "zoe"}), "/username", "unknown_field"),
        (json!({"password": NEW_PASSWORD}), "/password", "unknown_field"),
        (json!({"version": 9}), "/version", "unknown_field"),
        (json!({"must_change_password": false}), "/must_change_password", "unknown_field"),
        (json!({"display_name": null}), "/display_name", "required"),
        (json!({"display_name": "  "}), "/display_name", "required"),
        (json!({"role": null}), "/role", "required"),
        (json!({"role": "owner"}), "/role", "invalid_enum"),
        (json!({"active": null}), "/active", "required"),
        (json!({"active": "yes"}), "/active", "invalid_type"),
    ] {
        let answer = admin.if_match("*").patch(&path(&made), &patch).await.expect_problem(422, "invalid");
        answer.expect_fault(place, code);
    }
    assert_eq!(admin.get(&path(&made)).await.etag(), made.etag());
    admin.if_match("*").patch("/api/users/999", &json!({})).await.expect_problem(404, "user_not_found");
}

#[tokio::test]
async fn nobody_takes_the_own_rights_and_the_last_administrator_keeps_them() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let own = admin.get("/api/users?username=admin").await.expect_status(200);
    let own = format!("/api/users/{}", own.ids()[0]);
    for last in [true, false] {
        if !last {
            app.add_account("second", RoleName::Admin, false).await;
        }
        let code = if last { "last_administrator" } else { "own_account" };
        let client = admin.if_match("*");
        client.patch(&own, &json!({"role": "lecture"})).await.expect_problem(409, code);
        client.patch(&own, &json!({"active": false})).await.expect_problem(409, code);
        client.delete(&own).await.expect_problem(409, code);
        client.post(&format!("{own}/password-reset"), &json!({})).await.expect_problem(409, "own_account");
    }
    let read = admin.get(&own).await.expect_status(200);
    assert_eq!((&read.body["role"], &read.body["active"]), (&json!("admin"), &json!(true)));
    admin.if_match("*").patch(&own, &json!({"display_name": "Root"})).await.expect_status(200);
    login(&app, "admin", ADMIN_PASSWORD).await.expect_status(200);
}

#[tokio::test]
async fn two_administrators_who_remove_each_other_at_once_leave_one() {
    for change in [json!({"role": "lecture"}), json!({"active": false})] {
        let app = App::spawn().await;
        let first = app.admin().await;
        app.add_account("second", RoleName::Admin, false).await;
        let second = app.signed_in("second").await;
        let ids = first.get("/api/users?sort=id").await.ids();
        let paths: Vec<String> = ids.iter().map(|id| format!("/api/users/{id}")).collect();
        let (first, second) = (first.if_match("*"), second.if_match("*"));
        let answers = tokio::join!(first.patch(&paths[1], &change), second.patch(&paths[0], &change));
        let mut statuses = [answers.0.status, answers.1.status];
        statuses.sort_unstable();
        assert_eq!(statuses[0], 200, "{answers:?}");
        // The loser was the last one left, or was already none any more.
        assert!([401, 403, 409].contains(&statuses[1]), "{answers:?}");
        let left = if answers.0.status == 200 { &first } else { &second };
        let left = left.get("/api/users?role=admin&active=true").await.expect_status(200);
        assert_eq!(left.items().len(), 1);
    }
}

#[tokio::test]
async fn an_account_that_was_never_used_can_be_removed_and_another_cannot() {
    let app = App::spawn().await;
    let (admin, _) = (app.admin().await, app.lecture().await);
    let made = make(&admin, "typo", "admin").await;
    admin.delete(&path(&made)).await.expect_problem(428, "if_match_required");
    admin.if_match("\"7\"").delete(&path(&made)).await.expect_problem(412, "stale_version");
    admin.if_match(&made.etag()).delete(&path(&made)).await.expect_status(204);
    admin.get(&path(&made)).await.expect_problem(404, "user_not_found");
    let password = made.body["one_time_password"].as_str().expect("a password");
    login(&app, "typo", password).await.expect_problem(401, "invalid_credentials");
    admin.if_match("*").delete(&path(&made)).await.expect_problem(404, "user_not_found");

    let used = admin.get("/api/users?username=lecture.tester").await.ids()[0];
    let used = format!("/api/users/{used}");
    admin.if_match("*").delete(&used).await.expect_problem(409, "user_was_used");
    admin.get(&used).await.expect_status(200);
}

#[tokio::test]
async fn a_reset_gives_a_one_time_password_and_ends_the_old_one() {
    let app = App::spawn().await;
    let (admin, client) = (app.admin().await, app.lecture().await);
    let id = admin.get("/api/users?username=lecture.tester").await.ids()[0];
    let reset = admin.post(&format!("/api/users/{id}/password-reset"), &json!({})).await.expect_status(200);
    let password = reset.body["one_time_password"].as_str().expect("a password");
    assert!(reset.body["expires_at"].is_string() && password.len() == 24, "{}", reset.text);
    let refused = client.get("/api/patients").await;
    assert!([401, 403].contains(&refused.status), "{}", refused.text);
    login(&app, "lecture.tester", ADMIN_PASSWORD).await.expect_problem(401, "invalid_credentials");
    let fresh = signed_in(&app, "lecture.tester", password).await;
    fresh.get("/api/patients").await.expect_problem(403, "password_change_required");
    let change = json!({"current_password": password, "new_password": NEW_PASSWORD});
    fresh.put("/api/auth/password", &change).await.expect_status(204);
    signed_in(&app, "lecture.tester", NEW_PASSWORD).await.get("/api/patients").await.expect_status(200);
    login(&app, "lecture.tester", password).await.expect_problem(401, "invalid_credentials");
    admin.post("/api/users/999/password-reset", &json!({})).await.expect_problem(404, "user_not_found");
}

#[tokio::test]
async fn a_one_time_password_ends() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let made = make(&admin, "lea", "lecture").await;
    let password = made.body["one_time_password"].as_str().expect("a password");
    login(&app, "lea", password).await.expect_status(200);
    app.execute("UPDATE user SET password_expires_at = '2026-01-01 00:00:00.000000' WHERE username = 'lea'").await;
    login(&app, "lea", password).await.expect_problem(401, "invalid_credentials");
}

#[tokio::test]
async fn a_password_is_hashed_anew_at_sign_in_when_hashes_cost_more() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let made = make(&admin, "lea", "lecture").await;
    let password = made.body["one_time_password"].as_str().expect("a password");
    let mut config = app.config.clone();
    config.password_cost.passes += 1;
    let dearer = App::start(config).await.expect("a second server");
    let before = hash(&app, "lea").await;
    login(&app, "lea", password).await.expect_status(200);
    assert_eq!(hash(&app, "lea").await, before);
    login(&dearer, "lea", "not the password").await.expect_status(401);
    assert_eq!(hash(&app, "lea").await, before);
    login(&dearer, "lea", password).await.expect_status(200);
    let after = hash(&app, "lea").await;
    assert!(after != before && after.contains(&format!("t={}", app.config.password_cost.passes + 1)), "{after}");
    login(&dearer, "lea", password).await.expect_status(200);
    assert_eq!(hash(&app, "lea").await, after);
}

async fn hash(app: &App, username: &str) -> String {
    app.text(&format!("SELECT password_hash FROM user WHERE username = '{username}'")).await
}

#[tokio::test]
async fn the_roles_are_listed() {
    let app = App::spawn().await;
    let roles = app.admin().await.get("/api/roles").await.expect_status(200);
    let names: Vec<&str> = roles.items().iter().filter_map(|role| role["name"].as_str()).collect();
    assert_eq!(names, ["lecture", "modification", "admin"]);
}
