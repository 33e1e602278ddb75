//! The command line, and several runs at once.

use std::io::BufRead;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Registry, counts};
use crate::harness::{Secret, pydicom_data};

fn study(number: u32) -> Value {
    let name = format!("Secretname{number}^Zoé");
    json!({"StudyInstanceUID": format!("1.2.{number}"), "PatientID": format!("ID-{}", number / 2), "PatientName": name, "Modality": "CT"})
}

#[tokio::test]
async fn imports_at_the_same_time_end_with_everything_once() {
    let registry = Registry::new().await;
    let file = registry.file("many.json", (0..500).map(study));
    let data = pydicom_data();
    let import = || registry.import([&data, &file]);
    let reports: [Value; 3] = tokio::join!(import(), import(), import()).into();
    let sum = |rows: &str, outcome: &str| {
        reports.iter().map(|report| report[rows][outcome].as_u64().expect("a number")).sum::<u64>()
    };
    assert_eq!((sum("patients", "created"), sum("studies", "created")), (41 + 250, 45 + 500));
    assert_eq!((sum("patients", "refused"), sum("studies", "refused")), (0, 0));
    let (patients, studies) = registry.everything().await;
    assert_eq!((patients.len(), studies.len()), (41 + 250, 45 + 500));
    assert!(patients.iter().chain(&studies).all(|row| row["version"] == 1));
    let found = registry.client.get("/api/search?type=patient&q=secretname122&count=exact").await.expect_status(200);
    assert_eq!(found.body["total"], 1);
}

#[tokio::test]
async fn the_report_has_its_members_and_no_personal_data() {
    let registry = Registry::new().await;
    let patient = json!({"StudyInstanceUID": "1.3", "PatientID": "ID-1", "PatientName": "Secretname", "PatientBirthDate": "29990101"});
    let file = registry.file("one.json", [study(2), patient, json!({"PatientID": "ID-9"})]);
    let missing = registry.path("missing");
    let report = registry.import([&file, &missing]).await;
    let unreadable = report["refused"][1]["message"].clone();
    let expected = json!({
        "dry_run": false,
        "complete": true,
        "files": {"read": 1, "refused": 1},
        "lines": 0,
        "patients": counts(1, 0, 0, 0),
        "studies": counts(2, 0, 0, 0),
        "refused": [
            {
                "path": file, "line": null, "pointer": null, "study_instance_uid": null, "code": "study_uid_missing",
                "message": "there is no Study Instance UID (0020,000D) (object 3)",
            },
            {
                "path": missing, "line": null, "pointer": null, "study_instance_uid": null, "code": "unreadable",
                "message": unreadable,
            },
        ],
        "truncated": false,
        "reasons": {"study_uid_missing": 1, "unreadable": 1},
        "warnings": [
            {"field": "birth_date", "code": "date_in_future", "count": 1},
            {"field": "patient_name", "code": "differs", "count": 1},
        ],
    });
    assert_eq!(report, expected);

    let text = registry.run([&file, &missing]).await;
    assert!(text.status.success());
    let lines: Vec<_> = text.stdout.lines().map(|line| line.expect("UTF-8")).collect();
    for line in [
        "Files     1 read, 1 refused",
        "Patients  0 created, 0 updated, 1 unchanged, 0 refused",
        "Studies   0 created, 0 updated, 2 unchanged, 0 refused",
        "       1  study_uid_missing",
        "       1  birth_date: date_in_future",
    ] {
        assert!(lines.iter().any(|found| found == line), "{line}: {lines:?}");
    }
    for output in [report.to_string().as_bytes(), &text.stdout, &text.stderr].map(String::from_utf8_lossy) {
        for personal in ["Secretname", "ID-1", "Zoé", "2999"] {
            assert!(!output.contains(personal), "{personal} in {output}");
        }
    }
}

#[tokio::test]
async fn it_fails_when_nothing_could_be_read_or_the_database_fails() {
    let mut registry = Registry::new().await;
    let nothing = registry.run(["missing"]).await;
    assert_eq!(nothing.status.code(), Some(1));
    assert!(nothing.stdout.starts_with(b"missing: the file cannot be read"), "{nothing:?}");
    assert_eq!(registry.run(["--json"]).await.status.code(), Some(2), "a path is needed");

    registry.app.config.database_url = Secret::new("sqlite:///proc/nowhere/registry.db");
    let no_database = registry.run([pydicom_data()]).await;
    assert_eq!(no_database.status.code(), Some(1));
    assert_eq!(no_database.stdout, b"");
    assert!(String::from_utf8_lossy(&no_database.stderr).contains("the database cannot be opened"), "{no_database:?}");
}

#[tokio::test]
async fn an_import_makes_the_schema_it_needs() {
    let mut registry = Registry::new().await;
    let file = registry.file("one.json", [study(2)]);
    registry.app.config.database_url = Secret::new(format!("sqlite://{}", registry.path("new.db").display()));
    assert_eq!(registry.import([file]).await["studies"], counts(1, 0, 0, 0));
}

#[tokio::test]
async fn all_or_nothing_is_nothing_when_a_file_is_missing_or_breaks_off() {
    let registry = Registry::new().await;
    let write = |name: &str, text: &str| {
        let path = registry.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
        std::fs::write(&path, text).expect("a file");
        path
    };
    let good = write("good.csv", "patient_id;family_name\nA1;Durand\n");
    let open = write("open.csv", "patient_id;family_name\nA2;Durand\nA3;\"Petit\n");
    let (missing, atomic) = (registry.path("missing.csv"), PathBuf::from("--atomic"));
    let output = registry.run([&atomic, &good, &missing]).await;
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]), "{output:?}");
    let output = registry.run([&atomic, &good, &open]).await;
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("Nothing was entered, since not all of it could be taken."), "{told}");
    assert_eq!(registry.everything().await, (Vec::new(), Vec::new()));
    // Without it, what can be read is.
    let report = registry.report(&["--json", "--dry-run"], [&good, &missing]).await;
    assert_eq!(report["files"], json!({"read": 1, "refused": 1}));
    let report = registry.report(&["--json"], [&good, &missing]).await;
    assert_eq!((&report["files"], &report["patients"]), (&json!({"read": 1, "refused": 1}), &counts(1, 0, 0, 0)));
}
