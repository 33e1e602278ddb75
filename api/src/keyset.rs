//! Pages by key: a page starts after the last keys of the one before, so that every page costs the same.
//!
//! Both engines sort NULL before every value. A page therefore walks up to two stretches, the rows without a value and the rows
//! with one, each along an index. Behind a place come the rows of the same value, `c = ? AND id > ?`, and then the others, `c > ?`.
//! MariaDB takes the two, joined by `OR`, for neighbouring ranges of the index. SQLite would go through all rows of the same value, and an
//! import gives thousands the same instant: it gets two branches of one statement, each of which starts where it has its first row.
//!
//! A walk along the sort's index meets a wanted row every so often. Where wanted rows are rare it would meet hardly any, so that
//! it is asked first whether one of the conditions leaves only few rows; those are then fetched and sorted. The conditions
//! themselves are then written as checks of a row at hand: neither engine is to take one for the way to the rows.

mod common;
#[cfg(test)]
mod plans;
mod wanted;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, IntoSimpleExpr, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, Statement, TryGetableMany, Value,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use time::Date;

pub use self::common::{FIRST_PIECE, MOST, PIECE, is_vain};
use self::wanted::Way;
pub use self::wanted::{Through, Wanted, Words, fewest};
use crate::db::{Reads, rows};
use crate::values::{FaultCode, Instant, Range, date, date_text, instant, instant_text};

/// What the values of a sort column are.
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

impl KeyType {
    /// Reads ids and values, these as they stand in a cursor.
    async fn read(self, db: &impl Reads, statement: Statement) -> Result<Vec<Position>, DbErr> {
        async fn all<V>(
            db: &impl Reads,
            statement: Statement,
            text: impl Fn(V) -> Option<String>,
        ) -> Result<Vec<Position>, DbErr>
        where
            (i64, V, i64): TryGetableMany + DeserializeOwned,
        {
            let mut rows: Vec<(i64, V, i64)> = rows(db, statement, "id, sort_key, branch").await?;
            // Branches are read one after another, but no engine promises it.
            rows.sort_by_key(|(_, _, branch)| *branch);
            Ok(rows.into_iter().map(|(id, value, _)| Position { value: text(value), id }).collect())
        }
        match self {
            Self::Text => all(db, statement, |text: Option<String>| text).await,
            Self::Date => all(db, statement, |date: Option<Date>| date.map(date_text)).await,
            Self::Instant => all(db, statement, |instant: Option<Instant>| instant.map(instant_text)).await,
            Self::Id => all(db, statement, |id: i64| Some(id.to_string())).await,
        }
    }
}

/// What rows can be sorted by.
#[derive(Clone, Copy, Debug)]
pub struct Key<C> {
    /// Its name in a request.
    pub name: &'static str,
    /// The column.
    pub column: C,
    /// What its values are.
    pub kind: KeyType,
    /// Whether it may be NULL.
    pub nullable: bool,
}

/// An order of rows: a column, then the id, both in one direction.
#[derive(Clone, Copy, Debug)]
pub struct Sort<C> {
    /// The column.
    pub key: Key<C>,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl<C: Copy> Sort<C> {
    /// Reads `name` or `-name`, the latter the greatest first.
    ///
    /// # Errors
    /// `invalid_enum`.
    pub fn parse(keys: &[Key<C>], text: &str) -> Result<Self, FaultCode> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let key = keys.iter().find(|key| key.name == name).ok_or(FaultCode::InvalidEnum)?;
        Ok(Self { key: *key, descending })
    }
}

/// The keys of a row, by which the page after it begins.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Position {
    /// The sort column's value.
    pub value: Option<String>,
    /// The id.
    pub id: i64,
}

impl Position {
    /// The value as a parameter of a statement.
    fn parameter(&self, kind: KeyType) -> Option<Value> {
        let text = self.value.as_deref()?;
        match kind {
            KeyType::Text => Some(text.into()),
            KeyType::Date => date(text).ok().map(Into::into),
            KeyType::Instant => instant(text).ok().map(Into::into),
            KeyType::Id => Some(self.id.into()),
        }
    }
}

/// A range as a condition on a column of rows that are walked in the order of `sort`, once it is begun from behind a place. The column
/// of the walk is bounded there already, and not once more: of two bounds on one side SQLite takes the first, wherever the page starts.
pub fn within_range<C: ColumnTrait>(range: impl Range, column: C, sort: Option<Sort<C>>, is_begun: bool) -> Condition {
    let begun = sort.filter(|sort| is_begun && is_walked(column, Some(sort.key.column)));
    let range = begun.map_or(range, |sort| range.rest(sort.descending));
    range.condition(&operand(column, sort.map(|sort| sort.key.column)))
}

/// Whether rows that are walked along `walked` are walked along this column.
pub fn is_walked<C: ColumnTrait>(column: C, walked: Option<C>) -> bool {
    walked.is_some_and(|walked| walked.as_str() == column.as_str())
}

/// A column in a condition on rows that are walked along `walked`, whose own bounds bound the walk. Any other column has a sign
/// before it, behind which SQLite does not look for an index; MariaDB does, and weighs the index by what it knows of the values.
pub fn operand<C: ColumnTrait>(column: C, walked: Option<C>) -> Expr {
    if is_walked(column, walked) {
        column.into_simple_expr()
    } else {
        Expr::cust_with_exprs("+?", [column.into_simple_expr()])
    }
}

/// Whether the row lies in the bin.
pub fn is_deleted(deleted_at: impl ColumnTrait, deleted: bool) -> Expr {
    at_hand(if deleted { deleted_at.is_not_null() } else { deleted_at.is_null() })
}

/// A condition that neither engine takes for a way to the rows: nearly all of them may meet it.
pub fn at_hand(condition: Expr) -> Expr {
    condition.eq(true)
}

/// A part of the order: rows without a value, rows with one, or all rows where the column is never NULL.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stretch {
    Nulls,
    Values,
    All,
}

/// The positions of one page of the rows.
///
/// # Errors
/// When the database fails.
pub async fn page<E>(
    db: &impl Reads,
    wanted: Wanted<E>,
    id: E::Column,
    sort: Sort<E::Column>,
    after: Option<&Position>,
    limit: u64,
) -> Result<Vec<Position>, DbErr>
where
    E: EntityTrait,
{
    match wanted.planned(db, id).await? {
        Way::Straight(rows) => positions(db, &rows, id, sort, after, limit).await,
        Way::Common(common) => match common.page(db, id, sort, after, limit).await? {
            Some(page) => Ok(page),
            None => positions(db, &common.by_index, id, sort, after, limit).await,
        },
    }
}

/// The positions of so many rows behind a place.
async fn positions<E>(
    db: &impl Reads,
    query: &Select<E>,
    id: E::Column,
    sort: Sort<E::Column>,
    after: Option<&Position>,
    limit: u64,
) -> Result<Vec<Position>, DbErr>
where
    E: EntityTrait,
{
    let stretches: &[Stretch] = match (sort.key.nullable, sort.descending) {
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
        let branch = |(number, Branch { condition, of_one_value }): (usize, Branch)| {
            let mut rows = query.clone();
            if !of_one_value {
                rows = rows.order_by(sort.key.column, order.clone());
            }
            rows.select_only()
                .column_as(id, "id")
                .column_as(sort.key.column, "sort_key")
                .expr_as(Expr::cust(number.to_string()), "branch")
                .filter(condition)
                .order_by(id, order.clone())
                .limit(wanted)
                .build(db.get_database_backend())
        };
        let branches =
            branches(*stretch, sort, id, bound, db.get_database_backend()).into_iter().enumerate().map(branch);
        found.extend(sort.key.kind.read(db, one_after_another(branches.collect(), wanted)).await?);
    }
    Ok(found)
}

/// The rows of statements, those of the first before those of the second, as far as `limit`.
fn one_after_another(mut statements: Vec<Statement>, limit: u64) -> Statement {
    if statements.len() == 1 {
        return statements.remove(0);
    }
    let backend = statements[0].db_backend;
    let (mut branches, mut values) = (Vec::new(), Vec::new());
    for (number, statement) in statements.into_iter().enumerate() {
        branches.push(format!("SELECT * FROM ({}) branch_{number}", statement.sql));
        values.extend(statement.values.into_iter().flat_map(|values| values.0));
    }
    values.push(limit.into());
    Statement::from_sql_and_values(backend, format!("{} LIMIT ?", branches.join(" UNION ALL ")), values)
}

/// Rows that follow one another along the index of an order.
struct Branch {
    condition: Condition,
    /// Whether the sort column is the same in all of them. MariaDB would sort them if it were asked for its order, too.
    of_one_value: bool,
}

/// What the rows of a stretch are behind a place: one branch, or two.
fn branches<C: ColumnTrait>(
    stretch: Stretch,
    sort: Sort<C>,
    id: C,
    bound: Option<&Position>,
    backend: DatabaseBackend,
) -> Vec<Branch> {
    let beyond = |column: C, value: Value| if sort.descending { column.lt(value) } else { column.gt(value) };
    let condition = match stretch {
        Stretch::Nulls => Condition::all().add(sort.key.column.is_null()),
        Stretch::Values => Condition::all().add(sort.key.column.is_not_null()),
        Stretch::All => Condition::all(),
    };
    let of_one_value = stretch == Stretch::Nulls;
    let Some(position) = bound else { return vec![Branch { condition, of_one_value }] };
    match position.parameter(sort.key.kind).filter(|_| stretch != Stretch::Nulls && sort.key.kind != KeyType::Id) {
        None => vec![Branch { condition: condition.add(beyond(id, position.id.into())), of_one_value }],
        Some(value) => {
            let same = Condition::all().add(sort.key.column.eq(value.clone())).add(beyond(id, position.id.into()));
            let others = Condition::all().add(beyond(sort.key.column, value));
            if backend == DatabaseBackend::MySql {
                return vec![Branch { condition: condition.add(Condition::any().add(same).add(others)), of_one_value }];
            }
            vec![Branch { condition: same, of_one_value: true }, Branch { condition: others, of_one_value: false }]
        }
    }
}

/// Counts the rows, as far as `bound` when there is one.
///
/// # Errors
/// When the database fails.
pub async fn count<E: EntityTrait>(
    db: &impl Reads,
    wanted: Wanted<E>,
    id: E::Column,
    bound: Option<u64>,
) -> Result<u64, DbErr> {
    let rows = match wanted.planned(db, id).await? {
        Way::Straight(rows) => *rows,
        Way::Common(common) => {
            let by_id =
                Sort { key: Key { name: "id", column: id, kind: KeyType::Id, nullable: false }, descending: false };
            if let Some(bound) = bound
                && let Some(counted) = common.page(db, id, by_id, None, bound).await?
            {
                return Ok(counted.len() as u64);
            }
            common.by_index
        }
    };
    count_of(db, rows.select_only().column(id).into_query(), bound).await
}

async fn count_of(db: &impl ConnectionTrait, mut rows: SelectStatement, bound: Option<u64>) -> Result<u64, DbErr> {
    if let Some(bound) = bound {
        rows.limit(bound);
    }
    let counted = Query::select().expr(Expr::cust("COUNT(*)")).from_subquery(rows, Alias::new("counted")).to_owned();
    let row = db.query_one(&counted).await?.ok_or_else(|| DbErr::RecordNotFound("a count".to_owned()))?;
    let number: i64 = row.try_get_by_index(0)?;
    Ok(number.unsigned_abs())
}
