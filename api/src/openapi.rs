//! The contract: a pure function of the code.

use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{AllOfBuilder, AnyOfBuilder, Object, ObjectBuilder, Schema, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi, RefOr};
use utoipa::{OpenApi as _, ToSchema};

mod operations;

use operations::{complete, operations};

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
