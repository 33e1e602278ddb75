//! Identifiers that the registry makes when none is given.

use getrandom::Error;
use uuid::Uuid;

/// Crockford's base 32: no letter that looks like a digit or another letter.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A patient's number: `PT-` and ten letters and digits (50 random bits).
pub fn new_patient_number() -> Result<String, Error> {
    let mut bits = getrandom::u64()?;
    let mut number = String::from("PT-");
    for _ in 0..10 {
        number.push(char::from(ALPHABET[(bits % 32) as usize]));
        bits /= 32;
    }
    Ok(number)
}

/// A study's UID: a random UUID under the root 2.25 (DICOM PS3.5 section B.2).
pub fn new_uid() -> String {
    format!("2.25.{}", Uuid::new_v4().as_u128())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_identifiers_keep_the_rules_and_differ() {
        let (one, other) = (new_patient_number().expect("random"), new_patient_number().expect("random"));
        assert_ne!(one, other);
        assert_eq!(crate::values::line(&one, 64), Ok(Some(one.clone())));
        assert_eq!(crate::values::uid(&new_uid()).map(|uid| uid.starts_with("2.25.")), Ok(true));
    }
}
