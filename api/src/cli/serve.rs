//! Serving until told to stop.

use std::time::Duration;

use patientele::config::Config;
use patientele::server::{Server, Stopper};
use patientele::users::bootstrap::FirstAdministrator;
use tokio::signal::unix::{SignalKind, signal};

/// How long `/health/ready` says no before the server stops to accept, so that a proxy can turn to another one.
const NOTICE: Duration = Duration::from_secs(1);

/// Serves until SIGTERM or SIGINT, then lets running requests end.
pub async fn run(config: &Config) -> Result<(), String> {
    let server = Server::start(config).await?;
    announce(config, &server);
    actix_web::rt::spawn(stop_on_signal(server.stopper())?);
    server.run().await.map_err(|error| error.to_string())?;
    tracing::info!("stopped");
    Ok(())
}

fn announce(config: &Config, server: &Server) {
    let port = server.address().port();
    let local =
        if ["127.0.0.1", "0.0.0.0", "::", "::1"].contains(&config.host.as_str()) { "localhost" } else { &config.host };
    let url = config.public_url.clone().unwrap_or_else(|| format!("http://{local}:{port}"));
    println!("Patientele {} serves on {}", env!("CARGO_PKG_VERSION"), server.address());
    println!("  web         {url}/app/");
    println!("  API         {url}/api");
    println!("  Swagger UI  {url}/swagger-ui/");
    println!("  contract    {url}/openapi.yaml");
    let name = &config.admin_username;
    match server.first_administrator() {
        FirstAdministrator::Existing => println!("  sign in     with an account of the registry"),
        FirstAdministrator::Configured => println!("  sign in     as {name}, with the password of ADMIN_PASSWORD"),
        FirstAdministrator::Random(password) => {
            println!("  sign in     as {name}, with the password {password}");
            println!("              It is shown this once and must be changed at the first sign-in.");
        }
    }
}

/// Waits for a signal, then stops the server.
fn stop_on_signal(stopper: Stopper) -> Result<impl Future<Output = ()>, String> {
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(|error| error.to_string())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {
                stopper.drain();
                tokio::time::sleep(NOTICE).await;
            }
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        stopper.stop().await;
    })
}
