//! What every slice needs of HTTP and no resource owns.

mod accept;
mod bin;
mod body;
mod client_address;
mod cors;
pub mod csv;
mod etag;
mod hardening;
mod language;
mod lifecycle;
mod page;
mod parameters;
mod path;
mod problem;
pub mod schema;

pub use accept::{acceptable, preferred};
pub use bin::{Bin, Purge};
pub use body::{JsonBody, Members, OptionalBody, as_members, refuse_encoded};
pub use client_address::{ClientAddress, TrustedProxies, network};
pub use cors::{AllowedOrigins, cross_origin, origin};
pub use etag::{Precondition, etag, not_modified, stale};
pub use hardening::Hardening;
pub use language::Language;
pub use lifecycle::{RequestId, TimeLimit, lifecycle};
pub use page::{Count, Cursor, Listed, PageParameters, PageQuery, Total, link_next, page_answer};
pub use parameters::{FromParameters, Parameters, Query, nearest};
pub use path::{Id, is_path_of, path_id, to_folder};
pub use problem::{FaultDocument, Problem};
