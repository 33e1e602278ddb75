//! Imports beside each other and beside everyone else.

use serde_json::{Value, json};

use super::{Registry, counts, ndjson};
use crate::harness::texts;

fn patient(number: usize, said_by: usize) -> Value {
    json!({"type": "patient", "patient_id": format!("P{number}"), "family_name": "Durand", "comments": format!("said by {said_by}")})
}

fn study(number: usize) -> Value {
    json!({
        "type": "study", "study_instance_uid": format!("1.2.{number}"), "modalities_in_study": ["CT"],
        "patient": {"patient_id": format!("P{number}")}, "study_description": "IRM",
    })
}

#[tokio::test]
async fn fifty_imports_of_overlapping_files_end_with_each_row_once() {
    let registry = Registry::new().await;
    // Each file has 40 rows, half of them those of the next one, every second file the other way round.
    let file = |index: usize| {
        let mut numbers: Vec<usize> = (index * 10..index * 10 + 20).collect();
        if index % 2 == 1 {
            numbers.reverse();
        }
        let rows = numbers.iter().flat_map(|number| [patient(*number, index), study(*number)]);
        ndjson(&rows.collect::<Vec<_>>())
    };
    let imports = (0..50).map(|index| registry.send("", "application/x-ndjson", file(index)));
    let answers = futures_util::future::join_all(imports).await;
    let reports: Vec<Value> = answers.into_iter().map(|answer| answer.expect_status(200).body).collect();
    let sum = |rows: &str, outcome: &str| -> u64 {
        reports.iter().map(|report| report[rows][outcome].as_u64().expect("a number")).sum()
    };
    assert_eq!((sum("patients", "refused"), sum("studies", "refused")), (0, 0));
    assert_eq!((sum("patients", "created"), sum("studies", "created")), (510, 510));
    assert_eq!((sum("studies", "updated"), sum("studies", "unchanged")), (0, 490));
    let (patients, studies) = registry.everything().await;
    assert_eq!((patients.len(), studies.len()), (510, 510));
    // No change is lost: each patient has as many versions as imports created or changed it.
    let versions: u64 = patients.iter().map(|row| row["version"].as_u64().expect("a version")).sum();
    assert_eq!(versions, sum("patients", "created") + sum("patients", "updated"));
    assert!(studies.iter().all(|row| row["version"] == 1));
    let found = registry.client.get("/api/search?type=study&q=irm&count=exact").await.expect_status(200);
    assert_eq!(found.body["total"], 510);
}

#[tokio::test]
async fn writers_get_their_turn_while_an_import_runs() {
    let registry = Registry::new().await;
    let rows: Vec<Value> = (0..4000).map(|number| patient(number, 0)).collect();
    let import = registry.send("", "application/x-ndjson", ndjson(&rows));
    let write = async {
        let mut versions = Vec::new();
        for number in 0..20 {
            let body = json!({"patient_id": format!("W{number}"), "family_name": "Petit"});
            versions.push(registry.client.post("/api/patients", &body).await.status);
        }
        versions
    };
    let (imported, written) = tokio::join!(import, write);
    assert_eq!(imported.expect_status(200).body["patients"], counts(4000, 0, 0, 0));
    assert_eq!(written, [201; 20]);
    assert_eq!(registry.everything().await.0.len(), 4020);
}

#[tokio::test]
async fn an_import_leaves_its_trace() {
    let registry = Registry::new().await;
    registry.send_lines("", &[patient(1, 0), study(1)]).await;
    registry.send_lines("", &[patient(1, 1), study(1)]).await;
    let changes =
        "SELECT resource_type || ' ' || version_after FROM audit_event WHERE action = 'import_records' ORDER BY id";
    assert_eq!(texts(&registry.app.config, changes).await, ["patient 1", "study 1", "patient 2"]);
    let kept = "SELECT resource_type || ' ' || version FROM record_version";
    assert_eq!(texts(&registry.app.config, kept).await, ["patient 1"]);
}
