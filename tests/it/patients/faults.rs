//! What is refused of a patient, with the code and place of each fault.

use serde_json::{Value, json};

use super::{enter, path};
use crate::harness::{Answer, App, a_patient, a_study, named};

/// What each member must not be, and the fault it is.
fn faulty_members() -> Vec<(&'static str, Value, &'static str)> {
    let text = |length: usize| Value::from("x".repeat(length));
    let mut faulty = vec![
        ("ideographic_name", json!("a^b^c^d^e^f"), "pn_too_many_components"),
        ("ideographic_name", json!("a=b"), "invalid_character"),
        ("ideographic_name", text(65), "pn_group_too_long"),
        ("phonetic_name", json!("a^b^c^d^e^f"), "pn_too_many_components"),
        ("phonetic_name", json!("a\\b"), "invalid_character"),
        ("birth_date", json!("2023-02-29"), "invalid_date"),
        ("birth_date", json!("19800131"), "invalid_date"),
        ("birth_date", json!("1980-01-31T00:00:00Z"), "invalid_date"),
        ("birth_date", json!(""), "invalid_date"),
        ("birth_date", json!("9999-01-01"), "date_in_future"),
        ("birth_date", json!("1799-12-31"), "date_implausible"),
        ("sex", json!("X"), "invalid_enum"),
        ("sex", json!("f"), "invalid_enum"),
        ("sex", json!(""), "invalid_enum"),
        ("address", text(256), "too_long"),
        ("address", json!("3 rue des Lilas\n75020 Paris"), "invalid_character"),
        ("telephone_number", text(65), "too_long"),
        ("comments", text(10_241), "too_long"),
        ("comments", json!("a\u{0}b"), "invalid_character"),
        ("comments", json!("a\u{1b}b"), "invalid_character"),
    ];
    for name in ["patient_id", "issuer_of_patient_id", "family_name", "given_name", "middle_name", "name_prefix"] {
        faulty.extend([(name, text(65), "too_long"), (name, json!("a\\b"), "invalid_character")]);
        faulty.extend([(name, json!("a\u{7f}b"), "invalid_character"), (name, json!("a\nb"), "invalid_character")]);
    }
    for name in ["family_name", "given_name", "name_suffix", "birth_name"] {
        faulty.extend([(name, json!("a^b"), "invalid_character"), (name, json!("a=b"), "invalid_character")]);
    }
    for name in ["patient_id", "family_name", "birth_date", "sex", "comments"] {
        for other in [json!(1), json!(true), json!([]), json!({"a": 1})] {
            faulty.push((name, other, "invalid_type"));
        }
    }
    for name in
        ["id", "version", "created_by", "deleted_at", "patient_name", "number_of_studies", "name_key", "role", "a/b~c"]
    {
        faulty.push((name, json!(1), "unknown_field"));
    }
    faulty
}

#[tokio::test]
async fn each_fault_of_a_patient_has_its_code_and_place() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = enter(&client, &a_patient()).await;
    let before = client.get("/api/patients?count=exact").await.expect_status(200).body;
    let editor = client.if_match("*");
    for (name, value, code) in faulty_members() {
        let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
        let mut whole = a_patient();
        whole[name] = value.clone();
        let mut part = json!({});
        part[name] = value;
        for answer in [
            client.post("/api/patients", &whole).await,
            editor.put(&path(&patient), &whole).await,
            editor.patch(&path(&patient), &part).await,
        ] {
            answer.expect_problem(422, "invalid").expect_fault(&pointer, code);
        }
    }
    assert_eq!(client.get("/api/patients?count=exact").await.expect_status(200).body, before);
}

#[tokio::test]
async fn all_faults_of_a_body_are_named_at_once() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let body =
        json!({"patient_id": 7, "given_name": "a^b", "birth_date": "1980-02-30", "sex": "X", "famly_name": "Durand"});
    let answer = client.post("/api/patients", &body).await.expect_problem(422, "invalid");
    let expected = [
        ("/patient_id", "invalid_type"),
        ("/given_name", "invalid_character"),
        ("/birth_date", "invalid_date"),
        ("/sex", "invalid_enum"),
        ("/famly_name", "unknown_field"),
    ];
    assert_eq!(answer.faults(), expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
    assert_eq!(answer.body["errors"][4]["suggestion"], "family_name");
    for nameless in [json!({}), json!({"family_name": " ", "given_name": null}), json!({"middle_name": "Anne"})] {
        client
            .post("/api/patients", &nameless)
            .await
            .expect_problem(422, "invalid")
            .expect_fault("/family_name", "required");
    }
}

#[tokio::test]
async fn a_number_is_taken_once_at_each_issuer() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = json!({"patient_id": "P 1", "issuer_of_patient_id": "Nord", "family_name": "Durand"});
    let first = enter(&client, &patient).await;
    for (number, issuer) in
        [("P 1", "Sud"), ("P 1", ""), ("p 1", "Nord"), ("P 1", "nord"), ("P  1", "Nord"), ("Ṕ 1", "Nord")]
    {
        enter(&client, &json!({"patient_id": number, "issuer_of_patient_id": issuer, "family_name": "Durand"})).await;
    }
    let second =
        enter(&client, &json!({"patient_id": "P 2", "issuer_of_patient_id": "Nord", "family_name": "Durand"})).await;
    let taken = |answer: Answer, deleted: bool| {
        let answer = answer.expect_problem(409, "patient_already_exists");
        assert_eq!((&answer.body["existing_id"], &answer.body["deleted"]), (&json!(first.id()), &json!(deleted)));
    };
    let editor = client.if_match("*");
    let spaced = json!({"patient_id": " P 1 ", "issuer_of_patient_id": " Nord", "family_name": "Roux"});
    taken(client.post("/api/patients", &spaced).await, false);
    taken(editor.put(&path(&second), &patient).await, false);
    taken(editor.patch(&path(&second), &json!({"patient_id": "P 1"})).await, false);
    editor.delete(&path(&first)).await.expect_status(204);
    taken(client.post("/api/patients", &patient).await, true);
    taken(editor.patch(&path(&second), &json!({"patient_id": "P 1"})).await, true);
    assert_eq!(client.get(&path(&second)).await.expect_status(200).body, second.body);
}

#[tokio::test]
async fn nobody_is_examined_before_birth() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let patient = enter(&client, &named("Durand")).await;
    client.post("/api/studies", &a_study(patient.id())).await.expect_status(201);
    let later = client.patch(&path(&patient), &json!({"birth_date": "2026-03-15"})).await;
    later.expect_problem(422, "invalid").expect_fault("/birth_date", "birth_after_study");
    client.patch(&path(&patient), &json!({"birth_date": "2026-03-14"})).await.expect_status(200);
}
