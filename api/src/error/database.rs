//! What a database's failure means.

use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx};

use super::ApiError;

/// Whether a statement broke a unique key.
pub fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// A unique key that was free when it was looked up is taken: someone else was there at the same moment. The next try finds that row.
pub fn again_when_taken(error: DbErr) -> ApiError {
    let is_taken = is_unique_violation(&error);
    let error = ApiError::from(error);
    if is_taken { error.tried_again() } else { error }
}

/// Whether a statement broke a foreign key.
pub fn is_foreign_key_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_)))
}

fn sqlx_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error))
        | DbErr::Conn(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

/// Whether a statement met a lock, so that trying again may help.
/// MariaDB: deadlock (1213), lock wait timeout (1205), row changed since the snapshot (1020); SQLite: busy (5), locked (6).
pub fn is_lock_conflict(error: &DbErr) -> bool {
    let Some(sqlx::Error::Database(error)) = sqlx_error(error) else { return false };
    if let Some(error) = error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>() {
        return matches!(error.number(), 1213 | 1205 | 1020);
    }
    error.code().and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| matches!(code & 0xff, 5 | 6))
}

/// Whether a statement was refused for the values of a row.
/// MariaDB: SQLSTATE classes 22 (data), 23 (constraints), 45 (raised by a trigger); SQLite: too big (18), constraint (19), mismatch (20).
pub fn is_row_fault(error: &DbErr) -> bool {
    let Some(sqlx::Error::Database(error)) = sqlx_error(error) else { return false };
    let Some(code) = error.code() else { return false };
    if error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>().is_some() {
        return ["22", "23", "45"].iter().any(|class| code.starts_with(class));
    }
    code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 18..=20))
}

/// Whether the database will say the same however often it is asked: the address cannot be read; MariaDB: a wrong password (1045), a
/// database that is not there (1049) or not for this account (1044).
pub fn is_final(error: &DbErr) -> bool {
    match sqlx_error(error) {
        Some(sqlx::Error::Configuration(_)) => true,
        Some(sqlx::Error::Database(error)) => {
            let mariadb = error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>();
            mariadb.is_some_and(|error| matches!(error.number(), 1044 | 1045 | 1049))
        }
        _ => false,
    }
}

/// Whether the database was not there, or went away.
pub fn is_connection_loss(error: &DbErr) -> bool {
    matches!(sqlx_error(error), Some(sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed))
}
