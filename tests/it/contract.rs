//! The contract is the code's, and keeps its own rules.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::{App, contract};

#[test]
fn the_committed_contract_is_the_one_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml");
    let generated = patientele::openapi::yaml().expect("the contract is written");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    let changed = generated.lines().zip(committed.lines()).find(|(new, old)| new != old);
    assert!(
        generated == committed,
        "openapi.yaml is not what the code says; first difference: {changed:?}; run: cargo run -- openapi > openapi.yaml"
    );
}

#[test]
fn operations_are_named_once_and_described() {
    let mut ids = BTreeSet::new();
    for operation in contract().operations() {
        let id = &operation.id;
        assert!(ids.insert(id.clone()), "{id} is there twice");
        assert!(!operation.definition["summary"].as_str().unwrap_or_default().is_empty(), "{id} has no summary");
        assert!(
            !operation.definition["description"].as_str().unwrap_or_default().is_empty(),
            "{id} has no description"
        );
        assert_eq!(operation.definition["tags"].as_array().map(Vec::len), Some(1), "{id} has one tag");
    }
}

#[test]
fn bodies_say_that_nothing_unknown_is_taken() {
    let contract = contract();
    let mut bodies = 0;
    for operation in contract.operations().iter().filter(|operation| operation.takes_json()) {
        let schema = &operation.definition["requestBody"]["content"]["application/json"]["schema"];
        let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
        let name = name.unwrap_or_else(|| panic!("the body of {} has no name", operation.id));
        let schema = &contract.document["components"]["schemas"][name];
        // Of members with a rule that ties them together, the first part.
        let members = schema.pointer("/allOf/0").unwrap_or(schema);
        assert_eq!(members["additionalProperties"], false, "{name}, the body of {}, is not closed", operation.id);
        bodies += 1;
    }
    assert!(bodies > 10);
}

/// What can be entered can be exported, imported as a column, and asked for by name.
#[tokio::test]
async fn every_field_has_its_place_in_exports_imports_and_hits() {
    let app = App::spawn().await;
    let client = app.admin().await.header("Accept", "text/csv");
    for (resource, plural) in [("PatientCreate", "patients"), ("StudyCreate", "studies")] {
        let properties = &contract().document["components"]["schemas"][resource]["allOf"][0]["properties"];
        let names: Vec<&String> = properties.as_object().expect("members").keys().collect();
        assert!(names.len() > 10);
        let exported = client.get(&format!("/api/export/{plural}")).await.expect_status(200).text;
        let columns: Vec<&str> = exported.trim_end().split(',').collect();
        let fields = format!(
            "/api/search?q=nobody&fields={}",
            names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(",")
        );
        app.lecture().await.get(&fields).await.expect_status(200);
        // An export says whose a study is by the patient's number, which another registry knows, too.
        for name in names.iter().filter(|name| **name != "patient_fk") {
            assert!(columns.contains(&name.as_str()), "{name} is no column of {columns:?}");
        }
        let heading = names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(";") + "\n";
        let body = Some(("text/csv", heading.into_bytes()));
        let report = app.admin().await.send_raw(reqwest::Method::POST, "/api/import", body).await.expect_status(200);
        assert_eq!(report.body["refused"], Value::Array(Vec::new()));
    }
}
