//! Hits whose names are what was typed.

use serde_json::json;

use super::pages::walk;
use super::{Registry, named};

#[tokio::test]
async fn who_has_the_words_as_a_name_comes_first() {
    let registry = Registry::new().await;
    let far = registry.patient(named("Saint-Martin", "Jean")).await;
    let between = registry.patient(named("Martin", "Alain Jean")).await;
    let longer = registry.patient(named("Martin", "Jeanne")).await;
    let whole = registry.patient(named("Martin", "Jean")).await;
    let reversed = registry.patient(named("Jean", "Martin")).await;
    let more = registry.patient(named("Martin", "Jean Paul")).await;
    let given_alone = registry.patient(json!({"given_name": "Martin Jean"})).await;
    let by_birth =
        registry.patient(json!({"family_name": "Autre", "birth_name": "Martin", "given_name": "Jean"})).await;
    let binned = registry.patient(named("Martin", "Jean")).await;
    registry.client.if_match("*").delete(&format!("/api/patients/{binned}")).await.expect_status(204);
    // The rarer word leads among the others.
    for given in ["Jean", "Jean-Luc", "Jean-Marc"] {
        registry.patient(named("Durand", given)).await;
    }
    let hits = async |query: &str| -> Vec<i64> {
        let found = registry.hits(query).await;
        assert_eq!(walk(&registry.client, query, 1).await, found, "{query}");
        found.iter().map(|hit| hit.trim_start_matches("patient ").parse().expect("a patient")).collect()
    };
    let others = [between, far, by_birth];
    assert_eq!(hits("q=martin+jean").await, [&[whole, given_alone, more, longer, reversed], &others[..]].concat());
    assert_eq!(
        hits("q=jean+martin").await,
        [&[reversed, whole, given_alone, more, longer], &others[..]].concat(),
        "the order in which it was typed counts"
    );
    let whole_words = [&[whole, given_alone, more, reversed], &others[..]].concat();
    assert_eq!(hits("q=martin+jean&match=exact").await, whole_words);
    assert_eq!(hits("q=martin+%22jean%22").await, whole_words);
    assert_eq!(hits("q=martin+jean+pa").await, [more]);
    assert_eq!(hits("q=jean+pa+martin").await, [more]);
    assert_eq!(hits("q=alain+jean+martin").await, [between]);
    let mut filtered = hits("q=martin+jean&updated_at=2026-01-01T00:00:00Z..").await;
    filtered.sort_unstable();
    assert_eq!(filtered, [far, between, longer, whole, reversed, more, given_alone, by_birth]);
    assert_eq!(hits("q=martin+jean&sex=F").await, [] as [i64; 0]);
    assert_eq!(hits("q=martin+jean+1").await, [] as [i64; 0]);
    let page = registry.client.get("/api/search?q=martin+jean").await.expect_status(200);
    let scores: Vec<u64> = page.items().iter().map(|hit| hit["score"].as_u64().expect("a score")).collect();
    assert_eq!(scores, [70, 70, 70, 70, 70, 60, 60, 60]);
    assert_eq!(
        page.items()[0]["matched"],
        json!([
            {"field": "family_name", "kind": "exact", "value": "Martin"},
            {"field": "given_name", "kind": "exact", "value": "Jean"},
        ])
    );
}

#[tokio::test]
async fn a_name_of_several_words_may_be_typed_before_or_behind_the_others() {
    let registry = Registry::new().await;
    let plain = registry.patient(named("Tour", "Jean de la")).await;
    let noble = registry.patient(named("de la Tour", "Jean")).await;
    for query in ["q=de+la+tour+jean", "q=jean+de+la+tour"] {
        let hits = registry.hits(query).await;
        assert_eq!(hits[0], format!("patient {noble}"), "{query}");
        assert_eq!(hits.len(), 2, "{query}");
    }
    assert_eq!(registry.hits("q=tour+jean+de+la").await[0], format!("patient {plain}"));
}

#[tokio::test]
async fn a_name_is_a_hit_once_whatever_it_is_found_by() {
    let registry = Registry::new().await;
    let by_number = json!({"family_name": "Jeanpaul", "given_name": "Martin", "patient_id": "jeanpaul"});
    let by_number = format!("patient {}", registry.patient(by_number).await);
    let twice = format!("patient {}", registry.patient(named("Martin", "Martin")).await);
    assert_eq!(registry.hits("q=jeanpaul+martin").await, [by_number]);
    for query in ["q=martin+%22martin%22", "q=%22martin%22+martin"] {
        let hits = registry.hits(query).await;
        assert_eq!(hits.iter().filter(|hit| **hit == twice).count(), 1, "{query}: {hits:?}");
    }
}

#[tokio::test]
async fn a_word_that_is_somebodys_number_too_is_still_a_name() {
    let registry = Registry::new().await;
    let patient = json!({"patient_id": "dupont", "family_name": "Dupont", "given_name": "Martin"});
    let id = registry.patient(patient).await;
    for query in ["q=dupont%20martin", "q=dupont%20martn", "q=dupont%20martain&match=phonetic"] {
        assert_eq!(registry.hits(query).await, [format!("patient {id}")], "{query}");
    }
}
