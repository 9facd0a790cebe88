//! The query language.

use proptest::prelude::*;
use search::{Clause, Node, Query, QueryOptions, Test, Warning, parse};

use crate::support::{indexed, schema};

const DAY: i64 = 86_400;

fn options() -> QueryOptions {
    QueryOptions::new(&schema())
        .alias("by", "maker")
        .alias("when", "made")
        .integer("made", |text| {
            let days: i64 = text.strip_suffix('d').unwrap_or(text).parse().ok()?;
            Some(days.checked_mul(DAY)?..=days.checked_mul(DAY)?.checked_add(DAY - 1)?)
        })
}

fn query(input: &str) -> Query {
    parse(input, &options()).0
}

fn canonical(input: &str) -> String {
    query(input).to_string()
}

#[test]
fn inputs_have_one_canonical_form() {
    for (input, expected) in [
        ("java", "java"),
        ("  a   b ", "a b"),
        ("a OR b c", "(a OR b) c"),
        ("a|b", "a OR b"),
        ("a AND b", "a b"),
        ("a OR (b OR c)", "a OR b OR c"),
        ("a (b (c d))", "a b c d"),
        ("NOT a", "-a"),
        ("--a", "a"),
        ("-(a b)", "-(a b)"),
        ("-(a OR -b)", "-(a OR -b)"),
        ("\"two   words\"", "\"two words\""),
        ("-\"two words\"", "-\"two words\""),
        ("by:ada", "maker:ada"),
        ("BY:Ada -tag:x", "maker:Ada -tag:x"),
        ("maker:\"Ada & Co\"", "maker:\"Ada & Co\""),
        ("when:>=3d", "made:>=3d"),
        ("made:\"1d..2d\"", "made:1d..2d"),
        ("sold:YES", "sold:true"),
        ("kube*", "kube*"),
        ("title:kube*", "title:kube*"),
        ("c++ c# .net ci/cd", "c++ c# .net ci/cd"),
    ] {
        assert_eq!(canonical(input), expected, "{input}");
    }
}

#[test]
fn a_relaxed_query_asks_for_any_of_the_words_and_keeps_the_rest() {
    for (input, expected) in [
        ("backend java", Some("backend OR java")),
        (
            "backend java -senior tag:x \"two words\"",
            Some("-senior tag:x \"two words\" (backend OR java)"),
        ),
        ("java", None),
        ("java tag:x", None),
        ("", None),
    ] {
        let relaxed = query(input).relaxed().map(|relaxed| relaxed.to_string());
        assert_eq!(relaxed.as_deref(), expected, "{input}");
    }
}

#[test]
fn signs_without_a_partner_are_passed_over() {
    for (input, expected) in [
        ("(a", "a"),
        ("a)", "a"),
        (")a(", "a"),
        ("a OR", "a"),
        ("OR a", "a"),
        ("a OR OR b", "a OR b"),
        ("a -", "a"),
        ("a - b", "a b"),
        ("\"a b", "\"a b\""),
        ("()", ""),
        ("*", ""),
        ("& — !!", ""),
        ("a & b", "a b"),
        ("title:", "title:"),
        ("sold:yes*", "sold:true"),
        ("made:3d*", "made:3d"),
    ] {
        assert_eq!(canonical(input), expected, "{input}");
    }
}

#[test]
fn comparisons_use_the_ends_of_what_a_value_stands_for() {
    let bounds = |input: &str| match query(input).root {
        Some(Node::Clause(Clause {
            test: Test::Range { min, max, .. },
            ..
        })) => (min, max),
        other => panic!("{other:?}"),
    };
    assert_eq!(bounds("made:2d"), (Some(2 * DAY), Some(3 * DAY - 1)));
    assert_eq!(bounds("made:>2d"), (Some(3 * DAY), None));
    assert_eq!(bounds("made:>=2d"), (Some(2 * DAY), None));
    assert_eq!(bounds("made:<2d"), (None, Some(2 * DAY - 1)));
    assert_eq!(bounds("made:<=2d"), (None, Some(3 * DAY - 1)));
    assert_eq!(bounds("made:1d..2d"), (Some(DAY), Some(3 * DAY - 1)));
    assert_eq!(bounds("made:1d.."), (Some(DAY), None));
}

#[test]
fn unknown_fields_and_bad_values_warn_and_become_text() {
    let (query, warnings) = parse("colour:red", &options());
    assert_eq!(
        query.root,
        Some(Node::Clause(Clause::anywhere(Test::Word(
            "colour:red".to_owned()
        ))))
    );
    let [Warning::UnknownField { name, known }] = &warnings[..] else {
        panic!("{warnings:?}")
    };
    assert_eq!(name, "colour");
    assert!(known.contains(&"by".to_owned()) && known.contains(&"title".to_owned()));
    assert!(warnings[0].to_string().contains("no field \"colour\""));
    for input in ["made:soon", "sold:maybe", "made:..", "made:>="] {
        let (query, warnings) = parse(input, &options());
        assert_eq!(query.to_string(), input);
        assert!(
            matches!(&warnings[..], [Warning::BadValue { .. }]),
            "{input}: {warnings:?}"
        );
    }
    for input in ["https://example.org/x", "std::vector", "10:30", "note:"] {
        assert_eq!(parse(input, &options()).1, [], "{input}");
    }
}

#[test]
fn excess_is_cut_with_a_warning() {
    let many = "word ".repeat(100);
    let (query, warnings) = parse(&many, &options());
    assert_eq!(
        (query.to_string().split(' ').count(), warnings),
        (64, vec![Warning::ManyClauses(64)])
    );
    let (query, warnings) = parse(&"x".repeat(1_000), &options());
    assert_eq!(
        (query.to_string().len(), warnings),
        (200, vec![Warning::LongText(200)])
    );
    let deep = format!("{}a{} b", "(c OR (d ".repeat(200), "))".repeat(200));
    assert!(parse(&deep, &options()).1.contains(&Warning::DeepNesting));
    assert_eq!(
        parse("a*", &options()).1,
        [Warning::ShortPrefix("a".to_owned())]
    );
}

#[test]
fn a_query_can_be_changed_and_corrected() {
    let narrowed = query("java").and(Node::Clause(Clause::on("sold", Test::Bool(false))));
    assert_eq!(narrowed.to_string(), "java sold:false");
    let pairs = [("jaav", "java"), ("jaav", "javea")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(
        query("jaav -x").corrected(&pairs).to_string(),
        "(java OR javea) -x"
    );
}

/// Texts that are made of what the language is made of.
fn inputs() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "(", ")", "\"", "-", "|", " ", " OR ", " AND ", "NOT ", "*", ":", "title:", "by:", "made:",
        "sold:", "zzz:", "java", "c++", ".net", "ci/cd", "yes", "3d", "..", ">=", "<", "a", "é",
        "語", "\u{200b}", "'s", "&", "\t", "~", "x y",
    ]);
    prop_oneof![
        prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat()),
        ".{0,80}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_input_parses_and_its_text_means_the_same(input in inputs()) {
        let (query, _) = parse(&input, &options());
        let text = query.to_string();
        let (again, _) = parse(&text, &options());
        prop_assert_eq!(&again, &query, "{} -> {}", input, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_input_can_be_searched_marked_and_explained(input in inputs(), text in inputs()) {
        let document = search::Document::new(1).with("title", text.clone()).with("maker", text.clone());
        let index = indexed([document, search::Document::new(2).with("body", "java c++ node.js")]);
        let (query, _) = parse(&input, &options());
        let page = index.search(&search::Request::new(query)).unwrap();
        prop_assert!(page.total <= 2);
        if let Some(html) = index.snippet(&page.query, "title", &text) {
            prop_assert_eq!(html.matches("<mark>").count(), html.matches("</mark>").count());
            prop_assert_eq!(html.matches('<').count(), 2 * html.matches("<mark>").count());
        }
        for (field, _) in index.matched_terms(&page.query, &[("title", &text), ("maker", &text)]) {
            prop_assert!(field == "title" || field == "maker");
        }
    }
}
