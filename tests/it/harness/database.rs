//! One database a test: an SQLite file, or a database on the server of `TEST_DATABASE_URL`.
//!
//! The first one is migrated; the others are made as it was then, since a server spends most of a short test on its schema.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use patientele::config::{Config, Secret};
use patientele::db::Db;
use sea_orm::{ConnectionTrait, Statement};
use tokio::sync::OnceCell;

/// The embedded database, in its folder.
const FILE: &str = "patientele.db";

/// A database as the migrations leave it.
enum Migrated {
    File(Vec<u8>),
    Statements(Vec<String>),
}

/// What makes every table of a MariaDB database, and its rows.
async fn statements(db: &Db) -> Vec<String> {
    let ask = async |sql: String| {
        let statement = Statement::from_string(db.reader().get_database_backend(), sql.as_str());
        db.reader().query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
    };
    let text = |row: &sea_orm::QueryResult, index: usize| row.try_get_by_index::<String>(index).expect("a text");
    let mut statements = vec!["SET FOREIGN_KEY_CHECKS = 0".to_owned()];
    for table in ask("SHOW TABLES".to_owned()).await {
        let table = text(&table, 0);
        statements.push(text(&ask(format!("SHOW CREATE TABLE `{table}`")).await[0], 1));
        let columns = ask(format!("SHOW COLUMNS FROM `{table}`")).await;
        let quoted =
            columns.iter().map(|column| format!("QUOTE(`{}`)", text(column, 0))).collect::<Vec<_>>().join(", ");
        for row in ask(format!("SELECT CONCAT_WS(', ', {quoted}) FROM `{table}`")).await {
            statements.push(format!("INSERT INTO `{table}` VALUES ({})", text(&row, 0)));
        }
    }
    statements
}

/// Where databases are made; each is dropped with the test that made it.
pub struct TestDatabase {
    folder: PathBuf,
    server: Option<String>,
    name: String,
}

impl TestDatabase {
    /// A new, empty database and a folder for its files.
    pub async fn empty() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("pt_{}_{number}", std::process::id());
        let folder = std::env::temp_dir().join(&name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the folder for temporary files can be written");
        let server = std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty());
        let database = Self { folder, server, name };
        database.on_server(&format!("CREATE DATABASE {}", database.name)).await;
        database
    }

    /// A new database with the schema, and a folder for its files.
    pub async fn new() -> Self {
        static MIGRATED: OnceCell<Migrated> = OnceCell::const_new();
        let database = Self::empty().await;
        let made = AtomicBool::new(false);
        let migrated = MIGRATED.get_or_init(async || {
            made.store(true, Ordering::Relaxed);
            database.migrate().await
        });
        let migrated = migrated.await;
        if !made.load(Ordering::Relaxed) {
            database.restore(migrated).await;
        }
        database
    }

    /// Brings the schema up to date, as a server does when it starts, and keeps the result for others.
    async fn migrate(&self) -> Migrated {
        let config = self.config();
        let db = Db::connect(&config).await.expect("the database answers");
        db.migrate_up().await.expect("the migrations work");
        if self.server.is_some() {
            let statements = statements(&db).await;
            db.close().await.expect("the connection closes");
            return Migrated::Statements(statements);
        }
        db.close().await.expect("the connection closes");
        Migrated::File(std::fs::read(self.folder.join(FILE)).expect("the database's file"))
    }

    async fn restore(&self, migrated: &Migrated) {
        match migrated {
            Migrated::File(bytes) => std::fs::write(self.folder.join(FILE), bytes).expect("the folder can be written"),
            Migrated::Statements(statements) => {
                let mut config = self.config();
                config.database_max_connections = 1;
                let db = Db::connect(&config).await.expect("the database answers");
                for sql in statements {
                    db.execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
                }
                db.close().await.expect("the connection closes");
            }
        }
    }

    /// The configuration of a server on this database: a free port, cheap password hashes.
    pub fn config(&self) -> Config {
        let mut config = Config::new(&self.folder);
        if let Some(server) = &self.server {
            config.database_url = Secret::new(format!("{server}/{}", self.name));
        }
        config.port = 0;
        config.password_cost = patientele::auth::PasswordCost { memory: 64, passes: 1 };
        config.admin_password = Some(Secret::new(super::ADMIN_PASSWORD));
        config.jwt_secret = Some(Secret::new("4f1Zc0m9Qk7Rw2Xy8Tn5Vb3Lh6Jd0Ps1"));
        config.workers = 2;
        config
    }

    /// A connection to it.
    pub async fn connect(&self) -> Db {
        Db::connect(&self.config()).await.expect("the database answers")
    }

    async fn on_server(&self, sql: &str) {
        let Some(server) = &self.server else { return };
        let mut config = Config::new(&self.folder);
        config.database_url = Secret::new(format!("{server}/mysql"));
        config.database_max_connections = 1;
        let db = Db::connect(&config).await.expect("the server of TEST_DATABASE_URL answers");
        db.execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        db.close().await.expect("the connection closes");
    }

    /// Removes all of it.
    pub async fn remove(&self) {
        self.on_server(&format!("DROP DATABASE IF EXISTS {}", self.name)).await;
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Whether the database is a file.
pub fn is_embedded(config: &Config) -> bool {
    config.is_embedded()
}

/// The first column of each row, for what no route tells.
pub async fn texts(config: &Config, sql: &str) -> Vec<String> {
    let db = Db::connect(config).await.expect("the database answers");
    let statement = Statement::from_string(db.reader().get_database_backend(), sql);
    let rows = db.reader().query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let texts = rows.iter().map(|row| row.try_get_by_index(0).expect("a text")).collect();
    db.close().await.expect("the connection closes");
    texts
}
