//! Studies by words of their own and of their patients together, also after the one or the other has changed.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{App, Client};

struct Registry {
    _app: App,
    client: Client,
}

impl Registry {
    async fn new() -> Self {
        let app = App::spawn().await;
        let client = app.admin().await.if_match("*");
        Self { _app: app, client }
    }

    async fn patient(&self, family: &str, number: &str) -> i64 {
        let body = json!({"family_name": family, "given_name": "Anne", "patient_id": number});
        self.client.post("/api/patients", &body).await.expect_status(201).id()
    }

    async fn study(&self, patient: i64, description: &str) -> i64 {
        let body = json!({"patient_fk": patient, "study_description": description});
        self.client.post("/api/studies", &body).await.expect_status(201).id()
    }

    async fn patch(&self, path: &str, body: Value) {
        self.client.patch(path, &body).await.expect_status(200);
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
    let (dupont, durand) = (registry.patient("Dupont", "P1").await, registry.patient("Durand", "P2").await);
    let brain = registry.study(dupont, "IRM cérébrale").await;
    registry.study(dupont, "Scanner thoracique").await;
    registry.study(durand, "IRM cérébrale").await;
    registry.expect(&["dupont irm", "cerebrale dup", "dup anne irm", "P1 cere", "P1 irm"], &[brain]).await;
    assert_eq!(registry.client.get("/api/search?q=irm&type=study").await.ids().len(), 2);
    assert_eq!(registry.client.get("/api/search?q=dupont&type=patient").await.ids(), [dupont]);
}

#[tokio::test]
async fn a_patient_who_is_called_otherwise_takes_the_studies_along() {
    let registry = Registry::new().await;
    let patient = registry.patient("Dupont", "SANS NUMERO").await;
    let (study, binned) = (registry.study(patient, "IRM genou").await, registry.study(patient, "IRM genou").await);
    registry.client.delete(&format!("/api/studies/{binned}")).await.expect_status(204);
    registry.expect(&["dupont genou", "dup irm"], &[study]).await;
    let path = format!("/api/patients/{patient}");
    registry.patch(&path, json!({"family_name": "Marchand", "birth_name": "Lefèvre"})).await;
    registry.expect(&["marchand genou", "lefev irm", "march lefevre"], &[study]).await;
    registry.expect(&["dupont genou"], &[]).await;
    registry.client.send(Method::POST, &format!("/api/studies/{binned}/restore"), None).await.expect_status(200);
    registry.expect(&["marchand genou", "lefev irm"], &[binned, study]).await;
    registry.patch(&path, json!({"patient_id": "AUTRE"})).await;
    registry.expect(&["AUTRE genou"], &[binned, study]).await;
}

#[tokio::test]
async fn a_study_that_was_of_another_patient_is_found_by_the_right_one() {
    let registry = Registry::new().await;
    let (dupont, durand) = (registry.patient("Dupont", "P1").await, registry.patient("Durand", "P2").await);
    let study = registry.study(dupont, "IRM genou").await;
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
    let patient = registry.patient("Dupont", "P1").await;
    let study = registry.study(patient, "IRM genou").await;
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
