//! Rows that are handed over together.
//!
//! The driver lets SQLite work on a thread of its own, which hands over row by row, with an allocation for every cell. Of a page
//! that takes several times what reading it does. SQLite therefore puts the rows together itself, as one JSON array of arrays
//! (<https://www.sqlite.org/json1.html#jgrouparray>), and hands over a single text.

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, IdenStatic, Iterable, QueryResult, Statement, TryGetableMany,
};
use serde::de::DeserializeOwned;

/// The rows of a statement, whose columns have these names, in their order.
///
/// # Errors
/// When the database fails.
pub async fn rows<R: TryGetableMany + DeserializeOwned>(
    db: &impl ConnectionTrait,
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
    db: &impl ConnectionTrait,
    mut statement: Statement,
    columns: &str,
    read: impl Fn(&QueryResult) -> Result<R, DbErr>,
) -> Result<Vec<R>, DbErr> {
    if db.get_database_backend() != DatabaseBackend::Sqlite {
        return db.query_all_raw(statement).await?.iter().map(read).collect();
    }
    statement.sql = format!("SELECT json_group_array(json_array({columns})) FROM ({})", statement.sql);
    let row = db.query_one_raw(statement).await?.ok_or_else(|| DbErr::RecordNotFound("an array".to_owned()))?;
    let array: String = row.try_get_by_index(0)?;
    serde_json::from_str(&array).map_err(|error| DbErr::Json(error.to_string()))
}

/// The names of a table's columns in their order, as a statement has them behind `prefix`.
pub fn columns<E: EntityTrait>(prefix: &str) -> String {
    let names: Vec<String> = E::Column::iter().map(|column| format!("{prefix}{}", column.as_str())).collect();
    names.join(", ")
}

/// The columns of a table as a statement selects them, each with `prefix` before its name.
pub fn selected<E: EntityTrait>(table: &str, prefix: &str) -> String {
    let column = |column: &str| format!("{table}.{column} AS {prefix}{column}");
    let columns: Vec<String> = E::Column::iter().map(|one| column(one.as_str())).collect();
    columns.join(", ")
}
