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

/// One stretch of work.
pub(crate) struct Shift {
    core: Arc<Core>,
    stop: CancellationToken,
    bell: watch::Receiver<()>,
    ticker: Ticker,
    tasks: JoinSet<What>,
    in_hand: HashMap<Id, InHand>,
    next_renewal: i64,
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
            let kinds = self.open_kinds();
            if kinds.is_empty() && !self.in_hand.is_empty() {
                return Ok(Look::Busy);
            }
            let due = store::due(self.core.queue.db(), &kinds).await?;
            let now = self.core.queue.now_ms();
            let (mut due, later): (Vec<_>, Vec<_>) =
                due.into_iter().partition(|due| due.claim_at <= now);
            if due.is_empty() {
                let next = later.iter().map(|due| due.claim_at).chain(tick).min();
                let wait = next.map(|at| u64::try_from(at.saturating_sub(now)).unwrap_or(0));
                return Ok(Look::Idle(wait.map(Duration::from_millis)));
            }
            due.sort_by_key(|due| (Reverse(due.priority), due.claim_at));
            if self.claim(&due, now).await? == 0 {
                return Ok(Look::Contended);
            }
        }
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
    async fn claim(&mut self, due: &[Due], now: i64) -> Result<usize, Error> {
        let mut claimed = 0;
        for Due { kind, priority, .. } in due {
            let free = self.free_of(kind);
            if free == 0 {
                continue;
            }
            let core = Arc::clone(&self.core);
            let (db, lease, node) = (core.queue.db(), core.options.lease, &core.options.node);
            let jobs = store::claim(db, now, lease, node, (kind, *priority), free).await?;
            claimed += jobs.len();
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
        let longest = match look {
            Look::Busy => longest,
            Look::Contended => longest.min(CONTENDED),
            Look::Idle(next) => next.map_or(longest, |next| longest.min(next)),
        };
        tokio::select! {
            Some(ended) = self.tasks.join_next_with_id() => self.put_down(ended),
            _ = self.bell.changed() => (),
            () = tokio::time::sleep(longest) => (),
        }
        // Whatever else has ended by now makes the next claim larger.
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
