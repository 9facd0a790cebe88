//! How mailboxes with alert mails are read.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Secret;

/// How mailboxes with alert mails are read. Which ones is said by the sources (`imaps://user@host/Folder`).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    /// The password with which mailboxes are opened.
    pub password: Option<Secret>,
    /// A command that prints the password, if it is not given itself.
    pub password_command: Option<String>,
    /// PEM file of the authority that signed the mail server's certificate, if the system does not know it.
    pub certificate: Option<PathBuf>,
    /// Days that the first look into a mailbox goes back.
    pub days: u32,
    /// Whether new mail is waited for, so that it is read soon after it arrives.
    pub wait: bool,
}

impl Default for Mailbox {
    fn default() -> Self {
        Self {
            password: None,
            password_command: None,
            certificate: None,
            days: 60,
            wait: true,
        }
    }
}
