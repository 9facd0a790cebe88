//! Pace: how many requests at once and how fast, for each host and port.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use url::Url;

use super::settings::Settings;

/// The longest `Crawl-delay` that is obeyed to the letter; a longer one would keep a poll from ever ending.
const LONGEST_CRAWL_DELAY: Duration = Duration::from_secs(30);

/// Hosts remembered before the idle ones are forgotten.
const HOSTS_KEPT: usize = 4096;

/// The pace of all hosts.
pub(super) struct Pace {
    concurrency: usize,
    rate: f64,
    hosts: Mutex<HashMap<String, Arc<HostPace>>>,
}

struct HostPace {
    places: Arc<Semaphore>,
    limiter: RwLock<Option<Arc<DefaultDirectRateLimiter>>>,
    crawl_delay: Mutex<Option<Duration>>,
    /// Nothing is sent before this, since the host asked for a pause.
    paused_until: Mutex<Option<Instant>>,
}

impl Pace {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            concurrency: settings.per_host_concurrency.max(1),
            rate: settings.per_host_rate,
            hosts: Mutex::default(),
        }
    }

    /// Waits for a turn at the URL's host; the turn ends when the permit is dropped.
    pub(super) async fn turn(&self, url: &Url) -> OwnedSemaphorePermit {
        let host = self.host(url);
        let permit = host
            .places
            .clone()
            .acquire_owned()
            .await
            .expect("the semaphore is never closed");
        loop {
            let pause = *host
                .paused_until
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if let Some(until) = pause.filter(|until| *until > Instant::now()) {
                tokio::time::sleep_until(until).await;
                continue;
            }
            let limiter = host
                .limiter
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            let Some(Err(early)) = limiter.map(|limiter| limiter.check()) else {
                return permit;
            };
            tokio::time::sleep(early.wait_time_from(DefaultClock::default().now())).await;
        }
    }

    /// Obeys the host's `Crawl-delay`, when it is slower than the own pace.
    pub(super) fn slow_down(&self, url: &Url, delay: Duration) {
        let delay = delay.min(LONGEST_CRAWL_DELAY);
        let host = self.host(url);
        let mut known = host
            .crawl_delay
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if *known == Some(delay) || (self.rate > 0.0 && delay.as_secs_f64() <= 1.0 / self.rate) {
            return;
        }
        if let Some(quota) = Quota::with_period(delay) {
            *known = Some(delay);
            *host.limiter.write().unwrap_or_else(PoisonError::into_inner) =
                Some(Arc::new(RateLimiter::direct(quota)));
        }
    }

    /// Sends nothing to the host for so long, since it asked for it.
    pub(super) fn pause(&self, url: &Url, wait: Duration) {
        let until = Instant::now() + wait;
        let host = self.host(url);
        let mut paused = host
            .paused_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *paused = Some(paused.map_or(until, |known| known.max(until)));
    }

    fn host(&self, url: &Url) -> Arc<HostPace> {
        let key = format!(
            "{}:{}",
            url.host_str().unwrap_or_default(),
            url.port_or_known_default().unwrap_or_default()
        );
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() >= HOSTS_KEPT && !hosts.contains_key(&key) {
            hosts.retain(|_, host| Arc::strong_count(host) > 1);
        }
        hosts
            .entry(key)
            .or_insert_with(|| Arc::new(self.fresh()))
            .clone()
    }

    fn fresh(&self) -> HostPace {
        HostPace {
            places: Arc::new(Semaphore::new(self.concurrency.min(Semaphore::MAX_PERMITS))),
            limiter: RwLock::new(
                quota(self.rate).map(|quota| Arc::new(RateLimiter::direct(quota))),
            ),
            crawl_delay: Mutex::default(),
            paused_until: Mutex::default(),
        }
    }
}

/// One request each `1/rate` seconds; a burst as large as one second's worth.
fn quota(rate: f64) -> Option<Quota> {
    if !rate.is_finite() || rate <= 0.0 {
        return None;
    }
    let period = Duration::try_from_secs_f64(1.0 / rate)
        .ok()
        .filter(|period| !period.is_zero())?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held within 1 and 1000 just before"
    )]
    let burst = rate.clamp(1.0, 1000.0) as u32;
    Some(Quota::with_period(period)?.allow_burst(NonZeroU32::new(burst)?))
}
