//! The search held against one that reads everything, written apart from it: its own folding, its own comparing, its own edits.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::harness::{App, Client, program};

const PATIENTS: usize = 2500;

/// Names that sound alike to a French ear stand in one line.
const SOUNDS: [&[&str]; 9] = [
    &["Dupont", "Dupond", "Dupon"],
    &["Lefèvre", "Lefebvre"],
    &["Renault", "Renaud", "Reno"],
    &["Gauthier", "Gautier"],
    &["Philippe", "Filip"],
    &["Moreau", "Moro"],
    &["Henri", "Henry"],
    &["Nathalie", "Natalie"],
    &["Schmitt", "Schmit"],
];
const FAMILIES: [&str; 24] = [
    "Martin",
    "Martineau",
    "Martinet",
    "Durand",
    "D'Artagnan",
    "Dartagnan",
    "de la Tour",
    "Delatour",
    "Latour",
    "Le Goff",
    "Legoff",
    "Œuvrard",
    "Straße",
    "Łukaszewicz",
    "Sørensen",
    "Đorđević",
    "Иванов",
    "Παπαδόπουλος",
    "محمد",
    "כהן",
    "Aït-Ahmed",
    "N'Diaye",
    "山本",
    "남궁",
];
const GIVEN: [&str; 14] = [
    "Marie",
    "Jean-Pierre",
    "Jean Pierre",
    "Jeanpierre",
    "Zoé",
    "Éléonore",
    "Anne",
    "Lætitia",
    "François",
    "Élodie",
    "Léa",
    "Noël",
    "山田",
    "홍길동",
];
const DESCRIPTIONS: [&str; 6] =
    ["IRM cérébrale", "Scanner thoracique", "Écho-doppler du cou", "IRM du genou", "Radio martin", "Bilan post-op"];

/// A plain generator: the same names each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }

    fn of<'a>(&mut self, names: &[&'a str]) -> &'a str {
        names[self.below(names.len())]
    }

    /// A name that somebody mistyped: a letter less, twice, other, or two swapped.
    fn mistyped(&mut self, name: &str) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        let at = self.below(letters.len() - 1);
        match self.below(4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, letters[at]),
            2 => letters[at] = 'k',
            _ => letters.swap(at, at + 1),
        }
        letters.into_iter().collect()
    }
}

/// A row as a person would read it: its words, and what a search would call it.
struct Row {
    name: String,
    words: BTreeSet<String>,
}

struct Registry {
    app: App,
    client: Client,
    rows: Vec<Row>,
}

impl Registry {
    /// Rows written past the API, and indexed by command: a few thousand requests would take minutes.
    async fn new(mistyped: bool) -> Self {
        let app = App::spawn().await;
        let client = app.admin().await;
        let mut chance = Chance(20_261_122);
        let (mut rows, mut patients, mut studies) = (Vec::new(), Vec::new(), Vec::new());
        let sounds: Vec<&str> = SOUNDS.concat();
        for id in 1..=PATIENTS {
            let mut family = if chance.below(3) == 0 { chance.of(&sounds) } else { chance.of(&FAMILIES) }.to_owned();
            let given = if chance.below(9) == 0 { chance.of(&sounds) } else { chance.of(&GIVEN) };
            if mistyped && chance.below(12) == 0 {
                family = chance.mistyped(&family);
            }
            let mut words = name_words(&family);
            words.extend(name_words(given));
            words.extend(written_as_one(&family, given));
            rows.push(Row { name: format!("patient {id}"), words: words.clone() });
            patients.push(format!(
                "({id}, 'P{id}', '', '{}', '{given}', '', '', 1, '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000')",
                family.replace('\'', "''")
            ));
            if id % 3 == 0 {
                let description = chance.of(&DESCRIPTIONS);
                words.extend(text_words(description));
                rows.push(Row { name: format!("study {id}"), words });
                studies.push(format!(
                    "({id}, {id}, '1.2.{id}', '{description}', '', 'available', 1, '2026-01-01 00:00:00.000000', '2026-01-01 00:00:00.000000')"
                ));
            }
        }
        let patient = "INSERT INTO patient (id, patient_id, issuer_of_patient_id, family_name, given_name, name_key, search_words, \
            version, created_at, updated_at) VALUES ";
        let study = "INSERT INTO study (id, patient_fk, study_instance_uid, study_description, search_words, status, version, \
            created_at, updated_at) VALUES ";
        for (insert, rows) in [(patient, patients), (study, studies)] {
            for rows in rows.chunks(500) {
                app.execute(&format!("{insert}{}", rows.join(", "))).await;
            }
        }
        let made = program(&app.config, &["reindex"]);
        assert!(made.status.success(), "{made:?}");
        Self { app, client, rows }
    }

    /// The hits of a query, page by page, each with the kinds of its reasons.
    async fn found(&self, query: &str, reach: &str) -> Vec<(String, BTreeSet<String>)> {
        let mut found = Vec::new();
        let mut body = json!({"q": query, "match": reach, "limit": 200});
        loop {
            let answer = self.client.post("/api/search", &body).await.expect_status(200);
            for hit in answer.items() {
                let kinds = hit["matched"].as_array().expect("reasons").iter();
                let kinds = kinds.map(|one| one["kind"].as_str().expect("a kind").to_owned()).collect();
                found.push((format!("{} {}", hit["type"].as_str().expect("a type"), hit["id"]), kinds));
            }
            if answer.body["next_cursor"].is_null() {
                break;
            }
            body["cursor"] = answer.body["next_cursor"].clone();
        }
        found
    }

    /// The rows of which every word of the query, or what it makes together with its neighbours, is like some word.
    fn expected(&self, query: &str, like: impl Fn(&str, &str) -> bool) -> BTreeSet<String> {
        let words = split(query, &[' ', '-', '\'']);
        let alternatives: Vec<Vec<String>> = (0..words.len())
            .map(|at| {
                let runs = (0..=at).flat_map(|start| (at + 1..=words.len()).map(move |end| (start, end)));
                runs.filter(|(start, end)| end - start <= 4).map(|(start, end)| words[start..end].concat()).collect()
            })
            .collect();
        let matches = |row: &&Row| {
            alternatives.iter().all(|any| any.iter().any(|one| row.words.iter().any(|word| like(one, word))))
        };
        self.rows.iter().filter(matches).map(|row| row.name.clone()).collect()
    }
}

/// What is left of a text when accents and case do not count; letters without a plain form are spelled out.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'â' | 'ä' => plain.push('a'),
            'é' | 'è' | 'ê' | 'ë' => plain.push('e'),
            'î' | 'ï' => plain.push('i'),
            'ô' | 'ö' | 'ø' | 'ó' => plain.push('o'),
            'ç' | 'ć' => plain.push('c'),
            'ł' => plain.push('l'),
            'đ' => plain.push('d'),
            'ό' => plain.push('ο'),
            'ς' => plain.push('σ'),
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            'ß' => plain.push_str("ss"),
            c => plain.push(c),
        }
    }
    plain
}

fn split(text: &str, at: &[char]) -> Vec<String> {
    plain(text).split(at).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The words of a description: between spaces, hyphens and apostrophes, and what these hold together.
fn text_words(text: &str) -> BTreeSet<String> {
    let mut words: BTreeSet<String> = split(text, &[' ', '-', '\'']).into_iter().collect();
    words.extend(split(text, &[' ']).iter().map(|run| run.replace(['-', '\''], "")));
    words
}

/// Those of a name: also the last of them joined, and all of them.
fn name_words(name: &str) -> BTreeSet<String> {
    let mut words = text_words(name);
    let each = split(name, &[' ', '-', '\'']);
    words.extend((0..each.len()).map(|start| each[start..].concat()));
    words
}

/// A whole name in Chinese characters or in Hangul, which has no spaces.
fn written_as_one(family: &str, given: &str) -> Option<String> {
    let whole = format!("{family}{given}");
    whole.chars().all(|c| matches!(c, '一'..='鿿' | '가'..='힣')).then_some(whole)
}

/// Whether one word becomes the other by one edit, tried letter by letter.
fn is_one_edit(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let same = |a: &[char], b: &[char]| a == b;
    let shorter_by_one = |long: &[char], short: &[char]| {
        (0..long.len()).any(|gap| same(&[&long[..gap], &long[gap + 1..]].concat(), short))
    };
    match one.len().abs_diff(other.len()) {
        1 if one.len() > other.len() => shorter_by_one(&one, &other),
        1 => shorter_by_one(&other, &one),
        0 => {
            let differing: Vec<usize> = (0..one.len()).filter(|at| one[*at] != other[*at]).collect();
            match differing[..] {
                [_] => true,
                [a, b] => b == a + 1 && one[a] == other[b] && one[b] == other[a],
                _ => false,
            }
        }
        _ => false,
    }
}

fn sounds_alike(one: &str, word: &str) -> bool {
    SOUNDS.iter().any(|line| {
        let line: Vec<String> = line.iter().map(|name| plain(name)).collect();
        line.iter().any(|name| name == one) && line.iter().any(|name| name == word)
    })
}

fn is_fuzzy(one: &str, word: &str) -> bool {
    let letters = |word: &str| word.chars().count();
    let all_letters = one.chars().chain(word.chars()).all(char::is_alphabetic);
    letters(one) >= 4 && letters(word) >= 3 && all_letters && is_one_edit(one, word)
}

fn names(found: &[(String, BTreeSet<String>)]) -> BTreeSet<String> {
    let names: BTreeSet<String> = found.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names.len(), found.len(), "a hit is there twice");
    names
}

#[tokio::test]
async fn whole_words_and_beginnings_are_found_as_by_reading_everything() {
    let registry = Registry::new(true).await;
    for query in [
        "martin",
        "mart",
        "MARTINEAU",
        "dup",
        "jean-pierre",
        "jean pierre",
        "jeanpierre",
        "pierre",
        "d'artagnan",
        "dartagnan",
        "artagnan",
        "de la tour",
        "delatour",
        "la tour",
        "latour",
        "le goff",
        "legoff",
        "goff",
        "oeuvrard",
        "Œuv",
        "strasse",
        "Straße",
        "lukasz",
        "sorensen",
        "dordevic",
        "иванов",
        "ива",
        "παπαδ",
        "محمد",
        "כהן",
        "山田",
        "홍길동",
        "山本山田",
        "山本山",
        "남궁홍길동",
        "ait ahmed",
        "aitahmed",
        "ndiaye",
        "n'diaye",
        "laetitia",
        "francois",
        "martin zoe",
        "zoe mar",
        "jean pierre dupont",
        "irm",
        "irm mar",
        "echodoppler",
        "genou martin",
        "postop",
        "post op dup",
        "xyz",
        "martin xyz",
        "le",
        "m",
    ] {
        for (reach, like) in [
            ("exact", (|one, word| one == word) as fn(&str, &str) -> bool),
            ("prefix", |one, word| word.starts_with(one)),
        ] {
            let found = names(&registry.found(query, reach).await);
            assert_eq!(found, registry.expected(query, like), "{query}, {reach}");
        }
        let expected = registry.expected(query, |one, word| word.starts_with(one)).len();
        let body = json!({"q": query, "match": "prefix", "limit": 1, "count": "exact"});
        let answer = registry.client.post("/api/search", &body).await.expect_status(200);
        assert_eq!(
            (&answer.body["total"], &answer.body["total_relation"]),
            (&json!(expected), &json!("eq")),
            "{query}"
        );
    }
    drop(registry.app);
}

#[tokio::test]
async fn what_sounds_alike_and_what_is_one_edit_away_is_found_as_by_reading_everything() {
    let registry = Registry::new(false).await;
    for query in SOUNDS.concat() {
        let like = |one: &str, word: &str| word.starts_with(one) || sounds_alike(one, word);
        let found = registry.found(query, "phonetic").await;
        assert_eq!(names(&found), registry.expected(query, like), "{query}, phonetic");
        let nearer = registry.expected(query, |one, word| word.starts_with(one));
        for (name, kinds) in found {
            assert_eq!(kinds.contains("phonetic"), !nearer.contains(&name), "{query}: {name} {kinds:?}");
        }
    }
    let mut chance = Chance(7);
    let mut queries: Vec<String> =
        vec!["lea".into(), "leaa".into(), "dupnt irm".into(), "mrtin zoe".into(), "иваноф".into()];
    for name in ["Martin", "Durand", "Dartagnan", "Delatour", "Œuvrard", "Sørensen", "Éléonore", "Lætitia", "Иванов"]
    {
        queries.extend((0..4).map(|_| chance.mistyped(&plain(name))));
    }
    let mut by_reach: HashMap<&str, BTreeSet<String>> = HashMap::new();
    for query in &queries {
        let like = |one: &str, word: &str| word.starts_with(one) || is_fuzzy(one, word);
        let expected = registry.expected(query, like);
        let found = registry.found(query, "fuzzy").await;
        let all = names(&found);
        assert!(expected.is_subset(&all), "{query}: {:?}", expected.difference(&all));
        for (name, kinds) in &found {
            // What is found beyond that sounds alike, and says so.
            assert!(expected.contains(name) || kinds.contains("phonetic"), "{query}: {name} {kinds:?}");
        }
        for reach in ["prefix", "phonetic", "fuzzy", "auto"] {
            by_reach.insert(reach, names(&registry.found(query, reach).await));
        }
        let enough = ["prefix", "phonetic"].into_iter().find(|reach| by_reach[reach].len() >= 5).unwrap_or("fuzzy");
        assert_eq!(by_reach["auto"], by_reach[enough], "{query}: auto goes as far as it must");
        assert!(
            by_reach["prefix"].is_subset(&by_reach["phonetic"]) && by_reach["phonetic"].is_subset(&by_reach["fuzzy"])
        );
    }
    let refused: Value = json!({"q": "martin", "match": "near"});
    registry
        .client
        .post("/api/search", &refused)
        .await
        .expect_problem(422, "invalid")
        .expect_fault("/match", "invalid_enum");
}
