//! Changes of the index: what rows said before and say now, gathered and written in statements of many rows.

use std::collections::{BTreeMap, BTreeSet};

use entity::{patient, search_posting, search_token, study};
use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, Statement, Value};

use super::index::{Text, entries_of_patient, postings_of_study};
use super::sound::sound;
use super::vocabulary::variants;

/// Most rows of one statement.
const BATCH: usize = 64;

/// What is to become different in the index. It belongs into the transaction that writes the rows themselves.
///
/// ```ignore
/// let mut changes = Changes::default();
/// for row in &rows {
///     changes.patient(None, Some(row));
/// }
/// changes.write(transaction).await?;
/// ```
#[derive(Default)]
pub struct Changes {
    removed: Vec<search_token::Model>,
    added: Vec<search_token::Model>,
    removed_postings: Vec<search_posting::Model>,
    added_postings: Vec<search_posting::Model>,
    texts: BTreeMap<i64, Text>,
    words: BTreeSet<String>,
}

impl Changes {
    /// A patient as it was and as it is; nothing stands for "not in the registry". Rows have their ids, and their derived columns
    /// are filled ([`super::index::derive_patient`]).
    pub fn patient(&mut self, before: Option<&patient::Model>, after: Option<&patient::Model>) {
        let (before, after) = (before.map(entries_of_patient), after.map(entries_of_patient));
        if before == after {
            return;
        }
        self.words.extend(after.iter().flatten().map(|entry| entry.token.clone()));
        self.removed.extend(before.into_iter().flatten());
        self.added.extend(after.into_iter().flatten());
    }

    /// A study as it was and as it is; nothing stands for "not in the registry". Rows have their ids.
    pub fn study(&mut self, before: Option<&study::Model>, after: Option<&study::Model>) {
        let (before, after) = (before.map(postings_of_study), after.map(postings_of_study));
        if before == after {
            return;
        }
        self.removed_postings.extend(before.into_iter().flatten().map(|(posting, _)| posting));
        for (posting, text) in after.into_iter().flatten() {
            self.added_postings.push(posting);
            self.texts.entry(text.id).or_insert(text);
        }
    }

    /// Writes them. What is entered may be there already: a new index is filled beside a running server.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        self.leave_out_known_texts(db).await?;
        for text in self.texts.values() {
            self.added.extend(text.entries());
            self.words.extend(text.words().iter().cloned());
        }
        TOKENS.delete(db, self.removed.iter().map(token_key)).await?;
        POSTINGS.delete(db, self.removed_postings.iter().map(posting_values)).await?;
        TEXTS.insert(db, self.texts.keys().map(|id| vec![(*id).into()])).await?;
        TOKENS.insert(db, self.added.iter().map(token_values)).await?;
        POSTINGS.insert(db, self.added_postings.iter().map(posting_values)).await?;
        self.enter_new_words(db).await
    }

    async fn leave_out_known_texts(&mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let ids: Vec<Value> = self.texts.keys().map(|id| (*id).into()).collect();
        for row in TEXTS.known(db, ids).await? {
            self.texts.remove(&row.try_get_by_index::<i64>(0)?);
        }
        Ok(())
    }

    async fn enter_new_words(mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let words: Vec<Value> = self.words.iter().map(|word| word.as_str().into()).collect();
        for row in WORDS.known(db, words).await? {
            self.words.remove(&row.try_get_by_index::<String>(0)?);
        }
        WORDS.insert(db, self.words.iter().map(|word| vec![word.as_str().into(), sound(word).into()])).await?;
        let variants =
            self.words.iter().flat_map(|word| variants(word).into_iter().map(move |variant| (variant, word)));
        VARIANTS.insert(db, variants.map(|(variant, word)| vec![variant.into(), word.as_str().into()])).await
    }
}

fn token_values(entry: &search_token::Model) -> Vec<Value> {
    let mut values = token_key(entry);
    values.extend([entry.place.into(), entry.words.as_str().into()]);
    values
}

fn token_key(entry: &search_token::Model) -> Vec<Value> {
    let (token, sort_key) = (entry.token.as_str(), entry.sort_key.as_str());
    vec![entry.kind.into(), token.into(), entry.field.into(), sort_key.into(), entry.row_id.into()]
}

fn posting_values(posting: &search_posting::Model) -> Vec<Value> {
    vec![posting.text_id.into(), posting.newest.into(), posting.study_id.into()]
}

/// A table of the index, its columns, and how many of them are its key.
struct Table {
    name: &'static str,
    columns: &'static [&'static str],
    key: usize,
}

const TOKENS: Table = Table {
    name: "search_token",
    columns: &["kind", "token", "field", "sort_key", "row_id", "place", "words"],
    key: 5,
};
const POSTINGS: Table = Table { name: "search_posting", columns: &["text_id", "newest", "study_id"], key: 3 };
const TEXTS: Table = Table { name: "search_text", columns: &["id"], key: 1 };
const WORDS: Table = Table { name: "search_word", columns: &["word", "sound"], key: 1 };
const VARIANTS: Table = Table { name: "search_variant", columns: &["variant", "word"], key: 2 };

impl Table {
    /// Inserts rows, in place of those that have the same key.
    async fn insert(&self, db: &impl ConnectionTrait, rows: impl Iterator<Item = Vec<Value>>) -> Result<(), DbErr> {
        let row = format!("({})", vec!["?"; self.columns.len()].join(", "));
        let columns = self.columns.join(", ");
        // What is only ever added is left as it is, so that writers of the same word do not wait for one another.
        let verb = match (self.key == self.columns.len(), db.get_database_backend()) {
            (false, _) => "REPLACE",
            (true, DatabaseBackend::Sqlite) => "INSERT OR IGNORE",
            (true, _) => "INSERT IGNORE",
        };
        let head = format!("{verb} INTO {} ({columns}) VALUES ", self.name);
        in_batches(db, rows, |size| head.clone() + &vec![row.as_str(); size].join(", ")).await
    }

    /// Deletes the rows of these keys.
    async fn delete(&self, db: &impl ConnectionTrait, keys: impl Iterator<Item = Vec<Value>>) -> Result<(), DbErr> {
        let key: Vec<String> = self.columns[..self.key].iter().map(|column| format!("{column} = ?")).collect();
        let key = format!("({})", key.join(" AND "));
        let head = format!("DELETE FROM {} WHERE ", self.name);
        in_batches(db, keys, |size| head.clone() + &vec![key.as_str(); size].join(" OR ")).await
    }

    /// Those of the keys, of one column, that are there.
    async fn known(&self, db: &impl ConnectionTrait, keys: Vec<Value>) -> Result<Vec<sea_orm::QueryResult>, DbErr> {
        let mut known = Vec::new();
        for keys in batches(keys) {
            let marks = vec!["?"; keys.len()].join(", ");
            let sql = format!("SELECT {key} FROM {} WHERE {key} IN ({marks})", self.name, key = self.columns[0]);
            known.extend(db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, keys)).await?);
        }
        Ok(known)
    }
}

async fn in_batches(
    db: &impl ConnectionTrait,
    rows: impl Iterator<Item = Vec<Value>>,
    sql: impl Fn(usize) -> String,
) -> Result<(), DbErr> {
    for rows in batches(rows.collect()) {
        let sql = sql(rows.len());
        let values = rows.into_iter().flatten();
        db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    }
    Ok(())
}

/// Cuts rows into batches of a power of two, so that there are few statements, which stay prepared.
fn batches<T>(mut rows: Vec<T>) -> Vec<Vec<T>> {
    let mut batches = Vec::new();
    while !rows.is_empty() {
        let size = 1 << rows.len().min(BATCH).ilog2();
        batches.push(rows.drain(..size).collect());
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_have_few_sizes_and_keep_every_row() {
        let cut = batches((0..199).collect());
        let sizes: Vec<usize> = cut.iter().map(Vec::len).collect();
        assert_eq!(sizes, [64, 64, 64, 4, 2, 1]);
        assert_eq!(cut.concat(), (0..199).collect::<Vec<_>>());
    }
}
