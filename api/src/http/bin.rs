//! Query parameters of the bin.

use utoipa::IntoParams;

use super::{FromParameters, Parameters};

/// Whether to look in the bin.
#[derive(Clone, Copy, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Bin {
    /// `true` looks in the bin instead of the registry; needs the role `modification`.
    #[param(value_type = Option<bool>)]
    pub deleted: bool,
}

impl FromParameters for Bin {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        Self { deleted: parameters.flag("deleted") }
    }
}

/// Whether to remove for good.
#[derive(Clone, Copy, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Purge {
    /// `true` removes what lies in the bin for good; needs the role `admin`.
    #[param(value_type = Option<bool>)]
    pub purge: bool,
}

impl FromParameters for Purge {
    fn from_parameters(parameters: &mut Parameters) -> Self {
        Self { purge: parameters.flag("purge") }
    }
}
