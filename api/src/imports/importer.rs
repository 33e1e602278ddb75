//! An import: files taken one after another.

use std::cell::RefCell;
use std::io;
use std::path::{Path, PathBuf};

use actix_web::web::Bytes;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::again::patiently;
use super::reading::Reading;
use super::refusal::Refusal;
use super::register::register;
use super::report::{Outcome, Report};
use super::table::{self, Batch, Content, Fate, Line, Read, Resource, TableForm};
use super::{dicom, dicom_json, files};
use crate::audit::Trace;
use crate::db::Db;
use crate::error::{ApiError, ApiResult, Fault, ProblemCode};
use crate::http::Language;
use crate::search::backlog::Backlog;
use crate::values::FaultCode;

/// How many studies of DICOM files are gathered before they are entered.
const MOST_STUDIES: usize = 1000;

/// Behind as many lines of a file, an import is a large one.
const MANY_LINES: u64 = 10_000;

/// What happens to rows that are registered already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The members that a line has replace theirs; a row is known by its key, which is needed.
    #[default]
    Upsert,
    /// They are refused.
    Create,
}

/// What an import is to do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    pub mode: Mode,
    /// All or nothing.
    pub atomic: bool,
    /// Nothing is written.
    pub dry_run: bool,
    /// The language of the report.
    pub language: Language,
}

/// How far an import is.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// So many files were read.
    Files(u64),
    /// So many lines were entered.
    Lines(u64),
    /// So many studies of DICOM files were entered, of so many.
    Studies(u64, u64),
}

/// A file of rows that lies in memory.
#[derive(Clone, Debug)]
pub struct TableFile {
    pub name: Option<PathBuf>,
    pub form: TableForm,
    pub bytes: Bytes,
}

/// An import under way.
pub struct Importer<'a> {
    db: &'a Db,
    trace: &'a Trace,
    options: Options,
    report: Report,
    reading: Reading,
    /// Of a large import, what the index of searches does not know yet.
    backlog: Backlog,
    /// What is being entered in that index meanwhile.
    paying: Option<JoinHandle<ApiResult<()>>>,
    progress: Box<dyn FnMut(Step) + 'a>,
}

impl<'a> Importer<'a> {
    /// An import that has not begun. `trace` says who imports; `progress` is told now and then how far it is.
    pub fn new(db: &'a Db, trace: &'a Trace, options: Options, progress: impl FnMut(Step) + 'a) -> Self {
        let report = Report::new(options.language, options.dry_run);
        let reading = Reading::new(report.begin());
        let backlog = Backlog::default();
        Self { db, trace, options, report, reading, backlog, paying: None, progress: Box::new(progress) }
    }

    /// Enters the rows of a file while it is read, batch by batch.
    ///
    /// # Errors
    /// When the database fails. What was entered until then stays.
    pub async fn table(&mut self, name: Option<&Path>, lines: mpsc::Receiver<Read>) -> ApiResult<()> {
        let entered = self.batches(name, lines).await;
        let paid = self.pay().await.and(self.paid().await);
        entered.and(paid)
    }

    /// Enters in the index of searches what it does not know yet: beside the next lines, where the database has several writers.
    async fn pay(&mut self) -> ApiResult<()> {
        self.paid().await?;
        if self.backlog.is_empty() {
            return Ok(());
        }
        let (mut backlog, db) = (std::mem::take(&mut self.backlog), self.db.clone());
        let paying = async move {
            backlog.sort();
            patiently(async || backlog.pay(&db).await).await
        };
        if self.db.has_one_writer() {
            return paying.await;
        }
        self.paying = Some(actix_web::rt::spawn(paying));
        Ok(())
    }

    /// Waits until nothing is being entered in the index of searches.
    async fn paid(&mut self) -> ApiResult<()> {
        let Some(paying) = self.paying.take() else { return Ok(()) };
        paying.await.map_err(|_| ApiError::internal("the search index was not brought up to date"))?
    }

    async fn batches(&mut self, name: Option<&Path>, mut lines: mpsc::Receiver<Read>) -> ApiResult<()> {
        let (mut told, before) = (Told::new(name, &self.report), self.report.lines);
        while let Some(read) = lines.recv().await {
            if let Some(batch) = told.file(&mut self.report, read) {
                let owes = self.report.lines - before >= MANY_LINES;
                let fates = self.enter_or_split(&batch, owes).await?;
                told.lines(&mut self.report, &batch, &fates);
                (self.progress)(Step::Lines(self.report.lines));
                self.db.let_others_write().await;
                if self.backlog.is_due() {
                    self.pay().await?;
                }
            }
        }
        told.end(&mut self.report);
        Ok(())
    }

    /// Enters a file of rows from disk.
    ///
    /// # Errors
    /// As [`Self::table`].
    pub async fn table_at(&mut self, path: &Path, form: TableForm) -> ApiResult<()> {
        let file = path.to_owned();
        let open = move || Ok(Box::new(std::fs::File::open(file)?) as Box<dyn io::Read>);
        self.table(Some(path), table::read(form, Batch::OF_COMMAND, open)).await
    }

    /// Enters the rows of several files in one transaction: all of them, or in the end none, if some were refused and all or none were
    /// wanted, or if nothing is to be written.
    ///
    /// # Errors
    /// As [`Self::table`]; 422 when some were refused and all or none were wanted. Nothing was entered then.
    pub async fn at_once(&mut self, files: &[TableFile]) -> ApiResult<()> {
        let Options { mode, atomic, dry_run, .. } = self.options;
        // What a try told that was taken back.
        let taken_back = RefCell::new(None);
        let entered = self.db.write(async |tx| {
            let mut report = self.report.begin();
            for file in files {
                let bytes = file.bytes.clone();
                let begin = move || Ok(Box::new(io::Cursor::new(bytes)) as Box<dyn io::Read>);
                let mut lines = table::read(file.form, Batch::OF_REQUEST, begin);
                let mut told = Told::new(file.name.as_deref(), &report);
                while let Some(read) = lines.recv().await {
                    if let Some(batch) = told.file(&mut report, read) {
                        let entered = table::enter(tx, &batch, mode, false, self.trace).await?;
                        told.lines(&mut report, &batch, &entered.fates);
                    }
                }
                told.end(&mut report);
            }
            if dry_run || atomic && (report.has_refusals() || !report.complete) {
                self.trace.nothing_changed();
                taken_back.replace(Some(report));
                return Err(ApiError::new(ProblemCode::ImportRefused));
            }
            Ok(report)
        });
        let (report, result) = match (entered.await, taken_back.take()) {
            (Ok(report), _) => (report, Ok(())),
            (Err(error), Some(report)) if error.code == ProblemCode::ImportRefused => {
                let refused = atomic && (report.has_refusals() || !report.complete);
                (report, if refused { Err(error) } else { Ok(()) })
            }
            (Err(error), _) => return Err(error),
        };
        self.report.absorb(report);
        (self.progress)(Step::Lines(self.report.lines));
        result
    }

    /// Reads a DICOM or DICOM JSON file from disk; what it says is entered in the end.
    pub fn dicom_at(&mut self, path: &Path) {
        self.reading.add(Some(path), files::read(path));
        self.tell_files();
    }

    /// Notes a path that leads to nothing that can be read.
    pub fn unreadable(&mut self, path: &Path, refusal: Refusal) {
        self.reading.add(Some(path), vec![Err(refusal)]);
        self.tell_files();
    }

    /// Reads a DICOM file whose first bytes these are; what it says is entered when enough has come together.
    ///
    /// # Errors
    /// As [`Self::table`].
    pub async fn dicom(&mut self, name: Option<&Path>, bytes: Bytes) -> ApiResult<()> {
        self.reading.add(name, vec![dicom::read_from(io::Cursor::new(bytes))]);
        self.enter_gathered().await
    }

    /// Reads a DICOM JSON file.
    ///
    /// # Errors
    /// As [`Self::table`].
    pub async fn dicom_json(&mut self, name: Option<&Path>, bytes: Bytes) -> ApiResult<()> {
        let results = dicom_json::read_from(&bytes).unwrap_or_else(|refusal| vec![Err(refusal)]);
        self.reading.add(name, results);
        self.enter_gathered().await
    }

    /// Notes a file that is too large for what it is.
    pub fn too_large(&mut self, name: Option<&Path>) {
        self.reading.add(name, vec![Err(super::refusal::Reason::TooLarge.into())]);
    }

    /// Notes that the rest of the input did not come.
    pub fn break_off(&mut self) {
        self.report.complete = false;
    }

    fn tell_files(&mut self) {
        (self.progress)(Step::Files(self.reading.report.files.all()));
    }

    async fn enter_gathered(&mut self) -> ApiResult<()> {
        if self.reading.collection.number_of_studies() < MOST_STUDIES { Ok(()) } else { self.register().await }
    }

    /// Enters what DICOM files said so far.
    ///
    /// # Errors
    /// As [`Self::table`].
    pub async fn register(&mut self) -> ApiResult<()> {
        let reading = std::mem::replace(&mut self.reading, Reading::new(self.report.begin()));
        let progress = &mut self.progress;
        let tell = |done, all| progress(Step::Studies(done, all));
        let report = register(self.db, reading, self.options.dry_run, self.trace, tell).await?;
        self.report.absorb(report);
        Ok(())
    }

    /// The report so far.
    pub fn report(self) -> Report {
        self.report
    }

    /// Enters lines together; line by line when the database refuses a row, so that the others are not lost with it.
    async fn enter_or_split(&mut self, lines: &[Line], owes: bool) -> ApiResult<Vec<Fate>> {
        match self.enter(lines, owes).await {
            Err(error) if error.is_row_fault() => {}
            result => return result,
        }
        let mut fates = Vec::with_capacity(lines.len());
        for line in lines {
            match self.enter(std::slice::from_ref(line), owes).await {
                Err(error) if error.is_row_fault() => {
                    fates.push(Fate::Refused(vec![Fault::whole(FaultCode::NotStorable)]));
                }
                result => fates.extend(result?),
            }
        }
        Ok(fates)
    }

    async fn enter(&mut self, lines: &[Line], owes: bool) -> ApiResult<Vec<Fate>> {
        let (mode, trace, db) = (self.options.mode, self.trace, self.db);
        let entered =
            patiently(async || db.write(async |tx| table::enter(tx, lines, mode, owes, trace).await).await).await?;
        self.backlog.add(entered.owed);
        Ok(entered.fates)
    }
}

/// What is told of one file of rows.
struct Told<'a> {
    name: Option<&'a Path>,
    /// Those of the files before it.
    lines_before: u64,
    is_refused: bool,
}

impl<'a> Told<'a> {
    fn new(name: Option<&'a Path>, report: &Report) -> Self {
        Self { name, lines_before: report.lines, is_refused: false }
    }

    /// Tells what concerns the file as a whole; gives the lines that are to be entered.
    fn file(&mut self, report: &mut Report, read: Read) -> Option<Vec<Line>> {
        match read {
            Read::Batch(lines) => return Some(lines).filter(|lines| !lines.is_empty()),
            Read::Refused(faults) => {
                self.is_refused = true;
                report.refuse_line(self.name, None, &faults);
            }
            Read::Broken(line, code) => {
                report.complete = false;
                report.refuse_line(self.name, Some(line), &[Fault::whole(code)]);
            }
            Read::Failed(error) => {
                report.complete = false;
                self.is_refused = report.lines == self.lines_before;
                report.refuse(self.name, None, &error.into());
            }
        }
        None
    }

    fn lines(&self, report: &mut Report, lines: &[Line], fates: &[Fate]) {
        for (line, fate) in lines.iter().zip(fates) {
            report.lines += 1;
            let resource = match &line.content {
                Ok(Content::Patient(_)) => Some(Resource::Patient),
                Ok(Content::Study(_)) => Some(Resource::Study),
                Err((resource, _)) => *resource,
            };
            let outcome = match fate {
                Fate::Created => Some(Outcome::Created),
                Fate::Updated => Some(Outcome::Updated),
                Fate::Unchanged => Some(Outcome::Unchanged),
                Fate::Refused(faults) => {
                    report.refuse_line(self.name, Some(line.number), faults);
                    None
                }
            };
            match resource {
                Some(Resource::Patient) => report.patients.count(outcome),
                Some(Resource::Study) => report.studies.count(outcome),
                None => {}
            }
        }
    }

    fn end(self, report: &mut Report) {
        *(if self.is_refused { &mut report.files.refused } else { &mut report.files.read }) += 1;
    }
}
