//! Signatures: which words a patient, or a study and its patient, may have, in two numbers.
//!
//! A search of several words walks the entries of one of them, and most rows behind them lack the others. A signature stands in the
//! index beside each entry, each posting and each study of a patient, and tells of most of those rows, their words unread, that they
//! are no hits. It may
//! say yes in vain and never says no in vain: superimposed coding (C. Faloutsos, "Access methods for text", ACM Computing Surveys
//! 17(1), 1985).

use entity::{patient, study};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect};

use super::changes::Changes;
use super::index::marked;
use super::plan::Plan;
use super::rank::Tier;

/// A signature, in two numbers. Their signs are left alone.
pub type Signature = [i64; 2];

/// Bits of one number.
const BITS: u64 = 63;
/// A word is known by its beginnings of these lengths, each by so many bits. Shorter ones are common: rows that have them are soon
/// found. The longest are few, and tell `dupont` from `dupontmarie`, which two words of a query may stand for together.
const BEGINNINGS: [(usize, u64); 4] = [(3, 1), (4, 1), (6, 1), (9, 3)];
/// Bits of an identifier. It is rarely a word, and must not pass for every word.
const BITS_OF_IDENTIFIER: u64 = 3;

/// The signature of a study: of its words and of its patient's, as the columns `search_words` have them.
pub fn of_study(row: &study::Model, patient: &patient::Model) -> Signature {
    both(of_words(&row.search_words), of_words(&patient.search_words))
}

fn both([low, high]: Signature, [other_low, other_high]: Signature) -> Signature {
    [low | other_low, high | other_high]
}

/// The signature of all these words.
pub fn of_words(words: &str) -> Signature {
    words.split(' ').map(of_word).fold([0, 0], both)
}

fn of_word(word: &str) -> Signature {
    match word.as_bytes().first() {
        None | Some(b'#') => [0, 0],
        Some(b'=') => of_identifier(word),
        Some(_) => of_beginnings(word),
    }
}

/// What a text that begins with this one has at least; nothing is known of what is very short.
fn of_beginnings(word: &str) -> Signature {
    let beginning = |length: usize| {
        let (at, last) = word.char_indices().nth(length - 1)?;
        Some(&word.as_bytes()[..at + last.len_utf8()])
    };
    let known = BEGINNINGS.iter().filter_map(|(length, bits)| Some((beginning(*length)?, *bits)));
    known.flat_map(|(text, bits)| (0..bits).map(move |turn| bit(text, turn))).fold([0, 0], both)
}

/// What stands for an identifier as it is marked. With a digit it is left out: a term with a digit is looked for row by row.
fn of_identifier(marked: &str) -> Signature {
    if marked.bytes().any(|byte| byte.is_ascii_digit()) {
        return [0, 0];
    }
    (0..BITS_OF_IDENTIFIER).map(|turn| bit(marked.as_bytes(), turn)).fold([0, 0], both)
}

/// One bit for a text: FNV-1a, which must stay the same from version to version.
fn bit(text: &[u8], turn: u64) -> Signature {
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ turn;
    let hash = text.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    let at = (hash ^ hash >> 32) % (2 * BITS);
    if at < BITS { [1 << at, 0] } else { [0, 1 << (at - BITS)] }
}

/// The signatures of which a row must have one to match a word of a query; nothing when it may have any.
pub fn wanted(plan: &Plan<'_>, word: usize, upto: Tier) -> Option<Vec<Signature>> {
    let term = plan.term(word);
    if term.date.is_some() || plan.may_identify && term.has_digit() {
        return None;
    }
    let needles = plan.needles(word, upto);
    let mut wanted: Vec<Signature> = needles.iter().map(|needle| of_beginnings(&needle.text)).collect();
    if plan.may_identify {
        wanted.push(of_identifier(marked(&term.raw).trim()));
    }
    wanted.sort_unstable();
    wanted.dedup();
    (wanted.first() != Some(&[0, 0])).then_some(wanted)
}

/// Notes what changes in the index of a patient's studies when the patient's words do. The patient's row is locked.
///
/// # Errors
/// When the database fails.
pub async fn follow(db: &impl ConnectionTrait, patient: &patient::Model, changes: &mut Changes) -> Result<(), DbErr> {
    use study::Column as S;
    for before in study::Entity::find().filter(S::PatientFk.eq(patient.id)).lock_exclusive().all(db).await? {
        let [signature, signature_high] = of_study(&before, patient);
        let after = study::Model { signature, signature_high, ..before.clone() };
        if after == before {
            continue;
        }
        let signed = study::Entity::update_many().col_expr(S::Signature, signature.into());
        let signed = signed.col_expr(S::SignatureHigh, signature_high.into());
        signed.filter(S::Id.eq(after.id)).exec(db).await?;
        changes.study(Some(&before), Some(&after));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(row: Signature, wanted: Signature) -> bool {
        both(row, wanted) == row
    }

    #[test]
    fn a_row_has_the_signature_of_every_beginning_of_its_words() {
        let words = " dupont jean #3 martin sorensen \u{5c71}\u{7530} \u{3084}\u{307e}\u{3060} =SANS\u{1f}NUMERO =A77 ";
        let row = of_words(words);
        for looked_for in ["dup", "dupo", "dupont", "jea", "jean", "sorens", "\u{3084}\u{307e}\u{3060}"] {
            let wanted = of_beginnings(looked_for);
            assert!(wanted != [0, 0] && holds(row, wanted), "{looked_for}");
        }
        let identifier = of_identifier(marked("SANS NUMERO").trim());
        assert!(identifier != [0, 0] && holds(row, identifier));
        assert_eq!(of_identifier(marked("A77").trim()), [0, 0], "it is looked for row by row");
        assert_eq!(of_beginnings("du"), [0, 0], "too short to tell");
    }

    #[test]
    fn most_words_that_a_row_lacks_are_told() {
        let row = of_words(" dupont jean #3 martin sophie #5 irm cerebrale =P1 =1.2.3 ");
        let others =
            ["bernard", "thomas", "petit", "robert", "richard", "durand", "dubois", "moreau", "laurent", "simon"];
        let in_vain = others.iter().filter(|other| holds(row, of_beginnings(other))).count();
        assert!(in_vain <= 1, "{in_vain}");
    }
}
