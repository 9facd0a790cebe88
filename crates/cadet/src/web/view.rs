//! A template as an answer.

use askama::Template;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::error::Error;

/// A page or a part of one, from its template.
#[derive(Clone, Copy, Debug)]
pub struct View<T>(pub T);

impl<T: Template> IntoResponse for View<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => {
                let kind = HeaderValue::from_static("text/html; charset=utf-8");
                ([(header::CONTENT_TYPE, kind)], html).into_response()
            }
            Err(cause) => Error::internal(cause).into_response(),
        }
    }
}
