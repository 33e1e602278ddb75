//! What is looked for along an order, and what is gathered, are the same.

use std::time::Duration;

use entity::{patient, study};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};

use super::*;
use crate::db::Db;
use crate::explained::{Explained, database, fault, fill};
use crate::http::{FromParameters, Parameters};
use crate::search::changes::Changes;
use crate::search::found::Found;
use crate::search::queries::{Hits, SortedEnd, Unsorted, gathered_hits, sorted_hits};
use crate::search::query::SearchQuery;

const PATIENCE: Duration = Duration::from_mins(1);
const ORDERS: [&str; 9] =
    ["name", "-name", "birth_date", "-birth_date", "study_date", "-study_date", "-updated_at", "id", "-id"];

fn read(members: &Value, sort: &str) -> SearchQuery {
    let mut members = members.as_object().expect("an object").clone();
    members.insert("sort".to_owned(), sort.into());
    Parameters::of_body(members).read(SearchQuery::from_parameters).expect("a good query")
}

async fn all_gathered(db: &impl Reads, query: &SearchQuery) -> Vec<Sorted> {
    let sort = query.sort.expect("an order");
    let gathered = gathered_hits(db, &Lengths::default(), &mut Plan::new(query), sort, PATIENCE).await;
    let gathered = gathered.expect("hits").ok().expect("not too many");
    sorted::sorted(gathered, sort, None).into_iter().map(|(hit, _)| hit).collect()
}

/// All hits, some at a time, each time from where the time before has ended.
async fn all_along(db: &impl Reads, query: &SearchQuery, look: Look) -> Vec<Sorted> {
    let (mut plan, sort) = (Plan::new(query), query.sort.expect("an order"));
    looks::leave_out_what_nobody_has(db, &mut plan, &Lengths::default(), Tier::Prefix).await.expect("a look");
    let (mut all, mut after): (Vec<Sorted>, Option<Sorted>) = (Vec::new(), None);
    loop {
        let Along { hits, stopped } = along(db, &plan, sort, after.as_ref(), 150, look).await.expect("hits");
        let is_full = hits.len() == 150;
        all.extend(hits);
        after = if is_full { all.last().cloned() } else { stopped };
        if after.is_none() {
            return all;
        }
    }
}

#[tokio::test]
async fn what_is_found_along_an_order_is_all_in_that_order() {
    let (db, remove) = database("along").await;
    fill(&db, 2000).await;
    db.execute("UPDATE patient SET birth_date = NULL WHERE id % 40 = 7").await.expect("a change");
    let reader = db.reader().pool();
    for members in [
        json!({"q": "martin"}),
        json!({"q": "mart", "type": "patient"}),
        json!({"q": "irm jean", "type": "study"}),
        json!({"q": "jean martin", "modality": "MR"}),
        json!({"q": "martin", "birth_date": "1960..1979"}),
    ] {
        for sort in ORDERS {
            let query = read(&members, sort);
            let expected = all_gathered(reader, &query).await;
            assert!(expected.len() > 150, "{members} {sort}: {}", expected.len());
            for look in [Look::WhileItPays, Look::ToTheEnd] {
                assert!(all_along(reader, &query, look).await == expected, "{members} {sort} {look:?}");
            }
        }
    }
    db.close().await.expect("the connections close");
    remove().await;
}

/// The rows of all pages, and whether each page was gathered; whether one begins to look along the order as far as one may.
async fn paged(
    db: &impl Reads,
    query: &SearchQuery,
    limit: usize,
    begins: impl Fn(usize) -> bool,
) -> (Vec<(bool, i64)>, Vec<bool>) {
    let (lengths, sort) = (Lengths::default(), query.sort.expect("an order"));
    let (mut found, mut ways, mut after) = (Vec::new(), Vec::new(), None::<SortedEnd>);
    loop {
        if let Some(after) = after.as_mut().filter(|_| begins(ways.len())) {
            after.along = true;
        }
        let page = sorted_hits(db, &lengths, query, sort, after.as_ref(), limit, PATIENCE).await;
        let Hits { hits, end, all, .. } = page.expect("a page").ok().expect("an answer");
        found.extend(hits.into_iter().map(|hit| match hit.found {
            Found::Patient(row) => (false, row.id),
            Found::Study(study) => (true, study.row.id),
        }));
        ways.push(all.is_some());
        after = end;
        if after.is_none() {
            return (found, ways);
        }
    }
}

#[tokio::test]
async fn pages_that_are_looked_for_and_gathered_follow_one_another() {
    let (db, remove) = database("pages").await;
    fill(&db, 2000).await;
    // Before all others come studies that are no hits: as long as there are many of them it does not pay to look.
    for day in 10..30 {
        db.execute(&format!(
            "UPDATE patient SET birth_date = '1850-01-{day}' \
             WHERE id % 5 NOT IN (2, 3) AND id % 3 <> 2 AND id % 20 = {day} - 10"
        ))
        .await
        .expect("a change");
    }
    let reader = db.reader().pool();
    let query = read(&json!({"q": "irm jean", "type": "study"}), "birth_date");
    let expected: Vec<(bool, i64)> =
        all_gathered(reader, &query).await.iter().map(|hit| (hit.is_study(), hit.id())).collect();
    assert!(expected.len() > 1000, "{}", expected.len());
    let (found, ways) = paged(reader, &query, 150, |_| false).await;
    assert_eq!(found, expected);
    assert!(ways[0] && ways.contains(&false), "first pages are gathered, later ones looked for: {ways:?}");
    let (found, ways) = paged(reader, &query, 150, |page| page % 2 == 1).await;
    assert_eq!(found, expected, "by turns");
    assert!(ways[0] && !ways[1], "{ways:?}");
    let (found, ways) = paged(reader, &query, 150, |_| true).await;
    assert_eq!(found, expected, "who has begun so goes on so");
    assert!(!ways[1..].contains(&true), "{ways:?}");
    db.close().await.expect("the connections close");
    remove().await;
}

/// Enters the studies of patients again, so many times.
async fn copy_studies(db: &Db, of_name: &str, copies: i64) {
    let of_name = patient::Column::NameKey.starts_with(of_name);
    let all = study::Entity::find().inner_join(patient::Entity).filter(of_name).all(db.reader().pool()).await;
    let all = all.expect("studies");
    for copy in 1..=copies {
        db.write(async |tx| {
            let (mut changes, mut rows) = (Changes::default(), Vec::new());
            for row in &all {
                let id = row.id + copy * 1_000_000;
                let row = study::Model { id, study_instance_uid: format!("1.3.{id}"), ..row.clone() };
                changes.study(None, Some(&row));
                rows.push(row.into_active_model().reset_all());
            }
            for rows in rows.chunks(100) {
                study::Entity::insert_many(rows.to_vec()).exec_without_returning(tx).await?;
            }
            changes.write(tx).await?;
            Ok(())
        })
        .await
        .expect("rows are entered");
    }
}

/// The rows of a statement that says which of them are studies.
async fn rows_of(db: &impl Reads, text: &str) -> Vec<(bool, i64)> {
    let mut sql = Sql::new(db.get_database_backend());
    sql.push(text);
    let rows: Vec<(i64, i64)> = sql.rows(db, "is_study, id").await.expect("rows");
    rows.into_iter().map(|(is_study, id)| (is_study == 1, id)).collect()
}

#[tokio::test]
async fn too_many_hits_to_be_gathered_are_looked_for() {
    let (db, remove) = database("many").await;
    fill(&db, 4000).await;
    copy_studies(&db, "lefevre", 30).await;
    let reader = db.reader().pool();
    let patients = "SELECT 0 AS is_study, id, name_key FROM patient WHERE name_key LIKE 'lefevre%'";
    let studies = "SELECT 1 AS is_study, study.id AS id, name_key FROM study JOIN patient ON patient.id = patient_fk \
        WHERE name_key LIKE 'lefevre%'";
    for (members, sort, sql) in [
        // A word that few patients have, with many studies each.
        (json!({"q": "lefevre"}), "name", format!("{patients} UNION ALL {studies} ORDER BY name_key, id, is_study")),
        (json!({"q": "lefevre", "type": "study"}), "-name", format!("{studies} ORDER BY name_key DESC, study.id DESC")),
        // A filter that leaves few patients, of many studies each.
        (
            json!({"q": "martin", "patient_name": "lefevre", "type": "study"}),
            "name",
            format!("{studies} ORDER BY name_key, study.id"),
        ),
    ] {
        let query = read(&members, sort);
        let order = query.sort.expect("an order");
        let gathered = gathered_hits(reader, &Lengths::default(), &mut Plan::new(&query), order, PATIENCE).await;
        assert!(gathered.expect("no fault").is_err(), "{members}: too many");
        let expected = rows_of(reader, &sql).await;
        assert!(expected.len() > sorted::MOST, "{members}: {}", expected.len());
        let (found, ways) = paged(reader, &query, 1000, |_| false).await;
        assert!(found == expected, "{members} {sort}: {} of {}", found.len(), expected.len());
        assert!(!ways.contains(&true), "{members}: all pages are looked for");
    }
    // Few patients without a value have so many studies that these are looked at a piece at a time.
    db.execute("UPDATE patient SET birth_date = NULL WHERE name_key LIKE 'lefevre%'").await.expect("a change");
    let expected = rows_of(reader, &format!("{studies} ORDER BY study.id")).await;
    assert!(expected.len() > 16_384, "{}", expected.len());
    let explained = Explained::new(reader);
    let query = read(&json!({"q": "lefevre", "type": "study"}), "birth_date");
    let (found, _) = paged(&explained, &query, 1000, |_| false).await;
    assert!(found == expected, "{} of {}", found.len(), expected.len());
    explained.expect_all("a piece of studies without a value", |sql, _| {
        let reads_hits = sql.contains("patient.birth_date IS NULL") && !sql.contains(" LIMIT 1 OFFSET ");
        !reads_hits || sql.contains("study.id >") || sql.contains("study.id <")
    });
    // What is only like the words does not lie along the order.
    let query = read(&json!({"q": "lefevvre"}), "name");
    let order = query.sort.expect("an order");
    let page = sorted_hits(reader, &Lengths::default(), &query, order, None, 20, PATIENCE).await.expect("no fault");
    assert!(matches!(page.err(), Some(Unsorted::TooMany(0))), "none is as typed");
    db.close().await.expect("the connections close");
    remove().await;
}

#[tokio::test]
async fn rows_of_one_value_that_very_many_have_are_walked_by_their_ids() {
    let (db, remove) = database("crowds").await;
    fill(&db, 18_000).await;
    db.execute("UPDATE study SET patient_fk = 18001 - patient_fk").await.expect("a change");
    let reader = db.reader().pool();
    let explained = Explained::new(reader);
    let is_bounded = |sql: &str, plan: &[String]| {
        let is_at_fault = |line: &String| fault(line, &["patient", "study"], explained.get_database_backend());
        // The rows of so large a page may be read by a scan, and MariaDB counts off most rows of a table by sorting them.
        let is_looked = sql.contains("patient.birth_date") || sql.contains(".created_at AS value");
        !is_looked || sql.contains(" LIMIT 1 OFFSET ") || !plan.iter().any(is_at_fault)
    };
    // All rows of both tables were made at once.
    for (table, other) in [("study", "patient"), ("patient", "study")] {
        let made = format!("UPDATE {table} SET created_at = (SELECT MIN(created_at) FROM {other})");
        db.execute(&made).await.expect("a change");
    }
    for (sort, direction) in [("created_at", ""), ("-created_at", " DESC")] {
        let sql = format!(
            "SELECT 0 AS is_study, id FROM patient WHERE family_name LIKE 'Martin%' OR given_name LIKE 'Martin%' \
             UNION ALL SELECT 1, id FROM study ORDER BY id{direction}, is_study"
        );
        let expected = rows_of(reader, &sql).await;
        assert!(expected.len() > 24_000, "{}", expected.len());
        let (found, ways) = paged(&explained, &read(&json!({"q": "martin"}), sort), 5000, |_| true).await;
        assert!(found == expected, "{sort}: {} of {}", found.len(), expected.len());
        assert!(!ways.contains(&true), "{sort}: all pages are looked for");
        explained.expect_all(sort, is_bounded);
    }
    for value in ["'1960-01-01'", "NULL"] {
        db.execute(&format!("UPDATE patient SET birth_date = {value} WHERE id % 20 <> 0")).await.expect("a change");
        for (sort, direction) in [("birth_date", ""), ("-birth_date", " DESC")] {
            let sql = format!(
                "SELECT 1 AS is_study, study.id AS id FROM study JOIN patient ON patient.id = patient_fk \
                 ORDER BY birth_date IS NULL, birth_date{direction}, study.id{direction}"
            );
            let expected = rows_of(reader, &sql).await;
            assert_eq!(expected.len(), 18_000);
            let query = read(&json!({"q": "martin", "type": "study"}), sort);
            for limit in [700, 3500] {
                let (found, ways) = paged(&explained, &query, limit, |_| true).await;
                assert!(found == expected, "{value} {sort}: {} found", found.len());
                assert!(!ways.contains(&true), "{value} {sort}: all pages are looked for");
                explained.expect_all(sort, is_bounded);
            }
        }
    }
    db.close().await.expect("the connections close");
    remove().await;
}

#[tokio::test]
async fn where_it_does_not_pay_one_stops_and_can_go_on() {
    let (db, remove) = database("vain").await;
    fill(&db, 3000).await;
    let reader = db.reader().pool();
    let query = read(&json!({"q": "irm jean", "type": "study", "modality": "XA"}), "-name");
    let (plan, sort) = (Plan::new(&query), query.sort.expect("an order"));
    let found = along(reader, &plan, sort, None, 20, Look::WhileItPays).await.expect("hits");
    assert!(found.hits.is_empty() && found.stopped.is_some() && !found.is_page());
    let to_the_end = along(reader, &plan, sort, None, 20, Look::ToTheEnd).await.expect("hits");
    assert!(to_the_end.hits.is_empty() && to_the_end.stopped.is_none(), "nobody has it");
    db.close().await.expect("the connections close");
    remove().await;
}
