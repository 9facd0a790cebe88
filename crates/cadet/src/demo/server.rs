//! The loopback server behind the sample world: one port, a path prefix for every site.

use std::{
    collections::BTreeSet,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use tokio_util::sync::CancellationToken;

use super::{
    model::Poll,
    sources::{SampleSource, sources},
    wire::View,
    world::World,
};

mod answers;
mod routes;

/// Boards that fail on the first call of each poll and then work, with what they do.
pub(super) const STUMBLING: [(&str, &str); 2] = [
    (
        "fenwick-tide",
        "A board that first says 429 with Retry-After, and then answers",
    ),
    (
        "karoo-cloud",
        "A board that first fails with 500, and then answers",
    ),
];

/// The state that all routes share.
pub(super) struct Site {
    world: World,
    base: String,
    second: AtomicBool,
    stumbled: Mutex<BTreeSet<String>>,
    forbidden: AtomicU64,
    pub(super) stop: CancellationToken,
}

impl Site {
    fn view(&self) -> View<'_> {
        let poll = if self.second.load(Ordering::Acquire) {
            Poll::Second
        } else {
            Poll::First
        };
        View {
            world: &self.world,
            poll,
            base: &self.base,
        }
    }

    /// True for the first call of each poll on a board that stumbles.
    fn stumbles(&self, token: &str) -> bool {
        STUMBLING.iter().any(|(stumbling, _)| *stumbling == token)
            && self
                .stumbled
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(token.to_owned())
    }
}

/// A running set of sample sites. Dropping it stops the server.
pub struct SampleSites {
    pub(super) site: Arc<Site>,
}

impl SampleSites {
    /// Starts to serve a world at a free port of the loopback interface.
    ///
    /// # Errors
    /// If no port can be bound.
    pub async fn start(world: World) -> io::Result<Self> {
        let listener =
            tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let base = format!("http://{}", listener.local_addr()?);
        let site = Arc::new(Site {
            world,
            base,
            second: AtomicBool::new(false),
            stumbled: Mutex::default(),
            forbidden: AtomicU64::new(0),
            stop: CancellationToken::new(),
        });
        let router = routes::router(Arc::clone(&site));
        let stop = site.stop.clone();
        tokio::spawn(async move {
            let served = axum::serve(listener, router)
                .with_graceful_shutdown(stop.cancelled_owned())
                .await;
            if let Err(error) = served {
                tracing::warn!(%error, "the sample sites have stopped");
            }
        });
        Ok(Self { site })
    }

    /// The address under which everything is found, such as `http://127.0.0.1:40123`, without a slash at the end.
    ///
    /// The bases of the applicant tracking systems are `/greenhouse`, `/lever` and `/ashby` under it.
    pub fn base_url(&self) -> &str {
        &self.site.base
    }

    /// The world that is served.
    pub fn world(&self) -> &World {
        &self.site.world
    }

    /// Moves from the first poll to the second: some openings close, others open, some texts change.
    pub fn advance_poll(&self) {
        self.site.second.store(true, Ordering::Release);
        self.site
            .stumbled
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// Everything that a demonstration adds as a source, the healthy ones first.
    pub fn source_list(&self) -> Vec<SampleSource> {
        sources(&self.site.world, &self.site.base)
    }

    /// How many requests went to the path that robots.txt forbids. A polite client leaves this at zero.
    pub fn forbidden_requests(&self) -> u64 {
        self.site.forbidden.load(Ordering::Relaxed)
    }
}

impl Drop for SampleSites {
    fn drop(&mut self) {
        self.site.stop.cancel();
    }
}
