//! A server to test, clients that check what they are answered, and things to send.

mod app;
mod client;
mod contract;
mod database;
mod dicom;
mod fixtures;
mod program;
mod proxy;
mod raw;
mod token;

pub use app::{ADMIN_PASSWORD, App};
pub use client::{Answer, Client, soon, until};
pub use contract::{Operation, contract};
pub use database::{TestDatabase, is_embedded, texts};
pub use dicom::{files_under, pydicom_data, write_dicom_json};
pub use fixtures::{a_patient, a_study, ids, named};
pub use patientele::auth::RoleName;
pub use patientele::config::{Config, Secret};
pub use program::{Served, bare, configured, program};
pub use proxy::Proxy;
pub use raw::raw;
pub use token::{claims, sign, sign_with};
