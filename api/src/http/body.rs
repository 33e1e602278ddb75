//! Request bodies: one JSON object, read member by member so that all its faults are reported at once.

use std::future::{Future, ready};
use std::ops::RangeInclusive;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest, error::PayloadError, web};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::parameters::{Query, nearest};
use crate::error::{ApiError, ApiResult, Fault, Place, ProblemCode};
use crate::state::AppState;
use crate::values::FaultCode;

/// Deepest nesting of a body.
const DEPTH: usize = 32;
/// Most members of a body: each that is not known is a fault to be named.
const MEMBERS: usize = 1000;

/// A JSON object from a request body. It says all there is to say: an operation that takes one has no query parameters.
///
/// # Errors
/// 400 for a query parameter, 415 for another media type, 413 for a body over the limit, 400 for broken JSON, 422 for JSON that is no object.
#[derive(Debug)]
pub struct JsonBody(pub Map<String, Value>);

impl JsonBody {
    /// The object that a JSON text says.
    ///
    /// # Errors
    /// 400 for broken JSON, 422 for JSON that is no object.
    pub fn of(text: &[u8]) -> ApiResult<Self> {
        if is_deep(text) {
            return Err(ApiError::new(ProblemCode::MalformedRequest));
        }
        match serde_json::from_slice(text) {
            Ok(Json::Object(members)) => Ok(Self(members)),
            Ok(Json::Other) => Err(ApiError::invalid(vec![Fault::whole(FaultCode::InvalidType)])),
            Err(_) => Err(ApiError::new(ProblemCode::MalformedRequest)),
        }
    }

    /// Reads the object; `read` takes the members it knows.
    ///
    /// # Errors
    /// 422 with every fault found, members that nobody took among them.
    pub fn read<T>(self, read: impl FnOnce(&mut Members) -> T) -> ApiResult<T> {
        Members::read(self.0, read)
    }
}

impl FromRequest for JsonBody {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let typed = refuse_encoded(request).map(|()| is_json(request));
        let limit = request.app_data::<web::Data<AppState>>().map_or(256 * 1024, |state| state.max_body_bytes);
        let announced =
            request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
        let payload = payload.take();
        let query = Query::<()>::of(request);
        Box::pin(async move {
            query?;
            if !typed? {
                return Err(ApiError::new(ProblemCode::UnsupportedMediaType));
            }
            if announced.is_some_and(|length: usize| length > limit) {
                return Err(ApiError::new(ProblemCode::BodyTooLarge));
            }
            Self::of(&bytes(payload, limit).await?)
        })
    }
}

/// As [`JsonBody`]; a request without a body has an empty object.
pub struct OptionalBody(pub JsonBody);

impl FromRequest for OptionalBody {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = ApiResult<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let headers = request.headers();
        let length = headers.get(header::CONTENT_LENGTH).is_none_or(|length| length.as_bytes() == b"0");
        if length && !headers.contains_key(header::TRANSFER_ENCODING) && !headers.contains_key(header::CONTENT_TYPE) {
            return Box::pin(ready(Query::<()>::of(request).map(|_| Self(JsonBody(Map::new())))));
        }
        let body = JsonBody::from_request(request, payload);
        Box::pin(async move { body.await.map(Self) })
    }
}

/// Bodies come as they are: compressed ones are not opened (RFC 9110 section 8.4), so that none is larger than it looks.
///
/// # Errors
/// 415 when the request says that it is encoded.
pub fn refuse_encoded(request: &HttpRequest) -> ApiResult<()> {
    let mut encodings = request.headers().get_all(header::CONTENT_ENCODING);
    if encodings.all(|encoding| encoding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Ok(());
    }
    let accepted = HeaderValue::from_static("identity");
    Err(ApiError::new(ProblemCode::UnsupportedMediaType).header(header::ACCEPT_ENCODING, accepted))
}

/// `application/json`, and for PATCH the type of RFC 7396 too.
fn is_json(request: &HttpRequest) -> bool {
    let given = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let essence = given.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    essence == "application/json" || essence == "application/merge-patch+json" && request.method() == Method::PATCH
}

async fn bytes(payload: Payload, limit: usize) -> ApiResult<web::Bytes> {
    match actix_web::body::to_bytes_limited(actix_web::body::BodyStream::new(payload), limit).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(PayloadError::Overflow)) => Err(ApiError::new(ProblemCode::BodyTooLarge)),
        Ok(Err(_)) => Err(ApiError::new(ProblemCode::MalformedRequest)),
        Err(_over_limit) => Err(ApiError::new(ProblemCode::BodyTooLarge)),
    }
}

/// Whether a JSON text nests deeper than any that is meant well.
fn is_deep(bytes: &[u8]) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return true;
        }
    }
    false
}

/// A JSON text whose members, if it is an object, each stand there once: which of two would count differs from reader to
/// reader (RFC 8259 section 4), so that two are a mistake.
enum Json {
    Object(Map<String, Value>),
    Other,
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Map::new();
        while let Some((name, value)) = map.next_entry::<String, Value>()? {
            if members.insert(name, value).is_some() {
                return Err(A::Error::custom("a member stands there twice"));
            }
            if members.len() > MEMBERS {
                return Err(A::Error::custom("too many members"));
            }
        }
        Ok(Json::Object(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Json::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Other)
    }
}

/// The members of an object while they are read. `null` and absent mean the same.
pub struct Members {
    members: Map<String, Value>,
    known: Vec<&'static str>,
    faults: Vec<Fault>,
}

impl Members {
    /// Reads an object; `read` takes the members it knows.
    ///
    /// # Errors
    /// As [`JsonBody::read`].
    pub fn read<T>(members: Map<String, Value>, read: impl FnOnce(&mut Self) -> T) -> ApiResult<T> {
        let (result, faults) = Self::examine(members, read);
        if faults.is_empty() { Ok(result) } else { Err(ApiError::invalid(faults)) }
    }

    /// Reads what a merge patch (RFC 7396) makes of an object: its members replace those of the object, null removes. The
    /// members of `kept` cannot be removed. What was missing before may stay so: an import may have left it out, and a
    /// patch of something else is no reason to ask for it.
    ///
    /// # Errors
    /// As [`JsonBody::read`].
    pub fn patch<T>(
        object: Map<String, Value>,
        patch: Map<String, Value>,
        kept: &[&str],
        read: impl Fn(&mut Self) -> T,
    ) -> ApiResult<T> {
        let removed = kept.iter().filter(|name| patch.get(**name).is_some_and(Value::is_null));
        let removed: Vec<Fault> = removed.map(|name| Fault::member(name, FaultCode::Required)).collect();
        let mut patched = object.clone();
        patched.extend(patch);
        let (_, before) = Self::examine(object, &read);
        let (result, mut faults) = Self::examine(patched, &read);
        faults.retain(|fault| fault.code != FaultCode::Required || !before.contains(fault));
        for fault in removed {
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
        if faults.is_empty() { Ok(result) } else { Err(ApiError::invalid(faults)) }
    }

    /// Reads an object as far as it goes, and names its faults.
    pub fn examine<T>(members: Map<String, Value>, read: impl FnOnce(&mut Self) -> T) -> (T, Vec<Fault>) {
        let mut reader = Self { members, known: Vec::new(), faults: Vec::new() };
        let result = read(&mut reader);
        let Self { members, known, mut faults } = reader;
        for name in members.keys() {
            faults.push(Fault::member(name, FaultCode::UnknownField).meant(nearest(name, &known)));
        }
        (result, faults)
    }

    /// Notes a fault of the member `name`.
    pub fn fault(&mut self, name: &str, code: FaultCode) {
        self.faults.push(Fault::member(name, code));
    }

    /// Whether the member was found faulty already.
    pub fn is_faulty(&self, name: &str) -> bool {
        let pointer = crate::error::pointer(name);
        self.faults.iter().any(|fault| matches!(&fault.place, Place::Pointer(place) if place.starts_with(&pointer)))
    }

    /// Takes a member that is known and says nothing.
    pub fn leave(&mut self, name: &'static str) {
        self.take(name);
    }

    /// The text of a member, checked and converted by `parse`, which may also find that it is no value.
    pub fn optional<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<Option<T>, FaultCode>,
    ) -> Option<T> {
        let result = match self.take(name)? {
            Value::String(text) => parse(&text),
            _ => Err(FaultCode::InvalidType),
        };
        result.unwrap_or_else(|code| {
            self.fault(name, code);
            None
        })
    }

    /// As [`Self::optional`] for a `parse` that always finds a value.
    pub fn value<T>(&mut self, name: &'static str, parse: impl FnOnce(&str) -> Result<T, FaultCode>) -> Option<T> {
        self.optional(name, |text| parse(text).map(Some))
    }

    /// A text that must be there.
    pub fn required<T: Default>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<Option<T>, FaultCode>,
    ) -> T {
        let value = self.optional(name, parse);
        if value.is_none() && !self.is_faulty(name) {
            self.fault(name, FaultCode::Required);
        }
        value.unwrap_or_default()
    }

    /// An integer of the range.
    pub fn integer(&mut self, name: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let value = self.take(name)?;
        let code = match whole_number(&value) {
            Some(number) if range.contains(&number) => return Some(number),
            Some(_) => FaultCode::OutOfRange,
            None if value.is_number() => FaultCode::OutOfRange,
            None => FaultCode::InvalidType,
        };
        self.fault(name, code);
        None
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, name: &'static str) -> Option<bool> {
        let value = self.take(name)?;
        if !value.is_boolean() {
            self.fault(name, FaultCode::InvalidType);
        }
        value.as_bool()
    }

    /// A list of texts, each checked and converted by `parse`; at most `max` of them.
    pub fn list<T>(
        &mut self,
        name: &'static str,
        max: usize,
        parse: impl Fn(&str) -> Result<T, FaultCode>,
    ) -> Option<Vec<T>> {
        let Value::Array(items) = self.take(name)? else {
            self.fault(name, FaultCode::InvalidType);
            return None;
        };
        if items.len() > max {
            self.fault(name, FaultCode::TooLong);
        }
        let mut values = Vec::with_capacity(items.len().min(max));
        for (index, item) in items.iter().enumerate().take(max) {
            match item.as_str().ok_or(FaultCode::InvalidType).and_then(&parse) {
                Ok(value) => values.push(value),
                Err(code) => {
                    let place = Place::Pointer(format!("{}/{index}", crate::error::pointer(name)));
                    self.faults.push(Fault { place, code, suggestion: None });
                }
            }
        }
        Some(values)
    }

    fn take(&mut self, name: &'static str) -> Option<Value> {
        self.known.push(name);
        self.members.remove(name).filter(|value| !value.is_null())
    }
}

/// The integer a JSON number stands for; `2.0` is one (RFC 8259 knows numbers alone).
#[expect(
    clippy::cast_possible_truncation,
    clippy::float_cmp,
    reason = "only floats that are whole and small are taken"
)]
fn whole_number(value: &Value) -> Option<i64> {
    let float = || value.as_f64().filter(|number| number.trunc() == *number && number.abs() < 9e15).map(|n| n as i64);
    value.as_i64().or_else(float)
}

/// The members that a value has in JSON: what a merge patch is applied to.
///
/// # Errors
/// When the value is no object, which none of ours is.
pub fn as_members(value: &impl serde::Serialize) -> ApiResult<Map<String, Value>> {
    match serde_json::to_value(value) {
        Ok(Value::Object(members)) => Ok(members),
        _ => Err(ApiError::internal("a wire type is no JSON object")),
    }
}
