//! `GET /api/statistics`.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Answer, App, Client, named};

/// A server that counts for every request.
async fn counting() -> App {
    App::spawn_with(|config| config.statistics_max_age = Duration::ZERO).await
}

async fn numbers(client: &Client) -> Value {
    let mut answer = client.get("/api/statistics").await.expect_status(200).body;
    assert!(answer["as_of"].take().is_string());
    answer
}

async fn enter_study(client: &Client, patient: i64, members: Value) -> Answer {
    let mut study = json!({"patient_fk": patient});
    study.as_object_mut().expect("an object").extend(members.as_object().cloned().expect("an object"));
    client.post("/api/studies", &study).await.expect_status(201)
}

#[tokio::test]
async fn an_empty_registry_counts_nothing() {
    let app = counting().await;
    let expected = json!({
        "as_of": null,
        "patients": {"total": 0, "in_bin": 0, "by_sex": []},
        "studies": {
            "total": 0, "in_bin": 0, "by_status": [], "by_modality": [], "by_month": [], "without_study_date": 0
        },
    });
    assert_eq!(numbers(&app.lecture().await).await, expected);
}

#[tokio::test]
async fn every_row_is_counted_for_what_it_is() {
    let app = counting().await;
    let client = app.modification().await;
    let durand = json!({"family_name": "Durand", "sex": "F"});
    let durand = client.post("/api/patients", &durand).await.expect_status(201).id();
    client.post("/api/patients", &json!({"family_name": "Martin", "sex": "F"})).await.expect_status(201);
    client.post("/api/patients", &named("Petit")).await.expect_status(201);
    let gone = client.post("/api/patients", &json!({"family_name": "Leroy", "sex": "M"})).await.expect_status(201);
    client.if_match("*").delete(&format!("/api/patients/{}", gone.id())).await.expect_status(204);

    let day = |day: &str| json!({"study_date": day, "modalities_in_study": ["CT", "SR"], "status": "available"});
    for day_of_study in ["2025-12-31", "2026-01-01", "2026-01-31"] {
        enter_study(&client, durand, day(day_of_study)).await;
    }
    enter_study(&client, durand, json!({"modalities_in_study": ["MR"]})).await;
    let gone = enter_study(&client, durand, day("2026-02-01")).await;
    client.if_match("*").delete(&format!("/api/studies/{}", gone.id())).await.expect_status(204);
    let expected = json!({
        "as_of": null,
        "patients": {"total": 3, "in_bin": 1, "by_sex": [{"sex": null, "patients": 1}, {"sex": "F", "patients": 2}]},
        "studies": {
            "total": 4, "in_bin": 1,
            "by_status": [{"status": "available", "studies": 3}, {"status": "registered", "studies": 1}],
            "by_modality": [
                {"modality": "CT", "studies": 3}, {"modality": "MR", "studies": 1}, {"modality": "SR", "studies": 3},
            ],
            "by_month": [{"month": "2025-12", "studies": 1}, {"month": "2026-01", "studies": 2}],
            "without_study_date": 1,
        },
    });
    assert_eq!(numbers(&client).await, expected);

    for (range, months) in [
        ("2026", vec!["2026-01"]),
        ("..2025-12-30", vec!["2025-12"]),
        ("2025-12..2026-01", vec!["2025-12", "2026-01"]),
        ("2026-02..", vec![]),
    ] {
        let answer = client.get(&format!("/api/statistics?study_date={range}")).await.expect_status(200);
        let by_month = answer.body["studies"]["by_month"].as_array().cloned().expect("a list");
        let found: Vec<_> = by_month.iter().map(|entry| entry["month"].as_str().expect("a month")).collect();
        assert_eq!(found, months, "{range}");
        assert_eq!(answer.body["studies"]["total"], 4);
    }
    client.get("/api/statistics?study_date=soon").await.expect_problem(422, "invalid");
    client.get("/api/statistics?months=3").await.expect_problem(400, "invalid_query");
}

#[tokio::test]
async fn the_numbers_say_how_old_they_are_on_every_server() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let first = client.get("/api/statistics").await.expect_status(200).body;
    client.post("/api/patients", &named("Durand")).await.expect_status(201);
    // A minute has not passed: this server and another one on the same database say the same.
    assert_eq!(client.get("/api/statistics").await.expect_status(200).body, first);
    let other = app.another().await;
    assert_eq!(other.lecture().await.get("/api/statistics").await.expect_status(200).body, first);
    // Once it has, both count anew.
    app.execute("UPDATE statistics SET taken_at = '2020-01-01 00:00:00'").await;
    let (one, two) = (client.clone(), other.lecture().await);
    let (one, two) = tokio::join!(one.get("/api/statistics"), two.get("/api/statistics"));
    for answer in [one, two] {
        let answer = answer.expect_status(200).body;
        assert_eq!(answer["patients"]["total"], 1);
        assert!(answer["as_of"].as_str() > first["as_of"].as_str());
    }
}

#[tokio::test]
async fn a_server_that_died_while_counting_does_not_stop_the_others() {
    let app = counting().await;
    let client = app.modification().await;
    numbers(&client).await;
    client.post("/api/patients", &named("Durand")).await.expect_status(201);
    // Another server counts: its claim is kept, and the old numbers are told.
    let old = "UPDATE statistics SET taken_at = '2020-01-01 00:00:00', claimed_until =";
    app.execute(&format!("{old} '2999-01-01 00:00:00'")).await;
    assert_eq!(numbers(&client).await["patients"]["total"], 0);
    app.execute(&format!("{old} '2020-01-01 00:00:00'")).await;
    assert_eq!(numbers(&client).await["patients"]["total"], 1);
    // Numbers in a form that this version does not know are no numbers.
    app.execute("UPDATE statistics SET content = '{}'").await;
    assert_eq!(numbers(&client).await["patients"]["total"], 1);
}
