//! Whose row a line is: no line changes another patient than the one it names.

use serde_json::{Value, json};

use super::{Registry, counts, refused_lines};

/// Issuers that no patient can have.
fn faulty_issuers() -> [(Value, &'static str); 3] {
    [(json!("I".repeat(65)), "too_long"), (json!("a\\b"), "invalid_character"), (json!(5), "invalid_type")]
}

fn entry(line: u64, pointer: &str, code: &str) -> (u64, String, String) {
    (line, pointer.to_owned(), code.to_owned())
}

#[tokio::test]
async fn a_line_whose_issuer_is_faulty_changes_nobody() {
    let registry = Registry::new().await;
    let csv = "patient_id;family_name\nL1;Durand\nL2;Petit\n";
    assert_eq!(registry.send_csv("", csv).await["patients"], counts(2, 0, 0, 0));
    registry.send_csv("", "study_instance_uid;patient_id\n1.2;L1\n").await;
    let before = registry.everything().await;
    for (issuer, code) in faulty_issuers() {
        let patient = json!({"patient_id": "L1", "issuer_of_patient_id": issuer, "family_name": "Overwritten"});
        let report = registry.send_lines("?type=patient", &[patient]).await;
        assert_eq!(refused_lines(&report), [entry(1, "/issuer_of_patient_id", code)]);
        let of_patient = json!({"patient_id": "L2", "issuer_of_patient_id": issuer});
        let study =
            |uid: &str| json!({"study_instance_uid": uid, "patient": of_patient, "study_description": "changed"});
        let report = registry.send_lines("?type=study", &[study("1.2"), study("1.3")]).await;
        let place = "/patient/issuer_of_patient_id";
        assert_eq!(refused_lines(&report), [entry(1, place, code), entry(2, place, code)]);
    }
    let issuer = "I".repeat(65);
    let report =
        registry.send_csv("", &format!("patient_id;issuer_of_patient_id;family_name\nL1;{issuer};Overwritten\n")).await;
    assert_eq!(refused_lines(&report), [entry(2, "/issuer_of_patient_id", "too_long")]);
    let csv = format!("study_instance_uid;patient_id;issuer_of_patient_id\n1.2;L2;{issuer}\n1.3;L2;{issuer}\n");
    let report = registry.send_csv("", &csv).await;
    let expected = [2, 3].map(|line| entry(line, "/issuer_of_patient_id", "too_long"));
    assert_eq!(refused_lines(&report), expected);
    assert_eq!(registry.everything().await, before);
}

#[tokio::test]
async fn images_of_a_patient_whose_issuer_cannot_be_read_are_nobody_elses() {
    let registry = Registry::new().await;
    registry.send_csv("", "patient_id;family_name\nW1;Martin\n").await;
    let object = json!({
        "StudyInstanceUID": "1.2.1", "PatientID": "W1", "IssuerOfPatientID": "H".repeat(65),
        "PatientName": "Autre^Personne", "PatientSex": "F",
    });
    let report = registry.import_objects([object.clone()]).await;
    assert_eq!(report["patients"], counts(1, 0, 0, 0));
    let codes: Vec<&str> =
        report["warnings"].as_array().expect("a list").iter().filter_map(|warning| warning["code"].as_str()).collect();
    assert_eq!(codes, ["too_long", "with_unreadable_issuer"]);
    assert_eq!(registry.patient("W1").await["sex"], Value::Null);
    let study = registry.study("1.2.1").await;
    assert_ne!(study["patient"]["patient_id"], "W1");
    // A second time it is the same patient.
    assert_eq!(registry.import_objects([object]).await["patients"], counts(0, 0, 1, 0));
}

#[tokio::test]
async fn patients_whom_images_brought_without_a_name_come_back_from_an_export() {
    let registry = Registry::new().await;
    let objects = [
        json!({"StudyInstanceUID": "1.2.1", "PatientID": "N1", "PatientName": "^^^^"}),
        json!({"StudyInstanceUID": "1.2.2", "PatientID": "N2"}),
    ];
    assert_eq!(registry.import_objects(objects).await["patients"], counts(2, 0, 0, 0));
    for media_type in ["text/csv", "application/x-ndjson"] {
        let other = Registry::new().await;
        for plural in ["patients", "studies"] {
            let client = registry.client.header("Accept", media_type);
            let exported = client.get(&format!("/api/export/{plural}")).await.expect_status(200).text;
            let here = registry.send("", media_type, exported.clone()).await.expect_status(200).body;
            assert_eq!(here[plural], counts(0, 0, 2, 0), "{here}");
            let there = other.send("", media_type, exported).await.expect_status(200).body;
            assert_eq!(there[plural], counts(2, 0, 0, 0), "{there}");
        }
    }
    // Who changes something else of one need not invent a name; who enters one does.
    let id = registry.patient("N1").await["id"].clone();
    let client = registry.client.if_match("*");
    client.patch(&format!("/api/patients/{id}"), &json!({"comments": "unknown"})).await.expect_status(200);
    let report = registry.send_csv("", "patient_id;family_name\nN3;\n").await;
    assert_eq!(refused_lines(&report), [entry(2, "/family_name", "required")]);
}

#[tokio::test]
async fn lines_judge_by_what_the_lines_before_them_made() {
    let registry = Registry::new().await;
    registry.send_csv("", "patient_id;family_name\nB1;Durand\n").await;
    registry.send_csv("", "study_instance_uid;patient_id;study_date\n1.1;B1;2001-05-01\n1.2;B1;2002-05-01\n").await;
    let id = registry.study("1.2").await["id"].clone();
    registry.client.if_match("*").delete(&format!("/api/studies/{id}")).await.expect_status(204);
    let study = |uid: &str| json!({"type": "study", "study_instance_uid": uid, "study_date": "2010-05-01"});
    let born = |day: &str| json!({"type": "patient", "patient_id": "B1", "birth_date": day});
    // What is in the bin is refused, and does not hold up a birth.
    let report = registry.send_lines("", &[study("1.1"), study("1.2"), born("2005-01-31"), born("2010-05-02")]).await;
    let expected = [entry(2, "/study_instance_uid", "study_deleted"), entry(4, "/birth_date", "birth_after_study")];
    assert_eq!(refused_lines(&report), expected);
    assert_eq!(registry.patient("B1").await["birth_date"], "2005-01-31");
}

#[tokio::test]
async fn images_enter_nothing_that_the_api_refuses() {
    let registry = Registry::new().await;
    let modalities: Vec<String> = (10..50).map(|number| format!("M{number}")).collect();
    let object = json!({
        "StudyInstanceUID": "1.2.1", "PatientID": "D1", "PatientName": "Durand",
        "NumberOfStudyRelatedSeries": 1, "NumberOfStudyRelatedInstances": 4_000_000_000_u32,
        "ModalitiesInStudy": modalities,
    });
    let report = registry.import_objects([object]).await;
    let warning = |field: &str, code: &str| json!({"field": field, "code": code, "count": 1});
    let expected = json!([
        warning("modalities_in_study", "too_long"),
        warning("number_of_study_related_instances", "out_of_range"),
    ]);
    assert_eq!(report["warnings"], expected);
    let study = registry.study("1.2.1").await;
    assert_eq!(study["modalities_in_study"], json!(modalities[..32]));
    let client = registry.client.if_match("*");
    client.patch(&format!("/api/studies/{}", study["id"]), &json!({"comments": "x"})).await.expect_status(200);
}
