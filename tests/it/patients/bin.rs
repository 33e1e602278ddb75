//! Patients and the bin: deleting, restoring, purging.

use reqwest::Method;
use serde_json::json;

use super::{enter, path};
use crate::harness::{App, a_patient, a_study, named};

#[tokio::test]
async fn a_deleted_patient_lies_in_the_bin_until_it_is_restored() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = enter(&client, &a_patient()).await;
    let path = path(&patient);
    let (in_bin, restore) = (format!("{path}?deleted=true"), format!("{path}/restore"));
    client.get(&in_bin).await.expect_problem(404, "patient_not_found");
    client.send(Method::POST, &restore, None).await.expect_problem(409, "not_deleted");

    let deletion = client.if_match(&patient.etag()).delete(&path).await.expect_status(204);
    assert_eq!(deletion.text, "");
    client.get(&path).await.expect_problem(404, "patient_not_found");
    assert!(client.get("/api/patients").await.items().is_empty());
    let deleted = client.get(&in_bin).await.expect_status(200);
    assert!(deleted.body["deleted_at"].is_string() && deleted.body["deleted_by"].is_i64());
    assert_eq!(client.get("/api/patients?deleted=true").await.items()[0], deleted.body);
    let editor = client.if_match("*");
    editor.put(&path, &named("Roux")).await.expect_problem(404, "patient_not_found");
    editor.patch(&path, &json!({"sex": "O"})).await.expect_problem(404, "patient_not_found");
    editor.delete(&path).await.expect_problem(404, "patient_not_found");
    client.get(&format!("{path}/studies")).await.expect_problem(404, "patient_not_found");
    client.post("/api/studies", &a_study(patient.id())).await.expect_fault("/patient_fk", "patient_not_found");

    let restored = client.send(Method::POST, &restore, None).await.expect_status(200);
    assert_eq!((&restored.body["deleted_at"], &restored.body["version"]), (&json!(null), &json!(3)));
    assert_eq!(client.get(&path).await.expect_status(200).body, restored.body);
    assert_eq!(client.get("/api/patients?family_name=lefevre").await.ids(), [patient.id()]);
    client.get(&in_bin).await.expect_problem(404, "patient_not_found");
}

#[tokio::test]
async fn an_administrator_purges_what_lies_in_the_bin() {
    let app = App::spawn().await;
    let (client, admin) = (app.modification().await.if_match("*"), app.admin().await);
    let patient = enter(&client, &json!({"patient_id": "P1", "family_name": "Durand"})).await;
    let purge = format!("{}?purge=true", path(&patient));
    admin.delete(&purge).await.expect_problem(428, "if_match_required");
    admin.if_match("*").delete(&purge).await.expect_problem(409, "not_deleted");
    client.delete(&path(&patient)).await.expect_status(204);
    client.delete(&purge).await.expect_problem(403, "forbidden");
    admin.if_match(&patient.etag()).delete(&purge).await.expect_problem(412, "stale_version");
    admin.if_match("\"2\"").delete(&purge).await.expect_status(204);
    admin.get(&format!("{}?deleted=true", path(&patient))).await.expect_problem(404, "patient_not_found");
    admin.if_match("*").delete(&purge).await.expect_problem(404, "patient_not_found");
    let again = enter(&client, &json!({"patient_id": "P1", "family_name": "Durand"})).await;
    assert_ne!(again.id(), patient.id(), "an id is never given twice");
}

#[tokio::test]
async fn a_patient_with_studies_is_kept() {
    let app = App::spawn().await;
    let client = app.admin().await.if_match("*");
    let patient = enter(&client, &named("Durand")).await;
    let study = client.post("/api/studies", &a_study(patient.id())).await.expect_status(201);
    client.delete(&path(&patient)).await.expect_problem(409, "patient_has_studies");
    client.get(&path(&patient)).await.expect_status(200);
    let study_path = format!("/api/studies/{}", study.id());
    client.delete(&study_path).await.expect_status(204);
    client.delete(&path(&patient)).await.expect_status(204);
    // A study in the bin still belongs to it.
    client.delete(&format!("{}?purge=true", path(&patient))).await.expect_problem(409, "patient_has_studies");
    client.delete(&format!("{study_path}?purge=true")).await.expect_status(204);
    client.delete(&format!("{}?purge=true", path(&patient))).await.expect_status(204);
}
