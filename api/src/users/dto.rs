//! Wire types of accounts.

use entity::role::RoleName;
use entity::user;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::queries::UserFilter;
use crate::error::ApiResult;
use crate::http::{Count, Cursor, FromParameters, Members, PageQuery, Parameters, Total, as_members, schema};
use crate::keyset::{Key, KeyType, Sort};
use crate::values::{FaultCode, identifier, instant_text, line, short, username};

/// An account.
#[derive(Serialize, ToSchema)]
pub struct User {
    /// The account's id.
    #[schema(minimum = 1, example = 2)]
    pub id: i64,
    /// The name signed in with, in lower case.
    #[schema(min_length = 1, max_length = 64, example = "zoe.lefevre")]
    pub username: String,
    /// The name shown.
    #[schema(min_length = 1, max_length = 128, example = "Zoé Lefèvre")]
    pub display_name: String,
    /// The role: `lecture` < `modification` < `admin`.
    #[schema(value_type = Role)]
    pub role: &'static str,
    /// Whether it may sign in.
    pub active: bool,
    /// Whether nothing but a new password is accepted from it.
    pub must_change_password: bool,
    /// Whether a second factor is asked for at sign-in.
    pub second_factor: bool,
    /// Until when the password is good, if somebody else made it.
    #[schema(format = DateTime)]
    pub password_expires_at: Option<String>,
    /// When someone last signed in with it.
    #[schema(format = DateTime)]
    pub last_login_at: Option<String>,
    /// Counts the changes of the account; the first part of its `ETag`.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
    /// When it was made.
    #[schema(format = DateTime, example = "2026-11-22T09:30:00.123456Z")]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime, example = "2026-11-22T09:30:00.123456Z")]
    pub updated_at: String,
}

impl User {
    /// The wire form of a row.
    pub fn of(row: user::Model, role: RoleName) -> Self {
        Self {
            id: row.id,
            username: row.username,
            display_name: row.display_name,
            role: role.as_str(),
            active: row.active,
            must_change_password: row.must_change_password,
            second_factor: row.second_factor,
            password_expires_at: row.password_expires_at.map(instant_text),
            last_login_at: row.last_login_at.map(instant_text),
            version: row.version,
            created_at: instant_text(row.created_at),
            updated_at: instant_text(row.updated_at),
        }
    }
}

/// A role, from the least to the greatest; each may do what those before it may.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Role {
    Lecture,
    Modification,
    Admin,
}

/// The role of this name.
pub fn role(text: &str) -> Result<RoleName, FaultCode> {
    let roles = [RoleName::Lecture, RoleName::Modification, RoleName::Admin];
    roles.into_iter().find(|role| role.as_str() == text).ok_or(FaultCode::InvalidEnum)
}

/// An account to be made.
#[derive(ToSchema)]
#[schema(example = json!({"username": "zoe.lefevre", "display_name": "Zoé Lefèvre", "role": "modification"}))]
#[expect(dead_code, reason = "the schema of a body that is read member by member")]
pub struct UserCreate {
    /// The name to sign in with: letters, digits and `._@+-`; its case does not matter.
    #[schema(min_length = 1, max_length = 64, pattern = "username")]
    username: String,
    /// The name shown; the username unless said.
    #[schema(max_length = 128, pattern = "line")]
    display_name: Option<String>,
    /// What the account may do.
    role: Role,
    /// The first password, to be changed at the first sign-in; one is made and answered when it is absent.
    #[schema(min_length = 12, max_length = 128, format = Password)]
    password: Option<String>,
}

/// What [`UserCreate`] says.
#[derive(Clone)]
pub struct UserInput {
    pub username: String,
    pub display_name: String,
    pub role: RoleName,
    pub password: Option<String>,
}

impl UserInput {
    /// Reads a [`UserCreate`]. The password is judged later: that takes time.
    pub fn read(members: &mut Members) -> Self {
        let username = members.required("username", |text| username(text).map(Some));
        let display_name = members.optional("display_name", |text| line(text, 128));
        Self {
            display_name: display_name.unwrap_or_else(|| username.clone()),
            username,
            role: required_role(members),
            password: members.value("password", |text| Ok(text.to_owned())),
        }
    }
}

fn required_role(members: &mut Members) -> RoleName {
    let found = members.required("role", |text| role(text).map(|role| Some(Some(role))));
    found.unwrap_or(RoleName::Lecture)
}

/// What can be changed of an account.
#[derive(Serialize, ToSchema)]
pub struct UserChange {
    /// The name shown.
    #[schema(min_length = 1, max_length = 128, pattern = "shown_name")]
    pub display_name: String,
    /// What the account may do.
    #[schema(value_type = Role)]
    #[serde(serialize_with = "role_name")]
    pub role: RoleName,
    /// Whether it may sign in.
    pub active: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
fn role_name<S: serde::Serializer>(role: &RoleName, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(role.as_str())
}

impl UserChange {
    fn read(members: &mut Members) -> Self {
        Self {
            display_name: members.required("display_name", |text| line(text, 128)),
            role: required_role(members),
            active: members.boolean("active").unwrap_or_default(),
        }
    }

    /// Applies a merge patch (RFC 7396) to an account. Nothing of it can be removed.
    ///
    /// # Errors
    /// 422 with every fault of the result.
    pub fn patched(row: &user::Model, role: RoleName, patch: Map<String, Value>) -> ApiResult<Self> {
        let before = Self { display_name: row.display_name.clone(), role, active: row.active };
        Members::patch(as_members(&before)?, patch, &["display_name", "role", "active"], Self::read)
    }
}

/// A change of an account as a JSON merge patch (RFC 7396): absent members stay.
pub struct UserPatch;

impl PartialSchema for UserPatch {
    fn schema() -> RefOr<Schema> {
        schema::patch_of(UserChange::schema(), &[])
    }
}

impl ToSchema for UserPatch {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        UserChange::schemas(schemas);
    }
}

/// An account that was made, and its first password when the server has made one.
#[derive(Serialize, ToSchema)]
pub struct CreatedUser {
    /// The account.
    #[serde(flatten)]
    pub user: User,
    /// The password for the first sign-in, shown this once; null when one was given.
    pub one_time_password: Option<String>,
}

/// A password that is to be changed at the next sign-in.
#[derive(Serialize, ToSchema)]
pub struct OneTimePassword {
    /// The password, shown this once.
    #[schema(min_length = 12, max_length = 128)]
    pub one_time_password: String,
    /// Until when it is good.
    #[schema(format = DateTime)]
    pub expires_at: String,
}

/// One page of accounts.
#[derive(Serialize, ToSchema)]
pub struct UserPage {
    /// The accounts of this page.
    pub items: Vec<User>,
    /// Goes into `cursor` for the next page; null on the last.
    #[schema(value_type = Option<String>)]
    pub next_cursor: Option<Cursor>,
    /// The number of all hits, when `count` asked for it.
    #[serde(flatten)]
    pub total: Total,
}

/// Which accounts are listed, and how.
pub struct UserList {
    /// Which.
    pub filter: UserFilter,
    /// In what order.
    pub sort: Sort<user::Column>,
    /// Which page of them.
    pub page: PageQuery,
}

/// Parameters of the list of accounts.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the documentation of parameters that are read one by one")]
pub struct UserListParameters {
    /// Every word is the beginning of a word of the username or the name shown, accents and case aside.
    #[param(max_length = 200, pattern = "not_blank")]
    q: Option<String>,
    /// The username, exactly; its case does not matter.
    #[param(max_length = 64, pattern = "not_blank")]
    username: Option<String>,
    /// Any of these, joined by commas: `lecture`, `modification`, `admin`.
    #[param(max_length = 100, pattern = "roles", example = "modification,admin")]
    role: Option<String>,
    /// `true` lists those that may sign in, `false` the others.
    active: Option<bool>,
    /// Order; `-` before a key turns it round. The id is always the last key.
    #[param(pattern = "^-?(username|display_name|last_login_at|created_at|updated_at|id)$", example = "username")]
    sort: Option<String>,
    /// Most items of the page; 50 unless said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next_cursor` of the page before, with the same other parameters.
    #[param(min_length = 1)]
    cursor: Option<String>,
    /// Whether to count all hits: `bounded` counts to 1,000, then says `gte`.
    #[param(inline)]
    count: Option<Count>,
}

impl FromParameters for UserList {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        let page = parameters.page(50);
        let sort = parameters.take("sort", sort).unwrap_or(BY_USERNAME);
        let filter = UserFilter {
            q: parameters.take("q", short),
            username: parameters.take("username", identifier::<64>),
            role: parameters.any_of("role", 100, role),
            active: parameters.choice("active"),
        };
        Self { filter, sort, page }
    }
}

/// What accounts are sorted by.
const KEYS: [Key<user::Column>; 6] = [
    Key { name: "username", column: user::Column::Username, kind: KeyType::Text, nullable: false },
    Key { name: "display_name", column: user::Column::NameKey, kind: KeyType::Text, nullable: false },
    Key { name: "last_login_at", column: user::Column::LastLoginAt, kind: KeyType::Instant, nullable: true },
    Key { name: "created_at", column: user::Column::CreatedAt, kind: KeyType::Instant, nullable: false },
    Key { name: "updated_at", column: user::Column::UpdatedAt, kind: KeyType::Instant, nullable: false },
    Key { name: "id", column: user::Column::Id, kind: KeyType::Id, nullable: false },
];
/// By the name signed in with, A first.
const BY_USERNAME: Sort<user::Column> = Sort { key: KEYS[0], descending: false };

fn sort(text: &str) -> Result<Sort<user::Column>, FaultCode> {
    Sort::parse(&KEYS, text)
}
