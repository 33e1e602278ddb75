//! The bodies of `POST /api/import`: their kinds, limits, and what happens when they do not come; all or nothing; dry runs.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use futures_util::stream;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::{Registry, counts, ndjson, refused_lines};
use crate::harness::{App, RoleName, contract, files_under, pydicom_data};

const CSV: &str = "patient_id;family_name\nP1;Durand\nP2;\n";

/// Sends a form, and gives the status and the body, which keep the contract.
async fn send_form(registry: &Registry, query: &str, form: Form) -> (u16, Value) {
    let url = format!("{}/api/import{query}", registry.app.base);
    let request = reqwest::Client::new().post(url).bearer_auth(registry.client.token()).multipart(form);
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    let media_type = if status == 200 { "application/json" } else { "application/problem+json" };
    let bytes = response.bytes().await.expect("a body");
    contract().check("POST", "/api/import", status, Some(media_type), &bytes);
    (status, serde_json::from_slice(&bytes).expect("JSON"))
}

fn part(name: &str, bytes: impl Into<Vec<u8>>) -> Part {
    Part::bytes(bytes.into()).file_name(name.to_owned())
}

/// Rows of so many patients.
fn durands(number: usize) -> String {
    let rows: Vec<String> = (0..number).map(|number| format!("P{number},Durand\n")).collect();
    rows.concat()
}

#[tokio::test]
async fn dicom_files_come_as_a_body_or_in_a_form() {
    let registry = Registry::new().await;
    let data = pydicom_data();
    let files = files_under(&data);
    let image = files.iter().find(|path| path.ends_with("CT_small.dcm")).expect("a file of pydicom");
    let image = std::fs::read(image).expect("a file of pydicom");
    let report = registry.send("", "application/dicom", image.clone()).await.expect_status(200).body;
    assert_eq!((&report["patients"], &report["studies"]), (&counts(1, 0, 0, 0), &counts(1, 0, 0, 0)), "{report}");
    let object = r#"[{"0020000D": {"vr": "UI", "Value": ["1.2.3"]}, "00100020": {"vr": "LO", "Value": ["P7"]}}]"#;
    let report = registry.send("", "application/dicom+json", object).await.expect_status(200).body;
    assert_eq!(report["studies"], counts(1, 0, 0, 0), "{report}");

    let mut form = Form::new();
    let files = files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "dcm"));
    let files: Vec<_> = files.take(40).collect();
    for path in &files {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        form = form.part("file", part(&name, std::fs::read(path).expect("a file")));
    }
    form = form.part("file", part("more.csv", "patient_id;family_name\nP8;Roux\n"));
    form = form.part(
        "file",
        Part::bytes(ndjson(&[json!({"type": "patient", "patient_id": "P9", "family_name": "Roux"})]).into_bytes())
            .mime_str("application/x-ndjson")
            .expect("a media type"),
    );
    form = form.part("file", part("note.dcm", "no DICOM"));
    let (status, report) = send_form(&registry, "", form).await;
    assert_eq!(status, 200, "{report}");
    let read = report["files"]["read"].as_u64().expect("a number");
    assert!(read > 20 && report["files"]["refused"].as_u64() >= Some(1), "{report}");
    assert!(report["refused"].as_array().expect("a list").iter().any(|refused| refused["path"] == "note.dcm"));
    assert_eq!((registry.patient("P8").await["version"].clone(), report["lines"].clone()), (json!(1), json!(2)));
    registry.patient("P9").await;

    let client = registry.client.header("Accept-Language", "fr");
    let body = Some(("application/dicom", b"nothing".to_vec()));
    let refused = client.send_raw(Method::POST, "/api/import", body).await.expect_problem(422, "import_refused");
    assert_eq!(refused.body["report"]["refused"][0]["message"], "ce n'est pas un fichier DICOM");
    for (query, place) in [("?atomic=true", "atomic"), ("?mode=create", "mode")] {
        let refused = registry.send(query, "application/dicom", image.clone()).await.expect_problem(422, "invalid");
        refused.expect_fault(place, "not_for_dicom");
    }
    let (status, refused) = send_form(&registry, "?atomic=true", Form::new().part("file", part("a.dcm", image))).await;
    assert_eq!((status, refused["code"].as_str()), (422, Some("invalid")));
}

#[tokio::test]
async fn what_is_none_of_the_kinds_is_refused() {
    let registry = Registry::new().await;
    for media_type in ["application/json", "text/plain", "text/csv; charset=utf-16", "application/zip", ""] {
        registry.send("", media_type, CSV).await.expect_problem(415, "unsupported_media_type");
    }
    let without = registry.client.send_raw(Method::POST, "/api/import", None).await;
    without.expect_problem(415, "unsupported_media_type");
    registry.send("?mode=replace", "text/csv", CSV).await.expect_problem(422, "invalid");
    registry.send("?type=report", "text/csv", CSV).await.expect_problem(422, "invalid");
    registry.send("?dryrun=true", "text/csv", CSV).await.expect_problem(400, "invalid_query");
    let broken = registry.send("", "multipart/form-data; boundary=x", "--y\r\nnothing").await;
    broken.expect_problem(400, "malformed_request");
    assert_eq!(registry.everything().await, (vec![], vec![]));
}

#[tokio::test]
async fn all_or_nothing_leaves_nothing() {
    let registry = Registry::new().await;
    let answer = registry.send("?atomic=true", "text/csv", CSV).await.expect_problem(422, "import_refused");
    let report = &answer.body["report"];
    assert_eq!(report["patients"], counts(1, 0, 0, 1));
    assert_eq!(refused_lines(report), [(3, "/family_name".to_owned(), "required".to_owned())]);
    assert_eq!(registry.everything().await, (vec![], vec![]));
    // Over several batches and files as well.
    let many = |last: &str| durands(1200) + last;
    let form = |last: &str| {
        let studies = "study_instance_uid,patient_id\n1.1,P1\n";
        let patients = format!("patient_id,family_name\n{}", many(last));
        Form::new().part("file", part("patients.csv", patients)).part("file", part("studies.csv", studies))
    };
    let (status, problem) = send_form(&registry, "?atomic=true", form("P1,\"a\\b\"\n")).await;
    assert_eq!((status, &problem["report"]["patients"]), (422, &counts(1200, 0, 0, 1)));
    assert_eq!(registry.everything().await, (vec![], vec![]));
    let (status, report) = send_form(&registry, "?atomic=true", form("")).await;
    assert_eq!((status, &report["patients"], &report["studies"]), (200, &counts(1200, 0, 0, 0), &counts(1, 0, 0, 0)));
    let (patients, studies) = registry.everything().await;
    assert_eq!((patients.len(), studies.len()), (1200, 1));
    let found = registry.client.get("/api/search?type=patient&q=durand&count=exact").await.expect_status(200);
    assert_eq!(found.body["total_relation"], "eq");
}

#[tokio::test]
async fn a_dry_run_tells_and_changes_nothing() {
    let registry = Registry::new().await;
    registry.send_csv("", "patient_id;family_name\nP1;Martin\n").await;
    let before = registry.everything().await;
    let csv = "patient_id;family_name\nP1;Durand\nP2;Petit\nP2;Petit\nP3;\n";
    let report = registry.send_csv("?dry_run=true", csv).await;
    assert_eq!((&report["patients"], &report["dry_run"]), (&counts(1, 1, 1, 1), &json!(true)));
    assert_eq!(registry.everything().await, before);
    registry.send("?dry_run=true&atomic=true", "text/csv", csv).await.expect_problem(422, "import_refused");
    assert_eq!(registry.everything().await, before);
    let object = r#"{"0020000D": {"vr": "UI", "Value": ["1.2.3"]}}"#;
    let report = registry.send("?dry_run=true", "application/dicom+json", object).await.expect_status(200).body;
    assert_eq!(report["studies"], counts(1, 0, 0, 0));
    assert_eq!(registry.everything().await, before);
    let large = format!("patient_id;family_name\n{}", "P1;Durand\n".repeat(1_700_000));
    let refused = registry.send("?dry_run=true", "text/csv", large).await;
    refused.expect_problem(413, "body_too_large");
}

#[tokio::test]
async fn the_report_is_bounded_and_says_so() {
    let registry = Registry::new().await;
    let csv = format!("patient_id;sex\n{}", "P1;X\n".repeat(700));
    let report = registry.send_csv("", &csv).await;
    assert_eq!(report["refused"].as_array().map(Vec::len), Some(1000));
    assert_eq!((&report["truncated"], &report["patients"]), (&json!(true), &counts(0, 0, 0, 700)));
    assert_eq!(report["reasons"], json!({"invalid_enum": 700, "required": 700}));
    let members: serde_json::Map<String, Value> = (0..500).map(|n| (format!("field_{n}"), json!(n))).collect();
    let line = format!("{}\n", json!({"type": "patient", "patient_id": "P1"}));
    let wide = format!("{line}{}\n", {
        let mut wide = json!({"type": "patient", "patient_id": "P2", "family_name": "Durand"});
        wide.as_object_mut().expect("an object").extend(members);
        wide
    });
    let report = registry.send("", "application/x-ndjson", wide).await.expect_status(200).body;
    assert_eq!((&report["reasons"]["unknown_field"], &report["truncated"]), (&json!(500), &json!(true)));
    assert!(report["refused"].as_array().map(Vec::len) < Some(100));
}

#[tokio::test]
async fn a_body_over_the_limit_is_cut_off_and_the_report_tells_what_stays() {
    let app = App::spawn_with(|config| config.max_import_bytes = 100_000).await;
    let client = app.with_role(RoleName::Modification).await;
    let csv = format!("patient_id,family_name\n{}", durands(8000));
    let announced = client.send_raw(Method::POST, "/api/import", Some(("text/csv", csv.clone().into_bytes()))).await;
    announced.expect_problem(413, "body_too_large");
    assert_eq!(client.get("/api/patients?count=exact").await.body["total"], 0);
    // In pieces of unknown number it is known only when it happens.
    let pieces: Vec<Result<Vec<u8>, std::io::Error>> =
        csv.as_bytes().chunks(5000).map(|piece| Ok(piece.to_vec())).collect();
    let request = reqwest::Client::new().post(format!("{}/api/import", app.base)).bearer_auth(client.token());
    let request = request.header("Content-Type", "text/csv").body(reqwest::Body::wrap_stream(stream::iter(pieces)));
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), 413);
    let problem: Value = response.json().await.expect("JSON");
    let created = problem["report"]["patients"]["created"].as_u64().expect("a report");
    assert_eq!(problem["report"]["complete"], false);
    assert_eq!(client.get("/api/patients?count=exact").await.body["total"], created);
    assert!(created > 0 && created < 8000, "{problem}");
}

#[tokio::test]
async fn a_client_that_stalls_is_cut_off_and_a_slow_one_is_not() {
    let app = App::spawn_with(|config| {
        config.import_stall_timeout = Duration::from_secs(2);
        config.request_timeout = Duration::from_secs(1);
    })
    .await;
    let client = app.with_role(RoleName::Modification).await;
    let head = |length: usize| {
        format!(
            "POST /api/import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: text/csv\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n",
            client.token()
        )
    };
    let address = app.base.strip_prefix("http://").expect("an address").to_owned();
    let send = move |pieces: Vec<(String, Duration)>| {
        let mut stream = TcpStream::connect(&address).expect("a connection");
        for (piece, pause) in pieces {
            stream.write_all(piece.as_bytes()).expect("it listens");
            std::thread::sleep(pause);
        }
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    };
    // Longer than a request may take, a good piece at a time.
    let row = format!("P1,Durand,{}\n", "x".repeat(1500));
    let heading = "patient_id,family_name,comments\n".to_owned();
    let mut pieces = vec![(head(heading.len() + 4 * row.len()) + &heading, Duration::ZERO)];
    pieces.extend((0..4).map(|_| (row.clone(), Duration::from_millis(600))));
    let slow = {
        let send = send.clone();
        tokio::task::spawn_blocking(move || send(pieces)).await.expect("it ends")
    };
    assert!(slow.starts_with("HTTP/1.1 200"), "{slow}");
    // Next to nothing, and then nothing.
    let begun = vec![(head(100_000) + &heading + "P2,Petit,\n", Duration::ZERO)];
    let stalled = tokio::task::spawn_blocking(move || send(begun)).await.expect("it ends");
    assert!(stalled.starts_with("HTTP/1.1 408") && stalled.contains("upload_stalled"), "{stalled}");
    assert_eq!(client.get("/api/patients?patient_id=P1").await.items().len(), 1);
}

#[tokio::test]
async fn a_long_body_flows_through() {
    let registry = Registry::new().await;
    // Some 40 MB of rows that repeat, so that the database has little to do.
    let heading = std::iter::once("patient_id,family_name,comments\n".to_owned());
    let comment = "x".repeat(9000);
    let pieces = heading.chain((0..4400).map(move |n| format!("P{},Durand,{comment}\n", n % 10)));
    let pieces = stream::iter(pieces.map(|piece| Ok::<_, std::io::Error>(piece.into_bytes())));
    let request = reqwest::Client::new().post(format!("{}/api/import", registry.app.base));
    let request = request.bearer_auth(registry.client.token()).header("Content-Type", "text/csv");
    let response = request.body(reqwest::Body::wrap_stream(pieces)).send().await.expect("an answer");
    assert_eq!(response.status(), 200);
    let report: Value = response.json().await.expect("JSON");
    assert_eq!((&report["lines"], &report["patients"]), (&json!(4400), &counts(10, 0, 4390, 0)));
}
