//! How the engines carry out the statements of the search: every one is asked for its plan before it runs. On SQLite, and on the
//! MariaDB of `TEST_DATABASE_URL` where there is one.

use std::sync::Mutex;

use sea_orm::entity::prelude::async_trait::async_trait;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, EntityTrait, ExecResult,
    IntoActiveModel, QueryResult, Statement,
};
use serde_json::{Map, Value, json};

use super::changes::Changes;
use super::index::{derive_patient, derive_study};
use super::queries;
use super::query::SearchQuery;
use crate::config::{Config, Secret};
use crate::db::Db;
use crate::http::{FromParameters, Parameters};
use crate::patients::queries::blank;
use entity::{patient, study};

/// A connection that notes each statement with what the engine says it will do.
struct Explained<'a> {
    db: &'a DatabaseConnection,
    noted: Mutex<Vec<(String, Vec<String>)>>,
}

#[async_trait]
impl ConnectionTrait for Explained<'_> {
    fn get_database_backend(&self) -> DatabaseBackend {
        self.db.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.db.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.db.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.db.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let is_sqlite = self.get_database_backend() == DatabaseBackend::Sqlite;
        let verb = if is_sqlite { "EXPLAIN QUERY PLAN " } else { "EXPLAIN " };
        let explain = Statement { sql: format!("{verb}{}", statement.sql), ..statement.clone() };
        let rows = self.db.query_all_raw(explain).await?;
        let line = |row: &QueryResult| -> Result<String, DbErr> {
            if is_sqlite {
                return row.try_get("", "detail");
            }
            let text = |column| row.try_get::<Option<String>>("", column).map(Option::unwrap_or_default);
            Ok(format!("{} {} {} {}", text("table")?, text("type")?, text("key")?, text("Extra")?))
        };
        let plan = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        self.noted.lock().expect("no panic while noting").push((statement.sql.clone(), plan));
        self.db.query_all_raw(statement).await
    }
}

/// What of a plan reads or sorts more than a page needs.
fn fault(line: &str, backend: DatabaseBackend) -> bool {
    let tables =
        ["patient", "study", "entry", "posting", "search_token", "search_posting", "search_word", "search_variant"];
    if backend == DatabaseBackend::Sqlite {
        return tables.iter().any(|table| line.starts_with(&format!("SCAN {table}")))
            || line.contains("TEMP B-TREE FOR ORDER BY");
    }
    let mut parts = line.split(' ');
    let (table, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    tables.contains(&table)
        && (kind == "ALL" || kind == "index" || line.contains("filesort") || line.contains("temporary"))
}

async fn database(name: &str) -> (Db, impl AsyncFn()) {
    #[expect(clippy::disallowed_methods, reason = "a variable of the tests")]
    let server = std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty());
    let name = format!("pt_plans_{name}_{}", std::process::id());
    let folder = std::env::temp_dir().join(&name);
    let mut config = Config::new(&folder);
    let on_server = async |sql: String| {
        let Some(server) = &server else { return };
        let mut config = Config::new(&folder);
        config.database_url = Secret::new(format!("{server}/mysql"));
        let db = Db::connect(&config).await.expect("the server answers");
        db.execute(&sql).await.expect("the server obeys");
        db.close().await.expect("the connection closes");
    };
    on_server(format!("CREATE DATABASE {name}")).await;
    if let Some(server) = &server {
        config.database_url = Secret::new(format!("{server}/{name}"));
    }
    let db = Db::connect(&config).await.expect("the database answers");
    db.migrate_up().await.expect("the schema is made");
    let remove = async move || {
        let Some(server) = &server else {
            std::fs::remove_dir_all(&folder).expect("the folder can be removed");
            return;
        };
        let mut config = Config::new(&folder);
        config.database_url = Secret::new(format!("{server}/mysql"));
        let db = Db::connect(&config).await.expect("the server answers");
        db.execute(&format!("DROP DATABASE {name}")).await.expect("the server obeys");
        db.close().await.expect("the connection closes");
    };
    (db, remove)
}

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
                let full = crate::studies::queries::blank(format!("1.2.{id}"), row.clone());
                let mut study = study::Model {
                    id,
                    study_description: Some(format!("IRM {} martin", GIVEN[at % 3])),
                    accession_number: Some(format!("A{id}")),
                    ..full.row
                };
                derive_study(&mut study);
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
    if db.reader().get_database_backend() == DatabaseBackend::MySql {
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
        let explained = Explained { db: db.reader(), noted: Mutex::default() };
        let first = queries::hits(&explained, &query, None, 20).await.expect("a page");
        // Further pages begin in the middle of a range.
        if let Some(end) = first.end {
            queries::hits(&explained, &query, Some(end), 20).await.expect("the next page");
        }
        let noted = explained.noted.into_inner().expect("no panic while noting");
        assert!(!noted.is_empty());
        for (sql, plan) in noted {
            let faults: Vec<&String> =
                plan.iter().filter(|line| fault(line, db.reader().get_database_backend())).collect();
            assert!(faults.is_empty(), "{members:?}\n{sql}\n{plan:#?}");
        }
    }
    db.close().await.expect("the connections close");
    remove().await;
}

fn read(members: Map<String, Value>) -> SearchQuery {
    Parameters::of_body(members).read(SearchQuery::from_parameters).expect("a good query")
}
