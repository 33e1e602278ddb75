//! Many at once: what may happen once happens once, and nobody's change is lost.

use serde_json::{Value, json};

use crate::harness::{Answer, App, Client, named};

/// The answers to requests that are sent at the same time.
async fn at_once<F: Future<Output = Answer> + Send + 'static>(requests: impl Iterator<Item = F>) -> Vec<Answer> {
    let running: Vec<_> = requests.map(tokio::spawn).collect();
    let mut answers = Vec::new();
    for request in running {
        answers.push(request.await.expect("an answer"));
    }
    answers
}

/// Many clients create one thing: one does, the others are told which one it is.
async fn created_once(client: &Client, path: &'static str, body: &Value, problem: &str) {
    let answers = at_once((0..50).map(|_| {
        let (client, body) = (client.clone(), body.clone());
        async move { client.post(path, &body).await }
    }))
    .await;
    let (created, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!(created.len(), 1);
    for answer in refused {
        let answer = answer.expect_problem(409, problem);
        assert_eq!((&answer.body["existing_id"], &answer.body["deleted"]), (&json!(created[0].id()), &json!(false)));
    }
    let rows = client.get(&format!("{path}?count=exact")).await.expect_status(200);
    assert_eq!(rows.body["total"], 1);
}

#[tokio::test]
async fn one_patient_number_is_given_once() {
    let app = App::spawn().await;
    let body = json!({"patient_id": "P1", "issuer_of_patient_id": "Nord", "family_name": "Durand"});
    created_once(&app.modification().await, "/api/patients", &body, "patient_already_exists").await;
}

#[tokio::test]
async fn two_servers_on_one_database_agree() {
    let app = App::spawn().await;
    let other = app.another().await;
    let client = app.modification().await;
    let elsewhere = Client::with_token(&other.base, client.token());
    let body = json!({"patient_id": "P1", "family_name": "Durand"});
    let answers = at_once((0..20).map(|number| {
        let (client, body) = (if number % 2 == 0 { client.clone() } else { elsewhere.clone() }, body.clone());
        async move { client.post("/api/patients", &body).await }
    }))
    .await;
    let created: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!((created.len(), answers.iter().filter(|answer| answer.status == 409).count()), (1, 19));
    let path = format!("/api/patients/{}", created[0].id());
    let read = elsewhere.get(&path).await.expect_status(200);
    assert_eq!((&read.body, read.etag()), (&created[0].body, created[0].etag()));
    let change = json!({"comments": "here"});
    let answers = at_once((0..20).map(|number| {
        let client = if number % 2 == 0 { &client } else { &elsewhere };
        let (editor, path, change) = (client.if_match(&read.etag()), path.clone(), change.clone());
        async move { editor.patch(&path, &change).await }
    }))
    .await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 412).count(), 19);
}

#[tokio::test]
async fn one_study_uid_is_given_once() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
    let body = json!({"patient_fk": patient, "study_instance_uid": "1.2.3", "modalities_in_study": ["CT"]});
    created_once(&client, "/api/studies", &body, "study_already_exists").await;
}

#[tokio::test]
async fn of_many_changes_to_one_version_one_is_made() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let patient = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
    let study = client.post("/api/studies", &json!({"patient_fk": patient})).await.expect_status(201).id();
    for path in [format!("/api/patients/{patient}"), format!("/api/studies/{study}")] {
        let editor = client.if_match(&client.get(&path).await.expect_status(200).etag());
        let answers = at_once((0..20).map(|number| {
            let (editor, path) = (editor.clone(), path.clone());
            async move { editor.patch(&path, &json!({"comments": format!("change {number}")})).await }
        }))
        .await;
        let (changed, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
        assert_eq!(changed.len(), 1);
        for answer in refused {
            assert_eq!(answer.expect_problem(412, "stale_version").body["current_version"], 2);
        }
        assert_eq!(client.get(&path).await.expect_status(200).body, changed[0].body);
    }
}

#[tokio::test]
async fn no_change_of_those_who_overwrite_is_lost_from_the_count() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    let patient = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
    let path = format!("/api/patients/{patient}");
    let answers = at_once((0..20).map(|number| {
        let (client, path) = (client.clone(), path.clone());
        async move { client.patch(&path, &json!({"family_name": format!("Durand{number}")})).await }
    }))
    .await;
    let mut versions: Vec<_> =
        answers.iter().map(|answer| answer.body["version"].as_i64().expect("a version")).collect();
    versions.sort_unstable();
    assert_eq!(versions, (2..22).collect::<Vec<_>>());
    let last = client.get(&path).await.expect_status(200).body;
    let name = last["family_name"].as_str().expect("a name").to_lowercase();
    let found = client.get(&format!("/api/patients?family_name={name}")).await;
    assert_eq!(found.ids(), [patient], "the index follows the row");
    assert_eq!(client.get("/api/patients?family_name=durand&count=exact").await.body["total"], 1);
}

#[tokio::test]
async fn a_deleted_patient_never_has_a_live_study() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    for round in 0..10 {
        let patient = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
        let other = client.post("/api/patients", &named("Roux")).await.expect_status(201).id();
        let movable = client.post("/api/studies", &json!({"patient_fk": other})).await.expect_status(201).id();
        // Who is first differs from round to round.
        let answers = at_once((0..4).map(|number| {
            let client = client.clone();
            async move {
                match (number + round) % 4 {
                    0 => client.delete(&format!("/api/patients/{patient}")).await,
                    1 => client.patch(&format!("/api/studies/{movable}"), &json!({"patient_fk": patient})).await,
                    _ => client.post("/api/studies", &json!({"patient_fk": patient})).await,
                }
            }
        }))
        .await;
        let written = answers.iter().filter(|answer| [200, 201].contains(&answer.status)).count();
        let deleted = answers.iter().any(|answer| answer.status == 204);
        assert_eq!(deleted, written == 0, "round {round}: {:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
        let live = client.get("/api/studies?limit=200").await.expect_status(200);
        let of_patient = live.items().iter().filter(|study| study["patient_fk"] == patient).count();
        assert_eq!(of_patient, written);
    }
}

#[tokio::test]
async fn a_study_and_its_patient_are_restored_together_or_not_at_all() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    for round in 0..6 {
        let patient = client.post("/api/patients", &named("Durand")).await.expect_status(201).id();
        let study = client.post("/api/studies", &json!({"patient_fk": patient})).await.expect_status(201).id();
        client.delete(&format!("/api/studies/{study}")).await.expect_status(204);
        let answers = at_once((0..2).map(|number| {
            let client = client.clone();
            async move {
                if (number + round) % 2 == 0 {
                    client.delete(&format!("/api/patients/{patient}")).await
                } else {
                    client.send(reqwest::Method::POST, &format!("/api/studies/{study}/restore"), None).await
                }
            }
        }))
        .await;
        let done = answers.iter().filter(|answer| answer.status < 300).count();
        assert_eq!(done, 1, "{:?}", answers.iter().map(|answer| &answer.text).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn studies_that_come_move_and_go_at_once_are_all_counted() {
    let app = App::spawn().await;
    let client = app.modification().await.if_match("*");
    for name in ["Durand", "Roux"] {
        client.post("/api/patients", &named(name)).await.expect_status(201);
    }
    for _ in 0..20 {
        client.post("/api/studies", &json!({"patient_fk": 1})).await.expect_status(201);
    }
    let answers = at_once((1..=20).flat_map(|study| [(study, false), (study, true)]).map(|(study, comes)| {
        let client = client.clone();
        let path = format!("/api/studies/{study}");
        async move {
            match study % 3 {
                _ if comes => client.post("/api/studies", &json!({"patient_fk": 1 + study % 2})).await,
                0 => client.delete(&path).await,
                1 => client.patch(&path, &json!({"patient_fk": 2})).await,
                _ => client.patch("/api/patients/1", &json!({"given_name": format!("N{study}")})).await,
            }
        }
    }))
    .await;
    assert!(answers.iter().all(|answer| answer.status < 300), "{answers:?}");
    for (patient, expected) in [(1, 20 - 6 - 7 + 10), (2, 7 + 10)] {
        let read = client.get(&format!("/api/patients/{patient}")).await.expect_status(200);
        let studies = client.get(&format!("/api/patients/{patient}/studies?count=exact")).await.expect_status(200);
        assert_eq!((&read.body["number_of_studies"], &studies.body["total"]), (&json!(expected), &json!(expected)));
    }
}
