//! Why a file, an object in it, or a study is not taken.

use std::fmt;
use std::io;

/// A file, or an object in a file, that is not taken. It names no value of the file: values are personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code of the reason.
    pub reason: Reason,
    /// The particulars in English, empty when the reason says it all.
    pub detail: String,
}

/// The reasons for which a file, an object or a study is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A DICOMDIR: the index of a medium, which repeats what its files say.
    DicomDir,
    /// The header is not built as a DICOM data set is.
    Malformed,
    /// Neither DICOM nor DICOM JSON.
    NotDicom,
    /// The database refuses the study's row, or its patient's.
    NotStorable,
    /// The patient lies in the bin, and is left there.
    PatientInBin,
    /// The study lies in the bin, and is left there.
    StudyInBin,
    /// The study is registered under another Patient ID, and is not moved.
    StudyOfAnotherPatient,
    /// DICOM, but without a Study Instance UID.
    StudyUidMissing,
    /// DICOM with a Study Instance UID that is not a UID.
    StudyUidInvalid,
    /// The file ends inside the header.
    Truncated,
    /// The file is larger than can be read at once (DICOM JSON only).
    TooLarge,
    /// The operating system would not let the file be read.
    Unreadable,
}

impl Reason {
    /// The stable name of the reason.
    pub const fn name(self) -> &'static str {
        self.entry().0
    }

    /// The reason said in a sentence.
    pub const fn text(self) -> &'static str {
        self.entry().1
    }

    const fn entry(self) -> (&'static str, &'static str) {
        match self {
            Self::DicomDir => ("dicomdir", "a DICOMDIR repeats what the files beside it say"),
            Self::Malformed => ("malformed", "the header is damaged"),
            Self::NotDicom => ("not_dicom", "not a DICOM file"),
            Self::NotStorable => ("not_storable", "the database refuses the study or its patient"),
            Self::PatientInBin => ("patient_in_bin", "the patient is in the bin"),
            Self::StudyInBin => ("study_in_bin", "the study is in the bin"),
            Self::StudyOfAnotherPatient => ("study_of_another_patient", "the study is registered for another patient"),
            Self::StudyUidMissing => ("study_uid_missing", "there is no Study Instance UID (0020,000D)"),
            Self::StudyUidInvalid => ("study_uid_invalid", "the Study Instance UID (0020,000D) is not a UID"),
            Self::Truncated => ("truncated", "the file ends inside the header"),
            Self::TooLarge => ("too_large", "the file is too large"),
            Self::Unreadable => ("unreadable", "the file cannot be read"),
        }
    }
}

impl Refusal {
    /// A refusal with particulars.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }

    /// The same refusal, its particulars preceded by the place it is about.
    #[must_use]
    pub fn at(self, place: &str) -> Self {
        let detail = if self.detail.is_empty() { place.to_owned() } else { format!("{place}: {}", self.detail) };
        Self { detail, ..self }
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self::new(reason, "")
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::new(Reason::Unreadable, error.to_string())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason.text())?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, " ({})", self.detail) }
    }
}
