//! The contract is the code's, and keeps its own rules.

use std::collections::BTreeSet;

use crate::harness::contract;

#[test]
fn the_committed_contract_is_the_one_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml");
    let generated = patientele::openapi::yaml().expect("the contract is written");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    let changed = generated.lines().zip(committed.lines()).find(|(new, old)| new != old);
    assert!(
        generated == committed,
        "openapi.yaml is not what the code says; first difference: {changed:?}; run: cargo run -- openapi > openapi.yaml"
    );
}

#[test]
fn operations_are_named_once_and_described() {
    let mut ids = BTreeSet::new();
    for operation in contract().operations() {
        let id = &operation.id;
        assert!(ids.insert(id.clone()), "{id} is there twice");
        assert!(!operation.definition["summary"].as_str().unwrap_or_default().is_empty(), "{id} has no summary");
        assert!(
            !operation.definition["description"].as_str().unwrap_or_default().is_empty(),
            "{id} has no description"
        );
        assert_eq!(operation.definition["tags"].as_array().map(Vec::len), Some(1), "{id} has one tag");
    }
}

#[test]
fn bodies_say_that_nothing_unknown_is_taken() {
    let contract = contract();
    let mut bodies = 0;
    for operation in contract.operations().iter().filter(|operation| operation.takes_json()) {
        let schema = &operation.definition["requestBody"]["content"]["application/json"]["schema"];
        let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
        let name = name.unwrap_or_else(|| panic!("the body of {} has no name", operation.id));
        let schema = &contract.document["components"]["schemas"][name];
        // Of members with a rule that ties them together, the first part.
        let members = schema.pointer("/allOf/0").unwrap_or(schema);
        assert_eq!(members["additionalProperties"], false, "{name}, the body of {}, is not closed", operation.id);
        bodies += 1;
    }
    assert!(bodies > 10);
}
