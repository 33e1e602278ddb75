//! What large imports owe the index.
//!
//! Words and texts lie in the order of the index, not in that in which rows come: entered batch by batch, nearly every entry changes
//! another page, each time, which at a million patients is most of what an import costs. A large import therefore gathers entries
//! and enters many of them in the order of their keys, which changes each page once. Until then it owes them: the runs of ids are
//! noted in the transactions that enter the rows ([`note`]), so that what a killed import owes is known ([`catch_up`]).
//!
//! A row may change before its entries are paid for. The change brings the index up to date itself and notes the row as settled
//! ([`settle`]); its entries are then left out, for they say what the row said before.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::time::{Duration, Instant};

use entity::{search_backlog, search_settled};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait,
    QueryFilter, QueryResult, Statement,
};

use super::changes::{Changes, write_texts, write_words};
use super::index::Text;
use super::rebuild::enter_rows;
use crate::db::Db;
use crate::error::ApiResult;
use crate::values::now;

/// What a row of the registry is, by its name in the audit trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    Patient,
    Study,
}

impl Resource {
    const ALL: [Self; 2] = [Self::Patient, Self::Study];

    const fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::Study => "study",
        }
    }

    fn named(name: &str) -> Result<Self, DbErr> {
        let named = Self::ALL.into_iter().find(|resource| resource.name() == name);
        named.ok_or_else(|| DbErr::Type(format!("no resource is called {name}")))
    }
}

/// New rows of one transaction, from one id to another. Rows of other transactions may lie between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub resource: Resource,
    pub first: i64,
    pub last: i64,
}

impl Run {
    fn has(&self, resource: Resource, id: i64) -> bool {
        self.resource == resource && (self.first..=self.last).contains(&id)
    }
}

/// As many entries of patients, and postings of studies, are gathered. They take some 40 and 30 MB.
const MOST_ENTRIES: usize = 150_000;
const MOST_POSTINGS: usize = 700_000;
/// Texts that are new take more than their postings.
const MOST_TEXTS: usize = 20_000;
/// Texts or words of one transaction; each is several rows.
const WORDS_AT_ONCE: usize = 2_000;
/// How long rows wait for their entries while lines come.
const LONGEST: Duration = Duration::from_secs(30);
/// Entries, or postings, of one transaction.
const SLICE: usize = 20_000;
/// What is older is owed by an import that is no more.
const ABANDONED: time::Duration = time::Duration::minutes(3);

/// Entries that an import owes the index.
#[derive(Default)]
pub struct Backlog {
    owed: Changes,
    since: Option<Instant>,
}

impl Backlog {
    /// Takes over what the rows of a committed transaction mean for the index.
    pub fn add(&mut self, changes: Changes) {
        if !changes.entered().is_empty() {
            self.since.get_or_insert_with(Instant::now);
            self.owed.absorb(changes);
        }
    }

    /// Whether nothing is owed.
    pub fn is_empty(&self) -> bool {
        self.since.is_none()
    }

    /// Whether enough has come together, or has waited for long.
    pub fn is_due(&self) -> bool {
        self.owed.entries() >= MOST_ENTRIES
            || self.owed.postings() >= MOST_POSTINGS
            || self.owed.texts().len() >= MOST_TEXTS
            || self.since.is_some_and(|since| since.elapsed() >= LONGEST)
    }

    /// Puts what is owed in the order of the index, in which it is to be paid.
    pub fn sort(&mut self) {
        self.owed.sort();
    }

    /// Enters all of it, in transactions of a moment each. It may be done again: what was entered already is entered in its place.
    ///
    /// # Errors
    /// When the database fails. What is still owed is noted in the database.
    pub async fn pay(&self, db: &Db) -> ApiResult<()> {
        let owed = &self.owed;
        let texts: Vec<&Text> = owed.texts().collect();
        for texts in texts.chunks(WORDS_AT_ONCE) {
            db.write(async |tx| Ok(write_texts(tx, texts).await?)).await?;
            db.let_others_write().await;
        }
        let words: Vec<&str> = owed.words().into_iter().collect();
        for words in words.chunks(WORDS_AT_ONCE) {
            db.write(async |tx| Ok(write_words(tx, words.iter().copied().collect()).await?)).await?;
            db.let_others_write().await;
        }
        for slice in slices(owed.entries()) {
            db.write(async |tx| {
                let open = Open::find(tx, Resource::Patient).await?;
                Ok(owed.write_entries(tx, slice.clone(), |id| open.has(id)).await?)
            })
            .await?;
            db.let_others_write().await;
        }
        for slice in slices(owed.postings()) {
            db.write(async |tx| {
                let open = Open::find(tx, Resource::Study).await?;
                Ok(owed.write_postings(tx, slice.clone(), |id| open.has(id)).await?)
            })
            .await?;
            db.let_others_write().await;
        }
        db.write(async |tx| Ok(close(tx, owed.entered()).await?)).await
    }
}

fn slices(length: usize) -> impl Iterator<Item = Range<usize>> {
    (0..length).step_by(SLICE).map(move |from| from..length.min(from + SLICE))
}

/// The rows of a resource that are still owed.
struct Open {
    resource: Resource,
    runs: Vec<Run>,
    settled: HashSet<i64>,
}

impl Open {
    /// Keeps the runs from being closed until the transaction ends, and waits for changes that found them open.
    async fn find(tx: &DatabaseTransaction, resource: Resource) -> Result<Self, DbErr> {
        let runs = runs(tx, " FOR UPDATE").await?;
        let settled = settled(tx).await?.into_iter().filter(|(of, _)| *of == resource).map(|(_, id)| id).collect();
        Ok(Self { resource, runs, settled })
    }

    fn has(&self, id: i64) -> bool {
        self.runs.iter().any(|run| run.has(self.resource, id)) && !self.settled.contains(&id)
    }
}

/// All runs that are owed, locked as MariaDB takes it.
async fn runs(db: &impl ConnectionTrait, lock: &str) -> Result<Vec<Run>, DbErr> {
    let backend = db.get_database_backend();
    let lock = if backend == DatabaseBackend::Sqlite { "" } else { lock };
    let sql = format!("SELECT resource_type, first_id, last_id FROM search_backlog{lock}");
    let read = |row: QueryResult| {
        let (resource, first, last): (String, i64, i64) = row.try_get_many_by_index()?;
        Ok(Run { resource: Resource::named(&resource)?, first, last })
    };
    db.query_all_raw(Statement::from_string(backend, sql)).await?.into_iter().map(read).collect()
}

/// All rows that were settled.
async fn settled(db: &impl ConnectionTrait) -> Result<Vec<(Resource, i64)>, DbErr> {
    let rows = search_settled::Entity::find().all(db).await?;
    rows.into_iter().map(|row| Ok((Resource::named(&row.resource_type)?, row.row_id))).collect()
}

/// Notes that the rows of these runs, which the transaction has entered, are not in the index yet. It comes last in the transaction:
/// changes wait for the note.
///
/// # Errors
/// When the database fails.
pub async fn note(tx: &impl ConnectionTrait, runs: &[Run]) -> Result<(), DbErr> {
    let run = |run: &Run| search_backlog::ActiveModel {
        resource_type: Set(run.resource.name().to_owned()),
        first_id: Set(run.first),
        last_id: Set(run.last),
        at: Set(now()),
    };
    if runs.is_empty() {
        return Ok(());
    }
    search_backlog::Entity::insert_many(runs.iter().map(run)).exec_without_returning(tx).await.map(drop)
}

/// Notes that a transaction, which holds the locks of these rows, brings the index up to date for them.
///
/// # Errors
/// When the database fails.
pub async fn settle(tx: &impl ConnectionTrait, rows: &BTreeSet<(Resource, i64)>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    // Nobody enters what the rows said before until the transaction ends.
    let runs = runs(tx, " LOCK IN SHARE MODE").await?;
    let is_open = |resource: Resource, id: i64| runs.iter().any(|run| run.has(resource, id));
    let settled = rows.iter().filter(|(resource, id)| is_open(*resource, *id));
    let settled = settled.map(|(resource, id)| search_settled::ActiveModel {
        resource_type: Set(resource.name().to_owned()),
        row_id: Set(*id),
    });
    for row in settled {
        search_settled::Entity::insert(row).on_conflict_do_nothing().exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Nothing of these runs is owed any more.
async fn close(tx: &DatabaseTransaction, closed: &[Run]) -> Result<(), DbErr> {
    for Run { resource, first, .. } in closed {
        search_backlog::Entity::delete_by_id((resource.name().to_owned(), *first)).exec(tx).await?;
    }
    // Who settled a row of another run did so before that run is looked for.
    let settled = settled(tx).await?;
    let open = if settled.is_empty() { Vec::new() } else { runs(tx, "").await? };
    for (resource, id) in settled {
        if !open.iter().any(|run| run.has(resource, id)) {
            search_settled::Entity::delete_by_id((resource.name().to_owned(), id)).exec(tx).await?;
        }
    }
    Ok(())
}

/// Enters what imports owe that are no more. Several processes may do so at once: one works, the others wait.
///
/// # Errors
/// When the database fails.
pub async fn catch_up(db: &Db) -> ApiResult<()> {
    if abandoned(db.reader()).await?.is_empty() {
        return Ok(());
    }
    let work = async {
        for run in abandoned(db.reader()).await? {
            tracing::warn!(
                ?run,
                "an import was broken off before the search index knew its rows; they are entered now"
            );
            let mut after = Some(run.first - 1);
            while let Some(id) = after {
                after = db.write(async |tx| enter_rows(tx, run.resource, id, run.last).await).await?;
                db.let_others_write().await;
            }
            db.write(async |tx| Ok(close(tx, &[run]).await?)).await?;
        }
        Ok(())
    };
    db.alone_with_rows("search backlog", work).await
}

async fn abandoned(db: &impl ConnectionTrait) -> Result<Vec<Run>, DbErr> {
    use search_backlog::Column as B;
    let old = search_backlog::Entity::find().filter(B::At.lt(now().saturating_sub(ABANDONED)));
    let run = |row: search_backlog::Model| {
        Ok(Run { resource: Resource::named(&row.resource_type)?, first: row.first_id, last: row.last_id })
    };
    old.all(db).await?.into_iter().map(run).collect()
}
