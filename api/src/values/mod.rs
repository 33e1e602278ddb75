//! The value rules of the registry's fields: what each DICOM value representation allows, whoever sends it.
//!
//! Every function takes text as it came and gives the stored form, or the [`FaultCode`] that names what is wrong.
//! The API reports the fault; the importer drops the value with a warning.
//! Source: DICOM PS3.5 section 6.2 (value representations).

mod calendar;
mod code;
mod hit_fields;
mod identifiers;
mod person_name;
mod range;
mod text;

pub use calendar::{
    Instant, birth_date, date, date_text, instant, instant_text, now, study_date, time_of_day, time_text, today,
};
pub use code::FaultCode;
pub use hit_fields::HIT_FIELDS;
pub use identifiers::{new_patient_number, new_uid};
pub use person_name::{PersonName, name_component, name_group, person_name};
pub use range::{DateRange, InstantRange, Range};
pub use text::{code_string, composed, identifier, line, lines, network, short, uid, username};
