//! The number of a patient's live studies, which stands beside the patient.

use std::collections::BTreeMap;

use entity::{patient, study};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::db::padded;

/// Patients of one statement.
const AT_ONCE: usize = 256;

/// A study before a change, if it was there, and behind it, if it still is.
pub type Change<'s> = (Option<&'s study::Model>, Option<&'s study::Model>);

/// Brings the numbers up to changes of studies: one fewer for whose live study each was, one more for whose it is. The database
/// adds, so that nobody is overlooked who writes a study at the same time.
///
/// # Errors
/// When the database fails.
pub async fn follow<'s>(db: &impl ConnectionTrait, changes: impl IntoIterator<Item = Change<'s>>) -> Result<(), DbErr> {
    let mut differences: BTreeMap<i64, i64> = BTreeMap::new();
    for (before, after) in changes {
        for (study, difference) in [(before, -1), (after, 1)] {
            if let Some(study) = study.filter(|study| study.deleted_at.is_none()) {
                *differences.entry(study.patient_fk).or_default() += difference;
            }
        }
    }
    let mut patients: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (id, difference) in differences {
        patients.entry(difference).or_default().push(id);
    }
    patients.remove(&0);
    for (difference, ids) in patients {
        for ids in ids.chunks(AT_ONCE) {
            use patient::Column as P;
            patient::Entity::update_many()
                .col_expr(P::NumberOfStudies, Expr::col(P::NumberOfStudies).add(difference))
                .filter(P::Id.is_in(padded(ids)))
                .exec(db)
                .await?;
        }
    }
    Ok(())
}

/// Counts anew the studies of patients whose ids are from `first` to `last`, for whom the numbers are wrong.
///
/// # Errors
/// When the database fails.
pub async fn recount(db: &impl ConnectionTrait, first: i64, last: i64) -> Result<(), DbErr> {
    use patient::Column as P;
    let counted = study::Entity::find()
        .select_only()
        .expr(Expr::cust("COUNT(*)"))
        .filter(Expr::col((study::Entity, study::Column::PatientFk)).equals((patient::Entity, P::Id)))
        .filter(study::Column::DeletedAt.is_null())
        .into_query();
    patient::Entity::update_many()
        .col_expr(P::NumberOfStudies, counted.clone().into())
        .filter(P::Id.between(first, last))
        .filter(Expr::col(P::NumberOfStudies).ne(counted))
        .exec(db)
        .await
        .map(drop)
}
