//! A real SMTP server for the tests: it asks for a login and keeps each message as a file.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{demo, node, processes, scratch, shell};

/// A running mail server; stopped when dropped.
pub struct Smtp {
    /// Where it listens.
    pub listening: Listening,
    // The server stands before its folder, so that it stops before its files go.
    _server: processes::Server,
    dir: scratch::Scratch,
}

/// What the server prints when it is ready: an address for each way to connect, with user and password.
#[derive(Deserialize)]
pub struct Listening {
    /// Without encryption; STARTTLS is not offered.
    pub smtp: String,
    /// STARTTLS is required before the login.
    pub starttls: String,
    /// TLS from the first byte.
    pub smtps: String,
    /// PEM file of the certificate that the encrypted ones present, for `localhost` and `127.0.0.1`.
    pub certificate: String,
}

impl Smtp {
    /// Installs the server's packages and starts it on free ports.
    pub fn start() -> Result<Self> {
        node::install("xtask/smtp")?;
        let dir = scratch::Scratch::create(&shell::work_dir("run")?, "mail")?;
        let mut command = shell::command("node");
        command.arg("xtask/smtp/server.mjs").arg(dir.path());
        // The server ends when its standard input does, so it cannot outlive us however we end.
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut server = processes::Server::start(&mut command, "TERM")?;
        let line = demo::first_line(&mut server, &shell::work_dir("log")?.join("smtp.log"))?;
        let listening = serde_json::from_str(&line).with_context(|| {
            format!("the mail server should have told where it listens, but said: {line}")
        })?;
        Ok(Self {
            listening,
            _server: server,
            dir,
        })
    }

    /// Where it writes each message, as `NUMBER.eml`, with the envelope in `NUMBER.json`.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }
}
