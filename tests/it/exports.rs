//! `GET /api/export/...`.

use serde_json::{Value, json};

use crate::harness::{App, Client, a_patient, a_study, named};

/// The cells of a CSV text whose lines end as RFC 4180 says; the separator is `,`.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, quoted) {
            ('"', true) if characters.peek() == Some(&'"') => cell.extend(characters.next()),
            ('"', _) => quoted = !quoted,
            (',', false) => row.push(std::mem::take(&mut cell)),
            ('\r', false) => {
                assert_eq!(characters.next(), Some('\n'), "a line ends by CR LF: {text}");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            (c, _) => cell.push(c),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "the last line ends: {text}");
    rows
}

/// The rows of a CSV text, each with its columns by name.
fn table(text: &str) -> Vec<Value> {
    let mut rows = cells(text).into_iter();
    let names = rows.next().expect("a heading");
    let object = |row: Vec<String>| {
        assert_eq!(row.len(), names.len(), "{row:?}");
        names.iter().cloned().zip(row.into_iter().map(Value::from)).collect()
    };
    rows.map(|row| Value::Object(object(row))).collect()
}

/// The lines of an NDJSON text.
fn lines(text: &str) -> Vec<Value> {
    assert!(text.is_empty() || text.ends_with('\n'), "{text}");
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON value")).collect()
}

async fn ndjson(client: &Client, path: &str) -> Vec<Value> {
    let answer = client.header("Accept", "application/x-ndjson").get(path).await.expect_status(200);
    assert_eq!(answer.header("content-type"), Some("application/x-ndjson"));
    lines(&answer.text)
}

async fn csv(client: &Client, path: &str) -> Vec<Value> {
    let answer = client.header("Accept", "text/csv").get(path).await.expect_status(200);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    table(&answer.text)
}

#[tokio::test]
async fn both_forms_say_what_the_list_says() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = client.post("/api/patients", &a_patient()).await.expect_status(201);
    client.post("/api/studies", &a_study(patient.id())).await.expect_status(201);
    for (kind, plural) in [("patient", "patients"), ("study", "studies")] {
        let listed = client.get(&format!("/api/{plural}")).await.expect_status(200).items()[0].clone();
        let path = format!("/api/export/{plural}");
        let mut exported = ndjson(&client, &path).await;
        assert_eq!(exported[0].as_object_mut().expect("an object").remove("type"), Some(kind.into()));
        assert_eq!(exported, std::slice::from_ref(&listed));

        let row = csv(&client, &path).await.remove(0);
        for (name, cell) in row.as_object().expect("an object") {
            let value = listed.get(name).unwrap_or(&listed["patient"][name]);
            let text = match value {
                Value::Null => String::new(),
                Value::String(text) if text.starts_with('+') => format!("'{text}"),
                Value::String(text) => text.clone(),
                Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(","),
                other => other.to_string(),
            };
            assert_eq!(cell, &Value::from(text), "{name}");
        }
        for name in ["id", "version", "updated_at", "patient_id", "comments"] {
            assert!(row[name].is_string(), "{name} is a column of {plural}");
        }
    }
}

#[tokio::test]
async fn the_form_follows_accept() {
    let app = App::spawn().await;
    let client = app.lecture().await;
    for (accept, expected) in [
        ("*/*", "text/csv"),
        ("text/*", "text/csv"),
        ("application/*", "application/x-ndjson"),
        ("text/csv;q=0.3, application/x-ndjson;q=0.4", "application/x-ndjson"),
    ] {
        for path in ["/api/export/patients", "/api/export/studies"] {
            let answer = client.header("Accept", accept).get(path).await.expect_status(200);
            assert!(answer.header("content-type").is_some_and(|given| given.starts_with(expected)), "{accept}");
            assert_eq!(answer.header("vary"), Some("accept"));
            let disposition = answer.header("content-disposition").expect("a file name").to_owned();
            let name = path.rsplit('/').next().expect("a name");
            assert!(disposition.starts_with(&format!("attachment; filename=\"{name}-20")), "{disposition}");
            let extension = expected.rsplit(['/', '-']).next().expect("an extension");
            assert!(disposition.ends_with(&format!(".{extension}\"")), "{disposition}");
        }
    }
    for accept in ["application/json", "text/csv;q=0, application/x-ndjson;q=0", "image/png"] {
        let refused = client.header("Accept", accept).get("/api/export/patients").await;
        refused.expect_problem(406, "not_acceptable");
    }
    client.header("Accept", "text/csv").get("/api/patients").await.expect_problem(406, "not_acceptable");
}

#[tokio::test]
async fn the_shape_of_a_csv_file_can_be_chosen() {
    let app = App::spawn().await;
    let client = app.modification().await;
    client.post("/api/patients", &named("Durand, \"Zoé\"; Z")).await.expect_status(201);
    let plain = client.get("/api/export/patients").await.expect_status(200).text;
    assert!(plain.starts_with("patient_id,issuer_of_patient_id,family_name,"), "{plain}");
    assert!(plain.contains(",\"Durand, \"\"Zoé\"\"; Z\","), "{plain}");
    let french = client.get("/api/export/patients?bom=true&separator=%3B").await.expect_status(200).text;
    assert!(french.starts_with("\u{feff}patient_id;issuer_of_patient_id;family_name;"), "{french}");
    for (query, place, code) in [
        ("separator=|", "separator", "invalid_enum"),
        ("bom=yes", "bom", "invalid_enum"),
        ("sort=colour", "sort", "invalid_enum"),
    ] {
        let refused = client.get(&format!("/api/export/patients?{query}")).await.expect_problem(422, "invalid");
        refused.expect_fault(place, code);
    }
    for query in ["limit=5", "cursor=x", "count=exact", "family=x", "bom="] {
        let refused = client.get(&format!("/api/export/studies?{query}")).await;
        refused.expect_problem(400, "invalid_query");
    }
}

#[tokio::test]
async fn filters_sorts_and_the_bin_are_those_of_the_lists() {
    let app = App::spawn().await;
    let client = app.modification().await;
    for name in ["Martin", "Durand", "Dupont"] {
        client.post("/api/patients", &json!({"family_name": name, "sex": "F"})).await.expect_status(201);
    }
    let binned = client.post("/api/patients", &named("Petit")).await.expect_status(201);
    client.if_match("*").delete(&format!("/api/patients/{}", binned.id())).await.expect_status(204);
    for (query, expected) in [
        ("", vec!["Martin", "Durand", "Dupont"]),
        ("?sort=name", vec!["Dupont", "Durand", "Martin"]),
        ("?sort=-name", vec!["Martin", "Durand", "Dupont"]),
        ("?patient_name=du&sort=name", vec!["Dupont", "Durand"]),
        ("?sex=M", vec![]),
        ("?deleted=true", vec!["Petit"]),
    ] {
        let rows = ndjson(&client, &format!("/api/export/patients{query}")).await;
        let names: Vec<_> = rows.iter().map(|row| row["family_name"].as_str().expect("a name")).collect();
        assert_eq!(names, expected, "{query}");
    }
    let empty = csv(&client, "/api/export/patients?patient_id=nobody").await;
    assert_eq!(empty, Vec::<Value>::new());
}

#[tokio::test]
async fn cells_that_would_run_are_defused() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let formulas = ["=1+1", "+33", "-1", "@SUM(A1)", "'=1", "'s-Gravenhage", "＝1"];
    for formula in formulas {
        client.post("/api/patients", &named("Durand")).await.expect_status(201);
        let patient = json!({"family_name": "Durand", "address": formula, "comments": formula});
        client.post("/api/patients", &patient).await.expect_status(201);
    }
    let rows = csv(&client, "/api/export/patients").await;
    let addresses: Vec<_> =
        rows.iter().filter_map(|row| row["address"].as_str()).filter(|text| !text.is_empty()).collect();
    assert_eq!(addresses, ["'=1+1", "'+33", "'-1", "'@SUM(A1)", "''=1", "'s-Gravenhage", "'＝1"]);
    let told = ndjson(&client, "/api/export/patients").await;
    let addresses: Vec<_> = told.iter().filter_map(|row| row["address"].as_str()).collect();
    assert_eq!(addresses, formulas, "NDJSON needs no defusing");
}

#[tokio::test]
async fn many_rows_come_once_each_in_several_pages() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
    client.post("/api/studies", &json!({"patient_fk": patient})).await.expect_status(201);
    // Rows enough for several pages, made by doubling; the columns are those that have no default.
    let columns = "patient_fk, study_date, status, search_words, version, created_at, updated_at";
    for doubling in 0..11 {
        let uid = format!("SUBSTR(study_instance_uid, 1, 40) || '.' || (id + {})", 10_000 << doubling);
        app.execute(&format!("INSERT INTO study (study_instance_uid, {columns}) SELECT {uid}, {columns} FROM study"))
            .await;
    }
    for query in ["", "?sort=study_date", "?sort=-updated_at"] {
        let rows = ndjson(&client, &format!("/api/export/studies{query}")).await;
        let mut ids: Vec<_> = rows.iter().map(|row| row["id"].as_i64().expect("an id")).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((rows.len(), ids.len()), (2048, 2048), "{query}");
    }
    assert_eq!(csv(&client, "/api/export/studies").await.len(), 2048);
}

#[tokio::test]
async fn an_export_that_breaks_off_has_no_end() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
    let study = json!({"patient_fk": patient, "comments": "long ".repeat(1500)});
    client.post("/api/studies", &study).await.expect_status(201);
    let columns = "patient_fk, comments, status, search_words, version, created_at, updated_at";
    for doubling in 0..12 {
        let uid = format!("SUBSTR(study_instance_uid, 1, 40) || '.' || (id + {})", 10_000 << doubling);
        app.execute(&format!("INSERT INTO study (study_instance_uid, {columns}) SELECT {uid}, {columns} FROM study"))
            .await;
    }
    // Some 30 MB: more than lies in buffers on the way, so that the server waits for its client.
    let http = reqwest::Client::new();
    let request = http.get(format!("{}/api/export/studies", app.base)).bearer_auth(client.token());
    let mut response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    assert!(!response.headers().contains_key("content-length"));
    response.chunk().await.expect("a chunk").expect("some bytes");
    app.execute("ALTER TABLE study RENAME COLUMN modalities_in_study TO elsewhere").await;
    let rest = async {
        loop {
            match response.chunk().await {
                Ok(Some(_)) => {}
                Ok(None) => return "the body ended as if it were whole",
                Err(_) => return "the connection broke",
            }
        }
    };
    assert_eq!(rest.await, "the connection broke");
    // Before the first byte a failure is a problem.
    client.get("/api/export/studies").await.expect_problem(500, "internal_error");
}
