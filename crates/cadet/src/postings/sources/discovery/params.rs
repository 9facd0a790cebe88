//! The parameters of the list of proposals in the REST interface.

use serde::Deserialize;
use utoipa::IntoParams;

/// Which proposals.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub struct ProposalParams {
    /// Where the page begins: `next` of the page before.
    pub cursor: Option<String>,
    /// Items of the page, 50 unless given.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// Whether those that were dismissed are wanted in place of the others.
    pub dismissed: Option<bool>,
}
