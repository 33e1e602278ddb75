//! What a row once was, who made it so, and the way back.

use serde_json::{Value, json};

use crate::harness::{Answer, App, Client, named};

/// A patient with versions 1 to 3, and its path.
async fn changed_twice(client: &Client) -> String {
    let body = json!({"patient_id": "P1", "family_name": "Durand", "birth_date": "1980-01-31"});
    let path = format!("/api/patients/{}", client.post("/api/patients", &body).await.expect_status(201).id());
    let editor = client.if_match("*");
    editor.patch(&path, &json!({"family_name": "Roux", "sex": "F"})).await.expect_status(200);
    editor.patch(&path, &json!({"birth_date": null, "patient_id": "P2"})).await.expect_status(200);
    path
}

/// `field: old -> new` of a version.
fn changes(version: &Value) -> Vec<String> {
    let changes = version["changes"].as_array().expect("changes");
    changes
        .iter()
        .map(|one| format!("{}: {} -> {}", one["field"].as_str().expect("a name"), one["old"], one["new"]))
        .collect()
}

async fn revert(client: &Client, path: &str, version: i64) -> Answer {
    client.post(&format!("{path}/revert"), &json!({"version": version})).await
}

#[tokio::test]
async fn a_history_tells_who_changed_what() {
    let app = App::spawn().await;
    let path = changed_twice(&app.modification().await).await;
    let admin = app.admin().await.if_match("*");
    admin.patch(&path, &json!({"comments": "seen"})).await.expect_status(200);
    let history = app.lecture().await.get(&format!("{path}/history")).await.expect_status(200);
    let seen: Vec<_> = history
        .items()
        .iter()
        .map(|one| (one["version"].as_i64(), one["actor_name"].as_str(), one["action"].as_str(), changes(one)))
        .collect();
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let (user, update) = (Some("modification.tester"), Some("update_patient"));
    let first = ["birth_date: null -> \"1980-01-31\"", "family_name: null -> \"Durand\"", "patient_id: null -> \"P1\""];
    assert_eq!(
        seen,
        [
            (Some(4), Some("admin"), update, texts(&["comments: null -> \"seen\""])),
            (Some(3), user, update, texts(&["birth_date: \"1980-01-31\" -> null", "patient_id: \"P1\" -> \"P2\""])),
            (Some(2), user, update, texts(&["family_name: \"Durand\" -> \"Roux\"", "sex: null -> \"F\""])),
            (Some(1), user, None, texts(&first)),
        ]
    );
    for limit in 1..5 {
        assert_eq!(&app.lecture().await.walk(&format!("{path}/history"), limit).await, history.items(), "{limit}");
    }
    let row = admin.get(&path).await.expect_status(200);
    assert_eq!(history.items()[0]["at"], row.body["updated_at"]);
    assert_eq!(history.items()[3]["at"], row.body["created_at"]);
}

#[tokio::test]
async fn a_patient_goes_back_to_a_version_as_a_new_one() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let path = changed_twice(&client).await;
    let etag = client.get(&path).await.etag();
    let back = revert(&client.if_match(&etag), &path, 1).await.expect_status(200);
    for (field, value) in [
        ("family_name", json!("Durand")),
        ("sex", Value::Null),
        ("birth_date", json!("1980-01-31")),
        ("patient_id", json!("P1")),
    ] {
        assert_eq!(back.body[field], value, "{field}");
    }
    assert_eq!(back.body["version"], 4);
    assert_eq!(back.body, client.get(&path).await.body);
    let history = client.get(&format!("{path}/history")).await;
    assert_eq!(history.items().len(), 4);
    assert_eq!(history.items()[0]["action"], "revert_patient");
    let found = client.get("/api/patients?family_name=durand").await;
    assert_eq!(found.items().len(), 1, "the index follows");
    // To what it is: nothing happens.
    let same = revert(&client.if_match("*"), &path, 4).await.expect_status(200);
    assert_eq!(same.body["version"], 4);
    // And forward again.
    assert_eq!(revert(&client.if_match("*"), &path, 3).await.expect_status(200).body["family_name"], "Roux");
}

#[tokio::test]
async fn a_way_back_that_is_not_there_is_refused() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let path = changed_twice(&client).await;
    let before = client.get(&path).await;
    revert(&client, &path, 1).await.expect_problem(428, "if_match_required");
    revert(&client.if_match("\"2\""), &path, 1).await.expect_problem(412, "stale_version");
    revert(&client.if_match("*"), &path, 9)
        .await
        .expect_problem(422, "invalid")
        .expect_fault("/version", "unknown_version");
    for body in [json!({}), json!({"version": 0}), json!({"version": "1"}), json!({"version": 1, "sex": "M"})] {
        client.if_match("*").post(&format!("{path}/revert"), &body).await.expect_problem(422, "invalid");
    }
    revert(&client.if_match("*"), "/api/patients/99", 1).await.expect_problem(404, "patient_not_found");
    revert(&app.lecture().await.if_match("*"), &path, 1).await.expect_problem(403, "forbidden");
    // Another patient has taken the number meanwhile.
    let other = client.post("/api/patients", &json!({"patient_id": "P1", "family_name": "Petit"})).await.id();
    let refused = revert(&client.if_match("*"), &path, 1).await.expect_problem(409, "patient_already_exists");
    assert_eq!(refused.body["existing_id"], other);
    let after = client.get(&path).await;
    assert_eq!((after.body, after.headers["etag"].clone()), (before.body, before.headers["etag"].clone()));
    // What lies in the bin is restored first.
    client.if_match("*").delete(&path).await.expect_status(204);
    revert(&client.if_match("*"), &path, 2).await.expect_problem(404, "patient_not_found");
}

#[tokio::test]
async fn the_bin_is_a_part_of_the_history_and_purging_its_end() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let (lecture, admin) = (app.lecture().await, app.admin().await.if_match("*"));
    let path = format!("/api/patients/{}", client.post("/api/patients", &named("Durand")).await.id());
    client.delete(&path).await.expect_status(204);
    let history = format!("{path}/history");
    lecture.get(&history).await.expect_problem(404, "patient_not_found");
    lecture.get(&format!("{history}?deleted=true")).await.expect_problem(403, "forbidden");
    let versions = client.get(&format!("{history}?deleted=true")).await.expect_status(200);
    assert_eq!(versions.items()[0]["action"], "delete_patient");
    assert_eq!(versions.items()[0]["changes"][0]["field"], "deleted_at");
    client.send(reqwest::Method::POST, &format!("{path}/restore"), None).await.expect_status(200);
    let versions = lecture.get(&history).await.expect_status(200);
    assert_eq!(versions.items().len(), 3);
    assert_eq!(versions.items()[0]["action"], "restore_patient");
    client.delete(&path).await.expect_status(204);
    admin.delete(&format!("{path}?purge=true")).await.expect_status(204);
    admin.get(&format!("{history}?deleted=true")).await.expect_problem(404, "patient_not_found");
    let id = path.rsplit('/').next().expect("an id").to_owned();
    let left = crate::harness::texts(&app.config, "SELECT CAST(COUNT(*) AS CHAR) FROM record_version").await;
    assert_eq!(left, ["0"], "nothing of {id} is left");
}

#[tokio::test]
async fn a_study_goes_back_with_its_modalities_and_its_patient() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let durand = client.post("/api/patients", &named("Durand")).await.id();
    let roux = client.post("/api/patients", &named("Roux")).await.id();
    let body = json!({"patient_fk": durand, "study_date": "2026-01-31", "study_time": "10:30:00", "modalities_in_study": ["CT", "SR"]});
    let study = client.post("/api/studies", &body).await.expect_status(201);
    let path = format!("/api/studies/{}", study.id());
    let change = json!({"patient_fk": roux, "study_time": null, "modalities_in_study": ["MR"], "status": "available"});
    client.patch(&path, &change).await.expect_status(200);
    let history = app.lecture().await.get(&format!("{path}/history")).await.expect_status(200);
    assert_eq!(
        changes(&history.items()[0]),
        [
            r#"modalities_in_study: ["CT","SR"] -> ["MR"]"#.to_owned(),
            format!("patient_fk: {durand} -> {roux}"),
            r#"status: "registered" -> "available""#.to_owned(),
            r#"study_time: "10:30:00" -> null"#.to_owned(),
        ]
    );
    let back = revert(&client, &path, 1).await.expect_status(200);
    for field in ["patient_fk", "study_date", "study_time", "modalities_in_study", "status", "study_instance_uid"] {
        assert_eq!(back.body[field], study.body[field], "{field}");
    }
    // Its patient of then is gone.
    client.patch(&path, &json!({"patient_fk": roux})).await.expect_status(200);
    client.delete(&format!("/api/patients/{durand}")).await.expect_status(204);
    let refused = revert(&client, &path, 1).await.expect_problem(422, "invalid");
    assert_eq!(refused.faults(), [("/patient_fk".to_owned(), "patient_not_found".to_owned())]);
    // Its patient has come to be born after it.
    let petit = client.post("/api/patients", &named("Petit")).await.id();
    client.patch(&path, &json!({"patient_fk": petit})).await.expect_status(200);
    client.patch(&path, &json!({"study_date": null, "study_time": null})).await.expect_status(200);
    client.patch(&format!("/api/patients/{petit}"), &json!({"birth_date": "2026-06-01"})).await.expect_status(200);
    let refused = revert(&client, &path, 5).await.expect_problem(422, "invalid");
    assert_eq!(refused.faults(), [("/study_date".to_owned(), "study_before_birth".to_owned())]);
    assert_eq!(client.get(&format!("{path}/history")).await.expect_status(200).items().len(), 6);
}

#[tokio::test]
async fn what_was_there_before_histories_begins_where_it_is() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let path = changed_twice(&client).await;
    let client = client.if_match("*");
    app.execute("DELETE FROM record_version").await;
    app.execute("DELETE FROM audit_event").await;
    client.patch(&path, &json!({"sex": "M"})).await.expect_status(200);
    let history = client.get(&format!("{path}/history")).await.expect_status(200);
    let versions: Vec<_> = history.items().iter().map(|one| one["version"].as_i64()).collect();
    assert_eq!(versions, [Some(4), Some(3)]);
    assert_eq!(
        (&history.items()[1]["action"], &history.items()[1]["actor_name"]),
        (&Value::Null, &json!("modification.tester"))
    );
    revert(&client, &path, 1).await.expect_problem(422, "invalid");
}
