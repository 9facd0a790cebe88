//! Orders and pages.

use proptest::prelude::*;
use search::{Cursor, Document, Error, Filter, Hit, Index, Request, Sort};

use crate::support::{indexed, request};

fn by_made(descending: bool) -> Sort {
    Sort::Field {
        name: "made".to_owned(),
        descending,
    }
}

fn ids(hits: &[Hit]) -> Vec<u64> {
    hits.iter().map(|hit| hit.id).collect()
}

/// All hits of a request, page by page.
fn walk(index: &Index, request: &Request, limit: usize) -> Vec<Hit> {
    let mut request = Request {
        limit,
        ..request.clone()
    };
    let mut hits = Vec::new();
    loop {
        let page = index.search(&request).unwrap();
        assert!(page.hits.len() <= limit);
        hits.extend(page.hits);
        match page.next {
            Some(cursor) => request.cursor = Some(cursor.to_string().parse().unwrap()),
            None => return hits,
        }
    }
}

/// The number of a document is its id's last digit; ids from 100 on have none.
struct LastDigit;

impl search::Numbers for LastDigit {
    fn number(&self, id: u64) -> Option<i64> {
        (id < 100).then_some((id % 10) as i64)
    }
}

#[test]
fn given_numbers_order_the_hits_over_all_pages_and_filter_them() {
    let index = indexed((1..=120).map(|id| Document::new(id).with("body", "same")));
    let numbers = search::Given::new(std::sync::Arc::new(LastDigit));
    let mut wanted: Vec<u64> = (1..=120).collect();
    wanted.sort_by_key(|id| {
        let number = (*id < 100).then_some(id % 10);
        (
            number.map_or(1, |_| 0),
            std::cmp::Reverse(number),
            std::cmp::Reverse(*id),
        )
    });
    let sorted = Request {
        sort: Sort::Given {
            numbers: numbers.clone(),
            descending: true,
        },
        ..request(&index, "same")
    };
    for limit in [1, 7, 50, 200] {
        assert_eq!(ids(&walk(&index, &sorted, limit)), wanted, "{limit}");
    }
    assert_eq!(index.search(&sorted).unwrap().hits[0].sort_value, Some(9));
    let filtered = Request {
        filters: vec![Filter::Given {
            numbers,
            min: Some(8),
            max: None,
        }],
        ..sorted
    };
    let page = index.search(&filtered).unwrap();
    assert_eq!((page.total, page.hits[0].id), (20, 99));
    assert!(page.hits.iter().all(|hit| hit.id % 10 >= 8));
}

#[test]
fn missing_values_come_last_either_way() {
    let dated = |id: u64, made: i64| Document::new(id).with("made", made);
    let index = indexed([
        dated(1, 5),
        Document::new(2),
        dated(3, -7),
        dated(4, i64::MAX),
        dated(5, i64::MIN),
        dated(6, 5),
    ]);
    let order = |descending| {
        let hits = index
            .search(&Request {
                sort: by_made(descending),
                ..request(&index, "")
            })
            .unwrap()
            .hits;
        (
            ids(&hits),
            hits.last().unwrap().sort_value,
            hits[1].sort_value,
        )
    };
    assert_eq!(order(true), (vec![4, 6, 1, 3, 5, 2], None, Some(5)));
    assert_eq!(order(false), (vec![5, 3, 6, 1, 4, 2], None, Some(-7)));
}

#[test]
fn the_last_page_has_no_next_one() {
    let index = indexed((1..=4).map(Document::new));
    let page = |limit| {
        index
            .search(&Request {
                limit,
                ..request(&index, "")
            })
            .unwrap()
    };
    assert!(page(3).next.is_some());
    assert_eq!(page(4).next, None);
    let counted = page(0);
    assert_eq!(
        (counted.total, counted.hits.len(), counted.next),
        (4, 0, None)
    );
}

#[test]
fn a_page_continues_after_its_place_when_documents_come_and_go() {
    let dated = |id: u64, made: i64| Document::new(id).with("made", made);
    let index = indexed((1..=6).map(|id| dated(id, id as i64)));
    let mut request = Request {
        sort: by_made(true),
        limit: 2,
        ..request(&index, "")
    };
    let first = index.search(&request).unwrap();
    assert_eq!(ids(&first.hits), [6, 5]);
    index.apply([search::Change::Delete(5)]).unwrap();
    index.put([dated(7, 7), dated(8, 4)]).unwrap();
    index.commit(2).unwrap();
    request.cursor = first.next;
    assert_eq!(ids(&index.search(&request).unwrap().hits), [8, 4]);
}

#[test]
fn wrong_cursors_are_refused_politely() {
    let index = indexed((1..=4).map(Document::new));
    let sorted = Request {
        sort: by_made(true),
        limit: 2,
        ..request(&index, "")
    };
    let cursor = index.search(&sorted).unwrap().next.unwrap();
    let relevance = Request {
        cursor: Some(cursor.clone()),
        ..request(&index, "")
    };
    assert!(matches!(index.search(&relevance), Err(Error::Cursor)));
    let other_version = format!("ff{}", &cursor.to_string()[2..]);
    for text in [
        "",
        "1",
        "../../etc",
        "ééééééééééééééééééé",
        "+1000000000000000000000000000000000000",
        &other_version,
    ] {
        assert!(
            matches!(text.parse::<Cursor>(), Err(Error::Cursor)),
            "{text}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn paging_through_gives_one_big_page(
        rows in prop::collection::vec((prop::option::of(-3i64..3), 0usize..4, any::<bool>()), 1..60),
        commits in 1usize..4,
        limit in 1usize..9,
        order in 0usize..3,
        filtered in any::<bool>(),
    ) {
        let index = Index::in_memory(crate::support::schema()).unwrap();
        let mut id = 0;
        for rows in rows.chunks(rows.len().div_ceil(commits)) {
            for (made, times, sold) in rows {
                id += 1;
                let document = Document::new(id).with("body", "word ".repeat(*times) + "filler").with("sold", *sold);
                index.put([match made { Some(made) => document.with("made", *made), None => document }]).unwrap();
            }
            index.commit(id).unwrap();
        }
        let input = if order == 0 { "word" } else { "" };
        let sort = [Sort::Relevance, by_made(true), by_made(false)][order].clone();
        let filters = filtered.then(|| Filter::Bool { field: "sold".to_owned(), value: true }).into_iter().collect();
        let request = Request { sort, filters, limit: 1_000, ..request(&index, input) };
        let whole = index.search(&request).unwrap();
        prop_assert_eq!(whole.total, whole.hits.len() as u64);
        prop_assert_eq!(walk(&index, &request, limit), whole.hits);
    }

    #[test]
    fn any_text_is_a_cursor_or_a_refusal(text in ".{0,60}|[0-9a-f]{38}") {
        if let Ok(cursor) = text.parse::<Cursor>() {
            prop_assert_eq!(cursor.to_string(), text);
        }
    }
}
