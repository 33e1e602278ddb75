//! How the engines carry out the statements of the search.

use std::sync::Arc;

use sea_orm::{ActiveModelTrait, ConnectionTrait, DatabaseBackend, EntityTrait, IntoActiveModel};
use serde_json::{Map, Value, json};

use super::changes::Changes;
use super::index::{derive_patient, derive_study};
use super::lengths::Lengths;
use super::queries;
use super::query::SearchQuery;
use crate::db::Db;
use crate::explained::{Explained, database};
use crate::http::{FromParameters, Parameters};
use crate::patients::queries::blank;
use entity::{patient, study};

/// The tables of which a page reads a part.
const TABLES: [&str; 8] =
    ["patient", "study", "entry", "posting", "search_token", "search_posting", "search_word", "search_variant"];

/// Enters patients of common names, each with a study.
async fn fill(db: &Db, number: i64) {
    const FAMILIES: [&str; 7] = ["Martin", "Marchand", "Dupont", "Durand", "Lefèvre", "Le Goff", "Martin-Dupont"];
    const GIVEN: [&str; 5] = ["Marie", "Martine", "Jean", "Jeanne", "Zoé"];
    for first in (1..=number).step_by(500) {
        db.write(async |tx| {
            let mut changes = Changes::default();
            let (mut patients, mut studies) = (Vec::new(), Vec::new());
            for id in first..first + 500 {
                let at = usize::try_from(id).expect("a small number");
                let mut row = patient::Model {
                    id,
                    family_name: Some(FAMILIES[at % 7].to_owned()),
                    given_name: Some(GIVEN[at % 5].to_owned()),
                    ..blank(format!("N{id}"))
                };
                derive_patient(&mut row);
                let full = crate::studies::queries::blank(format!("1.2.{id}"), Arc::new(row.clone()));
                let mut study = study::Model {
                    id,
                    study_description: Some(format!("IRM {} martin", GIVEN[at % 3])),
                    accession_number: Some(format!("A{id}")),
                    ..full.row
                };
                derive_study(&mut study, &row);
                changes.patient(None, Some(&row));
                changes.study(None, Some(&study));
                patients.push(row.into_active_model().reset_all());
                studies.push(study.into_active_model().reset_all());
            }
            for rows in patients.chunks(100) {
                patient::Entity::insert_many(rows.to_vec()).exec_without_returning(tx).await?;
            }
            for rows in studies.chunks(100) {
                study::Entity::insert_many(rows.to_vec()).exec_without_returning(tx).await?;
            }
            changes.write(tx).await?;
            Ok(())
        })
        .await
        .expect("rows are entered");
    }
    // The program leaves SQLite without statistics; InnoDB keeps its own.
    if db.reader().pool().get_database_backend() == DatabaseBackend::MySql {
        for table in ["patient", "study", "search_token", "search_posting", "search_word", "search_variant"] {
            db.reader().execute_unprepared(&format!("ANALYZE TABLE {table}")).await.expect("statistics are made");
        }
    }
}

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
