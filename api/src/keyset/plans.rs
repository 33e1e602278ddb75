//! How the engines carry out the statements of the lists.

use sea_orm::DbErr;
use time::macros::date;

use super::Position;
use crate::db::Db;
use crate::explained::{Explained, database, fill};
use crate::patients::{self, filter::PatientFilter};
use crate::studies::{self, filter::StudyFilter};
use crate::values::DateRange;

const PAGE: u64 = 20;

/// Whether a statement walks along an index, without a sort. Of rows that were counted and found to be few all may be sorted.
fn walks(sql: &str, plan: &[String]) -> bool {
    let is_few = sql.contains("IN (SELECT");
    let sorts = |line: &String| {
        line.contains("TEMP B-TREE FOR ORDER BY")
            || is_of_list(line) && (line.contains("filesort") || line.contains("temporary"))
    };
    let scans =
        |line: &String| is_of_list(line) && (line.contains(" ALL ") || is_sqlite(line) && !line.contains("USING"));
    plan.iter().all(|line| (is_few || !sorts(line)) && !scans(line))
}

/// Whether it reads nothing but an index.
fn reads_no_rows(_: &str, plan: &[String]) -> bool {
    let in_index = |line: &&String| line.contains(if is_sqlite(line) { "COVERING INDEX" } else { "Using index" });
    plan.iter().filter(|line| is_of_list(line)).all(|line| in_index(&line))
}

/// Whether MariaDB goes to the place where a page begins, by all columns of the order and not by the first one alone.
fn goes_to_its_place(sql: &str, plan: &[String]) -> bool {
    // The bytes of a text, a date that may be missing or an instant, each with an id.
    const WHOLE_KEYS: [&str; 3] = ["1030", "12", "16"];
    let by_whole_key = |line: &&String| line.split(' ').nth(3).is_some_and(|bytes| WHOLE_KEYS.contains(&bytes));
    !sql.contains(" OR ") || plan.iter().filter(|line| is_of_list(line)).all(|line| by_whole_key(&line))
}

fn is_of_list(line: &str) -> bool {
    line.split(' ').any(|word| ["patient", "study"].contains(&word))
}

fn is_sqlite(line: &str) -> bool {
    line.starts_with("SCAN ") || line.starts_with("SEARCH ")
}

/// The first page of a list, and the next one.
async fn expect_walks<'db>(
    db: &'db Db,
    what: &str,
    is_filtered: bool,
    page: impl AsyncFn(&Explained<'_>, Option<&Position>) -> Result<Vec<Position>, DbErr>,
) -> Explained<'db> {
    let explained = Explained::new(db.reader().pool());
    let first = page(&explained, None).await.expect("a page");
    let next = page(&explained, first.last()).await.expect("the next page");
    assert_eq!((first.len(), next.len()), (20, 20), "{what}");
    explained.expect_all(what, walks);
    if !is_filtered {
        explained.expect_all(what, reads_no_rows);
        explained.expect_all(what, goes_to_its_place);
    }
    explained
}

/// Whether rows are looked at, and not what the index of words knows.
fn asks_no_index_of_words(sql: &str, _: &[String]) -> bool {
    !sql.contains("search_token")
}

#[tokio::test]
async fn a_page_of_a_list_walks_along_an_index() {
    let (db, remove) = database("lists").await;
    fill(&db, 4000).await;
    let twenty_years = DateRange { from: Some(date!(1960 - 01 - 01)), to: Some(date!(1979 - 12 - 31)) };
    let born = PatientFilter { birth_date: Some(twenty_years), ..PatientFilter::default() };
    let named = PatientFilter { patient_name: Some("mar".to_owned()), ..PatientFilter::default() };
    for filter in [PatientFilter::default(), born, named] {
        let is_filtered = filter != PatientFilter::default();
        for text in ["name", "birth_date", "created_at", "updated_at", "-name", "-birth_date", "-updated_at"] {
            let sort = patients::dto::sort(text).expect("a sort");
            let page = async |db: &Explained<'_>, after: Option<&Position>| {
                patients::queries::page(db, &filter, sort, after, PAGE).await
            };
            expect_walks(&db, &format!("{text} {filter:?}"), is_filtered, page).await;
        }
    }
    let magnetic = StudyFilter { modality: vec!["MR".to_owned()], ..StudyFilter::default() };
    for filter in [StudyFilter::default(), magnetic] {
        let is_filtered = filter != StudyFilter::default();
        for text in ["study_date", "created_at", "updated_at", "-study_date", "-created_at", "-updated_at"] {
            let sort = studies::dto::sort(text).expect("a sort");
            let page = async |db: &Explained<'_>, after: Option<&Position>| {
                studies::queries::page(db, &filter, sort, after, PAGE).await
            };
            expect_walks(&db, &format!("{text} {filter:?}"), is_filtered, page).await;
        }
    }
    db.close().await.expect("the connections close");
    remove().await;
}

#[tokio::test]
async fn rows_of_common_words_are_looked_at_along_an_index() {
    let (db, remove) = database("common_words").await;
    fill(&db, 12_000).await;
    let named = PatientFilter { patient_name: Some("mar".to_owned()), ..PatientFilter::default() };
    for text in ["birth_date", "-updated_at"] {
        let sort = patients::dto::sort(text).expect("a sort");
        let page = async |db: &Explained<'_>, after: Option<&Position>| {
            patients::queries::page(db, &named, sort, after, PAGE).await
        };
        expect_walks(&db, text, true, page).await.expect_last(text, asks_no_index_of_words);
    }
    let magnetic = StudyFilter { modality: vec!["MR".to_owned()], ..StudyFilter::default() };
    let described = StudyFilter { study_description: Some("irm".to_owned()), ..magnetic.clone() };
    for text in ["-study_date", "created_at"] {
        let sort = studies::dto::sort(text).expect("a sort");
        let page = async |db: &Explained<'_>, after: Option<&Position>| {
            let page = studies::queries::page(db, &described, sort, after, PAGE).await?;
            // All studies are described so.
            let same = studies::queries::page(db.pool(), &magnetic, sort, after, PAGE).await?;
            let ids = |page: &[Position]| page.iter().map(|place| place.id).collect::<Vec<_>>();
            assert_eq!(ids(&page), ids(&same), "{text}");
            Ok(page)
        };
        expect_walks(&db, text, true, page).await.expect_last(text, asks_no_index_of_words);
    }
    db.close().await.expect("the connections close");
    remove().await;
}

#[tokio::test]
async fn what_hardly_any_row_has_leads_by_its_index() {
    let (db, remove) = database("rare").await;
    fill(&db, 4000).await;
    let issuer = PatientFilter { issuer_of_patient_id: Some("Nord".to_owned()), ..PatientFilter::default() };
    let sex = PatientFilter { sex: vec!["O".to_owned()], ..PatientFilter::default() };
    for (filter, index) in [(issuer, "patient_issuer"), (sex, "patient_sex")] {
        let explained = Explained::new(db.reader().pool());
        let page = patients::queries::page(&explained, &filter, patients::dto::BY_NAME, None, PAGE).await;
        assert!(page.expect("a page").is_empty());
        explained.expect_index(index, &format!("{filter:?}"));
        explained.expect_all(&format!("{filter:?}"), walks);
    }
    let cancelled = StudyFilter { status: vec!["cancelled".to_owned()], ..StudyFilter::default() };
    let explained = Explained::new(db.reader().pool());
    let page = studies::queries::page(&explained, &cancelled, studies::dto::NEWEST_FIRST, None, PAGE).await;
    assert!(page.expect("a page").is_empty());
    explained.expect_index("study_status", "cancelled");
    explained.expect_all("cancelled", walks);
    db.close().await.expect("the connections close");
    remove().await;
}
