//! The search index over postings: what it holds, and how it follows the event log.
//!
//! The index can be deleted at any time: it is rebuilt from the database. Its commit remembers how far in the event log
//! it has come, so that it is consistent with the database after a crash.

use std::collections::HashMap;
use std::sync::Arc;

use search::{Change, Document, Field, Index, Opened, Options, QueryOptions, Schema};
use tokio::sync::{Mutex, Notify};

use super::model::{PostingId, Season, Term, Workplace};
use super::query::grade_name;
use super::record::Stored;
use super::store::read;
use crate::clock::Timestamp;
use crate::config::Config;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::events::{self, Event};
use crate::skills::Taxonomy;

/// Events read at once.
const EVENTS_AT_ONCE: u64 = 64;
/// Postings read from the database at once.
const POSTINGS_AT_ONCE: usize = 1_000;
/// Postings after which a long catch-up commits, so that a crash does not begin it anew.
const COMMIT_EVERY: usize = 25_000;

/// The search index of this process.
#[derive(Clone)]
pub struct PostingIndex {
    index: Index,
    writable: bool,
    /// Held while following, so that two never write the same events.
    following: Arc<Mutex<()>>,
    /// Told when there may be something to follow.
    nudge: Arc<Notify>,
    /// The index was made anew and has to be filled from the database.
    rebuild: Arc<std::sync::atomic::AtomicBool>,
}

impl std::fmt::Debug for PostingIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostingIndex")
            .field("writable", &self.writable)
            .finish_non_exhaustive()
    }
}

/// The fields of the index.
#[must_use]
pub fn schema() -> Schema {
    let fields = [
        Field::text("title", 6.0),
        Field::text("company", 3.0),
        Field::text("skills", 2.5),
        Field::text("place", 1.5),
        Field::text("description", 1.0),
        Field::keyword("employer").faceted(),
        Field::keyword("country").faceted().multi(),
        Field::keyword("city").faceted().multi(),
        Field::keyword("workplace").faceted(),
        Field::keyword("term").faceted().multi(),
        Field::keyword("skill").faceted().multi(),
        Field::keyword("source").faceted().multi(),
        Field::keyword("backend").faceted(),
        Field::keyword("language").faceted(),
        Field::boolean("open").faceted(),
        Field::boolean("internship").faceted(),
        Field::boolean("paid").faceted(),
        Field::integer("posted"),
        Field::integer("seen"),
        Field::integer("deadline"),
        Field::integer("event"),
    ];
    Schema::new(fields).expect("the fields are named once and by the rules, as a test checks")
}

/// How the query language's fields are read; `now` is what `posted:7d` counts back from.
#[must_use]
pub fn query_options(schema: &Schema, now: Timestamp) -> QueryOptions {
    let mut options = QueryOptions::new(schema);
    for (alias, field) in [
        ("location", "place"),
        ("remote", "workplace"),
        ("closes", "deadline"),
        ("lang", "language"),
    ] {
        options = options.alias(alias, field);
    }
    for field in ["posted", "seen", "deadline"] {
        options = options.integer(field, move |text| day_range(text, now));
    }
    options
}

/// What `2026-11-23`, `7d` (the last seven days) or `24h` stand for.
fn day_range(text: &str, now: Timestamp) -> Option<std::ops::RangeInclusive<i64>> {
    if let Some(days) = text
        .strip_suffix('d')
        .and_then(|days| days.parse::<i64>().ok())
    {
        return Some(now.plus_days(-days).0..=now.0);
    }
    if let Some(hours) = text
        .strip_suffix('h')
        .and_then(|hours| hours.parse::<i64>().ok())
    {
        return Some(now.plus_millis(hours.saturating_mul(-3_600_000)).0..=now.0);
    }
    let date: jiff::civil::Date = text.parse().ok()?;
    let start = date
        .to_datetime(jiff::civil::Time::midnight())
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .ok()?;
    let start = start.timestamp().as_millisecond();
    Some(start..=start + Timestamp::DAY_MS - 1)
}

impl PostingIndex {
    /// Opens the index of the data folder. Beside another process that writes it, it is opened for reading. One that
    /// cannot be used is made anew; [`PostingIndex::catch_up`] then fills it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the folder cannot be used.
    pub fn open(config: &Config) -> Result<Self> {
        let folder = config.index_dir();
        let failed = |cause: search::Error| {
            Error::unavailable(
                format!(
                    "The search index in {} cannot be opened. Delete the folder: it is rebuilt from the database.",
                    folder.display()
                ),
                cause,
            )
        };
        std::fs::create_dir_all(&folder).map_err(|cause| {
            Error::unavailable(
                format!("The folder {} cannot be created.", folder.display()),
                cause,
            )
        })?;
        match Index::open(&folder, schema(), Options::default()) {
            Ok(Opened::Ready(index)) => {
                let empty = index.position().is_none();
                Ok(Self::with(index, true, empty))
            }
            Ok(Opened::NeedsRebuild { reason }) => {
                tracing::warn!(%reason, "the search index is rebuilt from the database");
                Ok(Self::with(
                    Index::recreate(&folder, schema(), Options::default()).map_err(failed)?,
                    true,
                    true,
                ))
            }
            Err(search::Error::Locked(_)) => {
                match Index::open_reader(&folder, schema()).map_err(failed)? {
                    Opened::Ready(index) => Ok(Self::with(index, false, false)),
                    Opened::NeedsRebuild { reason } => Err(Error::unavailable(
                        "Another Cadet is just making the search index. Try again in a moment.",
                        reason,
                    )),
                }
            }
            Err(cause) => Err(failed(cause)),
        }
    }

    /// An index in memory; for tests and for evaluation.
    ///
    /// # Errors
    /// [`Error::Internal`] when the engine refuses.
    pub fn in_memory() -> Result<Self> {
        Ok(Self::with(
            Index::in_memory(schema()).map_err(Error::internal)?,
            true,
            true,
        ))
    }

    fn with(index: Index, writable: bool, rebuild: bool) -> Self {
        Self {
            index,
            writable,
            following: Arc::default(),
            nudge: Arc::default(),
            rebuild: Arc::new(rebuild.into()),
        }
    }

    /// The engine's index.
    #[must_use]
    pub fn engine(&self) -> &Index {
        &self.index
    }

    /// Whether this process writes the index.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        self.writable
    }

    /// How many postings can be found.
    #[must_use]
    pub fn document_count(&self) -> u64 {
        self.index.document_count()
    }

    /// The number of the last event that the index has seen.
    ///
    /// # Errors
    /// [`Error::Internal`] when the index is damaged.
    pub fn position(&self) -> Result<i64> {
        let position = self.index.position().unwrap_or(0);
        Ok(i64::try_from(position).unwrap_or(i64::MAX))
    }

    /// Says that something may have been stored, so that the follower looks at once.
    pub fn nudge(&self) {
        self.nudge.notify_one();
    }

    /// Waits until somebody nudges.
    pub async fn nudged(&self) {
        self.nudge.notified().await;
    }

    /// Follows the event log to its end; gives the number of postings written. A reader sees the writer's last commit.
    ///
    /// # Errors
    /// From the database and the index.
    pub async fn catch_up(&self, db: &Db, progress: &(dyn Fn(u64) + Sync)) -> Result<u64> {
        if !self.writable {
            self.index.reload().map_err(Error::internal)?;
            return Ok(0);
        }
        let _following = self.following.lock().await;
        if self.rebuild.load(std::sync::atomic::Ordering::Acquire) {
            return self.refill(db, progress).await;
        }
        let mut position = self.position()?;
        let mut written = 0;
        let mut uncommitted = 0;
        loop {
            let batch = events::read_after(db, position, EVENTS_AT_ONCE).await?;
            let Some(last) = batch.last().map(|logged| logged.id) else {
                break;
            };
            let touched = touched(
                &batch
                    .into_iter()
                    .map(|logged| (logged.id, logged.event))
                    .collect::<Vec<_>>(),
            );
            for part in touched.chunks(POSTINGS_AT_ONCE) {
                self.put(db, part).await?;
            }
            written += touched.len() as u64;
            uncommitted += touched.len();
            position = last;
            progress(written);
            if uncommitted >= COMMIT_EVERY {
                self.commit(position).await?;
                uncommitted = 0;
            }
        }
        if written > 0 || position != self.position()? {
            self.commit(position).await?;
        }
        Ok(written)
    }

    /// Empties the index and fills it again from the database.
    ///
    /// # Errors
    /// [`Error::Conflict`] when another process writes it; from the database and the index.
    pub async fn rebuild(&self, db: &Db, progress: &(dyn Fn(u64) + Sync)) -> Result<u64> {
        if !self.writable {
            return Err(Error::Conflict("The search index is in use by a running Cadet. Stop it first, or let it rebuild the index itself by deleting the folder and restarting.".into()));
        }
        let _following = self.following.lock().await;
        self.refill(db, progress).await
    }

    async fn refill(&self, db: &Db, progress: &(dyn Fn(u64) + Sync)) -> Result<u64> {
        // Events after this number may be seen twice, which changes nothing; none is missed.
        let position = events::last_id(db).await?;
        self.index.clear().map_err(Error::internal)?;
        let mut after = PostingId(0);
        let mut written = 0;
        loop {
            let postings = read::page_after(db, after, POSTINGS_AT_ONCE as u64).await?;
            let Some(last) = postings.last().map(|stored| stored.id) else {
                break;
            };
            written += postings.len() as u64;
            self.put_stored(db, postings, &HashMap::new()).await?;
            after = last;
            progress(written);
        }
        self.commit(position).await?;
        self.rebuild
            .store(false, std::sync::atomic::Ordering::Release);
        Ok(written)
    }

    async fn put(&self, db: &Db, touched: &[(PostingId, i64)]) -> Result<()> {
        let ids: Vec<PostingId> = touched.iter().map(|(id, _)| *id).collect();
        let stored = read::whole(db, &ids).await?;
        let there: std::collections::HashSet<PostingId> = stored.iter().map(|one| one.id).collect();
        let gone: Vec<Change> = ids
            .iter()
            .filter(|id| !there.contains(id))
            .map(|id| Change::Delete(key(*id)))
            .collect();
        self.index.apply(gone).map_err(Error::internal)?;
        self.put_stored(db, stored, &touched.iter().copied().collect())
            .await
    }

    async fn put_stored(
        &self,
        db: &Db,
        stored: Vec<Stored>,
        events: &HashMap<PostingId, i64>,
    ) -> Result<()> {
        let ids: Vec<PostingId> = stored.iter().map(|one| one.id).collect();
        let sources = read::listed_in(db, &ids).await?;
        let index = self.index.clone();
        let documents: Vec<Change> = stored
            .into_iter()
            .map(|one| {
                let listed = sources.get(&one.id).map_or(&[][..], Vec::as_slice);
                let event = events.get(&one.id).copied().unwrap_or(0);
                Change::Put(document(&one, listed, event))
            })
            .collect();
        tokio::task::spawn_blocking(move || index.apply(documents))
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)
    }

    async fn commit(&self, position: i64) -> Result<()> {
        let index = self.index.clone();
        let position = u64::try_from(position).unwrap_or(0);
        tokio::task::spawn_blocking(move || index.commit(position))
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)
    }
}

/// Postings that the events are about, each once, with the number of the last event that made it new or open again
/// (0 if none did).
fn touched(batch: &[(i64, Event)]) -> Vec<(PostingId, i64)> {
    let mut order = Vec::new();
    let mut appeared: HashMap<PostingId, i64> = HashMap::new();
    for (number, event) in batch {
        let (fresh, other): (Vec<PostingId>, Vec<PostingId>) = match event {
            Event::PostingsStored {
                new,
                changed,
                closed,
                reopened,
            } => (
                new.iter().chain(reopened).copied().collect(),
                changed.iter().chain(closed).copied().collect(),
            ),
            Event::PostingsRemoved { ids } => (Vec::new(), ids.clone()),
        };
        for (ids, number) in [(fresh, *number), (other, 0)] {
            for id in ids {
                let known = appeared.entry(id).or_insert_with(|| {
                    order.push(id);
                    0
                });
                *known = (*known).max(number);
            }
        }
    }
    order.into_iter().map(|id| (id, appeared[&id])).collect()
}

fn key(id: PostingId) -> u64 {
    u64::try_from(id.0).unwrap_or(0)
}

/// A posting as the index holds it.
pub(super) fn document(stored: &Stored, sources: &[i64], event: i64) -> Document {
    let posting = &stored.posting;
    let taxonomy = Taxonomy::bundled();
    let skills = posting.distinct_skills();
    let names: Vec<&str> = skills
        .iter()
        .filter_map(|id| taxonomy.name_of(id))
        .collect();
    let mut document = Document::new(key(stored.id))
        .with("title", posting.title.as_str())
        .with("company", posting.company.as_str())
        .with("skills", names.join(", "))
        .with(
            "place",
            posting
                .locations
                .iter()
                .map(|place| place.text.as_str())
                .collect::<Vec<_>>()
                .join("; "),
        )
        .with("description", posting.description_text.as_str())
        .with("employer", posting.company.as_str())
        .with("backend", grade_name(posting.backend_grade()))
        .with("open", stored.closed_at.is_none())
        .with("internship", posting.is_internship())
        .with("seen", stored.first_seen_at.0)
        .with("event", event);
    for place in &posting.locations {
        for (field, value) in [("country", &place.country), ("city", &place.city)] {
            if let Some(value) = value {
                document = document.with(field, value.as_str());
            }
        }
    }
    if let Some(workplace) = posting.workplace {
        document = document.with("workplace", workplace_name(workplace));
    }
    for term in &posting.facts.terms {
        document = document.with("term", term_label(&term.value));
    }
    for skill in skills {
        document = document.with("skill", skill);
    }
    for source in sources {
        document = document.with("source", source.to_string());
    }
    if let Some(language) = &posting.language {
        document = document.with("language", language.as_str());
    }
    if let Some(paid) = posting
        .facts
        .paid
        .as_ref()
        .map(|fact| fact.value)
        .or(posting.pay.as_ref().map(|_| true))
    {
        document = document.with("paid", paid);
    }
    if let Some(posted) = posting.posted {
        document = document.with("posted", posted.at.0);
    }
    if let Some(deadline) = posting.deadline {
        document = document.with("deadline", deadline.at.0);
    }
    document
}

/// A place of work's name in addresses and in the index.
#[must_use]
pub const fn workplace_name(workplace: Workplace) -> &'static str {
    match workplace {
        Workplace::Remote => "remote",
        Workplace::Hybrid => "hybrid",
        Workplace::OnSite => "on-site",
    }
}

/// A term as people write it: `Summer 2027`, `March 2027`, `2027`.
#[must_use]
pub fn term_label(term: &Term) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let season = term.season.map(|season| match season {
        Season::Winter => "Winter",
        Season::Spring => "Spring",
        Season::Summer => "Summer",
        Season::Fall => "Fall",
    });
    let month = term.month.and_then(|month| {
        MONTHS
            .get(usize::try_from(month).ok()?.checked_sub(1)?)
            .copied()
    });
    let year = term.year.map(|year| year.to_string());
    let parts: Vec<String> = season
        .or(month)
        .map(str::to_owned)
        .into_iter()
        .chain(year)
        .collect();
    parts.join(" ")
}
