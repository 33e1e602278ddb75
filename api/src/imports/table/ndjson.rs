//! NDJSON: each line a JSON object.

use std::io::{self, BufRead};

use serde_json::Value;

use super::line::{Content, Line, Resource};
use super::lines::{LONGEST_LINE, Lines, Next};
use crate::error::{Fault, ProblemCode};
use crate::http::JsonBody;
use crate::values::FaultCode;

/// The member that tells what a line is about.
const TYPE: &str = "type";

/// The lines of a file.
pub struct NdjsonLines<R> {
    reader: R,
    /// What lines are about that do not say.
    resource: Option<Resource>,
    number: u64,
    line: Vec<u8>,
}

impl<R: BufRead> NdjsonLines<R> {
    pub fn new(reader: R, resource: Option<Resource>) -> Self {
        Self { reader, resource, number: 0, line: Vec::new() }
    }

    /// Reads a line, of one that is too long the beginning; tells how long it is, 0 at the end of the file.
    fn read_line(&mut self) -> io::Result<usize> {
        self.line.clear();
        let mut length = 0;
        loop {
            let ready = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                result => result?,
            };
            let end = ready.iter().position(|byte| *byte == b'\n').map(|place| place + 1);
            let taken = end.unwrap_or(ready.len());
            let room = (LONGEST_LINE + 1).saturating_sub(self.line.len());
            self.line.extend_from_slice(&ready[..taken.min(room)]);
            let at_end = ready.is_empty();
            self.reader.consume(taken);
            length += taken;
            if end.is_some() || at_end {
                return Ok(length);
            }
        }
    }

    fn content(&self) -> Result<Content, (Option<Resource>, Vec<Fault>)> {
        let nothing = |code| (self.resource, vec![Fault::whole(code)]);
        if self.line.len() > LONGEST_LINE {
            return Err(nothing(FaultCode::TooLong));
        }
        let text = if self.number == 1 { self.line.strip_prefix(b"\xef\xbb\xbf") } else { None };
        let text = std::str::from_utf8(text.unwrap_or(&self.line)).map_err(|_| nothing(FaultCode::InvalidEncoding))?;
        let mut members = match JsonBody::of(text.as_bytes()) {
            Ok(body) => body.0,
            Err(error) if error.code == ProblemCode::Invalid => return Err((self.resource, error.faults)),
            Err(_) => return Err(nothing(FaultCode::MalformedLine)),
        };
        let fault = |code| (self.resource, vec![Fault::member(TYPE, code)]);
        let resource = match members.remove(TYPE) {
            None | Some(Value::Null) => self.resource.ok_or_else(|| fault(FaultCode::Required))?,
            Some(Value::String(text)) if text == "patient" => Resource::Patient,
            Some(Value::String(text)) if text == "study" => Resource::Study,
            Some(Value::String(_)) => return Err(fault(FaultCode::InvalidEnum)),
            Some(_) => return Err(fault(FaultCode::InvalidType)),
        };
        Ok(Content::of(resource, members))
    }
}

impl<R: BufRead> Lines for NdjsonLines<R> {
    fn next(&mut self) -> io::Result<Next> {
        loop {
            let bytes = self.read_line()?;
            if bytes == 0 {
                return Ok(Next::End);
            }
            self.number += 1;
            if self.line.iter().any(|byte| !byte.is_ascii_whitespace()) {
                return Ok(Next::Line(Line { number: self.number, bytes, is_flat: false, content: self.content() }));
            }
        }
    }
}
