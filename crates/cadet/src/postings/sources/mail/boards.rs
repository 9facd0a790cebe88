//! Job boards as their alert mails link to them: which links name a job, by which id, and the address that is kept.
//!
//! Pure. A link counts only on a board's own host, and the address that is kept is composed from the id (or the path), so that
//! nothing which belongs to the mail's reader can come along: tokens that sign in, tracking, addresses of people.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

mod table;

use table::{BOARDS, PAGE, Row};

use crate::postings::dedup;
use crate::postings::sources::connector::percent_decoded;
use crate::postings::sources::model::{SourceAddress, SourceKind};

/// A job that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobLink {
    /// The board's name in ids: `linkedin`, or its host.
    pub board: String,
    /// `linkedin:4100000001`; the same in every mail that tells of the job.
    pub id: String,
    /// The job's page, composed from the id.
    pub url: String,
    /// The employer, where the board or the address says it.
    pub company: Option<String>,
    /// Words of the title (and often of the employer and place) in the address.
    pub slug: Option<String>,
}

/// A board, ready to be asked.
struct Board {
    row: &'static Row,
    host: Regex,
    paths: Vec<Regex>,
}

static READY: LazyLock<Vec<Board>> = LazyLock::new(|| {
    let compile = |pattern: &str| Regex::new(pattern).expect("the patterns are constant");
    BOARDS
        .iter()
        .map(|row| Board {
            row,
            host: compile(&format!(r"^(?:[\w-]+\.)*(?:{})$", row.hosts)),
            paths: row
                .paths
                .iter()
                .map(|path| compile(&format!("(?i)^{path}")))
                .collect(),
        })
        .collect()
});

/// The job that an address names by itself, on a board that is known.
#[must_use]
pub fn job_of(url: &Url) -> Option<JobLink> {
    let host = url.host_str()?.to_ascii_lowercase();
    READY
        .iter()
        .filter(|board| board.host.is_match(&host))
        .find_map(|board| board.job(url, &host))
        .or_else(|| on_employers_board(url))
}

/// Whether a host is a board's own.
#[must_use]
pub fn board_of_host(host: &str) -> Option<String> {
    let host = host.to_ascii_lowercase();
    READY
        .iter()
        .find(|board| board.host.is_match(&host))
        .map(|board| match board.row.name {
            "" => host.trim_start_matches("www.").to_owned(),
            name => name.to_owned(),
        })
}

impl Board {
    fn job(&self, url: &Url, host: &str) -> Option<JobLink> {
        let path = percent_decoded(url.path());
        let parameter = self.row.parameters.iter().find_map(|name| {
            parameters(url)
                .find(|(key, value)| key.eq_ignore_ascii_case(name) && is_id(value))
                .map(|(_, value)| (*name, value))
        });
        let found = self
            .paths
            .iter()
            .find_map(|pattern| pattern.captures(&path));
        let group = |name: &str| {
            found
                .as_ref()
                .and_then(|found| found.name(name))
                .map(|part| part.as_str().to_owned())
        };
        let company = group("company");
        let id = match (&parameter, group("id")) {
            (Some((_, id)), _) => id.clone(),
            // Where the id is only a name, it is one among the employer's.
            (None, Some(id)) if company.is_some() && !id.bytes().any(|b| b.is_ascii_digit()) => {
                format!("{}/{id}", company.as_deref().unwrap_or_default())
            }
            (None, Some(id)) => id,
            (None, None) => return None,
        };
        let id = lower_if_hex(id);
        let page = match self.row.url {
            PAGE => page(
                host,
                &path,
                found.as_ref().and_then(|found| found.get(0)),
                parameter.as_ref(),
            )?,
            composed => Url::parse(
                &composed
                    .replace("{id}", &id)
                    .replace("{country}", country_host(host)),
            )
            .ok()?,
        };
        let board = match self.row.name {
            "" => host.trim_start_matches("www.").to_owned(),
            name => name.to_owned(),
        };
        Some(JobLink {
            id: format!("{board}:{id}"),
            board,
            url: page.into(),
            company: self.row.company.map(str::to_owned).or_else(|| {
                company
                    .filter(|name| !name.bytes().all(|b| b.is_ascii_digit()))
                    .map(|name| spelled(&name))
            }),
            slug: group("slug").or_else(|| group("id").filter(|id| id.matches('-').count() >= 2)),
        })
    }
}

/// The page itself as the address that is kept: its path as far as it names the job, and the parameter that does.
fn page(
    host: &str,
    path: &str,
    named: Option<regex::Match<'_>>,
    parameter: Option<&(&str, String)>,
) -> Option<Url> {
    let mut page = Url::parse(&format!("https://{host}/")).ok()?;
    match named {
        Some(named) => page.set_path(named.as_str().trim_end_matches('/')),
        // A path that names no job may hold a token of the mail's reader.
        None if path.split('/').all(|part| !is_token(part)) => page.set_path(path),
        None => {}
    }
    if let Some((name, id)) = parameter {
        page.query_pairs_mut().append_pair(name, id);
    }
    Some(page)
}

/// Whether a part of an address is a long jumble of letters and digits rather than words.
pub(super) fn is_token(part: &str) -> bool {
    part.len() >= 16
        && part.bytes().any(|b| b.is_ascii_digit())
        && part.bytes().any(|b| b.is_ascii_alphabetic())
        && part.matches('-').count() <= 4
        && !part.contains('.')
}

/// A job on an employer's own board, which Cadet knows from elsewhere: mails of Greenhouse, Workday and the like.
fn on_employers_board(url: &Url) -> Option<JobLink> {
    let nowhere = SourceAddress {
        kind: SourceKind::Mail,
        address: String::new(),
    };
    let mut kept = url.clone();
    let known: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(key, _)| {
            matches!(
                key.as_ref(),
                "gh_jid" | "for" | "token" | "jobId" | "ashby_jid"
            )
        })
        .filter(|(_, value)| is_id(value))
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    kept.set_fragment(None);
    kept.set_query(None);
    if !known.is_empty() {
        kept.query_pairs_mut().extend_pairs(&known);
    }
    let key = dedup::keys(kept.as_str(), "", &nowhere, "")
        .into_iter()
        .find(|key| dedup::is_board_key(key))?;
    Some(JobLink {
        board: "employer".to_owned(),
        id: key.clone(),
        url: kept.into(),
        company: key
            .split(':')
            .nth(1)
            .filter(|_| key.matches(':').count() >= 2)
            .map(spelled),
        slug: None,
    })
}

/// Parameters of the query, and of a fragment that is written like one.
fn parameters(url: &Url) -> impl Iterator<Item = (String, String)> + '_ {
    let fragment = url
        .fragment()
        .unwrap_or_default()
        .trim_start_matches(['?', '/']);
    url.query_pairs()
        .chain(url::form_urlencoded::parse(fragment.as_bytes()))
        .map(|(key, value)| (key.into_owned(), value.trim().to_owned()))
}

/// What may be an id: short, of letters, digits and little else, with at least one digit.
fn is_id(value: &str) -> bool {
    (2..=80).contains(&value.len())
        && value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'='))
        && value.bytes().any(|b| b.is_ascii_digit())
}

/// The national site of a board that has one for each country, else the main one.
fn country_host(host: &str) -> &str {
    let first = host.split('.').next().unwrap_or_default();
    if first.len() == 2 { first } else { "www" }
}

/// A name in an address as a name: `acme-robotics` is read as `Acme Robotics`.
fn spelled(name: &str) -> String {
    name.split(['-', '_', '+', ' '])
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut chars = word.chars();
            chars
                .next()
                .map(|first| first.to_uppercase().chain(chars).collect::<String>())
                .unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Ids in hexadecimal mean the same in capitals.
fn lower_if_hex(id: String) -> String {
    match id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') {
        true => id.to_ascii_lowercase(),
        false => id,
    }
}
