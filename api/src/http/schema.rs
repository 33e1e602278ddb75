//! Schemas of the value rules, for the contract. Each says in JSON Schema what its function in `values` checks.

use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};

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

/// One of some words.
pub fn choice(words: &[&str]) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.iter().copied())).build()
}

/// One of some words, or null.
pub fn optional_choice(words: &[&str]) -> Object {
    let values = words.iter().copied().map(Some).chain([None]);
    ObjectBuilder::new()
        .schema_type(SchemaType::Array(vec![Type::String, Type::Null]))
        .enum_values(Some(values))
        .build()
}

/// Some words joined by commas, as a filter.
pub fn comma_list(words: &[&str]) -> Object {
    let any = words.join("|");
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(format!("^({any})(,({any}))*$")))
        .examples([serde_json::json!(words[..2].join(","))])
        .build()
}

/// Modalities joined by commas, as a filter.
pub fn modalities() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some("^[A-Z0-9_]{1,16}(,[A-Z0-9_]{1,16})*$"))
        .max_length(Some(500))
        .examples([serde_json::json!("CT,MR")])
        .build()
}

/// Text of a filter of at most `MAX` characters, not only spaces.
pub fn filter_text<const MAX: usize>() -> Object {
    ObjectBuilder::new().schema_type(Type::String).max_length(Some(MAX)).pattern(Some(r"\S")).build()
}

/// DICOM UIDs joined by commas, as a filter.
pub fn uids() -> Object {
    filter(r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*(,(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*)*$", 64, "2.25.1")
}

/// Text of a filter with a pattern of its own.
pub fn filter(pattern: &str, max: usize, example: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(max))
        .pattern(Some(pattern))
        .examples([serde_json::json!(example)])
        .build()
}

/// The schema of a merge patch: the one of the whole, with nothing required.
pub fn patch_of(whole: RefOr<Schema>) -> RefOr<Schema> {
    match whole {
        RefOr::T(Schema::Object(mut object)) => {
            object.required.clear();
            object.example = None;
            object.examples.clear();
            RefOr::T(Schema::Object(object))
        }
        other => other,
    }
}

/// A date or a range of dates, as a filter.
pub fn date_range() -> Object {
    const END: &str = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?";
    range(&format!(r"^({END}|{END}\.\.({END})?|\.\.{END}|[0-9]{{8}}(-([0-9]{{8}})?)?|-[0-9]{{8}})$"), "1980..1989")
}

/// An instant or a range of instants, as a filter.
pub fn instant_range() -> Object {
    const DAY: &str = "[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2}))?)?)?";
    range(&format!(r"^({DAY}|{DAY}\.\.({DAY})?|\.\.{DAY})$"), "2026-11..")
}

fn range(pattern: &str, example: &str) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(pattern))
        .examples([serde_json::json!(example)])
        .build()
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
