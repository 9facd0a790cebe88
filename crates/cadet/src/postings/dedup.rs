//! Identity, as far as one sighting tells it alone: keys under which sightings of one posting, and openings with one
//! text, fall together. Pure; the merging itself is the store's.

mod boards;
mod numbered;

pub(in crate::postings) use boards::without_repost_suffix;

use sha2::{Digest, Sha256};
use url::Url;

use super::model::NormalPosting;
use super::normalise::address;
use super::normalise::text::fold_words;
use super::sources::model::SourceAddress;

/// Fewer characters than this say too little to call two openings the same (`See our website.`).
const MIN_SAME_TEXT_CHARS: usize = 200;

/// Keys which say that two sightings are one posting; two sightings that share any of them are one. Never empty.
///
/// Boards that number their postings are known by that number, wherever it is seen; other postings by their address, and
/// those whose address is only a company's landing page by the source's own id.
#[must_use]
pub fn keys(url: &str, apply_url: &str, source: &SourceAddress, external_id: &str) -> Vec<String> {
    let mut keys = Vec::new();
    boards::keys_of_source(source, external_id, &mut keys);
    for address in [url, apply_url] {
        if let Some(url) = address::clean_url(address) {
            boards::keys_of_url(&url, &mut keys);
        }
    }
    if keys.is_empty() {
        keys.extend(url_key(url).or_else(|| url_key(apply_url)));
    }
    if keys.is_empty() {
        keys.push(format!(
            "source:{}:{}:{}",
            source.kind.name(),
            source.address,
            if external_id.is_empty() {
                url
            } else {
                external_id
            }
        ));
    }
    let mut unique: Vec<String> = Vec::with_capacity(keys.len());
    for key in keys {
        if !unique.contains(&key) {
            unique.push(key);
        }
    }
    unique
}

/// The key of a posting's own page, by which other sources may know it. `None` where the address does not hold the
/// posting's id: such an address may be the same for all of an employer's postings.
#[must_use]
pub fn page_key(url: &str, external_id: &str) -> Option<String> {
    if external_id.is_empty() || !url.contains(external_id) {
        return None;
    }
    url_key(url)
}

/// Whether a key names a board's posting rather than an address.
#[must_use]
pub fn is_board_key(key: &str) -> bool {
    !key.starts_with("url:") && !key.starts_with("source:")
}

/// The key of an address: without scheme, `www.`, tracking parameters, the final `/apply`, and with its parameters sorted.
/// `None` where the address leads to no posting of its own.
fn url_key(address: &str) -> Option<String> {
    let url = address::clean_url(address)?;
    let host = url
        .host_str()?
        .trim_start_matches("www.")
        .to_ascii_lowercase();
    let path = posting_path(&url);
    let mut pairs: Vec<&str> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| pair.contains('=') && !is_presentation(pair))
        .collect();
    pairs.sort_unstable();
    let fragment = url
        .fragment()
        .filter(|fragment| fragment.contains(['/', '=']))
        .unwrap_or_default();
    if pairs.is_empty() && fragment.is_empty() && is_landing_path(path) {
        return None;
    }
    let mut key = format!("url:https://{host}{path}");
    for (joint, part) in [("?", pairs.join("&")), ("#", fragment.to_owned())] {
        if !part.is_empty() {
            key.push_str(joint);
            key.push_str(&part);
        }
    }
    Some(key)
}

/// The path of the posting's page, where the address leads to its form.
fn posting_path(url: &Url) -> &str {
    let mut path = url.path().trim_end_matches('/');
    for form in ["/apply", "/application", "/apply-now", "/login", "/job"] {
        // `/jobs/12/job` is a page that some boards show inside another; `/job` alone is a path like any other.
        if let Some(shorter) = path
            .strip_suffix(form)
            .filter(|shorter| shorter.contains(|c: char| c.is_ascii_digit()))
        {
            path = shorter.trim_end_matches('/');
        }
    }
    path
}

/// Parameters of how a page is shown.
fn is_presentation(pair: &str) -> bool {
    const SHOWN: &[&str] = &[
        "lang", "locale", "language", "mode", "nl", "fr", "width", "height", "mobile", "iframe",
        "icims", "view", "sort_by", "sortby", "utm",
    ];
    let name = pair
        .split('=')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    SHOWN.contains(&name.as_str())
}

/// Whether a path is that of a careers page rather than of one posting on it.
fn is_landing_path(path: &str) -> bool {
    const LANDING: &[&str] = &[
        "",
        "careers",
        "career",
        "jobs",
        "job",
        "internships",
        "internship",
        "students",
        "student",
        "join",
        "join us",
        "join our team",
        "openings",
        "open positions",
        "positions",
        "students and graduates",
        "opportunities",
        "vacancies",
        "work with us",
        "en",
        "us",
        "en us",
        "about",
        "company",
        "apply",
        "search",
        "university",
        "early careers",
        "campus",
        "karriere",
        "emploi",
        "recrutement",
        "home",
        "index html",
        "open roles",
        "job board",
        "job openings",
        "current openings",
        "search jobs",
        "search results",
        "jobs search",
    ];
    path.split('/')
        .all(|segment| LANDING.contains(&fold_words(&segment.replace("%20", " ")).as_str()))
}

/// A key that lets the same opening in several cities or sources fall together: same employer, same title, same text.
/// `None` without enough text (200 characters) to tell.
#[must_use]
pub fn same_opening_key(
    company_key: &str,
    title_key: &str,
    description_text: &str,
) -> Option<String> {
    if description_text.len() < MIN_SAME_TEXT_CHARS || company_key.is_empty() {
        return None;
    }
    let mut hasher = Sha256::new();
    hasher.update(company_key.as_bytes());
    hasher.update([0]);
    hasher.update(title_key.as_bytes());
    hasher.update([0]);
    let letters = hash_letters(description_text, &mut hasher);
    (letters >= MIN_SAME_TEXT_CHARS * 3 / 4).then(|| {
        let digest = hasher.finalize();
        let hex: String = digest
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("text:{hex}")
    })
}

/// The same of a normalised posting.
#[must_use]
pub fn opening_key_of(posting: &NormalPosting) -> Option<String> {
    same_opening_key(
        &posting.company_key,
        &posting.title_key,
        &posting.description_text,
    )
}

/// Feeds the text's letters and digits to the hash, in lower case, so that markup, bullets and spacing make no difference.
/// Returns how many there were.
fn hash_letters(text: &str, hasher: &mut Sha256) -> usize {
    let mut letters: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        // Nearly all of most texts is ASCII, where bytes are quicker to look at than characters.
        let ascii = rest
            .bytes()
            .position(|b| !b.is_ascii())
            .unwrap_or(rest.len());
        // Written whether it counts or not, and overwritten if it does not: no branch to guess for each byte.
        let mut end = letters.len();
        letters.resize(end + ascii, 0);
        for b in &rest.as_bytes()[..ascii] {
            letters[end] = b.to_ascii_lowercase();
            end += usize::from(b.is_ascii_alphanumeric());
        }
        letters.truncate(end);
        rest = &rest[ascii..];
        let Some(c) = rest.chars().next() else { break };
        if c.is_alphanumeric() {
            for lower in c.to_lowercase() {
                letters.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        rest = &rest[c.len_utf8()..];
    }
    hasher.update(&letters);
    letters.len()
}

#[cfg(test)]
#[path = "dedup_tests.rs"]
mod tests;
