//! What the tests of everything that fetches share: sites on this machine, well-behaved or not.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::{Client, Settings};
use crate::clock::{ManualClock, Timestamp};

/// Settings for sites on this machine: no pace, quick retries, timeouts so long that a slow machine does not meet them.
pub(crate) fn settings() -> Settings {
    Settings {
        allow_private: vec!["127.0.0.1".to_owned()],
        connect_timeout: Duration::from_secs(60),
        read_timeout: Duration::from_secs(60),
        total_timeout: Duration::from_secs(60),
        per_host_rate: 0.0,
        retries: 2,
        retry_base: Duration::from_millis(1),
        retry_cap: Duration::from_secs(5),
        ..Settings::default()
    }
}

/// A client with a clock that stands still.
pub(crate) fn client(settings: Settings) -> Client {
    Client::new(
        settings,
        Arc::new(ManualClock::new(Timestamp(1_795_000_000_000))),
        Arc::new(|| 0.5),
    )
    .unwrap()
}

/// A site that lives as long as this value.
pub(crate) struct Site {
    /// `http://127.0.0.1:PORT`.
    pub(crate) base: String,
    task: JoinHandle<()>,
}

impl Site {
    /// Serves a router.
    pub(crate) async fn serve(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { base, task }
    }

    /// Answers every connection by hand: `answer` gets it after the head of its request was read.
    pub(crate) async fn by_hand<F, Done>(answer: F) -> Self
    where
        F: Fn(TcpStream) -> Done + Send + Sync + 'static,
        Done: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let answer = Arc::new(answer);
        let task = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let answer = answer.clone();
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    let mut byte = [0];
                    while !head.ends_with(b"\r\n\r\n")
                        && matches!(stream.read(&mut byte).await, Ok(1))
                    {
                        head.push(byte[0]);
                    }
                    if head.starts_with(b"GET /robots.txt ") {
                        let _ = stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").await;
                    } else {
                        answer(stream).await;
                    }
                });
            }
        });
        Self { base, task }
    }

    /// An address on the site.
    pub(crate) fn url(&self, path: &str) -> url::Url {
        format!("{}{path}", self.base).parse().unwrap()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}
