//! Asking the boards whether they know a name.

use url::Url;

use super::{Candidate, count};
use crate::postings::sources::connector::{BoardToken, FetchContext, connector, error};
use crate::postings::sources::model::{SourceAddress, SourceError, SourceErrorKind, SourceKind};
use crate::postings::sources::tenant::Label;

/// Boards of one host that are read, to see which of them are worth proposing.
const MOST_AT_HOST: usize = 5;

/// Reads one board.
pub(super) async fn read(
    ctx: &FetchContext,
    address: SourceAddress,
    why: &str,
) -> Result<Candidate, SourceError> {
    let outlines = FetchContext {
        outlines_only: true,
        ..ctx.clone()
    };
    let mut fetched = connector(address.kind)
        .fetch(&outlines, &address, None)
        .await?;
    let address = fetched.moved_to.take().unwrap_or(address);
    let token = address.board_name();
    // Of a long list only the beginning was read.
    let at_least = match fetched.complete || fetched.postings.is_empty() {
        true => "",
        false => "at least ",
    };
    let why = format!(
        "{} \"{token}\", {why}; it has {at_least}{}",
        address.kind.label(),
        count(fetched.postings.len())
    );
    Ok(Candidate {
        name: Some(fetched.name.unwrap_or_else(|| spelled_out(token))),
        address,
        why,
    })
}

/// The boards that know a company by this name or a usual spelling of it.
pub(super) async fn of_name(ctx: &FetchContext, name: &str) -> Result<Vec<Candidate>, SourceError> {
    let spellings = spellings(name);
    let mut found: Vec<(bool, Candidate)> = Vec::new();
    let mut failures = Vec::new();
    for spelling in &spellings {
        let Ok(token) = BoardToken::parse(spelling) else {
            continue;
        };
        for (kind, eu) in [
            (SourceKind::Greenhouse, false),
            (SourceKind::Lever, false),
            (SourceKind::Ashby, false),
            (SourceKind::Greenhouse, true),
            (SourceKind::Lever, true),
            // Bars who asks much, so it is only asked for what the others do not know.
            (SourceKind::Workable, false),
        ] {
            let known = found.iter().any(|(empty, _)| !empty);
            let is_spare = kind == SourceKind::Workable;
            if is_spare && (known || Label::parse(spelling).is_err()) {
                continue;
            }
            let address = SourceAddress {
                kind,
                address: BoardToken {
                    eu,
                    ..token.clone()
                }
                .to_string(),
            };
            match read(ctx, address, "found by that name").await {
                Ok(candidate) => found.push((candidate.why.ends_with(&count(0)), candidate)),
                Err(failure) if failure.kind == SourceErrorKind::NotFound => {}
                Err(failure) => failures.push(format!("{}: {}", kind.label(), failure.message)),
            }
        }
        // Further spellings are only for names that are not known as they were given.
        if found.iter().any(|(empty, _)| !empty) {
            break;
        }
    }
    // An empty board of that name is a weaker hint than one with postings.
    found.sort_by_key(|(empty, _)| *empty);
    if !found.is_empty() {
        return Ok(found.into_iter().map(|(_, candidate)| candidate).collect());
    }
    let failed = if failures.is_empty() {
        String::new()
    } else {
        format!(" Not all could be asked: {}", failures.join(" "))
    };
    let message = format!(
        "No job board knows \"{name}\": Greenhouse, Lever, Ashby and Workable were asked for {}.{failed} Give the address of the company's career page, or of one of its postings.",
        spellings.join(", ")
    );
    Err(error(SourceErrorKind::NotFound, None, message))
}

/// The boards at a host that serves several, each of which could be read; `None` where there are none.
pub(super) async fn at_host(ctx: &FetchContext, url: &Url) -> Option<Vec<Candidate>> {
    let mut found = Vec::new();
    for kind in SourceKind::ALL {
        let boards = connector(kind).boards_at(ctx, url).await;
        for board in boards.into_iter().take(MOST_AT_HOST) {
            found.extend(read(ctx, board, "which its host lists").await.ok());
        }
    }
    (!found.is_empty()).then_some(found)
}

/// The board of a posting on the employer's own site, when the board by the site's name has that posting.
pub(super) async fn by_posting_id(ctx: &FetchContext, url: &Url, id: &str) -> Option<Candidate> {
    let name = super::address::name_in_host(url)?;
    for address in [name.clone(), format!("eu:{name}")] {
        let address = SourceAddress {
            kind: SourceKind::Greenhouse,
            address,
        };
        let Ok(fetched) = connector(address.kind).fetch(ctx, &address, None).await else {
            continue;
        };
        if fetched
            .postings
            .iter()
            .any(|posting| posting.external_id == id)
        {
            let why = format!(
                "Greenhouse board \"{name}\", which has this very posting; it has {}",
                count(fetched.postings.len())
            );
            return Some(Candidate {
                address,
                name: fetched.name,
                why,
            });
        }
    }
    None
}

/// How boards usually spell a company's name: as given, run together, and with hyphens.
fn spellings(name: &str) -> Vec<String> {
    let name = name.trim();
    let words: Vec<String> = name
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut spellings = vec![name.to_owned(), words.concat(), words.join("-")];
    let mut seen = std::collections::HashSet::new();
    spellings.retain(|spelling| !spelling.is_empty() && seen.insert(spelling.clone()));
    spellings
}

/// A token as a name: `northlight-labs` is read as `Northlight Labs`. A token that has capitals or spaces is a name already.
pub(super) fn spelled_out(token: &str) -> String {
    if token.contains(' ') || token.chars().any(char::is_uppercase) {
        return token.to_owned();
    }
    let capitalised = |word: &str| {
        let mut chars = word.chars();
        chars
            .next()
            .map(|first| first.to_uppercase().chain(chars).collect::<String>())
            .unwrap_or_default()
    };
    token
        .split(['-', '_'])
        .filter(|word| !word.is_empty())
        .map(capitalised)
        .collect::<Vec<_>>()
        .join(" ")
}
