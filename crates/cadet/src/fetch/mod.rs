//! Fetch: the one polite and careful HTTP client through which every request to the outside goes.
//!
//! Input: a [`Request`] (an address and what is expected there). Output: an [`Answer`], or an [`Error`] that says what was
//! wrong, where, and what to do. Invariants: private addresses are refused after name resolution and at every redirect,
//! unless the operator allows them; robots.txt is obeyed; no body grows past its limit; every wait has an end.

mod answer;
mod attempt;
mod body;
mod charset;
mod client;
mod credentials;
mod error;
mod guard;
pub mod html;
mod json;
mod pace;
mod redirect;
mod retry;
mod robots;
mod settings;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Posted};
pub use charset::decode;
pub use client::{Accept, Client, Jitter, Request, Robots};
pub use credentials::Credentials;
pub use error::{Error, ErrorKind};
pub use guard::is_public;
pub use http::{HeaderName, HeaderValue};
pub use json::{JsonProblem, parse_json};
pub use settings::Settings;
