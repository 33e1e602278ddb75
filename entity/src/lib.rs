//! The tables of the registry as SeaORM entities, one file a table. No drivers, no HTTP.

pub mod api_key;
pub mod audit_checkpoint;
pub mod audit_event;
pub mod audit_seal;
pub mod audit_verification;
pub mod login_attempt;
pub mod patient;
pub mod record_version;
pub mod recovery_code;
pub mod refresh_token;
pub mod role;
pub mod search_backlog;
pub mod search_posting;
pub mod search_settled;
pub mod search_state;
pub mod search_text;
pub mod search_token;
pub mod search_variant;
pub mod search_word;
pub mod second_factor;
pub mod session;
pub mod statistics;
pub mod study;
pub mod study_modality;
pub mod user;
