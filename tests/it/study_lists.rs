//! Lists of studies: filters, orders, pages, totals.

use serde_json::{Value, json};

use crate::harness::{App, Client, ids};

struct Rows {
    patients: [i64; 2],
    studies: Vec<i64>,
}

/// Two patients and six studies with ties and gaps. Ids count up.
async fn six_studies(client: &Client) -> Rows {
    let enter = async |path: &str, body: &Value| client.post(path, body).await.expect_status(201).id();
    let zoe = json!({"patient_id": "P1", "family_name": "Lefèvre", "given_name": "Zoé", "birth_date": "1980-01-31"});
    let jean = json!({"patient_id": "P1", "issuer_of_patient_id": "Nord", "family_name": "Durand", "given_name": "Jean",
        "birth_date": "1981-01-31"});
    let [zoe, jean] = [enter("/api/patients", &zoe).await, enter("/api/patients", &jean).await];
    let mut studies = Vec::new();
    for study in [
        json!({"patient_fk": zoe, "study_date": "2026-03-14", "study_instance_uid": "1.2.1", "accession_number": "A1",
            "study_description": "IRM cérébrale", "modalities_in_study": ["MR", "SR"], "status": "available",
            "institution_name": "Centre Roux"}),
        json!({"patient_fk": zoe, "study_date": "2026-03-14", "study_instance_uid": "1.2.2", "accession_number": "A1",
            "study_id": "S2", "modalities_in_study": ["CT"], "referring_physician_name": "Roux^Élodie"}),
        json!({"patient_fk": jean, "study_date": "2025-01-01", "study_instance_uid": "1.2.3", "status": "cancelled",
            "study_description": "Scanner du genou", "modalities_in_study": ["CT", "SR"],
            "name_of_physicians_reading_study": "Genou^Scan"}),
        json!({"patient_fk": jean, "study_instance_uid": "1.2.4", "referring_physician_name": "Le Roux^Anne"}),
        json!({"patient_fk": jean, "study_instance_uid": "1.2.5"}),
        json!({"patient_fk": zoe, "study_date": "2026-03-14", "study_instance_uid": "1.2.6", "status": "unknown"}),
    ] {
        studies.push(enter("/api/studies", &study).await);
    }
    Rows { patients: [zoe, jean], studies }
}

/// Which of the rows a query finds, by their place in `rows`, in no order.
async fn found(client: &Client, rows: &Rows, path: &str) -> Vec<usize> {
    let answer = client.get(path).await.expect_status(200);
    let place = |id: &i64| rows.studies.iter().position(|row| row == id).expect("a row of the test");
    let mut found: Vec<usize> = answer.ids().iter().map(place).collect();
    found.sort_unstable();
    found
}

#[tokio::test]
async fn every_filter_narrows_the_list() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let rows = six_studies(&client).await;
    let expected: [(&str, &[usize]); 38] = [
        ("sort=id", &[0, 1, 2, 3, 4, 5]),
        ("patient_name=lefevre", &[0, 1, 5]),
        ("patient_name=jean%20dur", &[2, 3, 4]),
        ("patient_name=dur%5Eje", &[2, 3, 4]),
        ("patient_name=nobody", &[]),
        ("patient_id=P1", &[0, 1, 2, 3, 4, 5]),
        ("patient_id=p1", &[]),
        ("study_instance_uid=1.2.1", &[0]),
        ("study_instance_uid=1.2.1,1.2.4,9.9", &[0, 3]),
        ("study_instance_uid=1.2", &[]),
        ("study_id=S2", &[1]),
        ("study_id=s2", &[]),
        ("accession_number=A1", &[0, 1]),
        ("accession_number=A", &[]),
        ("study_date=2026-03-14", &[0, 1, 5]),
        ("study_date=2026-03", &[0, 1, 5]),
        ("study_date=..2025", &[2]),
        ("study_date=2025..", &[0, 1, 2, 5]),
        ("study_date=20250101-20260313", &[2]),
        ("modality=CT", &[1, 2]),
        ("modality=SR,MR", &[0, 2]),
        ("modality=US", &[]),
        ("status=registered", &[1, 3, 4]),
        ("status=cancelled,unknown", &[2, 5]),
        ("study_description=cereb", &[0]),
        ("study_description=genou%20scan", &[2]),
        ("study_description=lefevre", &[]),
        ("study_description=roux", &[]),
        ("study_description=cent", &[]),
        ("study_description=scann%20cereb", &[]),
        ("referring_physician_name=genou", &[]),
        ("referring_physician_name=roux", &[1, 3]),
        ("referring_physician_name=elodie%20rou", &[1]),
        ("updated_at=2020..", &[0, 1, 2, 3, 4, 5]),
        ("updated_at=..2020-01-01", &[]),
        ("deleted=true", &[]),
        ("patient_name=zoe&study_date=2026&modality=CT&accession_number=A1&status=registered&study_id=S2", &[1]),
        ("patient_name=zoe&study_description=genou", &[]),
    ];
    for (query, places) in expected {
        assert_eq!(found(&client, &rows, &format!("/api/studies?{query}")).await, places, "{query}");
        // Where another filter leaves few rows, these are looked at one by one.
        for few in ["status=registered,available,cancelled,unknown", "updated_at=2020.."] {
            if !query.contains(few.split_once('=').expect("a filter").0) {
                assert_eq!(
                    found(&client, &rows, &format!("/api/studies?{query}&{few}")).await,
                    places,
                    "{query}, {few}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_patients_studies_are_a_list_with_the_same_filters() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let rows = six_studies(&client).await;
    let [zoe, jean] = rows.patients;
    for (path, places) in [
        (format!("/api/patients/{zoe}/studies"), &[0, 1, 5][..]),
        (format!("/api/patients/{jean}/studies"), &[2, 3, 4]),
        (format!("/api/patients/{zoe}/studies?modality=CT"), &[1]),
        (format!("/api/patients/{jean}/studies?patient_name=zoe"), &[]),
        (format!("/api/patients/{jean}/studies?study_date=2025"), &[2]),
    ] {
        assert_eq!(found(&client, &rows, &path).await, places, "{path}");
    }
    let walked = client.walk(&format!("/api/patients/{zoe}/studies?count=exact&sort=id"), 1).await;
    assert_eq!(ids(&walked), [rows.studies[0], rows.studies[1], rows.studies[5]]);
    let total = client.get(&format!("/api/patients/{zoe}/studies?count=exact&limit=1")).await.expect_status(200);
    assert_eq!(total.body["total"], 3);
}

#[tokio::test]
async fn pages_of_any_size_make_the_whole_list_in_any_order() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let rows = six_studies(&client).await;
    // Ties on the instants too, which the clock gives only by chance.
    let first = format!("(SELECT at FROM (SELECT created_at AS at FROM study WHERE id = {}) AS one)", rows.studies[1]);
    app.execute(&format!("UPDATE study SET created_at = {first}, updated_at = {first} WHERE id > {}", rows.studies[2]))
        .await;
    for key in ["study_date", "created_at", "updated_at", "id"] {
        let whole = client.get(&format!("/api/studies?sort={key}&limit=200")).await.expect_status(200);
        let keys: Vec<_> =
            whole.items().iter().map(|row| (row[key].as_str().map(str::to_owned), row["id"].as_i64())).collect();
        assert!(keys.len() == 6 && keys.is_sorted(), "{key}: {keys:?}");
        let mut turned = whole.items().clone();
        turned.reverse();
        for limit in 1..=3 {
            assert_eq!(
                &client.walk(&format!("/api/studies?sort={key}"), limit).await,
                whole.items(),
                "{key} by {limit}"
            );
            assert_eq!(client.walk(&format!("/api/studies?sort=-{key}"), limit).await, turned, "-{key} by {limit}");
        }
    }
    assert_eq!(client.walk("/api/studies", 2).await, client.walk("/api/studies?sort=-study_date", 3).await);
    let filtered = client.walk("/api/studies?modality=CT,MR,SR&sort=study_date&patient_id=P1", 1).await;
    assert_eq!(ids(&filtered), [rows.studies[2], rows.studies[0], rows.studies[1]]);
}

#[tokio::test]
async fn totals_are_counted_when_asked_for() {
    let app = App::spawn().await;
    let client = app.modification().await;
    six_studies(&client).await;
    let page = client.get("/api/studies?limit=1").await.expect_status(200);
    assert!(page.body.get("total").is_none() && page.body.get("total_relation").is_none());
    for (query, total) in
        [("", 6), ("&modality=CT,SR", 3), ("&patient_name=zoe&study_date=2026", 3), ("&modality=US", 0)]
    {
        for count in ["exact", "bounded"] {
            let page = client.get(&format!("/api/studies?limit=1&count={count}{query}")).await.expect_status(200);
            assert_eq!((&page.body["total"], &page.body["total_relation"]), (&json!(total), &json!("eq")), "{query}");
        }
    }
}

#[tokio::test]
async fn the_bin_is_a_list_of_its_own() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let rows = six_studies(&client).await;
    for study in &rows.studies[..3] {
        client.if_match("*").delete(&format!("/api/studies/{study}")).await.expect_status(204);
    }
    assert_eq!(ids(&client.walk("/api/studies?sort=id", 2).await), rows.studies[3..]);
    let bin = client.walk("/api/studies?sort=-id&deleted=true", 2).await;
    assert_eq!(ids(&bin), [rows.studies[2], rows.studies[1], rows.studies[0]]);
    for (query, places) in [
        ("modality=CT", &[1, 2][..]),
        ("study_date=2026", &[0, 1]),
        ("accession_number=A1", &[0, 1]),
        ("patient_name=zoe", &[0, 1]),
        ("status=cancelled", &[2]),
        ("study_description=genou", &[2]),
        ("referring_physician_name=roux", &[1]),
    ] {
        assert_eq!(found(&client, &rows, &format!("/api/studies?deleted=true&{query}")).await, places, "{query}");
    }
    app.lecture().await.get("/api/studies?deleted=true").await.expect_problem(403, "forbidden");
}
