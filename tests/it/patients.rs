//! Patients: entering, reading, changing, deleting.

use crate::harness::{App, a_patient};

#[tokio::test]
async fn a_patient_is_entered_and_read() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let created = client.post("/api/patients", &a_patient()).await.expect_status(201);
    let location = created.header("location").expect("a location").to_owned();
    let read = client.get(&location).await.expect_status(200);
    assert_eq!(read.body, created.body);
    assert_eq!(read.etag(), created.etag());
    for (name, value) in a_patient().as_object().expect("an object") {
        assert_eq!(&read.body[name], value, "{name}");
    }
}
