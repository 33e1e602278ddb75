//! Things to send.

use serde_json::{Value, json};

/// A patient with every member filled in.
pub fn a_patient() -> Value {
    json!({
        "family_name": "Lefèvre", "given_name": "Zoé", "middle_name": "Anne", "name_prefix": "Dr",
        "birth_name": "D'Artagnan", "birth_date": "1980-01-31", "sex": "F", "address": "3 rue des Lilas, 75020 Paris",
        "telephone_number": "+33 1 99 00 12 34", "comments": "allergique à l'iode\nporteuse d'un stimulateur",
    })
}

/// A study of this patient with most members filled in.
pub fn a_study(patient_fk: i64) -> Value {
    json!({
        "patient_fk": patient_fk, "study_id": "S1", "accession_number": "ACC-1", "study_date": "2026-03-14",
        "study_time": "08:30:15.5", "study_description": "IRM cérébrale", "modalities_in_study": ["MR", "SR"],
        "referring_physician_name": "Roux^Élodie", "institution_name": "Hôpital Nord",
        "number_of_study_related_series": 3, "number_of_study_related_instances": 90, "status": "available",
    })
}

/// A patient of whom nothing is said but the name.
pub fn named(family_name: &str) -> Value {
    json!({"family_name": family_name})
}

/// The ids of rows.
pub fn ids(rows: &[Value]) -> Vec<i64> {
    rows.iter().map(|row| row["id"].as_i64().expect("an id")).collect()
}
