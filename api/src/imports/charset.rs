//! Specific Character Set (0008,0005): the bytes of a text value as Unicode.
//!
//! Source: DICOM PS3.3 section C.12.1.1.2 (the terms), PS3.5 section 6.1 (code extensions by ISO 2022 escapes).

use encoding_rs::{
    EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5, ISO_8859_6, ISO_8859_7,
    ISO_8859_8, ISO_8859_15, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1252, WINDOWS_1254,
};

const ESCAPE: u8 = 0x1B;

/// How the text of one data set is encoded.
#[derive(Clone, Copy, Debug, Default)]
pub struct CharacterSet {
    /// An encoding that takes the whole byte range and knows no escapes: UTF-8, GB 18030, GBK.
    whole: Option<&'static Encoding>,
    /// What bytes from 0x80 on mean until an escape says otherwise.
    upper: Option<Upper>,
}

/// What bytes from 0x80 on mean (code element G1).
#[derive(Clone, Copy, Debug)]
enum Upper {
    /// One byte a character.
    Single(&'static Encoding),
    /// Two bytes a character.
    Double(&'static Encoding),
    /// Half-width katakana; the lead bytes of Shift JIS are understood too, since files with `ISO_IR 13` hold them.
    Katakana,
}

/// What bytes below 0x80 mean (code element G0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lower {
    /// ISO 646; its Japanese variant is read alike, because DICOM uses its yen sign as a backslash.
    Ascii,
    /// JIS X 0208, two bytes a character.
    Kanji,
    /// JIS X 0212, two bytes a character.
    SupplementaryKanji,
}

/// A text and whether its encoding had to be guessed, because bytes were used that no character set was declared for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub guessed: bool,
}

impl CharacterSet {
    /// The character set that the values of Specific Character Set declare; `None` when a value is unknown.
    ///
    /// A set with code extensions that stands beside the default repertoire is in force from the start, so a missing
    /// first escape does no harm.
    pub fn declared<'a>(terms: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let sets: Vec<Self> = terms.into_iter().map(Self::of_term).collect::<Option<_>>()?;
        let whole = sets.first().and_then(|set| set.whole);
        Some(Self { whole, upper: sets.iter().find_map(|set| set.upper) })
    }

    /// Terms are matched by their number: `ISO_IR 100`, `ISO 2022 IR 100` and the misspelt `ISO IR 100` are one set.
    fn of_term(term: &str) -> Option<Self> {
        let whole = |encoding| Some(Self { whole: Some(encoding), upper: None });
        let upper = |upper| Some(Self { whole: None, upper: Some(upper) });
        let term = term.trim_matches(['\0', ' ']).to_ascii_uppercase();
        match term.as_str() {
            "" => return Some(Self::default()),
            "GB18030" => return whole(GB18030),
            "GBK" | "GB2312" => return whole(GBK),
            _ => {}
        }
        let number = term.contains("IR").then(|| term.rsplit(|c: char| !c.is_ascii_digit()).next()).flatten()?;
        match number {
            // The Japanese two-byte sets are only ever reached by an escape.
            "6" | "87" | "159" => Some(Self::default()),
            "192" => whole(UTF_8),
            "13" => upper(Upper::Katakana),
            "149" => upper(Upper::Double(EUC_KR)),
            "58" => upper(Upper::Double(GBK)),
            _ => upper(Upper::Single(single_byte(number)?)),
        }
    }

    /// Decodes one element's value; a person name's delimiters end the reach of an escape.
    ///
    /// Gives `None` when the bytes are no text of this character set. Bytes beyond ASCII without any declared set are
    /// taken for UTF-8 if they are well-formed UTF-8, for Latin-1 otherwise.
    pub fn decode(&self, bytes: &[u8], person_name: bool) -> Option<Decoded> {
        let sure = |text| Some(Decoded { text, guessed: false });
        if let Some(encoding) = self.whole {
            return sure(decoded(encoding, bytes)?);
        }
        if bytes.contains(&ESCAPE) || self.upper.is_some() || bytes.is_ascii() {
            return sure(self.with_extensions(bytes, person_name)?);
        }
        let text = decoded(UTF_8, bytes).or_else(|| decoded(WINDOWS_1252, bytes))?;
        Some(Decoded { text, guessed: true })
    }

    fn with_extensions(&self, bytes: &[u8], person_name: bool) -> Option<String> {
        let (mut lower, mut upper) = (Lower::Ascii, self.upper);
        let mut text = String::with_capacity(bytes.len());
        let mut rest = bytes;
        while let Some(&byte) = rest.first() {
            let (size, character) = match byte {
                ESCAPE => {
                    let (designation, size) = designation(rest)?;
                    match designation {
                        Designation::Lower(set) => lower = set,
                        Designation::Upper(set) => upper = Some(set),
                    }
                    (size, None)
                }
                0x21..=0x7E if lower != Lower::Ascii => (2, Some(kanji(lower, rest.get(..2)?)?)),
                0x00..=0x7F => {
                    if resets(byte, person_name) {
                        (lower, upper) = (Lower::Ascii, self.upper);
                    }
                    (1, Some(char::from(byte).to_string()))
                }
                _ => {
                    let (encoding, size) = upper?.encoding_and_size(byte);
                    (size, Some(decoded(encoding, rest.get(..size)?)?))
                }
            };
            text.extend(character);
            rest = &rest[size..];
        }
        Some(text)
    }
}

impl Upper {
    fn encoding_and_size(self, byte: u8) -> (&'static Encoding, usize) {
        match self {
            Self::Single(encoding) => (encoding, 1),
            Self::Double(encoding) => (encoding, 2),
            Self::Katakana => (SHIFT_JIS, if matches!(byte, 0xA1..=0xDF) { 1 } else { 2 }),
        }
    }
}

/// Single-byte sets by ISO registration number. Where a Windows code page only fills the places that the ISO set leaves
/// to control characters, as 1252 does with `œ`, it stands in: real files use it under the ISO name.
fn single_byte(number: &str) -> Option<&'static Encoding> {
    Some(match number {
        "100" => WINDOWS_1252,
        "101" => ISO_8859_2,
        "109" => ISO_8859_3,
        "110" => ISO_8859_4,
        "144" => ISO_8859_5,
        "127" => ISO_8859_6,
        "126" => ISO_8859_7,
        "138" => ISO_8859_8,
        "148" => WINDOWS_1254,
        "166" => WINDOWS_874,
        "203" => ISO_8859_15,
        _ => return None,
    })
}

/// What an escape sequence changes.
enum Designation {
    Lower(Lower),
    Upper(Upper),
}

/// The escape at the start of `bytes` and its length (PS3.3 tables C.12-3 and C.12-4).
fn designation(bytes: &[u8]) -> Option<(Designation, usize)> {
    use Designation::{Lower as ToLower, Upper as ToUpper};
    let single = |number| single_byte(number).map(|encoding| (ToUpper(Upper::Single(encoding)), 3));
    match bytes.get(1..)? {
        [b'(', b'B' | b'J', ..] => Some((ToLower(Lower::Ascii), 3)),
        [b'$', b'@' | b'B', ..] => Some((ToLower(Lower::Kanji), 3)),
        [b'$', b'(', b'D', ..] => Some((ToLower(Lower::SupplementaryKanji), 4)),
        [b'$', b')', b'C', ..] => Some((ToUpper(Upper::Double(EUC_KR)), 4)),
        [b'$', b')', b'A', ..] => Some((ToUpper(Upper::Double(GBK)), 4)),
        [b')', b'I', ..] => Some((ToUpper(Upper::Katakana), 3)),
        [b'-', b'A', ..] => single("100"),
        [b'-', b'B', ..] => single("101"),
        [b'-', b'C', ..] => single("109"),
        [b'-', b'D', ..] => single("110"),
        [b'-', b'L', ..] => single("144"),
        [b'-', b'G', ..] => single("127"),
        [b'-', b'F', ..] => single("126"),
        [b'-', b'H', ..] => single("138"),
        [b'-', b'M', ..] => single("148"),
        [b'-', b'T', ..] => single("166"),
        [b'-', b'b', ..] => single("203"),
        _ => None,
    }
}

/// Delimiters and line controls end the reach of every escape before them (PS3.5 section 6.1.2.5.3).
fn resets(byte: u8, person_name: bool) -> bool {
    matches!(byte, b'\\' | b'\t' | b'\n' | 0x0C | b'\r') || (person_name && matches!(byte, b'^' | b'='))
}

/// EUC-JP holds both kanji sets: with the eighth bits set, the supplementary one behind a shift byte.
fn kanji(set: Lower, pair: &[u8]) -> Option<String> {
    let [first, second] = [pair.first()? | 0x80, pair.get(1)? | 0x80];
    match set {
        Lower::SupplementaryKanji => decoded(EUC_JP, &[0x8F, first, second]),
        _ => decoded(EUC_JP, &[first, second]),
    }
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(terms: &[&str], bytes: &[u8], text: &str) {
        let set = CharacterSet::declared(terms.iter().copied()).expect("a known character set");
        assert_eq!(set.decode(bytes, true), Some(Decoded { text: text.to_owned(), guessed: false }));
    }

    #[test]
    fn single_byte_sets() {
        check(&["ISO_IR 100"], b"Buc^J\xE9r\xF4me", "Buc^Jérôme");
        check(&["ISO_IR 100"], b"C\x9Cur", "Cœur");
        check(&["iso ir 100\0"], b"\xE9", "é");
        check(&["ISO_IR 101"], b"Wa\xB3\xEAsa", "Wałęsa");
        check(&["ISO_IR 126"], b"\xC4\xE9\xEF\xED\xF5\xF3\xE9\xEF\xF2", "Διονυσιος");
        check(&["ISO_IR 127"], b"\xE2\xC8\xC7\xE6\xEA^\xE4\xE6\xD2\xC7\xD1", "قباني^لنزار");
        check(&["ISO_IR 138"], b"\xF9\xF8\xE5\xEF^\xE3\xE1\xE5\xF8\xE4", "שרון^דבורה");
        check(&["ISO_IR 144"], b"\xB8\xD2\xD0\xDD\xDA\xDE\xD2", "Иванков");
        check(&["ISO_IR 148"], b"\xDE\xFD", "Şı");
        check(&["ISO_IR 166"], b"\xBB\xC3\xD0", "ประ");
        check(&["ISO_IR 13"], b"\xD4\xCF\xC0\xDE^\xC0\xDB\xB3", "ﾔﾏﾀﾞ^ﾀﾛｳ");
    }

    #[test]
    fn sets_of_the_whole_byte_range() {
        check(&["ISO_IR 192"], "Wang^XiaoDong=王^小東".as_bytes(), "Wang^XiaoDong=王^小東");
        check(&["GB18030"], b"\xCD\xF5^\xD0\xA1\xB6\xAB", "王^小东");
        // The second byte of this character is a backslash: values must be split after decoding.
        check(&["GB18030"], b"\x82\x5C", "俓");
    }

    #[test]
    fn code_extensions() {
        let yamada = b"Yamada^Tarou=\x1B$B;3ED\x1B(B^\x1B$BB@O:\x1B(B=\x1B$B$d$^$@\x1B(B^\x1B$B$?$m$&\x1B(B";
        check(&["", "ISO 2022 IR 87"], yamada, "Yamada^Tarou=山田^太郎=やまだ^たろう");
        check(&["ISO 2022 IR 13", "ISO 2022 IR 87"], b"\xD4\xCF=\x1B$B;3ED\x1B(J", "ﾔﾏ=山田");
        check(&["", "ISO 2022 IR 149"], b"Hong=\x1B$)C\xFB\xF3^\x1B$)C\xD1\xCE\xD4\xD7", "Hong=洪^吉洞");
        check(&["", "ISO 2022 IR 58"], b"Zhang=\x1B$)A\xD5\xC5^\x1B$)A\xD0\xA1\xB6\xAB", "Zhang=张^小东");
        check(&["", "ISO 2022 IR 159"], b"\x1B$(D\x30\x21\x1B(B", "丂");
        check(&["ISO 2022 IR 100", "ISO 2022 IR 144"], b"\xE9\x1B-L\xB8\xD2^\xE9", "éИв^é");
        // A two-byte character may hold the bytes of delimiters.
        check(&["", "ISO 2022 IR 87"], b"\x1B$B=\\\x1B(B\\A", "旬\\A");
    }

    #[test]
    fn an_escape_reaches_to_the_next_delimiter() {
        let set = CharacterSet::declared(["ISO 2022 IR 100", "ISO 2022 IR 144"]).expect("a known character set");
        let text = |person_name| set.decode(b"\x1B-L\xB8^\xE9", person_name).map(|decoded| decoded.text);
        assert_eq!(text(true).as_deref(), Some("И^é"));
        assert_eq!(text(false).as_deref(), Some("И^щ"));
    }

    #[test]
    fn undeclared_text_is_guessed_and_said_to_be() {
        let set = CharacterSet::default();
        let guess = |bytes: &[u8]| set.decode(bytes, true).map(|decoded| (decoded.text, decoded.guessed));
        assert_eq!(guess(b"Buc^Jerome"), Some(("Buc^Jerome".to_owned(), false)));
        assert_eq!(guess("Buc^Jérôme".as_bytes()), Some(("Buc^Jérôme".to_owned(), true)));
        assert_eq!(guess(b"Buc^J\xE9r\xF4me"), Some(("Buc^Jérôme".to_owned(), true)));
    }

    #[test]
    fn what_is_no_text_is_none() {
        let utf8 = CharacterSet::declared(["ISO_IR 192"]).expect("a known character set");
        assert_eq!(utf8.decode(b"J\xE9r\xF4me", true), None);
        let japanese = CharacterSet::declared(["", "ISO 2022 IR 87"]).expect("a known character set");
        for bad in [&b"\x1B"[..], b"\x1B$", b"\x1BZZ", b"\x1B$B;", b"\x1B$B\x7E\x7E", b"\x1B$B;3\xFF"] {
            assert_eq!(japanese.decode(bad, true), None, "{bad:?}");
        }
        for unknown in ["ISO_IR 999", "LATIN-1", "IR"] {
            assert!(CharacterSet::declared([unknown]).is_none(), "{unknown}");
        }
    }
}
