//! CSV (RFC 4180) as spreadsheets write it: `;`, `,` or TAB between cells, with or without a byte order mark, a hint `sep=;`
//! before the heading, lines that end by CR LF or LF, empty cells and lines at the end.

use std::borrow::Cow;
use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::WINDOWS_1252;
use serde_json::{Map, Value};

use super::line::{Content, Line, Resource, patient_member};
use super::lines::{Charset, LONGEST_LINE, Lines, Next};
use crate::error::{Fault, Place};
use crate::http::csv::restored;
use crate::http::nearest;
use crate::values::FaultCode;

/// Columns of patients that studies do not have.
const OF_PATIENTS: [&str; 14] = [
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
    "patient_name",
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

/// The lines of a file.
pub struct CsvLines<R> {
    reader: R,
    charset: Charset,
    parser: Reader,
    columns: Vec<&'static str>,
    resource: Resource,
    /// The lines read so far.
    lines: u64,
    record: Record,
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
        let (separator, lines) = match separator(&mut reader)? {
            Ok(found) => found,
            Err(code) => return Ok(Err(vec![Fault::whole(code)])),
        };
        let parser = ReaderBuilder::new().delimiter(separator).build();
        let record = Record::default();
        // The columns are not known yet.
        let mut lines =
            Self { reader, charset, parser, columns: Vec::new(), resource: Resource::Patient, lines, record };
        let heading = match lines.read_record()? {
            Found::Record { .. } => lines.heading(resource),
            Found::TooLong => Err(vec![Fault::whole(FaultCode::TooLong)]),
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
        let own = match resource {
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
        let (number, mut length) = (self.lines + 1, 0);
        self.record.bytes.resize(1024, 0);
        self.record.ends.resize(64, 0);
        let (mut written, mut ended) = (0, 0);
        loop {
            let ready = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                result => result?,
            };
            let (bytes, ends) = (&mut self.record.bytes[written..], &mut self.record.ends[ended..]);
            let (result, taken, out, cells) = self.parser.read_record(ready, bytes, ends);
            self.lines += ready[..taken].split(|byte| *byte == b'\n').skip(1).count() as u64;
            self.reader.consume(taken);
            (length, written, ended) = (length + taken, written + out, ended + cells);
            match result {
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull if length > LONGEST_LINE => {
                    return Ok(Found::TooLong);
                }
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
            match self.reader.fill_buf()?.first() {
                Some(b'\n') => self.lines += 1,
                Some(b'\r') => {}
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
            let text = restored(&text);
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
        let mut content = Content::of(self.resource, members);
        if let Content::Study(line) = &mut content {
            line.faults.iter_mut().for_each(flatten);
        }
        Ok(content)
    }
}

/// A cell as the member that it stands for.
fn value(column: &str, text: &str) -> Value {
    if NUMBERS.contains(&column) {
        return text.trim().parse::<i64>().map_or_else(|_| text.into(), Value::from);
    }
    if column == MODALITIES {
        let modalities = text.split([',', '\\']).map(str::trim).filter(|modality| !modality.is_empty());
        return modalities.map(Value::from).collect();
    }
    text.into()
}

/// A row has no member `patient`: what is wrong with it is wrong with a column.
fn flatten(fault: &mut Fault) {
    if let Place::Pointer(pointer) = &mut fault.place
        && let Some(column) = pointer.strip_prefix("/patient/")
    {
        *pointer = format!("/{column}");
    }
}

/// What a file is about whose columns have these names.
fn resource_of(names: &[String]) -> Option<Resource> {
    let any_of = |columns: &[&str]| {
        names.iter().any(|name| columns.contains(&name.as_str()) && !OF_BOTH.contains(&name.as_str()))
    };
    if any_of(&OF_STUDIES) {
        Some(Resource::Study)
    } else if any_of(&OF_PATIENTS) {
        Some(Resource::Patient)
    } else {
        None
    }
}

enum Found {
    Record { number: u64, length: usize },
    TooLong,
    End,
}

/// Finds out what stands between the cells of the heading, and steps over what stands before it; tells how many lines that was.
fn separator(reader: &mut impl BufRead) -> io::Result<Result<(u8, u64), FaultCode>> {
    let first = reader.fill_buf()?;
    if first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff") {
        return Ok(Err(FaultCode::InvalidEncoding));
    }
    if first.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    let first = reader.fill_buf()?;
    if let Some(separator) = first.strip_prefix(b"sep=").and_then(|rest| rest.first().copied()) {
        let length = first.iter().position(|byte| *byte == b'\n').map_or(first.len(), |end| end + 1);
        reader.consume(length);
        return Ok(if b",;\t".contains(&separator) { Ok((separator, 1)) } else { Err(FaultCode::UnknownTable) });
    }
    let line = first.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in line {
        quoted ^= *byte == b'"';
        for (separator, count) in &mut counts {
            *count += usize::from(!quoted && byte == separator);
        }
    }
    // The first of equals: a heading of one column has none.
    let most = counts.iter().rev().max_by_key(|(_, count)| count).map_or(b',', |(separator, _)| *separator);
    Ok(Ok((most, 0)))
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
                Found::TooLong => return Ok(Next::Broken(self.lines + 1, FaultCode::TooLong)),
                Found::Record { number, length } => (number, length),
            };
            if !self.record.is_empty() {
                return Ok(Next::Line(Line { number, bytes, content: self.content() }));
            }
        }
    }
}
