//! Pages of lists: limits, cursors, totals and links.

use std::fmt::Write;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::DbErr;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::{ApiError, ApiResult, Fault, ProblemCode};
use crate::keyset::Position;
use crate::values::FaultCode;

/// Parameters that say which page of a list is wanted.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the documentation of parameters that are read one by one")]
pub struct PageParameters {
    /// Most items of the page; 50 unless said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
    /// `next_cursor` of the page before, with the same other parameters.
    #[param(min_length = 1)]
    cursor: Option<String>,
    /// Whether to count all hits: `bounded` counts to 1,000, then says `gte`.
    #[param(inline)]
    count: Option<Count>,
}

/// Which page of a result is wanted.
#[derive(Clone, Debug)]
pub struct PageQuery {
    /// Most items of the page.
    pub limit: u64,
    /// Whether the whole result is to be counted.
    pub count: Count,
    /// The cursor as it came.
    pub cursor: Option<String>,
    /// What the cursor must belong to.
    pub fingerprint: String,
    /// Whether the query stands in a body.
    pub in_body: bool,
}

impl PageQuery {
    /// Largest page.
    pub const MAX_LIMIT: u64 = 200;

    /// Binds the cursor to one list as well: the parameters of two lists may be the same.
    pub fn belongs_to(&mut self, request: &HttpRequest) {
        self.fingerprint = format!("{} {}", request.path(), self.fingerprint);
    }

    /// The place after which the page starts.
    ///
    /// # Errors
    /// 400 (422 in a body) when the cursor is not one of this query.
    pub fn after<K: DeserializeOwned>(&self) -> ApiResult<Option<K>> {
        let Some(text) = &self.cursor else { return Ok(None) };
        Cursor::decode(text, &self.fingerprint).map(Some).ok_or_else(|| {
            let (fault, code) = if self.in_body {
                (Fault::member("cursor", FaultCode::InvalidCursor), ProblemCode::Invalid)
            } else {
                (Fault::parameter("cursor", FaultCode::InvalidCursor), ProblemCode::InvalidQuery)
            };
            ApiError::new(code).with_faults(vec![fault])
        })
    }

    /// Cuts rows that were looked ahead to the page, and marks the place after it when there is more.
    pub fn cut<T, K: Serialize>(&self, rows: &mut Vec<T>, key: impl Fn(&T) -> K) -> Option<Cursor> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        rows.last().filter(|_| more).map(|last| Cursor::encode(&key(last), &self.fingerprint))
    }

    /// The mark of a place in this query's result.
    pub fn cursor_at<K: Serialize>(&self, key: &K) -> Cursor {
        Cursor::encode(key, &self.fingerprint)
    }

    /// The places of one page of a list, as `page` finds them after a place, with what stands beside its items.
    ///
    /// # Errors
    /// 400 when the cursor is not one of this list; when the database fails.
    pub async fn listed(
        &mut self,
        request: &HttpRequest,
        page: impl AsyncFnOnce(Option<Position>, u64) -> Result<Vec<Position>, DbErr>,
        count: impl AsyncFnOnce(Option<u64>) -> Result<u64, DbErr>,
    ) -> ApiResult<Listed> {
        self.belongs_to(request);
        let mut places = page(self.after()?, self.look_ahead()).await?;
        let next_cursor = self.cut(&mut places, Position::clone);
        let total = self.total(count).await?;
        Ok(Listed { ids: places.iter().map(|place| place.id).collect(), next_cursor, total })
    }

    /// The page's total, counted by `counter` as far as it is given when one was asked for.
    ///
    /// # Errors
    /// What `counter` says.
    pub async fn total<E>(&self, counter: impl AsyncFnOnce(Option<u64>) -> Result<u64, E>) -> Result<Total, E> {
        Ok(match self.count {
            Count::None => Total::default(),
            count => Total::of(count, counter(count.bound()).await?),
        })
    }

    /// How many rows to look for: one more than asked tells whether there is a next page.
    pub fn look_ahead(&self) -> u64 {
        self.limit + 1
    }
}

/// One page of a list whose rows are still to be read.
pub struct Listed {
    /// The ids of its rows, in their order.
    pub ids: Vec<i64>,
    pub next_cursor: Option<Cursor>,
    pub total: Total,
}

/// Whether and how far to count a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Count {
    /// Not at all.
    #[default]
    None,
    /// Exactly up to 1,000, then "at least".
    Bounded,
    /// Exactly, whatever it costs.
    Exact,
}

impl Count {
    /// Where a bounded count stops.
    pub const BOUND: u64 = 1000;

    /// Reads the parameter.
    ///
    /// # Errors
    /// `invalid_enum`.
    pub fn parse(text: &str) -> Result<Self, FaultCode> {
        match text {
            "none" => Ok(Self::None),
            "bounded" => Ok(Self::Bounded),
            "exact" => Ok(Self::Exact),
            _ => Err(FaultCode::InvalidEnum),
        }
    }

    /// The most rows that need counting; nothing when the count is unbounded or not asked for.
    pub fn bound(self) -> Option<u64> {
        (self == Self::Bounded).then_some(Self::BOUND + 1)
    }
}

/// Whether a total is the number of hits or a number there are at least of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum TotalRelation {
    /// Exactly as many.
    Eq,
    /// At least as many.
    Gte,
}

/// The number of items of a whole result.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct Total {
    /// The number of items, when `count` asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, nullable = false)]
    pub total: Option<u64>,
    /// Whether there are exactly or at least so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub total_relation: Option<TotalRelation>,
}

impl Total {
    /// The total for a number of rows counted as far as `count` asks.
    pub fn of(count: Count, counted: u64) -> Self {
        let beyond = count == Count::Bounded && counted > Count::BOUND;
        let (total, relation) = if beyond { (Count::BOUND, TotalRelation::Gte) } else { (counted, TotalRelation::Eq) };
        Self { total: Some(total), total_relation: Some(relation) }
    }

    /// The total for a number of rows that may not be all there are.
    pub fn at_least(count: Count, counted: u64, is_cut: bool) -> Self {
        let total = Self::of(count, counted);
        Self { total_relation: if is_cut { Some(TotalRelation::Gte) } else { total.total_relation }, ..total }
    }
}

/// An opaque mark of a place in a result: the last keys, bound to the query that gave it.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

#[derive(Serialize, Deserialize)]
struct Content<K> {
    q: String,
    k: K,
}

impl Cursor {
    fn encode<K: Serialize>(key: &K, fingerprint: &str) -> Self {
        let content = Content { q: fingerprint.to_owned(), k: key };
        Self(URL_SAFE_NO_PAD.encode(serde_json::to_vec(&content).unwrap_or_default()))
    }

    fn decode<K: DeserializeOwned>(text: &str, fingerprint: &str) -> Option<K> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let content: Content<K> = serde_json::from_slice(&bytes).ok()?;
        (content.q == fingerprint).then_some(content.k)
    }
}

/// The answer that is a page, with its `Link` to the next.
pub fn page_answer(request: &HttpRequest, next: Option<&Cursor>, page: &impl Serialize) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    if let Some(link) = next.and_then(|cursor| link_next(request, cursor)) {
        response.insert_header((header::LINK, link));
    }
    response.json(page)
}

/// The `Link` header to the next page (RFC 8288): this request's own address with the cursor put in.
pub fn link_next(request: &HttpRequest, cursor: &Cursor) -> Option<HeaderValue> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?.into_inner();
    let kept = pairs.iter().filter(|(name, _)| name != "cursor");
    let query =
        kept.fold(String::new(), |query, (name, value)| format!("{query}{}={}&", encoded(name), encoded(value)));
    HeaderValue::try_from(format!("<{}?{query}cursor={}>; rel=\"next\"", request.path(), cursor.0)).ok()
}

/// Percent-encodes everything but the unreserved characters (RFC 3986 section 2.3).
fn encoded(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_query() {
        let cursor = Cursor::encode(&("durand", 7), "abc");
        assert_eq!(Cursor::decode::<(String, i64)>(&cursor.0, "abc"), Some(("durand".to_owned(), 7)));
        assert_eq!(Cursor::decode::<(String, i64)>(&cursor.0, "abd"), None);
        assert_eq!(Cursor::decode::<(String, i64)>("%%%", "abc"), None);
    }

    #[test]
    fn bounded_totals_say_so() {
        let total = Total::of(Count::Bounded, 1001);
        assert_eq!((total.total, total.total_relation), (Some(1000), Some(TotalRelation::Gte)));
        let total = Total::of(Count::Exact, 1001);
        assert_eq!((total.total, total.total_relation), (Some(1001), Some(TotalRelation::Eq)));
    }
}
