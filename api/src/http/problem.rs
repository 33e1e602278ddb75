//! The problem document on the wire (RFC 9457).

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, body::BoxBody};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Language;
use crate::error::{ApiError, Fault, Place};

/// What every answer that is not a success says (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Where this kind of problem is explained.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "/problems/invalid")]
    pub type_: String,
    /// The kind of problem in a few words, in the caller's language.
    #[schema(example = "Some values are not valid")]
    pub title: &'static str,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599, example = 422)]
    pub status: u16,
    /// What to do about it, in the caller's language.
    #[schema(example = "Nothing was changed. The list errors names each fault.")]
    pub detail: &'static str,
    /// This occurrence.
    #[schema(format = "uri-reference", example = "urn:request:01981f3e-2b5c-7d10-9a54-0d5be4c0f0aa")]
    pub instance: String,
    /// The kind of problem for programs; stable.
    #[schema(example = "invalid")]
    pub code: &'static str,
    /// The id under which the server's log knows this request.
    #[schema(example = "01981f3e-2b5c-7d10-9a54-0d5be4c0f0aa")]
    pub request_id: String,
    /// The faults of the request, all of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FaultDocument>,
    /// Further members, by the kind of problem: `existing_id`, `deleted`, `current_version`, `required_role`.
    #[serde(flatten)]
    #[schema(ignore)]
    pub members: Map<String, Value>,
}

/// One fault of a request: a `pointer` into the body or a query `parameter`, and what is wrong there.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaultDocument {
    /// JSON Pointer (RFC 6901) to the member of the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/birth_date")]
    pub pointer: Option<String>,
    /// Name of the query parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// What is wrong, for programs; stable.
    #[schema(example = "date_in_future")]
    pub code: &'static str,
    /// What is wrong, in the caller's language.
    #[schema(example = "lies in the future")]
    pub message: String,
    /// For an unknown name: the known one that is nearest to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl Problem {
    /// The document of an error for a caller.
    pub fn of(error: &ApiError, language: Language, request_id: &str) -> Self {
        let text = error.code.text();
        Self {
            type_: format!("/problems/{}", text.name),
            title: text.title(language),
            status: text.status,
            detail: text.detail(language),
            instance: format!("urn:request:{request_id}"),
            code: text.name,
            request_id: request_id.to_owned(),
            errors: error.faults.iter().map(|fault| FaultDocument::of(fault, language)).collect(),
            members: error.members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        }
    }

    /// Puts the document into the response that carried the error.
    pub fn into_body(self, response: HttpResponse, language: Language) -> HttpResponse<BoxBody> {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = response.set_body(BoxBody::new(body));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
        response
    }
}

impl FaultDocument {
    /// The fault for a caller.
    pub fn of(fault: &Fault, language: Language) -> Self {
        let (pointer, parameter) = match &fault.place {
            Place::Pointer(pointer) => (Some(pointer.clone()), None),
            Place::Parameter(parameter) => (None, Some(parameter.clone())),
        };
        let text = fault.code.text(language);
        let message = match (&fault.suggestion, language) {
            (Some(name), Language::English) => format!("{text}; did you mean {name}?"),
            (Some(name), Language::French) => format!("{text} ; vouliez-vous dire {name} ?"),
            (None, _) => text.to_owned(),
        };
        Self { pointer, parameter, code: fault.code.name(), message, suggestion: fault.suggestion.clone() }
    }
}
