//! Which words find which texts, and in what order.

use search::{Document, Index};

use crate::support::{bodies, found, indexed, ranked, schema, search};

#[test]
fn all_words_must_be_there() {
    let index = bodies(&["red apple", "red pear", "green apple"]);
    assert_eq!(found(&index, "red apple"), [1]);
    assert_eq!(found(&index, "red OR green"), [1, 2, 3]);
    assert_eq!(found(&index, "red OR green pear"), [2]);
    assert_eq!(found(&index, "apple -green"), [1]);
    assert_eq!(found(&index, "-apple"), [2]);
    assert_eq!(found(&index, "(red pear) OR (green apple)"), [2, 3]);
    assert_eq!(found(&index, ""), [1, 2, 3]);
    assert!(found(&index, "red zzz").is_empty());
    assert_eq!(found(&index, "-zzz"), [1, 2, 3]);
}

#[test]
fn words_may_be_spread_over_the_fields() {
    let index = indexed([Document::new(1).with("title", "red").with("body", "apple")]);
    assert_eq!(found(&index, "red apple"), [1]);
    assert_eq!(found(&index, "title:red body:apple"), [1]);
    assert!(found(&index, "title:apple").is_empty());
}

#[test]
fn technical_names_are_told_apart() {
    let index = bodies(&[
        "C++ only",
        "C# only",
        "plain C only",
        ".NET here",
        "ASP.NET there",
        "the net worth",
        "F#",
    ]);
    assert_eq!(found(&index, "c++"), [1]);
    assert_eq!(found(&index, "C#"), [2]);
    assert_eq!(found(&index, "c"), [3]);
    assert_eq!(found(&index, ".net"), [4, 5]);
    assert_eq!(found(&index, "asp.net"), [5]);
    assert_eq!(found(&index, "net"), [4, 5, 6]);
    assert_eq!(found(&index, "f#"), [7]);
}

#[test]
fn joined_and_parted_spellings_find_each_other() {
    let index = bodies(&[
        "Node.js",
        "nodejs",
        "node js",
        "a node, some js",
        "CI/CD",
        "CICD",
        "back-end",
        "backend",
        "an end",
    ]);
    for input in ["node.js", "NodeJS OR node.js", "\"node js\" OR nodejs"] {
        assert_eq!(found(&index, input), [1, 2, 3], "{input}");
    }
    assert_eq!(found(&index, "ci/cd"), [5, 6]);
    assert_eq!(found(&index, "back-end"), [7, 8]);
    assert_eq!(found(&index, "backend"), [7, 8]);
}

#[test]
fn accents_and_case_do_not_matter() {
    let index = bodies(&[
        "Développeur à Zürich",
        "DEVELOPPEUR A ZURICH",
        "разработчик",
        "開発者",
    ]);
    assert_eq!(found(&index, "développeur"), [1, 2]);
    assert_eq!(found(&index, "developpeur zürich"), [1, 2]);
    assert_eq!(found(&index, "РАЗРАБОТЧИК"), [3]);
    assert_eq!(found(&index, "開発"), [4]);
    assert!(found(&index, "発開").is_empty());
}

#[test]
fn inflections_match_but_less_than_the_word_itself() {
    let index = bodies(&["caching layers here", "a cache layer here"]);
    assert_eq!(ranked(&index, "cache"), [2, 1]);
    assert_eq!(ranked(&index, "caching"), [1, 2]);
    assert_eq!(found(&index, "layers"), [1, 2]);
}

#[test]
fn a_rare_inflection_weighs_no_more_than_a_frequent_one() {
    let index = bodies(&[
        "a testing it",
        "the test it",
        "one tests it",
        "two tests it",
    ]);
    index
        .put([Document::new(5).with("body", "last tests it")])
        .unwrap();
    index.commit(2).unwrap();
    // Of equal ones, that with the highest number is first.
    assert_eq!(ranked(&index, "test"), [2, 5, 4, 3, 1]);
    assert_eq!(ranked(&index, "testing"), [1, 5, 4, 3, 2]);
}

#[test]
fn derived_words_are_not_confused() {
    let index = bodies(&[
        "an internal tool",
        "an international team",
        "an intern",
        "two interns",
    ]);
    assert_eq!(found(&index, "intern"), [3, 4]);
    assert_eq!(found(&index, "interns"), [3, 4]);
}

#[test]
fn phrases_are_taken_literally() {
    let index = bodies(&[
        "message queue",
        "message queues",
        "queue of messages",
        "a message, queue it",
    ]);
    assert_eq!(found(&index, "\"message queue\""), [1, 4]);
    assert_eq!(found(&index, "\"message queues\""), [2]);
    assert_eq!(found(&index, "message -\"message queue\""), [2, 3]);
    assert_eq!(found(&index, "\"queues\""), [2]);
}

#[test]
fn prefixes_match_the_beginnings_of_words() {
    let index = bodies(&["kubernetes", "kube", "cubes"]);
    assert_eq!(found(&index, "kube*"), [1, 2]);
    assert_eq!(found(&index, "kubern* OR cub*"), [1, 3]);
}

#[test]
fn a_heavier_field_ranks_first() {
    let index = indexed([
        Document::new(1)
            .with("title", "other")
            .with("body", "apple apple apple"),
        Document::new(2)
            .with("title", "apple")
            .with("body", "nothing of it"),
    ]);
    assert_eq!(ranked(&index, "apple"), [2, 1]);
}

#[test]
fn misspelt_words_are_corrected_and_reported() {
    let index = bodies(&["kubernetes operator", "java spring", "a javelin"]);
    let page = search(&index, "kuberntes");
    assert_eq!(
        page.corrections,
        [("kuberntes".to_owned(), "kubernetes".to_owned())]
    );
    assert_eq!(page.hits[0].id, 1);
    assert_eq!(page.query.to_string(), "kubernetes");
    assert_eq!(found(&index, "kubrentes operator"), [1]);
    assert_eq!(found(&index, "sprnig"), [2]);
    assert_eq!(search(&index, "java").corrections, []);
}

#[test]
fn short_quoted_and_distant_words_are_not_corrected() {
    let index = bodies(&["kubernetes", "jav", "sun"]);
    for input in ["\"kuberntes\"", "son", "kbrnts", "kuberntes*"] {
        let page = search(&index, input);
        assert_eq!((page.total, page.corrections), (0, Vec::new()), "{input}");
    }
    assert_eq!(search(&index, "sun -kuberntes").corrections, []);
}

#[test]
fn a_corrected_word_ranks_below_a_written_one() {
    let index = bodies(&["one kubernetes more", "one operator more"]);
    assert_eq!(ranked(&index, "kuberntes OR operator"), [2, 1]);
}

#[test]
fn keyword_queries_pass_over_case_and_accents() {
    let index = indexed([
        Document::new(1)
            .with("maker", "Crème & Co")
            .with("tag", "C++")
            .with("link", "A1"),
        Document::new(2)
            .with("maker", "creme")
            .with("tag", "c")
            .with("link", "a1"),
    ]);
    assert_eq!(found(&index, "maker:\"creme & co\""), [1]);
    assert_eq!(found(&index, "maker:CRÈME"), [2]);
    assert_eq!(found(&index, "maker:cr*"), [1, 2]);
    assert_eq!(found(&index, "tag:c++"), [1]);
    assert_eq!(found(&index, "link:a1"), [1, 2]);
    assert_eq!(found(&index, "-tag:c"), [1]);
}

#[test]
fn ranges_and_bools_are_part_of_the_query() {
    let document = |id: u64| {
        Document::new(id)
            .with("made", id as i64 * 10)
            .with("sold", id.is_multiple_of(2))
    };
    let index = indexed((1..=4).map(document).chain([Document::new(9)]));
    assert_eq!(found(&index, "made:>=20"), [2, 3, 4]);
    assert_eq!(found(&index, "made:<20"), [1]);
    assert_eq!(found(&index, "made:20..30"), [2, 3]);
    assert_eq!(found(&index, "made:..20"), [1, 2]);
    assert_eq!(found(&index, "made:30"), [3]);
    assert!(found(&index, "made:>9223372036854775807").is_empty());
    assert_eq!(found(&index, "sold:yes made:>20"), [4]);
    assert_eq!(found(&index, "-sold:true"), [1, 3, 9]);
}

#[test]
fn putting_replaces_and_deleting_removes() {
    let index = bodies(&["old words", "kept"]);
    index
        .put([
            Document::new(1).with("body", "passing"),
            Document::new(1).with("body", "new words"),
        ])
        .unwrap();
    assert_eq!(found(&index, "old"), [1], "nothing shows before the commit");
    index.commit(2).unwrap();
    assert_eq!(
        (
            found(&index, "old"),
            found(&index, "passing"),
            found(&index, "new")
        ),
        (vec![], vec![], vec![1])
    );
    index
        .apply([search::Change::Delete(2), search::Change::Delete(77)])
        .unwrap();
    index
        .put([Document::new(3).with("body", "short-lived")])
        .unwrap();
    index.apply([search::Change::Delete(3)]).unwrap();
    index.commit(3).unwrap();
    assert_eq!(found(&index, ""), [1]);
    assert_eq!(index.document_count(), 1);
}

#[test]
fn documents_are_replaced_in_whatever_order_their_ids_come() {
    let index = Index::in_memory(schema()).unwrap();
    let rounds = [
        &[5, u64::MAX][..],
        &[3, 0],
        &[9, 5],
        &[3, u64::MAX],
        &[0, 9, 4],
    ];
    for (round, ids) in (1..).zip(rounds) {
        let body = format!("round{round}");
        let documents = ids
            .iter()
            .map(|id| Document::new(*id).with("body", body.as_str()));
        index.put(documents).unwrap();
        index.commit(round).unwrap();
    }
    assert_eq!(index.document_count(), 6);
    for (round, left) in (1..).zip([&[][..], &[], &[5], &[3, u64::MAX], &[0, 4, 9]]) {
        assert_eq!(
            found(&index, &format!("round{round}")),
            left,
            "of round {round}"
        );
    }
}

#[test]
fn clearing_and_rolling_back_forget_what_was_not_committed() {
    let index = bodies(&["first"]);
    index.put([Document::new(2)]).unwrap();
    index.rollback().unwrap();
    index.commit(2).unwrap();
    assert_eq!(found(&index, ""), [1]);
    index.put([Document::new(3)]).unwrap();
    index.clear().unwrap();
    index
        .put([Document::new(4).with("body", "fourth")])
        .unwrap();
    index.commit(3).unwrap();
    assert_eq!(found(&index, ""), [4]);
}

#[test]
fn documents_that_do_not_fit_refuse_their_batch() {
    let index = Index::in_memory(schema()).unwrap();
    let wrong = [
        Document::new(5).with("colour", "red"),
        Document::new(5).with("made", "yesterday"),
        Document::new(5).with("maker", "one").with("maker", "two"),
        Document::new(5).with("sold", true).with("sold", true),
    ];
    for document in wrong {
        let error = index
            .put([Document::new(1), document])
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("document 5, field"), "{error}");
    }
    index.commit(1).unwrap();
    assert_eq!(index.document_count(), 0);
}

#[test]
fn clones_search_while_one_writes() {
    let index = bodies(&["seed"]);
    std::thread::scope(|scope| {
        let reader = index.clone();
        scope.spawn(move || {
            for _ in 0..200 {
                let page = search(&reader, "");
                assert_eq!(page.total, page.hits.len() as u64);
            }
        });
        for id in 2..12 {
            index
                .put([Document::new(id).with("maker", format!("maker {id}"))])
                .unwrap();
            index.commit(id).unwrap();
        }
    });
    assert_eq!(search(&index, "").total, 11);
}
