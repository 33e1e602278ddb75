//! What a query compares with what.

use std::collections::{BTreeSet, HashMap};

use super::filter::after_prefix;
use super::query::{SearchQuery, Term};
use super::rank::Tier;

/// Most neighbouring words that may be one word of a row: `de la tour` and `delatour`.
const LONGEST_RUN: usize = 4;

/// Most orders of the words of a query that are looked for as names.
const MOST_ORDERS: usize = 4;
/// The character behind the space, which parts the words of a name: before it come the name that ends there, and those that go on
/// with another word.
const BEHIND_SPACE: char = '!';

/// As many needles stand in one statement: SQLite takes 32,766 values in one, and a needle may be a dozen of them.
const MOST_NEEDLES: usize = 2_000;
/// As many words of the vocabulary stand for the words of a query in one tier.
const MOST_SIMILAR: usize = 400;

/// A text that is looked for in the words of a row: a whole word, or the beginning of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Needle {
    pub text: String,
    pub is_prefix: bool,
    /// Whether its entries are those of longer words alone.
    pub is_longer: bool,
}

impl Needle {
    fn word(text: &str) -> Self {
        Self { text: text.to_owned(), is_prefix: false, is_longer: false }
    }

    /// All words that begin so.
    pub fn prefix(text: &str) -> Self {
        Self { text: text.to_owned(), is_prefix: true, is_longer: false }
    }

    /// The same, without the entries of the text itself as a whole word.
    pub fn longer(self) -> Self {
        Self { is_longer: self.is_prefix, ..self }
    }

    /// As it stands among the words of a row.
    pub fn pattern(&self) -> String {
        if self.is_prefix { format!(" {}", self.text) } else { format!(" {} ", self.text) }
    }

    /// Whether it finds this word.
    pub fn finds(&self, word: &str) -> bool {
        if self.is_prefix { word.starts_with(&self.text) } else { word == self.text }
    }
}

/// A word of a query.
#[derive(Clone, Debug)]
pub struct Word {
    /// Folded.
    pub text: String,
    /// The term it stands in.
    pub term: usize,
    /// What it may be joined to with its neighbours, itself included; itself first.
    runs: Vec<String>,
}

/// Names of patients that begin with all words of a query, in one order: those from `from` on, before `to`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    pub from: String,
    pub to: String,
}

/// A query taken apart. Every word must match; a term that is a whole identifier or a date of the row matches with all its words.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    pub query: &'a SearchQuery,
    pub words: Vec<Word>,
    /// The names that the words make, the family name first or last.
    pub names: Vec<Names>,
    /// The word whose entries are walked.
    pub lead: usize,
    /// The term that is compared with identifiers and dates first.
    pub lead_term: usize,
    /// Words of the vocabulary that are like a word of the query.
    similar: HashMap<(Tier, usize), Vec<String>>,
    /// Whether any of the terms may be an identifier of a row.
    pub may_identify: bool,
    /// Whether what nobody has is left out.
    pub is_trimmed: bool,
}

impl<'a> Plan<'a> {
    /// Takes a query apart; its first word leads until another one is found to be rarer.
    pub fn new(query: &'a SearchQuery) -> Self {
        let flat: Vec<(usize, &Term, &String)> = query
            .terms
            .iter()
            .enumerate()
            .flat_map(|(index, term)| term.words.iter().map(move |word| (index, term, word)))
            .collect();
        let word = |at: usize| {
            let (term, of, text) = flat[at];
            let mut runs = vec![text.clone()];
            for length in 2..=LONGEST_RUN {
                for start in (at + 1).saturating_sub(length)..=at {
                    let run = flat.get(start..start + length).unwrap_or_default();
                    // A phrase between quotes holds its own words together and no others.
                    let belongs = run.iter().all(|(other, _, _)| *other == term)
                        || !of.exact && run.iter().all(|(_, other, _)| !other.exact);
                    if !run.is_empty() && belongs {
                        runs.push(run.iter().map(|(_, _, text)| text.as_str()).collect());
                    }
                }
            }
            Word { text: text.clone(), term, runs }
        };
        let words: Vec<Word> = (0..flat.len()).map(word).collect();
        let names = names(query, &words);
        Self {
            query,
            words,
            names,
            lead: 0,
            lead_term: 0,
            similar: HashMap::new(),
            may_identify: true,
            is_trimmed: false,
        }
    }

    /// What neighbouring words make when they are joined.
    pub fn joined(&self) -> BTreeSet<String> {
        self.words.iter().flat_map(|word| &word.runs[1..]).cloned().collect()
    }

    /// Leaves out joined words, of which no row has one.
    pub fn leave_out_joined(&mut self, absent: &BTreeSet<String>) {
        for word in &mut self.words {
            word.runs.retain(|run| *run == word.text || !absent.contains(run));
        }
    }

    /// The term a word stands in.
    pub fn term(&self, word: usize) -> &Term {
        &self.query.terms[self.words[word].term]
    }

    /// Makes a word lead.
    pub fn lead_by(&mut self, word: usize) {
        self.lead = word;
        self.lead_term = self.words.get(word).map_or(0, |word| word.term);
    }

    /// Makes the rarest word lead.
    pub fn lead_by_rarest(&mut self, rarities: &[u64], tier: Tier) {
        self.lead_by(self.rarest(rarities, tier).unwrap_or(0));
    }

    /// The rarest word: one that is no date if there is one, and, where the words are not what was typed, none that may be a part of
    /// an identifier.
    pub fn rarest(&self, rarities: &[u64], tier: Tier) -> Option<usize> {
        let unfit = |word: usize| {
            let term = self.term(word);
            term.date.is_some() || tier > Tier::Prefix && term.has_digit()
        };
        let longest_first = |word: usize| usize::MAX - self.words[word].text.len();
        (0..self.words.len())
            .min_by_key(|word| (unfit(*word), rarities.get(*word).copied().unwrap_or(0), longest_first(*word), *word))
    }

    /// Whether a word is to be found as a whole word alone.
    pub fn is_exact(&self, word: usize) -> bool {
        self.words.get(word).map_or_else(|| base(self.query) == Tier::Exact, |word| is_exact(self.query, word))
    }

    /// Whether the query is one term like an identifier: when it is somebody's, nothing else is meant.
    pub fn is_identifier_alone(&self) -> bool {
        matches!(&self.query.terms[..], [term] if term.is_like_an_identifier())
    }

    /// Whether the query has nothing but dates.
    pub fn is_date(&self) -> bool {
        self.query.terms.iter().all(|term| term.date.is_some())
    }

    /// The farthest tier of the first hits: what is spelled as it was typed.
    pub fn base(&self) -> Tier {
        base(self.query)
    }

    /// Notes the words that are like a word of the query, those left out that are nearer already.
    pub fn note_similar(&mut self, tier: Tier, word: usize, found: Vec<String>) {
        let nearer = tier.before().map(|before| self.needles(word, before)).unwrap_or_default();
        let mut found: Vec<String> =
            found.into_iter().filter(|one| !nearer.iter().any(|needle| needle.finds(one))).collect();
        found.sort();
        found.dedup();
        found.truncate(MOST_SIMILAR / self.words.len().max(1));
        self.similar.insert((tier, word), found);
    }

    /// Whether the vocabulary has been asked for a tier.
    pub fn knows_similar(&self, tier: Tier) -> bool {
        tier <= Tier::Prefix || self.words.iter().enumerate().all(|(at, _)| self.similar.contains_key(&(tier, at)))
    }

    /// Whether a tier adds anything to those before it.
    pub fn widens(&self, tier: Tier) -> bool {
        tier <= Tier::Prefix
            || (0..self.words.len()).any(|at| self.similar.get(&(tier, at)).is_some_and(|words| !words.is_empty()))
    }

    /// How many ranges or texts are read in one statement, each compared with all needles of a tier and those before it: a power of
    /// two, to which lists are padded.
    pub fn at_once(&self, most: usize, upto: Tier) -> usize {
        1 << (MOST_NEEDLES / self.number_of_needles(upto)).clamp(1, most).ilog2()
    }

    /// Whether so many ranges can be read in one statement.
    pub fn fits(&self, ranges: usize, upto: Tier) -> bool {
        ranges * self.number_of_needles(upto) <= MOST_NEEDLES
    }

    fn number_of_needles(&self, upto: Tier) -> usize {
        let needles: usize = (0..self.words.len()).map(|word| self.needles(word, upto).len() + 1).sum();
        needles.max(1)
    }

    /// What a word matches by in a tier and those before it: disjoint, in the order of the index.
    pub fn needles(&self, word: usize, upto: Tier) -> Vec<Needle> {
        let runs = &self.words[word].runs;
        let as_typed = upto == Tier::Exact || self.is_exact(word);
        let mut needles: Vec<Needle> =
            runs.iter().map(|run| if as_typed { Needle::word(run) } else { Needle::prefix(run) }).collect();
        for tier in [Tier::Phonetic, Tier::Fuzzy] {
            if tier <= upto {
                needles.extend(self.similar.get(&(tier, word)).into_iter().flatten().map(|one| Needle::word(one)));
            }
        }
        disjoint(needles)
    }
}

fn base(query: &SearchQuery) -> Tier {
    query.reach.unwrap_or(Tier::Prefix).min(Tier::Prefix)
}

fn is_exact(query: &SearchQuery, word: &Word) -> bool {
    base(query) == Tier::Exact || query.terms[word.term].exact
}

/// The names that begin with all words in the order in which they were typed, or with the first ones behind the last; the last one
/// of an order may be the beginning of a word where any may. A single word is found by its entries, and what has a digit is no name.
/// Filters may refuse very many patients of one name, who are then read piece by piece as all others.
fn names(query: &SearchQuery, words: &[Word]) -> Vec<Names> {
    let mut names: Vec<Names> = Vec::new();
    if words.len() < 2 || query.is_filtered() || query.terms.iter().any(Term::has_digit) {
        return names;
    }
    for first in 0..words.len().min(MOST_ORDERS) {
        let order: Vec<&Word> = words[first..].iter().chain(&words[..first]).collect();
        let from = order.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let is_whole = order.last().is_some_and(|last| is_exact(query, last));
        let to = if is_whole { format!("{from}{BEHIND_SPACE}") } else { after_prefix(&from) };
        // The same word twice makes the same names in two orders.
        match names.iter_mut().find(|one| one.from == from) {
            Some(same) => same.to = to.max(std::mem::take(&mut same.to)),
            None => names.push(Names { from, to }),
        }
    }
    names
}

/// Leaves out what another one finds as well.
fn disjoint(mut needles: Vec<Needle>) -> Vec<Needle> {
    // A prefix comes before the word it is, and before all that begins with it.
    needles.sort_by(|a, b| a.text.cmp(&b.text).then(b.is_prefix.cmp(&a.is_prefix)));
    let mut kept: Vec<Needle> = Vec::new();
    for needle in needles {
        if !kept.iter().any(|one| one.finds(&needle.text) && (one.is_prefix || !needle.is_prefix)) {
            kept.push(needle);
        }
    }
    kept
}
