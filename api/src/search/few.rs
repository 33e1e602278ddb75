//! Hits where filters or dates leave few rows: these are judged one by one, whatever the words have to walk.

use entity::{patient, study};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{DbErr, IntoSimpleExpr};

use super::branches::of_every_study;
use super::found::Found;
use super::looks;
use super::placed::{place_of_patient, place_of_study};
use super::plan::Plan;
use super::rank::{Place, SECTIONS, Tier};
use super::sql::{PATIENT, STUDY, Scope, Sql};
use crate::db::Reads;
use crate::keyset::fewest;
use crate::values::Range;
use crate::{patients, studies};

/// As many rows are not few: to judge them all takes longer than one request may.
const MOST: u64 = 5_000;
/// Rows that are read in one statement.
const AT_ONCE: usize = 512;

/// Hits of a tier, or of those that are spelled as typed, of the kinds of rows of which there are few.
pub struct Few {
    pub upto: Tier,
    patients: Option<Vec<(Place, Option<Found>)>>,
    studies: Option<Vec<(Place, Option<Found>)>>,
}

impl Few {
    /// Judges all rows that filters and dates leave, where they are few.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(db: &impl Reads, plan: &Plan<'_>, upto: Tier) -> Result<Self, DbErr> {
        let (patients, studies) = few_ids(db, plan, upto).await?;
        let mut few = Self { upto, patients: None, studies: None };
        if let Some(ids) = patients {
            few.patients = Some(judged_patients(db, plan, upto, &ids).await?);
        }
        if let Some(ids) = studies {
            few.studies = Some(judged_studies(db, plan, upto, &ids).await?);
        }
        Ok(few)
    }

    /// Whether the rows of some kind are few.
    pub const fn is_any(&self) -> bool {
        self.patients.is_some() || self.studies.is_some()
    }

    /// All hits of a section of this tier in their order, of rows that are few.
    pub fn hits_of(&mut self, section: usize) -> Option<Vec<(Place, Option<Found>)>> {
        let hits = if SECTIONS[section].source.yields_patients() { &mut self.patients } else { &mut self.studies };
        let mut hits: Vec<_> = hits.as_mut()?.extract_if(.., |(place, _)| place.section == section).collect();
        hits.sort_by(|(one, _), (other, _)| one.cmp(other));
        Some(hits)
    }
}

/// Ids of patients, and of studies, among which the hits are, where a filter or a date leaves few.
async fn few_ids(
    db: &impl Reads,
    plan: &Plan<'_>,
    upto: Tier,
) -> Result<(Option<SelectStatement>, Option<SelectStatement>), DbErr> {
    let query = plan.query;
    let dates = looks::nothing_but_dates(db, plan, upto).await?;
    let (mut patients, mut studies) = (None, None);
    if query.wants_patients() {
        let birth_date = patient::Column::BirthDate.into_simple_expr();
        let born = dates.of_patients.into_iter().map(|range| patients::filter::ids(range.condition(&birth_date)));
        patients = fewest(db, query.patient_filter.among_any().into_iter().chain(born), MOST).await?;
    }
    if query.studies {
        let study_date = study::Column::StudyDate.into_simple_expr();
        let made = dates.of_studies.into_iter().map(|range| studies::filter::ids(range.condition(&study_date)));
        let by_patient = fewest(db, query.study_filter.patients_among(), MOST).await?.map(studies::filter::of_patients);
        let of_studies = query.study_filter.among_any().into_iter().chain(made);
        studies = fewest(db, of_studies.chain(by_patient), MOST).await?;
    }
    Ok((patients, studies))
}

/// The patients among these whom all words match in a tier, and not in the one before.
async fn judged_patients(
    db: &impl Reads,
    plan: &Plan<'_>,
    upto: Tier,
    ids: &SelectStatement,
) -> Result<Vec<(Place, Option<Found>)>, DbErr> {
    let mut sql = Sql::new(db.get_database_backend());
    sql.push("SELECT patient.id AS id FROM (").select(ids).push(") few").join("patient");
    sql.push(" WHERE patient.id = few.id").filter(plan.query.patient_filter.condition(), false);
    all_match(&mut sql, plan, upto, PATIENT);
    let mut hits = Vec::new();
    for ids in numbers(db, sql).await?.chunks(AT_ONCE) {
        for (row, number) in patients::queries::find_counted(db, ids).await?.into_values() {
            let place = place_of_patient(plan, upto, &row);
            hits.extend(place.map(|place| (place, Some(Found::Patient(Box::new(row), number)))));
        }
    }
    Ok(hits)
}

/// The studies among these that all words match in a tier, and not in the one before.
async fn judged_studies(
    db: &impl Reads,
    plan: &Plan<'_>,
    upto: Tier,
    ids: &SelectStatement,
) -> Result<Vec<(Place, Option<Found>)>, DbErr> {
    let mut sql = Sql::new(db.get_database_backend());
    sql.push("SELECT study.id AS id FROM (").select(ids).push(") few").join("study").join("patient");
    sql.push(" WHERE study.id = few.id AND patient.id = study.patient_fk");
    of_every_study(&mut sql, plan);
    all_match(&mut sql, plan, upto, STUDY);
    let mut hits = Vec::new();
    for ids in numbers(db, sql).await?.chunks(AT_ONCE) {
        for study in studies::queries::find_by_id(db, ids).await?.into_values() {
            let place = place_of_study(plan, upto, &study);
            hits.extend(place.map(|place| (place, Some(Found::Study(Box::new(study))))));
        }
    }
    Ok(hits)
}

fn all_match(sql: &mut Sql, plan: &Plan<'_>, upto: Tier, scope: Scope) {
    sql.others_match(plan, upto, scope, |_| false);
    if let Some(before) = upto.before().filter(|_| upto > Tier::Prefix) {
        sql.not_all_match(plan, before, scope);
    }
}

async fn numbers(db: &impl Reads, sql: Sql) -> Result<Vec<i64>, DbErr> {
    Ok(sql.rows::<(i64,)>(db, "id").await?.into_iter().map(|(id,)| id).collect())
}
