//! Short reads of SQLite, done where the request is.
//!
//! The driver gives each of SQLite's connections a thread. Two threads wake each other for every statement, which costs several
//! times what a page costs SQLite: half the time of a search. What yields a single text is therefore read by the thread that asks,
//! on a connection of its own. Others wait for that thread, so a statement is broken off after [`LONGEST`]; whoever asked turns to
//! the driver then, as for everything that cannot be done here.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use rusqlite::{CachedStatement, Connection, ErrorCode, OpenFlags, ToSql};
use sea_orm::{Statement, Value};
use time::macros::format_description;

/// How long a statement keeps the thread.
const LONGEST: Duration = Duration::from_millis(10);
/// Instructions of SQLite's between two looks at the clock: some 20 µs.
const INSTRUCTIONS: i32 = 1000;
/// What a connection keeps in memory, as `PRAGMA cache_size` takes it. There is one for each processor, and most pages are read
/// through it.
const CACHE: &str = "-8192";
/// Statements that a connection keeps prepared: most of those of a search, which has many forms. Each takes some fifty kibibytes.
const PREPARED: usize = 80;

/// What a statement sees of what others commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// All of it, up to now.
    Newest,
    /// The same, and those that follow it see no more.
    Held,
    /// What the statement before it on this thread saw, if that was held and nobody let go of it since; otherwise as `Held`.
    Same,
}

/// Connections to an embedded file that only read; as many as threads ever read at once.
pub struct InPlace {
    file: PathBuf,
    /// By the thread that reads on it.
    idle: Mutex<HashMap<ThreadId, Connection>>,
    has_failed: AtomicBool,
}

impl InPlace {
    pub fn new(file: &Path) -> Self {
        Self { file: file.to_owned(), idle: Mutex::default(), has_failed: AtomicBool::new(false) }
    }

    /// The one text that a statement yields; nothing if that would take long, or cannot be said here.
    pub fn text(&self, statement: &Statement, view: View) -> Option<String> {
        let thread = thread::current().id();
        let kept = self.idle().remove(&thread);
        let connection = kept.map_or_else(|| self.open(), Ok).map_err(|error| self.tell(&error)).ok()?;
        let text = take(&connection, view).and_then(|()| read(&connection, statement));
        let text = text.map_err(|error| self.tell(&error)).ok().flatten();
        self.idle().insert(thread, connection);
        text
    }

    /// Gives up the state of the database that this thread reads.
    pub fn let_go(&self) {
        let (thread, mut idle) = (thread::current().id(), self.idle());
        if idle.get(&thread).is_some_and(|connection| take(connection, View::Newest).is_err()) {
            idle.remove(&thread);
        }
    }

    /// Logs the first failure of the server's life that is more than a lock or a statement that takes long.
    fn tell(&self, error: &rusqlite::Error) {
        let is_expected = matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::OperationInterrupted | ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
        );
        if !is_expected && !self.has_failed.swap(true, Ordering::Relaxed) {
            tracing::warn!(cause = %error, "short reads cannot be done where the request is; the driver does them");
        }
    }

    /// Closes the connections.
    pub fn close(&self) {
        self.idle().clear();
    }

    fn idle(&self) -> MutexGuard<'_, HashMap<ThreadId, Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        // Opened for writing: who may only read cannot take part in the write-ahead log where its index has to be made.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        // Who finds a lock does not wait for it here.
        connection.busy_timeout(Duration::ZERO)?;
        connection.pragma_update(None, "query_only", true)?;
        connection.pragma_update(None, "cache_size", CACHE)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        Ok(connection)
    }
}

impl fmt::Debug for InPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("InPlace").field("file", &self.file).finish_non_exhaustive()
    }
}

/// Makes the next statement read what it is to see.
fn take(connection: &Connection, view: View) -> rusqlite::Result<()> {
    // That of the statement before says, when asked, that its time is over.
    connection.progress_handler(0, None::<fn() -> bool>)?;
    if !connection.is_autocommit() && view != View::Same {
        connection.prepare_cached("COMMIT")?.execute([])?;
    }
    if connection.is_autocommit() && view != View::Newest {
        connection.prepare_cached("BEGIN")?.execute([])?;
    }
    Ok(())
}

/// Nothing when the statement yields none, or a value that is not known here.
fn read(connection: &Connection, statement: &Statement) -> rusqlite::Result<Option<String>> {
    // First, for SQLite asks it while it compiles, too.
    let end = Instant::now() + LONGEST;
    connection.progress_handler(INSTRUCTIONS, Some(move || Instant::now() > end))?;
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    for (index, value) in statement.values.iter().flat_map(|values| &values.0).enumerate() {
        if bind(&mut prepared, index + 1, value).is_none() {
            return Ok(None);
        }
    }
    prepared.raw_query().next()?.map_or(Ok(None), |row| row.get(0))
}

/// Binds a value as the driver does; nothing if this is not known of its kind.
fn bind(prepared: &mut CachedStatement<'_>, index: usize, value: &Value) -> Option<()> {
    let mut bind = |value: &dyn ToSql| prepared.raw_bind_parameter(index, value).ok();
    match value {
        Value::Bool(value) => bind(value),
        Value::SmallInt(value) => bind(value),
        Value::Int(value) => bind(value),
        Value::BigInt(value) => bind(value),
        Value::BigUnsigned(Some(value)) => bind(&i64::try_from(*value).ok()?),
        Value::String(value) => bind(value),
        Value::TimeDate(None) | Value::TimeDateTime(None) => bind(&rusqlite::types::Null),
        Value::TimeDate(Some(date)) => bind(&date.format(format_description!("[year]-[month]-[day]")).ok()?),
        Value::TimeDateTime(Some(instant)) => {
            let format = format_description!("[year]-[month]-[day] [hour]:[minute]:[second].[subsecond]");
            bind(&instant.format(format).ok()?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use sea_orm::DatabaseBackend;
    use time::macros::{date, datetime};

    use super::*;

    fn statement(sql: &str, values: Vec<Value>) -> Statement {
        Statement::from_sql_and_values(DatabaseBackend::Sqlite, sql, values)
    }

    /// A file with a row, the connections that read it here, and one that writes.
    fn opened(name: &str) -> (PathBuf, InPlace, Connection) {
        let file = std::env::temp_dir().join(format!("pt_in_place_{name}_{}.db", std::process::id()));
        let writer = Connection::open(&file).expect("a file");
        writer
            .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('one')")
            .expect("a row");
        (file.clone(), InPlace::new(&file), writer)
    }

    fn remove(file: &Path) {
        for end in ["", "-wal", "-shm"] {
            drop(fs::remove_file(format!("{}{end}", file.display())));
        }
    }

    #[test]
    fn what_was_committed_is_read_and_nothing_else() {
        let (file, in_place, writer) = opened("committed");
        let newest = || in_place.text(&statement("SELECT max(a) FROM t", vec![]), View::Newest);
        assert_eq!(newest().as_deref(), Some("one"));
        writer.execute_batch("BEGIN IMMEDIATE; INSERT INTO t VALUES ('two')").expect("a row");
        assert_eq!(newest().as_deref(), Some("one"));
        writer.execute_batch("COMMIT").expect("a commit");
        assert_eq!(newest().as_deref(), Some("two"));
        remove(&file);
    }

    #[test]
    fn what_is_held_stays_as_it_was_until_it_is_let_go() {
        let (file, in_place, writer) = opened("held");
        let newest = |view| in_place.text(&statement("SELECT max(a) FROM t", vec![]), view);
        let insert = |text: &str| writer.execute("INSERT INTO t VALUES (?)", [text]).expect("a row");
        assert_eq!(newest(View::Held).as_deref(), Some("one"));
        insert("three");
        assert_eq!(newest(View::Same).as_deref(), Some("one"));
        assert_eq!(newest(View::Held).as_deref(), Some("three"), "another answer begins with what there is now");
        insert("two");
        insert("zero");
        assert_eq!(newest(View::Same).as_deref(), Some("three"));
        assert_eq!(newest(View::Newest).as_deref(), Some("zero"));
        assert_eq!(newest(View::Same).as_deref(), Some("zero"), "nothing was held any more");
        in_place.let_go();
        writer.execute("DELETE FROM t WHERE a > 'one'", []).expect("rows");
        assert_eq!(newest(View::Same).as_deref(), Some("one"));
        in_place.let_go();
        // A statement whose time is over breaks off nothing but itself.
        assert_eq!(newest(View::Held).as_deref(), Some("one"));
        let stop =
            || in_place.idle().values().for_each(|held| held.progress_handler(1, Some(|| true)).expect("a handler"));
        stop();
        in_place.let_go();
        let is_free: Vec<bool> = in_place.idle().values().map(Connection::is_autocommit).collect();
        assert_eq!(is_free, [true]);
        stop();
        assert_eq!(newest(View::Held).as_deref(), Some("one"));
        in_place.let_go();
        let is_blocked: bool =
            writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).expect("a checkpoint");
        assert!(!is_blocked, "nothing is held on to");
        remove(&file);
    }

    #[test]
    fn values_are_bound_as_the_driver_binds_them() {
        let (file, in_place, _writer) = opened("values");
        let text = |value: Value| in_place.text(&statement("SELECT quote(?)", vec![value]), View::Newest);
        assert_eq!(text("d'Artagnan".into()).as_deref(), Some("'d''Artagnan'"));
        assert_eq!(text((-7_i64).into()).as_deref(), Some("-7"));
        assert_eq!(text(true.into()).as_deref(), Some("1"));
        assert_eq!(text(date!(1980 - 01 - 31).into()).as_deref(), Some("'1980-01-31'"));
        assert_eq!(text(datetime!(2026-03-01 07:08:09.5).into()).as_deref(), Some("'2026-03-01 07:08:09.5'"));
        assert_eq!(text(Value::TimeDate(None)).as_deref(), Some("NULL"));
        assert_eq!(text(vec![1_u8].into()), None, "the driver is asked");
        remove(&file);
    }

    #[test]
    fn a_long_statement_is_broken_off_and_the_next_one_is_not() {
        let (file, in_place, _writer) = opened("long");
        let numbers =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT '' || max(i) FROM n";
        let started = Instant::now();
        assert_eq!(in_place.text(&statement(numbers, vec![i64::MAX.into()]), View::Newest), None);
        assert!(started.elapsed() >= LONGEST, "it was not tried");
        assert_eq!(in_place.text(&statement(numbers, vec![5_i64.into()]), View::Newest).as_deref(), Some("5"));
        remove(&file);
    }

    #[test]
    fn nothing_is_written() {
        let (file, in_place, writer) = opened("written");
        assert_eq!(in_place.text(&statement("INSERT INTO t VALUES ('two') RETURNING a", vec![]), View::Newest), None);
        let rows: i64 = writer.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).expect("a number");
        assert_eq!(rows, 1);
        remove(&file);
    }
}
