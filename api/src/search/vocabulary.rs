//! Words that are like a word: what it sounds like, and what one edit makes of it.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ConnectionTrait, DbErr};

use super::plan::Plan;
use super::rank::Tier;
use super::sound::sound;
use super::sql::Sql;

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

/// Most words of the vocabulary that stand for one word of a query.
const MOST_SIMILAR: i64 = 100;

/// Asks the vocabulary for the words that are like those of the query.
///
/// # Errors
/// When the database fails.
pub async fn look_up(db: &impl ConnectionTrait, plan: &mut Plan<'_>, tier: Tier) -> Result<(), DbErr> {
    let asked: Vec<(usize, String)> = (0..plan.words.len())
        .filter(|word| !plan.is_exact(*word))
        .map(|word| (word, plan.words[word].text.clone()))
        .collect();
    let mut found = match tier {
        Tier::Phonetic => sounding_like(db, &asked).await?,
        Tier::Fuzzy => one_edit_from(db, &asked).await?,
        Tier::Exact | Tier::Prefix => HashMap::new(),
    };
    for word in 0..plan.words.len() {
        plan.note_similar(tier, word, found.remove(&word).unwrap_or_default());
    }
    Ok(())
}

async fn sounding_like(
    db: &impl ConnectionTrait,
    asked: &[(usize, String)],
) -> Result<HashMap<usize, Vec<String>>, DbErr> {
    let mut sql = Sql::new(db.get_database_backend());
    for (word, text) in asked {
        let sound = sound(text);
        if !sound.is_empty() {
            sql.begin_branch().push(&format!("SELECT {word} AS asked, word FROM search_word WHERE sound = "));
            sql.bind(sound).push(" ORDER BY word LIMIT ").bind(MOST_SIMILAR).end_branch();
        }
    }
    let mut found: HashMap<usize, Vec<String>> = HashMap::new();
    let rows: Vec<(i64, String)> = if sql.is_empty() { Vec::new() } else { sql.rows(db, "asked, word").await? };
    for (asked, word) in rows {
        found.entry(usize::try_from(asked).unwrap_or_default()).or_default().push(word);
    }
    Ok(found)
}

async fn one_edit_from(
    db: &impl ConnectionTrait,
    asked: &[(usize, String)],
) -> Result<HashMap<usize, Vec<String>>, DbErr> {
    let asked = || asked.iter().filter(|(_, text)| text.chars().count() >= FEWEST_LETTERS);
    let variants: BTreeSet<String> = asked().flat_map(|(_, text)| variants(text)).collect();
    if variants.is_empty() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new(db.get_database_backend());
    for (index, variant) in variants.iter().enumerate() {
        sql.push(if index > 0 { ", " } else { "SELECT word FROM search_variant WHERE variant IN (" });
        sql.bind(variant.as_str());
    }
    sql.push(")");
    let words: Vec<(String,)> = sql.rows(db, "word").await?;
    let words = words.into_iter().map(|(word,)| word);
    let words: Vec<String> = words.collect();
    // A shared variant may also stand for two edits; words that share several come as often.
    let near = |text: &str| words.iter().filter(|word| strsim::osa_distance(word, text) == 1).cloned().collect();
    Ok(asked().map(|(word, text)| (*word, near(text))).collect())
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
