//! Patients: entering, reading, changing.

mod bin;
mod faults;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, App, Client, a_patient, a_study, named};

async fn enter(client: &Client, patient: &Value) -> Answer {
    client.post("/api/patients", patient).await.expect_status(201)
}

fn path(patient: &Answer) -> String {
    format!("/api/patients/{}", patient.id())
}

#[tokio::test]
async fn a_patient_is_entered_and_read() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let created = enter(&client, &a_patient()).await;
    assert_eq!(created.header("location"), Some(path(&created).as_str()));
    let read = client.get(&path(&created)).await.expect_status(200);
    assert_eq!(read.body, created.body);
    assert_eq!(read.etag(), created.etag());
    for (name, value) in a_patient().as_object().expect("an object") {
        assert_eq!(&read.body[name], value, "{name}");
    }
    let me = client.get("/api/auth/me").await.id();
    assert_eq!((&read.body["created_by"], &read.body["updated_by"]), (&json!(me), &json!(me)));
    assert_eq!((&read.body["version"], &read.body["number_of_studies"]), (&json!(1), &json!(0)));
    assert_eq!(read.body["patient_name"], "Lefèvre^Zoé^Anne^Dr");
    assert_eq!(read.body["created_at"], read.body["updated_at"]);
    assert!(read.body["deleted_at"].is_null());
}

#[tokio::test]
async fn a_patient_needs_no_more_than_a_name_and_gets_a_number() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let one = enter(&client, &named("Durand")).await;
    let other = enter(&client, &json!({"given_name": "Zoé"})).await;
    let number = one.body["patient_id"].as_str().expect("a number");
    assert!(number.starts_with("PT-") && number.len() == 13, "{number}");
    assert_ne!(one.body["patient_id"], other.body["patient_id"]);
    assert_eq!((&one.body["patient_name"], &other.body["patient_name"]), (&json!("Durand"), &json!("^Zoé")));
}

#[tokio::test]
async fn null_and_blank_are_as_good_as_absent() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let mut patient = a_patient();
    for (name, value) in patient.as_object_mut().expect("an object") {
        if name != "family_name" {
            *value = Value::Null;
        }
    }
    for (name, value) in
        [("patient_id", json!(null)), ("issuer_of_patient_id", json!("  ")), ("address", json!("\u{a0} "))]
    {
        patient[name] = value;
    }
    let created = enter(&client, &patient).await;
    for name in ["given_name", "birth_date", "sex", "comments", "issuer_of_patient_id", "address"] {
        assert!(created.body[name].is_null(), "{name}");
    }
    assert!(created.body["patient_id"].as_str().is_some_and(|number| number.starts_with("PT-")));
}

#[tokio::test]
async fn text_is_trimmed_and_composed() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let created = enter(
        &client,
        &json!({
            "patient_id": "  A 1 ", "family_name": " Je\u{301}ro\u{302}me ", "given_name": "\u{212b}sa",
            "ideographic_name": "山田 ^ 太郎^^", "phonetic_name": "やまた\u{3099}^たろう", "comments": " a\r\n\tb\\c ",
        }),
    )
    .await;
    for (name, value) in [
        ("patient_id", "A 1"),
        ("family_name", "Jérôme"),
        ("given_name", "Åsa"),
        ("ideographic_name", "山田^太郎"),
        ("phonetic_name", "やまだ^たろう"),
        ("comments", "a\r\n\tb\\c"),
        ("patient_name", "Jérôme^Åsa=山田^太郎=やまだ^たろう"),
    ] {
        assert_eq!(created.body[name], value, "{name}");
    }
}

#[tokio::test]
async fn the_longest_values_are_kept_whole() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let longest = |letter: &str, length: usize| Value::from(letter.repeat(length));
    let mut patient = json!({"birth_date": "1800-01-01", "sex": "O"});
    for name in
        ["patient_id", "issuer_of_patient_id", "family_name", "given_name", "middle_name", "name_prefix", "name_suffix"]
    {
        patient[name] = longest("𝒜", 64);
    }
    for name in ["ideographic_name", "phonetic_name", "birth_name", "telephone_number"] {
        patient[name] = longest("é", 64);
    }
    (patient["address"], patient["comments"]) = (longest("𝒜", 255), longest("𝒜", 10_240));
    let created = enter(&client, &patient).await;
    let read = client.get(&path(&created)).await.expect_status(200);
    for (name, value) in patient.as_object().expect("an object") {
        assert_eq!(&read.body[name], value, "{name}");
    }
}

#[tokio::test]
async fn a_read_that_would_say_the_same_is_304() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = enter(&client, &a_patient()).await;
    let path = path(&patient);
    let unchanged = async |tags: &str| client.header("If-None-Match", tags).get(&path).await;
    for tags in [patient.etag(), format!("W/{}", patient.etag()), format!("\"7\", {}", patient.etag()), "*".to_owned()]
    {
        let answer = unchanged(&tags).await.expect_status(304);
        assert_eq!((answer.text.as_str(), answer.etag()), ("", patient.etag()));
    }
    unchanged("\"7\"").await.expect_status(200);
    client.post("/api/studies", &a_study(patient.id())).await.expect_status(201);
    let with_study = unchanged(&patient.etag()).await.expect_status(200);
    assert_eq!(with_study.body["number_of_studies"], 1);
    unchanged(&with_study.etag()).await.expect_status(304);
    client.if_match("*").patch(&path, &json!({"sex": "O"})).await.expect_status(200);
    unchanged(&with_study.etag()).await.expect_status(200);
}

#[tokio::test]
async fn replacing_empties_what_is_not_said_and_keeps_the_number() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = enter(&client, &a_patient()).await;
    let replaced = client.if_match(&patient.etag()).put(&path(&patient), &named("Roux")).await.expect_status(200);
    assert_eq!(replaced.body["patient_id"], patient.body["patient_id"]);
    assert_eq!((&replaced.body["family_name"], &replaced.body["version"]), (&json!("Roux"), &json!(2)));
    for name in a_patient().as_object().expect("an object").keys().filter(|name| *name != "family_name") {
        assert!(replaced.body[name].is_null(), "{name}");
    }
    assert_eq!(replaced.body["created_at"], patient.body["created_at"]);
    assert_ne!(replaced.body["updated_at"], patient.body["updated_at"]);
    let read = client.get(&path(&patient)).await.expect_status(200);
    assert_eq!((&read.body, read.etag()), (&replaced.body, replaced.etag()));
}

#[tokio::test]
async fn a_patch_changes_what_it_says_and_null_empties() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = enter(&client, &a_patient()).await;
    let mut expected = patient.body.clone();
    let patch =
        json!({"telephone_number": null, "address": " 4 rue des Lilas ", "birth_date": "1980-02-01", "sex": null});
    let content = ("application/merge-patch+json", patch.to_string().into_bytes());
    let editor = client.if_match(&patient.etag());
    let patched = editor.send_raw(Method::PATCH, &path(&patient), Some(content)).await.expect_status(200);
    for (name, value) in [
        ("telephone_number", json!(null)),
        ("address", json!("4 rue des Lilas")),
        ("birth_date", json!("1980-02-01")),
        ("sex", json!(null)),
        ("version", json!(2)),
        ("updated_at", patched.body["updated_at"].clone()),
    ] {
        expected[name] = value;
    }
    assert_eq!(patched.body, expected);
    let editor = client.if_match(&patched.etag());
    let numberless = editor.patch(&path(&patient), &json!({"patient_id": null})).await.expect_problem(422, "invalid");
    assert_eq!(numberless.faults(), [("/patient_id".to_owned(), "required".to_owned())]);
    let same = editor.patch(&path(&patient), &json!({"sex": null})).await.expect_status(200);
    assert_eq!((&same.body, same.etag()), (&patched.body, patched.etag()), "nothing changed, nor did the version");
    let nameless = json!({"family_name": null, "given_name": null});
    editor
        .patch(&path(&patient), &nameless)
        .await
        .expect_problem(422, "invalid")
        .expect_fault("/family_name", "required");
}

#[tokio::test]
async fn a_write_says_which_version_it_changes() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = enter(&client, &a_patient()).await;
    let path = path(&patient);
    let (other, change) = (named("Roux"), json!({"sex": "O"}));
    let writes = [(Method::PUT, Some(&other)), (Method::PATCH, Some(&change)), (Method::DELETE, None)];
    for (method, body) in &writes {
        client.send(method.clone(), &path, *body).await.expect_problem(428, "if_match_required");
        for malformed in ["1", "\"1", "", "\"1\", 2"] {
            let answer = client.if_match(malformed).send(method.clone(), &path, *body).await;
            answer.expect_problem(400, "malformed_request");
        }
        for stale in ["\"2\"", "\"0\"", "\"x\"", "\"7.1\", \"8\"", "W/\"2\""] {
            let answer = client.if_match(stale).send(method.clone(), &path, *body).await;
            let answer = answer.expect_problem(412, "stale_version");
            assert_eq!((&answer.body["current_version"], answer.etag()), (&json!(1), "\"1\"".to_owned()));
        }
    }
    assert_eq!(client.get(&path).await.expect_status(200).body, patient.body);

    let several = client.if_match("\"9\", \"1.0\"").patch(&path, &change).await.expect_status(200);
    client.if_match(&patient.etag()).patch(&path, &json!({"sex": "F"})).await.expect_problem(412, "stale_version");
    let lines = client.if_match("\"9\"").if_match(&several.etag());
    lines.patch(&path, &json!({"sex": "F"})).await.expect_status(200);
    client.if_match("*").put(&path, &other).await.expect_status(200);
    // A study that was added meanwhile is no change of the patient.
    let read = client.get(&path).await.expect_status(200);
    client.post("/api/studies", &a_study(patient.id())).await.expect_status(201);
    client.if_match(&read.etag()).patch(&path, &change).await.expect_status(200);
}

#[tokio::test]
async fn a_patient_that_is_not_there_cannot_be_changed() {
    let app = App::spawn().await;
    let client = app.admin().await;
    let editor = client.if_match("*");
    let path = "/api/patients/999";
    client.get(path).await.expect_problem(404, "patient_not_found");
    client.get("/api/patients/999/studies").await.expect_problem(404, "patient_not_found");
    editor.put(path, &named("Roux")).await.expect_problem(404, "patient_not_found");
    editor.patch(path, &json!({"sex": "O"})).await.expect_problem(404, "patient_not_found");
    editor.delete(path).await.expect_problem(404, "patient_not_found");
    editor.delete("/api/patients/999?purge=true").await.expect_problem(404, "patient_not_found");
    client.send(Method::POST, "/api/patients/999/restore", None).await.expect_problem(404, "patient_not_found");
}
