//! Filters and counts.

use std::collections::BTreeMap;

use search::{Change, Document, Error, FacetRequest, Filter, Index, Page, RangeBucket, Request};

use crate::support::{indexed, request};

fn values(field: &str) -> FacetRequest {
    FacetRequest::Values {
        field: field.to_owned(),
        limit: 10,
    }
}

fn any_of(field: &str, values: &[&str]) -> Filter {
    Filter::AnyOf {
        field: field.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

fn goods() -> Index {
    let rows: [(u64, &str, &[&str], i64, bool); 5] = [
        (1, "Ada", &["red", "round"], 10, true),
        (2, "Ada", &["red"], 20, false),
        (3, "Bob", &["blue", "round"], 30, true),
        (4, "Cyd", &["blue"], 40, false),
        (5, "Cyd", &[], 50, true),
    ];
    let document =
        |(id, maker, tags, made, sold): (u64, &'static str, &[&'static str], i64, bool)| {
            let document = Document::new(id)
                .with("maker", maker)
                .with("made", made)
                .with("sold", sold)
                .with("body", "thing");
            tags.iter()
                .fold(document, |document, tag| document.with("tag", *tag))
        };
    indexed(
        rows.map(document)
            .into_iter()
            .chain([Document::new(6).with("body", "bare thing")]),
    )
}

fn search(index: &Index, input: &str, filters: Vec<Filter>) -> Page {
    let ranges = [
        ("early", None, Some(20)),
        ("late", Some(30), None),
        ("all", None, None),
    ];
    let bucket = |(label, min, max): (&str, _, _)| RangeBucket {
        label: label.to_owned(),
        min,
        max,
    };
    let ranges = FacetRequest::Ranges {
        field: "made".to_owned(),
        ranges: ranges.map(bucket).to_vec(),
    };
    let facets = vec![values("maker"), values("tag"), values("sold"), ranges];
    index
        .search(&Request {
            filters,
            facets,
            ..request(index, input)
        })
        .unwrap()
}

fn counts(page: &Page, field: &str) -> String {
    let counts: Vec<String> = page.facets[field]
        .iter()
        .map(|(value, count)| format!("{value} {count}"))
        .collect();
    counts.join(", ")
}

#[test]
fn counts_cover_everything_without_a_filter() {
    for input in ["", "thing", "thing -zzz"] {
        let page = search(&goods(), input, vec![]);
        assert_eq!(page.total, 6);
        assert_eq!(counts(&page, "maker"), "Ada 2, Cyd 2, Bob 1", "{input}");
        assert_eq!(counts(&page, "tag"), "blue 2, red 2, round 2");
        assert_eq!(counts(&page, "sold"), "true 3, false 2");
        assert_eq!(counts(&page, "made"), "early 2, late 3, all 5");
    }
}

#[test]
fn a_field_passes_over_its_own_filter_when_counted() {
    for input in ["", "thing"] {
        let page = search(&goods(), input, vec![any_of("maker", &["Ada"])]);
        assert_eq!(page.total, 2);
        assert_eq!(counts(&page, "maker"), "Ada 2, Cyd 2, Bob 1", "{input}");
        assert_eq!(counts(&page, "tag"), "red 2, round 1");
        assert_eq!(counts(&page, "made"), "early 2, late 0, all 2");
    }
}

#[test]
fn several_filters_restrict_each_other() {
    let range = Filter::Range {
        field: "made".to_owned(),
        min: Some(20),
        max: None,
    };
    let page = search(&goods(), "", vec![any_of("tag", &["red", "blue"]), range]);
    assert_eq!(page.total, 3);
    assert_eq!(counts(&page, "tag"), "blue 2, red 1, round 1");
    assert_eq!(counts(&page, "made"), "early 2, late 2, all 4");
    assert_eq!(counts(&page, "sold"), "false 2, true 1");
}

#[test]
fn two_filters_on_one_field_must_both_hold() {
    let page = search(
        &goods(),
        "",
        vec![any_of("tag", &["red"]), any_of("tag", &["round"])],
    );
    assert_eq!(page.hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), [1]);
    assert_eq!(counts(&page, "tag"), "blue 2, red 2, round 2");
}

#[test]
fn bool_filters_and_chosen_values_stay_visible() {
    let sold = Filter::Bool {
        field: "sold".to_owned(),
        value: false,
    };
    let page = search(&goods(), "", vec![sold, any_of("maker", &["Bob"])]);
    assert_eq!(page.total, 0);
    assert_eq!(counts(&page, "maker"), "Ada 1, Cyd 1, Bob 0");
    assert_eq!(counts(&page, "sold"), "true 1, false 0");
}

#[test]
fn values_that_are_not_there_match_nothing() {
    for filter in [
        any_of("maker", &["Zoe"]),
        any_of("maker", &[]),
        any_of("maker", &["ada"]),
        any_of("link", &["x"]),
    ] {
        assert_eq!(
            search(&goods(), "", vec![filter.clone()]).total,
            0,
            "{filter:?}"
        );
    }
}

#[test]
fn keywords_without_counts_filter_exactly() {
    let index = indexed([
        Document::new(1).with("link", "A/b"),
        Document::new(2).with("link", "a/b"),
    ]);
    let page = search(&index, "", vec![any_of("link", &["a/b", "c"])]);
    assert_eq!(page.hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), [2]);
}

#[test]
fn counts_follow_deletions_and_later_commits() {
    let index = goods();
    assert_eq!(
        counts(&search(&index, "", vec![]), "maker"),
        "Ada 2, Cyd 2, Bob 1"
    );
    index.apply([Change::Delete(1)]).unwrap();
    index
        .put([Document::new(9)
            .with("maker", "Zoe")
            .with("tag", "red")
            .with("tag", "red")])
        .unwrap();
    index.commit(2).unwrap();
    let page = search(&index, "", vec![]);
    assert_eq!(counts(&page, "maker"), "Cyd 2, Ada 1, Bob 1, Zoe 1");
    assert_eq!(counts(&page, "tag"), "blue 2, red 2, round 1");
    index.compact().unwrap();
    let page = search(&index, "", vec![any_of("maker", &["Zoe"])]);
    assert_eq!(
        (page.total, counts(&page, "maker")),
        (1, "Cyd 2, Ada 1, Bob 1, Zoe 1".to_owned())
    );
}

#[test]
fn the_most_frequent_values_come_first_and_are_limited() {
    let document = |id: u64| Document::new(id).with("maker", format!("maker {:02}", id.ilog2()));
    let index = indexed((1..1024).map(document));
    let facets = vec![FacetRequest::Values {
        field: "maker".to_owned(),
        limit: 3,
    }];
    let filters = vec![any_of("maker", &["maker 00"])];
    let page = index
        .search(&Request {
            facets,
            filters,
            ..request(&index, "")
        })
        .unwrap();
    assert_eq!(
        counts(&page, "maker"),
        "maker 09 512, maker 08 256, maker 07 128, maker 00 1"
    );
}

#[test]
fn requests_that_do_not_fit_the_schema_are_refused() {
    let index = goods();
    let wrong = [
        Request {
            filters: vec![any_of("colour", &["red"])],
            ..request(&index, "")
        },
        Request {
            filters: vec![any_of("made", &["red"])],
            ..request(&index, "")
        },
        Request {
            facets: vec![values("link")],
            ..request(&index, "")
        },
        Request {
            facets: vec![values("body")],
            ..request(&index, "")
        },
        Request {
            sort: search::Sort::Field {
                name: "maker".to_owned(),
                descending: false,
            },
            ..request(&index, "")
        },
    ];
    for request in wrong {
        assert!(
            matches!(index.search(&request), Err(Error::Request(_))),
            "{request:?}"
        );
    }
}

/// A document of the large index: its tags, maker and words follow from its id.
struct Piece {
    tags: Vec<String>,
    maker: &'static str,
    words: &'static str,
}

fn piece(id: u64) -> Piece {
    let drawn = |at: u64| (id * 5 + at).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    let mut tags: Vec<String> = (0..id % 5)
        .map(|at| format!("t{}", (drawn(at) % 17) * (drawn(at) / 17 % 17)))
        .collect();
    tags.sort_unstable();
    tags.dedup();
    Piece {
        tags,
        maker: ["Ada", "Bob", "Cyd"][(drawn(4) % 3) as usize],
        words: ["thing", "odd thing", "rare odd thing"]
            [usize::from(id % 2 == 1) + usize::from(id % 50 == 1)],
    }
}

#[test]
fn many_matches_are_counted_as_one_by_one() {
    const PIECES: u64 = 20_000;
    let document = |id: u64| {
        let piece = piece(id);
        let document = Document::new(id)
            .with("body", piece.words)
            .with("maker", piece.maker);
        let tags = piece.tags.into_iter();
        tags.fold(document, |document, tag| document.with("tag", tag))
    };
    let index = indexed((1..=PIECES).map(document));
    let gone = |id: u64| id.is_multiple_of(97);
    let deleted = (1..=PIECES).filter(|id| gone(*id)).map(Change::Delete);
    index.apply(deleted).unwrap();
    index.commit(2).unwrap();
    let choices: [&[&str]; 4] = [&[], &["t0"], &["t0", "t12", "t255"], &["t256"]];
    for (word, tags, makers) in ["thing", "odd", "rare"].into_iter().flat_map(|word| {
        choices.into_iter().flat_map(move |tags| {
            [&[][..], &["Bob", "Cyd"]].map(|makers: &[&str]| (word, tags, makers))
        })
    }) {
        let chosen = |filter: &[&str], own: &[String]| {
            filter.is_empty() || own.iter().any(|value| filter.contains(&value.as_str()))
        };
        let mut expected = [BTreeMap::new(), BTreeMap::new()];
        let mut total = 0;
        for piece in (1..=PIECES).filter(|id| !gone(*id)).map(piece) {
            if !piece.words.contains(word) {
                continue;
            }
            let by_tag = chosen(tags, &piece.tags);
            let by_maker = chosen(makers, &[piece.maker.to_owned()]);
            total += u64::from(by_tag && by_maker);
            if by_maker {
                for tag in piece.tags {
                    *expected[0].entry(tag).or_insert(0) += 1;
                }
            }
            if by_tag {
                *expected[1].entry(piece.maker.to_owned()).or_insert(0) += 1;
            }
        }
        let filters = [("tag", tags), ("maker", makers)];
        let filters = filters.iter().filter(|(_, values)| !values.is_empty());
        let all = |field: &str| FacetRequest::Values {
            field: field.to_owned(),
            limit: usize::MAX,
        };
        let request = Request {
            filters: filters
                .map(|(field, values)| any_of(field, values))
                .collect(),
            facets: vec![all("tag"), all("maker")],
            ..request(&index, word)
        };
        let page = index.search(&request).unwrap();
        assert_eq!(page.total, total, "{word} {tags:?} {makers:?}");
        for (field, expected) in ["tag", "maker"].into_iter().zip(expected) {
            // Chosen values are told even where nothing has them.
            let found = page.facets[field].iter().filter(|(_, count)| *count > 0);
            let found: BTreeMap<String, u64> = found.cloned().collect();
            assert_eq!(found, expected, "{field}: {word} {tags:?} {makers:?}");
        }
    }
}
