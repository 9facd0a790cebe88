//! One hop of a request: attempts at one address until it answers, redirects or fails for good.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, LOCATION};
use url::Url;

use super::answer::{Answer, validators_of};
use super::body::{self, Overflow};
use super::client::Inner;
use super::credentials::Credentials;
use super::error::Error;
use super::retry::{self, Next};

/// What to send to one address, and how to read it.
pub(super) struct HopRequest<'a> {
    pub(super) url: &'a Url,
    /// What is sent along but never shown.
    pub(super) credentials: Option<&'a Credentials>,
    pub(super) headers: &'a HeaderMap,
    /// A question to be posted. Only for interfaces at which a POST reads, so that trying again does no harm.
    pub(super) question: Option<&'a Bytes>,
    pub(super) conditional: bool,
    pub(super) limit: u64,
    pub(super) overflow: Overflow,
}

/// What one address gave.
pub(super) enum Hop {
    Answer(Box<Answer>),
    Redirect {
        status: u16,
        location: Option<String>,
    },
}

/// A failed attempt and how long the server asks to wait.
struct Failure {
    error: Error,
    retry_after: Option<Duration>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self {
            error,
            retry_after: None,
        }
    }
}

impl Inner {
    /// Attempts until there is an answer, at most `retries` times after the first. The URL has passed the guard.
    pub(super) async fn hop(&self, request: &HopRequest<'_>, retries: u32) -> Result<Hop, Error> {
        let mut attempt = self.settings.retries.saturating_sub(retries);
        loop {
            let failure = match self.attempt(request).await {
                Ok(hop) => return Ok(hop),
                Err(failure) => failure,
            };
            match retry::next(
                &self.settings,
                &failure.error,
                failure.retry_after,
                attempt,
                (self.jitter)(),
            ) {
                Next::Wait(wait) => {
                    tracing::debug!(url = %request.url, ?wait, error = %failure.error, "trying again");
                    if failure.retry_after.is_some() {
                        self.pace.pause(request.url, wait);
                    }
                    tokio::time::sleep(wait).await;
                    attempt += 1;
                }
                Next::GiveUp => {
                    let mut error = failure.error;
                    error.retry_at = failure
                        .retry_after
                        .map(|wait| retry::after(self.clock.now(), wait));
                    return Err(error);
                }
            }
        }
    }

    async fn attempt(&self, request: &HopRequest<'_>) -> Result<Hop, Failure> {
        let url = request.url;
        let client = self.transport(url).await?;
        let _turn = self.pace.turn(url).await;
        let called = request
            .credentials
            .map_or_else(|| url.clone(), |credentials| credentials.address(url));
        let asked = match request.question {
            Some(question) => client.post(called).body(question.clone()),
            None => client.get(called),
        };
        let sent = asked.headers(request.headers.clone()).send().await;
        // The transport's own errors hold the address as it was called.
        let response = sent.map_err(|error| Error::of_transport(url, &error.without_url()))?;
        let status = response.status();
        let code = status.as_u16();
        if matches!(code, 301 | 302 | 303 | 307 | 308) {
            let location = response
                .headers()
                .get(LOCATION)
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
            return Ok(Hop::Redirect {
                status: code,
                location,
            });
        }
        let not_modified = code == 304 && request.conditional;
        if !status.is_success() && !not_modified {
            let challenged = response
                .headers()
                .get("cf-mitigated")
                .is_some_and(|value| value.as_bytes() == b"challenge");
            return Err(Failure {
                error: Error::of_status(url, code, challenged),
                retry_after: self
                    .retry_after(response.headers())
                    .filter(|_| matches!(code, 429 | 500..=599) && !challenged),
            });
        }
        let validators = validators_of(response.headers());
        let content_type = content_type_of(response.headers());
        let body = match not_modified {
            true => Bytes::new(),
            false => body::read(url, response, request.limit, request.overflow).await?,
        };
        Ok(Hop::Answer(Box::new(Answer {
            status: code,
            final_url: url.clone(),
            not_modified,
            validators,
            moved_permanently_to: None,
            content_type,
            body,
        })))
    }
}

pub(super) fn content_type_of(headers: &HeaderMap) -> Option<String> {
    headers
        .get(CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}
