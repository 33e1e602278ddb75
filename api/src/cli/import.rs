//! Importing files from the command line.

use std::fmt::{self, Display};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use patientele::audit::Trace;
use patientele::config::Config;
use patientele::imports::{self, Report, RowCounts};

use super::progress::Progress;

#[derive(clap::Args)]
pub struct Arguments {
    /// Files, and folders with all that is in them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print the report as one JSON object
    #[arg(long)]
    json: bool,
    /// Look at everything, enter nothing
    #[arg(long)]
    dry_run: bool,
}

/// Imports files and prints the report; it fails when nothing of them could be read.
pub async fn run(config: &Config, arguments: Arguments) -> Result<ExitCode, String> {
    let Arguments { paths, json, dry_run } = arguments;
    // First, so that a database that does not answer is not found out after hours of reading.
    let db = super::connect(config).await?;
    super::bring_up_to_date(&db).await?;
    let trace = Trace::system(super::keys(config)?, "command line", "import");
    let mut progress = Progress::new();
    let reading = imports::read(paths, |files| progress.show(format_args!("{} files", files.all())));
    let report = imports::register(&db, reading, dry_run, &trace, |done, all| {
        progress.show(format_args!("{done} of {all} studies"));
    })
    .await;
    progress.clear();
    let report = report.map_err(|error| {
        format!("the database failed: {error}\nWhat was entered until then stays; the import can be repeated.")
    })?;
    let text = if json {
        serde_json::to_string(&report).map_err(|error| error.to_string())? + "\n"
    } else {
        Text(&report).to_string()
    };
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(if report.files.read == 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// A report for people.
struct Text<'a>(&'a Report);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.0;
        for refused in &report.refused {
            let study = refused.study_instance_uid.as_ref().map_or(String::new(), |uid| format!(": study {uid}"));
            writeln!(f, "{}{study}: {}", refused.path, refused.message)?;
        }
        if !report.reasons.is_empty() {
            writeln!(f, "\nRefused, by reason:")?;
            for (reason, count) in &report.reasons {
                writeln!(f, "{count:>8}  {reason}")?;
            }
            writeln!(f)?;
        }
        if !report.warnings.is_empty() {
            writeln!(f, "Not taken over as it was sent, by field and code:")?;
            for warning in &report.warnings {
                writeln!(f, "{:>8}  {}: {}", warning.count, warning.field, warning.code)?;
            }
            writeln!(f)?;
        }
        writeln!(f, "Files     {} read, {} refused", report.files.read, report.files.refused)?;
        writeln!(f, "Patients  {}", Counts(report.patients))?;
        writeln!(f, "Studies   {}", Counts(report.studies))?;
        if report.dry_run { writeln!(f, "This was a dry run: nothing was entered.") } else { Ok(()) }
    }
}

struct Counts(RowCounts);

impl Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RowCounts { added, changed, unchanged, refused } = self.0;
        write!(f, "{added} added, {changed} changed, {unchanged} unchanged, {refused} refused")
    }
}
