//! What of a row is searchable, and its entries in the index.

use entity::search_token::{self, WORD};
use entity::{patient, study};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::fold::{name_tokens, tokens, words};

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
struct Entries {
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

/// Every word between spaces, then every identifier as it stands, marked by `=`.
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
        text.push('=');
        text.push_str(identifier);
        text.push(' ');
    }
    text
}

/// Enters a patient in the index.
pub async fn insert_patient(db: &impl ConnectionTrait, row: &patient::Model) -> Result<(), DbErr> {
    insert(db, vec![entries_of_patient(row)]).await
}

/// Enters a study in the index.
pub async fn insert_study(db: &impl ConnectionTrait, row: &study::Model) -> Result<(), DbErr> {
    insert(db, vec![entries_of_study(row)]).await
}

/// Takes a patient out of the index; `row` is what was entered.
pub async fn remove_patient(db: &impl ConnectionTrait, row: &patient::Model) -> Result<(), DbErr> {
    remove(db, entries_of_patient(row)).await
}

/// Takes a study out of the index; `row` is what was entered.
pub async fn remove_study(db: &impl ConnectionTrait, row: &study::Model) -> Result<(), DbErr> {
    remove(db, entries_of_study(row)).await
}

fn entries_of_patient(row: &patient::Model) -> Entries {
    let tokens = tokens_of_patient(row);
    Entries { row_id: row.id, sort_key: row.name_key.clone(), words: row.search_words.clone(), tokens }
}

fn entries_of_study(row: &study::Model) -> Entries {
    let tokens = tokens_of_study(row);
    // A search of studies reads their rows anyway and finds the words there: repeating them here would double the index.
    Entries { row_id: row.id, sort_key: newest_first(row), words: String::new(), tokens }
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

async fn insert(db: &impl ConnectionTrait, rows: Vec<Entries>) -> Result<(), DbErr> {
    let tokens: Vec<search_token::ActiveModel> = rows.into_iter().flat_map(Entries::into_rows).collect();
    if tokens.is_empty() {
        return Ok(());
    }
    search_token::Entity::insert_many(tokens).exec_without_returning(db).await.map(drop)
}

impl Entries {
    fn into_rows(self) -> Vec<search_token::ActiveModel> {
        let Self { row_id, sort_key, words, tokens } = self;
        let row = |(field, token): (Field, String)| search_token::ActiveModel {
            kind: Set(WORD),
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
        .filter(search_token::Column::Kind.eq(WORD))
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

/// The rows of which some field of `fields` has a word with this prefix.
pub fn rows_with_prefix(fields: &[Field], prefix: &str) -> SelectStatement {
    use search_token::Column;
    Query::select()
        .column(Column::RowId)
        .from(search_token::Entity)
        .and_where(Column::Kind.eq(WORD))
        .and_where(Column::Field.is_in(fields.iter().map(|field| field.number())))
        .and_where(Column::Token.gte(prefix))
        .and_where(Column::Token.lt(after_prefix(prefix)))
        .to_owned()
}

/// The components of a name that `^` pins, in their order; without `^` any name field will do.
const PINNED: [&[Field]; 3] = [&[Field::FamilyName, Field::BirthName], &[Field::GivenName], &[Field::MiddleName]];

/// The condition of `patient_name` on the column that holds the patient's id: every word is the prefix of a word of the name;
/// `dup^je` pins family and given name.
pub fn name_condition(id: impl ColumnTrait, name: &str) -> Condition {
    if name.contains('^') {
        let components = name.split('^').zip(PINNED).filter(|(text, _)| !text.trim().is_empty());
        return components.fold(Condition::all(), |all, (text, fields)| all.add(prefix_condition(id, fields, text)));
    }
    prefix_condition(id, &Field::PATIENT, name)
}

/// Every word of `text` is the prefix of a word of one of the fields.
pub fn prefix_condition(id: impl ColumnTrait, fields: &[Field], text: &str) -> Condition {
    let words = words(text);
    if words.is_empty() {
        // Nothing has a name without letters; no condition at all would be everything.
        return Condition::all().add(id.is_null());
    }
    words.iter().fold(Condition::all(), |all, word| all.add(id.in_subquery(rows_with_prefix(fields, word))))
}
