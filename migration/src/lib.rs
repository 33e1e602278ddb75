//! The history of the schema. One schema change a migration, each safe to run again where it stopped: MariaDB commits every
//! DDL statement, so that a migration can stop half way. Literal names alone: history must not change with the entities.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod columns;
mod m20261122_000001_role;
mod m20261122_000002_user;
mod m20261122_000003_patient;
mod m20261122_000004_study;
mod m20261122_000005_study_modality;
mod m20261122_000006_search_token;
mod m20261122_000007_seed_roles;
mod m20261122_000010_search_token_places;
mod m20261122_000011_search_posting;
mod m20261122_000012_search_text;
mod m20261122_000013_search_word;
mod m20261122_000014_search_variant;
mod m20261122_000015_search_state;
mod m20261122_000020_audit_event;
mod m20261122_000021_record_version;
mod m20261122_000022_audit_seal;
mod m20261122_000030_session;
mod m20261122_000031_refresh_token;
mod m20261122_000032_login_attempt;
mod m20261122_000033_second_factor;
mod m20261122_000040_user_administration;
mod m20261122_000041_api_key;
mod m20261122_000050_statistics;
mod m20261122_000060_bin;
mod m20261122_000070_audit_ways;
mod m20261122_000080_studies_counted;
mod m20261122_000090_signature;
mod m20261123_000100_wider_signature;
mod m20261123_000110_entry_signature;
mod m20261127_000120_search_backlog;
mod m20261127_000130_list_indices;
mod m20261130_000140_rare_values;
mod m20261130_000150_number_of_studies;
mod m20261130_000160_modalities_in_study;

/// The migrations in their order.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_role::Migration),
            Box::new(m20261122_000002_user::Migration),
            Box::new(m20261122_000003_patient::Migration),
            Box::new(m20261122_000004_study::Migration),
            Box::new(m20261122_000005_study_modality::Migration),
            Box::new(m20261122_000006_search_token::Migration),
            Box::new(m20261122_000007_seed_roles::Migration),
            Box::new(m20261122_000010_search_token_places::Migration),
            Box::new(m20261122_000011_search_posting::Migration),
            Box::new(m20261122_000012_search_text::Migration),
            Box::new(m20261122_000013_search_word::Migration),
            Box::new(m20261122_000014_search_variant::Migration),
            Box::new(m20261122_000015_search_state::Migration),
            Box::new(m20261122_000020_audit_event::Migration),
            Box::new(m20261122_000021_record_version::Migration),
            Box::new(m20261122_000022_audit_seal::Migration),
            Box::new(m20261122_000030_session::Migration),
            Box::new(m20261122_000031_refresh_token::Migration),
            Box::new(m20261122_000032_login_attempt::Migration),
            Box::new(m20261122_000033_second_factor::Migration),
            Box::new(m20261122_000040_user_administration::Migration),
            Box::new(m20261122_000041_api_key::Migration),
            Box::new(m20261122_000050_statistics::Migration),
            Box::new(m20261122_000060_bin::Migration),
            Box::new(m20261122_000070_audit_ways::Migration),
            Box::new(m20261122_000080_studies_counted::Migration),
            Box::new(m20261122_000090_signature::Migration),
            Box::new(m20261123_000100_wider_signature::Migration),
            Box::new(m20261123_000110_entry_signature::Migration),
            Box::new(m20261127_000120_search_backlog::Migration),
            Box::new(m20261127_000130_list_indices::Migration),
            Box::new(m20261130_000140_rare_values::Migration),
            Box::new(m20261130_000150_number_of_studies::Migration),
            Box::new(m20261130_000160_modalities_in_study::Migration),
        ]
    }
}
