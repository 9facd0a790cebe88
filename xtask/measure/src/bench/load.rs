//! A load of requests at a fixed rate, whatever the server does: a slow answer does not put the next request off.

use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::task::JoinSet;
use tokio::time::Instant;

/// What a load came to.
#[derive(Debug, Default)]
pub struct Load {
    /// Milliseconds from the moment when each request was due to the last byte of its answer, sorted.
    pub latencies: Vec<f64>,
    /// Answers that were not 200, or did not come.
    pub failed: usize,
    /// The largest answer, in bytes.
    pub largest: usize,
}

/// A client for the loopback address, which no proxy stands before.
pub fn client() -> Result<reqwest::Client> {
    // The client wants a TLS provider even for plain HTTP; the error says that there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder().no_proxy();
    Ok(builder
        .redirect(reqwest::redirect::Policy::none())
        .build()?)
}

/// The same, sending a cookie with each request.
pub fn client_with_cookie(cookie: &str) -> Result<reqwest::Client> {
    let headers = [(reqwest::header::COOKIE, cookie.parse()?)]
        .into_iter()
        .collect();
    let builder = reqwest::Client::builder()
        .no_proxy()
        .default_headers(headers);
    Ok(builder
        .redirect(reqwest::redirect::Policy::none())
        .build()?)
}

/// Sends `rate` requests a second for `seconds`, going round the addresses.
pub async fn run(
    client: &reqwest::Client,
    addresses: &[String],
    rate: u32,
    seconds: u32,
) -> Result<Load> {
    ensure!(
        !addresses.is_empty() && rate > 0,
        "a load needs an address and a rate"
    );
    let start = Instant::now() + Duration::from_millis(50);
    let mut requests = JoinSet::new();
    for (number, address) in (0..rate * seconds).zip(addresses.iter().cycle()) {
        let due = start + Duration::from_secs(1) * number / rate;
        let request = client.get(address);
        tokio::time::sleep_until(due).await;
        requests.spawn(async move {
            let answer = request
                .send()
                .await
                .and_then(reqwest::Response::error_for_status)
                .ok()?;
            let body = answer.bytes().await.ok()?;
            Some((due.elapsed(), body.len()))
        });
    }
    let mut load = Load::default();
    while let Some(outcome) = requests.join_next().await {
        match outcome? {
            Some((took, bytes)) => {
                load.latencies.push(took.as_secs_f64() * 1_000.0);
                load.largest = load.largest.max(bytes);
            }
            None => load.failed += 1,
        }
    }
    load.latencies.sort_by(f64::total_cmp);
    Ok(load)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// Answers `count` connections, each with a body of three bytes and an end.
    async fn server(count: usize) -> Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}/", listener.local_addr()?);
        tokio::spawn(async move {
            for _ in 0..count {
                let Ok((mut stream, _)) = listener.accept().await else {
                    return;
                };
                let mut request = [0; 1_024];
                // A short request comes in one piece on the loopback address; what it says does not matter.
                let _ = stream.read(&mut request).await;
                let _ = stream
                    .write_all(
                        b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nyes",
                    )
                    .await;
            }
        });
        Ok(address)
    }

    #[tokio::test]
    async fn every_request_is_answered_or_counted_as_failed() -> Result<()> {
        let address = server(30).await?;
        let load = run(&client()?, &[address], 30, 1).await?;
        assert_eq!(
            (load.latencies.len(), load.failed, load.largest),
            (30, 0, 3)
        );
        Ok(())
    }
}
