//! What is changed, deleted or restored is found as it is now.

use super::*;

#[tokio::test]
async fn what_is_changed_or_deleted_is_found_as_it_is_now() {
    let registry = Registry::new().await;
    let id = registry.patient(named("Durand", "Zoé")).await;
    let path = format!("/api/patients/{id}");
    let client = registry.client.if_match("*");
    client.patch(&path, &json!({"family_name": "Marchand"})).await.expect_status(200);
    assert!(registry.hits("q=durand").await.is_empty());
    assert_eq!(registry.hits("q=marchand+zoe").await.len(), 1);
    client.delete(&path).await.expect_status(204);
    assert!(registry.hits("q=marchand").await.is_empty());
    registry.client.send(reqwest::Method::POST, &format!("{path}/restore"), None).await.expect_status(200);
    assert_eq!(registry.hits("q=marchand").await.len(), 1);
    let study =
        registry.study(json!({"patient_fk": id, "study_description": "Genou", "study_date": "2026-01-02"})).await;
    let path = format!("/api/studies/{study}");
    client.patch(&path, &json!({"study_date": "2026-02-03"})).await.expect_status(200);
    assert_eq!(registry.hits("q=genou").await, [format!("study {study}")]);
    client.patch(&path, &json!({"study_description": "Épaule"})).await.expect_status(200);
    assert!(registry.hits("q=genou").await.is_empty());
    client.delete(&path).await.expect_status(204);
    assert!(registry.hits("q=epaule").await.is_empty());
    client.delete(&format!("{path}?purge=true")).await.expect_status(204);
    assert!(registry.hits("q=marchand&type=study").await.is_empty());
}

#[tokio::test]
async fn a_word_that_moves_to_another_field_is_found_there() {
    let registry = Registry::new().await;
    let id = registry.patient(json!({"family_name": "Wander", "given_name": "Anne"})).await;
    let path = format!("/api/patients/{id}");
    let client = registry.client.if_match("*");
    client.patch(&path, &json!({"family_name": "Anne", "given_name": "Wander"})).await.expect_status(200);
    let given = registry.client.get("/api/search?q=wander&type=patient").await.expect_status(200);
    assert_eq!(given.items()[0]["matched"][0]["field"], "given_name");
    for (list, expected) in [("family_name=wander", 0), ("given_name=wander", 1), ("family_name=anne", 1)] {
        let answer = registry.client.get(&format!("/api/patients?{list}")).await.expect_status(200);
        assert_eq!(answer.items().len(), expected, "{list}");
    }
    client.patch(&path, &json!({"family_name": "Wander", "given_name": "Anne"})).await.expect_status(200);
    assert_eq!(registry.hits("q=wander&type=patient").await.len(), 1);
    let swapped = json!({"patient_fk": id, "referring_physician_name": "Roux^Élodie", "name_of_physicians_reading_study": "Blanc^Paul"});
    let study = registry.study(swapped).await;
    let back = json!({"referring_physician_name": "Blanc^Paul", "name_of_physicians_reading_study": "Roux^Élodie"});
    client.patch(&format!("/api/studies/{study}"), &back).await.expect_status(200);
    assert_eq!(registry.hits("q=roux").await, [format!("study {study}")]);
    assert_eq!(registry.hits("referring_physician_name=blanc").await, [format!("study {study}")]);
}

#[tokio::test]
async fn filters_on_the_bin_find_what_lies_there() {
    let registry = Registry::new().await;
    let id = registry.patient(named("Durand", "Zoé")).await;
    let study = registry.study(json!({"patient_fk": id, "study_description": "Genou"})).await;
    let client = registry.client.if_match("*");
    client.delete(&format!("/api/studies/{study}")).await.expect_status(204);
    client.delete(&format!("/api/patients/{id}")).await.expect_status(204);
    for path in [
        "/api/patients?deleted=true&patient_name=durand".to_owned(),
        "/api/patients?deleted=true&family_name=dur&given_name=zo".to_owned(),
        "/api/studies?deleted=true&study_description=genou".to_owned(),
        "/api/studies?deleted=true&patient_name=durand".to_owned(),
        format!("/api/patients/{id}/studies?deleted=true"),
    ] {
        assert_eq!(registry.client.get(&path).await.expect_status(200).items().len(), 1, "{path}");
    }
    assert!(registry.client.get("/api/patients?patient_name=durand").await.expect_status(200).items().is_empty());
    client.delete(&format!("/api/studies/{study}?purge=true")).await.expect_status(204);
    client.delete(&format!("/api/patients/{id}?purge=true")).await.expect_status(204);
    assert!(
        registry
            .client
            .get("/api/patients?deleted=true&patient_name=durand")
            .await
            .expect_status(200)
            .items()
            .is_empty()
    );
}
