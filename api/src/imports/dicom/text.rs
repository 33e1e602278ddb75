//! The values of a data set as text: in which character set it is written, and what cannot be read for sure.

use crate::imports::attributes::{self as tag, Attributes, Tag};
use crate::imports::charset::{CharacterSet, Decoded};
use crate::imports::dataset::Elements;
use crate::imports::refusal::Reason;
use crate::values;

/// The elements as text, each in the character set of the data set if its representation is subject to it.
pub(super) fn attributes(elements: &Elements) -> Attributes {
    let mut attributes = Attributes::default();
    let set = character_set(elements, &mut attributes);
    for (&tag, value) in &elements.values {
        let Some(value) = value else {
            attributes.put_unreadable(tag, values::FaultCode::TooLong.name());
            continue;
        };
        match text(set, tag, value) {
            Some(Decoded { text, guessed }) => {
                if guessed {
                    attributes.warn("specific_character_set", "undeclared_character_set");
                }
                // In an LT a backslash is a character like any other.
                if tag == tag::PATIENT_COMMENTS {
                    attributes.put(tag, [text]);
                } else {
                    attributes.put(tag, text.split('\\'));
                }
            }
            None => attributes.put_unreadable(tag, "undecodable_text"),
        }
    }
    if elements.pixel_data_cut {
        attributes.warn("pixel_data", Reason::Truncated.name());
    }
    attributes
}

fn character_set(elements: &Elements, attributes: &mut Attributes) -> CharacterSet {
    let declared = elements.values.get(&tag::SPECIFIC_CHARACTER_SET).and_then(Option::as_deref).map(ascii);
    let terms = declared.as_deref().unwrap_or("");
    CharacterSet::declared(terms.split('\\')).unwrap_or_else(|| {
        attributes.warn("specific_character_set", "unknown_character_set");
        CharacterSet::default()
    })
}

/// Decodes a value. Codes, dates and UIDs are ASCII whatever the character set.
fn text(set: CharacterSet, tag: Tag, value: &[u8]) -> Option<Decoded> {
    match tag {
        tag::PATIENT_NAME
        | tag::PATIENT_BIRTH_NAME
        | tag::REFERRING_PHYSICIAN_NAME
        | tag::NAME_OF_PHYSICIANS_READING_STUDY => set.decode(value, true),
        tag::ACCESSION_NUMBER
        | tag::INSTITUTION_NAME
        | tag::STUDY_DESCRIPTION
        | tag::PATIENT_ID
        | tag::ISSUER_OF_PATIENT_ID
        | tag::PATIENT_ADDRESS
        | tag::PATIENT_TELEPHONE_NUMBERS
        | tag::PATIENT_COMMENTS
        | tag::STUDY_ID => set.decode(value, false),
        _ => Some(Decoded { text: ascii(value), guessed: false }),
    }
}

/// Bytes as they are; one that is no ASCII becomes a character that every rule for such values refuses.
fn ascii(value: &[u8]) -> String {
    value.iter().map(|&byte| if byte.is_ascii() { char::from(byte) } else { char::REPLACEMENT_CHARACTER }).collect()
}

pub(super) fn uid(value: &[u8]) -> String {
    ascii(value).trim_matches(['\0', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::Cursor;

    use dicom_core::VR;

    use super::super::read_from;
    use crate::imports::attributes::{self as tag, Warning};
    use crate::imports::instance::Instance;
    use crate::imports::testing::{EXPLICIT, Header};

    fn taken(file: &[u8]) -> Instance {
        read_from(Cursor::new(file)).expect("a file that is taken")
    }

    fn with_charset(charset: &str, name: &[u8]) -> Instance {
        let header = Header::of_study("1.2").with(tag::SPECIFIC_CHARACTER_SET, VR::CS, charset);
        taken(&header.with(tag::PATIENT_NAME, VR::PN, name).file(EXPLICIT))
    }

    #[test]
    fn names_are_read_in_their_character_set() {
        let french = with_charset("ISO_IR 100", b"Buc^J\xE9r\xF4me");
        assert_eq!(french.patient.given_name.as_deref(), Some("Jérôme"));
        let name = b"Yamada^Tarou=\x1B$B;3ED\x1B(B^\x1B$BB@O:\x1B(B=\x1B$B$d$^$@\x1B(B^\x1B$B$?$m$&\x1B(B";
        let japanese = with_charset("\\ISO 2022 IR 87", name);
        assert_eq!(japanese.patient.family_name.as_deref(), Some("Yamada"));
        assert_eq!(japanese.patient.ideographic_name.as_deref(), Some("山田^太郎"));
        assert_eq!(japanese.patient.phonetic_name.as_deref(), Some("やまだ^たろう"));
        assert!(japanese.warnings.is_empty());
    }

    #[test]
    fn text_that_cannot_be_read_for_sure_is_told() {
        let warning = |code, field| BTreeSet::from([Warning { field, code }]);
        let undeclared = with_charset("", b"J\xE9r\xF4me");
        assert_eq!(undeclared.patient.family_name.as_deref(), Some("Jérôme"));
        assert_eq!(undeclared.warnings, warning("undeclared_character_set", "specific_character_set"));
        let unknown = with_charset("ISO_IR 999", b"Jerome");
        assert_eq!(unknown.patient.family_name.as_deref(), Some("Jerome"));
        assert_eq!(unknown.warnings, warning("unknown_character_set", "specific_character_set"));
        let wrong = with_charset("ISO_IR 192", b"J\xE9r\xF4me");
        assert_eq!(wrong.patient.family_name, None);
        assert_eq!(wrong.warnings, warning("undecodable_text", "patient_name"));
    }

    #[test]
    fn comments_may_hold_backslashes_and_lines() {
        let header = Header::of_study("1.2").with(tag::PATIENT_COMMENTS, VR::LT, "one\r\ntwo \\ three");
        assert_eq!(taken(&header.file(EXPLICIT)).patient.comments.as_deref(), Some("one\r\ntwo \\ three"));
    }

    #[test]
    fn a_value_of_any_size_is_passed_over() {
        let header = Header::of_study("1.2").with(tag::PATIENT_COMMENTS, VR::UT, vec![b'x'; 100_000]);
        let instance = taken(&header.file(EXPLICIT));
        assert_eq!(instance.patient.comments, None);
        assert_eq!(instance.warnings, BTreeSet::from([Warning { field: "comments", code: "too_long" }]));
    }
}
