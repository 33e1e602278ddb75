//! Rows of CSV and NDJSON files, entered as `POST /api/patients` and `POST /api/studies` enter them.
//!
//! `lines` reads a file on a thread of its own, checks each line by the rules of the API and hands lines on in batches; it waits
//! when they are not taken. `desk` enters a batch in one transaction. However long a file is, a few batches of it are in memory.

mod csv;
mod desk;
mod line;
mod lines;
mod ndjson;

pub use desk::{Fate, enter};
pub use line::{Content, Line, Resource};
pub use lines::{Batch, Charset, Form, Read, TableForm, read};
