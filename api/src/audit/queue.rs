//! The way of reads and refusals into the trail: a bounded queue, written in batches by a task of its own.
//!
//! The queue never loses what it took while the process lives. When it is full, a request waits for room: many events in one
//! transaction cost less than each in its own. When that takes long, or the database has refused a batch, it
//! writes its own event and is answered only when that succeeded. A process that is killed loses what the queue holds: the reads
//! of a quarter of a second. Changes do not come this way; their events are in their transactions.

use std::cell::{OnceCell, RefCell};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{Instant, interval, sleep};

use super::event::Event;
use super::key::Keyring;
use super::refusals::Refusals;
use crate::db::Db;
use crate::error::{ApiError, ApiResult};

/// How long events are gathered for a batch.
const LINGER: Duration = Duration::from_millis(250);
/// How often it is looked meanwhile whether there are enough.
const LOOKS: u32 = 10;
/// Most events of a batch.
const BATCH: usize = 512;
/// Most events of a batch that others kept waiting for as long as events are gathered.
const LATE_BATCH: usize = 4096;
/// How long a request waits for room in a full queue.
const ROOM: Duration = Duration::from_secs(1);
/// Between two tries to write a batch.
const PAUSE: Duration = Duration::from_millis(500);
/// How often it is looked whose refusals are to be told.
const LOOK: Duration = Duration::from_secs(5);
/// How long a server that stops tries to write what is left.
const LAST_TRIES: Duration = Duration::from_secs(10);

/// The trail, as requests see it.
pub struct Audit {
    keys: Arc<Keyring>,
    queue: mpsc::Sender<Event>,
    shared: Arc<Shared>,
    receiver: Mutex<Option<mpsc::Receiver<Event>>>,
    task: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Shared {
    /// Whether the last batch was refused.
    is_stalled: AtomicBool,
    is_ending: AtomicBool,
    end: Notify,
    refusals: Refusals,
}

impl Audit {
    /// A trail whose queue holds so many events.
    pub fn new(keys: Keyring, room: usize) -> Self {
        let (queue, receiver) = mpsc::channel(room);
        Self {
            keys: Arc::new(keys),
            queue,
            shared: Arc::default(),
            receiver: Mutex::new(Some(receiver)),
            task: Mutex::default(),
        }
    }

    /// The keys that sign it.
    pub fn keys(&self) -> Arc<Keyring> {
        Arc::clone(&self.keys)
    }

    /// Starts to write what the queue gets.
    pub fn start(&self, db: Db) {
        let receiver = self.receiver.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(queue) = receiver else { return };
        let writer = Writer { queue, db, keys: self.keys(), shared: Arc::clone(&self.shared) };
        let task = actix_web::rt::spawn(writer.run());
        *self.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
    }

    /// Takes the event of a success, before it is answered.
    ///
    /// # Errors
    /// When it can neither wait in the queue nor be written: then there must be no answer.
    pub async fn note(&self, db: &Db, event: Event) -> ApiResult<()> {
        if self.shared.is_stalled.load(Ordering::Relaxed) {
            return write(db, &self.keys, vec![event]).await;
        }
        match self.queue.send_timeout(event, ROOM).await {
            Ok(()) => Ok(()),
            Err(untaken) => write(db, &self.keys, vec![untaken.into_inner()]).await,
        }
    }

    /// Takes the event of a refusal: no data goes out, so that the answer need not depend on it. At the worst it stands in the log.
    pub async fn note_refusal(&self, db: &Db, event: Event) {
        let Err(untaken) = self.queue.send_timeout(event, ROOM).await else { return };
        let event = untaken.into_inner();
        if let Err(error) = write(db, &self.keys, vec![event.clone()]).await {
            log(&event, &error);
        }
    }

    /// Takes the event of what a limit refused: the first of its kind as any refusal, further ones as a number.
    pub async fn note_limited(&self, db: &Db, event: Event) {
        if self.shared.refusals.is_first(&event, std::time::Instant::now()) {
            self.note_refusal(db, event).await;
        }
    }

    /// Writes what the queue holds, and ends the task.
    pub async fn drain(&self) {
        self.shared.is_ending.store(true, Ordering::Relaxed);
        self.shared.end.notify_one();
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task
            && let Err(error) = task.await
        {
            tracing::error!(cause = %error, "the task that writes the audit trail ended before its time");
        }
    }
}

/// What an event says, for the log: when the database will not have it.
fn log(event: &Event, error: &ApiError) {
    tracing::error!(
        action = %event.action,
        outcome = event.outcome,
        actor = event.actor.kind.name(),
        actor_id = event.actor.id,
        resource_id = event.resource.as_ref().and_then(|(_, id)| *id),
        patient_fk = event.patient_fk,
        request_id = event.origin.request_id.as_deref(),
        cause = %error,
        "an event of the audit trail could not be written"
    );
}

/// The task that writes.
struct Writer {
    queue: mpsc::Receiver<Event>,
    db: Db,
    keys: Arc<Keyring>,
    shared: Arc<Shared>,
}

impl Writer {
    async fn run(mut self) {
        let mut batch = Vec::with_capacity(BATCH);
        let mut look = interval(LOOK);
        loop {
            let shared = Arc::clone(&self.shared);
            tokio::select! {
                biased;
                _ = look.tick() => {
                    self.tell(self.shared.refusals.over(std::time::Instant::now())).await;
                    continue;
                }
                received = self.queue.recv_many(&mut batch, BATCH) => if received == 0 {
                    return self.tell(self.shared.refusals.all()).await;
                },
                () = shared.end.notified() => {
                    self.queue.close();
                    continue;
                }
            }
            self.linger(batch.len()).await;
            fill(&mut batch, BATCH, &mut self.queue);
            self.persist(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).await;
        }
    }

    /// Waits for more events than these, as long as they may come and find room.
    async fn linger(&self, gathered: usize) {
        for _ in 0..LOOKS {
            if gathered + self.queue.len() >= BATCH || self.queue.capacity() == 0 || self.is_ending() {
                return;
            }
            sleep(LINGER / LOOKS).await;
        }
    }

    async fn tell(&mut self, refusals: Vec<Event>) {
        for batch in refusals.chunks(BATCH) {
            self.persist(batch.to_vec()).await;
        }
    }

    fn is_ending(&self) -> bool {
        self.shared.is_ending.load(Ordering::Relaxed)
    }

    /// Writes a batch, however often it takes; at the end, for a while.
    async fn persist(&mut self, batch: Vec<Event>) {
        let (asked, queue) = (Instant::now(), RefCell::new(&mut self.queue));
        // Once: a batch that was committed unheard is known by the beginnings of its parts, and must be the same the next time.
        let whole = OnceCell::new();
        let mut deadline = None;
        loop {
            let written = self.db.write(async |tx| {
                let events: &Vec<Event> =
                    whole.get_or_init(|| with_late(batch.clone(), asked, &mut queue.borrow_mut()));
                Ok(super::write(tx, &self.keys, &mut events.clone()).await?)
            });
            let Err(error) = written.await else {
                return self.shared.is_stalled.store(false, Ordering::Relaxed);
            };
            self.shared.is_stalled.store(true, Ordering::Relaxed);
            let events = whole.get().unwrap_or(&batch);
            let is_ending = self.shared.is_ending.load(Ordering::Relaxed);
            if is_ending && Instant::now() >= *deadline.get_or_insert_with(|| Instant::now() + LAST_TRIES) {
                return events.iter().for_each(|event| log(event, &error));
            }
            tracing::error!(cause = %error, events = events.len(), "the audit trail cannot be written; trying again");
            sleep(PAUSE).await;
        }
    }
}

/// A batch whose turn has come, and what came while others wrote, if they did for long: turns that are rare must be worth more.
fn with_late(mut batch: Vec<Event>, asked: Instant, queue: &mut mpsc::Receiver<Event>) -> Vec<Event> {
    if asked.elapsed() >= LINGER {
        fill(&mut batch, LATE_BATCH, queue);
    }
    batch
}

/// Adds what waits in the queue, until the batch has so many events.
fn fill(batch: &mut Vec<Event>, most: usize, queue: &mut mpsc::Receiver<Event>) {
    while let Some(event) = (batch.len() < most).then(|| queue.try_recv().ok()).flatten() {
        batch.push(event);
    }
}

/// Writes events in a transaction of their own.
async fn write(db: &Db, keys: &Keyring, events: Vec<Event>) -> ApiResult<()> {
    db.write(async |tx| Ok(super::write(tx, keys, &mut events.clone()).await?)).await
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use entity::audit_event;
    use sea_orm::{ConnectionTrait, DatabaseBackend, EntityTrait, PaginatorTrait};
    use tokio::task::LocalSet;
    use tokio::time::timeout;

    use super::*;
    use crate::audit::event::{Actor, Origin};
    use crate::config::Secret;
    use crate::explained::database;

    #[tokio::test]
    async fn an_event_waits_for_room_and_is_written_by_its_request_when_there_is_none() {
        let (db, remove) = database("audit_room").await;
        let audit = Audit::new(Keyring::new(&Secret::new("a secret of the tests"), &[]), 1);
        let event = || Event::new(Actor::ANONYMOUS, Cow::Borrowed("login"), Origin::default());
        let written = async || audit_event::Entity::find().count(db.reader().pool()).await.expect("a number");
        audit.note(&db, event()).await.expect("the queue has room for one");
        // Nobody takes it from there.
        let waited = timeout(ROOM / 4, audit.note(&db, event())).await;
        assert!(waited.is_err() && written().await == 0, "the second one waits");
        audit.note(&db, event()).await.expect("the third one is written at last");
        assert_eq!(written().await, 1);
        db.close().await.expect("the connections close");
        remove().await;
    }

    #[tokio::test]
    async fn a_batch_that_waited_for_its_turn_takes_along_what_came_meanwhile() {
        let (db, remove) = database("audit_turn").await;
        // MariaDB's writers wait for nobody's turn.
        if db.reader().get_database_backend() == DatabaseBackend::Sqlite {
            let keys = Keyring::new(&Secret::new("a secret of the tests"), &[]);
            let audit = Audit::new(keys, 3 * BATCH);
            let event = || Event::new(Actor::ANONYMOUS, Cow::Borrowed("login"), Origin::default());
            let waits = Notify::new();
            LocalSet::new()
                .run_until(async {
                    audit.start(db.clone());
                    let busy = db.write(async |_| {
                        for _ in 0..BATCH {
                            audit.note(&db, event()).await?;
                        }
                        while audit.queue.capacity() < audit.queue.max_capacity() {
                            sleep(PAUSE / 100).await;
                        }
                        waits.notify_one();
                        sleep(2 * LINGER).await;
                        for _ in 0..2 * BATCH {
                            audit.note(&db, event()).await?;
                        }
                        Ok(())
                    });
                    let behind = async {
                        waits.notified().await;
                        db.write(async |tx| Ok(audit_event::Entity::find().count(tx).await?)).await
                    };
                    let (busy, written) = tokio::join!(busy, behind);
                    busy.expect("the events are taken");
                    assert_eq!(written.expect("a number"), 3 * BATCH as u64, "all in the one turn before");
                    audit.drain().await;
                })
                .await;
        }
        db.close().await.expect("the connections close");
        remove().await;
    }
}
