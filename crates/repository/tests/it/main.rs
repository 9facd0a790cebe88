//! Scans of repositories that the tests make with the `git` command.
#![expect(
    clippy::unwrap_used,
    reason = "in a test, what is not there ends the test"
)]

mod hostile;
mod scanning;
mod support;
mod verifying;
