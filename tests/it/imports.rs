//! `patientele import` and `POST /api/import`.

mod bodies;
mod command;
mod identity;
mod large;
mod pydicom;
mod rules;
mod table;
mod together;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Answer, App, Client, program, write_dicom_json};

/// A server, a client that may do everything, and a folder for files to import.
struct Registry {
    app: App,
    client: Client,
}

impl Registry {
    async fn new() -> Self {
        let app = App::spawn().await;
        let client = app.admin().await;
        Self { app, client }
    }

    /// A path in the folder for files to import.
    fn path(&self, name: &str) -> PathBuf {
        self.app.config.data_dir.join("files").join(name)
    }

    /// Writes a file of objects whose members are named by keyword.
    fn file(&self, name: &str, objects: impl IntoIterator<Item = Value>) -> PathBuf {
        write_dicom_json(&self.path(name), objects)
    }

    /// Runs the import with these options and paths.
    async fn run(&self, arguments: impl IntoIterator<Item = impl AsRef<Path>>) -> Output {
        let text = |argument: &Path| argument.to_str().expect("UTF-8").to_owned();
        let arguments: Vec<String> = arguments.into_iter().map(|argument| text(argument.as_ref())).collect();
        let config = self.app.config.clone();
        let run = move || {
            let arguments: Vec<&str> = ["import"].into_iter().chain(arguments.iter().map(String::as_str)).collect();
            program(&config, &arguments)
        };
        tokio::task::spawn_blocking(run).await.expect("the import ends")
    }

    /// Imports paths, and gives the report.
    async fn import(&self, paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Value {
        self.report(&["--json"], paths).await
    }

    /// Imports paths with options that ask for JSON, and gives the report.
    async fn report(&self, options: &[&str], paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Value {
        let options = options.iter().map(PathBuf::from);
        let paths = paths.into_iter().map(|path| path.as_ref().to_owned());
        let output = self.run(options.chain(paths)).await;
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
    }

    /// Sends a body to the server, with these parameters.
    async fn send(&self, query: &str, media_type: &str, body: impl Into<Vec<u8>>) -> Answer {
        let path = format!("/api/import{query}");
        self.client.send_raw(Method::POST, &path, Some((media_type, body.into()))).await
    }

    /// Sends CSV, and gives the report.
    async fn send_csv(&self, query: &str, text: &str) -> Value {
        self.send(query, "text/csv", text).await.expect_status(200).body
    }

    /// Sends these lines, and gives the report.
    async fn send_lines(&self, query: &str, lines: &[Value]) -> Value {
        self.send(query, "application/x-ndjson", ndjson(lines)).await.expect_status(200).body
    }

    /// Imports one file of these objects.
    async fn import_objects(&self, objects: impl IntoIterator<Item = Value>) -> Value {
        self.import([self.file("objects.json", objects)]).await
    }

    /// Everything that is registered, to the last member.
    async fn everything(&self) -> (Vec<Value>, Vec<Value>) {
        (self.all("/api/patients?sort=id").await, self.all("/api/studies?sort=id").await)
    }

    async fn all(&self, path: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut cursor = Value::Null;
        loop {
            let next = cursor.as_str().map_or(String::new(), |cursor| format!("&cursor={cursor}"));
            let page = self.client.get(&format!("{path}&limit=200{next}")).await.expect_status(200);
            items.extend_from_slice(page.items());
            cursor = page.body["next_cursor"].clone();
            if cursor.is_null() {
                return items;
            }
        }
    }

    /// The one study of this UID.
    async fn study(&self, uid: &str) -> Value {
        self.only(&format!("/api/studies?study_instance_uid={uid}")).await
    }

    /// The one patient of this number.
    async fn patient(&self, patient_id: &str) -> Value {
        self.only(&format!("/api/patients?patient_id={patient_id}")).await
    }

    async fn only(&self, path: &str) -> Value {
        let answer = self.client.get(path).await.expect_status(200);
        assert_eq!(answer.items().len(), 1, "{path}: {}", answer.text);
        answer.items()[0].clone()
    }
}

/// Numbers of rows created, updated, unchanged and refused, as a report has them.
fn counts(created: u64, updated: u64, unchanged: u64, refused: u64) -> Value {
    json!({"created": created, "updated": updated, "unchanged": unchanged, "refused": refused})
}

/// What was refused of lines: the line, the pointer, the code.
fn refused_lines(report: &Value) -> Vec<(u64, String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let entry = |refused: &Value| {
        let line = refused["line"].as_u64().unwrap_or_default();
        assert!(!text(&refused["message"]).is_empty(), "{refused}");
        (line, text(&refused["pointer"]), text(&refused["code"]))
    };
    report["refused"].as_array().expect("a list").iter().map(entry).collect()
}

/// Lines of NDJSON.
fn ndjson(lines: &[Value]) -> String {
    lines.iter().map(|line| line.to_string() + "\n").collect()
}

/// The warnings of a report: how often each `field:code`.
fn warnings(report: &Value) -> BTreeMap<String, u64> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let entry = |warning: &Value| {
        let place = format!("{}:{}", text(&warning["field"]), text(&warning["code"]));
        (place, warning["count"].as_u64().expect("a number"))
    };
    report["warnings"].as_array().expect("a list").iter().map(entry).collect()
}

/// What was refused: the end of the path, the study if it is one, and the reason.
fn refused(report: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let entry = |refused: &Value| {
        let path = text(&refused["path"]);
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        (name, text(&refused["study_instance_uid"]), text(&refused["code"]))
    };
    report["refused"].as_array().expect("a list").iter().map(entry).collect()
}
