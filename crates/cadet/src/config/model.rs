//! Settings of the language model that may propose wordings.

use serde::{Deserialize, Serialize};

use super::Secret;

/// A language model with an OpenAI-compatible interface, off unless an address is given. It proposes wordings of single bullets,
/// which pass the gate and wait for approval; nothing else is sent to it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The interface's address, such as `http://127.0.0.1:11434/v1`. A private address may be reached because it stands here.
    pub url: Option<String>,
    /// The model's name there.
    pub name: String,
    /// The key, if the interface asks for one.
    pub key: Option<Secret>,
}
