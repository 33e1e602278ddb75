//! What both readers hand on: the values of the attributes the registry keeps, as text.

use std::collections::{BTreeMap, BTreeSet};

/// A data element tag, the group in the upper half: `0x0010_0020` is (0010,0020).
pub type Tag = u32;

// The attributes that are read, by keyword (DICOM PS3.6 section 6).
pub const TRANSFER_SYNTAX_UID: Tag = 0x0002_0010;
pub const MEDIA_STORAGE_SOP_CLASS_UID: Tag = 0x0002_0002;
/// Offset of the First Directory Record of the Root Directory Entity: every DICOMDIR has it, and nothing else.
pub const OFFSET_OF_THE_FIRST_DIRECTORY_RECORD: Tag = 0x0004_1200;
pub const SPECIFIC_CHARACTER_SET: Tag = 0x0008_0005;
pub const SOP_CLASS_UID: Tag = 0x0008_0016;
pub const SOP_INSTANCE_UID: Tag = 0x0008_0018;
pub const STUDY_DATE: Tag = 0x0008_0020;
pub const STUDY_TIME: Tag = 0x0008_0030;
pub const ACCESSION_NUMBER: Tag = 0x0008_0050;
pub const MODALITY: Tag = 0x0008_0060;
pub const MODALITIES_IN_STUDY: Tag = 0x0008_0061;
pub const INSTITUTION_NAME: Tag = 0x0008_0080;
pub const REFERRING_PHYSICIAN_NAME: Tag = 0x0008_0090;
pub const STUDY_DESCRIPTION: Tag = 0x0008_1030;
pub const NAME_OF_PHYSICIANS_READING_STUDY: Tag = 0x0008_1060;
pub const PATIENT_NAME: Tag = 0x0010_0010;
pub const PATIENT_ID: Tag = 0x0010_0020;
pub const ISSUER_OF_PATIENT_ID: Tag = 0x0010_0021;
pub const PATIENT_BIRTH_DATE: Tag = 0x0010_0030;
pub const PATIENT_SEX: Tag = 0x0010_0040;
pub const PATIENT_BIRTH_NAME: Tag = 0x0010_1005;
pub const PATIENT_ADDRESS: Tag = 0x0010_1040;
pub const PATIENT_TELEPHONE_NUMBERS: Tag = 0x0010_2154;
pub const PATIENT_COMMENTS: Tag = 0x0010_4000;
pub const STUDY_INSTANCE_UID: Tag = 0x0020_000D;
pub const SERIES_INSTANCE_UID: Tag = 0x0020_000E;
pub const STUDY_ID: Tag = 0x0020_0010;
pub const NUMBER_OF_STUDY_RELATED_SERIES: Tag = 0x0020_1206;
pub const NUMBER_OF_STUDY_RELATED_INSTANCES: Tag = 0x0020_1208;

/// The attributes that make an instance, wherever they come from.
pub const OF_AN_INSTANCE: [Tag; 21] = [
    SOP_INSTANCE_UID,
    STUDY_DATE,
    STUDY_TIME,
    ACCESSION_NUMBER,
    MODALITY,
    INSTITUTION_NAME,
    REFERRING_PHYSICIAN_NAME,
    STUDY_DESCRIPTION,
    NAME_OF_PHYSICIANS_READING_STUDY,
    PATIENT_NAME,
    PATIENT_ID,
    ISSUER_OF_PATIENT_ID,
    PATIENT_BIRTH_DATE,
    PATIENT_SEX,
    PATIENT_BIRTH_NAME,
    PATIENT_ADDRESS,
    PATIENT_TELEPHONE_NUMBERS,
    PATIENT_COMMENTS,
    STUDY_INSTANCE_UID,
    SERIES_INSTANCE_UID,
    STUDY_ID,
];

/// Something about one field that could not be taken over as it was sent. It names the field and never the value:
/// values are personal data, and warnings end up in reports and logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Warning {
    /// The registry's name of the field.
    pub field: &'static str,
    /// What is wrong: the name of a [`FaultCode`](crate::values::FaultCode) or one of this module's own codes.
    pub code: &'static str,
}

/// The values of one header or JSON object.
///
/// A value is trimmed of its padding (spaces and NUL, DICOM PS3.5 section 6.2); a person name is a PN string.
#[derive(Clone, Debug, Default)]
pub struct Attributes {
    values: BTreeMap<Tag, Result<Vec<String>, &'static str>>,
    /// What is to be said about the object as a whole.
    pub warnings: BTreeSet<Warning>,
}

impl Attributes {
    /// Sets the values of an attribute.
    pub fn put(&mut self, tag: Tag, values: impl IntoIterator<Item = impl AsRef<str>>) {
        let values = values.into_iter().map(|value| value.as_ref().trim_matches([' ', '\0']).to_owned()).collect();
        self.values.insert(tag, Ok(values));
    }

    /// Notes that the attribute is there, but that its value cannot be read for the reason `code`.
    pub fn put_unreadable(&mut self, tag: Tag, code: &'static str) {
        self.values.insert(tag, Err(code));
    }

    /// Notes something about the object as a whole.
    pub fn warn(&mut self, field: &'static str, code: &'static str) {
        self.warnings.insert(Warning { field, code });
    }

    /// The values of an attribute: none when it is absent, the code of the reason when they could not be read.
    pub fn get(&self, tag: Tag) -> Result<&[String], &'static str> {
        self.values.get(&tag).map_or(Ok(&[]), |values| values.as_deref().map_err(|code| *code))
    }
}
