//! Hits of common words in an order that is asked for, looked for along that order.
//!
//! To put all of them in order takes the longer the more there are. Where there are many, a page is full soon after its beginning:
//! the rows behind that are looked at a piece at a time. A piece holds all rows of a value, since among these the id of the hit decides,
//! not that of the patient along whose values one walks.

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
}

/// How far one looks along an order for the hits of a query of common words, if its filters leave more than few rows. Who has begun to
/// look as far as one may goes on so.
///
/// # Errors
/// When the database fails.
pub async fn how_far(db: &impl Reads, plan: &Plan<'_>, has_begun: bool) -> Result<Option<Look>, DbErr> {
    if has_begun {
        return Ok(Some(Look::ToTheEnd));
    }
    let leaves_few = plan.query.is_filtered()
        && (few_patients(db, plan, Vec::new()).await?.is_some()
            || few_studies(db, plan, plan.base(), Vec::new()).await?.is_some());
    Ok((!leaves_few).then_some(Look::WhileItPays))
}

/// Whether all words are common ones, spelled as typed; then the rarest leads from now on. None may be a date or an identifier.
///
/// # Errors
/// When the database fails.
pub async fn are_common(db: &impl Reads, lengths: &Lengths, plan: &mut Plan<'_>) -> Result<bool, DbErr> {
    let tier = plan.base();
    let has_dates = plan.query.terms.iter().any(|term| term.date.is_some());
    let reaches_further = plan.query.reach.is_some_and(|reach| reach > Tier::Prefix);
    if plan.words.is_empty() || has_dates || reaches_further {
        return Ok(false);
    }
    looks::leave_out_what_nobody_has(db, plan, lengths, tier).await?;
    let rarities = rarity::rarities(db, plan, lengths, tier, None).await?;
    let costs: Vec<u64> = rarities.iter().map(Rarity::cost).collect();
    if plan.may_identify || costs.iter().any(|cost| *cost < LONG) {
        return Ok(false);
    }
    plan.lead_by_rarest(&costs, tier);
    Ok(true)
}

/// Hits behind a place whose words are spelled as typed; nothing where more rows than one looks at have the same value.
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
) -> Result<Option<Along>, DbErr> {
    let wanted = wanted.max(ENOUGH);
    let (mut hits, mut seen, mut looked): (Vec<Sorted>, HashSet<(bool, i64)>, u64) = Default::default();
    let (stretch, from) = sort.begin(after);
    let mut piece = Piece { stretch, from, until: None };
    let most = match look {
        Look::ToTheEnd => MOST,
        Look::WhileItPays if plan.query.is_filtered() => WORTH_FILTERED,
        Look::WhileItPays => WORTH,
    };
    while hits.len() < wanted {
        let (found, missing) = (hits.len() as u64, (wanted - hits.len()) as u64);
        if looked >= most || look == Look::WhileItPays && is_vain(looked, found, missing, most) {
            let stopped = Some(sort.before(piece.from));
            return Ok(Some(Along { hits, stopped }));
        }
        let mut rows = looked.clamp(FIRST_PIECE, PIECE);
        let mut until = end_of(db, plan, sort, &piece, rows).await?;
        while until.is_some() && until == piece.from {
            if rows >= MOST {
                return Ok(None);
            }
            rows *= 4;
            until = end_of(db, plan, sort, &piece, rows).await?;
        }
        piece.until = until;
        let mut found = hits_of(db, plan, sort, &piece).await?;
        // A row that is changed between two statements may stand behind itself.
        found.retain(|hit| sort.is_behind(hit, after) && seen.insert((hit.is_study(), hit.id())));
        hits.extend(found);
        looked += rows;
        piece = match (piece.until, piece.stretch) {
            (Some(until), stretch) => Piece { stretch, from: Some(until), until: None },
            (None, Stretch::Values) => Piece { stretch: Stretch::Ids, from: None, until: None },
            (None, Stretch::Ids) => break,
        };
    }
    hits.truncate(wanted);
    Ok(Some(Along { hits, stopped: None }))
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
    let mut sql = Sql::new(db.get_database_backend());
    let mut columns: Vec<String> = kinds(plan).filter_map(|is_study| sort.leading(piece.stretch, is_study)).collect();
    columns.dedup();
    for column in columns {
        let table = sorted::table_of(&column);
        sql.begin_branch().push(&format!("SELECT 0 AS id, {column} AS value FROM {table} WHERE "));
        within(&mut sql, sort, piece, &column);
        let direction = if sort.descending() { " DESC" } else { "" };
        sql.push(&format!(" ORDER BY {column}{direction} LIMIT 1 OFFSET "));
        sql.bind(i64::try_from(rows).unwrap_or(i64::MAX)).end_branch();
    }
    if sql.is_empty() {
        return Ok(None);
    }
    let ends = sort.marks(db, sql, piece.stretch).await?;
    Ok(if sort.descending() { ends.into_iter().max() } else { ends.into_iter().min() })
}

/// The rows of a piece by the column that leads, and those without a value if these are the rows of the stretch.
fn within(sql: &mut Sql, sort: HitSort, piece: &Piece, column: &str) {
    let value = |mark: &Option<Mark>| mark.as_ref().and_then(|mark| sort.parameter(mark));
    let (from, until): (Option<Value>, Option<Value>) = (value(&piece.from), value(&piece.until));
    let (lower, upper) = if sort.descending() { ((until, ">"), (from, "<=")) } else { ((from, ">="), (until, "<")) };
    // Of two bounds on one side SQLite takes the first.
    match lower {
        (Some(value), sign) => sql.push(&format!("{column} {sign} ")).bind(value),
        (None, _) => sql.push(&format!("{column} IS NOT NULL")),
    };
    if let (Some(value), sign) = upper {
        sql.push(&format!(" AND {column} {sign} ")).bind(value);
    }
    let empty = sort.empty(piece.stretch, sorted::table_of(column) == "study");
    if let Some(empty) = empty.filter(|empty| sorted::table_of(empty) == sorted::table_of(column)) {
        sql.push(&format!(" AND {empty} IS NULL"));
    }
}

/// The hits in a piece, in their order.
async fn hits_of(db: &impl Reads, plan: &Plan<'_>, sort: HitSort, piece: &Piece) -> Result<Vec<Sorted>, DbErr> {
    let (backend, upto) = (db.get_database_backend(), plan.base());
    let mut hits = Vec::new();
    for is_study in kinds(plan) {
        let Some(column) = sort.leading(piece.stretch, is_study) else { continue };
        let own = if is_study { "study" } else { "patient" };
        let mut ids = Sql::new(backend);
        ids.push(&format!("SELECT {own}.id AS id FROM {}", sorted::table_of(&column)));
        if is_study && sorted::table_of(&column) == "patient" {
            ids.join("study").push(" ON study.patient_fk = patient.id");
        }
        within(ids.push(" WHERE "), sort, piece, &column);
        let mut sql = Sql::new(backend);
        sql.push(&format!("SELECT {own}.id AS id, {} AS value FROM ", sort.column_of(is_study)));
        if is_study {
            ids.others_may_match(plan, upto, "study", |_| false);
            push_judged_studies(&mut sql, plan, upto, ids);
        } else {
            push_judged_patients(&mut sql, plan, upto, ids);
        }
        if let Some(empty) = sort.empty(piece.stretch, is_study) {
            sql.push(&format!(" AND {empty} IS NULL"));
        }
        hits.extend(sort.read(db, sql, is_study).await?);
    }
    sort.put_in_order(&mut hits);
    Ok(hits)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::*;
    use crate::explained::{database, fill};
    use crate::http::{FromParameters, Parameters};
    use crate::search::found::Found;
    use crate::search::queries::{Hits, SortedEnd, gathered_hits, sorted_hits};
    use crate::search::query::SearchQuery;

    const PATIENCE: Duration = Duration::from_mins(1);
    const ORDERS: [&str; 9] =
        ["name", "-name", "birth_date", "-birth_date", "study_date", "-study_date", "-updated_at", "id", "-id"];

    fn read(members: &Value, sort: &str) -> SearchQuery {
        let mut members = members.as_object().expect("an object").clone();
        members.insert("sort".to_owned(), sort.into());
        Parameters::of_body(members).read(SearchQuery::from_parameters).expect("a good query")
    }

    async fn all_gathered(db: &impl Reads, query: &SearchQuery) -> Vec<Sorted> {
        let sort = query.sort.expect("an order");
        let gathered = gathered_hits(db, &Lengths::default(), &mut Plan::new(query), sort, PATIENCE).await;
        let gathered = gathered.expect("hits").ok().expect("not too many");
        sorted::sorted(gathered, sort, None).into_iter().map(|(hit, _)| hit).collect()
    }

    /// All hits, some at a time, each time from where the time before has ended.
    async fn all_along(db: &impl Reads, query: &SearchQuery, look: Look) -> Vec<Sorted> {
        let (mut plan, sort) = (Plan::new(query), query.sort.expect("an order"));
        looks::leave_out_what_nobody_has(db, &mut plan, &Lengths::default(), Tier::Prefix).await.expect("a look");
        let (mut all, mut after): (Vec<Sorted>, Option<Sorted>) = (Vec::new(), None);
        loop {
            let found = along(db, &plan, sort, after.as_ref(), 150, look).await.expect("hits");
            let Along { hits, stopped } = found.expect("a few of each value");
            let is_full = hits.len() == 150;
            all.extend(hits);
            after = if is_full { all.last().cloned() } else { stopped };
            if after.is_none() {
                return all;
            }
        }
    }

    #[tokio::test]
    async fn what_is_found_along_an_order_is_all_in_that_order() {
        let (db, remove) = database("along").await;
        fill(&db, 2000).await;
        db.execute("UPDATE patient SET birth_date = NULL WHERE id % 40 = 7").await.expect("a change");
        let reader = db.reader().pool();
        for members in [
            json!({"q": "martin"}),
            json!({"q": "mart", "type": "patient"}),
            json!({"q": "irm jean", "type": "study"}),
            json!({"q": "jean martin", "modality": "MR"}),
            json!({"q": "martin", "birth_date": "1960..1979"}),
        ] {
            for sort in ORDERS {
                let query = read(&members, sort);
                let expected = all_gathered(reader, &query).await;
                assert!(expected.len() > 150, "{members} {sort}: {}", expected.len());
                for look in [Look::WhileItPays, Look::ToTheEnd] {
                    assert!(all_along(reader, &query, look).await == expected, "{members} {sort} {look:?}");
                }
            }
        }
        db.close().await.expect("the connections close");
        remove().await;
    }

    #[tokio::test]
    async fn pages_that_are_looked_for_and_gathered_follow_one_another() {
        let (db, remove) = database("pages").await;
        fill(&db, 2000).await;
        let (reader, lengths) = (db.reader().pool(), Lengths::default());
        // Those of the name come late in the order, and there are few of them: some pages are gathered.
        for (members, sort) in [(json!({"q": "martin"}), "name"), (json!({"q": "martin jean"}), "-name")] {
            let query = read(&members, sort);
            let expected: Vec<(bool, i64)> =
                all_gathered(reader, &query).await.iter().map(|hit| (hit.is_study(), hit.id())).collect();
            for begins_along in [false, true] {
                let (mut found, mut ways, mut after) = (Vec::new(), Vec::new(), None::<SortedEnd>);
                loop {
                    if let Some(after) = after.as_mut().filter(|_| begins_along) {
                        after.along = true;
                    }
                    let sort = query.sort.expect("an order");
                    let page = sorted_hits(reader, &lengths, &query, sort, after.as_ref(), 150, PATIENCE).await;
                    let Hits { hits, end, all, .. } = page.expect("a page").ok().expect("not too many");
                    found.extend(hits.into_iter().map(|hit| match hit.found {
                        Found::Patient(row) => (false, row.id),
                        Found::Study(study) => (true, study.row.id),
                    }));
                    ways.push(all.is_some());
                    after = end;
                    if after.is_none() {
                        break;
                    }
                }
                assert_eq!(found, expected, "{members} {sort}");
                assert!(!ways[0], "the first page is looked for");
                assert!(!(begins_along && ways.contains(&true)), "who has begun so goes on so");
            }
        }
        db.close().await.expect("the connections close");
        remove().await;
    }

    #[tokio::test]
    async fn where_it_does_not_pay_one_stops_and_can_go_on() {
        let (db, remove) = database("vain").await;
        fill(&db, 3000).await;
        let reader = db.reader().pool();
        let query = read(&json!({"q": "irm jean", "type": "study", "modality": "XA"}), "-name");
        let (plan, sort) = (Plan::new(&query), query.sort.expect("an order"));
        let found = along(reader, &plan, sort, None, 20, Look::WhileItPays).await.expect("hits").expect("few of each");
        assert!(found.hits.is_empty() && found.stopped.is_some() && !found.is_page());
        let to_the_end =
            along(reader, &plan, sort, None, 20, Look::ToTheEnd).await.expect("hits").expect("few of each");
        assert!(to_the_end.hits.is_empty() && to_the_end.stopped.is_none(), "nobody has it");
        db.close().await.expect("the connections close");
        remove().await;
    }
}
