//! The parameters of a search as the description of the REST interface shows them.

use utoipa::IntoParams;

/// The parameters of a search; those that are lists may be given several times. [`super::query::PostingQuery`] reads them.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it only describes the parameters")]
pub struct SearchParams {
    /// Words; "phrases", -not, OR, field:value, prefix*.
    #[param(example = "backend java")]
    q: Option<String>,
    /// Employers, as shown.
    company: Option<Vec<String>>,
    /// Countries, ISO 3166-1 alpha-2.
    #[param(example = json!(["DE"]))]
    country: Option<Vec<String>>,
    /// Cities.
    city: Option<Vec<String>>,
    /// `remote`, `hybrid`, `on-site`.
    workplace: Option<Vec<String>>,
    /// Terms such as `Summer 2027`.
    term: Option<Vec<String>>,
    /// Skill ids.
    skill: Option<Vec<String>>,
    /// Source ids.
    source: Option<Vec<String>>,
    /// `explicit`, `plausible`, `no`.
    backend: Option<Vec<String>>,
    /// Languages of the text, ISO 639-1.
    language: Option<Vec<String>>,
    /// What is said of visas: `offered`, `not-offered`, `citizens-only`, `authorisation-required`.
    sponsorship: Option<Vec<String>>,
    /// When work begins: `now`, a year, month or day such as `2027-06`.
    start: Option<Vec<String>>,
    /// `open`, `closed` or `any`; any unless given.
    status: Option<String>,
    /// `yes`: internships only; `no`: the others only.
    internship: Option<String>,
    /// `yes`: paid only; `no`: unpaid only.
    paid: Option<String>,
    /// `yes`: applications are read as they come.
    rolling: Option<String>,
    /// Posted within so many days.
    #[param(minimum = 1, maximum = 3650)]
    within: Option<u32>,
    /// Fitting you at least so well, from 0 to 1.
    #[param(minimum = 0, maximum = 1)]
    fit: Option<f32>,
    /// `relevance`, `posted`, `seen`, `closing`, or `fit`: what fits you best first.
    sort: Option<String>,
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
    /// Rows of the page, 50 unless given.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}
