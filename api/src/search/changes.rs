//! Changes of the index: what rows said before and say now, gathered and written in statements of many rows.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::Hash;
use std::iter;
use std::ops::Range;
use std::sync::Arc;

use entity::{patient, search_posting, search_token, study};
use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr, Statement, TryGetable, Value};

use super::backlog::{self, Resource, Run};
use super::index::{Text, entries_of_patient, postings_of_study};
use super::sound::sound;
use super::vocabulary::variants;
use crate::db::{batch_of, execute_each};

/// What is to become different in the index. It belongs into the transaction that writes the rows themselves, unless that notes it as
/// owed (`search/backlog.rs`).
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
    /// Rows that are new, in runs of ids.
    entered: Vec<Run>,
    /// Rows that the index may have known before, of which it says something else now.
    changed: BTreeSet<(Resource, i64)>,
}

impl Changes {
    /// A patient as it was and as it is; nothing stands for "not in the registry". Rows have their ids, and their derived columns
    /// are filled ([`super::index::derive_patient`]).
    pub fn patient(&mut self, before: Option<&patient::Model>, after: Option<&patient::Model>) {
        let ids = (before.map(|row| row.id), after.map(|row| row.id));
        let (before, after) = (before.map(entries_of_patient), after.map(entries_of_patient));
        if before == after {
            return;
        }
        self.meet(Resource::Patient, ids);
        self.words.extend(after.iter().flatten().map(|entry| entry.token.clone()));
        self.removed.extend(before.into_iter().flatten());
        self.added.extend(after.into_iter().flatten());
    }

    /// A study as it was and as it is; nothing stands for "not in the registry". Rows have their ids.
    pub fn study(&mut self, before: Option<&study::Model>, after: Option<&study::Model>) {
        let ids = (before.map(|row| row.id), after.map(|row| row.id));
        let (before, after) = (before.map(postings_of_study), after.map(postings_of_study));
        if before == after {
            return;
        }
        self.meet(Resource::Study, ids);
        self.removed_postings.extend(before.into_iter().flatten().map(|(posting, _)| posting));
        for (posting, text) in after.into_iter().flatten() {
            self.added_postings.push(posting);
            self.texts.entry(text.id).or_insert(text);
        }
    }

    /// Notes a row of which the index says something else than before.
    fn meet(&mut self, resource: Resource, ids: (Option<i64>, Option<i64>)) {
        match ids {
            (None, Some(id)) => match self.entered.iter_mut().find(|run| run.resource == resource) {
                Some(run) => (run.first, run.last) = (run.first.min(id), run.last.max(id)),
                None => self.entered.push(Run { resource, first: id, last: id }),
            },
            (before, _) => self.changed.extend(before.map(|id| (resource, id))),
        }
    }

    /// Writes them. What is entered may be there already: a new index is filled beside a running server.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        backlog::settle(db, &self.changed).await?;
        TOKENS.delete(db, std::mem::take(&mut self.removed), token_key).await?;
        POSTINGS.delete(db, std::mem::take(&mut self.removed_postings), posting_key).await?;
        self.sort();
        self.write_vocabulary(db).await?;
        TOKENS.insert(db, self.added, token_values).await?;
        POSTINGS.insert(db, self.added_postings, posting_values).await
    }

    /// The runs of new rows.
    pub fn entered(&self) -> &[Run] {
        &self.entered
    }

    /// How many entries of patients are to be entered.
    pub fn entries(&self) -> usize {
        self.added.len()
    }

    /// How many postings of studies are to be entered.
    pub fn postings(&self) -> usize {
        self.added_postings.len()
    }

    /// Takes over what is to be entered by others.
    pub fn absorb(&mut self, other: Self) {
        self.added.extend(other.added);
        self.added_postings.extend(other.added_postings);
        self.texts.extend(other.texts);
        self.words.extend(other.words);
        self.entered.extend(other.entered);
    }

    /// Puts what is to be entered in the order of the keys, in which the tables lie on the disk.
    pub fn sort(&mut self) {
        self.added.sort_unstable_by(|a, b| key_of(a).cmp(&key_of(b)));
        self.added_postings.sort_unstable_by_key(|posting| (posting.text_id, posting.newest, posting.study_id));
    }

    /// Enters those of `slice` of the entries whose patients `is_wanted` names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_entries(
        &self,
        db: &impl ConnectionTrait,
        slice: Range<usize>,
        is_wanted: impl Fn(i64) -> bool,
    ) -> Result<(), DbErr> {
        let entries = self.added[slice].iter().filter(|entry| is_wanted(entry.row_id)).cloned().collect();
        TOKENS.insert(db, entries, token_values).await
    }

    /// Enters those of `slice` of the postings whose studies `is_wanted` names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write_postings(
        &self,
        db: &impl ConnectionTrait,
        slice: Range<usize>,
        is_wanted: impl Fn(i64) -> bool,
    ) -> Result<(), DbErr> {
        let postings = self.added_postings[slice].iter().filter(|posting| is_wanted(posting.study_id));
        POSTINGS.insert(db, postings.cloned().collect(), posting_values).await
    }

    /// Enters the texts and words that are not known yet.
    async fn write_vocabulary(&self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let texts: Vec<&Text> = self.texts.values().map(|text| &**text).collect();
        write_texts(db, &texts).await?;
        write_words(db, self.words()).await
    }

    /// The texts that studies say.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &Text> {
        self.texts.values().map(|text| &**text)
    }

    /// The words of patients and of texts.
    pub fn words(&self) -> BTreeSet<&str> {
        self.texts().flat_map(Text::words).chain(&self.words).map(String::as_str).collect()
    }
}

/// Enters texts with their entries, unless they are known.
///
/// # Errors
/// When the database fails.
pub async fn write_texts(db: &impl ConnectionTrait, texts: &[&Text]) -> Result<(), DbErr> {
    let known = TEXTS.known::<i64>(db, texts.iter().map(|text| text.id.into())).await?;
    let texts: Vec<&Text> = texts.iter().copied().filter(|text| !known.contains(&text.id)).collect();
    TEXTS.insert(db, texts.iter().map(|text| text.id).collect(), |id| vec![id.into()]).await?;
    let mut entries: Vec<_> = texts.iter().flat_map(|text| text.entries()).collect();
    entries.sort_unstable_by(|a, b| key_of(a).cmp(&key_of(b)));
    TOKENS.insert(db, entries, token_values).await
}

/// Enters words with their variants, unless they are known.
///
/// # Errors
/// When the database fails.
pub async fn write_words(db: &impl ConnectionTrait, words: BTreeSet<&str>) -> Result<(), DbErr> {
    let known = WORDS.known::<String>(db, words.iter().map(|word| (*word).into())).await?;
    let words: Vec<&str> = words.into_iter().filter(|word| !known.contains(*word)).collect();
    let variants = words.iter().flat_map(|word| variants(word).into_iter().map(move |variant| (variant, *word)));
    let mut variants: Vec<(String, &str)> = variants.collect();
    variants.sort_unstable();
    WORDS.insert(db, words, |word| vec![word.into(), sound(word).into()]).await?;
    VARIANTS.insert(db, variants, |(variant, word)| vec![variant.into(), word.into()]).await
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
    async fn known<K: TryGetable + Eq + Hash>(
        &self,
        db: &impl ConnectionTrait,
        mut keys: impl ExactSizeIterator<Item = Value>,
    ) -> Result<HashSet<K>, DbErr> {
        let mut known = HashSet::new();
        while keys.len() > 0 {
            let size = batch_of(keys.len());
            let keys: Vec<Value> = keys.by_ref().take(size).collect();
            let marks = vec!["?"; keys.len()].join(", ");
            let sql = format!("SELECT {key} FROM {} WHERE {key} IN ({marks})", self.name, key = self.columns[0]);
            let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, keys)).await?;
            for row in rows {
                known.insert(row.try_get_by_index(0)?);
            }
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
