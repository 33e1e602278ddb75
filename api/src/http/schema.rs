//! The value rules as JSON Schema, for the contract.
//!
//! A rule is written once, here; wire types name it: `#[schema(pattern = "line")]`. [`resolve`] puts the expression in the place
//! of the name when the contract is made.

use utoipa::openapi::schema::{ArrayItems, Object, ObjectBuilder, Schema, Type};
use utoipa::openapi::{KnownFormat, RefOr, SchemaFormat};

/// No backslash and no control character (LO, SH).
const LINE: &str = r"^[^\\\u0000-\u001f\u007f-\u009f]*$";
/// No control character but TAB, LF, FF and CR (LT).
const LINES: &str = r"^[^\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]*$";
/// A line without the delimiters of PN.
const NAME_COMPONENT: &str = r"^[^\\^=\u0000-\u001f\u007f-\u009f]*$";
/// Up to five components joined by `^`.
const NAME_GROUP: &str = r"^[^\\^=\u0000-\u001f\u007f-\u009f]*(\^[^\\^=\u0000-\u001f\u007f-\u009f]*){0,4}$";
/// Up to three groups of up to five components; each group at most 64 characters.
const PERSON_NAME: &str = concat!(
    r"^(?=[^=]{0,64}(=[^=]{0,64}){0,2}$)",
    r"[^\\^=\u0000-\u001f\u007f-\u009f]*(\^[^\\^=\u0000-\u001f\u007f-\u009f]*){0,4}",
    r"(=[^\\^=\u0000-\u001f\u007f-\u009f]*(\^[^\\^=\u0000-\u001f\u007f-\u009f]*){0,4}){0,2}$"
);
/// DICOM PS3.5 section 6.2, CS.
const CODE_STRING: &str = r"^ *[A-Z0-9_][A-Z0-9 _]*$";

/// A year, month or day.
const DAY: &str = "(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?";
/// A day as DICOM writes it.
const DICOM_DAY: &str = "(?!0000)[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])";
/// A time of day with its offset, behind a day.
const TIME_OF_INSTANT: &str =
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])";

/// A word of a search.
const WORD: &str = r"[^*?\s\u0000-\u001f\u007f-\u009f]([^*?\s\u0000-\u001f\u007f-\u009f]+\*?)?";
/// What stands between words.
const GAP: &str = r"[^\S\u0000-\u001f\u007f-\u009f]";

/// The expression of a rule.
fn expression(rule: &str) -> Option<String> {
    let fixed = match rule {
        "line" => LINE,
        "lines" => LINES,
        "name_component" => NAME_COMPONENT,
        "name_group" => NAME_GROUP,
        "person_name" => PERSON_NAME,
        // DICOM PS3.5 section 9.1.
        "uid" => r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*$",
        // From 1800 on.
        "plausible_date" => "^(1[89]|[2-9][0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
        "time_of_day" => r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?$",
        // Filters: none is blank.
        "not_blank" => r"\S",
        // Three components at most.
        "name_filter" => r"^([^^]*[^^\s][^^]*|[^^]*\^[^^]*(\^[^^]*)?)$",
        "uids" => r"^(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*(,(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))*)*$",
        "modalities" => "^[A-Z0-9_]{1,16}(,[A-Z0-9_]{1,16})*$",
        "sexes" => "^[MFO](,[MFO])*$",
        "statuses" => {
            "^(registered|available|cancelled|entered-in-error|unknown)(,(registered|available|cancelled|entered-in-error|unknown))*$"
        }
        "roles" => "^(lecture|modification|admin)(,(lecture|modification|admin))*$",
        "username" => "^[A-Za-z0-9][A-Za-z0-9._@+-]*$",
        "network" => return Some(network()),
        // A line that is not blank.
        "shown_name" => {
            r"^[^\\\u0000-\u001f\u007f-\u009f]*[^\\\s\u0000-\u001f\u007f-\u009f][^\\\u0000-\u001f\u007f-\u009f]*$"
        }
        "hit_fields" => {
            let field = crate::search::HIT_FIELDS.join("|");
            return Some(format!("^({field})(,({field}))*$"));
        }
        "includes" => "^(patient|studies)(,(patient|studies))*$",
        "types" => "^(patient|study)(,(patient|study))*$",
        // `*` may end a word of two characters or more.
        "search_text" => return Some(format!("^{GAP}*{WORD}({GAP}+{WORD})*{GAP}*$")),
        "date_range" => {
            return Some(format!(
                r"^({DAY}|{DAY}\.\.({DAY})?|\.\.{DAY}|{DICOM_DAY}|{DICOM_DAY}-({DICOM_DAY})?|-{DICOM_DAY})$"
            ));
        }
        "instant_range" => {
            let end = format!("({DAY}|[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]){TIME_OF_INSTANT})");
            return Some(format!(r"^({end}|{end}\.\.({end})?|\.\.{end})$"));
        }
        _ => return None,
    };
    Some(fixed.to_owned())
}

/// An address of either version, with or without a prefix length (RFC 4632 section 3.1, RFC 4291 sections 2.2 and 2.3).
fn network() -> String {
    let byte = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    let group = "[0-9A-Fa-f]{1,4}";
    let mut sixteen = vec![
        format!("({group}:){{7}}{group}"),
        format!("({group}:){{1,7}}:"),
        format!(":(:{group}){{1,7}}"),
        "::".to_owned(),
    ];
    sixteen.extend((1..=6).map(|front| format!("({group}:){{{front}}}(:{group}){{1,{}}}", 7 - front)));
    let four = format!(r"{byte}(\.{byte}){{3}}(/(3[0-2]|[12]?[0-9]))?");
    format!("^({four}|({})(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$", sixteen.join("|"))
}

/// Puts the expressions in the place of the names of rules, in a schema and all it holds.
pub fn resolve(schema: &mut RefOr<Schema>) {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            if let Some(expression) = object.pattern.as_deref().and_then(expression) {
                object.pattern = Some(expression);
            }
            object.properties.values_mut().for_each(resolve);
        }
        RefOr::T(Schema::Array(array)) => {
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                resolve(items);
            }
        }
        _ => {}
    }
}

/// A modality: a code string.
pub fn modality() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(16))
        .pattern(Some(CODE_STRING))
        .build()
}

/// An instant in UTC (RFC 3339).
pub fn instant() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .examples([serde_json::json!("2026-11-22T09:30:00.123456Z")])
        .build()
}

/// The schema of a merge patch: the one of the whole, with nothing required, and null for all but what is kept.
pub fn patch_of(whole: RefOr<Schema>, kept: &[&str]) -> RefOr<Schema> {
    match whole {
        RefOr::T(Schema::Object(mut object)) => {
            object.required.clear();
            object.example = None;
            object.examples.clear();
            for name in kept {
                if let Some(RefOr::T(Schema::Object(member))) = object.properties.get_mut(*name) {
                    member.schema_type = Type::String.into();
                }
            }
            RefOr::T(Schema::Object(object))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_rule_that_is_named_exists() {
        let text = crate::openapi::yaml().expect("the contract is written");
        let names = text.lines().filter_map(|line| line.trim().strip_prefix("pattern: "));
        for name in names {
            let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            assert!(!plain, "the rule {name} has no expression");
        }
    }
}
