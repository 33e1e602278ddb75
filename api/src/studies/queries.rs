//! Studies in the database.

use std::collections::HashMap;

use super::history;
use crate::audit::Trace;
use crate::db::{columns, padded, query_each, rows_by};
use crate::keyset::{self, Position, Sort, Wanted, is_deleted, is_walked, within_range};
use crate::search::changes::Changes;
use crate::search::{filter, index, name_condition};
use crate::values::{DateRange, InstantRange, Range, now};
use entity::{patient, study, study_modality};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr,
    EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryResult, QuerySelect, QueryTrait,
};

/// How many rows are entered by one statement: SQLite takes 32,766 values in one.
const ROWS_AT_ONCE: usize = 500;

/// A study with what belongs to it: its patient and its modalities in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullStudy {
    pub row: study::Model,
    pub patient: patient::Model,
    pub modalities: Vec<String>,
}

/// Which studies are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyFilter {
    pub patient_fk: Option<i64>,
    pub patient_name: Option<String>,
    pub patient_id: Option<String>,
    pub issuer_of_patient_id: Option<String>,
    pub birth_date: Option<DateRange>,
    pub sex: Vec<String>,
    pub study_instance_uid: Vec<String>,
    pub study_id: Option<String>,
    pub accession_number: Option<String>,
    pub study_date: Option<DateRange>,
    pub modality: Vec<String>,
    pub status: Vec<String>,
    pub study_description: Option<String>,
    pub referring_physician_name: Option<String>,
    pub updated_at: Option<InstantRange>,
    /// The bin instead of the registry.
    pub deleted: bool,
}

impl StudyFilter {
    /// As a condition on a row of `study` at hand.
    pub fn condition(&self) -> Condition {
        self.check(None, None)
    }

    /// As a condition on rows that are walked in an order, from behind a place.
    fn check(&self, sort: Option<Sort<study::Column>>, after: Option<&Position>) -> Condition {
        use study::Column as C;
        let of_patient = if self.deleted { filter::Place::Either } else { filter::Place::Registry };
        let mut all = Condition::all().add(is_deleted(C::DeletedAt, self.deleted));
        if let Some(id) = self.patient_fk {
            all = all.add(C::PatientFk.eq(id));
        }
        if let Some(name) = &self.patient_name {
            all = all.add(name_condition(C::PatientFk, of_patient, name));
        }
        if let Some(patients) = self.patients() {
            all = all.add(patients);
        }
        if !self.study_instance_uid.is_empty() {
            all = all.add(C::StudyInstanceUid.is_in(self.study_instance_uid.iter().map(String::as_str)));
        }
        for (column, value) in [(C::StudyId, &self.study_id), (C::AccessionNumber, &self.accession_number)] {
            if let Some(value) = value {
                all = all.add(column.eq(value.as_str()));
            }
        }
        if let Some(range) = &self.study_date {
            all = all.add(within_range(*range, C::StudyDate, sort, after));
        }
        if !self.modality.is_empty() {
            all = all.add(has_modality(&self.modality));
        }
        if !self.status.is_empty() {
            all = all.add(C::Status.is_in(self.status.iter().map(String::as_str)));
        }
        for (field, text) in [
            (index::Field::StudyDescription, &self.study_description),
            (index::Field::ReferringPhysicianName, &self.referring_physician_name),
        ] {
            if let Some(text) = text {
                all = all.add(filter::study_condition(C::Id, field, text));
            }
        }
        if let Some(range) = &self.updated_at {
            all = all.add(within_range(*range, C::UpdatedAt, sort, after));
        }
        all
    }

    /// Whether the patient of a study at hand is wanted, where something is asked of the patient's own row. A number leads to its
    /// few patients; of anything else there may be half a million, of which neither engine is to make a list.
    fn patients(&self) -> Option<Expr> {
        use patient::Column as P;
        let mut all = Condition::all();
        if let Some(number) = &self.patient_id {
            all = all.add(P::PatientId.eq(number.as_str()));
        }
        if let Some(issuer) = &self.issuer_of_patient_id {
            all = all.add(P::IssuerOfPatientId.eq(issuer.as_str()));
        }
        if let Some(range) = &self.birth_date {
            all = all.add(range.condition(&P::BirthDate.into_expr()));
        }
        if !self.sex.is_empty() {
            all = all.add(P::Sex.is_in(self.sex.iter().map(String::as_str)));
        }
        if all.is_empty() {
            return None;
        }
        let mut patients = Query::select();
        patients.from(patient::Entity).cond_where(all);
        if self.patient_id.is_some() {
            return Some(study::Column::PatientFk.in_subquery(patients.column(P::Id).to_owned()));
        }
        let of_study = Expr::col((patient::Entity, P::Id)).equals((study::Entity, study::Column::PatientFk));
        patients.expr(P::Id.count()).and_where(of_study);
        Some(Expr::SubQuery(None, Box::new(patients.into())).gt(0))
    }

    fn wanted(&self, sort: Option<Sort<study::Column>>, after: Option<&Position>) -> Wanted<study::Entity> {
        use study::Column as C;
        let walked = sort.map(|sort| sort.key.column);
        let ids = |condition| Query::select().column(C::Id).from(study::Entity).cond_where(condition).to_owned();
        let day = self.study_date.filter(|_| !is_walked(C::StudyDate, walked));
        let updated = self.updated_at.filter(|_| !is_walked(C::UpdatedAt, walked));
        let among = [
            self.deleted.then(|| ids(Condition::all().add(C::DeletedAt.is_not_null()))),
            (!self.modality.is_empty()).then(|| with_modality(&self.modality)),
            day.map(|range| ids(range.condition(&C::StudyDate.into_expr()))),
            updated.map(|range| ids(range.condition(&C::UpdatedAt.into_expr()))),
        ];
        // An identifier leaves less than any of these, and both engines see that.
        let identified = self.patient_fk.is_some()
            || self.study_id.is_some()
            || self.accession_number.is_some()
            || !self.study_instance_uid.is_empty();
        let among = among.into_iter().flatten().filter(|_| !identified).collect();
        Wanted { rows: study::Entity::find().filter(self.check(sort, after)), among }
    }
}

/// The studies of any of these modalities.
fn with_modality(modalities: &[String]) -> SelectStatement {
    use study_modality::Column as M;
    Query::select()
        .distinct()
        .column(M::StudyFk)
        .from(study_modality::Entity)
        .and_where(M::Modality.is_in(modalities.iter().map(String::as_str)))
        .to_owned()
}

/// Whether a study at hand has any of these modalities. A number, because both engines turn EXISTS and IN into a list of all
/// studies that have, which may be a million.
fn has_modality(modalities: &[String]) -> Expr {
    use study_modality::Column as M;
    let number = Query::select()
        .expr(M::Modality.count())
        .from(study_modality::Entity)
        .and_where(Expr::col((study_modality::Entity, M::StudyFk)).equals((study::Entity, study::Column::Id)))
        .and_where(M::Modality.is_in(modalities.iter().map(String::as_str)))
        .to_owned();
    Expr::SubQuery(None, Box::new(number.into())).gt(0)
}

/// The places of one page of studies.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &StudyFilter,
    sort: Sort<study::Column>,
    after: Option<&Position>,
    limit: u64,
) -> Result<Vec<Position>, DbErr> {
    keyset::page(db, filter.wanted(Some(sort), after), study::Column::Id, sort, after, limit).await
}

/// How many studies there are, counted as far as `bound`.
pub async fn count(db: &impl ConnectionTrait, filter: &StudyFilter, bound: Option<u64>) -> Result<u64, DbErr> {
    keyset::count(db, filter.wanted(None, None), study::Column::Id, bound).await
}

/// The studies of these ids, in the order of the ids.
pub async fn find_all(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<FullStudy>, DbErr> {
    let mut studies = find_by_id(db, ids).await?;
    Ok(ids.iter().filter_map(|id| studies.remove(id)).collect())
}

/// The studies of these ids, in the registry or in the bin.
pub async fn find_by_id(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, FullStudy>, DbErr> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let studies = full(db, study::Column::Id.is_in(padded(ids))).await?;
    Ok(studies.into_iter().map(|study| (study.row.id, study)).collect())
}

/// Studies with what belongs to them, in one round trip.
async fn full(db: &impl ConnectionTrait, wanted: Expr) -> Result<Vec<FullStudy>, DbErr> {
    const MODALITIES: &str = "modalities";
    let modalities = Query::select()
        .expr(Func::cust("GROUP_CONCAT").arg(Expr::col(study_modality::Column::Modality)))
        .from(study_modality::Entity)
        .and_where(
            Expr::col((study_modality::Entity, study_modality::Column::StudyFk))
                .equals((study::Entity, study::Column::Id)),
        )
        .to_owned();
    let statement = study::Entity::find()
        .find_also_related(patient::Entity)
        .expr_as(Expr::SubQuery(None, Box::new(modalities.into())), MODALITIES)
        .filter(wanted)
        .build(db.get_database_backend());
    let read = |row: &QueryResult| {
        let study = study::Model::from_query_result(row, "A_")?;
        Ok((study, patient::Model::from_query_result(row, "B_")?, row.try_get("", MODALITIES)?))
    };
    let (of_study, of_patient) = (columns::<study::Entity>("A_"), columns::<patient::Entity>("B_"));
    let columns = format!("json_array({of_study}), json_array({of_patient}), {MODALITIES}");
    let rows = rows_by(db, statement, &columns, read).await?;
    let full = |(row, patient, modalities): (_, _, Option<String>)| FullStudy {
        row,
        patient,
        modalities: parted(modalities.as_deref()),
    };
    Ok(rows.into_iter().map(full).collect())
}

/// Modalities as the database puts them together.
pub fn parted(joined: Option<&str>) -> Vec<String> {
    let mut modalities: Vec<String> = joined.into_iter().flat_map(|text| text.split(',')).map(str::to_owned).collect();
    modalities.sort_unstable();
    modalities
}

/// The study of this id, kept from changing until the transaction ends.
pub async fn find_locked(db: &impl ConnectionTrait, id: i64) -> Result<Option<FullStudy>, DbErr> {
    Ok(locked(db, study::Column::Id.eq(id)).await?.pop())
}

/// The studies of these UIDs, in the registry or in the bin, kept from changing until the transaction ends.
pub async fn find_all_by_uid_locked(db: &impl ConnectionTrait, uids: &[&str]) -> Result<Vec<FullStudy>, DbErr> {
    if uids.is_empty() {
        return Ok(Vec::new());
    }
    locked(db, study::Column::StudyInstanceUid.is_in(uids.iter().copied())).await
}

/// Locks the studies alone, and then reads what belongs to them.
async fn locked(db: &impl ConnectionTrait, wanted: Expr) -> Result<Vec<FullStudy>, DbErr> {
    let ids = study::Entity::find().select_only().column(study::Column::Id).filter(wanted).lock_exclusive();
    let ids: Vec<i64> = ids.into_tuple().all(db).await?;
    find_all(db, &ids).await
}

/// The study of this UID.
pub async fn find_by_uid(db: &impl ConnectionTrait, uid: &str) -> Result<Option<study::Model>, DbErr> {
    study::Entity::find().filter(study::Column::StudyInstanceUid.eq(uid)).one(db).await
}

/// A study of which nothing but its UID and its patient is known yet.
pub fn blank(study_instance_uid: String, patient: patient::Model) -> FullStudy {
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
    FullStudy { row, patient, modalities: Vec::new() }
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
    reindex(db, None, Some(row)).await?;
    set_modalities(db, study.row.id, &[], &study.modalities).await?;
    history::created(db, &study, trace).await?;
    Ok(study)
}

/// Enters studies, each as [`insert`] does, in few statements.
pub async fn insert_all(
    db: &impl ConnectionTrait,
    mut studies: Vec<FullStudy>,
    trace: &Trace,
) -> Result<Vec<FullStudy>, DbErr> {
    let (at, by, backend) = (now(), trace.user_id(), db.get_database_backend());
    let statements = studies.chunks_mut(ROWS_AT_ONCE).map(|some| {
        for FullStudy { row, patient, .. } in &mut *some {
            (row.version, row.created_at, row.updated_at) = (1, at, at);
            (row.created_by, row.updated_by, row.deleted_at, row.deleted_by) = (by, by, None, None);
            index::derive_study(row, patient);
        }
        let active = some
            .iter()
            .map(|study| study::ActiveModel { id: NotSet, ..study.row.clone().into_active_model().reset_all() });
        let mut statement = study::Entity::insert_many(active).build(backend);
        // The query builder leaves RETURNING out on MariaDB, which knows it.
        statement.sql.push_str(" RETURNING id, study_instance_uid");
        statement
    });
    let returned = query_each(db, statements).await?;
    let mut ids: HashMap<String, i64> = HashMap::with_capacity(studies.len());
    for row in returned {
        ids.insert(row.try_get_by_index(1)?, row.try_get_by_index(0)?);
    }
    let mut changes = Changes::default();
    for study in &mut studies {
        study.row.id = *ids.get(&study.row.study_instance_uid).ok_or(DbErr::RecordNotInserted)?;
        changes.study(None, Some(&study.row));
    }
    // While the database is at work on one of them, statements of the others are put together.
    tokio::try_join!(changes.write(db), insert_modalities(db, &studies), history::all_created(db, &studies, trace))?;
    Ok(studies)
}

async fn insert_modalities(db: &impl ConnectionTrait, studies: &[FullStudy]) -> Result<(), DbErr> {
    let rows: Vec<study_modality::ActiveModel> =
        studies.iter().flat_map(|study| modality_rows(study.row.id, &study.modalities)).collect();
    for some in rows.chunks(ROWS_AT_ONCE) {
        study_modality::Entity::insert_many(some.iter().cloned()).exec_without_returning(db).await?;
    }
    Ok(())
}

fn modality_rows(study: i64, modalities: &[String]) -> impl Iterator<Item = study_modality::ActiveModel> {
    modalities
        .iter()
        .map(move |modality| study_modality::ActiveModel { study_fk: Set(study), modality: Set(modality.clone()) })
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
    reindex(db, Some(&before.row), Some(row)).await?;
    set_modalities(db, after.row.id, &before.modalities, &after.modalities).await?;
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
    set_modalities(db, study.row.id, &study.modalities, &[]).await?;
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

async fn set_modalities(db: &impl ConnectionTrait, id: i64, before: &[String], after: &[String]) -> Result<(), DbErr> {
    if before == after {
        return Ok(());
    }
    if !before.is_empty() {
        study_modality::Entity::delete_many().filter(study_modality::Column::StudyFk.eq(id)).exec(db).await?;
    }
    if after.is_empty() {
        return Ok(());
    }
    study_modality::Entity::insert_many(modality_rows(id, after)).exec_without_returning(db).await.map(drop)
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
