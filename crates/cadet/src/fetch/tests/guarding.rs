//! Private addresses stay out of reach unless the operator allows them.

use std::net::IpAddr;

use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};

use crate::fetch::testing::{Site, client, settings};
use crate::fetch::{Accept, ErrorKind, Request, Settings, is_public};

async fn outcome(url: &str, allow: &[&str]) -> Result<u16, ErrorKind> {
    let settings = Settings {
        allow_private: allow.iter().map(|entry| (*entry).to_owned()).collect(),
        respect_robots: false,
        retries: 0,
        ..settings()
    };
    let answer = client(settings)
        .get(&Request::new(url.parse().unwrap(), Accept::Any))
        .await;
    answer
        .map(|answer| answer.status)
        .map_err(|error| error.kind)
}

#[test]
fn special_addresses_are_not_public() {
    let private = [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:2::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ];
    for address in private {
        assert!(
            !is_public(address.parse::<IpAddr>().unwrap()),
            "{address} should be refused"
        );
    }
}

#[test]
fn ordinary_addresses_are_public() {
    for address in [
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "198.17.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
    ] {
        assert!(
            is_public(address.parse::<IpAddr>().unwrap()),
            "{address} should be allowed"
        );
    }
}

#[tokio::test]
async fn an_address_written_as_a_number_is_refused_in_every_spelling() {
    for url in [
        "http://127.0.0.1:9/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:169.254.169.254]/",
        "http://169.254.169.254/latest/",
    ] {
        assert_eq!(
            outcome(url, &[]).await,
            Err(ErrorKind::PrivateAddress),
            "{url}"
        );
    }
}

#[tokio::test]
async fn a_name_that_resolves_to_a_private_address_is_refused() {
    let site = Site::serve(Router::new().route("/", get(|| async { "inside" }))).await;
    let url = site.base.replace("127.0.0.1", "localhost");
    assert_eq!(outcome(&url, &[]).await, Err(ErrorKind::PrivateAddress));
    assert_eq!(
        outcome(&url, &["127.0.0.1"]).await,
        Err(ErrorKind::PrivateAddress),
        "an address that is allowed allows no name"
    );
    assert_eq!(outcome(&url, &["localhost"]).await, Ok(200));
}

#[tokio::test]
async fn a_redirect_to_a_private_address_is_refused() {
    let to_metadata = || async { Redirect::temporary("http://169.254.169.254/latest/meta-data/") };
    let to_name = |host: http::HeaderMap| async move {
        let port = host
            .get("host")
            .unwrap()
            .to_str()
            .unwrap()
            .rsplit(':')
            .next()
            .unwrap()
            .to_owned();
        Redirect::temporary(&format!("http://localhost:{port}/"))
    };
    let router = Router::new()
        .route("/a", get(to_metadata))
        .route("/b", get(to_name))
        .route("/", get(|| async { "inside" }));
    let site = Site::serve(router).await;
    assert_eq!(
        outcome(site.url("/a").as_str(), &["127.0.0.1"]).await,
        Err(ErrorKind::PrivateAddress)
    );
    assert_eq!(
        outcome(site.url("/b").as_str(), &["127.0.0.1"]).await,
        Err(ErrorKind::PrivateAddress)
    );
}

#[tokio::test]
async fn an_exemption_with_a_port_exempts_that_port_alone() {
    let (open, closed) = (
        Site::serve(Router::new().route("/", get(|| async { "" }))).await,
        Site::serve(Router::new()).await,
    );
    let allowed = open.base.trim_start_matches("http://").to_owned();
    assert_eq!(outcome(&open.base, &[&allowed]).await, Ok(200));
    assert_eq!(
        outcome(&closed.base, &[&allowed]).await,
        Err(ErrorKind::PrivateAddress)
    );
}

#[tokio::test]
async fn a_star_allows_every_host() {
    let site = Site::serve(Router::new().route("/", get(|| async { "" }))).await;
    assert_eq!(
        outcome(&site.base.replace("127.0.0.1", "localhost"), &["*"]).await,
        Ok(200)
    );
}

#[tokio::test]
async fn only_web_addresses_without_credentials_are_requested() {
    assert_eq!(
        outcome("ftp://127.0.0.1/", &["*"]).await,
        Err(ErrorKind::BadAddress)
    );
    assert_eq!(
        outcome("file:///etc/passwd", &["*"]).await,
        Err(ErrorKind::BadAddress)
    );
    let error = client(settings())
        .get(&Request::new(
            "http://me:secret@127.0.0.1/".parse().unwrap(),
            Accept::Any,
        ))
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::BadAddress);
    assert!(
        !format!("{error:?}").contains("secret"),
        "the password is shown nowhere"
    );
}

#[tokio::test]
async fn a_post_passes_the_same_guard_and_follows_no_redirect() {
    let echo = |headers: http::HeaderMap, body: Bytes| async move {
        (
            [("retry-after", "60")],
            format!("{:?} {}", headers.get("webhook-id").unwrap(), body.len()),
        )
    };
    let router = Router::new()
        .route("/hook", post(echo))
        .route("/moved", post(|| async { Redirect::permanent("/hook") }));
    let site = Site::serve(router).await;
    let headers = [(
        HeaderName::from_static("webhook-id"),
        HeaderValue::from_static("m1"),
    )];
    let client = client(settings());
    let posted = client
        .post_bytes(&site.url("/hook"), &headers, Bytes::from_static(b"{}"))
        .await
        .unwrap();
    assert_eq!((posted.status, posted.excerpt.as_str()), (200, "\"m1\" 2"));
    assert_eq!(
        posted.retry_at.map(|at| at.as_millis()),
        Some(1_795_000_060_000)
    );
    assert_eq!(
        client
            .post_bytes(&site.url("/moved"), &headers, Bytes::new())
            .await
            .unwrap()
            .status,
        308
    );
    let inside = "http://169.254.169.254/hook".parse().unwrap();
    assert_eq!(
        client
            .post_bytes(&inside, &[], Bytes::new())
            .await
            .unwrap_err()
            .kind,
        ErrorKind::PrivateAddress
    );
}

#[tokio::test]
async fn a_proxy_on_a_private_address_is_used_while_private_targets_stay_refused() {
    let seen = |uri: http::Uri| async move { format!("proxied {uri}") };
    let proxy = Site::serve(Router::new().fallback(get(seen))).await;
    let settings = Settings {
        proxy: Some(proxy.base.clone()),
        allow_private: Vec::new(),
        respect_robots: false,
        ..settings()
    };
    let client = client(settings);
    // A public address, so that no name need be resolved; the request ends at the proxy.
    let answer = client
        .get(&Request::new(
            "http://1.1.1.1/jobs".parse().unwrap(),
            Accept::Any,
        ))
        .await
        .unwrap();
    assert!(answer.text().starts_with("proxied "), "{}", answer.text());
    for inside in ["http://localhost:1/", "http://127.0.0.1:1/"] {
        let error = client
            .get(&Request::new(inside.parse().unwrap(), Accept::Any))
            .await
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::PrivateAddress, "{inside}");
    }
}

#[test]
fn settings_that_cannot_be_used_are_told() {
    let make = |settings: Settings| {
        let clock = std::sync::Arc::new(crate::clock::SystemClock);
        crate::fetch::Client::new(settings, clock, std::sync::Arc::new(|| 0.5))
            .err()
            .map(|error| error.message)
    };
    let proxy = make(Settings {
        proxy: Some("not an address".to_owned()),
        ..settings()
    })
    .unwrap();
    assert!(
        proxy.starts_with("the proxy (fetch.proxy) cannot be set up"),
        "{proxy}"
    );
    assert!(
        make(Settings {
            user_agent: "a\nb".to_owned(),
            ..settings()
        })
        .unwrap()
        .contains("HTTP client")
    );
}
