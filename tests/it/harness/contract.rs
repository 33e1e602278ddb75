//! The contract as the tests read it: from the committed file, as a client would.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

use jsonschema::Validator;
use serde_json::{Value, json};

/// The committed contract.
pub struct Contract {
    pub document: Value,
    operations: Vec<Operation>,
    validators: Mutex<HashMap<String, &'static Validator>>,
}

/// One operation of the contract.
#[derive(Clone, Debug)]
pub struct Operation {
    pub method: String,
    pub path: String,
    pub id: String,
    /// The role it needs; none for public operations.
    pub role: Option<String>,
    pub definition: Value,
}

/// The contract, read once.
pub fn contract() -> &'static Contract {
    static CONTRACT: OnceLock<Contract> = OnceLock::new();
    CONTRACT.get_or_init(|| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml");
        let text = std::fs::read_to_string(path).expect("openapi.yaml is committed");
        let document = yaml_serde::from_str(&text).expect("openapi.yaml is YAML");
        Contract { operations: Contract::read_operations(&document), document, validators: Mutex::default() }
    })
}

impl Operation {
    /// Its path with something in the place of every placeholder.
    pub fn example_path(&self) -> String {
        self.path.replace("{id}", "1").replace("{session_id}", "1").replace("{code}", "invalid")
    }

    /// Whether an API key may do it.
    pub fn is_for_keys(&self) -> bool {
        let security = self.definition["security"].as_array().map(Vec::as_slice).unwrap_or_default();
        security.iter().any(|requirement| requirement.get("api_key").is_some())
    }

    /// Whether it has a query parameter of this name.
    pub fn has_parameter(&self, name: &str) -> bool {
        self.query_parameters().contains(&name)
    }

    /// The names of its query parameters.
    pub fn query_parameters(&self) -> Vec<&str> {
        let parameters = self.definition["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
        let in_query = parameters.iter().filter(|parameter| parameter["in"] == "query");
        in_query.filter_map(|parameter| parameter["name"].as_str()).collect()
    }

    /// Whether it cannot be done without a body.
    pub fn needs_body(&self) -> bool {
        self.definition["requestBody"]["required"] == true
    }

    /// Whether it takes a JSON body.
    pub fn takes_json(&self) -> bool {
        self.definition["requestBody"]["content"]["application/json"].is_object()
    }
}

impl Contract {
    /// Every operation.
    pub fn operations(&self) -> Vec<Operation> {
        self.operations.clone()
    }

    fn read_operations(document: &Value) -> Vec<Operation> {
        let paths = document["paths"].as_object().expect("paths");
        let mut operations = Vec::new();
        for (path, item) in paths {
            for (method, definition) in item.as_object().expect("a path item") {
                operations.push(Operation {
                    method: method.to_uppercase(),
                    path: path.clone(),
                    id: definition["operationId"].as_str().expect("an operationId").to_owned(),
                    role: definition["x-required-role"].as_str().map(str::to_owned),
                    definition: definition.clone(),
                });
            }
        }
        operations
    }

    /// Every kind of problem that has a page.
    pub fn problem_codes(&self) -> Vec<&str> {
        let parameter = &self.document["paths"]["/problems/{code}"]["get"]["parameters"][0];
        let codes = parameter["schema"]["enum"].as_array().expect("the codes are listed");
        codes.iter().filter_map(Value::as_str).collect()
    }

    /// The operation that a request is one of.
    pub fn find(&self, method: &str, path: &str) -> Option<&Operation> {
        let same = |template: &str| {
            let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
            template.len() == path.len()
                && template.iter().zip(&path).all(|(t, p)| t == p || t.starts_with('{') && !p.is_empty())
        };
        let found = self.operations.iter().filter(|operation| operation.method == method && same(&operation.path));
        // A path without placeholders is meant before one with.
        found.min_by_key(|operation| operation.path.matches('{').count())
    }

    /// Holds an answer against the contract.
    ///
    /// # Panics
    /// When the status, the media type or the body is not what the contract says.
    pub fn check(&self, method: &str, path: &str, status: u16, media_type: Option<&str>, body: &[u8]) {
        let context = || format!("{method} {path} answered {status} {media_type:?}: {}", String::from_utf8_lossy(body));
        let Some(operation) = self.find(method, path) else {
            let free = method == "OPTIONS" || !path.starts_with("/api");
            assert!(status >= 400 || free, "not in the contract: {}", context());
            if status >= 400 {
                assert_eq!(media_type, Some("application/problem+json"), "{}", context());
                self.check_schema(&json!({"$ref": "#/components/schemas/Problem"}), body, &context());
            }
            return;
        };
        let response = &operation.definition["responses"][status.to_string()];
        assert!(response.is_object(), "status {status} is not in the contract: {}", context());
        let Some(bodies) = response["content"].as_object() else {
            assert!(body.is_empty(), "no body in the contract: {}", context());
            return;
        };
        let definition = media_type.and_then(|media_type| bodies.get(media_type));
        let definition = definition.unwrap_or_else(|| panic!("media type not in the contract: {}", context()));
        match media_type {
            // Each line is one of the schema; the first hundred stand for all.
            Some("application/x-ndjson") => {
                for line in body.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).take(100) {
                    self.check_schema(&definition["schema"], line, &context());
                }
            }
            Some(media_type) if media_type.ends_with("json") => {
                self.check_schema(&definition["schema"], body, &context());
            }
            _ => {}
        }
    }

    fn check_schema(&self, schema: &Value, body: &[u8], context: &str) {
        let body: Value = serde_json::from_slice(body).unwrap_or_else(|error| panic!("{error}: {context}"));
        let faults: Vec<String> = self.validator(schema).iter_errors(&body).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "breaks the contract: {faults:?}: {context}");
    }

    fn validator(&self, schema: &Value) -> &'static Validator {
        let mut validators = self.validators.lock().expect("no test panics while it holds the lock");
        validators.entry(schema.to_string()).or_insert_with(|| {
            let mut root = schema.clone();
            root["components"] = self.document["components"].clone();
            let validator = jsonschema::options().should_validate_formats(true).build(&root);
            Box::leak(Box::new(validator.expect("the contract's schemas are schemas")))
        })
    }
}
