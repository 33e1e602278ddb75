//! Wire types of API keys.

use entity::api_key;
use entity::role::RoleName;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use time::Duration;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::queries::ApiKeyFilter;
use super::secret::PREFIX;
use crate::error::{ApiError, ApiResult, Fault};
use crate::http::{Count, Cursor, FromParameters, Members, PageQuery, Parameters, Total, as_members, schema};
use crate::keyset::{Key, KeyType, Sort};
use crate::values::{FaultCode, Instant, identifier, instant, instant_text, line, network, now};

/// Longest life of a key.
const LIFE: Duration = Duration::days(365);
/// Most networks of a key.
const NETWORKS: usize = 32;

/// What a key is held to, below its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Reading alone.
    Read,
    /// Searching alone.
    Search,
}

impl Scope {
    /// Its name in the database and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Search => "search",
        }
    }

    /// The scope of this name.
    ///
    /// # Errors
    /// `invalid_enum`.
    pub fn parse(text: &str) -> Result<Self, FaultCode> {
        [Self::Read, Self::Search].into_iter().find(|scope| scope.name() == text).ok_or(FaultCode::InvalidEnum)
    }
}

/// The role of a key: `admin` is for people.
#[derive(Clone, Copy, ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "the schema of a text that is checked by `role`")]
pub enum ApiKeyRole {
    Lecture,
    Modification,
}

fn role(text: &str) -> Result<RoleName, FaultCode> {
    let roles = [RoleName::Lecture, RoleName::Modification];
    roles.into_iter().find(|role| role.as_str() == text).ok_or(FaultCode::InvalidEnum)
}

/// An address, or a network in CIDR notation (RFC 4632, RFC 4291 section 2.3).
pub struct Network;

impl PartialSchema for Network {
    fn schema() -> RefOr<Schema> {
        let network = ObjectBuilder::new().schema_type(Type::String).pattern(Some("network"));
        RefOr::T(Schema::Object(network.max_length(Some(49)).examples(["192.0.2.0/24"]).build()))
    }
}

impl ToSchema for Network {}

/// An API key, without its secret.
#[derive(Serialize, ToSchema)]
pub struct ApiKey {
    /// The key's id.
    #[schema(minimum = 1, example = 1)]
    pub id: i64,
    /// What it is for: an integration may have two keys of the same name, the old and the new one.
    #[schema(min_length = 1, max_length = 128, example = "RIS interface")]
    pub name: String,
    /// How the key begins, to recognise it by.
    #[schema(example = "ptk_1_")]
    pub prefix: String,
    /// What it may do: `lecture` or `modification`.
    #[schema(value_type = ApiKeyRole)]
    pub role: &'static str,
    /// What it is held to below its role: reading or searching alone; null is all that the role may do.
    pub scope: Option<Scope>,
    /// The networks it may be used from; from everywhere when there is none.
    #[schema(value_type = Vec<Network>, max_items = 32)]
    pub networks: Vec<String>,
    /// Until when it is good.
    #[schema(format = DateTime)]
    pub expires_at: String,
    /// When it was last used, to the minute.
    #[schema(format = DateTime)]
    pub last_used_at: Option<String>,
    /// Counts the changes of the key; the first part of its `ETag`.
    #[schema(minimum = 1, example = 1)]
    pub version: i64,
    /// When it was made.
    #[schema(format = DateTime, example = "2026-11-22T09:30:00.123456Z")]
    pub created_at: String,
    /// Who made it.
    pub created_by: Option<i64>,
    /// When it was last changed.
    #[schema(format = DateTime, example = "2026-11-22T09:30:00.123456Z")]
    pub updated_at: String,
    /// Who changed it last.
    pub updated_by: Option<i64>,
    /// When it was revoked.
    #[schema(format = DateTime)]
    pub revoked_at: Option<String>,
    /// Who revoked it.
    pub revoked_by: Option<i64>,
}

impl ApiKey {
    /// The wire form of a row.
    pub fn of(row: api_key::Model, role: RoleName) -> Self {
        Self {
            networks: networks(&row),
            prefix: format!("{PREFIX}{}_", row.id),
            id: row.id,
            role: role.as_str(),
            scope: row.scope.as_deref().and_then(|name| Scope::parse(name).ok()),
            name: row.name,
            expires_at: instant_text(row.expires_at),
            last_used_at: row.last_used_at.map(instant_text),
            version: row.version,
            created_at: instant_text(row.created_at),
            created_by: row.created_by,
            updated_at: instant_text(row.updated_at),
            updated_by: row.updated_by,
            revoked_at: row.revoked_at.map(instant_text),
            revoked_by: row.revoked_by,
        }
    }
}

/// A key that was just made.
#[derive(Serialize, ToSchema)]
pub struct CreatedApiKey {
    /// What is kept of it.
    #[serde(flatten)]
    pub api_key: ApiKey,
    /// The key itself, shown this once: it goes into `X-API-Key`, or into `Authorization: Bearer`.
    #[schema(pattern = "^ptk_[0-9]+_[0-9A-Za-z]{49}$")]
    pub key: String,
}

/// A key to be made.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"name": "RIS interface", "role": "modification", "networks": ["192.0.2.0/24"]}))]
pub struct ApiKeyCreate {
    /// What it is for.
    #[schema(min_length = 1, max_length = 128, pattern = "shown_name")]
    pub name: String,
    /// What it may do: `lecture` or `modification`.
    #[schema(value_type = ApiKeyRole)]
    #[serde(serialize_with = "role_name")]
    pub role: RoleName,
    /// What it is held to below its role: reading or searching alone; all that the role may do unless said.
    pub scope: Option<Scope>,
    /// The networks it may be used from; from everywhere unless said.
    #[schema(value_type = Option<Vec<Network>>, max_items = 32)]
    pub networks: Vec<String>,
    /// Until when it is good: a year at most, and a year unless said.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(serialize_with = "as_text")]
    pub expires_at: Option<Instant>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde calls")]
fn role_name<S: Serializer>(role: &RoleName, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(role.as_str())
}

#[expect(clippy::ref_option, reason = "the form that serde calls")]
fn as_text<S: Serializer>(instant: &Option<Instant>, serializer: S) -> Result<S::Ok, S::Error> {
    instant.map(instant_text).serialize(serializer)
}

impl ApiKeyCreate {
    /// Reads a body.
    pub fn read(members: &mut Members) -> Self {
        let name = members.required("name", |text| line(text, 128));
        let created = Self { name, ..Self::read_rights(members) };
        if let Some(fault) = created.expires_at.and_then(unfit) {
            members.fault("expires_at", fault);
        }
        created
    }

    fn read_rights(members: &mut Members) -> Self {
        Self {
            name: String::new(),
            role: members.required("role", |text| role(text).map(|role| Some(Some(role)))).unwrap_or(RoleName::Lecture),
            scope: members.value("scope", Scope::parse),
            networks: members.list("networks", NETWORKS, |text| Ok(network(text)?.to_string())).unwrap_or_default(),
            expires_at: members.value("expires_at", instant),
        }
    }

    /// Applies a merge patch (RFC 7396) to a key.
    ///
    /// # Errors
    /// 422 with every fault of the result.
    pub fn patched(row: &api_key::Model, role: RoleName, patch: Map<String, Value>) -> ApiResult<Self> {
        let before = Self {
            name: String::new(),
            role,
            scope: row.scope.as_deref().and_then(|name| Scope::parse(name).ok()),
            networks: networks(row),
            expires_at: Some(row.expires_at),
        };
        let kept = ["role", "expires_at"];
        let mut rights = as_members(&before)?;
        rights.remove("name");
        let after = Members::patch(rights, patch, &kept, Self::read_rights)?;
        // A key that has expired may be changed, but not to expire at another time of the past.
        let changed = after.expires_at.filter(|at| *at != row.expires_at);
        match changed.and_then(unfit) {
            Some(fault) => Err(ApiError::invalid(vec![Fault::member("expires_at", fault)])),
            None => Ok(after),
        }
    }

    /// Puts it into a row. A key that says no end is good for as long as a key may be.
    pub fn into_row(self, role_id: i64, row: api_key::Model) -> api_key::Model {
        api_key::Model {
            role_id,
            scope: self.scope.map(|scope| scope.name().to_owned()),
            addresses: self.networks.join(","),
            expires_at: self.expires_at.unwrap_or_else(|| now() + LIFE),
            ..row
        }
    }
}

/// The networks of a row.
fn networks(row: &api_key::Model) -> Vec<String> {
    row.addresses.split(',').filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

/// What is wrong with the end of a key, if anything is.
fn unfit(expires_at: Instant) -> Option<FaultCode> {
    let at = now();
    (expires_at <= at || expires_at > at + LIFE).then_some(FaultCode::OutOfRange)
}

/// A change of a key as a JSON merge patch (RFC 7396): absent members stay, null empties.
pub struct ApiKeyPatch;

impl PartialSchema for ApiKeyPatch {
    fn schema() -> RefOr<Schema> {
        let mut schema = schema::patch_of(ApiKeyCreate::schema(), &["expires_at"]);
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            object.properties.remove("name");
        }
        schema
    }
}

impl ToSchema for ApiKeyPatch {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        ApiKeyCreate::schemas(schemas);
    }
}

/// One page of keys.
#[derive(Serialize, ToSchema)]
pub struct ApiKeyPage {
    /// The keys of this page.
    pub items: Vec<ApiKey>,
    /// Goes into `cursor` for the next page; null on the last.
    #[schema(value_type = Option<String>)]
    pub next_cursor: Option<Cursor>,
    /// The number of all hits, when `count` asked for it.
    #[serde(flatten)]
    pub total: Total,
}

/// Whether a key is looked for among those that were revoked.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Revoked {
    /// `true` looks among those that were revoked instead.
    #[param(value_type = Option<bool>)]
    pub revoked: bool,
}

impl FromParameters for Revoked {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        Self { revoked: parameters.flag("revoked") }
    }
}

/// Which keys are listed, and how.
pub struct ApiKeyList {
    /// Which.
    pub filter: ApiKeyFilter,
    /// In what order.
    pub sort: Sort<api_key::Column>,
    /// Which page of them.
    pub page: PageQuery,
}

/// Parameters of the list of keys.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the documentation of parameters that are read one by one")]
pub struct ApiKeyListParameters {
    /// The name, exactly.
    #[param(max_length = 128, pattern = "not_blank")]
    name: Option<String>,
    /// `true` lists those that were revoked instead.
    revoked: Option<bool>,
    /// Order; `-` before a key turns it round. The id is always the last key.
    #[param(pattern = "^-?(name|expires_at|last_used_at|created_at|id)$", example = "name")]
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

impl FromParameters for ApiKeyList {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        let page = parameters.page(50);
        let sort = parameters.take("sort", sort).unwrap_or(BY_NAME);
        let filter =
            ApiKeyFilter { name: parameters.take("name", identifier::<128>), revoked: parameters.flag("revoked") };
        Self { filter, sort, page }
    }
}

/// What keys are sorted by.
const KEYS: [Key<api_key::Column>; 5] = [
    Key { name: "name", column: api_key::Column::Name, kind: KeyType::Text, nullable: false },
    Key { name: "expires_at", column: api_key::Column::ExpiresAt, kind: KeyType::Instant, nullable: false },
    Key { name: "last_used_at", column: api_key::Column::LastUsedAt, kind: KeyType::Instant, nullable: true },
    Key { name: "created_at", column: api_key::Column::CreatedAt, kind: KeyType::Instant, nullable: false },
    Key { name: "id", column: api_key::Column::Id, kind: KeyType::Id, nullable: false },
];
/// By name, A first.
const BY_NAME: Sort<api_key::Column> = Sort { key: KEYS[0], descending: false };

fn sort(text: &str) -> Result<Sort<api_key::Column>, FaultCode> {
    Sort::parse(&KEYS, text)
}
