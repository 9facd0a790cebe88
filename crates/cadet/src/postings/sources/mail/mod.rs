//! Alert mails: what boards that no program may fetch tell by mail.
//!
//! Input: a mailbox over IMAP (only read, never changed), an `.eml` file, an mbox file, a Maildir or a folder of mails. Output:
//! one posting for each job id, whichever mails tell of it. Invariants: a job counts only by an id in a link to a known board;
//! nothing of a mail is kept but what is said of a job, with an address composed anew, so that no token of the reader is
//! stored; mails tell what is new and never what is gone, so a poll is never complete.

pub mod address;
mod age;
mod boards;
mod cards;
mod fields;
mod folder;
mod lines;
mod links;
mod markup;
mod message;
mod password;
mod poll;
pub mod session;
mod split;
#[cfg(test)]
mod tests;
mod words;

use async_trait::async_trait;
use serde_json::{Value, json};

use super::connector::{FetchContext, Parsed, Source};
use super::model::{
    Fetched, RawDate, RawLocation, RawPay, RawPosting, SourceAddress, SourceError, SourceKind,
};
use super::record::{digest, hex};
use crate::clock::Timestamp;
use crate::postings::normalise::text::fold_words;
use address::MailboxAddress;
use boards::JobLink;
use fields::Card;
use message::{Letter, Text};

pub use folder::{is_mail, is_mail_folder};

/// Whoever reads a posting whose mail named no employer should see that.
const NO_EMPLOYER: &str = "Employer not named";
/// Days that a job may have been out when a mail tells of it; more is a misread number.
const OLDEST_DAYS: i64 = 400;

/// The connector.
pub struct Mail;

#[async_trait]
impl Source for Mail {
    fn kind(&self) -> SourceKind {
        SourceKind::Mail
    }

    async fn fetch(
        &self,
        ctx: &FetchContext,
        address: &SourceAddress,
        validators: Option<&Value>,
    ) -> Result<Fetched, SourceError> {
        match MailboxAddress::is_one(&address.address) {
            true => poll::mailbox(ctx, &MailboxAddress::parse(&address.address)?, validators).await,
            false => folder::read(ctx, &address.address, validators).await,
        }
    }
}

/// What several mails tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    found: Vec<(Found, RawPosting)>,
    parsed: Parsed,
    mails: usize,
    without_jobs: usize,
}

/// How good what is known of a posting is.
#[derive(Clone, Copy, Debug)]
struct Found {
    score: f32,
}

impl Told {
    /// Reads one mail; `at` says where it is, for what is wrong with it. `received` stands in where the mail has no date.
    pub(super) fn add(&mut self, mail: &[u8], received: Option<Timestamp>, at: &str) {
        self.mails += 1;
        let Some(letter) = Letter::read(mail) else {
            self.parsed.lose(
                at.to_owned(),
                "is no mail: it has neither sender, nor date, nor subject",
            );
            return;
        };
        let jobs = jobs_of(&letter);
        self.without_jobs += usize::from(jobs.is_empty());
        for (link, card) in jobs {
            match posting(&link, &card, letter.sent.or(received)) {
                Some(posting) => self.merge(card.score, posting),
                None => self.parsed.note(
                    format!("{at}, {}", link.id),
                    "the job has no title near its link, so it is left out",
                ),
            }
        }
    }

    /// The same job in another mail: the better reading gives the fields, the other one fills its gaps.
    fn merge(&mut self, score: f32, posting: RawPosting) {
        let known = self
            .found
            .iter_mut()
            .find(|(_, known)| known.external_id == posting.external_id);
        match known {
            None => self.found.push((Found { score }, posting)),
            Some((found, known)) => {
                let (mut better, other) = match score > found.score + 0.5 {
                    true => (posting, known.clone()),
                    false => (known.clone(), posting),
                };
                better.pay = better.pay.or(other.pay);
                better.employment_type = better.employment_type.or(other.employment_type);
                better.posted = better.posted.or(other.posted);
                if better.locations.is_empty() {
                    better.locations = other.locations;
                }
                if better.company.as_deref() == Some(NO_EMPLOYER) {
                    better.company = other.company;
                }
                found.score = found.score.max(score);
                *known = better;
            }
        }
    }

    /// Notes a mail that could not be read at all.
    pub(super) fn lose(&mut self, at: String, message: impl Into<String>) {
        self.mails += 1;
        self.parsed.lose(at, message);
    }

    /// As a parser's result; never whole.
    pub(super) fn into_parsed(mut self) -> Parsed {
        tracing::debug!(
            mails = self.mails,
            without_jobs = self.without_jobs,
            jobs = self.found.len(),
            "alert mails were read"
        );
        self.parsed.postings = self.found.into_iter().map(|(_, posting)| posting).collect();
        self.parsed.whole = false;
        self.parsed
    }
}

/// Reads one mail, or an mbox with many; `received` stands in where a mail has no date.
#[must_use]
pub fn parse(mails: &[u8], received: Option<Timestamp>) -> Parsed {
    let mut told = Told::default();
    folder::each_in(mails, |mail, at| told.add(mail, received, at));
    told.into_parsed()
}

/// The id and the address of the job that a web address names on a known board, without anything of the reader's in it.
#[must_use]
pub fn known_job(url: &url::Url) -> Option<(String, String)> {
    boards::job_of(url).map(|job| (job.id, job.url))
}

/// Whether a posting's mail named the employer.
#[must_use]
pub fn names_employer(posting: &RawPosting) -> bool {
    posting
        .company
        .as_deref()
        .is_some_and(|name| name != NO_EMPLOYER)
}

/// The jobs of a mail, each once.
fn jobs_of(letter: &Letter) -> Vec<(JobLink, Card)> {
    let jobs = read_texts(letter, false);
    if !jobs.is_empty() {
        return jobs;
    }
    // Only where no link says an id, and a board wrote the mail, is a link of unknown target taken for a job: by what it says.
    let Some(board) = board_of_sender(letter) else {
        return Vec::new();
    };
    read_texts(letter, true)
        .into_iter()
        .filter(|(_, card)| {
            card.linked
                && words::names_role(&card.title)
                && card.company.is_some()
                && card.score > 3.0
        })
        .map(|(link, card)| {
            let company = card.company.as_deref().unwrap_or_default();
            let mark = hex(&digest(&[&fold_words(&card.title), &fold_words(company)]));
            let link = JobLink {
                id: format!("{board}:~{mark}"),
                board: board.clone(),
                ..link
            };
            (link, card)
        })
        .collect()
}

/// The board that wrote a mail, by its sender's host.
fn board_of_sender(letter: &Letter) -> Option<String> {
    let host = letter.from.rsplit('@').next()?;
    boards::board_of_host(host)
}

/// Each text by itself; of a job that several tell, the most believable reading, and plain text before HTML.
fn read_texts(letter: &Letter, opaque: bool) -> Vec<(JobLink, Card)> {
    let mut jobs: Vec<(JobLink, Card)> = Vec::new();
    let plain_first = |text: &&Text| matches!(text, Text::Html(_));
    let mut texts: Vec<&Text> = letter.texts.iter().collect();
    texts.sort_by_key(plain_first);
    for text in texts {
        let page = match text {
            // Some mails carry HTML as their plain text.
            Text::Plain(text)
                if text.trim_start().starts_with("<!DOCTYPE")
                    || text.trim_start().starts_with("<html") =>
            {
                markup::of_html(text, opaque)
            }
            Text::Plain(text) => lines::of_plain(text, opaque),
            Text::Html(text) => markup::of_html(text, opaque),
        };
        for (job, card) in cards::cards(&page, &letter.subjects) {
            let link = page.jobs[job].clone();
            match jobs.iter_mut().find(|(known, _)| known.id == link.id) {
                None => jobs.push((link, card)),
                Some((known, best)) => {
                    known.slug = known.slug.take().or(link.slug);
                    *best = better(best, card);
                }
            }
        }
    }
    jobs
}

/// The more believable of two readings, with its gaps filled from the other.
fn better(known: &Card, other: Card) -> Card {
    let (mut best, rest) = match other.score > known.score + 1.0 {
        true => (other, known.clone()),
        false => (known.clone(), other),
    };
    if best.title.is_empty() {
        best.title = rest.title;
    }
    best.company = best.company.or(rest.company);
    best.place = best.place.or(rest.place);
    best.workplace = best.workplace.or(rest.workplace);
    best.pay = best.pay.or(rest.pay);
    best.employment = best.employment.or(rest.employment);
    best.days = best.days.or(rest.days);
    best
}

fn posting(link: &JobLink, card: &Card, sent: Option<Timestamp>) -> Option<RawPosting> {
    let title = match card.title.is_empty() {
        // Better the words of the address than none.
        true => link
            .slug
            .as_deref()
            .map(fold_words)
            .filter(|slug| slug.contains(' '))?,
        false => card.title.clone(),
    };
    let posted = card
        .days
        .filter(|days| (0..=OLDEST_DAYS).contains(days))
        .zip(sent)
        .map(|(days, sent)| RawDate::Text(sent.plus_days(-days).date_string()));
    Some(RawPosting {
        external_id: link.id.clone(),
        url: link.url.clone(),
        title,
        company: Some(
            card.company
                .clone()
                .unwrap_or_else(|| NO_EMPLOYER.to_owned()),
        ),
        locations: card
            .place
            .iter()
            .map(|place| RawLocation {
                text: Some(place.clone()),
                ..RawLocation::default()
            })
            .collect(),
        workplace: card.workplace.clone(),
        pay: card.pay.clone().map(|text| RawPay {
            text: Some(text),
            ..RawPay::default()
        }),
        employment_type: card.employment.clone(),
        posted,
        // The same in every mail, or each mail would look like a change.
        raw: json!({ "board": link.board }),
        ..RawPosting::default()
    })
}
