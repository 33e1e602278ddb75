//! For tests: how the engines carry out statements. Each is asked for its plan before it runs, on SQLite, or on the MariaDB of
//! `TEST_DATABASE_URL` where there is one.

use std::sync::{Arc, Mutex};

use entity::{patient, study, study_modality};
use sea_orm::entity::prelude::async_trait::async_trait;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, EntityTrait, ExecResult,
    IntoActiveModel, QueryResult, Statement,
};
use time::Date;

use crate::config::{Config, Secret};
use crate::db::{Db, Reads};
use crate::patients::queries::blank;
use crate::search::changes::Changes;
use crate::search::index::{derive_patient, derive_study};

/// A connection that notes each statement with what the engine says it will do.
pub struct Explained<'a> {
    db: &'a DatabaseConnection,
    noted: Mutex<Vec<(String, Vec<String>)>>,
}

impl<'a> Explained<'a> {
    pub fn new(db: &'a DatabaseConnection) -> Self {
        Self { db, noted: Mutex::default() }
    }

    /// The connection, whose own statements are not noted.
    pub const fn pool(&self) -> &'a DatabaseConnection {
        self.db
    }

    /// Fails unless the last statement was led by this index.
    pub fn expect_index(&self, index: &str, what: &str) {
        self.expect_last(what, |_, plan| plan.iter().any(|line| line.contains(index)));
    }

    /// Fails unless this is true of the last statement and of its plan.
    pub fn expect_last(&self, what: &str, is_true: impl Fn(&str, &[String]) -> bool) {
        let noted = self.noted.lock().expect("no panic while noting");
        let (sql, plan) = noted.last().expect("a statement");
        assert!(is_true(sql, plan), "{what}\n{sql}\n{plan:#?}");
    }

    /// Fails unless this is true of every statement so far and of its plan.
    pub fn expect_all(&self, what: &str, is_true: impl Fn(&str, &[String]) -> bool) {
        for (sql, plan) in &*self.noted.lock().expect("no panic while noting") {
            assert!(is_true(sql, plan), "{what}\n{sql}\n{plan:#?}");
        }
    }

    /// Fails when a statement so far reads or sorts more of these tables than a page needs.
    pub fn expect_bounded(self, tables: &[&str], what: &str) {
        let backend = self.db.get_database_backend();
        let noted = self.noted.into_inner().expect("no panic while noting");
        assert!(!noted.is_empty());
        for (sql, plan) in noted {
            let faults: Vec<&String> = plan.iter().filter(|line| fault(line, tables, backend)).collect();
            assert!(faults.is_empty(), "{what}\n{sql}\n{plan:#?}");
        }
    }
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
        self.note(&statement).await?;
        self.db.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.note(&statement).await?;
        self.db.query_all_raw(statement).await
    }
}

impl Reads for Explained<'_> {}

impl Explained<'_> {
    async fn note(&self, statement: &Statement) -> Result<(), DbErr> {
        let is_sqlite = self.get_database_backend() == DatabaseBackend::Sqlite;
        let verb = if is_sqlite { "EXPLAIN QUERY PLAN " } else { "EXPLAIN " };
        let explain = Statement { sql: format!("{verb}{}", statement.sql), ..statement.clone() };
        let rows = self.db.query_all_raw(explain).await?;
        let line = |row: &QueryResult| -> Result<String, DbErr> {
            if is_sqlite {
                return row.try_get("", "detail");
            }
            let text = |column| row.try_get::<Option<String>>("", column).map(Option::unwrap_or_default);
            Ok(["table", "type", "key", "key_len", "ref", "Extra"]
                .map(text)
                .into_iter()
                .collect::<Result<Vec<_>, _>>()?
                .join(" "))
        };
        let plan = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        self.noted.lock().expect("no panic while noting").push((statement.sql.clone(), plan));
        Ok(())
    }
}

/// What of a plan reads or sorts more than a page needs.
pub fn fault(line: &str, tables: &[&str], backend: DatabaseBackend) -> bool {
    if backend == DatabaseBackend::Sqlite {
        return tables.iter().any(|table| line.starts_with(&format!("SCAN {table}")))
            || line.contains("TEMP B-TREE FOR ORDER BY");
    }
    let mut parts = line.split(' ');
    let (table, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    tables.contains(&table)
        && (kind == "ALL" || kind == "index" || line.contains("filesort") || line.contains("temporary"))
}

/// A database with the schema, and what removes it.
pub async fn database(name: &str) -> (Db, impl AsyncFn()) {
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

/// Enters patients of common names, born on days of fifty years, each with a study of one modality on a day of one year.
/// Some studies share an accession number without a digit, and one patient is called what all studies are.
pub async fn fill(db: &Db, number: i64) {
    const FAMILIES: [&str; 7] = ["Martin", "Marchand", "Dupont", "Durand", "Lefèvre", "Le Goff", "Martin-Dupont"];
    const GIVEN: [&str; 5] = ["Marie", "Martine", "Jean", "Jeanne", "Zoé"];
    for first in (1..=number).step_by(500) {
        db.write(async |tx| {
            let mut changes = Changes::default();
            let (mut patients, mut studies, mut modalities) = (Vec::new(), Vec::new(), Vec::new());
            for id in first..first + 500 {
                let at = usize::try_from(id).expect("a small number");
                let day = |year| Date::from_ordinal_date(year, u16::try_from(1 + at % 365).expect("a day")).ok();
                let mut row = patient::Model {
                    id,
                    birth_date: day(1950 + i32::try_from(at % 50).expect("a small number")),
                    family_name: Some(if id == 6 { "Irm" } else { FAMILIES[at % 7] }.to_owned()),
                    given_name: Some(GIVEN[at % 5].to_owned()),
                    ..blank(format!("N{id}"))
                };
                derive_patient(&mut row);
                let modality = if at % 2 == 0 { "MR" } else { "CT" };
                let accession_number = if at % 50 == 3 { "SANSNUMERO".to_owned() } else { format!("A{id}") };
                let full = crate::studies::queries::blank(format!("1.2.{id}"), Arc::new(row.clone()));
                let mut study = study::Model {
                    id,
                    study_date: day(2026).filter(|_| at % 40 != 9),
                    study_description: Some(format!("IRM {} martin", GIVEN[at % 3])),
                    accession_number: Some(accession_number),
                    modalities_in_study: modality.to_owned(),
                    ..full.row
                };
                derive_study(&mut study, &row);
                changes.patient(None, Some(&row));
                changes.study(None, Some(&study));
                patients.push(row.into_active_model().reset_all());
                studies.push(study.into_active_model().reset_all());
                modalities
                    .push(study_modality::Model { study_fk: id, modality: modality.to_owned() }.into_active_model());
            }
            for rows in patients.chunks(100) {
                patient::Entity::insert_many(rows.to_vec()).exec_without_returning(tx).await?;
            }
            for rows in studies.chunks(100) {
                study::Entity::insert_many(rows.to_vec()).exec_without_returning(tx).await?;
            }
            study_modality::Entity::insert_many(modalities).exec_without_returning(tx).await?;
            changes.write(tx).await?;
            Ok(())
        })
        .await
        .expect("rows are entered");
    }
    // The program leaves SQLite without statistics; InnoDB keeps its own.
    if db.reader().get_database_backend() == DatabaseBackend::MySql {
        for table in
            ["patient", "study", "study_modality", "search_token", "search_posting", "search_word", "search_variant"]
        {
            db.reader().execute_unprepared(&format!("ANALYZE TABLE {table}")).await.expect("statistics are made");
        }
    }
}
