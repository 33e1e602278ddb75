//! Accounts.

pub mod bootstrap;
pub mod queries;
