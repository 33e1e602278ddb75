//! Rows that are handed over together.
//!
//! The driver lets SQLite work on a thread of its own, which hands over row by row, with an allocation for every cell. Of a page
//! that takes several times what reading it does. SQLite therefore puts the rows together itself, as one JSON array of arrays
//! (<https://www.sqlite.org/json1.html#jgrouparray>), and hands over a single text. JSON knows no bytes, and SQLite no truth values:
//! tables that are read so have neither.

use std::fmt::Display;

use sea_orm::{DatabaseBackend, DbErr, EntityTrait, IdenStatic, Iterable, QueryResult, Statement, TryGetableMany};
use serde::de::DeserializeOwned;

use super::Reads;

/// The rows of a statement, whose first columns have these names, in this order.
///
/// # Errors
/// When the database fails.
pub async fn rows<R: TryGetableMany + DeserializeOwned>(
    db: &impl Reads,
    statement: Statement,
    columns: &str,
) -> Result<Vec<R>, DbErr> {
    rows_by(db, statement, columns, QueryResult::try_get_many_by_index).await
}

/// The rows of a statement. On SQLite each is read from the values of `columns`, which are SQL expressions over the columns of the
/// statement; elsewhere by `read`.
///
/// # Errors
/// When the database fails.
pub async fn rows_by<R: DeserializeOwned>(
    db: &impl Reads,
    mut statement: Statement,
    columns: &str,
    read: impl Fn(&QueryResult) -> Result<R, DbErr>,
) -> Result<Vec<R>, DbErr> {
    if db.get_database_backend() != DatabaseBackend::Sqlite {
        return db.query_all_raw(statement).await?.iter().map(read).collect();
    }
    statement.sql = array_of(columns, format_args!("({})", statement.sql));
    rows_of_array(db, statement).await
}

/// A statement of SQLite's that puts these columns of a source together, row by row, in one array.
pub fn array_of(columns: impl Display, source: impl Display) -> String {
    format!("SELECT json_group_array(json_array({columns})) FROM {source}")
}

/// The rows that a statement of SQLite's has put together itself, in one array.
///
/// # Errors
/// When the database fails.
pub async fn rows_of_array<R: DeserializeOwned>(db: &impl Reads, statement: Statement) -> Result<Vec<R>, DbErr> {
    serde_json::from_str(&db.text(statement).await?).map_err(|error| DbErr::Json(error.to_string()))
}

/// The names of a table's columns in their order, as a statement has them behind `prefix`.
pub fn columns<E: EntityTrait>(prefix: &str) -> String {
    let names: Vec<String> = E::Column::iter().map(|column| format!("{prefix}{}", column.as_str())).collect();
    names.join(", ")
}
