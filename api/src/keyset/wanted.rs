//! Which rows are wanted, and the way to them.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Select};

use super::common::Common;
use super::count_of;

/// Of how many rows it is cheaper to sort all than to walk along an index until a page is full.
const FEW: u64 = 3000;
/// Of how many rows of a rare value: to walk past all others takes seconds.
const RARE: u64 = 10_000;

/// The rows that are wanted.
pub struct Wanted<E: EntityTrait> {
    /// They themselves, walked in their order.
    pub rows: Select<E>,
    /// They themselves where others have led to few: each condition is a check of a row at hand.
    pub few: Select<E>,
    /// Ids among which all of them are: what an index alone says of each condition that has one.
    pub among: Vec<SelectStatement>,
    /// The same of values that hardly any row may have, and these side by side at the far end of the order.
    pub rare: Vec<SelectStatement>,
    /// The same of other rows that they belong to.
    pub through: Option<Through>,
    /// What the index of words says of each word, ids of them or of rows that they belong to, where walking past the rows that lack
    /// it may be shorter than to make a list of those that have it.
    pub words: Vec<SelectStatement>,
    /// All rows of the order, as far as its own column is bounded.
    pub order: Select<E>,
}

/// The way to rows.
pub enum Way<E: EntityTrait> {
    /// As this says, in their order.
    Straight(Box<Select<E>>),
    /// Those of common words.
    Common(Box<Common<E>>),
}

/// Ids of rows among which those are that the wanted ones belong to.
pub struct Through {
    /// What an index alone says of each condition on them.
    pub among: Vec<SelectStatement>,
    /// The ids of the rows that belong to these.
    pub ids: fn(SelectStatement) -> SelectStatement,
}

impl<E: EntityTrait> From<Select<E>> for Wanted<E> {
    /// Rows of a table so small that every way through it is short.
    fn from(rows: Select<E>) -> Self {
        let (few, order) = (rows.clone(), rows.clone());
        Self { rows, few, among: Vec::new(), rare: Vec::new(), through: None, words: Vec::new(), order }
    }
}

impl<E: EntityTrait> Wanted<E> {
    /// The way to the rows: led by the condition that leaves the fewest when those are few.
    pub(super) async fn planned(self, db: &impl ConnectionTrait, id: E::Column) -> Result<Way<E>, DbErr> {
        let mut among = self.among;
        if let Some(Through { among: others, ids }) = self.through {
            // Of many others a list would be made before the first of their rows is counted.
            among.extend(fewest(db, others, FEW).await?.map(ids));
        }
        let mut few = fewest(db, among, FEW).await?;
        if few.is_none() {
            few = fewest(db, self.rare, RARE).await?;
        }
        if let Some(ids) = few {
            return Ok(Way::Straight(Box::new(self.few.filter(id.in_subquery(ids)))));
        }
        let has_words = !self.words.is_empty();
        if has_words && fewest(db, self.words, FEW).await?.is_none() {
            let common = Common { order: self.order, at_hand: self.few, by_index: self.rows };
            return Ok(Way::Common(Box::new(common)));
        }
        Ok(Way::Straight(Box::new(self.rows)))
    }
}

/// The ids of which there are the fewest, if they are fewer than `most`.
///
/// # Errors
/// When the database fails.
pub async fn fewest(
    db: &impl ConnectionTrait,
    among: impl IntoIterator<Item = SelectStatement>,
    most: u64,
) -> Result<Option<SelectStatement>, DbErr> {
    let (mut least, mut few) = (most, None);
    for ids in among {
        let number = count_of(db, ids.clone(), Some(least)).await?;
        if number < least {
            (least, few) = (number, Some(ids));
        }
    }
    Ok(few)
}
