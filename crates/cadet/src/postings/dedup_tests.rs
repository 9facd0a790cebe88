//! Keys of sightings, and the measure of how many addresses of known boards are keyed.

use proptest::prelude::*;

use super::*;
use crate::postings::sources::model::SourceKind;

fn list() -> SourceAddress {
    SourceAddress {
        kind: SourceKind::Simplify,
        address: "/lists/a.json".to_owned(),
    }
}

fn of(url: &str) -> Vec<String> {
    keys(url, "", &list(), "1")
}

#[test]
fn a_page_is_a_key_only_when_its_address_holds_the_postings_own_id() {
    assert_eq!(
        page_key(
            "https://northlight.example/jobs/4012345?utm_source=x",
            "4012345"
        )
        .as_deref(),
        Some("url:https://northlight.example/jobs/4012345")
    );
    assert_eq!(
        page_key("https://northlight.example/jobs/open", "4012345"),
        None
    );
    assert_eq!(
        page_key("https://northlight.example/jobs/4012345", ""),
        None
    );
}

#[test]
fn a_greenhouse_posting_has_one_key_wherever_it_is_seen() {
    let board = SourceAddress {
        kind: SourceKind::Greenhouse,
        address: "eu:Northlight".to_owned(),
    };
    let seen = [
        keys(
            "https://careers.northlight.example/7?gh_jid=4012345101",
            "",
            &board,
            "4012345101",
        ),
        of("https://boards.greenhouse.io/northlight/jobs/4012345101?gh_src=abc"),
        of("https://job-boards.eu.greenhouse.io/northlight/jobs/4012345101"),
        of("https://boards.greenhouse.io/embed/job_app?for=northlight&token=4012345101"),
        of("https://northlight.example/careers?gh_jid=4012345101&utm_source=x"),
    ];
    for keys in &seen {
        assert!(
            keys.contains(&"greenhouse:4012345101".to_owned()),
            "{keys:?}"
        );
    }
    assert!(seen[0].contains(&"greenhouse:northlight:4012345101".to_owned()));
}

#[test]
fn small_greenhouse_numbers_are_only_unique_in_their_board() {
    assert_eq!(
        of("https://boards.greenhouse.io/northlight/jobs/4012"),
        ["greenhouse:northlight:4012"]
    );
}

#[test]
fn boards_are_known_by_their_own_ids() {
    for (url, key) in [
        (
            "https://jobs.lever.co/Acme/0F8fad5b-d9cb-469f-a165-70867728950e/apply?lever-source=x",
            "lever:acme:0f8fad5b-d9cb-469f-a165-70867728950e",
        ),
        (
            "https://jobs.ashbyhq.com/acme/0f8fad5b-d9cb-469f-a165-70867728950e/application",
            "ashby:acme:0f8fad5b-d9cb-469f-a165-70867728950e",
        ),
        (
            "https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/Town/Backend-Intern_R0012345-2/apply",
            "workday:acme:r0012345",
        ),
        (
            "https://wd1.myworkdaysite.com/en-US/recruiting/acme/jobs/job/Town/Intern_2100935-1",
            "workday:acme:2100935",
        ),
        (
            "https://acme.wd5.myworkdayjobs.com/Careers/job/Town/Intern_JR-2024-12",
            "workday:acme:jr-2024-12",
        ),
        (
            "https://jobs.smartrecruiters.com/Acme/743999907500503-backend-intern",
            "smartrecruiters:743999907500503",
        ),
        (
            "https://apply.workable.com/acme/j/2D7982B796/apply",
            "workable:2d7982b796",
        ),
        (
            "https://careers-acme.icims.com/jobs/13711/backend-intern/job?mode=view",
            "icims:careers-acme:13711",
        ),
        (
            "https://x.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/211258/",
            "oracle:x:211258",
        ),
        (
            "https://jobs.jobvite.com/acme/job/oUZQnfwQ?nl=1",
            "jobvite:oUZQnfwQ",
        ),
        (
            "https://acme.recruitee.com/o/backend-intern",
            "recruitee:acme:backend-intern",
        ),
        (
            "https://acme.jobs.personio.de/job/812345?language=de",
            "personio:acme:812345",
        ),
    ] {
        assert!(of(url).contains(&key.to_owned()), "{url}: {:?}", of(url));
    }
}

#[test]
fn other_postings_are_known_by_their_address() {
    assert_eq!(
        of("http://www.acme.example/jobs/17/?ref=x&b=2&a=1"),
        ["url:https://acme.example/jobs/17?a=1&b=2"]
    );
    assert_eq!(
        of("https://acme.example/jobs/17/apply"),
        of("https://acme.example/jobs/17")
    );
}

#[test]
fn a_landing_page_is_no_posting() {
    assert_eq!(
        of("https://acme.example/careers/"),
        ["source:simplify:/lists/a.json:1"]
    );
    assert_eq!(of(""), ["source:simplify:/lists/a.json:1"]);
}

#[test]
fn equal_texts_of_one_employer_are_one_opening() {
    let text = "You build the booking service of our ferries. ".repeat(6);
    let other = text.replace(". ", ".\n\n- ");
    assert_eq!(
        same_opening_key("acme", "backend intern", &text),
        same_opening_key("acme", "backend intern", &other)
    );
    assert_ne!(
        same_opening_key("acme", "backend intern", &text),
        same_opening_key("zenith", "backend intern", &text)
    );
    assert_eq!(
        same_opening_key("acme", "backend intern", "See our website."),
        None
    );
}

proptest! {
    #[test]
    fn tracking_changes_no_key(id in "[0-9]{7,10}", source in "[a-z]{1,8}", at in 0usize..4) {
        let url = [
            format!("https://boards.greenhouse.io/acme/jobs/{id}"),
            format!("https://acme.example/careers/job/{id}"),
            format!("https://acme.example/open?jobId={id}"),
            format!("https://acme.wd1.myworkdayjobs.com/x/job/Town/Intern_R{id}"),
        ][at].clone();
        let joint = if url.contains('?') { '&' } else { '?' };
        prop_assert_eq!(of(&url), of(&format!("{url}{joint}utm_source={source}&ref={source}&gh_src=1#top")));
    }

    #[test]
    fn any_address_has_a_key(url in "\\PC{0,60}", id in "[a-z0-9]{0,5}") {
        prop_assert!(!keys(&url, &url, &list(), &id).is_empty());
    }
}

#[test]
fn addresses_of_known_boards_are_keyed() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/postings/simplify_listings.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: the evaluation data is absent");
        return;
    };
    let listings: Vec<serde_json::Value> = serde_json::from_str(&text).expect("the list is JSON");
    let boards = [
        "greenhouse.io",
        "gh_jid=",
        "lever.co",
        "ashbyhq.com",
        "myworkday",
        "smartrecruiters.com",
        "workable.com",
        "icims.com",
        "oraclecloud.com",
        "jobvite.com",
        "bamboohr.com",
        "breezy.hr",
        "recruitee.com",
    ];
    let (mut known, mut keyed, mut missed) = (0, 0, Vec::new());
    for url in listings
        .iter()
        .filter_map(|listing| listing["url"].as_str())
    {
        if !boards.iter().any(|board| url.contains(board)) {
            continue;
        }
        known += 1;
        if of(url).iter().all(|key| is_board_key(key)) {
            keyed += 1;
        } else {
            missed.push(url.to_owned());
        }
    }
    let share = f64::from(keyed) / f64::from(known.max(1));
    eprintln!(
        "canonical ids: {keyed} of {known} addresses of known boards keyed, {:.2} % (bar 95 %)",
        share * 100.0
    );
    for url in missed
        .iter()
        .take(if std::env::args().any(|arg| arg == "--nocapture") {
            60
        } else {
            0
        })
    {
        eprintln!("  not keyed: {url}");
    }
    assert!(share >= 0.95);
}

#[test]
fn a_boards_own_posting_has_the_key_of_its_address_in_a_list() {
    let cases = [
        (
            SourceKind::BambooHr,
            "tidemark",
            "31",
            "https://tidemark.bamboohr.com/careers/31",
        ),
        (
            SourceKind::Personio,
            "de:birkenhain",
            "410001",
            "https://birkenhain.jobs.personio.de/job/410001?language=en",
        ),
        (
            SourceKind::Personio,
            "birkenhain",
            "410001",
            "https://birkenhain.jobs.personio.com/job/410001",
        ),
        (
            SourceKind::Recruitee,
            "saltmarsh",
            "backend-engineering-intern",
            "https://saltmarsh.recruitee.com/o/backend-engineering-intern/c/new",
        ),
        (
            SourceKind::SmartRecruiters,
            "Ambergate",
            "744000151000001",
            "https://jobs.smartrecruiters.com/Ambergate/744000151000001-backend-engineering-intern",
        ),
        (
            SourceKind::Teamtailor,
            "fjellvik",
            "5500101",
            "https://fjellvik.teamtailor.com/jobs/5500101-backend-intern-summer",
        ),
        (
            SourceKind::Workable,
            "larkfield",
            "A1B2C3D4E5",
            "https://apply.workable.com/larkfield/j/A1B2C3D4E5/apply",
        ),
        (
            SourceKind::Workday,
            "northmoor/wd5/Careers",
            "R-204417-1",
            "https://northmoor.wd5.myworkdayjobs.com/en-US/Other/job/Austin-TX/Intern_R-204417",
        ),
    ];
    for (kind, address, id, url) in cases {
        let board = SourceAddress {
            kind,
            address: address.to_owned(),
        };
        let on_board = keys("", "", &board, id);
        let in_list = keys(url, "", &list(), "1");
        assert_eq!(on_board, in_list, "{kind:?}");
        assert!(is_board_key(&on_board[0]), "{on_board:?}");
    }
}

#[test]
fn on_a_domain_of_the_employers_own_the_address_is_the_key() {
    let board = SourceAddress {
        kind: SourceKind::Recruitee,
        address: "https://jobs.saltmarsh.example".to_owned(),
    };
    let url = "https://jobs.saltmarsh.example/o/backend-engineering-intern";
    assert_eq!(
        keys(url, "", &board, "backend-engineering-intern"),
        keys(url, "", &list(), "1")
    );
}

#[test]
fn what_a_board_says_of_its_posting_is_the_key_of_its_address() {
    for (kind, board, id, url) in [
        (
            SourceKind::Breezy,
            "lanternworks",
            "4be19c02d7a1",
            "https://lanternworks.breezy.hr/p/4be19c02d7a1-backend-intern?source=x",
        ),
        (
            SourceKind::Pinpoint,
            "thornbury",
            "5d1f0e3a-7c44-4b0e-9d57-1a2b3c4d5e6f",
            "https://thornbury.pinpointhq.com/en/postings/5D1F0E3A-7c44-4b0e-9d57-1a2b3c4d5e6f",
        ),
        (
            SourceKind::Pinpoint,
            "thornbury",
            "310443",
            "https://thornbury.pinpointhq.com/postings/310443",
        ),
        (
            SourceKind::Rippling,
            "copperkettle",
            "0b9c6a50-3f52-4d0e-8a6b-2f1e6d7c8b90",
            "https://ats.rippling.com/en-GB/copperkettle/jobs/0b9c6a50-3f52-4d0e-8a6b-2f1e6d7c8b90/apply",
        ),
    ] {
        let source = SourceAddress {
            kind,
            address: board.to_owned(),
        };
        assert_eq!(
            keys("https://own.example/9", "", &source, id)[..1],
            of(url)[..1],
            "{url}"
        );
    }
}

#[test]
fn openings_of_one_comment_are_told_apart_and_those_of_gem_are_known_by_number() {
    let source = |kind, address: &str| SourceAddress {
        kind,
        address: address.to_owned(),
    };
    let comment = "https://news.ycombinator.com/item?id=47000410";
    let thread = source(SourceKind::HackerNews, "latest");
    let (first, second) = (
        keys(comment, "", &thread, "47000410"),
        keys(comment, "", &thread, "47000410:2"),
    );
    assert!(
        first.iter().all(|key| !second.contains(key)),
        "{first:?} {second:?}"
    );
    let gem = keys(
        "https://jobs.gem.com/saltglass/am9icG9zdDqTm4xQ7",
        "",
        &source(SourceKind::Gem, "saltglass"),
        "am9icG9zdDqTm4xQ7",
    );
    assert_eq!(gem, ["gem:am9icG9zdDqTm4xQ7"]);
}
