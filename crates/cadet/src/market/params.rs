//! The parameters of the market as the description of the REST interface shows them.

use utoipa::IntoParams;

use super::model::{BackendScope, InternshipScope};

/// Of which postings the market is told. [`super::model::MarketQuery`] reads them.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it only describes the parameters")]
pub struct MarketParams {
    /// A country, ISO 3166-1 alpha-2; all unless given.
    #[param(example = "DE")]
    country: Option<String>,
    /// `yes`: the posting says so; `maybe`: or may well be, which is the rule; `any`.
    #[param(inline)]
    backend: Option<BackendScope>,
    /// `yes`, which is the rule, `no` or `any`.
    #[param(inline)]
    internship: Option<InternshipScope>,
}
