//! Employers' parts of boards' host names: checking them, filling them into base addresses, and finding them in addresses.
//!
//! A base address may hold `{tenant}` and `{pod}`: `https://{tenant}.recruitee.com`. What is filled in is one DNS label, so no
//! token can ever lead a request to another host.

use url::Url;

use super::connector::{error, percent_decoded, web_url};
use super::model::{SourceError, SourceErrorKind};

/// One label of a host name, in lower case: letters, digits and inner hyphens, at most 63 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label(String);

impl Label {
    /// Reads a label.
    ///
    /// # Errors
    /// If it is anything but one DNS label.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let label = text.trim().to_ascii_lowercase();
        let is_label = (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_label {
            return Ok(Self(label));
        }
        let message = format!(
            "\"{}\" is no name of a job board. It is the first part of the board's host name, such as northlight.",
            text.chars().take(80).collect::<String>()
        );
        Err(error(SourceErrorKind::BadAddress, None, message))
    }

    /// The label.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A base address with its placeholders filled: `filled(base, &[("tenant", label)])`.
pub(super) fn filled(base: &str, parts: &[(&str, &Label)]) -> String {
    parts.iter().fold(base.to_owned(), |base, (name, label)| {
        base.replace(&format!("{{{name}}}"), label.as_str())
    })
}

/// An employer's career site on a board that gives each a host name: the board's own, or a domain of the employer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CareerSite {
    /// `northlight`: below the board's domain.
    Tenant(Label),
    /// `https://careers.northlight.example`: the origin of the employer's own domain.
    Domain(Url),
}

impl CareerSite {
    /// Reads a tenant or an address; of an address only the origin counts.
    pub(super) fn parse(address: &str) -> Result<Self, SourceError> {
        let address = address.trim();
        if !address.contains("://") {
            return Label::parse(address).map(Self::Tenant);
        }
        let mut url = web_url(address)?;
        url.set_path("");
        url.set_query(None);
        url.set_fragment(None);
        Ok(Self::Domain(url))
    }

    /// The base address of its calls; `template` is that of the board's own domain.
    pub(super) fn base(&self, template: &str) -> String {
        match self {
            Self::Tenant(tenant) => filled(template, &[("tenant", tenant)]),
            Self::Domain(url) => url.as_str().trim_end_matches('/').to_owned(),
        }
    }
}

impl std::fmt::Display for CareerSite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tenant(tenant) => f.write_str(tenant.as_str()),
            Self::Domain(url) => f.write_str(url.as_str().trim_end_matches('/')),
        }
    }
}

/// What an address holds in the places of a base address's placeholders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Captured {
    /// At `{tenant}`.
    pub(super) tenant: Option<Label>,
    /// At `{pod}`.
    pub(super) pod: Option<Label>,
    /// The segments of the path behind the base, decoded, without empty ones.
    pub(super) rest: Vec<String>,
}

/// Compares an address with a base address, if it lies below it.
pub(super) fn captured(url: &Url, template: &str) -> Option<Captured> {
    let (scheme, rest) = template.split_once("://")?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()),
        None => (authority, None),
    };
    // Links of career pages are often without TLS; a loopback site is told apart by its port.
    let same_door = url.port() == port && (port.is_none() || url.scheme() == scheme);
    if !same_door || !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let mut found = Captured::default();
    let labels: Vec<&str> = url.host_str()?.split('.').collect();
    let expected: Vec<&str> = host.split('.').collect();
    if labels.len() != expected.len() {
        return None;
    }
    for (label, expected) in labels.into_iter().zip(expected) {
        found.take(label, expected)?;
    }
    let mut segments = url
        .path_segments()?
        .filter(|segment| !segment.is_empty())
        .map(percent_decoded);
    for expected in path.split('/').filter(|segment| !segment.is_empty()) {
        found.take(&segments.next()?, expected)?;
    }
    found.rest = segments.collect();
    Some(found)
}

impl Captured {
    fn take(&mut self, part: &str, expected: &str) -> Option<()> {
        match expected {
            "{tenant}" => self.tenant = Some(Label::parse(part).ok()?),
            "{pod}" => self.pod = Some(Label::parse(part).ok()?),
            _ => return part.eq_ignore_ascii_case(expected).then_some(()),
        }
        Some(())
    }

    /// The tenant, unless it is one of the names that the board uses for itself on every such domain.
    pub(super) fn employer(&self) -> Option<&Label> {
        const OWN: [&str; 12] = [
            "www",
            "api",
            "app",
            "apps",
            "help",
            "support",
            "docs",
            "developer",
            "developers",
            "blog",
            "status",
            "cdn",
        ];
        self.tenant
            .as_ref()
            .filter(|tenant| !OWN.contains(&tenant.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(url: &str, template: &str) -> Option<(String, Vec<String>)> {
        let found = captured(&Url::parse(url).unwrap(), template)?;
        Some((found.tenant?.0, found.rest))
    }

    #[test]
    fn a_tenant_is_one_dns_label() {
        for good in ["northlight", "North-Light", "n", "4hire"] {
            assert!(Label::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "-a",
            "a-",
            "a.b",
            "a/b",
            "a@b",
            "a:b",
            "a b",
            "a#",
            "a?",
            "a\\b",
            "ä",
            "evil.example/",
        ] {
            assert_eq!(
                Label::parse(bad).unwrap_err().kind,
                SourceErrorKind::BadAddress,
                "{bad}"
            );
        }
        assert!(Label::parse(&"a".repeat(64)).is_err());
    }

    #[test]
    fn a_tenant_is_found_where_the_template_has_it() {
        let template = "https://{tenant}.recruitee.com";
        assert_eq!(
            of("https://northlight.recruitee.com/o/intern?x=1", template),
            Some(("northlight".into(), vec!["o".into(), "intern".into()]))
        );
        assert_eq!(
            of("http://NorthLight.recruitee.com", template),
            Some(("northlight".into(), vec![]))
        );
        for other in [
            "https://recruitee.com/",
            "https://a.b.recruitee.com/",
            "https://northlight.recruitee.com.evil.example/",
            "https://northlight.recruitee.com:8443/",
            "ftp://northlight.recruitee.com/",
        ] {
            assert_eq!(of(other, template), None, "{other}");
        }
        let local = "http://127.0.0.1:4000/recruitee/{tenant}";
        assert_eq!(
            of(
                "http://127.0.0.1:4000/recruitee/northlight/api/offers/",
                local
            ),
            Some(("northlight".into(), vec!["api".into(), "offers".into()]))
        );
        assert_eq!(of("http://127.0.0.1:4000/other/northlight", local), None);
        assert_eq!(
            of("http://127.0.0.1:4001/recruitee/northlight", local),
            None
        );
    }

    proptest! {
        #[test]
        fn no_token_changes_the_host(token in any::<String>()) {
            if let Ok(label) = Label::parse(&token) {
                let url = Url::parse(&filled("https://{tenant}.jobs.example", &[("tenant", &label)])).unwrap();
                prop_assert!(url.host_str().unwrap().ends_with(".jobs.example"));
                prop_assert_eq!((url.username(), url.port(), url.path()), ("", None, "/"));
            }
        }
    }
}
