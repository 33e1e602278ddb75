//! Hits with their rows, in one statement.

use entity::{patient, study};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, QueryResult, Statement};
use serde::Deserialize;

use super::branches::{PLACE, PlaceRow, place};
use super::rank::Place;
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

/// A place with the rows behind it.
#[derive(Deserialize)]
struct Row {
    place: PlaceRow,
    study: Option<study::Model>,
    patient: Option<patient::Model>,
    modalities: Option<String>,
    number_of_studies: Option<i64>,
}

impl Row {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        Ok(Self {
            place: row.try_get_many_by_index()?,
            study: study::Model::from_query_result_optional(row, "A_")?,
            patient: patient::Model::from_query_result_optional(row, "B_")?,
            modalities: row.try_get("", "modalities")?,
            number_of_studies: row.try_get("", "number_of_studies")?,
        })
    }

    fn found(self) -> (Place, Option<Found>) {
        let place = place(self.place);
        let found = match (self.study, self.patient) {
            (None, Some(patient)) if place.study_id == 0 => {
                Some(Found::Patient(Box::new(patient), self.number_of_studies.unwrap_or(0)))
            }
            (Some(row), Some(patient)) => {
                Some(Found::Study(Box::new(FullStudy { row, patient, modalities: parted(self.modalities.as_deref()) })))
            }
            _ => None,
        };
        (place, found)
    }
}

/// The places that a statement yields, those of patients and of single studies with their rows. Of the studies of a patient there
/// may be many more than a page has: their rows are not read.
pub async fn places_with_rows(sql: Sql, db: &impl ConnectionTrait) -> Result<Vec<(Place, Option<Found>)>, DbErr> {
    let (of_study, of_patient) =
        (selected::<study::Entity>("study", "A_"), selected::<patient::Entity>("patient", "B_"));
    let Statement { sql, values, db_backend } = sql.into_statement();
    let sql = format!(
        "SELECT place.*, {of_study}, {of_patient}, \
         (SELECT GROUP_CONCAT(modality) FROM study_modality WHERE study_fk = study.id) AS modalities, \
         CASE WHEN study.id IS NULL THEN (SELECT COUNT(*) FROM study counted WHERE counted.patient_fk = patient.id \
         AND counted.deleted_at IS NULL) END AS number_of_studies FROM ({sql}) place \
         LEFT JOIN study ON study.id = place.study_id \
         LEFT JOIN patient ON patient.id = COALESCE(study.patient_fk, place.row_id)"
    );
    let array = |columns: String, id: &str| format!("CASE WHEN {id} IS NOT NULL THEN json_array({columns}) END");
    let of_study = array(columns::<study::Entity>("A_"), "A_id");
    let of_patient = array(columns::<patient::Entity>("B_"), "B_id");
    let columns = format!("json_array({PLACE}), {of_study}, {of_patient}, modalities, number_of_studies");
    let rows = rows_by(db, Statement { sql, values, db_backend }, &columns, Row::read).await?;
    Ok(rows.into_iter().map(Row::found).collect())
}
