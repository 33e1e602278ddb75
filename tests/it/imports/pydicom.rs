//! Real files of many makers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Registry, counts, refused, warnings};
use crate::harness::{files_under, pydicom_data};

/// All but the one file that is DICOM JSON and has a study of its own.
fn dicom_files() -> Vec<PathBuf> {
    let mut files = files_under(&pydicom_data());
    files.retain(|path| path.extension().is_none_or(|extension| extension != "json"));
    files
}

#[tokio::test]
async fn every_file_with_a_study_uid_counts_and_a_second_import_changes_nothing() {
    let registry = Registry::new().await;
    let report = registry.import(dicom_files()).await;
    assert_eq!(report["files"]["read"], 162);
    assert_eq!(report["patients"], counts(40, 0, 0, 0));
    assert_eq!(report["studies"], counts(44, 0, 0, 0));
    assert_eq!(report["reasons"]["truncated"], 1);
    assert_eq!(report["reasons"]["dicomdir"], 8);

    let before = registry.everything().await;
    let again = registry.import(dicom_files()).await;
    assert_eq!(again["patients"], counts(0, 0, 40, 0));
    assert_eq!(again["studies"], counts(0, 0, 44, 0));
    for member in ["files", "reasons", "refused", "warnings"] {
        assert_eq!(again[member], report[member], "{member}");
    }
    assert_eq!(registry.everything().await, before);

    let folder = registry.import([pydicom_data()]).await;
    assert_eq!(folder["studies"], counts(1, 0, 44, 0), "test1.json is DICOM JSON");
}

#[tokio::test]
async fn what_the_headers_say_is_registered() {
    let registry = Registry::new().await;
    let report = registry.import([pydicom_data()]).await;
    let expected = [
        ("birth_date:date_implausible", 1),
        ("birth_date:placeholder", 2),
        ("institution_name:differs", 1),
        ("pixel_data:truncated", 1),
    ];
    assert_eq!(warnings(&report), expected.map(|(place, count)| (place.to_owned(), count)).into());

    let doe = registry.patient("98890234").await;
    assert_eq!((&doe["patient_name"], &doe["number_of_studies"]), (&json!("Doe^Peter"), &json!(4)));
    assert_eq!((&doe["created_by"], &doe["updated_by"], &doe["version"]), (&Value::Null, &Value::Null, &json!(1)));
    let citizen = registry.patient("12345678").await;
    let study = registry.only(&format!("/api/patients/{}/studies?limit=2", citizen["id"])).await;
    assert_eq!(study["number_of_study_related_instances"], 50);
    assert_eq!(study["status"], "available");
    assert_eq!(study["created_by"], Value::Null);
}

#[tokio::test]
async fn people_without_a_patient_id_stay_apart() {
    let registry = Registry::new().await;
    registry.import([pydicom_data()]).await;
    let made = registry.all("/api/patients?sort=id").await;
    let made: Vec<&Value> =
        made.iter().filter(|patient| patient["patient_id"].as_str().is_some_and(|id| id.starts_with("PT-"))).collect();
    assert_eq!(made.len(), 9);
    assert!(made.iter().all(|patient| patient["number_of_studies"] == 1), "{made:?}");
    let names: BTreeSet<&str> = made.iter().filter_map(|patient| patient["patient_name"].as_str()).collect();
    assert_eq!(names, BTreeSet::from(["", "Anonymized", "Last Name^First Name", "Test^S R"]));
}

#[tokio::test]
async fn names_are_found_in_their_scripts() {
    let registry = Registry::new().await;
    registry.import([pydicom_data().join("charset_files")]).await;
    for (query, patient_id) in [
        ("Jérôme", "SCSFREN"),
        ("jerome", "SCSFREN"),
        ("BUC", "SCSFREN"),
        ("山田", "H31EXAMPLE"),
        ("やまだ", "H31EXAMPLE"),
        ("rudiger", "SCSGERM"),
        ("люкceмбypг", "SCSRUSS"),
        ("홍", "I2EXAMPLE"),
    ] {
        let answer = registry.client.get(&format!("/api/search?type=patient&q={query}")).await.expect_status(200);
        let found = answer.items().iter().any(|hit| hit["patient"]["patient_id"] == patient_id);
        assert!(found, "{query}: {}", answer.text);
    }
}

#[tokio::test]
async fn truncated_files_are_refused_one_by_one_and_stop_nothing() {
    let registry = Registry::new().await;
    let folder = registry.path("");
    std::fs::create_dir_all(&folder).expect("a folder");
    let copy = |name: &str, length: Option<usize>, to: &str| {
        let bytes = std::fs::read(pydicom_data().join("test_files").join(name)).expect("a file");
        std::fs::write(folder.join(to), &bytes[..length.unwrap_or(bytes.len())]).expect("a copy");
    };
    copy("CT_small.dcm", Some(700), "1-cut.dcm");
    copy("CT_small.dcm", Some(1500), "2-cut.dcm");
    copy("CT_small.dcm", None, "3-whole.dcm");
    copy("rtplan_truncated.dcm", None, "4-cut.dcm");
    copy("MR_truncated.dcm", None, "5-whole-but-its-pixels.dcm");
    copy("README.txt", None, "6-text.dcm");
    let report = registry.import([&folder]).await;
    assert_eq!(report["files"], json!({"read": 2, "refused": 4}));
    assert_eq!(report["studies"], counts(2, 0, 0, 0));
    let expected = [
        ("1-cut.dcm", "truncated"),
        ("2-cut.dcm", "truncated"),
        ("4-cut.dcm", "truncated"),
        ("6-text.dcm", "not_dicom"),
    ];
    assert_eq!(refused(&report), expected.map(|(path, reason)| (path.to_owned(), String::new(), reason.to_owned())));
    assert_eq!(report["reasons"], json!({"truncated": 3, "not_dicom": 1}));
    assert!(report["refused"].as_array().expect("a list").iter().all(|refused| is_explained(refused, &folder)));
}

fn is_explained(refused: &Value, folder: &Path) -> bool {
    refused["path"].as_str().is_some_and(|path| Path::new(path).starts_with(folder))
        && refused["message"].as_str().is_some_and(|message| !message.is_empty())
}

#[tokio::test]
async fn a_dry_run_tells_the_same_and_changes_nothing() {
    let registry = Registry::new().await;
    let data = pydicom_data();
    let dry = registry.report(&["--json", "--dry-run"], [&data]).await;
    assert_eq!(dry["dry_run"], true);
    assert_eq!(dry["studies"], counts(45, 0, 0, 0));
    assert_eq!(registry.everything().await, (vec![], vec![]));

    let mut wet = registry.import([&data]).await;
    assert_eq!(wet["dry_run"], false);
    wet["dry_run"] = true.into();
    assert_eq!(wet, dry);

    let before = registry.everything().await;
    let dry = registry.report(&["--json", "--dry-run"], [&data]).await;
    assert_eq!(dry["studies"], counts(0, 0, 45, 0));
    assert_eq!(registry.everything().await, before);
}
