//! A server under test.

use std::sync::mpsc;
use std::thread::JoinHandle;

use patientele::auth::{Passwords, RoleName};
use patientele::config::Config;
use patientele::db::Db;
use patientele::server::{Server, Stopper};

use sea_orm::{ConnectionTrait, Statement};

use super::client::Client;
use super::database::TestDatabase;

/// The password of every account that tests make.
pub const ADMIN_PASSWORD: &str = "a long password for tests";

/// A running server with a database of its own. It is stopped, and the database removed, when it goes out of scope.
pub struct App {
    pub base: String,
    pub config: Config,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
    database: Option<TestDatabase>,
}

impl App {
    /// A server on a new database.
    pub async fn spawn() -> Self {
        Self::spawn_with(|_| {}).await
    }

    /// A server on a new database, configured further by `adjust`.
    pub async fn spawn_with(adjust: impl FnOnce(&mut Config)) -> Self {
        let database = TestDatabase::new().await;
        let mut config = database.config();
        adjust(&mut config);
        let mut app = Self::start(config).await.expect("the server starts");
        app.database = Some(database);
        app
    }

    /// A further server on the same database as this one.
    pub async fn another(&self) -> Self {
        Self::start(self.config.clone()).await.expect("a second server starts")
    }

    /// A server on a database that is there.
    pub async fn start(config: Config) -> Result<Self, String> {
        let (sender, receiver) = mpsc::channel();
        let copy = config.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                match Server::start(&copy).await {
                    Ok(server) => {
                        sender.send(Ok((server.address(), server.stopper()))).expect("the test waits");
                        server.run().await.expect("the server runs until it is stopped");
                    }
                    Err(error) => sender.send(Err(error)).expect("the test waits"),
                }
            });
        });
        let started = tokio::task::spawn_blocking(move || receiver.recv()).await.expect("the thread lives");
        let (address, stopper) = started.map_err(|_| "the server panicked".to_owned())??;
        Ok(Self { base: format!("http://{address}"), config, stopper, thread: Some(thread), database: None })
    }

    /// A client without a token.
    pub fn anonymous(&self) -> Client {
        Client::new(&self.base)
    }

    /// A client signed in as the first administrator.
    pub async fn admin(&self) -> Client {
        self.signed_in("admin").await
    }

    /// A client signed in with a new account of this role.
    pub async fn with_role(&self, role: RoleName) -> Client {
        let name = format!("{}.tester", role.as_str());
        self.add_account(&name, role, false).await;
        self.signed_in(&name).await
    }

    /// A client of the role `lecture`.
    pub async fn lecture(&self) -> Client {
        self.with_role(RoleName::Lecture).await
    }

    /// A client of the role `modification`.
    pub async fn modification(&self) -> Client {
        self.with_role(RoleName::Modification).await
    }

    /// Makes an account with [`ADMIN_PASSWORD`], unless there is one of this name.
    pub async fn add_account(&self, name: &str, role: RoleName, must_change_password: bool) {
        let db = self.database().await;
        let passwords = Passwords::new(self.config.password_cost, 1);
        let hash = passwords.hash(ADMIN_PASSWORD.to_owned()).await.expect("the password is hashed");
        let made = db.write(async |tx| {
            if patientele::users::queries::find_id(tx, name).await?.is_none() {
                patientele::users::queries::insert(tx, name, &hash, role, must_change_password).await?;
            }
            Ok(())
        });
        made.await.expect("the account is made");
        db.close().await.expect("the connection closes");
    }

    /// A client signed in with this name.
    pub async fn signed_in(&self, name: &str) -> Client {
        let body = serde_json::json!({"username": name, "password": ADMIN_PASSWORD});
        let answer = self.anonymous().post("/api/auth/login", &body).await.expect_status(200);
        Client::with_token(&self.base, answer.body["access_token"].as_str().expect("a token"))
    }

    /// A connection of the test's own to the server's database.
    pub async fn database(&self) -> Db {
        Db::connect(&self.config).await.expect("the database answers")
    }

    /// Runs a statement on the server's database, behind its back.
    pub async fn execute(&self, sql: &str) {
        let db = self.database().await;
        db.execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        db.close().await.expect("the connection closes");
    }

    /// The text that a query yields.
    pub async fn text(&self, sql: &str) -> String {
        let db = self.database().await;
        let statement = Statement::from_string(db.reader().get_database_backend(), sql);
        let row = db.reader().query_one_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        let text = row.expect("a row").try_get_by_index(0).unwrap_or_else(|error| panic!("{sql}: {error}"));
        db.close().await.expect("the connection closes");
        text
    }

    /// Lets the server say that it is about to stop.
    pub fn drain(&self) {
        self.stopper.drain();
    }

    /// Stops the server and waits for its end.
    pub async fn stop(&mut self) {
        self.stopper.stop().await;
        if let Some(thread) = self.thread.take() {
            tokio::task::spawn_blocking(move || thread.join()).await.expect("joined").expect("the server ended well");
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let (stopper, thread, database) = (self.stopper.clone(), self.thread.take(), self.database.take());
        // Dropping may happen inside a runtime, which must not be blocked by another one on the same thread.
        let ended = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(stopper.kill());
            if let Some(thread) = thread {
                let _ = thread.join();
            }
            if let Some(database) = database {
                runtime.block_on(database.remove());
            }
        });
        let _ = ended.join();
    }
}
