//! What the client may do, how fast, how long and how much.

use std::time::Duration;

/// The client's settings; resolved once by the configuration.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The `User-Agent` header; see [`Settings::user_agent_for`].
    pub user_agent: String,
    /// Private destinations that the operator allows: `host`, `host:port`, or `*` for all. Each exempts exactly itself.
    pub allow_private: Vec<String>,
    /// An HTTP or SOCKS proxy for all requests, as a URL. Proxies of the environment are ignored unless given here.
    pub proxy: Option<String>,
    /// For opening a connection.
    pub connect_timeout: Duration,
    /// Between two reads; ends a site that stalls.
    pub read_timeout: Duration,
    /// For one attempt as a whole; ends a site that drips bytes for ever.
    pub total_timeout: Duration,
    /// Bytes of one body after decompression.
    pub max_body_bytes: u64,
    /// Redirects followed for one request.
    pub max_redirects: usize,
    /// Requests under way at once to one host and port.
    pub per_host_concurrency: usize,
    /// Requests started a second to one host and port; 0 means without limit.
    pub per_host_rate: f64,
    /// Attempts after the first one, on 429, 5xx and connections that fail.
    pub retries: u32,
    /// The first wait between two attempts; each further one doubles.
    pub retry_base: Duration,
    /// The longest wait between two attempts. A `Retry-After` beyond it ends the request, with the time to come back.
    pub retry_cap: Duration,
    /// Whether robots.txt is read and obeyed.
    pub respect_robots: bool,
}

impl Settings {
    /// The `User-Agent` that names this program, its version and, if the operator gave one, whom to write to.
    ///
    /// A contact with control characters would make a header that cannot be sent, so those are left out.
    #[must_use]
    pub fn user_agent_for(contact: Option<&str>) -> String {
        let contact: String = contact
            .unwrap_or_default()
            .chars()
            .filter(|c| c.is_ascii() && !c.is_ascii_control())
            .collect();
        match contact.trim() {
            "" => format!("Cadet/{}", env!("CARGO_PKG_VERSION")),
            contact => format!("Cadet/{} (+{contact})", env!("CARGO_PKG_VERSION")),
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            user_agent: Self::user_agent_for(None),
            allow_private: Vec::new(),
            proxy: None,
            connect_timeout: Duration::from_secs(10),
            // Some boards need ten seconds before their first byte.
            read_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_secs(90),
            max_body_bytes: 32 * 1024 * 1024,
            max_redirects: 8,
            per_host_concurrency: 2,
            per_host_rate: 2.0,
            retries: 3,
            retry_base: Duration::from_millis(500),
            retry_cap: Duration::from_secs(30),
            respect_robots: true,
        }
    }
}
