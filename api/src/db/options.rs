//! How connections are opened: what the engines are told.

use futures_util::TryFutureExt;
use sea_orm::ConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, Connection, Executor, MySqlConnection};

use super::{LOCK_WAIT, TRUST};
use crate::config::Config;

/// What connections are for. All but their number is told to SQLite alone.
#[derive(Clone, Copy)]
pub struct Purpose {
    /// How long the write-ahead log grows before it is worked into the file, in pages: of a file whose pages are smaller than `PAGE`
    /// it is shorter by as much.
    log: &'static str,
    /// What is left of a log that had grown, in bytes.
    left_of_log: &'static str,
    /// What a connection keeps in memory, as `PRAGMA cache_size` takes it.
    cache: &'static str,
    /// Where it keeps what it needs for a moment, as `PRAGMA temp_store` takes it.
    temporary: &'static str,
    /// Most connections, if fewer than are configured.
    connections: u32,
    /// Whether they refuse to write.
    only_reads: bool,
}

/// For the writes of requests and of the audit trail. A short way through the log for those who read: one part of its index.
/// What a page was before a statement is kept for the case that this fails: in memory, not in a file.
pub const SERVING: Purpose = Purpose {
    log: "2000",
    left_of_log: "67108864",
    cache: "-8192",
    temporary: "MEMORY",
    connections: u32::MAX,
    only_reads: false,
};
/// For many rows at once, which lie all over the indices. A page that one batch after another changes is worked into the file once in
/// half a gigabyte, in a log that keeps its length: one that is cut off and grows again costs the system more than to write it.
/// Two connections on MariaDB, for rows and for what they owe the index of searches: what a connection remembers of statements is
/// worth nothing when another one is asked.
pub const LOADING: Purpose =
    Purpose { log: "65536", left_of_log: "805306368", cache: "-262144", connections: 2, ..SERVING };
/// For changes of the schema: what an index is made of shall not be held in memory.
pub const MIGRATING: Purpose = Purpose { temporary: "DEFAULT", connections: 1, ..SERVING };
/// For reading beside the one connection that writes, on SQLite.
pub const READING: Purpose = Purpose { cache: "-2000", temporary: "DEFAULT", only_reads: true, ..SERVING };
/// How large a page of a new file is, in bytes. A search reads many entries that lie one behind the other: from half as many pages as
/// of SQLite's own size, one of two words takes a fifth less processor time. A file that is there keeps the size that it has.
const PAGE: u32 = 8192;

/// How many prepared statements a connection to MariaDB keeps from answer to answer.
const PREPARED: usize = 256;
/// How many all connections keep, where they are many: MariaDB has no more than 16,382 at a time (`max_prepared_stmt_count`) for
/// all servers together, and an answer may make as many again as its connection keeps.
const PREPARED_BY_ALL: usize = 2048;

/// What MariaDB is told on every connection. READ COMMITTED because each write checks versions and unique keys itself and
/// needs no snapshot; strict mode because a cut value would be a lost one; no memory of subqueries within a statement, for they look
/// at one row after another, none of which comes again.
pub const MARIADB_SESSION: &str = "SET SESSION tx_isolation = 'READ-COMMITTED', \
    SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY,PIPES_AS_CONCAT', \
    SESSION innodb_lock_wait_timeout = 5, SESSION max_statement_time = 30, \
    SESSION optimizer_switch = 'subquery_cache=off'";

/// What it is told on a connection that changes the schema: that may take its time, and locks no rows that it only reads.
pub const MARIADB_UNHURRIED: &str =
    "SET SESSION tx_isolation = 'READ-COMMITTED', SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'";

pub fn options(config: &Config, session: &'static str, purpose: Purpose) -> ConnectOptions {
    // SQLite has one writer at a time. What its connection remembers of pages is worth nothing once another one has written.
    let most = if config.is_embedded() && !purpose.only_reads { 1 } else { purpose.connections };
    let most = config.database_max_connections.min(most);
    let prepared = prepared(most);
    let mut options = ConnectOptions::new(config.database_url.expose());
    options
        .max_connections(most)
        .acquire_timeout(LOCK_WAIT)
        .test_before_acquire_if_idle_for(TRUST)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .page_size(PAGE)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(LOCK_WAIT)
                .statement_cache_capacity(100)
                // A page fits: SQLite's thread goes through it without waiting for who reads the rows.
                .row_buffer_size(256)
                // No memory map: SQLite drops it at every commit of another connection, and the audit trail commits.
                .pragma("wal_autocheckpoint", purpose.log)
                .pragma("cache_size", purpose.cache)
                .pragma("temp_store", purpose.temporary)
                .pragma("journal_size_limit", purpose.left_of_log)
                .pragma("query_only", if purpose.only_reads { "1" } else { "0" })
        })
        .map_sqlx_mysql_opts(move |mariadb| {
            mariadb.statement_cache_capacity(2 * prepared).timezone(Some("+00:00".to_owned()))
        });
    if !config.is_embedded() {
        // Not `ConnectOptions::after_connect`: that one runs once, on the pool, and leaves its other connections as they are.
        options.map_sqlx_mysql_pool_opts(move |pool| {
            pool.after_connect(move |connection, _| Box::pin(connection.execute(session).map_ok(drop)))
                .after_release(move |connection, _| Box::pin(forget_prepared(connection, prepared).map_ok(|()| true)))
        });
    }
    options
}

/// How many prepared statements each of so many connections to MariaDB keeps.
fn prepared(connections: u32) -> usize {
    let connections = usize::try_from(connections).unwrap_or(usize::MAX).max(1);
    (PREPARED_BY_ALL / connections).clamp(8, PREPARED)
}

/// Closes what a connection to MariaDB has prepared, once that is more than it shall keep.
///
/// Left to itself a full connection closes one statement for every new one and sends the next command at once. MariaDB answers
/// nothing to the first, so the second waits until that is acknowledged, which is put off for 40 ms: sqlx 0.9.0 leaves Nagle's
/// algorithm on (RFC 896; transact-rs/sqlx#4335). When the connection is given back nobody waits for it.
async fn forget_prepared(connection: &mut MySqlConnection, kept: usize) -> Result<(), sqlx::Error> {
    if connection.cached_statements_size() > kept {
        connection.clear_cached_statements().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sea_orm::sqlx::AssertSqlSafe;
    use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
    use tokio::time::sleep;

    use super::*;
    use crate::config::Secret;
    use crate::db::Db;
    use crate::explained::database;

    /// It says nothing to a setting that it does not know.
    #[tokio::test]
    async fn sqlite_takes_what_it_is_told() {
        let folder = std::env::temp_dir().join(format!("pt_options_{}", std::process::id()));
        let config = Config::new(&folder);
        let number = |text: &str| text.parse::<i64>().expect("a number");
        for purpose in [SERVING, LOADING] {
            let db = Db::connect_for(&config, purpose).await.expect("a new file opens");
            for (connection, purpose, temporary) in [(&db.writer, purpose, 2), (db.reader().pool(), READING, 0)] {
                let told = [
                    ("page_size", PAGE.into()),
                    ("foreign_keys", 1),
                    ("synchronous", 2),
                    ("wal_autocheckpoint", number(purpose.log)),
                    ("journal_size_limit", number(purpose.left_of_log)),
                    ("cache_size", number(purpose.cache)),
                    ("temp_store", temporary),
                    ("query_only", purpose.only_reads.into()),
                ];
                for (setting, value) in told {
                    let asked = Statement::from_string(DatabaseBackend::Sqlite, format!("PRAGMA {setting}"));
                    let row = connection.query_one_raw(asked).await.expect("an answer").expect("a row");
                    assert_eq!(row.try_get_by_index::<i64>(0).expect("a number"), value, "{setting}");
                }
            }
            db.close().await.expect("the connections close");
        }
        std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    }

    #[tokio::test]
    async fn a_connection_that_has_prepared_much_forgets_it_when_it_is_given_back() {
        let (db, remove) = database("prepared").await;
        if db.reader().get_database_backend() == DatabaseBackend::MySql {
            let pool = db.reader().pool().get_mysql_connection_pool();
            let mut connection = pool.acquire().await.expect("a connection");
            for number in 0..=PREPARED {
                let asked = sqlx::query(AssertSqlSafe(format!("SELECT ? + {number}"))).bind(1);
                asked.fetch_one(&mut *connection).await.expect("a row");
            }
            assert!(connection.cached_statements_size() > PREPARED, "an answer goes on without closing any");
            drop(connection);
            while pool.num_idle() < usize::try_from(pool.size()).expect("a few") {
                sleep(Duration::from_millis(10)).await;
            }
            for _ in 0..pool.size() {
                let connection = pool.acquire().await.expect("a connection").detach();
                assert!(connection.cached_statements_size() <= PREPARED);
                connection.close().await.expect("it closes");
            }
        }
        db.close().await.expect("the connections close");
        remove().await;
    }

    #[test]
    fn many_connections_keep_few_statements_each() {
        assert_eq!([1, 8, 16, 64, 1000].map(prepared), [256, 256, 128, 32, 8]);
    }

    #[test]
    fn sqlite_has_one_writer_and_who_loads_few_connections() {
        let mut config = Config::new(std::path::Path::new("nowhere"));
        let most = |config: &Config, purpose| options(config, MARIADB_SESSION, purpose).get_max_connections();
        let configured = Some(config.database_max_connections);
        assert_eq!([SERVING, LOADING, READING].map(|purpose| most(&config, purpose)), [Some(1), Some(1), configured]);
        config.database_url = Secret::new("mysql://root@127.0.0.1/patientele");
        assert_eq!([SERVING, LOADING].map(|purpose| most(&config, purpose)), [configured, Some(2)]);
    }
}
