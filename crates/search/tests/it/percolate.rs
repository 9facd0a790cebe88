//! Percolation finds what the index finds, seen from the document.

use std::collections::BTreeSet;

use proptest::prelude::*;
use search::{
    Clause, Document, Error, Filter, Index, Node, Percolator, Query, QueryOptions, Request, Test,
};

use crate::support::{indexed, schema};

/// Words that meet each other in inflections, compounds, accents and scripts without blanks.
const WORDS: [&str; 26] = [
    "java",
    "Javas",
    "test",
    "tests",
    "tested",
    "testing",
    "node",
    "js",
    "Node.js",
    "nodejs",
    "back-end",
    "backend",
    "back",
    "end",
    "c++",
    "C#",
    ".NET",
    "ASP.NET",
    "net",
    "CI/CD",
    "r\u{e9}seau",
    "reseau",
    "3.11",
    "11",
    "\u{65e5}\u{672c}",
    "\u{672c}",
];
const MAKERS: [&str; 4] = ["Ada", "ADA", "Bob & Co", "~ada"];
const TAGS: [&str; 4] = ["red", "Red", "blue", "round"];
const LINKS: [&str; 3] = ["a/b", "A/B", "~a/b"];

fn text() -> impl Strategy<Value = String> {
    let joint = prop::sample::select(vec![" ", " ", " ", ", ", ". ", "-", "/"]);
    prop::collection::vec((prop::sample::select(WORDS.to_vec()), joint), 0..9).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(word, joint)| [word, joint])
            .collect()
    })
}

prop_compose! {
    fn document()(
        title in text(),
        bodies in prop::collection::vec(text(), 0..3),
        maker in prop::option::of(prop::sample::select(MAKERS.to_vec())),
        tags in prop::sample::subsequence(TAGS.to_vec(), 0..3),
        link in prop::option::of(prop::sample::select(LINKS.to_vec())),
        made in prop::option::of(0_i64..6),
        sold in prop::option::of(any::<bool>()),
    ) -> Document {
        let mut document = Document::new(0).with("title", title);
        for body in bodies {
            document = document.with("body", body);
        }
        for tag in tags {
            document = document.with("tag", tag);
        }
        let keywords = [("maker", maker), ("link", link)];
        for (field, value) in keywords.into_iter().filter_map(|(name, one)| Some((name, one?))) {
            document = document.with(field, value);
        }
        if let Some(made) = made {
            document = document.with("made", made);
        }
        match sold {
            Some(sold) => document.with("sold", sold),
            None => document,
        }
    }
}

/// A piece of an input of the query language.
fn fragment() -> impl Strategy<Value = String> {
    let word = || prop::sample::select(WORDS.to_vec());
    let start = || word().prop_map(|word| word.chars().take(2).collect::<String>());
    prop_oneof![
        6 => word().prop_map(str::to_owned),
        2 => (word(), word()).prop_map(|(one, two)| format!("\"{one} {two}\"")),
        1 => (word(), word(), word()).prop_map(|(one, two, three)| format!("\"{one} {two} {three}\"")),
        2 => start().prop_map(|start| format!("{start}*")),
        2 => word().prop_map(|word| format!("title:{word}")),
        1 => (word(), word()).prop_map(|(one, two)| format!("body:\"{one} {two}\"")),
        1 => start().prop_map(|start| format!("body:{start}*")),
        1 => prop::sample::select(vec!["maker:ada", "maker:ad*", "maker:\"bob & co\"", "maker:~ada"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["tag:RED", "tag:ro*", "tag:blue", "link:a/b", "link:a/*"]).prop_map(str::to_owned),
        2 => prop::sample::select(vec!["made:3", "made:>=2", "made:<4", "made:1..3", "made:4..2"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["sold:yes", "sold:no"]).prop_map(str::to_owned),
        3 => Just("OR".to_owned()),
        3 => Just("-".to_owned()),
        2 => Just("(".to_owned()),
        2 => Just(")".to_owned()),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    let any_of = |field: &'static str, from: Vec<&'static str>| {
        prop::sample::subsequence(from, 0..3).prop_map(move |values| Filter::AnyOf {
            field: field.to_owned(),
            values: values.into_iter().map(str::to_owned).collect(),
        })
    };
    prop_oneof![
        any_of("maker", MAKERS.to_vec()),
        any_of("tag", TAGS.to_vec()),
        any_of("link", LINKS.to_vec()),
        (prop::option::of(0_i64..6), prop::option::of(0_i64..6)).prop_map(|(min, max)| {
            Filter::Range {
                field: "made".to_owned(),
                min,
                max,
            }
        }),
        any::<bool>().prop_map(|value| Filter::Bool {
            field: "sold".to_owned(),
            value
        }),
    ]
}

prop_compose! {
    fn search_of()(
        fragments in prop::collection::vec(fragment(), 0..7),
        // A sign stands before what it belongs to.
        filters in prop::collection::vec(filter(), 0..3),
    ) -> (Query, Vec<Filter>) {
        let input = fragments.join(" ").replace("- ", "-");
        let options = QueryOptions::new(&schema());
        (search::parse(&input, &options).0, filters)
    }
}

/// The documents that the index finds. None where an assertion of the engine stops it: in builds that check assertions,
/// and only there, it asserts of an excluded phrase what does not hold, and answers rightly without.
fn found(index: &Index, (query, filters): &(Query, Vec<Filter>)) -> Option<BTreeSet<u64>> {
    let mut request = Request::new(query.clone());
    request.filters = filters.clone();
    request.limit = 1_000;
    request.correct = false;
    match index.search(&request) {
        Ok(page) => Some(page.hits.iter().map(|hit| hit.id).collect()),
        Err(Error::Engine(reason))
            if cfg!(debug_assertions) && reason.contains("greater than or equal to doc") =>
        {
            None
        }
        Err(error) => panic!("{query:?}: {error}"),
    }
}

/// A percolator of searches with their places as ids.
fn keeping(searches: &[(Query, Vec<Filter>)], learnt: &[Document]) -> Percolator {
    let mut percolator = Percolator::new(schema());
    for document in learnt {
        percolator.learn(document).unwrap();
    }
    for (id, search) in (0..).zip(searches) {
        percolator.insert(id, 0, |_| search.clone()).unwrap();
    }
    percolator
}

fn numbered(documents: Vec<Document>) -> Vec<Document> {
    (1..)
        .zip(documents)
        .map(|(id, document)| Document { id, ..document })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_document_finds_the_searches_that_find_it(
        documents in prop::collection::vec(document(), 1..24),
        searches in prop::collection::vec(search_of(), 8..60),
        learnt in 0_usize..12,
    ) {
        let documents = numbered(documents);
        let index = indexed(documents.clone());
        let answered: Vec<_> = searches.into_iter()
            .filter_map(|search| Some((found(&index, &search)?, search)))
            .collect();
        let (by_index, searches): (Vec<BTreeSet<u64>>, Vec<_>) = answered.into_iter().unzip();
        let percolator = keeping(&searches, &documents[..learnt.min(documents.len())]);
        for document in &documents {
            let expected: Vec<u64> = (0..).zip(&by_index)
                .filter(|(_, ids)| ids.contains(&document.id))
                .map(|(id, _)| id)
                .collect();
            prop_assert_eq!(percolator.matches(document, 0).unwrap(), expected.clone(), "{:?}", document);
            prop_assert_eq!(percolator.matches_by_scan(document, 0).unwrap(), expected);
        }
    }

    #[test]
    fn what_was_removed_or_replaced_leaves_no_trace(
        document in document(),
        searches in prop::collection::vec(search_of(), 2..20),
        gone in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
        replaced in prop::collection::vec((any::<prop::sample::Index>(), search_of()), 0..8),
    ) {
        let mut percolator = keeping(&searches, &[]);
        let mut left: std::collections::BTreeMap<u64, _> = (0..).zip(searches.clone()).collect();
        for (index, search) in replaced {
            let id = index.index(searches.len()) as u64;
            percolator.insert(id, 0, |_| search.clone()).unwrap();
            left.insert(id, search);
        }
        for index in gone {
            let id = index.index(searches.len()) as u64;
            prop_assert_eq!(percolator.remove(id), left.remove(&id).is_some());
        }
        let mut fresh = Percolator::new(schema());
        for (id, search) in &left {
            fresh.insert(*id, 0, |_| search.clone()).unwrap();
        }
        prop_assert_eq!(percolator.len(), left.len());
        let expected = fresh.matches(&document, 0).unwrap();
        prop_assert_eq!(percolator.matches(&document, 0).unwrap(), expected);
        for id in left.keys() {
            prop_assert!(percolator.remove(*id));
        }
        prop_assert!(percolator.is_empty());
        prop_assert_eq!(percolator.matches(&document, 0).unwrap(), Vec::<u64>::new());
    }
}

fn range(min: Option<i64>, max: Option<i64>) -> Query {
    let text = String::new();
    Query::everything().and(Node::Clause(Clause::on(
        "made",
        Test::Range { text, min, max },
    )))
}

#[test]
fn bounds_that_count_back_from_now_move_with_it_and_dates_stay() {
    let mut percolator = Percolator::new(schema());
    let last_ten = |now: i64| (range(Some(now - 10), Some(now)), Vec::new());
    percolator.insert(1, 1_000, last_ten).unwrap();
    percolator
        .insert(2, 1_000, |_| (range(Some(900), None), Vec::new()))
        .unwrap();
    let since = |now: i64| Filter::Range {
        field: "made".to_owned(),
        min: Some(now - 500),
        max: None,
    };
    percolator
        .insert(3, 1_000, |now| (Query::everything(), vec![since(now)]))
        .unwrap();
    let made = Document::new(1).with("made", 995_i64);
    for (now, expected) in [
        (1_000, &[1, 2, 3][..]),
        (1_005, &[1, 2, 3]),
        (1_006, &[2, 3]),
        (994, &[2, 3]),
        (1_496, &[2]),
    ] {
        assert_eq!(percolator.matches(&made, now).unwrap(), expected, "{now}");
    }
}

#[test]
fn bounds_that_move_in_another_way_are_refused_and_the_search_before_stays() {
    let mut percolator = Percolator::new(schema());
    percolator
        .insert(1, 0, |_| (Query::everything(), Vec::new()))
        .unwrap();
    let doubled = |now: i64| (range(Some(now * 2), None), Vec::new());
    assert!(matches!(
        percolator.insert(1, 5, doubled),
        Err(Error::Request(_))
    ));
    let anything = Document::new(1).with("title", "x");
    assert_eq!(percolator.matches(&anything, 5).unwrap(), [1]);
}

#[test]
fn what_the_schema_does_not_have_is_refused_by_name() {
    let mut percolator = Percolator::new(schema());
    let shape = || Query::everything().and(Node::Clause(Clause::on("shape", Test::Bool(true))));
    let refused = percolator.insert(1, 0, |_| (shape(), Vec::new()));
    assert!(refused.unwrap_err().to_string().contains("shape"));
    assert!(percolator.is_empty());
    let refused = percolator.matches(&Document::new(1).with("shape", true), 0);
    assert!(refused.unwrap_err().to_string().contains("shape"));
}
