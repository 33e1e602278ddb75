//! Whether the server says that it works.

use crate::harness::{App, named};

#[tokio::test]
async fn the_server_says_that_it_works() {
    let app = App::spawn().await;
    for path in ["/", "/health/live", "/health/ready"] {
        let answer = app.anonymous().get(path).await.expect_status(200);
        assert_eq!(answer.text, r#"{"status":"OK"}"#);
    }
}

#[tokio::test]
async fn a_server_that_was_stopped_finds_its_data_again() {
    let mut app = App::spawn().await;
    let patient = app.modification().await.post("/api/patients", &named("Durand")).await.expect_status(201);
    app.stop().await;
    let again = app.another().await;
    let read = again.lecture().await.get(patient.header("location").expect("a location")).await.expect_status(200);
    assert_eq!((&read.body, read.etag()), (&patient.body, patient.etag()));
}
