//! Counting in the database, and the snapshot kept there.

use entity::{patient, statistics, study, study_modality};
use sea_orm::sea_query::{Alias, Expr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::values::Instant;

/// The one row.
const ROW: i64 = 1;

/// The snapshot.
pub async fn find(db: &impl ConnectionTrait) -> Result<statistics::Model, DbErr> {
    let row = statistics::Entity::find_by_id(ROW).one(db).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("the row of statistics".to_owned()))
}

/// Takes on to count, unless another server has; that one is taken for dead when its time is over.
pub async fn claim(db: &impl ConnectionTrait, now: Instant, until: Instant) -> Result<bool, DbErr> {
    use statistics::Column as C;
    let free = Condition::any().add(C::ClaimedUntil.is_null()).add(C::ClaimedUntil.lt(now));
    let result = statistics::Entity::update_many()
        .col_expr(C::ClaimedUntil, Expr::value(until))
        .filter(C::Id.eq(ROW))
        .filter(free)
        .exec(db)
        .await?;
    Ok(result.rows_affected == 1)
}

/// Gives up what [`claim`] took on.
pub async fn release(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    use statistics::Column as C;
    let nobody = Expr::value(Option::<Instant>::None);
    let release = statistics::Entity::update_many().col_expr(C::ClaimedUntil, nobody).filter(C::Id.eq(ROW));
    release.exec(db).await.map(drop)
}

/// Keeps a new snapshot, and gives up the claim.
pub async fn store(
    db: &impl ConnectionTrait,
    taken_at: Instant,
    microseconds: i64,
    content: String,
) -> Result<(), DbErr> {
    use statistics::Column as C;
    let store = statistics::Entity::update_many()
        .col_expr(C::TakenAt, Expr::value(taken_at))
        .col_expr(C::Microseconds, Expr::value(microseconds))
        .col_expr(C::Content, Expr::value(content))
        .col_expr(C::ClaimedUntil, Expr::value(Option::<Instant>::None))
        .filter(C::Id.eq(ROW));
    store.exec(db).await.map(drop)
}

/// The greatest ids of patients and of studies.
pub async fn last_ids(db: &impl ConnectionTrait) -> Result<(i64, i64), DbErr> {
    let patient: Option<i64> = patient::Entity::find()
        .select_only()
        .column(patient::Column::Id)
        .order_by_desc(patient::Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    let study: Option<i64> = study::Entity::find()
        .select_only()
        .column(study::Column::Id)
        .order_by_desc(study::Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    Ok((patient.unwrap_or(0), study.unwrap_or(0)))
}

/// The patients of a stretch of ids: how many of each sex, in the registry and in the bin.
pub async fn patients(
    db: &impl ConnectionTrait,
    after: i64,
    to: i64,
) -> Result<Vec<(Option<String>, bool, i64)>, DbErr> {
    use patient::Column as C;
    let rows: Vec<(Option<String>, i64, i64)> = patient::Entity::find()
        .select_only()
        .column(C::Sex)
        .column_as(C::DeletedAt.is_not_null(), "in_bin")
        .column_as(C::Id.count(), "number")
        .filter(C::Id.gt(after))
        .filter(C::Id.lte(to))
        .group_by(C::Sex)
        .group_by(Expr::col(Alias::new("in_bin")))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(sex, in_bin, number)| (sex, in_bin != 0, number)).collect())
}

/// Studies that have this in common.
pub struct StudyGroup {
    pub status: String,
    /// `YYYY-MM`.
    pub month: Option<String>,
    pub in_bin: bool,
    pub number: i64,
}

/// The studies of a stretch of ids.
pub async fn studies(db: &impl ConnectionTrait, after: i64, to: i64) -> Result<Vec<StudyGroup>, DbErr> {
    use study::Column as C;
    let rows: Vec<(String, Option<String>, i64, i64)> = study::Entity::find()
        .select_only()
        .column(C::Status)
        .column_as(Expr::cust("SUBSTR(study_date, 1, 7)"), "month")
        .column_as(C::DeletedAt.is_not_null(), "in_bin")
        .column_as(C::Id.count(), "number")
        .filter(C::Id.gt(after))
        .filter(C::Id.lte(to))
        .group_by(C::Status)
        .group_by(Expr::col(Alias::new("month")))
        .group_by(Expr::col(Alias::new("in_bin")))
        .into_tuple()
        .all(db)
        .await?;
    let group = |(status, month, in_bin, number)| StudyGroup { status, month, in_bin: in_bin != 0, number };
    Ok(rows.into_iter().map(group).collect())
}

/// How many studies in the registry, of a stretch of ids, have each modality.
pub async fn modalities(db: &impl ConnectionTrait, after: i64, to: i64) -> Result<Vec<(String, i64)>, DbErr> {
    use study_modality::Column as C;
    study_modality::Entity::find()
        .select_only()
        .column(C::Modality)
        .column_as(C::StudyFk.count(), "number")
        .inner_join(study::Entity)
        .filter(C::StudyFk.gt(after))
        .filter(C::StudyFk.lte(to))
        .filter(study::Column::DeletedAt.is_null())
        .group_by(C::Modality)
        .into_tuple()
        .all(db)
        .await
}
