//! Passages and explanations.

use search::{Index, QueryOptions, parse};

use crate::support::{bodies, schema};

fn snippet(input: &str, text: &str) -> Option<String> {
    let index = Index::in_memory(schema()).unwrap();
    let (query, _) = parse(input, &QueryOptions::new(&schema()));
    index.snippet(&query, "body", text)
}

#[test]
fn words_are_marked_and_everything_else_is_escaped() {
    assert_eq!(
        snippet("caches c++", "<b>Caching</b> & \"C++\"\n\n  for 'all'").unwrap(),
        "&lt;b&gt;<mark>Caching</mark>&lt;/b&gt; &amp; &quot;<mark>C++</mark>&quot; for &#39;all&#39;"
    );
    assert_eq!(
        snippet("<script>", "a <script>steal(1)</script>")
            .unwrap()
            .matches("<script>")
            .count(),
        0
    );
}

#[test]
fn compounds_phrases_and_prefixes_are_marked_whole() {
    assert_eq!(
        snippet("nodejs", "in Node.js today").unwrap(),
        "in <mark>Node.js</mark> today"
    );
    assert_eq!(
        snippet("node.js", "in node js today").unwrap(),
        "in <mark>node js</mark> today"
    );
    assert_eq!(
        snippet("\"big red\"", "red big red").unwrap(),
        "red <mark>big red</mark>"
    );
    assert_eq!(
        snippet("kub*", "Kubernetes").unwrap(),
        "<mark>Kubernetes</mark>"
    );
    assert_eq!(snippet(".net", "ASP.NET").unwrap(), "ASP<mark>.NET</mark>");
}

#[test]
fn texts_without_the_words_have_no_passage() {
    assert_eq!(snippet("apple", "pears only"), None);
    assert_eq!(snippet("", "pears only"), None);
    assert_eq!(snippet("pear -only sold:true", "only"), None);
    assert_eq!(snippet("title:pears", "pears only"), None);
    assert_eq!(
        snippet("body:pears", "pears only").unwrap(),
        "<mark>pears</mark> only"
    );
}

#[test]
fn the_passage_is_where_most_words_are_and_ends_at_words() {
    let filler = "lorem ipsum dolor sit amet ".repeat(30);
    let text = format!("{filler} apple {filler} apple pie here {filler}");
    let html = snippet("apple pie", &text).unwrap();
    assert!(
        html.contains("<mark>apple</mark> <mark>pie</mark> here"),
        "{html}"
    );
    let plain = html.replace("<mark>", "").replace("</mark>", "");
    assert!(
        (150..=200).contains(&plain.chars().count()),
        "{} {plain}",
        plain.chars().count()
    );
    assert!(plain.starts_with('…') && plain.ends_with('…'));
    for word in plain.trim_matches('…').split_whitespace() {
        assert!(
            text.split_whitespace().any(|other| other == word),
            "{word} is cut"
        );
    }
}

#[test]
fn long_words_and_other_scripts_are_cut_at_characters() {
    let html = snippet(
        "開発",
        &format!("{}開発{}", "語".repeat(500), "語".repeat(500)),
    )
    .unwrap();
    assert!(html.contains("<mark>開発</mark>"), "{html}");
    assert!(html.chars().count() < 230);
}

#[test]
fn an_explanation_names_fields_and_words() {
    let index = bodies(&["kubernetes"]);
    let (query, _) = parse(
        "kuberntes node.js maker:ADA tag:re* sold:true -x",
        &QueryOptions::new(&schema()),
    );
    let query = query.corrected(&[("kuberntes".to_owned(), "kubernetes".to_owned())]);
    let fields = [
        ("title", "Kubernetes"),
        ("body", "NodeJS x"),
        ("maker", "Ada"),
        ("tag", "blue"),
        ("tag", "Red"),
    ];
    let pairs = [
        ("title", "kubernetes"),
        ("body", "node.js"),
        ("maker", "ADA"),
        ("tag", "re"),
    ];
    assert_eq!(
        index.matched_terms(&query, &fields),
        pairs.map(|(a, b)| (a.to_owned(), b.to_owned()))
    );
}
