//! Studies: entering, reading, changing, moving.

mod bin;
mod faults;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, App, Client, a_study, named};

async fn enter(client: &Client, study: &Value) -> Answer {
    client.post("/api/studies", study).await.expect_status(201)
}

async fn a_patient_named(client: &Client, name: &str) -> i64 {
    client.post("/api/patients", &named(name)).await.expect_status(201).id()
}

fn path(study: &Answer) -> String {
    format!("/api/studies/{}", study.id())
}

#[tokio::test]
async fn a_study_is_entered_and_read() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = json!({"patient_id": "P1", "family_name": "Durand", "given_name": "Zoé", "birth_date": "1980-01-31", "sex": "F"});
    let patient = client.post("/api/patients", &patient).await.expect_status(201);
    let created = enter(&client, &a_study(patient.id())).await;
    assert_eq!(created.header("location"), Some(path(&created).as_str()));
    let read = client.get(&path(&created)).await.expect_status(200);
    assert_eq!((&read.body, read.etag()), (&created.body, created.etag()));
    let mut expected = a_study(patient.id());
    expected["study_time"] = json!("08:30:15.500000");
    for (name, value) in expected.as_object().expect("an object") {
        assert_eq!(&read.body[name], value, "{name}");
    }
    for name in ["id", "patient_id", "issuer_of_patient_id", "patient_name", "birth_date", "sex"] {
        assert_eq!(read.body["patient"][name], patient.body[name], "{name}");
    }
    let uid = read.body["study_instance_uid"].as_str().expect("a UID");
    assert!(uid.starts_with("2.25.") && uid.len() <= 64, "{uid}");
    let me = client.get("/api/auth/me").await.id();
    assert_eq!((&read.body["created_by"], &read.body["version"]), (&json!(me), &json!(1)));
}

#[tokio::test]
async fn a_study_needs_no_more_than_a_patient() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = a_patient_named(&client, "Durand").await;
    let mut nulls = a_study(patient);
    for (name, value) in nulls.as_object_mut().expect("an object") {
        if name != "patient_fk" {
            *value = Value::Null;
        }
    }
    nulls["study_instance_uid"] = Value::Null;
    let mut uids = Vec::new();
    for study in [json!({"patient_fk": patient}), nulls] {
        let study = enter(&client, &study).await.body;
        for name in ["study_id", "accession_number", "study_date", "study_time", "referring_physician_name", "comments"]
        {
            assert!(study[name].is_null(), "{name}");
        }
        assert_eq!((&study["status"], &study["modalities_in_study"]), (&json!("registered"), &json!([])));
        assert_eq!(study["number_of_study_related_series"], 0);
        uids.push(study["study_instance_uid"].clone());
    }
    assert_ne!(uids[0], uids[1]);
}

#[tokio::test]
async fn values_are_kept_in_one_form() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = a_patient_named(&client, "Durand").await;
    let group = "é".repeat(64);
    let longest = format!("{group}={group}={group}");
    let study = json!({
        "patient_fk": patient, "accession_number": " A 1 ", "study_description": " IRM ce\u{301}re\u{301}brale ",
        "study_date": "2026-03-14", "study_time": "08:30", "modalities_in_study": ["SR", " MR ", "CT", "MR"],
        "referring_physician_name": " Roux ^Élodie^^^=", "name_of_physicians_reading_study": longest,
        "number_of_study_related_series": 2.0, "number_of_study_related_instances": 2_147_483_647_i64,
    });
    let created = enter(&client, &study).await;
    for (name, value) in [
        ("accession_number", json!("A 1")),
        ("study_description", json!("IRM cérébrale")),
        ("study_time", json!("08:30:00")),
        ("modalities_in_study", json!(["CT", "MR", "SR"])),
        ("referring_physician_name", json!("Roux^Élodie")),
        ("name_of_physicians_reading_study", json!(longest)),
        ("number_of_study_related_series", json!(2)),
        ("number_of_study_related_instances", json!(2_147_483_647_i64)),
    ] {
        assert_eq!(created.body[name], value, "{name}");
    }
    assert_eq!(client.get(&path(&created)).await.expect_status(200).body, created.body);
    for (given, kept) in
        [("23:59:59.999999", "23:59:59.999999"), ("00:00:00", "00:00:00"), ("12:00:00.1", "12:00:00.100000")]
    {
        let study =
            enter(&client, &json!({"patient_fk": patient, "study_date": "2026-03-14", "study_time": given})).await;
        assert_eq!(client.get(&path(&study)).await.body["study_time"], kept);
    }
}

#[tokio::test]
async fn a_read_that_would_say_the_same_is_304() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = a_patient_named(&client, "Durand").await;
    let study = enter(&client, &a_study(patient)).await;
    let unchanged = async |tag: &str| client.header("If-None-Match", tag).get(&path(&study)).await;
    assert_eq!(unchanged(&study.etag()).await.expect_status(304).text, "");
    // The patient is shown in the study.
    let rename = json!({"family_name": "Roux"});
    client.if_match("*").patch(&format!("/api/patients/{patient}"), &rename).await.expect_status(200);
    let renamed = unchanged(&study.etag()).await.expect_status(200);
    assert_eq!(renamed.body["patient"]["patient_name"], "Roux");
    unchanged(&renamed.etag()).await.expect_status(304);
    client.if_match(&study.etag()).patch(&path(&study), &json!({"study_id": "S2"})).await.expect_status(200);
    unchanged(&renamed.etag()).await.expect_status(200);
}

#[tokio::test]
async fn replacing_empties_what_is_not_said_and_keeps_the_uid() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = a_patient_named(&client, "Durand").await;
    let study = enter(&client, &a_study(patient)).await;
    let editor = client.if_match(&study.etag());
    let replaced = editor.put(&path(&study), &json!({"patient_fk": patient})).await.expect_status(200);
    assert_eq!(replaced.body["study_instance_uid"], study.body["study_instance_uid"]);
    for name in ["study_id", "accession_number", "study_date", "study_time", "study_description", "institution_name"] {
        assert!(replaced.body[name].is_null(), "{name}");
    }
    assert_eq!((&replaced.body["modalities_in_study"], &replaced.body["status"]), (&json!([]), &json!("registered")));
    assert_eq!(client.get(&path(&study)).await.expect_status(200).body, replaced.body);
    assert!(client.get("/api/studies?modality=MR").await.items().is_empty());
}

#[tokio::test]
async fn a_patch_changes_what_it_says_and_null_empties() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = a_patient_named(&client, "Durand").await;
    let study = enter(&client, &a_study(patient)).await;
    let patch = json!({"modalities_in_study": ["US"], "study_time": null, "comments": "à revoir"});
    let content = ("application/merge-patch+json", patch.to_string().into_bytes());
    let editor = client.if_match(&study.etag());
    let patched = editor.send_raw(Method::PATCH, &path(&study), Some(content)).await.expect_status(200);
    let mut expected = study.body.clone();
    for (name, value) in
        [("modalities_in_study", json!(["US"])), ("study_time", json!(null)), ("comments", json!("à revoir"))]
    {
        expected[name] = value;
    }
    (expected["version"], expected["updated_at"]) = (json!(2), patched.body["updated_at"].clone());
    assert_eq!(patched.body, expected);
    let same = client.if_match(&patched.etag()).patch(&path(&study), &json!({})).await.expect_status(200);
    assert_eq!((&same.body, same.etag()), (&patched.body, patched.etag()), "nothing changed, nor did the version");
}

#[tokio::test]
async fn a_write_says_which_version_it_changes() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = a_patient_named(&client, "Durand").await;
    let study = enter(&client, &a_study(patient)).await;
    let (put, patch) = (json!({"patient_fk": patient}), json!({"study_id": "S2"}));
    for (method, body) in [(Method::PUT, Some(&put)), (Method::PATCH, Some(&patch)), (Method::DELETE, None)] {
        let client_without = client.send(method.clone(), &path(&study), body).await;
        client_without.expect_problem(428, "if_match_required");
        let answer =
            client.if_match("\"2.1\"").send(method, &path(&study), body).await.expect_problem(412, "stale_version");
        assert_eq!((&answer.body["current_version"], answer.etag()), (&json!(1), "\"1\"".to_owned()));
    }
    assert_eq!(client.get(&path(&study)).await.expect_status(200).body, study.body);
    client.if_match("\"4\", \"1\"").patch(&path(&study), &patch).await.expect_status(200);
    client.if_match("*").put(&path(&study), &put).await.expect_status(200);
}

#[tokio::test]
async fn a_study_moves_to_another_patient() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let (from, to) = (a_patient_named(&client, "Durand").await, a_patient_named(&client, "Roux").await);
    let gone = a_patient_named(&client, "Gone").await;
    client.delete(&format!("/api/patients/{gone}")).await.expect_status(204);
    let late = json!({"family_name": "Late", "birth_date": "2026-03-15"});
    let late = client.post("/api/patients", &late).await.expect_status(201).id();
    let study = enter(&client, &a_study(from)).await;

    let moved = client.patch(&path(&study), &json!({"patient_fk": to})).await.expect_status(200);
    assert_eq!((&moved.body["patient_fk"], &moved.body["patient"]["patient_name"]), (&json!(to), &json!("Roux")));
    assert_ne!(moved.etag(), study.etag());
    let number = async |id: i64| client.get(&format!("/api/patients/{id}")).await.body["number_of_studies"].clone();
    assert_eq!((number(from).await, number(to).await), (json!(0), json!(1)));
    assert_eq!(client.get(&format!("/api/patients/{to}/studies")).await.ids(), [study.id()]);
    assert_eq!(client.get("/api/studies?patient_name=roux").await.ids(), [study.id()]);
    assert!(client.get("/api/studies?patient_name=durand").await.items().is_empty());

    let nowhere = client.patch(&path(&study), &json!({"patient_fk": gone})).await.expect_problem(422, "invalid");
    nowhere.expect_fault("/patient_fk", "patient_not_found");
    let unborn = client.patch(&path(&study), &json!({"patient_fk": late})).await.expect_problem(422, "invalid");
    unborn.expect_fault("/study_date", "study_before_birth");
    client.delete(&format!("/api/patients/{to}")).await.expect_problem(409, "patient_has_studies");
    client.delete(&format!("/api/patients/{from}")).await.expect_status(204);
}

#[tokio::test]
async fn a_study_that_is_not_there_cannot_be_changed() {
    let app = App::spawn().await;
    let client = app.admin().await.if_match("*");
    let patient = a_patient_named(&client, "Durand").await;
    let path = "/api/studies/999";
    client.get(path).await.expect_problem(404, "study_not_found");
    client.put(path, &a_study(patient)).await.expect_problem(404, "study_not_found");
    client.patch(path, &json!({"study_id": "S2"})).await.expect_problem(404, "study_not_found");
    client.delete(path).await.expect_problem(404, "study_not_found");
}
