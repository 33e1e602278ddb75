//! Patients.

pub mod dto;
pub mod filter;
pub mod history;
pub mod numbers;
mod past;
pub mod queries;
mod routes;

use past::{list_patient_history, revert_patient};
use routes::{
    create_patient, delete_patient, get_patient, list_patients, replace_patient, restore_patient, update_patient,
};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list_patients)
        .service(create_patient)
        .service(get_patient)
        .service(replace_patient)
        .service(update_patient)
        .service(delete_patient)
        .service(restore_patient)
        .service(list_patient_history)
        .service(revert_patient);
}
