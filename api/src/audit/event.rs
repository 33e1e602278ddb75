//! One event of the trail: who did what to which row, and how it ended.

use std::borrow::Cow;
use std::net::IpAddr;

use entity::audit_event;

use super::ids::{mint, mint_elsewhere};
use super::key::{KEY_ID, Key, Keyring};
use crate::values::Instant;

/// How an event ended that did what it was to do.
pub const SUCCESS: &str = "success";
/// How an event ended whose answer nobody waited for: the client went away, or the time limit struck.
pub const ABANDONED: &str = "abandoned";

/// What kind of principal acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorType {
    /// Nobody who is known.
    Anonymous,
    /// Someone who signed in.
    User,
    /// A script with an API key.
    ApiKey,
    /// The server itself, or its command line.
    System,
}

impl ActorType {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Anonymous, Self::User, Self::ApiKey, Self::System];

    /// Its name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anonymous => "anonymous",
            Self::User => "user",
            Self::ApiKey => "api_key",
            Self::System => "system",
        }
    }
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Actor {
    pub kind: ActorType,
    /// The id of the user or of the API key.
    pub id: Option<i64>,
    /// The name as it is now.
    pub name: Option<String>,
}

impl Actor {
    /// Nobody who is known.
    pub const ANONYMOUS: Self = Self { kind: ActorType::Anonymous, id: None, name: None };

    /// Someone who signed in.
    pub fn user(id: i64, name: &str) -> Self {
        Self { kind: ActorType::User, id: Some(id), name: Some(name.to_owned()) }
    }

    /// A script with an API key.
    pub fn api_key(id: i64, name: &str) -> Self {
        Self { kind: ActorType::ApiKey, id: Some(id), name: Some(name.to_owned()) }
    }

    /// The server itself, or its command line.
    pub fn system(name: &str) -> Self {
        Self { kind: ActorType::System, id: None, name: Some(name.to_owned()) }
    }

    /// The user's id, for the columns that name who changed a row.
    pub fn user_id(&self) -> Option<i64> {
        self.id.filter(|_| self.kind == ActorType::User)
    }
}

/// Where an event came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pub address: Option<IpAddr>,
    pub request_id: Option<String>,
    pub user_agent: Option<String>,
}

/// An event that is about to be written.
#[derive(Clone, Debug)]
pub struct Event {
    id: i64,
    at: Instant,
    pub actor: Actor,
    pub action: Cow<'static, str>,
    pub outcome: &'static str,
    pub resource: Option<(Cow<'static, str>, Option<i64>)>,
    pub patient_fk: Option<i64>,
    pub version_before: Option<i64>,
    pub version_after: Option<i64>,
    pub changed: Option<String>,
    pub parameters: Option<String>,
    pub results: Option<i64>,
    pub details: Option<String>,
    pub origin: Origin,
}

impl Event {
    /// A success of this action, now.
    pub fn new(actor: Actor, action: Cow<'static, str>, origin: Origin) -> Self {
        let (id, at) = mint();
        Self {
            id,
            at,
            actor,
            action,
            outcome: SUCCESS,
            resource: None,
            patient_fk: None,
            version_before: None,
            version_after: None,
            changed: None,
            parameters: None,
            results: None,
            details: None,
            origin,
        }
    }

    /// The key of its row: the order of keys is that of time.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Another action than the operation's.
    #[must_use]
    pub fn action(mut self, action: &'static str) -> Self {
        self.action = Cow::Borrowed(action);
        self
    }

    /// The row it is about.
    #[must_use]
    pub fn on(mut self, resource_type: &'static str, id: i64) -> Self {
        self.resource = Some((Cow::Borrowed(resource_type), Some(id)));
        self
    }

    /// The patient it is about.
    #[must_use]
    pub fn about(mut self, patient_fk: i64) -> Self {
        self.patient_fk = Some(patient_fk);
        self
    }

    /// The row's versions before and after; none before it was there, none after it is gone.
    #[must_use]
    pub fn versions(mut self, before: Option<i64>, after: Option<i64>) -> Self {
        (self.version_before, self.version_after) = (before, after);
        self
    }

    /// The names of the fields that changed.
    #[must_use]
    pub fn changed<'a>(mut self, fields: impl IntoIterator<Item = &'a str>) -> Self {
        self.changed = joined(fields);
        self
    }

    /// How many items there were.
    #[must_use]
    pub fn results(mut self, number: usize) -> Self {
        self.results = i64::try_from(number).ok();
        self
    }

    /// Further facts. No names of patients, no terms of searches, no secrets.
    #[must_use]
    pub fn details(mut self, facts: &serde_json::Value) -> Self {
        self.details = Some(facts.to_string());
        self
    }

    /// How it ended, unless well: the code of the problem that was answered.
    #[must_use]
    pub fn ended(mut self, outcome: &'static str) -> Self {
        self.outcome = outcome;
        self
    }

    /// Gives it a new id, after another instance has taken the same one.
    pub(super) fn renew(&mut self) {
        (self.id, self.at) = mint_elsewhere();
    }

    /// The row, signed.
    pub(super) fn into_row(self, key: &Key) -> audit_event::Model {
        let (resource_type, resource_id) =
            self.resource.map_or((None, None), |(kind, id)| (Some(kind.into_owned()), id));
        let mut row = audit_event::Model {
            id: self.id,
            at: self.at,
            actor_type: self.actor.kind.name().to_owned(),
            actor_id: self.actor.id,
            actor_name: self.actor.name,
            action: self.action.into_owned(),
            outcome: self.outcome.to_owned(),
            resource_type,
            resource_id,
            patient_fk: self.patient_fk,
            version_before: self.version_before,
            version_after: self.version_after,
            changed: self.changed,
            parameters: self.parameters,
            results: self.results,
            details: self.details,
            address: self.origin.address.map(|address| address.to_string()),
            request_id: self.origin.request_id,
            user_agent: self.origin.user_agent,
            mac: Vec::new(),
        };
        row.mac = signature(&row, key);
        row
    }
}

/// Names joined by commas; nothing when there are none.
pub(super) fn joined<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let names: Vec<&str> = names.into_iter().collect();
    (!names.is_empty()).then(|| names.join(","))
}

/// Bytes of a row's signature that are kept, after the key's name (RFC 2104 section 5: half of the hash is enough).
const SIGNED: usize = 16;

/// A row's signature by this key: the key's name, then the first half of the HMAC of every other column.
fn signature(row: &audit_event::Model, key: &Key) -> Vec<u8> {
    let mut signature = key.id().to_vec();
    signature.extend_from_slice(&key.sign(&message(row))[..SIGNED]);
    signature
}

/// Whether a row is what was signed; nothing is said when its key is not known.
pub fn is_intact(row: &audit_event::Model, keys: &Keyring) -> Option<bool> {
    let key = keys.find(row.mac.get(..KEY_ID)?)?;
    Some(signature(row, key) == row.mac)
}

/// Every column but the signature, each with its length, so that no two rows are written alike.
fn message(row: &audit_event::Model) -> Vec<u8> {
    fn number(message: &mut Vec<u8>, number: Option<i64>) {
        message.push(u8::from(number.is_some()));
        message.extend(number.unwrap_or_default().to_be_bytes());
    }
    fn text(message: &mut Vec<u8>, text: Option<&str>) {
        number(message, text.map(|text| i64::try_from(text.len()).unwrap_or(i64::MAX)));
        message.extend_from_slice(text.unwrap_or_default().as_bytes());
    }
    let mut message = Vec::with_capacity(320);
    number(&mut message, Some(row.id));
    number(&mut message, i64::try_from(row.at.assume_utc().unix_timestamp_nanos() / 1000).ok());
    for column in [&row.actor_type, &row.action, &row.outcome] {
        text(&mut message, Some(column));
    }
    for column in [row.actor_id, row.resource_id, row.patient_fk, row.version_before, row.version_after, row.results] {
        number(&mut message, column);
    }
    for column in [
        &row.actor_name,
        &row.resource_type,
        &row.changed,
        &row.parameters,
        &row.details,
        &row.address,
        &row.request_id,
        &row.user_agent,
    ] {
        text(&mut message, column.as_deref());
    }
    message
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;
    use crate::config::Secret;

    fn event() -> Event {
        let origin = Origin {
            address: Some(IpAddr::from([192, 0, 2, 1])),
            request_id: Some("r-1".to_owned()),
            user_agent: Some("tests".to_owned()),
        };
        Event::new(Actor::user(7, "marie"), Cow::Borrowed("update_patient"), origin)
            .on("patient", 12)
            .about(12)
            .versions(Some(1), Some(2))
            .changed(["family_name", "sex"])
    }

    #[test]
    fn every_column_is_signed() {
        let keys = Keyring::new(&Secret::new("a secret of the tests"), &[]);
        let row = event().into_row(keys.current());
        assert_eq!(is_intact(&row, &keys), Some(true));
        let changes: [fn(&mut audit_event::Model); 8] = [
            |row| row.id += 1,
            |row| row.at += Duration::microseconds(1),
            |row| row.actor_id = None,
            |row| row.actor_name = Some("paul".to_owned()),
            |row| row.outcome = "forbidden".to_owned(),
            |row| row.version_after = Some(3),
            |row| row.changed = Some("family_name".to_owned()),
            |row| (row.request_id, row.user_agent) = (row.user_agent.clone(), row.request_id.clone()),
        ];
        for change in changes {
            let mut forged = row.clone();
            change(&mut forged);
            assert_eq!(is_intact(&forged, &keys), Some(false), "{forged:?}");
        }
        assert_eq!(is_intact(&row, &Keyring::new(&Secret::new("another secret"), &[])), None);
    }
}
