//! Whether the server says that it works.

use crate::harness::App;

#[tokio::test]
async fn the_server_says_that_it_works() {
    let app = App::spawn().await;
    for path in ["/", "/health/live", "/health/ready"] {
        let answer = app.anonymous().get(path).await.expect_status(200);
        assert_eq!(answer.text, r#"{"status":"OK"}"#);
    }
}
