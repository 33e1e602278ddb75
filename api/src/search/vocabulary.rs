//! Words that are like a word: what it sounds like, and what one edit makes of it.

use std::collections::{BTreeSet, HashMap};

use sea_orm::DbErr;

use super::plan::Plan;
use super::rank::Tier;
use super::sound::sound;
use super::sql::Sql;
use crate::db::Reads;

/// Fewest letters of a word that is searched for with an error in it.
pub const FEWEST_LETTERS: usize = 4;
/// Most letters of such a word.
const MOST_LETTERS: usize = 32;

/// The word itself and all that is left of it without one of its letters. Two words of which one becomes the other by inserting,
/// deleting or replacing a letter, or by swapping two neighbours, have a variant in common. Nothing for words that are never
/// looked up so: numbers, and words too short to become one of [`FEWEST_LETTERS`] by an edit.
pub fn variants(word: &str) -> BTreeSet<String> {
    let letters: Vec<char> = word.chars().collect();
    if !(FEWEST_LETTERS - 1..=MOST_LETTERS).contains(&letters.len()) || !letters.iter().all(|c| c.is_alphabetic()) {
        return BTreeSet::new();
    }
    let without = |gap: usize| letters.iter().enumerate().filter(|(at, _)| *at != gap).map(|(_, c)| *c).collect();
    (0..letters.len()).map(without).chain([word.to_owned()]).collect()
}

/// Most words of the vocabulary that sound like one word of a query.
const MOST_ALIKE: i64 = 100;

/// What a row of the vocabulary answers when it is not a certain word of the query: all that share a variant with any.
const BY_VARIANT: i64 = -1;

/// Asks the vocabulary for the words that are like those of the query: those that sound alike and, `upto` that tier, those that are
/// one edit away.
///
/// # Errors
/// When the database fails.
pub async fn look_up(db: &impl Reads, plan: &mut Plan<'_>, upto: Tier) -> Result<(), DbErr> {
    let asked: Vec<(usize, String)> = (0..plan.words.len())
        .filter(|word| !plan.is_exact(*word))
        .map(|word| (word, plan.words[word].text.clone()))
        .collect();
    let mut sql = Sql::new(db.get_database_backend());
    push_sounding_like(&mut sql, &asked);
    if upto == Tier::Fuzzy {
        push_sharing_a_variant(&mut sql, &asked);
    }
    let rows: Vec<(i64, String)> = if sql.is_empty() { Vec::new() } else { sql.rows(db, "asked, word").await? };
    let mut alike: HashMap<usize, Vec<String>> = HashMap::new();
    let mut near: Vec<String> = Vec::new();
    for (asked, word) in rows {
        match usize::try_from(asked) {
            Ok(asked) => alike.entry(asked).or_default().push(word),
            Err(_) => near.push(word),
        }
    }
    for word in 0..plan.words.len() {
        plan.note_similar(Tier::Phonetic, word, alike.remove(&word).unwrap_or_default());
    }
    if upto == Tier::Fuzzy {
        for word in 0..plan.words.len() {
            let found = asked.iter().find(|(one, _)| *one == word).map(|(_, text)| one_edit_from(text, &near));
            plan.note_similar(Tier::Fuzzy, word, found.unwrap_or_default());
        }
    }
    Ok(())
}

fn push_sounding_like(sql: &mut Sql, asked: &[(usize, String)]) {
    for (word, text) in asked {
        let sound = sound(text);
        if !sound.is_empty() {
            sql.begin_branch().push(&format!("SELECT {word} AS asked, word FROM search_word WHERE sound = "));
            sql.bind(sound).push(" ORDER BY word LIMIT ").bind(MOST_ALIKE).end_branch();
        }
    }
}

fn push_sharing_a_variant(sql: &mut Sql, asked: &[(usize, String)]) {
    let long = asked.iter().filter(|(_, text)| text.chars().count() >= FEWEST_LETTERS);
    let variants: BTreeSet<String> = long.flat_map(|(_, text)| variants(text)).collect();
    if variants.is_empty() {
        return;
    }
    sql.begin_branch().push(&format!("SELECT {BY_VARIANT} AS asked, word FROM search_variant WHERE variant IN "));
    sql.bind_list(&variants.into_iter().collect::<Vec<_>>()).end_branch();
}

/// Those of the words that are one edit from a text. A shared variant may also stand for two edits, and words that share several
/// come as often.
fn one_edit_from(text: &str, words: &[String]) -> Vec<String> {
    if text.chars().count() < FEWEST_LETTERS {
        return Vec::new();
    }
    words.iter().filter(|word| strsim::osa_distance(word, text) == 1).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_one_edit_apart_share_a_variant() {
        for (one, other) in
            [("martin", "martins"), ("martin", "matin"), ("martin", "mortin"), ("martin", "matrin"), ("lea", "leaa")]
        {
            assert!(!variants(one).is_disjoint(&variants(other)), "{one} {other}");
        }
        assert!(variants("martin").is_disjoint(&variants("durand")));
        assert!(variants("p0042").is_empty() && variants("le").is_empty());
    }
}
