//! Patientele: a registry of patients and their imaging studies, as a JSON REST API with its contract and web pages.
//!
//! Vertical slices, one folder a resource, over the crates `entity` and `migration`. Routes may call their own `dto` and
//! `queries`, and `auth`, `http`, `error`, `state`; queries know neither HTTP nor wire types. ARCHITECTURE.md says more.

pub mod api_keys;
pub mod audit;
pub mod auth;
pub mod config;
pub mod db;
pub mod error;
#[cfg(test)]
mod explained;
mod exports;
mod files;
mod health;
mod hex;
pub mod housekeeping;
pub mod http;
pub mod imports;
mod interface;
mod keyset;
pub mod openapi;
mod patients;
mod problems;
mod recent;
pub mod roles;
pub mod search;
pub mod second_factors;
pub mod server;
pub mod sessions;
pub mod state;
mod statistics;
mod studies;
pub mod users;
pub mod values;
