//! JSON-LD: one page with its traps.

mod crawling;

use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::{RawDate, RawLocation, RawPosting, RawText};
use crate::postings::sources::testing::{by_id, damaged, fixture, shared};

const AT: &str = "https://brightwater.example/careers";

fn graph() -> Parsed {
    parse(&fixture("jsonld/graph.html"), AT)
}

#[test]
fn postings_are_found_in_graphs_arrays_and_item_lists_but_not_in_comments() {
    let titles: Vec<_> = graph()
        .postings
        .into_iter()
        .map(|posting| posting.title)
        .collect();
    assert_eq!(titles, ["Backend Intern & Tinkerer", "Remote Data Intern"]);
}

#[test]
fn a_script_that_is_broken_json_loses_no_other_and_is_told() {
    let parsed = graph();
    assert!(!parsed.whole);
    assert_eq!(parsed.problems.len(), 1);
    assert_eq!(parsed.problems[0].at, "JSON-LD script[0]");
}

#[test]
fn one_posting_is_read_with_all_its_fields() {
    let parsed = graph();
    let posting = by_id(&parsed.postings, "4711");
    assert_eq!(
        posting.url,
        "https://brightwater.example/jobs/4711-backend-intern"
    );
    assert_eq!(posting.company.as_deref(), Some("Brightwater GmbH"));
    assert_eq!(
        posting.employment_type.as_deref(),
        Some("INTERN, FULL_TIME")
    );
    assert_eq!(posting.posted, Some(RawDate::Text("2026-11-01".to_owned())));
    assert_eq!(
        posting.deadline,
        Some(RawDate::Text("9999-12-31T23:59:59+01:00".to_owned()))
    );
    assert_eq!(posting.raw["directApply"], true);
    let pay = posting.pay.clone().unwrap();
    assert_eq!(
        (
            pay.min,
            pay.max,
            pay.currency.as_deref(),
            pay.period.as_deref()
        ),
        (Some(1450.0), Some(1800.5), Some("EUR"), Some("MONTH"))
    );
}

#[test]
fn an_escaped_description_is_unescaped_once_and_plain_text_stays_plain() {
    let parsed = graph();
    assert_eq!(
        by_id(&parsed.postings, "4711").description,
        Some(RawText::Html(
            "<p>Write services in <b>Kotlin</b>.</p>".to_owned()
        ))
    );
    assert_eq!(
        parsed.postings[1].description,
        Some(RawText::Plain("First line\nsecond line, 1 < 2".to_owned())),
        "a raw line break within the JSON is mended"
    );
}

#[test]
fn places_may_be_structured_or_text() {
    let parsed = graph();
    let graz = RawLocation {
        city: Some("Graz".into()),
        region: Some("Styria".into()),
        country: Some("AT".into()),
        text: None,
    };
    assert_eq!(
        by_id(&parsed.postings, "4711").locations,
        [
            graz,
            RawLocation {
                text: Some("Maribor, Slovenia".into()),
                ..RawLocation::default()
            }
        ]
    );
}

#[test]
fn remote_work_tells_where_applicants_may_live() {
    let remote = graph().postings.remove(1);
    assert_eq!(remote.workplace.as_deref(), Some("TELECOMMUTE"));
    let austria = RawLocation {
        country: Some("Austria".into()),
        ..RawLocation::default()
    };
    assert_eq!(
        remote.locations,
        [
            austria,
            RawLocation {
                region: Some("Bavaria".into()),
                ..RawLocation::default()
            }
        ]
    );
}

#[test]
fn templates_that_fill_in_nothing_of_use_are_seen_through() {
    let remote = graph().postings.remove(1);
    assert_eq!(
        remote.url, AT,
        "a site's front page is no posting's address"
    );
    assert_eq!(
        remote.requisition, None,
        "the employer's name identifies nothing"
    );
    assert_eq!(remote.pay, None, "a salary of zero is none");
    assert_eq!(
        remote.company.as_deref(),
        Some("Brightwater GmbH"),
        "the organization may be a text"
    );
}

#[test]
fn pay_comes_in_many_shapes() {
    let pay = |salary: &str| {
        let html = format!(
            r#"<script type="application/ld+json">{{"@type":"JobPosting","title":"T","salaryCurrency":"CHF","baseSalary":{salary}}}</script>"#
        );
        parse(&html, AT).postings.remove(0).pay
    };
    let amounts = |salary: &str| pay(salary).map(|pay| (pay.min, pay.max, pay.currency.unwrap()));
    assert_eq!(
        amounts("4000"),
        Some((Some(4000.0), Some(4000.0), "CHF".to_owned()))
    );
    assert_eq!(
        amounts(r#""4,000""#),
        Some((Some(4000.0), Some(4000.0), "CHF".to_owned()))
    );
    assert_eq!(
        amounts(r#"{"currency":"EUR","value":"20"}"#),
        Some((Some(20.0), Some(20.0), "EUR".to_owned()))
    );
    assert_eq!(
        amounts(r#"[{"currency":"EUR","value":{"value":9}}]"#),
        Some((Some(9.0), Some(9.0), "EUR".to_owned()))
    );
    assert_eq!(
        amounts(r#"{"minPrice":1,"maxPrice":2,"priceCurrency":"USD"}"#),
        Some((Some(1.0), Some(2.0), "USD".to_owned()))
    );
    assert_eq!(
        pay(r#""Competitive""#).and_then(|pay| pay.text).as_deref(),
        Some("Competitive")
    );
    assert_eq!(pay("{}"), None);
}

#[test]
fn a_posting_without_an_id_is_known_by_its_page() {
    let detail = fixture("jsonld/detail.html");
    let posting = parse(&detail, "https://copperfield.example/careers/1#top")
        .postings
        .remove(0);
    assert_eq!(posting.external_id, "https://copperfield.example/careers/1");
    let twice = format!(
        "{detail}{}",
        detail
            .replace("Ghent", "Bruges")
            .replace("Backend Intern", "Data Intern")
    );
    let ids: Vec<_> = parse(&twice, AT)
        .postings
        .into_iter()
        .map(|posting| posting.external_id)
        .collect();
    assert!(
        ids.len() == 2 && ids[0] != ids[1],
        "two on one page are told apart by what they say: {ids:?}"
    );
}

#[test]
fn links_that_look_like_postings_are_told_from_the_rest() {
    let page = Url::parse("https://www.copperfield.example/careers").unwrap();
    let found = links::of_page(&fixture("jsonld/index.html"), &page);
    let addresses: Vec<_> = found.postings.iter().map(Url::path).collect();
    assert_eq!(
        addresses,
        ["/careers/backend-intern-81", "/careers/data-intern-82/"]
    );
    assert_eq!(
        found.next.iter().map(Url::as_str).collect::<Vec<_>>(),
        ["https://www.copperfield.example/careers?page=2"]
    );
    let looks = |url: &str| links::looks_like_posting(&page.join(url).unwrap(), &page);
    for url in [
        "/jobs/123",
        "/en/jobs/backend-intern",
        "/job/12/details",
        "/careers/role?gh_jid=12",
        "/open-positions/intern",
        "/stellenangebote/praktikum-1",
        "/companies/x/jobs/Vx-eng",
    ] {
        assert!(looks(url), "{url}");
    }
    for url in [
        "/",
        "/careers",
        "/blog/hello",
        "/jobs/",
        "/jobs/search",
        "/careers/list.pdf",
        "/jobs/12/apply",
        "/about/jobsworth",
    ] {
        assert!(!looks(url), "{url}");
    }
}

#[test]
fn only_the_same_site_is_followed() {
    let same =
        |a: &str, b: &str| links::same_site(&Url::parse(a).unwrap(), &Url::parse(b).unwrap());
    assert!(same(
        "https://jobs.x.example/1",
        "https://www.x.example/careers"
    ));
    assert!(!same("https://notx.example/1", "https://x.example/careers"));
    assert!(!same(
        "https://x.example:8443/1",
        "https://x.example/careers"
    ));
    assert!(!same("mailto:jobs@x.example", "https://x.example/careers"));
}

fn titles(postings: &[RawPosting]) -> Vec<&str> {
    postings
        .iter()
        .map(|posting| posting.title.as_str())
        .collect()
}

#[test]
fn real_pages_are_read() {
    for (page, title) in [
        (
            "paylocity/detail-fermi-4248451.html",
            "Corporate Tax Director",
        ),
        (
            "workatastartup/detail-diode-staff.html",
            "Staff Electrical Engineer",
        ),
        (
            "workatastartup/detail-diode-senior.html",
            "Senior Software Engineer",
        ),
        (
            "workatastartup/detail-loombotic-software.html",
            "Software Engineer",
        ),
    ] {
        let Some(html) = shared(&format!("jsonld/{page}")) else {
            return;
        };
        let parsed = parse(&html, "https://example.com/job/1");
        assert_eq!(titles(&parsed.postings), [title]);
        let posting = &parsed.postings[0];
        assert!(
            posting.company.is_some() && posting.posted.is_some() && !posting.locations.is_empty(),
            "{posting:?}"
        );
        assert!(
            matches!(&posting.description, Some(RawText::Html(_))),
            "{page}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_page_is_read(body in any::<String>(), script in any::<String>()) {
        prop_assert!(parse(&body, AT).postings.is_empty() || body.contains("JobPosting"));
        let html = format!("<script type=application/ld+json>{{\"@type\": \"JobPosting\", {script}</script>");
        prop_assert!(parse(&html, AT).postings.len() <= 1);
    }

    #[test]
    fn damaged_pages_are_read(rule in 0_u8..5, seed in any::<usize>()) {
        let parsed = parse(&damaged(&fixture("jsonld/graph.html"), rule, seed), AT);
        prop_assert!(parsed.postings.iter().all(|posting| !posting.external_id.is_empty() && !posting.title.is_empty()));
    }

    #[test]
    fn any_sitemap_is_read(body in any::<String>(), inner in "[<>/a-z!\\[\\]&;# -]{0,80}") {
        let base = Url::parse(AT).unwrap();
        let found = parse_sitemap(&body, &base);
        prop_assert!(found.pages.is_empty() || body.contains("loc"));
        let whole = parse_sitemap(&format!("<urlset><url><loc>/jobs/1</loc></url>{inner}"), &base);
        prop_assert_eq!(whole.pages.first().map(|page| page.url.path()), Some("/jobs/1"));
    }
}
