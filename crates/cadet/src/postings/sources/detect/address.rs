//! What an address says by itself: which board or list it belongs to. Pure.

use std::sync::LazyLock;

use url::Url;

use crate::config::Endpoints;
use crate::postings::sources::connector::{BoardToken, connector, percent_decoded};
use crate::postings::sources::model::{SourceAddress, SourceKind};
use crate::postings::sources::simplify::IN_CHECKOUT;

/// The board to which an address belongs: its page, one of its postings, an embedded form, or a call of its interface.
pub(in crate::postings::sources) fn board(
    url: &Url,
    endpoints: &Endpoints,
) -> Option<SourceAddress> {
    of_token_boards(url, endpoints).or_else(|| {
        // The boards' own addresses mean the boards, also where the configuration puts their interfaces elsewhere.
        static OWN: LazyLock<Endpoints> = LazyLock::new(Endpoints::default);
        [endpoints, &*OWN].into_iter().find_map(|endpoints| {
            SourceKind::ALL
                .into_iter()
                .find_map(|kind| connector(kind).board_of(url, endpoints))
        })
    })
}

/// The boards whose address is a token in the path.
fn of_token_boards(url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
    let host = url.host_str()?.to_ascii_lowercase();
    let eu = host.split('.').any(|label| label == "eu");
    let (kind, token) = match host.as_str() {
        "boards.greenhouse.io"
        | "job-boards.greenhouse.io"
        | "boards.eu.greenhouse.io"
        | "job-boards.eu.greenhouse.io" => (SourceKind::Greenhouse, greenhouse_page(url)?),
        "boards-api.greenhouse.io" | "boards-api.eu.greenhouse.io" | "api.greenhouse.io" => {
            (SourceKind::Greenhouse, after(url, &["v1", "boards"])?)
        }
        "jobs.lever.co" | "jobs.eu.lever.co" => (SourceKind::Lever, after(url, &[])?),
        "api.lever.co" | "api.eu.lever.co" => (SourceKind::Lever, after(url, &["v0", "postings"])?),
        "jobs.ashbyhq.com" => (SourceKind::Ashby, after(url, &[])?),
        "api.ashbyhq.com" => (
            SourceKind::Ashby,
            after(url, &["posting-api", "job-board"])?,
        ),
        _ => return configured(url, endpoints),
    };
    address(kind, token, eu)
}

/// The same for interfaces that the configuration puts elsewhere.
fn configured(url: &Url, endpoints: &Endpoints) -> Option<SourceAddress> {
    let interfaces: [(SourceKind, &str, &[&str], bool); 5] = [
        (
            SourceKind::Greenhouse,
            &endpoints.greenhouse,
            &["v1", "boards"],
            false,
        ),
        (
            SourceKind::Greenhouse,
            &endpoints.greenhouse_eu,
            &["v1", "boards"],
            true,
        ),
        (
            SourceKind::Lever,
            &endpoints.lever,
            &["v0", "postings"],
            false,
        ),
        (
            SourceKind::Lever,
            &endpoints.lever_eu,
            &["v0", "postings"],
            true,
        ),
        (
            SourceKind::Ashby,
            &endpoints.ashby,
            &["posting-api", "job-board"],
            false,
        ),
    ];
    interfaces.into_iter().find_map(|(kind, base, path, eu)| {
        let base = Url::parse(base)
            .ok()
            .filter(|base| base.origin() == url.origin())?;
        let mut prefix: Vec<&str> = base
            .path_segments()?
            .filter(|segment| !segment.is_empty())
            .collect();
        prefix.extend(path);
        address(kind, after(url, &prefix)?, eu)
    })
}

fn address(kind: SourceKind, token: String, eu: bool) -> Option<SourceAddress> {
    let token = BoardToken::parse(&token).ok()?;
    Some(SourceAddress {
        kind,
        address: BoardToken { eu, ..token }.to_string(),
    })
}

/// `/{token}/jobs/1`, or `/embed/job_app?for={token}`, or `/embed/job_board/js?for={token}`.
fn greenhouse_page(url: &Url) -> Option<String> {
    match url.path_segments()?.next()? {
        "embed" => url
            .query_pairs()
            .find(|(key, _)| key == "for")
            .map(|(_, token)| token.into_owned())
            .filter(|token| !token.is_empty()),
        _ => after(url, &[]),
    }
}

/// The segment after a prefix of the path, decoded.
fn after(url: &Url, prefix: &[&str]) -> Option<String> {
    let mut segments = url.path_segments()?;
    if !prefix
        .iter()
        .all(|expected| segments.next() == Some(expected))
    {
        return None;
    }
    segments
        .next()
        .filter(|token| !token.is_empty())
        .map(percent_decoded)
}

/// The raw file of a community list: of a repository's page on GitHub, or of a page of the file.
pub(super) fn community_list(url: &Url, endpoints: &Endpoints) -> Option<Url> {
    let raw = Url::parse(&endpoints.github_raw).ok();
    if url.path().ends_with("/listings.json")
        && (url.host_str() == Some("raw.githubusercontent.com")
            || raw.is_some_and(|raw| raw.origin() == url.origin()))
    {
        return Some(url.clone());
    }
    if !matches!(url.host_str(), Some("github.com" | "www.github.com")) {
        return None;
    }
    let segments: Vec<&str> = url
        .path_segments()?
        .filter(|segment| !segment.is_empty())
        .collect();
    let (owner, repository, rest) = match segments.as_slice() {
        [owner, repository, rest @ ..] => (owner, repository.trim_end_matches(".git"), rest),
        _ => return None,
    };
    let (branch, path) = match rest {
        ["blob" | "raw", branch, path @ ..] if !path.is_empty() => (*branch, path.join("/")),
        ["tree", branch, ..] => (*branch, IN_CHECKOUT.to_owned()),
        _ => ("HEAD", IN_CHECKOUT.to_owned()),
    };
    // A page of the repository that shows another file still means the repository's list.
    let path = if path.ends_with(".json") {
        path
    } else {
        IN_CHECKOUT.to_owned()
    };
    Url::parse(&format!(
        "{}/{owner}/{repository}/{branch}/{path}",
        endpoints.github_raw
    ))
    .ok()
}

/// What the employer may be called on a board, by the host of its site: `careers.northlight.example` says `northlight`.
pub(super) fn name_in_host(url: &Url) -> Option<String> {
    let host = url.domain()?;
    let mut labels = host.split('.').skip_while(|label| {
        matches!(
            *label,
            "www" | "careers" | "career" | "jobs" | "job" | "work" | "join" | "apply" | "about"
        )
    });
    let name = labels.next()?;
    // A host that is nothing but `localhost`, or whose name was skipped down to the top level, says nothing.
    labels.next()?;
    (name.len() >= 2).then(|| name.to_owned())
}
