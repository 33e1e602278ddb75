//! A server to test, clients that check what they are answered, and things to send.

mod app;
mod client;
mod contract;
mod database;
mod fixtures;

pub use app::{ADMIN_PASSWORD, App};
pub use client::{Answer, Client};
pub use contract::{Operation, contract};
pub use fixtures::{a_patient, a_study};
