//! The schema: made, taken back, kept by servers that start together, and what it holds.

use std::process::Output;

use serde_json::{Value, json};

use crate::harness::{App, Served, TestDatabase, a_patient, a_study, is_embedded, program, texts};
use crate::search_index::made_of_others;

/// The tables of the schema, and those that migrating itself needs.
const TABLES: &[&str] = &[
    "api_key",
    "audit_checkpoint",
    "audit_event",
    "audit_seal",
    "audit_verification",
    "login_attempt",
    "patient",
    "record_version",
    "recovery_code",
    "refresh_token",
    "role",
    "search_backlog",
    "search_posting",
    "search_settled",
    "search_state",
    "search_text",
    "search_token",
    "search_variant",
    "search_word",
    "second_factor",
    "session",
    "statistics",
    "study",
    "study_modality",
    "user",
];
const OWN: [&str; 2] = ["lease", "seaql_migrations"];

/// Every table there is.
async fn tables(database: &TestDatabase) -> Vec<String> {
    let sql = if is_embedded(&database.config()) {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    } else {
        "SELECT CAST(table_name AS CHAR) FROM information_schema.tables \
         WHERE table_schema = DATABASE() ORDER BY table_name"
    };
    texts(&database.config(), sql).await
}

fn sorted(names: &[&[&str]]) -> Vec<String> {
    let mut names: Vec<String> = names.concat().into_iter().map(str::to_owned).collect();
    names.sort();
    names
}

#[tokio::test]
async fn the_schema_goes_up_twice_down_and_up_again() {
    let database = TestDatabase::empty().await;
    let db = database.connect().await;
    let all = db.pending_migrations().await.expect("the status of an empty database");
    assert!(all.len() >= 7, "{all:?}");
    assert!(tables(&database).await.is_empty(), "looking changes nothing");

    for _ in 0..2 {
        db.migrate_up().await.expect("up");
        assert_eq!(tables(&database).await, sorted(&[TABLES, &OWN]));
        assert!(db.pending_migrations().await.expect("the status").is_empty());
    }
    db.migrate_down(u32::try_from(all.len()).expect("a few")).await.expect("down");
    assert_eq!(tables(&database).await, sorted(&[&OWN]));
    assert_eq!(db.pending_migrations().await.expect("the status"), all);

    db.migrate_up().await.expect("up again");
    let roles = texts(&database.config(), "SELECT name FROM role ORDER BY id").await;
    assert_eq!(roles, ["lecture", "modification", "admin"]);
    db.close().await.expect("the connection closes");
    database.remove().await;
}

#[tokio::test]
async fn rows_of_an_older_schema_get_what_a_newer_one_keeps_in_them() {
    let mut app = App::spawn().await;
    let client = app.modification().await;
    for name in ["Durand", "Roux", "Petit"] {
        client.post("/api/patients", &json!({"family_name": name})).await.expect_status(201);
    }
    for modalities in [json!(["SR", "CT"]), json!([]), json!(["MR"])] {
        let mut study = a_study(1);
        study["modalities_in_study"] = modalities;
        client.post("/api/studies", &study).await.expect_status(201);
    }
    client.post("/api/studies", &a_study(2)).await.expect_status(201);
    client.if_match("*").delete("/api/studies/3").await.expect_status(204);
    let kept = made_of_others(&app).await;
    assert_eq!(kept, ["2", "1", "0", "CT,SR", "", "MR", "MR,SR"]);
    app.stop().await;

    let db = app.database().await;
    let newer = |(name, _): &(String, bool)| name.as_str() > "m20261130_000140_rare_values";
    let newer = db.migration_status().await.expect("the status").into_iter().filter(newer).count();
    db.migrate_down(u32::try_from(newer).expect("a few")).await.expect("down");
    db.execute("SELECT number_of_studies FROM patient").await.expect_err("the older schema");
    db.migrate_up().await.expect("up");
    db.close().await.expect("the connection closes");
    assert_eq!(made_of_others(&app).await, kept);
}

#[tokio::test]
async fn the_command_line_migrates_and_tells() {
    let database = TestDatabase::empty().await;
    let config = database.config();
    let lines = |output: &Output| {
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let state = |line: String| line.split(' ').next().unwrap_or_default().to_owned();
    let states = |output: &Output| lines(output).into_iter().map(state).collect::<Vec<_>>();
    let all = lines(&program(&config, &["migrate", "status"])).len();
    assert_eq!(states(&program(&config, &["migrate", "status"])), vec!["pending"; all]);
    assert_eq!(states(&program(&config, &["migrate", "up"])), vec!["applied"; all]);
    let one_less = [vec!["applied"; all - 1], vec!["pending"]].concat();
    assert_eq!(states(&program(&config, &["migrate", "down"])), one_less);
    database.remove().await;
}

#[tokio::test]
async fn servers_that_start_together_make_one_schema() {
    let database = TestDatabase::empty().await;
    let start = || App::start(database.config());
    let started = tokio::join!(start(), start(), start(), start());
    for app in [started.0, started.1, started.2, started.3] {
        app.expect("each starts").admin().await.get("/api/patients").await.expect_status(200);
    }
    let config = database.config();
    assert_eq!(texts(&config, "SELECT name FROM role").await.len(), 3);
    assert_eq!(texts(&config, "SELECT username FROM user").await, ["admin"]);
    database.remove().await;
}

#[tokio::test]
async fn processes_that_start_together_make_one_schema_and_one_password() {
    let database = TestDatabase::empty().await;
    let config = database.config();
    let start = || {
        let config = config.clone();
        tokio::task::spawn_blocking(move || Served::start(&config))
    };
    let started = tokio::join!(start(), start(), start(), start());
    let servers = [started.0, started.1, started.2, started.3].map(|served| served.expect("each starts"));
    let told = servers.iter().filter(|served| served.printed.iter().any(|line| line.contains("with the password")));
    assert_eq!(told.count(), 1, "one of them made the administrator");
    drop(servers);
    database.remove().await;
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let database = TestDatabase::empty().await;
    let db = database.connect().await;
    db.migrate_up().await.expect("up");
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_tomorrow', 0)";
    db.execute(newer).await.expect("a row");
    for refusal in [db.migrate_up().await, db.migrate_down(1).await] {
        let message = refusal.expect_err("refused").to_string();
        assert!(message.contains("newer than this program") && message.contains("m29991231_000001_tomorrow"));
    }
    db.close().await.expect("the connection closes");
    let refusal = App::start(database.config()).await.err().expect("no server starts");
    assert!(refusal.contains("newer than this program"), "{refusal}");
    let output = program(&database.config(), &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("newer than this program"), "{output:?}");
    database.remove().await;
}

#[tokio::test]
async fn every_member_is_kept_as_it_was_sent() {
    let app = App::spawn().await;
    let client = app.modification().await;
    // Four bytes in UTF-8, which MariaDB's older utf8 refuses; and what a careless collation takes for the same.
    for number in ["𠮷", "É", "é", "e", "E"] {
        let body = json!({"patient_id": number, "family_name": "𠮷田😀", "ideographic_name": "𠮷田^太郎", "comments": "🩻\n𝄞"});
        let patient = client.post("/api/patients", &body).await.expect_status(201);
        for (name, value) in body.as_object().expect("an object") {
            assert_eq!(&patient.body[name], value, "{name}");
        }
        let read = client.get(&format!("/api/patients/{}", patient.id())).await.expect_status(200);
        assert_eq!(read.body, patient.body);
    }
    let body = json!({"study_time": "23:59:59.123456", "study_description": "🩻", "comments": "𝄞"});
    let mut study = a_study(1);
    study.as_object_mut().expect("an object").extend(body.as_object().expect("an object").clone());
    let entered = client.post("/api/studies", &study).await.expect_status(201);
    let path = format!("/api/studies/{}", entered.id());
    assert_eq!(client.get(&path).await.expect_status(200).body, entered.body);
    assert_eq!(entered.body["study_time"], "23:59:59.123456");
    let changed = client.if_match("*").patch(&path, &json!({"status": "unknown"})).await.expect_status(200);
    assert_eq!(client.get(&path).await.expect_status(200).body, changed.body);
    for instant in [&entered.body["created_at"], &changed.body["updated_at"]] {
        let fraction = instant.as_str().and_then(|text| text.split('.').nth(1)).expect("a fraction");
        assert_eq!(fraction.len(), "123456Z".len(), "{instant}");
    }
}

#[tokio::test]
async fn every_text_of_a_database_server_is_compared_byte_for_byte() {
    let database = TestDatabase::empty().await;
    let config = database.config();
    if !is_embedded(&config) {
        let db = database.connect().await;
        db.migrate_up().await.expect("up");
        db.close().await.expect("the connection closes");
        let others = "SELECT CONCAT(table_name, '.', column_name, ' ', collation_name) FROM information_schema.columns \
             WHERE table_schema = DATABASE() AND collation_name <> 'utf8mb4_nopad_bin' \
             AND table_name NOT IN ('lease', 'seaql_migrations')";
        assert_eq!(texts(&config, others).await, Vec::<String>::new());
    }
    database.remove().await;
}

#[tokio::test]
async fn what_would_point_to_nothing_is_refused() {
    let app = App::spawn().await;
    let client = app.modification().await;
    client.post("/api/patients", &a_patient()).await.expect_status(201);
    let study = client.post("/api/studies", &a_study(1)).await.expect_status(201);
    assert_ne!(study.body["modalities_in_study"], Value::Null);
    let db = app.database().await;
    for broken in [
        "UPDATE study SET patient_fk = 99",
        "UPDATE study_modality SET study_fk = 99",
        "UPDATE user SET role_id = 99",
        "DELETE FROM patient",
        "DELETE FROM study",
        "DELETE FROM role",
    ] {
        db.execute(broken).await.expect_err(broken);
    }
    db.close().await.expect("the connection closes");
}
