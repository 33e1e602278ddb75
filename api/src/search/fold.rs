//! Folding: what is left of a text when case, accents and punctuation do not count.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest token; longer words are cut, in the index and in queries alike.
pub const TOKEN_LENGTH: usize = 64;
/// As many of the last words of a name are joined, each with all that follow it.
const LAST_WORDS: usize = 4;

/// The folded words of a text, in order: compatibility forms resolved, accents dropped, letters that do not decompose spelled
/// out, lower case, split at everything that is no letter or digit.
pub fn words(text: &str) -> Vec<String> {
    if text.is_ascii() {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        return words.map(|word| cut(word.to_ascii_lowercase())).collect();
    }
    let stripped: String = text.nfkd().filter(|c| !is_combining_mark(*c)).nfc().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for c in stripped.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() && !is_apostrophe(c) {
            spell(c, &mut word);
        } else if !word.is_empty() {
            words.push(cut(std::mem::take(&mut word)));
        }
    }
    if !word.is_empty() {
        words.push(cut(word));
    }
    words
}

/// The tokens under which a text is found: its words, and the joined form of each run that hyphens or apostrophes hold
/// together, so that `Post-op` is found as `postop`.
pub fn tokens(text: &str) -> Vec<String> {
    let runs = runs(text);
    let joined: Vec<String> = runs.iter().filter(|run| run.len() > 1).map(|run| cut(run.concat())).collect();
    distinct(runs.concat(), joined)
}

/// The tokens of a name: its words, the joined form of each run, and the joined forms of the last words and of all of them. So
/// `Jean-Pierre` is found as `jeanpierre`, `D'Artagnan` as `dartagnan`, `de la Tour` as `latour` and `delatour`.
pub fn name_tokens(name: &str) -> Vec<String> {
    let runs = runs(name);
    let mut joined: Vec<String> = runs.iter().filter(|run| run.len() > 1).map(|run| cut(run.concat())).collect();
    let words = runs.concat();
    let last = words.len().saturating_sub(LAST_WORDS)..words.len().saturating_sub(1);
    joined.extend(last.chain([0]).filter(|_| words.len() > 1).map(|start| cut(words[start..].concat())));
    distinct(words, joined)
}

/// Letters to Unicode that are written, and typed, as apostrophes: of Ukrainian and Breton (`ʼ`), of Hawaiian (`ʻ`), for the soft and the hard sign (`ʹ`, `ʺ`),
/// and for the ayn and the hamza of Arabic (`ʿ`, `ʾ`, `ʽ`).
fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2b9}'..='\u{2bf}')
}

/// A family name and a given name in one word, as they are written in scripts that put no space between them: `王` and `小明` are
/// `王小明`, `홍` and `길동` are `홍길동`.
pub fn unspaced_name(family: &str, given: &str) -> Option<String> {
    let (family, given) = (words(family).concat(), words(given).concat());
    let is_unspaced = |name: &str| !name.is_empty() && name.chars().all(needs_no_space);
    (is_unspaced(&family) && is_unspaced(&given)).then(|| cut(family + &given))
}

/// Han characters, kana and Hangul, by the blocks of Unicode.
fn needs_no_space(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The words between spaces, those that belong together in one list.
fn runs(text: &str) -> Vec<Vec<String>> {
    text.split([' ', '^', '=']).map(words).filter(|run| !run.is_empty()).collect()
}

fn distinct(words: Vec<String>, joined: Vec<String>) -> Vec<String> {
    let mut tokens: Vec<String> = words.into_iter().chain(joined).collect();
    tokens.sort();
    tokens.dedup();
    tokens
}

/// Letters that have no decomposition.
fn spell(c: char, word: &mut String) {
    match c {
        'ß' => word.push_str("ss"),
        'œ' => word.push_str("oe"),
        'æ' => word.push_str("ae"),
        'þ' => word.push_str("th"),
        'ø' => word.push('o'),
        'ł' => word.push('l'),
        'đ' | 'ð' => word.push('d'),
        'ħ' => word.push('h'),
        'ı' => word.push('i'),
        'ς' => word.push('σ'),
        _ => word.push(c),
    }
}

fn cut(word: String) -> String {
    if word.len() <= TOKEN_LENGTH { word } else { word.chars().take(TOKEN_LENGTH).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_punctuation_do_not_count() {
        assert_eq!(words("Jérôme"), ["jerome"]);
        assert_eq!(words("Œuvrard ŁUKASZ Straße Søren Đorđe"), ["oeuvrard", "lukasz", "strasse", "soren", "dorde"]);
        assert_eq!(words("N'Diaye, L’Huillier"), ["n", "diaye", "l", "huillier"]);
        assert_eq!(words("Демʼянчук ʿAlī Saʿīd"), ["дем", "янчук", "ali", "sa", "id"]);
        assert_eq!(words("ＡＢＣ １２３"), ["abc", "123"]);
        assert_eq!(words(" -- "), Vec::<String>::new());
    }

    #[test]
    fn other_scripts_stay_what_they_are() {
        assert_eq!(words("山田^太郎"), ["山田", "太郎"]);
        assert_eq!(words("홍길동"), ["홍길동"]);
        assert_eq!(words("Люкceмбypг"), ["люкceмбypг"]);
        assert_eq!(words("Διονυσιος"), ["διονυσιοσ"]);
    }

    #[test]
    fn names_of_scripts_without_spaces_are_one_word() {
        assert_eq!(unspaced_name("王", "小明").as_deref(), Some("王小明"));
        assert_eq!(unspaced_name("ﾔﾏﾀﾞ", "タロー").as_deref(), Some("ヤマタタロー"));
        assert_eq!(unspaced_name("〆木", "奈々").as_deref(), Some("〆木奈々"));
        assert_eq!(unspaced_name("홍", "길동").as_deref(), Some("홍길동"));
        for (family, given) in [("Wang", "小明"), ("王", "Xiaoming"), ("Dupont", "Anne"), ("王", " "), ("", "小明")]
        {
            assert_eq!(unspaced_name(family, given), None, "{family} {given}");
        }
    }

    #[test]
    fn joined_forms_are_tokens_too() {
        assert_eq!(tokens("Jean-Pierre"), ["jean", "jeanpierre", "pierre"]);
        assert_eq!(tokens("D'Artagnan"), ["artagnan", "d", "dartagnan"]);
        assert_eq!(name_tokens("de la Tour"), ["de", "delatour", "la", "latour", "tour"]);
        assert_eq!(tokens("IRM du genou"), ["du", "genou", "irm"]);
        assert_eq!(tokens("Durand"), ["durand"]);
    }
}
