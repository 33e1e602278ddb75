//! The names of what can be wrong with a value, and how they are said.

use crate::http::Language;

/// What is wrong with one value. The name (snake case in JSON) is part of the contract; the text is for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultCode {
    BirthAfterStudy,
    DateImplausible,
    DateInFuture,
    EmptyParameter,
    InvalidCharacter,
    InvalidCodeString,
    InvalidCursor,
    InvalidDate,
    InvalidEncoding,
    InvalidEnum,
    InvalidNetwork,
    InvalidRange,
    InvalidTime,
    InvalidType,
    InvalidUid,
    InvalidUsername,
    InvalidWildcard,
    InstancesBelowSeries,
    MalformedLine,
    NotForDicom,
    NotStorable,
    OutOfRange,
    PatientAlreadyExists,
    PatientDeleted,
    PatientNotFound,
    PnGroupTooLong,
    PnTooManyComponents,
    PnTooManyGroups,
    RepeatedField,
    RepeatedParameter,
    Required,
    StudyAlreadyExists,
    StudyBeforeBirth,
    StudyDeleted,
    StudyOfAnotherPatient,
    TimeWithoutDate,
    TooLong,
    TooLongToSort,
    TooManyCells,
    TooManyHits,
    TooShort,
    UidTooLong,
    Unchanged,
    UnclosedQuote,
    UnknownField,
    UnknownParameter,
    UnknownTable,
    UnknownVersion,
    WeakPassword,
    WrongCode,
    WrongPassword,
}

impl FaultCode {
    /// The stable name of the fault.
    pub const fn name(self) -> &'static str {
        self.entry().0
    }

    /// The fault said in a sentence.
    pub const fn text(self, language: Language) -> &'static str {
        let (_, english, french) = self.entry();
        match language {
            Language::English => english,
            Language::French => french,
        }
    }

    #[expect(clippy::too_many_lines, reason = "a table, a line each")]
    const fn entry(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::BirthAfterStudy => (
                "birth_after_study",
                "is later than a study of this patient",
                "est postérieure à une étude de ce patient",
            ),
            Self::DateImplausible => ("date_implausible", "is before 1800", "est antérieure à 1800"),
            Self::DateInFuture => ("date_in_future", "lies in the future", "est dans le futur"),
            Self::EmptyParameter => ("empty_parameter", "has no value", "n'a pas de valeur"),
            Self::InvalidCharacter => (
                "invalid_character",
                "holds a backslash or a control character",
                "contient une barre oblique inverse ou un caractère de contrôle",
            ),
            Self::InvalidCodeString => (
                "invalid_code_string",
                "is not a code: capital letters, digits, spaces and underscores, at most 16",
                "n'est pas un code : majuscules, chiffres, espaces et tirets bas, 16 au plus",
            ),
            Self::InvalidCursor => {
                ("invalid_cursor", "is not a cursor of this query", "n'est pas un curseur de cette requête")
            }
            Self::InvalidDate => ("invalid_date", "is not a calendar date", "n'est pas une date du calendrier"),
            Self::InvalidEncoding => (
                "invalid_encoding",
                "is not UTF-8; a file of Windows-1252 is sent with charset=windows-1252",
                "n'est pas en UTF-8 ; un fichier en Windows-1252 s'envoie avec charset=windows-1252",
            ),
            Self::InvalidEnum => {
                ("invalid_enum", "is not one of the allowed values", "n'est pas une des valeurs permises")
            }
            Self::InvalidNetwork => (
                "invalid_network",
                "is not an address or a network such as 192.0.2.0/24 or 2001:db8::/32",
                "n'est ni une adresse ni un réseau comme 192.0.2.0/24 ou 2001:db8::/32",
            ),
            Self::InvalidRange => (
                "invalid_range",
                "is not a date or a range of dates such as 2026-01..2026-03",
                "n'est ni une date ni un intervalle de dates comme 2026-01..2026-03",
            ),
            Self::InvalidTime => {
                ("invalid_time", "is not a time of day such as 08:30:00", "n'est pas une heure comme 08:30:00")
            }
            Self::InvalidType => ("invalid_type", "has the wrong type", "n'a pas le bon type"),
            Self::InvalidUid => ("invalid_uid", "is not a DICOM UID", "n'est pas un UID DICOM"),
            Self::InvalidUsername => (
                "invalid_username",
                "is not a username: letters without accents, digits and ._@+-, a letter or digit first",
                "n'est pas un nom de connexion : lettres sans accent, chiffres et ._@+-, une lettre ou un chiffre d'abord",
            ),
            Self::InvalidWildcard => (
                "invalid_wildcard",
                "has a wildcard elsewhere than at the end of a word of two letters or more",
                "a un joker ailleurs qu'à la fin d'un mot de deux lettres ou plus",
            ),
            Self::InstancesBelowSeries => {
                ("out_of_range", "is below the number of series", "est inférieur au nombre de séries")
            }
            Self::MalformedLine => (
                "malformed_line",
                "is not a JSON object that has each member once",
                "n'est pas un objet JSON où chaque membre figure une seule fois",
            ),
            Self::NotForDicom => {
                ("not_for_dicom", "has no meaning for DICOM files", "n'a pas de sens pour des fichiers DICOM")
            }
            Self::NotStorable => ("not_storable", "is refused by the database", "est refusée par la base de données"),
            Self::OutOfRange => ("out_of_range", "is out of range", "est hors limites"),
            Self::PatientAlreadyExists => {
                ("patient_already_exists", "is the number of a patient there is", "est le numéro d'un patient existant")
            }
            Self::PatientDeleted => (
                "patient_deleted",
                "is the number of a patient in the bin",
                "est le numéro d'un patient dans la corbeille",
            ),
            Self::PatientNotFound => {
                ("patient_not_found", "names no patient of the registry", "ne désigne aucun patient du registre")
            }
            Self::PnGroupTooLong => (
                "pn_group_too_long",
                "has a name group of more than 64 characters",
                "a un groupe de nom de plus de 64 caractères",
            ),
            Self::PnTooManyComponents => {
                ("pn_too_many_components", "has too many name components", "a trop de composants de nom")
            }
            Self::PnTooManyGroups => {
                ("pn_too_many_groups", "has more than three name groups", "a plus de trois groupes de nom")
            }
            Self::RepeatedField => ("repeated_field", "stands there twice", "s'y trouve deux fois"),
            Self::RepeatedParameter => ("repeated_parameter", "is given more than once", "est donné plus d'une fois"),
            Self::Required => ("required", "is required", "est obligatoire"),
            Self::StudyAlreadyExists => {
                ("study_already_exists", "is the UID of a study there is", "est l'UID d'une étude existante")
            }
            Self::StudyBeforeBirth => {
                ("study_before_birth", "is before the patient's birth", "est antérieure à la naissance du patient")
            }
            Self::StudyDeleted => {
                ("study_deleted", "is the UID of a study in the bin", "est l'UID d'une étude dans la corbeille")
            }
            Self::StudyOfAnotherPatient => (
                "study_of_another_patient",
                "is the UID of another patient's study",
                "est l'UID d'une étude d'un autre patient",
            ),
            Self::TimeWithoutDate => ("time_without_date", "needs a study date", "demande une date d'étude"),
            Self::TooManyHits => (
                "too_many_hits",
                "leaves too many hits to put in order; narrow the search",
                "laisse trop de résultats à trier ; précisez la recherche",
            ),
            Self::TooLong => ("too_long", "is too long", "est trop long"),
            Self::TooLongToSort => (
                "too_long_to_sort",
                "would take too long; narrow the search",
                "prendrait trop de temps ; précisez la recherche",
            ),
            Self::TooManyCells => {
                ("too_many_cells", "has more cells than the heading", "a plus de cellules que l'en-tête")
            }
            Self::TooShort => ("too_short", "is too short", "est trop court"),
            Self::UidTooLong => ("uid_too_long", "is longer than 64 characters", "dépasse 64 caractères"),
            Self::Unchanged => ("unchanged", "must be another one", "doit être un autre"),
            Self::UnclosedQuote => (
                "unclosed_quote",
                "begins a quote that is closed nowhere; from here on nothing was read",
                "ouvre des guillemets qui ne se ferment nulle part ; rien n'a été lu à partir d'ici",
            ),
            Self::UnknownField => {
                ("unknown_field", "is not a field of this resource", "n'est pas un champ de cette ressource")
            }
            Self::UnknownParameter => (
                "unknown_parameter",
                "is not a parameter of this operation",
                "n'est pas un paramètre de cette opération",
            ),
            Self::UnknownVersion => (
                "unknown_version",
                "is not a version that the history has",
                "n'est pas une version que l'historique connaît",
            ),
            Self::WeakPassword => (
                "weak_password",
                "is too easy to guess: common, or made of names, words or a pattern; add uncommon words",
                "est trop facile à deviner : courant, ou fait de noms, de mots ou d'un motif ; ajoutez des mots rares",
            ),
            Self::UnknownTable => (
                "unknown_table",
                "has no heading that tells patients from studies",
                "n'a pas d'en-tête qui distingue patients et études",
            ),
            Self::WrongCode => ("wrong_code", "is not the right code", "n'est pas le bon code"),
            Self::WrongPassword => {
                ("wrong_password", "is not the current password", "n'est pas le mot de passe actuel")
            }
        }
    }
}
