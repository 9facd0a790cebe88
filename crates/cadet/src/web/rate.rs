//! Limits requests to the REST interface: a bucket of tokens for each access token, account or address, filled evenly
//! over the minute. Headers follow the IETF draft "RateLimit header fields for HTTP".

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::Web;
use super::extract::{ClientAddress, Visitor};
use crate::accounts::model::{AccountId, TokenId};
use crate::clock::Timestamp;
use crate::error::Error;

/// Seconds in which a full bucket may be used and fills again.
const WINDOW_SECONDS: u64 = 60;
/// Buckets that are kept; beyond it those that are full again are dropped.
const MOST_BUCKETS: usize = 10_000;

/// Whose bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Token(TokenId),
    Account(AccountId),
    Address(Option<IpAddr>),
}

/// All buckets of this process. Each node of several counts for itself.
#[derive(Debug)]
pub(super) struct Limiter {
    /// Requests a minute.
    quota: u64,
    buckets: Mutex<HashMap<Key, Bucket>>,
}

/// What is left, in thousandths of a request, and when that was so.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    left: u64,
    at: Timestamp,
}

/// What is left after a request was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) allowed: bool,
    pub(super) remaining: u64,
    /// Seconds until there is one more, or until all are back.
    pub(super) reset: u64,
}

impl Limiter {
    pub(super) fn new(requests_per_minute: u32) -> Self {
        Self {
            quota: u64::from(requests_per_minute.max(1)),
            buckets: Mutex::default(),
        }
    }

    /// Counts one request.
    pub(super) fn take(&self, key: Key, now: Timestamp) -> Standing {
        let full = self.quota * 1000;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_BUCKETS {
            buckets.retain(|_, bucket| self.filled(*bucket, now) < full);
        }
        let bucket = buckets.entry(key).or_insert(Bucket {
            left: full,
            at: now,
        });
        let left = self.filled(*bucket, now);
        let allowed = left >= 1000;
        let left = if allowed { left - 1000 } else { left };
        *bucket = Bucket { left, at: now };
        let missing = if allowed { full - left } else { 1000 - left };
        Standing {
            allowed,
            remaining: left / 1000,
            reset: (missing * WINDOW_SECONDS).div_ceil(full).max(1),
        }
    }

    fn filled(&self, bucket: Bucket, now: Timestamp) -> u64 {
        let passed = now.as_millis().saturating_sub(bucket.at.as_millis());
        let passed = u64::try_from(passed).unwrap_or(0);
        // In thousandths: quota requests a minute are quota * 1000 / 60000 of them a millisecond.
        let gained = passed.saturating_mul(self.quota) / WINDOW_SECONDS;
        bucket.left.saturating_add(gained).min(self.quota * 1000)
    }
}

/// The layer.
pub(super) async fn limit(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/v1/") {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let visitor = parts.extensions.get::<Visitor>();
    let key = match visitor {
        Some(Visitor {
            token: Some(id), ..
        }) => Key::Token(*id),
        Some(Visitor {
            account: Some(account),
            ..
        }) => Key::Account(account.id),
        _ => Key::Address(ClientAddress::ip(
            &parts,
            web.app.config.server.public_url.is_some(),
        )),
    };
    let standing = web.limiter.take(key, web.app.now());
    let mut response = if standing.allowed {
        next.run(Request::from_parts(parts, body)).await
    } else {
        Error::TooMany {
            retry_after_seconds: standing.reset,
        }
        .into_response()
    };
    tell(&mut response, web.limiter.quota, standing);
    response
}

fn tell(response: &mut Response, quota: u64, standing: Standing) {
    let policy = format!("\"default\";q={quota};w={WINDOW_SECONDS}");
    let state = format!("\"default\";r={};t={}", standing.remaining, standing.reset);
    for (name, text) in [("ratelimit-policy", policy), ("ratelimit", state)] {
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = Key::Address(None);

    #[test]
    fn a_bucket_gives_its_quota_and_then_one_for_each_part_of_the_minute() {
        let limiter = Limiter::new(3);
        let start = Timestamp(0);
        let allowed = |at| limiter.take(KEY, at).allowed;
        assert_eq!(
            [0, 0, 0, 0].map(|ms| allowed(start.plus_millis(ms))),
            [true, true, true, false]
        );
        assert!(!allowed(start.plus_millis(19_000)));
        assert!(allowed(start.plus_millis(40_000)));
    }

    #[test]
    fn a_refused_request_is_told_when_to_come_back() {
        let limiter = Limiter::new(1);
        limiter.take(KEY, Timestamp(0));
        let standing = limiter.take(KEY, Timestamp(15_000));
        assert_eq!((standing.allowed, standing.reset), (false, 45));
    }

    #[test]
    fn callers_do_not_use_up_each_others_quota() {
        let limiter = Limiter::new(1);
        assert!(limiter.take(KEY, Timestamp(0)).allowed);
        assert!(
            limiter
                .take(Key::Account(AccountId(1)), Timestamp(0))
                .allowed
        );
    }
}
