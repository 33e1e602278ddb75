//! How long the ranges of the index are, remembered for a while.
//!
//! A search of several words walks the rarest of them, and reads long ranges piece by piece, so that it looks first how long each
//! range is. That takes as long as many a search, and the same common words are looked for again and again.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::plan::Needle;
use super::rank::Place;

/// How long a length is taken to be what it was. On it hang the time that a search takes, and which word leads its hits; never what
/// is found.
const KEPT: Duration = Duration::from_mins(1);
/// Most lengths remembered; beyond it the memory starts anew.
const ROOM: usize = 4096;

/// The lengths that were seen of late.
#[derive(Default)]
pub struct Lengths {
    /// How many entries and postings a needle has, with its studies or without.
    pub rarities: Kept<(Needle, bool), u64>,
    /// How many postings a text has.
    pub texts: Kept<i64, u64>,
    /// Where the first piece of the entries of a kind and needle ends, if they go on behind it.
    pub pieces: Kept<(i16, Needle), Option<Place>>,
}

/// Values by their keys, each for a while.
pub struct Kept<K, V>(Mutex<HashMap<K, (Instant, V)>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> Kept<K, V> {
    /// The value of a key that was kept of late.
    pub fn get(&self, key: &K) -> Option<V> {
        let kept = self.lock();
        let (at, value) = kept.get(key)?;
        (at.elapsed() < KEPT).then(|| value.clone())
    }

    /// Keeps a value.
    pub fn keep(&self, key: K, value: V) {
        let mut kept = self.lock();
        if kept.len() >= ROOM {
            kept.clear();
        }
        kept.insert(key, (Instant::now(), value));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, (Instant, V)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
