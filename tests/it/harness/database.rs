//! One database a test: an SQLite file, or a database on the server of `TEST_DATABASE_URL`.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use patientele::config::{Config, Secret};
use patientele::db::Db;

/// Where databases are made; each is dropped with the test that made it.
pub struct TestDatabase {
    folder: PathBuf,
    server: Option<String>,
    name: String,
}

impl TestDatabase {
    /// A new, empty database and a folder for its files.
    pub async fn new() -> Self {
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
