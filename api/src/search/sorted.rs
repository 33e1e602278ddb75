//! Hits in an order that the caller names.

use std::collections::HashMap;

use sea_orm::{DbErr, Value};
use serde::{Deserialize, Serialize};
use time::Date;

use super::query::SearchQuery;
use super::rank::{Place, SECTIONS, Source};
use super::sql::Sql;
use crate::db::Reads;
use crate::values::{DateRange, FaultCode, Instant, InstantRange, date, date_text, instant, instant_text};

/// Most hits that are gathered to be put in another order than that of the index.
pub const MOST: usize = 10_000;
/// Rows whose keys are read in one statement.
const AT_ONCE: usize = 512;

/// What hits are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    /// The patient's name.
    Name,
    /// The patient's birth date.
    BirthDate,
    /// The study's date; a patient has none.
    StudyDate,
    CreatedAt,
    UpdatedAt,
    Id,
}

/// An order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HitSort {
    key: Key,
    descending: bool,
}

impl HitSort {
    /// Reads the parameter `sort`; nothing is the order of relevance.
    ///
    /// # Errors
    /// `invalid_enum`.
    pub fn parse(text: &str) -> Result<Option<Self>, FaultCode> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let key = match name {
            "relevance" if !descending => return Ok(None),
            "name" => Key::Name,
            "birth_date" => Key::BirthDate,
            "study_date" => Key::StudyDate,
            "created_at" => Key::CreatedAt,
            "updated_at" => Key::UpdatedAt,
            "id" => Key::Id,
            _ => return Err(FaultCode::InvalidEnum),
        };
        Ok(Some(Self { key, descending }))
    }
}

impl HitSort {
    /// As the parameter has it.
    pub fn text(self) -> String {
        let name = match self.key {
            Key::Name => "name",
            Key::BirthDate => "birth_date",
            Key::StudyDate => "study_date",
            Key::CreatedAt => "created_at",
            Key::UpdatedAt => "updated_at",
            Key::Id => "id",
        };
        format!("{}{name}", if self.descending { "-" } else { "" })
    }

    /// Whether the greatest comes first.
    pub const fn descending(self) -> bool {
        self.descending
    }

    /// What a statement reads of patients, or of studies and their patients, to sort by.
    pub fn column_of(self, of_studies: bool) -> String {
        column(self.key, of_studies).unwrap_or_else(|| "NULL".to_owned())
    }

    /// The hits that a statement yields with what they are sorted by.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn read(self, db: &impl Reads, sql: Sql, is_study: bool) -> Result<Vec<Sorted>, DbErr> {
        let found = values(db, sql, self.key).await?;
        Ok(found.into_iter().map(|(id, value)| Sorted { value, id, is_study }).collect())
    }

    /// The column along which the rows of a stretch lie, if there are any.
    pub fn leading(self, stretch: &Stretch, of_studies: bool) -> Option<String> {
        let column = column(self.key, of_studies);
        let is_nullable = matches!(self.key, Key::BirthDate | Key::StudyDate);
        let has_ids = match stretch {
            Stretch::Values => return column,
            Stretch::Of(Some(_)) => column.is_some(),
            Stretch::Of(None) => column.is_none() || is_nullable,
        };
        has_ids.then(|| format!("{}.id", if of_studies { "study" } else { "patient" }))
    }

    /// The column in which all rows of a stretch have the same.
    pub fn pinned(self, stretch: &Stretch, of_studies: bool) -> Option<String> {
        column(self.key, of_studies).filter(|_| *stretch != Stretch::Values)
    }

    /// Where one begins to look for the hits behind a place.
    pub fn begin(self, after: Option<&Sorted>) -> (Stretch, Option<Mark>) {
        match after {
            None if self.key == Key::Id => (Stretch::Of(None), None),
            None => (Stretch::Values, None),
            Some(Sorted { value: Some(value), .. }) => (Stretch::Values, Some(Mark::Value(value.clone()))),
            Some(Sorted { value: None, id, .. }) => (Stretch::Of(None), Some(Mark::Id(*id))),
        }
    }

    /// The place before all hits of a stretch from a mark on.
    pub fn before(self, stretch: Stretch, from: Option<Mark>) -> Sorted {
        let first = if self.descending { i64::MAX } else { 0 };
        let value = |value| Sorted { value, id: first, is_study: false };
        match (stretch, from) {
            (_, Some(Mark::Value(from))) => value(Some(from)),
            (Stretch::Of(one), Some(Mark::Id(id))) => {
                Sorted { value: one, id: if self.descending { id + 1 } else { id - 1 }, is_study: true }
            }
            (Stretch::Of(one), None) => value(one),
            (Stretch::Values, _) => value(None),
        }
    }

    /// What the filters of a query leave of the values: the least one, and the greatest or the first one behind it, with the sign
    /// that says which.
    pub fn bounds(self, query: &SearchQuery) -> (Option<Value>, Option<(&'static str, Value)>) {
        let days = match self.key {
            Key::BirthDate => query.patient_filter.birth_date,
            Key::StudyDate => query.study_filter.study_date,
            Key::UpdatedAt => {
                let (from, before) = query.patient_filter.updated_at.map(InstantRange::ends).unwrap_or_default();
                return (from.map(Into::into), before.map(|before| ("<", before.into())));
            }
            Key::Name | Key::CreatedAt | Key::Id => None,
        };
        let Some(DateRange { from, to }) = days else { return (None, None) };
        (from.map(Into::into), to.map(|to| ("<=", to.into())))
    }

    /// The marks that a statement yields as `value`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn marks(self, db: &impl Reads, sql: Sql, stretch: &Stretch) -> Result<Vec<Mark>, DbErr> {
        if *stretch != Stretch::Values {
            let ids: Vec<(i64, i64)> = sql.rows(db, "id, value").await?;
            return Ok(ids.into_iter().map(|(_, id)| Mark::Id(id)).collect());
        }
        let values = values(db, sql, self.key).await?;
        Ok(values.into_iter().filter_map(|(_, value)| value.map(Mark::Value)).collect())
    }

    /// A mark as a parameter of a statement.
    pub fn parameter(self, mark: &Mark) -> Option<Value> {
        match mark {
            Mark::Id(id) => Some((*id).into()),
            Mark::Value(text) => self.value(text),
        }
    }

    /// A value as a parameter of a statement.
    pub fn value(self, text: &str) -> Option<Value> {
        match self.key {
            Key::BirthDate | Key::StudyDate => date(text).ok().map(Into::into),
            Key::CreatedAt | Key::UpdatedAt => instant(text).ok().map(Into::into),
            Key::Name | Key::Id => Some(text.into()),
        }
    }

    /// Whether a hit comes behind a place.
    pub fn is_behind(self, hit: &Sorted, after: Option<&Sorted>) -> bool {
        after.is_none_or(|after| hit.compare(after, self.descending).is_gt())
    }

    /// Puts hits in their order.
    pub fn put_in_order(self, hits: &mut [Sorted]) {
        hits.sort_by(|one, another| one.compare(another, self.descending));
    }
}

/// The table of a column.
pub fn table_of(column: &str) -> &str {
    column.split_once('.').map_or(column, |(table, _)| table)
}

/// A part of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// Hits that have a value.
    Values,
    /// Those of one value, or of none, by their ids.
    Of(Option<String>),
}

/// A value of an order, or an id among hits of one value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Value(String),
    Id(i64),
}

/// The place of a hit in a named order. Hits without a value come last, whatever the direction; the id decides between equals, in
/// the same direction, and a patient comes before a study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sorted {
    value: Option<String>,
    id: i64,
    is_study: bool,
}

impl Sorted {
    /// The id of the row.
    pub const fn id(&self) -> i64 {
        self.id
    }

    /// Whether the row is a study.
    pub const fn is_study(&self) -> bool {
        self.is_study
    }

    /// What it is sorted by.
    pub fn value(&self) -> Option<&String> {
        self.value.as_ref()
    }

    fn compare(&self, other: &Self, descending: bool) -> std::cmp::Ordering {
        let by_value = match (&self.value, &other.value) {
            (Some(one), Some(another)) if descending => another.cmp(one),
            (Some(one), Some(another)) => one.cmp(another),
            (one, another) => one.is_none().cmp(&another.is_none()),
        };
        let by_id = if descending { other.id.cmp(&self.id) } else { self.id.cmp(&other.id) };
        by_value.then(by_id).then(self.is_study.cmp(&other.is_study))
    }
}

/// What hits are sorted by, and their places.
///
/// # Errors
/// When the database fails.
pub async fn keyed(db: &impl Reads, places: Vec<Place>, sort: HitSort) -> Result<Vec<(Sorted, Option<Place>)>, DbErr> {
    let patients = keys(db, sort.key, false, &untold(&places, sort.key, false)).await?;
    let studies = keys(db, sort.key, true, &untold(&places, sort.key, true)).await?;
    let keyed = places.into_iter().filter_map(|place| {
        let (is_study, id) = row_of(&place);
        let read = || if is_study { studies.get(&id).cloned() } else { patients.get(&id).cloned() };
        let value = if is_told(&place, sort.key) { told(&place, sort.key) } else { read()? };
        Some((Sorted { value, id, is_study }, Some(place)))
    });
    Ok(keyed.collect())
}

/// Puts hits in their order; those behind a place.
pub fn sorted<T>(mut hits: Vec<(Sorted, T)>, sort: HitSort, after: Option<&Sorted>) -> Vec<(Sorted, T)> {
    hits.retain(|(one, _)| sort.is_behind(one, after));
    hits.sort_by(|(one, _), (another, _)| one.compare(another, sort.descending));
    hits
}

/// Whether a hit is a study, and its id.
fn row_of(place: &Place) -> (bool, i64) {
    if place.study_id == 0 { (false, place.row_id) } else { (true, place.study_id.abs()) }
}

/// Whether the place of a hit tells its sort value: patients stand in the index by name, studies by day.
fn is_told(place: &Place, key: Key) -> bool {
    use Source::{Patient, PatientByName, Study, StudyByDate, StudyByPatientsNumber, StudyOfPatient};
    match key {
        Key::Name => matches!(SECTIONS[place.section].source, Patient | PatientByName | StudyOfPatient),
        Key::StudyDate => {
            matches!(SECTIONS[place.section].source, Study | StudyByDate | StudyOfPatient | StudyByPatientsNumber)
        }
        _ => false,
    }
}

/// The sort value that a place tells.
fn told(place: &Place, key: Key) -> Option<String> {
    if key == Key::Name { Some(place.sort_key.clone()) } else { place.day().map(date_text) }
}

/// The patients, or the studies, whose sort values must be read.
fn untold(places: &[Place], key: Key, of_studies: bool) -> Vec<i64> {
    let untold = places.iter().filter(|place| !is_told(place, key));
    untold.map(row_of).filter_map(|(is_study, id)| (is_study == of_studies).then_some(id)).collect()
}

/// The column that has the sort value of a row. Ids are compared as numbers, and a patient has no study date.
fn column(key: Key, of_studies: bool) -> Option<String> {
    let own = if of_studies { "study" } else { "patient" };
    Some(match key {
        Key::Name => "patient.name_key".to_owned(),
        Key::BirthDate => "patient.birth_date".to_owned(),
        Key::StudyDate if of_studies => "study.study_date".to_owned(),
        Key::StudyDate | Key::Id => return None,
        Key::CreatedAt => format!("{own}.created_at"),
        Key::UpdatedAt => format!("{own}.updated_at"),
    })
}

/// The sort values of rows.
async fn keys(db: &impl Reads, key: Key, of_studies: bool, ids: &[i64]) -> Result<HashMap<i64, Option<String>>, DbErr> {
    let own = if of_studies { "study" } else { "patient" };
    let Some(column) = column(key, of_studies) else { return Ok(ids.iter().map(|id| (*id, None)).collect()) };
    let mut keys = HashMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let mut sql = Sql::new(db.get_database_backend());
        sql.push(&format!("SELECT {own}.id AS id, {column} AS value FROM {own}"));
        if of_studies {
            sql.join("patient").push(" ON patient.id = study.patient_fk");
        }
        sql.push(&format!(" WHERE {own}.id IN ")).bind_list(ids);
        keys.extend(values(db, sql, key).await?);
    }
    Ok(keys)
}

/// Ids and the values they are sorted by.
async fn values(db: &impl Reads, sql: Sql, key: Key) -> Result<Vec<(i64, Option<String>)>, DbErr> {
    const COLUMNS: &str = "id, value";
    Ok(match key {
        Key::BirthDate | Key::StudyDate => {
            let days: Vec<(i64, Option<Date>)> = sql.rows(db, COLUMNS).await?;
            days.into_iter().map(|(id, day)| (id, day.map(date_text))).collect()
        }
        Key::CreatedAt | Key::UpdatedAt => {
            let instants: Vec<(i64, Instant)> = sql.rows(db, COLUMNS).await?;
            instants.into_iter().map(|(id, instant)| (id, Some(instant_text(instant)))).collect()
        }
        Key::Name | Key::Id => sql.rows(db, COLUMNS).await?,
    })
}
