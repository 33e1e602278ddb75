//! Statements of many rows, run one after another.

use std::collections::HashMap;
use std::hash::Hash;
use std::{iter, mem};

use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, ExecResult, IdenStatic,
    Iterable, PrimaryKeyToColumn, PrimaryKeyTrait, QueryResult, Statement, Value,
};

/// Most rows of one statement: SQLite takes 32,766 values in one.
const MOST_ROWS: usize = 256;

/// The rows in batches of a few lengths, so that there are few statements, which stay prepared.
pub fn batches<T>(rows: &mut [T]) -> impl Iterator<Item = &mut [T]> {
    let mut left = rows;
    iter::from_fn(move || {
        let size = batch_of(left.len());
        let (batch, rest) = mem::take(&mut left).split_at_mut(size);
        left = rest;
        (!batch.is_empty()).then_some(batch)
    })
}

/// How many of so many rows are the next batch: a power of two.
pub fn batch_of(left: usize) -> usize {
    if left == 0 { 0 } else { 1 << left.min(MOST_ROWS).ilog2() }
}

/// The statement that enters rows, one or more, every column of which is set; the database gives the ids, where it does so. The query
/// builder would make up the definition of a column for every value. Columns that are null in every row are left out: what is null may
/// be has no default.
pub fn insertion<A: ActiveModelTrait>(backend: DatabaseBackend, rows: impl IntoIterator<Item = A>) -> Statement {
    let columns: Vec<_> = <A::Entity as EntityTrait>::Column::iter().filter(|column| !is_given::<A>(column)).collect();
    let values = |mut row: A| {
        columns.iter().map(|column| row.take(*column)).filter_map(ActiveValue::into_value).collect::<Vec<Value>>()
    };
    let values: Vec<Value> = rows.into_iter().flat_map(values).collect();
    let rows = values.len() / columns.len();
    let is_said = |at: &usize| values.iter().skip(*at).step_by(columns.len()).any(|value| *value != value.as_null());
    let said: Vec<usize> = (0..columns.len()).filter(is_said).collect();
    let place = format!("({})", vec!["?"; said.len()].join(", "));
    let places = vec![place.as_str(); rows].join(", ");
    let names: Vec<&str> = said.iter().map(|at| columns[*at].as_str()).collect();
    let (table, names) = (A::Entity::default().as_str(), names.join(", "));
    let mut at = (0..columns.len()).cycle();
    let values = values.into_iter().filter(|_| at.next().is_some_and(|at| said.contains(&at)));
    Statement::from_sql_and_values(backend, format!("INSERT INTO {table} ({names}) VALUES {places}"), values)
}

/// Whether the database gives the value of a column.
fn is_given<A: ActiveModelTrait>(column: &<A::Entity as EntityTrait>::Column) -> bool {
    type Key<A> = <<A as ActiveModelTrait>::Entity as EntityTrait>::PrimaryKey;
    Key::<A>::auto_increment() && Key::<A>::iter().any(|key| key.into_column().as_str() == column.as_str())
}

/// Runs statements one after another; the next one is put together while the database is at work on the one before.
///
/// # Errors
/// When the database fails; the statements behind are not run.
pub async fn execute_each(db: &impl ConnectionTrait, statements: impl Iterator<Item = Statement>) -> Result<(), DbErr> {
    let run = async |statement| db.execute_raw(statement).await;
    each(statements.map(|statement| ((), statement)), run, |(), _| Ok(())).await
}

/// Runs statements of [`insertion`], each with the rows it enters, and tells each row the id that it was given. Where the database
/// hands ids back, it does so with the columns `key`, which `read` reads as what `key_of` says of a row.
///
/// # Errors
/// As [`execute_each`].
pub async fn insert_each<'r, T: 'r, K: Eq + Hash>(
    db: &impl ConnectionTrait,
    statements: impl Iterator<Item = (&'r mut [T], Statement)>,
    (key, key_of, read): (&str, impl Fn(&T) -> K, impl Fn(&QueryResult) -> Result<K, DbErr>),
    mut note: impl FnMut(&mut T, i64),
) -> Result<(), DbErr> {
    if db.get_database_backend() == DatabaseBackend::Sqlite {
        // SQLite has one writer, whose keys count up one by one. Rows handed back would wake two threads for each.
        let note = |rows: &mut [T], done: ExecResult| {
            let number = rows.len() as u64;
            if done.rows_affected() != number {
                return Err(DbErr::RecordNotInserted);
            }
            let first = i64::try_from(done.last_insert_id() + 1 - number).map_err(|_| DbErr::RecordNotInserted)?;
            rows.iter_mut().zip(first..).for_each(|(row, id)| note(row, id));
            Ok(())
        };
        return each(statements, async |statement| db.execute_raw(statement).await, note).await;
    }
    let statements = statements.map(|(rows, mut statement)| {
        statement.sql = format!("{} RETURNING {key}, id", statement.sql);
        (rows, statement)
    });
    let note = |rows: &mut [T], handed_back: Vec<QueryResult>| {
        let ids = handed_back.iter().map(|row| Ok((read(row)?, row.try_get("", "id")?)));
        let ids: HashMap<K, i64> = ids.collect::<Result<_, DbErr>>()?;
        for row in rows {
            let id = *ids.get(&key_of(row)).ok_or(DbErr::RecordNotInserted)?;
            note(row, id);
        }
        Ok(())
    };
    each(statements, async |statement| db.query_all_raw(statement).await, note).await
}

/// Runs statements one after another, each about something; the next one is put together, and what came of the one before is read,
/// while the database is at work.
///
/// # Errors
/// What `run` and `read` say; the statements behind are not run.
pub async fn each<T, R>(
    mut statements: impl Iterator<Item = (T, Statement)>,
    run: impl AsyncFn(Statement) -> Result<R, DbErr>,
    mut read: impl FnMut(T, R) -> Result<(), DbErr>,
) -> Result<(), DbErr> {
    let (mut next, mut ran) = (statements.next(), None);
    while let Some((about, statement)) = next {
        let meanwhile = async {
            let following = statements.next();
            let was_read = ran.take().map_or(Ok(()), |(about, result)| read(about, result));
            (following, was_read)
        };
        // The first is polled first: the database has its statement before the next one is made.
        let (result, (following, was_read)) = tokio::join!(biased; run(statement), meanwhile);
        was_read?;
        (next, ran) = (following, Some((about, result?)));
    }
    ran.map_or(Ok(()), |(about, result)| read(about, result))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_have_few_sizes_and_keep_every_row() {
        let mut rows: Vec<usize> = (0..711).collect();
        let sizes: Vec<usize> = batches(&mut rows).map(|batch| batch.len()).collect();
        assert_eq!(sizes, [256, 256, 128, 64, 4, 2, 1]);
        let kept: Vec<usize> = batches(&mut rows).flat_map(|batch| batch.to_vec()).collect();
        assert_eq!(kept, (0..711).collect::<Vec<_>>());
        assert_eq!(batches(&mut [0; 0]).count(), 0);
    }
}
