//! The trail of a request through redirects: limit, circles, and moves for good.

use std::collections::HashSet;

use url::Url;

use super::error::{Error, ErrorKind};

/// Where a request has been, and what it learned of permanent moves on the way.
pub(super) struct Trail {
    start: Url,
    seen: HashSet<String>,
    limit: usize,
    /// Whether every redirect so far was permanent; a permanent one behind a temporary one says nothing of the start.
    all_permanent: bool,
    /// The last address reached by permanent redirects alone.
    pub(super) moved_permanently_to: Option<Url>,
}

impl Trail {
    pub(super) fn new(start: &Url, limit: usize) -> Self {
        Self {
            start: start.clone(),
            seen: HashSet::from([without_fragment(start).to_string()]),
            limit,
            all_permanent: true,
            moved_permanently_to: None,
        }
    }

    /// Follows one redirect from `at`; gives the next address.
    pub(super) fn follow(
        &mut self,
        at: &Url,
        status: u16,
        location: Option<&str>,
    ) -> Result<Url, Error> {
        let failed = |message: String| {
            Error::new(ErrorKind::Redirects, at.as_str(), message).with_status(status)
        };
        let next = location
            .and_then(|location| at.join(location).ok())
            .ok_or_else(|| failed(format!("{at} redirects (status {status}) without a usable target. Check the address in a browser.")))?;
        if !self.seen.insert(without_fragment(&next).to_string()) {
            return Err(failed(format!(
                "{} redirects in a circle, back to {next}. Check the address in a browser.",
                self.start
            )));
        }
        if self.seen.len() > self.limit + 1 {
            return Err(failed(format!(
                "{} redirects more than {} times. Use the address where it ends.",
                self.start, self.limit
            )));
        }
        self.all_permanent &= matches!(status, 301 | 308);
        if self.all_permanent {
            self.moved_permanently_to = Some(next.clone());
        }
        Ok(next)
    }
}

fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}
