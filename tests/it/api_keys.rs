//! API keys: made, used, held to their limits, rotated and revoked.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, App, Client, named};

/// A key made by an administrator.
async fn make(admin: &Client, body: Value) -> Answer {
    admin.post("/api/api-keys", &body).await.expect_status(201)
}

fn text(made: &Answer) -> &str {
    made.body["key"].as_str().expect("a key")
}

/// A client that sends this key.
fn with_key(app: &App, made: &Answer) -> Client {
    app.anonymous().header("X-API-Key", text(made))
}

fn path(made: &Answer) -> String {
    format!("/api/api-keys/{}", made.id())
}

#[tokio::test]
async fn a_key_is_shown_once_and_kept_as_a_hash() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let made = make(&admin, json!({"name": " RIS ", "role": "modification", "networks": ["127.0.0.9/8"]})).await;
    assert_eq!(made.header("location"), Some(path(&made).as_str()));
    assert_eq!((&made.body["name"], &made.body["networks"]), (&json!("RIS"), &json!(["127.0.0.0/8"])));
    assert!(text(&made).starts_with(made.body["prefix"].as_str().expect("a prefix")), "{}", made.text);
    let read = admin.get(&path(&made)).await.expect_status(200);
    let list = admin.get("/api/api-keys").await.expect_status(200);
    assert!(!read.text.contains(text(&made)) && !list.text.contains(text(&made)) && read.body.get("key").is_none());
    let secret = text(&made).rsplit('_').next().expect("a secret");
    let kept = app.text("SELECT hash FROM api_key").await;
    assert!(kept.len() == 64 && !secret.contains(&kept) && !kept.contains(&secret[..43]), "{kept}");
    admin.header("If-None-Match", &made.etag()).get(&path(&made)).await.expect_status(304);
}

#[tokio::test]
async fn a_key_opens_what_its_role_may_do_in_both_headers() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let write = make(&admin, json!({"name": "RIS", "role": "modification"})).await;
    let read = make(&admin, json!({"name": "Statistics", "role": "lecture"})).await;
    let client = with_key(&app, &write);
    let patient = client.post("/api/patients", &named("Durand")).await.expect_status(201);
    assert_eq!((&patient.body["created_by"], &patient.body["updated_by"]), (&Value::Null, &Value::Null));
    let bearer = Client::with_token(&app.base, text(&write));
    bearer.get("/api/patients").await.expect_status(200);
    let reader = with_key(&app, &read);
    reader.get(&format!("/api/patients/{}", patient.id())).await.expect_status(200);
    let refused = reader.post("/api/patients", &named("Durand")).await.expect_problem(403, "forbidden");
    assert_eq!(refused.body["required_role"], "modification");
    reader.get("/api/patients?deleted=true").await.expect_problem(403, "forbidden");
    for client in [&client, &bearer] {
        for path in ["/api/users", "/api/roles", "/api/api-keys", "/api/auth/me"] {
            client.get(path).await.expect_problem(403, "not_for_api_keys");
        }
    }
}

#[tokio::test]
async fn a_damaged_unknown_or_doubled_key_opens_nothing() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let made = make(&admin, json!({"name": "RIS", "role": "lecture"})).await;
    let other = make(&admin, json!({"name": "PACS", "role": "lecture"})).await;
    let (key, id) = (text(&made), made.id());
    let swapped = text(&other).replacen(&format!("ptk_{}_", other.id()), &format!("ptk_{id}_"), 1);
    for bad in ["", "ptk_", "garbage", &key[..key.len() - 1], &swapped, &key.replacen("ptk", "PTK", 1)] {
        app.anonymous().header("X-API-Key", bad).get("/api/patients").await.expect_problem(401, "unauthenticated");
    }
    let client = with_key(&app, &made);
    client.header("X-API-Key", key).get("/api/patients").await.expect_problem(400, "two_credentials");
    let both = client.header("Authorization", &format!("Bearer {}", admin.token()));
    both.get("/api/patients").await.expect_problem(400, "two_credentials");
    let (one, other) = (format!("Bearer {}", admin.token()), format!("Bearer {key}"));
    let twice = app.anonymous().header("Authorization", &one).header("Authorization", &other);
    twice.get("/api/patients").await.expect_problem(400, "two_credentials");
    both.get("/health/live").await.expect_status(200);
    let in_query = format!("/api/patients?api_key={key}");
    app.anonymous().get(&in_query).await.expect_problem(401, "unauthenticated");
    client.get("/api/patients").await.expect_status(200);
}

#[tokio::test]
async fn a_scope_holds_a_key_below_its_role() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let read = make(&admin, json!({"name": "A", "role": "modification", "scope": "read"})).await;
    let search = make(&admin, json!({"name": "B", "role": "modification", "scope": "search"})).await;
    let patient = admin.post("/api/patients", &named("Durand")).await.expect_status(201);
    let patient = format!("/api/patients/{}", patient.id());
    for (made, reads) in [(&read, true), (&search, false)] {
        let client = with_key(&app, made);
        client.get("/api/search?q=durand").await.expect_status(200);
        client.post("/api/search", &json!({"q": "durand"})).await.expect_status(200);
        for path in [patient.as_str(), "/api/patients", "/api/patients?deleted=true"] {
            let answer = client.get(path).await;
            if reads {
                answer.expect_status(200)
            } else {
                answer.expect_problem(403, "out_of_scope")
            };
        }
        client.post("/api/patients", &named("Durand")).await.expect_problem(403, "out_of_scope");
        client.if_match("*").delete(&patient).await.expect_problem(403, "out_of_scope");
    }
    admin.get(&patient).await.expect_status(200);
}

#[tokio::test]
async fn a_key_is_held_to_its_networks() {
    let app = App::spawn_with(|config| config.trusted_proxies = "127.0.0.1".parse().expect("a network")).await;
    let admin = app.admin().await;
    let made =
        make(&admin, json!({"name": "A", "role": "lecture", "networks": ["192.0.2.0/24", "2001:db8::/32"]})).await;
    let client = with_key(&app, &made);
    client.get("/api/patients").await.expect_problem(403, "address_not_allowed");
    for (address, allowed) in [
        ("192.0.2.7", true),
        ("::ffff:192.0.2.7", true),
        ("2001:db8:1::1", true),
        ("192.0.3.7", false),
        ("2001:db9::1", false),
        ("192.0.2.7, 203.0.113.1", false),
    ] {
        let answer = client.header("X-Forwarded-For", address).get("/api/patients").await;
        if allowed {
            answer.expect_status(200)
        } else {
            answer.expect_problem(403, "address_not_allowed")
        };
    }
    let mut config = app.config.clone();
    config.trusted_proxies = "198.51.100.1".parse().expect("a network");
    let direct = App::start(config).await.expect("a server that trusts another proxy");
    let forged = with_key(&direct, &made).header("X-Forwarded-For", "192.0.2.7");
    forged.get("/api/patients").await.expect_problem(403, "address_not_allowed");
}

#[tokio::test]
async fn every_fault_of_a_key_is_named_and_nothing_is_made() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let bad = json!({
        "name": " ", "role": "admin", "scope": "write", "networks": ["192.0.2.0/33", "127.0.0.1", "here"],
        "expires_at": "2020-01-01T00:00:00Z", "hash": "x", "created_by": 1,
    });
    let answer = admin.post("/api/api-keys", &bad).await.expect_problem(422, "invalid");
    let mut faults = answer.faults();
    faults.sort();
    let expected = [
        ("/created_by", "unknown_field"),
        ("/expires_at", "out_of_range"),
        ("/hash", "unknown_field"),
        ("/name", "required"),
        ("/networks/0", "invalid_network"),
        ("/networks/2", "invalid_network"),
        ("/role", "invalid_enum"),
        ("/scope", "invalid_enum"),
    ];
    assert_eq!(faults, expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
    let late = json!({"name": "A", "role": "lecture", "expires_at": "2999-01-01T00:00:00Z"});
    admin.post("/api/api-keys", &late).await.expect_problem(422, "invalid").expect_fault("/expires_at", "out_of_range");
    assert!(admin.get("/api/api-keys").await.expect_status(200).items().is_empty());
}

#[tokio::test]
async fn a_key_is_rotated_with_two_that_count_and_never_three() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let old = make(&admin, json!({"name": "RIS", "role": "modification", "scope": "read"})).await;
    let rotate = format!("{}/rotate", path(&old));
    let new = admin.post(&rotate, &json!({})).await.expect_status(201);
    assert_eq!(new.header("location"), Some(path(&new).as_str()));
    assert_ne!(text(&new), text(&old));
    for member in ["name", "role", "scope", "networks"] {
        assert_eq!(new.body[member], old.body[member], "{member}");
    }
    for made in [&old, &new] {
        with_key(&app, made).get("/api/patients").await.expect_status(200);
    }
    admin.post(&rotate, &json!({})).await.expect_problem(409, "too_many_api_keys");
    let third = json!({"name": "RIS", "role": "lecture"});
    admin.post("/api/api-keys", &third).await.expect_problem(409, "too_many_api_keys");
    admin.if_match(&old.etag()).delete(&path(&old)).await.expect_status(204);
    with_key(&app, &old).get("/api/patients").await.expect_problem(401, "unauthenticated");
    with_key(&app, &new).get("/api/patients").await.expect_status(200);
    admin.post("/api/api-keys", &third).await.expect_status(201);
}

#[tokio::test]
async fn keys_of_one_name_that_are_made_at_once_are_two() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let body = json!({"name": "RIS", "role": "lecture"});
    let make = || admin.post("/api/api-keys", &body);
    let answers = tokio::join!(make(), make(), make(), make());
    let mut statuses = [answers.0.status, answers.1.status, answers.2.status, answers.3.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 201, 409, 409]);
    assert_eq!(admin.get("/api/api-keys").await.expect_status(200).items().len(), 2);
}

#[tokio::test]
async fn a_revoked_key_is_gone_from_the_list_and_found_among_the_revoked() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let made = make(&admin, json!({"name": "RIS", "role": "lecture"})).await;
    with_key(&app, &made).get("/api/patients").await.expect_status(200);
    admin.delete(&path(&made)).await.expect_problem(428, "if_match_required");
    admin.if_match("\"9\"").delete(&path(&made)).await.expect_problem(412, "stale_version");
    with_key(&app, &made).get("/api/patients").await.expect_status(200);
    admin.if_match("*").delete(&path(&made)).await.expect_status(204);
    with_key(&app, &made).get("/api/patients").await.expect_problem(401, "unauthenticated");
    assert!(admin.get("/api/api-keys").await.expect_status(200).items().is_empty());
    admin.get(&path(&made)).await.expect_problem(404, "api_key_not_found");
    for change in [
        admin.if_match("*").delete(&path(&made)).await,
        admin.if_match("*").patch(&path(&made), &json!({"role": "lecture"})).await,
        admin.post(&format!("{}/rotate", path(&made)), &json!({})).await,
    ] {
        change.expect_problem(404, "api_key_not_found");
    }
    let revoked = admin.get(&format!("{}?revoked=true", path(&made))).await.expect_status(200);
    assert!(revoked.body["revoked_at"].is_string() && revoked.body["revoked_by"].is_i64(), "{}", revoked.text);
    assert_eq!(admin.get("/api/api-keys?revoked=true").await.expect_status(200).ids(), [made.id()]);
}

#[tokio::test]
async fn a_change_of_a_key_is_in_force_at_once_and_on_other_servers_soon() {
    let app = App::spawn().await;
    let other = app.another().await;
    let admin = app.admin().await;
    let made = make(&admin, json!({"name": "RIS", "role": "modification"})).await;
    let client = with_key(&app, &made);
    client.post("/api/patients", &named("Durand")).await.expect_status(201);
    with_key(&other, &made).post("/api/patients", &named("Durand")).await.expect_status(201);
    let patch = json!({"role": "lecture", "networks": null});
    let changed = admin.if_match("*").patch(&path(&made), &patch).await.expect_status(200);
    assert_eq!((&changed.body["role"], &changed.body["name"]), (&json!("lecture"), &json!("RIS")));
    client.post("/api/patients", &named("Durand")).await.expect_problem(403, "forbidden");
    let started = std::time::Instant::now();
    while with_key(&other, &made).post("/api/patients", &named("Durand")).await.status != 403 {
        assert!(started.elapsed() < std::time::Duration::from_secs(7), "the other server still trusts the key");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    for (patch, place, code) in [
        (json!({"name": "PACS"}), "/name", "unknown_field"),
        (json!({"role": "admin"}), "/role", "invalid_enum"),
        (json!({"role": null}), "/role", "required"),
        (json!({"expires_at": null}), "/expires_at", "required"),
        (json!({"expires_at": "2020-01-01T00:00:00Z"}), "/expires_at", "out_of_range"),
    ] {
        let answer = admin.if_match("*").patch(&path(&made), &patch).await.expect_problem(422, "invalid");
        answer.expect_fault(place, code);
    }
    assert_eq!(admin.get(&path(&made)).await.body["version"], 2);
}

#[tokio::test]
async fn an_expired_key_opens_nothing_and_gives_up_its_place() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let body = json!({"name": "RIS", "role": "lecture"});
    let (one, two) = (make(&admin, body.clone()).await, make(&admin, body.clone()).await);
    app.execute(&format!("UPDATE api_key SET expires_at = '2026-01-01 00:00:00.000000' WHERE id = {}", one.id())).await;
    with_key(&app, &one).get("/api/patients").await.expect_problem(401, "unauthenticated");
    with_key(&app, &two).get("/api/patients").await.expect_status(200);
    admin.if_match("*").patch(&path(&one), &json!({"role": "modification"})).await.expect_status(200);
    let three = make(&admin, body).await;
    with_key(&app, &three).get("/api/patients").await.expect_status(200);
    let later = json!({"expires_at": three.body["expires_at"]});
    admin.if_match("*").patch(&path(&one), &later).await.expect_problem(409, "too_many_api_keys");
    admin.if_match("*").delete(&path(&two)).await.expect_status(204);
    admin.if_match("*").patch(&path(&one), &later).await.expect_status(200);
    with_key(&app, &one).get("/api/patients").await.expect_status(200);
}

#[tokio::test]
async fn the_last_use_of_a_key_is_noted() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    let made = make(&admin, json!({"name": "RIS", "role": "lecture"})).await;
    assert_eq!(made.body["last_used_at"], Value::Null);
    with_key(&app, &made).send(Method::GET, "/api/patients", None).await.expect_status(200);
    let started = std::time::Instant::now();
    loop {
        let read = admin.get(&path(&made)).await.expect_status(200);
        if read.body["last_used_at"].is_string() {
            assert_eq!(read.body["version"], made.body["version"]);
            assert_ne!(read.etag(), made.etag());
            break;
        }
        assert!(started.elapsed() < std::time::Duration::from_secs(10), "{}", read.text);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn keys_are_filtered_sorted_and_paged() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    for name in ["B", "A", "C", "A"] {
        make(&admin, json!({"name": name, "role": "lecture"})).await;
    }
    let names =
        |rows: &[Value]| rows.iter().map(|row| row["name"].as_str().unwrap_or("").to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&admin.walk("/api/api-keys", 3).await), ["A", "A", "B", "C"]);
    assert_eq!(names(&admin.walk("/api/api-keys?sort=-name", 3).await), ["C", "B", "A", "A"]);
    assert_eq!(admin.get("/api/api-keys?name=A&count=exact").await.expect_status(200).body["total"], 2);
    for sort in ["expires_at", "-last_used_at", "created_at", "id"] {
        assert_eq!(admin.walk(&format!("/api/api-keys?sort={sort}"), 3).await.len(), 4, "{sort}");
    }
    admin.get("/api/api-keys?role=lecture").await.expect_problem(400, "invalid_query");
}
