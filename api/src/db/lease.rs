//! A named lock as a row that expires. It works on both engines and on a Galera cluster, which has no `GET_LOCK`.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, Statement, Value};
use time::OffsetDateTime;
use tokio::time::sleep;
use uuid::Uuid;

use crate::error::{is_lock_conflict, is_unique_violation};

/// A holder that has not released the lease by then is taken for dead.
const LIFE_SECONDS: i64 = 120;
const PAUSE: Duration = Duration::from_millis(100);

/// Not a migration: it must be there before the first of them.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS lease \
    (name VARCHAR(32) NOT NULL PRIMARY KEY, holder VARCHAR(36) NOT NULL, expires_at BIGINT NOT NULL)";
const MARIADB_OPTIONS: &str = " ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin";

/// The right to do what `name` stands for, alone.
pub struct Lease {
    name: &'static str,
    holder: String,
}

impl Lease {
    /// Waits until no one else holds the lease, and takes it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn acquire(db: &DatabaseConnection, name: &'static str) -> Result<Self, DbErr> {
        let mariadb = db.get_database_backend() == DatabaseBackend::MySql;
        let table = format!("{TABLE}{}", if mariadb { MARIADB_OPTIONS } else { "" });
        patiently(async || db.execute_unprepared(&table).await).await?;
        let lease = Self { name, holder: Uuid::new_v4().to_string() };
        while !patiently(async || lease.try_acquire(db).await).await? {
            sleep(PAUSE).await;
        }
        Ok(lease)
    }

    /// Does the work, and goes on holding the lease for as long as it takes.
    pub async fn keep<T>(&self, db: &DatabaseConnection, work: impl Future<Output = T>) -> T {
        let renew = async {
            loop {
                sleep(Duration::from_secs(LIFE_SECONDS.unsigned_abs() / 4)).await;
                let end = OffsetDateTime::now_utc().unix_timestamp() + LIFE_SECONDS;
                let values = [end.into(), self.name.into(), self.holder.clone().into()];
                // A renewal that fails is followed by another one before the lease ends.
                let renewed = run(db, "UPDATE lease SET expires_at = ? WHERE name = ? AND holder = ?", values).await;
                if let Err(error) = renewed {
                    tracing::warn!(name = self.name, cause = %error, "a lease could not be renewed");
                }
            }
        };
        tokio::select! {
            result = work => result,
            () = renew => unreachable!("renewing has no end"),
        }
    }

    /// Gives the lease back.
    ///
    /// # Errors
    /// When the database fails; the lease then ends by its time.
    pub async fn release(self, db: &DatabaseConnection) -> Result<(), DbErr> {
        let values = [self.name.into(), self.holder.clone().into()];
        run(db, "DELETE FROM lease WHERE name = ? AND holder = ?", values).await.map(drop)
    }

    async fn try_acquire(&self, db: &DatabaseConnection) -> Result<bool, DbErr> {
        let now = OffsetDateTime::now_utc().unix_timestamp();
        let end = now + LIFE_SECONDS;
        let take = "INSERT INTO lease (name, holder, expires_at) VALUES (?, ?, ?)";
        match run(db, take, [self.name.into(), self.holder.clone().into(), end.into()]).await {
            Ok(_) => return Ok(true),
            Err(error) if !is_unique_violation(&error) => return Err(error),
            Err(_) => {}
        }
        let inherit = "UPDATE lease SET holder = ?, expires_at = ? WHERE name = ? AND expires_at < ?";
        let values = [self.holder.clone().into(), end.into(), self.name.into(), now.into()];
        Ok(run(db, inherit, values).await? == 1)
    }
}

async fn run(db: &DatabaseConnection, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, DbErr> {
    let backend: DatabaseBackend = db.get_database_backend();
    db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await.map(|result| result.rows_affected())
}

/// Tries again while another process holds the database's own locks.
async fn patiently<T>(work: impl AsyncFn() -> Result<T, DbErr>) -> Result<T, DbErr> {
    for _ in 0..50 {
        match work().await {
            Err(error) if is_lock_conflict(&error) => sleep(PAUSE).await,
            result => return result,
        }
    }
    work().await
}
