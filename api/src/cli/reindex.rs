//! Making the search index anew.

use patientele::config::Config;
use patientele::search::rebuild;

use super::progress::Progress;

/// Makes the index anew, beside a running server if need be.
///
/// # Errors
/// When the database fails; what was done until then stays, and the command can be repeated.
pub async fn run(config: &Config) -> Result<(), String> {
    let db = super::connect_to_load(config).await?;
    db.migrate_up().await.map_err(|error| error.to_string())?;
    let mut progress = Progress::new();
    let done = rebuild::rebuild(&db, |step, rows| progress.show(format_args!("{step:?}: {rows}"))).await;
    progress.clear();
    done.map_err(|error| format!("the database failed: {error}\nThe command can be repeated."))?;
    println!("The search index is made.");
    Ok(())
}
