//! What the sample world promises, checked.

mod formats;
mod sites;
mod texts;
mod traps;

use super::{
    SampleSites, World,
    model::{Backend, Opening, Poll},
};

/// 23 November 2026, 12:00 UTC.
const TODAY_MS: i64 = 1_795_435_200_000;

fn world() -> World {
    World::build(TODAY_MS)
}

async fn serving() -> SampleSites {
    SampleSites::start(world())
        .await
        .expect("a port of the loopback interface is free")
}

/// A client that follows nothing, retries nothing and unpacks nothing by itself.
fn client() -> reqwest::Client {
    // Another test may have installed it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_gzip()
        .no_proxy()
        .build()
        .expect("the client has no unusual settings")
}

fn is_backend_internship(opening: &Opening) -> bool {
    opening.is_internship() && opening.backend == Backend::Explicit
}

fn open_at(world: &World, poll: Poll) -> Vec<&Opening> {
    world
        .openings
        .iter()
        .filter(|opening| opening.is_open(poll))
        .collect()
}

/// The body of an answer, parsed.
async fn json(answer: reqwest::Response) -> serde_json::Value {
    let body = answer.bytes().await.expect("the body arrives whole");
    serde_json::from_slice(&body).expect("the body is JSON")
}
