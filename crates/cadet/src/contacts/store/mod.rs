//! All queries on contacts, their logs, companies, events and joinings. Whoever acts gives the owner.

pub mod companies;
pub mod events;
pub mod log;
pub mod merges;
pub mod people;
pub mod promises;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::internal)
}
