//! Which career site is meant: `tenant/pod/site`, and the addresses of its pages, postings and calls.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use crate::config::Endpoints;
use crate::postings::sources::connector::error;
use crate::postings::sources::model::{SourceAddress, SourceError, SourceErrorKind, SourceKind};
use crate::postings::sources::tenant::{Captured, Label, captured};

/// Hosts on which the tenant stands in the path: `wd5.myworkdaysite.com/recruiting/northlight/Careers`. The same sites answer at
/// the tenant's own host.
const SHARED_HOSTS: [&str; 2] = [
    "https://{pod}.myworkdaysite.com",
    "https://{tenant}.{pod}.myworkdaysite.com",
];

/// A career site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CareerSite {
    /// The employer's part of the host name.
    pub tenant: Label,
    /// The data centre: `wd5`.
    pub pod: Label,
    /// The site's name in the path; capitals matter.
    pub site: String,
}

impl CareerSite {
    /// Reads `northlight/wd5/Careers`.
    ///
    /// # Errors
    /// If a part is missing or could not be that part of an address.
    pub fn parse(address: &str) -> Result<Self, SourceError> {
        let parts: Vec<&str> = address.trim().split('/').collect();
        let bad = || {
            let message = format!(
                "\"{}\" is no career site of Workday. It is written tenant/data centre/site as its address has them, such as northlight/wd5/Careers; or give the address itself.",
                address.chars().take(120).collect::<String>()
            );
            error(SourceErrorKind::BadAddress, None, message)
        };
        let [tenant, pod, site] = parts.as_slice() else {
            return Err(bad());
        };
        Self::of_parts(Label::parse(tenant)?, Label::parse(pod)?, site).ok_or_else(bad)
    }

    fn of_parts(tenant: Label, pod: Label, site: &str) -> Option<Self> {
        static SITE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"^[A-Za-z0-9][A-Za-z0-9_.&+-]{0,99}$").expect("the pattern is well-formed")
        });
        let is_pod = pod.as_str().starts_with("wd");
        (is_pod && SITE.is_match(site)).then(|| Self {
            tenant,
            pod,
            site: site.to_owned(),
        })
    }

    /// As a source.
    #[must_use]
    pub fn source(&self) -> SourceAddress {
        SourceAddress {
            kind: SourceKind::Workday,
            address: self.to_string(),
        }
    }

    /// The site to which an address belongs.
    pub(super) fn of_url(url: &Url, endpoints: &Endpoints) -> Option<Self> {
        let found = own_host(url, endpoints)
            .or_else(|| SHARED_HOSTS.iter().find_map(|host| captured(url, host)))?;
        let segments: Vec<&str> = found.rest.iter().map(String::as_str).collect();
        let segments = match segments.as_slice() {
            [locale, rest @ ..] if is_locale(locale) => rest,
            all => all,
        };
        let (tenant, site) = match segments {
            ["wday", "cxs", tenant, site, ..] | ["recruiting", tenant, site, ..] => {
                (Label::parse(tenant).ok()?, *site)
            }
            [
                "wday" | "recruiting" | "job" | "robots.txt" | "sitemap.xml" | "favicon.ico",
                ..,
            ] => {
                return None;
            }
            [site, ..] => (found.tenant.clone()?, *site),
            [] => return None,
        };
        Self::of_parts(tenant, found.pod?, site)
    }

    /// Whether an address lies at a tenant's host, whichever site it means.
    pub(super) fn is_host(url: &Url, endpoints: &Endpoints) -> bool {
        own_host(url, endpoints).is_some()
    }
}

fn own_host(url: &Url, endpoints: &Endpoints) -> Option<Captured> {
    captured(url, &endpoints.workday)
        .or_else(|| captured(url, "https://{tenant}.{pod}.myworkdayjobs.com"))
}

/// `en-US`, `de`, `zh-CN`.
fn is_locale(segment: &str) -> bool {
    static LOCALE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^[a-z]{2}(?:-[A-Z]{2})?$").expect("the pattern is well-formed")
    });
    LOCALE.is_match(segment)
}

impl std::fmt::Display for CareerSite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (tenant, pod) = (self.tenant.as_str(), self.pod.as_str());
        write!(f, "{tenant}/{pod}/{}", self.site)
    }
}
