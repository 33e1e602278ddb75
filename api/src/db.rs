//! The database: connecting, migrating, and transactions that are tried again.

use std::iter;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use migration::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use tokio::time::{Instant, sleep, timeout};

use crate::config::Config;
use crate::error::{ApiError, ApiResult, ProblemCode, is_final, is_lock_conflict};
use crate::files;

mod batches;
mod held;
mod in_place;
mod lease;
mod options;
mod reader;
mod rows;
mod together;
mod turn;

pub use batches::{batch_of, batches, each, execute_each, insert_each, insertion};
use in_place::InPlace;
pub use lease::Lease;
use options::{LOADING, MARIADB_SESSION, MARIADB_UNHURRIED, MIGRATING, Purpose, READING, SERVING, options};
pub use reader::{Reader, Reads};
pub use rows::{array_of, columns, rows, rows_by, rows_of_array};
pub use together::Together;
use turn::Turn;

/// How often a transaction that met a lock is tried, and a database that does not answer is asked.
const TRIES: u32 = 6;
/// Longest wait for a connection of the pool, and for a row lock.
const LOCK_WAIT: Duration = Duration::from_secs(5);
/// How long a connection may have been idle and still be taken to be alive. A ping before each use would double the round trips.
const TRUST: Duration = Duration::from_secs(1);
/// Longest time the health check waits for the database.
const PING: Duration = Duration::from_secs(1);

/// Connections, and the rule for writing through them.
#[derive(Clone)]
pub struct Db {
    reader: Reader,
    /// On SQLite one connection of its own, on MariaDB the pool that reads, too.
    writer: DatabaseConnection,
    /// Of SQLite.
    turn: Option<Turn>,
    /// For connections whose statements have no time limit.
    unhurried: ConnectOptions,
}

impl Db {
    /// Connects, waiting for a database that is still starting.
    ///
    /// # Errors
    /// The last failure, after [`Config::database_startup_timeout`]; at once when waiting cannot help.
    pub async fn connect(config: &Config) -> Result<Self, DbErr> {
        Self::connect_for(config, SERVING).await
    }

    /// Connects, to write more than any request does.
    ///
    /// # Errors
    /// As [`Self::connect`].
    pub async fn connect_to_load(config: &Config) -> Result<Self, DbErr> {
        Self::connect_for(config, LOADING).await
    }

    /// The file of the configured database, if it is an embedded one.
    pub fn file(config: &Config) -> Option<PathBuf> {
        let options = SqliteConnectOptions::from_str(config.database_url.expose()).ok();
        Some(options.filter(|_| config.is_embedded())?.get_filename().to_owned())
    }

    async fn connect_for(config: &Config, purpose: Purpose) -> Result<Self, DbErr> {
        let started = Instant::now();
        let mut pause = Duration::from_millis(250);
        loop {
            // Boxed: futures within futures are types within types, of which the compiler bears only so many.
            match Box::pin(Self::connect_once(config, purpose)).await {
                Ok(db) => return Ok(db),
                Err(error) if !may_pass(config, &error) => return Err(error),
                Err(error) => {
                    let limit = config.database_startup_timeout;
                    if !limit.is_zero() && started.elapsed() + pause > limit {
                        return Err(error);
                    }
                    tracing::warn!(cause = %error, "the database does not answer yet; trying again");
                    sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(5));
                }
            }
        }
    }

    async fn connect_once(config: &Config, purpose: Purpose) -> Result<Self, DbErr> {
        let file = Self::file(config);
        file.as_deref().map_or(Ok(()), make_file)?;
        let writer = open(options(config, MARIADB_SESSION, purpose)).await?;
        let pool =
            if config.is_embedded() { open(options(config, MARIADB_SESSION, READING)).await? } else { writer.clone() };
        let turn = file.as_deref().map(Turn::new).transpose();
        let turn = turn.map_err(|error| DbErr::Custom(format!("no file can be made beside the database: {error}")))?;
        let in_place = file.map(|file| InPlace::new(&file));
        let unhurried = options(config, MARIADB_UNHURRIED, MIGRATING);
        Ok(Self { reader: Reader::new(pool, in_place), writer, turn, unhurried })
    }

    /// For reading, one statement at a time.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    fn pool(&self) -> &DatabaseConnection {
        self.reader.pool()
    }

    /// Whether the database answers within a second. A connection that broke while it rested says nothing of that: another one is
    /// asked.
    pub async fn answers(&self) -> bool {
        let asked = async {
            for _ in 0..TRIES {
                if self.pool().execute_unprepared("SELECT 1").await.is_ok() {
                    return true;
                }
            }
            false
        };
        timeout(PING, asked).await.unwrap_or(false)
    }

    /// Runs `work` in a transaction; all of it again when it met a deadlock or a lock that was not granted in time.
    ///
    /// # Errors
    /// What `work` says; nothing of it is kept then. 503 when the lock stays.
    pub async fn write<T>(&self, work: impl AsyncFn(&DatabaseTransaction) -> ApiResult<T>) -> ApiResult<T> {
        let mut tried = 1;
        loop {
            match self.write_once(&work).await {
                Err(error) if error.is_retryable() && tried < TRIES => {
                    sleep(backoff(tried)).await;
                    tried += 1;
                }
                result => return result,
            }
        }
    }

    async fn write_once<T>(&self, work: &impl AsyncFn(&DatabaseTransaction) -> ApiResult<T>) -> ApiResult<T> {
        let turn = async {
            match &self.turn {
                Some(turn) => Some(turn.take().await),
                None => None,
            }
        };
        let Ok(_turn) = timeout(LOCK_WAIT, turn).await else { return Err(ApiError::new(ProblemCode::Overloaded)) };
        let transaction = self.waiting(self.writer.begin_with_options(immediate())).await?;
        match work(&transaction).await {
            Ok(value) => {
                transaction.commit().await?;
                Ok(value)
            }
            Err(error) => {
                put_away("a transaction", transaction.rollback().await);
                Err(error)
            }
        }
    }

    /// Whether transactions that write come one after another.
    pub fn has_one_writer(&self) -> bool {
        self.turn.is_some()
    }

    /// Shows other processes that one waits for SQLite's lock while `begin` does.
    async fn waiting<T>(&self, begin: impl Future<Output = T>) -> T {
        match &self.turn {
            Some(turn) => turn.waiting(begin).await,
            None => begin.await,
        }
    }

    /// Stands back for a moment between two of many transactions, if that is due.
    pub async fn let_others_write(&self) {
        if let Some(turn) = &self.turn {
            turn.let_others_write().await;
        }
    }

    /// Runs a statement as it stands, for administration.
    ///
    /// # Errors
    /// What the database says.
    pub async fn execute(&self, sql: &str) -> Result<(), DbErr> {
        self.writer.execute_unprepared(sql).await.map(drop)
    }

    /// Closes every connection; who closes the last one of all empties the write-ahead log.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        self.writer.close().await
    }

    /// Brings the schema up to date. Several processes may do so at once: one works, the others wait.
    ///
    /// # Errors
    /// When the database is newer than this program, or a statement fails.
    pub async fn migrate_up(&self) -> Result<(), DbErr> {
        self.refuse_newer_schema().await?;
        if self.pending_migrations().await?.is_empty() {
            return Ok(());
        }
        self.alone(async |connection| Migrator::up(connection, None).await).await
    }

    /// Takes back the last `steps` migrations.
    ///
    /// # Errors
    /// As [`Self::migrate_up`].
    pub async fn migrate_down(&self, steps: u32) -> Result<(), DbErr> {
        self.refuse_newer_schema().await?;
        self.alone(async |connection| Migrator::down(connection, Some(steps)).await).await
    }

    /// Changes the schema while no other process does, on a connection whose statements may take their time.
    async fn alone(&self, work: impl AsyncFn(&DatabaseConnection) -> Result<(), DbErr>) -> Result<(), DbErr> {
        let lease = self.waiting(Lease::acquire(&self.writer, "migration")).await?;
        let work = async {
            let connection = open(self.unhurried.clone()).await?;
            let done = work(&connection).await;
            put_away("a connection", connection.close().await);
            done
        };
        let done = lease.keep(&self.writer, Box::pin(work)).await;
        put_away("a lease", lease.release(&self.writer).await);
        done
    }

    /// Does what no two processes shall do at once, by the name it has in common among them.
    ///
    /// # Errors
    /// What `work` says, or the database.
    pub async fn alone_with_rows<T>(
        &self,
        name: &'static str,
        work: impl Future<Output = ApiResult<T>>,
    ) -> ApiResult<T> {
        let lease = self.waiting(Lease::acquire(&self.writer, name)).await?;
        let done = lease.keep(&self.writer, Box::pin(work)).await;
        put_away("a lease", lease.release(&self.writer).await);
        done
    }

    /// The names of the migrations, and whether each is applied.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn migration_status(&self) -> Result<Vec<(String, bool)>, DbErr> {
        let applied = self.applied_migrations().await?;
        let names = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect::<Vec<_>>();
        let newer = applied.iter().filter(|name| !names.contains(name)).cloned();
        let listed = names.iter().cloned().chain(newer);
        Ok(listed.map(|name| (name.clone(), applied.contains(&name))).collect())
    }

    /// The names of the migrations that are still to be applied.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, DbErr> {
        let status = self.migration_status().await?;
        Ok(status.into_iter().filter(|(_, applied)| !applied).map(|(name, _)| name).collect())
    }

    async fn refuse_newer_schema(&self) -> Result<(), DbErr> {
        let known: Vec<_> = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
        match self.applied_migrations().await?.into_iter().find(|name| !known.contains(name)) {
            Some(name) => Err(DbErr::Custom(format!(
                "the database is newer than this program: it has the migration {name}, which this version ({}) does not \
                 know; start the version that made it, or restore a backup",
                env!("CARGO_PKG_VERSION")
            ))),
            None => Ok(()),
        }
    }

    /// Read without creating anything, so that a look at the state needs no right to change it.
    async fn applied_migrations(&self) -> Result<Vec<String>, DbErr> {
        let backend = self.pool().get_database_backend();
        let tables = match backend {
            DatabaseBackend::Sqlite => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'seaql_migrations'"
            }
            _ => {
                "SELECT table_name AS name FROM information_schema.tables \
                 WHERE table_schema = DATABASE() AND table_name = 'seaql_migrations'"
            }
        };
        if self.pool().query_one_raw(Statement::from_string(backend, tables)).await?.is_none() {
            return Ok(Vec::new());
        }
        let versions = "SELECT version FROM seaql_migrations ORDER BY version";
        let rows = self.pool().query_all_raw(Statement::from_string(backend, versions)).await?;
        rows.iter().map(|row| row.try_get("", "version")).collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where connections are opened")]
async fn open(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    Database::connect(options).await
}

/// The lock is taken at the start: a transaction that reads first and writes later would fail when another wrote in between.
fn immediate() -> TransactionOptions {
    TransactionOptions {
        isolation_level: None,
        access_mode: None,
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
    }
}

/// The values, the last repeated up to a power of two: a handful of lengths is a handful of prepared statements.
pub fn padded<T: Clone>(values: &[T]) -> impl Iterator<Item = T> {
    let missing = values.len().next_power_of_two() - values.len();
    let repeated = values.last().map(|last| iter::repeat_n(last.clone(), missing));
    values.iter().cloned().chain(repeated.into_iter().flatten())
}

/// 20 ms, doubled each time, and a random part of it: two that met shall not meet again.
fn backoff(tried: u32) -> Duration {
    let most = 20 * 2_u64.pow(tried);
    let random = getrandom::u32().map_or(most / 2, |number| u64::from(number) % most);
    Duration::from_millis(random + 5)
}

/// What cannot be put away ends by itself, and hides nothing of how the work ended.
fn put_away(what: &str, done: Result<(), DbErr>) {
    if let Err(error) = done {
        tracing::warn!(cause = %error, "{what} could not be put away");
    }
}

/// Whether waiting may help: against a server that is starting, but not against what it refuses; against processes that open the
/// same new file, one of which SQLite lets change its journal, refusing the others at once.
fn may_pass(config: &Config, error: &DbErr) -> bool {
    if config.is_embedded() { is_lock_conflict(error) } else { !is_final(error) }
}

/// Makes an embedded database's file, and its folder, for the account that runs this alone: SQLite would let others read it, and
/// gives its own files the mode of this one.
fn make_file(path: &Path) -> Result<(), DbErr> {
    let unmade = |what: &Path, error| DbErr::Custom(format!("{} cannot be made: {error}", what.display()));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        files::make_private_folder(folder).map_err(|error| unmade(folder, error))?;
    }
    files::new_private_file(path).map(drop).map_err(|error| unmade(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_padded_to_a_power_of_two() {
        let of = |ids: &[i64]| padded(ids).collect::<Vec<_>>();
        assert!(of(&[]).is_empty());
        assert_eq!(of(&[7]), [7]);
        assert_eq!(of(&[7, 8, 9]), [7, 8, 9, 9]);
    }
}
