//! Seeing to the audit trail from the command line.

use std::process::ExitCode;

use clap::Subcommand;
use patientele::audit::{Anchor, Pruned, Report, Trace, anchor, prune, verify};
use patientele::config::Config;
use patientele::values::{Instant, date, now};

/// What `verify` ends with when the trail is not what was signed.
const BROKEN: u8 = 2;

#[derive(Subcommand)]
pub enum Audit {
    /// Hold the whole trail against its signatures; the exit code is 2 when it is not what was signed
    Verify {
        /// A seal that was there, as the server's log says it (NUMBER:SIGNATURE); the one noted in the data folder unless given
        #[arg(long)]
        head: Option<Anchor>,
    },
    /// Remove old events, and leave a signed checkpoint
    Prune {
        /// The first day whose events stay, YYYY-MM-DD
        #[arg(long, value_parser = day)]
        before: Instant,
    },
}

/// Tomorrow at the latest, which is behind all there is: what lies further ahead is a slip of the hand.
fn day(text: &str) -> Result<Instant, String> {
    let day = date(text).map_err(|_| "must be a day, YYYY-MM-DD".to_owned())?;
    let first = Instant::new(day, time::Time::MIDNIGHT);
    if first > now() + time::Duration::DAY { Err("must not lie in the future".to_owned()) } else { Ok(first) }
}

/// Does what is asked, and prints what came of it.
pub async fn run(config: &Config, task: Audit) -> Result<ExitCode, String> {
    let (db, keys) = super::registry(config).await?;
    let noted = || anchor::read(&config.data_dir).map_err(|error| format!("the file audit_head: {error}"));
    match task {
        Audit::Verify { head } => {
            let head = head.map_or_else(noted, |head| Ok(Some(head)))?;
            let report = verify::verify(db.reader(), &keys, head.as_ref()).await.map_err(|error| error.to_string())?;
            // A trail that is read with an account that may read alone is verified all the same.
            if let Err(error) = db.write(async |tx| Ok(verify::remember(tx, &report).await?)).await {
                eprintln!("patientele: the result could not be kept: {error}");
            }
            Ok(tell(&report))
        }
        Audit::Prune { before } => {
            let trace = Trace::system(keys, "command line", "prune_audit_trail");
            match prune::prune(&db, &trace, before, noted()?.as_ref()).await.map_err(|error| error.to_string())? {
                Pruned::Events(events) => {
                    println!("{events} events removed");
                    Ok(ExitCode::SUCCESS)
                }
                Pruned::Broken(report) => {
                    println!("Nothing is removed from a trail that is broken.");
                    Ok(tell(&report))
                }
            }
        }
    }
}

fn tell(report: &Report) -> ExitCode {
    println!(
        "{} events in {} seals verified, {} of them not sealed yet; {} pruned before",
        report.events, report.seals, report.unsealed, report.pruned
    );
    match &report.finding {
        None => {
            println!("The trail is what was signed.");
            ExitCode::SUCCESS
        }
        Some(finding) => {
            println!("BROKEN: {finding}");
            ExitCode::from(BROKEN)
        }
    }
}
