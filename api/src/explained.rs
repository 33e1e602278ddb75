//! For tests: how the engines carry out statements. Each is asked for its plan before it runs, on SQLite, or on the MariaDB of
//! `TEST_DATABASE_URL` where there is one.

use std::sync::Mutex;

use sea_orm::entity::prelude::async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, ExecResult, QueryResult, Statement};

use crate::config::{Config, Secret};
use crate::db::{Db, Reads};

/// A connection that notes each statement with what the engine says it will do.
pub struct Explained<'a> {
    db: &'a DatabaseConnection,
    noted: Mutex<Vec<(String, Vec<String>)>>,
}

impl<'a> Explained<'a> {
    pub fn new(db: &'a DatabaseConnection) -> Self {
        Self { db, noted: Mutex::default() }
    }

    /// Fails unless the last statement was led by this index.
    pub fn expect_index(&self, index: &str, what: &str) {
        let noted = self.noted.lock().expect("no panic while noting");
        let (sql, plan) = noted.last().expect("a statement");
        assert!(plan.iter().any(|line| line.contains(index)), "{what}\n{sql}\n{plan:#?}");
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
fn fault(line: &str, tables: &[&str], backend: DatabaseBackend) -> bool {
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
