//! The address guard: which addresses may be reached.
//!
//! A name is judged by what it resolves to, at the moment of connecting, so that a name which changes its address between
//! a check and the connection (rebinding) gains nothing. Addresses written as numbers never reach a resolver, so those are
//! judged in the URL; so is every redirect.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::error::{Error, ErrorKind};

/// A name resolved to an address that must not be reached.
#[derive(Debug, thiserror::Error)]
#[error("{host} is the private address {address}")]
pub(super) struct Refused {
    host: String,
    address: IpAddr,
}

impl Refused {
    pub(super) fn at(&self, url: &Url) -> Error {
        let message = format!(
            "{url} leads to {}, which is an address inside a private network, so it was not requested. \
             If it is meant, the operator can allow the host in the configuration (fetch.allow_private).",
            self.address
        );
        Error::new(ErrorKind::PrivateAddress, url.as_str(), message)
    }
}

/// Judges URLs before a request, and names after resolution.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    allowed: Vec<String>,
    everything: bool,
}

impl Guard {
    pub(super) fn new(allow_private: &[String]) -> Self {
        let allowed: Vec<String> = allow_private
            .iter()
            .map(|entry| entry.trim().to_ascii_lowercase())
            .filter(|entry| !entry.is_empty())
            .collect();
        Self {
            everything: allowed.iter().any(|entry| entry == "*"),
            allowed,
        }
    }

    /// Whether the operator allows private addresses for all hosts.
    pub(super) fn allows_everything(&self) -> bool {
        self.everything
    }

    /// Whether the operator allows this host (or host and port) to be private.
    pub(super) fn exempts(&self, url: &Url) -> bool {
        if self.everything {
            return true;
        }
        let Some(host) = url.host_str() else {
            return false;
        };
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let with_port = format!("{host}:{}", url.port_or_known_default().unwrap_or_default());
        self.allowed
            .iter()
            .any(|entry| *entry == host || *entry == with_port)
    }

    /// Refuses what is wrong in the URL itself: scheme, credentials, and private addresses written as numbers.
    pub(super) fn check_url(&self, url: &Url) -> Result<(), Error> {
        if !matches!(url.scheme(), "http" | "https") {
            let message = format!("{url} is not a web address; only http and https can be read.");
            return Err(Error::new(ErrorKind::BadAddress, url.as_str(), message));
        }
        if !url.username().is_empty() || url.password().is_some() {
            let mut shown = url.clone();
            // The password must not reach a log or a page. Neither call fails for http URLs with a host.
            let _ = shown.set_password(None);
            let _ = shown.set_username("");
            let message = format!(
                "{shown} was given with a user name or password in it, which is not supported. Leave them out."
            );
            return Err(Error::new(ErrorKind::BadAddress, shown.as_str(), message));
        }
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(_)) => return Ok(()),
            None => {
                return Err(Error::new(
                    ErrorKind::BadAddress,
                    url.as_str(),
                    format!("{url} names no host. Check the address."),
                ));
            }
        };
        if is_public(address) || self.exempts(url) {
            return Ok(());
        }
        Err(Refused {
            host: address.to_string(),
            address,
        }
        .at(url))
    }

    /// The addresses of a host that may be reached, for a connection that is not HTTP; `url` is its address in full.
    pub(super) async fn resolve(
        &self,
        host: &str,
        port: u16,
        url: &str,
    ) -> Result<Vec<SocketAddr>, Error> {
        let shown = Url::parse(url)
            .map_err(|why| Error::new(ErrorKind::BadAddress, url, format!("{url}: {why}")))?;
        let found = tokio::net::lookup_host((host, port)).await.map_err(|why| {
            let message =
                format!("{host} cannot be found: {why}. Check the name and your connection.");
            Error::new(ErrorKind::Unreachable, url, message)
        })?;
        let found: Vec<SocketAddr> = found.collect();
        let private = found.iter().find(|socket| !is_public(socket.ip()));
        match private.filter(|_| !self.exempts(&shown)) {
            Some(private) => Err(Refused {
                host: host.to_owned(),
                address: private.ip(),
            }
            .at(&shown)),
            None => Ok(found),
        }
    }

    /// With a proxy the name is resolved over there, out of sight. So it is resolved here as well: whatever this side knows
    /// as private is refused. A name that only the proxy can resolve is left to the proxy.
    pub(super) async fn check_before_proxy(&self, url: &Url) -> Result<(), Error> {
        let Some(Host::Domain(host)) = url.host() else {
            return Ok(());
        };
        if self.exempts(url) {
            return Ok(());
        }
        let Ok(found) =
            tokio::net::lookup_host((host, url.port_or_known_default().unwrap_or(443))).await
        else {
            return Ok(());
        };
        match found
            .map(|socket| socket.ip())
            .find(|address| !is_public(*address))
        {
            Some(address) => Err(Refused {
                host: host.to_owned(),
                address,
            }
            .at(url)),
            None => Ok(()),
        }
    }
}

/// Resolves names by the operating system and refuses those that have any private address.
#[derive(Clone, Debug, Default)]
pub(super) struct GuardedResolver {
    /// The proxy's own host, which the operator chose and which may well be private.
    pub(super) proxy_host: Option<String>,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let is_proxy = self.proxy_host.as_deref() == Some(host.as_str());
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            if let (false, Some(private)) = (
                is_proxy,
                found.iter().find(|socket| !is_public(socket.ip())),
            ) {
                return Err(Refused {
                    host,
                    address: private.ip(),
                }
                .into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address belongs to the public internet: not private, loopback, link-local, shared, multicast, reserved or for
/// documentation, also when it is an IPv4 address within an IPv6 one. After the IANA special-purpose registries.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !matches!(
        address.octets(),
        [0 | 10 | 127, ..]
            | [100, 64..=127, ..]
            | [169, 254, ..]
            | [172, 16..=31, ..]
            | [192, 0, 0 | 2, _]
            | [192, 88, 99, _]
            | [192, 168, ..]
            | [198, 18 | 19, ..]
            | [198, 51, 100, _]
            | [203, 0, 113, _]
            | [224..=255, ..]
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let embedded = |high: u16, low: u16| {
        let [p, q] = high.to_be_bytes();
        let [r, s] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(p, q, r, s))
    };
    match [a, b, c, d, e, f] {
        // IPv4-mapped, and NAT64's well-known prefix: as good as the IPv4 address within.
        [0, 0, 0, 0, 0, 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0] => embedded(g, h),
        // 6to4 carries its IPv4 address after the prefix.
        [0x2002, high, low, ..] => embedded(high, low),
        // Documentation, Teredo, benchmarking and the rest of the protocol assignments.
        [0x2001, 0x0db8 | 0..=0x01ff, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        // Everything that is handed out to the public internet so far lies in 2000::/3.
        [0x2000..=0x3fff, ..] => true,
        _ => false,
    }
}
