//! How the engines carry out the statements of the search.

use std::time::Duration;

use sea_orm::ConnectionTrait;
use serde_json::{Map, Value, json};

use super::along::{Look, along};
use super::few::Few;
use super::lengths::Lengths;
use super::plan::Plan;
use super::queries::SortedEnd;
use super::query::SearchQuery;
use super::rank::{SECTIONS, Section, Tier};
use super::sorted::{MOST, Stretch};
use super::{gathered, looks, queries};
use crate::explained::{Explained, database, fault, fill};
use crate::http::{FromParameters, Parameters};

/// The tables of which a page reads a part.
const TABLES: [&str; 8] =
    ["patient", "study", "entry", "posting", "search_token", "search_posting", "search_word", "search_variant"];

#[tokio::test]
async fn no_statement_reads_or_sorts_more_than_its_page() {
    let (db, remove) = database("search").await;
    fill(&db, 4000).await;
    let queries = [
        json!({"q": "mar"}),
        json!({"q": "martin"}),
        json!({"q": "\"martin\"", "match": "exact"}),
        json!({"q": "mar", "type": "study"}),
        json!({"q": "irm"}),
        json!({"q": "mar je"}),
        json!({"q": "le goff zoe"}),
        json!({"q": "dupont irm", "type": "study"}),
        json!({"q": "martin", "sex": "F"}),
        json!({"q": "martin", "modality": "MR"}),
        json!({"q": "A77"}),
        json!({"q": "N77"}),
        json!({"q": "1.2.77"}),
        json!({"q": "dupond", "match": "fuzzy"}),
        json!({"q": "martn zeo", "match": "fuzzy"}),
        json!({"q": "2026-03"}),
        json!({"q": "dupont 2026-03"}),
    ];
    for members in queries {
        let Value::Object(members) = members else { panic!("an object") };
        let query = read(members.clone());
        let explained = Explained::new(db.reader().pool());
        let first = queries::hits(&explained, &Lengths::default(), &query, None, 20).await.expect("a page");
        // Further pages begin in the middle of a range.
        if let Some(end) = first.end {
            queries::hits(&explained, &Lengths::default(), &query, Some(end), 20).await.expect("the next page");
        }
        explained.expect_all(&format!("{members:?}"), goes_to_its_places);
        explained.expect_bounded(&TABLES, &format!("{members:?}"));
    }
    db.close().await.expect("the connections close");
    remove().await;
}

#[tokio::test]
async fn what_few_rows_are_judged_by_reads_these_rows() {
    let (db, remove) = database("few").await;
    fill(&db, 4000).await;
    for members in [
        json!({"q": "martin", "birth_date": "1960-02"}),
        json!({"q": "martin", "patient_id": "N77"}),
        json!({"q": "martin", "updated_at": "..2020"}),
        json!({"q": "irm", "study_date": "2026-03-03"}),
        json!({"q": "irm", "accession_number": "A77"}),
        json!({"q": "irm", "study_instance_uid": "1.2.77,1.2.78"}),
        json!({"q": "irm", "modality": "XA"}),
        json!({"q": "dupont 2026-03-03"}),
        json!({"q": "dupont 1960-02"}),
    ] {
        let query = read(members.as_object().expect("an object").clone());
        let explained = Explained::new(db.reader().pool());
        let mut plan = Plan::new(&query);
        looks::leave_out_what_nobody_has(&explained, &mut plan, &Lengths::default(), Tier::Prefix)
            .await
            .expect("a look");
        let few = Few::of(&explained, &plan, Tier::Prefix, 0).await.expect("few rows");
        let is_few = |(at, section): (usize, &Section)| query.wants(section.source) && few.is_of(at);
        assert!(SECTIONS.iter().enumerate().any(is_few), "{members}");
        explained.expect_bounded(&TABLES, &members.to_string());
    }
    db.close().await.expect("the connections close");
    remove().await;
}

#[tokio::test]
async fn hits_of_common_words_are_looked_for_along_an_order() {
    let (db, remove) = database("orders").await;
    fill(&db, 4000).await;
    for sort in [
        "name",
        "-name",
        "birth_date",
        "-birth_date",
        "study_date",
        "-study_date",
        "created_at",
        "-updated_at",
        "id",
        "-id",
    ] {
        let query = read(json!({"q": "martin", "sort": sort}).as_object().expect("an object").clone());
        let (explained, order) = (Explained::new(db.reader().pool()), query.sort.expect("an order"));
        let (lengths, patience) = (Lengths::default(), Duration::from_mins(1));
        let mut after = None;
        for page in 0..2 {
            let hits = queries::sorted_hits(&explained, &lengths, &query, order, after.as_ref(), 20, patience).await;
            let hits = hits.expect("a page").ok().expect("not too many");
            assert!(hits.all.is_none() && hits.hits.len() == 20, "{sort}: page {page} is looked for");
            after = hits.end;
        }
        // The hits behind those that have a value.
        let after = Some(SortedEnd { place: order.before(Stretch::Of(None), None), along: true });
        let hits = queries::sorted_hits(&explained, &lengths, &query, order, after.as_ref(), 20, patience).await;
        hits.expect("a page").ok().expect("not too many");
        // Where a piece ends is counted off along an index, from its beginning if it is the first one.
        let counts_off = |sql: &str, line: &str| {
            sql.contains(" LIMIT 1 OFFSET ")
                && !["TEMP B-TREE", "filesort", "temporary", " ALL "].iter().any(|fault| line.contains(fault))
        };
        let backend = explained.get_database_backend();
        explained.expect_all(sort, |sql, plan| {
            plan.iter().all(|line| !fault(line, &TABLES, backend) || counts_off(sql, line))
        });
        for (column, index) in [("birth_date", "patient_birth_date"), ("study_date", "study_day")] {
            explained.expect_all(sort, |sql, plan| {
                !sql.contains(&format!("{column} IS NULL")) || plan.iter().any(|line| line.contains(index))
            });
        }
    }
    db.close().await.expect("the connections close");
    remove().await;
}

#[tokio::test]
async fn a_filter_on_what_hits_are_sorted_by_bounds_the_look() {
    let (db, remove) = database("bounds").await;
    fill(&db, 2000).await;
    for (column, range, sort) in [
        ("birth_date", "1960..1999", "birth_date"),
        ("birth_date", "1960..1999", "-birth_date"),
        ("study_date", "2026-01..2026-11", "-study_date"),
        ("updated_at", "1999..2099", "updated_at"),
    ] {
        let members = json!({"q": "martin", column: range, "sort": sort});
        let query = read(members.as_object().expect("an object").clone());
        let (explained, order) = (Explained::new(db.reader().pool()), query.sort.expect("an order"));
        let found = along(&explained, &Plan::new(&query), order, None, 2000, Look::ToTheEnd).await.expect("hits");
        assert!(found.hits.len() > 1000 && found.stopped.is_none(), "{members}: {}", found.hits.len());
        explained.expect_all(sort, |sql, _| {
            let is_bounded = sql.contains(&format!("{column} >")) && sql.contains(&format!("{column} <"));
            is_bounded && !sql.contains(&format!("{column} IS NULL"))
        });
    }
    db.close().await.expect("the connections close");
    remove().await;
}

#[tokio::test]
async fn studies_are_gathered_along_the_index() {
    let (db, remove) = database("plans").await;
    fill(&db, 4000).await;
    let Value::Object(members) = json!({"q": "martin jean", "sort": "name"}) else { panic!("an object") };
    let query = read(members);
    let (explained, sort) = (Explained::new(db.reader().pool()), query.sort.expect("an order"));
    let found = gathered::studies(&explained, &Lengths::default(), &mut Plan::new(&query), sort, MOST).await;
    assert!(found.expect("studies").is_some(), "it pays to gather");
    explained.expect_bounded(&TABLES, "martin jean");
    db.close().await.expect("the connections close");
    remove().await;
}

/// Whether the entries of a word are read from the place where they begin to the one where they end: nowhere by the kind of the word
/// alone, and by all columns of a place.
fn goes_to_its_places(sql: &str, plan: &[String]) -> bool {
    // Of MariaDB's plans the bytes of all columns of the key.
    const WHOLE_KEY: &str = "entry range PRIMARY 1292 ";
    let of_kind = |line: &String| line.ends_with("(kind=?)") || line.starts_with("entry ref PRIMARY 2 ");
    let comparisons = ["entry.row_id) ", "entry.row_id > ", "entry.row_id >= ", "entry.row_id <= "];
    let compared = |sql: &str| comparisons.iter().map(|comparison| sql.matches(comparison).count()).sum::<usize>();
    let goes = if plan.iter().any(|line| line.starts_with("SEARCH ")) {
        compared(sql) == plan.iter().map(|line| line.matches("row_id)").count()).sum::<usize>()
    } else {
        let begun = sql.split("UNION ALL").filter(|branch| compared(branch) > 0).count();
        begun == plan.iter().filter(|line| line.starts_with(WHOLE_KEY)).count()
    };
    goes && !plan.iter().any(of_kind)
}

fn read(members: Map<String, Value>) -> SearchQuery {
    Parameters::of_body(members).read(SearchQuery::from_parameters).expect("a good query")
}
