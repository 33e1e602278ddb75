//! What is searched for.

use super::filter::name_filter;
use super::fold::words;
use super::rank::{Source, Tier};
use super::sorted::HitSort;
use crate::http::{FromParameters, PageQuery, Parameters};
use crate::patients::dto::sex;
use crate::patients::filter::PatientFilter;
use crate::studies::dto::study_filter;
use crate::studies::filter::StudyFilter;
use crate::values::{DateRange, FaultCode, HIT_FIELDS, InstantRange, composed, identifier};

/// Fewest characters in front of a wildcard.
const BEFORE_WILDCARD: usize = 2;

/// Fewest characters of what is looked for as an identifier before anything else.
const SHORTEST_IDENTIFIER: usize = 4;

/// One word as the caller typed it, or a phrase between quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As typed, quotes and wildcard aside, in Unicode normal form C: what identifiers are compared with.
    pub raw: String,
    /// Its folded words: `Jean-Pierre` has two.
    pub words: Vec<String>,
    /// Whether it was quoted: then whole words count, not their beginnings.
    pub exact: bool,
    /// The days it stands for, when it is a day, a month, a year or a range of them.
    pub date: Option<DateRange>,
}

/// A search.
#[derive(Clone, Debug)]
pub struct SearchQuery {
    /// All of which must match.
    pub terms: Vec<Term>,
    /// Whether patients are wanted.
    pub patients: bool,
    /// Whether studies are wanted.
    pub studies: bool,
    /// The farthest tier; nothing leaves it to what is found.
    pub reach: Option<Tier>,
    /// What is asked of a patient's row.
    pub patient_filter: PatientFilter,
    /// What is asked of a study's row and of its patient's.
    pub study_filter: StudyFilter,
    /// The order of hits; nothing is that of relevance.
    pub sort: Option<HitSort>,
    /// The members of rows that are wanted; nothing is all of them.
    pub fields: Vec<&'static str>,
    /// What comes with a hit.
    pub include: Vec<Included>,
    /// Which page.
    pub page: PageQuery,
}

impl SearchQuery {
    /// Whether the hits of a section can be any.
    pub fn wants(&self, source: Source) -> bool {
        if source.yields_patients() { self.wants_patients() } else { self.studies }
    }

    /// Whether the hits of type patient can be any: a filter on studies leaves studies alone.
    pub fn wants_patients(&self) -> bool {
        let of_study = StudyFilter {
            patient_name: None,
            patient_id: None,
            issuer_of_patient_id: None,
            birth_date: None,
            sex: Vec::new(),
            updated_at: None,
            ..self.study_filter.clone()
        };
        self.patients && of_study == StudyFilter::default()
    }

    /// Whether anything is asked beside the terms.
    pub fn is_filtered(&self) -> bool {
        self.patient_filter != PatientFilter::default() || self.study_filter != StudyFilter::default()
    }
}

impl FromParameters for SearchQuery {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        let page = parameters.page(20);
        let terms = parameters.take("q", terms).unwrap_or_default();
        let kinds = parameters.any_of("type", 100, kind);
        let reach = parameters.take("match", reach).flatten();
        let sort = parameters.take("sort", HitSort::parse).flatten();
        let fields = parameters.any_of("fields", 1000, field);
        let include = parameters.any_of("include", 100, included);
        let patient_filter = PatientFilter {
            patient_name: parameters.take("patient_name", name_filter),
            patient_id: parameters.take("patient_id", identifier::<64>),
            issuer_of_patient_id: parameters.take("issuer_of_patient_id", identifier::<64>),
            birth_date: parameters.take("birth_date", DateRange::parse),
            sex: parameters.any_of("sex", 100, sex),
            updated_at: parameters.take("updated_at", InstantRange::parse),
            ..PatientFilter::default()
        };
        let study_filter = StudyFilter {
            patient_name: patient_filter.patient_name.clone(),
            patient_id: patient_filter.patient_id.clone(),
            issuer_of_patient_id: patient_filter.issuer_of_patient_id.clone(),
            birth_date: patient_filter.birth_date,
            sex: patient_filter.sex.clone(),
            updated_at: patient_filter.updated_at,
            ..study_filter(parameters)
        };
        let wanted = |kind| kinds.is_empty() || kinds.contains(&kind);
        Self {
            terms,
            patients: wanted(Kind::Patient),
            studies: wanted(Kind::Study),
            reach,
            patient_filter,
            study_filter,
            sort,
            fields,
            include,
            page,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Patient,
    Study,
}

fn kind(text: &str) -> Result<Kind, FaultCode> {
    match text {
        "patient" => Ok(Kind::Patient),
        "study" => Ok(Kind::Study),
        _ => Err(FaultCode::InvalidEnum),
    }
}

/// What `include` adds to hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Included {
    /// The whole patient to a study.
    Patient,
    /// The newest studies to a patient.
    Studies,
}

fn included(text: &str) -> Result<Included, FaultCode> {
    match text {
        "patient" => Ok(Included::Patient),
        "studies" => Ok(Included::Studies),
        _ => Err(FaultCode::InvalidEnum),
    }
}

fn field(text: &str) -> Result<&'static str, FaultCode> {
    HIT_FIELDS.into_iter().find(|field| *field == text).ok_or(FaultCode::InvalidEnum)
}

fn reach(text: &str) -> Result<Option<Tier>, FaultCode> {
    match text {
        "auto" => Ok(None),
        "exact" => Ok(Some(Tier::Exact)),
        "prefix" => Ok(Some(Tier::Prefix)),
        "phonetic" => Ok(Some(Tier::Phonetic)),
        "fuzzy" => Ok(Some(Tier::Fuzzy)),
        _ => Err(FaultCode::InvalidEnum),
    }
}

/// The terms of a free text. Double quotes hold whole words together; `*` may end a word of two characters or more and says
/// what is so anyway.
fn terms(text: &str) -> Result<Vec<Term>, FaultCode> {
    if text.chars().count() > 200 {
        return Err(FaultCode::TooLong);
    }
    if text.chars().any(char::is_control) {
        return Err(FaultCode::InvalidCharacter);
    }
    check_wildcards(text)?;
    let mut terms = Vec::new();
    // Every second part of a text split at quotes stands between quotes.
    for (index, part) in text.split('"').enumerate() {
        if index % 2 == 1 {
            terms.extend(Term::new(part.trim(), true));
        } else {
            terms.extend(part.split_whitespace().filter_map(|word| Term::new(word, false)));
        }
    }
    // A lone dash says nothing beside words; alone it may be somebody's number.
    if terms.iter().any(|term| !term.words.is_empty()) {
        terms.retain(|term| !term.words.is_empty());
    }
    // Quotes around nothing ask for nothing, which must not be answered by everything that filters leave.
    if terms.is_empty() { Err(FaultCode::TooShort) } else { Ok(terms) }
}

/// Before `*` stand two characters of a word or more, behind it a space or nothing; `?` stands nowhere.
fn check_wildcards(text: &str) -> Result<(), FaultCode> {
    let characters: Vec<char> = text.chars().collect();
    let of_word = |c: &char| !c.is_whitespace() && *c != '*' && *c != '?';
    let well_placed = |(index, c): (usize, &char)| match c {
        '*' => {
            let before = &characters[index.saturating_sub(BEFORE_WILDCARD)..index];
            let behind = characters.get(index + 1);
            before.len() == BEFORE_WILDCARD && before.iter().all(of_word) && behind.is_none_or(|c| c.is_whitespace())
        }
        c => *c != '?',
    };
    if characters.iter().enumerate().all(well_placed) { Ok(()) } else { Err(FaultCode::InvalidWildcard) }
}

impl Term {
    /// A word as typed, or a phrase that stood between quotes; nothing when it is empty.
    fn new(text: &str, exact: bool) -> Option<Self> {
        let raw = composed(text.strip_suffix('*').unwrap_or(text));
        let words = words(&raw);
        let is_dated = raw.starts_with(|c: char| c.is_ascii_digit());
        let date = if is_dated { DateRange::parse(&raw).ok().or_else(|| french_date(&raw)) } else { None };
        (!raw.is_empty()).then_some(Self { raw, words, exact, date })
    }

    /// Whether it is so likely an identifier that nothing else is meant where it is one: it has a digit, is no date, and no number that
    /// stands in many texts.
    pub fn is_like_an_identifier(&self) -> bool {
        self.has_digit() && self.date.is_none() && self.raw.chars().count() >= SHORTEST_IDENTIFIER
    }

    /// Whether it may be an identifier rather than a name.
    pub fn has_digit(&self) -> bool {
        self.raw.bytes().any(|byte| byte.is_ascii_digit())
    }
}

/// A day or a month as it is written in French: `31/01/1980`, `31.1.1980`, `01/1980`.
fn french_date(text: &str) -> Option<DateRange> {
    let separator = text.chars().find(|c| ['/', '.', '-'].contains(c))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let is_number = |part: &&str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (year, others) = parts.split_last().filter(|(year, _)| is_number(year, &[4]))?;
    let is_day_or_month = |part: &&str| is_number(part, &[1, 2]);
    let iso = match others {
        [month] if is_day_or_month(month) => format!("{year}-{month:0>2}"),
        [day, month] if is_day_or_month(day) && is_day_or_month(month) => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => return None,
    };
    DateRange::parse(&iso).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_understood_as_they_are_written_in_french() {
        let iso = |text: &str| DateRange::parse(text).expect("a range");
        for (typed, meant) in [
            ("31/01/1980", "1980-01-31"),
            ("31.1.1980", "1980-01-31"),
            ("1-2-1980", "1980-02-01"),
            ("01/1980", "1980-01"),
            ("1980", "1980"),
            ("19800101-19800131", "1980-01"),
            ("1980-01..1980-02", "1980-01..1980-02"),
        ] {
            assert_eq!(Term::new(typed, false).and_then(|term| term.date), Some(iso(meant)), "{typed}");
        }
        for typed in ["32/01/1980", "31/13/1980", "31/01/80", "1/2/3/1980", "1.2.840.1980", "+1/2/1980", "31/01.1980"] {
            assert_eq!(Term::new(typed, false).and_then(|term| term.date), None, "{typed}");
        }
    }

    #[test]
    fn a_text_is_taken_apart_into_terms() {
        let found = terms("Jean-Pierre \"Du Pont\" mart*").expect("a good query");
        let shown: Vec<_> = found.iter().map(|term| (term.raw.as_str(), term.words.join("+"), term.exact)).collect();
        assert_eq!(
            shown,
            [
                ("Jean-Pierre", "jean+pierre".to_owned(), false),
                ("Du Pont", "du+pont".to_owned(), true),
                ("mart", "mart".to_owned(), false),
            ]
        );
    }

    #[test]
    fn wildcards_stand_at_the_end_of_a_word() {
        for bad in ["d*pont", "*pont", "d?", "d*", "a**", "\"dup*\""] {
            assert_eq!(terms(bad), Err(FaultCode::InvalidWildcard), "{bad}");
        }
    }
}
