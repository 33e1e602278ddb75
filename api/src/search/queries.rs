//! The search in the database.

use entity::search_token::{self, WORD};
use entity::{patient, study};
use sea_orm::sea_query::{Alias, Cond, Expr, ExprTrait, Func, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, Order};
use serde::{Deserialize, Serialize};

use super::index::{Field, after_prefix, marked};
use super::query::{SearchQuery, Term};
use super::rank::{Identifier, STAGES, Source, Stage, Tier, driver, place};
use crate::patients;
use crate::studies::{self, queries::FullStudy};

type T = search_token::Column;

/// How many entries are read at once when those of a first batch were not enough.
const LEAST_FURTHER_BATCH: usize = 200;
const MOST_FURTHER_BATCH: usize = 2000;

/// The place of a hit in the whole order: its stage, and its keys there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    stage: usize,
    token: String,
    sort_key: String,
    row_id: i64,
    study_id: i64,
}

/// What was found.
#[derive(Clone, Debug)]
pub enum Found {
    Patient(Box<patient::Model>),
    Study(Box<FullStudy>),
}

/// A hit and its place.
pub struct Hit {
    pub place: Place,
    pub score: u32,
    pub found: Found,
}

/// At most `limit` hits after a place, in the order of relevance.
pub async fn hits(
    db: &impl ConnectionTrait,
    query: &SearchQuery,
    after: Option<Place>,
    limit: usize,
) -> Result<Vec<Hit>, DbErr> {
    let Some(lead) = query.lead() else { return Ok(Vec::new()) };
    let mut hits = Vec::new();
    let begun = after.as_ref().map_or(0, |place| place.stage);
    let mut bound = after;
    let present = present(db, lead).await?;
    for (index, stage) in STAGES.iter().enumerate().skip(begun).filter(|(index, _)| present[*index]) {
        let Some(statement) = statement(query, lead, stage) else { continue };
        bound = bound.filter(|place| place.stage == index);
        let mut batch = limit - hits.len();
        loop {
            let places = entries(db, statement.clone(), index, bound.as_ref(), batch).await?;
            let exhausted = places.len() < batch;
            bound = places.last().cloned().or(bound);
            hits.extend(first_places(db, lead, stage, places).await?);
            if hits.len() >= limit {
                hits.truncate(limit);
                return Ok(hits);
            }
            if exhausted {
                break;
            }
            // Rows that earlier stages have yielded may follow one another in thousands: take them in large steps.
            batch = (batch * 2).clamp(LEAST_FURTHER_BATCH, MOST_FURTHER_BATCH);
        }
        bound = None;
    }
    Ok(hits)
}

/// Which stages have anything at all for the leading term, asked in one statement: most have nothing, and asking each by itself
/// would cost a round trip.
async fn present(db: &impl ConnectionTrait, lead: &Term) -> Result<Vec<bool>, DbErr> {
    let mut probes = Query::select();
    for stage in &STAGES {
        probes.expr(match probe(lead, stage.tier) {
            Some(probe) => Expr::exists(probe),
            None => Expr::val(0_i64),
        });
    }
    let row = db.query_one(&probes).await?.ok_or_else(|| DbErr::RecordNotFound("a probe".to_owned()))?;
    (0..STAGES.len()).map(|index| row.try_get_by_index::<i64>(index).map(|found| found != 0)).collect()
}

/// One row that a stage could yield, were there no other term and no filter.
fn probe(lead: &Term, tier: Tier) -> Option<SelectStatement> {
    let value = lead.raw.as_str();
    let mut select = Query::select();
    select.expr(Expr::val(1_i64));
    match tier {
        Tier::Identifier(Identifier::PatientId) => {
            select.from(patient::Entity).and_where(patient::Column::PatientId.eq(value));
        }
        Tier::Identifier(Identifier::AccessionNumber) => {
            select.from(study::Entity).and_where(study::Column::AccessionNumber.eq(value));
        }
        Tier::Identifier(Identifier::StudyInstanceUid) => {
            select.from(study::Entity).and_where(study::Column::StudyInstanceUid.eq(value));
        }
        Tier::Identifier(Identifier::StudyId) => {
            select.from(study::Entity).and_where(study::Column::StudyId.eq(value));
        }
        Tier::Exact(field) => {
            select.from(search_token::Entity).cond_where(entries_of(&[field], driver(lead)?, true));
        }
        Tier::Prefix(_) if lead.exact => return None,
        Tier::Prefix(field) => {
            select.from(search_token::Entity).cond_where(entries_of(&[field], driver(lead)?, false));
        }
    }
    Some(select)
}

/// The entries of some fields whose word is this one, or begins with it.
fn entries_of(fields: &[Field], word: &str, exact: bool) -> Condition {
    let numbers: Vec<i16> = fields.iter().map(|field| field.number()).collect();
    let of_fields = if let [number] = numbers[..] { T::Field.eq(number) } else { T::Field.is_in(numbers) };
    let all = Cond::all().add(T::Kind.eq(WORD)).add(of_fields);
    if exact { all.add(T::Token.eq(word)) } else { all.add(T::Token.gte(word)).add(T::Token.lt(after_prefix(word))) }
}

/// The rows of some entries, without those that an earlier place yields.
async fn first_places(
    db: &impl ConnectionTrait,
    lead: &Term,
    stage: &Stage,
    places: Vec<Place>,
) -> Result<Vec<Hit>, DbErr> {
    let first = |place: &Place, best: Option<(usize, String)>| best == Some((place.stage, place.token.clone()));
    let mut hits = Vec::with_capacity(places.len());
    if stage.source == Source::Patient {
        let ids: Vec<i64> = places.iter().map(|place| place.row_id).collect();
        let rows = patients::queries::find_all(db, &unique(&ids)).await?;
        for place in places {
            let Some(row) = rows.iter().find(|row| row.id == place.row_id) else { continue };
            if first(&place, self::place(row, lead)) {
                hits.push(Hit { place, score: stage.score, found: Found::Patient(Box::new(row.clone())) });
            }
        }
    } else {
        let ids: Vec<i64> = places.iter().map(|place| place.study_id).collect();
        let rows = studies::queries::find_all(db, &unique(&ids)).await?;
        for place in places {
            let Some(study) = rows.iter().find(|study| study.row.id == place.study_id) else { continue };
            if first(&place, self::place(study, lead)) {
                hits.push(Hit { place, score: stage.score, found: Found::Study(Box::new(study.clone())) });
            }
        }
    }
    Ok(hits)
}

fn unique(ids: &[i64]) -> Vec<i64> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The statement of a stage, if the query wants its hits at all.
fn statement(query: &SearchQuery, lead: &Term, stage: &Stage) -> Option<SelectStatement> {
    let wanted = if stage.source == Source::Patient { query.wants_patients() } else { query.studies };
    if !wanted {
        return None;
    }
    match stage.tier {
        Tier::Identifier(identifier) => Some(by_identifier(query, lead, stage.source, identifier)),
        Tier::Exact(field) => by_word(query, lead, stage.source, &[field], true),
        Tier::Prefix(_) if lead.exact => None,
        Tier::Prefix(field) => {
            let mut select = by_word(query, lead, stage.source, &[field], false)?;
            // The word itself belongs to the stage of whole words, which came before.
            select.and_where(T::Token.ne(driver(lead)?));
            Some(select)
        }
    }
}

/// The columns of a [`Place`]: token, sort key, row, study.
const TOKEN: &str = "token";
const SORT_KEY: &str = "sort_key";
const ROW: &str = "row_id";
const STUDY: &str = "study_id";

/// Entries of the index whose word is the lead's driver or begins with it.
fn by_word(query: &SearchQuery, lead: &Term, source: Source, fields: &[Field], exact: bool) -> Option<SelectStatement> {
    let word = driver(lead)?;
    let mut select = Query::select();
    select
        .from(search_token::Entity)
        .expr_as(col(T::Token), TOKEN)
        .expr_as(col(T::SortKey), SORT_KEY)
        .cond_where(entries_of(fields, word, exact));
    // The driver holds by the entry itself; the lead's further words and the other terms are checked against all words.
    let rest = Term { words: lead.words.iter().filter(|one| *one != word).cloned().collect(), ..lead.clone() };
    let rest = (!rest.words.is_empty()).then_some(&rest);
    // SQLite does not turn a cross join round: the index leads, its order is that of the hits, and reading stops with the page.
    match source {
        Source::Patient => {
            select.expr_as(col(T::RowId), ROW).expr_as(Expr::val(0_i64), STUDY);
            select.cond_where(all_terms(query, rest, &[Words::Entry]));
            if query.is_filtered() {
                let of_row = Expr::col((patient::Entity, patient::Column::Id)).equals((search_token::Entity, T::RowId));
                select.cross_join(patient::Entity).and_where(of_row).cond_where(query.patient_filter.condition());
            }
        }
        Source::Study | Source::StudyOfPatient => {
            let (key, of_patient) = if source == Source::Study {
                (study::Column::Id, Words::Patient)
            } else {
                (study::Column::PatientFk, Words::Entry)
            };
            let of_row = Expr::col((study::Entity, key)).equals((search_token::Entity, T::RowId));
            select
                .expr_as(col(T::RowId), ROW)
                .expr_as(Expr::col((study::Entity, study::Column::Id)), STUDY)
                .cross_join(study::Entity)
                .cross_join(patient::Entity)
                .and_where(of_row)
                .and_where(patient_of_study())
                .cond_where(query.study_filter.condition())
                .cond_where(all_terms(query, rest, &[Words::Study, of_patient]));
        }
    }
    Some(select)
}

/// Rows that have the lead as an identifier.
fn by_identifier(query: &SearchQuery, lead: &Term, source: Source, identifier: Identifier) -> SelectStatement {
    let mut select = Query::select();
    select.expr_as(Expr::val(""), TOKEN).expr_as(Expr::val(""), SORT_KEY);
    let value = lead.raw.as_str();
    if source == Source::Patient {
        select
            .from(patient::Entity)
            .expr_as(Expr::col((patient::Entity, patient::Column::Id)), ROW)
            .expr_as(Expr::val(0_i64), STUDY)
            .and_where(patient::Column::PatientId.eq(value))
            .cond_where(query.patient_filter.condition())
            .cond_where(all_terms(query, None, &[Words::Patient]));
        return select;
    }
    select
        .from(study::Entity)
        .inner_join(patient::Entity, patient_of_study())
        .expr_as(Expr::col((study::Entity, study::Column::Id)), ROW)
        .expr_as(Expr::col((study::Entity, study::Column::Id)), STUDY)
        .and_where(match identifier {
            Identifier::PatientId => patient::Column::PatientId.eq(value),
            Identifier::AccessionNumber => study::Column::AccessionNumber.eq(value),
            Identifier::StudyInstanceUid => study::Column::StudyInstanceUid.eq(value),
            Identifier::StudyId => study::Column::StudyId.eq(value),
        })
        .cond_where(query.study_filter.condition())
        .cond_where(all_terms(query, None, &[Words::Study, Words::Patient]));
    select
}

fn col(column: T) -> Expr {
    Expr::col((search_token::Entity, column))
}

fn patient_of_study() -> Expr {
    Expr::col((patient::Entity, patient::Column::Id)).equals((study::Entity, study::Column::PatientFk))
}

/// Where the words of a row are looked up.
#[derive(Clone, Copy)]
enum Words {
    /// In the index entry itself, which has those of its patient.
    Entry,
    Patient,
    Study,
}

impl Words {
    fn column(self) -> Expr {
        match self {
            Self::Entry => col(T::Words),
            Self::Patient => Expr::col((patient::Entity, patient::Column::SearchWords)),
            Self::Study => Expr::col((study::Entity, study::Column::SearchWords)),
        }
    }

    fn contains(self, text: &str) -> Expr {
        Expr::expr(Func::cust("INSTR").arg(self.column()).arg(Expr::val(text))).gt(0)
    }
}

/// Every other term, and what is left of the leading one, matches somewhere.
fn all_terms(query: &SearchQuery, rest_of_lead: Option<&Term>, places: &[Words]) -> Condition {
    let others = query.others().into_iter().map(|term| {
        let by_words = (!term.words.is_empty()).then(|| all_words(term, places));
        Cond::any().add(anywhere(places, &marked(&term.raw))).add_option(by_words)
    });
    let rest = rest_of_lead.map(|term| all_words(term, places));
    others.chain(rest).fold(Cond::all(), Cond::add)
}

fn all_words(term: &Term, places: &[Words]) -> Condition {
    let text = |word: &String| if term.exact { format!(" {word} ") } else { format!(" {word}") };
    term.words.iter().fold(Cond::all(), |all, word| all.add(anywhere(places, &text(word))))
}

fn anywhere(places: &[Words], text: &str) -> Condition {
    places.iter().fold(Cond::any(), |any, place| any.add(place.contains(text)))
}

/// The entries of a stage after a place, in order.
async fn entries(
    db: &impl ConnectionTrait,
    mut select: SelectStatement,
    stage: usize,
    after: Option<&Place>,
    limit: usize,
) -> Result<Vec<Place>, DbErr> {
    let by_identifier = matches!(STAGES[stage].tier, Tier::Identifier(_));
    let study = Expr::col((study::Entity, study::Column::Id));
    if by_identifier {
        let id = if STAGES[stage].source == Source::Patient {
            Expr::col((patient::Entity, patient::Column::Id))
        } else {
            study
        };
        if let Some(place) = after {
            select.and_where(id.clone().gt(place.row_id));
        }
        select.order_by_expr(id, Order::Asc);
    } else {
        if let Some(place) = after {
            select.cond_where(beyond(place, STAGES[stage].source));
        }
        for column in [T::Token, T::SortKey, T::RowId] {
            select.order_by_expr(col(column), Order::Asc);
        }
        if STAGES[stage].source == Source::StudyOfPatient {
            select.order_by_expr(study, Order::Asc);
        }
    }
    select.limit(limit as u64);
    let rows = db.query_all(&select).await?;
    rows.iter()
        .map(|row| {
            Ok(Place {
                stage,
                token: row.try_get_by_index(0)?,
                sort_key: row.try_get_by_index(1)?,
                row_id: row.try_get_by_index(2)?,
                study_id: row.try_get_by_index(3)?,
            })
        })
        .collect()
}

/// The keys after a place. Each level repeats the bound of the one before it, so that both engines start where the page starts.
fn beyond(place: &Place, source: Source) -> Condition {
    let last = if source == Source::StudyOfPatient {
        let study = Expr::col((study::Entity, study::Column::Id));
        Cond::all()
            .add(T::RowId.gte(place.row_id))
            .add(Cond::any().add(T::RowId.gt(place.row_id)).add(study.gt(place.study_id)))
    } else {
        Cond::all().add(T::RowId.gt(place.row_id))
    };
    let second = Cond::all()
        .add(T::SortKey.gte(place.sort_key.as_str()))
        .add(Cond::any().add(T::SortKey.gt(place.sort_key.as_str())).add(last));
    Cond::all()
        .add(T::Token.gte(place.token.as_str()))
        .add(Cond::any().add(T::Token.gt(place.token.as_str())).add(second))
}

/// The number of hits, counted as far as `bound`.
pub async fn count(db: &impl ConnectionTrait, query: &SearchQuery, bound: Option<u64>) -> Result<u64, DbErr> {
    let Some(lead) = query.lead() else { return Ok(0) };
    let mut total = 0;
    if query.wants_patients() {
        let branches = [
            Some(by_identifier(query, lead, Source::Patient, Identifier::PatientId)),
            by_word(query, lead, Source::Patient, &Field::PATIENT, lead.exact),
        ];
        total += count_distinct(db, branches.into_iter().flatten(), ROW, bound).await?;
    }
    if query.studies {
        let identifiers = [Identifier::AccessionNumber, Identifier::StudyInstanceUid, Identifier::StudyId];
        let branches = identifiers
            .map(|identifier| Some(by_identifier(query, lead, Source::Study, identifier)))
            .into_iter()
            .chain([
                Some(by_identifier(query, lead, Source::StudyOfPatient, Identifier::PatientId)),
                by_word(query, lead, Source::Study, &Field::STUDY, lead.exact),
                by_word(query, lead, Source::StudyOfPatient, &Field::PATIENT, lead.exact),
            ]);
        total += count_distinct(db, branches.flatten(), STUDY, bound).await?;
    }
    Ok(bound.map_or(total, |bound| Ord::min(total, bound)))
}

/// How many different ids the branches have together.
async fn count_distinct(
    db: &impl ConnectionTrait,
    branches: impl Iterator<Item = SelectStatement>,
    id: &'static str,
    bound: Option<u64>,
) -> Result<u64, DbErr> {
    let mut branches = branches.map(|branch| {
        let mut distinct = Query::select();
        distinct.distinct().column(Alias::new(id)).from_subquery(branch, Alias::new("branch"));
        if let Some(bound) = bound {
            distinct.limit(bound);
        }
        // SQLite takes no LIMIT in a part of a UNION, but in a table of its own.
        Query::select().column(Alias::new(id)).from_subquery(distinct, Alias::new("bounded")).to_owned()
    });
    let Some(mut all) = branches.next() else { return Ok(0) };
    for branch in branches {
        all.union(UnionType::Distinct, branch);
    }
    let counted = Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(all, Alias::new("counted")).to_owned();
    let row = db.query_one(&counted).await?.ok_or_else(|| DbErr::RecordNotFound("a count".to_owned()))?;
    Ok(row.try_get_by_index::<i64>(0)?.unsigned_abs())
}
