//! Reading the trail: finding events, writing them as CSV, listing who saw a patient.

use serde_json::{Value, json};

use super::trail;
use crate::harness::{App, named};

#[tokio::test]
async fn events_are_found_by_what_they_are() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let ids: Vec<i64> = {
        let mut ids = Vec::new();
        for name in ["Durand", "Roux", "Petit"] {
            ids.push(client.post("/api/patients", &named(name)).await.expect_status(201).id());
        }
        ids
    };
    client.header("X-Request-Id", "the-one").get(&format!("/api/patients/{}", ids[1])).await.expect_status(200);
    app.lecture().await.delete(&format!("/api/patients/{}", ids[1])).await.expect_status(403);
    let all = trail(&app).await;
    let admin = app.admin().await;
    let matching = async |query: &str, expected: &dyn Fn(&Value) -> bool| {
        let found = admin.walk(&format!("/api/audit-events?{query}"), 3).await;
        let known: Vec<_> = found.iter().filter(|event| all.contains(event)).cloned().collect();
        let wanted: Vec<_> = all.iter().filter(|event| expected(event)).cloned().collect();
        assert!(!wanted.is_empty(), "{query} finds something");
        assert_eq!(known, wanted, "{query}");
    };
    let user = all.iter().find(|event| event["action"] == "create_patient").expect("an event")["actor_id"].clone();
    matching(&format!("actor_id={user}"), &|event| event["actor_id"] == user).await;
    matching("actor_type=anonymous,system", &|event| event["actor_type"] != "user").await;
    matching("action=create_patient,get_patient", &|event| {
        ["create_patient", "get_patient"].iter().any(|action| event["action"] == *action)
    })
    .await;
    matching("outcome=forbidden", &|event| event["outcome"] == "forbidden").await;
    matching(&format!("patient_fk={}", ids[1]), &|event| event["patient_fk"] == ids[1]).await;
    matching(&format!("resource_type=patient&resource_id={}", ids[0]), &|event| {
        event["resource_id"] == ids[0] && event["resource_type"] == "patient"
    })
    .await;
    matching("request_id=the-one", &|event| event["request_id"] == "the-one").await;
    let middle = all[all.len() / 2]["at"].as_str().expect("an instant");
    matching(&format!("at={middle}.."), &|event| event["at"].as_str() >= Some(middle)).await;
    matching(&format!("at=..{middle}&actor_type=user"), &|event| {
        event["at"].as_str() <= Some(middle) && event["actor_type"] == "user"
    })
    .await;
    let counted = admin.get("/api/audit-events?action=create_patient&count=exact&limit=1").await.expect_status(200);
    assert_eq!((&counted.body["total"], counted.items().len()), (&json!(3), 1));
    let none = admin.get("/api/audit-events?at=2020").await.expect_status(200);
    assert!(none.items().is_empty());
}

#[tokio::test]
async fn questions_to_the_trail_that_are_wrong_are_refused() {
    let app = App::spawn().await;
    let admin = app.admin().await;
    for (query, parameter, code) in [
        ("actor_type=robot", "actor_type", "invalid_enum"),
        ("actor_id=0", "actor_id", "out_of_range"),
        ("actor_id=me", "actor_id", "invalid_type"),
        ("action=Get", "action", "invalid_enum"),
        ("outcome=FORBIDDEN", "outcome", "invalid_enum"),
        ("request_id=a%20b", "request_id", "invalid_type"),
        ("at=yesterday", "at", "invalid_range"),
    ] {
        let answer = admin.get(&format!("/api/audit-events?{query}")).await.expect_problem(422, "invalid");
        answer.expect_fault(parameter, code);
    }
    let answer = admin.get("/api/audit-events?actor=admin").await.expect_problem(400, "invalid_query");
    answer.expect_fault("actor", "unknown_parameter");
    let page = admin.get("/api/audit-events?limit=1").await.expect_status(200);
    let cursor = page.body["next_cursor"].as_str().expect("a cursor").to_owned();
    admin
        .get(&format!("/api/audit-events?limit=1&outcome=success&cursor={cursor}"))
        .await
        .expect_problem(400, "invalid_query");
    app.modification().await.get("/api/audit-events").await.expect_problem(403, "forbidden");
    admin.header("Accept", "text/html").get("/api/audit-events").await.expect_problem(406, "not_acceptable");
}

#[tokio::test]
async fn the_trail_is_written_as_csv_whole() {
    let app = App::spawn().await;
    let client = app.modification().await.header("User-Agent", "=HYPERLINK(\"x\")");
    for _ in 0..12 {
        client.post("/api/patients", &named("Durand")).await.expect_status(201);
    }
    let all = trail(&app).await;
    let created: Vec<_> = all.iter().filter(|event| event["action"] == "create_patient").collect();
    let admin = app.admin().await.header("Accept", "text/csv");
    let csv = admin.get("/api/audit-events?action=create_patient&limit=5").await.expect_status(200);
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
    let lines: Vec<&str> = csv.text.lines().collect();
    assert!(lines[0].starts_with("id,at,actor_type,actor_id,actor_name,action,outcome,"), "{}", lines[0]);
    assert_eq!(lines.len(), 13);
    for (line, event) in lines[1..].iter().zip(created) {
        let begin = format!(
            "{},{},user,{},modification.tester,create_patient,success,patient,",
            event["id"],
            event["at"].as_str().expect("an instant"),
            event["actor_id"]
        );
        assert!(line.starts_with(&begin), "{line}");
        assert!(line.ends_with("\"'=HYPERLINK(\"\"x\"\")\""), "{line}");
    }
    let trail = trail(&app).await;
    assert!(
        trail
            .iter()
            .any(|event| event["action"] == "list_audit_events" && event["parameters"] == json!(["action", "limit"]))
    );
}

#[tokio::test]
async fn who_saw_a_patient_is_listed() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let id = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
    let study = client.post("/api/studies", &json!({"patient_fk": id})).await.expect_status(201).id();
    client.post("/api/patients", &named("Roux")).await.expect_status(201);
    let lecture = app.lecture().await;
    lecture.get(&format!("/api/patients/{id}")).await.expect_status(200);
    lecture.get(&format!("/api/studies/{study}")).await.expect_status(200);
    lecture.get(&format!("/api/patients/{id}/history")).await.expect_status(200);
    lecture.delete(&format!("/api/patients/{id}")).await.expect_status(403);
    trail(&app).await;
    let path = format!("/api/patients/{id}/accesses");
    let admin = app.admin().await;
    let accesses = admin.get(&path).await.expect_status(200);
    let mut seen: Vec<_> = accesses
        .items()
        .iter()
        .map(|event| {
            format!(
                "{} {}",
                event["actor_name"].as_str().expect("a name"),
                event["action"].as_str().expect("an action")
            )
        })
        .collect();
    seen.sort();
    let expected = [
        "lecture.tester get_patient",
        "lecture.tester get_study",
        "lecture.tester list_patient_history",
        "modification.tester create_patient",
        "modification.tester create_study",
    ];
    assert_eq!(seen, expected);
    // The administrator's own look at the list is an access too.
    let walked = admin.walk(&path, 2).await;
    let (looks, known): (Vec<_>, Vec<_>) =
        walked.into_iter().partition(|event| event["action"] == "list_patient_accesses");
    assert_eq!(&known, accesses.items());
    assert!(looks.iter().all(|event| event["actor_name"] == "admin"), "{looks:?}");
    for other in [client, lecture] {
        other.get(&path).await.expect_problem(403, "forbidden");
    }
    admin.get("/api/patients/99/accesses").await.expect_problem(404, "patient_not_found");
}
