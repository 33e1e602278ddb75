//! One connection to MariaDB for the statements of an answer.
//!
//! The pool tests a connection whenever it is given back: a round trip behind every statement, by a task of its own. An answer of
//! several statements therefore keeps the connection of the first one.

use std::sync::Arc;

use sea_orm::sqlx::pool::PoolConnection;
use sea_orm::sqlx::{self, AssertSqlSafe, MySql};
use sea_orm::{ConnAcquireErr, DatabaseConnection, DbErr, QueryResult, RuntimeErr, Statement, Values};
use sea_query_sqlx::SqlxValues;
use tokio::sync::Mutex;

/// The connection, from the first statement on. Statements take turns on it: who waited for a second one while holding the first
/// would wait for others that do the same.
#[derive(Debug, Default)]
pub struct Held(Mutex<Option<PoolConnection<MySql>>>);

impl Held {
    /// The rows of a statement.
    ///
    /// # Errors
    /// When there is no connection in time, or the statement fails.
    pub async fn query_all(&self, pool: &DatabaseConnection, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut held = self.0.lock().await;
        let connection = match &mut *held {
            Some(connection) => connection,
            none => none.insert(pool.get_mysql_connection_pool().acquire().await.map_err(not_acquired)?),
        };
        let Statement { sql, values, .. } = statement;
        let query = sqlx::query_with(AssertSqlSafe(sql), SqlxValues(values.unwrap_or(Values(Vec::new()))));
        let rows = query.fetch_all(&mut **connection).await;
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
