//! The trace of a request: who sends it, what it does, and what the handler adds. [`traced`] leaves it when the request is
//! answered, unless the transaction of a change has left it already.

use std::borrow::Cow;
use std::collections::HashMap;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, web};
use utoipa::openapi::OpenApi;

use super::event::{ABANDONED, Actor, Event, Origin, joined};
use super::key::Keyring;
use crate::auth::known_principal;
use crate::error::{ApiError, ApiResult, ProblemCode};
use crate::http::{ClientAddress, RequestId, is_path_of};
use crate::state::AppState;

/// Most characters of `User-Agent` that are kept.
const USER_AGENT: usize = 200;

/// The operations that leave a trace: all below `/api/`. What lies elsewhere shows nobody's data.
pub struct Operations(HashMap<String, Vec<(String, Arc<str>)>>);

impl Operations {
    /// From the contract, so that a new operation is among them.
    pub fn of(document: &OpenApi) -> Self {
        let mut operations: HashMap<String, Vec<(String, Arc<str>)>> = HashMap::new();
        for (path, item) in document.paths.paths.iter().filter(|(path, _)| path.starts_with("/api/")) {
            let verbs = [
                ("GET", &item.get),
                ("POST", &item.post),
                ("PUT", &item.put),
                ("PATCH", &item.patch),
                ("DELETE", &item.delete),
            ];
            for (verb, operation) in verbs {
                if let Some(id) = operation.as_ref().and_then(|operation| operation.operation_id.as_deref()) {
                    operations.entry(path.clone()).or_default().push((verb.to_owned(), Arc::from(id)));
                }
            }
        }
        Self(operations)
    }

    /// The operation of a request, with the template of its path. The routes are not asked: they match by regular expressions, which
    /// takes as long as reading a row.
    fn find(&self, path: &str, method: &str) -> Option<(&str, Arc<str>)> {
        let literal = self.0.get_key_value(path);
        let (template, verbs) = literal.or_else(|| self.0.iter().find(|(template, _)| is_path_of(template, path)))?;
        let (_, id) = verbs.iter().find(|(verb, _)| verb == method)?;
        Some((template, Arc::clone(id)))
    }
}

/// Who does what, for everything that leaves a trace. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Trace(Arc<Inner>);

struct Inner {
    keys: Arc<Keyring>,
    action: Arc<str>,
    origin: Origin,
    notes: Mutex<Notes>,
}

/// What is known in the course of a request.
struct Notes {
    actor: Actor,
    resource: Option<(Cow<'static, str>, Option<i64>)>,
    patient_fk: Option<i64>,
    parameters: Option<String>,
    results: Option<usize>,
    is_recorded: bool,
}

impl Trace {
    /// The trace of the server or its command line.
    pub fn system(keys: Arc<Keyring>, name: &str, action: &str) -> Self {
        Self::new(keys, Actor::system(name), Arc::from(action), None, Origin::default())
    }

    fn new(
        keys: Arc<Keyring>,
        actor: Actor,
        action: Arc<str>,
        resource: Option<(Cow<'static, str>, Option<i64>)>,
        origin: Origin,
    ) -> Self {
        let notes = Notes { actor, resource, patient_fk: None, parameters: None, results: None, is_recorded: false };
        Self(Arc::new(Inner { keys, action, origin, notes: Mutex::new(notes) }))
    }

    /// The trace of a request that is one of the operations.
    fn of(request: &ServiceRequest) -> Option<(Self, web::Data<AppState>)> {
        let operations = request.app_data::<web::Data<Operations>>()?;
        let state = request.app_data::<web::Data<AppState>>()?.clone();
        let (template, action) = operations.find(request.path(), request.method().as_str())?;
        let principal = known_principal(request.request());
        let actor = principal.map_or(Actor::ANONYMOUS, |principal| principal.actor());
        let origin = Origin {
            address: Some(ClientAddress::of(request.request()).0),
            request_id: request.extensions().get::<RequestId>().map(|id| id.0.clone()),
            user_agent: request.headers().get(header::USER_AGENT).map(|value| plain(value.as_bytes())),
        };
        let trace = Self::new(state.audit.keys(), actor, action, resource(template, request.path()), origin);
        let of_patient = trace.notes().resource.as_ref().filter(|(kind, _)| kind == "patient").and_then(|(_, id)| *id);
        if let Some(id) = of_patient {
            trace.about(id);
        }
        Some((trace, state))
    }

    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who acts.
    pub fn actor(&self) -> Actor {
        self.notes().actor.clone()
    }

    /// The user who acts, for the columns that name who changed a row.
    pub fn user_id(&self) -> Option<i64> {
        self.notes().actor.user_id()
    }

    /// Says who acts, where the request itself does not: at sign-in.
    pub fn by(&self, actor: Actor) {
        self.notes().actor = actor;
    }

    /// Says which row is concerned, where the path does not.
    pub fn on(&self, resource_type: &'static str, id: i64) {
        self.notes().resource = Some((Cow::Borrowed(resource_type), Some(id)));
    }

    /// Says which patient was shown, where the path does not.
    pub fn about(&self, patient_fk: i64) {
        self.notes().patient_fk = Some(patient_fk);
    }

    /// Says how many items are answered.
    pub fn found(&self, results: usize) {
        self.notes().results = Some(results);
    }

    /// Says by which parameters was searched, where they do not stand in the query: their names, nothing of their values.
    pub fn asked<'a>(&self, parameters: impl IntoIterator<Item = &'a str>) {
        self.notes().parameters = joined(parameters);
    }

    /// Says that nothing was changed after all, whatever an earlier try of the transaction did.
    pub fn nothing_changed(&self) {
        self.notes().is_recorded = false;
    }

    /// The event of this operation as far as it is known: a success.
    pub fn event(&self) -> Event {
        let action = Cow::Owned(self.0.action.as_ref().to_owned());
        let notes = self.notes();
        let mut event = Event::new(notes.actor.clone(), action, self.0.origin.clone());
        event.resource.clone_from(&notes.resource);
        event.patient_fk = notes.patient_fk;
        event.parameters.clone_from(&notes.parameters);
        event.results = notes.results.and_then(|results| results.try_into().ok());
        event
    }

    /// The keys that sign its events.
    pub(super) fn keys(&self) -> &Keyring {
        &self.0.keys
    }

    /// Notes that a transaction holds its event.
    pub(super) fn set_recorded(&self) {
        self.notes().is_recorded = true;
    }
}

/// In a handler. Never the first argument: that is the caller.
impl FromRequest for Trace {
    type Error = ApiError;
    type Future = Ready<ApiResult<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let trace = request.extensions().get::<Self>().cloned();
        ready(trace.ok_or_else(|| ApiError::internal("an operation outside /api/ asks for its trace")))
    }
}

/// What a path speaks of: `/api/patients/{id}/studies` of the patient of this id, `/api/patients` of patients.
fn resource(pattern: &str, path: &str) -> Option<(Cow<'static, str>, Option<i64>)> {
    let mut names = pattern.split('/').skip(2);
    let kind = match names.next()? {
        "patients" => Cow::Borrowed("patient"),
        "studies" => Cow::Borrowed("study"),
        "users" => Cow::Borrowed("user"),
        "roles" => Cow::Borrowed("role"),
        "api-keys" => Cow::Borrowed("api_key"),
        // Their own names say what they are about.
        "auth" | "search" => return None,
        other => Cow::Owned(other.replace('-', "_")),
    };
    let id = names.next().filter(|name| *name == "{id}").and_then(|_| path.split('/').nth(3)?.parse().ok());
    Some((kind, id))
}

/// The names of the parameters in a query, those that can be names.
fn parameter_names(query: &str) -> Option<String> {
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    joined(names.filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')))
}

/// Text without control characters, cut.
fn plain(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().filter(|c| !c.is_control()).take(USER_AGENT).collect()
}

/// Leaves the trace of every operation: of a read or a refusal here, of a change in its own transaction. An answer with data goes
/// out only when its trace is taken; when it cannot be, the answer is 503.
///
/// What a limit refuses (429, 503) leaves one event a minute, and another with the number of the others.
///
/// # Errors
/// What the routes say.
pub async fn traced(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some((trace, state)) = Trace::of(&request) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    request.extensions_mut().insert(trace.clone());
    let mut watch = Watch { trace: &trace, state: &state, is_over: false };
    let response = next.call(request).await?.map_into_boxed_body();
    #[cfg(feature = "unaudited")]
    if super::unaudited::is_begun() {
        watch.is_over = true;
        return Ok(response);
    }
    let outcome = problem_of(&response);
    if outcome.is_none() && trace.notes().is_recorded {
        watch.is_over = true;
        return Ok(response);
    }
    let mut event = trace.event();
    let taken = if let Some(code) = outcome {
        event.results = None;
        let event = event.ended(code);
        match response.status() {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                state.audit.note_limited(&state.db, event).await;
            }
            _ => state.audit.note_refusal(&state.db, event).await,
        }
        Ok(())
    } else {
        event.parameters = event.parameters.or_else(|| parameter_names(response.request().query_string()));
        state.audit.note(&state.db, event).await
    };
    watch.is_over = true;
    Ok(match taken {
        Ok(()) => response,
        Err(error) => ServiceResponse::from_err(error, response.into_parts().0),
    })
}

/// The code of the problem that is answered, if it is one.
fn problem_of(response: &ServiceResponse) -> Option<&'static str> {
    let status = response.status();
    if status.as_u16() < 400 {
        return None;
    }
    let code = response.response().extensions().get::<ApiError>().map(|error| error.code);
    Some(code.unwrap_or_else(|| ProblemCode::of_status(status)).text().name)
}

/// Sees to the trace of a request that is given up: its future is dropped and no answer comes.
struct Watch<'a> {
    trace: &'a Trace,
    state: &'a web::Data<AppState>,
    is_over: bool,
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            let (event, state) = (self.trace.event().ended(ABANDONED), self.state.clone());
            actix_web::rt::spawn(async move { state.audit.note_refusal(&state.db, event).await });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_speak_of_resources() {
        let of = |pattern, path| resource(pattern, path).map(|(kind, id)| (kind.into_owned(), id));
        let (patient, key) = ("patient".to_owned(), "api_key".to_owned());
        assert_eq!(of("/api/patients/{id}/studies", "/api/patients/12/studies"), Some((patient.clone(), Some(12))));
        assert_eq!(of("/api/patients", "/api/patients"), Some((patient.clone(), None)));
        assert_eq!(of("/api/patients/{id}", "/api/patients/no-number"), Some((patient, None)));
        assert_eq!(of("/api/api-keys/{id}", "/api/api-keys/3"), Some((key, Some(3))));
        assert_eq!(of("/api/search", "/api/search"), None);
    }

    #[test]
    fn of_a_query_the_names_alone_are_kept() {
        assert_eq!(parameter_names("q=durand&limit=20&sex=M%2CF"), Some("q,limit,sex".to_owned()));
        assert_eq!(parameter_names("q&Durand=1&durand%20zo=2&"), Some("q".to_owned()));
        assert_eq!(parameter_names(""), None);
    }

    #[test]
    fn a_user_agent_is_cut_and_keeps_to_one_line() {
        assert_eq!(plain(b"curl/8.0\r\nforged: 1"), "curl/8.0forged: 1");
        assert_eq!(plain(&[b'a'; 500]).len(), USER_AGENT);
    }
}
