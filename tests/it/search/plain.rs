//! The search held against one that reads everything and compares word by word, written apart from it.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Registry, named};

#[tokio::test]
async fn the_search_finds_what_a_slow_and_plain_one_finds() {
    const FAMILIES: [&str; 8] =
        ["Martin", "Martineau", "Lefèvre", "Le Goff", "D'Angelo", "Dupont-Roux", "Œuvrard", "Petit"];
    const GIVEN: [&str; 8] = ["Marie", "Jean-Pierre", "Éléonore", "Léa", "Zoé", "Martin", "Anne", "Søren"];
    const DESCRIPTIONS: [&str; 5] =
        ["IRM cérébrale", "Scanner thorax", "Écho du genou", "Martin test", "Radio le goff"];
    const QUERIES: [&str; 24] = [
        "m",
        "ma",
        "mar",
        "martin",
        "martine",
        "le",
        "lef",
        "legoff",
        "le goff",
        "goff marie",
        "angelo",
        "dangelo",
        "dup zo",
        "roux",
        "jeanpierre",
        "pierre mar",
        "irm",
        "irm mar",
        "scan le",
        "ele",
        "soren",
        "petit anne",
        "oeuvrard genou",
        "test",
    ];
    let registry = Registry::new().await;
    let mut rows: Vec<(String, BTreeSet<String>)> = Vec::new();
    for number in 0..40 {
        let (family, given) = (FAMILIES[number * 5 % 8], GIVEN[number * 7 / 3 % 8]);
        let id = registry.patient(named(family, given)).await;
        let mut words = plain_words(family);
        words.extend(plain_words(given));
        // Of a name, the whole is a word too.
        words.extend(plain_words(&family.replace(' ', "-")));
        rows.push((format!("patient {id}"), words.clone()));
        if number % 2 == 0 {
            let description = DESCRIPTIONS[number / 2 % 5];
            let study = registry.study(json!({"patient_fk": id, "study_description": description})).await;
            words.extend(plain_words(description));
            rows.push((format!("study {study}"), words));
        }
    }
    for query in QUERIES {
        let expected: BTreeSet<String> = rows
            .iter()
            .filter(|(_, words)| query.split(' ').all(|term| words.iter().any(|word| word.starts_with(term))))
            .map(|(name, _)| name.clone())
            .collect();
        let encoded = query.replace(' ', "+");
        let found = registry.hits(&format!("q={encoded}")).await;
        let distinct: BTreeSet<String> = found.iter().cloned().collect();
        assert_eq!(found.len(), distinct.len(), "{query}: a hit is there twice");
        assert_eq!(distinct, expected, "{query}");
        for count in ["exact", "bounded"] {
            let answer = registry.client.get(&format!("/api/search?q={encoded}&limit=1&count={count}")).await;
            assert_eq!(answer.expect_status(200).body["total"], expected.len(), "{query}");
        }
    }
}

/// Words as a person would list them: accents off, split at spaces, hyphens and apostrophes, and each run joined.
fn plain_words(text: &str) -> BTreeSet<String> {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'é' | 'è' => "e".to_owned(),
            'œ' => "oe".to_owned(),
            'ø' => "o".to_owned(),
            c => c.to_string(),
        })
        .collect();
    let mut words: BTreeSet<String> = plain.split([' ', '-', '\'']).map(str::to_owned).collect();
    words.extend(plain.split(' ').map(|run| run.replace(['-', '\''], "")));
    words
}
