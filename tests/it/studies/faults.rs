//! What is refused of a study, with the code and place of each fault.

use serde_json::{Value, json};

use super::{a_patient_named, enter, path};
use crate::harness::{Answer, App, a_study};

/// What each member must not be, with the place and the code of the fault.
fn faulty_members() -> Vec<(&'static str, Value, &'static str, &'static str)> {
    let text = |length: usize| Value::from("x".repeat(length));
    let mut faulty = vec![
        ("patient_fk", json!(null), "/patient_fk", "required"),
        ("patient_fk", json!(0), "/patient_fk", "out_of_range"),
        ("patient_fk", json!("1"), "/patient_fk", "invalid_type"),
        ("patient_fk", json!(999_999), "/patient_fk", "patient_not_found"),
        ("study_instance_uid", json!("1.02"), "/study_instance_uid", "invalid_uid"),
        ("study_instance_uid", json!("1..2"), "/study_instance_uid", "invalid_uid"),
        ("study_instance_uid", json!(""), "/study_instance_uid", "invalid_uid"),
        ("study_instance_uid", json!(" 1.2"), "/study_instance_uid", "invalid_uid"),
        ("study_instance_uid", json!("1".repeat(65)), "/study_instance_uid", "uid_too_long"),
        ("study_date", json!("2026-02-29"), "/study_date", "invalid_date"),
        ("study_date", json!("20260314"), "/study_date", "invalid_date"),
        ("study_date", json!("9999-01-01"), "/study_date", "date_in_future"),
        ("study_date", json!("1799-12-31"), "/study_date", "date_implausible"),
        ("study_date", json!("1979-12-31"), "/study_date", "study_before_birth"),
        ("study_date", json!(null), "/study_time", "time_without_date"),
        ("study_time", json!("24:00"), "/study_time", "invalid_time"),
        ("study_time", json!("083015"), "/study_time", "invalid_time"),
        ("study_time", json!("08:30:61"), "/study_time", "invalid_time"),
        ("study_time", json!(830), "/study_time", "invalid_type"),
        ("modalities_in_study", json!("CT"), "/modalities_in_study", "invalid_type"),
        ("modalities_in_study", json!(["CT", "ct"]), "/modalities_in_study/1", "invalid_code_string"),
        ("modalities_in_study", json!([""]), "/modalities_in_study/0", "invalid_code_string"),
        ("modalities_in_study", json!(["A".repeat(17)]), "/modalities_in_study/0", "invalid_code_string"),
        ("modalities_in_study", json!([1]), "/modalities_in_study/0", "invalid_type"),
        ("modalities_in_study", json!(vec!["CT"; 33]), "/modalities_in_study", "too_long"),
        ("number_of_study_related_series", json!(-1), "/number_of_study_related_series", "out_of_range"),
        ("number_of_study_related_series", json!(1.5), "/number_of_study_related_series", "out_of_range"),
        ("number_of_study_related_series", json!("1"), "/number_of_study_related_series", "invalid_type"),
        ("number_of_study_related_series", json!(91), "/number_of_study_related_instances", "out_of_range"),
        ("number_of_study_related_instances", json!(2), "/number_of_study_related_instances", "out_of_range"),
        (
            "number_of_study_related_instances",
            json!(2_147_483_648_i64),
            "/number_of_study_related_instances",
            "out_of_range",
        ),
        ("status", json!("done"), "/status", "invalid_enum"),
        ("status", json!(""), "/status", "invalid_enum"),
        ("comments", text(10_241), "/comments", "too_long"),
        ("patient_id", json!(1), "/patient_id", "unknown_field"),
        ("patient", json!({"id": 1}), "/patient", "unknown_field"),
        ("version", json!(7), "/version", "unknown_field"),
    ];
    for (name, place) in [("study_id", "/study_id"), ("accession_number", "/accession_number")] {
        faulty.extend([(name, text(17), place, "too_long"), (name, json!("a\\b"), place, "invalid_character")]);
    }
    for (name, place) in [("study_description", "/study_description"), ("institution_name", "/institution_name")] {
        faulty.extend([(name, text(65), place, "too_long"), (name, json!("a\nb"), place, "invalid_character")]);
    }
    for (name, place) in [
        ("referring_physician_name", "/referring_physician_name"),
        ("name_of_physicians_reading_study", "/name_of_physicians_reading_study"),
    ] {
        faulty.extend([
            (name, text(65), place, "pn_group_too_long"),
            (name, json!("a^b^c^d^e^f"), place, "pn_too_many_components"),
            (name, json!("a=b=c=d"), place, "pn_too_many_groups"),
            (name, json!("a\\b"), place, "invalid_character"),
        ]);
    }
    faulty
}

#[tokio::test]
async fn each_fault_of_a_study_has_its_code_and_place() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = json!({"family_name": "Durand", "birth_date": "1980-01-31"});
    let patient = client.post("/api/patients", &patient).await.expect_status(201).id();
    let study = enter(&client, &a_study(patient)).await;
    let before = client.get("/api/studies?count=exact").await.expect_status(200).body;
    let editor = client.if_match("*");
    for (name, value, place, code) in faulty_members() {
        let mut whole = a_study(patient);
        whole[name] = value.clone();
        let mut part = json!({});
        part[name] = value;
        for answer in [
            client.post("/api/studies", &whole).await,
            editor.put(&path(&study), &whole).await,
            editor.patch(&path(&study), &part).await,
        ] {
            answer.expect_problem(422, "invalid").expect_fault(place, code);
        }
    }
    assert_eq!(client.get("/api/studies?count=exact").await.expect_status(200).body, before);
}

#[tokio::test]
async fn all_faults_of_a_body_are_named_at_once() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let body = json!({
        "study_instance_uid": "1.02", "study_date": "2026-02-30", "study_time": "8", "modalities_in_study": ["ct", "MR", 1],
        "number_of_study_related_series": 2, "status": "done", "acession_number": "A",
    });
    let answer = client.post("/api/studies", &body).await.expect_problem(422, "invalid");
    let mut faults = answer.faults();
    faults.sort();
    let mut expected = [
        ("/patient_fk", "required"),
        ("/study_instance_uid", "invalid_uid"),
        ("/study_date", "invalid_date"),
        ("/study_time", "invalid_time"),
        ("/modalities_in_study/0", "invalid_code_string"),
        ("/modalities_in_study/2", "invalid_type"),
        ("/number_of_study_related_instances", "out_of_range"),
        ("/status", "invalid_enum"),
        ("/acession_number", "unknown_field"),
    ]
    .map(|(place, code)| (place.to_owned(), code.to_owned()));
    expected.sort();
    assert_eq!(faults, expected);
}

#[tokio::test]
async fn a_study_may_lie_ahead_while_it_is_registered() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let patient = a_patient_named(&client, "Durand").await;
    let study = enter(&client, &json!({"patient_fk": patient, "study_date": "2999-01-01"})).await;
    let done = client.patch(&path(&study), &json!({"status": "available"})).await.expect_problem(422, "invalid");
    done.expect_fault("/study_date", "date_in_future");
    let done = json!({"status": "available", "study_date": "2026-01-01"});
    client.patch(&path(&study), &done).await.expect_status(200);
}

#[tokio::test]
async fn a_uid_is_taken_once() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let patient = a_patient_named(&client, "Durand").await;
    let study = json!({"patient_fk": patient, "study_instance_uid": "1.2.3"});
    let first = enter(&client, &study).await;
    let second = enter(&client, &json!({"patient_fk": patient, "study_instance_uid": "1.2.30"})).await;
    let taken = |answer: Answer, deleted: bool| {
        let answer = answer.expect_problem(409, "study_already_exists");
        assert_eq!((&answer.body["existing_id"], &answer.body["deleted"]), (&json!(first.id()), &json!(deleted)));
    };
    taken(client.post("/api/studies", &study).await, false);
    taken(client.put(&path(&second), &study).await, false);
    client.delete(&path(&first)).await.expect_status(204);
    taken(client.post("/api/studies", &study).await, true);
    taken(client.patch(&path(&second), &json!({"study_instance_uid": "1.2.3"})).await, true);
    assert_eq!(client.get(&path(&second)).await.expect_status(200).body, second.body);
    // Several studies may answer one order.
    for _ in 0..2 {
        enter(&client, &json!({"patient_fk": patient, "accession_number": "A1"})).await;
    }
}

#[tokio::test]
async fn an_appointment_may_lie_ahead_and_be_cancelled() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = a_patient_named(&client, "Durand").await;
    let body = json!({"patient_fk": patient, "study_date": "2099-01-31"});
    let study = enter(&client, &body).await;
    let client = client.if_match("*");
    let refused = client.patch(&path(&study), &json!({"status": "available"})).await.expect_problem(422, "invalid");
    assert_eq!(refused.faults(), [("/study_date".to_owned(), "date_in_future".to_owned())]);
    for status in ["cancelled", "entered-in-error", "registered"] {
        client.patch(&path(&study), &json!({"status": status})).await.expect_status(200);
    }
}
