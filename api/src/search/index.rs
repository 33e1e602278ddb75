//! What of a row is searchable, and its entries in the index.
//!
//! The words of a patient are entries of their own. A study has a posting for each of its texts, and a text has the entries.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use entity::search_token::{self, BINNED, FAMILY, GIVEN, TEXTS};
use entity::{patient, search_posting, study};
use sha2::{Digest, Sha256};

use super::fold::{name_tokens, tokens, unspaced_name, words};
use super::signature;

/// The rules by which rows are folded and indexed. Whoever changes what the index says of a row counts this up: the index is then
/// made anew when the program starts.
pub const VERSION: i64 = 7;

/// Longest sort key.
const SORT_KEY_LENGTH: usize = 255;

/// The searchable fields. The number stands in the index; the order is the order of relevance within a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i16)]
pub enum Field {
    FamilyName = 10,
    BirthName = 12,
    IdeographicName = 14,
    PhoneticName = 16,
    GivenName = 20,
    MiddleName = 22,
    ReferringPhysicianName = 50,
    NameOfPhysiciansReadingStudy = 52,
    StudyDescription = 60,
    InstitutionName = 62,
}

impl Field {
    /// The fields of a patient, the most relevant first.
    pub const PATIENT: [Self; 6] = [
        Self::FamilyName,
        Self::BirthName,
        Self::IdeographicName,
        Self::PhoneticName,
        Self::GivenName,
        Self::MiddleName,
    ];
    /// The fields of a study, the most relevant first.
    pub const STUDY: [Self; 4] = [
        Self::ReferringPhysicianName,
        Self::NameOfPhysiciansReadingStudy,
        Self::StudyDescription,
        Self::InstitutionName,
    ];

    /// The kind of its words in the index.
    pub const fn kind(self) -> i16 {
        match self {
            Self::FamilyName | Self::BirthName | Self::IdeographicName | Self::PhoneticName => FAMILY,
            Self::GivenName | Self::MiddleName => GIVEN,
            Self::ReferringPhysicianName => TEXTS[0],
            Self::NameOfPhysiciansReadingStudy => TEXTS[1],
            Self::StudyDescription => TEXTS[2],
            Self::InstitutionName => TEXTS[3],
        }
    }

    /// The number in the index.
    pub const fn number(self) -> i16 {
        self as i16
    }

    /// The tokens under which a value of the field is found.
    pub fn tokens(self, text: &str) -> Vec<String> {
        if matches!(self, Self::StudyDescription | Self::InstitutionName) { tokens(text) } else { name_tokens(text) }
    }

    /// The tokens under which a patient is found by the field. The family name stands for the whole where it is written as one word.
    pub fn tokens_of_patient(self, row: &patient::Model) -> Vec<String> {
        let mut tokens = self.of_patient(row).map(|text| self.tokens(text)).unwrap_or_default();
        if self == Self::FamilyName {
            let whole = row.family_name.as_deref().zip(row.given_name.as_deref());
            let whole = whole.and_then(|(family, given)| unspaced_name(family, given));
            tokens.extend(whole.filter(|whole| !tokens.contains(whole)));
        }
        tokens
    }

    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FamilyName => "family_name",
            Self::BirthName => "birth_name",
            Self::IdeographicName => "ideographic_name",
            Self::PhoneticName => "phonetic_name",
            Self::GivenName => "given_name",
            Self::MiddleName => "middle_name",
            Self::ReferringPhysicianName => "referring_physician_name",
            Self::NameOfPhysiciansReadingStudy => "name_of_physicians_reading_study",
            Self::StudyDescription => "study_description",
            Self::InstitutionName => "institution_name",
        }
    }

    /// The field's value in a patient's row.
    pub fn of_patient(self, row: &patient::Model) -> Option<&str> {
        match self {
            Self::FamilyName => row.family_name.as_deref(),
            Self::BirthName => row.birth_name.as_deref(),
            Self::IdeographicName => row.ideographic_name.as_deref(),
            Self::PhoneticName => row.phonetic_name.as_deref(),
            Self::GivenName => row.given_name.as_deref(),
            Self::MiddleName => row.middle_name.as_deref(),
            _ => None,
        }
    }

    /// The field's value in a study's row.
    pub fn of_study(self, row: &study::Model) -> Option<&str> {
        match self {
            Self::ReferringPhysicianName => row.referring_physician_name.as_deref(),
            Self::NameOfPhysiciansReadingStudy => row.name_of_physicians_reading_study.as_deref(),
            Self::StudyDescription => row.study_description.as_deref(),
            Self::InstitutionName => row.institution_name.as_deref(),
            _ => None,
        }
    }
}

/// The kinds of the words of a patient in the registry, the most relevant first.
pub const PATIENT_KINDS: [i16; 2] = [FAMILY, GIVEN];

/// Fills the columns of a patient that are derived for sorting and searching.
pub fn derive_patient(row: &mut patient::Model) {
    let alphabetic = [&row.family_name, &row.given_name, &row.middle_name];
    let mut name: Vec<String> = alphabetic.iter().filter_map(|part| part.as_deref()).flat_map(words).collect();
    if name.is_empty() {
        name = row.ideographic_name.as_deref().map(words).unwrap_or_default();
    }
    row.name_key = name.join(" ").chars().take(SORT_KEY_LENGTH).collect();
    row.search_words = Words::of_patient(row).text;
}

/// Fills the columns of a study that are derived for searching. The words are field by field a mark and the words, then the
/// identifiers.
pub fn derive_study(row: &mut study::Model, patient: &patient::Model) {
    let mut text = String::from(" ");
    for (field, value) in texts_of_study(row) {
        text.push_str(&mark(field.kind())[1..]);
        text.push_str(&segment(Text::of(field, value).iter().flat_map(|text| &text.tokens))[1..]);
    }
    for identifier in [Some(&row.study_instance_uid), row.accession_number.as_ref(), row.study_id.as_ref()] {
        text.push_str(&identifier.map(|identifier| marked(identifier)[1..].to_owned()).unwrap_or_default());
    }
    row.search_words = text;
    [row.signature, row.signature_high] = signature::of_study(row, patient);
}

/// What stands before the words of a field among the words of a study.
pub fn mark(kind: i16) -> String {
    format!(" #{kind} ")
}

/// An identifier among the words of a row: marked, and without the spaces that part words.
pub fn marked(identifier: &str) -> String {
    format!(" ={} ", identifier.replace(' ', "\u{1f}"))
}

/// Words between spaces.
fn segment<'a>(tokens: impl Iterator<Item = &'a String>) -> String {
    tokens.fold(String::from(" "), |text, token| text + token + " ")
}

/// All words of a patient in one text, and where in it each word of each field stands.
struct Words {
    text: String,
    /// Kind, word, field, place.
    places: Vec<(i16, String, Field, i32)>,
}

impl Words {
    fn of_patient(row: &patient::Model) -> Self {
        let mut of_kinds: BTreeMap<(i16, String), Vec<Field>> = BTreeMap::new();
        for field in Field::PATIENT {
            for token in field.tokens_of_patient(row) {
                of_kinds.entry((field.kind(), token)).or_default().push(field);
            }
        }
        let mut words = Self { text: String::from(" "), places: Vec::new() };
        let mut place = 1;
        for ((kind, token), fields) in of_kinds {
            let length = i32::try_from(token.chars().count()).unwrap_or(i32::MAX);
            words.text.push_str(&token);
            words.text.push(' ');
            for (index, field) in fields.into_iter().enumerate() {
                words.places.push((kind, token.clone(), field, if index == 0 { place } else { -1 }));
            }
            place += length + 1;
        }
        words.text.push_str(&marked(&row.patient_id)[1..]);
        words
    }
}

/// The entries of a patient's words.
pub fn entries_of_patient(row: &patient::Model) -> Vec<search_token::Model> {
    let binned = if row.deleted_at.is_some() { BINNED } else { 0 };
    let words = Words::of_patient(row);
    let [signature, signature_high] = signature::of_words(&words.text);
    let entry = |(kind, token, field, place): (i16, String, Field, i32)| search_token::Model {
        kind: kind + binned,
        token,
        field: field.number(),
        sort_key: row.name_key.clone(),
        row_id: row.id,
        place,
        words: words.text.clone(),
        signature,
        signature_high,
    };
    words.places.into_iter().map(entry).collect()
}

/// A text of a study as the index knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// A digest of all the rest: who enters a text need not ask for its number.
    pub id: i64,
    field: Field,
    sort_key: String,
    tokens: Vec<String>,
}

/// Most texts that are remembered, a thread and field.
const REMEMBERED: usize = 1000;

/// Texts of one field.
type Known = HashMap<String, Option<Arc<Text>>>;

thread_local! {
    /// Texts as they are indexed. A few of them stand in most studies: many files are entered at once, of one place and few persons.
    static KNOWN: RefCell<HashMap<Field, Known>> = RefCell::default();
}

impl Text {
    /// The text as it is indexed; nothing when it has no words.
    pub fn of(field: Field, text: &str) -> Option<Arc<Self>> {
        KNOWN.with_borrow_mut(|known| {
            let known = known.entry(field).or_default();
            if let Some(text) = known.get(text) {
                return text.clone();
            }
            if known.len() == REMEMBERED {
                known.clear();
            }
            let new = Self::new(field, text).map(Arc::new);
            known.insert(text.to_owned(), new.clone());
            new
        })
    }

    fn new(field: Field, text: &str) -> Option<Self> {
        let tokens = field.tokens(text);
        if tokens.is_empty() {
            return None;
        }
        let sort_key: String = words(text).join(" ").chars().take(SORT_KEY_LENGTH).collect();
        let mut digest = Sha256::new();
        digest.update(field.number().to_be_bytes());
        digest.update(&sort_key);
        for token in &tokens {
            digest.update("\n");
            digest.update(token);
        }
        let mut first = [0; 8];
        first.copy_from_slice(&digest.finalize()[..8]);
        Some(Self { id: i64::from_be_bytes(first), field, sort_key, tokens })
    }

    /// The entries of the text's words.
    pub fn entries(&self) -> Vec<search_token::Model> {
        let words = segment(self.tokens.iter());
        let [signature, signature_high] = signature::of_words(&words);
        let mut place = 1;
        let mut entries = Vec::with_capacity(self.tokens.len());
        for token in &self.tokens {
            entries.push(search_token::Model {
                kind: self.field.kind(),
                token: token.clone(),
                field: self.field.number(),
                sort_key: self.sort_key.clone(),
                row_id: self.id,
                place,
                words: words.clone(),
                signature,
                signature_high,
            });
            place += i32::try_from(token.chars().count()).unwrap_or(i32::MAX) + 1;
        }
        entries
    }

    /// The text's words.
    pub fn words(&self) -> &[String] {
        &self.tokens
    }
}

/// What a study has to say, field by field.
pub fn texts_of_study(row: &study::Model) -> Vec<(Field, &str)> {
    Field::STUDY.iter().filter_map(|field| Some((*field, field.of_study(row)?))).collect()
}

/// The postings of a study, with their texts.
pub fn postings_of_study(row: &study::Model) -> Vec<(search_posting::Model, Arc<Text>)> {
    let newest = newest_first(row);
    let texts = texts_of_study(row).into_iter().filter_map(|(field, text)| Text::of(field, text));
    let posting = |text: &Text| search_posting::Model {
        text_id: text.id,
        newest,
        study_id: row.id,
        signature: row.signature,
        signature_high: row.signature_high,
    };
    texts.map(|text| (posting(&text), text)).collect()
}

/// A number that grows as study dates go back; that of a study without a date is the greatest.
pub fn newest_first(row: &study::Model) -> i32 {
    row.study_date.map_or(i32::MAX, |date| -date.to_julian_day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patients::queries::blank;

    #[test]
    fn a_place_is_where_the_word_stands_among_all_words() {
        let mut row = patient::Model {
            family_name: Some("Martin-Lévy".to_owned()),
            birth_name: Some("Martin".to_owned()),
            given_name: Some("Martin".to_owned()),
            ..blank("A 1".to_owned())
        };
        derive_patient(&mut row);
        assert_eq!(row.search_words, " levy martin martinlevy martin =A\u{1f}1 ");
        let entries = entries_of_patient(&row);
        let shown: Vec<_> =
            entries.iter().map(|entry| (entry.kind, entry.token.as_str(), entry.field, entry.place)).collect();
        assert_eq!(
            shown,
            [
                (FAMILY, "levy", 10, 1),
                (FAMILY, "martin", 10, 6),
                (FAMILY, "martin", 12, -1),
                (FAMILY, "martinlevy", 10, 13),
                (GIVEN, "martin", 20, 24),
            ]
        );
        for entry in entries.iter().filter(|entry| entry.place > 0) {
            let place = usize::try_from(entry.place).expect("a place") - 1;
            assert!(entry.words[place..].starts_with(&format!(" {} ", entry.token)));
        }
    }

    #[test]
    fn texts_with_the_same_words_are_one_text() {
        let text = |text| Text::of(Field::StudyDescription, text).expect("a text");
        assert_eq!(text("IRM cérébrale"), text("irm CEREBRALE"));
        assert_ne!(text("post-op").id, text("post op").id, "one has a joined form");
        let institution = Text::of(Field::InstitutionName, "IRM cérébrale").expect("a text");
        assert_ne!(text("IRM cérébrale").id, institution.id);
        assert_eq!(Text::of(Field::StudyDescription, "--"), None);
    }
}
