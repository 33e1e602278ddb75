//! Black-box tests: a real server, real HTTP, one database a test, every answer held against the contract.
//!
//! Without `TEST_DATABASE_URL` each test has an SQLite file of its own; with `mysql://root@host:port` a database of its own on
//! that server. What is about one engine alone does nothing on the other.

#![expect(clippy::expect_used, reason = "a test ends by a panic")]
#![expect(clippy::disallowed_methods, reason = "TEST_DATABASE_URL and its like are the tests' own, not the server's")]

mod harness;

mod api_keys;
mod architecture;
mod attacks;
mod audit;
mod auth;
mod authz;
mod cli;
mod conflicts;
mod contract;
mod documentation;
mod exports;
mod hardening;
mod health;
mod history;
mod imports;
mod interface;
mod migrations;
mod overtaken;
mod patient_lists;
mod patients;
mod problems;
mod readme;
mod seals;
mod search;
mod search_index;
mod search_long;
mod search_oracle;
mod search_parameters;
mod second_factor;
mod sessions;
mod sign_in_limits;
mod statistics;
mod studies;
mod study_lists;
mod users;
