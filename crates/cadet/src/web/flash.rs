//! A short message that survives one redirect: "Saved." It travels in a cookie that is cleared once it was shown.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::error::Error;

/// The cookie's name.
pub(super) const COOKIE: &str = "cadet-flash";
/// Longest message in characters; cookies are small.
const LONGEST: usize = 600;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// Whether it tells of a failure.
    pub error: bool,
    /// The text, plain.
    pub text: String,
}

impl Flash {
    /// Something went well.
    pub fn ok(text: impl Into<String>) -> Self {
        Self {
            error: false,
            text: text.into(),
        }
    }

    /// Something did not.
    pub fn error(text: impl Into<String>) -> Self {
        Self {
            error: true,
            text: text.into(),
        }
    }

    /// The icon that goes with it.
    #[must_use]
    pub const fn icon(&self) -> &'static str {
        if self.error {
            "circle-alert"
        } else {
            "circle-check"
        }
    }

    pub(super) fn encode(&self) -> String {
        let short = Self {
            error: self.error,
            text: self.text.chars().take(LONGEST).collect(),
        };
        // A struct of a bool and a string always serialises.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(&short).unwrap_or_default())
    }

    pub(super) fn decode(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }
}

/// The answer to a form: go and look at `to`, with a message.
#[derive(Clone, Debug)]
pub struct Redirect {
    to: String,
    flash: Option<Flash>,
}

impl Redirect {
    /// To a path of this Cadet.
    pub fn to(path: impl Into<String>) -> Self {
        Self {
            to: path.into(),
            flash: None,
        }
    }

    /// With a message.
    #[must_use]
    pub fn with(mut self, flash: Flash) -> Self {
        self.flash = Some(flash);
        self
    }

    /// Back to `path` with `done` or, when the input could not be used, with what was wrong with it. Any other error
    /// is left to the page of errors.
    ///
    /// # Errors
    /// Those that are not about the input.
    pub fn after<T>(result: Result<T, Error>, path: &str, done: &str) -> Result<Self, Error> {
        match result {
            Ok(_) => Ok(Self::to(path).with(Flash::ok(done))),
            Err(error @ (Error::Invalid { .. } | Error::Conflict(_))) => {
                Ok(Self::to(path).with(Flash::error(error.to_string())))
            }
            Err(other) => Err(other),
        }
    }
}

impl IntoResponse for Redirect {
    fn into_response(self) -> Response {
        let to = HeaderValue::from_str(&self.to).unwrap_or(HeaderValue::from_static("/"));
        let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
        if let Some(flash) = self.flash {
            response.extensions_mut().insert(flash);
        }
        response
    }
}

/// A path of this Cadet that a stranger's link may name as where to go next; anything else becomes `/`.
#[must_use]
pub fn local_path(text: &str) -> &str {
    let local = text.starts_with('/')
        && !text.starts_with("//")
        && !text.contains(['\\', '\r', '\n', '\t']);
    if local { text } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_survives_its_cookie() {
        let flash = Flash::error("Já existe <b>");
        assert_eq!(Flash::decode(&flash.encode()), Some(flash));
        assert_eq!(Flash::decode("no base64!"), None);
    }

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for (given, expected) in [
            ("/postings?q=a", "/postings?q=a"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(local_path(given), expected);
        }
    }
}
