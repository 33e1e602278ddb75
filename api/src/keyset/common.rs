//! Pages of rows that have common words.
//!
//! What the index of words says of a common word is a list of half a million rows, which would be made and sorted for each page. The
//! rows are rather walked in their order, so many at a time, and looked at, until the page is full. When they turn out to be rarer
//! than each of their words, the page is read by the index after all.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, DbErr, EntityTrait, IntoSimpleExpr, QueryFilter, QuerySelect, QueryTrait, Select};

use super::{Position, Sort, positions};
use crate::db::{Reads, padded, rows};

/// Rows that are looked at in one statement, the first ones.
pub const FIRST_PIECE: u64 = 128;
/// And later ones.
pub const PIECE: u64 = 512;
/// As many are looked at for one page. To make the list of a very common word takes longer.
pub const MOST: u64 = 32 * PIECE;

/// Rows of which the index of words knows very many.
pub struct Common<E: EntityTrait> {
    /// All rows of the registry in their order, as far as a range bounds its column; at the beginning, and behind a place.
    pub order: [Select<E>; 2],
    /// The wanted ones, each condition a check of a row at hand.
    pub at_hand: Select<E>,
    /// The wanted ones as the index leads to them.
    pub by_index: Select<E>,
}

impl<E: EntityTrait> Common<E> {
    /// The positions of one page; nothing when it would take too long to fill it so.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page(
        &self,
        db: &impl Reads,
        id: E::Column,
        sort: Sort<E::Column>,
        after: Option<&Position>,
        limit: u64,
    ) -> Result<Option<Vec<Position>>, DbErr> {
        let (mut found, mut place, mut looked) = (Vec::new(), after.cloned(), 0);
        // A row that is changed between two statements may stand behind itself.
        let mut seen = HashSet::new();
        loop {
            let missing = limit - found.len() as u64;
            if missing == 0 {
                return Ok(Some(found));
            }
            if is_vain(looked, found.len() as u64, missing, MOST) {
                return Ok(None);
            }
            let look = looked.clamp(FIRST_PIECE, PIECE);
            let order = &self.order[usize::from(place.is_some())];
            let piece = positions(db, order, id, sort, place.as_ref(), look).await?;
            let is_last = (piece.len() as u64) < look;
            let passed = self.passed(db, id, &piece).await?;
            place = piece.last().cloned();
            found.extend(piece.into_iter().filter(|row| passed.contains(&row.id) && seen.insert(row.id)));
            found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            looked += look;
            if is_last {
                return Ok(Some(found));
            }
        }
    }

    /// The ids of those that pass every check.
    async fn passed(&self, db: &impl Reads, id: E::Column, piece: &[Position]) -> Result<HashSet<i64>, DbErr> {
        if piece.is_empty() {
            return Ok(HashSet::new());
        }
        let ids: Vec<i64> = piece.iter().map(|row| row.id).collect();
        let passed = self.at_hand.clone().select_only().column_as(id.into_simple_expr(), "id");
        let passed = passed.filter(id.is_in(padded(&ids))).build(db.get_database_backend());
        Ok(rows::<(i64,)>(db, passed, "id").await?.into_iter().map(|(id,)| id).collect())
    }
}

/// Whether the page would not be full when `most` rows have been looked at, if they go on as they have begun; a little more than
/// was found, since the first ones say little.
pub const fn is_vain(looked: u64, found: u64, missing: u64, most: u64) -> bool {
    missing * looked > (found + 2) * most.saturating_sub(looked)
}

#[cfg(test)]
mod tests {
    use entity::patient::{self, Column};

    use super::*;
    use crate::explained::{database, fill};
    use crate::patients::dto;

    fn of(wanted: Select<patient::Entity>) -> Common<patient::Entity> {
        let order = [patient::Entity::find(), patient::Entity::find()];
        Common { order, at_hand: wanted.clone(), by_index: wanted }
    }

    #[tokio::test]
    async fn a_page_is_the_same_whichever_way_it_is_read() {
        let (db, remove) = database("common").await;
        fill(&db, 3000).await;
        // Every third Zoé has no birth date, every third Jean.
        let unknown = "UPDATE patient SET birth_date = NULL WHERE id % 3 = 0";
        db.execute(unknown).await.expect("a change");
        let db_read = db.reader();
        for family in ["Martin", "Dupont", "Lefèvre"] {
            for (text, given) in [("birth_date", "Zoé"), ("-birth_date", "Jean"), ("-updated_at", "Marie")] {
                let sort = dto::sort(text).expect("a sort");
                let wanted =
                    patient::Entity::find().filter(Column::FamilyName.eq(family)).filter(Column::GivenName.eq(given));
                let expected = positions(db_read, &wanted, Column::Id, sort, None, 1000).await.expect("all");
                assert!(expected.len() > 80, "{family} {given}: {}", expected.len());
                let (mut all, mut after): (Vec<Position>, Option<Position>) = (Vec::new(), None);
                let common = of(wanted.clone());
                loop {
                    let page = common.page(db_read, Column::Id, sort, after.as_ref(), 20).await.expect("a page");
                    let page = page.expect("one in 35 fills a page");
                    after = page.last().cloned();
                    let is_last = page.len() < 20;
                    all.extend(page);
                    if is_last {
                        break;
                    }
                }
                let ids = |rows: &[Position]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
                assert_eq!(ids(&all), ids(&expected), "{family} {given} {text}");
            }
        }
        let nobody = of(patient::Entity::find().filter(Column::Id.eq(0)));
        let sort = dto::sort("birth_date").expect("a sort");
        assert!(nobody.page(db_read, Column::Id, sort, None, 20).await.expect("no fault").is_none(), "it is given up");
        db.close().await.expect("the connections close");
        remove().await;
    }

    #[test]
    fn what_is_looked_at_in_vain_is_known_soon() {
        assert!(!is_vain(0, 0, 51, MOST) && !is_vain(PIECE, 0, 51, MOST), "too little to tell");
        assert!(is_vain(2 * PIECE, 0, 51, MOST));
        assert!(!is_vain(4 * PIECE, 12, 39, MOST), "one in 170 fills the page");
        assert!(is_vain(MOST, 50, 1, MOST));
    }
}
