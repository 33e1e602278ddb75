//! Collected fields as members of the registry's rows.

use entity::{patient, study};

use super::instance::{PatientFields, StudyFields};

impl PatientFields {
    /// What a row says.
    pub fn of_row(row: &patient::Model) -> Self {
        Self {
            patient_id: Some(row.patient_id.clone()),
            issuer_of_patient_id: Some(row.issuer_of_patient_id.clone()).filter(|issuer| !issuer.is_empty()),
            family_name: row.family_name.clone(),
            given_name: row.given_name.clone(),
            middle_name: row.middle_name.clone(),
            name_prefix: row.name_prefix.clone(),
            name_suffix: row.name_suffix.clone(),
            ideographic_name: row.ideographic_name.clone(),
            phonetic_name: row.phonetic_name.clone(),
            birth_name: row.birth_name.clone(),
            birth_date: row.birth_date,
            sex: row.sex.clone(),
            address: row.address.clone(),
            telephone_number: row.telephone_number.clone(),
            comments: row.comments.clone(),
        }
    }

    /// Puts them into a row, whose number stays.
    pub fn into_row(self, row: patient::Model) -> patient::Model {
        patient::Model {
            family_name: self.family_name,
            given_name: self.given_name,
            middle_name: self.middle_name,
            name_prefix: self.name_prefix,
            name_suffix: self.name_suffix,
            ideographic_name: self.ideographic_name,
            phonetic_name: self.phonetic_name,
            birth_name: self.birth_name,
            birth_date: self.birth_date,
            sex: self.sex,
            address: self.address,
            telephone_number: self.telephone_number,
            comments: self.comments,
            ..row
        }
    }
}

impl StudyFields {
    /// What a row says.
    pub fn of_row(row: &study::Model) -> Self {
        Self {
            study_instance_uid: row.study_instance_uid.clone(),
            study_id: row.study_id.clone(),
            accession_number: row.accession_number.clone(),
            study_date: row.study_date,
            study_time: row.study_time,
            study_description: row.study_description.clone(),
            referring_physician_name: row.referring_physician_name.clone(),
            name_of_physicians_reading_study: row.name_of_physicians_reading_study.clone(),
            institution_name: row.institution_name.clone(),
        }
    }

    /// Puts them into a row, whose UID stays.
    pub fn into_row(self, row: study::Model) -> study::Model {
        study::Model {
            study_id: self.study_id,
            accession_number: self.accession_number,
            study_date: self.study_date,
            study_time: self.study_time,
            study_description: self.study_description,
            referring_physician_name: self.referring_physician_name,
            name_of_physicians_reading_study: self.name_of_physicians_reading_study,
            institution_name: self.institution_name,
            ..row
        }
    }
}
