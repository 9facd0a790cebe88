//! The server: paths, validators, polls.

use serde_json::Value;

use super::{client, json, serving};

async fn get(url: &str) -> reqwest::Response {
    client()
        .get(url)
        .header("accept", "application/json")
        .send()
        .await
        .unwrap()
}

/// The address that a connector would ask for a source.
fn endpoint(base: &str, address: &str) -> String {
    match address.split_once(':') {
        Some(("greenhouse", token)) => {
            format!("{base}/greenhouse/v1/boards/{token}/jobs?content=true")
        }
        Some(("lever", site)) => {
            format!("{base}/lever/v0/postings/{site}?mode=json&skip=0&limit=100")
        }
        Some(("ashby", name)) => {
            format!("{base}/ashby/posting-api/job-board/{name}?includeCompensation=true")
        }
        _ => address.to_owned(),
    }
}

#[tokio::test]
async fn every_healthy_source_answers_and_every_employer_is_reached() {
    let sites = serving().await;
    let sources = sites.source_list();
    let (healthy, hostile): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| source.healthy);
    assert!(
        healthy.len() >= 50 && hostile.len() >= 15,
        "{} and {}",
        healthy.len(),
        hostile.len()
    );
    let mut everything = String::new();
    for source in &healthy {
        let url = endpoint(sites.base_url(), &source.address);
        let mut answer = get(&url).await;
        if !answer.status().is_success() {
            answer = get(&url).await;
        }
        assert_eq!(answer.status(), 200, "{}", source.address);
        assert!(answer.headers().contains_key("etag"), "{}", source.address);
        everything.push_str(&answer.text().await.unwrap());
    }
    for employer in &sites.world().employers {
        assert!(
            everything.contains(&employer.id),
            "{} is in no source",
            employer.name
        );
    }
}

#[tokio::test]
async fn every_address_of_a_posting_leads_to_its_page() {
    let sites = serving().await;
    for id in [
        "northlight",
        "pinewell",
        "brightcart",
        "harborline",
        "quillstack",
        "tallgrass",
        "wychbury",
        "lumenfold",
    ] {
        let opening = sites
            .world()
            .open_at(id, crate::demo::model::Poll::First)
            .next()
            .unwrap();
        let view = crate::demo::wire::View {
            world: sites.world(),
            poll: crate::demo::model::Poll::First,
            base: sites.base_url(),
        };
        let page = get(&view.posting_url(opening, 0)).await;
        assert_eq!(page.status(), 200, "{id}");
        assert!(page.text().await.unwrap().contains("<h1>"), "{id}");
    }
}

#[tokio::test]
async fn a_known_board_is_not_sent_again_until_the_second_poll() {
    let sites = serving().await;
    let url = format!(
        "{}/greenhouse/v1/boards/northlight/jobs?content=true",
        sites.base_url()
    );
    let first = get(&url).await;
    let etag = first.headers()["etag"].clone();
    let modified = first.headers()["last-modified"].clone();
    let again = |name: &'static str, value: reqwest::header::HeaderValue| {
        client().get(&url).header(name, value).send()
    };
    let by_tag = again("if-none-match", etag.clone()).await.unwrap();
    assert_eq!(by_tag.status(), 304);
    assert_eq!(by_tag.content_length().unwrap_or(0), 0);
    assert_eq!(
        again("if-modified-since", modified.clone())
            .await
            .unwrap()
            .status(),
        304
    );
    sites.advance_poll();
    assert_eq!(again("if-none-match", etag).await.unwrap().status(), 200);
    assert_eq!(
        again("if-modified-since", modified).await.unwrap().status(),
        200
    );
}

#[tokio::test]
async fn the_second_poll_shows_other_openings() {
    let sites = serving().await;
    let url = format!(
        "{}/lists/europe-tech-internships/listings.json",
        sites.base_url()
    );
    let before: Value = json(get(&url).await).await;
    sites.advance_poll();
    let after: Value = json(get(&url).await).await;
    assert_ne!(before, after);
}

#[tokio::test]
async fn boards_that_stumble_answer_at_the_second_call_of_each_poll() {
    let sites = serving().await;
    let busy = format!(
        "{}/greenhouse/v1/boards/fenwick-tide/jobs?content=true",
        sites.base_url()
    );
    let failing = format!(
        "{}/lever/v0/postings/karoo-cloud?mode=json",
        sites.base_url()
    );
    for _ in 0..2 {
        let first = get(&busy).await;
        assert_eq!(
            (
                first.status().as_u16(),
                first.headers()["retry-after"].to_str().unwrap()
            ),
            (429, "1")
        );
        assert_eq!(get(&busy).await.status(), 200);
        assert_eq!(get(&failing).await.status(), 500);
        assert_eq!(get(&failing).await.status(), 200);
        sites.advance_poll();
    }
}

#[tokio::test]
async fn lever_shows_a_page_to_whoever_does_not_ask_for_json() {
    let sites = serving().await;
    let url = format!(
        "{}/lever/v0/postings/harborline?mode=json",
        sites.base_url()
    );
    let page = client()
        .get(&url)
        .header("accept", "text/html")
        .send()
        .await
        .unwrap();
    assert!(
        page.headers()["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/html")
    );
    let postings: Value = json(get(&url).await).await;
    assert!(postings.is_array());
}

#[tokio::test]
async fn robots_txt_forbids_a_path_that_a_page_links_to_and_visits_are_counted() {
    let sites = serving().await;
    let robots = get(&format!("{}/robots.txt", sites.base_url()))
        .await
        .text()
        .await
        .unwrap();
    assert!(robots.contains("Disallow: /sites/marrow-county/internal/"));
    let careers = get(&format!("{}/sites/marrow-county/careers", sites.base_url()))
        .await
        .text()
        .await
        .unwrap();
    assert!(careers.contains("href=\"/sites/marrow-county/internal/drafts\""));
    assert_eq!(sites.forbidden_requests(), 0);
    get(&format!(
        "{}/sites/marrow-county/internal/drafts",
        sites.base_url()
    ))
    .await;
    assert_eq!(sites.forbidden_requests(), 1);
}

#[tokio::test]
async fn the_server_stops_when_it_is_dropped() {
    let sites = serving().await;
    let (url, stop) = (
        format!("{}/robots.txt", sites.base_url()),
        sites.site.stop.clone(),
    );
    assert_eq!(get(&url).await.status(), 200);
    drop(sites);
    assert!(stop.is_cancelled());
}
