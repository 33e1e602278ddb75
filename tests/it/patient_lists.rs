//! Lists of patients: filters, orders, pages, totals.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{App, Client, a_study, ids, named};

/// Five patients with ties and gaps; their names, numbers and dates are what the tests filter by. Ids count up.
async fn five_patients(client: &Client) -> Vec<i64> {
    let patients = [
        json!({"family_name": "Lefèvre", "given_name": "Zoé", "birth_date": "1980-01-31", "sex": "F", "patient_id": "P1"}),
        json!({"family_name": "Le Fèvre", "given_name": "Jean-Pierre", "birth_date": "1980-01-31", "sex": "M",
            "patient_id": "P1", "issuer_of_patient_id": "Nord"}),
        json!({"family_name": "Œhler", "given_name": "Zoltan", "sex": "O", "patient_id": "P3"}),
        json!({"family_name": "Lefèvre", "given_name": "Zoé", "birth_date": "1979-12-31"}),
        json!({"family_name": "D'Artagnan", "given_name": "Anne", "sex": "F", "birth_name": "Lefebvre"}),
    ];
    let mut entered = Vec::new();
    for patient in patients {
        entered.push(client.post("/api/patients", &patient).await.expect_status(201).id());
    }
    entered
}

/// Which of the rows a query finds, by their place in `rows`, in no order.
async fn found(client: &Client, rows: &[i64], query: &str) -> Vec<usize> {
    let answer = client.get(&format!("/api/patients?{query}")).await.expect_status(200);
    let mut found: Vec<usize> =
        answer.ids().iter().map(|id| rows.iter().position(|row| row == id).expect("a row of the test")).collect();
    found.sort_unstable();
    found
}

#[tokio::test]
async fn every_filter_narrows_the_list() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let rows = five_patients(&client).await;
    let expected: [(&str, &[usize]); 33] = [
        ("sort=id", &[0, 1, 2, 3, 4]),
        ("patient_name=lefev", &[0, 1, 3]),
        ("patient_name=ZOE%20LEFEVRE", &[0, 3]),
        ("patient_name=pierre", &[1]),
        ("patient_name=lef%5Ejean", &[1]),
        ("patient_name=jean%5Elef", &[]),
        ("family_name=lefevre", &[0, 1, 3]),
        ("family_name=LE%20F", &[1]),
        ("family_name=oehl", &[2]),
        ("family_name=artagnan", &[4]),
        ("family_name=zoe", &[]),
        ("given_name=zo", &[0, 2, 3]),
        ("given_name=zo%C3%A9", &[0, 3]),
        ("given_name=jeanp", &[1]),
        ("patient_id=P1", &[0, 1]),
        ("patient_id=%20P3%20", &[2]),
        ("patient_id=p1", &[]),
        ("patient_id=P", &[]),
        ("issuer_of_patient_id=Nord", &[1]),
        ("issuer_of_patient_id=nord", &[]),
        ("birth_date=1980-01-31", &[0, 1]),
        ("birth_date=1980", &[0, 1]),
        ("birth_date=1979-12..1980-01", &[0, 1, 3]),
        ("birth_date=..1979", &[3]),
        ("birth_date=19800101-", &[0, 1]),
        ("sex=F", &[0, 4]),
        ("sex=M,O", &[1, 2]),
        ("updated_at=2020..", &[0, 1, 2, 3, 4]),
        ("updated_at=..2020", &[]),
        ("deleted=false", &[0, 1, 2, 3, 4]),
        ("deleted=true", &[]),
        ("family_name=lefevre&given_name=zoe&birth_date=1980&sex=F&patient_id=P1&updated_at=2020..", &[0]),
        ("family_name=lefevre&sex=O", &[]),
    ];
    for (query, places) in expected {
        assert_eq!(found(&client, &rows, query).await, places, "{query}");
        // Where another filter leaves few rows, these are looked at one by one.
        if !query.contains("updated_at") {
            assert_eq!(found(&client, &rows, &format!("{query}&updated_at=2020..")).await, places, "{query}, few");
        }
    }
}

#[tokio::test]
async fn a_change_is_found_by_its_instant() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let rows = five_patients(&client).await;
    let changed = client.if_match("*").patch(&format!("/api/patients/{}", rows[2]), &json!({"sex": "M"})).await;
    let at = changed.expect_status(200).body["updated_at"].as_str().expect("an instant").to_owned();
    assert_eq!(found(&client, &rows, &format!("updated_at={at}..")).await, [2]);
    assert_eq!(found(&client, &rows, &format!("updated_at={at}")).await, [2]);
    assert_eq!(found(&client, &rows, &format!("updated_at=..{at}")).await, [0, 1, 2, 3, 4]);
    let here = at.replace('Z', "%2B00:00");
    assert_eq!(found(&client, &rows, &format!("updated_at={here}..")).await, [2]);
}

/// Whether the values go up, null before every value.
fn go_up(rows: &[Value], key: &str) -> bool {
    let keys: Vec<_> = rows.iter().map(|row| (row[key].as_str().map(str::to_owned), row["id"].as_i64())).collect();
    keys.is_sorted()
}

#[tokio::test]
async fn pages_of_any_size_make_the_whole_list_in_any_order() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let rows = five_patients(&client).await;
    for number in 0..3 {
        client
            .post(
                "/api/patients",
                &json!({"family_name": "Lefèvre", "given_name": "Zoé", "middle_name": format!("{number}")}),
            )
            .await;
    }
    // Ties on the instants too, which the clock gives only by chance.
    let first = format!("(SELECT at FROM (SELECT created_at AS at FROM patient WHERE id = {}) AS one)", rows[1]);
    app.execute(&format!("UPDATE patient SET created_at = {first}, updated_at = {first} WHERE id > {}", rows[2])).await;
    for key in ["name", "birth_date", "created_at", "updated_at", "id"] {
        let whole = client.get(&format!("/api/patients?sort={key}&limit=200")).await.expect_status(200);
        assert_eq!(whole.items().len(), 8);
        assert!(key == "name" || go_up(whole.items(), key), "{key}");
        let mut turned = whole.items().clone();
        turned.reverse();
        for limit in 1..=3 {
            assert_eq!(
                &client.walk(&format!("/api/patients?sort={key}"), limit).await,
                whole.items(),
                "{key} by {limit}"
            );
            assert_eq!(client.walk(&format!("/api/patients?sort=-{key}"), limit).await, turned, "-{key} by {limit}");
        }
    }
    assert_eq!(client.walk("/api/patients", 2).await, client.walk("/api/patients?sort=name", 3).await);
}

#[tokio::test]
async fn names_are_in_the_order_of_a_dictionary() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let sorted = ["Abel", "Ábel B", "abel Ç", "Le Fèvre", "Lefebvre", "Lefèvre", "Œdipe", "Ofer", "Zhou"];
    for name in sorted.iter().rev() {
        client.post("/api/patients", &named(name)).await.expect_status(201);
    }
    client.post("/api/patients", &json!({"given_name": "Zoé"})).await.expect_status(201);
    let listed = client.get("/api/patients").await.expect_status(200);
    let names: Vec<_> = listed.items().iter().filter_map(|row| row["family_name"].as_str()).collect();
    assert_eq!(names, sorted);
    assert_eq!(listed.items().last().expect("rows")["given_name"], "Zoé");
}

#[tokio::test]
async fn filters_and_pages_go_together() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let rows = five_patients(&client).await;
    let query = "/api/patients?family_name=lef%C3%A8vre&birth_date=1979..1980&sort=-birth_date&count=exact";
    let walked = client.walk(query, 1).await;
    assert_eq!(ids(&walked), [rows[1], rows[0], rows[3]]);
}

#[tokio::test]
async fn a_cursor_belongs_to_its_query() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let rows = five_patients(&client).await;
    for row in &rows[..2] {
        for _ in 0..2 {
            client.post("/api/studies", &json!({"patient_fk": row})).await.expect_status(201);
        }
    }
    let cursor = async |path: &str| {
        let page = client.get(&format!("{path}limit=1")).await.expect_status(200);
        page.body["next_cursor"].as_str().expect("a next page").to_owned()
    };
    let sorted = cursor("/api/patients?sort=id&").await;
    let of_patient = cursor(&format!("/api/patients/{}/studies?", rows[0])).await;
    for foreign in [
        format!("/api/patients?sort=-id&cursor={sorted}"),
        format!("/api/patients?cursor={sorted}"),
        format!("/api/patients?sort=id&sex=F&cursor={sorted}"),
        format!("/api/studies?sort=id&cursor={sorted}"),
        format!("/api/patients/{}/studies?cursor={of_patient}", rows[1]),
        format!("/api/studies?cursor={of_patient}"),
        "/api/patients?cursor=nonsense".to_owned(),
        "/api/patients?cursor=e30".to_owned(),
    ] {
        client.get(&foreign).await.expect_problem(400, "invalid_query").expect_fault("cursor", "invalid_cursor");
    }
    // The size of a page and the count may change on the way, and parameters their order.
    let rest =
        client.get(&format!("/api/patients?limit=3&cursor={sorted}&count=exact&sort=id")).await.expect_status(200);
    assert_eq!(rest.ids(), rows[1..4]);
}

#[tokio::test]
async fn totals_are_counted_when_asked_for() {
    let app = App::spawn().await;
    let client = app.modification().await;
    five_patients(&client).await;
    let total = async |query: &str| {
        let page = client.get(&format!("/api/patients?limit=1&{query}")).await.expect_status(200);
        (page.body.get("total").cloned(), page.body.get("total_relation").cloned())
    };
    let eq = |number: u64| (Some(json!(number)), Some(json!("eq")));
    assert_eq!(total("count=none").await, (None, None));
    assert_eq!(total("sort=id").await, (None, None));
    assert_eq!(total("count=exact").await, eq(5));
    assert_eq!(total("count=bounded").await, eq(5));
    assert_eq!(total("count=exact&family_name=lefevre").await, eq(3));
    assert_eq!(total("count=exact&sex=M&family_name=artagnan").await, eq(0));

    let ten = "(SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION \
        SELECT 7 UNION SELECT 8 UNION SELECT 9)";
    app.execute(&format!(
        "INSERT INTO patient (patient_id, family_name, name_key, search_words, created_at, updated_at) \
         SELECT 'N' || (a.n + 10 * b.n + 100 * c.n), 'Many', 'many', '', p.created_at, p.created_at \
         FROM {ten} a CROSS JOIN {ten} b CROSS JOIN {ten} c CROSS JOIN (SELECT MIN(created_at) AS created_at FROM patient) p"
    ))
    .await;
    assert_eq!(total("count=exact").await, eq(1005));
    assert_eq!(total("count=bounded").await, (Some(json!(1000)), Some(json!("gte"))));
    app.execute("DELETE FROM patient WHERE patient_id IN ('N0', 'N1', 'N2', 'N3', 'N4')").await;
    assert_eq!(total("count=bounded").await, eq(1000));
    assert_eq!(client.walk("/api/patients?patient_name=many", 200).await.len(), 0, "what is not indexed is not found");
    assert_eq!(client.walk("/api/patients", 200).await.len(), 1000);
}

#[tokio::test]
async fn rows_that_come_and_go_while_paging_disturb_nobody() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let editor = client.if_match("*");
    let mut entered = Vec::new();
    for letter in 'b'..='k' {
        entered.push(client.post("/api/patients", &named(&letter.to_string())).await.expect_status(201).id());
    }
    let (mut seen, mut next, mut page) = (Vec::new(), Some("/api/patients?limit=2".to_owned()), 0);
    while let Some(path) = next {
        let answer = client.get(&path).await.expect_status(200);
        seen.extend(answer.ids());
        next = answer.next();
        match page {
            // The last row seen, which the cursor names, and the first to be seen.
            0 => {
                editor.delete(&format!("/api/patients/{}", entered[1])).await.expect_status(204);
                editor.delete(&format!("/api/patients/{}", entered[2])).await.expect_status(204);
                client.post("/api/patients", &named("a")).await.expect_status(201);
                client.post("/api/patients", &named("zz")).await.expect_status(201);
            }
            1 => {
                let row = format!("/api/patients/{}", entered[2]);
                client.send(Method::POST, &format!("{row}/restore"), None).await.expect_status(200);
                editor
                    .patch(&format!("/api/patients/{}", entered[9]), &json!({"given_name": "x"}))
                    .await
                    .expect_status(200);
            }
            _ => {}
        }
        page += 1;
    }
    let mut once = seen.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), seen.len(), "no row is listed twice: {seen:?}");
    for (place, id) in entered.iter().enumerate().filter(|(place, _)| *place != 2) {
        assert!(seen.contains(id), "the row at {place} was skipped");
    }
}

#[tokio::test]
async fn the_bin_is_a_list_of_its_own() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let rows = five_patients(&client).await;
    for row in &rows[..3] {
        client.if_match("*").delete(&format!("/api/patients/{row}")).await.expect_status(204);
    }
    assert_eq!(ids(&client.walk("/api/patients?sort=id", 1).await), rows[3..]);
    assert_eq!(ids(&client.walk("/api/patients?sort=-id&deleted=true", 2).await), [rows[2], rows[1], rows[0]]);
    assert_eq!(found(&client, &rows, "deleted=true&birth_date=1980&sex=F").await, [0]);
    assert_eq!(found(&client, &rows, "deleted=true&patient_id=P1").await, [0, 1]);
    assert_eq!(found(&client, &rows, "deleted=true&family_name=lefevre").await, [0, 1]);
    assert_eq!(found(&client, &rows, "deleted=true&patient_name=zo").await, [0, 2]);
    assert_eq!(found(&client, &rows, "patient_name=zo").await, [3]);
    let bin = client.get("/api/patients?deleted=true&count=exact").await.expect_status(200);
    assert_eq!(bin.body["total"], 3);
    assert!(bin.items().iter().all(|row| row["deleted_at"].is_string()));
    app.lecture().await.get("/api/patients?deleted=true").await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn a_list_says_how_many_studies_each_patient_has() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let rows = five_patients(&client).await;
    for (row, number) in rows.iter().zip([2, 0, 1]) {
        for _ in 0..number {
            let mut study = a_study(*row);
            study["study_date"] = Value::Null;
            study["study_time"] = Value::Null;
            client.post("/api/studies", &study).await.expect_status(201);
        }
    }
    let study = client.get("/api/studies?patient_id=P3").await.ids()[0];
    client.if_match("*").delete(&format!("/api/studies/{study}")).await.expect_status(204);
    let listed = client.get("/api/patients?sort=id").await.expect_status(200);
    let numbers: Vec<_> = listed.items().iter().map(|row| row["number_of_studies"].as_i64()).collect();
    assert_eq!(numbers, [2, 0, 0, 0, 0].map(Some));
}
