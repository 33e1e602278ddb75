//! The audit trail: every access leaves a trace, and a change and its trace are one.

use serde_json::json;

use crate::harness::{App, named, texts};

/// The events in their order, as `actor action outcome resource id patient before after changed parameters results`.
async fn events(app: &mut App) -> Vec<String> {
    app.stop().await;
    let columns = "COALESCE(actor_name, '-'), action, outcome, COALESCE(resource_type, '-'), COALESCE(resource_id, '-'), \
        COALESCE(patient_fk, '-'), COALESCE(version_before, '-'), COALESCE(version_after, '-'), COALESCE(changed, '-'), \
        COALESCE(parameters, '-'), COALESCE(results, '-')";
    texts(&app.config, &format!("SELECT CONCAT_WS(' ', {columns}) FROM audit_event ORDER BY id")).await
}

#[tokio::test]
async fn what_is_done_to_a_patient_is_traced() {
    let mut app = App::spawn().await;
    let client = app.modification().await;
    let id = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
    let path = format!("/api/patients/{id}");
    let etag = client.get(&path).await.expect_status(200).etag();
    client.if_match(&etag).patch(&path, &json!({"sex": "F"})).await.expect_status(200);
    client.if_match(&etag).patch(&path, &json!({"sex": "M"})).await.expect_problem(412, "stale_version");
    client.get("/api/patients?family_name=dur&limit=5").await.expect_status(200);
    client.post("/api/search", &json!({"q": "durand", "limit": 5})).await.expect_status(200);
    client.if_match("*").delete(&path).await.expect_status(204);
    client.if_match("*").delete(&format!("{path}?purge=true")).await.expect_problem(403, "forbidden");
    app.admin().await.if_match("*").delete(&format!("{path}?purge=true")).await.expect_status(204);
    app.anonymous().get(&path).await.expect_problem(401, "unauthenticated");
    let events = events(&mut app).await;
    let expected = [
        "modification.tester create_patient success patient 1 1 - 1 - - -",
        "modification.tester get_patient success patient 1 1 - - - - -",
        "modification.tester update_patient success patient 1 1 1 2 sex - -",
        "modification.tester update_patient stale_version patient 1 1 - - - - -",
        "modification.tester list_patients success patient - - - - - family_name,limit 1",
        "modification.tester search_registry_by_body success - - - - - - limit,q 1",
        "modification.tester delete_patient success patient 1 1 2 3 deleted_at - -",
        "modification.tester delete_patient forbidden patient 1 1 - - - - -",
        "admin purge_patient success patient 1 1 3 - - - -",
        "- get_patient unauthenticated patient 1 1 - - - - -",
    ];
    for one in expected {
        assert!(events.iter().any(|event| event == one), "{one} is not among {events:#?}");
    }
    assert_eq!(events.iter().filter(|event| event.contains("login success user")).count(), 2, "{events:#?}");
    assert_eq!(events.len(), expected.len() + 3, "{events:#?}");
}
