//! Changes of the index: what rows said before and say now, gathered and written in statements of many rows.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::sync::Arc;

use entity::{patient, search_posting, search_token, study};
use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, Statement, Value};

use super::index::{Text, entries_of_patient, postings_of_study};
use super::sound::sound;
use super::vocabulary::variants;
use crate::db::{batch_of, execute_each};

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
    texts: BTreeMap<i64, Arc<Text>>,
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
        // In the order of the keys, in which the tables lie on the disk.
        self.added.sort_unstable_by(|a, b| key_of(a).cmp(&key_of(b)));
        self.added_postings.sort_unstable_by_key(|posting| (posting.text_id, posting.newest, posting.study_id));
        TOKENS.delete(db, std::mem::take(&mut self.removed), token_key).await?;
        POSTINGS.delete(db, std::mem::take(&mut self.removed_postings), posting_key).await?;
        TEXTS.insert(db, self.texts.keys().copied().collect(), |id| vec![id.into()]).await?;
        TOKENS.insert(db, std::mem::take(&mut self.added), token_values).await?;
        POSTINGS.insert(db, std::mem::take(&mut self.added_postings), posting_values).await?;
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
        let words: Vec<String> = self.words.into_iter().collect();
        let variants = words.iter().flat_map(|word| variants(word).into_iter().map(move |variant| (variant, word)));
        let variants: Vec<(String, String)> = variants.map(|(variant, word)| (variant, word.clone())).collect();
        let with_sound = |word: String| {
            let sound = sound(&word);
            vec![word.into(), sound.into()]
        };
        WORDS.insert(db, words, with_sound).await?;
        VARIANTS.insert(db, variants, |(variant, word)| vec![variant.into(), word.into()]).await
    }
}

fn key_of(entry: &search_token::Model) -> (i16, &str, i16, &str, i64) {
    (entry.kind, &entry.token, entry.field, &entry.sort_key, entry.row_id)
}

fn token_values(entry: search_token::Model) -> Vec<Value> {
    let search_token::Model { place, words, signature, signature_high, .. } = entry;
    let mut values = token_key(search_token::Model { words: String::new(), ..entry });
    values.extend([place.into(), words.into(), signature.into(), signature_high.into()]);
    values
}

fn token_key(entry: search_token::Model) -> Vec<Value> {
    vec![entry.kind.into(), entry.token.into(), entry.field.into(), entry.sort_key.into(), entry.row_id.into()]
}

fn posting_values(posting: search_posting::Model) -> Vec<Value> {
    let signature = [posting.signature.into(), posting.signature_high.into()];
    let mut values = posting_key(posting);
    values.extend(signature);
    values
}

fn posting_key(search_posting::Model { text_id, newest, study_id, .. }: search_posting::Model) -> Vec<Value> {
    vec![text_id.into(), newest.into(), study_id.into()]
}

/// A table of the index, its columns, and how many of them are its key.
struct Table {
    name: &'static str,
    columns: &'static [&'static str],
    key: usize,
}

const TOKENS: Table = Table {
    name: "search_token",
    columns: &["kind", "token", "field", "sort_key", "row_id", "place", "words", "signature", "signature_high"],
    key: 5,
};
const POSTINGS: Table = Table {
    name: "search_posting",
    columns: &["text_id", "newest", "study_id", "signature", "signature_high"],
    key: 3,
};
const TEXTS: Table = Table { name: "search_text", columns: &["id"], key: 1 };
const WORDS: Table = Table { name: "search_word", columns: &["word", "sound"], key: 1 };
const VARIANTS: Table = Table { name: "search_variant", columns: &["variant", "word"], key: 2 };

impl Table {
    /// Inserts rows, in place of those that have the same key.
    async fn insert<R>(
        &self,
        db: &impl ConnectionTrait,
        rows: Vec<R>,
        values: impl Fn(R) -> Vec<Value>,
    ) -> Result<(), DbErr> {
        let row = format!("({})", vec!["?"; self.columns.len()].join(", "));
        let columns = self.columns.join(", ");
        // What is only ever added is left as it is, so that writers of the same word do not wait for one another.
        let verb = match (self.key == self.columns.len(), db.get_database_backend()) {
            (false, _) => "REPLACE",
            (true, DatabaseBackend::Sqlite) => "INSERT OR IGNORE",
            (true, _) => "INSERT IGNORE",
        };
        let head = format!("{verb} INTO {} ({columns}) VALUES ", self.name);
        in_batches(db, rows, values, |size| head.clone() + &vec![row.as_str(); size].join(", ")).await
    }

    /// Deletes the rows of these keys.
    async fn delete<R>(
        &self,
        db: &impl ConnectionTrait,
        rows: Vec<R>,
        keys: impl Fn(R) -> Vec<Value>,
    ) -> Result<(), DbErr> {
        let key: Vec<String> = self.columns[..self.key].iter().map(|column| format!("{column} = ?")).collect();
        let key = format!("({})", key.join(" AND "));
        let head = format!("DELETE FROM {} WHERE ", self.name);
        in_batches(db, rows, keys, |size| head.clone() + &vec![key.as_str(); size].join(" OR ")).await
    }

    /// Those of the keys, of one column, that are there.
    async fn known(&self, db: &impl ConnectionTrait, keys: Vec<Value>) -> Result<Vec<sea_orm::QueryResult>, DbErr> {
        let (mut keys, mut known) = (keys.into_iter(), Vec::new());
        while keys.len() > 0 {
            let size = batch_of(keys.len());
            let keys: Vec<Value> = keys.by_ref().take(size).collect();
            let marks = vec!["?"; keys.len()].join(", ");
            let sql = format!("SELECT {key} FROM {} WHERE {key} IN ({marks})", self.name, key = self.columns[0]);
            known.extend(db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, keys)).await?);
        }
        Ok(known)
    }
}

async fn in_batches<R>(
    db: &impl ConnectionTrait,
    rows: Vec<R>,
    values: impl Fn(R) -> Vec<Value>,
    sql: impl Fn(usize) -> String,
) -> Result<(), DbErr> {
    let (backend, mut rows) = (db.get_database_backend(), rows.into_iter());
    let statements = iter::from_fn(|| {
        let size = batch_of(rows.len());
        let values = rows.by_ref().take(size).flat_map(&values);
        (size > 0).then(|| Statement::from_sql_and_values(backend, sql(size), values))
    });
    execute_each(db, statements).await
}
