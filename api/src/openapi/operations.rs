//! What every operation of its kind has in the contract: the problems it can answer, headers, the role, links.

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::link::Link;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{Object, ObjectBuilder, Schema, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ContentBuilder, PathItem, Ref, RefOr, Required};

use crate::auth::RoleName;
use crate::http::schema;

/// Operations whose body may be left out.
const BODY_OPTIONAL: [&str; 2] = ["logout", "refresh"];

/// What is answered with an `ETag`.
const VERSIONED: [&str; 7] = ["Patient", "Study", "User", "CreatedUser", "ApiKey", "CreatedApiKey", "RoleDescription"];

/// The operations of a path.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

/// Adds it to an operation.
pub fn complete(path: &str, operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && let Some(schema) = &mut parameter.schema
        {
            schema::resolve(schema);
            // A header may be left out; it cannot be null.
            if let (ParameterIn::Header, RefOr::T(Schema::Object(object))) = (&parameter.parameter_in, schema) {
                object.schema_type = Type::String.into();
            }
        }
    }
    let role = required_role(operation);
    let writes_row = operation.responses.responses.contains_key("404") && has_body_or_deletes(operation);
    let takes_body = operation.request_body.is_some();
    let takes_values = takes_body || operation.parameters.as_ref().is_some_and(|parameters| !parameters.is_empty());
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        let optional = operation.operation_id.as_deref().is_some_and(|id| BODY_OPTIONAL.contains(&id));
        body.required = Some(if optional { Required::False } else { Required::True });
    }
    if let Some(role) = role {
        if is_for_keys(operation, &role) {
            operation.security.get_or_insert_default().push(SecurityRequirement::new("api_key", [role.clone()]));
        }
        operation.extensions.get_or_insert_default().insert("x-required-role".to_owned(), role.into());
        problem(operation, "401", "No good access token or API key");
        problem(operation, "403", "The role does not allow it, or the password must be changed first");
    }
    if takes_values || path.starts_with("/api/") {
        problem(operation, "400", "A parameter is unknown, repeated or empty, or the JSON is broken");
    }
    if takes_values {
        problem(operation, "422", "Some values are not valid");
    }
    if takes_body {
        problem(operation, "413", "The body is too large");
        problem(operation, "415", "The media type is not supported");
    }
    if writes_row && needs_if_match(operation) {
        operation.parameters.get_or_insert_default().push(RefOr::T(if_match()));
        problem(operation, "412", "Someone else has changed it");
        problem(operation, "428", "The header `If-Match` is missing");
    }
    if operation.responses.responses.contains_key("304") {
        operation.parameters.get_or_insert_default().push(RefOr::T(if_none_match()));
    }
    if path.starts_with("/api/") {
        problem(operation, "406", "The header `Accept` excludes JSON");
        problem(operation, "429", "Too many requests");
    }
    problem(operation, "500", "The server made a mistake");
    problem(operation, "503", "The database does not answer, or the server is busy");
    let has_pages = operation.parameters.iter().flatten().any(|parameter| match parameter {
        RefOr::T(parameter) => parameter.name == "cursor",
        RefOr::Ref(_) => false,
    });
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response {
            finish_response(status, response);
            links(path, status, response);
            if has_pages && status == "200" {
                header(response, "Link", "The address of the next page, `rel=\"next\"`, if there is one.");
            }
        }
    }
}

/// Whether an API key may do it: not what is about accounts, keys and administration.
fn is_for_keys(operation: &Operation, role: &str) -> bool {
    let own_account = operation.tags.iter().flatten().any(|tag| tag == "auth");
    !own_account && role != RoleName::Admin.as_str()
}

fn required_role(operation: &Operation) -> Option<String> {
    let requirement = operation.security.as_ref()?.first()?;
    let value = serde_json::to_value(requirement).ok()?;
    Some(value.get("bearer")?.get(0)?.as_str()?.to_owned())
}

fn has_body_or_deletes(operation: &Operation) -> bool {
    operation.request_body.is_some() || operation.operation_id.as_deref().is_some_and(|id| id.starts_with("delete_"))
}

fn needs_if_match(operation: &Operation) -> bool {
    let id = operation.operation_id.as_deref().unwrap_or("");
    ["replace_", "update_", "delete_", "revert_"].iter().any(|verb| id.starts_with(verb))
}

fn problem(operation: &mut Operation, status: &str, description: &str) {
    let responses = &mut operation.responses.responses;
    responses
        .entry(status.to_owned())
        .or_insert_with(|| RefOr::T(ResponseBuilder::new().description(description).build()));
}

/// Errors are problem documents; every answer has its request's id, some have more headers.
fn finish_response(status: &str, response: &mut Response) {
    let failed = status.starts_with(['4', '5']);
    if failed && response.content.is_empty() {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        response.content.insert("application/problem+json".to_owned(), RefOr::T(content));
    }
    header(response, "X-Request-Id", "The id under which the server's log knows this request.");
    match status {
        "401" => header(response, "WWW-Authenticate", "`Bearer`."),
        "412" => header(response, "ETag", "The version there is now."),
        "429" | "503" => header(response, "Retry-After", "Seconds to wait."),
        "201" => header(response, "Location", "The path of what was entered."),
        _ => {}
    }
    let resource = response.content.get("application/json").and_then(|content| match content {
        RefOr::T(content) => content.schema.as_ref(),
        RefOr::Ref(_) => None,
    });
    let versioned = resource.is_some_and(|schema| match schema {
        RefOr::Ref(reference) => VERSIONED.iter().any(|name| reference.ref_location.rsplit('/').next() == Some(*name)),
        RefOr::T(_) => false,
    });
    if versioned || status == "304" {
        header(response, "ETag", "The version, for `If-Match` and `If-None-Match`.");
    }
}

fn header(response: &mut Response, name: &str, description: &str) {
    let header =
        HeaderBuilder::new().schema(Some(Object::with_type(Type::String))).description(Some(description)).build();
    response.headers.insert(name.to_owned(), RefOr::T(header));
}

/// What can be done with what was just entered or deleted.
fn links(path: &str, status: &str, response: &mut Response) {
    let resource = match (path, status) {
        ("/api/patients", "201") => "patient",
        ("/api/studies", "201") => "study",
        ("/api/users", "201") => "user",
        ("/api/api-keys" | "/api/api-keys/{id}/rotate", "201") => "api_key",
        ("/api/patients/{id}", "204") => return link(response, "restore_patient", "$request.path.id"),
        ("/api/studies/{id}", "204") => return link(response, "restore_study", "$request.path.id"),
        _ => return,
    };
    for verb in ["get", "replace", "update", "delete"]
        .into_iter()
        .filter(|verb| *verb != "replace" || !matches!(resource, "user" | "api_key"))
    {
        let mut link = Link::builder().operation_id(format!("{verb}_{resource}")).parameter("id", "$response.body#/id");
        if verb != "get" {
            link = link.parameter("header.If-Match", "$response.header.ETag");
        }
        response.links.insert(format!("{verb}_{resource}"), RefOr::T(link.build()));
    }
    if resource == "patient" {
        link(response, "list_patient_studies", "$response.body#/id");
    }
    if resource == "api_key" {
        link(response, "rotate_api_key", "$response.body#/id");
    }
    if resource == "user" {
        link(response, "reset_user_password", "$response.body#/id");
    }
}

fn link(response: &mut Response, operation: &str, id: &str) {
    let link = Link::builder().operation_id(operation).parameter("id", id);
    response.links.insert(operation.to_owned(), RefOr::T(link.build()));
}

fn if_match() -> utoipa::openapi::path::Parameter {
    condition(
        "If-Match",
        "The `ETag` of the version that was read, or `*` to overwrite whatever is there.",
        Required::True,
    )
}

fn if_none_match() -> utoipa::openapi::path::Parameter {
    condition(
        "If-None-Match",
        "The `ETag` of the version that is at hand; 304 when it is still the one.",
        Required::False,
    )
}

fn condition(name: &str, description: &str, required: Required) -> utoipa::openapi::path::Parameter {
    // A tag that is no tag is not the one at hand (RFC 9110 section 13.1.2); what a write demands must be one.
    let tag = r#"^(\*|(W/)?"[!#-~]*"(, *(W/)?"[!#-~]*")*)$"#;
    let rule = (required == Required::True).then_some(tag);
    let schema = ObjectBuilder::new().schema_type(Type::String).pattern(rule).examples([serde_json::json!("\"1\"")]);
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(description))
        .schema(Some(schema))
        .build()
}
