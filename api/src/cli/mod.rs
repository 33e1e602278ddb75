//! The command line.

mod audit;
mod healthcheck;
mod import;
mod logging;
mod progress;
mod reindex;
mod serve;

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use patientele::audit::Keyring;
use patientele::auth::{Passwords, has_signing_secret};
use patientele::config::Config;
use patientele::db::Db;
use patientele::search::rebuild;
use patientele::{openapi, users};

/// A registry of patients and their imaging studies.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and its pages (what happens without a command)
    Serve,
    /// Serve without an audit trail, to measure what it costs
    #[cfg(feature = "unaudited")]
    ServeUnaudited,
    /// Bring the schema up to date, take it back, or look at it
    Migrate {
        #[command(subcommand)]
        step: Migrate,
    },
    /// Take over patients and studies from CSV, NDJSON, DICOM and DICOM JSON files
    Import(import::Arguments),
    /// Make the search index anew, and what rows keep of others; a running server goes on meanwhile
    Reindex,
    /// Print the contract as YAML
    Openapi,
    /// Ask a running server whether it works
    Healthcheck {
        /// The server's address; the configured one unless given
        url: Option<String>,
    },
    /// See to the audit trail
    Audit {
        #[command(subcommand)]
        task: audit::Audit,
    },
    /// See to accounts
    Admin {
        #[command(subcommand)]
        task: Admin,
    },
}

#[derive(Subcommand)]
enum Migrate {
    /// Apply what is pending
    Up,
    /// Take back the last migrations
    Down {
        /// How many
        #[arg(default_value_t = 1)]
        steps: u32,
    },
    /// List the migrations
    Status,
}

#[derive(Subcommand)]
enum Admin {
    /// Give an account a new random password, to be changed at the next sign-in
    ResetPassword {
        /// The account's name
        name: String,
    },
    /// Take the second factor from an account whose application and recovery codes are lost
    ResetSecondFactor {
        /// The account's name
        name: String,
    },
}

/// Runs what the arguments say.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match execute(arguments.command.unwrap_or(Command::Serve)) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("patientele: {message}");
            ExitCode::FAILURE
        }
    }
}

fn execute(command: Command) -> Result<ExitCode, String> {
    if let Command::Openapi = command {
        return print_out(&openapi::yaml()?).map(|()| ExitCode::SUCCESS);
    }
    // A file that is not there is no fault; one that cannot be read is.
    match dotenvy::dotenv() {
        Err(error) if !error.not_found() => return Err(format!(".env cannot be read: {error}")),
        _ => {}
    }
    let config = Config::from_env().map_err(|error| error.to_string())?;
    if let Command::Healthcheck { url } = &command {
        return healthcheck::run(&config, url.as_deref()).map(|()| ExitCode::SUCCESS);
    }
    logging::start(&config)?;
    actix_web::rt::System::new().block_on(with_database(command, &config))
}

/// Prints a long text. Who reads only its beginning (`| head`) has what they wanted.
fn print_out(text: &str) -> Result<(), String> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("nothing can be printed: {error}")),
        _ => Ok(()),
    }
}

async fn with_database(command: Command, config: &Config) -> Result<ExitCode, String> {
    match command {
        Command::Serve => serve::run(config).await?,
        #[cfg(feature = "unaudited")]
        Command::ServeUnaudited => {
            patientele::audit::unaudited::begin();
            serve::run(config).await?;
        }
        Command::Migrate { step } => migrate(config, step).await?,
        Command::Reindex => reindex::run(config).await?,
        Command::Import(arguments) => return import::run(config, arguments).await,
        Command::Audit { task } => return audit::run(config, task).await,
        Command::Admin { task: Admin::ResetPassword { name } } => reset_password(config, &name).await?,
        Command::Admin { task: Admin::ResetSecondFactor { name } } => reset_second_factor(config, &name).await?,
        Command::Openapi | Command::Healthcheck { .. } => {}
    }
    Ok(ExitCode::SUCCESS)
}

async fn connect(config: &Config) -> Result<Db, String> {
    Db::connect(config).await.map_err(|error| format!("the database cannot be opened: {error}"))
}

/// A registry that is there, and the keys of its trail: from a wrong folder nobody shall get an empty one.
async fn registry(config: &Config) -> Result<(Db, Arc<Keyring>), String> {
    if let Some(file) = Db::file(config).filter(|file| !file.exists()) {
        return Err(format!("there is no database at {} (DATA_DIR, DATABASE_URL)", file.display()));
    }
    if config.audit_key.is_none() && !has_signing_secret(config) {
        return Err(format!("there is no signing key in {} (DATA_DIR, JWT_SECRET)", config.data_dir.display()));
    }
    Ok((connect(config).await?, keys(config)?))
}

/// For commands that write many rows.
async fn connect_to_load(config: &Config) -> Result<Db, String> {
    Db::connect_to_load(config).await.map_err(|error| format!("the database cannot be opened: {error}"))
}

/// The schema, and the search index if it was made by other rules.
async fn bring_up_to_date(db: &Db) -> Result<(), String> {
    db.migrate_up().await.map_err(|error| error.to_string())?;
    rebuild::bring_up_to_date(db).await.map_err(|error| error.to_string())
}

/// The keys of the audit trail, for commands that change something.
fn keys(config: &Config) -> Result<Arc<Keyring>, String> {
    let keys = Keyring::of(config).map_err(|error| format!("the key of the audit trail cannot be had: {error}"))?;
    Ok(Arc::new(keys))
}

async fn migrate(config: &Config, step: Migrate) -> Result<(), String> {
    let db = connect(config).await?;
    match step {
        Migrate::Up => bring_up_to_date(&db).await?,
        Migrate::Down { steps } => db.migrate_down(steps).await.map_err(|error| error.to_string())?,
        Migrate::Status => {}
    }
    for (name, applied) in db.migration_status().await.map_err(|error| error.to_string())? {
        println!("{} {name}", if applied { "applied" } else { "pending" });
    }
    Ok(())
}

async fn reset_second_factor(config: &Config, name: &str) -> Result<(), String> {
    let (db, keys) = registry(config).await?;
    users::bootstrap::reset_second_factor(&db, name, keys).await.map_err(|error| error.to_string())?;
    println!("{name} signs in with the password alone.");
    Ok(())
}

async fn reset_password(config: &Config, name: &str) -> Result<(), String> {
    let (db, keys) = registry(config).await?;
    let passwords = Passwords::new(config.password_cost, config.login_concurrency);
    let password =
        users::bootstrap::reset_password(&db, &passwords, name, keys).await.map_err(|error| error.to_string())?;
    println!("The new password of {name} is: {password}\nIt must be changed at the next sign-in.");
    Ok(())
}
