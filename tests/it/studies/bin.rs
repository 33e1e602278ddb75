//! Studies and the bin: deleting, restoring, purging.

use reqwest::Method;
use serde_json::json;

use super::{a_patient_named, enter, path};
use crate::harness::{App, a_study};

#[tokio::test]
async fn a_deleted_study_lies_in_the_bin_until_it_is_restored() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let editor = client.if_match("*");
    let patient = a_patient_named(&client, "Durand").await;
    let study = enter(&client, &a_study(patient)).await;
    let (in_bin, restore) = (format!("{}?deleted=true", path(&study)), format!("{}/restore", path(&study)));
    client.get(&in_bin).await.expect_problem(404, "study_not_found");
    client.send(Method::POST, &restore, None).await.expect_problem(409, "not_deleted");

    client.if_match(&study.etag()).delete(&path(&study)).await.expect_status(204);
    client.get(&path(&study)).await.expect_problem(404, "study_not_found");
    let deleted = client.get(&in_bin).await.expect_status(200);
    assert!(deleted.body["deleted_at"].is_string() && deleted.body["deleted_by"].is_i64());
    assert_eq!(client.get("/api/studies?deleted=true").await.items()[0], deleted.body);
    assert_eq!(client.get(&format!("/api/patients/{patient}/studies?deleted=true")).await.ids(), [study.id()]);
    assert!(client.get(&format!("/api/patients/{patient}/studies")).await.items().is_empty());
    editor.put(&path(&study), &json!({"patient_fk": patient})).await.expect_problem(404, "study_not_found");
    editor.patch(&path(&study), &json!({"study_id": "S2"})).await.expect_problem(404, "study_not_found");
    editor.delete(&path(&study)).await.expect_problem(404, "study_not_found");

    editor.delete(&format!("/api/patients/{patient}")).await.expect_status(204);
    client.send(Method::POST, &restore, None).await.expect_problem(409, "patient_deleted");
    client.send(Method::POST, &format!("/api/patients/{patient}/restore"), None).await.expect_status(200);
    let restored = client.send(Method::POST, &restore, None).await.expect_status(200);
    assert_eq!((&restored.body["deleted_at"], &restored.body["version"]), (&json!(null), &json!(3)));
    assert_eq!(restored.body["modalities_in_study"], study.body["modalities_in_study"]);
    assert_eq!(client.get(&path(&study)).await.expect_status(200).body, restored.body);
    assert_eq!(client.get("/api/studies?study_description=cereb").await.ids(), [study.id()]);
}

#[tokio::test]
async fn a_study_is_not_restored_to_before_the_birth_of_its_patient() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let patient = a_patient_named(&client, "Durand").await;
    let study = enter(&client, &a_study(patient)).await;
    client.delete(&path(&study)).await.expect_status(204);
    let birth = async |day: &str| {
        let change = json!({"birth_date": day});
        client.patch(&format!("/api/patients/{patient}"), &change).await.expect_status(200);
        client.send(Method::POST, &format!("{}/restore", path(&study)), None).await
    };
    birth("2026-03-15").await.expect_problem(422, "invalid").expect_fault("/study_date", "study_before_birth");
    client.get(&path(&study)).await.expect_problem(404, "study_not_found");
    birth("2026-03-14").await.expect_status(200);
}

#[tokio::test]
async fn an_administrator_purges_what_lies_in_the_bin() {
    let app = App::spawn().await;
    let (client, admin) = (app.modification().await.if_match("*"), app.admin().await.if_match("*"));
    let patient = a_patient_named(&client, "Durand").await;
    let study = enter(&client, &a_study(patient)).await;
    let purge = format!("{}?purge=true", path(&study));
    admin.delete(&purge).await.expect_problem(409, "not_deleted");
    client.delete(&path(&study)).await.expect_status(204);
    client.delete(&purge).await.expect_problem(403, "forbidden");
    admin.delete(&purge).await.expect_status(204);
    admin.get(&format!("{}?deleted=true", path(&study))).await.expect_problem(404, "study_not_found");
    admin.delete(&purge).await.expect_problem(404, "study_not_found");
    admin.send(Method::POST, &format!("{}/restore", path(&study)), None).await.expect_problem(404, "study_not_found");
}
