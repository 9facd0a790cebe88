//! The shape of an alert for those who read it: the REST interface, `--json` and the export. Fields are added, never
//! renamed or removed.

use serde::Serialize;
use utoipa::ToSchema;

use super::actions::AlertCounts;
use super::model::AlertId;
use super::schedule::Schedule;
use super::words::describe;
use crate::clock::Timestamp;
use crate::state::Ctx;

/// A saved search that tells what is new.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AlertRecord {
    /// Its number.
    pub id: AlertId,
    /// What its owner calls it.
    pub name: String,
    /// What is searched for, as the query part of the address of a search.
    #[schema(example = "q=java&internship=yes&country=DE")]
    pub query: String,
    /// The same in words.
    pub words: String,
    /// When it is delivered.
    pub schedule: Schedule,
    /// By which IANA time zone.
    pub time_zone: String,
    /// The address that mail goes to, if any.
    pub mail: Option<String>,
    /// The address that is posted to, if any.
    pub webhook: Option<String>,
    /// Channels that were turned off, each with why.
    pub turned_off: Vec<String>,
    /// How many postings it has found.
    pub found: u64,
    /// How many of these wait for their delivery.
    pub waiting: u64,
    /// Made.
    pub created_at: Timestamp,
    /// When something was last found.
    pub last_found_at: Option<Timestamp>,
    /// When what has gathered is delivered next.
    pub next_due_at: Option<Timestamp>,
    /// Paused since.
    pub paused_at: Option<Timestamp>,
    /// Its page.
    pub url: String,
    /// Its Atom feed; whoever knows the address can read it.
    pub atom_url: String,
    /// Its JSON Feed; whoever knows the address can read it.
    pub json_feed_url: String,
}

impl AlertRecord {
    /// An alert as others read it.
    #[must_use]
    pub fn new(ctx: &Ctx, alert: &AlertCounts) -> Self {
        let (search, server) = (&alert.search, &ctx.config.server);
        let off = search.channels.iter().filter_map(|channel| {
            let why = channel.off()?;
            Some(format!("{} to {}: {why}", channel.name(), channel.target()))
        });
        Self {
            id: search.id,
            name: search.name.clone(),
            query: search.query.to_query_string(),
            words: describe(&search.query),
            schedule: search.schedule,
            time_zone: search.time_zone.clone(),
            mail: search.mail().map(str::to_owned),
            webhook: search.webhook().map(str::to_owned),
            turned_off: off.collect(),
            found: alert.found,
            waiting: alert.waiting,
            created_at: search.created_at,
            last_found_at: search.last_run_at,
            next_due_at: search.next_due_at,
            paused_at: search.paused_at,
            url: server.url(&search.path()),
            atom_url: server.url(&search.atom_path()),
            json_feed_url: server.url(&search.json_feed_path()),
        }
    }
}
