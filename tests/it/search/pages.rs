//! Hits page by page.

use serde_json::json;

use super::{Registry, name, named};
use crate::harness::Client;

#[tokio::test]
async fn rows_that_match_in_two_fields_are_listed_once_to_the_last_page() {
    let registry = Registry::new().await;
    for number in 0..45 {
        registry
            .patient(json!({"family_name": "Martinou", "birth_name": "Martinou", "given_name": format!("M{number}")}))
            .await;
    }
    let whole = registry.hits("q=martinou").await;
    assert_eq!(whole.len(), 45);
    assert_eq!(walk(&registry.client, "q=martinou", 4).await, whole);
    assert_eq!(walk(&registry.client, "q=mart", 4).await, whole);
}

#[tokio::test]
async fn pages_hold_every_hit_once_while_rows_come_and_go() {
    let registry = Registry::new().await;
    for number in 0..12 {
        let patient = registry.patient(named("Martin", &format!("Marie-{}", (b'a' + number) as char))).await;
        registry.study(json!({"patient_fk": patient, "study_description": "martin"})).await;
    }
    let whole = registry.hits("q=mar").await;
    assert_eq!(whole.len(), 24);
    for limit in [1, 5, 7, 23, 24] {
        assert_eq!(walk(&registry.client, "q=mar", limit).await, whole, "limit={limit}");
    }
    let filtered = registry.hits("patient_name=martin").await;
    assert_eq!(filtered.len(), 24);
    assert_eq!(walk(&registry.client, "patient_name=martin", 5).await, filtered);
    // Rows that come and go between two pages neither hide nor repeat one that was there throughout.
    let first = registry.client.get("/api/search?q=mar&limit=6").await.expect_status(200);
    registry.patient(named("Martin", "Marie-aa")).await;
    registry.client.if_match("*").delete("/api/studies/1").await.expect_status(204);
    registry.client.if_match("*").delete("/api/patients/1").await.expect_status(204);
    let mut seen: Vec<String> = first.items().iter().map(name).collect();
    let cursor = first.body["next_cursor"].as_str().expect("more pages");
    let rest = registry.client.get(&format!("/api/search?q=mar&limit=200&cursor={cursor}")).await.expect_status(200);
    seen.extend(rest.items().iter().map(name));
    let throughout: Vec<String> =
        whole.iter().filter(|hit| *hit != "patient 1" && *hit != "study 1").cloned().collect();
    let seen: Vec<String> = seen.into_iter().filter(|hit| throughout.contains(hit)).collect();
    assert_eq!(seen, throughout);
    registry.client.get(&format!("/api/search?q=mart&cursor={cursor}")).await.expect_problem(400, "invalid_query");
    drop(registry.app);
}

/// A page that is full of what was typed has looked whether there is more, among what sounds alike: there another word may be the
/// rarest, along whose entries the next page must not go on.
#[tokio::test]
async fn pages_go_on_where_they_ended_whatever_word_leads_behind() {
    let registry = Registry::new().await;
    for (family, given) in [("Dupont", "Marie"), ("Dupont", "Mariette"), ("Dupond", "Marie"), ("Dupon", "Marion")] {
        let patient = registry.patient(named(family, given)).await;
        registry.study(json!({"patient_fk": patient, "study_description": "IRM"})).await;
    }
    for number in 0..6 {
        registry.patient(named("Dupond", &format!("Paul {number}"))).await;
        registry.patient(named(&format!("Durand {number}"), if number > 3 { "Paule" } else { "Marie" })).await;
    }
    for query in ["q=dupont+marie", "q=marie+dupont", "q=dupont+mari", "q=dupond+irm", "q=dupont+marie&type=study"] {
        for reach in ["prefix", "phonetic", "fuzzy", "auto"] {
            let query = format!("{query}&match={reach}");
            let whole = registry.hits(&query).await;
            assert!(!whole.is_empty(), "{query}");
            for limit in 1..4 {
                assert_eq!(walk(&registry.client, &query, limit).await, whole, "{query}&limit={limit}");
            }
        }
    }
    drop(registry.app);
}

/// A number that is no identifier is a word or a date like any other, to the last page.
#[tokio::test]
async fn a_term_with_a_digit_is_listed_to_the_last_page() {
    let registry = Registry::new().await;
    let patient = registry.patient(json!({"family_name": "Martin", "birth_date": "2020-02-03"})).await;
    for day in 10..22 {
        let date = format!("2026-03-{day}");
        registry.study(json!({"patient_fk": patient, "study_date": date, "study_description": "Scanner 3D"})).await;
    }
    for number in 0..6 {
        registry.patient(named("R2d2", &format!("Anakin {number}"))).await;
    }
    for (query, hits) in [("q=2026", 12), ("q=3d", 12), ("q=2020", 1), ("q=r2d2", 6), ("q=r2", 6)] {
        let whole = registry.hits(query).await;
        assert_eq!(whole.len(), hits, "{query}");
        for limit in [1, 5, 11, 12] {
            assert_eq!(walk(&registry.client, query, limit).await, whole, "{query}&limit={limit}");
        }
    }
    let dated = registry.hits("q=2026").await;
    registry.study(json!({"patient_fk": patient, "accession_number": "2026", "study_id": "3d"})).await;
    assert_eq!(registry.hits("q=2026").await, [vec!["study 13".to_owned()], dated].concat(), "a year is one, too");
    assert_eq!(registry.hits("q=3d").await.len(), 13, "what is so short stands in texts, too");
    registry.study(json!({"patient_fk": patient, "accession_number": "R2D2", "study_description": "r2d2"})).await;
    assert_eq!(registry.hits("q=R2D2").await, ["study 14"], "an identifier is meant, and nothing else");
    drop(registry.app);
}

#[tokio::test]
async fn what_is_like_very_many_words_is_listed_to_the_last_page() {
    let registry = Registry::new().await;
    for letter in 'a'..='z' {
        registry.patient(named(&format!("Valmon{letter}"), "Marie")).await;
    }
    for query in ["q=valmont&match=fuzzy", "q=valmont+mari&match=fuzzy", "q=marie+valmont&match=fuzzy"] {
        let whole = registry.hits(query).await;
        assert_eq!(whole.len(), 26, "{query}");
        for limit in [3, 10, 25] {
            assert_eq!(walk(&registry.client, query, limit).await, whole, "{query}&limit={limit}");
        }
    }
    drop(registry.app);
}

#[tokio::test]
async fn a_search_of_very_many_words_is_answered() {
    let registry = Registry::new().await;
    registry.patient(named("Valmont", "Marie")).await;
    let letter = |number: usize| char::from(b'a' + u8::try_from(number).expect("a letter"));
    let mut words: Vec<String> = (0..49).map(|n| format!("x{}{}", letter(n / 26), letter(n % 26))).collect();
    words.insert(24, "valm".to_owned());
    let words = words.join("+");
    assert_eq!(words.len(), 200);
    for reach in ["exact", "prefix", "fuzzy", "auto"] {
        assert!(registry.hits(&format!("q={words}&match={reach}")).await.is_empty(), "{reach}");
    }
    drop(registry.app);
}

pub(super) async fn walk(client: &Client, query: &str, limit: usize) -> Vec<String> {
    let mut hits = Vec::new();
    let mut path = format!("/api/search?{query}&limit={limit}");
    loop {
        let answer = client.get(&path).await.expect_status(200);
        assert!(answer.items().len() <= limit);
        hits.extend(answer.items().iter().map(name));
        let Some(cursor) = answer.body["next_cursor"].as_str() else { return hits };
        assert!(answer.header("link").is_some_and(|link| link.contains(cursor)), "a link to the next page");
        path = format!("/api/search?{query}&limit={limit}&cursor={cursor}");
    }
}
