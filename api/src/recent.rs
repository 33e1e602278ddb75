//! What was read of the database a moment ago, so that not every request asks again.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Values by their keys, none older than is trusted.
pub struct Recent<K, V> {
    /// How long a value is taken to be what it was.
    trust: fn(&V) -> Duration,
    /// Most values kept; beyond it the cache starts anew.
    room: usize,
    seen: Mutex<Seen<K, V>>,
}

struct Seen<K, V> {
    values: HashMap<K, (Instant, V)>,
    /// How often something was forgotten: what was read before that may be out of date.
    forgotten: u64,
}

impl<K: Eq + Hash, V> Seen<K, V> {
    fn keep(&mut self, key: K, at: Instant, value: V, room: usize) {
        if self.values.len() >= room {
            self.values.clear();
        }
        self.values.insert(key, (at, value));
    }
}

impl<K: Eq + Hash, V: Clone> Recent<K, V> {
    /// Keeps so many values, each for as long as it says.
    pub fn new(trust: fn(&V) -> Duration, room: usize) -> Self {
        Self { trust, room, seen: Mutex::new(Seen { values: HashMap::new(), forgotten: 0 }) }
    }

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
            seen.keep(key, asked, value.clone(), self.room);
        }
        drop(seen);
        Ok(value)
    }

    /// Keeps a value that is read now.
    pub fn keep(&self, key: K, value: V) {
        self.seen().keep(key, Instant::now(), value, self.room);
    }

    /// The value of a key, if one is kept that can be trusted.
    pub fn fresh(&self, key: &K) -> Option<V> {
        let seen = self.seen();
        let (asked, value) = seen.values.get(key)?;
        (asked.elapsed() < (self.trust)(value)).then(|| value.clone())
    }

    /// Forgets what was changed here.
    pub fn forget(&self, is_changed: impl Fn(&K, &V) -> bool) {
        let mut seen = self.seen();
        seen.values.retain(|key, (_, value)| !is_changed(key, value));
        seen.forgotten += 1;
    }

    fn seen(&self) -> MutexGuard<'_, Seen<K, V>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
