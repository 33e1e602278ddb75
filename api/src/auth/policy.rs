//! Which passwords someone may choose: long enough and hard to guess. No rule says which characters it must have, for such
//! rules make people predictable (NIST SP 800-63B section 3.1.1.2, OWASP ASVS 5.0 section 6.2).

use zxcvbn::{Score, zxcvbn};

use crate::search::words;
use crate::values::FaultCode;

/// Fewest characters of a password that someone chooses.
pub const PASSWORD_LEAST: usize = 12;
/// Most characters of any password.
pub const PASSWORD_MOST: usize = 128;
/// How many characters are judged: the cost of judging grows with the square.
const JUDGED: usize = 64;
/// What is guessed first here, beside the 30,000 most common passwords and the English words and names that `zxcvbn` knows:
/// the product, the trade, and what French keyboards and tongues bring forth.
const LOCAL_WORDS: &str = "\
    patientele patient patients patiente registre admin administrateur lecture modification hopital clinique \
    cabinet centre service docteur medecin infirmier infirmiere secretaire secretariat radiologie radiologue radio \
    imagerie scanner irm echographie mammographie dicom pacs sante medical urgences motdepasse mot passe azerty \
    azertyuiop qsdfghjklm wxcvbn bonjour bonsoir bienvenue soleil doudou chouchou loulou jetaime amour vacances \
    printemps automne hiver janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre lundi \
    mardi mercredi jeudi vendredi samedi dimanche france paris marseille lyon toulouse";

/// What is wrong with a password that the owner of these names chooses. Characters are Unicode code points, counted and
/// hashed as they came (ASVS 6.2.8): clients that can type a character in two ways send NFC.
pub fn fault(password: &str, names: &[String]) -> Option<FaultCode> {
    match password.chars().count() {
        length if length < PASSWORD_LEAST => return Some(FaultCode::TooShort),
        length if length > PASSWORD_MOST => return Some(FaultCode::TooLong),
        _ => {}
    }
    let judged: String = password.chars().take(JUDGED).collect();
    let own: Vec<String> = names.iter().flat_map(|name| guesses(name)).collect();
    let known: Vec<&str> = own.iter().map(String::as_str).chain(LOCAL_WORDS.split_whitespace()).collect();
    (zxcvbn(&judged, &known).score() < Score::Three).then_some(FaultCode::WeakPassword)
}

/// What someone who knows a name tries: it, its words, and all of them together in both orders.
fn guesses(name: &str) -> Vec<String> {
    let mut guesses = words(name);
    let reversed: Vec<String> = guesses.iter().rev().cloned().collect();
    guesses.extend([guesses.concat(), reversed.concat(), name.to_owned()]);
    guesses.retain(|guess| guess.chars().count() > 2);
    guesses
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(password: &str) -> Option<FaultCode> {
        fault(password, &["zoe.lefevre".to_owned(), "Zoé Lefèvre".to_owned()])
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(judge("nine purple"), Some(FaultCode::TooShort));
        assert_eq!(judge("neuf étés là"), None);
        assert_eq!(judge(&"é".repeat(11)), Some(FaultCode::TooShort));
        assert_eq!(judge(&"nine purple lamps ".repeat(8)[..128]), None);
        assert_eq!(judge(&"é".repeat(129)), Some(FaultCode::TooLong));
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        for weak in [
            "passwordpassword",
            "P@ssw0rd1234",
            "1qaz2wsx3edc4rfv",
            "aaaaaaaaaaaaaaaa",
            "abcdefghijklm",
            "motdepasse1234",
            "azertyuiop123",
            "radiologie2026",
            "Patientele2026!",
            "zoelefevre2026",
            "Zoe.Lefevre123",
            "LefevreZoe2026!",
            "123456789012",
        ] {
            assert_eq!(judge(weak), Some(FaultCode::WeakPassword), "{weak}");
        }
    }

    #[test]
    fn nothing_is_said_about_the_kinds_of_characters() {
        for good in [
            "nine purple lamps at dawn",
            "cheval exact pile agrafe",
            "correct horse battery staple",
            "ひらがなのながいあいことば九つの紫",
        ] {
            assert_eq!(judge(good), None, "{good}");
        }
    }
}
