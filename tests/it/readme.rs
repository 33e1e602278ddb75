//! The README's tour, run as it stands there.

use std::process::Command;

use crate::harness::{ADMIN_PASSWORD, App};

#[tokio::test]
async fn the_tour_does_what_its_remarks_say() {
    let app = App::spawn().await;
    let tour =
        tour().replace("http://localhost:5000", &app.base).replace("correct horse battery staple", ADMIN_PASSWORD);
    let run = move || Command::new("bash").arg("-euc").arg(&tour).output();
    let output = tokio::task::spawn_blocking(run).await.expect("joined").expect("bash runs");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    // The answers with their heads shown are those of -i, in the tour's order.
    let statuses: Vec<&str> = printed.match_indices("HTTP/1.1 ").map(|(at, _)| &printed[at + 9..at + 12]).collect();
    assert_eq!(statuses, ["200", "200", "412", "204", "200"], "{printed}");
    for expected in [
        "etag: \"1.1\"",
        "etag: \"2.1\"",
        "\"code\":\"stale_version\"",
        "\"suggestion\":\"modality\"",
        "\"given_name\":\"Zoé\"",
    ] {
        assert!(printed.contains(expected), "{expected} in {printed}");
    }
    // Four searches, the last of which is refused: each of the others finds her or her study.
    assert_eq!(printed.matches("\"items\":[{").count(), 3, "{printed}");
}

/// The indented block below the heading.
fn tour() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../README.md");
    let readme = std::fs::read_to_string(path).expect("README.md is committed");
    let section = readme.split("## A first tour\n").nth(1).expect("the heading");
    let lines = section.lines().take_while(|line| !line.starts_with("## "));
    lines.filter_map(|line| line.strip_prefix("    ")).fold(String::new(), |text, line| text + line + "\n")
}
