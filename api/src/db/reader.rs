//! What requests read through.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use sea_orm::entity::prelude::async_trait::async_trait;
use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, ExecResult, QueryResult,
    Statement,
};

use tokio::task::yield_now;

use super::held::Held;
use super::in_place::{InPlace, View};

/// A statement that took as long lets others use its thread before the next one.
const LONG: Duration = Duration::from_millis(1);

/// What pages and rows are read through.
pub trait Reads: ConnectionTrait {
    /// The one text that a statement yields.
    fn text(&self, statement: Statement) -> impl Future<Output = Result<String, DbErr>> + Send {
        async move {
            let row = self.query_one_raw(statement).await?;
            row.ok_or_else(|| DbErr::RecordNotFound("a text".to_owned()))?.try_get_by_index(0)
        }
    }
}

impl Reads for DatabaseConnection {}
impl Reads for DatabaseTransaction {}

impl Reads for Reader {
    async fn text(&self, statement: Statement) -> Result<String, DbErr> {
        self.read(statement, View::Newest, || ()).await
    }
}

/// Statements of one answer, awaited one after another. On MariaDB they have one connection. On SQLite short ones that follow one
/// another see the same state of the registry, and what the connection has read stays in its memory until they are through: a commit
/// of the audit trail between two of them would empty it.
#[derive(Debug)]
pub struct Answer<'r> {
    reader: &'r Reader,
    has_view: AtomicBool,
    held: Held,
}

impl Answer<'_> {
    async fn rows(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.let_go();
        match self.get_database_backend() {
            DatabaseBackend::MySql => self.held.query_all(&self.reader.pool, statement).await,
            _ => self.reader.query_all_raw(statement).await,
        }
    }

    /// Before anybody else's turn: a state that is held on to blocks the write-ahead log, and is not what others may read.
    fn let_go(&self) {
        if let Some(in_place) = self.reader.in_place.as_ref().filter(|_| self.has_view.swap(false, Relaxed)) {
            in_place.let_go();
        }
    }
}

impl Drop for Answer<'_> {
    fn drop(&mut self) {
        self.let_go();
    }
}

impl Reads for Answer<'_> {
    async fn text(&self, statement: Statement) -> Result<String, DbErr> {
        let view = if self.has_view.swap(true, Relaxed) { View::Same } else { View::Held };
        self.reader.read(statement, view, || self.let_go()).await
    }
}

#[async_trait]
impl ConnectionTrait for Answer<'_> {
    fn get_database_backend(&self) -> DatabaseBackend {
        self.reader.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.let_go();
        self.reader.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.let_go();
        self.reader.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Ok(self.rows(statement).await?.into_iter().next())
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.rows(statement).await
    }
}

/// A connection for reading, one statement at a time. What SQLite puts together as one text is read where the request is, if that
/// is soon done; everything else through the pool.
#[derive(Clone, Debug)]
pub struct Reader {
    pool: DatabaseConnection,
    in_place: Option<Arc<InPlace>>,
}

impl Reader {
    pub fn new(pool: DatabaseConnection, in_place: Option<InPlace>) -> Self {
        Self { pool, in_place: in_place.map(Arc::new) }
    }

    /// The one text that a statement yields. `before_others` is called before anybody else has a turn on this thread.
    async fn read(&self, statement: Statement, view: View, before_others: impl Fn()) -> Result<String, DbErr> {
        let Some(in_place) = &self.in_place else { return self.pool.text(statement).await };
        let started = Instant::now();
        let text = in_place.text(&statement, view);
        let was_long = started.elapsed() >= LONG;
        if text.is_none() || was_long {
            before_others();
        }
        let Some(text) = text else { return self.pool.text(statement).await };
        if was_long {
            // Others waited for this thread; many such statements may make one answer.
            yield_now().await;
        }
        Ok(text)
    }

    /// For the statements of one answer.
    pub fn answer(&self) -> Answer<'_> {
        Answer { reader: self, has_view: AtomicBool::new(false), held: Held::default() }
    }

    /// For reading much: nobody waits for a thread that does so.
    pub fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// Whether single rows are read by who asks for them.
    pub fn is_in_place(&self) -> bool {
        self.in_place.is_some()
    }

    /// Closes the connections.
    pub async fn close(self) -> Result<(), DbErr> {
        if let Some(in_place) = self.in_place {
            in_place.close();
        }
        self.pool.close().await
    }
}

#[async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DatabaseBackend {
        self.pool.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.pool.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.pool.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.pool.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.pool.query_all_raw(statement).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explained::database;

    async fn number_of_texts(db: &impl Reads) -> u64 {
        let sql = "SELECT CAST(COUNT(*) AS CHAR) FROM search_text";
        let text = db.text(Statement::from_string(db.get_database_backend(), sql)).await.expect("a text");
        text.parse().expect("a number")
    }

    #[tokio::test]
    async fn an_answer_sees_one_state_of_sqlite_until_others_have_a_turn() {
        let (db, remove) = database("answer").await;
        let (mut added, mut times_held) = (0, 0);
        let mut add = async || {
            added += 1;
            db.execute(&format!("INSERT INTO search_text VALUES ({added})")).await.expect("a text");
            added
        };
        // A statement that takes its time lets go, which on a busy machine may be any.
        for _ in 0..50 {
            let answer = db.reader().answer();
            let before = number_of_texts(&answer).await;
            let now = add().await;
            let seen = number_of_texts(&answer).await;
            assert!([before, now].contains(&seen));
            times_held += usize::from(seen == before);
            assert_eq!(
                number_of_texts(&db.reader().answer()).await,
                now,
                "another answer is no older than its request"
            );
            assert_eq!(number_of_texts(&answer).await, now, "it had its turn in between");
            let now = add().await;
            answer.execute_unprepared("SELECT 1").await.expect("the driver answers");
            assert_eq!(number_of_texts(&answer).await, now, "who waits for the driver lets go");
            let now = add().await;
            drop(answer);
            assert_eq!(number_of_texts(db.reader()).await, now);
        }
        assert_eq!(times_held > 0, db.reader().is_in_place());
        db.close().await.expect("the connections close");
        remove().await;
    }
}
