//! The trait of connectors, what they work with, and the list of them.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use serde_json::Value;
use url::Url;

use super::budget::Budget;
use super::model::{
    Fetched, RawPosting, RecordProblem, SourceAddress, SourceError, SourceErrorKind, SourceKind,
};
use super::record::with_unique_ids;
use super::{adzuna, arbeitnow, hacker_news, markdown, remotive, sitemap, the_muse, usajobs};
use super::{ashby, clip, export, feed, greenhouse, jsonld, lever, mail, simplify};
use super::{bamboohr, personio, recruitee, smartrecruiters, teamtailor, workable, workday};
use super::{breezy, gem, pinpoint, rippling};
use crate::clock::Clock;
use crate::config::{Endpoints, Keys, Mailbox};
use crate::fetch::{self, Client, ErrorKind, JsonProblem};

/// Reads one kind of source.
#[async_trait]
pub trait Source: Send + Sync {
    /// Which kind.
    fn kind(&self) -> SourceKind;

    /// Polls a source. `validators` are those of the last poll that succeeded, or `None` to read everything anew.
    ///
    /// # Errors
    /// If nothing could be read. A poll that read a part gives that part, with `complete` false.
    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError>;

    /// The board to which a web address belongs by itself: its page, one of its postings, or a call of its interface.
    fn board_of(&self, _url: &Url, _endpoints: &Endpoints) -> Option<SourceAddress> {
        None
    }

    /// What follows the kind's name in a shorthand such as `workable:northlight`, as the source's address spells it. `None`: the
    /// kind has no shorthand.
    fn shorthand(&self, _board: &str) -> Option<Result<String, SourceError>> {
        None
    }

    /// The boards at a host that serves several, for an address that does not tell which of them is meant. May ask the host.
    async fn boards_at(&self, _ctx: &FetchContext, _url: &Url) -> Vec<SourceAddress> {
        Vec::new()
    }

    /// The board that serves a web page from a domain of the employer's own, as the page's markup shows.
    fn branded(&self, _html: &str, _at: &Url) -> Option<SourceAddress> {
        None
    }
}

/// The connector for a kind of source.
#[must_use]
pub fn connector(kind: SourceKind) -> &'static dyn Source {
    match kind {
        SourceKind::Greenhouse => &greenhouse::Greenhouse,
        SourceKind::Lever => &lever::Lever,
        SourceKind::Ashby => &ashby::Ashby,
        SourceKind::Simplify => &simplify::Simplify,
        SourceKind::JsonLd => &jsonld::JsonLd,
        SourceKind::Feed => &feed::Feed,
        SourceKind::Export => &export::Export,
        SourceKind::BambooHr => &bamboohr::BambooHr,
        SourceKind::Personio => &personio::Personio,
        SourceKind::Recruitee => &recruitee::Recruitee,
        SourceKind::SmartRecruiters => &smartrecruiters::SmartRecruiters,
        SourceKind::Teamtailor => &teamtailor::Teamtailor,
        SourceKind::Workable => &workable::Workable,
        SourceKind::Workday => &workday::Workday,
        SourceKind::Mail => &mail::Mail,
        SourceKind::Clip => &clip::Clips,
        SourceKind::Breezy => &breezy::Breezy,
        SourceKind::Pinpoint => &pinpoint::Pinpoint,
        SourceKind::Rippling => &rippling::Rippling,
        SourceKind::Gem => &gem::Gem,
        SourceKind::HackerNews => &hacker_news::HackerNews,
        SourceKind::Remotive => &remotive::Remotive,
        SourceKind::Arbeitnow => &arbeitnow::Arbeitnow,
        SourceKind::TheMuse => &the_muse::TheMuse,
        SourceKind::UsaJobs => &usajobs::UsaJobs,
        SourceKind::Adzuna => &adzuna::Adzuna,
        SourceKind::Markdown => &markdown::Markdown,
        SourceKind::Sitemap => &sitemap::Sitemap,
    }
}

/// What connectors work with.
#[derive(Clone)]
pub struct FetchContext {
    /// The client for everything outside.
    pub client: Client,
    /// Where the boards' interfaces are.
    pub endpoints: Endpoints,
    /// The operator's keys for interfaces that ask for one.
    pub keys: Keys,
    /// The calls that such interfaces grant, as far as this process has used them.
    pub budget: Budget,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How mailboxes are read.
    pub mailbox: Mailbox,
    /// Whether an address may name a file of this machine. For the operator it may; for users of a shared server it must not,
    /// or they could read the server's files through a source.
    pub local_files: bool,
    /// Whether only lists are read and no posting of its own: enough to see whether a board works and what it has.
    pub outlines_only: bool,
    /// Whether the operator lets the interface of SmartRecruiters be asked, whose robots.txt keeps crawlers out.
    pub smartrecruiters_api: bool,
}

impl FetchContext {
    /// A context in which files of this machine may be sources.
    #[must_use]
    pub fn new(client: Client, endpoints: Endpoints, clock: Arc<dyn Clock>) -> Self {
        Self {
            client,
            endpoints,
            keys: Keys::default(),
            budget: Budget::default(),
            clock,
            mailbox: Mailbox::default(),
            local_files: true,
            outlines_only: false,
            smartrecruiters_api: false,
        }
    }
}

/// What a parser made of one answer.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// The postings that could be read; their ids are unique.
    pub postings: Vec<RawPosting>,
    /// Records that could not be read, and what was odd about others.
    pub problems: Vec<RecordProblem>,
    /// The employer's or list's name as the answer gives it.
    pub name: Option<String>,
    /// Whether every record of the answer is among the postings, and the answer's own count agrees.
    pub whole: bool,
}

impl Parsed {
    /// Reads the records of a list; one that cannot be read loses no other. Their ids need not be unique yet.
    pub(super) fn of_records(
        records: &[Value],
        at: &str,
        read: impl Fn(&Value) -> Result<RawPosting, &'static str>,
    ) -> Self {
        let mut parsed = Self {
            whole: true,
            ..Self::default()
        };
        let mut postings = Vec::with_capacity(records.len());
        for (index, record) in records.iter().enumerate() {
            match read(record) {
                Ok(posting) => postings.push(posting),
                Err(missing) => parsed.lose(format!("{at}[{index}]"), missing),
            }
        }
        parsed.postings = with_unique_ids(postings, &mut parsed.problems);
        parsed
    }

    /// Compares the source's own count with the records that it lists.
    pub(super) fn count(&mut self, at: &str, told: Option<u64>, listed: usize) {
        match told {
            Some(total) if total == listed as u64 => {}
            Some(total) => self.lose(
                at.to_owned(),
                format!("the source counts {total} postings but lists {listed}"),
            ),
            None => self.lose(
                at.to_owned(),
                "the source does not say how many postings it has, so it may not list all",
            ),
        }
    }

    /// Notes a record that is lost; the answer is then not whole.
    pub(super) fn lose(&mut self, at: String, message: impl Into<String>) {
        self.note(at, message);
        self.whole = false;
    }

    /// Notes something odd that lost nothing.
    pub(super) fn note(&mut self, at: String, message: impl Into<String>) {
        self.problems.push(RecordProblem {
            at,
            message: message.into(),
        });
    }

    /// As the result of a poll.
    pub(super) fn into_fetched(self) -> Fetched {
        Fetched {
            postings: self.postings,
            complete: self.whole,
            problems: self.problems,
            name: self.name,
            ..Fetched::default()
        }
    }
}

/// A board's token or name: one segment of a path, and its region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardToken {
    /// The token as the board spells it; may hold dots and spaces.
    pub token: String,
    /// Whether the board lives in the EU region.
    pub eu: bool,
}

impl BoardToken {
    /// Reads `northlight` or `eu:northlight`.
    ///
    /// # Errors
    /// If it is empty, too long, or could not be one segment of a path.
    pub fn parse(address: &str) -> Result<Self, SourceError> {
        let address = address.trim();
        let (eu, token) = match address.strip_prefix("eu:") {
            Some(token) => (true, token.trim()),
            None => (false, address),
        };
        let odd = token.is_empty()
            || token.len() > 200
            || matches!(token, "." | "..")
            || token.contains(['/', '\\', '?', '#', ':'])
            || token.chars().any(char::is_control);
        if odd {
            let message = format!(
                "\"{}\" is no name of a job board. It is the part of the board's address after the host, such as northlight.",
                token.chars().take(80).collect::<String>()
            );
            return Err(error(SourceErrorKind::BadAddress, None, message));
        }
        Ok(Self {
            token: token.to_owned(),
            eu,
        })
    }
}

impl std::fmt::Display for BoardToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.eu { "eu:" } else { "" }, self.token)
    }
}

/// Joins a base address, path segments (each percent-encoded) and a query.
pub(super) fn address_of(
    base: &str,
    segments: &[&str],
    query: &[(&str, &str)],
) -> Result<Url, SourceError> {
    let bad = || {
        error(
            SourceErrorKind::BadAddress,
            Some(base),
            format!("{base} is not a web address. Check the endpoint in the configuration."),
        )
    };
    let mut url = Url::parse(base).map_err(|_| bad())?;
    url.path_segments_mut()
        .map_err(|()| bad())?
        .pop_if_empty()
        .extend(segments);
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Ok(url)
}

/// An address that is to be a web page.
pub(super) fn web_url(address: &str) -> Result<Url, SourceError> {
    Url::parse(address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .ok_or_else(|| {
            error(
                SourceErrorKind::BadAddress,
                Some(address),
                format!("{address} is not a web address. It should begin with https://."),
            )
        })
}

/// An error that has no HTTP status.
pub(super) fn error(
    kind: SourceErrorKind,
    url: Option<&str>,
    message: impl Into<String>,
) -> SourceError {
    SourceError {
        kind,
        message: message.into(),
        url: url.map(str::to_owned),
        status: None,
        retry_at: None,
    }
}

/// Says of a text that should be JSON, where it came from and what it is instead.
pub(super) fn not_json(at: &str, problem: &JsonProblem) -> SourceError {
    let kind = if *problem == JsonProblem::Truncated {
        SourceErrorKind::Truncated
    } else {
        SourceErrorKind::Malformed
    };
    error(
        kind,
        Some(at),
        format!("{at}: {problem}. Check that the address is the right one."),
    )
}

/// Says of a 404 what it means for a board.
pub(super) fn removed_board(
    mut error: SourceError,
    system: &str,
    board: &BoardToken,
) -> SourceError {
    if error.kind == SourceErrorKind::NotFound {
        error.message = format!(
            "{system} has no job board \"{}\": it was removed or renamed, or the name is mistyped. Look up the employer's career page and add that.",
            board.token
        );
    }
    error
}

/// The same for boards that are known by their address alone.
pub(super) fn no_such_board(
    mut error: SourceError,
    system: &str,
    address: &SourceAddress,
) -> SourceError {
    if error.kind == SourceErrorKind::NotFound {
        error.message = format!(
            "{system} has no job board \"{}\": it was removed or renamed, or the name is mistyped. Look up the employer's career page and add that.",
            address.address
        );
    }
    error
}

/// The board to which a permanent redirect of the interface leads, if it is one: the segment after `marker` is its token.
pub(super) fn moved_board(
    base: &str,
    moved: Option<&Url>,
    marker: &str,
    board: &BoardToken,
    kind: SourceKind,
) -> Option<SourceAddress> {
    let moved =
        moved.filter(|moved| Url::parse(base).is_ok_and(|base| base.origin() == moved.origin()))?;
    let token = moved
        .path_segments()?
        .skip_while(|segment| *segment != marker)
        .nth(1)?;
    let token = percent_decoded(token);
    let renamed = BoardToken::parse(&token).ok()?;
    (renamed.token != board.token).then(|| SourceAddress {
        kind,
        address: BoardToken {
            eu: board.eu,
            ..renamed
        }
        .to_string(),
    })
}

/// One segment of a path without percent encoding.
pub(super) fn percent_decoded(segment: &str) -> String {
    percent_encoding::percent_decode_str(segment)
        .decode_utf8_lossy()
        .into_owned()
}

/// Whether an address names a file rather than a web page.
pub(super) fn is_file(address: &str) -> bool {
    Path::new(address).is_absolute() || address.starts_with("file://")
}

impl From<fetch::Error> for SourceError {
    fn from(error: fetch::Error) -> Self {
        let kind = match error.kind {
            ErrorKind::Unreachable => SourceErrorKind::Unreachable,
            ErrorKind::Timeout => SourceErrorKind::Timeout,
            ErrorKind::NotFound => SourceErrorKind::NotFound,
            ErrorKind::Denied => SourceErrorKind::Denied,
            ErrorKind::Robots => SourceErrorKind::Robots,
            ErrorKind::RateLimited => SourceErrorKind::RateLimited,
            ErrorKind::ServerError => SourceErrorKind::ServerError,
            ErrorKind::UnexpectedStatus => SourceErrorKind::UnexpectedStatus,
            ErrorKind::Redirects => SourceErrorKind::Redirects,
            ErrorKind::PrivateAddress => SourceErrorKind::PrivateAddress,
            ErrorKind::TooLarge => SourceErrorKind::TooLarge,
            ErrorKind::Truncated => SourceErrorKind::Truncated,
            ErrorKind::Malformed => SourceErrorKind::Malformed,
            ErrorKind::BadAddress => SourceErrorKind::BadAddress,
        };
        let url = (!error.url.is_empty()).then_some(error.url);
        Self {
            kind,
            message: error.message,
            url,
            status: error.status,
            retry_at: error.retry_at,
        }
    }
}
