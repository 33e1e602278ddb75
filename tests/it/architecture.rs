//! Who may import whom, held against the sources.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A source file, its comments left out.
struct Source {
    /// From the root of the repository, with `/`.
    path: String,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the root of the repository").to_owned()
}

/// Every Rust file below a folder.
fn sources(folder: &str) -> Vec<Source> {
    let mut folders = vec![root().join(folder)];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source");
                let code =
                    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
                let path = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
                sources.push(Source { path, text: code });
            }
        }
    }
    assert!(!sources.is_empty(), "no sources in {folder}");
    sources
}

impl Source {
    /// Whether the code speaks of a crate, module or item; `a::b` is found inside `{a::b, c}` and not inside `aa::b`.
    fn mentions(&self, name: &str) -> bool {
        let boundary = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
        self.text.match_indices(name).any(|(at, _)| {
            boundary(self.text[..at].chars().next_back()) && boundary(self.text[at + name.len()..].chars().next())
        })
    }

    fn is_named(&self, name: &str) -> bool {
        self.path.ends_with(&format!("/{name}"))
    }
}

/// Fails for every file that mentions what it must not, unless the pair is excepted.
fn forbid<'a>(files: impl IntoIterator<Item = &'a Source>, names: &[&str], except: &[(&str, &str)], why: &str) {
    let mut broken = Vec::new();
    for file in files {
        for name in names.iter().filter(|name| file.mentions(name)) {
            if !except.contains(&(file.path.as_str(), name)) {
                broken.push(format!("{} mentions {name}", file.path));
            }
        }
    }
    assert!(broken.is_empty(), "{why}:\n{}", broken.join("\n"));
}

#[test]
fn the_history_of_the_schema_knows_nothing_of_today() {
    let why = "migrations use literal names, so that they do not change with the code";
    forbid(&sources("migration/src"), &["entity", "patientele"], &[], why);
    assert_eq!(dependencies("migration"), ["sea-orm-migration"], "{why}");
}

#[test]
fn entities_know_no_wire_format() {
    // Rows are read from what the database puts together, and never written as they are.
    assert_eq!(dependencies("entity"), ["sea-orm", "serde"]);
    forbid(
        &sources("entity/src"),
        &["Serialize", "actix_web", "utoipa", "migration", "sqlx"],
        &[],
        "entities are tables",
    );
}

/// The names under `[dependencies]` of a member's manifest.
fn dependencies(member: &str) -> Vec<String> {
    let manifest = std::fs::read_to_string(root().join(member).join("Cargo.toml")).expect("a manifest");
    let section =
        manifest.split("[dependencies]").nth(1).expect("dependencies").split("\n[").next().expect("a section");
    let names = section.lines().filter_map(|line| line.split(['.', ' ', '=']).next()).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

#[test]
fn queries_know_neither_http_nor_wire_types() {
    let sources = sources("api/src");
    let queries = || sources.iter().filter(|source| source.is_named("queries.rs"));
    assert!(queries().count() >= 4);
    let names =
        ["actix_web", "utoipa", "serde", "serde_json", "dto", "routes", "crate::http", "crate::auth", "crate::state"];
    // The place of a hit is written into a cursor as it is: a second type beside it would say the same again.
    forbid(queries(), &names, &[("api/src/search/queries.rs", "serde")], "queries are SQL, for every caller");
}

#[test]
fn handlers_leave_sql_to_queries() {
    let sources = sources("api/src");
    let routes: Vec<&Source> = sources.iter().filter(|source| source.mentions("utoipa::path")).collect();
    assert!(routes.len() > 10);
    let names = ["EntityTrait", "QueryFilter", "QuerySelect", "Statement", "execute_unprepared", "sea_query"];
    forbid(routes, &names, &[], "handlers open transactions and call queries");
}

/// The slices: every folder that has handlers, but the one that all others need to know who calls.
fn slices(sources: &[Source]) -> BTreeSet<&str> {
    let folders =
        sources.iter().filter(|source| source.mentions("utoipa::path") && source.path.matches('/').count() > 2);
    folders.filter_map(|source| source.path.split('/').nth(2)).filter(|folder| *folder != "auth").collect()
}

#[test]
fn slices_meet_in_queries_and_never_in_routes() {
    let sources = sources("api/src");
    let slices = slices(&sources);
    assert!(slices.contains("patients") && slices.contains("audit") && slices.len() > 8, "{slices:?}");
    for source in &sources {
        let slice = source.path.split('/').nth(2).unwrap_or_default();
        let mounting = source.path == "api/src/server.rs";
        for other in slices.iter().chain(&["auth"]).filter(|other| **other != slice && !mounting) {
            assert!(!source.mentions(&format!("{other}::routes")), "{} mentions the routes of {other}", source.path);
        }
    }
}

#[test]
fn what_serves_every_slice_knows_none() {
    let sources = sources("api/src");
    // Whoever needs the trail of a request finds it in `audit`, whose handlers are a slice beside it.
    let slices: Vec<String> =
        slices(&sources).into_iter().filter(|slice| *slice != "audit").map(|slice| format!("crate::{slice}")).collect();
    let slices: Vec<&str> = slices.iter().map(String::as_str).collect();
    let shared =
        |prefix: &str| sources.iter().filter(move |source| source.path.starts_with(prefix)).collect::<Vec<_>>();
    for prefix in
        ["api/src/http/", "api/src/values/", "api/src/keyset.rs", "api/src/error", "api/src/db", "api/src/config"]
    {
        assert!(!shared(prefix).is_empty(), "{prefix}");
        forbid(shared(prefix), &slices, &[], "shared code knows no resource");
    }
    let upwards = ["actix_web", "crate::http::Query", "crate::state", "crate::auth", "entity"];
    forbid(shared("api/src/values/"), &upwards, &[], "values are rules about text");
}

#[test]
fn the_environment_is_read_in_one_place() {
    let names = ["env::var", "env::vars", "env::var_os", "env::set_var", "envy::from_env"];
    let sources = sources("api/src");
    // The plans of statements are tested where the statements are, on the engine that the tests are told.
    let readers = ["api/src/config.rs", "api/src/explained.rs"];
    let others = sources.iter().filter(|source| !readers.contains(&source.path.as_str()));
    forbid(others, &names, &[], "config.rs reads the environment, once");
}

#[test]
fn connections_are_made_in_one_place() {
    let sources = sources("api/src");
    let others = sources.iter().filter(|source| source.path != "api/src/db.rs");
    forbid(others, &["Database::connect", "SqlitePool", "MySqlPool"], &[], "db.rs knows how to connect");
}

#[test]
fn tests_speak_http() {
    let sources = sources("tests/it");
    let outside = sources
        .iter()
        .filter(|source| !source.path.starts_with("tests/it/harness/") && !source.is_named("architecture.rs"));
    let excepted = ["contract", "documentation"].map(|name| format!("tests/it/{name}.rs"));
    let excepted = [(excepted[0].as_str(), "patientele"), (excepted[1].as_str(), "patientele")];
    forbid(outside, &["patientele", "entity", "migration", "sea_orm"], &excepted, "tests would survive a rewrite");
}
