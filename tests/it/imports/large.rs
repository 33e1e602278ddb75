//! Imports of so many lines that what they mean for the search is entered apart from their rows.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Registry, counts, ndjson};
use crate::harness::{program, until};
use crate::search_index::content;

/// Behind as many lines an import is a large one.
const MANY: usize = 10_000;

const FAMILIES: [&str; 5] = ["Dupont", "Lefèvre-Roux", "d'Artagnan", "Martin", "Sørensen"];
const TEXTS: [&str; 3] = ["IRM cérébrale", "Scanner thorax", "Radio du genou"];

fn patient(number: usize, family: &str) -> Value {
    json!({"type": "patient", "patient_id": format!("P{number}"), "family_name": family, "given_name": "Zoé"})
}

fn study(number: usize, patient: usize) -> Value {
    json!({
        "type": "study", "study_instance_uid": format!("1.2.{number}"), "patient": {"patient_id": format!("P{patient}")},
        "study_description": TEXTS[number % 3], "study_date": format!("2026-03-{:02}", 1 + number % 28),
    })
}

/// A file that is large, with patients and studies at its end that are changed by later lines of it.
fn lines() -> Vec<Value> {
    let mut lines: Vec<Value> = (0..MANY + 1000).map(|number| patient(number, FAMILIES[number % 5])).collect();
    lines.extend((0..1000).map(|number| study(number, MANY + number)));
    lines.extend((0..40).map(|number| patient(MANY + number, "Nguyễn")));
    lines.extend((0..20).map(|number| {
        let mut changed = study(number, MANY + number);
        changed["study_description"] = "Échographie".into();
        changed
    }));
    // Of these, nothing that is searched for changes.
    lines.extend((MANY + 100..MANY + 140).map(|number| {
        let mut changed = patient(number, FAMILIES[number % 5]);
        changed["comments"] = "called".into();
        changed
    }));
    lines.extend(
        (100..120).map(
            |number| json!({"type": "study", "study_instance_uid": format!("1.2.{number}"), "status": "available"}),
        ),
    );
    lines
}

/// The index is as one that is made anew.
async fn expect_as_made_anew(registry: &Registry) {
    let entered = content(&registry.app).await;
    assert!(program(&registry.app.config, &["reindex"]).status.success());
    expect_same(&entered, &content(&registry.app).await);
}

/// Of tens of thousands of entries, those that differ are shown.
fn expect_same(found: &[String], expected: &[String]) {
    // Words are only ever added: those that nobody has any more stay until the index is made anew.
    let of_rows = |entry: &&String| entry.matches('/').count() > 1;
    let [found, expected] = [found, expected].map(|entries| entries.iter().filter(of_rows).collect::<BTreeSet<_>>());
    let difference = |of: &BTreeSet<&String>, from: &BTreeSet<&String>| -> Vec<String> {
        of.difference(from).take(5).map(ToString::to_string).collect()
    };
    let (surplus, missing) = (difference(&found, &expected), difference(&expected, &found));
    assert_eq!((&surplus[..], &missing[..]), (&[][..], &[][..]), "surplus and missing entries");
}

#[tokio::test]
async fn what_a_large_import_enters_is_found() {
    let registry = Registry::new().await;
    let report = registry.send("", "application/x-ndjson", ndjson(&lines())).await.expect_status(200).body;
    assert_eq!(report["patients"], counts(MANY as u64 + 1000, 80, 0, 0));
    assert_eq!(report["studies"], counts(1000, 40, 0, 0));
    let owed = "SELECT CAST((SELECT COUNT(*) FROM search_backlog) + (SELECT COUNT(*) FROM search_settled) AS CHAR)";
    assert_eq!(registry.app.text(owed).await, "0", "nothing is owed any more");
    expect_as_made_anew(&registry).await;
    for (query, number) in [("q=nguyen&type=patient", 40), ("q=irm&type=study", 327), ("q=echographie", 20)] {
        let found = registry.client.get(&format!("/api/search?{query}&count=exact")).await.expect_status(200);
        assert_eq!(found.body["total"], number, "{query}");
    }
}

#[tokio::test]
async fn large_imports_of_the_same_rows_disturb_neither_each_other_nor_changes() {
    let registry = Registry::new().await;
    let mut other = lines();
    other.reverse();
    let body = |lines: &[Value]| ndjson(lines);
    let first = registry.send("", "application/x-ndjson", body(&lines()));
    // Studies come before their patients here, so that some are refused.
    let second = registry.send("", "application/x-ndjson", body(&other));
    let rename = async {
        for number in MANY + 500..MANY + 520 {
            let path = format!("/api/patients?patient_id=P{number}");
            let is_there = async || !registry.client.get(&path).await.expect_status(200).items().is_empty();
            until("the patient is entered", is_there).await;
            let id = registry.patient(&format!("P{number}")).await["id"].clone();
            let client = registry.client.if_match("*");
            client.patch(&format!("/api/patients/{id}"), &json!({"family_name": "Oliveira"})).await.expect_status(200);
        }
    };
    let (first, second, ()) = tokio::join!(first, second, rename);
    for answer in [first, second] {
        assert_eq!(answer.expect_status(200).body["patients"]["refused"], 0);
    }
    expect_as_made_anew(&registry).await;
}

#[tokio::test]
async fn what_a_broken_import_owes_is_entered_by_a_server() {
    let registry = Registry::new().await;
    let few: Vec<Value> = (0..700).flat_map(|number| [patient(number, "Dupont"), study(number, number)]).collect();
    registry.send("", "application/x-ndjson", ndjson(&few)).await.expect_status(200);
    let whole = content(&registry.app).await;
    // As it is after a large import was killed: rows of which the index knows nothing, and a note of that.
    for broken in [
        "DELETE FROM search_token WHERE kind < 3 AND row_id BETWEEN 20 AND 650",
        "DELETE FROM search_posting WHERE study_id BETWEEN 30 AND 600",
        "INSERT INTO search_backlog VALUES ('patient', 20, 650, '2026-01-01 00:00:00.000000')",
        "INSERT INTO search_backlog VALUES ('study', 30, 600, '2026-01-01 00:00:00.000000')",
        "INSERT INTO search_settled VALUES ('study', 31)",
    ] {
        registry.app.execute(broken).await;
    }
    let again = registry.app.another().await;
    let owed = "SELECT CAST((SELECT COUNT(*) FROM search_backlog) + (SELECT COUNT(*) FROM search_settled) AS CHAR)";
    until("the index is owed nothing", async || again.text(owed).await == "0").await;
    expect_same(&content(&again).await, &whole);
}
