//! Pages by key: a page starts after the last keys of the one before, so that every page costs the same.
//!
//! Both engines sort NULL before every value. A page therefore walks up to two stretches, the rows without a value and the rows
//! with one, each along an index. The bound is written `c >= ? AND (c > ? OR id > ?)`: the first half is redundant and lets
//! both engines start in the index where the page starts; row values and the plain OR each send one of them through the table.

use sea_orm::sea_query::Order;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select, Value,
};
use serde::{Deserialize, Serialize};

use crate::values::{date, instant};

/// How the values of a sort column stand in a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// Text as it is.
    Text,
    /// A calendar date.
    Date,
    /// An instant.
    Instant,
    /// The id: there is no other column.
    Id,
}

/// An order of rows: a column, then the id, both in one direction.
#[derive(Clone, Copy, Debug)]
pub struct Sort<C> {
    /// The column.
    pub column: C,
    /// What its values are.
    pub key: KeyType,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// The last keys of a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Position {
    /// The sort column's value.
    pub value: Option<String>,
    /// The id.
    pub id: i64,
}

impl Position {
    /// The value as a parameter of a statement.
    fn parameter(&self, key: KeyType) -> Option<Value> {
        let text = self.value.as_deref()?;
        match key {
            KeyType::Text => Some(text.into()),
            KeyType::Date => date(text).ok().map(Into::into),
            KeyType::Instant => instant(text).ok().map(Into::into),
            KeyType::Id => Some(self.id.into()),
        }
    }
}

/// A part of the order: rows without a value, rows with one, or all rows where the column is never NULL.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stretch {
    Nulls,
    Values,
    All,
}

/// The ids of one page of `query`.
///
/// # Errors
/// When the database fails.
pub async fn ids<E>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    id: E::Column,
    sort: Sort<E::Column>,
    after: Option<&Position>,
    limit: u64,
) -> Result<Vec<i64>, DbErr>
where
    E: EntityTrait,
{
    let stretches: &[Stretch] = match (sort.nullable, sort.descending) {
        (false, _) => &[Stretch::All],
        (true, false) => &[Stretch::Nulls, Stretch::Values],
        (true, true) => &[Stretch::Values, Stretch::Nulls],
    };
    let begun = match after {
        Some(position) if position.value.is_none() => stretches.iter().position(|stretch| *stretch == Stretch::Nulls),
        Some(_) => stretches.iter().position(|stretch| *stretch != Stretch::Nulls),
        None => Some(0),
    };
    let mut found = Vec::new();
    for (index, stretch) in stretches.iter().enumerate().skip(begun.unwrap_or(0)) {
        let wanted = limit - found.len() as u64;
        if wanted == 0 {
            break;
        }
        let bound = after.filter(|_| Some(index) == begun);
        let order = if sort.descending { Order::Desc } else { Order::Asc };
        let page = query
            .clone()
            .select_only()
            .column(id)
            .filter(within(*stretch, sort, id, bound))
            .order_by(sort.column, order.clone())
            .order_by(id, order)
            .limit(wanted);
        let rows = db.query_all_raw(page.build(db.get_database_backend())).await?;
        for row in rows {
            found.push(row.try_get_by_index::<i64>(0)?);
        }
    }
    Ok(found)
}

fn within<C: ColumnTrait>(stretch: Stretch, sort: Sort<C>, id: C, bound: Option<&Position>) -> Condition {
    let beyond = |column: C, value: Value| if sort.descending { column.lt(value) } else { column.gt(value) };
    let from = |column: C, value: Value| if sort.descending { column.lte(value) } else { column.gte(value) };
    let condition = match stretch {
        Stretch::Nulls => Condition::all().add(sort.column.is_null()),
        Stretch::Values => Condition::all().add(sort.column.is_not_null()),
        Stretch::All => Condition::all(),
    };
    let Some(position) = bound else { return condition };
    match position.parameter(sort.key).filter(|_| stretch != Stretch::Nulls && sort.key != KeyType::Id) {
        None => condition.add(beyond(id, position.id.into())),
        Some(value) => condition
            .add(from(sort.column, value.clone()))
            .add(Condition::any().add(beyond(sort.column, value)).add(beyond(id, position.id.into()))),
    }
}

/// Counts the rows of `query`, as far as `bound` when there is one.
///
/// # Errors
/// When the database fails.
pub async fn count<E: EntityTrait>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    id: E::Column,
    bound: Option<u64>,
) -> Result<u64, DbErr> {
    use sea_orm::sea_query::{Alias, Expr, Query};
    let mut rows = query.select_only().column(id);
    if let Some(bound) = bound {
        rows = rows.limit(bound);
    }
    let counted =
        Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(rows.into_query(), Alias::new("counted")).to_owned();
    let row = db.query_one(&counted).await?.ok_or_else(|| DbErr::RecordNotFound("a count".to_owned()))?;
    let number: i64 = row.try_get_by_index(0)?;
    Ok(number.unsigned_abs())
}
