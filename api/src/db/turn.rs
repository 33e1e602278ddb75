//! Whose turn it is to write an embedded database. SQLite has one writer at a time.
//!
//! Within a process writers queue, which is fair and cheap. Another process does not queue for SQLite's lock, it looks now and then
//! whether it is free, and would look in vain for as long as somebody writes one transaction after another. Who waits therefore
//! says so by a lock on a file of its own, and who writes much stands back for a moment when somebody does.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep};

use crate::files::private_file;

/// How long those who write much leave the lock free, and how long they may have had it before: who waits for it in another process
/// looks again after 100 ms at the latest (`sqliteDefaultBusyCallback`), and finds it free unless somebody else has taken it.
const STAND_BACK: Duration = Duration::from_millis(105);
const HELD: Duration = Duration::from_millis(500);

/// The queue of the writers of a process, and the sign that one of them waits for another process.
#[derive(Clone)]
pub struct Turn {
    /// Since when other processes have found the database locked.
    queue: Arc<Mutex<Instant>>,
    sign: Arc<Sign>,
}

/// The file whose lock is the sign, opened twice: a lock of one's own would not be seen through the same opening.
struct Sign {
    shown: File,
    looked_for: File,
}

impl Turn {
    /// Of a database in this file.
    ///
    /// # Errors
    /// When the file of the sign cannot be opened.
    pub fn new(database: &Path) -> io::Result<Self> {
        let mut name = database.as_os_str().to_owned();
        name.push("-waiting");
        let open = || private_file(Path::new(&name));
        let sign = Arc::new(Sign { shown: open()?, looked_for: open()? });
        Ok(Self { queue: Arc::new(Mutex::new(Instant::now())), sign })
    }

    /// Waits for one's turn in this process. It lasts as long as the guard.
    pub async fn take(&self) -> MutexGuard<'_, Instant> {
        self.queue.lock().await
    }

    /// Shows other processes that one waits for them while `begin` does.
    pub async fn waiting<T>(&self, begin: impl Future<Output = T>) -> T {
        let _shown = Shown::new(&self.sign);
        begin.await
    }

    /// Stands back for a moment between two of many transactions, if somebody waits in another process and may have for long.
    pub async fn let_others_write(&self) {
        let mut held = self.take().await;
        if held.elapsed() <= HELD {
            return;
        }
        if self.is_waited_for() {
            drop(held);
            // Others in this process take turns meanwhile.
            sleep(STAND_BACK).await;
            held = self.take().await;
        }
        *held = Instant::now();
    }

    fn is_waited_for(&self) -> bool {
        match self.sign.looked_for.try_lock() {
            Ok(()) => {
                drop(self.sign.looked_for.unlock());
                false
            }
            Err(_) => true,
        }
    }
}

/// The sign for as long as somebody waits, who may be given up meanwhile.
struct Shown<'a>(&'a Sign);

impl<'a> Shown<'a> {
    fn new(sign: &'a Sign) -> Self {
        // Without the sign one waits all the same.
        drop(sign.shown.try_lock_shared());
        Self(sign)
    }
}

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        drop(self.0.shown.unlock());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_is_seen_by_other_processes_for_as_long_as_that_is_so() {
        let file = std::env::temp_dir().join(format!("pt_turn_{}.db", std::process::id()));
        // As two processes have it.
        let (one, other) = (Turn::new(&file).expect("a sign"), Turn::new(&file).expect("a sign"));
        assert!(!one.is_waited_for());
        other.waiting(async { assert!(one.is_waited_for()) }).await;
        assert!(!one.is_waited_for());
        // Several may wait at once.
        other.waiting(one.waiting(async { assert!(one.is_waited_for() && other.is_waited_for()) })).await;
        assert!(!other.is_waited_for());
        drop(std::fs::remove_file(format!("{}-waiting", file.display())));
    }
}
