//! Query parameters: each known by name, given once, with a value; nothing is ignored.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::page::{Count, PageQuery};
use super::path::plain_number;
use crate::error::{ApiError, ApiResult, Fault, ProblemCode};
use crate::hex::hex;
use crate::values::FaultCode;

/// Parameters that say which part of the result is wanted, not which result.
const PAGING: [&str; 3] = ["cursor", "limit", "count"];
/// How alike two names must be for one to be meant by the other (Jaro-Winkler).
const ALIKE: f64 = 0.75;

/// What a handler reads from its query.
pub trait FromParameters: Sized {
    /// Takes the parameters it knows; faults are noted in `parameters`.
    fn from_parameters(parameters: &mut Parameters) -> Self;
}

impl FromParameters for () {
    fn from_parameters(_: &mut Parameters) -> Self {}
}

/// The query of a request, read as `T`.
///
/// # Errors
/// 400 when a parameter is unknown, repeated or empty, 422 when a value is not valid; all faults at once.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: FromParameters> Query<T> {
    pub(super) fn of(request: &HttpRequest) -> ApiResult<Self> {
        let malformed = || ApiError::new(ProblemCode::MalformedRequest);
        // Of bytes in another character set something would be made that nobody asked for.
        percent_decode_str(request.query_string()).decode_utf8().map_err(|_| malformed())?;
        let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string()).map_err(|_| malformed())?;
        Parameters::of_query(pairs.into_inner()).read(T::from_parameters).map(Self)
    }
}

impl<T: FromParameters> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}

/// Parameters while they are read.
pub struct Parameters {
    entries: Vec<(String, String)>,
    known: Vec<&'static str>,
    faults: Vec<Fault>,
    fingerprint: String,
    in_body: bool,
}

impl Parameters {
    fn of_query(pairs: Vec<(String, String)>) -> Self {
        let mut parameters = Self::new(pairs, false);
        let names: Vec<String> = parameters.entries.iter().map(|(name, _)| name.clone()).collect();
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                parameters.fault(name, FaultCode::RepeatedParameter);
            }
        }
        parameters
    }

    /// The members of a body that says what a query can say; `limit` is a number there, everything else text.
    pub fn of_body(members: Map<String, Value>) -> Self {
        let mut faulty = Vec::new();
        let mut entries = Vec::new();
        for (name, value) in members {
            match as_text(&name, &value) {
                Some(text) => entries.push((name, text)),
                None if value.is_null() => {}
                None => faulty.push(name),
            }
        }
        let mut parameters = Self::new(entries, true);
        for name in faulty {
            parameters.fault(&name, FaultCode::InvalidType);
        }
        parameters
    }

    fn new(entries: Vec<(String, String)>, in_body: bool) -> Self {
        let fingerprint = fingerprint(&entries);
        Self { entries, known: Vec::new(), faults: Vec::new(), fingerprint, in_body }
    }

    /// Reads the parameters; `read` takes those it knows.
    ///
    /// # Errors
    /// As [`Query`]; faults in a body are always 422.
    pub fn read<T>(mut self, read: impl FnOnce(&mut Self) -> T) -> ApiResult<T> {
        let result = read(&mut self);
        let unknown = if self.in_body { FaultCode::UnknownField } else { FaultCode::UnknownParameter };
        for (name, _) in std::mem::take(&mut self.entries) {
            let fault = self.place(&name, unknown).meant(nearest(&name, &self.known));
            self.faults.push(fault);
        }
        if self.faults.is_empty() {
            return Ok(result);
        }
        let misunderstood = self.faults.iter().any(|fault| {
            use FaultCode::{EmptyParameter, InvalidCursor, RepeatedParameter, UnknownParameter};
            matches!(fault.code, EmptyParameter | InvalidCursor | RepeatedParameter | UnknownParameter)
        });
        let code = if misunderstood && !self.in_body { ProblemCode::InvalidQuery } else { ProblemCode::Invalid };
        Err(ApiError::new(code).with_faults(self.faults))
    }

    /// Notes a fault of the parameter `name`.
    pub fn fault(&mut self, name: &str, code: FaultCode) {
        let fault = self.place(name, code);
        self.faults.push(fault);
    }

    fn place(&self, name: &str, code: FaultCode) -> Fault {
        if self.in_body { Fault::member(name, code) } else { Fault::parameter(name, code) }
    }

    /// The value of a parameter, converted by `parse`.
    pub fn take<T>(&mut self, name: &'static str, parse: impl FnOnce(&str) -> Result<T, FaultCode>) -> Option<T> {
        self.known.push(name);
        let index = self.entries.iter().position(|(entry, _)| entry == name)?;
        let (_, text) = self.entries.remove(index);
        self.entries.retain(|(entry, _)| entry != name);
        let result = if text.trim().is_empty() { Err(FaultCode::EmptyParameter) } else { parse(&text) };
        result.map_err(|code| self.fault(name, code)).ok()
    }

    /// A comma list of at most `max` characters: any of its values, each converted by `parse`.
    pub fn any_of<T: PartialEq>(
        &mut self,
        name: &'static str,
        max: usize,
        parse: impl Fn(&str) -> Result<T, FaultCode>,
    ) -> Vec<T> {
        let read = |text: &str| {
            if text.chars().count() > max {
                return Err(FaultCode::TooLong);
            }
            let mut values: Vec<T> = Vec::new();
            for one in text.split(',') {
                let value = parse(one.trim())?;
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            Ok(values)
        };
        self.take(name, read).unwrap_or_default()
    }

    /// `true` or `false`; absent is `false`.
    pub fn flag(&mut self, name: &'static str) -> bool {
        self.choice(name).unwrap_or(false)
    }

    /// `true`, `false`, or either when it is absent.
    pub fn choice(&mut self, name: &'static str) -> Option<bool> {
        let parse = |text: &str| match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(FaultCode::InvalidEnum),
        };
        self.take(name, parse)
    }

    /// `limit`, `cursor` and `count`.
    pub fn page(&mut self, default_limit: u64) -> PageQuery {
        let count = self.take("count", Count::parse);
        PageQuery { count: count.unwrap_or_default(), ..self.part(default_limit) }
    }

    /// `limit` and `cursor`, of what is not counted.
    pub fn part(&mut self, default_limit: u64) -> PageQuery {
        let limit = self.take("limit", |text| match plain_number(text) {
            Some(limit @ 1..=PageQuery::MAX_LIMIT) => Ok(limit),
            Some(_) => Err(FaultCode::OutOfRange),
            None => Err(FaultCode::InvalidType),
        });
        let cursor = self.take("cursor", |text| Ok(text.to_owned()));
        PageQuery {
            limit: limit.unwrap_or(default_limit),
            count: Count::None,
            cursor,
            fingerprint: self.fingerprint.clone(),
            in_body: self.in_body,
        }
    }
}

/// The known name that an unknown one most likely stands for.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let likeness = |candidate: &str| strsim::jaro_winkler(name, candidate);
    let best = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(best) >= ALIKE).then_some(*best)
}

/// The text of a member; `limit` alone is a number.
fn as_text(name: &str, value: &Value) -> Option<String> {
    match value {
        Value::String(text) if name != "limit" => Some(text.clone()),
        Value::Number(number) if name == "limit" => Some(number.to_string()),
        _ => None,
    }
}

/// What ties a cursor to its query: a digest of all that chooses and orders the result.
fn fingerprint(entries: &[(String, String)]) -> String {
    let mut chosen: Vec<_> = entries.iter().filter(|(name, _)| !PAGING.contains(&name.as_str())).collect();
    chosen.sort();
    let mut digest = Sha256::new();
    for (name, value) in chosen {
        digest.update((name.len() as u64).to_be_bytes());
        digest.update(name);
        digest.update((value.len() as u64).to_be_bytes());
        digest.update(value);
    }
    hex(&digest.finalize()[..6])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> ApiResult<(Option<String>, bool)> {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Parameters::of_query(pairs).read(|p| (p.take("family_name", |text| Ok(text.to_owned())), p.flag("deleted")))
    }

    #[test]
    fn a_known_parameter_is_taken() {
        let values = read(&[("family_name", "Durand"), ("deleted", "true")]).expect("both are known");
        assert_eq!(values, (Some("Durand".to_owned()), true));
    }

    #[test]
    fn unknown_repeated_and_empty_parameters_are_all_named() {
        let error = read(&[("familyname", "D"), ("deleted", ""), ("family_name", "a"), ("family_name", "b")])
            .expect_err("three faults");
        assert_eq!(error.code, ProblemCode::InvalidQuery);
        let codes: Vec<_> = error.faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, [FaultCode::RepeatedParameter, FaultCode::EmptyParameter, FaultCode::UnknownParameter]);
        assert_eq!(error.faults[2].suggestion.as_deref(), Some("family_name"));
    }

    #[test]
    fn a_value_that_is_not_valid_is_422() {
        assert_eq!(read(&[("deleted", "yes")]).expect_err("not a flag").code, ProblemCode::Invalid);
    }
}
