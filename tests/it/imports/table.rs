//! Rows of CSV and NDJSON: what is read, what is refused, what becomes of rows that are registered.

use serde_json::{Value, json};

use super::{Registry, counts, refused_lines};
use crate::harness::{a_patient, a_study};

const HEADING: &str = "patient_id;family_name;given_name;birth_date;sex";

fn entry(line: u64, pointer: &str, code: &str) -> (u64, String, String) {
    (line, pointer.to_owned(), code.to_owned())
}

#[tokio::test]
async fn csv_is_read_as_spreadsheets_write_it() {
    let bodies: [(&str, Vec<u8>); 10] = [
        ("text/csv", "patient_id,family_name,given_name,comments\nP1,Lefèvre,Zoé,\"a \"\"b\"\", c\"\n".into()),
        ("text/csv", "patient_id;family_name;given_name;comments\r\nP1;Lefèvre;Zoé;\"a \"\"b\"\", c\"\r\n".into()),
        ("text/csv", "patient_id\tfamily_name\tgiven_name\tcomments\nP1\tLefèvre\tZoé\ta \"b\", c".into()),
        ("text/csv; charset=utf-8", "\u{feff}patient_id;family_name;given_name;comments\nP1;Lefèvre;Zoé;\"a \"\"b\"\", c\"".into()),
        ("text/csv", "sep=;\r\npatient_id;family_name;given_name;comments\r\nP1;Lefèvre;Zoé;a \"b\", c\r\n".into()),
        // Empty columns, cells and lines at the end, in the heading's own case and with spaces.
        ("text/csv", "Patient_ID ; family_name;given_name;comments;;\r\n\r\nP1;Lefèvre;Zoé;\"a \"\"b\"\", c\";;\r\n;;;;;\r\n\r\n".into()),
        // Spaces around cells, lines that end by CR alone.
        ("text/csv", "patient_id, family_name, given_name, comments, sex\rP1, Lefèvre , Zoé ,\"a \"\"b\"\", c\", \r".into()),
        // A byte order mark says more than who sends it.
        ("text/csv; charset=windows-1252", "\u{feff}patient_id;family_name;given_name;comments\nP1;Lefèvre;Zoé;\"a \"\"b\"\", c\"".into()),
        ("text/csv", "comments;\"given_name\";family_name;patient_id;sex\n\"a \"\"b\"\", c\";Zoé;Lefèvre;P1\n".into()),
        (
            "text/csv; charset=windows-1252",
            b"patient_id;family_name;given_name;comments\r\nP1;Lef\xe8vre;Zo\xe9;\"a \"\"b\"\", c\"\r\n".to_vec(),
        ),
    ];
    for (media_type, body) in bodies {
        let registry = Registry::new().await;
        let shown = String::from_utf8_lossy(&body).into_owned();
        let report = registry.send("", media_type, body).await.expect_status(200).body;
        assert_eq!((&report["patients"], &report["refused"]), (&counts(1, 0, 0, 0), &json!([])), "{shown}");
        let patient = registry.patient("P1").await;
        let said = ["family_name", "given_name", "comments"].map(|name| patient[name].as_str().unwrap_or_default());
        assert_eq!(said, ["Lefèvre", "Zoé", "a \"b\", c"], "{shown}");
        assert_eq!((&patient["sex"], &patient["version"]), (&Value::Null, &json!(1)), "{shown}");
    }
}

#[tokio::test]
async fn every_field_of_csv_and_ndjson_arrives() {
    let registry = Registry::new().await;
    let mut patient = a_patient();
    patient["patient_id"] = "P1".into();
    patient["issuer_of_patient_id"] = "Hôpital Nord".into();
    patient["type"] = "patient".into();
    let mut study = a_study(0);
    study["study_instance_uid"] = "1.2.3".into();
    study["type"] = "study".into();
    study["patient"] = json!({"patient_id": "P1", "issuer_of_patient_id": "Hôpital Nord"});
    study.as_object_mut().expect("an object").remove("patient_fk");
    let report = registry.send_lines("", &[patient.clone(), study.clone()]).await;
    assert_eq!((&report["patients"], &report["studies"]), (&counts(1, 0, 0, 0), &counts(1, 0, 0, 0)), "{report}");
    let (registered, of_study) = (registry.patient("P1").await, registry.study("1.2.3").await);
    for (sent, found) in [(&patient, &registered), (&study, &of_study)] {
        for (name, value) in sent.as_object().expect("an object") {
            if !["type", "patient", "study_time"].contains(&name.as_str()) {
                assert_eq!(&found[name], value, "{name}");
            }
        }
    }
    assert_eq!(of_study["study_time"], "08:30:15.500000");

    let csv = "study_instance_uid;patient_id;issuer_of_patient_id;study_date;study_time;modalities_in_study;\
         number_of_study_related_series;number_of_study_related_instances;status;referring_physician_name\n\
         1.2.4;P1;Hôpital Nord;2026-03-14;08:30;\"MR,SR\";3;90;available;Roux^Élodie\n\
         1.2.5;P1;Hôpital Nord;;;CT\\SR;;;;\n";
    let report = registry.send_csv("", csv).await;
    assert_eq!((&report["studies"], &report["lines"]), (&counts(2, 0, 0, 0), &json!(2)), "{report}");
    let study = registry.study("1.2.4").await;
    assert_eq!(study["modalities_in_study"], json!(["MR", "SR"]));
    assert_eq!(study["number_of_study_related_instances"], 90);
    assert_eq!(study["patient"]["patient_id"], "P1");
    let plain = registry.study("1.2.5").await;
    assert_eq!(plain["modalities_in_study"], json!(["CT", "SR"]));
    assert_eq!((&plain["status"], &plain["study_date"]), (&json!("registered"), &Value::Null));
}

#[tokio::test]
async fn every_line_keeps_the_rules_of_the_api_and_is_refused_by_itself() {
    let registry = Registry::new().await;
    let rows = format!(
        "{HEADING}\nP1;Durand;Zoé;1980-01-31;F\nP2;;;1980-02-31;X\n\"P\n3\";Petit;;;\nP4;Petit;;2999-01-01;M\n;Petit;;;\n\
         P6;Petit;;31/01/1980;\nP7;Petit;;;;surplus\nP8;Leroy;;;\n"
    );
    let report = registry.send_csv("", &rows).await;
    let expected = [
        entry(3, "/birth_date", "invalid_date"),
        entry(3, "/sex", "invalid_enum"),
        entry(3, "/family_name", "required"),
        entry(4, "/patient_id", "invalid_character"),
        entry(6, "/birth_date", "date_in_future"),
        entry(7, "/patient_id", "required"),
        entry(8, "/birth_date", "invalid_date"),
        entry(9, "", "too_many_cells"),
    ];
    assert_eq!(refused_lines(&report), expected);
    assert_eq!((&report["patients"], &report["lines"]), (&counts(2, 0, 0, 6), &json!(8)));
    assert_eq!((&report["complete"], &report["truncated"]), (&json!(true), &json!(false)));
    assert_eq!(report["reasons"]["invalid_date"], 2);
    assert_eq!(registry.everything().await.0.len(), 2);
    for personal in ["Petit", "Durand", "2999", "P4"] {
        assert!(!report.to_string().contains(personal), "{personal} in {report}");
    }
    // In the caller's language.
    let client = registry.client.header("Accept-Language", "fr");
    let body = Some(("text/csv", b"patient_id;family_name;sex\nP9;Roux;X\n".to_vec()));
    let french = client.send_raw(reqwest::Method::POST, "/api/import", body).await.expect_status(200);
    assert_eq!(french.body["refused"][0]["message"], "n'est pas une des valeurs permises");
}

#[tokio::test]
async fn behind_a_quote_that_is_never_closed_nothing_is_guessed() {
    let registry = Registry::new().await;
    let rows = "patient_id;family_name;comments\nJ1;Durand;\"one\ntwo\"\nJ2;Petit;\"abc\nJ3;Leroy;\nJ4;Roux;\n";
    let report = registry.send_csv("", rows).await;
    assert_eq!(refused_lines(&report), [entry(4, "", "unclosed_quote")]);
    assert_eq!((&report["patients"], &report["complete"]), (&counts(1, 0, 0, 0), &json!(false)));
    assert_eq!(registry.patient("J1").await["comments"], "one\ntwo");
    let before = registry.everything().await;
    let answer = registry.send("?atomic=true", "text/csv", "patient_id;family_name\nJ5;Durand\nJ6;\"Petit\n").await;
    let refused = answer.expect_problem(422, "import_refused");
    assert_eq!(refused_lines(&refused.body["report"]), [entry(3, "", "unclosed_quote")]);
    assert_eq!(registry.everything().await, before);
}

#[tokio::test]
async fn lines_are_numbered_however_they_end() {
    let registry = Registry::new().await;
    for end in ["\n", "\r\n", "\r"] {
        let rows = ["sep=;", "patient_id;family_name;sex", "P1;\"Durand\";F", "", "P2;Petit;X", "P3;Roux;Y"].join(end);
        let report = registry.send_csv("", &rows).await;
        assert_eq!(
            refused_lines(&report),
            [entry(5, "/sex", "invalid_enum"), entry(6, "/sex", "invalid_enum")],
            "{end:?}"
        );
    }
}

#[tokio::test]
async fn lines_of_ndjson_that_say_nothing_are_refused_by_themselves() {
    let registry = Registry::new().await;
    let body = b"\xef\xbb\xbf{\"type\": \"patient\", \"patient_id\": \"P1\", \"family_name\": \"Durand\"}\n\
        {broken\n\
        \n\
        [1]\n\
        {\"patient_id\": \"P2\", \"family_name\": \"Durand\"}\n\
        {\"type\": \"report\"}\n\
        {\"type\": \"patient\", \"patient_id\": \"P3\", \"family_name\": \"Durand\", \"familyname\": 1, \"sex\": 2}\n\
        {\"type\": \"patient\", \"patient_id\": \"P4\", \"family_name\": \"Durand\", \"patient_id\": \"P5\"}\n\
        {\"type\": \"patient\", \"patient_id\": \"P\xff\", \"family_name\": \"Durand\"}\r\n\
        {\"type\": \"study\", \"study_instance_uid\": \"1.2\", \"patient\": {\"patient_id\": 7, \"name\": \"x\"}}\n\
        {\"type\": \"study\", \"study_instance_uid\": \"1.2\", \"patient\": \"P1\"}\n\
        {\"type\": \"study\", \"study_instance_uid\": \"1.2\"}\n\
        {\"type\": \"patient\", \"patient_id\": \"P6\", \"family_name\": \"Durand\"}";
    let report = registry.send("", "application/x-ndjson", body.as_slice()).await.expect_status(200).body;
    let expected = [
        entry(2, "", "malformed_line"),
        entry(4, "", "invalid_type"),
        entry(5, "/type", "required"),
        entry(6, "/type", "invalid_enum"),
        entry(7, "/sex", "invalid_type"),
        entry(7, "/familyname", "unknown_field"),
        entry(8, "", "malformed_line"),
        entry(9, "", "invalid_encoding"),
        entry(10, "/patient/patient_id", "invalid_type"),
        entry(10, "/patient/name", "unknown_field"),
        entry(11, "/patient", "invalid_type"),
        entry(12, "/patient/patient_id", "required"),
    ];
    assert_eq!(refused_lines(&report), expected);
    assert_eq!((&report["patients"], &report["studies"]), (&counts(2, 0, 0, 1), &counts(0, 0, 0, 3)));
    assert_eq!(report["lines"], 12);
    let told = registry.send_lines("?type=patient", &[json!({"patient_id": "P2", "family_name": "Durand"})]).await;
    assert_eq!(told["patients"], counts(1, 0, 0, 0));
}

#[tokio::test]
async fn a_file_that_is_no_table_is_refused_as_a_whole() {
    let registry = Registry::new().await;
    let (binary, latin) = (b"\xff\xfep\0a\0".as_slice(), b"patient_id;family_name\xe9\nP1;Durand\n".as_slice());
    for (body, place, code) in [
        (b"".as_slice(), "", "required"),
        (b"\xef\xbb\xbf\r\n", "", "required"),
        (b"colour;taste\nred;sweet\n", "", "unknown_table"),
        (b"patient_id;comments\nP1;none\n", "", "unknown_table"),
        (b"patient_id;family_nam\nP1;Durand\n", "", "unknown_table"),
        (b"patient_id;family_name;given_nam\nP1;Durand;Z\n", "/given_nam", "unknown_field"),
        (b"patient_id;family_name;study_date\nP1;Durand;\n", "/family_name", "unknown_field"),
        (b"patient_id;family_name;Family_Name\nP1;Durand;D\n", "/family_name", "repeated_field"),
        (b"patient_id;\"family_name\nP1;Durand\n", "", "unclosed_quote"),
        (binary, "", "invalid_encoding"),
        (latin, "", "invalid_encoding"),
    ] {
        let answer = registry.send("", "text/csv", body).await.expect_problem(422, "import_refused");
        let refused = answer.body["report"]["refused"][0].clone();
        let found = (refused["pointer"].as_str(), refused["code"].as_str());
        assert_eq!(found, (Some(place), Some(code)), "{}: {}", String::from_utf8_lossy(body), answer.text);
        assert_eq!(answer.body["report"]["files"], json!({"read": 0, "refused": 1}));
    }
    // Latin text in a cell: its line alone.
    let report = registry.send("", "text/csv", b"patient_id;family_name\nP1;Zo\xe9\nP2;Durand\n".as_slice()).await;
    assert_eq!(refused_lines(&report.expect_status(200).body), [entry(2, "", "invalid_encoding")]);
    assert_eq!(registry.everything().await.0.len(), 1);
}

#[tokio::test]
async fn a_quote_that_is_never_closed_ends_the_file_there() {
    let registry = Registry::new().await;
    let body = format!("patient_id;family_name\nP1;Durand\nP2;\"Petit\n{}", "P3;Leroy\n".repeat(40_000));
    let report = registry.send_csv("", &body).await;
    assert_eq!((&report["complete"], &report["patients"]), (&json!(false), &counts(1, 0, 0, 0)));
    assert_eq!(refused_lines(&report), [entry(3, "", "too_long")], "where it begins");
    let long = format!("{{\"type\": \"patient\", \"patient_id\": \"P3\", \"comments\": \"{}\"}}", "x".repeat(300_000));
    let good = json!({"type": "patient", "patient_id": "P4", "family_name": "Leroy"});
    let report = registry.send("", "application/x-ndjson", format!("{long}\n{good}\n")).await.expect_status(200).body;
    assert_eq!(refused_lines(&report), [entry(1, "", "too_long")]);
    assert_eq!((&report["complete"], &report["patients"]), (&json!(true), &counts(1, 0, 0, 0)));
}

#[tokio::test]
async fn an_upsert_changes_what_a_line_says_and_nothing_else() {
    let registry = Registry::new().await;
    let csv = "patient_id;family_name;given_name;comments;sex\nP1;Durand;Zoé;first;F\n";
    registry.send_csv("", csv).await;
    let same = registry.send_csv("", csv).await;
    assert_eq!(same["patients"], counts(0, 0, 1, 0));
    assert_eq!(registry.patient("P1").await["version"], 1);

    let report = registry.send_csv("", "patient_id;family_name;comments\nP1;;second\n").await;
    assert_eq!(report["patients"], counts(0, 1, 0, 0));
    let patient = registry.patient("P1").await;
    assert_eq!((&patient["family_name"], &patient["comments"]), (&json!("Durand"), &json!("second")));
    assert_eq!((&patient["sex"], &patient["version"]), (&json!("F"), &json!(2)));

    // Null empties; what would leave no name is refused.
    let line = |members: Value| {
        let mut line = json!({"type": "patient", "patient_id": "P1"});
        line.as_object_mut().expect("an object").extend(members.as_object().cloned().expect("members"));
        line
    };
    let lines = [
        line(json!({"comments": null, "given_name": "Zoë"})),
        line(json!({"family_name": null, "given_name": null})),
        line(json!({"birth_date": "2999-01-01"})),
    ];
    let report = registry.send_lines("", &lines).await;
    assert_eq!(report["patients"], counts(0, 1, 0, 2));
    let expected = [entry(2, "/family_name", "required"), entry(3, "/birth_date", "date_in_future")];
    assert_eq!(refused_lines(&report), expected);
    let patient = registry.patient("P1").await;
    assert_eq!((&patient["comments"], &patient["given_name"]), (&Value::Null, &json!("Zoë")));
    assert_eq!((&patient["family_name"], &patient["version"]), (&json!("Durand"), &json!(3)));

    // The issuer is a part of the key.
    let other = registry.send_csv("", "patient_id;issuer_of_patient_id;family_name\nP1;Sud;Martin\n").await;
    assert_eq!(other["patients"], counts(1, 0, 0, 0));
    assert_eq!(registry.everything().await.0.len(), 2);
}

#[tokio::test]
async fn create_refuses_what_is_registered_and_needs_no_key() {
    let registry = Registry::new().await;
    let csv = "patient_id;family_name\nP1;Durand\n;Petit\n;Petit\nP1;Other\n";
    let report = registry.send_csv("?mode=create", csv).await;
    assert_eq!(report["patients"], counts(3, 0, 0, 1));
    assert_eq!(refused_lines(&report), [entry(5, "/patient_id", "patient_already_exists")]);
    assert_eq!(registry.patient("P1").await["family_name"], "Durand");

    let studies = "study_instance_uid,patient_id\n1.2,P1\n,P1\n1.2,P1\n";
    let report = registry.send_csv("?mode=create", studies).await;
    assert_eq!(report["studies"], counts(2, 0, 0, 1));
    assert_eq!(refused_lines(&report), [entry(4, "/study_instance_uid", "study_already_exists")]);
    let report = registry.send_csv("", studies).await;
    assert_eq!(report["studies"], counts(0, 0, 2, 1));
    assert_eq!(refused_lines(&report), [entry(3, "/study_instance_uid", "required")]);
}

#[tokio::test]
async fn studies_find_their_patients_and_stay_with_them() {
    let registry = Registry::new().await;
    let patients = "patient_id;family_name;birth_date\nP1;Durand;1980-01-31\nP2;Petit;\nP3;Leroy;\n";
    registry.send_csv("", patients).await;
    let binned = registry.patient("P3").await["id"].as_i64().expect("an id");
    registry.client.if_match("*").delete(&format!("/api/patients/{binned}")).await.expect_status(204);
    let fk = registry.patient("P2").await["id"].clone();
    let csv = format!(
        "study_instance_uid;patient_id;patient_fk;study_date;study_time\n1.1;P1;;2026-01-01;\n1.2;;{fk};;\n1.3;P9;;;\n1.4;P3;;;\n\
         1.5;P1;;1979-12-31;\n1.6;P1;;;08:30\n1.7;;99999;;\n1.8;;;;\n1.9;;x;;\n1.1;P2;;;\n1.1;;;2026-01-02;\n"
    );
    let report = registry.send_csv("", &csv).await;
    let expected = [
        entry(4, "/patient_id", "patient_not_found"),
        entry(5, "/patient_id", "patient_not_found"),
        entry(6, "/study_date", "study_before_birth"),
        entry(7, "/study_time", "time_without_date"),
        entry(8, "/patient_fk", "patient_not_found"),
        entry(9, "/patient_id", "required"),
        entry(10, "/patient_fk", "invalid_type"),
        entry(11, "/study_instance_uid", "study_of_another_patient"),
    ];
    assert_eq!(refused_lines(&report), expected);
    assert_eq!(report["studies"], counts(2, 1, 0, 8));
    let study = registry.study("1.1").await;
    assert_eq!((&study["study_date"], &study["patient"]["patient_id"]), (&json!("2026-01-02"), &json!("P1")));
    assert_eq!(registry.study("1.2").await["patient_fk"], fk);

    // A birth date later than a study there is.
    let report = registry.send_csv("", "patient_id;birth_date\nP1;2026-01-03\n").await;
    assert_eq!(refused_lines(&report), [entry(2, "/birth_date", "birth_after_study")]);
    // The bin is left alone.
    let id = registry.study("1.1").await["id"].clone();
    registry.client.if_match("*").delete(&format!("/api/studies/{id}")).await.expect_status(204);
    let report = registry.send_csv("", "study_instance_uid;patient_id\n1.1;P1\n").await;
    assert_eq!(refused_lines(&report), [entry(2, "/study_instance_uid", "study_deleted")]);
    let report = registry.send_csv("", "patient_id;family_name\nP3;Martin\n").await;
    assert_eq!(refused_lines(&report), [entry(2, "/patient_id", "patient_deleted")]);
}

#[tokio::test]
async fn a_study_may_follow_its_patient_and_not_precede_it() {
    let registry = Registry::new().await;
    let study = |uid: &str| json!({"type": "study", "study_instance_uid": uid, "patient": {"patient_id": "P1"}});
    let patient = json!({"type": "patient", "patient_id": "P1", "family_name": "Durand"});
    let report = registry.send_lines("", &[study("1.1"), patient.clone(), study("1.2"), patient]).await;
    assert_eq!((&report["patients"], &report["studies"]), (&counts(1, 0, 1, 0), &counts(1, 0, 0, 1)));
    assert_eq!(refused_lines(&report), [entry(1, "/patient/patient_id", "patient_not_found")]);
}

#[tokio::test]
async fn what_export_writes_import_reads_back() {
    let registry = Registry::new().await;
    let odd = ["=1+1", "+33 1", "-1", "@SUM(A1)", "'=1", "''+1", "'s-Gravenhage", "a;b,c \"d\"", "ligne\net\ttab"];
    for (number, text) in odd.iter().enumerate() {
        let mut patient = a_patient();
        patient["patient_id"] = format!("P{number}").into();
        patient["issuer_of_patient_id"] = if number % 2 == 0 { "=Nord".into() } else { Value::Null };
        patient["comments"] = (*text).into();
        patient["family_name"] = if text.contains('\n') { "Durand".into() } else { text.replace('=', "-").into() };
        let patient = registry.client.post("/api/patients", &patient).await.expect_status(201);
        let mut study = a_study(patient.id());
        study["comments"] = (*text).into();
        registry.client.post("/api/studies", &study).await.expect_status(201);
    }
    let said = |rows: &[Value]| {
        let without = |row: &Value| {
            let mut row = row.clone();
            for name in ["id", "patient_fk", "created_at", "updated_at", "created_by", "updated_by"] {
                row.as_object_mut().expect("an object").remove(name);
            }
            row["patient"].as_object_mut().map(|patient| patient.remove("id"));
            row
        };
        // Rows of a batch are entered in the order of their keys.
        let mut rows: Vec<Value> = rows.iter().map(without).collect();
        rows.sort_by_key(|row| [&row["study_instance_uid"], &row["patient_id"]].map(ToString::to_string));
        rows
    };
    let (patients, studies) = registry.everything().await;
    for (accept, query) in [("text/csv", ""), ("text/csv", "?bom=true&separator=%3B"), ("application/x-ndjson", "")] {
        let other = Registry::new().await;
        let client = registry.client.header("Accept", accept);
        for plural in ["patients", "studies"] {
            let exported = client.get(&format!("/api/export/{plural}{query}")).await.expect_status(200).text;
            let here = registry.send("", accept, exported.clone()).await.expect_status(200).body;
            assert_eq!(here[plural], counts(0, 0, odd.len() as u64, 0), "{here}");
            let there = other.send("", accept, exported).await.expect_status(200).body;
            assert_eq!(there[plural], counts(odd.len() as u64, 0, 0, 0), "{there}");
        }
        let (patients_there, studies_there) = other.everything().await;
        assert_eq!(said(&patients_there), said(&patients), "{accept} {query}");
        assert_eq!(said(&studies_there), said(&studies), "{accept} {query}");
    }
    assert_eq!(registry.everything().await, (patients, studies));
}
