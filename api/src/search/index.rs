//! What of a row is searchable, and its entries in the index.

use entity::search_token::{self, BINNED_WORD, WORD};
use entity::{patient, study};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::fold::{name_tokens, tokens, words};
use crate::values::{FaultCode, short};

/// Longest sort key.
const SORT_KEY_LENGTH: usize = 255;

/// The searchable fields. The number stands in the index; the order is the order of relevance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i16)]
pub enum Field {
    FamilyName = 10,
    BirthName = 12,
    IdeographicName = 14,
    PhoneticName = 16,
    GivenName = 20,
    MiddleName = 22,
    ReferringPhysicianName = 50,
    NameOfPhysiciansReadingStudy = 52,
    StudyDescription = 60,
    InstitutionName = 62,
}

impl Field {
    /// The fields of a patient, the most relevant first.
    pub const PATIENT: [Self; 6] = [
        Self::FamilyName,
        Self::BirthName,
        Self::IdeographicName,
        Self::PhoneticName,
        Self::GivenName,
        Self::MiddleName,
    ];
    /// The fields of a study, the most relevant first.
    pub const STUDY: [Self; 4] = [
        Self::ReferringPhysicianName,
        Self::NameOfPhysiciansReadingStudy,
        Self::StudyDescription,
        Self::InstitutionName,
    ];

    /// The number in the index.
    pub const fn number(self) -> i16 {
        self as i16
    }

    /// The tokens under which a value of the field is found.
    pub fn tokens(self, text: &str) -> Vec<String> {
        if matches!(self, Self::StudyDescription | Self::InstitutionName) { tokens(text) } else { name_tokens(text) }
    }

    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FamilyName => "family_name",
            Self::BirthName => "birth_name",
            Self::IdeographicName => "ideographic_name",
            Self::PhoneticName => "phonetic_name",
            Self::GivenName => "given_name",
            Self::MiddleName => "middle_name",
            Self::ReferringPhysicianName => "referring_physician_name",
            Self::NameOfPhysiciansReadingStudy => "name_of_physicians_reading_study",
            Self::StudyDescription => "study_description",
            Self::InstitutionName => "institution_name",
        }
    }

    /// The field's value in a patient's row.
    pub fn of_patient(self, row: &patient::Model) -> Option<&str> {
        match self {
            Self::FamilyName => row.family_name.as_deref(),
            Self::BirthName => row.birth_name.as_deref(),
            Self::IdeographicName => row.ideographic_name.as_deref(),
            Self::PhoneticName => row.phonetic_name.as_deref(),
            Self::GivenName => row.given_name.as_deref(),
            Self::MiddleName => row.middle_name.as_deref(),
            _ => None,
        }
    }

    /// The field's value in a study's row.
    pub fn of_study(self, row: &study::Model) -> Option<&str> {
        match self {
            Self::ReferringPhysicianName => row.referring_physician_name.as_deref(),
            Self::NameOfPhysiciansReadingStudy => row.name_of_physicians_reading_study.as_deref(),
            Self::StudyDescription => row.study_description.as_deref(),
            Self::InstitutionName => row.institution_name.as_deref(),
            _ => None,
        }
    }
}

/// The entries of a row: its tokens by field, the key its hits are sorted by, and all its words.
#[derive(PartialEq, Eq)]
struct Entries {
    kind: i16,
    row_id: i64,
    sort_key: String,
    words: String,
    tokens: Vec<(Field, String)>,
}

/// Fills the columns of a patient that are derived for sorting and searching.
pub fn derive_patient(row: &mut patient::Model) {
    let alphabetic = [&row.family_name, &row.given_name, &row.middle_name];
    let mut name: Vec<String> = alphabetic.iter().filter_map(|part| part.as_deref()).flat_map(words).collect();
    if name.is_empty() {
        name = row.ideographic_name.as_deref().map(words).unwrap_or_default();
    }
    row.name_key = name.join(" ").chars().take(SORT_KEY_LENGTH).collect();
    let tokens = tokens_of_patient(row);
    row.search_words = search_words(&tokens, &[Some(&row.patient_id)]);
}

/// Fills the column of a study that is derived for searching.
pub fn derive_study(row: &mut study::Model) {
    let tokens = tokens_of_study(row);
    let uid = Some(&row.study_instance_uid);
    row.search_words = search_words(&tokens, &[uid, row.accession_number.as_ref(), row.study_id.as_ref()]);
}

/// An identifier among the words of a row: marked, and without the spaces that part words.
pub fn marked(identifier: &str) -> String {
    format!(" ={} ", identifier.replace(' ', "\u{1f}"))
}

/// Every word between spaces, then every identifier as it stands, marked.
fn search_words(tokens: &[(Field, String)], identifiers: &[Option<&String>]) -> String {
    let mut all: Vec<&String> = tokens.iter().map(|(_, token)| token).collect();
    all.sort();
    all.dedup();
    let mut text = String::from(" ");
    for token in all {
        text.push_str(token);
        text.push(' ');
    }
    for identifier in identifiers.iter().copied().flatten() {
        text.push_str(&marked(identifier)[1..]);
    }
    text
}

/// Brings the index from what it says of a patient before a change to what it is to say after it.
pub async fn replace_patient(
    db: &impl ConnectionTrait,
    before: Option<&patient::Model>,
    after: Option<&patient::Model>,
) -> Result<(), DbErr> {
    replace(db, before.map(entries_of_patient), after.map(entries_of_patient)).await
}

/// Brings the index from what it says of a study before a change to what it is to say after it.
pub async fn replace_study(
    db: &impl ConnectionTrait,
    before: Option<&study::Model>,
    after: Option<&study::Model>,
) -> Result<(), DbErr> {
    replace(db, before.map(entries_of_study), after.map(entries_of_study)).await
}

async fn replace(db: &impl ConnectionTrait, before: Option<Entries>, after: Option<Entries>) -> Result<(), DbErr> {
    if before == after {
        return Ok(());
    }
    if let Some(entries) = before {
        remove(db, entries).await?;
    }
    match after {
        Some(entries) => insert(db, entries).await,
        None => Ok(()),
    }
}

/// Words of rows in the bin are of a kind of their own.
fn kind(in_bin: bool) -> i16 {
    if in_bin { BINNED_WORD } else { WORD }
}

fn entries_of_patient(row: &patient::Model) -> Entries {
    let tokens = tokens_of_patient(row);
    let kind = kind(row.deleted_at.is_some());
    Entries { kind, row_id: row.id, sort_key: row.name_key.clone(), words: row.search_words.clone(), tokens }
}

fn entries_of_study(row: &study::Model) -> Entries {
    let tokens = tokens_of_study(row);
    // A search of studies reads their rows anyway and finds the words there: repeating them here would double the index.
    let kind = kind(row.deleted_at.is_some());
    Entries { kind, row_id: row.id, sort_key: newest_first(row), words: String::new(), tokens }
}

fn tokens_of_patient(row: &patient::Model) -> Vec<(Field, String)> {
    Field::PATIENT.iter().flat_map(|field| of_field(*field, field.of_patient(row))).collect()
}

fn tokens_of_study(row: &study::Model) -> Vec<(Field, String)> {
    Field::STUDY.iter().flat_map(|field| of_field(*field, field.of_study(row))).collect()
}

fn of_field(field: Field, text: Option<&str>) -> Vec<(Field, String)> {
    text.map(|text| field.tokens(text)).unwrap_or_default().into_iter().map(|token| (field, token)).collect()
}

/// A key that grows as study dates go back; studies without a date come last.
fn newest_first(row: &study::Model) -> String {
    let day = row.study_date.map_or(0, |date| i64::from(date.to_julian_day()));
    format!("{:08}", 99_999_999 - day)
}

async fn insert(db: &impl ConnectionTrait, entries: Entries) -> Result<(), DbErr> {
    let tokens = entries.into_rows();
    if tokens.is_empty() {
        return Ok(());
    }
    search_token::Entity::insert_many(tokens).exec_without_returning(db).await.map(drop)
}

impl Entries {
    fn into_rows(self) -> Vec<search_token::ActiveModel> {
        let Self { kind, row_id, sort_key, words, tokens } = self;
        let row = |(field, token): (Field, String)| search_token::ActiveModel {
            kind: Set(kind),
            field: Set(field.number()),
            token: Set(token),
            sort_key: Set(sort_key.clone()),
            row_id: Set(row_id),
            words: Set(words.clone()),
        };
        tokens.into_iter().map(row).collect()
    }
}

async fn remove(db: &impl ConnectionTrait, entries: Entries) -> Result<(), DbErr> {
    if entries.tokens.is_empty() {
        return Ok(());
    }
    let of_these = entries.tokens.iter().fold(Condition::any(), |any, (field, token)| {
        any.add(
            Condition::all()
                .add(search_token::Column::Field.eq(field.number()))
                .add(search_token::Column::Token.eq(token.as_str())),
        )
    });
    search_token::Entity::delete_many()
        .filter(search_token::Column::Kind.eq(entries.kind))
        .filter(search_token::Column::SortKey.eq(entries.sort_key))
        .filter(search_token::Column::RowId.eq(entries.row_id))
        .filter(of_these)
        .exec(db)
        .await
        .map(drop)
}

/// The least text that is greater than every text with this prefix.
pub fn after_prefix(prefix: &str) -> String {
    let mut text = prefix.to_owned();
    text.push(char::MAX);
    text
}

/// Where the rows that a name filter is about may lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the registry.
    Registry,
    /// In the bin.
    Bin,
    /// In either: the patient of a study in the bin.
    Either,
}

impl Place {
    const fn kinds(self) -> &'static [i16] {
        match self {
            Self::Registry => &[WORD],
            Self::Bin => &[BINNED_WORD],
            Self::Either => &[WORD, BINNED_WORD],
        }
    }
}

/// The rows of which some field of `fields` has a word with this prefix.
fn rows_with_prefix(place: Place, fields: &[Field], prefix: &str) -> SelectStatement {
    use search_token::Column;
    Query::select()
        .column(Column::RowId)
        .from(search_token::Entity)
        .and_where(Column::Kind.is_in(place.kinds().iter().copied()))
        .and_where(Column::Field.is_in(fields.iter().map(|field| field.number())))
        .and_where(Column::Token.gte(prefix))
        .and_where(Column::Token.lt(after_prefix(prefix)))
        .to_owned()
}

/// The components of a name that `^` pins, in their order; without `^` any name field will do.
const PINNED: [&[Field]; 3] = [&[Field::FamilyName, Field::BirthName], &[Field::GivenName], &[Field::MiddleName]];

/// The condition of `patient_name` on the column that holds the patient's id: every word is the prefix of a word of the name;
/// `dup^je` pins family and given name. [`name_filter`] has seen to it that no component goes unheard.
pub fn name_condition(id: impl ColumnTrait, place: Place, name: &str) -> Condition {
    if !name.contains('^') {
        return prefix_condition(id, place, &Field::PATIENT, name);
    }
    let components: Vec<_> = name.split('^').zip(PINNED).filter(|(text, _)| !text.trim().is_empty()).collect();
    if components.is_empty() {
        return nothing(id);
    }
    let conditions = components.into_iter().map(|(text, fields)| prefix_condition(id, place, fields, text));
    conditions.fold(Condition::all(), Condition::add)
}

/// Every word of `text` is the prefix of a word of one of the fields.
pub fn prefix_condition(id: impl ColumnTrait, place: Place, fields: &[Field], text: &str) -> Condition {
    let words = words(text);
    if words.is_empty() {
        return nothing(id);
    }
    let conditions = words.iter().map(|word| id.in_subquery(rows_with_prefix(place, fields, word)));
    conditions.fold(Condition::all(), Condition::add)
}

/// Nothing has a name without letters; no condition at all would be everything.
fn nothing(id: impl ColumnTrait) -> Condition {
    Condition::all().add(id.is_null())
}

/// The value of `patient_name`: at most the three components that can be searched.
///
/// # Errors
/// `pn_too_many_components`, `too_long`.
pub fn name_filter(text: &str) -> Result<String, FaultCode> {
    if text.split('^').count() > PINNED.len() {
        return Err(FaultCode::PnTooManyComponents);
    }
    short(text)
}
