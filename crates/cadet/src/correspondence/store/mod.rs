//! All queries on drafts, answers and mailboxes. Whoever acts for a person gives the owner.

pub mod drafts;
pub mod mailboxes;
pub mod replies;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}
