//! Single rows that are read at the same time are read together.
//!
//! Reading one row costs little in MariaDB, and much around it: a connection of the pool and a round trip. Requests that arrive
//! while others are being answered are therefore answered by one statement. One that arrives alone waits for nobody. Of SQLite
//! each reads its own row, where nothing is around it.

use std::collections::HashMap;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sea_orm::DbErr;
use tokio::sync::oneshot;

use super::Reader;
use crate::error::{ApiError, ApiResult, ProblemCode};

/// Statements under way at once. A second one reads while the first one's rows are being passed on; more would only make each
/// of them smaller.
const LANES: usize = 2;
/// Most rows of one statement.
const MOST: usize = 64;

/// Reads the rows of some ids. The ids may repeat.
pub type Load<V> = fn(Reader, Vec<i64>) -> Loading<V>;
/// The rows that are being read, by id; those that do not exist are absent.
pub type Loading<V> = Pin<Box<dyn Future<Output = Result<HashMap<i64, V>, DbErr>> + Send>>;

type Outcome<V> = Result<Option<V>, Arc<DbErr>>;

/// Reads rows of one kind by id.
pub struct Together<V> {
    load: Load<V>,
    waiting: Arc<Mutex<Waiting<V>>>,
}

struct Waiting<V> {
    lanes: usize,
    requests: Vec<(i64, oneshot::Sender<Outcome<V>>)>,
}

impl<V: Clone + Send + 'static> Together<V> {
    /// Rows as `load` reads them.
    pub fn new(load: Load<V>) -> Self {
        Self { load, waiting: Arc::new(Mutex::new(Waiting { lanes: 0, requests: Vec::new() })) }
    }

    /// The row of this id, as it is now or later, never as it was before the call.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn get(&self, db: &Reader, id: i64) -> ApiResult<Option<V>> {
        if db.is_in_place() {
            return Ok((self.load)(db.clone(), vec![id]).await?.remove(&id));
        }
        let (sender, receiver) = oneshot::channel();
        let open_lane = {
            let mut waiting = lock(&self.waiting);
            waiting.requests.push((id, sender));
            let open = waiting.lanes < LANES;
            waiting.lanes += usize::from(open);
            open
        };
        if open_lane {
            // A task of its own: the request that opened the lane may be given up while others wait in it.
            tokio::spawn(work(db.clone(), self.load, Arc::clone(&self.waiting)));
        }
        let answer = receiver.await.map_err(|_| ApiError::new(ProblemCode::Unavailable))?;
        answer.map_err(|error| ApiError::from(&*error))
    }
}

/// Reads what waits until nothing does.
async fn work<V: Clone>(db: Reader, load: Load<V>, waiting: Arc<Mutex<Waiting<V>>>) {
    loop {
        let requests = {
            let mut waiting = lock(&waiting);
            let most = waiting.requests.len().min(MOST);
            let left = waiting.requests.split_off(most);
            let requests = mem::replace(&mut waiting.requests, left);
            if requests.is_empty() {
                waiting.lanes -= 1;
                return;
            }
            requests
        };
        answer(load(db.clone(), requests.iter().map(|(id, _)| *id).collect()).await, requests);
    }
}

fn answer<V: Clone>(rows: Result<HashMap<i64, V>, DbErr>, requests: Vec<(i64, oneshot::Sender<Outcome<V>>)>) {
    // Who has gone meanwhile needs no answer.
    let rows = rows.map_err(Arc::new);
    for (id, sender) in requests {
        let answer = rows.as_ref().map(|rows| rows.get(&id).cloned()).map_err(Arc::clone);
        drop(sender.send(answer));
    }
}

fn lock<V>(waiting: &Mutex<Waiting<V>>) -> MutexGuard<'_, Waiting<V>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}
