//! Links of a page: those that look like postings, and those that lead to more of the list.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use crate::fetch::html::{self, Element};

/// The links of a page that matter for a crawl.
#[derive(Debug, Default)]
pub(in crate::postings::sources) struct Links {
    /// Pages that look like postings, in the order of the page.
    pub(in crate::postings::sources) postings: Vec<Url>,
    /// Further pages of the list.
    pub(in crate::postings::sources) next: Vec<Url>,
}

/// Reads the links of a page of the site at `page`.
pub(in crate::postings::sources) fn of_page(text: &str, page: &Url) -> Links {
    let elements = html::elements(text, &["base", "a", "link"]);
    let base = base_of(&elements, page);
    let mut seen = HashSet::from([bare(page).to_string()]);
    let mut links = Links::default();
    for element in &elements {
        let relation = element.attr("rel").unwrap_or_default().to_ascii_lowercase();
        let is_next = relation.split_ascii_whitespace().any(|word| word == "next");
        if element.name == "base" || (element.name == "link" && !is_next) {
            continue;
        }
        let Some(url) = element
            .attr("href")
            .and_then(|href| base.join(href.trim()).ok())
            .map(|url| bare(&url))
        else {
            continue;
        };
        if !same_site(&url, page) || !seen.insert(url.to_string()) {
            continue;
        }
        if is_next || is_further_page(&url, page) {
            links.next.push(url);
        } else if looks_like_posting(&url, page) {
            links.postings.push(url);
        }
    }
    links
}

/// The address against which the page's links are meant.
pub(in crate::postings::sources) fn base_of(elements: &[Element], page: &Url) -> Url {
    let base = elements
        .iter()
        .filter(|element| element.name == "base")
        .find_map(|base| page.join(base.attr("href")?).ok());
    base.unwrap_or_else(|| page.clone())
}

/// Whether two addresses belong to one site: the same host, or one below the other (`jobs.example.com`, `www.example.com`).
pub(in crate::postings::sources) fn same_site(url: &Url, page: &Url) -> bool {
    let (Some(a), Some(b)) = (url.host_str(), page.host_str()) else {
        return false;
    };
    let (a, b) = (
        a.strip_prefix("www.").unwrap_or(a),
        b.strip_prefix("www.").unwrap_or(b),
    );
    let below = |inner: &str, outer: &str| {
        inner
            .strip_suffix(outer)
            .is_some_and(|rest| rest.ends_with('.'))
            && outer.contains('.')
    };
    // Another port on the same machine is another site.
    matches!(url.scheme(), "http" | "https")
        && url.port() == page.port()
        && (a == b || below(a, b) || below(b, a))
}

/// Whether an address looks like one posting's page: a word for jobs in its path and something after it that names one, or a
/// posting's id in its query.
pub(in crate::postings::sources) fn looks_like_posting(url: &Url, index: &Url) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        let words = "jobs?|careers?|positions?|openings?|vacanc(?:y|ies)|postings?|opportunit(?:y|ies)|internships?|roles?|requisitions?|\
                     stellen?(?:angebote?|anzeigen?)?|karriere|emplois?|offres?(?:-emploi)?|carrieres?|ofertas?|empleos?|vagas?|lavoro|vacatures?";
        Regex::new(&format!(r"(?i)(?:^|[/_.-])(?:{words})(?:[a-z]*[-_][^/]*)?/+([^/]+)/*$|(?i)(?:^|/)(?:{words})/(?:[^/]+/)+([^/]+)/*$")).expect("the pattern is well-formed")
    });
    static NO_PAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\.(?:css|js|mjs|json|xml|rss|atom|png|jpe?g|gif|svg|webp|ico|pdf|docx?|zip|gz|mp4|woff2?)$").expect("the pattern is well-formed")
    });
    static NO_POSTING: LazyLock<Regex> = LazyLock::new(|| {
        let words = "search|all|teams?|locations?|departments?|categor(?:y|ies)|benefits|culture|students|faq|about|life|alerts?|privacy|feed|rss|share|saved|page";
        Regex::new(&format!(r"(?i)^(?:{words})$")).expect("the pattern is well-formed")
    });
    static APPLYING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(?:apply|application|log-?in|sign-?in|sign-?up|register)$")
            .expect("the pattern is well-formed")
    });
    static IDS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:^|[?&])(?:gh_jid|job_?id|posting_?id|req(?:uisition)?_?id|jid)=[^&]+")
            .expect("the pattern is well-formed")
    });
    let path = url.path().trim_end_matches('/');
    if NO_PAGE.is_match(path) || (url.query().is_none() && is_above(path, index.path())) {
        return false;
    }
    let mut segments = path.split('/');
    if segments.clone().any(|segment| APPLYING.is_match(segment))
        || segments
            .next_back()
            .is_some_and(|last| NO_POSTING.is_match(last))
    {
        return false;
    }
    url.query().is_some_and(|query| IDS.is_match(query)) || WORDS.is_match(path)
}

/// Whether a path is that of the index or of a folder around it.
fn is_above(path: &str, index: &str) -> bool {
    index
        .strip_prefix(path)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `?page=2` of the same path.
fn is_further_page(url: &Url, page: &Url) -> bool {
    let is_page = |(key, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)| {
        matches!(&*key, "page" | "p" | "pg" | "offset" | "start")
            && !value.is_empty()
            && value.bytes().all(|byte| byte.is_ascii_digit())
    };
    url.path() == page.path() && url.query_pairs().any(is_page)
}

/// Without a fragment, which names a place on the page and not another page.
fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}
