//! Making the index anew, row by row, beside a running server; and with it what stands in a row and is made of others, the number of
//! a patient's studies and the modalities of a study.
//!
//! First every row is entered as it is to be, then every entry that no row accounts for is taken out. Rows are locked while their
//! entries are written, and what is written may be there already, so that searches and changes go on meanwhile, several rebuilds do
//! not disturb one another, and one that was broken off can simply be started again.

use std::collections::{HashMap, HashSet};

use entity::{patient, search_posting, search_state, search_token, study};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{ExprTrait, OnConflict},
};

use super::backlog::Resource;
use super::changes::Changes;
use super::index::{VERSION, derive_patient, derive_study, entries_of_patient, postings_of_study};
use crate::db::Db;
use crate::error::ApiResult;
use crate::patients::numbers::recount;
use crate::studies::queries::rejoin_modalities;

/// Rows of one transaction.
const BATCH: u64 = 500;
/// Rows between two lines of the log.
const LOGGED: u64 = 100_000;

/// What a rebuild is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Entering the patients.
    Patients,
    /// Entering the studies.
    Studies,
    /// Taking out entries that no patient accounts for.
    Entries,
    /// Taking out postings that no study accounts for.
    Postings,
}

/// Whether the index was made by the rules of this program.
pub async fn is_current(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let state = search_state::Entity::find_by_id(search_state::VERSION).one(db).await?;
    Ok(state.is_some_and(|state| state.value == VERSION))
}

/// Makes the index anew unless it is current. Several processes may start at once: one works, the others wait.
///
/// # Errors
/// When the database fails.
pub async fn bring_up_to_date(db: &Db) -> ApiResult<()> {
    if is_current(db.reader()).await? {
        return Ok(());
    }
    let work = async {
        if is_current(db.reader()).await? {
            return Ok(());
        }
        if patient::Entity::find().one(db.reader()).await?.is_none() {
            return db.write(async |tx| Ok(note_version(tx).await?)).await;
        }
        tracing::warn!("the search index was made by other rules and is made anew before anything is served");
        rebuild(db, |step, rows| {
            if rows % LOGGED == 0 {
                tracing::info!(?step, rows, "making the search index");
            }
        })
        .await
    };
    db.alone_with_rows("search index", work).await
}

/// Makes the index anew.
///
/// # Errors
/// When the database fails; what was done until then stays.
pub async fn rebuild(db: &Db, mut progress: impl FnMut(Step, u64)) -> ApiResult<()> {
    forget_vocabulary(db).await?;
    let mut told = async |step, batches: u64| {
        progress(step, batches * BATCH);
        db.let_others_write().await;
    };
    for (resource, step) in [(Resource::Patient, Step::Patients), (Resource::Study, Step::Studies)] {
        let mut after = Some(0);
        for batches in 1.. {
            let Some(id) = after else { break };
            let enter = async |tx: &DatabaseTransaction| {
                let last = enter_rows(tx, resource, id, i64::MAX).await?;
                match (resource, last) {
                    (Resource::Patient, Some(last)) => recount(tx, id + 1, last).await?,
                    (Resource::Study, Some(last)) => rejoin_modalities(tx, id + 1, last).await?,
                    (_, None) => {}
                }
                Ok(last)
            };
            after = db.write(enter).await?;
            told(step, batches).await;
        }
    }
    let mut entry = None;
    for batches in 1.. {
        entry = db.write(async |tx| sweep_entries(tx, entry.as_ref()).await).await?;
        told(Step::Entries, batches).await;
        if entry.is_none() {
            break;
        }
    }
    let mut posting = None;
    for batches in 1.. {
        posting = db.write(async |tx| sweep_postings(tx, posting.as_ref()).await).await?;
        told(Step::Postings, batches).await;
        if posting.is_none() {
            break;
        }
    }
    db.write(async |tx| Ok(note_version(tx).await?)).await
}

/// Words are only ever added, so that here is where those of purged rows go. Whoever is writing a row at this moment has it
/// committed before the tables are empty, and the row is then met below.
async fn forget_vocabulary(db: &Db) -> ApiResult<()> {
    let empty = match db.reader().get_database_backend() {
        DatabaseBackend::Sqlite => "DELETE FROM",
        _ => "TRUNCATE TABLE",
    };
    for table in ["search_word", "search_variant", "search_text"] {
        db.write(async |tx| Ok(tx.execute_unprepared(&format!("{empty} {table}")).await?)).await?;
    }
    Ok(())
}

async fn note_version(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let state = search_state::ActiveModel { name: Set(search_state::VERSION.to_owned()), value: Set(VERSION) };
    let there = OnConflict::column(search_state::Column::Name).update_column(search_state::Column::Value).to_owned();
    search_state::Entity::insert(state).on_conflict(there).exec_without_returning(tx).await.map(drop)
}

/// Enters a batch of rows after an id and as far as another, and says with which it ended, if there are more.
///
/// # Errors
/// When the database fails.
pub async fn enter_rows(tx: &DatabaseTransaction, resource: Resource, after: i64, upto: i64) -> ApiResult<Option<i64>> {
    let last = match resource {
        Resource::Patient => enter_patients(tx, after, upto).await?,
        Resource::Study => enter_studies(tx, after, upto).await?,
    };
    Ok(last.filter(|last| *last < upto))
}

/// Enters patients, and says with which the batch ended.
async fn enter_patients(tx: &DatabaseTransaction, after: i64, upto: i64) -> Result<Option<i64>, DbErr> {
    use patient::Column as P;
    let rows = patient::Entity::find().filter(P::Id.gt(after)).filter(P::Id.lte(upto));
    let rows = rows.order_by_asc(P::Id).limit(BATCH).lock_exclusive().all(tx);
    let mut changes = Changes::default();
    let mut last = None;
    for before in rows.await? {
        let mut row = before.clone();
        derive_patient(&mut row);
        if row != before {
            patient::Entity::update_many()
                .col_expr(P::NameKey, row.name_key.as_str().into())
                .col_expr(P::SearchWords, row.search_words.as_str().into())
                .filter(P::Id.eq(row.id))
                .exec(tx)
                .await?;
        }
        changes.patient(None, Some(&row));
        last = Some(row.id);
    }
    changes.write(tx).await?;
    Ok(last)
}

/// Enters studies, and says with which the batch ended.
async fn enter_studies(tx: &DatabaseTransaction, after: i64, upto: i64) -> Result<Option<i64>, DbErr> {
    use study::Column as S;
    let rows = study::Entity::find().filter(S::Id.gt(after)).filter(S::Id.lte(upto));
    let rows = rows.order_by_asc(S::Id).limit(BATCH).lock_exclusive().all(tx).await?;
    let patients = patient::Entity::find().filter(patient::Column::Id.is_in(rows.iter().map(|row| row.patient_fk)));
    let patients: HashMap<i64, patient::Model> = patients.all(tx).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut changes = Changes::default();
    let mut last = None;
    for before in rows {
        let Some(patient) = patients.get(&before.patient_fk) else { continue };
        let mut row = before.clone();
        derive_study(&mut row, patient);
        if row != before {
            study::Entity::update_many()
                .col_expr(S::SearchWords, row.search_words.as_str().into())
                .col_expr(S::Signature, row.signature.into())
                .col_expr(S::SignatureHigh, row.signature_high.into())
                .filter(S::Id.eq(row.id))
                .exec(tx)
                .await?;
        }
        changes.study(None, Some(&row));
        last = Some(row.id);
    }
    changes.write(tx).await?;
    Ok(last)
}

/// Takes out the entries after one that no patient accounts for, and says with which the batch ended.
async fn sweep_entries(
    tx: &DatabaseTransaction,
    after: Option<&search_token::Model>,
) -> ApiResult<Option<search_token::Model>> {
    use search_token::Column as T;
    let mut query = search_token::Entity::find().filter(T::Kind.is_not_in(search_token::TEXTS));
    if let Some(last) = after {
        let beyond = T::RowId.gt(last.row_id);
        let beyond = T::SortKey.gte(last.sort_key.as_str()).and(T::SortKey.gt(last.sort_key.as_str()).or(beyond));
        let beyond = T::Field.gte(last.field).and(T::Field.gt(last.field).or(beyond));
        let beyond = T::Token.gte(last.token.as_str()).and(T::Token.gt(last.token.as_str()).or(beyond));
        query = query.filter(T::Kind.gte(last.kind).and(T::Kind.gt(last.kind).or(beyond)));
    }
    for column in [T::Kind, T::Token, T::Field, T::SortKey, T::RowId] {
        query = query.order_by_asc(column);
    }
    let entries = query.limit(BATCH).all(tx).await?;
    let ids: HashSet<i64> = entries.iter().map(|entry| entry.row_id).collect();
    let rows = patient::Entity::find().filter(patient::Column::Id.is_in(ids)).lock_exclusive().all(tx).await?;
    let rows: HashMap<i64, patient::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    for entry in &entries {
        let accounted = rows.get(&entry.row_id).is_some_and(|row| entries_of_patient(row).contains(entry));
        if !accounted {
            search_token::Entity::delete_many().filter(key_of(entry)).exec(tx).await?;
        }
    }
    Ok(entries.into_iter().next_back())
}

fn key_of(entry: &search_token::Model) -> Condition {
    use search_token::Column as T;
    Condition::all()
        .add(T::Kind.eq(entry.kind))
        .add(T::Token.eq(entry.token.as_str()))
        .add(T::Field.eq(entry.field))
        .add(T::SortKey.eq(entry.sort_key.as_str()))
        .add(T::RowId.eq(entry.row_id))
}

/// Takes out the postings after one that no study accounts for, and says with which the batch ended.
async fn sweep_postings(
    tx: &DatabaseTransaction,
    after: Option<&search_posting::Model>,
) -> ApiResult<Option<search_posting::Model>> {
    use search_posting::Column as P;
    let mut query = search_posting::Entity::find();
    if let Some(last) = after {
        let newest = P::Newest.gte(last.newest).and(P::Newest.gt(last.newest).or(P::StudyId.gt(last.study_id)));
        query = query.filter(P::TextId.gte(last.text_id)).filter(P::TextId.gt(last.text_id).or(newest));
    }
    for column in [P::TextId, P::Newest, P::StudyId] {
        query = query.order_by_asc(column);
    }
    let postings = query.limit(BATCH).all(tx).await?;
    let ids: HashSet<i64> = postings.iter().map(|posting| posting.study_id).collect();
    let rows = study::Entity::find().filter(study::Column::Id.is_in(ids)).lock_exclusive().all(tx).await?;
    let rows: HashMap<i64, study::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    for posting in &postings {
        let accounted = |row: &study::Model| postings_of_study(row).iter().any(|(expected, _)| expected == posting);
        if !rows.get(&posting.study_id).is_some_and(accounted) {
            search_posting::Entity::delete_by_id((posting.text_id, posting.newest, posting.study_id)).exec(tx).await?;
        }
    }
    Ok(postings.into_iter().next_back())
}
