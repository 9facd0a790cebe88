//! Every trap does what it promises.

use std::io::Read;

use futures::StreamExt;
use serde_json::Value;

use super::{client, json, serving};
use crate::demo::{
    SampleSites,
    streams::{self, HUGE},
};

async fn spring(sites: &SampleSites, name: &str) -> reqwest::Response {
    client()
        .get(format!("{}/traps/{name}", sites.base_url()))
        .send()
        .await
        .unwrap()
}

fn content_type(answer: &reqwest::Response) -> String {
    answer.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned()
}

fn location(answer: &reqwest::Response) -> String {
    answer.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn malformed_json_html_and_null_are_not_what_they_should_be() {
    let sites = serving().await;
    let malformed = spring(&sites, "malformed").await.text().await.unwrap();
    assert!(serde_json::from_str::<Value>(&malformed).is_err());
    assert!(content_type(&spring(&sites, "html").await).starts_with("text/html"));
    let null: Value = json(spring(&sites, "null").await).await;
    assert!(null["jobs"].is_null());
    assert_eq!(spring(&sites, "gone").await.status(), 404);
    let empty: Value = json(spring(&sites, "empty").await).await;
    assert_eq!(empty["jobs"], Value::Array(vec![]));
}

#[tokio::test]
async fn traps_are_boards_too() {
    let sites = serving().await;
    let url = format!(
        "{}/greenhouse/v1/boards/trap-gone/jobs?content=true",
        sites.base_url()
    );
    assert_eq!(client().get(url).send().await.unwrap().status(), 404);
    for source in sites.source_list().iter().filter(|source| !source.healthy) {
        let name = source.address.rsplit_once("trap-").map_or_else(
            || source.address.split_once("/traps/").unwrap().1.to_owned(),
            |(_, name)| name.to_owned(),
        );
        let answer = spring(&sites, &name).await;
        assert!(
            name == "gone" || answer.status() != 404,
            "{name} has no route"
        );
    }
}

#[tokio::test]
async fn a_renamed_board_leads_to_the_same_call_on_its_new_name() {
    let sites = serving().await;
    let url = format!(
        "{}/greenhouse/v1/boards/trap-renamed/jobs?content=true",
        sites.base_url()
    );
    let answer = client().get(url).send().await.unwrap();
    assert_eq!(answer.status(), 301);
    assert_eq!(
        location(&answer),
        "/greenhouse/v1/boards/grachtwerk/jobs?content=true"
    );
    let there = client()
        .get(format!("{}{}", sites.base_url(), location(&answer)))
        .send()
        .await
        .unwrap();
    assert_eq!(there.status(), 200);
}

#[tokio::test]
async fn redirects_go_in_a_circle_or_to_a_private_address() {
    let sites = serving().await;
    let there = spring(&sites, "loop").await;
    assert!(location(&there).ends_with("/traps/loop-back"));
    assert!(location(&spring(&sites, "loop-back").await).ends_with("/traps/loop"));
    assert_eq!(
        location(&spring(&sites, "metadata").await),
        "http://169.254.169.254/latest/meta-data/"
    );
}

#[tokio::test]
async fn a_truncated_body_is_shorter_than_it_says() {
    let sites = serving().await;
    let answer = spring(&sites, "truncated").await;
    assert_eq!(answer.headers()["content-length"], "50000");
    assert!(answer.bytes().await.is_err());
}

#[tokio::test]
async fn the_huge_answer_has_two_hundred_megabytes() {
    let sites = serving().await;
    let mut pieces = spring(&sites, "huge").await.bytes_stream();
    let mut length = 0;
    while let Some(piece) = pieces.next().await {
        length += piece.unwrap().len();
    }
    assert!(length > HUGE);
}

#[tokio::test]
async fn the_bomb_is_small_and_says_at_its_end_that_it_holds_two_hundred_megabytes() {
    let sites = serving().await;
    let answer = spring(&sites, "bomb").await;
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    let packed = answer.bytes().await.unwrap();
    assert!(packed.len() < 2_000_000, "{} bytes", packed.len());
    let length = u32::from_le_bytes(packed[packed.len() - 4..].try_into().unwrap());
    assert!(length as usize > HUGE);
}

/// The whole bomb takes a debug build too long to inflate; two megabytes of it are made in the same way.
#[tokio::test]
async fn a_bomb_is_a_valid_gzip_of_valid_json() {
    let packed = axum::body::to_bytes(streams::bomb(2), usize::MAX)
        .await
        .unwrap();
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(&packed[..])
        .read_to_string(&mut unpacked)
        .expect("the checksum is right");
    assert_eq!(unpacked.len(), 2 * streams::PIECE + 11);
    assert!(serde_json::from_str::<Value>(&unpacked).is_ok());
}

#[tokio::test]
async fn the_slow_answer_begins_with_a_single_byte() {
    let sites = serving().await;
    let first = spring(&sites, "slow")
        .await
        .bytes_stream()
        .next()
        .await
        .unwrap()
        .unwrap();
    assert_eq!(&first[..], b"{");
}

#[tokio::test]
async fn charsets_are_declared_wrongly_in_both_directions() {
    let sites = serving().await;
    for name in ["latin1", "latin1-as-utf8.rss"] {
        let answer = spring(&sites, name).await;
        assert!(content_type(&answer).ends_with("charset=utf-8"));
        assert!(
            std::str::from_utf8(&answer.bytes().await.unwrap()).is_err(),
            "{name}"
        );
    }
    let answer = spring(&sites, "utf8-as-latin1.html").await;
    assert!(content_type(&answer).ends_with("charset=iso-8859-1"));
    assert!(
        std::str::from_utf8(&answer.bytes().await.unwrap())
            .unwrap()
            .contains("Orléans")
    );
}

#[tokio::test]
async fn the_strange_board_is_valid_json_with_strange_rows() {
    let sites = serving().await;
    let board: Value = json(spring(&sites, "strange").await).await;
    let jobs = board["jobs"].as_array().unwrap();
    let titles: Vec<&str> = jobs
        .iter()
        .filter_map(|job| job["title"].as_str())
        .collect();
    assert!(titles.iter().any(|title| title.len() > 10_000));
    assert!(
        titles
            .iter()
            .any(|title| title.contains('\u{202e}') && title.contains('\u{200b}'))
    );
    let text = board.to_string();
    for part in [
        "9999-12-31",
        "0001-01-01",
        "last Thursday",
        "onerror",
        "&lt;script&gt;",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert!(titles.contains(&"Backend Intern, Perfectly Ordinary"));
}

#[tokio::test]
async fn broken_rows_sit_beside_good_ones_and_broken_json_ld_cannot_be_parsed() {
    let sites = serving().await;
    let rows: Value = json(spring(&sites, "broken-rows/listings.json").await).await;
    assert_eq!(rows[0]["company_name"], "Ordinary Ltd");
    assert!(rows.as_array().unwrap().iter().any(Value::is_null));
    let page = spring(&sites, "broken-jsonld.html")
        .await
        .text()
        .await
        .unwrap();
    let script = page
        .split("ld+json\">")
        .nth(1)
        .unwrap()
        .split("</script>")
        .next()
        .unwrap();
    assert!(serde_json::from_str::<Value>(script).is_err());
}
