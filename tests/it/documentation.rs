//! What is written about the product, held against it.

use std::collections::{BTreeMap, BTreeSet};

use patientele::config::Config;
use serde_json::Value;

use crate::harness::{App, TestDatabase, bare, contract};

/// Variables that Docker Compose and MariaDB read, and the server does not.
const OF_DOCKER: [&str; 7] = [
    "APP_PORT",
    "DATABASE_PORT",
    "MYSQL_DATABASE",
    "MYSQL_PASSWORD",
    "MYSQL_ROOT_PASSWORD",
    "MYSQL_USER",
    "PHPMYADMIN_PORT",
];

fn file(path: &str) -> String {
    let path = format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The variables of `.env.example` with the values shown; one behind `#` shows a default.
fn example() -> BTreeMap<String, String> {
    let text = file(".env.example");
    let pairs = text.lines().filter_map(|line| line.strip_prefix('#').unwrap_or(line).split_once('='));
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    pairs.filter(|(name, _)| is_name(name)).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The variables that the server reads: the fields of the structure that the environment fills.
fn read() -> BTreeSet<String> {
    let source = file("api/src/config/variables.rs");
    let fields = source.split("struct Variables {").nth(1).and_then(|rest| rest.split('}').next()).expect("variables");
    fields.lines().filter_map(|line| line.trim().split_once(':')).map(|(name, _)| name.to_uppercase()).collect()
}

#[test]
fn every_variable_is_described_and_no_other() {
    let described: BTreeSet<String> = example().into_keys().collect();
    let mut expected = read();
    expected.extend(OF_DOCKER.map(str::to_owned));
    let missing: Vec<_> = expected.difference(&described).collect();
    let unknown: Vec<_> = described.difference(&expected).collect();
    assert!(missing.is_empty() && unknown.is_empty(), ".env.example lacks {missing:?} and invents {unknown:?}");
}

#[test]
fn the_defaults_described_are_those_of_the_program() {
    let config = Config::new("./data");
    let seconds = |duration: std::time::Duration| duration.as_secs().to_string();
    let defaults = [
        ("HOST", config.host.clone()),
        ("PORT", config.port.to_string()),
        ("DATA_DIR", config.data_dir.display().to_string()),
        ("ADMIN_USERNAME", config.admin_username.clone()),
        ("LOG_LEVEL", config.log_level.clone()),
        ("DATABASE_MAX_CONNECTIONS", config.database_max_connections.to_string()),
        ("DATABASE_STARTUP_TIMEOUT", seconds(config.database_startup_timeout)),
        ("AUDIT_QUEUE", config.audit_queue.to_string()),
        ("AUDIT_SEAL_INTERVAL", seconds(config.audit_seal_interval)),
        ("AUDIT_VERIFY_INTERVAL", seconds(config.audit_verify_interval)),
        ("ACCESS_TOKEN_TTL", seconds(config.access_token_ttl)),
        ("LOGIN_ACCOUNT_FAILURES", config.login_account_failures.to_string()),
        ("LOGIN_ADDRESS_FAILURES", config.login_address_failures.to_string()),
        ("SESSION_IDLE_TIMEOUT", seconds(config.session_idle_timeout)),
        ("SESSION_LIFETIME", seconds(config.session_lifetime)),
        ("SESSIONS_PER_USER", config.sessions_per_user.to_string()),
        ("RATE_LIMIT", config.rate_limit.map(|limit| limit.known.to_string()).unwrap_or_default()),
        ("RATE_LIMIT_ANONYMOUS", config.rate_limit.map(|limit| limit.anonymous.to_string()).unwrap_or_default()),
        ("REQUEST_HEAD_TIMEOUT", seconds(config.request_head_timeout)),
        ("ONE_TIME_PASSWORD_TTL", seconds(config.one_time_password_ttl)),
        ("MAX_BODY_BYTES", config.max_body_bytes.to_string()),
        ("MAX_IMPORT_BYTES", config.max_import_bytes.to_string()),
        ("IMPORT_STALL_TIMEOUT", seconds(config.import_stall_timeout)),
        ("IMPORT_CONCURRENCY", config.import_concurrency.to_string()),
        ("SEARCH_COUNT_TIMEOUT", seconds(config.search_count_timeout)),
        ("REQUEST_TIMEOUT", seconds(config.request_timeout)),
        ("STATISTICS_MAX_AGE", seconds(config.statistics_max_age)),
        ("SHUTDOWN_TIMEOUT", seconds(config.shutdown_timeout)),
    ];
    let mut described = example();
    described.retain(|name, value| !value.is_empty() && !OF_DOCKER.contains(&name.as_str()));
    let defaults: BTreeMap<String, String> =
        defaults.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    assert_eq!(described, defaults);
}

#[tokio::test]
async fn the_commands_that_are_described_exist() {
    let database = TestDatabase::new().await;
    let folder = database.config().data_dir;
    let texts = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md"].map(file).concat();
    let mut commands = BTreeSet::new();
    for marker in ["cargo run --release -- ", "cargo run -- ", "`patientele "] {
        for (at, _) in texts.match_indices(marker) {
            let words = texts[at + marker.len()..].split(|c: char| !c.is_ascii_lowercase() && c != '-' && c != ' ');
            let words = words.into_iter().next().unwrap_or_default().split(' ');
            commands.insert(words.take_while(|word| !word.is_empty() && !word.starts_with('-')).collect::<Vec<_>>());
        }
    }
    assert!(commands.len() > 2, "{commands:?}");
    for command in commands {
        let output = bare(&folder).args(&command).arg("--help").output().expect("the program runs");
        assert!(output.status.success(), "patientele {}: {output:?}", command.join(" "));
    }
    database.remove().await;
}

#[tokio::test]
async fn the_contract_is_served_as_it_is_committed() {
    let app = App::spawn().await;
    let yaml = app.anonymous().get("/openapi.yaml").await.expect_status(200);
    assert_eq!(yaml.header("content-type"), Some("application/yaml"));
    assert!(yaml.text == file("openapi.yaml"), "/openapi.yaml is not the committed file");
    let json = app.anonymous().get("/openapi.json").await.expect_status(200);
    assert!(json.body == contract().document, "/openapi.json says something else than openapi.yaml");
    let again = app.anonymous().header("If-None-Match", &json.etag()).get("/openapi.json").await;
    again.expect_status(304);
}

#[tokio::test]
async fn swagger_ui_loads_and_shows_the_contract() {
    let app = App::spawn().await;
    let page = app.anonymous().get("/swagger-ui/").await.expect_status(200);
    let links = page.text.split('"').filter(|text| matches!(text.rsplit('.').next(), Some("js" | "css")));
    let links: Vec<&str> = links.map(|link| link.trim_start_matches("./")).collect();
    assert!(links.contains(&"swagger-initializer.js"), "{links:?}");
    for link in links {
        let asset = app.anonymous().get(&format!("/swagger-ui/{link}")).await.expect_status(200);
        assert!(!asset.text.is_empty(), "{link}");
        assert_eq!(asset.body, Value::Null, "{link}");
        if link == "swagger-initializer.js" {
            assert!(asset.text.contains("\"/openapi.json\""), "{}", asset.text);
        }
    }
}

#[test]
fn the_tests_that_security_names_are_there() {
    let security = file("SECURITY.md");
    let named = security.split('`').skip(1).step_by(2).filter_map(|code| code.rsplit_once("::"));
    let mut found = 0;
    for (part, test) in named.filter(|(part, _)| part.bytes().all(|b| b.is_ascii_lowercase() || b"_:".contains(&b))) {
        let path = part.replace("::", "/");
        assert!(file(&format!("tests/it/{path}.rs")).contains(&format!("fn {test}()")), "{part}::{test}");
        found += 1;
    }
    assert!(found > 30, "{found}");
}

#[tokio::test]
async fn the_headers_of_answers_are_in_the_contract() {
    let app = App::spawn().await;
    let contract = app.anonymous().get("/openapi.json").await.expect_status(200).body;
    for (path, verb, status, header) in [
        ("/api/patients", "get", "200", "Link"),
        ("/api/studies", "get", "200", "Link"),
        ("/api/search", "get", "200", "Link"),
        ("/api/audit-events", "get", "200", "Link"),
        ("/api/audit-events", "get", "200", "Content-Disposition"),
        ("/api/export/patients", "get", "200", "Content-Disposition"),
        ("/api/export/studies", "get", "200", "Vary"),
        ("/api/auth/logout", "post", "204", "Clear-Site-Data"),
    ] {
        let headers = &contract["paths"][path][verb]["responses"][status]["headers"];
        assert!(headers[header].is_object(), "{header} of {verb} {path} in {headers}");
    }
    let search = &contract["paths"]["/api/search"]["post"]["responses"]["200"]["headers"];
    assert!(search["X-Request-Id"].is_object() && search["Link"].is_null(), "{search}");
}
