//! The two forms of an export.

use std::borrow::Cow;

use actix_web::web::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::dto::CsvShape;
use crate::error::{ApiError, ApiResult};
use crate::http::csv::defused;

/// The byte order mark of UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// A form that rows are written in.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// CSV (RFC 4180) with a heading.
    Csv(CsvShape),
    /// One JSON object a line.
    Ndjson,
}

impl Form {
    pub const CSV: &str = "text/csv";
    pub const NDJSON: &str = "application/x-ndjson";

    /// The value of `Content-Type`.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv(_) => "text/csv; charset=utf-8; header=present",
            Self::Ndjson => Self::NDJSON,
        }
    }

    /// The end of a file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Ndjson => "ndjson",
        }
    }

    /// What stands before the rows.
    ///
    /// # Errors
    /// When it cannot be written, which nothing in memory causes.
    pub fn heading(self, columns: &[&str]) -> ApiResult<Bytes> {
        let Self::Csv(shape) = self else { return Ok(Bytes::new()) };
        let mut writer = writer(shape, if shape.bom { BOM.to_vec() } else { Vec::new() });
        let names = columns.iter().map(|pointer| pointer.rsplit('/').next().unwrap_or_default());
        writer.write_record(names).map_err(failed)?;
        finished(writer)
    }

    /// Some rows.
    ///
    /// # Errors
    /// As [`Self::heading`].
    pub fn rows<T: Serialize>(self, columns: &[&str], rows: impl IntoIterator<Item = T>) -> ApiResult<Bytes> {
        match self {
            Self::Csv(shape) => {
                let mut writer = writer(shape, Vec::new());
                for row in rows {
                    let row = serde_json::to_value(row).map_err(failed)?;
                    for pointer in columns {
                        writer.write_field(cell(row.pointer(pointer)).as_bytes()).map_err(failed)?;
                    }
                    writer.write_record(None::<&[u8]>).map_err(failed)?;
                }
                finished(writer)
            }
            Self::Ndjson => {
                let mut lines = Vec::new();
                for row in rows {
                    serde_json::to_writer(&mut lines, &row).map_err(failed)?;
                    lines.push(b'\n');
                }
                Ok(lines.into())
            }
        }
    }
}

/// A value as a cell: nothing for null, the items of a list joined by commas.
fn cell(value: Option<&Value>) -> Cow<'_, str> {
    match value {
        None | Some(Value::Null) => "".into(),
        Some(Value::String(text)) => defused(text),
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(",").into(),
        Some(other) => other.to_string().into(),
    }
}

fn writer(shape: CsvShape, begun: Vec<u8>) -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().delimiter(shape.separator).terminator(csv::Terminator::CRLF).from_writer(begun)
}

fn finished(writer: csv::Writer<Vec<u8>>) -> ApiResult<Bytes> {
    writer.into_inner().map(Bytes::from).map_err(|error| failed(error.into_error()))
}

fn failed(error: impl std::fmt::Display) -> ApiError {
    ApiError::internal(format!("an export cannot be written: {error}"))
}
