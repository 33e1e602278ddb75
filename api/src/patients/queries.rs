//! Patients in the database.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use entity::{patient, study};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait,
    FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait,
};
use time::Date;

use super::filter::PatientFilter;
use super::history;
use crate::audit::Trace;
use crate::db::{Reads, batches, columns, insert_each, insertion, padded, rows_by};
use crate::keyset::{self, Position, Sort};
use crate::search::changes::Changes;
use crate::search::{index, signature};
use crate::values::now;

/// The places of one page of patients.
pub async fn page(
    db: &impl Reads,
    filter: &PatientFilter,
    sort: Sort<patient::Column>,
    after: Option<&Position>,
    limit: u64,
) -> Result<Vec<Position>, DbErr> {
    keyset::page(db, filter.wanted(Some(sort), after), patient::Column::Id, sort, after, limit).await
}

/// How many patients there are, counted as far as `bound`.
pub async fn count(db: &impl Reads, filter: &PatientFilter, bound: Option<u64>) -> Result<u64, DbErr> {
    keyset::count(db, filter.wanted(None, None), patient::Column::Id, bound).await
}

/// The patient of this id, in the registry or in the bin.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<patient::Model>, DbErr> {
    patient::Entity::find_by_id(id).one(db).await
}

/// The patient of this id, kept from changing until the transaction ends.
pub async fn find_locked(db: &impl ConnectionTrait, id: i64) -> Result<Option<patient::Model>, DbErr> {
    patient::Entity::find_by_id(id).lock_exclusive().one(db).await
}

/// The patients of these ids, kept from changing until the transaction ends.
pub async fn find_all_locked(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<patient::Model>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    patient::Entity::find().filter(patient::Column::Id.is_in(ids.iter().copied())).lock_exclusive().all(db).await
}

/// The patients of these numbers, in the registry or in the bin, kept from changing until the transaction ends.
pub async fn find_all_by_number_locked(
    db: &impl ConnectionTrait,
    numbers: &[(&str, &str)],
) -> Result<Vec<patient::Model>, DbErr> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    // Pairs in an IN list send MariaDB through the table.
    let patient_ids = numbers.iter().map(|(patient_id, _)| *patient_id);
    let rows = patient::Entity::find().filter(patient::Column::PatientId.is_in(patient_ids)).lock_exclusive().all(db);
    let mut rows = rows.await?;
    let wanted: HashSet<&(&str, &str)> = numbers.iter().collect();
    rows.retain(|row| wanted.contains(&(row.patient_id.as_str(), row.issuer_of_patient_id.as_str())));
    Ok(rows)
}

/// The patient of this number.
pub async fn find_by_number(
    db: &impl ConnectionTrait,
    patient_id: &str,
    issuer: &str,
) -> Result<Option<patient::Model>, DbErr> {
    patient::Entity::find()
        .filter(patient::Column::PatientId.eq(patient_id))
        .filter(patient::Column::IssuerOfPatientId.eq(issuer))
        .one(db)
        .await
}

/// The columns of a patient.
static COLUMNS: LazyLock<String> = LazyLock::new(|| columns::<patient::Entity>(""));

/// The patients of these ids, in the registry or in the bin.
pub async fn find_by_id(db: &impl Reads, ids: &[i64]) -> Result<HashMap<i64, patient::Model>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let wanted = patient::Entity::find().filter(patient::Column::Id.is_in(padded(ids)));
    let read = |row: &QueryResult| patient::Model::from_query_result(row, "");
    let rows: Vec<patient::Model> = rows_by(db, wanted.build(db.get_database_backend()), &COLUMNS, read).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Whether a patient has a live study. What keeps patients from the bin are the studies themselves, not their number.
pub async fn has_studies(db: &impl ConnectionTrait, id: i64) -> Result<bool, DbErr> {
    let studies = study::Entity::find().filter(study::Column::PatientFk.eq(id));
    Ok(studies.filter(study::Column::DeletedAt.is_null()).one(db).await?.is_some())
}

/// The date of the patient's earliest live study, those of `except` left out.
pub async fn first_study_date(db: &impl ConnectionTrait, id: i64, except: &[i64]) -> Result<Option<Date>, DbErr> {
    let earliest = study::Entity::find()
        .filter(study::Column::PatientFk.eq(id))
        .filter(study::Column::StudyDate.is_not_null())
        .filter(study::Column::DeletedAt.is_null())
        .apply_if((!except.is_empty()).then_some(except), |query, except| {
            query.filter(study::Column::Id.is_not_in(padded(except)))
        })
        .order_by_asc(study::Column::StudyDate)
        .one(db)
        .await?;
    Ok(earliest.and_then(|study| study.study_date))
}

/// A patient of whom nothing but a number is known yet.
pub fn blank(patient_id: String) -> patient::Model {
    let at = now();
    patient::Model {
        id: 0,
        patient_id,
        issuer_of_patient_id: String::new(),
        family_name: None,
        given_name: None,
        middle_name: None,
        name_prefix: None,
        name_suffix: None,
        ideographic_name: None,
        phonetic_name: None,
        birth_name: None,
        birth_date: None,
        sex: None,
        address: None,
        telephone_number: None,
        comments: None,
        name_key: String::new(),
        search_words: String::new(),
        number_of_studies: 0,
        version: 1,
        created_at: at,
        created_by: None,
        updated_at: at,
        updated_by: None,
        deleted_at: None,
        deleted_by: None,
    }
}

/// Enters a patient. Of `row`, the id and all that the registry keeps about a row are overwritten.
pub async fn insert(
    db: &impl ConnectionTrait,
    mut row: patient::Model,
    trace: &Trace,
) -> Result<patient::Model, DbErr> {
    let (at, by) = (now(), trace.user_id());
    (row.version, row.created_at, row.updated_at) = (1, at, at);
    (row.created_by, row.updated_by, row.deleted_at, row.deleted_by) = (by, by, None, None);
    row.number_of_studies = 0;
    index::derive_patient(&mut row);
    let active = patient::ActiveModel { id: NotSet, ..row.clone().into_active_model().reset_all() };
    row.id = patient::Entity::insert(active).exec(db).await?.last_insert_id;
    reindex(db, None, Some(&row)).await?;
    history::created(db, &row, trace).await?;
    Ok(row)
}

/// Enters patients, each as [`insert`] does, in few statements; but what they mean for the index is added to `changes`.
pub async fn insert_all(
    db: &impl ConnectionTrait,
    mut rows: Vec<patient::Model>,
    trace: &Trace,
    changes: &mut Changes,
) -> Result<Vec<patient::Model>, DbErr> {
    let (at, by, backend) = (now(), trace.user_id(), db.get_database_backend());
    let statements = batches(&mut rows).map(|batch| {
        for row in &mut *batch {
            (row.version, row.created_at, row.updated_at) = (1, at, at);
            (row.created_by, row.updated_by, row.deleted_at, row.deleted_by) = (by, by, None, None);
            row.number_of_studies = 0;
            index::derive_patient(row);
        }
        let statement = insertion(backend, batch.iter().map(|row| row.clone().into_active_model()));
        (batch, statement)
    });
    let key_of = |row: &patient::Model| (row.patient_id.clone(), row.issuer_of_patient_id.clone());
    let read = |row: &QueryResult| Ok((row.try_get("", "patient_id")?, row.try_get("", "issuer_of_patient_id")?));
    insert_each(db, statements, ("patient_id, issuer_of_patient_id", key_of, read), |row, id| {
        row.id = id;
        changes.patient(None, Some(row));
    })
    .await?;
    history::all_created(db, &rows, trace).await?;
    Ok(rows)
}

/// Changes a patient to `after`, unless the row is no longer the version `before`; then nothing is answered.
pub async fn update(
    db: &impl ConnectionTrait,
    before: &patient::Model,
    mut after: patient::Model,
    trace: &Trace,
) -> Result<Option<patient::Model>, DbErr> {
    (after.version, after.updated_at, after.updated_by) = (before.version + 1, now(), trace.user_id());
    index::derive_patient(&mut after);
    if !write(db, before, &after).await? {
        return Ok(None);
    }
    reindex(db, Some(before), Some(&after)).await?;
    history::changed(db, before, &after, trace).await?;
    Ok(Some(after))
}

/// Moves a patient to the bin, unless the row is no longer this version; then nothing is answered.
pub async fn delete(
    db: &impl ConnectionTrait,
    row: &patient::Model,
    trace: &Trace,
) -> Result<Option<patient::Model>, DbErr> {
    let after = patient::Model { deleted_at: Some(now()), deleted_by: trace.user_id(), ..row.clone() };
    update(db, row, after, trace).await
}

/// Takes a patient out of the bin, unless the row is no longer this version; then nothing is answered.
pub async fn restore(
    db: &impl ConnectionTrait,
    row: &patient::Model,
    trace: &Trace,
) -> Result<Option<patient::Model>, DbErr> {
    update(db, row, patient::Model { deleted_at: None, deleted_by: None, ..row.clone() }, trace).await
}

/// Removes a patient for good, with all that it once was; it must lie in the bin.
pub async fn purge(db: &impl ConnectionTrait, row: &patient::Model, trace: &Trace) -> Result<bool, DbErr> {
    reindex(db, Some(row), None).await?;
    let result = patient::Entity::delete_many()
        .filter(patient::Column::Id.eq(row.id))
        .filter(patient::Column::Version.eq(row.version))
        .exec(db)
        .await?;
    if result.rows_affected != 1 {
        return Ok(false);
    }
    history::purged(db, row, trace).await?;
    Ok(true)
}

/// Brings the index from what it says of a patient before a change to what it is to say after it.
async fn reindex(
    db: &impl ConnectionTrait,
    before: Option<&patient::Model>,
    after: Option<&patient::Model>,
) -> Result<(), DbErr> {
    let mut changes = Changes::default();
    changes.patient(before, after);
    if let (Some(before), Some(after)) = (before, after)
        && before.search_words != after.search_words
    {
        signature::follow(db, after, &mut changes).await?;
    }
    changes.write(db).await
}

/// Writes the row if it still has the version `before`; its number of studies may have changed since it was read, and stays.
async fn write(db: &impl ConnectionTrait, before: &patient::Model, after: &patient::Model) -> Result<bool, DbErr> {
    let (id, number_of_studies) = (Set(after.id), NotSet);
    let active = patient::ActiveModel { id, number_of_studies, ..after.clone().into_active_model().reset_all() };
    let result = patient::Entity::update_many()
        .set(active)
        .filter(patient::Column::Id.eq(before.id))
        .filter(patient::Column::Version.eq(before.version))
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}
