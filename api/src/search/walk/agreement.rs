//! What is judged row by row has the places that a walk along the index finds.

use serde_json::{Value, json};

use super::*;
use crate::explained::{database, fill};
use crate::http::{FromParameters, Parameters};
use crate::search::queries;
use crate::search::query::SearchQuery;
use crate::search::rarity::LONG;
use crate::search::{looks, rarity};

/// More than there are.
fn most() -> usize {
    usize::try_from(LONG).expect("a small number") - 1
}

/// All places of a search, by a walk along the index or by judging the rows that its filters leave.
async fn places(db: &impl Reads, query: &SearchQuery, judges: bool) -> Vec<Place> {
    let (lengths, mut plan) = (Lengths::default(), Plan::new(query));
    // Of more that were wanted those of a common word would be judged at once.
    let mut walk = Walk::new(db, &mut plan, &lengths, Start::default(), most(), Aim::Places);
    if judges {
        walk.find_lead(walk.plan.base(), false).await.expect("a leading word");
        let few = Few::of(db, walk.plan, walk.plan.base(), 0).await.expect("few rows");
        let is_wanted = |at: &usize| walk.plan.query.wants(SECTIONS[*at].source);
        assert!((0..SECTIONS.len()).filter(is_wanted).any(|at| few.is_of(at)), "few are left");
        walk.few = Some(few);
    }
    let walked = walk.run().await.expect("hits");
    assert!(walked.gave_up.is_none() && walked.hits.len() < most(), "the database is small");
    walked.hits.into_iter().map(|(place, _)| place).collect()
}

#[tokio::test]
async fn rows_that_are_judged_have_the_places_of_a_walk() {
    let (db, remove) = database("agreement").await;
    fill(&db, 500).await;
    let (all, none) = (json!({"birth_date": "1950..1999"}), json!({}));
    let mr = json!({"modality": "MR"});
    let changed = json!({"updated_at": "2020..", "patient_name": "mar^m", "study_description": "mar"});
    for (q, reach, filters) in [
        ("martin", "auto", &all),
        ("mar", "auto", &all),
        ("\"martin\"", "auto", &all),
        ("martin jean", "auto", &all),
        ("martin jean", "exact", &all),
        ("martin dupont marie", "auto", &all),
        ("martindupont", "auto", &all),
        ("irm mar", "auto", &all),
        ("martn", "auto", &all),
        ("martn", "fuzzy", &all),
        ("lefebvre zoe", "phonetic", &all),
        ("martn jaen", "fuzzy", &all),
        ("N77", "auto", &all),
        ("N77 martin", "auto", &all),
        ("N77 N77", "auto", &all),
        ("A77 irm", "auto", &mr),
        ("SANSNUMERO jean", "auto", &all),
        ("1.2.78", "auto", &all),
        ("1.2.78 mar", "auto", &mr),
        ("irm", "auto", &mr),
        ("martin", "fuzzy", &mr),
        ("marti zoé", "fuzzy", &mr),
        ("2026-03", "auto", &all),
        ("1960", "auto", &all),
        ("1960..1962", "auto", &all),
        ("1960-03..1964 mart", "auto", &all),
        ("irm", "auto", &changed),
        ("irm martn", "fuzzy", &changed),
        ("dupont 2026-03", "auto", &none),
        ("dupont 1960..1970", "auto", &none),
        ("dupnot 1960..1970", "fuzzy", &none),
    ] {
        let query = |filters: &Value| {
            let mut members = filters.as_object().expect("an object").clone();
            members.insert("q".to_owned(), Value::from(q));
            members.insert("match".to_owned(), Value::from(reach));
            Parameters::of_body(members).read(SearchQuery::from_parameters).expect("a good query")
        };
        let reader = db.reader().pool();
        // Of dates alone few rows are judged at once. The filter lets everybody pass.
        let is_date = Plan::new(&query(&none)).is_date();
        let walked = places(reader, &query(if is_date { &none } else { filters }), false).await;
        assert_eq!(places(reader, &query(filters), true).await, walked, "{q}, {reach}, {filters}");
        assert!(walked.len() > 1 || q.contains("77") || q.contains("78"), "{q}: {}", walked.len());
    }
    db.close().await.expect("the connections close");
    remove().await;
}

/// All places of a search of several words, from its beginning or from behind a place that comes before all others.
async fn places_from(db: &impl Reads, query: &SearchQuery, lead: usize, after: Option<Place>) -> Vec<Place> {
    let (lengths, mut plan) = (Lengths::default(), Plan::new(query));
    plan.lead_by(lead);
    let start = Start { after, found: 0 };
    let mut walk = Walk::new(db, &mut plan, &lengths, start, usize::MAX / 2, Aim::Places);
    walk.find_lead(walk.plan.base(), walk.after.is_some()).await.expect("a leading word");
    assert!(walk.rarity.is_some_and(|rarity| rarity.patients < rare::FEW as u64), "few have the word");
    let walked = walk.run().await.expect("hits");
    assert_eq!(walked.leads.first().map(|(_, word)| *word), Some(lead), "the rarest word leads");
    walked.hits.into_iter().map(|(place, _)| place).collect()
}

/// Whether a hit is a study, and its id.
fn row_of(found: &Found) -> (bool, i64) {
    match found {
        Found::Patient(row) => (false, row.id),
        Found::Study(study) => (true, study.row.id),
    }
}

fn row_of_place(place: &Place) -> (bool, i64) {
    let is_study = place.study_id != 0;
    (is_study, if is_study { place.study_id.abs() } else { place.row_id })
}

/// The rows of a search page by page, of which the first alone begins before all places. What is not `known` each page counts anew.
async fn rows_by_page(db: &impl Reads, known: Option<&Lengths>, query: &SearchQuery, limit: usize) -> Vec<(bool, i64)> {
    let (mut end, mut rows) = (None, Vec::new());
    loop {
        let lengths = Lengths::default();
        let page = queries::hits(db, known.unwrap_or(&lengths), query, end, limit).await.expect("a page");
        rows.extend(page.hits.iter().map(|hit| row_of(&hit.found)));
        end = page.end;
        if end.is_none() {
            return rows;
        }
    }
}

#[tokio::test]
async fn entries_that_are_read_at_once_have_the_places_of_a_walk() {
    let (db, remove) = database("rare").await;
    fill(&db, 500).await;
    for (q, reach, kind, lead) in [
        ("lefevre zoe", "auto", "patient,study", 0),
        ("zoe lefe", "auto", "patient", 1),
        ("zoe lefe", "auto", "study", 1),
        ("mar lefevre", "prefix", "patient,study", 1),
        ("\"goff\" mart", "auto", "patient,study", 0),
        ("jean durand", "exact", "patient,study", 1),
        ("irm march", "auto", "patient,study", 1),
        ("marchnad marie", "fuzzy", "patient,study", 0),
        ("durand N10", "auto", "patient,study", 1),
    ] {
        let members = json!({"q": q, "match": reach, "type": kind}).as_object().expect("an object").clone();
        let query = Parameters::of_body(members).read(SearchQuery::from_parameters).expect("a good query");
        let reader = db.reader().pool();
        let walked = places_from(reader, &query, lead, Some(Place::start(0))).await;
        assert_eq!(places_from(reader, &query, lead, None).await, walked, "{q}");
        let expected: Vec<(bool, i64)> = walked.iter().map(row_of_place).collect();
        assert_eq!(rows_by_page(reader, Some(&Lengths::default()), &query, 3).await, expected, "{q}");
        assert!(walked.len() > 1, "{q}: {}", walked.len());
    }
    db.close().await.expect("the connections close");
    remove().await;
}

#[tokio::test]
async fn names_that_are_read_before_a_word_leads_come_in_the_same_order() {
    let (db, remove) = database("names").await;
    fill(&db, 1000).await;
    for (q, kind, limit) in [
        ("martin jean", "patient,study", 7),
        ("jean martin", "patient,study", 40),
        ("mart jean", "patient", 1),
        ("dupont martin", "patient,study", 20),
        ("marie martine", "patient,study", 20),
        ("martin jean", "study", 20),
        // Few patients have the word that leads.
        ("irm martin", "patient,study", 20),
    ] {
        let members = json!({"q": q, "type": kind}).as_object().expect("an object").clone();
        let query = Parameters::of_body(members).read(SearchQuery::from_parameters).expect("a good query");
        let (reader, known, mut plan) = (db.reader().pool(), Lengths::default(), Plan::new(&query));
        looks::leave_out_what_nobody_has(reader, &mut plan, &known, Tier::Prefix).await.expect("a plan");
        let is_enough = rarity::at_first(reader, &plan, &known, plan.base(), None).await.expect("rarities").1;
        assert!(!is_enough, "{q}: both words are common");
        rarity::until_long(reader, &plan, &known, plan.base()).await.expect("rarities");
        let rows = rows_by_page(reader, None, &query, limit).await;
        assert_eq!(rows, rows_by_page(reader, Some(&known), &query, limit).await, "{q}");
        assert!(rows.len() > 40, "{q}: {}", rows.len());
    }
    db.close().await.expect("the connections close");
    remove().await;
}
