//! Hits with their rows.

use std::sync::{Arc, LazyLock};

use entity::{patient, study};
use sea_orm::{DatabaseBackend, DbErr, Statement, TryGetableMany};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::sql::Sql;
use crate::db::{Reads, array_of, columns, rows_of_array};
use crate::studies::queries::FullStudy;

/// What was found.
#[derive(Clone, Debug)]
pub enum Found {
    Patient(Box<patient::Model>),
    Study(Box<FullStudy>),
}

/// What a statement yields, whose first columns have these names, in this order. If rows are going to be read and that saves time,
/// each comes with the study that `study_id` is, whatever its sign, or with the patient that `row_id` is where it is 0. On SQLite it
/// does; MariaDB joins more slowly than it answers a second time.
pub async fn found<R: TryGetableMany + DeserializeOwned>(
    sql: Sql,
    db: &impl Reads,
    columns: &str,
    reads_rows: bool,
) -> Result<Vec<(R, Option<Found>)>, DbErr> {
    if reads_rows && db.get_database_backend() == DatabaseBackend::Sqlite {
        return with_rows(sql, db, columns).await;
    }
    Ok(sql.rows(db, columns).await?.into_iter().map(|row| (row, None)).collect())
}

/// What a statement yields, with the rows behind it.
#[derive(Deserialize)]
struct Row<R> {
    head: R,
    study: Option<study::Model>,
    patient: Option<patient::Model>,
}

impl<R> Row<R> {
    fn found(self) -> (R, Option<Found>) {
        let found = match (self.study, self.patient) {
            (Some(row), Some(patient)) => Some(Found::Study(Box::new(FullStudy { row, patient: Arc::new(patient) }))),
            (None, Some(patient)) => Some(Found::Patient(Box::new(patient))),
            (_, None) => None,
        };
        (self.head, found)
    }
}

/// The rows of a place.
static ROWS: LazyLock<String> = LazyLock::new(|| {
    let (of_study, of_patient) = (columns::<study::Entity>("study."), columns::<patient::Entity>("patient."));
    format!(
        "CASE WHEN study.id IS NOT NULL THEN json_array({of_study}) END, \
         CASE WHEN patient.id IS NOT NULL THEN json_array({of_patient}) END"
    )
});

async fn with_rows<R: DeserializeOwned>(
    sql: Sql,
    db: &impl Reads,
    head: &str,
) -> Result<Vec<(R, Option<Found>)>, DbErr> {
    let head = head.replace(", ", ", place.");
    let Statement { sql, values, db_backend } = sql.into_statement();
    let sql = array_of(
        format_args!("json_array(place.{head}), {}", *ROWS),
        format_args!(
            "({sql}) place LEFT JOIN study ON study.id = ABS(place.study_id) LEFT JOIN patient ON patient.id = \
             CASE WHEN place.study_id = 0 THEN place.row_id ELSE study.patient_fk END"
        ),
    );
    let rows = rows_of_array(db, Statement { sql, values, db_backend }).await?;
    Ok(rows.into_iter().map(Row::found).collect())
}
