//! Hits where filters or dates leave few rows: these are judged one by one, whatever the words have to walk.

use entity::{patient, study};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{DbErr, IntoSimpleExpr};

use super::branches::{self, of_every_study};
use super::found::Found;
use super::looks;
use super::placed::{place_of_patient, place_of_study};
use super::plan::Plan;
use super::rank::{Place, SECTIONS, Tier};
use super::sql::{PATIENT, STUDY, Scope, Sql};
use crate::db::Reads;
use crate::keyset::fewest;
use crate::values::{DateRange, Range};
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
    /// Judges the rows that filters and dates leave to the sections of a tier from one on, where they are few.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(db: &impl Reads, plan: &Plan<'_>, upto: Tier, from: usize) -> Result<Self, DbErr> {
        let is_left = |of_patients: bool| {
            let mut sections = (from..SECTIONS.len()).filter(|at| branches::upto(plan, *at) == upto);
            sections.any(|at| SECTIONS[at].source.yields_patients() == of_patients)
        };
        let dates = looks::nothing_but_dates(db, plan, upto).await?;
        let patients = if is_left(true) { few_patients(db, plan, dates.of_patients).await? } else { None };
        let studies = if is_left(false) { few_studies(db, plan, upto, dates.of_studies).await? } else { None };
        // Of rows that nobody asked for there are none.
        let none = |is_asked: bool| (!is_asked).then(Vec::new);
        let mut few = Self { upto, patients: none(plan.query.wants_patients()), studies: none(plan.query.studies) };
        if let Some(ids) = patients {
            few.patients = Some(judged_patients(db, plan, upto, &ids).await?);
        }
        if let Some(ids) = studies {
            few.studies = Some(judged_studies(db, plan, upto, &ids).await?);
        }
        Ok(few)
    }

    /// Whether the rows of a section are few.
    pub fn is_of(&self, section: usize) -> bool {
        let of_patients = SECTIONS[section].source.yields_patients();
        if of_patients { self.patients.is_some() } else { self.studies.is_some() }
    }

    /// All hits of a section of this tier in their order, of rows that are few.
    pub fn hits_of(&mut self, section: usize) -> Option<Vec<(Place, Option<Found>)>> {
        let hits = if SECTIONS[section].source.yields_patients() { &mut self.patients } else { &mut self.studies };
        let mut hits: Vec<_> = hits.as_mut()?.extract_if(.., |(place, _)| place.section == section).collect();
        hits.sort_by(|(one, _), (other, _)| one.cmp(other));
        Some(hits)
    }
}

/// Ids among which the patients that are hits are, where a filter or a date leaves few.
pub async fn few_patients(
    db: &impl Reads,
    plan: &Plan<'_>,
    dates: Vec<DateRange>,
) -> Result<Option<SelectStatement>, DbErr> {
    if !plan.query.wants_patients() {
        return Ok(None);
    }
    let birth_date = patient::Column::BirthDate.into_simple_expr();
    let born = dates.into_iter().map(|range| patients::filter::ids(range.condition(&birth_date)));
    fewest(db, plan.query.patient_filter.among_any().into_iter().chain(born), MOST).await
}

/// Ids among which the studies that are hits are, where a filter or a date leaves few. Of the studies of patients the index tells
/// which may be hits: most are not read.
pub async fn few_studies(
    db: &impl Reads,
    plan: &Plan<'_>,
    upto: Tier,
    dates: Vec<DateRange>,
) -> Result<Option<SelectStatement>, DbErr> {
    if !plan.query.studies {
        return Ok(None);
    }
    let filter = &plan.query.study_filter;
    let study_date = study::Column::StudyDate.into_simple_expr();
    let made = dates.into_iter().map(|range| studies::filter::ids(range.condition(&study_date)));
    let by_patient = fewest(db, filter.patients_among(), MOST).await?.map(studies::filter::of_patients);
    let all = filter.among_any().into_iter().chain(made).chain(by_patient.clone());
    let mut few = fewest(db, all, MOST).await?;
    if by_patient.is_some() && few == by_patient {
        let mut may_match = Sql::new(db.get_database_backend());
        may_match.push("1 = 1").others_may_match(plan, upto, "study", |_| false);
        few = few.map(|mut ids| ids.and_where(may_match.into_condition()).to_owned());
    }
    Ok(few)
}

/// The patients among these whom all words match in a tier, and not in the one before.
async fn judged_patients(
    db: &impl Reads,
    plan: &Plan<'_>,
    upto: Tier,
    ids: &SelectStatement,
) -> Result<Vec<(Place, Option<Found>)>, DbErr> {
    let backend = db.get_database_backend();
    let mut sql = Sql::new(backend);
    push_judged_patients(sql.push("SELECT patient.id AS id FROM "), plan, upto, Sql::of(backend, ids));
    let mut hits = Vec::new();
    for ids in numbers(db, sql).await?.chunks(AT_ONCE) {
        for row in patients::queries::find_by_id(db, ids).await?.into_values() {
            let place = place_of_patient(plan, upto, &row);
            hits.extend(place.map(|place| (place, Some(Found::Patient(Box::new(row))))));
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
    let backend = db.get_database_backend();
    let mut sql = Sql::new(backend);
    push_judged_studies(sql.push("SELECT study.id AS id FROM "), plan, upto, Sql::of(backend, ids));
    let mut hits = Vec::new();
    for ids in numbers(db, sql).await?.chunks(AT_ONCE) {
        for study in studies::queries::find_by_id(db, ids).await?.into_values() {
            let place = place_of_study(plan, upto, &study);
            hits.extend(place.map(|place| (place, Some(Found::Study(Box::new(study))))));
        }
    }
    Ok(hits)
}

/// The patients among those of these ids whom all words match in a tier, and not in the one before.
pub fn push_judged_patients(sql: &mut Sql, plan: &Plan<'_>, upto: Tier, ids: Sql) {
    sql.push("(").append(ids).push(") few").join("patient").push(" WHERE patient.id = few.id");
    sql.filter(plan.query.patient_filter.condition(), false);
    all_match(sql, plan, upto, PATIENT);
}

/// The studies among those of these ids that all words match in a tier, and not in the one before, with their patients.
pub fn push_judged_studies(sql: &mut Sql, plan: &Plan<'_>, upto: Tier, ids: Sql) {
    sql.push("(").append(ids).push(") few").join("study").join("patient");
    sql.push(" WHERE study.id = few.id AND patient.id = study.patient_fk");
    of_every_study(sql, plan);
    all_match(sql, plan, upto, STUDY);
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
