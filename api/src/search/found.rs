//! Hits with their rows, in one statement.

use entity::{patient, study};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Statement, TryGetableMany};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::sql::Sql;
use crate::db::{columns, rows_by, selected};
use crate::studies::queries::{FullStudy, parted};

/// What was found.
#[derive(Clone, Debug)]
pub enum Found {
    /// A patient and the number of its live studies.
    Patient(Box<patient::Model>, i64),
    Study(Box<FullStudy>),
}

/// What a statement yields, with the rows behind it.
#[derive(Deserialize)]
struct Row<R> {
    head: R,
    study: Option<study::Model>,
    patient: Option<patient::Model>,
    modalities: Option<String>,
    number_of_studies: Option<i64>,
}

impl<R: TryGetableMany> Row<R> {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            head: row.try_get_many_by_index()?,
            study: study::Model::from_query_result_optional(row, "A_")?,
            patient: patient::Model::from_query_result_optional(row, "B_")?,
            modalities: row.try_get("", "modalities")?,
            number_of_studies: row.try_get("", "number_of_studies")?,
        })
    }
}

impl<R> Row<R> {
    fn found(self) -> (R, Option<Found>) {
        let found = match (self.study, self.patient) {
            (Some(row), Some(patient)) => {
                let modalities = parted(self.modalities.as_deref());
                Some(Found::Study(Box::new(FullStudy { row, patient, modalities })))
            }
            (None, Some(patient)) => Some(Found::Patient(Box::new(patient), self.number_of_studies.unwrap_or(0))),
            (_, None) => None,
        };
        (self.head, found)
    }
}

/// What a statement yields, whose columns have these names, with the study that `study_id` is, whatever its sign, or the patient that
/// `row_id` is where it is 0.
pub async fn with_rows<R: TryGetableMany + DeserializeOwned>(
    sql: Sql,
    db: &impl ConnectionTrait,
    head: &str,
) -> Result<Vec<(R, Option<Found>)>, DbErr> {
    let (of_study, of_patient) =
        (selected::<study::Entity>("study", "A_"), selected::<patient::Entity>("patient", "B_"));
    let Statement { sql, values, db_backend } = sql.into_statement();
    let sql = format!(
        "SELECT {head}, {of_study}, {of_patient}, \
         (SELECT GROUP_CONCAT(modality) FROM study_modality WHERE study_fk = study.id) AS modalities, \
         CASE WHEN study.id IS NULL THEN (SELECT COUNT(*) FROM study counted WHERE counted.patient_fk = patient.id \
         AND counted.deleted_at IS NULL) END AS number_of_studies FROM ({sql}) place \
         LEFT JOIN study ON study.id = ABS(place.study_id) LEFT JOIN patient ON patient.id = \
         CASE WHEN place.study_id = 0 THEN place.row_id ELSE study.patient_fk END",
        head = qualified(head),
    );
    let array = |columns: String, id: &str| format!("CASE WHEN {id} IS NOT NULL THEN json_array({columns}) END");
    let of_study = array(columns::<study::Entity>("A_"), "A_id");
    let of_patient = array(columns::<patient::Entity>("B_"), "B_id");
    let columns = format!("json_array({head}), {of_study}, {of_patient}, modalities, number_of_studies");
    let rows = rows_by(db, Statement { sql, values, db_backend }, &columns, Row::read).await?;
    Ok(rows.into_iter().map(Row::found).collect())
}

/// The names of columns of the statement itself: a study has some of them too.
fn qualified(head: &str) -> String {
    let columns: Vec<String> = head.split(", ").map(|column| format!("place.{column} AS {column}")).collect();
    columns.join(", ")
}
