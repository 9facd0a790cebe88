//! What can go wrong between data and pages.

use thiserror::Error;

/// Why there are no pages.
#[derive(Debug, Error)]
pub enum RenderError {
    /// The language of the document is no language tag.
    #[error("`{0}` is no language: give a tag such as `en`, `de` or `pt-BR`")]
    Language(String),
    /// The date of the document is not in the calendar.
    #[error(
        "{year}-{month}-{day} is no date: give one of the calendar between the years 1 and 9999"
    )]
    Date {
        /// The year.
        year: i32,
        /// The month.
        month: u8,
        /// The day.
        day: u8,
    },
    /// The data is not of the template's kind.
    #[error("the data does not fit the template `{template}`: {reason}")]
    Data {
        /// The template's name.
        template: &'static str,
        /// What is wrong, where, and what to do.
        reason: String,
    },
    /// An attachment cannot be attached.
    #[error("the attachment `{name}` cannot be attached: {reason}")]
    Attachment {
        /// Its name.
        name: String,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// The template could not be set.
    #[error("{place}: {message}{hints}")]
    Template {
        /// File and line, such as `classic.typ:12`.
        place: String,
        /// What the typesetter says.
        message: String,
        /// What it says can be done; begins with a line break where there is something.
        hints: String,
    },
}
