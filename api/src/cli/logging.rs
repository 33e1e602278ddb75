//! Log lines: text on a terminal, JSON elsewhere, on standard error.

use std::io::IsTerminal;

use patientele::config::{Config, LogFormat};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Starts logging.
///
/// # Errors
/// When `LOG_LEVEL` is not understood.
pub fn start(config: &Config) -> Result<(), String> {
    let filter = filter(&config.log_level).map_err(|what| format!("LOG_LEVEL is not understood: {what}"))?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match format(config) {
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).init(),
        LogFormat::Text => builder.with_target(false).with_ansi(std::io::stderr().is_terminal()).init(),
    }
    Ok(())
}

/// What is logged. A word alone would also be taken for the name of a module: `inf` would log nothing of anything else.
fn filter(directives: &str) -> Result<EnvFilter, String> {
    let is_alone = |directive: &&str| !directive.is_empty() && !directive.contains(['=', '[']);
    let words = directives.split(',').map(str::trim).filter(is_alone);
    match words.into_iter().find(|word| word.parse::<LevelFilter>().is_err()) {
        Some(word) => Err(format!("{word} is no level: error, warn, info, debug, trace or off")),
        None => EnvFilter::try_new(directives).map_err(|error| error.to_string()),
    }
}

/// The format that is configured, or that suits where the lines go.
pub fn format(config: &Config) -> LogFormat {
    let suits = if std::io::stderr().is_terminal() { LogFormat::Text } else { LogFormat::Json };
    config.log_format.unwrap_or(suits)
}
