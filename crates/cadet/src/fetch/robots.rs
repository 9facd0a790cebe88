//! robots.txt: read once for each origin, kept for a day, obeyed as RFC 9309 says.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::header::HeaderMap;
use texting_robots::Robot;
use url::Url;

use super::attempt::{Hop, HopRequest};
use super::body::Overflow;
use super::client::Inner;
use super::error::{Error, ErrorKind};
use super::redirect::Trail;
use crate::clock::Timestamp;

/// The name by which site owners address this program in robots.txt.
const AGENT: &str = "cadet";
/// Bytes that are read; RFC 9309 asks for at least these. What follows is ignored.
const LIMIT: u64 = 500 * 1024;
/// Redirects that RFC 9309 asks to follow.
const MAX_REDIRECTS: usize = 5;
/// How long an answer is believed.
const KEPT_MS: i64 = Timestamp::DAY_MS;
/// How long a site whose robots.txt fails is left alone.
const FAILED_KEPT_MS: i64 = 10 * 60 * 1000;
/// Origins remembered before the memory starts afresh.
const ORIGINS_KEPT: usize = 4096;

/// What is known of each origin.
#[derive(Default)]
pub(super) struct RobotsCache {
    origins: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Option<Known>>>>>,
}

struct Known {
    rules: Arc<Rules>,
    until: Timestamp,
}

/// What an origin allows.
enum Rules {
    /// No robots.txt, so everything.
    Everything,
    /// As written.
    Written(Box<Robot>),
    /// robots.txt fails on the site's side, so nothing for a while; with the status.
    Nothing(u16),
}

impl Inner {
    /// Refuses a URL that its origin's robots.txt forbids.
    pub(super) async fn robots_allow(&self, url: &Url) -> Result<(), Error> {
        let allowed = match &*self.rules(url).await? {
            Rules::Everything => true,
            Rules::Written(robot) => robot.allowed(url.as_str()),
            Rules::Nothing(status) => {
                let message = format!(
                    "{url} was not requested, since robots.txt of its site fails (status {status}) and may forbid it; it is tried again later."
                );
                return Err(
                    Error::new(ErrorKind::Robots, url.as_str(), message).with_status(*status)
                );
            }
        };
        if allowed {
            return Ok(());
        }
        let message = format!(
            "{url} is closed to programs by robots.txt of its site, so it was not requested. Use another source for this employer."
        );
        Err(Error::new(ErrorKind::Robots, url.as_str(), message))
    }

    pub(super) async fn sitemaps(&self, url: &Url) -> Vec<Url> {
        match self.rules(url).await.as_deref() {
            Ok(Rules::Written(robot)) => robot
                .sitemaps
                .iter()
                .filter_map(|sitemap| url.join(sitemap).ok())
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The origin's rules; one request at a time reads them, the others wait for it.
    async fn rules(&self, url: &Url) -> Result<Arc<Rules>, Error> {
        let slot = self.robots.slot(&url.origin().ascii_serialization());
        let mut slot = slot.lock().await;
        let now = self.clock.now();
        if let Some(known) = slot.as_ref().filter(|known| known.until > now) {
            return Ok(known.rules.clone());
        }
        let rules = Arc::new(self.read_rules(url).await?);
        if let Rules::Written(robot) = &*rules
            && let Some(delay) = robot
                .delay
                .and_then(|seconds| Duration::try_from_secs_f32(seconds).ok())
        {
            self.pace.slow_down(url, delay);
        }
        let kept = if matches!(*rules, Rules::Nothing(_)) {
            FAILED_KEPT_MS
        } else {
            KEPT_MS
        };
        *slot = Some(Known {
            rules: rules.clone(),
            until: now.plus_millis(kept),
        });
        Ok(rules)
    }

    /// Reads robots.txt. A site that cannot be reached at all fails with that, since it is the truer reason.
    async fn read_rules(&self, url: &Url) -> Result<Rules, Error> {
        let start = url.join("/robots.txt").map_err(|_| {
            Error::new(
                ErrorKind::BadAddress,
                url.as_str(),
                format!("{url} has no robots.txt. Check the address."),
            )
        })?;
        let mut trail = Trail::new(&start, MAX_REDIRECTS);
        let mut at = start;
        let headers = HeaderMap::new();
        loop {
            self.guard.check_url(&at)?;
            let request = HopRequest {
                url: &at,
                headers: &headers,
                credentials: None,
                question: None,
                conditional: false,
                limit: LIMIT,
                overflow: Overflow::Cut,
            };
            match self.hop(&request, 1).await {
                Ok(Hop::Answer(answer)) => return Ok(parse(&answer.body)),
                Ok(Hop::Redirect { status, location }) => {
                    match trail.follow(&at, status, location.as_deref()) {
                        Ok(next) => at = next,
                        // Too many redirects may be taken as no robots.txt at all.
                        Err(_) => return Ok(Rules::Everything),
                    }
                }
                Err(error) => return after_failure(error),
            }
        }
    }
}

fn after_failure(error: Error) -> Result<Rules, Error> {
    match error.status {
        // Too many requests means too many, not that there are no rules.
        Some(status @ (429 | 500..=599)) => Ok(Rules::Nothing(status)),
        Some(_) => Ok(Rules::Everything),
        None => Err(error),
    }
}

/// Rules from a file; one that makes no sense forbids nothing.
fn parse(body: &[u8]) -> Rules {
    // The file comes from a stranger and the parser is not ours; a panic in it must end neither the poll nor the program.
    match catch_unwind(AssertUnwindSafe(|| Robot::new(AGENT, body))) {
        Ok(Ok(robot)) => Rules::Written(Box::new(robot)),
        Ok(Err(_)) | Err(_) => Rules::Everything,
    }
}

impl RobotsCache {
    fn slot(&self, origin: &str) -> Arc<tokio::sync::Mutex<Option<Known>>> {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        if origins.len() >= ORIGINS_KEPT && !origins.contains_key(origin) {
            origins.clear();
        }
        origins.entry(origin.to_owned()).or_default().clone()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_file_gives_rules(bytes in proptest::collection::vec(any::<u8>(), 0..200), rule in "(Dis)?[Aa]llow: ?[/*$a-z%0-9?.\\\\^()-]{0,40}", path in "[ -~]{0,40}") {
            let url = Url::parse("https://example.com").unwrap().join(&path);
            for body in [bytes, format!("User-agent: *\n{rule}\nCrawl-delay: 1e9").into_bytes()] {
                let rules = parse(&body);
                if let (Rules::Written(robot), Ok(url)) = (rules, &url) {
                    prop_assert_eq!(robot.allowed(url.as_str()), robot.allowed(url.as_str()));
                }
            }
        }
    }
}
