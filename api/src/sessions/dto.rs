//! Wire types of sessions.

use entity::session;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::schema;
use crate::values::instant_text;

/// A live session of an account.
#[derive(Serialize, ToSchema)]
pub struct Session {
    /// The session's id.
    #[schema(minimum = 1, example = 7)]
    pub id: i64,
    /// Whether the request itself belongs to it.
    pub current: bool,
    /// What its holder called the device when signing in.
    #[schema(max_length = 64, example = "Reading room 2")]
    pub device: Option<String>,
    /// The program that signed in, as it named itself.
    #[schema(max_length = 255, example = "Mozilla/5.0 (X11; Linux x86_64)")]
    pub user_agent: String,
    /// Where it was last used from.
    #[schema(max_length = 45, example = "192.0.2.60")]
    pub address: String,
    /// When it began.
    #[schema(schema_with = schema::instant)]
    pub created_at: String,
    /// When it was last refreshed.
    #[schema(schema_with = schema::instant)]
    pub last_used_at: String,
    /// When it ends unless it is refreshed.
    #[schema(schema_with = schema::instant)]
    pub expires_at: String,
    /// When it ends in any case.
    #[schema(schema_with = schema::instant)]
    pub ends_at: String,
}

impl Session {
    /// A session as the holder of the session `current` sees it.
    pub fn of(row: session::Model, current: i64) -> Self {
        Self {
            id: row.id,
            current: row.id == current,
            device: row.device,
            user_agent: row.user_agent,
            address: row.address,
            created_at: instant_text(row.created_at),
            last_used_at: instant_text(row.last_used_at),
            expires_at: instant_text(row.expires_at),
            ends_at: instant_text(row.ends_at),
        }
    }
}

/// The live sessions of an account, the last used first: few enough for one page.
#[derive(Serialize, ToSchema)]
pub struct SessionPage {
    /// The sessions.
    pub items: Vec<Session>,
    /// Always null.
    pub next_cursor: Option<String>,
}

impl SessionPage {
    /// Sessions as the holder of the session `current` sees them.
    pub fn of(rows: Vec<session::Model>, current: i64) -> Self {
        Self { items: rows.into_iter().map(|row| Session::of(row, current)).collect(), next_cursor: None }
    }
}
