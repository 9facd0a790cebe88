//! Reading exports: what is taken over, and what bad lines do.

use proptest::prelude::*;

use super::{is_export, parse, posting};
use crate::postings::sources::model::{Listing, RawDate, RawText};

const LINE: &str = r#"{"id":7,"status":"closed","title":"Backend Intern","company":"Northlight","company_key":"northlight",
"locations":[{"text":"Berlin, Germany","city":"Berlin","region":null,"country":"DE"}],"workplace":"hybrid","employment":"internship",
"url":"https://northlight.example/jobs/7","apply_url":"https://northlight.example/jobs/7/apply","posted":{"at":"2026-11-01T00:00:00Z","zone_known":false,"day_only":true},
"updated":{"at":"2026-11-02T10:00:00Z","zone_known":false,"day_only":false},"deadline":{"at":"2026-12-01T22:59:59Z","zone_known":true,"day_only":false},
"pay":{"min":20.0,"max":null,"currency":"EUR","period":"hour"},"description_html":"<p>Java</p>","description_text":"Java",
"facts":{"terms":[{"value":{"year":2027,"season":"summer","month":null},"quote":"Summer 2027","origin":"source"}]},"skills":[],"origins":{},
"keys":["text:abc","url:https://northlight.example/jobs/7","greenhouse:northlight:7"],"first_seen_at":"2026-11-01T00:00:00Z","sightings":[]}"#;

fn line() -> String {
    LINE.replace('\n', "")
}

#[test]
fn an_export_is_known_by_its_first_line() {
    assert!(is_export(&line()));
    assert!(is_export(&format!("\u{feff}\n  \n{}\nrubbish", line())));
    assert!(!is_export("[]"));
    assert!(!is_export(
        r#"{"version":"https://jsonfeed.org/version/1.1"}"#
    ));
    assert!(!is_export(""));
}

#[test]
fn a_line_becomes_the_record_that_it_was_made_of() {
    let raw = posting(&line()).unwrap();
    assert_eq!(raw.external_id, "greenhouse:northlight:7");
    assert_eq!(raw.title, "Backend Intern");
    assert_eq!(raw.company.as_deref(), Some("Northlight"));
    assert_eq!(raw.listing, Listing::Closed);
    assert_eq!(raw.locations[0].city.as_deref(), Some("Berlin"));
    assert_eq!(raw.workplace.as_deref(), Some("hybrid"));
    assert_eq!(raw.terms, ["Summer 2027"]);
    assert_eq!(raw.description, Some(RawText::Html("<p>Java</p>".into())));
    assert_eq!(
        raw.apply_url.as_deref(),
        Some("https://northlight.example/jobs/7/apply")
    );
}

#[test]
fn dates_keep_what_is_known_of_their_zone() {
    let raw = posting(&line()).unwrap();
    assert_eq!(raw.posted, Some(RawDate::Text("2026-11-01".into())));
    assert_eq!(
        raw.updated,
        Some(RawDate::Text("2026-11-02T10:00:00".into()))
    );
    assert_eq!(
        raw.deadline,
        Some(RawDate::Text("2026-12-01T22:59:59Z".into()))
    );
}

#[test]
fn a_bad_line_is_told_with_its_number_and_loses_nothing_else() {
    let text = format!(
        "{}\n{{\"title\":\n\n{}\n{{\"title\":\"\",\"url\":\"\"}}\n",
        line(),
        line()
    );
    let parsed = parse(&text);
    assert_eq!(parsed.postings.len(), 2);
    let at: Vec<&str> = parsed
        .problems
        .iter()
        .map(|problem| problem.at.as_str())
        .collect();
    assert_eq!(at, ["line 2", "line 5"]);
    assert!(!parsed.whole);
}

proptest! {
    #[test]
    fn no_line_makes_it_panic(text in ".{0,200}") {
        prop_assert!(parse(&text).postings.len() <= text.lines().count());
    }
}
