//! Signing in.

use serde_json::json;

use crate::harness::App;

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_answered_alike() {
    let app = App::spawn().await;
    for (username, password) in [("admin", "not the password"), ("nobody", "not the password")] {
        let body = json!({"username": username, "password": password});
        app.anonymous().post("/api/auth/login", &body).await.expect_problem(401, "invalid_credentials");
    }
}
