//! The snapshot of the numbers: read, and taken anew when it is old.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

use super::queries;
use crate::db::Db;
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::values::{self, now};

/// How many ids are counted by one statement.
const STRETCH: i64 = 20_000;
/// A server that has not finished by then is taken for dead.
const CLAIM: Duration = Duration::from_mins(5);
/// Counting takes at most one part of this many of a connection's time.
const REST: u32 = 20;
/// How long a request waits for new numbers when there are old ones.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long it waits for the first ones.
const FIRST_PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(20);

/// The numbers of the registry.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// By sex; unknown is empty.
    pub patients: BTreeMap<String, i64>,
    pub patients_in_bin: i64,
    /// By status.
    pub studies: BTreeMap<String, i64>,
    pub studies_in_bin: i64,
    /// By month of the study date; unknown is empty.
    pub months: BTreeMap<String, i64>,
    pub modalities: BTreeMap<String, i64>,
}

/// The numbers, and when they were counted.
pub struct Snapshot {
    pub taken_at: values::Instant,
    pub numbers: Numbers,
}

/// Takes snapshots, one at a time.
pub struct Counter {
    max_age: Duration,
    turn: Arc<Mutex<()>>,
}

impl Counter {
    /// Snapshots are taken anew when they are older than `max_age`, or longer if counting takes long.
    pub fn new(max_age: Duration) -> Self {
        Self { max_age, turn: Arc::default() }
    }

    /// The numbers: new ones, if the old ones are old and the new ones come in time.
    ///
    /// # Errors
    /// When the database fails; 503 while the first snapshot is being taken.
    pub async fn current(&self, db: &Db) -> ApiResult<Snapshot> {
        let asked = now();
        let stored = Stored::read(db).await?;
        if let Some(snapshot) = stored.snapshot.filter(|snapshot| asked - snapshot.taken_at < self.age(stored.took)) {
            return Ok(snapshot);
        }
        self.count_beside(db);
        let patience = if stored.taken_at.is_some() { PATIENCE } else { FIRST_PATIENCE };
        let waited = Instant::now();
        loop {
            sleep(PAUSE).await;
            let stored = Stored::read(db).await?;
            let is_new = stored.taken_at.is_some_and(|taken_at| taken_at >= asked);
            if is_new || waited.elapsed() >= patience {
                return stored.snapshot.ok_or_else(|| ApiError::new(ProblemCode::Overloaded));
            }
        }
    }

    fn age(&self, took: Duration) -> Duration {
        self.max_age.max(took * REST)
    }

    /// Lets this server count, unless it does so already or another one does.
    fn count_beside(&self, db: &Db) {
        let Ok(turn) = Arc::clone(&self.turn).try_lock_owned() else { return };
        let db = db.clone();
        actix_web::rt::spawn(async move {
            if let Err(error) = count(&db).await {
                tracing::warn!(cause = error.source_text().unwrap_or("the database is busy"), "no statistics");
            }
            drop(turn);
        });
    }
}

/// What the database keeps.
struct Stored {
    taken_at: Option<values::Instant>,
    took: Duration,
    snapshot: Option<Snapshot>,
}

impl Stored {
    async fn read(db: &Db) -> ApiResult<Self> {
        let row = queries::find(db.reader()).await?;
        // What another version of the program wrote may have another form: it is counted anew.
        let numbers = row.content.and_then(|content| serde_json::from_str(&content).ok());
        let snapshot = row.taken_at.zip(numbers).map(|(taken_at, numbers)| Snapshot { taken_at, numbers });
        let taken_at = snapshot.as_ref().map(|snapshot| snapshot.taken_at);
        Ok(Self { taken_at, took: Duration::from_micros(row.microseconds.unsigned_abs()), snapshot })
    }
}

/// Takes a snapshot, if no other server is about to.
async fn count(db: &Db) -> ApiResult<()> {
    if !db.write(async |tx| Ok(queries::claim(tx, now(), now() + CLAIM).await?)).await? {
        return Ok(());
    }
    let taken_at = now();
    let counted = timeout(CLAIM, numbers(db)).await.unwrap_or_else(|_| Err(ApiError::new(ProblemCode::Timeout)));
    let numbers = match counted {
        Ok(numbers) => numbers,
        Err(error) => {
            db.write(async |tx| Ok(queries::release(tx).await?)).await?;
            return Err(error);
        }
    };
    let content = serde_json::to_string(&numbers).map_err(|error| ApiError::internal(error.to_string()))?;
    let took = i64::try_from((now() - taken_at).whole_microseconds()).unwrap_or(i64::MAX);
    db.write(async |tx| Ok(queries::store(tx, taken_at, took, content.clone()).await?)).await
}

/// Counts every row, stretch by stretch: no statement takes long, and none sees more than its stretch at once. A row that changes
/// meanwhile is counted as it was or as it is.
async fn numbers(db: &Db) -> ApiResult<Numbers> {
    let db = db.reader();
    let mut numbers = Numbers::default();
    let (last_patient, last_study) = queries::last_ids(db).await?;
    for after in stretches(last_patient) {
        for (sex, in_bin, number) in queries::patients(db, after, after + STRETCH).await? {
            let place = if in_bin {
                &mut numbers.patients_in_bin
            } else {
                numbers.patients.entry(sex.unwrap_or_default()).or_default()
            };
            *place += number;
        }
    }
    for after in stretches(last_study) {
        for group in queries::studies(db, after, after + STRETCH).await? {
            if group.in_bin {
                numbers.studies_in_bin += group.number;
            } else {
                *numbers.studies.entry(group.status).or_default() += group.number;
                *numbers.months.entry(group.month.unwrap_or_default()).or_default() += group.number;
            }
        }
        for (modality, number) in queries::modalities(db, after, after + STRETCH).await? {
            *numbers.modalities.entry(modality).or_default() += number;
        }
    }
    Ok(numbers)
}

/// The ids after which a stretch begins.
fn stretches(last: i64) -> impl Iterator<Item = i64> {
    (0..last).step_by(usize::try_from(STRETCH).unwrap_or(usize::MAX))
}
