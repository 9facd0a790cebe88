//! Check of the mail server: whether it answers and takes the login.

use std::time::Duration;

use lettre::{AsyncSmtpTransport, Tokio1Executor};
use url::Url;

use crate::operations::model::Check;
use crate::state::Ctx;

/// A mail server that does not greet within this time is taken as not there.
const PATIENCE: Duration = Duration::from_secs(10);
const NAME: &str = "mail";

/// Connects and signs in, without sending anything.
pub(super) async fn server(ctx: &Ctx) -> Check {
    let mail = &ctx.config.mail;
    let Some(url) = &mail.smtp_url else {
        return Check::ok(
            NAME,
            "No mail server is configured, so nothing is sent by mail.",
        );
    };
    if mail.from.is_none() {
        let seen = "A mail server is configured, but no sender.";
        return Check::failed(NAME, seen, "Set mail.from: \"Cadet <cadet@example.org>\".");
    }
    // The library's message could repeat the address with its password.
    let transport = with_starttls(&url.0)
        .and_then(|url| AsyncSmtpTransport::<Tokio1Executor>::from_url(&url).ok());
    let Some(transport) = transport else {
        let advice = "Set mail.smtp_url to something like smtps://user:password@mail.example.org.";
        return Check::failed(NAME, "The mail server's address cannot be used.", advice);
    };
    let transport: AsyncSmtpTransport<Tokio1Executor> = transport.timeout(Some(PATIENCE)).build();
    match transport.test_connection().await {
        Ok(true) => Check::ok(NAME, "The mail server answers and takes the login."),
        Ok(false) => refused("it hangs up"),
        Err(cause) => refused(&cause.to_string()),
    }
}

fn refused(why: &str) -> Check {
    Check::failed(
        NAME,
        format!("The mail server cannot be used: {why}."),
        "Check mail.smtp_url: scheme, host, port, user and password; and that the machine may reach it.",
    )
}

/// `smtp://` means STARTTLS where it is offered, unless the address says otherwise.
fn with_starttls(url: &str) -> Option<String> {
    let mut url = Url::parse(url).ok()?;
    let decided = url.query_pairs().any(|(name, _)| name == "tls");
    if url.scheme() == "smtp" && !decided {
        url.query_pairs_mut().append_pair("tls", "opportunistic");
    }
    Some(url.into())
}
