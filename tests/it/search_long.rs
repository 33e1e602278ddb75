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
        "sex": if number.is_multiple_of(97) { "O" } else { "F" },
        "birth_date": year(number).map(|year| format!("{year}-05-17")),
    })
}

/// Of some it is not known when they were born.
fn year(number: usize) -> Option<usize> {
    (number % 7 != 3).then_some(1900 + number % 120)
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

/// All items, page by page.
async fn listed(client: &Client, path: &str) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{path}&limit=70{cursor}")).await.expect_status(200);
        all.extend(page.body["items"].as_array().expect("items").iter().cloned());
        let Some(next) = page.body["next_cursor"].as_str() else { return all };
        cursor = format!("&cursor={next}");
    }
}

/// The numbers of these patients; none comes twice.
fn numbers<'v>(patients: impl Iterator<Item = &'v Value>, what: &str) -> BTreeSet<usize> {
    let mut all = BTreeSet::new();
    for patient in patients {
        let number = patient["patient_id"].as_str().expect("a number")[1..].parse().expect("a number");
        assert!(all.insert(number), "{what}: {number} comes twice");
    }
    all
}

/// The numbers of all patients that are found.
async fn found(client: &Client, query: &str) -> BTreeSet<usize> {
    let items = listed(client, &format!("/api/search?{query}")).await;
    numbers(items.iter().map(|item| &item["patient"]), query)
}

fn folded(number: usize, field: &str) -> String {
    patient(number)[field].as_str().expect("a text").to_lowercase().replace(['è', 'é'], "e")
}

/// Whether a word of a patient's name begins so.
fn has(number: usize, beginning: &str) -> bool {
    let both = format!("{} {}", folded(number, "family_name"), folded(number, "given_name"));
    both.split([' ', '-']).any(|word| word.starts_with(beginning))
}

fn is_other(number: usize) -> bool {
    patient(number)["sex"] == "O"
}

#[tokio::test]
async fn a_list_of_a_common_name_has_every_row_once_and_in_order() {
    let (_app, client) = filled().await;
    let all = |wanted: &dyn Fn(usize) -> bool| (0..PATIENTS).filter(|number| wanted(*number)).collect::<BTreeSet<_>>();
    let is_of_fields = |number| {
        let family = folded(number, "family_name");
        family.split([' ', '-']).any(|word| word.starts_with("mart")) && folded(number, "given_name").starts_with("zo")
    };
    let key = |patient: &Value| (patient["birth_date"].as_str().map(str::to_owned), patient["id"].as_i64());
    let is_of_years = |number| year(number).is_some_and(|year| (1910..2010).contains(&year));
    for (filter, expected) in [
        ("patient_name=martin", all(&|number| has(number, "martin"))),
        ("patient_name=martin%20zoe", all(&|number| has(number, "martin") && has(number, "zoe"))),
        ("family_name=mart&given_name=zo", all(&is_of_fields)),
        ("patient_name=martin&sex=O", all(&is_other)),
        ("patient_name=martin&birth_date=1910..2009", all(&is_of_years)),
    ] {
        for sort in ["name", "birth_date", "-birth_date", "-updated_at"] {
            let path = format!("/api/patients?{filter}&sort={sort}");
            let patients = listed(&client, &path).await;
            assert_eq!(numbers(patients.iter(), &path), expected, "{path}");
            let keys: Vec<_> = patients.iter().map(key).collect();
            match sort {
                "birth_date" => assert!(keys.is_sorted(), "{path}"),
                "-birth_date" => assert!(keys.is_sorted_by(|one, other| one >= other), "{path}"),
                _ => {}
            }
        }
        for (count, bound) in [("bounded", 1000), ("exact", PATIENTS)] {
            let page = client.get(&format!("/api/patients?{filter}&count={count}&limit=1")).await.expect_status(200);
            assert_eq!(page.body["total"], expected.len().min(bound), "{filter}, {count}");
        }
    }
}

#[tokio::test]
async fn what_a_filter_or_a_date_leaves_few_of_is_found_at_once() {
    let (_app, client) = filled().await;
    for query in ["q=martin&birth_date=1980-05-17", "q=martin%201980-05-17", "q=martin&birth_date=1980-05-17&sort=name"]
    {
        let page = client.get(&format!("/api/search?{query}&limit=100&count=exact")).await.expect_status(200);
        let items = page.body["items"].as_array().expect("items");
        let born = (0..PATIENTS).filter(|number| year(*number) == Some(1980)).count();
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
