//! The wire formats in which the sample sites speak, a file each. All of it is pure: a world and a poll in, text or JSON out.

pub(super) mod ashby;
pub(super) mod feeds;
pub(super) mod greenhouse;
pub(super) mod jsonld;
pub(super) mod lever;
pub(super) mod markup;
pub(super) mod places;
pub(super) mod simplify;
pub(super) mod sites;

use jiff::{Timestamp, tz::Offset};

use super::{
    model::{Board, Employer, Oddity, Opening, Poll},
    world::World,
};

/// What every renderer needs: the world, the poll, and the address under which everything is served.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub world: &'a World,
    pub poll: Poll,
    /// Such as `http://127.0.0.1:40123`, without a slash at the end.
    pub base: &'a str,
}

impl View<'_> {
    /// The page of an opening as its employer publishes it; `city` counts through repetitions of the same opening.
    ///
    /// Every page is on this machine, so a board's own host cannot be in its address. As on employers' own sites in real
    /// life, the board's number is in the query instead, by which a posting is known wherever it is seen.
    pub fn posting_url(&self, opening: &Opening, city: usize) -> String {
        let employer = self.world.employer_of(opening);
        let (base, id) = (self.base, &employer.id);
        let number = opening.number + city as u64;
        match employer.board {
            Board::Greenhouse if employer.own_domain => {
                format!("{base}/sites/{id}/job-details?gh_jid={number}")
            }
            Board::Greenhouse => format!("{base}/greenhouse/{id}/jobs/{number}?gh_jid={number}"),
            Board::Lever => format!("{base}/lever/{id}/{}", opening.uuid),
            Board::Ashby => format!("{base}/sites/{id}/job-details?ashby_jid={}", opening.uuid),
            Board::Pages | Board::Feed | Board::List => {
                format!("{base}/sites/{id}/jobs/{}", slug(opening))
            }
        }
    }

    /// The application form of an opening on Ashby.
    pub fn ashby_form_url(&self, opening: &Opening) -> String {
        let (id, uuid) = (&self.world.employer_of(opening).id, &opening.uuid);
        format!(
            "{}/ashby/{id}/{uuid}/application?ashby_jid={uuid}",
            self.base
        )
    }

    /// Openings of an employer at this poll.
    pub fn open<'a>(&'a self, employer: &'a Employer) -> impl Iterator<Item = &'a Opening> + 'a {
        self.world.open_at(&employer.id, self.poll)
    }

    /// When the opening was last changed, as boards tell it.
    pub fn updated_ms(&self, opening: &Opening) -> i64 {
        self.world.updated_ms(opening, self.poll)
    }
}

/// The last part of an opening's address: its title in ASCII and its number.
pub(super) fn slug(opening: &Opening) -> String {
    let mut slug = String::new();
    for character in opening.title.chars().map(|c| c.to_ascii_lowercase()) {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    format!(
        "{}-{}",
        slug.trim_end_matches('-'),
        &opening.requisition[2..]
    )
}

/// ISO 8601 with an offset in hours, such as `2026-11-02T09:15:00-05:00`.
pub(super) fn iso(ms: i64, offset_hours: i8) -> String {
    let zone = Offset::from_hours(offset_hours)
        .unwrap_or(Offset::UTC)
        .to_time_zone();
    let zoned = Timestamp::from_millisecond(ms)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned_datetime(zone);
    zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// When the opening was published, or what its oddity says instead.
pub(super) fn published(opening: &Opening, offset_hours: i8) -> String {
    match opening.oddity {
        Some(Oddity::PublishedInYear1) => "0001-01-01T00:00:00Z".to_owned(),
        Some(Oddity::DateUnreadable) => "as soon as possible".to_owned(),
        _ => iso(opening.published_ms, offset_hours),
    }
}

/// The last day for applications in ISO 8601, or what the opening's oddity says instead.
pub(super) fn deadline(opening: &Opening) -> Option<String> {
    match opening.oddity {
        Some(Oddity::DeadlineIn9999) => Some("9999-12-31T23:59:59Z".to_owned()),
        _ => opening.deadline.map(|day| format!("{day}T23:59:59Z")),
    }
}
