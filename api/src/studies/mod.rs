//! Imaging studies.

pub mod dto;
pub mod filter;
pub mod history;
mod past;
pub mod queries;
mod routes;

use past::{list_study_history, revert_study};
use routes::{
    create_study, delete_study, get_study, list_patient_studies, list_studies, replace_study, restore_study,
    update_study,
};
use utoipa_actix_web::service_config::ServiceConfig;

/// Mounts and documents the slice's operations.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(list_studies)
        .service(list_patient_studies)
        .service(create_study)
        .service(get_study)
        .service(replace_study)
        .service(update_study)
        .service(delete_study)
        .service(restore_study)
        .service(list_study_history)
        .service(revert_study);
}
