//! The search index as a whole: made anew by command, or at the start when it was made by other rules.

use std::process::Output;

use serde_json::json;

use crate::harness::{App, Client, program, texts};

const TABLES: [&str; 5] = ["search_token", "search_posting", "search_text", "search_word", "search_variant"];

/// A registry with a few rows in it and in its bin.
async fn filled() -> (App, Client) {
    let app = App::spawn().await;
    let client = app.admin().await;
    for (family, given) in [("Dupont-Roux", "Zoé"), ("Dupont", "Anne"), ("Lefèvre", "Dupont")] {
        let body = json!({"family_name": family, "given_name": given});
        let patient = client.post("/api/patients", &body).await.expect_status(201).id();
        let modalities = if patient == 1 { json!(["SR", "CT"]) } else { json!([]) };
        let body = json!({
            "patient_fk": patient, "study_description": "IRM cérébrale", "study_date": "2026-03-14", "modalities_in_study": modalities,
        });
        client.post("/api/studies", &body).await.expect_status(201);
    }
    client.if_match("*").delete("/api/studies/2").await.expect_status(204);
    client.if_match("*").delete("/api/patients/2").await.expect_status(204);
    (app, client)
}

/// All that the index says, table by table.
pub async fn content(app: &App) -> Vec<String> {
    let mut content = Vec::new();
    for (table, row) in [
        (
            "search_token",
            "kind || '/' || token || '/' || field || '/' || sort_key || '/' || row_id || '/' || place || words || '/' || \
             signature || '/' || signature_high",
        ),
        ("search_posting", "text_id || '/' || newest || '/' || study_id || '/' || signature || '/' || signature_high"),
        ("search_word", "word || '/' || sound"),
        ("search_variant", "variant || '/' || word"),
    ] {
        let key = if table == "search_posting" { "text_id, newest, study_id" } else { "1" };
        let sql = format!("SELECT CAST({row} AS CHAR) FROM {table} ORDER BY {key}");
        content.extend(texts(&app.config, &sql).await);
    }
    content
}

/// What stands in rows and is made of other rows: the numbers of studies, then the modalities.
pub async fn made_of_others(app: &App) -> Vec<String> {
    let numbers = "SELECT CAST(number_of_studies AS CHAR) FROM patient ORDER BY id";
    let mut made = texts(&app.config, numbers).await;
    made.extend(texts(&app.config, "SELECT modalities_in_study FROM study ORDER BY id").await);
    made
}

fn succeeded(output: &Output) {
    assert!(output.status.success(), "{output:?}");
}

#[tokio::test]
async fn the_index_is_made_anew_beside_a_running_server() {
    let (app, client) = filled().await;
    let whole = content(&app).await;
    assert!(whole.len() > 20, "{whole:?}");
    succeeded(&program(&app.config, &["reindex"]));
    assert_eq!(content(&app).await, whole, "what is as it should be stays so");

    for table in TABLES {
        app.execute(&format!("DELETE FROM {table}")).await;
    }
    app.execute("UPDATE patient SET name_key = '', search_words = '', number_of_studies = 7").await;
    app.execute("UPDATE study SET search_words = '', signature = 0, signature_high = 0, modalities_in_study = 'XA'")
        .await;
    assert!(client.get("/api/search?q=dupont").await.expect_status(200).items().is_empty());
    succeeded(&program(&app.config, &["reindex"]));
    assert_eq!(content(&app).await, whole, "what was missing is there again");
    assert_eq!(client.get("/api/search?q=dupont").await.expect_status(200).items().len(), 4);
    assert_eq!(made_of_others(&app).await, ["1", "0", "1", "CT,SR", "", ""]);

    app.execute(
        "INSERT INTO search_token (kind, token, field, sort_key, row_id, place, words) \
         SELECT kind, 'nobody', field, sort_key, row_id, place, words FROM search_token WHERE token = 'lefevre'",
    )
    .await;
    app.execute(
        "INSERT INTO search_posting SELECT text_id + 1, newest, study_id, signature, signature_high FROM search_posting WHERE study_id = 1",
    )
    .await;
    app.execute("INSERT INTO search_word VALUES ('nobody', '')").await;
    succeeded(&program(&app.config, &["reindex"]));
    assert_eq!(content(&app).await, whole, "what no row accounts for is gone");
}

#[tokio::test]
async fn an_index_of_other_rules_is_made_anew_when_the_program_starts() {
    let (app, _) = filled().await;
    let whole = content(&app).await;
    let rules = app.text("SELECT CAST(value AS CHAR) FROM search_state WHERE name = 'version'").await;
    for (broken, outdated) in [
        ("DELETE FROM search_token", "UPDATE search_state SET value = 0"),
        ("UPDATE search_token SET signature = 0, signature_high = 0", "DELETE FROM search_state"),
    ] {
        app.execute(broken).await;
        app.execute(outdated).await;
        let again = app.another().await;
        assert_eq!(content(&again).await, whole, "{outdated}");
        assert_eq!(again.text("SELECT CAST(value AS CHAR) FROM search_state").await, rules);
        let client = again.admin().await;
        for query in ["lefevre", "lefevre+dupont"] {
            let found = client.get(&format!("/api/search?q={query}")).await.expect_status(200);
            assert_eq!(found.items().len(), 2, "{query}");
        }
    }
}
