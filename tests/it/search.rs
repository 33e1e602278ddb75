//! Searching patients and studies.

mod changes;
mod names;
mod pages;
mod plain;
mod together;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{App, Client};

/// A small registry whose names meet in every way the search cares about.
struct Registry {
    app: App,
    client: Client,
}

impl Registry {
    async fn new() -> Self {
        let app = App::spawn().await;
        let client = app.admin().await;
        Self { app, client }
    }

    async fn patient(&self, body: Value) -> i64 {
        self.client.post("/api/patients", &body).await.expect_status(201).id()
    }

    async fn study(&self, body: Value) -> i64 {
        self.client.post("/api/studies", &body).await.expect_status(201).id()
    }

    /// The hits of a query as `patient 1`, `study 2`, in order.
    async fn hits(&self, query: &str) -> Vec<String> {
        let answer = self.client.get(&format!("/api/search?limit=200&{query}")).await.expect_status(200);
        answer.items().iter().map(name).collect()
    }
}

fn name(hit: &Value) -> String {
    format!("{} {}", hit["type"].as_str().expect("a type"), hit["id"])
}

fn named(family: &str, given: &str) -> Value {
    json!({"family_name": family, "given_name": given})
}

#[tokio::test]
async fn names_are_found_whatever_the_accents_the_case_and_the_order() {
    let registry = Registry::new().await;
    let people = [
        named("Lefèvre", "Zoé"),
        named("Œuvrard", "Jean-Pierre"),
        named("D'Artagnan", "Łukasz"),
        named("de la Tour", "Søren"),
        json!({"family_name": "Yamada", "given_name": "Tarou", "ideographic_name": "山田^太郎", "phonetic_name": "やまだ^たろう"}),
        json!({"family_name": "Люкceмбypг"}),
        json!({"family_name": "Hong", "given_name": "Gildong", "ideographic_name": "洪^吉洞", "phonetic_name": "홍^길동"}),
        json!({"family_name": "Martin", "given_name": "Anne", "birth_name": "Straße"}),
        named("王", "小明"),
        named("김", "민준"),
        named("佐々木", "アキラ"),
        named("Демʼянчук", "ʿAlī"),
    ];
    for person in people {
        registry.patient(person).await;
    }
    for (query, id) in [
        ("lefevre", 1),
        ("LEFÈVRE", 1),
        ("zoe lef", 1),
        ("oeuvrard", 2),
        ("œuv", 2),
        ("jean-pierre", 2),
        ("jeanpierre", 2),
        ("pierre jean", 2),
        ("d'artagnan", 3),
        ("dartagnan", 3),
        ("artagnan", 3),
        ("lukasz", 3),
        ("de la tour", 4),
        ("delatour", 4),
        ("SOREN", 4),
        ("山田", 5),
        ("太郎", 5),
        ("やまだ", 5),
        ("люкс", 0),
        ("люкc", 6),
        ("홍", 7),
        ("洪吉洞", 7),
        ("strasse", 8),
        ("ali", 12),
        ("дем'янчук", 12),
        ("王小明", 9),
        ("王 小明", 9),
        ("王小", 9),
        ("小明", 9),
        ("김민준", 10),
        ("佐々木アキラ", 11),
        ("小明王", 0),
        ("nobody", 0),
    ] {
        let expected: Vec<String> = (id > 0).then(|| format!("patient {id}")).into_iter().collect();
        let query = url_encoded(query);
        assert_eq!(registry.hits(&format!("q={query}")).await, expected, "{query}");
        assert_eq!(
            registry.hits(&format!("type=patient&patient_name={query}")).await,
            expected,
            "patient_name={query}"
        );
    }
}

fn url_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |text, byte| text + &format!("%{byte:02X}"))
}

#[tokio::test]
async fn hits_come_in_the_order_of_relevance_with_their_reasons() {
    let registry = Registry::new().await;
    let prefix_given = registry.patient(named("Zola", "Martinien")).await;
    let exact_given = registry.patient(named("Zola", "Martin")).await;
    let prefix_family = registry.patient(named("Martineau", "Paul")).await;
    let exact_family = registry.patient(named("Martin", "Paul")).await;
    let number = registry.patient(json!({"family_name": "Autre", "patient_id": "martin"})).await;
    let own = registry.study(json!({"patient_fk": prefix_given, "study_description": "Rachis martin"})).await;
    let of_patient = registry.study(json!({"patient_fk": exact_family, "study_date": "2026-01-01"})).await;
    let accession = registry.study(json!({"patient_fk": number, "accession_number": "martin"})).await;
    let answer = registry.client.get("/api/search?q=martin&count=exact").await.expect_status(200);
    let found: Vec<String> = answer.items().iter().map(name).collect();
    let expected = [
        format!("patient {number}"),
        format!("study {accession}"),
        format!("patient {exact_family}"),
        format!("patient {exact_given}"),
        format!("patient {prefix_family}"),
        format!("patient {prefix_given}"),
        format!("study {own}"),
        format!("study {of_patient}"),
    ];
    assert_eq!(found, expected);
    let scores: Vec<u64> = answer.items().iter().map(|hit| hit["score"].as_u64().expect("a score")).collect();
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{scores:?}");
    assert_eq!((&answer.body["total"], &answer.body["total_relation"]), (&json!(8), &json!("eq")));
    let reasons: Vec<&Value> = answer.items().iter().map(|hit| &hit["matched"][0]).collect();
    assert_eq!(*reasons[0], json!({"field": "patient_id", "kind": "exact", "value": "martin"}));
    assert_eq!(*reasons[1], json!({"field": "accession_number", "kind": "exact", "value": "martin"}));
    assert_eq!(*reasons[2], json!({"field": "family_name", "kind": "exact", "value": "Martin"}));
    assert_eq!(*reasons[4], json!({"field": "family_name", "kind": "prefix", "value": "Martineau"}));
    assert_eq!(*reasons[6], json!({"field": "study_description", "kind": "exact", "value": "Rachis martin"}));
    assert_eq!(answer.items()[2]["patient"]["number_of_studies"], 1);
    assert!(answer.items()[2].get("study").is_none());
}

#[tokio::test]
async fn identifiers_are_compared_as_they_stand() {
    let registry = Registry::new().await;
    let patient = registry
        .patient(json!({"family_name": "Durand", "patient_id": "PAT-7a", "issuer_of_patient_id": "Nord"}))
        .await;
    let namesake =
        registry.patient(json!({"family_name": "Petit", "patient_id": "PAT-7a", "issuer_of_patient_id": "Sud"})).await;
    let uid = "1.2.840.99.1";
    let study = registry
        .study(json!({"patient_fk": patient, "study_instance_uid": uid, "accession_number": "A 1", "study_id": "S1"}))
        .await;
    let both = [format!("patient {patient}"), format!("patient {namesake}"), format!("study {study}")];
    assert_eq!(registry.hits("q=PAT-7a").await, both);
    assert_eq!(registry.hits("q=PAT-7a+durand").await, [both[0].clone(), both[2].clone()]);
    assert!(registry.hits("q=PAT-7A").await.is_empty(), "case counts");
    assert!(registry.hits("q=PAT-7").await.is_empty(), "the whole of it counts");
    assert_eq!(registry.hits(&format!("q={uid}")).await, [format!("study {study}")]);
    assert_eq!(registry.hits("q=S1").await, [format!("study {study}")]);
    assert_eq!(registry.hits("patient_id=PAT-7a&issuer_of_patient_id=Sud").await, [format!("patient {namesake}")]);
    assert_eq!(registry.hits("accession_number=A+1").await, [format!("study {study}")]);
    assert!(registry.hits("accession_number=a+1").await.is_empty());
    assert_eq!(registry.hits(&format!("study_instance_uid=9.9,{uid}")).await, [format!("study {study}")]);
}

#[tokio::test]
async fn quotes_ask_for_whole_words_and_a_star_says_what_is_so_anyway() {
    let registry = Registry::new().await;
    let martin = registry.patient(named("Martin", "Paul")).await;
    let martineau = registry.patient(named("Martineau", "Paul")).await;
    let both = [format!("patient {martin}"), format!("patient {martineau}")];
    assert_eq!(registry.hits("q=martin").await, both);
    assert_eq!(registry.hits("q=martin*").await, both);
    assert_eq!(registry.hits("q=%22martin%22").await, both[..1]);
    assert_eq!(registry.hits("q=%22paul+martineau%22").await, both[1..]);
    for bad in ["q=m*", "q=ma*in", "q=ma?tin", "q=*artin"] {
        let answer = registry.client.get(&format!("/api/search?{bad}")).await.expect_problem(422, "invalid");
        assert_eq!(answer.faults(), [("q".to_owned(), "invalid_wildcard".to_owned())], "{bad}");
    }
}

#[tokio::test]
async fn filters_narrow_alone_and_together() {
    let registry = Registry::new().await;
    let anne = registry
        .patient(json!({"family_name": "Dupont", "given_name": "Anne", "sex": "F", "birth_date": "1980-01-31"}))
        .await;
    let jean = registry
        .patient(json!({"family_name": "Dupond", "given_name": "Jean", "sex": "M", "birth_date": "1975-06-01"}))
        .await;
    let mr = registry
        .study(json!({"patient_fk": anne, "study_date": "2026-03-14", "modalities_in_study": ["MR", "SR"], "status": "available",
            "study_description": "IRM cérébrale", "referring_physician_name": "Roux^Élodie"}))
        .await;
    let ct =
        registry.study(json!({"patient_fk": jean, "study_date": "2025-12-31", "modalities_in_study": ["CT"]})).await;
    let (p1, p2, s1, s2) =
        (format!("patient {anne}"), format!("patient {jean}"), format!("study {mr}"), format!("study {ct}"));
    for (query, expected) in [
        ("sex=F", vec![&p1, &s1]),
        ("sex=F,M", vec![&p2, &p1, &s1, &s2]),
        ("birth_date=1980", vec![&p1, &s1]),
        ("birth_date=..1979-12", vec![&p2, &s2]),
        ("birth_date=19750101-19801231", vec![&p2, &p1, &s1, &s2]),
        ("patient_name=dup+an", vec![&p1, &s1]),
        ("patient_name=dup%5Ejean", vec![&p2, &s2]),
        ("patient_name=jean%5Edup", vec![]),
        ("modality=MR", vec![&s1]),
        ("modality=CT,SR", vec![&s1, &s2]),
        ("study_date=2026", vec![&s1]),
        ("study_date=2025-12..2026-03-14", vec![&s1, &s2]),
        ("study_date=20251231", vec![&s2]),
        ("status=registered", vec![&s2]),
        ("study_description=cereb", vec![&s1]),
        ("referring_physician_name=elodie+rou", vec![&s1]),
        ("modality=MR&sex=M", vec![]),
        ("modality=MR&sex=F&type=study", vec![&s1]),
        ("q=dup&sex=M", vec![&p2, &s2]),
        ("q=dup&modality=CT", vec![&s2]),
        ("q=irm&study_date=2025", vec![]),
        ("updated_at=2020..&type=patient", vec![&p2, &p1]),
        ("updated_at=..2020", vec![]),
    ] {
        let expected: Vec<String> = expected.into_iter().cloned().collect();
        assert_eq!(registry.hits(query).await, expected, "{query}");
    }
    let answer = registry.client.get("/api/search?modality=MR&study_date=2026&sex=F").await.expect_status(200);
    let fields: Vec<&str> = answer.items()[0]["matched"]
        .as_array()
        .expect("reasons")
        .iter()
        .filter_map(|reason| reason["field"].as_str())
        .collect();
    assert_eq!(fields, ["sex", "study_date", "modalities_in_study"]);
}

#[tokio::test]
async fn a_name_filter_without_a_name_finds_nobody() {
    let registry = Registry::new().await;
    registry.patient(named("Durand", "Zoé")).await;
    for query in ["patient_name=%5E", "patient_name=%5E%5E", "patient_name=--", "family_name=%27"] {
        let answer = registry.client.get(&format!("/api/patients?{query}")).await.expect_status(200);
        assert!(answer.items().is_empty(), "{query}");
    }
    let answer = registry.client.get("/api/patients?patient_name=a%5Eb%5Ec%5Edr").await.expect_problem(422, "invalid");
    assert_eq!(answer.faults(), [("patient_name".to_owned(), "pn_too_many_components".to_owned())]);
}

#[tokio::test]
async fn numbers_with_spaces_and_lone_dashes_do_not_mislead() {
    let registry = Registry::new().await;
    let id = registry.patient(json!({"family_name": "Durand", "given_name": "Zoé", "patient_id": "AB 12 zq"})).await;
    let found = [format!("patient {id}")];
    assert_eq!(registry.hits("q=%22AB+12+zq%22").await, found);
    assert_eq!(registry.hits("q=durand+%22AB+12+zq%22").await, found);
    assert!(registry.hits("q=durand+zq").await.is_empty(), "a part of a number is no word");
    assert_eq!(registry.hits("q=durand+-+zoe").await, found);
    assert!(registry.hits("q=-").await.is_empty());
    for number in 0..6 {
        registry
            .study(
                json!({"patient_fk": id, "study_instance_uid": format!("1.2.{number}"), "modalities_in_study": ["MR"]}),
            )
            .await;
    }
    for more in ["", "&sort=name", "&sort=-study_date"] {
        let path = format!("/api/search?q=-&type=study&modality=MR&count=exact{more}");
        let answer = registry.client.get(&path).await.expect_status(200);
        assert_eq!((answer.items().len(), &answer.body["total"]), (0, &json!(0)), "{path}");
    }
}

#[tokio::test]
async fn the_body_says_what_the_address_says() {
    let registry = Registry::new().await;
    for given in ["Anne", "Annick", "Annie"] {
        registry.patient(named("Durand", given)).await;
    }
    let by_address = registry.client.get("/api/search?q=ann&limit=2&count=bounded").await.expect_status(200);
    let body = json!({"q": "ann", "limit": 2, "count": "bounded"});
    let by_body = registry.client.post("/api/search", &body).await.expect_status(200);
    assert_eq!(by_address.body["items"], by_body.body["items"]);
    assert_eq!(by_body.body["total"], 3);
    let mut next = body.clone();
    next["cursor"] = by_body.body["next_cursor"].clone();
    let second = registry.client.post("/api/search", &next).await.expect_status(200);
    assert_eq!(second.items().len(), 1);
    assert_eq!(second.body["next_cursor"], Value::Null);
    let faulty = registry.client.post("/api/search", &json!({"qq": "x", "limit": 0, "sex": 1})).await;
    let faults = faulty.expect_problem(422, "invalid").faults();
    let expected = [("/limit", "out_of_range"), ("/qq", "unknown_field"), ("/sex", "invalid_type")];
    let faults: BTreeSet<(&str, &str)> = faults.iter().map(|(place, code)| (place.as_str(), code.as_str())).collect();
    assert_eq!(faults, BTreeSet::from(expected));
}

#[tokio::test]
async fn a_search_for_nothing_or_with_unknown_parameters_is_refused() {
    let registry = Registry::new().await;
    registry.client.get("/api/search").await.expect_problem(422, "invalid");
    registry.client.get("/api/search?type=patient").await.expect_problem(422, "invalid");
    registry.client.get("/api/search?q=").await.expect_problem(400, "invalid_query");
    for nothing in ["q=%22%22", "q=%22%22&sex=M", "q=%22+%22+%22"] {
        let answer = registry.client.get(&format!("/api/search?{nothing}")).await.expect_problem(422, "invalid");
        assert_eq!(answer.faults(), [("q".to_owned(), "too_short".to_owned())], "{nothing}");
    }
    // Latin 1.
    registry.client.get("/api/search?q=B%E9langer").await.expect_problem(400, "malformed_request");
    registry.client.get("/api/patients?patient_id=%E9").await.expect_problem(400, "malformed_request");
    registry.client.get("/api/search?q=a&q=b").await.expect_problem(400, "invalid_query");
    let answer = registry.client.get("/api/search?modalty=MR").await.expect_problem(400, "invalid_query");
    assert_eq!(answer.body["errors"][0]["suggestion"], "modality");
    registry.client.get("/api/search?q=a&cursor=nonsense").await.expect_problem(400, "invalid_query");
    registry.client.get("/api/search?study_date=2026-02-30").await.expect_problem(422, "invalid");
    let long = "a".repeat(201);
    registry.client.get(&format!("/api/search?q={long}")).await.expect_problem(422, "invalid");
}
