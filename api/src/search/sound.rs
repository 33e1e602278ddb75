//! What a word sounds like to a French ear.
//!
//! One key a word, so that words that sound alike are one look-up in an index. The kept phonetic libraries were tried and do not fit:
//! `rphonetic` (Apache-2.0, a port of commons-codec) has Soundex, Metaphone, Phonex and Caverphone, which follow English, and Cologne
//! phonetics, which follow German: they tell `Dupont` from `Dupon`, and `Renault` from `Reno`. Its Beider-Morse gives a French name up
//! to forty keys, of which `Gauthier` shares only one with `Gotier`. The rules here are those of French spelling that names use, as
//! FONEM (Bouchard, Brard, Lavoie, 1981) and its followers list them: nasal vowels, letters joined to one sound, endings that are
//! written and not spoken.

/// Longest key.
const LENGTH: usize = 64;

/// Spellings and their sounds. Of several that fit, the first counts. `%` stands for a consonant or the end behind what is read,
/// `+` for one of the vowels e, i, y, `$` for the end; they are looked at, not read. Nasal vowels are written 1 (an), 2 (in), 3 (on),
/// `ou` as w, `ch` as x.
const SPELLINGS: [(&str, &str); 84] = [
    ("ancoi", "1swa"),
    ("sch", "x"),
    ("chr", "kr"),
    ("chl", "kl"),
    ("ch", "x"),
    ("sh", "x"),
    ("ph", "f"),
    ("th", "t"),
    ("rh", "r"),
    ("gn", "ni"),
    ("cqu", "k"),
    ("qu", "k"),
    ("q", "k"),
    ("ck", "k"),
    ("sc+", "s"),
    ("cc+", "ks"),
    ("c+", "s"),
    ("c", "k"),
    ("gu+", "g"),
    ("geo", "jo"),
    ("gea", "ja"),
    ("g+", "j"),
    ("bv", "v"),
    ("mn", "n"),
    ("eaulx", "o"),
    ("eault", "o"),
    ("eaud", "o"),
    ("eaux", "o"),
    ("eau", "o"),
    ("ault", "o"),
    ("aulx", "o"),
    ("auld", "o"),
    ("au", "o"),
    ("oeu", "e"),
    ("oe", "e"),
    ("aim%", "2"),
    ("ain%", "2"),
    ("eim%", "2"),
    ("ein%", "2"),
    ("ien%", "i2"),
    ("yen%", "i2"),
    ("oin%", "w2"),
    ("ean%", "1"),
    ("aen%", "1"),
    ("am%", "1"),
    ("an%", "1"),
    ("em%", "1"),
    ("en%", "1"),
    ("im%", "2"),
    ("in%", "2"),
    ("ym%", "2"),
    ("yn%", "2"),
    ("um%", "2"),
    ("un%", "2"),
    ("om%", "3"),
    ("on%", "3"),
    ("eanne", "an"),
    ("oi", "wa"),
    ("oy", "wa"),
    ("ou", "w"),
    ("aie$", "e"),
    ("ai", "e"),
    ("ay", "e"),
    ("ei", "e"),
    ("ey", "e"),
    ("eu", "e"),
    ("er$", "e"),
    ("ez$", "e"),
    ("et$", "e"),
    ("ets$", "e"),
    ("ille", "i"),
    ("ll", "l"),
    ("y", "i"),
    ("w", "v"),
    ("z", "s"),
    ("x", "s"),
    ("h", ""),
    ("ea", "a"),
    ("ae", "e"),
    ("tz$", "s"),
    ("tion", "si3"),
    ("ii", "i"),
    ("pt", "t"),
    ("dt", "t"),
];

/// What a word sounds like; empty when that cannot be said of it: it is no word of Latin letters, or has a single sound.
pub fn sound(word: &str) -> String {
    if word.len() < 2 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return String::new();
    }
    let spoken = spoken(word);
    let mut key = String::new();
    let mut rest = spoken;
    while !rest.is_empty() {
        let (sound, read) = next(rest);
        for c in sound.chars() {
            // A letter written twice is spoken once.
            if !key.ends_with(c) {
                key.push(c);
            }
        }
        rest = &rest[read..];
    }
    let ending = key.trim_end_matches('e');
    if !ending.is_empty() {
        key.truncate(ending.len());
    }
    key.truncate(LENGTH);
    // One sound alone is that of strangers: `cé`, `xx` and `Zoé` would sound alike.
    if key.chars().nth(1).is_some() { key } else { String::new() }
}

/// A word without the ending that is not spoken.
fn spoken(word: &str) -> &str {
    let mut spoken = word;
    loop {
        let shorter = ["s", "t", "d", "x", "z", "g"].iter().find_map(|silent| spoken.strip_suffix(silent));
        // After an `e` the consonant makes it heard: `et`, `ez`. A short word keeps what it has.
        match shorter.filter(|rest| rest.len() > 2 && !word_ends_heard(spoken)) {
            Some(rest) => spoken = rest,
            None => return spoken,
        }
    }
}

/// Whether the end of a word belongs to a spelling of its own.
fn word_ends_heard(word: &str) -> bool {
    ["et", "ets", "ez", "tz", "ault", "auld", "aulx"].iter().any(|ending| word.ends_with(ending))
}

/// The next sound, and of how many letters it is read.
fn next(rest: &str) -> (&str, usize) {
    for (spelling, sound) in SPELLINGS {
        let letters = spelling.trim_end_matches(['%', '+', '$']);
        let Some(behind) = rest.strip_prefix(letters) else { continue };
        let fits = match spelling.as_bytes().last() {
            Some(b'%') => !behind.starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'n', 'm', 'h']),
            Some(b'+') => behind.starts_with(['e', 'i', 'y']),
            Some(b'$') => behind.is_empty(),
            _ => true,
        };
        if fits {
            return (sound, letters.len());
        }
    }
    rest.split_at_checked(1).map_or((rest, rest.len()), |(letter, _)| (letter, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_sound_alike_have_one_key() {
        for alike in [
            &["dupont", "dupond", "dupon"][..],
            &["lefebvre", "lefevre"],
            &["gauthier", "gautier", "gotier"],
            &["philippe", "filip", "philip"],
            &["renault", "renaud", "reno", "renaux"],
            &["thibault", "thibaud", "tibo"],
            &["francois", "fransoi", "fransois"],
            &["henri", "henry", "enri"],
            &["jean", "jan"],
            &["martin", "martain"],
            &["moreau", "moro", "moraud"],
            &["schmitt", "schmit"],
            &["nathalie", "natalie", "nataly"],
            &["christophe", "kristof"],
            &["quentin", "kentin"],
            &["michel", "mishel"],
            &["boulanger", "boulange"],
            &["rene", "renee"],
            &["lacroix", "lacroi"],
        ] {
            let keys: Vec<String> = alike.iter().map(|word| sound(word)).collect();
            assert!(!keys[0].is_empty() && keys.windows(2).all(|pair| pair[0] == pair[1]), "{alike:?}: {keys:?}");
        }
    }

    #[test]
    fn names_that_do_not_have_different_ones() {
        for (one, other) in [
            ("martin", "martine"),
            ("jean", "jeanne"),
            ("dupont", "dupuis"),
            ("simon", "simone"),
            ("louis", "louise"),
            ("bernard", "bertrand"),
        ] {
            assert_ne!(sound(one), sound(other), "{one} {other}");
        }
        for none in ["", "a", "p42", "山田", "жан"] {
            assert_eq!(sound(none), "", "{none}");
        }
    }
}
