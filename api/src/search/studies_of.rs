//! The studies of patients, patient by patient, the newest first.

use std::collections::HashMap;

use sea_orm::DbErr;
use time::Date;

use super::branches::of_study;
use super::plan::Plan;
use super::rank::Place;
use super::sql::Sql;
use crate::db::Reads;

/// As many studies of several patients are sorted here; more are read in the order of the index, patient by patient.
const AT_ONCE: usize = 1000;

/// At most `wanted` places of studies of these patients, which come in the order of their own places; after a place.
pub async fn studies_of(
    db: &impl Reads,
    plan: &Plan<'_>,
    patients: &[Place],
    after: Option<&Place>,
    wanted: usize,
) -> Result<Vec<Place>, DbErr> {
    if patients.is_empty() || wanted == 0 {
        return Ok(Vec::new());
    }
    let mut places = all_at_once(db, plan, patients).await?;
    if places.len() > AT_ONCE {
        places.clear();
        for patient in patients {
            places.extend(of_one(db, plan, patient, after, wanted - places.len()).await?);
            if places.len() >= wanted {
                break;
            }
        }
    }
    places.retain(|place| after.is_none_or(|after| place > after));
    places.truncate(wanted);
    Ok(places)
}

async fn all_at_once(db: &impl Reads, plan: &Plan<'_>, patients: &[Place]) -> Result<Vec<Place>, DbErr> {
    let by_patient: HashMap<i64, &Place> = patients.iter().map(|place| (place.row_id, place)).collect();
    let mut sql = Sql::new(db.get_database_backend());
    sql.push("SELECT study.patient_fk AS patient_fk, study.id AS id, study.study_date AS study_date FROM study");
    sql.join("patient").push(" ON patient.id = study.patient_fk WHERE study.patient_fk IN ");
    sql.bind_list(&patients.iter().map(|place| place.row_id).collect::<Vec<_>>());
    of_study(&mut sql, plan, patients[0].section);
    sql.push(" LIMIT ").bind(i64::try_from(AT_ONCE + 1).unwrap_or(i64::MAX));
    let mut places = Vec::new();
    for (patient, id, date) in sql.rows::<(i64, i64, Option<Date>)>(db, "patient_fk, id, study_date").await? {
        places.extend(by_patient.get(&patient).map(|place| study_place(place, id, date)));
    }
    places.sort();
    Ok(places)
}

async fn of_one(
    db: &impl Reads,
    plan: &Plan<'_>,
    patient: &Place,
    after: Option<&Place>,
    wanted: usize,
) -> Result<Vec<Place>, DbErr> {
    let mut sql = Sql::new(db.get_database_backend());
    sql.push("SELECT study.id AS id, study.study_date AS study_date FROM study");
    sql.join("patient").push(" ON patient.id = study.patient_fk WHERE study.patient_fk = ").bind(patient.row_id);
    let begun = after.filter(|place| place.row_id == patient.row_id && place.section == patient.section);
    let begun = begun.filter(|place| place.study_id != i64::MAX);
    if let Some(place) = begun {
        match place.day() {
            Some(day) => {
                sql.push(" AND (study.study_date IS NULL OR study.study_date < ").bind(day);
                sql.push(" OR study.study_date = ").bind(day).push(" AND study.id < ").bind(-place.study_id).push(")");
            }
            None => {
                sql.push(" AND study.study_date IS NULL AND study.id < ").bind(-place.study_id);
            }
        }
    }
    of_study(&mut sql, plan, patient.section);
    sql.push(" ORDER BY study.study_date DESC, study.id DESC LIMIT ").bind(i64::try_from(wanted).unwrap_or(i64::MAX));
    let rows: Vec<(i64, Option<Date>)> = sql.rows(db, "id, study_date").await?;
    Ok(rows.into_iter().map(|(id, date)| study_place(patient, id, date)).collect())
}

/// The newest study has the greatest id: ids stand negative in a place, so that places grow.
fn study_place(patient: &Place, id: i64, date: Option<Date>) -> Place {
    let newest = date.map_or(i32::MAX, |date| -date.to_julian_day());
    Place { newest, study_id: -id, ..patient.clone() }
}
