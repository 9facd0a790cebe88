//! The running server: how soon it is ready, what it holds when idle, and how soon a page of the list is there.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::load;
use crate::machine;
use crate::table::{Bar, Table, percentile};

/// Pages that people look at: the list, searches, facets, a later page.
const PAGES: [&str; 6] = [
    "/postings",
    "/postings?q=backend",
    "/postings?q=python+intern",
    "/postings?q=distributed+systems&country=DE",
    "/postings?country=US&workplace=remote",
    "/postings?q=kafka&sort=posted",
];

/// How long a server may take until it is given up.
const START_LIMIT: Duration = Duration::from_secs(60);

/// A server on the filled data folder; stopped when dropped.
struct Server {
    child: Child,
    address: String,
    ready: Duration,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is gone already when this fails, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the release build of the product on `folder`, and measures it.
pub async fn measure(folder: &Path, rate: u32, seconds: u32, table: &mut Table) -> Result<()> {
    let client = load::client()?;
    let mut server = start(&client, &folder.join("product")).await?;
    table.add(
        "serve: ready after",
        server.ready.as_secs_f64(),
        "s",
        Bar::AtMost(1.0),
    );
    tokio::time::sleep(Duration::from_secs(3)).await;
    match machine::memory_of(server.child.id()) {
        Some(memory) => table.add("serve: idle memory", memory, "MiB", Bar::AtMost(150.0)),
        None => table.fail("serve: idle memory", "this system does not tell"),
    }
    let pages: Vec<String> = PAGES
        .iter()
        .map(|page| format!("{}{page}", server.address))
        .collect();
    let client = signed_in(&client, &mut server).await?;
    // The first requests warm the server, as the bar speaks of a warm one.
    load::run(&client, &pages, 20, 2).await?;
    let load = load::run(&client, &pages, rate, seconds).await?;
    let name = format!("page of the list at {rate}/s");
    table.add(
        &format!("{name}, median"),
        percentile(&load.latencies, 0.5),
        "ms",
        Bar::None,
    );
    table.add(
        &format!("{name}, p99"),
        percentile(&load.latencies, 0.99),
        "ms",
        Bar::AtMost(30.0),
    );
    table.add(
        &format!("{name}, failed"),
        load.failed as f64,
        "",
        Bar::AtMost(0.0),
    );
    table.add(
        "page of the list, HTML",
        load.largest as f64 / 1_024.0,
        "kB",
        Bar::AtMost(60.0),
    );
    Ok(())
}

/// A client with the session of the link that the server printed.
async fn signed_in(client: &reqwest::Client, server: &mut Server) -> Result<reqwest::Client> {
    let stdout = server
        .child
        .stdout
        .take()
        .context("the server has no output")?;
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line)?;
    let told: serde_json::Value = serde_json::from_str(&line)?;
    let link = told["link"]
        .as_str()
        .context("the server printed no link")?;
    let answer = client
        .post(link)
        .header("sec-fetch-site", "same-origin")
        .send()
        .await?;
    let cookie = answer
        .headers()
        .get("set-cookie")
        .context("the link did not sign in")?;
    let cookie = cookie.to_str()?.split(';').next().unwrap_or_default();
    load::client_with_cookie(cookie)
}

async fn start(client: &reqwest::Client, data: &Path) -> Result<Server> {
    let program = program()?;
    let port = std::net::TcpListener::bind(("127.0.0.1", 0))?
        .local_addr()?
        .port();
    let mut command = Command::new(&program);
    command
        .args([
            "serve",
            "--json",
            "--bind",
            &format!("127.0.0.1:{port}"),
            "--data-dir",
        ])
        .arg(data);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let begin = Instant::now();
    let child = command
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let mut server = Server {
        child,
        address: format!("http://127.0.0.1:{port}"),
        ready: Duration::ZERO,
    };
    let ready = format!("{}/readyz", server.address);
    while begin.elapsed() < START_LIMIT {
        if client
            .get(&ready)
            .send()
            .await
            .is_ok_and(|answer| answer.status().is_success())
        {
            server.ready = begin.elapsed();
            return Ok(server);
        }
        if let Some(status) = server.child.try_wait()? {
            bail!("`cadet serve` ended with {status}");
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    bail!(
        "`cadet serve` was not ready after {} seconds",
        START_LIMIT.as_secs()
    )
}

/// The product's release build, beside this program's.
fn program() -> Result<PathBuf> {
    let own = std::env::current_exe().context("cannot tell where this program is")?;
    let program = own.with_file_name("cadet");
    if !program.is_file() {
        bail!(
            "{} is missing; run this through `cargo xtask bench`, which builds it",
            program.display()
        );
    }
    Ok(program)
}
