//! LO, SH, LT, CS and UI values.

use unicode_normalization::UnicodeNormalization;

use super::FaultCode;
use ipnet::IpNet;
use std::net::IpAddr;

/// Longest UI value (DICOM PS3.5 section 9.1).
const UID_LENGTH: usize = 64;
/// Longest CS value (DICOM PS3.5 section 6.2).
const CODE_STRING_LENGTH: usize = 16;

/// One line of text (LO, SH): trimmed, in Unicode normal form C, without `\` and control characters, at most `max`
/// characters. Nothing but spaces is no value.
pub fn line(text: &str, max: usize) -> Result<Option<String>, FaultCode> {
    cleaned(text, max, |c| c == '\\' || c.is_control())
}

/// Text of several lines (LT): as [`line`], but TAB, LF, FF, CR and `\` are allowed.
pub fn lines(text: &str, max: usize) -> Result<Option<String>, FaultCode> {
    cleaned(text, max, |c| c.is_control() && !matches!(c, '\t' | '\n' | '\u{c}' | '\r'))
}

/// A name to sign in with: letters and digits of ASCII and `._@+-`, so that no two names look alike and none can forge a line
/// of a log.
pub fn username(text: &str) -> Result<String, FaultCode> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._@+-".contains(c);
    match text.chars().next() {
        Some(first) if !first.is_ascii_alphanumeric() || !text.chars().all(allowed) => Err(FaultCode::InvalidUsername),
        Some(_) if text.len() > 64 => Err(FaultCode::TooLong),
        Some(_) => Ok(text.to_lowercase()),
        None => Err(FaultCode::TooShort),
    }
}

/// An address or a network in CIDR notation; what stands behind the prefix is cut off.
pub fn network(text: &str) -> Result<IpNet, FaultCode> {
    let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    network.map(|network| network.trunc()).map_err(|_| FaultCode::InvalidNetwork)
}

/// Text of a filter: at most 200 characters.
pub fn short(text: &str) -> Result<String, FaultCode> {
    if text.chars().count() > 200 { Err(FaultCode::TooLong) } else { Ok(text.to_owned()) }
}

/// An identifier to compare with what is stored, at most `MAX` characters: trimmed and in Unicode normal form C, as that is.
pub fn identifier<const MAX: usize>(text: &str) -> Result<String, FaultCode> {
    if text.chars().count() > MAX { Err(FaultCode::TooLong) } else { Ok(composed(text.trim())) }
}

/// A code string (CS): capital letters, digits, space and underscore, at most 16 characters.
pub fn code_string(text: &str) -> Result<String, FaultCode> {
    let code = text.trim_matches(' ');
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == ' ' || c == '_';
    if code.is_empty() || text.len() > CODE_STRING_LENGTH || !code.chars().all(allowed) {
        return Err(FaultCode::InvalidCodeString);
    }
    Ok(code.to_owned())
}

/// A unique identifier (UI): components of digits joined by dots, none with a leading zero unless it is `0`.
pub fn uid(text: &str) -> Result<String, FaultCode> {
    if text.len() > UID_LENGTH {
        return Err(FaultCode::UidTooLong);
    }
    let component = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) && (part == "0" || !part.starts_with('0'))
    };
    if text.split('.').all(component) { Ok(text.to_owned()) } else { Err(FaultCode::InvalidUid) }
}

/// A text in Unicode normal form C. That of ASCII is the text itself.
pub fn composed(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}

fn cleaned(text: &str, max: usize, forbidden: impl Fn(char) -> bool) -> Result<Option<String>, FaultCode> {
    if text.chars().any(forbidden) {
        return Err(FaultCode::InvalidCharacter);
    }
    let value = composed(text.trim());
    if text.chars().count() > max || value.chars().count() > max {
        return Err(FaultCode::TooLong);
    }
    Ok(Some(value).filter(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_text_are_trimmed_composed_and_bounded() {
        assert_eq!(line("  Je\u{301}ro\u{302}me ", 64), Ok(Some("Jérôme".to_owned())));
        assert_eq!(line("   ", 64), Ok(None));
        assert_eq!(line("a\\b", 64), Err(FaultCode::InvalidCharacter));
        assert_eq!(line("a\nb", 64), Err(FaultCode::InvalidCharacter));
        assert_eq!(line("abc", 2), Err(FaultCode::TooLong));
        assert_eq!(lines("a\nb\\c", 64), Ok(Some("a\nb\\c".to_owned())));
        assert_eq!(lines("a\0b", 64), Err(FaultCode::InvalidCharacter));
    }

    #[test]
    fn uids_follow_the_grammar_of_section_9() {
        for good in ["0", "1.2.840.10008", "2.25.340282366920938463463374607431768211455"] {
            assert_eq!(uid(good).as_deref(), Ok(good));
        }
        for bad in ["", "1.", ".1", "1..2", "1.02", "1.a", " 1.2"] {
            assert_eq!(uid(bad), Err(FaultCode::InvalidUid), "{bad:?}");
        }
        assert_eq!(uid(&"1".repeat(65)), Err(FaultCode::UidTooLong));
    }

    #[test]
    fn code_strings_are_upper_case_and_short() {
        assert_eq!(code_string("CT").as_deref(), Ok("CT"));
        for bad in ["", " ", "ct", "É", "A-B", "ABCDEFGHIJKLMNOPQ"] {
            assert_eq!(code_string(bad), Err(FaultCode::InvalidCodeString), "{bad:?}");
        }
    }
}
