//! The client: one request from its rules to its answer.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use serde_json::Value;
use url::Url;

use super::answer::{Answer, Posted, conditions_of};
use super::attempt::{Hop, HopRequest};
use super::body::Overflow;
use super::credentials::Credentials;
use super::error::{Error, ErrorKind};
use super::guard::{Guard, GuardedResolver};
use super::pace::Pace;
use super::redirect::Trail;
use super::retry;
use super::robots::RobotsCache;
use super::settings::Settings;
use crate::clock::Clock;

/// Gives numbers in `0.0..1.0` by which waits are spread.
pub type Jitter = Arc<dyn Fn() -> f64 + Send + Sync>;

/// Bytes of a webhook's answer that are read at all.
const POST_ANSWER_LIMIT: u64 = 4096;

/// What the caller expects, as the `Accept` header says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// JSON.
    Json,
    /// A web page.
    Html,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap or another XML document.
    Xml,
    /// Anything.
    Any,
}

impl Accept {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json",
            Self::Html => "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
            Self::Feed => {
                "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
            }
            Self::Xml => "application/xml, text/xml;q=0.9, */*;q=0.5",
            Self::Any => "*/*",
        })
    }
}

/// Whether robots.txt is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Robots {
    /// It is read and obeyed.
    Obey,
    /// The address is a public interface that its owner documents for programs. robots.txt speaks to crawlers of pages, and
    /// such hosts often forbid all of them there so that search engines do not list raw JSON. Say why at each use.
    ApiDocumented,
}

/// One request that reads.
#[derive(Clone, Debug)]
pub struct Request {
    /// The address.
    pub url: Url,
    /// What is expected there.
    pub accept: Accept,
    /// Validators of the last answer, for a conditional request.
    pub validators: Option<Value>,
    /// Whether robots.txt is asked.
    pub robots: Robots,
    /// Keys that are sent along and never shown.
    pub credentials: Credentials,
}

impl Request {
    /// A request that obeys robots.txt and is not conditional.
    #[must_use]
    pub fn new(url: Url, accept: Accept) -> Self {
        Self {
            url,
            accept,
            validators: None,
            robots: Robots::Obey,
            credentials: Credentials::default(),
        }
    }

    /// The same with keys that are sent along.
    #[must_use]
    pub fn with(mut self, credentials: Credentials) -> Self {
        self.credentials = credentials;
        self
    }

    /// The same with validators of the last answer.
    #[must_use]
    pub fn validated_by(mut self, validators: Option<&Value>) -> Self {
        self.validators = validators.cloned();
        self
    }

    /// The same for an interface that is documented for programs.
    #[must_use]
    pub fn to_documented_api(mut self) -> Self {
        self.robots = Robots::ApiDocumented;
        self
    }
}

/// The client; cheap to clone, one for the whole program.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

pub(super) struct Inner {
    pub(super) settings: Settings,
    pub(super) guard: Guard,
    /// Connects to public addresses only.
    pub(super) guarded: reqwest::Client,
    /// Connects to whatever the operator allowed.
    pub(super) open: reqwest::Client,
    pub(super) pace: Pace,
    pub(super) robots: RobotsCache,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) jitter: Jitter,
}

impl Client {
    /// A client with these settings.
    ///
    /// # Errors
    /// If the proxy's address or the user agent cannot be used, or the system's certificates cannot be read.
    pub fn new(settings: Settings, clock: Arc<dyn Clock>, jitter: Jitter) -> Result<Self, Error> {
        // Installing fails only when another part of the program was first, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let guard = Guard::new(&settings.allow_private);
        let proxy_host = settings
            .proxy
            .as_deref()
            .and_then(|proxy| Some(Url::parse(proxy).ok()?.host_str()?.to_owned()));
        let guarded = transport(&settings, true, Some(GuardedResolver { proxy_host }))?;
        // A host that the operator allows as private lies on this side of the proxy; only "*" says nothing of where.
        let open = transport(&settings, guard.allows_everything(), None)?;
        Ok(Self(Arc::new(Inner {
            guarded,
            open,
            pace: Pace::new(&settings),
            robots: RobotsCache::default(),
            guard,
            settings,
            clock,
            jitter,
        })))
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The addresses behind a host name, for a conversation that is not HTTP: private ones are refused as for any request.
    /// `url` is the address in full, as the operator may allow it and as errors show it.
    ///
    /// # Errors
    /// If the name has no address, or a private one that the operator does not allow.
    pub async fn resolve(
        &self,
        host: &str,
        port: u16,
        url: &str,
    ) -> Result<Vec<std::net::SocketAddr>, Error> {
        self.0.guard.resolve(host, port, url).await
    }

    /// Makes a GET: guard, robots.txt, pace, redirects, retries.
    ///
    /// # Errors
    /// Whatever is not a 2xx answer that could be read whole (or 304 to a conditional request).
    pub async fn get(&self, request: &Request) -> Result<Answer, Error> {
        self.read(request, None).await
    }

    /// Asks an interface whose questions are POSTs with a JSON body, with the same care as a GET: guard, robots.txt, pace,
    /// retries. Only for interfaces at which a POST reads and changes nothing. Of redirects only those are followed that keep
    /// the question; one that leads to a page instead is how such sites turn programs away.
    ///
    /// # Errors
    /// As [`Client::get`].
    pub async fn ask(&self, request: &Request, question: &Value) -> Result<Answer, Error> {
        self.read(request, Some(Bytes::from(question.to_string())))
            .await
    }

    async fn read(&self, request: &Request, question: Option<Bytes>) -> Result<Answer, Error> {
        let obeys = self.0.settings.respect_robots && request.robots == Robots::Obey;
        let mut headers = HeaderMap::from_iter(conditions_of(request.validators.as_ref()));
        let conditional = !headers.is_empty();
        headers.insert(ACCEPT, request.accept.header());
        headers.extend(request.credentials.headers());
        if question.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let mut trail = Trail::new(&request.url, self.0.settings.max_redirects);
        let mut url = request.url.clone();
        loop {
            self.0.guard.check_url(&url)?;
            if obeys {
                self.0.robots_allow(&url).await?;
            }
            let hop = HopRequest {
                url: &url,
                credentials: Some(&request.credentials),
                headers: &headers,
                question: question.as_ref(),
                conditional,
                limit: self.0.settings.max_body_bytes,
                overflow: Overflow::Fail,
            };
            match self.0.hop(&hop, self.0.settings.retries).await? {
                Hop::Redirect { status, location }
                    if question.is_some() && !matches!(status, 307 | 308) =>
                {
                    return Err(Error::turned_away(&url, status, location.as_deref()));
                }
                // A key is for the address that was asked and for no other.
                Hop::Redirect { status, .. } if !request.credentials.is_empty() => {
                    return Err(Error::redirected_with_key(&url, status));
                }
                Hop::Redirect { status, location } => {
                    url = trail.follow(&url, status, location.as_deref())?
                }
                Hop::Answer(mut answer) => {
                    answer.moved_permanently_to = trail.moved_permanently_to;
                    // Some servers leave the validators out of a 304; the ones that were sent then hold further on.
                    if answer.not_modified && answer.validators.is_none() {
                        answer.validators.clone_from(&request.validators);
                    }
                    return Ok(*answer);
                }
            }
        }
    }

    /// The sitemaps that the site's robots.txt lists; empty if it lists none or cannot be read.
    pub async fn sitemaps(&self, url: &Url) -> Vec<Url> {
        self.0.sitemaps(url).await
    }

    /// Makes a POST for a webhook, with the same guard and limits. No robots.txt (the receiver asked for it), no redirects
    /// (a signed body must not wander), no retries (the caller's queue has them).
    ///
    /// # Errors
    /// If no answer came. Any status is an answer.
    pub async fn post_bytes(
        &self,
        url: &Url,
        headers: &[(HeaderName, HeaderValue)],
        body: Bytes,
    ) -> Result<Posted, Error> {
        let inner = &*self.0;
        inner.guard.check_url(url)?;
        let client = inner.transport(url).await?;
        let _turn = inner.pace.turn(url).await;
        let sent = client
            .post(url.clone())
            .headers(headers.iter().cloned().collect())
            .body(body)
            .send()
            .await;
        let response = sent.map_err(|error| Error::of_transport(url, &error))?;
        let status = response.status().as_u16();
        let wait = inner.retry_after(response.headers());
        let content_type = super::attempt::content_type_of(response.headers());
        // The status counts; a body that breaks off changes nothing of it.
        let body = super::body::read(url, response, POST_ANSWER_LIMIT, Overflow::Cut)
            .await
            .unwrap_or_default();
        Ok(Posted {
            status,
            retry_at: wait.map(|wait| retry::after(inner.clock.now(), wait)),
            excerpt: super::charset::decode(&body, content_type.as_deref()),
        })
    }
}

impl Inner {
    pub(super) fn retry_after(&self, headers: &HeaderMap) -> Option<Duration> {
        let value = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?;
        retry::parse_retry_after(value, self.clock.now())
    }

    /// The transport for a URL that passed the guard: the open one only for what the operator allowed.
    pub(super) async fn transport(&self, url: &Url) -> Result<&reqwest::Client, Error> {
        if self.guard.exempts(url) {
            return Ok(&self.open);
        }
        if self.settings.proxy.is_some() {
            self.guard.check_before_proxy(url).await?;
        }
        Ok(&self.guarded)
    }
}

/// One transport. A machine without certificates of its own (a bare container) gets one that trusts no https site, so that
/// files, plain http and sites on the machine itself still work there.
fn transport(
    settings: &Settings,
    through_proxy: bool,
    resolver: Option<GuardedResolver>,
) -> Result<reqwest::Client, Error> {
    let built = builder(settings, through_proxy, resolver.clone())?.build();
    let failed = match built {
        Ok(client) => return Ok(client),
        Err(failed) => failed,
    };
    let without_certificates = builder(settings, through_proxy, resolver)?
        .tls_certs_only([])
        .build();
    let client = without_certificates.map_err(|_| misconfigured("the HTTP client", &failed))?;
    let why = innermost(&failed);
    tracing::warn!(
        why,
        "no certificates of the system can be read, so no https site can be trusted; install ca-certificates"
    );
    Ok(client)
}

fn builder(
    settings: &Settings,
    through_proxy: bool,
    resolver: Option<GuardedResolver>,
) -> Result<reqwest::ClientBuilder, Error> {
    let mut builder = reqwest::Client::builder()
        .user_agent(&settings.user_agent)
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
        .connect_timeout(settings.connect_timeout)
        .read_timeout(settings.read_timeout)
        .timeout(settings.total_timeout);
    if let Some(resolver) = resolver {
        builder = builder.dns_resolver(resolver);
    }
    if let Some(proxy) = settings.proxy.as_deref().filter(|_| through_proxy) {
        let proxy = reqwest::Proxy::all(proxy)
            .map_err(|error| misconfigured("the proxy (fetch.proxy)", &error))?;
        builder = builder.proxy(proxy);
    }
    Ok(builder)
}

fn misconfigured(what: &str, error: &reqwest::Error) -> Error {
    let why = innermost(error);
    Error::new(
        ErrorKind::BadAddress,
        "",
        format!("{what} cannot be set up: {why}. Check the configuration."),
    )
}

/// What an error comes down to.
fn innermost(error: &reqwest::Error) -> String {
    super::error::causes(error)
        .last()
        .map(ToString::to_string)
        .unwrap_or_default()
}
