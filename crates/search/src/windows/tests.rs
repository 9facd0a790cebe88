//! Windows find what the engine's own scorers find, with the same scores.

use std::collections::BTreeMap;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EnableScoring, Occur,
    PhraseQuery, Query as Engine, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{Searcher, TERMINATED, Term};

use super::{Node, Place, Plan, SIZE, Scratch};
use crate::schema::Handles;
use crate::tokenize::analyzers;
use crate::{Document, Field, Schema};

const WORDS: [&str; 6] = ["often", "usual", "some", "seldom", "rare", "once"];

/// Two segments of more documents than a window has; the words are the rarer the later they stand.
fn searcher() -> (Searcher, Handles) {
    let schema = Schema::new([Field::text("title", 6.0), Field::text("body", 1.0)]).unwrap();
    let handles = Handles::new(&schema);
    let mut index = tantivy::Index::create_in_ram(handles.layout.clone());
    index.set_tokenizers(analyzers());
    let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
    let policy = tantivy::indexer::NoMergePolicy;
    writer.set_merge_policy(Box::new(policy));
    let every = [2, 3, 7, 40, 900, 5_000];
    for id in 0..12_000_u64 {
        let at = |salt: u64, every: u64| (id * 2_654_435_761 + salt * 40_503).is_multiple_of(every);
        let text = |salt: u64| -> String {
            let words = WORDS
                .iter()
                .zip(every)
                .filter(|(_, every)| at(salt, *every));
            let once: Vec<&str> = words.map(|(word, _)| *word).collect();
            once.join(" ").repeat(1 + (id % 3) as usize)
        };
        let document = Document::new(id)
            .with("title", text(1))
            .with("body", text(2) + " " + &text(3));
        writer
            .add_document(document.lower(&schema, &handles).unwrap())
            .unwrap();
        if id == 7_000 {
            writer.commit().unwrap();
        }
    }
    writer.commit().unwrap();
    (index.reader().unwrap().searcher(), handles)
}

type Scores = BTreeMap<(usize, u32), f32>;

fn by_engine(searcher: &Searcher, query: &dyn Engine) -> Scores {
    let weight = query
        .weight(EnableScoring::enabled_from_searcher(searcher))
        .unwrap();
    let mut scores = Scores::new();
    for (at, segment) in searcher.segment_readers().iter().enumerate() {
        let mut found = |doc, score| {
            scores.insert((at, doc), score);
        };
        weight.for_each(segment, &mut found).unwrap();
    }
    scores
}

fn by_windows(searcher: &Searcher, plan: &Plan, size: u32) -> Scores {
    let prepared = plan.prepare(searcher, true).unwrap();
    let mut scores = Scores::new();
    let mut scratch = Scratch::default();
    for (at, segment) in searcher.segment_readers().iter().enumerate() {
        let mut node = Node::open(&prepared, segment, true).unwrap();
        let mut from = node.next(0);
        while from != TERMINATED && from < segment.max_doc() {
            let to = segment.max_doc().min(from + size);
            let mut window = scratch.take();
            node.fill((from, to), None, &mut window, &mut scratch);
            window.each(|place, score| {
                scores.insert((at, from + place as u32), score);
            });
            scratch.give(window);
            from = node.next(to);
        }
    }
    scores
}

/// A word in both fields, for windows and for the engine.
fn word(handles: &Handles, word: &str) -> (Plan, Box<dyn Engine>) {
    let places = || [(handles.fields[0], 6.0), (handles.fields[1], 1.0)];
    let term = |handle| Term::from_field_text(handle, word);
    let plan = places().map(|(handle, boost)| Place::Term(term(handle), boost));
    let engine = places().map(|(handle, boost)| {
        let query = Box::new(TermQuery::new(term(handle), IndexRecordOption::WithFreqs));
        Box::new(BoostQuery::new(query, boost)) as Box<dyn Engine>
    });
    let engine = DisjunctionMaxQuery::with_tie_breaker(engine.into(), 0.1);
    (Plan::Best(plan.into()), Box::new(engine))
}

fn phrase(handles: &Handles, words: [&str; 2]) -> Box<dyn Engine> {
    let terms = words.map(|word| Term::from_field_text(handles.fields[1], word));
    Box::new(PhraseQuery::new(terms.into()))
}

/// A tree for both: all of `wanted`, without `excluded`.
type Both = (Plan, Box<dyn Engine>);

fn all(wanted: Vec<Both>, excluded: Vec<Both>) -> Both {
    let mut clauses = Vec::new();
    if wanted.is_empty() {
        let everything = ConstScoreQuery::new(Box::new(AllQuery), 0.0);
        clauses.push((Occur::Must, Box::new(everything) as Box<dyn Engine>));
    }
    let mut split = |both: Vec<Both>, occur| -> Vec<Plan> {
        let plans = both.into_iter().map(|(plan, engine)| {
            clauses.push((occur, engine));
            plan
        });
        plans.collect()
    };
    let wanted = split(wanted, Occur::Must);
    let excluded = split(excluded, Occur::MustNot);
    let plan = Plan::All { wanted, excluded };
    (plan, Box::new(BooleanQuery::new(clauses)))
}

fn any(parts: Vec<Both>) -> Both {
    let (plans, engines): (Vec<Plan>, Vec<_>) = parts.into_iter().unzip();
    let clauses = engines.into_iter().map(|engine| (Occur::Should, engine));
    (
        Plan::Any(plans),
        Box::new(BooleanQuery::new(clauses.collect())),
    )
}

#[test]
fn windows_find_what_the_engine_finds_with_the_same_scores() {
    let (searcher, handles) = searcher();
    let word = |at: usize| word(&handles, WORDS[at]);
    let phrase = || {
        let engine = || phrase(&handles, ["often", "usual"]);
        (Plan::Best(vec![Place::Engine(engine())]), engine())
    };
    let queries: Vec<Both> = vec![
        word(0),
        word(5),
        all(vec![word(0), word(3)], vec![]),
        all(vec![word(4), word(1), word(0)], vec![word(2)]),
        all(vec![], vec![word(0)]),
        any(vec![word(3), word(4)]),
        all(vec![any(vec![word(2), word(4)]), word(1)], vec![word(3)]),
        phrase(),
        all(vec![phrase(), word(2)], vec![]),
        any(vec![phrase(), all(vec![word(5)], vec![word(0)])]),
        all(
            vec![word(1), all(vec![], vec![any(vec![word(2), word(3)])])],
            vec![],
        ),
    ];
    for (at, (plan, engine)) in queries.iter().enumerate() {
        let expected = by_engine(&searcher, &**engine);
        assert!(!expected.is_empty(), "query {at} finds something");
        for size in [SIZE as u32, 100] {
            let found = by_windows(&searcher, plan, size);
            assert!(found.keys().eq(expected.keys()), "query {at}");
            for (doc, score) in &expected {
                let own = found[doc];
                assert!(
                    (own - score).abs() <= score.abs() * 1e-5,
                    "query {at}, {doc:?}: {own} instead of {score}"
                );
            }
        }
    }
}
