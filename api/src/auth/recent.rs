//! What was read of the database in the last seconds, so that not every request asks who is calling.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a server trusts what it has read. A change on the same server is forgotten at once.
const TRUST: Duration = Duration::from_secs(5);
/// Most values kept; beyond it the cache starts anew.
const ROOM: usize = 10_000;

/// Values by their keys, each at most a few seconds old.
pub struct Recent<K, V>(Mutex<Seen<K, V>>);

struct Seen<K, V> {
    values: HashMap<K, (Instant, V)>,
    /// How often something was forgotten: what was read before that may be out of date.
    forgotten: u64,
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self(Mutex::new(Seen { values: HashMap::new(), forgotten: 0 }))
    }
}

impl<K: Eq + Hash, V: Clone> Recent<K, V> {
    /// The value of a key: the one kept, or what `read` finds.
    ///
    /// # Errors
    /// What `read` says.
    pub async fn get<E>(&self, key: K, read: impl Future<Output = Result<Option<V>, E>>) -> Result<Option<V>, E> {
        if let Some(value) = self.fresh(&key) {
            return Ok(Some(value));
        }
        let (asked, forgotten) = (Instant::now(), self.seen().forgotten);
        let value = read.await?;
        let mut seen = self.seen();
        if let Some(value) = value.as_ref().filter(|_| seen.forgotten == forgotten) {
            if seen.values.len() >= ROOM {
                seen.values.clear();
            }
            seen.values.insert(key, (asked, value.clone()));
        }
        drop(seen);
        Ok(value)
    }

    fn fresh(&self, key: &K) -> Option<V> {
        let seen = self.seen();
        let (asked, value) = seen.values.get(key)?;
        (asked.elapsed() < TRUST).then(|| value.clone())
    }

    /// Forgets what was changed here.
    pub fn forget(&self, is_changed: impl Fn(&K, &V) -> bool) {
        let mut seen = self.seen();
        seen.values.retain(|key, (_, value)| !is_changed(key, value));
        seen.forgotten += 1;
    }

    fn seen(&self) -> MutexGuard<'_, Seen<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
