//! Searches of which each word stands in very many rows: they are read piece by piece.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{App, Client};

/// So many that both words of a query stand in more than 5,000.
const PATIENTS: usize = 8400;

/// Patients of one family name, and some whose family name begins like it or whose given name is it.
fn patient(number: usize) -> Value {
    let family = ["Martin", "Martin", "Martin-Lefèvre", "Martinez", "Roux Martin", "Dupont"][number % 6];
    let given = if number % 6 == 5 { "Martin" } else { ["Zoé", "Marie", "Zoélie", "Zoé"][number / 6 % 4] };
    json!({
        "type": "patient", "patient_id": format!("L{number}"), "family_name": family, "given_name": given,
        "sex": if number.is_multiple_of(97) { "O" } else { "F" }, "birth_date": format!("{}-05-17", 1900 + number % 120),
    })
}

async fn filled() -> (App, Client) {
    let app = App::spawn().await;
    let client = app.admin().await;
    let lines: Vec<String> = (0..PATIENTS).map(|number| patient(number).to_string()).collect();
    let body = Some(("application/x-ndjson", lines.join("\n").into_bytes()));
    let report = client.send_raw(Method::POST, "/api/import", body).await.expect_status(200);
    assert_eq!(report.body["patients"]["created"], PATIENTS);
    (app, client)
}

/// The numbers of all patients that are found, page by page; none comes twice.
async fn found(client: &Client, query: &str) -> BTreeSet<usize> {
    let (mut all, mut cursor) = (BTreeSet::new(), String::new());
    loop {
        let page = client.get(&format!("/api/search?{query}&limit=70{cursor}")).await.expect_status(200);
        for item in page.body["items"].as_array().expect("items") {
            let number = item["patient"]["patient_id"].as_str().expect("a number")[1..].parse().expect("a number");
            assert!(all.insert(number), "{query}: {number} comes twice");
        }
        let Some(next) = page.body["next_cursor"].as_str() else { return all };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test]
async fn what_a_filter_or_a_date_leaves_few_of_is_found_at_once() {
    let (_app, client) = filled().await;
    for query in ["q=martin&birth_date=1980-05-17", "q=martin%201980-05-17", "q=martin&birth_date=1980-05-17&sort=name"]
    {
        let page = client.get(&format!("/api/search?{query}&limit=100&count=exact")).await.expect_status(200);
        let items = page.body["items"].as_array().expect("items");
        let born = (0..PATIENTS).filter(|number| number % 120 == 80).count();
        assert!(items.iter().all(|item| item["patient"]["birth_date"] == "1980-05-17"), "{query}");
        assert_eq!((items.len(), &page.body["total"]), (born, &json!(born)), "{query}");
        assert_eq!(page.body["next_cursor"], Value::Null, "{query}");
    }
    let nobody = client.get("/api/search?q=martin&patient_id=NOBODY").await.expect_status(200);
    assert_eq!((&nobody.body["items"], &nobody.body["next_cursor"]), (&json!([]), &Value::Null));
}

#[tokio::test]
async fn every_row_of_long_ranges_is_found_once() {
    let (_app, client) = filled().await;
    let folded = |number: usize, field: &str| {
        patient(number)[field].as_str().expect("a text").to_lowercase().replace(['è', 'é'], "e")
    };
    let has = |number: usize, beginning: &str| {
        let both = format!("{} {}", folded(number, "family_name"), folded(number, "given_name"));
        both.split([' ', '-']).any(|word| word.starts_with(beginning))
    };
    let is_other = |number: usize| patient(number)["sex"] == "O";
    for (query, expected) in [
        ("q=martin", (0..PATIENTS).filter(|number| has(*number, "martin")).collect::<BTreeSet<_>>()),
        ("q=martin%20zoe", (0..PATIENTS).filter(|number| has(*number, "martin") && has(*number, "zoe")).collect()),
        ("q=mart%20lef", (0..PATIENTS).filter(|number| has(*number, "mart") && has(*number, "lef")).collect()),
        ("q=martin&sex=O", (0..PATIENTS).filter(|number| has(*number, "martin") && is_other(*number)).collect()),
        ("q=mart%20zoe&sex=O", (0..PATIENTS).filter(|n| has(*n, "mart") && has(*n, "zoe") && is_other(*n)).collect()),
    ] {
        assert!(expected.len() > 3, "{query}");
        assert_eq!(found(&client, query).await, expected, "{query}");
        // However many rows are looked at, few hits can be put in order.
        if query.contains("&sex") {
            assert_eq!(found(&client, &format!("{query}&sort=-id")).await, expected, "{query}, sorted");
        }
    }
}
