//! Schedules: at each tick of a cron pattern one job, however many nodes are up; ticks missed while all were down count as one.

mod cron;
pub(crate) mod store;

use std::str::FromStr;

use croner::Cron;
use jiff::tz::TimeZone;
use serde::Serialize;
use tracing::{error, info};

use crate::error::Error;
use crate::model::{NewJob, checked_name};
use crate::queue::Queue;

/// A job that is enqueued again and again.
#[derive(Clone, Debug)]
pub struct Schedule {
    pub(crate) name: String,
    pub(crate) cron: Cron,
    pub(crate) zone: TimeZone,
    pub(crate) job: NewJob,
}

impl Schedule {
    /// A schedule by a cron pattern of five fields (minute, hour, day of the month, month, day of the week), or six with
    /// seconds first, in UTC. The name identifies it in the database: the same name on several nodes is one schedule.
    ///
    /// A tick does nothing while the job of an earlier tick is unfinished, so that slow jobs do not pile up.
    ///
    /// # Errors
    /// If the pattern cannot be read, or the name, the kind or the payload cannot be stored.
    pub fn new(
        name: impl Into<String>,
        cron: &str,
        kind: impl Into<String>,
        payload: &impl Serialize,
    ) -> Result<Self, Error> {
        let name = checked_name("schedule name", name.into())?;
        let parsed = Cron::from_str(cron).map_err(|error| Error::Cron {
            name: name.clone(),
            cron: cron.to_owned(),
            reason: error.to_string(),
        })?;
        let job = NewJob::new(kind, payload)?.unique(name.as_str())?;
        Ok(Self {
            name,
            cron: parsed,
            zone: TimeZone::UTC,
            job,
        })
    }

    /// The pattern's time zone, instead of UTC.
    #[must_use]
    pub fn in_zone(mut self, zone: TimeZone) -> Self {
        self.zone = zone;
        self
    }

    /// The first tick after the time; both are milliseconds since the Unix epoch, UTC.
    ///
    /// # Errors
    /// If there is none, as for the 30th of February.
    pub fn next_after(&self, ms: i64) -> Result<i64, Error> {
        let next = cron::next_after(&self.cron, &self.zone, ms);
        next.map_err(|reason| Error::Cron {
            name: self.name.clone(),
            cron: self.cron.as_str().to_owned(),
            reason,
        })
    }

    /// Pattern and zone: if they change, the next tick is worked out anew.
    pub(crate) fn pattern(&self) -> String {
        let zone = self.zone.iana_name().unwrap_or("local");
        format!("{} {zone}", self.cron.as_str())
    }
}

/// The schedules of one worker, each with its next tick as far as this node knows.
pub(crate) struct Ticker {
    ticks: Vec<(Schedule, i64)>,
}

impl Ticker {
    /// Registers the schedules in the database. A tick that was missed while no node was up is due at once.
    pub(crate) async fn register(queue: &Queue, schedules: &[Schedule]) -> Result<Self, Error> {
        let now = queue.now_ms();
        let mut ticks = Vec::new();
        for schedule in schedules {
            let next = schedule.next_after(now)?;
            let next = store::register(queue.db(), schedule, next).await?;
            ticks.push((schedule.clone(), next));
        }
        Ok(Self { ticks })
    }

    /// Enqueues what is due and returns the time of the next tick.
    pub(crate) async fn tick(&mut self, queue: &Queue) -> Result<Option<i64>, Error> {
        let now = queue.now_ms();
        for (schedule, next) in &mut self.ticks {
            if *next > now {
                continue;
            }
            let following = match schedule.next_after(now) {
                Ok(following) => following,
                Err(reason) => {
                    error!(schedule = schedule.name, %reason, "schedule ended");
                    i64::MAX
                }
            };
            if let Some(enqueued) = store::tick(queue.db(), schedule, now, following).await? {
                info!(schedule = schedule.name, ?enqueued, "schedule ticked");
            }
            *next = following;
        }
        Ok(self.ticks.iter().map(|(_, next)| *next).min())
    }
}
