//! The contract: a pure function of the code.

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::link::Link;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{AllOfBuilder, AnyOfBuilder, Object, ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, OpenApi, PathItem, Ref, RefOr, Required};
use utoipa::{OpenApi as _, ToSchema};

use crate::auth::RoleName;
use crate::error::ProblemCode;
use crate::http::{FaultDocument, Problem, schema};
use crate::server;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Patientele",
        description = "A registry of patients and their imaging studies.\n\n\
            Sign in with `POST /api/auth/login`, then send the token as `Authorization: Bearer`; scripts send an API key as \
            `X-API-Key` instead. The roles are cumulative: \
            `lecture` reads, `modification` writes, `admin` administers; `x-required-role` says what an operation needs.\n\n\
            Every answer of the API says in `RateLimit-Policy` and `RateLimit` how many requests a minute are allowed, and how many are \
            left. An address over 8 KiB is answered with 414, header fields over 16 KiB with 431, whatever the operation.\n\n\
            Every answer that is not a success is a problem document (RFC 9457) with a stable `code`. What is no HTTP request is \
            none: a broken one, a head over 128 KiB or one that is late is answered with a bare 400, 431 or 408, and the connection \
            is closed.",
        contact(name = "Patientele", url = "/problems/not_found"),
    ),
    servers((url = "/", description = "The server that shows this page")),
    tags(
        (name = "auth", description = "Signing in, and one's own account"),
        (name = "users", description = "Accounts and roles"),
        (name = "api-keys", description = "Keys of scripts and other systems"),
        (name = "patients", description = "Patients"),
        (name = "studies", description = "Imaging studies"),
        (name = "search", description = "One ranked list of patients and studies"),
        (name = "bulk", description = "Many rows at once"),
        (name = "statistics", description = "Numbers of the whole registry"),
        (name = "audit", description = "Who did what, and who saw whom"),
        (name = "health", description = "Whether the server works"),
        (name = "problems", description = "What each kind of problem means"),
    ),
)]
struct Base;

/// The contract of this build, from the registered routes: what is served at `/openapi.yaml` and kept in the file of that name.
pub fn document() -> OpenApi {
    let mut document = server::documented(Base::openapi());
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("bearer", bearer());
    components.add_security_scheme("api_key", api_key());
    let mut schemas = vec![(Problem::name().into_owned(), problem_schema())];
    <Problem as ToSchema>::schemas(&mut schemas);
    schemas.push((FaultDocument::name().into_owned(), <FaultDocument as utoipa::PartialSchema>::schema()));
    components.schemas.extend(schemas);
    for (name, schema) in &mut components.schemas {
        schema::resolve(schema);
        if name.ends_with("Create") || name.ends_with("Patch") || BODIES.contains(&name.as_str()) {
            close(schema);
        }
        match name.as_str() {
            "PatientCreate" => needs_one_of(schema, &["family_name", "given_name"]),
            "StudyCreate" => needs_date_with_time(schema),
            "SearchRequest" => needs_one_of(schema, &SEARCHED),
            _ => {}
        }
    }
    for (path, item) in &mut document.paths.paths {
        for operation in operations(item) {
            if path == "/problems/{code}" {
                list_codes(operation);
            }
            complete(path, operation);
        }
    }
    document
}

/// The contract as YAML, byte for byte as it is committed.
///
/// # Errors
/// When the document cannot be written, which a test would show first.
pub fn yaml() -> Result<String, String> {
    document().to_yaml().map_err(|error| error.to_string())
}

/// Bodies whose names end neither in `Create` nor in `Patch`.
const BODIES: [&str; 7] = [
    "LoginRequest",
    "PasswordUpdate",
    "RefreshRequest",
    "Revert",
    "SearchRequest",
    "SecondFactorConfirmation",
    "SecondFactorProof",
];

/// Operations whose body may be left out.
const BODY_OPTIONAL: [&str; 2] = ["logout", "refresh"];

/// What is answered with an `ETag`.
const VERSIONED: [&str; 7] = ["Patient", "Study", "User", "CreatedUser", "ApiKey", "CreatedApiKey", "RoleDescription"];

/// Members of a search of which one at least is needed.
const SEARCHED: [&str; 15] = [
    "q",
    "patient_name",
    "patient_id",
    "issuer_of_patient_id",
    "birth_date",
    "sex",
    "study_instance_uid",
    "study_id",
    "accession_number",
    "study_date",
    "modality",
    "status",
    "study_description",
    "referring_physician_name",
    "updated_at",
];

fn bearer() -> SecurityScheme {
    let description = "An access token from `POST /api/auth/login`: a JWT of type `at+jwt`, used as RFC8725 advises.";
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").description(Some(description));
    SecurityScheme::Http(bearer.build())
}

fn api_key() -> SecurityScheme {
    let description =
        "A key of a script, from `POST /api/api-keys`. It may also stand behind `Bearer` in `Authorization`.";
    SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description("X-API-Key", description)))
}

/// Whether an API key may do it: not what is about accounts, keys and administration.
fn is_for_keys(operation: &Operation, role: &str) -> bool {
    let own_account = operation.tags.iter().flatten().any(|tag| tag == "auth");
    !own_account && role != RoleName::Admin.as_str()
}

/// A problem document may have members that its code explains.
fn problem_schema() -> RefOr<Schema> {
    let mut schema = <Problem as utoipa::PartialSchema>::schema();
    if let RefOr::T(Schema::Object(object)) = &mut schema {
        let id = ObjectBuilder::new().schema_type(Type::Integer).description(Some("409: the row that is in the way."));
        let deleted =
            ObjectBuilder::new().schema_type(Type::Boolean).description(Some("409: whether that row is in the bin."));
        let version =
            ObjectBuilder::new().schema_type(Type::Integer).description(Some("412: the version there is now."));
        let role = ObjectBuilder::new().schema_type(Type::String).description(Some("403: the role it needs."));
        for (name, member) in
            [("existing_id", id), ("deleted", deleted), ("current_version", version), ("required_role", role)]
        {
            object.properties.insert(name.to_owned(), RefOr::T(Schema::Object(member.build())));
        }
        // An absent list is an empty one.
        object.required.retain(|name| name != "errors");
    }
    schema
}

/// Unknown members of a body are refused.
fn close(schema: &mut RefOr<Schema>) {
    if let RefOr::T(Schema::Object(object)) = schema {
        object.additional_properties = Some(Box::new(utoipa::openapi::schema::AdditionalProperties::FreeForm(false)));
    }
}

/// One of these members must say something.
fn needs_one_of(schema: &mut RefOr<Schema>, members: &[&str]) {
    let any = members.iter().fold(AnyOfBuilder::new(), |any, name| any.item(with_text(name)));
    both(schema, any);
}

/// A study's time is one of its date.
fn needs_date_with_time(schema: &mut RefOr<Schema>) {
    let no_time = ObjectBuilder::new().property("study_time", Object::with_type(Type::Null));
    both(schema, AnyOfBuilder::new().item(no_time).item(with_text("study_date")));
}

/// An object whose member `name` is there and not blank.
fn with_text(name: &str) -> ObjectBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some(r"\S"));
    ObjectBuilder::new().property(name, text).required(name)
}

/// Adds a rule that ties members together.
fn both(schema: &mut RefOr<Schema>, rule: AnyOfBuilder) {
    let members = std::mem::replace(schema, RefOr::T(Schema::default()));
    *schema = RefOr::T(Schema::AllOf(AllOfBuilder::new().item(members).item(rule).build()));
}

/// The kinds of problems there are, so that a client can know them all.
fn list_codes(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && let Some(RefOr::T(Schema::Object(code))) = &mut parameter.schema
        {
            code.enum_values = Some(ProblemCode::ALL.iter().map(|code| code.text().name.into()).collect());
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

/// Adds what every operation of its kind has: the problems it can answer, headers, the role, links.
fn complete(path: &str, operation: &mut Operation) {
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
