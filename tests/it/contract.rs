//! The contract is the code's, and keeps its own rules.

use std::collections::BTreeSet;

use crate::harness::contract;

#[test]
fn the_committed_contract_is_the_one_of_the_code() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../openapi.yaml");
    let generated = patientele::openapi::yaml().expect("the contract is written");
    if std::env::var_os("UPDATE_CONTRACT").is_some() {
        std::fs::write(path, &generated).expect("openapi.yaml can be written");
    }
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
