//! The parameters of documents in the REST interface.

use serde::Deserialize;
use utoipa::IntoParams;

use super::model::DocumentKind;

/// Which documents.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub struct DocumentParams {
    /// Where the page begins: `next` of the page before.
    pub cursor: Option<String>,
    /// Items of the page, 50 unless given.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// Words of the title or the company.
    pub q: String,
    /// Only this kind.
    #[param(inline)]
    pub kind: Option<DocumentKind>,
    /// Only those for this posting.
    pub posting: Option<i64>,
}

/// Which paragraphs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ParagraphParams {
    /// The kind of letter.
    #[param(inline)]
    pub kind: DocumentKind,
    /// The language, ISO 639-1.
    #[param(example = "en")]
    pub language: String,
}
