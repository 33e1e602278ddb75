//! Log lines: text on a terminal, JSON elsewhere, on standard error.

use std::io::IsTerminal;

use patientele::config::{Config, LogFormat};
use tracing_subscriber::EnvFilter;

/// Starts logging.
///
/// # Errors
/// When `LOG_LEVEL` is not understood.
pub fn start(config: &Config) -> Result<(), String> {
    let filter =
        EnvFilter::try_new(&config.log_level).map_err(|error| format!("LOG_LEVEL is not understood: {error}"))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format(config) {
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).init(),
        LogFormat::Text => builder.with_target(false).with_ansi(std::io::stderr().is_terminal()).init(),
    }
    Ok(())
}

/// The format that is configured, or that suits where the lines go.
pub fn format(config: &Config) -> LogFormat {
    let suits = if std::io::stderr().is_terminal() { LogFormat::Text } else { LogFormat::Json };
    config.log_format.unwrap_or(suits)
}
