//! What an import takes, and what it leaves alone.

use serde_json::{Value, json};

use super::{Registry, counts, refused, warnings};

fn study_of(uid: &str, patient_id: &str) -> Value {
    json!({"StudyInstanceUID": uid, "PatientID": patient_id, "PatientName": format!("Name{patient_id}")})
}

/// An object with further members.
fn with(mut object: Value, members: Value) -> Value {
    let Value::Object(members) = members else { panic!("an object") };
    object.as_object_mut().expect("an object").extend(members);
    object
}

#[track_caller]
fn assert_members(found: &Value, expected: &Value) {
    for (name, value) in expected.as_object().expect("an object") {
        assert_eq!(&found[name], value, "{name}");
    }
}

#[tokio::test]
async fn empty_members_are_filled_and_others_stay() {
    let registry = Registry::new().await;
    let meagre = with(
        study_of("1.2.1", "42"),
        json!({"Modality": "CT", "StudyDescription": "Thorax", "SeriesInstanceUID": "1", "SOPInstanceUID": "1.1"}),
    );
    registry.import_objects([meagre]).await;
    let rich = with(
        study_of("1.2.1", "42"),
        json!({
            "PatientName": "Other^Anne", "PatientSex": "F", "PatientBirthDate": "19800131", "PatientAddress": "Paris",
            "Modality": "SR", "StudyDescription": "Abdomen", "StudyDate": "20260314", "StudyTime": "083015.5",
            "AccessionNumber": "A1", "ReferringPhysicianName": "Roux^Élodie",
            "NumberOfStudyRelatedSeries": 3, "NumberOfStudyRelatedInstances": 90,
        }),
    );
    let report = registry.import_objects([rich.clone()]).await;
    assert_eq!((&report["patients"], &report["studies"]), (&counts(0, 1, 0, 0), &counts(0, 1, 0, 0)));
    let expected = [("patient_name:differs".to_owned(), 1), ("study_description:differs".to_owned(), 1)];
    assert_eq!(warnings(&report), expected.clone().into());
    let (patients, studies) = registry.everything().await;
    assert_members(
        &patients[0],
        &json!({
            "patient_name": "Name42", "sex": "F", "birth_date": "1980-01-31", "address": "Paris", "version": 2, "updated_by": null,
        }),
    );
    assert_members(
        &studies[0],
        &json!({
            "study_description": "Thorax", "study_date": "2026-03-14", "study_time": "08:30:15.500000", "accession_number": "A1",
            "referring_physician_name": "Roux^Élodie", "modalities_in_study": ["CT", "SR"],
            "number_of_study_related_series": 3, "number_of_study_related_instances": 90, "version": 2, "updated_by": null,
        }),
    );
    let answer = registry.client.get("/api/search?type=study&q=elodie").await.expect_status(200);
    assert_eq!(answer.items().len(), 1, "what is filled is found");

    let again = registry.import_objects([rich]).await;
    assert_eq!((&again["patients"], &again["studies"]), (&counts(0, 0, 1, 0), &counts(0, 0, 1, 0)));
    assert_eq!(warnings(&again), expected.into());
    let fewer =
        with(study_of("1.2.1", "42"), json!({"NumberOfStudyRelatedSeries": 1, "NumberOfStudyRelatedInstances": 2}));
    assert_eq!(registry.import_objects([fewer]).await["studies"], counts(0, 0, 1, 0));
    assert_eq!(registry.everything().await, (patients, studies));
}

#[tokio::test]
async fn what_people_entered_stays() {
    let registry = Registry::new().await;
    let client = &registry.client;
    let patient = json!({"patient_id": "42", "family_name": "Lefèvre", "given_name": "Zoé", "comments": "à rappeler"});
    let patient = client.post("/api/patients", &patient).await.expect_status(201).id();
    let study =
        json!({"patient_fk": patient, "study_instance_uid": "1.2.1", "status": "cancelled", "comments": "déplacée"});
    client.post("/api/studies", &study).await.expect_status(201);
    let file = with(study_of("1.2.1", "42"), json!({"StudyDate": "20260314"}));
    registry.import_objects([file, study_of("1.2.2", "42")]).await;
    let (patients, studies) = registry.everything().await;
    assert_members(&patients[0], &json!({"patient_name": "Lefèvre^Zoé", "comments": "à rappeler", "version": 1}));
    assert_members(&studies[0], &json!({"status": "cancelled", "comments": "déplacée", "study_date": "2026-03-14"}));
    assert_members(&studies[1], &json!({"status": "available", "patient_fk": patient}));
}

#[tokio::test]
async fn the_issuer_tells_equal_numbers_apart() {
    let registry = Registry::new().await;
    let of = |uid, issuer| with(study_of(uid, "42"), json!({"IssuerOfPatientID": issuer}));
    let report =
        registry.import_objects([of("1.2.1", "A"), of("1.2.2", "B"), of("1.2.3", "A"), study_of("1.2.4", "42")]).await;
    assert_eq!(report["patients"], counts(3, 0, 0, 0));
    let patients = registry.all("/api/patients?sort=id").await;
    let seen: Vec<_> = patients.iter().map(|p| (&p["issuer_of_patient_id"], &p["number_of_studies"])).collect();
    assert_eq!(seen, [(&json!("A"), &json!(2)), (&json!("B"), &json!(1)), (&Value::Null, &json!(1))]);
}

#[tokio::test]
async fn without_a_patient_id_the_study_says_whose_it_is() {
    let registry = Registry::new().await;
    registry.import_objects([study_of("1.2.1", "42")]).await;
    let nameless = |uid| json!({"StudyInstanceUID": uid, "PatientSex": "F", "PatientName": "Doe"});
    let report = registry.import_objects([nameless("1.2.1"), nameless("1.2.2"), nameless("1.2.3")]).await;
    assert_eq!(report["patients"], counts(2, 1, 0, 0));
    assert_eq!(report["studies"], counts(2, 0, 1, 0));
    assert_members(
        &registry.patient("42").await,
        &json!({"patient_name": "Name42", "sex": "F", "number_of_studies": 1}),
    );
    assert_eq!(registry.all("/api/patients?family_name=doe").await.len(), 2);

    let report = registry.import_objects([nameless("1.2.1"), nameless("1.2.2"), nameless("1.2.3")]).await;
    assert_eq!(report["patients"], counts(0, 0, 3, 0));
}

#[tokio::test]
async fn a_study_of_another_patient_is_not_moved() {
    let registry = Registry::new().await;
    registry.import_objects([study_of("1.2.1", "42")]).await;
    let before = registry.everything().await;
    let report = registry.import_objects([study_of("1.2.1", "43")]).await;
    assert_eq!((&report["patients"], &report["studies"]), (&counts(0, 0, 0, 1), &counts(0, 0, 0, 1)));
    let expected = [("objects.json".to_owned(), "1.2.1".to_owned(), "study_of_another_patient".to_owned())];
    assert_eq!(refused(&report), expected);
    assert_eq!(registry.everything().await, before, "the other patient is not registered for it either");

    let report = registry.import_objects([study_of("1.2.1", "43"), study_of("1.2.2", "43")]).await;
    assert_eq!((&report["patients"], &report["studies"]), (&counts(1, 0, 0, 0), &counts(1, 0, 0, 1)));
    assert_eq!(refused(&report), expected);
    assert_eq!(registry.study("1.2.1").await["patient"]["patient_id"], "42");
    assert_eq!(registry.study("1.2.2").await["patient"]["patient_id"], "43");
}

#[tokio::test]
async fn the_bin_is_left_alone() {
    let registry = Registry::new().await;
    let client = registry.client.if_match("*");
    registry.import_objects([study_of("1.2.1", "42"), study_of("1.2.2", "43"), study_of("1.2.3", "43")]).await;
    for uid in ["1.2.1", "1.2.2"] {
        let id = registry.study(uid).await["id"].clone();
        client.delete(&format!("/api/studies/{id}")).await.expect_status(204);
    }
    let id = registry.patient("42").await["id"].clone();
    client.delete(&format!("/api/patients/{id}")).await.expect_status(204);
    let before = registry.everything().await;
    let bin = registry.all("/api/studies?deleted=true&sort=id").await;

    let more = json!({"StudyDate": "20260314", "Modality": "CT", "PatientSex": "F"});
    let files =
        [("1.2.1", "42"), ("1.2.4", "42"), ("1.2.2", "43")].map(|(uid, id)| with(study_of(uid, id), more.clone()));
    let nameless = json!({"StudyInstanceUID": "1.2.2", "PatientSex": "F"});
    let report = registry.import_objects(files).await;
    assert_eq!((&report["patients"], &report["studies"]), (&counts(0, 0, 0, 2), &counts(0, 0, 0, 3)));
    assert_eq!(report["reasons"], json!({"patient_in_bin": 2, "study_in_bin": 1}));
    let report = registry.import_objects([nameless]).await;
    assert_eq!(report["reasons"], json!({"study_in_bin": 1}));
    assert_eq!(registry.everything().await, before);
    assert_eq!(registry.all("/api/studies?deleted=true&sort=id").await, bin);
}

#[tokio::test]
async fn nobody_is_examined_before_birth() {
    let registry = Registry::new().await;
    let born = |uid, birth| with(study_of(uid, "42"), json!({"PatientBirthDate": birth}));
    let examined = |uid, date| with(study_of(uid, "42"), json!({"StudyDate": date, "StudyTime": "0830"}));
    registry.import_objects([examined("1.2.1", "20200101")]).await;
    let report = registry.import_objects([born("1.2.2", "20210101")]).await;
    assert_eq!(warnings(&report), [("birth_date:birth_after_study".to_owned(), 1)].into());
    assert_eq!(registry.patient("42").await["birth_date"], Value::Null);

    registry.import_objects([born("1.2.2", "20200101")]).await;
    assert_eq!(registry.patient("42").await["birth_date"], "2020-01-01");
    for _ in 0..2 {
        let report = registry.import_objects([examined("1.2.3", "20191231")]).await;
        assert_eq!(warnings(&report), [("study_date:study_before_birth".to_owned(), 1)].into());
        assert_members(&registry.study("1.2.3").await, &json!({"study_date": null, "study_time": null, "version": 1}));
    }
}

#[tokio::test]
async fn a_row_that_the_database_refuses_costs_no_other() {
    let registry = Registry::new().await;
    registry.app.execute("CREATE UNIQUE INDEX study_description_once ON study (study_description)").await;
    let described = |uid, id, text| with(study_of(uid, id), json!({"StudyDescription": text}));
    let objects = [
        described("1.2.1", "1", "Thorax"),
        described("1.2.2", "2", "Thorax"),
        described("1.2.3", "3", "Abdomen"),
        described("1.2.4", "3", "Thorax"),
        described("1.2.5", "3", "Crâne"),
    ];
    let report = registry.import_objects(objects).await;
    assert_eq!((&report["patients"], &report["studies"]), (&counts(2, 0, 0, 1), &counts(3, 0, 0, 2)));
    let not_storable = |uid: &str| ("objects.json".to_owned(), uid.to_owned(), "not_storable".to_owned());
    assert_eq!(refused(&report), [not_storable("1.2.2"), not_storable("1.2.4")]);
    let uids: Vec<Value> =
        registry.all("/api/studies?sort=id").await.iter().map(|s| s["study_instance_uid"].clone()).collect();
    assert_eq!(uids, ["1.2.1", "1.2.3", "1.2.5"]);
    assert_eq!(registry.all("/api/patients?sort=id").await.len(), 2);
}

#[tokio::test]
async fn a_patient_may_have_very_many_studies() {
    let registry = Registry::new().await;
    let studies = || (0..450).map(|number| study_of(&format!("1.2.{number}"), "42")).chain([study_of("1.3", "43")]);
    let report = registry.import_objects(studies()).await;
    assert_eq!((&report["patients"], &report["studies"]), (&counts(2, 0, 0, 0), &counts(451, 0, 0, 0)));
    assert_eq!(registry.patient("42").await["number_of_studies"], 450);
    let report = registry.import_objects(studies()).await;
    assert_eq!((&report["patients"], &report["studies"]), (&counts(0, 0, 2, 0), &counts(0, 0, 451, 0)));
}
