//! CSV (RFC 4180) as spreadsheets write it: `;`, `,` or TAB between cells, with or without a byte order mark, a hint `sep=;`
//! before the heading, lines that end by CR LF, LF or CR, spaces around cells, empty cells and lines at the end.

use std::borrow::Cow;
use std::io::{self, BufRead, Chain, Cursor, Read};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::WINDOWS_1252;
use serde_json::{Map, Value};

use super::line::{Content, Line, Resource, patient_member};
use super::lines::{Charset, LONGEST_LINE, Lines, Next};
use crate::error::Fault;
use crate::http::csv::restored;
use crate::http::nearest;
use crate::values::FaultCode;

/// Columns of patients that studies do not have.
const OF_PATIENTS: [&str; 13] = [
    "family_name",
    "given_name",
    "middle_name",
    "name_prefix",
    "name_suffix",
    "ideographic_name",
    "phonetic_name",
    "birth_name",
    "birth_date",
    "sex",
    "address",
    "telephone_number",
    "number_of_studies",
];
/// Columns of studies that patients do not have.
const OF_STUDIES: [&str; 14] = [
    "study_instance_uid",
    "patient_fk",
    "study_id",
    "accession_number",
    "study_date",
    "study_time",
    "study_description",
    "modalities_in_study",
    "referring_physician_name",
    "name_of_physicians_reading_study",
    "institution_name",
    "number_of_study_related_series",
    "number_of_study_related_instances",
    "status",
];
/// Columns of both.
const OF_BOTH: [&str; 10] = [
    "patient_id",
    "issuer_of_patient_id",
    "comments",
    "id",
    "version",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "patient_name",
];
const NUMBERS: [&str; 3] = ["patient_fk", "number_of_study_related_series", "number_of_study_related_instances"];
const MODALITIES: &str = "modalities_in_study";
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The lines of a file.
pub struct CsvLines<R> {
    reader: Chain<Cursor<Vec<u8>>, R>,
    charset: Charset,
    parser: Reader,
    columns: Vec<&'static str>,
    resource: Resource,
    /// The lines read so far.
    lines: LineCount,
    record: Record,
}

/// Ends of lines, which are CR LF, LF, or CR alone.
#[derive(Default)]
struct LineCount {
    number: u64,
    is_behind_cr: bool,
}

impl LineCount {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.number += u64::from(*byte == b'\r' || *byte == b'\n' && !self.is_behind_cr);
            self.is_behind_cr = *byte == b'\r';
        }
    }
}

/// A record as it lies in the file, its quotes undone.
#[derive(Default)]
struct Record {
    bytes: Vec<u8>,
    /// The end of each cell.
    ends: Vec<usize>,
}

impl Record {
    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(self.ends.iter().copied()).map(|(begin, end)| &self.bytes[begin..end])
    }

    /// Whether there is anything in its cells.
    fn is_empty(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }
}

/// What the first record says, or what is wrong with it.
type Heading = Result<(Vec<&'static str>, Resource), Vec<Fault>>;

impl<R: BufRead> CsvLines<R> {
    /// Reads the heading of a file. The inner faults are those of the file.
    pub fn new(mut reader: R, charset: Charset, resource: Option<Resource>) -> io::Result<Result<Self, Vec<Fault>>> {
        // However the bytes come in, the first line tells.
        let mut first = Vec::new();
        reader.by_ref().take(LONGEST_LINE as u64).read_until(b'\n', &mut first)?;
        let Preamble { length, separator, is_utf8 } = match preamble(&first) {
            Ok(preamble) => preamble,
            Err(code) => return Ok(Err(vec![Fault::whole(code)])),
        };
        let mut lines = LineCount::default();
        lines.add(&first[..length]);
        first.drain(..length);
        let reader = Cursor::new(first).chain(reader);
        let charset = if is_utf8 { Charset::Utf8 } else { charset };
        let parser = ReaderBuilder::new().delimiter(separator).build();
        let record = Record::default();
        // The columns are not known yet.
        let mut lines =
            Self { reader, charset, parser, columns: Vec::new(), resource: Resource::Patient, lines, record };
        let heading = match lines.read_record()? {
            Found::Record { .. } => lines.heading(resource),
            Found::TooLong { .. } => Err(vec![Fault::whole(FaultCode::TooLong)]),
            Found::Unclosed { .. } => Err(vec![Fault::whole(FaultCode::UnclosedQuote)]),
            Found::End => Err(vec![Fault::whole(FaultCode::Required)]),
        };
        Ok(heading.map(|(columns, resource)| Self { columns, resource, ..lines }))
    }

    fn heading(&self, wanted: Option<Resource>) -> Heading {
        let mut faults = Vec::new();
        let mut names: Vec<String> = Vec::new();
        for cell in self.record.cells() {
            match self.charset.decode(cell) {
                Some(name) => names.push(name.trim().to_lowercase()),
                None => return Err(vec![Fault::whole(FaultCode::InvalidEncoding)]),
            }
        }
        while names.last().is_some_and(String::is_empty) {
            names.pop();
        }
        let resource = wanted.or_else(|| resource_of(&names));
        let Some(resource) = resource else { return Err(vec![Fault::whole(FaultCode::UnknownTable)]) };
        let own: &[&'static str] = match resource {
            Resource::Patient => &OF_PATIENTS,
            Resource::Study => &OF_STUDIES,
        };
        let known: Vec<&'static str> = own.iter().chain(&OF_BOTH).copied().collect();
        let mut columns = Vec::new();
        for name in &names {
            match known.iter().find(|column| *column == name) {
                Some(column) if columns.contains(column) => faults.push(Fault::member(name, FaultCode::RepeatedField)),
                Some(column) => columns.push(*column),
                None => {
                    faults.push(Fault::member(name, FaultCode::UnknownField).meant(nearest(name, &known)));
                }
            }
        }
        if faults.is_empty() { Ok((columns, resource)) } else { Err(faults) }
    }

    /// Reads the next record that holds anything.
    fn read_record(&mut self) -> io::Result<Found> {
        self.skip_line_ends()?;
        let (number, mut length) = (self.lines.number + 1, 0);
        self.record.bytes.resize(1024, 0);
        self.record.ends.resize(64, 0);
        let (mut written, mut ended) = (0, 0);
        loop {
            let ready = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                result => result?,
            };
            // The last line may be without an end. Where that does not end a record, a quote is open.
            let is_end = ready.is_empty() && length > 0;
            let (bytes, ends) = (&mut self.record.bytes[written..], &mut self.record.ends[ended..]);
            let (result, taken, out, cells) = self.parser.read_record(if is_end { b"\n" } else { ready }, bytes, ends);
            if !is_end {
                self.lines.add(&ready[..taken]);
                self.reader.consume(taken);
            }
            (length, written, ended) = (length + taken, written + out, ended + cells);
            match result {
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull if length > LONGEST_LINE => {
                    return Ok(Found::TooLong { number });
                }
                ReadRecordResult::InputEmpty if is_end => return Ok(Found::Unclosed { number }),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.record.bytes.resize(self.record.bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.record.ends.resize(self.record.ends.len() * 2, 0),
                ReadRecordResult::End => return Ok(Found::End),
                ReadRecordResult::Record => {
                    self.record.bytes.truncate(written);
                    self.record.ends.truncate(ended);
                    return Ok(Found::Record { number, length });
                }
            }
        }
    }

    /// Steps over the ends of lines before a record, so that its number is that of its own first line.
    fn skip_line_ends(&mut self) -> io::Result<()> {
        loop {
            match self.reader.fill_buf()? {
                [end @ (b'\r' | b'\n'), ..] => self.lines.add(&[*end]),
                _ => return Ok(()),
            }
            self.reader.consume(1);
        }
    }

    fn content(&self) -> Result<Content, (Option<Resource>, Vec<Fault>)> {
        let refused = |code| (Some(self.resource), vec![Fault::whole(code)]);
        let mut members = Map::new();
        let (mut patient_id, mut issuer) = (None, None);
        for (index, cell) in self.record.cells().enumerate() {
            let text = self.charset.decode(cell).ok_or_else(|| refused(FaultCode::InvalidEncoding))?;
            let text = restored(text.trim_matches(' '));
            if text.trim().is_empty() {
                continue;
            }
            let Some(column) = self.columns.get(index) else { return Err(refused(FaultCode::TooManyCells)) };
            match *column {
                "patient_id" if self.resource == Resource::Study => patient_id = Some(text.to_owned()),
                "issuer_of_patient_id" if self.resource == Resource::Study => issuer = Some(text.to_owned()),
                column => drop(members.insert(column.to_owned(), value(column, text))),
            }
        }
        if let Some(patient) = patient_member(patient_id.as_deref(), issuer.as_deref()) {
            members.insert("patient".to_owned(), patient);
        }
        Ok(Content::of(self.resource, members))
    }
}

/// A cell as the member that it stands for.
fn value(column: &str, text: &str) -> Value {
    if NUMBERS.contains(&column) {
        return text.parse::<i64>().map_or_else(|_| text.into(), Value::from);
    }
    if column == MODALITIES {
        let modalities = text.split([',', '\\']).map(str::trim).filter(|modality| !modality.is_empty());
        return modalities.map(Value::from).collect();
    }
    text.into()
}

/// What a file is about whose columns have these names.
fn resource_of(names: &[String]) -> Option<Resource> {
    let any_of = |columns: &[&str]| names.iter().any(|name| columns.contains(&name.as_str()));
    if any_of(&OF_STUDIES) {
        Some(Resource::Study)
    } else if any_of(&OF_PATIENTS) {
        Some(Resource::Patient)
    } else {
        None
    }
}

enum Found {
    Record {
        number: u64,
        length: usize,
    },
    TooLong {
        number: u64,
    },
    /// The file ends within a quote of the record that begins in this line.
    Unclosed {
        number: u64,
    },
    End,
}

/// What stands before the heading, and what that one shows.
struct Preamble {
    /// In bytes.
    length: usize,
    separator: u8,
    /// Whether it says so, whatever was said of the file.
    is_utf8: bool,
}

/// Finds out what stands between the cells from the first line of a file.
fn preamble(first: &[u8]) -> Result<Preamble, FaultCode> {
    if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
        return Err(FaultCode::InvalidEncoding);
    }
    let (is_utf8, line) = match first.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (true, rest),
        None => (false, first),
    };
    if let Some(separator) = line.strip_prefix(b"sep=").and_then(|rest| rest.first().copied()) {
        let end = first.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(first.len());
        let preamble = Preamble { length: end, separator, is_utf8 };
        return if b",;\t".contains(&separator) { Ok(preamble) } else { Err(FaultCode::UnknownTable) };
    }
    let length = first.len() - line.len();
    Ok(Preamble { length, separator: separator(line), is_utf8 })
}

/// What stands between the cells of a heading.
fn separator(heading: &[u8]) -> u8 {
    let line = heading.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in line {
        quoted ^= *byte == b'"';
        for (separator, count) in &mut counts {
            *count += usize::from(!quoted && byte == separator);
        }
    }
    // The first of equals: a heading of one column has none.
    counts.iter().rev().max_by_key(|(_, count)| count).map_or(b',', |(separator, _)| *separator)
}

impl Charset {
    /// The text of a cell; nothing when it is not in this character set.
    fn decode(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Self::Windows1252 => Some(WINDOWS_1252.decode_without_bom_handling(bytes).0),
        }
    }
}

impl<R: BufRead> Lines for CsvLines<R> {
    fn next(&mut self) -> io::Result<Next> {
        loop {
            let (number, bytes) = match self.read_record()? {
                Found::End => return Ok(Next::End),
                // Behind a quote that is never closed nobody knows where the next row begins.
                Found::TooLong { number } => return Ok(Next::Broken(number, FaultCode::TooLong)),
                Found::Unclosed { number } => return Ok(Next::Broken(number, FaultCode::UnclosedQuote)),
                Found::Record { number, length } => (number, length),
            };
            if !self.record.is_empty() {
                return Ok(Next::Line(Line { number, bytes, is_flat: true, content: self.content() }));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn a_file_means_the_same_however_its_bytes_come_in() {
        let csv = "\u{feff}sep=;\r\npatient_id;family_name\r\nP1;\"Zoé\r\nB\"\r\n";
        for capacity in [1, 2, 3, 5, 8, 64] {
            let reader = BufReader::with_capacity(capacity, csv.as_bytes());
            let lines = CsvLines::new(reader, Charset::Windows1252, None).expect("it is read");
            let mut lines = lines.expect("a table");
            let Ok(Next::Line(line)) = lines.next() else { panic!("a line") };
            let Ok(Content::Patient(patient)) = line.content else { panic!("a patient") };
            assert_eq!((line.number, patient.members["family_name"].as_str()), (3, Some("Zoé\r\nB")));
            assert!(matches!(lines.next(), Ok(Next::End)));
        }
    }
}
