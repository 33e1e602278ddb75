//! Files to import.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

/// Keyword, tag and value representation (DICOM PS3.6 section 6).
const ATTRIBUTES: [(&str, &str, &str); 19] = [
    ("SOPInstanceUID", "00080018", "UI"),
    ("StudyDate", "00080020", "DA"),
    ("StudyTime", "00080030", "TM"),
    ("AccessionNumber", "00080050", "SH"),
    ("Modality", "00080060", "CS"),
    ("InstitutionName", "00080080", "LO"),
    ("ModalitiesInStudy", "00080061", "CS"),
    ("ReferringPhysicianName", "00080090", "PN"),
    ("StudyDescription", "00081030", "LO"),
    ("PatientName", "00100010", "PN"),
    ("PatientID", "00100020", "LO"),
    ("IssuerOfPatientID", "00100021", "LO"),
    ("PatientBirthDate", "00100030", "DA"),
    ("PatientSex", "00100040", "CS"),
    ("PatientAddress", "00101040", "LO"),
    ("StudyInstanceUID", "0020000D", "UI"),
    ("SeriesInstanceUID", "0020000E", "UI"),
    ("NumberOfStudyRelatedSeries", "00201206", "IS"),
    ("NumberOfStudyRelatedInstances", "00201208", "IS"),
];

/// Writes objects, whose members are named by keyword, as a DICOM JSON file (PS3.18 annex F).
pub fn write_dicom_json(path: &Path, objects: impl IntoIterator<Item = Value>) -> PathBuf {
    let objects: Vec<Value> = objects.into_iter().map(|object| dicom_json(&object)).collect();
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
    std::fs::write(path, Value::from(objects).to_string()).expect("a file");
    path.to_owned()
}

fn dicom_json(object: &Value) -> Value {
    let members = object.as_object().expect("an object").iter().map(|(keyword, value)| {
        let attribute = ATTRIBUTES.iter().find(|(known, _, _)| known == keyword);
        let (_, tag, vr) = attribute.unwrap_or_else(|| panic!("{keyword} is not in the list"));
        let value = match value {
            Value::Array(values) => values.clone(),
            value if *vr == "PN" => vec![json!({"Alphabetic": value})],
            value => vec![value.clone()],
        };
        ((*tag).to_owned(), json!({"vr": vr, "Value": value}))
    });
    members.collect::<Map<_, _>>().into()
}

/// The folder of the files that pydicom brings along.
pub fn pydicom_data() -> PathBuf {
    let folder = std::env::var_os("PYDICOM_DATA").map(PathBuf::from).filter(|folder| folder.is_dir());
    folder.expect("PYDICOM_DATA is not a folder; run: export PYDICOM_DATA=\"$(tests/setup/pydicom.sh)\"")
}

/// Every file under a folder.
pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files_under(&path) } else { vec![path] }).collect()
}
