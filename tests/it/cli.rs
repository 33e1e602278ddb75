//! The program on the command line: what it demands, prints, logs, and how it ends.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{ADMIN_PASSWORD, Client, Proxy, Served, TestDatabase, bare, configured, is_embedded};

/// A folder of a test's own, without a database server.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("pt_cli_{}_{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// The program in this folder, on the embedded database.
    fn program(&self) -> Command {
        let mut command = bare(&self.0);
        command.env("PORT", "0").stderr(Stdio::null());
        command
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("a file");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).expect("a file")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a program that refuses to start says.
#[track_caller]
fn refusal(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.stderr(Stdio::piped()).output().expect("it runs");
    assert_eq!(status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&stdout), "");
    String::from_utf8_lossy(&stderr).into_owned()
}

async fn sign_in(base: &str, password: &str) -> Client {
    let body = json!({"username": "admin", "password": password});
    let answer = Client::new(base).post("/api/auth/login", &body).await.expect_status(200);
    Client::with_token(base, answer.body["access_token"].as_str().expect("a token"))
}

#[test]
fn every_fault_of_the_configuration_is_named_at_once_and_no_secret_is_shown() {
    let folder = Folder::new("faults");
    let faulty = [
        ("PORT", "eighty"),
        ("WORKERS", "0"),
        ("LOG_FORMAT", "xml"),
        ("PUBLIC_URL", "patients.example.org"),
        ("REQUEST_TIMEOUT", "-1"),
        ("JWT_SECRET", "hidden-and-short"),
        ("DATABASE_URL", "postgres://somebody:hidden@host/name"),
        ("ADMIN_PASSWORD_FILE", "no-such-file"),
    ];
    let said = refusal(folder.program().envs(faulty));
    for (variable, _) in faulty {
        assert!(said.lines().any(|line| line.trim_start().starts_with(variable)), "{variable} in {said}");
    }
    assert!(!said.contains("hidden"), "{said}");
}

#[test]
fn what_was_copied_from_an_example_is_no_secret() {
    let folder = Folder::new("placeholders");
    for placeholder in ["change-me-change-me-change-me-change-me", "0000000000000000000000000000000000000000"] {
        let said = refusal(folder.program().env("JWT_SECRET", placeholder));
        assert!(said.contains("JWT_SECRET") && said.contains("openssl rand -base64 48"), "{said}");
        assert!(!said.contains(placeholder), "{said}");
    }
    let said = refusal(folder.program().env("ADMIN_PASSWORD", "eleven char"));
    assert!(said.contains("ADMIN_PASSWORD must have 12 "), "{said}");
}

#[test]
fn values_that_would_be_misunderstood_are_refused() {
    let folder = Folder::new("misunderstood");
    let key = "kR7w2Zq9Lm4Xc1Vb8Nh5,Jd3Gs6Fa0Pty";
    for (variable, value) in [
        ("ADMIN_USERNAME", "a\\b"),
        ("ADMIN_USERNAME", "two\nlines"),
        ("PUBLIC_URL", "https://"),
        ("PUBLIC_URL", "https://a b"),
        ("PUBLIC_URL", "https://x.example/app"),
        ("LOG_LEVEL", "inf"),
        ("LOG_LEVEL", "info,sqlx"),
        ("AUDIT_KEY", key),
        ("DATABASE_URL", "mysql://user:hidden@127.0.0.1:port/name"),
        ("DATABASE_URL", "sqlite://registry.db?mode=odd"),
    ] {
        let said = refusal(folder.program().env(variable, value));
        assert!(said.contains(variable) && !said.contains("hidden"), "{variable}={value}: {said}");
    }
    let off = [("RATE_LIMIT", "off"), ("RATE_LIMIT_ANONYMOUS", "many")];
    assert!(refusal(folder.program().envs(off)).contains("RATE_LIMIT_ANONYMOUS"));
    let without_key = [("DATABASE_URL", "mysql://user:hidden@127.0.0.1:1/name"), ("PORT", "eighty")];
    let said = refusal(folder.program().envs(without_key));
    assert!(said.contains("JWT_SECRET") && said.contains("PORT"), "{said}");
    assert!(!folder.0.join("data").exists(), "nothing was begun");
}

#[test]
fn a_wrong_folder_is_said_and_not_filled() {
    let folder = Folder::new("wrong");
    for arguments in [
        &["audit", "verify"][..],
        &["audit", "prune", "--before", "2020-01-01"],
        &["admin", "reset-password", "admin"],
        &["admin", "reset-second-factor", "admin"],
    ] {
        let said = refusal(folder.program().args(arguments));
        assert!(said.contains("there is no database at"), "{said}");
    }
    folder.write("registry.db", "");
    let elsewhere = [("DATABASE_URL", "sqlite://registry.db"), ("DATA_DIR", "nowhere")];
    let said = refusal(folder.program().envs(elsewhere).args(["audit", "verify"]));
    assert!(said.contains("there is no signing key in nowhere"), "{said}");
    assert!(!folder.0.join("data").exists() && !folder.0.join("nowhere").exists(), "nothing is made");
}

#[test]
fn a_database_server_needs_a_signing_key_and_is_told_how_to_make_one() {
    let folder = Folder::new("server");
    let said = refusal(folder.program().env("DATABASE_URL", "mysql://user:hidden@127.0.0.1:1/name"));
    assert!(said.contains("JWT_SECRET") && said.contains("openssl rand -base64 48"), "{said}");
    assert!(!said.contains("hidden"), "{said}");
}

#[tokio::test]
async fn alone_it_makes_a_key_and_a_password_once() {
    let folder = Folder::new("alone");
    let first = Served::of(&mut folder.program());
    let port = first.base.rsplit(':').next().expect("a port");
    for address in [format!("http://localhost:{port}/api"), format!("http://localhost:{port}/swagger-ui/")] {
        assert!(first.printed.iter().any(|line| line.ends_with(&address)), "{address} in {:?}", first.printed);
    }
    let password = first.printed.iter().find_map(|line| line.split("with the password ").nth(1)).expect("a password");
    let client = sign_in(&first.base, password).await;
    client.get("/api/patients").await.expect_problem(403, "password_change_required");
    let key = folder.read("data/jwt_secret");
    assert!(key.trim().len() >= 32);
    let mode = std::os::unix::fs::MetadataExt::mode(&folder.0.join("data/jwt_secret").metadata().expect("the file"));
    assert_eq!(mode & 0o777, 0o600);
    let token = client.token().to_owned();
    drop(first);

    let second = Served::of(&mut folder.program());
    assert!(!second.printed.iter().any(|line| line.contains("with the password")), "{:?}", second.printed);
    assert_eq!(folder.read("data/jwt_secret"), key);
    Client::with_token(&second.base, &token).get("/api/auth/me").await.expect_status(200);
}

#[tokio::test]
async fn nobody_else_reads_the_database_wherever_it_lies() {
    let folder = Folder::new("mode");
    let data = folder.0.join("data");
    std::fs::create_dir(&data).expect("a folder");
    std::fs::set_permissions(&data, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("its mode");
    let served = Served::of(folder.program().env("ADMIN_PASSWORD", ADMIN_PASSWORD));
    sign_in(&served.base, ADMIN_PASSWORD).await;
    let files: Vec<_> = data.read_dir().expect("the folder").map(|file| file.expect("a file")).collect();
    assert!(files.len() >= 4, "the database, its log and the index of that, and the key: {files:?}");
    for file in files {
        let mode = std::os::unix::fs::MetadataExt::mode(&file.metadata().expect("its mode"));
        assert_eq!(mode & 0o777, 0o600, "{file:?}");
    }
}

#[tokio::test]
async fn what_a_file_says_is_read_and_the_environment_has_the_last_word() {
    let folder = Folder::new("dotenv");
    folder.write(
        ".env",
        "ADMIN_PASSWORD='a password from the file'\nADMIN_USERNAME=nobody\nPUBLIC_URL=https://p.example.org/\n",
    );
    let served = Served::of(folder.program().env("ADMIN_USERNAME", "admin"));
    assert!(served.printed.iter().any(|line| line.ends_with("https://p.example.org/swagger-ui/")));
    assert!(served.printed.iter().any(|line| line.contains("as admin") && line.contains("ADMIN_PASSWORD")));
    assert!(!served.printed.iter().any(|line| line.contains("from the file")));
    sign_in(&served.base, "a password from the file").await.get("/api/patients").await.expect_status(200);
}

#[tokio::test]
async fn a_request_that_runs_is_answered_before_the_end() {
    for signal in ["TERM", "INT"] {
        let folder = Folder::new(signal);
        let served = Served::of(folder.program().env("ADMIN_PASSWORD", ADMIN_PASSWORD));
        let body = json!({"username": "admin", "password": ADMIN_PASSWORD}).to_string();
        let (begin, rest) = body.split_at(10);
        let address = served.base.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("it listens");
        let head = "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json";
        write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{begin}", body.len()).expect("half a request");
        tokio::time::sleep(Duration::from_millis(300)).await;
        served.signal(signal);
        tokio::time::sleep(Duration::from_millis(1500)).await;
        stream.write_all(rest.as_bytes()).expect("the other half");
        let mut answer = String::new();
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time limit");
        stream.read_to_string(&mut answer).expect("an answer, then the end of the connection");
        assert!(answer.starts_with("HTTP/1.1 200"), "{signal}: {answer}");
        assert_eq!(served.wait().code(), Some(0), "{signal}");
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let folder = Folder::new("port");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let said = refusal(folder.program().env("PORT", &port));
    assert!(said.contains(&format!("cannot listen on 127.0.0.1:{port}")) && said.contains("PORT"), "{said}");
}

#[tokio::test]
async fn the_log_is_json_and_knows_no_patient_and_no_secret() {
    let folder = Folder::new("log");
    let log = std::fs::File::create(folder.0.join("log")).expect("a file");
    let mut command = folder.program();
    command.env("ADMIN_PASSWORD", ADMIN_PASSWORD).env("LOG_FORMAT", "json").stderr(log);
    let served = Served::of(&mut command);
    let client = sign_in(&served.base, ADMIN_PASSWORD).await.header("X-Request-Id", "of-this-test");
    client.post("/api/patients", &json!({"family_name": "Zylberstein"})).await.expect_status(201);
    client.get("/api/patients?family_name=Zylberstein").await.expect_status(200);
    client.get("/api/search?q=Zylberstein").await.expect_status(200);
    client.get("/api/search?Zylberstein=1").await.expect_problem(400, "invalid_query");
    client.get("/no/such/Zylberstein").await.expect_problem(404, "not_found");
    let wrong = json!({"username": "admin", "password": "Zylberstein is wrong"});
    client.post("/api/auth/login", &wrong).await.expect_problem(401, "invalid_credentials");
    let token = client.token().to_owned();
    served.signal("INT");
    assert_eq!(served.wait().code(), Some(0));

    let log = folder.read("log");
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    let answered: Vec<&Value> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert!(answered.len() >= 7, "{log}");
    assert!(answered.iter().all(|line| line["span"]["request_id"].is_string()), "{log}");
    assert!(answered.iter().any(|line| line["span"]["request_id"] == "of-this-test"), "{log}");
    for private in ["Zylberstein", "zylberstein", "family_name=", ADMIN_PASSWORD, &token] {
        assert!(!log.contains(private), "{private} in {log}");
    }
}

#[test]
fn the_health_check_says_by_its_exit_code_whether_the_server_works() {
    let folder = Folder::new("health");
    let served = Served::of(folder.program().env("ADMIN_PASSWORD", ADMIN_PASSWORD));
    let port = served.base.rsplit(':').next().expect("a port").to_owned();
    let check = |arguments: &[&str]| {
        let mut command = folder.program();
        command.env("PORT", &port).arg("healthcheck").args(arguments).output().expect("it runs").status.code()
    };
    assert_eq!(check(&[]), Some(0));
    assert_eq!(check(&[&format!("{}/health/ready", served.base)]), Some(0));
    assert_eq!(check(&[&format!("{}/nowhere", served.base)]), Some(1));
    drop(served);
    assert_eq!(check(&[]), Some(1));
}

#[test]
fn the_contract_is_printed_without_any_configuration() {
    let folder = Folder::new("openapi");
    let output = folder.program().env("PORT", "eighty").arg("openapi").output().expect("it runs");
    let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml");
    let committed = std::fs::read_to_string(committed).expect("openapi.yaml is committed");
    assert!(String::from_utf8_lossy(&output.stdout) == committed, "it is not openapi.yaml");
    assert!(!folder.0.join("data").exists(), "printing leaves nothing behind");
}

#[test]
fn who_reads_only_the_beginning_of_the_contract_sees_no_fault() {
    let folder = Folder::new("openapi_head");
    let mut command = folder.program();
    let mut child = command.arg("openapi").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[tokio::test]
async fn a_database_server_that_is_slow_to_start_is_waited_for() {
    let database = TestDatabase::new().await;
    if !is_embedded(&database.config()) {
        let proxy = Proxy::before(&database.config()).await.expect("a database server");
        let config = proxy.through(&database.config());
        let serving = tokio::task::spawn_blocking(move || Served::of(configured(&config).stderr(Stdio::null())));
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert!(!serving.is_finished(), "it waits");
        proxy.open();
        let served = serving.await.expect("it serves");
        Client::new(&served.base).get("/").await.expect_status(200);
        drop(served);
    }
    database.remove().await;
}

#[tokio::test]
async fn a_database_server_that_stays_away_is_given_up() {
    let database = TestDatabase::new().await;
    if let Some(proxy) = Proxy::before(&database.config()).await {
        let config = proxy.through(&database.config());
        let mut command = configured(&config);
        command.env("DATABASE_STARTUP_TIMEOUT", "1").env("LOG_LEVEL", "error");
        let said = tokio::task::spawn_blocking(move || refusal(&mut command)).await.expect("it ends");
        assert!(said.contains("the database cannot be opened"), "{said}");
    }
    database.remove().await;
}
