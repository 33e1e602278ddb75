//! Numbers of rows, several counted in one statement, and each as far as it matters.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use sea_orm::{DatabaseBackend, DbErr};

use super::sql::Sql;
use crate::db::Reads;
use crate::recent::Recent;

/// A number of rows that were counted as far as a bound.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    pub number: u64,
    pub bound: u64,
}

impl Counted {
    /// The number, unless there may be more on the way to another bound.
    pub fn upto(self, bound: u64) -> Option<u64> {
        (self.number < self.bound || bound <= self.bound).then_some(self.number)
    }
}

/// Numbers that one statement yields.
pub struct Numbers {
    sql: Sql,
    names: Vec<String>,
}

impl Numbers {
    pub fn new(backend: DatabaseBackend) -> Self {
        Self { sql: Sql::new(backend), names: Vec::new() }
    }

    /// The number that an expression is.
    pub fn ask(&mut self, number: impl FnOnce(&mut Sql)) {
        let name = format!("n{}", self.names.len());
        number(self.sql.push(if self.names.is_empty() { "SELECT " } else { ", " }));
        self.sql.push(" AS ").push(&name);
        self.names.push(name);
    }

    /// How many rows there are of these, as far as `bound`. What is written follows FROM.
    pub fn count(&mut self, bound: u64, rows: impl FnOnce(&mut Sql)) {
        self.ask(|sql| {
            rows(sql.push("(SELECT COUNT(*) FROM (SELECT 1 FROM "));
            sql.push(" LIMIT ").bind(bound.cast_signed()).push(") counted)");
        });
    }

    /// The numbers, in the order in which they were asked for.
    pub async fn read(self, db: &impl Reads) -> Result<Vec<u64>, DbErr> {
        if self.names.is_empty() { Ok(Vec::new()) } else { self.sql.numbers(db, &self.names).await }
    }
}

/// How many rows there are of each of these keys, at least as far as its bound: what is remembered, the others counted in one
/// statement.
pub async fn counted<K: Clone + Ord + Hash>(
    db: &impl Reads,
    recent: &Recent<K, Counted>,
    keys: BTreeSet<K>,
    bound: impl Fn(&K) -> u64,
    rows: impl Fn(&mut Sql, &K),
) -> Result<HashMap<K, u64>, DbErr> {
    let (mut known, mut unknown) = (HashMap::new(), Vec::new());
    let mut numbers = Numbers::new(db.get_database_backend());
    for key in keys {
        let bound = bound(&key);
        if let Some(number) = recent.fresh(&key).and_then(|counted| counted.upto(bound)) {
            known.insert(key, number);
        } else {
            numbers.count(bound, |sql| rows(sql, &key));
            unknown.push((key, bound));
        }
    }
    for ((key, bound), number) in unknown.into_iter().zip(numbers.read(db).await?) {
        recent.keep(key.clone(), Counted { number, bound });
        known.insert(key, number);
    }
    Ok(known)
}
