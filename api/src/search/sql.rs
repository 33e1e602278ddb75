//! Statements of the search. They are written as text: they are the same few for every search, and the engines know them already.

use entity::{patient, study};
use sea_orm::sea_query::{Expr, MysqlQueryBuilder, Query, SelectStatement, SqliteQueryBuilder, Values};
use sea_orm::{Condition, DatabaseBackend, DbErr, QueryResult, Statement, TryGetableMany, Value};
use serde::de::DeserializeOwned;

use super::filter::after_prefix;
use super::index::marked;
use super::plan::{Needle, Plan};
use super::rank::Tier;
use super::signature;
use crate::db::{Reads, padded, rows, rows_by};
use crate::values::DateRange;

/// A statement while it is written.
pub struct Sql {
    backend: DatabaseBackend,
    text: String,
    values: Vec<Value>,
}

/// A side of a place.
#[derive(Clone, Copy)]
pub enum Side {
    Behind,
    /// The place itself and what is behind it.
    From,
    /// What is before the place and the place itself.
    UpTo,
    Before,
}

impl Side {
    /// How columns compare with the values of the place: those before the last one, and the last.
    const fn signs(self) -> (&'static str, &'static str) {
        match self {
            Self::Behind => (">", ">"),
            Self::From => (">", ">="),
            Self::UpTo => ("<", "<="),
            Self::Before => ("<", "<"),
        }
    }
}

/// Whose words are looked at, and which date.
#[derive(Clone, Copy)]
pub struct Scope {
    pub words: &'static [&'static str],
    date: &'static str,
}

/// A patient, by an entry of the index.
pub const PATIENT_BY_ENTRY: Scope = Scope { words: &["entry.words"], date: "patient.birth_date" };
/// A patient, by its row.
pub const PATIENT: Scope = Scope { words: &["patient.search_words"], date: "patient.birth_date" };
/// A study and its patient.
pub const STUDY: Scope = Scope { words: &["study.search_words", "patient.search_words"], date: "study.study_date" };

impl Sql {
    pub fn new(backend: DatabaseBackend) -> Self {
        Self { backend, text: String::with_capacity(2048), values: Vec::with_capacity(32) }
    }

    /// A statement that is made already.
    pub fn of(backend: DatabaseBackend, select: &SelectStatement) -> Self {
        let mut sql = Self::new(backend);
        sql.select(select);
        sql
    }

    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// A value where the text now ends.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.text.push('?');
        self.values.push(value.into());
        self
    }

    /// Values in parentheses, a few lengths of the list: a few statements.
    pub fn bind_list<T: Into<Value> + Clone>(&mut self, values: &[T]) -> &mut Self {
        self.push("(");
        for (index, value) in padded(values).enumerate() {
            self.push(if index > 0 { ", " } else { "" }).bind(value);
        }
        self.push(")")
    }

    /// A join of which the left table is read first, so that rows come in its order.
    pub fn join(&mut self, table: &str) -> &mut Self {
        let join = if self.backend == DatabaseBackend::Sqlite { " CROSS JOIN " } else { " STRAIGHT_JOIN " };
        self.push(join).push(table)
    }

    /// Begins one of several results that follow one another. SQLite takes no LIMIT there, but in a table of its own.
    pub fn begin_branch(&mut self) -> &mut Self {
        if !self.text.is_empty() {
            self.push(" UNION ALL ");
        }
        self.push(if self.backend == DatabaseBackend::Sqlite { "SELECT * FROM (" } else { "(" })
    }

    pub fn end_branch(&mut self) -> &mut Self {
        self.push(")")
    }

    /// Whether nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Another statement where the text now ends.
    pub fn append(&mut self, other: Self) -> &mut Self {
        self.values.extend(other.values);
        self.push(&other.text)
    }

    /// What the text says, as a condition of another statement.
    pub fn into_condition(self) -> Expr {
        Expr::cust_with_values(self.text, self.values)
    }

    pub fn into_statement(self) -> Statement {
        Statement::from_sql_and_values(self.backend, self.text, self.values)
    }

    /// The rows of the statement, whose first columns have these names, in this order.
    pub async fn rows<R: TryGetableMany + DeserializeOwned>(
        self,
        db: &impl Reads,
        columns: &str,
    ) -> Result<Vec<R>, DbErr> {
        rows(db, self.into_statement(), columns).await
    }

    /// The numbers of a row whose columns were given these names.
    pub async fn numbers(self, db: &impl Reads, names: &[String]) -> Result<Vec<u64>, DbErr> {
        let read = |row: &QueryResult| names.iter().map(|name| row.try_get::<i64>("", name)).collect();
        let rows: Vec<Vec<i64>> = rows_by(db, self.into_statement(), &names.join(", "), read).await?;
        Ok(rows.into_iter().flatten().map(i64::unsigned_abs).collect())
    }

    /// `column` holds the text: its place there, 0 when it does not.
    pub fn instr(&mut self, column: &str, pattern: String) -> &mut Self {
        self.push("INSTR(").push(column).push(", ").bind(pattern).push(")")
    }

    /// Any of the columns has any of the needles.
    pub fn any_needle(&mut self, columns: &[&str], needles: &[Needle]) -> &mut Self {
        self.push("(");
        let mut joined = "";
        for needle in needles {
            for column in columns {
                self.push(joined).instr(column, needle.pattern()).push(" > 0");
                joined = " OR ";
            }
        }
        self.push(if joined.is_empty() { "1 = 0)" } else { ")" })
    }

    /// None of the columns has the leading term as an identifier.
    pub fn is_not_by_identifier(&mut self, plan: &Plan<'_>, columns: &[&str]) -> &mut Self {
        if plan.may_identify {
            self.push(" AND NOT (").any_identifier(columns, &plan.query.terms[plan.lead_term].raw).push(")");
        }
        self
    }

    fn any_identifier(&mut self, columns: &[&str], identifier: &str) -> &mut Self {
        for (index, column) in columns.iter().enumerate() {
            self.push(if index > 0 { " OR " } else { "" }).instr(column, marked(identifier)).push(" > 0");
        }
        self
    }

    /// The dates of a range.
    pub fn dates(&mut self, column: &str, range: DateRange) -> &mut Self {
        self.push("(").push(column).push(" IS NOT NULL");
        if let Some(from) = range.from {
            self.push(" AND ").push(column).push(" >= ").bind(from);
        }
        if let Some(to) = range.to {
            self.push(" AND ").push(column).push(" <= ").bind(to);
        }
        self.push(")")
    }

    /// A word of the query matches a row in a tier or one before it: by itself, or with its term as an identifier or a date.
    pub fn matches(&mut self, plan: &Plan<'_>, word: usize, upto: Tier, scope: Scope) -> &mut Self {
        let term = plan.term(word);
        self.push("(").any_needle(scope.words, &plan.needles(word, upto));
        if plan.may_identify {
            self.push(" OR ").any_identifier(scope.words, &term.raw);
        }
        if let Some(range) = term.date {
            self.push(" OR ").dates(scope.date, range);
        }
        self.push(")")
    }

    /// Every word but the leading ones matches.
    pub fn others_match(
        &mut self,
        plan: &Plan<'_>,
        upto: Tier,
        scope: Scope,
        leading: impl Fn(usize) -> bool,
    ) -> &mut Self {
        for word in (0..plan.words.len()).filter(|word| !leading(*word)) {
            self.push(" AND ").matches(plan, word, upto, scope);
        }
        self
    }

    /// Every word but those that are left out may match a row, as the signature in this table has it. It refuses most rows at the least price, and
    /// stands before all conditions that are read row by row.
    pub fn others_may_match(
        &mut self,
        plan: &Plan<'_>,
        upto: Tier,
        table: &str,
        is_left_out: impl Fn(usize) -> bool,
    ) -> &mut Self {
        for word in (0..plan.words.len()).filter(|word| !is_left_out(*word)) {
            let Some(wanted) = signature::wanted(plan, word, upto) else { continue };
            for (index, [low, high]) in wanted.into_iter().enumerate() {
                self.push(if index > 0 { " OR (" } else { " AND ((" }).push(table).push(".signature & ").bind(low);
                self.push(") = ").bind(low).push(" AND (").push(table).push(".signature_high & ").bind(high);
                self.push(") = ").bind(high);
            }
            self.push(")");
        }
        self
    }

    /// Not every word matches in a tier or one before it.
    pub fn not_all_match(&mut self, plan: &Plan<'_>, upto: Tier, scope: Scope) -> &mut Self {
        self.push(" AND NOT (");
        for word in 0..plan.words.len() {
            if word > 0 {
                self.push(" AND ");
            }
            self.matches(plan, word, upto, scope);
        }
        self.push(")")
    }

    /// What lists can ask of a row, as this statement's tables have it.
    pub fn filter(&mut self, condition: Condition, of_study: bool) -> &mut Self {
        let mut select = Query::select();
        select.expr(Expr::cust("1")).cond_where(condition);
        if of_study {
            select.from(study::Entity);
        } else {
            select.from(patient::Entity);
        }
        let (text, values) = self.built(&select);
        if let Some((_, condition)) = text.split_once(" WHERE ") {
            self.push(" AND (").push(condition).push(")");
            self.values.extend(values);
        }
        self
    }

    /// A whole statement.
    pub fn select(&mut self, select: &SelectStatement) -> &mut Self {
        let (text, values) = self.built(select);
        self.values.extend(values);
        self.push(&text)
    }

    fn built(&self, select: &SelectStatement) -> (String, Values) {
        match self.backend {
            DatabaseBackend::Sqlite => select.build(SqliteQueryBuilder),
            _ => select.build(MysqlQueryBuilder),
        }
    }

    /// The entries of some kinds.
    pub fn kinds(&mut self, kinds: &[i16]) -> &mut Self {
        let kinds: Vec<String> = kinds.iter().map(i16::to_string).collect();
        self.push("entry.kind IN (").push(&kinds.join(", ")).push(")")
    }

    /// The words that a needle finds, of a prefix from its beginning and to its end if nothing else bounds them there: SQLite
    /// uses one bound on each side, the first it sees.
    pub fn needle(&mut self, needle: &Needle, from: bool, to: bool) -> &mut Self {
        if !needle.is_prefix {
            return self.push(" AND entry.token = ").bind(needle.text.as_str());
        }
        if from {
            self.push(if needle.is_longer { " AND entry.token > " } else { " AND entry.token >= " });
            self.bind(needle.text.as_str());
        }
        if to {
            self.push(" AND entry.token < ").bind(after_prefix(&needle.text));
        }
        self
    }

    /// The rows on one side of a place in the order of an index, in whose columns it has these values. To go to the place instead of
    /// walking to it, SQLite needs a comparison of rows, and MariaDB one of columns, each behind those before it are equal.
    pub fn on_side(&mut self, columns: &[(&str, Value)], side: Side) -> &mut Self {
        let (names, values): (Vec<&str>, Vec<Value>) = columns.iter().cloned().unzip();
        let (strictly, at_last) = side.signs();
        if self.backend == DatabaseBackend::Sqlite {
            self.push(&format!(" AND ({}) {at_last} (", names.join(", ")));
            for (index, value) in values.into_iter().enumerate() {
                self.push(if index > 0 { ", " } else { "" }).bind(value);
            }
            return self.push(")");
        }
        self.push(" AND ");
        let last = names.len() - 1;
        for (name, value) in names.iter().zip(&values).take(last) {
            self.push(&format!("({name} {strictly} ")).bind(value.clone());
            self.push(&format!(" OR {name} = ")).bind(value.clone()).push(" AND ");
        }
        self.push(&format!("{} {at_last} ", names[last])).bind(values[last].clone()).push(&")".repeat(last))
    }

    /// The entry is the first of its row for all of these needles.
    pub fn is_first(&mut self, needles: &[Needle]) -> &mut Self {
        if let [needle] = needles {
            return self.push(" AND ").instr("entry.words", needle.pattern()).push(" = entry.place");
        }
        self.push(" AND entry.place > 0");
        for needle in needles {
            self.push(" AND (").instr("entry.words", needle.pattern()).push(" = 0 OR ");
            self.instr("entry.words", needle.pattern()).push(" >= entry.place)");
        }
        self
    }
}
