//! What a search can be told beside its words: the order of its hits, their members, what comes with them, and how far to count.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{App, Client};

async fn filled() -> (App, Client) {
    let app = App::spawn().await;
    let client = app.admin().await;
    for (family, given, birth, day) in [
        ("Dupont", "Zoé", json!("1980-01-31"), json!("2026-03-14")),
        ("Dupont", "Anne", Value::Null, json!("2024-01-01")),
        ("Dupond", "Jean", json!("1975-06-01"), Value::Null),
    ] {
        let body = json!({"family_name": family, "given_name": given, "birth_date": birth});
        let patient = client.post("/api/patients", &body).await.expect_status(201).id();
        let body = json!({"patient_fk": patient, "study_description": "IRM", "study_date": day});
        client.post("/api/studies", &body).await.expect_status(201);
    }
    (app, client)
}

fn hits(items: &[Value]) -> Vec<String> {
    items.iter().map(|hit| format!("{}{}", &hit["type"].as_str().expect("a type")[..1], hit["id"])).collect()
}

async fn found(client: &Client, query: &str) -> Vec<String> {
    hits(client.get(&format!("/api/search?{query}")).await.expect_status(200).items())
}

#[tokio::test]
async fn hits_come_in_the_order_that_is_named() {
    let (_app, client) = filled().await;
    for (sort, expected) in [
        ("relevance", ["p2", "p1", "p3", "s1", "s2", "s3"]),
        ("name", ["p3", "s3", "p2", "s2", "p1", "s1"]),
        ("-name", ["p1", "s1", "p2", "s2", "p3", "s3"]),
        ("birth_date", ["p3", "s3", "p1", "s1", "p2", "s2"]),
        ("-birth_date", ["p1", "s1", "p3", "s3", "p2", "s2"]),
        ("study_date", ["s2", "s1", "p1", "p2", "p3", "s3"]),
        ("-study_date", ["s1", "s2", "p3", "s3", "p2", "p1"]),
        ("created_at", ["p1", "s1", "p2", "s2", "p3", "s3"]),
        ("-updated_at", ["s3", "p3", "s2", "p2", "s1", "p1"]),
        ("id", ["p1", "s1", "p2", "s2", "p3", "s3"]),
        ("-id", ["p3", "s3", "p2", "s2", "p1", "s1"]),
    ] {
        let whole = found(&client, &format!("q=dup&sort={sort}")).await;
        if sort == "relevance" {
            assert_eq!(whole.iter().collect::<BTreeSet<_>>(), expected.map(str::to_owned).iter().collect(), "{sort}");
            continue;
        }
        assert_eq!(whole, expected, "{sort}");
        let mut walked = Vec::new();
        let mut query = format!("/api/search?q=dup&sort={sort}&limit=2");
        loop {
            let page = client.get(&query).await.expect_status(200);
            walked.extend(hits(page.items()));
            let Some(cursor) = page.body["next_cursor"].as_str() else { break };
            query = format!("/api/search?q=dup&sort={sort}&limit=2&cursor={cursor}");
        }
        assert_eq!(walked, expected, "{sort}, page by page");
    }
    let answer = client.get("/api/search?q=dup&sort=colour").await.expect_problem(422, "invalid");
    assert_eq!(answer.faults(), [("sort".to_owned(), "invalid_enum".to_owned())]);
}

#[tokio::test]
async fn studies_that_are_found_by_their_own_words_come_in_the_order_that_is_named() {
    let (_app, client) = filled().await;
    for (patient, description, day) in
        [(1, "Côlon A", json!("2020-02-02")), (2, "Côlon M", Value::Null), (3, "Côlon Z", json!("2021-03-03"))]
    {
        let body = json!({"patient_fk": patient, "study_description": description, "study_date": day});
        client.post("/api/studies", &body).await.expect_status(201);
    }
    for (sort, expected) in [
        ("name", ["s6", "s5", "s4"]),
        ("-name", ["s4", "s5", "s6"]),
        ("study_date", ["s4", "s6", "s5"]),
        ("-study_date", ["s6", "s4", "s5"]),
        ("birth_date", ["s6", "s4", "s5"]),
    ] {
        assert_eq!(found(&client, &format!("q=colon&sort={sort}")).await, expected, "{sort}");
    }
}

#[tokio::test]
async fn a_named_order_is_stable_while_rows_come_and_go() {
    let (_app, client) = filled().await;
    let first = client.get("/api/search?q=dup&sort=name&limit=3").await.expect_status(200);
    assert_eq!(hits(first.items()), ["p3", "s3", "p2"]);
    client.if_match("*").delete("/api/studies/3").await.expect_status(204);
    client.post("/api/patients", &json!({"family_name": "Dupaa"})).await.expect_status(201);
    client.post("/api/patients", &json!({"family_name": "Dupz"})).await.expect_status(201);
    let cursor = first.body["next_cursor"].as_str().expect("more").to_owned();
    assert_eq!(found(&client, &format!("q=dup&sort=name&cursor={cursor}")).await, ["s2", "p1", "s1", "p5"]);
    let other = client.get(&format!("/api/search?q=dup&sort=-name&cursor={cursor}")).await;
    other.expect_problem(400, "invalid_query");
}

#[tokio::test]
async fn a_reason_is_a_value_of_the_hit_itself() {
    let (_app, client) = filled().await;
    let answer = client.get("/api/search?q=dupont&type=study&updated_at=2020..").await.expect_status(200);
    for hit in answer.items() {
        let reason = hit["matched"].as_array().expect("reasons").iter().find(|one| one["field"] == "updated_at");
        assert_eq!(reason.expect("a reason")["value"], hit["study"]["updated_at"]);
    }
    assert_eq!(answer.items().len(), 3);
}

#[tokio::test]
async fn an_order_of_too_many_hits_is_refused() {
    let (app, client) = filled().await;
    let digits = "(SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION \
        SELECT 7 UNION SELECT 8 UNION SELECT 9)";
    app.execute(&format!(
        "INSERT INTO search_token (kind, token, field, sort_key, row_id, place, words) SELECT 1, 'many', 10, 'many', \
         1000 + a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n, 1, ' many ' FROM {digits} a CROSS JOIN {digits} b \
         CROSS JOIN {digits} c CROSS JOIN {digits} d CROSS JOIN (SELECT 0 AS n UNION SELECT 1) e"
    ))
    .await;
    // What is like a word is gathered and sorted; the hits of common words alone are looked for along the order.
    let answer = client.get("/api/search?q=many&sort=name&type=patient&match=fuzzy").await;
    assert_eq!(answer.expect_problem(422, "invalid").faults(), [("sort".to_owned(), "too_many_hits".to_owned())]);
    let answer = client.get("/api/search?q=many&sort=name&type=patient").await.expect_status(200);
    assert!(
        answer.items().is_empty() && answer.body["next_cursor"].is_null(),
        "no patient has the word: {}",
        answer.body
    );
    let counted = client.get("/api/search?q=many&type=patient&count=bounded").await.expect_status(200);
    assert_eq!((&counted.body["total"], &counted.body["total_relation"]), (&json!(1000), &json!("gte")));
    let counted = client.get("/api/search?q=many&type=patient&count=exact").await.expect_status(200);
    assert_eq!((&counted.body["total"], &counted.body["total_relation"]), (&json!(20_000), &json!("eq")));
}

#[tokio::test]
async fn a_count_that_runs_out_of_time_says_so() {
    let app = App::spawn_with(|config| config.search_count_timeout = Duration::ZERO).await;
    let client = app.admin().await;
    let digits = "(SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION \
        SELECT 7 UNION SELECT 8 UNION SELECT 9)";
    app.execute(&format!(
        "INSERT INTO search_token (kind, token, field, sort_key, row_id, place, words) SELECT 1, 'many', 10, 'many', \
         1000 + a.n + 10 * b.n + 100 * c.n + 1000 * d.n, 1, ' many ' FROM {digits} a CROSS JOIN {digits} b \
         CROSS JOIN {digits} c CROSS JOIN {digits} d"
    ))
    .await;
    let counted = client.get("/api/search?q=many&count=exact").await.expect_status(200);
    assert_eq!(counted.body["total_relation"], "gte");
    assert!(counted.body["total"].as_u64().is_some_and(|total| (1000..10_000).contains(&total)), "{}", counted.body);
}

#[tokio::test]
async fn members_are_chosen_and_rows_come_along() {
    let (_app, client) = filled().await;
    let answer = client.get("/api/search?q=dupont+anne&fields=family_name,study_date,id").await.expect_status(200);
    assert_eq!(answer.items()[0]["fields"], json!({"family_name": "Dupont", "id": 2}));
    assert_eq!(answer.items()[1]["fields"], json!({"study_date": "2024-01-01", "id": 2}));
    for hit in answer.items() {
        assert!(hit.get("patient").is_none() && hit.get("study").is_none(), "{hit}");
    }
    let answer = client.get("/api/search?q=dupont+anne&include=patient,studies").await.expect_status(200);
    assert_eq!(answer.items()[0]["studies"][0]["id"], 2);
    assert_eq!(answer.items()[1]["patient"]["given_name"], "Anne");
    assert_eq!(answer.items()[1]["study"]["id"], 2);
    let plain = client.get("/api/search?q=dupont+anne").await.expect_status(200);
    assert!(plain.items()[0].get("studies").is_none() && plain.items()[1].get("patient").is_none());
    for (query, place) in [("fields=colour", "fields"), ("include=history", "include"), ("match=near", "match")] {
        let answer = client.get(&format!("/api/search?q=dup&{query}")).await.expect_problem(422, "invalid");
        assert_eq!(answer.faults(), [(place.to_owned(), "invalid_enum".to_owned())], "{query}");
    }
}

#[tokio::test]
async fn a_day_a_month_or_a_year_is_a_date_beside_a_name() {
    let (_app, client) = filled().await;
    assert_eq!(found(&client, "q=dupont+2026-03").await, ["s1"]);
    assert_eq!(found(&client, "q=dupont+2026").await, ["s1"]);
    assert_eq!(found(&client, "q=2024-01-01+dupont").await, ["s2"]);
    assert_eq!(found(&client, "q=dupont+1980-01-31").await, ["p1"]);
    assert_eq!(found(&client, "q=2026-03").await, ["s1"]);
    assert_eq!(found(&client, "q=1980").await, ["p1"]);
    // As they are written in French, and ranges.
    assert_eq!(found(&client, "q=dupont+14/03/2026").await, ["s1"]);
    assert_eq!(found(&client, "q=31.1.1980").await, ["p1"]);
    assert_eq!(found(&client, "q=03/2026").await, ["s1"]);
    assert_eq!(found(&client, "q=dupont+20260301-20260331").await, ["s1"]);
    let answer = client.get("/api/search?q=dupont+2026-03").await.expect_status(200);
    let matched = &answer.items()[0]["matched"];
    assert_eq!(matched[1], json!({"field": "study_date", "kind": "range", "value": "2026-03-14"}), "{matched}");
}
