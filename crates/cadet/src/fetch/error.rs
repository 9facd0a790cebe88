//! Why a request failed, in words for the person who configured the address.

use std::error::Error as StdError;
use std::io;

use url::Url;

use super::guard::Refused;
use crate::clock::Timestamp;

/// Kinds of failure of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// Name not resolved, refused, reset.
    Unreachable,
    /// Took longer than allowed, as a whole or between two bytes.
    Timeout,
    /// 404 or 410.
    NotFound,
    /// 401, 403, 451 or a bot wall.
    Denied,
    /// robots.txt forbids it.
    Robots,
    /// 429, after the retries.
    RateLimited,
    /// 5xx, after the retries.
    ServerError,
    /// A status, or a redirect, that is not expected here.
    UnexpectedStatus,
    /// Redirected too often, or in a circle.
    Redirects,
    /// The address, or one it redirects to, is private.
    PrivateAddress,
    /// More bytes than allowed, after decompression.
    TooLarge,
    /// The connection ended before the body did.
    Truncated,
    /// The body is not what it should be.
    Malformed,
    /// The address itself makes no sense.
    BadAddress,
}

impl ErrorKind {
    /// Whether further requests to the same host are pointless or impolite for now.
    #[must_use]
    pub fn concerns_whole_host(self) -> bool {
        matches!(
            self,
            Self::RateLimited | Self::Denied | Self::Unreachable | Self::PrivateAddress
        )
    }
}

/// A request that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What kind of failure.
    pub kind: ErrorKind,
    /// What was wrong, where, and what to do.
    pub message: String,
    /// The address that failed.
    pub url: String,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// When the server asks to be tried again, if it says so.
    pub retry_at: Option<Timestamp>,
}

impl Error {
    /// A failure of `kind` at `url`.
    pub fn new(kind: ErrorKind, url: &str, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            url: url.to_owned(),
            status: None,
            retry_at: None,
        }
    }

    /// The same with the HTTP status of the answer.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    pub(super) fn too_large(url: &Url, limit: u64) -> Self {
        let message = format!(
            "{url} sent more than the {limit} bytes that one answer may have after decompression; nothing of it was kept. \
             Check that the address is a list of postings."
        );
        Self::new(ErrorKind::TooLarge, url.as_str(), message)
    }

    /// What a status that is not a success means.
    pub(super) fn of_status(url: &Url, status: u16, challenged: bool) -> Self {
        let (kind, message) = match status {
            _ if challenged => (
                ErrorKind::Denied,
                format!(
                    "{url} answers {status} with a check for browsers, which a program cannot pass. Use another source for this employer."
                ),
            ),
            404 | 410 => (
                ErrorKind::NotFound,
                format!(
                    "{url} does not exist (status {status}); it was removed or renamed. Look up its new address and add that."
                ),
            ),
            401 | 403 | 451 => (
                ErrorKind::Denied,
                format!(
                    "{url} refuses access (status {status}); it needs a login or keeps programs out. Use another source for this employer."
                ),
            ),
            429 => (
                ErrorKind::RateLimited,
                format!("{url} asks for fewer requests (status 429); it is tried again later."),
            ),
            500..=599 => (
                ErrorKind::ServerError,
                format!("{url} failed on its side (status {status}); it is tried again later."),
            ),
            _ => (
                ErrorKind::UnexpectedStatus,
                format!(
                    "{url} answered with status {status}, which is not expected here. Check the address in a browser."
                ),
            ),
        };
        Self::new(kind, url.as_str(), message).with_status(status)
    }

    /// What a redirect means that answers a question with another page.
    pub(super) fn turned_away(url: &Url, status: u16, location: Option<&str>) -> Self {
        let to = location.map(|to| format!(" to {to}")).unwrap_or_default();
        let message = format!(
            "{url} sends programs elsewhere (status {status}{to}) instead of answering; it keeps them out or is under maintenance. \
             It is tried again later; if it stays so, use another source for this employer."
        );
        Self::new(ErrorKind::Denied, url.as_str(), message).with_status(status)
    }

    /// What a redirect means that answers a request which carries a key.
    pub(super) fn redirected_with_key(url: &Url, status: u16) -> Self {
        let message = format!(
            "{url} redirects (status {status}), and a request that carries a key is not sent elsewhere. Check the endpoint in the configuration."
        );
        Self::new(ErrorKind::UnexpectedStatus, url.as_str(), message).with_status(status)
    }

    /// What a failure of the transport means.
    pub(super) fn of_transport(url: &Url, error: &reqwest::Error) -> Self {
        if let Some(refused) = causes(error).find_map(|cause| cause.downcast_ref::<Refused>()) {
            return refused.at(url);
        }
        let cause = causes(error)
            .last()
            .map(ToString::to_string)
            .unwrap_or_default();
        let broke_off = causes(error)
            .filter_map(|cause| cause.downcast_ref::<io::Error>())
            .any(|cause| {
                matches!(
                    cause.kind(),
                    io::ErrorKind::UnexpectedEof
                        | io::ErrorKind::ConnectionReset
                        | io::ErrorKind::BrokenPipe
                )
            });
        let (kind, message) = if error.is_timeout() {
            (
                ErrorKind::Timeout,
                format!(
                    "{url} took longer than allowed ({cause}); it is tried again at the next poll."
                ),
            )
        } else if error.is_connect() {
            (
                ErrorKind::Unreachable,
                format!("{url} cannot be reached ({cause}). Check the address and the network."),
            )
        } else if broke_off {
            (
                ErrorKind::Truncated,
                format!(
                    "{url} ended the connection before the answer was complete; nothing of it was kept."
                ),
            )
        } else if error.is_decode() {
            (
                ErrorKind::Malformed,
                format!("{url} sent a body that cannot be decompressed ({cause})."),
            )
        } else if error.is_body() {
            (
                ErrorKind::Truncated,
                format!(
                    "{url} broke off in the middle of the answer ({cause}); nothing of it was kept."
                ),
            )
        } else if error.is_builder() {
            (
                ErrorKind::BadAddress,
                format!("{url} cannot be requested ({cause}). Check the address."),
            )
        } else {
            (
                ErrorKind::Unreachable,
                format!(
                    "{url} gave no proper answer ({cause}). Check the address and the network."
                ),
            )
        };
        Self::new(kind, url.as_str(), message)
    }
}

/// The error and all that caused it, outermost first.
pub(super) fn causes<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |error| (*error).source())
}
