//! A worker at work: what it has in hand, when it claims more, when it renews its leases, and how it stops.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::{Id, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, error, info_span, warn};

use crate::attempt;
use crate::error::Error;
use crate::model::{Claimed, Due, Lease};
use crate::observer::{Event, What};
use crate::retry::millis;
use crate::schedule::Ticker;
use crate::store;
use crate::worker::{Core, Tally};

/// How long to wait when due jobs are being claimed by others.
const CONTENDED: Duration = Duration::from_millis(20);
/// How long a look at what is due is good for, while it leads to jobs: an urgent job that nobody announced waits that long.
const FRESH: Duration = Duration::from_millis(50);
/// How long free hands wait for others to become free, so that one claim serves them all.
const GATHER: Duration = Duration::from_millis(1);

/// One stretch of work.
pub(crate) struct Shift {
    core: Arc<Core>,
    stop: CancellationToken,
    bell: watch::Receiver<()>,
    ticker: Ticker,
    tasks: JoinSet<What>,
    in_hand: HashMap<Id, InHand>,
    next_renewal: i64,
    /// Where jobs were due at the last look and have not run out since, the most urgent first.
    due: Vec<Due>,
    looked_at: Instant,
    tally: Tally,
}

/// An attempt that runs.
struct InHand {
    lease: Lease,
    kind: String,
    attempt: i32,
    lost: CancellationToken,
}

/// What a look at the queue came to.
enum Look {
    /// All hands are full.
    Busy,
    /// Nothing is due; the next job or tick that is known of is due in so long, if there is one.
    Idle(Option<Duration>),
    /// Something is due, but others were quicker.
    Contended,
}

impl Shift {
    pub(crate) async fn begin(core: Arc<Core>, stop: CancellationToken) -> Result<Self, Error> {
        let bell = core.queue.listen();
        let ticker = Ticker::register(&core.queue, &core.registry.schedules).await?;
        Ok(Self {
            core,
            stop,
            bell,
            ticker,
            tasks: JoinSet::new(),
            in_hand: HashMap::new(),
            next_renewal: 0,
            due: Vec::new(),
            looked_at: Instant::now(),
            tally: Tally::default(),
        })
    }

    /// Works until told to stop.
    pub(crate) async fn until_stopped(&mut self) {
        while !self.stop.is_cancelled() {
            let look = self.look().await.unwrap_or_else(|error| {
                error!(%error, "no jobs could be claimed; trying again");
                Look::Idle(None)
            });
            let stop = self.stop.clone();
            tokio::select! {
                () = stop.cancelled() => (),
                () = self.wait(&look) => (),
            }
        }
    }

    /// Works until nothing is due and nothing runs.
    pub(crate) async fn until_idle(&mut self) -> Result<(), Error> {
        loop {
            let look = self.look().await?;
            if matches!(look, Look::Idle(_)) && self.tasks.is_empty() {
                return Ok(());
            }
            self.wait(&look).await;
        }
    }

    /// Renews the leases if it is time, lets the schedules tick, and fills free hands.
    async fn look(&mut self) -> Result<Look, Error> {
        // First of all, so that after a long sleep of the machine no job is claimed that is still in hand.
        self.renew_if_due().await;
        let tick = self.ticker.tick(&self.core.queue).await?;
        loop {
            if self.open_kinds().is_empty() && !self.in_hand.is_empty() {
                return Ok(Look::Busy);
            }
            let fresh = self.due.is_empty() || self.looked_at.elapsed() > FRESH;
            if fresh {
                let (now, later) = self.find_due().await?;
                if self.due.is_empty() {
                    let next = later.into_iter().chain(tick).min();
                    let wait = next.map(|at| u64::try_from(at.saturating_sub(now)).unwrap_or(0));
                    return Ok(Look::Idle(wait.map(Duration::from_millis)));
                }
            }
            if self.claim().await? == 0 {
                self.due.clear();
                if fresh {
                    return Ok(Look::Contended);
                }
            }
        }
    }

    /// Looks where jobs are due, and returns the time of the look and when the first of the other jobs comes due.
    async fn find_due(&mut self) -> Result<(i64, Option<i64>), Error> {
        let found = store::due(self.core.queue.db(), &self.open_kinds()).await?;
        let now = self.core.queue.now_ms();
        let (due, later): (Vec<_>, Vec<_>) = found.into_iter().partition(|due| due.claim_at <= now);
        self.due = due;
        self.due
            .sort_by_key(|due| (Reverse(due.priority), due.claim_at));
        self.looked_at = Instant::now();
        Ok((now, later.iter().map(|due| due.claim_at).min()))
    }

    /// The kinds of which one more job may run.
    fn open_kinds(&self) -> Vec<&str> {
        if self.in_hand.len() >= self.core.options.concurrency {
            return Vec::new();
        }
        let kinds = self.core.registry.kinds.keys().map(String::as_str);
        kinds.filter(|kind| self.free_of(kind) > 0).collect()
    }

    fn free_of(&self, kind: &str) -> usize {
        let total = self.core.options.concurrency;
        let limit = self.core.registry.kinds.get(kind).map_or(0, |k| k.limit);
        let same = self.in_hand.values().filter(|job| job.kind == kind);
        let free = total.saturating_sub(self.in_hand.len());
        free.min(limit.saturating_sub(same.count()))
    }

    /// Claims and starts what is due, as far as hands are free, and returns how many jobs that were.
    async fn claim(&mut self) -> Result<usize, Error> {
        let core = Arc::clone(&self.core);
        let (db, lease, node) = (core.queue.db(), core.options.lease, &core.options.node);
        let mut claimed = 0;
        for pair in std::mem::take(&mut self.due) {
            let free = self.free_of(&pair.kind);
            if free == 0 {
                self.due.push(pair);
                continue;
            }
            let (now, place) = (core.queue.now_ms(), (pair.kind.as_str(), pair.priority));
            let jobs = store::claim(db, now, lease, node, place, free).await?;
            claimed += jobs.len();
            if jobs.len() == free {
                self.due.push(pair);
            }
            for job in jobs {
                self.start(job);
            }
        }
        Ok(claimed)
    }

    fn start(&mut self, claimed: Claimed) {
        let Some(kind) = self.core.registry.kinds.get(&claimed.kind) else {
            return;
        };
        let span = info_span!(
            "job",
            id = claimed.lease.id.0,
            kind = claimed.kind,
            attempt = claimed.attempt
        );
        let job = InHand {
            lease: claimed.lease,
            kind: claimed.kind.clone(),
            attempt: claimed.attempt,
            lost: CancellationToken::new(),
        };
        if self.in_hand.is_empty() {
            self.next_renewal = self.core.queue.now_ms() + millis(self.core.options.lease) / 3;
        }
        let attempt = attempt::run(
            Arc::clone(&self.core),
            claimed,
            Arc::clone(&kind.handler),
            self.stop.clone(),
            job.lost.clone(),
        );
        let task = self.tasks.spawn(attempt.instrument(span));
        self.in_hand.insert(task.id(), job);
    }

    /// Waits until something may be worth another look: an end of an attempt, a wake-up, a job's or a renewal's time.
    async fn wait(&mut self, look: &Look) {
        let options = &self.core.options;
        let longest = options.poll.min(options.lease / 3);
        let half = options.concurrency / 2;
        let longest = match look {
            Look::Busy => longest,
            Look::Contended => longest.min(CONTENDED),
            Look::Idle(next) => next.map_or(longest, |next| longest.min(next)),
        };
        tokio::select! {
            Some(ended) = self.tasks.join_next_with_id() => {
                self.put_down(ended);
                if self.in_hand.len() > half {
                    tokio::time::sleep(GATHER).await;
                }
            }
            _ = self.bell.changed() => self.due.clear(),
            () = tokio::time::sleep(longest) => (),
        }
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.put_down(ended);
        }
    }

    fn put_down(&mut self, ended: Result<(Id, What), JoinError>) {
        let id = ended.as_ref().map_or_else(JoinError::id, |(id, _)| *id);
        let Some(job) = self.in_hand.remove(&id) else {
            return;
        };
        match ended {
            Ok((_, What::Succeeded { .. })) => self.tally.succeeded += 1,
            Ok((_, What::Retrying { .. })) => self.tally.retrying += 1,
            Ok((_, What::Dead { .. })) => self.tally.dead += 1,
            Ok((_, What::LeaseLost { .. })) => self.tally.lease_lost += 1,
            Ok((_, What::Started { .. } | What::Released)) => (),
            Err(error) => error!(job = job.lease.id.0, %error, "an attempt broke off"),
        }
    }

    /// Renews all leases once a third of their time has passed, and stops the handlers whose lease is lost.
    async fn renew_if_due(&mut self) {
        let now = self.core.queue.now_ms();
        if self.in_hand.is_empty() || now < self.next_renewal {
            return;
        }
        let lease = millis(self.core.options.lease);
        let leases: Vec<_> = self.in_hand.values().map(|job| job.lease).collect();
        let renewed = store::extend(self.core.queue.db(), &leases, now + lease).await;
        match renewed {
            Ok(lost) => {
                self.next_renewal = now + lease / 3;
                for job in self.in_hand.values() {
                    if lost.contains(&job.lease) {
                        job.lost.cancel();
                    }
                }
            }
            Err(error) => warn!(%error, "leases could not be renewed; trying again"),
        }
    }

    /// Waits for the handlers up to the grace period, drops the rest, and puts their jobs back.
    pub(crate) async fn end(mut self) -> Tally {
        let began = Instant::now();
        while !self.tasks.is_empty() {
            let left = self.core.options.grace.saturating_sub(began.elapsed());
            if left.is_zero() {
                break;
            }
            self.renew_if_due().await;
            tokio::select! {
                () = self.wait(&Look::Busy) => (),
                () = tokio::time::sleep(left) => (),
            }
        }
        self.tasks.abort_all();
        while let Some(ended) = self.tasks.join_next_with_id().await {
            // Those that were cut off stay in hand, to be released.
            if ended.is_ok() {
                self.put_down(ended);
            }
        }
        self.release_rest().await;
        self.tally
    }

    async fn release_rest(&mut self) {
        let now = self.core.queue.now_ms();
        for job in std::mem::take(&mut self.in_hand).into_values() {
            match store::release(self.core.queue.db(), job.lease, now).await {
                Ok(false) => continue,
                Ok(true) => self.tally.released += 1,
                Err(error) => error!(job = job.lease.id.0, %error, "a lease will run out"),
            }
            self.core.options.observer.tell(Event {
                id: job.lease.id,
                kind: &job.kind,
                attempt: job.attempt,
                what: What::Released,
            });
        }
    }
}
