//! What a file is.

use std::path::Path;

use super::table::{Charset, Form, Resource, TableForm};

/// The kinds of files that are imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Rows of CSV or NDJSON.
    Table(TableForm),
    /// A DICOM file (PS3.10).
    Dicom,
    /// The DICOM JSON model (PS3.18 annex F).
    DicomJson,
}

impl Kind {
    /// The kind of a media type (RFC 9110 section 8.3), a parameter `charset` heeded; nothing when it is none of them.
    pub fn of_media_type(media_type: &str, resource: Option<Resource>) -> Option<Self> {
        let mut parts = media_type.split(';').map(|part| part.trim().to_ascii_lowercase());
        let essence = parts.next()?;
        let charset =
            parts.find_map(|part| part.strip_prefix("charset=").map(|name| name.trim_matches('"').to_owned()));
        let charset = match charset.as_deref() {
            None | Some("utf-8" | "utf8" | "us-ascii") => Charset::Utf8,
            Some("windows-1252" | "cp1252" | "iso-8859-1" | "latin1") => Charset::Windows1252,
            Some(_) => return None,
        };
        let form = match essence.as_str() {
            "text/csv" => Form::Csv(charset),
            "application/x-ndjson" if charset == Charset::Utf8 => Form::Ndjson,
            "application/dicom" => return Some(Self::Dicom),
            "application/dicom+json" if charset == Charset::Utf8 => return Some(Self::DicomJson),
            _ => return None,
        };
        Some(Self::Table(TableForm { form, resource }))
    }

    /// The kind of a file of this name: one without an extension that tells is taken for DICOM, whose files often have none.
    pub fn of_name(name: &Path, charset: Charset, resource: Option<Resource>) -> Self {
        let extension = name.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let form = match extension.to_ascii_lowercase().as_str() {
            "csv" => Form::Csv(charset),
            "ndjson" | "jsonl" => Form::Ndjson,
            "json" => return Self::DicomJson,
            _ => return Self::Dicom,
        };
        Self::Table(TableForm { form, resource })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(form: Form) -> Kind {
        Kind::Table(TableForm { form, resource: None })
    }

    #[test]
    fn media_types_tell_kinds() {
        for (media_type, kind) in [
            ("text/csv", Some(table(Form::Csv(Charset::Utf8)))),
            ("Text/CSV; header=present; charset=\"UTF-8\"", Some(table(Form::Csv(Charset::Utf8)))),
            ("text/csv;charset=windows-1252", Some(table(Form::Csv(Charset::Windows1252)))),
            ("text/csv; charset=utf-16", None),
            ("application/x-ndjson", Some(table(Form::Ndjson))),
            ("application/x-ndjson; charset=windows-1252", None),
            ("application/dicom", Some(Kind::Dicom)),
            ("application/dicom+json", Some(Kind::DicomJson)),
            ("application/json", None),
            ("", None),
        ] {
            assert_eq!(Kind::of_media_type(media_type, None), kind, "{media_type}");
        }
    }

    #[test]
    fn names_tell_kinds() {
        for (name, kind) in [
            ("a/Patients.CSV", table(Form::Csv(Charset::Utf8))),
            ("rows.ndjson", table(Form::Ndjson)),
            ("rows.jsonl", table(Form::Ndjson)),
            ("objects.json", Kind::DicomJson),
            ("image.dcm", Kind::Dicom),
            ("IM0001", Kind::Dicom),
        ] {
            assert_eq!(Kind::of_name(Path::new(name), Charset::Utf8, None), kind, "{name}");
        }
    }
}
