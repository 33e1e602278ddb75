//! Scripts that call with an API key.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::{HttpRequest, web};
use entity::api_key;
use entity::role::RoleName;
use ipnet::IpNet;

use super::recent_callers;
use crate::api_keys::secret::ApiKeyText;
use crate::api_keys::{Scope, queries};
use crate::error::{ApiResult, ProblemCode};
use crate::http::ClientAddress;
use crate::recent::Recent;
use crate::state::AppState;
use crate::values::Instant;

/// The one path where nothing is done but searching.
const SEARCH: &str = "/api/search";

/// A key that counts.
#[derive(Debug)]
pub struct ApiKeyCaller {
    /// The key's id.
    pub id: i64,
    /// What it is for.
    pub name: String,
    /// What it may do at most.
    pub role: RoleName,
    scope: Option<Scope>,
    networks: Vec<IpNet>,
    expires_at: Instant,
    is_use_noted: AtomicBool,
}

impl ApiKeyCaller {
    fn of(row: &api_key::Model, role: RoleName) -> Self {
        Self {
            id: row.id,
            name: row.name.clone(),
            role,
            scope: row.scope.as_deref().and_then(|name| Scope::parse(name).ok()),
            networks: row.addresses.split(',').filter_map(|network| network.parse().ok()).collect(),
            expires_at: row.expires_at,
            is_use_noted: AtomicBool::new(!queries::is_use_to_be_noted(row)),
        }
    }

    /// Why the key does not open this operation, if it does not, its role aside.
    pub fn refusal(&self, request: &HttpRequest) -> Option<ProblemCode> {
        let address = ClientAddress::of(request).0;
        if !self.networks.is_empty() && !self.networks.iter().any(|network| network.contains(&address)) {
            return Some(ProblemCode::AddressNotAllowed);
        }
        let searches = request.path() == SEARCH;
        let reads = searches || request.method().is_safe();
        let allowed = match self.scope {
            None => true,
            Some(Scope::Read) => reads,
            Some(Scope::Search) => searches,
        };
        (!allowed).then_some(ProblemCode::OutOfScope)
    }
}

/// The keys that were used in the last seconds.
pub struct ApiKeyCache(Recent<String, Arc<ApiKeyCaller>>);

impl Default for ApiKeyCache {
    fn default() -> Self {
        Self(recent_callers())
    }
}

impl ApiKeyCache {
    /// The key that a request was sent with, if it counts.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn get(&self, state: &AppState, text: &str) -> ApiResult<Option<Arc<ApiKeyCaller>>> {
        let Some(sent) = ApiKeyText::parse(text) else { return Ok(None) };
        let read = async {
            let found = queries::find(state.db.reader(), sent.id).await?;
            let good = found.filter(|(row, _)| row.revoked_at.is_none() && same(&row.hash, &sent.hash));
            ApiResult::Ok(good.map(|(row, role)| Arc::new(ApiKeyCaller::of(&row, role))))
        };
        let key = self.0.get(sent.hash.clone(), read).await?;
        Ok(key.filter(|key| key.id == sent.id && !queries::is_past(key.expires_at)))
    }

    /// Forgets all keys, after one was changed here.
    pub fn forget(&self) {
        self.0.forget(|_, _| true);
    }
}

/// Compares in a time that does not tell how much is the same.
fn same(kept: &str, sent: &str) -> bool {
    let differences = kept.bytes().zip(sent.bytes()).fold(0, |all, (one, other)| all | (one ^ other));
    kept.len() == sent.len() && differences == 0
}

/// Notes that a key is used, at most once a minute and without keeping the request waiting.
pub fn note_use(state: &web::Data<AppState>, key: &Arc<ApiKeyCaller>) {
    if key.is_use_noted.swap(true, Ordering::Relaxed) {
        return;
    }
    let (state, id) = (state.clone(), key.id);
    actix_web::rt::spawn(async move {
        let noted = state.db.write(async |tx| Ok(queries::note_use(tx, id).await?)).await;
        if let Err(error) = noted {
            tracing::warn!(cause = %error, "the last use of an API key was not noted");
        }
    });
}
