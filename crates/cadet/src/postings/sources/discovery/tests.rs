//! From addresses to boards, and from counts to a sentence.

use std::collections::HashMap;

use super::links::{Link, Noted, Seen, links};
use super::model::{SeenIn, why};
use crate::config::Endpoints;
use crate::postings::model::PostingId;
use crate::postings::sources::model::{SourceAddress, SourceId, SourceKind};
use crate::postings::sources::testing::address;

const LIST: SourceId = SourceId(1);
const BOARD: SourceId = SourceId(2);

fn posting(url: &str, apply_url: &str) -> Noted {
    Noted {
        id: PostingId(7),
        company: "Northlight".into(),
        url: url.into(),
        apply_url: apply_url.into(),
        open: true,
        backend_internship: true,
    }
}

fn seen(source: SourceId, url: &str) -> Seen {
    Seen {
        source,
        url: url.into(),
    }
}

fn found(posting: &Noted, seen: &[Seen]) -> Vec<Link> {
    let list = "https://lists.example/listings.json";
    let sources: HashMap<SourceId, SourceAddress> = HashMap::from([
        (LIST, address(SourceKind::Simplify, list)),
        (BOARD, address(SourceKind::Greenhouse, "northlight")),
    ]);
    links(posting, seen, &sources, &Endpoints::default())
}

fn boards(links: &[Link]) -> Vec<(String, SourceId)> {
    let told = |link: &Link| (link.board.shorthand(), link.source);
    links.iter().map(told).collect()
}

const PAGE: &str = "https://boards.greenhouse.io/northlight/jobs/4012345?gh_src=list";

#[test]
fn an_address_in_a_list_leads_to_the_board() {
    let links = found(&posting(PAGE, PAGE), &[seen(LIST, PAGE)]);
    assert_eq!(boards(&links), [("greenhouse:northlight".to_owned(), LIST)]);
    assert!(links[0].open && links[0].backend_internship);
    assert_eq!(links[0].company, "Northlight");
}

#[test]
fn where_to_apply_leads_to_the_board_as_well() {
    let page = "https://northlight.example/careers/backend-intern";
    let apply = "https://jobs.lever.co/northlight/0a1b2c3d-0000-4000-8000-000000000001/apply";
    let links = found(&posting(page, apply), &[seen(LIST, page)]);
    assert_eq!(boards(&links), [("lever:northlight".to_owned(), LIST)]);
}

#[test]
fn what_a_board_tells_of_itself_is_nothing_new() {
    let links = found(
        &posting(PAGE, PAGE),
        &[
            seen(BOARD, PAGE),
            seen(LIST, &PAGE.replace("northlight", "Northlight")),
        ],
    );
    let told: Vec<SourceId> = links.iter().map(|link| link.source).collect();
    assert_eq!(told, [LIST]);
}

#[test]
fn one_posting_in_one_source_counts_once_for_each_board() {
    let twice = [seen(LIST, PAGE), seen(LIST, PAGE)];
    assert_eq!(found(&posting(PAGE, PAGE), &twice).len(), 1);
}

#[test]
fn addresses_that_are_no_boards_lead_nowhere() {
    for page in [
        "",
        "not an address",
        "https://northlight.example/jobs/1",
        "mailto:a@b.example",
    ] {
        assert_eq!(found(&posting(page, page), &[seen(LIST, page)]), []);
    }
}

fn in_source(source: &str, postings: u64, backend: u64) -> SeenIn {
    SeenIn {
        source_id: LIST,
        source: source.into(),
        postings,
        open_backend_internships: backend,
    }
}

#[test]
fn the_sentence_says_where_and_how_much() {
    let cases = [
        (vec![], "No posting leads there any more."),
        (vec![in_source("A", 1, 0)], "Seen in 1 posting of A."),
        (
            vec![in_source("A", 1, 1)],
            "Seen in 1 posting of A, an open backend internship.",
        ),
        (
            vec![in_source("A", 14, 5), in_source("B", 2, 1)],
            "Seen in 14 postings of A, 5 of them open backend internships; 2 postings of B, 1 of them an open backend internship.",
        ),
        (
            vec![
                in_source("A", 3, 0),
                in_source("B", 2, 0),
                in_source("C", 1, 0),
            ],
            "Seen in 3 postings of A; 2 postings of B; one more source.",
        ),
    ];
    for (seen_in, expected) in cases {
        assert_eq!(why(&seen_in), expected);
    }
}
