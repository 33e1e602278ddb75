//! Wire types of imports.

use utoipa::{IntoParams, ToSchema};

use super::importer::Mode;
use super::table::Resource;
use crate::http::{FromParameters, Parameters};
use crate::values::FaultCode;

/// Parameters of an import.
#[derive(Clone, Copy, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ImportParameters {
    /// What happens to rows that are registered: `upsert`, which is meant unless said, changes the members that a line has; `create`
    /// refuses them. DICOM files know no mode.
    #[param(value_type = Option<String>, pattern = "^(upsert|create)$", example = "upsert")]
    pub mode: Option<Mode>,
    /// `true` enters all or nothing. Takes a body of 16 MiB at most, and no DICOM files.
    #[param(value_type = Option<bool>)]
    pub atomic: bool,
    /// `true` tells what would become of the rows, and writes nothing. Takes a body of 16 MiB at most.
    #[param(value_type = Option<bool>)]
    pub dry_run: bool,
    /// What lines are about that do not say: lines of NDJSON without `type`, CSV whose heading fits both.
    #[param(value_type = Option<String>, pattern = "^(patient|study)$", rename = "type")]
    pub resource: Option<Resource>,
}

impl FromParameters for ImportParameters {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        let mode = parameters.take("mode", |text| match text {
            "upsert" => Ok(Mode::Upsert),
            "create" => Ok(Mode::Create),
            _ => Err(FaultCode::InvalidEnum),
        });
        let resource = parameters.take("type", |text| match text {
            "patient" => Ok(Resource::Patient),
            "study" => Ok(Resource::Study),
            _ => Err(FaultCode::InvalidEnum),
        });
        Self { mode, atomic: parameters.flag("atomic"), dry_run: parameters.flag("dry_run"), resource }
    }
}

/// A DICOM file (PS3.10).
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "the documentation of a body that is read piece by piece")]
pub struct DicomFile(Vec<u8>);

/// Files in the manner of a form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the documentation of a body that is read piece by piece")]
pub struct ImportForm {
    /// Files of any of the kinds, told by their media types or, failing that, by the ends of their names.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<String>,
}
