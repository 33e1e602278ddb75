//! Black-box tests: a real server, real HTTP, one database a test, every answer held against the contract.
//!
//! Without `TEST_DATABASE_URL` each test has an SQLite file of its own; with `mysql://root@host:port` a database of its own on
//! that server. No test knows which one it has.

mod harness;

mod auth;
mod contract;
mod health;
mod patients;
mod search;
