//! Refuses requests under foreign host names in a single-user Cadet. A page elsewhere can make its own name resolve to
//! 127.0.0.1 and then read our answers as its own (DNS rebinding); it cannot change the name that the browser sends.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::Web;
use super::respond::Problem;
use crate::config::Server;

/// The layer.
pub(super) async fn check(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST);
    let host = host.and_then(|value| value.to_str().ok()).unwrap_or("");
    if web.app.config.server.multi_user || is_ours(&web.app.config.server, host) {
        return next.run(request).await;
    }
    Problem::new(
        StatusCode::MISDIRECTED_REQUEST,
        "foreign-host",
        "This Cadet does not answer to that host name. Open it by its address, or set server.public_url to the name that you use.",
    )
    .into_response()
}

/// Whether `host` (with or without port) is an address, this machine's own name, or the configured one.
fn is_ours(server: &Server, host: &str) -> bool {
    let name = name_of(host);
    let public = server
        .public_url
        .as_deref()
        .and_then(|url| url::Url::parse(url).ok())
        .and_then(|url| url.host_str().map(str::to_owned));
    name.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || public.is_some_and(|public| public.eq_ignore_ascii_case(name))
}

fn name_of(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next().unwrap_or("");
    }
    host.rsplit_once(':').map_or(host, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn addresses_localhost_and_the_public_name_are_ours() {
        let mut server = Config::default().server;
        server.public_url = Some("https://cadet.example.org/".into());
        for host in [
            "127.0.0.1:7878",
            "localhost:7878",
            "LOCALHOST",
            "[::1]:7878",
            "192.168.1.5",
            "cadet.example.org",
        ] {
            assert!(is_ours(&server, host), "{host}");
        }
        for host in [
            "evil.example:7878",
            "localhost.evil.example",
            "",
            "127.0.0.1.evil.example",
        ] {
            assert!(!is_ours(&server, host), "{host}");
        }
    }
}
