//! The application: its routes, its middleware, and a server that runs it.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::from_fn;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_swagger_ui::SwaggerUi;

use crate::audit::{Keyring, Operations, Sealer, traced};
use crate::auth::{identify, limited, signing_secret};
use crate::config::Config;
use crate::db::Db;
use crate::error::{ApiError, ProblemCode};
use crate::hex::hex;
use crate::http::{cross_origin, is_path_of, lifecycle, to_folder};
use crate::state::AppState;
use crate::users::bootstrap::{FirstAdministrator, first_administrator};
use crate::{
    api_keys, audit, auth, exports, health, housekeeping, imports, interface, openapi, patients, problems, roles,
    search, second_factors, sessions, statistics, studies, users,
};

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 1024;
/// The pages that show the contract. They know GET alone.
const SWAGGER_UI: &str = "/swagger-ui";
/// How long the end waits for the database's connections. One whose statement was broken off in its middle may never be given back.
const CLOSING: Duration = Duration::from_secs(2);

/// Every slice's routes: what is mounted is documented, and nothing else is.
fn routes(config: &mut ServiceConfig) {
    health::routes(config);
    auth::routes(config);
    sessions::routes(config);
    second_factors::routes(config);
    users::routes(config);
    audit::routes(config);
    roles::routes(config);
    api_keys::routes(config);
    patients::routes(config);
    studies::routes(config);
    search::routes(config);
    imports::routes(config);
    exports::routes(config);
    statistics::routes(config);
    problems::routes(config);
}

/// The contract of the routes, on top of `base`.
pub fn documented(base: OpenApi) -> OpenApi {
    App::new().into_utoipa_app().openapi(base).configure(routes).split_for_parts().1
}

/// The contract in both its forms, made once.
struct Contract {
    yaml: String,
    json: String,
    /// Paths and their methods, for 405.
    methods: Vec<(String, String)>,
    etag: HeaderValue,
}

impl Contract {
    fn new() -> Result<Self, String> {
        use sha2::{Digest, Sha256};
        let document = openapi::document();
        let json = document.to_json().map_err(|error| error.to_string())?;
        let yaml = openapi::yaml()?;
        let digest = hex(&Sha256::digest(&yaml)[..8]);
        let etag = HeaderValue::try_from(format!("\"{digest}\"")).map_err(|error| error.to_string())?;
        Ok(Self { yaml, json, methods: methods(&document), etag })
    }

    fn answer(&self, request: &HttpRequest, content_type: &'static str, body: &str) -> HttpResponse {
        if let Some(unchanged) = crate::http::not_modified(request, &self.etag) {
            return unchanged;
        }
        HttpResponse::Ok()
            .content_type(content_type)
            .insert_header((header::CACHE_CONTROL, "no-cache"))
            .insert_header((header::ETAG, self.etag.clone()))
            .body(body.to_owned())
    }
}

/// The value of `Allow` for each documented path; GET answers HEAD too.
fn methods(document: &OpenApi) -> Vec<(String, String)> {
    let of_item = |item: &utoipa::openapi::PathItem| {
        let verbs = [
            ("GET, HEAD", item.get.is_some()),
            ("POST", item.post.is_some()),
            ("PUT", item.put.is_some()),
            ("PATCH", item.patch.is_some()),
            ("DELETE", item.delete.is_some()),
        ];
        verbs.iter().filter(|(_, there)| *there).map(|(verb, _)| *verb).collect::<Vec<_>>().join(", ")
    };
    let own =
        ["/openapi.yaml", "/openapi.json", "/app", SWAGGER_UI].map(|path| (path.to_owned(), "GET, HEAD".to_owned()));
    let paths = document.paths.paths.iter().map(|(path, item)| (path.clone(), of_item(item)));
    paths.chain(own).map(|(path, methods)| (path, methods + ", OPTIONS")).collect()
}

/// What no route took: the question for a path's methods (RFC 9110 section 9.3.7), another method of a known path (405), or
/// an unknown path (404).
async fn unrouted(request: HttpRequest, contract: web::Data<Contract>) -> Result<HttpResponse, ApiError> {
    let below = request.path().strip_prefix(SWAGGER_UI).filter(|_| request.method() != Method::GET);
    let path = if below.is_some_and(|below| below.starts_with('/')) { SWAGGER_UI } else { request.path() };
    let allowed = contract.methods.iter().find(|(known, _)| is_path_of(known, path)).map(|(_, methods)| methods);
    match allowed.and_then(|methods| HeaderValue::try_from(methods).ok()) {
        Some(methods) if request.method() == Method::OPTIONS => {
            Ok(HttpResponse::NoContent().insert_header((header::ALLOW, methods)).finish())
        }
        Some(methods) => Err(ApiError::new(ProblemCode::MethodNotAllowed).header(header::ALLOW, methods)),
        None => Err(ApiError::new(ProblemCode::NotFound)),
    }
}

/// Mounts everything: the API, the contract and its pages.
fn mount(config: &mut web::ServiceConfig, contract: web::Data<Contract>) {
    let yaml = |request: HttpRequest, contract: web::Data<Contract>| async move {
        contract.answer(&request, "application/yaml", &contract.yaml)
    };
    let json = |request: HttpRequest, contract: web::Data<Contract>| async move {
        contract.answer(&request, "application/json", &contract.json)
    };
    config
        .app_data(contract)
        .route("/openapi.yaml", web::get().to(yaml))
        .route("/openapi.json", web::get().to(json))
        .configure(interface::mount)
        .route(SWAGGER_UI, web::get().to(async || to_folder(SWAGGER_UI)))
        .service(
            SwaggerUi::new(format!("{SWAGGER_UI}/{{_:.*}}")).config(utoipa_swagger_ui::Config::from("/openapi.json")),
        )
        .default_service(web::to(unrouted));
}

/// A server that listens, and is not yet run.
pub struct Server {
    address: SocketAddr,
    state: web::Data<AppState>,
    server: actix_web::dev::Server,
    first_administrator: FirstAdministrator,
    sealing: JoinHandle<()>,
}

impl Server {
    /// Connects to the database, brings its schema up to date, sees to a first administrator and listens.
    ///
    /// # Errors
    /// What went wrong, in a sentence.
    pub async fn start(config: &Config) -> Result<Self, String> {
        let listener = listen(config)?;
        let address = listener.local_addr().map_err(|error| error.to_string())?;
        let secret = signing_secret(config).map_err(|error| {
            format!("the signing key in {} cannot be read or made: {error}", config.data_dir.display())
        })?;
        let db = Db::connect(config).await.map_err(|error| format!("the database cannot be opened: {error}"))?;
        db.migrate_up().await.map_err(|error| format!("the schema cannot be brought up to date: {error}"))?;
        search::rebuild::bring_up_to_date(&db)
            .await
            .map_err(|error| format!("the search index cannot be brought up to date: {error}"))?;
        let keys = Keyring::of(config).map_err(|error| format!("the key of the audit trail cannot be had: {error}"))?;
        let state = AppState::new(config, db, &secret, keys).map_err(|error| error.to_string())?;
        let state = web::Data::new(state);
        state.audit.start(state.db.clone());
        let sealer = Sealer::new(config, state.db.clone(), state.audit.keys());
        let first = first_administrator(&state.db, &state.passwords, config, state.audit.keys()).await;
        let first_administrator = first.map_err(|error| format!("no first administrator could be made: {error}"))?;
        let contract = web::Data::new(Contract::new()?);
        let server = serve(config, listener, state.clone(), &contract)?;
        let sealing = actix_web::rt::spawn(sealer.run());
        Ok(Self { address, state, server, first_administrator, sealing })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the first administrator's password comes from.
    pub fn first_administrator(&self) -> &FirstAdministrator {
        &self.first_administrator
    }

    /// Stops the server from elsewhere.
    pub fn stopper(&self) -> Stopper {
        Stopper { handle: self.server.handle(), state: self.state.clone().into_inner() }
    }

    /// Serves until it is stopped, then closes the database.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn run(self) -> std::io::Result<()> {
        let housekeeping = actix_web::rt::spawn(housekeeping::run(self.state.db.clone()));
        let result = self.server.await;
        housekeeping.abort();
        self.sealing.abort();
        self.state.audit.drain().await;
        let _ = timeout(CLOSING, self.state.db.clone().close()).await;
        result
    }
}

/// Stops a running server.
#[derive(Clone)]
pub struct Stopper {
    handle: ServerHandle,
    state: Arc<AppState>,
}

impl Stopper {
    /// Stops at once.
    pub async fn kill(&self) {
        self.drain();
        self.handle.stop(false).await;
    }

    /// Says at `/health/ready` that no more requests should come.
    pub fn drain(&self) {
        self.state.drain();
    }

    /// Stops accepting, lets running requests end within the configured time, and stops.
    pub async fn stop(&self) {
        self.drain();
        self.handle.stop(true).await;
    }
}

fn listen(config: &Config) -> Result<TcpListener, String> {
    let address = format!("{}:{}", config.host, config.port);
    let listener =
        TcpListener::bind(&address).map_err(|error| format!("cannot listen on {address} (HOST, PORT): {error}"))?;
    listener.set_nonblocking(true).map_err(|error| error.to_string())?;
    Ok(listener)
}

fn serve(
    config: &Config,
    listener: TcpListener,
    state: web::Data<AppState>,
    contract: &web::Data<Contract>,
) -> Result<actix_web::dev::Server, String> {
    let operations = web::Data::new(Operations::of(&openapi::document()));
    let contract = contract.clone();
    let app = move || {
        let contract = contract.clone();
        App::new()
            .into_utoipa_app()
            .configure(routes)
            .into_app()
            .app_data(state.clone())
            .app_data(operations.clone())
            .configure(move |config| mount(config, contract))
            .wrap(from_fn(crate::http::acceptable))
            .wrap(from_fn(limited))
            .wrap(from_fn(traced))
            .wrap(from_fn(identify))
            .wrap(from_fn(cross_origin))
            .wrap(from_fn(lifecycle))
    };
    let server = HttpServer::new(app)
        .workers(config.workers)
        .backlog(BACKLOG)
        .client_request_timeout(config.request_head_timeout)
        .shutdown_timeout(config.shutdown_timeout.as_secs())
        .disable_signals()
        .listen(listener)
        .map_err(|error| error.to_string())?;
    Ok(server.run())
}
