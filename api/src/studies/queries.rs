//! Studies in the database.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::filter::StudyFilter;
use super::history;
use crate::audit::Trace;
use crate::db::{Reads, batches, columns, execute_each, insert_each, insertion, padded, rows_by};
use crate::keyset::{self, Position, Sort};
use crate::patients::numbers;
use crate::search::changes::Changes;
use crate::search::index;
use crate::values::now;
use entity::{patient, study, study_modality};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    FromQueryResult, IntoActiveModel, QueryFilter, QueryResult, QuerySelect, QueryTrait,
};

/// A study with its patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullStudy {
    pub row: study::Model,
    pub patient: Arc<patient::Model>,
}

/// The modalities of a study, in their order.
pub fn modalities(row: &study::Model) -> impl Iterator<Item = &str> {
    row.modalities_in_study.split(',').filter(|modality| !modality.is_empty())
}

/// Modalities as a row holds them; they are in their order.
pub fn joined<'m>(modalities: impl IntoIterator<Item = &'m str>) -> String {
    modalities.into_iter().collect::<Vec<_>>().join(",")
}

/// The places of one page of studies.
pub async fn page(
    db: &impl Reads,
    filter: &StudyFilter,
    sort: Sort<study::Column>,
    after: Option<&Position>,
    limit: u64,
) -> Result<Vec<Position>, DbErr> {
    keyset::page(db, filter.wanted(Some(sort), after), study::Column::Id, sort, after, limit).await
}

/// How many studies there are, counted as far as `bound`.
pub async fn count(db: &impl Reads, filter: &StudyFilter, bound: Option<u64>) -> Result<u64, DbErr> {
    keyset::count(db, filter.wanted(None, None), study::Column::Id, bound).await
}

/// The studies of these ids, in the order of the ids.
pub async fn find_all(db: &impl Reads, ids: &[i64]) -> Result<Vec<FullStudy>, DbErr> {
    let mut studies = find_by_id(db, ids).await?;
    Ok(ids.iter().filter_map(|id| studies.remove(id)).collect())
}

/// The columns of a study and of its patient.
static FULL: LazyLock<String> = LazyLock::new(|| {
    let (of_study, of_patient) = (columns::<study::Entity>("A_"), columns::<patient::Entity>("B_"));
    format!("json_array({of_study}), json_array({of_patient})")
});

/// The studies of these ids, in the registry or in the bin, in one round trip.
pub async fn find_by_id(db: &impl Reads, ids: &[i64]) -> Result<HashMap<i64, FullStudy>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let wanted = study::Entity::find().find_also_related(patient::Entity).filter(study::Column::Id.is_in(padded(ids)));
    let read = |row: &QueryResult| {
        Ok((study::Model::from_query_result(row, "A_")?, patient::Model::from_query_result(row, "B_")?))
    };
    let rows = rows_by(db, wanted.build(db.get_database_backend()), &FULL, read).await?;
    let full = |(row, patient): (study::Model, _)| (row.id, FullStudy { row, patient: Arc::new(patient) });
    Ok(rows.into_iter().map(full).collect())
}

/// The study of this id, kept from changing until the transaction ends.
pub async fn find_locked(db: &impl Reads, id: i64) -> Result<Option<FullStudy>, DbErr> {
    Ok(locked(db, study::Column::Id.eq(id)).await?.pop())
}

/// The studies of these UIDs, in the registry or in the bin, kept from changing until the transaction ends.
pub async fn find_all_by_uid_locked(db: &impl Reads, uids: &[&str]) -> Result<Vec<FullStudy>, DbErr> {
    if uids.is_empty() {
        return Ok(Vec::new());
    }
    locked(db, study::Column::StudyInstanceUid.is_in(uids.iter().copied())).await
}

/// Locks the studies alone, and then reads them with their patients.
async fn locked(db: &impl Reads, wanted: Expr) -> Result<Vec<FullStudy>, DbErr> {
    let ids = study::Entity::find().select_only().column(study::Column::Id).filter(wanted).lock_exclusive();
    let ids: Vec<i64> = ids.into_tuple().all(db).await?;
    find_all(db, &ids).await
}

/// The study of this UID.
pub async fn find_by_uid(db: &impl ConnectionTrait, uid: &str) -> Result<Option<study::Model>, DbErr> {
    study::Entity::find().filter(study::Column::StudyInstanceUid.eq(uid)).one(db).await
}

/// A study of which nothing but its UID and its patient is known yet.
pub fn blank(study_instance_uid: String, patient: Arc<patient::Model>) -> FullStudy {
    let at = now();
    let row = study::Model {
        id: 0,
        patient_fk: patient.id,
        study_instance_uid,
        study_id: None,
        accession_number: None,
        study_date: None,
        study_time: None,
        study_description: None,
        modalities_in_study: String::new(),
        referring_physician_name: None,
        name_of_physicians_reading_study: None,
        institution_name: None,
        number_of_study_related_series: 0,
        number_of_study_related_instances: 0,
        status: "registered".to_owned(),
        comments: None,
        search_words: String::new(),
        signature: 0,
        signature_high: 0,
        version: 1,
        created_at: at,
        created_by: None,
        updated_at: at,
        updated_by: None,
        deleted_at: None,
        deleted_by: None,
    };
    FullStudy { row, patient }
}

/// Enters a study. Of the row, the id and all that the registry keeps about a row are overwritten.
pub async fn insert(db: &impl ConnectionTrait, mut study: FullStudy, trace: &Trace) -> Result<FullStudy, DbErr> {
    let (at, by) = (now(), trace.user_id());
    let row = &mut study.row;
    (row.version, row.created_at, row.updated_at) = (1, at, at);
    (row.created_by, row.updated_by, row.deleted_at, row.deleted_by) = (by, by, None, None);
    index::derive_study(row, &study.patient);
    let active = study::ActiveModel { id: NotSet, ..row.clone().into_active_model().reset_all() };
    row.id = study::Entity::insert(active).exec(db).await?.last_insert_id;
    numbers::follow(db, [(None, Some(&*row))]).await?;
    reindex(db, None, Some(row)).await?;
    set_modalities(db, None, &study.row).await?;
    history::created(db, &study, trace).await?;
    Ok(study)
}

/// Enters studies, each as [`insert`] does, in few statements; but what they mean for the index is added to `changes`.
pub async fn insert_all(
    db: &impl ConnectionTrait,
    mut studies: Vec<FullStudy>,
    trace: &Trace,
    changes: &mut Changes,
) -> Result<(), DbErr> {
    let (at, by, backend) = (now(), trace.user_id(), db.get_database_backend());
    let statements = batches(&mut studies).map(|batch| {
        for FullStudy { row, patient } in &mut *batch {
            (row.version, row.created_at, row.updated_at) = (1, at, at);
            (row.created_by, row.updated_by, row.deleted_at, row.deleted_by) = (by, by, None, None);
            index::derive_study(row, patient);
        }
        let statement = insertion(backend, batch.iter().map(|study| study.row.clone().into_active_model()));
        (batch, statement)
    });
    let key_of = |study: &FullStudy| study.row.study_instance_uid.clone();
    let read = |row: &QueryResult| row.try_get("", "study_instance_uid");
    insert_each(db, statements, ("study_instance_uid", key_of, read), |FullStudy { row, .. }, id| {
        row.id = id;
        changes.study(None, Some(row));
    })
    .await?;
    // While the database is at work on one of them, statements of the others are put together.
    let counted = numbers::follow(db, studies.iter().map(|study| (None, Some(&study.row))));
    tokio::try_join!(counted, insert_modalities(db, &studies), history::all_created(db, &studies, trace))?;
    Ok(())
}

async fn insert_modalities(db: &impl ConnectionTrait, studies: &[FullStudy]) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let rows = studies.iter().flat_map(|study| modality_rows(&study.row));
    let mut rows: Vec<study_modality::ActiveModel> = rows.collect();
    execute_each(db, batches(&mut rows).map(|batch| insertion(backend, batch.iter().cloned()))).await
}

fn modality_rows(row: &study::Model) -> impl Iterator<Item = study_modality::ActiveModel> {
    modalities(row)
        .map(|modality| study_modality::ActiveModel { study_fk: Set(row.id), modality: Set(modality.to_owned()) })
}

/// Changes a study to `after`, unless the row is no longer the version `before`; then nothing is answered.
pub async fn update(
    db: &impl ConnectionTrait,
    before: &FullStudy,
    mut after: FullStudy,
    trace: &Trace,
) -> Result<Option<FullStudy>, DbErr> {
    let row = &mut after.row;
    (row.version, row.updated_at, row.updated_by) = (before.row.version + 1, now(), trace.user_id());
    index::derive_study(row, &after.patient);
    if !write(db, &before.row, row).await? {
        return Ok(None);
    }
    // Everybody locks patients before what the index is owed.
    numbers::follow(db, [(Some(&before.row), Some(&*row))]).await?;
    reindex(db, Some(&before.row), Some(row)).await?;
    set_modalities(db, Some(&before.row), &after.row).await?;
    history::changed(db, before, &after, trace).await?;
    Ok(Some(after))
}

/// Moves a study to the bin, unless the row is no longer this version; then nothing is answered.
pub async fn delete(db: &impl ConnectionTrait, study: &FullStudy, trace: &Trace) -> Result<Option<FullStudy>, DbErr> {
    let row = study::Model { deleted_at: Some(now()), deleted_by: trace.user_id(), ..study.row.clone() };
    update(db, study, FullStudy { row, ..study.clone() }, trace).await
}

/// Takes a study out of the bin, unless the row is no longer this version; then nothing is answered.
pub async fn restore(db: &impl ConnectionTrait, study: &FullStudy, trace: &Trace) -> Result<Option<FullStudy>, DbErr> {
    let row = study::Model { deleted_at: None, deleted_by: None, ..study.row.clone() };
    update(db, study, FullStudy { row, ..study.clone() }, trace).await
}

/// Removes a study for good, with all that it once was; it must lie in the bin.
pub async fn purge(db: &impl ConnectionTrait, study: &FullStudy, trace: &Trace) -> Result<bool, DbErr> {
    reindex(db, Some(&study.row), None).await?;
    // Whatever the row says of them: those that are left would keep it from being removed.
    study_modality::Entity::delete_many().filter(study_modality::Column::StudyFk.eq(study.row.id)).exec(db).await?;
    let result = study::Entity::delete_many()
        .filter(study::Column::Id.eq(study.row.id))
        .filter(study::Column::Version.eq(study.row.version))
        .exec(db)
        .await?;
    if result.rows_affected != 1 {
        return Ok(false);
    }
    history::purged(db, study, trace).await?;
    Ok(true)
}

/// Puts together anew the modalities of studies whose ids are from `first` to `last`, where they are not those of their rows.
pub async fn rejoin_modalities(db: &impl ConnectionTrait, first: i64, last: i64) -> Result<(), DbErr> {
    use study::Column as S;
    let of_rows = || {
        Expr::cust(
            "COALESCE((SELECT GROUP_CONCAT(modality ORDER BY modality) FROM study_modality WHERE study_fk = study.id), '')",
        )
    };
    study::Entity::update_many()
        .col_expr(S::ModalitiesInStudy, of_rows())
        .filter(S::Id.between(first, last))
        .filter(Expr::col(S::ModalitiesInStudy).ne(of_rows()))
        .exec(db)
        .await
        .map(drop)
}

/// Brings the rows of modalities from what they are before a change of a study to what they are after it.
async fn set_modalities(
    db: &impl ConnectionTrait,
    before: Option<&study::Model>,
    after: &study::Model,
) -> Result<(), DbErr> {
    if before.is_some_and(|before| before.modalities_in_study == after.modalities_in_study) {
        return Ok(());
    }
    if let Some(before) = before {
        study_modality::Entity::delete_many().filter(study_modality::Column::StudyFk.eq(before.id)).exec(db).await?;
    }
    let rows: Vec<_> = modality_rows(after).collect();
    if rows.is_empty() {
        return Ok(());
    }
    study_modality::Entity::insert_many(rows).exec_without_returning(db).await.map(drop)
}

/// Brings the index from what it says of a study before a change to what it is to say after it.
async fn reindex(
    db: &impl ConnectionTrait,
    before: Option<&study::Model>,
    after: Option<&study::Model>,
) -> Result<(), DbErr> {
    let mut changes = Changes::default();
    changes.study(before, after);
    changes.write(db).await
}

/// Writes the row if it still has the version `before`.
async fn write(db: &impl ConnectionTrait, before: &study::Model, after: &study::Model) -> Result<bool, DbErr> {
    let active = study::ActiveModel { id: Set(after.id), ..after.clone().into_active_model().reset_all() };
    let result = study::Entity::update_many()
        .set(active)
        .filter(study::Column::Id.eq(before.id))
        .filter(study::Column::Version.eq(before.version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}
