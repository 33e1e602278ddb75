//! What is answered when a request is not good: always a problem document, with the status and the headers that say what to do.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{ADMIN_PASSWORD, Answer, App, Client, Operation, a_patient, contract, raw};

/// What a client can send; CONNECT is a proxy's.
const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];

#[tokio::test]
async fn a_path_that_leads_nowhere_is_404() {
    let app = App::spawn().await;
    for path in [
        "/api",
        "/api/",
        "/api/patientes",
        "/api/patients/1/2/3",
        "/api/patients/",
        "/no",
        "/problems/",
        "/%00",
        "/api/é",
    ] {
        app.anonymous().get(path).await.expect_problem(404, "not_found");
    }
    app.anonymous().get("/problems/no_such_problem").await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn an_id_that_is_no_id_is_400() {
    let app = App::spawn().await;
    let client = app.lecture().await;
    for id in ["x", "0", "-1", "1.5", "9223372036854775808", "+1", "01", "%201", "1%00"] {
        client.get(&format!("/api/patients/{id}")).await.expect_problem(400, "malformed_request");
    }
    client.get("/api/patients/9223372036854775807").await.expect_problem(404, "patient_not_found");
}

#[tokio::test]
async fn another_method_of_a_known_path_is_405_and_names_those_there_are() {
    let app = App::spawn().await;
    let client = app.admin().await;
    let operations = contract().operations();
    for operation in &operations {
        let path = operation.example_path();
        let mut there: Vec<&str> = Vec::new();
        for method in METHODS {
            let own = if method == "HEAD" { "GET" } else { method };
            let documented = operations.iter().any(|other| other.path == operation.path && other.method == own);
            if documented || method == "OPTIONS" {
                there.push(method);
            }
        }
        let asked = client.send(Method::OPTIONS, &path, None).await.expect_status(204);
        assert_eq!(asked.header("allow"), Some(there.join(", ").as_str()), "OPTIONS {path}");
        for method in METHODS.iter().filter(|method| !there.contains(method)) {
            let answer = client.send_raw(method.parse().expect("a method"), &path, None).await.expect_status(405);
            assert_eq!(answer.header("allow"), Some(there.join(", ").as_str()), "{method} {path}");
            if *method != "HEAD" {
                answer.expect_problem(405, "method_not_allowed");
            }
        }
    }
    client.send(Method::OPTIONS, "/no/such/path", None).await.expect_problem(404, "not_found");
    client.send(Method::POST, "/openapi.yaml", None).await.expect_problem(405, "method_not_allowed");
}

#[tokio::test]
async fn the_answer_to_head_is_the_one_to_get_without_its_body() {
    let app = App::spawn().await;
    let client = app.admin().await;
    client.post("/api/patients", &a_patient()).await.expect_status(201);
    let paths = contract().operations().into_iter().filter(|operation| operation.method == "GET");
    for path in paths.map(|operation| operation.example_path()).chain(["/openapi.yaml".into(), "/no/such/path".into()])
    {
        let client = client.header("X-Request-Id", "the-same");
        let (get, head) = (client.get(&path).await, client.send(Method::HEAD, &path, None).await);
        assert_eq!(get.status, head.status, "{path}");
        assert!(!get.text.is_empty(), "{path}");
        for name in
            ["content-type", "content-length", "etag", "cache-control", "content-language", "x-content-type-options"]
        {
            assert_eq!(get.header(name), head.header(name), "{name} of {path}");
        }
    }
}

/// The operations that take a JSON body, without their other demands.
async fn writers(app: &App) -> Vec<(Client, Method, String)> {
    let client = app.admin().await.if_match("*");
    let operations = contract().operations();
    let writers = operations.iter().filter(|operation| operation.takes_json());
    writers.map(|one| (client.clone(), one.method.parse().expect("a method"), one.example_path())).collect()
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused() {
    let app = App::spawn().await;
    for (client, method, path) in writers(&app).await {
        let send =
            async |body: &[u8]| client.send_raw(method.clone(), &path, Some(("application/json", body.to_vec()))).await;
        let depth = [b"{\"a\":".repeat(10_000), b"1".to_vec(), b"}".repeat(10_000)].concat();
        let broken: [&[u8]; 8] =
            [b"", b"{", b"{'a': 1}", b"{\"a\": 1} x", b"{\"a\": \"\xff\"}", b"{\"a\": \"\\ud800\"}", b"nul", &depth];
        for body in broken {
            send(body).await.expect_problem(400, "malformed_request");
        }
        for body in [&b"[]"[..], b"[{\"family_name\": \"Durand\"}]", b"\"text\"", b"1", b"null", b"true"] {
            send(body).await.expect_problem(422, "invalid").expect_fault("", "invalid_type");
        }
    }
}

#[tokio::test]
async fn a_body_of_another_media_type_is_refused() {
    let app = App::spawn().await;
    for (client, method, path) in writers(&app).await {
        let refused = async |media_type: Option<&str>| {
            let client = media_type.map_or(client.clone(), |media_type| client.header("Content-Type", media_type));
            client.send_raw(method.clone(), &path, None).await.expect_problem(415, "unsupported_media_type");
        };
        for media_type in
            ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", "application/xml", ""]
        {
            refused(Some(media_type)).await;
        }
        if contract().find(method.as_str(), &path).is_some_and(Operation::needs_body) {
            refused(None).await;
        }
        if method != Method::PATCH {
            refused(Some("application/merge-patch+json")).await;
        }
        let upper = Some(("Application/JSON; charset=UTF-8", b"{".to_vec()));
        client.send_raw(method.clone(), &path, upper).await.expect_problem(400, "malformed_request");
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_whether_it_says_its_length_or_not() {
    let app = App::spawn().await;
    let token = app.admin().await.token().to_owned();
    let head = format!(
        "POST /api/patients HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
    );
    let mut chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n").into_bytes();
    for _ in 0..512 {
        chunked.extend(b"1000\r\n");
        chunked.extend([b' '; 4096]);
        chunked.extend(b"\r\n");
    }
    let announced = format!("{head}Content-Length: 2097152\r\n\r\n").into_bytes();
    for request in [announced, chunked] {
        let answer = raw(&app.base, &request);
        assert_eq!((answer.status, &answer.body["code"]), (413, &json!("body_too_large")), "{answer:?}");
        assert!(answer.head.contains("content-type: application/problem+json"), "{}", answer.head);
    }
    let whole = Some(("application/json", vec![b' '; 2 * 1024 * 1024]));
    app.admin().await.send_raw(Method::POST, "/api/patients", whole).await.expect_problem(413, "body_too_large");
    let most = Some(("application/json", [b"{}".to_vec(), vec![b' '; 256 * 1024 - 2]].concat()));
    app.admin().await.send_raw(Method::POST, "/api/patients", most).await.expect_problem(422, "invalid");
}

#[tokio::test]
async fn an_accept_header_that_excludes_json_is_406() {
    let app = App::spawn().await;
    let client = app.lecture().await;
    for accept in ["text/html", "application/xml, text/*", "application/json;q=0"] {
        client.header("Accept", accept).get("/api/patients").await.expect_problem(406, "not_acceptable");
    }
    for accept in ["application/json", "text/html, */*;q=0.1", "application/*"] {
        client.header("Accept", accept).get("/api/patients").await.expect_status(200);
    }
}

#[tokio::test]
async fn no_query_parameter_is_ignored() {
    let app = App::spawn().await;
    let client = app.admin().await.if_match("*");
    for operation in contract().operations().iter().filter(|operation| operation.path.starts_with("/api/")) {
        let body = operation.takes_json().then(|| json!({}));
        let path = format!("{}?nonsense=1", operation.example_path());
        let answer = client.send(operation.method.parse().expect("a method"), &path, body.as_ref()).await;
        assert_eq!(answer.status, 400, "{}: {}", operation.id, answer.text);
        answer.expect_problem(400, "invalid_query").expect_fault("nonsense", "unknown_parameter");
    }
}

#[tokio::test]
async fn a_query_parameter_is_known_given_once_and_not_empty() {
    let app = App::spawn().await;
    let client = app.admin().await.if_match("*");
    for operation in contract().operations() {
        for name in operation.query_parameters() {
            let ask = async |query: &str| {
                let path = format!("{}?{query}", operation.example_path());
                client.send(operation.method.parse().expect("a method"), &path, None).await
            };
            let slip = name.chars().enumerate().filter(|(place, _)| *place != 1).map(|(_, c)| c).collect::<String>();
            if !operation.has_parameter(&slip) && name.len() > 3 {
                let answer = ask(&format!("{slip}=1")).await.expect_problem(400, "invalid_query");
                assert_eq!(answer.body["errors"][0]["suggestion"], name, "{slip} of {}", operation.id);
            }
            for empty in [format!("{name}="), format!("{name}=%20"), name.to_owned()] {
                let answer = ask(&empty).await.expect_problem(400, "invalid_query");
                assert!(answer.faults().contains(&(name.to_owned(), "empty_parameter".to_owned())), "{}", answer.text);
            }
            let answer = ask(&format!("{name}=true&{name}=true")).await.expect_problem(400, "invalid_query");
            assert!(answer.faults().contains(&(name.to_owned(), "repeated_parameter".to_owned())), "{}", answer.text);
        }
    }
    let all = client.get("/api/patients?familyname=a&limit=1&limit=2&sex=&count=some").await;
    let faults = all.expect_problem(400, "invalid_query").faults();
    let expected = [
        ("limit", "repeated_parameter"),
        ("count", "invalid_enum"),
        ("sex", "empty_parameter"),
        ("familyname", "unknown_parameter"),
    ];
    assert_eq!(faults, expected.map(|(name, code)| (name.to_owned(), code.to_owned())));
}

#[tokio::test]
async fn a_value_that_a_parameter_cannot_have_is_422() {
    let app = App::spawn().await;
    let client = app.admin().await;
    for (query, name, code) in [
        ("limit=0", "limit", "out_of_range"),
        ("limit=201", "limit", "out_of_range"),
        ("limit=-1", "limit", "invalid_type"),
        ("limit=ten", "limit", "invalid_type"),
        ("limit=%2B5", "limit", "invalid_type"),
        ("count=all", "count", "invalid_enum"),
        ("sort=nothing", "sort", "invalid_enum"),
        ("sort=--id", "sort", "invalid_enum"),
        ("deleted=yes", "deleted", "invalid_enum"),
        ("updated_at=yesterday", "updated_at", "invalid_range"),
    ] {
        for list in ["/api/patients", "/api/studies"] {
            let answer = client.get(&format!("{list}?{query}")).await;
            answer.expect_problem(422, "invalid").expect_fault(name, code);
        }
    }
    let long = "x".repeat(201);
    client.get(&format!("/api/patients?patient_name={long}")).await.expect_fault("patient_name", "too_long");
    client.get("/api/patients?limit=%FF").await.expect_problem(400, "malformed_request");
}

#[tokio::test]
async fn texts_follow_the_language_and_codes_do_not() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let ask = async |accepted: &str| {
        let client = if accepted.is_empty() { client.clone() } else { client.header("Accept-Language", accepted) };
        let answer = client.post("/api/patients", &json!({"famly_name": "x", "sex": "X"})).await;
        answer.expect_problem(422, "invalid")
    };
    let (english, french) = (ask("en").await, ask("fr-FR, en;q=0.5").await);
    assert_eq!((english.header("content-language"), french.header("content-language")), (Some("en"), Some("fr")));
    assert_eq!(english.faults(), french.faults());
    for place in ["/title", "/detail", "/errors/0/message", "/errors/1/message"] {
        let (one, other) = (english.body.pointer(place), french.body.pointer(place));
        assert!(one.is_some() && other.is_some() && one != other, "{place} of {}", french.text);
    }
    assert_eq!(ask("").await.body["title"], english.body["title"]);
    assert_eq!(ask("de").await.body["title"], english.body["title"]);
}

#[tokio::test]
async fn each_kind_of_problem_has_a_page_in_both_languages() {
    let app = App::spawn().await;
    let codes = contract().problem_codes();
    assert!(codes.len() > 20, "{codes:?}");
    for code in codes {
        let page = async |language: &str| {
            let client = app.anonymous().header("Accept-Language", language).header("Accept", "text/html");
            let answer = client.get(&format!("/problems/{code}")).await.expect_status(200);
            assert_eq!(answer.header("content-language"), Some(language), "{code}");
            assert!(
                answer.text.contains(&format!("<html lang=\"{language}\">")) && answer.text.contains(code),
                "{code}"
            );
            answer.text
        };
        assert_ne!(page("fr").await, page("en").await, "{code}");
    }
}

#[tokio::test]
async fn a_request_id_that_is_plain_is_kept_and_another_is_replaced() {
    let app = App::spawn().await;
    for id in ["abc-123", "A.b_c-9", &"x".repeat(64)] {
        for path in ["/health/live", "/no/such/path"] {
            let answer = app.anonymous().header("X-Request-Id", id).get(path).await;
            assert_eq!(answer.header("x-request-id"), Some(id));
        }
    }
    for id in ["", "a b", "<b>", "a;b", "a\tb", "é", "{\"a\":1}", &"x".repeat(65)] {
        let answer = app.anonymous().header("X-Request-Id", id).get("/no/such/path").await;
        let given = answer.header("x-request-id").expect("an id");
        assert_eq!((given.len(), given.split('-').count()), (36, 5), "{id:?} became {given:?}");
    }
    let (one, other) = (app.anonymous().get("/health/live").await, app.anonymous().get("/health/live").await);
    assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
}

#[tokio::test]
async fn a_request_that_takes_too_long_is_given_up() {
    let app = App::spawn_with(|config| config.request_timeout = std::time::Duration::from_millis(200)).await;
    let request =
        b"POST /api/auth/login HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";
    let answer = raw(&app.base, request);
    assert_eq!((answer.status, &answer.body["code"]), (503, &json!("timeout")), "{answer:?}");
    assert!(answer.head.contains("retry-after: 1"), "{}", answer.head);
    assert!(answer.head.contains(&format!("x-request-id: {}", answer.body["request_id"].as_str().expect("an id"))));
}

#[tokio::test]
async fn a_failure_inside_says_nothing_about_the_inside() {
    let app = App::spawn().await;
    let client = app.modification().await;
    app.execute("DROP TABLE study_modality").await;
    app.execute("DROP TABLE search_token").await;
    for answer in [client.get("/api/patients?family_name=dur").await, client.post("/api/patients", &a_patient()).await]
    {
        let answer = answer.expect_problem(500, "internal_error");
        let text = answer.text.to_lowercase();
        for word in ["search_token", "select", "insert", "table", "sql", "lefèvre", "artagnan"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
    assert_eq!(client.get("/api/patients").await.expect_status(200).items(), &Vec::<Value>::new(), "nothing was kept");
}

#[tokio::test]
async fn no_problem_repeats_personal_data() {
    let app = App::spawn().await;
    let client = app.modification().await;
    let mut patient = json!({"patient_id": "ZZ-NUMBER", "family_name": "Zzyzx", "birth_date": "1971-07-17"});
    let created = client.post("/api/patients", &patient).await.expect_status(201);
    let path = format!("/api/patients/{}", created.id());
    let study = json!({"patient_fk": created.id(), "study_date": "1970-01-01", "study_description": "Zzyzx"});
    let mut answers: Vec<Answer> = vec![
        client.post("/api/patients", &patient).await.expect_status(409),
        client.post("/api/studies", &study).await.expect_status(422),
        client.if_match("\"9\"").put(&path, &patient).await.expect_status(412),
        client.get("/api/patients?family_name=Zzyzx&birth_date=Zzyzx").await.expect_status(422),
        client.get("/api/patients?patient_id=ZZ-NUMBER&limit=0").await.expect_status(422),
        client.get("/api/Zzyzx").await.expect_status(404),
        app.anonymous().post("/api/auth/login", &json!({"username": "Zzyzx", "password": ADMIN_PASSWORD})).await,
    ];
    for (name, value) in
        [("family_name", "Zzyzx\\"), ("birth_date", "Zzyzx"), ("sex", "Zzyzx"), ("patient_id", "ZZ-NUMBER\n")]
    {
        patient[name] = json!(value);
        answers.push(client.post("/api/patients", &patient).await.expect_status(422));
    }
    for answer in answers {
        for word in ["Zzyzx", "ZZ-NUMBER", "1971"] {
            assert!(!answer.text.contains(word), "{}", answer.text);
        }
    }
}

#[tokio::test]
async fn values_at_the_edge_of_what_the_engines_can_hold_are_answered() {
    let app = App::spawn().await;
    let client = app.admin().await;
    for (query, status) in [
        ("updated_at=9999-12-31T23:59:59-02:00", 422),
        ("updated_at=0001-01-01T00:00:00%2B01:00..", 422),
        ("updated_at=..9999-12-31", 200),
        ("updated_at=0001..", 200),
        ("birth_date=9999", 200),
    ] {
        client.get(&format!("/api/patients?{query}")).await.expect_status(status);
    }
    let many = vec!["M"; 40_000].join(",");
    let answer = client.post("/api/search", &serde_json::json!({"sex": many})).await.expect_problem(422, "invalid");
    assert_eq!(answer.faults(), [("/sex".to_owned(), "too_long".to_owned())]);
    client.get("/api/patients?sex=M,M,F").await.expect_status(200);
}

#[tokio::test]
async fn a_member_that_stands_there_twice_is_a_mistake() {
    let app = App::spawn().await;
    let client = app.admin().await;
    let body = br#"{"family_name": "A", "family_name": "B"}"#.to_vec();
    let content = Some(("application/json", body));
    client.send_raw(reqwest::Method::POST, "/api/patients", content).await.expect_problem(400, "malformed_request");
}
