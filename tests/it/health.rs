//! Whether the server says that it works.

use std::time::{Duration, Instant};

use crate::harness::{App, Proxy, TestDatabase, named};

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

#[tokio::test]
async fn a_server_about_to_stop_serves_and_asks_for_no_more() {
    let app = App::spawn().await;
    app.drain();
    let answer = app.anonymous().get("/health/ready").await.expect_problem(503, "unavailable");
    assert!(answer.header("retry-after").is_some());
    app.anonymous().get("/health/live").await.expect_status(200);
    app.anonymous().get("/").await.expect_status(200);
}

/// An embedded database cannot be away; a server can.
#[tokio::test]
async fn a_database_that_is_gone_is_noticed_within_a_second_and_forgiven_when_it_is_back() {
    let database = TestDatabase::new().await;
    let Some(proxy) = Proxy::before(&database.config()).await else { return database.remove().await };
    proxy.open();
    let app = App::start(proxy.through(&database.config())).await.expect("the server starts");
    let client = app.anonymous();
    client.get("/").await.expect_status(200);

    proxy.close();
    for path in ["/", "/health/ready"] {
        let asked = Instant::now();
        let answer = client.get(path).await.expect_problem(503, "unavailable");
        assert!(asked.elapsed() < Duration::from_secs(2), "{path} took {:?}", asked.elapsed());
        assert!(answer.header("retry-after").is_some());
    }
    client.get("/health/live").await.expect_status(200);

    proxy.open();
    client.get("/").await.expect_status(200);
    client.get("/health/ready").await.expect_status(200);
    drop(app);
    database.remove().await;
}
