//! Who may do what: every operation of the contract with every kind of caller. A new operation is covered without an edit.

use reqwest::Method;
use serde_json::json;

use crate::harness::{Answer, App, Client, Operation, RoleName, claims, contract, sign};

/// The operations that anyone may use. A new one is added here on purpose.
const PUBLIC: [&str; 7] = ["get_liveness", "get_problem", "get_readiness", "get_status", "login", "logout", "refresh"];
/// Those of them that take a refresh token.
const FOR_TOKENS: [&str; 2] = ["logout", "refresh"];
/// What an account may do that must change its password.
const BEFORE_PASSWORD_CHANGE: [&str; 2] = ["get_current_user", "update_password"];

/// Every role, the least first.
const ROLES: [RoleName; 3] = [RoleName::Lecture, RoleName::Modification, RoleName::Admin];

/// A client of each role.
async fn clients(app: &App) -> Vec<(RoleName, Client)> {
    let mut clients = Vec::new();
    for role in ROLES {
        clients.push((role, app.with_role(role).await));
    }
    clients
}

fn method(operation: &Operation) -> Method {
    operation.method.parse().expect("a method")
}

/// The plainest request of an operation.
async fn ask(client: &Client, operation: &Operation, query: &str) -> Answer {
    client.send_raw(method(operation), &format!("{}{query}", operation.example_path()), None).await
}

/// Requests that are wrong in everything but their caller.
async fn ask_wrongly(client: &Client, operation: &Operation) -> Vec<Answer> {
    let path = operation.path.replace("{id}", "no-number").replace("{code}", "invalid");
    let mut answers = Vec::new();
    for (media_type, body) in [("text/plain", "x"), ("application/json", "{broken"), ("application/json", "{\"x\": 1}")]
    {
        for path in [format!("{path}?nonsense=1&nonsense=2"), operation.example_path()] {
            let content = Some((media_type, body.as_bytes().to_vec()));
            answers.push(client.send_raw(method(operation), &path, content).await);
        }
    }
    answers.push(ask(client, operation, "").await);
    answers
}

fn needs(operation: &Operation) -> Option<RoleName> {
    let name = operation.role.as_deref()?;
    Some(*ROLES.iter().find(|role| role.as_str() == name).unwrap_or_else(|| panic!("{} needs {name}", operation.id)))
}

#[test]
fn nothing_is_public_but_what_was_meant_to_be() {
    let mut public: Vec<String> = contract()
        .operations()
        .into_iter()
        .filter(|operation| operation.role.is_none())
        .map(|operation| operation.id)
        .collect();
    public.sort();
    assert_eq!(public, PUBLIC);
    for operation in contract().operations() {
        let scopes = &operation.definition["security"];
        let expected = match operation.role.as_deref() {
            None => json!([{}]),
            Some(role) if operation.is_for_keys() => json!([{"bearer": [role]}, {"api_key": [role]}]),
            Some(role) => json!([{"bearer": [role]}]),
        };
        assert_eq!(scopes, &expected, "{}", operation.id);
    }
}

/// Those who are nobody: without credentials, with bad ones, and with some that were good.
async fn nobodies(app: &App) -> Vec<(&'static str, Client)> {
    let admin = app.admin().await;
    let key = admin.post("/api/api-keys", &json!({"name": "Old", "role": "modification"})).await.expect_status(201);
    let key_path = format!("/api/api-keys/{}", key.id());
    let revoked = app.anonymous().header("X-API-Key", key.body["key"].as_str().expect("a key"));
    admin.if_match("*").delete(&key_path).await.expect_status(204);
    app.add_account("gone", RoleName::Admin, false).await;
    let deactivated = app.signed_in("gone").await;
    let gone = admin.get("/api/users?username=gone").await.ids()[0];
    admin.if_match("*").patch(&format!("/api/users/{gone}"), &json!({"active": false})).await.expect_status(200);
    let mut old = claims(&admin);
    old["exp"] = json!(old["iat"].as_i64().expect("a time") - 60);
    let expired = sign(app, &json!({"alg": "HS256", "typ": "at+jwt"}), &old);
    vec![
        ("nobody", app.anonymous()),
        ("a bad token", Client::with_token(&app.base, "garbage")),
        ("a bad key", app.anonymous().header("X-API-Key", "ptk_1_garbage")),
        ("a revoked key", revoked),
        ("a deactivated account", deactivated),
        ("an expired token", Client::with_token(&app.base, &expired)),
    ]
}

#[tokio::test]
async fn nobody_gets_in_without_a_good_credential() {
    let app = App::spawn().await;
    for (who, client) in nobodies(&app).await {
        for operation in contract().operations().iter().filter(|operation| operation.role.is_some()) {
            for answer in ask_wrongly(&client, operation).await {
                assert_eq!(answer.status, 401, "{} as {who}: {}", operation.id, answer.text);
                answer.expect_problem(401, "unauthenticated");
            }
        }
    }
}

#[tokio::test]
async fn keys_may_do_what_the_contract_says_and_nothing_about_accounts_and_keys() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    for (role, name) in [(RoleName::Lecture, "lecture"), (RoleName::Modification, "modification")] {
        let key = admin.post("/api/api-keys", &json!({"name": name, "role": name})).await.expect_status(201);
        let key = key.body["key"].as_str().expect("a key").to_owned();
        let in_header = app.anonymous().header("X-API-Key", &key);
        for client in [in_header, Client::with_token(&app.base, &key)] {
            for operation in contract().operations() {
                let Some(least) = needs(&operation) else { continue };
                let answers = || ask_wrongly(&client, &operation);
                if !operation.is_for_keys() {
                    for answer in answers().await {
                        answer.expect_problem(403, "not_for_api_keys");
                    }
                } else if role < least {
                    for answer in answers().await {
                        let answer = answer.expect_problem(403, "forbidden");
                        assert_eq!(answer.body["required_role"], least.as_str(), "{}", operation.id);
                    }
                } else {
                    let answer = ask(&client, &operation, "").await;
                    assert!(
                        ![401, 403].contains(&answer.status),
                        "{} with a {name} key: {}",
                        operation.id,
                        answer.text
                    );
                }
            }
        }
    }
}

#[test]
fn keys_are_for_nothing_that_is_about_people_and_keys() {
    for operation in contract().operations().iter().filter(|operation| operation.is_for_keys()) {
        let own = ["/api/auth/", "/api/users", "/api/roles", "/api/api-keys"];
        assert!(!own.iter().any(|path| operation.path.starts_with(path)), "{} is for keys", operation.id);
        assert_ne!(operation.role.as_deref(), Some("admin"), "{}", operation.id);
    }
}

#[tokio::test]
async fn public_operations_do_not_mind_a_token() {
    let app = App::spawn().await;
    let operations = contract().operations();
    let public = operations.iter().filter(|operation| operation.role.is_none());
    for operation in public.filter(|operation| !FOR_TOKENS.contains(&operation.id.as_str())) {
        for client in [app.anonymous(), Client::with_token(&app.base, "garbage"), app.lecture().await] {
            let answer = ask(&client, operation, "").await;
            assert!(![401, 403].contains(&answer.status), "{}: {}", operation.id, answer.text);
        }
    }
}

#[tokio::test]
async fn each_role_may_do_what_its_own_and_lesser_roles_may() {
    let app = App::spawn().await;
    for role in ROLES {
        for operation in contract().operations() {
            let Some(least) = needs(&operation) else { continue };
            // An operation may end the session it is done in.
            let client = app.with_role(role).await;
            if role >= least {
                let answer = ask(&client, &operation, "").await;
                assert!(![401, 403].contains(&answer.status), "{} as {}: {}", operation.id, role.as_str(), answer.text);
                continue;
            }
            for answer in ask_wrongly(&client, &operation).await {
                let answer = answer.expect_problem(403, "forbidden");
                assert_eq!(answer.body["required_role"], least.as_str(), "{}", operation.id);
            }
        }
    }
}

#[tokio::test]
async fn a_password_that_must_be_changed_stands_before_everything_else() {
    let app = App::spawn().await;
    app.add_account("fresh", RoleName::Admin, true).await;
    let client = app.signed_in("fresh").await;
    for operation in contract().operations().iter().filter(|operation| operation.role.is_some()) {
        if BEFORE_PASSWORD_CHANGE.contains(&operation.id.as_str()) {
            let answer = ask(&client, operation, "").await;
            assert!(![401, 403].contains(&answer.status), "{}: {}", operation.id, answer.text);
            continue;
        }
        for answer in ask_wrongly(&client, operation).await {
            answer.expect_problem(403, "password_change_required");
        }
    }
}

#[tokio::test]
async fn the_bin_and_purging_need_a_higher_role() {
    let app = App::spawn().await;
    let clients = clients(&app).await;
    for (parameter, least) in [("deleted", RoleName::Modification), ("purge", RoleName::Admin)] {
        let operations = contract().operations();
        let operations: Vec<_> = operations.iter().filter(|operation| operation.has_parameter(parameter)).collect();
        assert!(!operations.is_empty(), "no operation has {parameter}");
        for operation in operations {
            for (role, client) in &clients {
                let least = needs(operation).map_or(least, |own| own.max(least));
                let answer = ask(client, operation, &format!("?{parameter}=true")).await;
                if *role < least {
                    assert_eq!(answer.expect_problem(403, "forbidden").body["required_role"], {
                        // Below the operation's own role, that one is named first.
                        needs(operation).filter(|own| role < own).unwrap_or(least).as_str()
                    });
                } else {
                    assert!(
                        ![401, 403].contains(&answer.status),
                        "{} as {}: {}",
                        operation.id,
                        role.as_str(),
                        answer.text
                    );
                }
            }
        }
    }
}
