//! Recruitee: states of offers, text in two parts, dates with a zone's name, domains of employers.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use proptest::prelude::*;

use super::*;
use crate::postings::normalise::date::{Purpose, dated};
use crate::postings::sources::model::RawDate;
use crate::postings::sources::testing::{address, by_id, damaged, fixture, shared, site};

const BASE: &str = "https://saltmarsh.recruitee.com";

fn offers() -> Vec<RawPosting> {
    let parsed = parse(&fixture("recruitee/offers.json"), BASE).unwrap();
    assert!(parsed.whole && parsed.problems.is_empty());
    parsed.postings
}

#[test]
fn only_published_offers_are_open() {
    let listings: Vec<_> = offers().iter().map(|offer| offer.listing).collect();
    assert_eq!(
        listings,
        [
            Listing::Open,
            Listing::Open,
            Listing::Closed,
            Listing::Hidden
        ]
    );
}

#[test]
fn the_text_is_description_and_requirements() {
    let offers = offers();
    assert_eq!(
        offers[0].description,
        Some(RawText::Html(
            "<p>Work on our <strong>queue</strong>.</p>\n<ul><li>You know Rust or want to.</li></ul>"
                .to_owned()
        ))
    );
    assert_eq!(
        offers[1].description,
        Some(RawText::Html("<p>Keep it running.</p>".to_owned()))
    );
}

#[test]
fn dates_name_their_zone_in_words_and_are_understood() {
    let offer = &offers()[0];
    let posted = RawDate::Text("2026-10-02 08:00:00 UTC".to_owned());
    assert_eq!(offer.posted, Some(posted.clone()));
    let now = crate::clock::Timestamp(1_795_000_000_000);
    let dated = dated(&posted, Purpose::Past, now).unwrap();
    assert_eq!(dated.at.to_string(), "2026-10-02T08:00:00Z");
    assert!(dated.zone_known && !dated.day_only);
    assert!(offer.deadline.is_some() && offer.updated.is_some());
    // One that was never published has at least the day of its making.
    assert_eq!(
        offers()[1].posted,
        Some(RawDate::Text("2026-08-01 10:00:00 UTC".to_owned()))
    );
}

#[test]
fn places_are_told_once_each_and_by_city_rather_than_by_nickname() {
    let offers = offers();
    let cities: Vec<_> = offers[0]
        .locations
        .iter()
        .map(|place| place.city.clone().unwrap())
        .collect();
    assert_eq!(cities, ["Utrecht", "Ghent"]);
    assert!(offers[0].locations.iter().all(|place| place.text.is_none()));
    assert_eq!(offers[1].locations[0].country.as_deref(), Some("Belgium"));
}

#[test]
fn several_flags_of_the_workplace_mean_hybrid() {
    let offers = offers();
    assert_eq!(offers[0].workplace.as_deref(), Some("hybrid"));
    assert_eq!(offers[1].workplace.as_deref(), Some("on-site"));
    assert_eq!(offers[2].workplace, None);
}

#[test]
fn pay_is_a_number_though_it_is_written_as_text() {
    let pay = offers()[0].pay.clone().unwrap();
    assert_eq!(
        (
            pay.min,
            pay.max,
            pay.currency.as_deref(),
            pay.period.as_deref()
        ),
        (Some(700.0), Some(900.0), Some("EUR"), Some("month"))
    );
    assert_eq!(offers()[1].pay, None);
}

#[test]
fn the_language_is_that_of_the_translation_shown() {
    assert_eq!(offers()[0].language.as_deref(), Some("en"));
    assert_eq!(offers()[1].language, None);
}

#[test]
fn addresses_of_mailboxes_are_not_kept() {
    assert!(!offers()[0].raw.to_string().contains('@'));
}

#[tokio::test]
async fn a_tenant_and_a_domain_of_the_employers_own_are_both_read() {
    let offers = |Path(name): Path<String>| async move {
        match name.as_str() {
            "saltmarsh" => fixture("recruitee/offers.json").into_response(),
            _ => StatusCode::NOT_FOUND.into_response(),
        }
    };
    let router = Router::new()
        .route("/recruitee/{name}/api/offers/", get(offers))
        .route(
            "/api/offers/",
            get(|| async { fixture("recruitee/offers.json") }),
        );
    let (site, ctx) = site(router).await;
    for name in ["saltmarsh", &format!("{}/o/some-offer", site.base)] {
        let fetched = Recruitee
            .fetch(&ctx, &address(SourceKind::Recruitee, name), None)
            .await
            .unwrap();
        assert_eq!(
            (fetched.postings.len(), fetched.complete),
            (4, true),
            "{name}"
        );
        assert_eq!(fetched.name.as_deref(), Some("Saltmarsh"));
    }
    let gone = Recruitee
        .fetch(&ctx, &address(SourceKind::Recruitee, "nobody"), None)
        .await
        .unwrap_err();
    assert_eq!(gone.kind, SourceErrorKind::NotFound);
    assert!(gone.message.contains("\"nobody\""), "{gone}");
    let bad = Recruitee
        .fetch(&ctx, &address(SourceKind::Recruitee, "a.b/c"), None)
        .await
        .unwrap_err();
    assert_eq!(bad.kind, SourceErrorKind::BadAddress);
}

#[test]
fn a_page_that_loads_from_recruitee_is_served_by_it() {
    let at = Url::parse("https://jobs.saltmarsh.example/o/intern?x=1").unwrap();
    let html = r#"<script src="https://careers.recruiteecdn.com/app.js"></script>"#;
    assert_eq!(
        Recruitee.branded(html, &at),
        Some(address(
            SourceKind::Recruitee,
            "https://jobs.saltmarsh.example"
        ))
    );
    assert_eq!(
        Recruitee.branded("<p>We moved to Recruitee.</p>", &at),
        None
    );
}

#[test]
fn an_empty_site_is_whole_and_what_is_no_site_is_malformed() {
    assert!(parse(r#"{"offers": []}"#, BASE).unwrap().whole);
    for body in ["[]", "{}", "<!doctype html><title>Hi</title>"] {
        let error = parse(body, BASE).unwrap_err();
        assert_eq!(error.kind, SourceErrorKind::Malformed, "{body}");
    }
    let parsed = parse(r#"{"offers": [{"id": 1}, {"id": 2, "title": "T"}]}"#, BASE).unwrap();
    assert_eq!((parsed.postings.len(), parsed.whole), (1, false));
    assert_eq!(by_id(&parsed.postings, "2").url, format!("{BASE}/o/2"));
}

#[test]
fn a_real_answer_is_read_in_full() {
    let Some(body) = shared("ats/recruitee.json") else {
        return;
    };
    let answer: Value = serde_json::from_str(&body).unwrap();
    let parsed = parse(&body, BASE).unwrap();
    assert_eq!(
        parsed.postings.len(),
        answer["offers"].as_array().unwrap().len()
    );
    assert!(parsed.whole);
    assert!(parsed.postings.iter().all(|posting| {
        posting.description.is_some() && !posting.locations.is_empty() && posting.posted.is_some()
    }));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(body in any::<String>()) {
        prop_assert!(parse(&body, BASE).err().is_none_or(|error| !error.message.is_empty()));
    }

    #[test]
    fn damaged_answers_are_read_or_refused(rule in 0_u8..5, seed in any::<usize>()) {
        if let Ok(parsed) = parse(&damaged(&fixture("recruitee/offers.json"), rule, seed), BASE) {
            prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
        }
    }
}
