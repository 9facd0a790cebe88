//! What a request carries that nobody may see: keys in its headers or in its query.
//!
//! They are put in at the last moment, so that addresses in errors, logs and results never hold them, and they are sent to the
//! address of the request alone: a request that carries them is not redirected.

use http::{HeaderName, HeaderValue};
use url::Url;

use super::error::{Error, ErrorKind};

/// Headers and query parameters that are sent but never shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    headers: Vec<(HeaderName, HeaderValue)>,
    query: Vec<(String, String)>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(credentials)")
    }
}

impl Credentials {
    /// The same with a parameter of the query.
    #[must_use]
    pub fn in_query(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with a header.
    ///
    /// # Errors
    /// If the value holds what no header may, such as a line break; the value itself is not told.
    pub fn in_header(mut self, name: HeaderName, value: &str) -> Result<Self, Error> {
        let value = HeaderValue::from_str(value.trim()).map_err(|_| {
            let message = format!(
                "The value for the header {name} holds characters that no header may have. Check the key in the configuration."
            );
            Error::new(ErrorKind::BadAddress, "", message)
        })?;
        self.headers.push((name, value));
        Ok(self)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.headers.is_empty() && self.query.is_empty()
    }

    /// The address as it is really called.
    pub(super) fn address(&self, url: &Url) -> Url {
        let mut url = url.clone();
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }

    /// The headers, marked so that nothing on the way writes them down.
    pub(super) fn headers(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        self.headers.iter().cloned().map(|(name, mut value)| {
            value.set_sensitive(true);
            (name, value)
        })
    }
}
