//! The number of a patient's live studies, which stands beside the patient.

use std::collections::BTreeMap;

use entity::{patient, study};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::db::padded;

/// Patients of one statement.
const AT_ONCE: usize = 256;

/// By how much numbers of studies change.
#[derive(Default)]
pub struct Numbers(BTreeMap<i64, i64>);

impl Numbers {
    /// What a change of a study means: one fewer of the patient whose live study it was, one more of the patient whose it is.
    pub fn study(&mut self, before: Option<&study::Model>, after: Option<&study::Model>) {
        for (study, change) in [(before, -1), (after, 1)] {
            if let Some(study) = study.filter(|study| study.deleted_at.is_none()) {
                *self.0.entry(study.patient_fk).or_default() += change;
            }
        }
    }

    /// Writes them. The database adds, so that nobody is overlooked who writes a study at the same time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let mut by_change: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for (id, change) in self.0 {
            by_change.entry(change).or_default().push(id);
        }
        by_change.remove(&0);
        for (change, ids) in by_change {
            for ids in ids.chunks(AT_ONCE) {
                use patient::Column as P;
                patient::Entity::update_many()
                    .col_expr(P::NumberOfStudies, Expr::col(P::NumberOfStudies).add(change))
                    .filter(P::Id.is_in(padded(ids)))
                    .exec(db)
                    .await?;
            }
        }
        Ok(())
    }
}

/// Counts the studies of patients anew, whose ids are from `first` to `last`.
///
/// # Errors
/// When the database fails.
pub async fn recount(db: &impl ConnectionTrait, first: i64, last: i64) -> Result<(), DbErr> {
    use patient::Column as P;
    use study::Column as S;
    let counted = study::Entity::find()
        .select_only()
        .expr(Expr::cust("COUNT(*)"))
        .filter(Expr::col((study::Entity, S::PatientFk)).equals((patient::Entity, P::Id)))
        .filter(S::DeletedAt.is_null())
        .into_query();
    patient::Entity::update_many()
        .col_expr(P::NumberOfStudies, counted.into())
        .filter(P::Id.between(first, last))
        .exec(db)
        .await
        .map(drop)
}
