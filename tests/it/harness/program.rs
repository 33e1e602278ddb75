//! The program itself, for what is said on the command line.

use std::fs::File;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};

use patientele::config::Config;

/// Runs `patientele` with these arguments on the configured database.
pub fn program(config: &Config, arguments: &[&str]) -> Output {
    configured(config).args(arguments).output().expect("the program runs")
}

/// The program with an empty environment, in this folder.
pub fn bare(folder: &Path) -> Command {
    let tests = std::env::current_exe().expect("this program has a path");
    let program = tests.ancestors().nth(2).expect("a target folder").join("patientele");
    assert!(program.exists(), "build the program first: cargo build -p patientele");
    let mut command = Command::new(program);
    command.current_dir(folder).env_clear();
    command
}

/// The program on the configured database, on any free port.
pub fn configured(config: &Config) -> Command {
    let mut command = bare(&config.data_dir);
    command
        .env("PORT", "0")
        .env("DATA_DIR", &config.data_dir)
        .env("DATABASE_URL", config.database_url.expose())
        .env("JWT_SECRET", config.jwt_secret.as_ref().expect("tests have a key").expose());
    command
}

/// A server started as a user starts it. It is killed when it goes out of scope.
pub struct Served {
    pub base: String,
    /// What it printed until it served.
    pub printed: Vec<String>,
    child: Child,
    /// Kept open: a program that cannot print any more stops.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Served {
    /// Starts the program and waits until it has said how to sign in.
    pub fn start(config: &Config) -> Self {
        let log = config.data_dir.join("log");
        let file = File::options().create(true).append(true).open(&log).expect("a log");
        Self::try_of(configured(config).stderr(file)).unwrap_or_else(|printed| {
            panic!("it stopped after {printed:?}: {}", std::fs::read_to_string(log).unwrap_or_default())
        })
    }

    /// Starts this command and waits until it has said how to sign in.
    pub fn of(command: &mut Command) -> Self {
        Self::try_of(command).unwrap_or_else(|printed| panic!("it stopped after {printed:?}"))
    }

    /// The server, or what it printed before it stopped.
    fn try_of(command: &mut Command) -> Result<Self, Vec<String>> {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let mut printed = Vec::new();
        while !printed.last().is_some_and(|line: &String| line.contains("sign in")) {
            let Some(Ok(line)) = lines.next() else {
                let _ = child.wait();
                return Err(printed);
            };
            printed.push(line);
        }
        let address = printed[0].rsplit(' ').next().expect("an address");
        Ok(Self { base: format!("http://{address}"), printed, child, _output: lines })
    }

    /// Sends a signal: `TERM`, `INT`.
    pub fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().expect("a shell").success());
    }

    /// Waits for its end.
    pub fn wait(mut self) -> ExitStatus {
        self.child.wait().expect("it ends")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
