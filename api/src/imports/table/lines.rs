//! Reading a file on a thread of its own.

use std::io::{self, BufReader};

use tokio::sync::mpsc;

use super::csv::CsvLines;
use super::line::{Line, Resource};
use super::ndjson::NdjsonLines;
use crate::error::Fault;
use crate::values::FaultCode;

/// Most bytes of a line, or of a row of several lines.
pub const LONGEST_LINE: usize = 256 * 1024;
/// How many batches may wait to be taken.
const WAITING: usize = 2;

/// Lines that are handed on, and entered, together: so many, or so many bytes.
#[derive(Clone, Copy, Debug)]
pub struct Batch {
    lines: usize,
    bytes: usize,
}

impl Batch {
    /// Of an import within the server, whose memory and connection others want, too.
    pub const OF_REQUEST: Self = Self { lines: 2000, bytes: 1024 * 1024 };
    /// Of an import by command: the longer a transaction, the more of its lines change the same pages, which are written once.
    /// Others wait for half a second of it.
    pub const OF_COMMAND: Self = Self { lines: 8000, bytes: 4 * 1024 * 1024 };
}

/// What the bytes of a text file mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Charset {
    #[default]
    Utf8,
    /// What Excel writes in Western Europe when it is not asked for UTF-8.
    Windows1252,
}

/// How rows are written in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Csv(Charset),
    Ndjson,
}

/// How rows are written, and what they are about when they do not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableForm {
    pub form: Form,
    pub resource: Option<Resource>,
}

/// What comes next in a file.
pub enum Next {
    Line(Line),
    /// From this line on nothing can be understood.
    Broken(u64, FaultCode),
    End,
}

/// Lines, one after another.
pub trait Lines {
    fn next(&mut self) -> io::Result<Next>;
}

/// What the thread that reads hands on. When there is no more, the file was read to its end.
pub enum Read {
    Batch(Vec<Line>),
    /// The file as a whole is not what it should be; nothing of it was read.
    Refused(Vec<Fault>),
    /// From this line on nothing can be understood.
    Broken(u64, FaultCode),
    /// The file could not be read any further.
    Failed(io::Error),
}

/// Begins a file: gives its bytes from the first on.
pub trait Begin: FnOnce() -> io::Result<Box<dyn io::Read>> + Send + 'static {}

impl<T: FnOnce() -> io::Result<Box<dyn io::Read>> + Send + 'static> Begin for T {}

/// Reads a file on a thread of its own, which ends with the file or when nobody takes what it reads.
pub fn read(form: TableForm, size: Batch, begin: impl Begin) -> mpsc::Receiver<Read> {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        if let Err(error) = begin().and_then(|reader| hand_on(form, size, reader, &sender)) {
            let _ = sender.blocking_send(Read::Failed(error));
        }
    });
    receiver
}

fn hand_on(form: TableForm, size: Batch, reader: impl io::Read, sender: &mpsc::Sender<Read>) -> io::Result<()> {
    let reader = BufReader::with_capacity(64 * 1024, reader);
    match form.form {
        Form::Ndjson => batches(NdjsonLines::new(reader, form.resource), size, sender),
        Form::Csv(charset) => match CsvLines::new(reader, charset, form.resource)? {
            Ok(lines) => batches(lines, size, sender),
            Err(faults) => {
                let _ = sender.blocking_send(Read::Refused(faults));
                Ok(())
            }
        },
    }
}

fn batches(mut lines: impl Lines, size: Batch, sender: &mpsc::Sender<Read>) -> io::Result<()> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    loop {
        let next = lines.next()?;
        let is_last = !matches!(next, Next::Line(_));
        let broken = match next {
            Next::Line(line) => {
                bytes += line.bytes;
                batch.push(line);
                None
            }
            Next::Broken(number, code) => Some(Read::Broken(number, code)),
            Next::End => None,
        };
        if is_last || batch.len() >= size.lines || bytes >= size.bytes {
            let full = Read::Batch(std::mem::take(&mut batch));
            bytes = 0;
            if sender.blocking_send(full).is_err() || broken.is_some_and(|broken| sender.blocking_send(broken).is_err())
            {
                return Ok(());
            }
        }
        if is_last {
            return Ok(());
        }
    }
}
