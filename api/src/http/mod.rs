//! What every slice needs of HTTP and no resource owns.

mod body;
mod etag;
mod language;
mod lifecycle;
mod page;
mod parameters;
mod path;
mod problem;
pub mod schema;

pub use body::{JsonBody, Members};
pub use etag::{Precondition, etag, not_modified, stale};
pub use language::Language;
pub use lifecycle::{RequestId, lifecycle};
pub use page::{Count, Cursor, PageQuery, Total, link_next};
pub use parameters::{FromParameters, Parameters, Query};
pub use path::Id;
pub use problem::{FaultDocument, Problem};
