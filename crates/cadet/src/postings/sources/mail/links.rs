//! From a link of a mail to the job behind it: tracking that holds its target is unwrapped, nothing is ever requested. Pure.

use std::collections::VecDeque;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use url::Url;

use super::boards::{self, JobLink, is_token};

/// Addresses looked at for one link; trackers wrap each other two or three times, not more.
const MOST_WRAPPED: usize = 40;
/// How often an address may be taken out of another.
const DEEPEST: u8 = 5;
/// A link beyond this many bytes is cut; nothing of use stands behind.
const LONGEST: usize = 8 * 1024;

/// What a link leads to, as far as the link itself says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A job.
    Job(JobLink),
    /// Somewhere that only the tracker knows.
    Opaque,
    /// Something else: a search, a setting, a picture.
    Other,
}

/// Reads a link.
#[must_use]
pub fn target_of(link: &str) -> Target {
    let link = link.trim();
    let link = &link[..link.floor_char_boundary(LONGEST)];
    let Some(outer) = web_address(link) else {
        return Target::Other;
    };
    let mut waiting = VecDeque::from([(outer.clone(), 0_u8)]);
    let mut seen = 0;
    while let Some((url, depth)) = waiting.pop_front() {
        seen += 1;
        if let Some(job) = boards::job_of(&url) {
            return Target::Job(job);
        }
        if depth < DEEPEST && seen < MOST_WRAPPED {
            waiting.extend(wrapped(&url).into_iter().map(|inner| (inner, depth + 1)));
        }
    }
    match seen == 1 && is_opaque(&outer) {
        true => Target::Opaque,
        false => Target::Other,
    }
}

fn web_address(text: &str) -> Option<Url> {
    let text = text.trim().trim_start_matches(['<', '(', '"', '\'']);
    let url = match text.get(..4).map(str::to_ascii_lowercase).as_deref() {
        Some("http") => Url::parse(text).ok()?,
        Some("www.") => Url::parse(&format!("https://{text}")).ok()?,
        _ => return None,
    };
    matches!(url.scheme(), "http" | "https").then_some(url)
}

/// The addresses that an address holds: as parameters, in its path, and encoded in base64.
fn wrapped(url: &Url) -> Vec<Url> {
    let mut found = Vec::new();
    let fragment = url.fragment().unwrap_or_default();
    let parameters = url
        .query_pairs()
        .chain(url::form_urlencoded::parse(fragment.as_bytes()));
    for (_, value) in parameters {
        look_into(&value, &mut found);
    }
    // Amazon's tracker and others put the target behind a slash, encoded once or not at all.
    let path = percent_encoding::percent_decode_str(url.path())
        .decode_utf8_lossy()
        .into_owned();
    look_into(path.trim_start_matches('/'), &mut found);
    for segment in url.path_segments().into_iter().flatten() {
        if segment.len() >= 24 {
            look_into_base64(segment, &mut found);
        }
    }
    found
}

/// Takes the addresses out of a text.
fn look_into(text: &str, found: &mut Vec<Url>) {
    if let Some(rest) = text
        .strip_prefix("https-3A__")
        .or(text.strip_prefix("http-3A__"))
    {
        // Proofpoint writes `-` for `%` and `_` for `/`.
        let decoded = format!("https://{}", rest.replace('-', "%").replace('_', "/"));
        let decoded = percent_encoding::percent_decode_str(&decoded).decode_utf8_lossy();
        found.extend(web_address(&decoded));
        return;
    }
    let lower = text.to_ascii_lowercase();
    let starts = lower
        .match_indices("http")
        .filter(|(at, _)| {
            let rest = &lower[*at + 4..];
            rest.trim_start_matches('s').starts_with(':')
                || rest.trim_start_matches('s').starts_with("%3a")
        })
        .map(|(at, _)| at)
        .take(4);
    for at in starts {
        let part = &text[at..];
        // What was encoded twice is decoded once more.
        let part = match part[..part.len().min(16)].contains('%') {
            true => percent_encoding::percent_decode_str(part)
                .decode_utf8_lossy()
                .into_owned(),
            false => part.to_owned(),
        };
        let part = part
            .split([' ', '"', '\\', '<', '>', '\n'])
            .next()
            .unwrap_or_default();
        found.extend(web_address(&mended(part)));
    }
    if found.is_empty() && text.starts_with("www.") {
        found.extend(web_address(text));
    }
    if text.len() >= 24 {
        look_into_base64(text, found);
    }
}

/// `https:/host` and `https:///host` as servers make of `//` in a path.
fn mended(text: &str) -> String {
    match text.split_once(':') {
        Some((scheme, rest)) => format!("{scheme}://{}", rest.trim_start_matches('/')),
        None => text.to_owned(),
    }
}

fn look_into_base64(text: &str, found: &mut Vec<Url>) {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &URL_SAFE,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let text = text.replace('+', "-").replace('/', "_");
    let usable: String = text
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '='))
        .collect();
    let Ok(bytes) = LENIENT.decode(&usable) else {
        return;
    };
    let decoded = String::from_utf8_lossy(&bytes);
    if decoded.contains("http") {
        // JSON escapes its slashes.
        look_into(&decoded.replace("\\/", "/"), found);
    }
}

/// Whether a link is one of those that only its tracker can follow: a long token, and no words.
fn is_opaque(url: &Url) -> bool {
    let in_path = url
        .path_segments()
        .is_some_and(|mut segments| segments.any(is_token));
    let host = url.host_str().unwrap_or_default();
    let tracks = host.split('.').any(|label| {
        matches!(
            label,
            "click"
                | "clicks"
                | "link"
                | "links"
                | "track"
                | "tracking"
                | "trk"
                | "email"
                | "e"
                | "go"
                | "lnk"
                | "url"
                | "ct"
                | "cts"
                | "u"
        )
    });
    let passes = [
        "/ekm/",
        "/km/",
        "/ls/click",
        "/c/",
        "/m/",
        "/f/a/",
        "/clic/",
        "/click",
        "/l/",
    ];
    in_path
        || url.query_pairs().any(|(_, value)| is_token(&value)) && tracks
        || passes.iter().any(|start| url.path().starts_with(start))
}
