//! What the tables have in common.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

/// A new table: utf8mb4 with a collation that compares bytes, trailing spaces included, as SQLite does. Text is folded before
/// it is stored, never by a collation, so that both engines agree.
pub fn table(manager: &SchemaManager<'_>, name: &'static str) -> TableCreateStatement {
    let mut table = Table::create().table(name).if_not_exists().to_owned();
    if manager.get_database_backend() == DatabaseBackend::MySql {
        table.engine("InnoDB").character_set("utf8mb4").collate("utf8mb4_nopad_bin");
    }
    table
}

/// The key of a table: 64 bits, counted up, never given twice.
pub fn id() -> ColumnDef {
    ColumnDef::new("id").big_integer().not_null().auto_increment().primary_key().to_owned()
}

/// A key that the program gives: 64 bits, the order in which the table lies on the disk.
pub fn row_key(manager: &SchemaManager<'_>) -> ColumnDef {
    let mut key = ColumnDef::new("id");
    match manager.get_database_backend() {
        // Of SQLite's types this one alone makes the key the table's own order.
        DatabaseBackend::Sqlite => key.custom("integer"),
        _ => key.big_integer(),
    };
    key.not_null().primary_key().to_owned()
}

/// A text of at most `length` characters.
pub fn text(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).to_owned()
}

/// An instant in UTC, to the microsecond. SeaORM's own types would lose the fraction on MariaDB.
pub fn instant(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    match manager.get_database_backend() {
        DatabaseBackend::MySql => ColumnDef::new(name).custom("datetime(6)").to_owned(),
        _ => ColumnDef::new(name).date_time().to_owned(),
    }
}

/// A time of day, to the microsecond.
pub fn time_of_day(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    match manager.get_database_backend() {
        DatabaseBackend::MySql => ColumnDef::new(name).custom("time(6)").to_owned(),
        _ => ColumnDef::new(name).time().to_owned(),
    }
}

/// The version of a row and who created, changed and deleted it when.
pub fn lifecycle(manager: &SchemaManager<'_>) -> Vec<ColumnDef> {
    vec![
        ColumnDef::new("version").big_integer().not_null().default(1).to_owned(),
        instant(manager, "created_at").not_null().to_owned(),
        ColumnDef::new("created_by").big_integer().to_owned(),
        instant(manager, "updated_at").not_null().to_owned(),
        ColumnDef::new("updated_by").big_integer().to_owned(),
        instant(manager, "deleted_at"),
        ColumnDef::new("deleted_by").big_integer().to_owned(),
    ]
}

/// Creates an index unless it is there. Written as SQL, since the query builder leaves `IF NOT EXISTS` out on MariaDB.
pub async fn index(manager: &SchemaManager<'_>, definition: &str) -> Result<(), DbErr> {
    let (unique, rest) = match definition.strip_prefix("UNIQUE ") {
        Some(rest) => ("UNIQUE ", rest),
        None => ("", definition),
    };
    manager.get_connection().execute_unprepared(&format!("CREATE {unique}INDEX IF NOT EXISTS {rest}")).await?;
    Ok(())
}

/// Drops an index if it is there. Written as SQL for the same reason.
pub async fn drop_index(manager: &SchemaManager<'_>, table: &str, name: &str) -> Result<(), DbErr> {
    let on = match manager.get_database_backend() {
        DatabaseBackend::Sqlite => String::new(),
        _ => format!(" ON {table}"),
    };
    manager.get_connection().execute_unprepared(&format!("DROP INDEX IF EXISTS {name}{on}")).await?;
    Ok(())
}

/// Drops a table if it is there.
pub async fn drop(manager: &SchemaManager<'_>, name: &'static str) -> Result<(), DbErr> {
    manager.drop_table(Table::drop().table(name).if_exists().to_owned()).await
}

/// Adds a column unless it is there.
pub async fn add_column(manager: &SchemaManager<'_>, table: &'static str, column: &mut ColumnDef) -> Result<(), DbErr> {
    if manager.has_column(table, column.get_column_name()).await? {
        return Ok(());
    }
    manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await
}

/// Drops a column if it is there.
pub async fn drop_column(manager: &SchemaManager<'_>, table: &'static str, column: &'static str) -> Result<(), DbErr> {
    if !manager.has_column(table, column).await? {
        return Ok(());
    }
    manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await
}

/// Ids of one statement that changes a whole table: a cluster applies each transaction as one, hence no larger ones.
const STRETCH: i64 = 10_000;

/// Runs an `UPDATE` for all rows of a table, a stretch of ids after another.
pub async fn update_all(manager: &SchemaManager<'_>, table: &str, update: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let last = format!("SELECT COALESCE(MAX(id), 0) FROM {table}");
    let last = connection.query_one_raw(Statement::from_string(connection.get_database_backend(), last)).await?;
    let last: i64 = last.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    let mut done = 0;
    while done < last {
        let upto = done + STRETCH;
        connection.execute_unprepared(&format!("{update} WHERE id > {done} AND id <= {upto}")).await?;
        done = upto;
    }
    Ok(())
}
