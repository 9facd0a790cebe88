//! Postings as sources tell them, normalised.

use proptest::prelude::*;

use super::*;
use crate::postings::model::{BackendGrade, PayPeriod};
use crate::postings::sources::model::{RawDate, RawLocation, RawPay, RawText};

fn now() -> Timestamp {
    "2026-11-23T12:00:00Z"
        .parse::<jiff::Timestamp>()
        .unwrap()
        .into()
}

fn board() -> SourceAddress {
    SourceAddress {
        kind: SourceKind::Greenhouse,
        address: "northlight".to_owned(),
    }
}

fn read(raw: &RawPosting) -> NormalPosting {
    let address = board();
    normalise(
        raw,
        SourceInfo {
            address: &address,
            name: "Northlight Ferries",
        },
        now(),
        &|_| Vec::new(),
    )
    .expect("the posting has a title or an address")
}

fn place(text: &str) -> RawLocation {
    RawLocation {
        text: Some(text.to_owned()),
        ..RawLocation::default()
    }
}

#[test]
fn a_whole_posting_is_normalised_with_its_origins() {
    let posting = read(&RawPosting {
        external_id: "4012345".to_owned(),
        url: "https://boards.greenhouse.io/northlight/jobs/4012345?gh_src=list".to_owned(),
        title: "  Backend&nbsp;Engineer Intern\u{200b} (Summer 2027) ".to_owned(),
        company: Some("Northlight Ferries, Inc.".to_owned()),
        locations: vec![place("Seattle, WA"), place("Remote - US")],
        description: Some(RawText::Html("<p>You work <b>three days a week in the office</b>.</p><script>x()</script><p>The pay is $42 - $50 per hour.</p>".to_owned())),
        employment_type: Some("Full-time".to_owned()),
        department: Some("Reservations".to_owned()),
        posted: Some(RawDate::Text("2026-11-01T10:00:00-04:00".to_owned())),
        deadline: Some(RawDate::Text("2027-01-15".to_owned())),
        language: Some("en-US".to_owned()),
        ..RawPosting::default()
    });
    assert_eq!(posting.title, "Backend Engineer Intern (Summer 2027)");
    assert_eq!(
        (posting.company_key.as_str(), posting.title_key.as_str()),
        ("northlight ferries", "backend engineer intern summer 2027")
    );
    assert_eq!(
        posting.url,
        "https://boards.greenhouse.io/northlight/jobs/4012345"
    );
    assert_eq!(posting.apply_url, posting.url);
    assert_eq!(
        posting.keys,
        ["greenhouse:northlight:4012345", "greenhouse:4012345"]
    );
    assert_eq!(posting.locations[0].city.as_deref(), Some("Seattle"));
    assert_eq!(posting.locations[1].country.as_deref(), Some("US"));
    assert_eq!(posting.workplace, Some(Workplace::Remote));
    assert_eq!(posting.employment, Some(Employment::Internship));
    assert_eq!(
        posting.pay.as_ref().map(|pay| (pay.min, pay.period)),
        Some((Some(42.0), PayPeriod::Hour))
    );
    assert_eq!(
        posting.posted.map(|dated| dated.at.to_string()),
        Some("2026-11-01T14:00:00Z".to_owned())
    );
    assert_eq!(
        posting.description_text,
        "You work three days a week in the office.\n\nThe pay is $42 - $50 per hour."
    );
    assert!(!posting.description_html.contains("script"));
    assert_eq!(
        posting.facts.backend.as_ref().map(|fact| fact.value),
        Some(BackendGrade::Explicit)
    );
    for (field, origin) in [
        ("title", Origin::Source),
        ("workplace", Origin::Location),
        ("pay", Origin::Description),
        ("employment", Origin::Title),
        ("apply_url", Origin::Derived),
        ("language", Origin::Source),
    ] {
        assert_eq!(posting.origins.get(field), Some(&origin), "{field}");
    }
    assert!(!posting.origins.contains_key("updated"));
}

#[test]
fn pay_stated_as_data_wins_over_the_text() {
    let posting = read(&RawPosting {
        title: "Backend Intern".to_owned(),
        description: Some(RawText::Plain("The pay is $42 per hour.".to_owned())),
        pay: Some(RawPay {
            min: Some(7_000.0),
            max: Some(8_000.0),
            currency: Some("USD".to_owned()),
            period: Some("month".to_owned()),
            text: None,
        }),
        ..RawPosting::default()
    });
    assert_eq!(
        posting.pay.as_ref().map(|pay| pay.period),
        Some(PayPeriod::Month)
    );
    assert_eq!(posting.origins.get("pay"), Some(&Origin::Source));
}

#[test]
fn a_posting_is_only_refused_without_title_and_address() {
    let address = board();
    let source = SourceInfo {
        address: &address,
        name: "",
    };
    let empty = RawPosting {
        external_id: "7".to_owned(),
        title: "\u{200b} ".to_owned(),
        ..RawPosting::default()
    };
    let problem = normalise(&empty, source, now(), &|_| Vec::new()).unwrap_err();
    assert!(problem.to_string().contains("northlight"), "{problem}");
    let only_address = RawPosting {
        url: "https://acme.example/jobs/backend-intern-17".to_owned(),
        ..RawPosting::default()
    };
    let posting = normalise(&only_address, source, now(), &|_| Vec::new()).unwrap();
    assert_eq!(
        (posting.title.as_str(), posting.company.as_str()),
        ("backend intern 17", "acme.example")
    );
    assert_eq!(posting.origins.get("title"), Some(&Origin::Url));
}

#[test]
fn bad_input_becomes_a_safe_value() {
    let posting = read(&RawPosting {
        title: format!("\u{202e}Backend Intern {}", "very long ".repeat(1_000)),
        url: "javascript:alert(1)".to_owned(),
        posted: Some(RawDate::Text("9999-12-31".to_owned())),
        updated: Some(RawDate::Seconds(i64::MAX)),
        deadline: Some(RawDate::Text("0001-01-01".to_owned())),
        description: Some(RawText::Html(
            "<p>ok<img src=x onerror=alert(1)></p>".to_owned(),
        )),
        language: Some("zz".to_owned()),
        ..RawPosting::default()
    });
    assert!(
        posting.title.starts_with("Backend Intern very long")
            && posting.title.chars().count() <= MAX_TITLE_CHARS
    );
    assert_eq!(
        (
            posting.posted,
            posting.updated,
            posting.deadline,
            posting.language
        ),
        (None, None, None, None)
    );
    assert_eq!(posting.description_html, "<p>ok</p>");
}

#[test]
fn a_list_of_internships_vouches_for_a_title_that_says_nothing() {
    let address = SourceAddress {
        kind: SourceKind::Simplify,
        address: "/lists/a.json".to_owned(),
    };
    let raw = RawPosting {
        title: "Backend Engineer".to_owned(),
        url: "https://acme.example/jobs/1".to_owned(),
        terms: vec!["Summer 2027".to_owned()],
        sponsorship: Some("Does Not Offer Sponsorship".to_owned()),
        ..RawPosting::default()
    };
    let of = |name: &str| {
        normalise(
            &raw,
            SourceInfo {
                address: &address,
                name,
            },
            now(),
            &|_| Vec::new(),
        )
        .unwrap()
    };
    let listed = of("Summer 2027 Internships");
    assert_eq!(
        listed
            .facts
            .internship
            .as_ref()
            .map(|fact| (fact.value, fact.origin)),
        Some((true, Origin::SourceName))
    );
    assert_eq!(
        listed.facts.sponsorship.as_ref().map(|fact| fact.origin),
        Some(Origin::Source)
    );
    assert_eq!(listed.facts.terms.len(), 1);
    assert_eq!(
        of("Jobs").facts.internship.map(|fact| fact.value),
        Some(false)
    );
}

#[test]
fn skills_are_asked_for_in_title_and_text() {
    let address = board();
    let raw = RawPosting {
        title: "Rust Intern".to_owned(),
        description: Some(RawText::Plain("We use Rust.".to_owned())),
        ..RawPosting::default()
    };
    let finder = |text: &str| {
        let id: SkillId = serde_json::from_str("\"rust\"").expect("an id is a string");
        text.find("Rust")
            .map(|start| (id, start, start + 4))
            .into_iter()
            .collect()
    };
    let posting = normalise(
        &raw,
        SourceInfo {
            address: &address,
            name: "N",
        },
        now(),
        &finder,
    )
    .unwrap();
    let found: Vec<_> = posting
        .skills
        .iter()
        .map(|mention| (mention.origin, mention.start))
        .collect();
    assert_eq!(found, [(Origin::Title, 0), (Origin::Description, 7)]);
}

fn anything() -> impl Strategy<Value = RawPosting> {
    let text = || "(\\PC|[\\x00-\\x1f]|<[a-z]{1,6}|>|&[a-z]{2,4};|\\$[0-9]{1,4}|summer 20[0-9]{2}|intern|backend|for [0-9]{1,3} weeks|\n|\\. ){0,40}";
    let date = prop_oneof![
        any::<i64>().prop_map(RawDate::Seconds),
        any::<i64>().prop_map(RawDate::Millis),
        "\\PC{0,20}".prop_map(RawDate::Text)
    ];
    let pay = (
        any::<Option<f64>>(),
        any::<Option<f64>>(),
        proptest::option::of("(USD|€|\\PC{0,4})"),
        proptest::option::of("(hour|YEAR|\\PC{0,6})"),
    )
        .prop_map(|(min, max, currency, period)| RawPay {
            min,
            max,
            currency,
            period,
            text: None,
        });
    (
        (text(), text(), text(), any::<bool>()),
        (text(), text(), text()),
        (proptest::option::of(date), proptest::option::of(pay)),
    )
        .prop_map(
            |(
                (title, url, description, html),
                (location, employment, workplace),
                (posted, pay),
            )| RawPosting {
                title,
                url,
                description: Some(if html {
                    RawText::Html(description)
                } else {
                    RawText::Plain(description)
                }),
                locations: vec![
                    place(&location),
                    RawLocation {
                        city: Some(location.clone()),
                        country: Some(employment.clone()),
                        ..RawLocation::default()
                    },
                ],
                employment_type: Some(employment.clone()),
                workplace: Some(workplace.clone()),
                terms: vec![workplace],
                sponsorship: Some(employment),
                deadline: posted.clone(),
                posted,
                pay,
                ..RawPosting::default()
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_posting_is_normalised_the_same_way_each_time(raw in anything()) {
        let address = board();
        let source = SourceInfo { address: &address, name: "Northlight" };
        let run = || normalise(&raw, source, now(), &|_| Vec::new());
        let once = run();
        prop_assert_eq!(&once, &run());
        if let Ok(posting) = once {
            prop_assert!(!posting.title.is_empty() && posting.title.chars().count() <= MAX_TITLE_CHARS);
            prop_assert!(!posting.keys.is_empty());
            prop_assert!(posting.facts.internship.is_some() && posting.facts.backend.is_some());
            prop_assert!(posting.facts.terms.iter().all(|fact| fact.quote.chars().count() <= 240));
        }
    }
}

/// A search result that shows the beginning of a text, and the whole text.
fn excerpt_and_whole() -> (NormalPosting, NormalPosting) {
    let raw = |description: RawText| RawPosting {
        external_id: "1".to_owned(),
        url: "https://northlight.example/jobs/1".to_owned(),
        title: "Engineering Intern".to_owned(),
        description: Some(description),
        ..RawPosting::default()
    };
    let beginning = "You join a friendly team near the harbour";
    let excerpt = read(&raw(RawText::Excerpt(format!("{beginning} and ..."))));
    let rest = "and write backend services in Kotlin. This internship pays $42 per hour.";
    (
        excerpt,
        read(&raw(RawText::Plain(format!("{beginning} {rest}")))),
    )
}

#[test]
fn what_an_excerpt_does_not_say_means_nothing() {
    let (excerpt, _) = excerpt_and_whole();
    assert!(excerpt.has_excerpt());
    let grade = excerpt.facts.backend.map(|fact| fact.value);
    assert_eq!(grade, Some(classify::title("Engineering Intern").backend));
}

#[test]
fn an_excerpt_never_takes_the_place_of_a_text() {
    use crate::postings::merge::merge;
    let (excerpt, whole) = excerpt_and_whole();
    for (known, known_rank, new, new_rank) in [(&whole, 1, &excerpt, 1), (&excerpt, 9, &whole, 0)] {
        let merged = merge(known, known_rank, new, new_rank).posting;
        assert_eq!(merged.description_text, whole.description_text);
        assert_eq!(merged.facts, whole.facts);
        assert!(merged.pay.is_some() && !merged.has_excerpt());
    }
    let alone = merge(&excerpt, 1, &excerpt, 1).posting;
    assert!(alone.has_excerpt() && !alone.description_text.is_empty());
}
