//! Progress on a terminal.

use std::fmt;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// How often progress is shown at most.
const PACE: Duration = Duration::from_millis(300);

/// One line on a terminal that is written again and again.
pub struct Progress {
    is_wanted: bool,
    shown: Option<Instant>,
}

impl Progress {
    /// Shows nothing unless standard error is a terminal.
    pub fn new() -> Self {
        Self { is_wanted: std::io::stderr().is_terminal(), shown: None }
    }

    /// Shows how far things are, now and then.
    pub fn show(&mut self, text: fmt::Arguments<'_>) {
        if self.is_wanted && self.shown.is_none_or(|shown| shown.elapsed() >= PACE) {
            self.shown = Some(Instant::now());
            eprint!("\r\x1b[K{text}");
        }
    }

    /// Takes the line away.
    pub fn clear(&self) {
        if self.shown.is_some() {
            eprint!("\r\x1b[K");
        }
    }
}
