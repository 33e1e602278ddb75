//! Which rows are wanted, and the way to them.

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Select};

use super::common::Common;
use super::count_of;

/// Of how many rows it is cheaper to sort all than to walk along an index until a page is full.
const FEW: u64 = 3000;
/// Of how many rows of a rare value: to walk past all others takes seconds.
const RARE: u64 = 10_000;

/// As many rows that the index of words knows for a word are put on a list sooner than a page is filled by looking at all rows one
/// after another.
const COMMON: u64 = 8_000;

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
    /// The words that they have, where a row at hand tells them.
    pub words: Option<Words<E>>,
}

/// Words that may be so common that rows are looked at one after another.
pub struct Words<E: EntityTrait> {
    /// What the index of words says of each, ids of the rows or of others that they belong to.
    pub among: Vec<SelectStatement>,
    /// All rows of the registry in their order, as far as a range bounds its column; at the beginning, and behind a place.
    pub order: [Select<E>; 2],
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
        Self { few: rows.clone(), rows, among: Vec::new(), rare: Vec::new(), through: None, words: None }
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
        if let Some(Words { among, order }) = self.words
            && !among.is_empty()
            && fewest(db, among, COMMON).await?.is_none()
        {
            let common = Common { order, at_hand: self.few, by_index: self.rows };
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
