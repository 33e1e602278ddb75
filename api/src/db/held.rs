//! One connection to MariaDB for the statements of an answer.
//!
//! The pool tests a connection whenever it is given back: a round trip behind every statement, by a task of its own. An answer of
//! several statements therefore keeps the connection of the first one, for a while: others wait for it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, MySql};
use sea_orm::{ConnAcquireErr, DatabaseConnection, DbErr, QueryResult, RuntimeErr, Statement, Values};
use sea_query_sqlx::SqlxValues;
use tokio::sync::Mutex;

/// Who has had a connection for as long gives it back with the statement that is done. Most answers take less; to count many hits
/// takes seconds.
const TURN: Duration = Duration::from_millis(50);

/// The connection, from the first statement on, and since when. Statements take turns on it: who waited for a second one while
/// holding the first would wait for others that do the same.
#[derive(Debug, Default)]
pub struct Held(Mutex<Option<(PoolConnection<MySql>, Instant)>>);

impl Held {
    /// The rows of a statement.
    ///
    /// # Errors
    /// When there is no connection in time, or the statement fails.
    pub async fn query_all(&self, pool: &DatabaseConnection, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut held = self.0.lock().await;
        let (connection, since) = match &mut *held {
            Some(held) => held,
            none => {
                let acquired = pool.get_mysql_connection_pool().acquire().await.map_err(not_acquired)?;
                none.insert((acquired, Instant::now()))
            }
        };
        let Statement { sql, values, .. } = statement;
        let query = sqlx::query_with(AssertSqlSafe(sql), SqlxValues(values.unwrap_or(Values(Vec::new()))));
        let rows = query.fetch_all(&mut **connection).await;
        if since.elapsed() >= TURN {
            *held = None;
        }
        let rows = rows.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(Arc::new(error))))?;
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }
}

/// As the pool's own statements say it.
fn not_acquired(error: sqlx::Error) -> DbErr {
    match error {
        sqlx::Error::PoolTimedOut => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        sqlx::Error::PoolClosed => DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed),
        error => DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error))),
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, DatabaseBackend};
    use tokio::time::sleep;

    use super::*;
    use crate::explained::database;

    #[tokio::test]
    async fn a_connection_is_kept_for_an_answer_unless_that_takes_long() {
        let (db, remove) = database("held").await;
        // SQLite's connections are the driver's, and have nothing to be tested.
        if db.reader().get_database_backend() == DatabaseBackend::MySql {
            let pool = db.reader().pool().get_mysql_connection_pool();
            let taken = || usize::try_from(pool.size()).expect("a few") - pool.num_idle();
            let given_back = async || {
                for _ in 0..500 {
                    if taken() == 0 {
                        return true;
                    }
                    sleep(Duration::from_millis(10)).await;
                }
                false
            };
            assert!(given_back().await, "nobody has one");
            let answer = db.reader().answer();
            let ask = async |sql: &str| {
                let statement = Statement::from_string(DatabaseBackend::MySql, sql);
                answer.query_all_raw(statement).await.expect("an answer").len()
            };
            // On a machine that is very busy a short statement takes long.
            let mut kept = false;
            for _ in 0..50 {
                assert_eq!(ask("SELECT 1 UNION ALL SELECT 2").await, 2);
                kept |= taken() == 1;
            }
            assert!(kept);
            assert_eq!(ask("SELECT SLEEP(0.1)").await, 1);
            assert!(given_back().await, "others may have it");
            assert_eq!(ask("SELECT 1").await, 1, "there is another one");
            drop(answer);
            assert!(given_back().await);
        }
        db.close().await.expect("the connections close");
        remove().await;
    }
}
