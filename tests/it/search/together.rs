//! Studies by words of their own and of their patients together, also after the one or the other has changed.

use reqwest::Method;
use serde_json::{Value, json};

use super::Registry;

fn numbered(family: &str, number: &str) -> Value {
    json!({"family_name": family, "given_name": "Anne", "patient_id": number})
}

fn described(patient: i64, description: &str) -> Value {
    json!({"patient_fk": patient, "study_description": description})
}

impl Registry {
    async fn patch(&self, path: &str, body: Value) {
        self.client.if_match("*").patch(path, &body).await.expect_status(200);
    }

    /// These queries find these studies, whichever of their words comes first.
    async fn expect(&self, queries: &[&str], studies: &[i64]) {
        for query in queries {
            let turned: Vec<&str> = query.split(' ').rev().collect();
            for query in [query.replace(' ', "+"), turned.join("+")] {
                let answer = self.client.get(&format!("/api/search?type=study&q={query}")).await.expect_status(200);
                assert_eq!(answer.ids(), studies, "{query}");
            }
        }
    }
}

#[tokio::test]
async fn the_words_may_stand_in_either() {
    let registry = Registry::new().await;
    let (dupont, durand) =
        (registry.patient(numbered("Dupont", "P1")).await, registry.patient(numbered("Durand", "P2")).await);
    let brain = registry.study(described(dupont, "IRM cérébrale")).await;
    registry.study(described(dupont, "Scanner thoracique")).await;
    registry.study(described(durand, "IRM cérébrale")).await;
    registry.expect(&["dupont irm", "cerebrale dup", "dup anne irm", "P1 cere", "P1 irm"], &[brain]).await;
    assert_eq!(registry.client.get("/api/search?q=irm&type=study").await.ids().len(), 2);
    assert_eq!(registry.client.get("/api/search?q=dupont&type=patient").await.ids(), [dupont]);
}

#[tokio::test]
async fn a_patient_who_is_called_otherwise_takes_the_studies_along() {
    let registry = Registry::new().await;
    let patient = registry.patient(numbered("Dupont", "SANS NUMERO")).await;
    let (study, binned) =
        (registry.study(described(patient, "IRM genou")).await, registry.study(described(patient, "IRM genou")).await);
    registry.client.if_match("*").delete(&format!("/api/studies/{binned}")).await.expect_status(204);
    registry.expect(&["dupont genou", "dup irm"], &[study]).await;
    let path = format!("/api/patients/{patient}");
    registry.patch(&path, json!({"family_name": "Marchand", "birth_name": "Lefèvre"})).await;
    registry.expect(&["marchand genou", "lefev irm", "march lefevre"], &[study]).await;
    registry.expect(&["dupont genou"], &[]).await;
    registry
        .client
        .if_match("*")
        .send(Method::POST, &format!("/api/studies/{binned}/restore"), None)
        .await
        .expect_status(200);
    registry.expect(&["marchand genou", "lefev irm"], &[binned, study]).await;
    registry.patch(&path, json!({"patient_id": "AUTRE"})).await;
    registry.expect(&["AUTRE genou"], &[binned, study]).await;
}

#[tokio::test]
async fn what_nobody_had_a_moment_ago_is_found_when_somebody_has_it() {
    let registry = Registry::new().await;
    let patient = registry.patient(numbered("Le Goff", "P1")).await;
    let study = registry.study(described(patient, "IRM genou")).await;
    // Neither an identifier nor a joined word of anybody, until the next line.
    registry.expect(&["AUTRE genou", "legoffanne genou"], &[]).await;
    registry.expect(&["goff irm"], &[study]).await;
    let path = format!("/api/patients/{patient}");
    registry.patch(&path, json!({"patient_id": "AUTRE"})).await;
    registry.expect(&["AUTRE genou", "AUTRE goff"], &[study]).await;
    registry.patch(&path, json!({"patient_id": "P1", "family_name": "Legoffanne"})).await;
    registry.expect(&["AUTRE genou"], &[]).await;
    let answer = registry.client.get("/api/search?type=study&q=le+goff+anne+genou").await.expect_status(200);
    assert_eq!(answer.ids(), [study], "three words of the query are one of the patient");
    registry.patch(&format!("/api/studies/{study}"), json!({"accession_number": "EXAMEN"})).await;
    registry.expect(&["EXAMEN irm"], &[study]).await;
}

#[tokio::test]
async fn a_study_that_was_of_another_patient_is_found_by_the_right_one() {
    let registry = Registry::new().await;
    let (dupont, durand) =
        (registry.patient(numbered("Dupont", "P1")).await, registry.patient(numbered("Durand", "P2")).await);
    let study = registry.study(described(dupont, "IRM genou")).await;
    registry.patch(&format!("/api/studies/{study}"), json!({"patient_fk": durand})).await;
    registry.expect(&["durand genou", "dura irm"], &[study]).await;
    registry.expect(&["dupont genou"], &[]).await;
    registry.patch(&format!("/api/studies/{study}"), json!({"study_description": "Épaule gauche"})).await;
    registry.expect(&["durand epaule", "dura gau"], &[study]).await;
    registry.expect(&["durand genou"], &[]).await;
}

#[tokio::test]
async fn an_import_that_changes_both_leaves_them_together() {
    let registry = Registry::new().await;
    let patient = registry.patient(numbered("Dupont", "P1")).await;
    let study = registry.study(described(patient, "IRM genou")).await;
    let uid = registry.client.get(&format!("/api/studies/{study}")).await.body["study_instance_uid"].clone();
    let lines = [
        json!({"type": "patient", "patient_id": "P1", "family_name": "Marchand"}),
        json!({"type": "study", "study_instance_uid": uid, "study_description": "Scanner thorax"}),
        json!({"type": "study", "patient": {"patient_id": "P1"}, "study_instance_uid": "1.2.3", "study_description": "Scanner foie"}),
    ];
    let body = lines.map(|line| line.to_string()).join("\n").into_bytes();
    let answer = registry.client.send_raw(Method::POST, "/api/import", Some(("application/x-ndjson", body))).await;
    assert_eq!(answer.expect_status(200).body["refused"], json!([]));
    registry.expect(&["marchand thorax", "march thor"], &[study]).await;
    registry.expect(&["marchand foie"], &[study + 1]).await;
    registry.expect(&["dupont scanner", "marchand genou"], &[]).await;
}
