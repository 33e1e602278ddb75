//! Importing files from the command line.

use std::fmt::{self, Display};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use patientele::audit::Trace;
use patientele::config::Config;
use patientele::error::{ApiResult, ProblemCode};
use patientele::http::Language;
use patientele::imports::{
    AT_ONCE, Charset, Importer, Kind, Mode, Options, Report, Resource, RowCounts, Step, TableFile, TableForm, walk,
};

use super::progress::Progress;

#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct Arguments {
    /// Files, and folders with all that is in them: `.csv`, `.ndjson` and `.jsonl` hold rows, `.json` DICOM JSON, any other DICOM
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print the report as one JSON object
    #[arg(long)]
    json: bool,
    /// Look at everything, enter nothing
    #[arg(long)]
    dry_run: bool,
    /// Enter all rows or none of them (16 MiB of CSV and NDJSON at most)
    #[arg(long)]
    atomic: bool,
    /// Refuse rows that are registered instead of changing them
    #[arg(long)]
    create: bool,
    /// Read CSV files as Windows-1252, as Excel writes them when it is not asked for UTF-8
    #[arg(long)]
    windows_1252: bool,
    /// What rows are about that do not say: lines of NDJSON without `type`, CSV files whose columns fit both; patient or study
    #[arg(long = "type", value_name = "TYPE", value_parser = resource)]
    resource: Option<Resource>,
}

fn resource(text: &str) -> Result<Resource, String> {
    match text {
        "patient" => Ok(Resource::Patient),
        "study" => Ok(Resource::Study),
        _ => Err("patient or study".to_owned()),
    }
}

/// Imports files and prints the report; it fails when nothing could be read, when something could not be read to its end, or when all or
/// none were wanted and some were refused.
pub async fn run(config: &Config, arguments: Arguments) -> Result<ExitCode, String> {
    // First, so that a database that does not answer is not found out after hours of reading.
    let db = super::connect_to_load(config).await?;
    super::bring_up_to_date(&db).await?;
    let trace = Trace::system(super::keys(config)?, "command line", "import");
    let mut progress = Progress::new();
    let options = Options {
        mode: if arguments.create { Mode::Create } else { Mode::Upsert },
        atomic: arguments.atomic,
        dry_run: arguments.dry_run,
        ..Options::default()
    };
    let mut importer = Importer::new(&db, &trace, options, |step| match step {
        Step::Files(files) => progress.show(format_args!("{files} files")),
        Step::Lines(lines) => progress.show(format_args!("{lines} lines")),
        Step::Studies(done, all) => progress.show(format_args!("{done} of {all} studies")),
    });
    let result = take(&mut importer, &arguments).await;
    let report = importer.report();
    progress.clear();
    let is_taken_back = match result? {
        Err(error) if error.code == ProblemCode::ImportRefused => true,
        Err(error) => {
            return Err(format!(
                "the database failed: {error}\nWhat was entered until then stays; the import can be repeated."
            ));
        }
        Ok(()) => false,
    };
    let is_refused = is_taken_back || report.files.read == 0 || !report.complete;
    let text = if arguments.json {
        serde_json::to_string(&report).map_err(|error| error.to_string())? + "\n"
    } else {
        Text { report: &report, is_taken_back }.to_string()
    };
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(if is_refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Takes every file. The outer failure is one of the arguments, the inner one of the import.
async fn take(importer: &mut Importer<'_>, arguments: &Arguments) -> Result<ApiResult<()>, String> {
    let charset = if arguments.windows_1252 { Charset::Windows1252 } else { Charset::Utf8 };
    let mut kept = Vec::new();
    for found in walk(arguments.paths.iter().cloned()) {
        let path = match found {
            Ok(path) => path,
            Err((path, refusal)) if arguments.atomic => {
                return Err(format!("{}: {}", path.display(), refusal.text(Language::English)));
            }
            Err((path, refusal)) => {
                importer.unreadable(&path, refusal);
                continue;
            }
        };
        match Kind::of_name(&path, charset, arguments.resource) {
            Kind::Table(form) if arguments.atomic || arguments.dry_run => match keep(&mut kept, &path, form) {
                // Without it there would not be all; and a file that is too large asks for another command.
                Err(error) if arguments.atomic || error.kind() == ErrorKind::FileTooLarge => {
                    return Err(format!("{}: {error}", path.display()));
                }
                Err(error) => importer.unreadable(&path, error.into()),
                Ok(()) => {}
            },
            Kind::Table(form) => {
                if let Err(error) = importer.table_at(&path, form).await {
                    return Ok(Err(error));
                }
            }
            Kind::Dicom | Kind::DicomJson if arguments.atomic => {
                return Err(format!("{}: --atomic is for CSV and NDJSON files", path.display()));
            }
            Kind::Dicom | Kind::DicomJson => importer.dicom_at(&path),
        }
    }
    if !kept.is_empty()
        && let Err(error) = importer.at_once(&kept).await
    {
        return Ok(Err(error));
    }
    Ok(importer.register().await)
}

/// Reads a file of rows into memory.
fn keep(kept: &mut Vec<TableFile>, path: &Path, form: TableForm) -> io::Result<()> {
    let room = AT_ONCE - kept.iter().map(|file| file.bytes.len()).sum::<usize>();
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(room as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > room {
        let limit = "--atomic and --dry-run take 16 MiB of CSV and NDJSON at most";
        return Err(io::Error::new(ErrorKind::FileTooLarge, limit));
    }
    kept.push(TableFile { name: Some(path.to_owned()), form, bytes: bytes.into() });
    Ok(())
}

/// A report for people.
struct Text<'a> {
    report: &'a Report,
    /// Whether all or none were wanted, and it came to none.
    is_taken_back: bool,
}

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report;
        for refused in &report.refused {
            let path = refused.path.as_deref().unwrap_or("-");
            let line = refused.line.map_or(String::new(), |line| format!(":{line}"));
            let field = refused.pointer.as_deref().filter(|pointer| !pointer.is_empty());
            let field = field.map_or(String::new(), |pointer| format!(" {}", pointer.trim_start_matches('/')));
            let study = refused.study_instance_uid.as_ref().map_or(String::new(), |uid| format!(" study {uid}:"));
            writeln!(f, "{path}{line}:{field}{study} {}", refused.message)?;
        }
        if report.truncated {
            writeln!(f, "… and more, which are counted below")?;
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
        if report.lines > 0 {
            writeln!(f, "Lines     {} read", report.lines)?;
        }
        writeln!(f, "Patients  {}", Counts(report.patients))?;
        writeln!(f, "Studies   {}", Counts(report.studies))?;
        if report.dry_run {
            writeln!(f, "This was a dry run: nothing was entered.")
        } else if self.is_taken_back {
            writeln!(f, "Nothing was entered, since not all of it could be taken.")
        } else {
            Ok(())
        }
    }
}

struct Counts(RowCounts);

impl Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RowCounts { created, updated, unchanged, refused } = self.0;
        write!(f, "{created} created, {updated} updated, {unchanged} unchanged, {refused} refused")
    }
}
