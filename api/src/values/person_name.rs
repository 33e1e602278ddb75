//! PN values: up to three groups joined by `=`, each of up to five components joined by `^`.
//! Source: DICOM PS3.5 section 6.2.1.

use super::{FaultCode, composed};

/// Most characters of one group, its delimiters included.
const GROUP_LENGTH: usize = 64;
const GROUPS: usize = 3;
const COMPONENTS: usize = 5;

/// A person name taken apart. Components that are absent are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// Family, given, middle, prefix, suffix of the alphabetic group.
    pub alphabetic: [String; COMPONENTS],
    /// The ideographic group as it stands, its components joined by `^`.
    pub ideographic: String,
    /// The phonetic group as it stands, its components joined by `^`.
    pub phonetic: String,
}

impl PersonName {
    /// Takes a PN string apart; the fault says which of its limits it breaks.
    pub fn parse(text: &str) -> Result<Self, FaultCode> {
        if text.chars().any(|c| c == '\\' || c.is_control()) {
            return Err(FaultCode::InvalidCharacter);
        }
        let text = composed(text);
        let groups: Vec<&str> = text.split('=').collect();
        if groups.len() > GROUPS {
            return Err(FaultCode::PnTooManyGroups);
        }
        let mut name = Self::default();
        for (index, group) in groups.iter().enumerate() {
            let components = components(group)?;
            match index {
                0 => name.alphabetic = components,
                1 => name.ideographic = joined(&components, "^"),
                _ => name.phonetic = joined(&components, "^"),
            }
        }
        Ok(name)
    }

    /// The PN string, without trailing empty components and groups.
    pub fn to_pn(&self) -> String {
        let alphabetic = joined(&self.alphabetic, "^");
        joined(&[alphabetic, self.ideographic.clone(), self.phonetic.clone()], "=")
    }
}

/// A person name kept as one string: checked, each component trimmed, trailing empty parts dropped. No name is no value.
pub fn person_name(text: &str) -> Result<Option<String>, FaultCode> {
    Ok(Some(PersonName::parse(text)?.to_pn()).filter(|name| !name.is_empty()))
}

/// One component of a name: a line of text without the delimiters `^` and `=`, at most 64 characters.
pub fn name_component(text: &str) -> Result<Option<String>, FaultCode> {
    if text.contains(['^', '=']) { Err(FaultCode::InvalidCharacter) } else { super::line(text, GROUP_LENGTH) }
}

/// One group of a name: up to five components joined by `^`, at most 64 characters.
pub fn name_group(text: &str) -> Result<Option<String>, FaultCode> {
    if text.contains('=') { Err(FaultCode::InvalidCharacter) } else { person_name(text) }
}

fn components(group: &str) -> Result<[String; COMPONENTS], FaultCode> {
    if group.chars().count() > GROUP_LENGTH {
        return Err(FaultCode::PnGroupTooLong);
    }
    let mut parts: [String; COMPONENTS] = Default::default();
    for (index, part) in group.split('^').enumerate() {
        match parts.get_mut(index) {
            Some(place) => part.trim().clone_into(place),
            None if part.trim().is_empty() => {}
            None => return Err(FaultCode::PnTooManyComponents),
        }
    }
    Ok(parts)
}

fn joined(parts: &[String], separator: &str) -> String {
    let used = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
    parts[..used].join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_apart_and_put_together() {
        let name = PersonName::parse("Yamada^Tarou=山田^太郎=やまだ^たろう").expect("a legal name");
        assert_eq!(name.alphabetic[..2], ["Yamada", "Tarou"]);
        assert_eq!(name.ideographic, "山田^太郎");
        assert_eq!(name.to_pn(), "Yamada^Tarou=山田^太郎=やまだ^たろう");
        assert_eq!(person_name(" Buc ^Jérôme^^^"), Ok(Some("Buc^Jérôme".to_owned())));
        assert_eq!(person_name("^^^^"), Ok(None));
        assert_eq!(person_name("=山田"), Ok(Some("=山田".to_owned())));
    }

    #[test]
    fn each_limit_has_its_code() {
        assert_eq!(person_name("a=b=c=d"), Err(FaultCode::PnTooManyGroups));
        assert_eq!(person_name("a^b^c^d^e^f"), Err(FaultCode::PnTooManyComponents));
        assert_eq!(person_name(&"a".repeat(65)), Err(FaultCode::PnGroupTooLong));
        assert_eq!(person_name("a\\b"), Err(FaultCode::InvalidCharacter));
    }
}
