//! Schemas of the value rules, for the contract. Each says in JSON Schema what its function in `values` checks.

use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaFormat, SchemaType, Type};

/// No backslash and no control character.
const LINE: &str = r"^[^\\\u0000-\u001f\u007f-\u009f]*$";
/// No control character but TAB, LF, FF and CR.
const LINES: &str = r"^[^\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]*$";
/// DICOM PS3.5 section 9.1.
const UID: &str = r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*$";
/// DICOM PS3.5 section 6.2, CS.
const CODE_STRING: &str = r"^ *[A-Z0-9_][A-Z0-9 _]*$";
/// Up to three groups of up to five components of a person name; each group at most 64 characters.
const PERSON_NAME: &str = concat!(
    r"^(?=[^=]{0,64}(=[^=]{0,64}){0,2}$)",
    r"[^\\^=\u0000-\u001f\u007f-\u009f]*(\^[^\\^=\u0000-\u001f\u007f-\u009f]*){0,4}",
    r"(=[^\\^=\u0000-\u001f\u007f-\u009f]*(\^[^\\^=\u0000-\u001f\u007f-\u009f]*){0,4}){0,2}$"
);
/// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f` with one to six digits.
const TIME: &str = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$";

/// One line of text of at most `MAX` characters, or null.
pub fn line<const MAX: usize>() -> Object {
    text(MAX, LINE)
}

/// Text of several lines of at most `MAX` characters, or null.
pub fn lines<const MAX: usize>() -> Object {
    text(MAX, LINES)
}

/// A person name as a PN string, or null.
pub fn person_name() -> Object {
    text(194, PERSON_NAME)
}

/// One group of a person name: up to five components joined by `^`, or null.
pub fn name_group() -> Object {
    text(64, r"^[^\\^=\u0000-\u001f\u007f-\u009f]*(\^[^\\^=\u0000-\u001f\u007f-\u009f]*){0,4}$")
}

/// One component of a person name: a line without the delimiters of PN, or null.
pub fn name_component() -> Object {
    text(64, r"^[^\\^=\u0000-\u001f\u007f-\u009f]*$")
}

/// A DICOM UID, or null.
pub fn uid() -> Object {
    text(64, UID)
}

/// A time of day, or null.
pub fn time_of_day() -> Object {
    text(15, TIME)
}

/// A list of code strings.
pub fn code_strings() -> utoipa::openapi::schema::Array {
    let item = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(16)).pattern(Some(CODE_STRING));
    utoipa::openapi::schema::ArrayBuilder::new()
        .schema_type(SchemaType::Array(vec![Type::Array, Type::Null]))
        .items(item)
        .max_items(Some(32))
        .build()
}

/// An instant in UTC (RFC 3339).
pub fn instant() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
        .examples([serde_json::json!("2026-11-22T09:30:00.123456Z")])
        .build()
}

/// An instant in UTC, or null.
pub fn optional_instant() -> Object {
    let mut schema = instant();
    schema.schema_type = SchemaType::Array(vec![Type::String, Type::Null]);
    schema
}

fn text(max: usize, pattern: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(SchemaType::Array(vec![Type::String, Type::Null]))
        .max_length(Some(max))
        .pattern(Some(pattern))
        .build()
}
