//! The filters of the directory as the description of the REST interface shows them.

use utoipa::IntoParams;

/// The filters of the directory. All but the name and the page may be given several times.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it only describes the parameters")]
pub struct DirectoryParams {
    /// Part of the employer's name.
    name: Option<String>,
    /// Countries where its engineers work, ISO 3166-1 alpha-2.
    #[param(example = json!(["DE"]))]
    country: Option<Vec<String>>,
    /// `S`, `M`, `L`, `XL`.
    size: Option<Vec<String>>,
    /// Fields of work, such as `fintech`.
    field: Option<Vec<String>>,
    /// Which page, from 1; a page has 60 employers.
    #[param(minimum = 1, maximum = 10000)]
    page: Option<u32>,
}
