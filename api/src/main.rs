//! The program `patientele`: the server and its tools.

mod cli;

use std::process::ExitCode;

/// For SQLite, too. The system's own keeps what is freed in as many places as there are threads: 80 MiB more, of 200, after a large
/// import. How it is set stands in `.cargo/config.toml`.
#[cfg(unix)]
#[global_allocator]
static MEMORY: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    cli::run()
}
