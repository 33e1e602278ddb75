//! Why a file, an object in it, or a study is not taken.

use std::io;

use crate::http::Language;

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
    pub const fn text(self, language: Language) -> &'static str {
        let (_, english, french) = self.entry();
        match language {
            Language::English => english,
            Language::French => french,
        }
    }

    const fn entry(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::DicomDir => (
                "dicomdir",
                "a DICOMDIR repeats what the files beside it say",
                "un DICOMDIR répète ce que disent les fichiers à côté de lui",
            ),
            Self::Malformed => ("malformed", "the header is damaged", "l'en-tête est endommagé"),
            Self::NotDicom => ("not_dicom", "not a DICOM file", "ce n'est pas un fichier DICOM"),
            Self::NotStorable => (
                "not_storable",
                "the database refuses the study or its patient",
                "la base de données refuse l'étude ou son patient",
            ),
            Self::PatientInBin => ("patient_in_bin", "the patient is in the bin", "le patient est dans la corbeille"),
            Self::StudyInBin => ("study_in_bin", "the study is in the bin", "l'étude est dans la corbeille"),
            Self::StudyOfAnotherPatient => (
                "study_of_another_patient",
                "the study is registered for another patient",
                "l'étude est enregistrée pour un autre patient",
            ),
            Self::StudyUidMissing => (
                "study_uid_missing",
                "there is no Study Instance UID (0020,000D)",
                "il n'y a pas de Study Instance UID (0020,000D)",
            ),
            Self::StudyUidInvalid => (
                "study_uid_invalid",
                "the Study Instance UID (0020,000D) is not a UID",
                "le Study Instance UID (0020,000D) n'est pas un UID",
            ),
            Self::Truncated => ("truncated", "the file ends inside the header", "le fichier s'arrête dans l'en-tête"),
            Self::TooLarge => ("too_large", "the file is too large", "le fichier est trop grand"),
            Self::Unreadable => ("unreadable", "the file cannot be read", "le fichier ne peut pas être lu"),
        }
    }
}

impl Refusal {
    /// A refusal with particulars.
    pub fn new(reason: Reason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }

    /// The refusal said in a sentence, its particulars in brackets.
    pub fn text(&self, language: Language) -> String {
        let text = self.reason.text(language);
        if self.detail.is_empty() { text.to_owned() } else { format!("{text} ({})", self.detail) }
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
