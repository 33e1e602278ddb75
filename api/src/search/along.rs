//! Hits of common words in an order that is asked for, looked for along that order.
//!
//! To put all of them in order takes the longer the more there are. Where there are many, a page is full soon after its beginning:
//! the rows behind that are looked at a piece at a time. A piece holds all rows of a value, since among these the id of the hit decides,
//! not that of the patient along whose values one walks. The rows of a value that very many have are walked by their ids.

use std::collections::HashSet;

use sea_orm::{DbErr, Value};

use super::few::{few_patients, few_studies, push_judged_patients, push_judged_studies};
use super::lengths::Lengths;
use super::looks;
use super::plan::Plan;
use super::rank::{ENOUGH, Tier};
use super::rarity::{self, LONG, Rarity};
use super::sorted::{self, HitSort, Mark, Sorted, Stretch};
use super::sql::Sql;
use crate::db::Reads;
use crate::keyset::{FIRST_PIECE, MOST, PIECE, is_vain};

/// Rows of an order that are looked at for a page while it is open whether it pays: to gather takes some 100 ms otherwise, and a second
/// where each hit of a word is held against filters. A row of a patient stands for all studies.
const WORTH: u64 = 8 * PIECE;
const WORTH_FILTERED: u64 = 2 * MOST;

/// How far one looks for the hits of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Until it shows that the page will not be full.
    WhileItPays,
    /// As far as one request may.
    ToTheEnd,
}

/// What was found along an order.
pub struct Along {
    /// Hits in their order, as many as were wanted or fewer.
    pub hits: Vec<Sorted>,
    /// Where one stopped looking before there were enough; nothing where there are, or where there are no more rows.
    pub stopped: Option<Sorted>,
}

impl Along {
    /// Whether a page is full, or ends the list, and there are so many hits that nothing is looked for that is spelled otherwise.
    pub fn is_page(&self) -> bool {
        self.stopped.is_none() && self.hits.len() >= ENOUGH
    }
}

/// Rows of a stretch that are looked at together: from a value or an id on, and not as far as another one.
struct Piece {
    stretch: Stretch,
    from: Option<Mark>,
    until: Option<Mark>,
    /// Whether few patients, of few studies, have the value of the stretch: then all are one piece, and studies are those of patients.
    is_of_few: bool,
}

/// What the words of a query are: the later, the more ways there are to put their hits in a named order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Words {
    /// None, or some that may be dates. All hits must be gathered.
    Dated,
    /// Some that may be identifiers, or what is like them is wanted too. All hits must be gathered.
    Wide,
    /// Words as typed. Their hits can be looked for along the order, in vain where a word is rare.
    AsTyped,
    /// Common ones. To look pays, mostly.
    Common,
}

/// What the words of a query are. The rarest leads from now on, unless there are dates.
///
/// # Errors
/// When the database fails.
pub async fn words(db: &impl Reads, lengths: &Lengths, plan: &mut Plan<'_>) -> Result<Words, DbErr> {
    let tier = plan.base();
    if plan.words.is_empty() || plan.query.terms.iter().any(|term| term.date.is_some()) {
        return Ok(Words::Dated);
    }
    looks::leave_out_what_nobody_has(db, plan, lengths, tier).await?;
    let rarities = rarity::rarities(db, plan, lengths, tier, None).await?;
    let costs: Vec<u64> = rarities.iter().map(Rarity::cost).collect();
    plan.lead_by_rarest(&costs, tier);
    let reaches_further = plan.query.reach.is_some_and(|reach| reach > Tier::Prefix);
    let are_common = costs.iter().all(|cost| *cost >= LONG);
    Ok(match plan.may_identify || reaches_further {
        true => Words::Wide,
        false if are_common => Words::Common,
        false => Words::AsTyped,
    })
}

/// Whether filters leave few rows of a kind that is asked for: one would look at very many for each of them.
///
/// # Errors
/// When the database fails.
pub async fn leaves_few(db: &impl Reads, plan: &Plan<'_>) -> Result<bool, DbErr> {
    Ok(plan.query.is_filtered()
        && (few_patients(db, plan, Vec::new()).await?.is_some()
            || few_studies(db, plan, plan.base(), Vec::new()).await?.is_some()))
}

/// Hits behind a place whose words are spelled as typed.
///
/// # Errors
/// When the database fails.
pub async fn along(
    db: &impl Reads,
    plan: &Plan<'_>,
    sort: HitSort,
    after: Option<&Sorted>,
    wanted: usize,
    look: Look,
) -> Result<Along, DbErr> {
    let wanted = wanted.max(ENOUGH);
    let (mut hits, mut seen, mut looked): (Vec<Sorted>, HashSet<(bool, i64)>, u64) = Default::default();
    let (stretch, from) = sort.begin(after);
    let mut next = Some(begun(db, plan, sort, stretch, from).await?);
    let most = match look {
        Look::ToTheEnd => MOST,
        Look::WhileItPays if plan.query.is_filtered() => WORTH_FILTERED,
        Look::WhileItPays => WORTH,
    };
    while let Some(mut piece) = next.take_if(|_| hits.len() < wanted) {
        let (found, missing) = (hits.len() as u64, (wanted - hits.len()) as u64);
        if looked >= most || look == Look::WhileItPays && is_vain(looked, found, missing, most) {
            return Ok(Along { hits, stopped: Some(sort.before(piece.stretch, piece.from)) });
        }
        let mut rows = looked.clamp(FIRST_PIECE, PIECE);
        let mut until = end_of(db, plan, sort, &piece, rows).await?;
        while until.is_some() && until == piece.from {
            if rows == MOST {
                piece = crowd(db, plan, sort, piece, after).await?;
                rows = PIECE;
            } else {
                rows = MOST.min(4 * rows);
            }
            until = end_of(db, plan, sort, &piece, rows).await?;
        }
        piece.until = until;
        let mut found = hits_of(db, plan, sort, &piece).await?;
        // A row that is changed between two statements may stand behind itself.
        found.retain(|hit| sort.is_behind(hit, after) && seen.insert((hit.is_study(), hit.id())));
        hits.extend(found);
        looked += rows;
        next = behind(db, plan, sort, piece).await?;
    }
    hits.truncate(wanted);
    Ok(Along { hits, stopped: None })
}

/// The rows of a stretch from a mark on.
async fn begun(
    db: &impl Reads,
    plan: &Plan<'_>,
    sort: HitSort,
    stretch: Stretch,
    from: Option<Mark>,
) -> Result<Piece, DbErr> {
    let mut piece = Piece { stretch, from, until: None, is_of_few: false };
    let pinned = sort.pinned(&piece.stretch, true).filter(|pinned| sorted::table_of(pinned) == "patient");
    if let Some(pinned) = pinned.filter(|_| plan.query.studies) {
        let has_few = async |of_studies: bool| {
            let mut sql = Sql::new(db.get_database_backend());
            sql.push("SELECT patient.id AS id, patient.id AS value FROM patient");
            if of_studies {
                sql.join("study").push(" ON study.patient_fk = patient.id");
            }
            has_value(sql.push(" WHERE "), sort, &piece, &pinned);
            sql.push(" LIMIT 1 OFFSET ").bind(i64::try_from(MOST).unwrap_or(i64::MAX));
            Ok::<_, DbErr>(sort.marks(db, sql, &piece.stretch).await?.is_empty())
        };
        piece.is_of_few = has_few(false).await? && has_few(true).await?;
    }
    Ok(piece)
}

/// The rows of the value with which a piece begins and which more have than one looks at together: these are taken by their ids, as
/// hits of one value are put in order.
async fn crowd(
    db: &impl Reads,
    plan: &Plan<'_>,
    sort: HitSort,
    piece: Piece,
    after: Option<&Sorted>,
) -> Result<Piece, DbErr> {
    let Some(Mark::Value(value)) = piece.from else { return Ok(piece) };
    let id = after.filter(|after| after.value() == Some(&value)).map(|after| Mark::Id(after.id()));
    begun(db, plan, sort, Stretch::Of(Some(value)), id).await
}

/// What comes behind a piece, if anything does.
async fn behind(db: &impl Reads, plan: &Plan<'_>, sort: HitSort, piece: Piece) -> Result<Option<Piece>, DbErr> {
    let Piece { stretch, until, is_of_few, .. } = piece;
    if until.is_some() {
        return Ok(Some(Piece { stretch, from: until, until: None, is_of_few }));
    }
    let from = match stretch {
        Stretch::Of(None) => return Ok(None),
        Stretch::Values => None,
        Stretch::Of(Some(value)) => value_behind(db, plan, sort, &value).await?,
    };
    let stretch = if from.is_some() { Stretch::Values } else { Stretch::Of(None) };
    // A row without a value lies in no range.
    let is_empty = stretch == Stretch::Of(None)
        && (sort.bounds(plan.query) != (None, None)
            || kinds(plan).all(|is_study| sort.leading(&stretch, is_study).is_none()));
    Ok(if is_empty { None } else { Some(begun(db, plan, sort, stretch, from).await?) })
}

/// The kinds of hits that are asked for: patients, studies.
fn kinds(plan: &Plan<'_>) -> impl Iterator<Item = bool> {
    let kinds = [(false, plan.query.wants_patients()), (true, plan.query.studies)];
    kinds.into_iter().filter_map(|(is_study, is_wanted)| is_wanted.then_some(is_study))
}

/// Where a piece ends that begins as this one and has so many rows, if there are more.
async fn end_of(
    db: &impl Reads,
    plan: &Plan<'_>,
    sort: HitSort,
    piece: &Piece,
    rows: u64,
) -> Result<Option<Mark>, DbErr> {
    if piece.is_of_few {
        return Ok(None);
    }
    nearest(db, plan, sort, &piece.stretch, rows, |sql, column| within(sql, plan, sort, piece, column)).await
}

/// The first value behind another one that filters leave.
async fn value_behind(db: &impl Reads, plan: &Plan<'_>, sort: HitSort, value: &str) -> Result<Option<Mark>, DbErr> {
    let (least, most) = sort.bounds(plan.query);
    let (sign, last) = if sort.descending() { ("<", least.map(|least| (">=", least))) } else { (">", most) };
    nearest(db, plan, sort, &Stretch::Values, 0, |sql, column| {
        let bounds = sort.value(value).map(|value| (sign, value)).into_iter().chain(last.clone());
        for (index, (sign, value)) in bounds.enumerate() {
            sql.push(if index > 0 { " AND " } else { "" }).push(&format!("{column} {sign} ")).bind(value);
        }
    })
    .await
}

/// The first one of what the columns of a stretch have behind so many rows that meet conditions.
async fn nearest(
    db: &impl Reads,
    plan: &Plan<'_>,
    sort: HitSort,
    stretch: &Stretch,
    rows: u64,
    push_conditions: impl Fn(&mut Sql, &str),
) -> Result<Option<Mark>, DbErr> {
    let mut sql = Sql::new(db.get_database_backend());
    let mut columns: Vec<String> = kinds(plan).filter_map(|is_study| sort.leading(stretch, is_study)).collect();
    columns.dedup();
    for column in columns {
        let table = sorted::table_of(&column);
        sql.begin_branch().push(&format!("SELECT 0 AS id, {column} AS value FROM {table} WHERE "));
        push_conditions(&mut sql, &column);
        let direction = if sort.descending() { " DESC" } else { "" };
        sql.push(&format!(" ORDER BY {column}{direction} LIMIT 1 OFFSET "));
        sql.bind(i64::try_from(rows).unwrap_or(i64::MAX)).end_branch();
    }
    if sql.is_empty() {
        return Ok(None);
    }
    let marks = sort.marks(db, sql, stretch).await?;
    Ok(if sort.descending() { marks.into_iter().max() } else { marks.into_iter().min() })
}

/// The rows of a piece by the column that leads, and those of its value where the table of this column has it.
fn within(sql: &mut Sql, plan: &Plan<'_>, sort: HitSort, piece: &Piece, column: &str) {
    let value = |mark: &Option<Mark>| mark.as_ref().and_then(|mark| sort.parameter(mark));
    let (from, until): (Option<Value>, Option<Value>) = (value(&piece.from), value(&piece.until));
    let (lower, upper) = if sort.descending() { ((">", until), ("<=", from)) } else { ((">=", from), ("<", until)) };
    let is_of_values = piece.stretch == Stretch::Values;
    let (least, most) = if is_of_values { sort.bounds(plan.query) } else { (None, None) };
    // Of two bounds on one side SQLite takes the first: those of the piece lie within those of filters.
    let bound = |(sign, value): (&'static str, Option<Value>)| value.map(|value| (sign, value));
    match bound(lower).or_else(|| least.map(|least| (">=", least))) {
        Some((sign, value)) => sql.push(&format!("{column} {sign} ")).bind(value),
        None => sql.push(&format!("{column} IS NOT NULL")),
    };
    if let Some((sign, value)) = bound(upper).or(most) {
        sql.push(&format!(" AND {column} {sign} ")).bind(value);
    }
    let pinned = sort.pinned(&piece.stretch, sorted::table_of(column) == "study");
    if let Some(pinned) = pinned.filter(|pinned| sorted::table_of(pinned) == sorted::table_of(column)) {
        has_value(sql.push(" AND "), sort, piece, &pinned);
    }
}

/// Rows that have the value of a piece of one value, or none.
fn has_value(sql: &mut Sql, sort: HitSort, piece: &Piece, column: &str) {
    let value = match &piece.stretch {
        Stretch::Of(Some(value)) => sort.value(value),
        _ => None,
    };
    match value {
        Some(value) => sql.push(&format!("{column} = ")).bind(value),
        None => sql.push(&format!("{column} IS NULL")),
    };
}

/// The hits in a piece, in their order.
async fn hits_of(db: &impl Reads, plan: &Plan<'_>, sort: HitSort, piece: &Piece) -> Result<Vec<Sorted>, DbErr> {
    let (backend, upto) = (db.get_database_backend(), plan.base());
    let mut hits = Vec::new();
    for is_study in kinds(plan) {
        let Some(column) = sort.leading(&piece.stretch, is_study) else { continue };
        let own = if is_study { "study" } else { "patient" };
        let pinned = sort.pinned(&piece.stretch, is_study);
        let by_patient = is_study && (piece.is_of_few || sorted::table_of(&column) == "patient");
        let mut ids = Sql::new(backend);
        ids.push(&format!("SELECT {own}.id AS id FROM "));
        if by_patient {
            ids.push("patient").join("study").push(" ON study.patient_fk = patient.id");
        } else {
            ids.push(own);
        }
        ids.push(" WHERE ");
        match &pinned {
            Some(pinned) if piece.is_of_few => has_value(&mut ids, sort, piece, pinned),
            _ => within(&mut ids, plan, sort, piece, &column),
        }
        let mut sql = Sql::new(backend);
        sql.push(&format!("SELECT {own}.id AS id, {} AS value FROM ", sort.column_of(is_study)));
        if is_study {
            ids.others_may_match(plan, upto, "study", |_| false);
            push_judged_studies(&mut sql, plan, upto, ids);
        } else {
            push_judged_patients(&mut sql, plan, upto, ids);
        }
        if let Some(pinned) = pinned {
            has_value(sql.push(" AND "), sort, piece, &pinned);
        }
        hits.extend(sort.read(db, sql, is_study).await?);
    }
    sort.put_in_order(&mut hits);
    Ok(hits)
}

#[cfg(test)]
mod agreement;
