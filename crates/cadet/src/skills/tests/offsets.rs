//! Where mentions lie: byte offsets of the given text, whatever is in it.

use proptest::prelude::*;

use crate::skills::{SkillSpan, Taxonomy, extract, mentions, skills_of};

/// The mentions in `text`, as written there.
fn quoted(text: &str) -> Vec<&str> {
    let spans = mentions(Taxonomy::bundled(), text);
    spans.iter().map(|s| &text[s.start..s.end]).collect()
}

#[test]
fn spans_quote_the_text_after_multi_byte_characters() {
    assert_eq!(
        quoted("Größe: 5 €, naïve Java, Übung – PostgreSQL 🦀 Rust"),
        ["Java", "PostgreSQL", "Rust"]
    );
    assert_eq!(quoted("𝔘𝔫𝔦 ﬁ ½ Python"), ["Python"]);
}

#[test]
fn zero_width_characters_neither_hide_nor_shift_a_name() {
    assert_eq!(
        quoted("\u{feff}Ja\u{200b}va and\u{200b} Doc\u{ad}ker\u{200b}, Go"),
        ["Ja\u{200b}va", "Doc\u{ad}ker", "Go"]
    );
    assert_eq!(
        quoted("Java\u{200d}\u{200b}Script"),
        ["Java\u{200d}\u{200b}Script"]
    );
}

#[test]
fn right_to_left_text_is_searched_like_any_other() {
    assert_eq!(quoted("ניסיון עם Python ו-Docker"), ["Python", "Docker"]);
    assert_eq!(
        quoted("\u{202b}خبرة في Java و\u{200f}PostgreSQL\u{202c}"),
        ["Java", "PostgreSQL"]
    );
}

#[test]
fn accents_stay_with_their_letters_however_they_are_written() {
    assert_eq!(quoted("bases de données"), ["bases de données"]);
    assert_eq!(
        quoted("bases de donne\u{301}es, Teamfa\u{308}higkeit"),
        ["bases de donne\u{301}es", "Teamfa\u{308}higkeit"]
    );
    assert_eq!(quoted("Ｊａｖａ 開発"), ["Ｊａｖａ"]);
}

#[test]
fn white_space_inside_a_name_is_part_of_the_span() {
    assert_eq!(quoted("Spring \u{a0}\t Boot"), ["Spring \u{a0}\t Boot"]);
    assert_eq!(quoted("machine\r\n  learning"), ["machine\r\n  learning"]);
}

#[test]
fn mentions_are_counted_by_skill() {
    let spans = mentions(
        Taxonomy::bundled(),
        "Java, Postgres, java and PostgreSQL; Java",
    );
    let counts: Vec<(String, usize)> = skills_of(&spans)
        .into_iter()
        .map(|(s, n)| (s.to_string(), n))
        .collect();
    assert_eq!(
        counts,
        [("java".to_owned(), 3), ("postgresql".to_owned(), 2)]
    );
}

#[test]
fn spans_survive_json() {
    let spans = mentions(Taxonomy::bundled(), "Java and C++");
    let json = serde_json::to_string(&spans).expect("spans are plain data");
    assert_eq!(
        json,
        r#"[{"skill":"java","start":0,"end":4},{"skill":"cpp","start":9,"end":12}]"#
    );
    let back: Vec<SkillSpan> = serde_json::from_str(&json).expect("it was written a line ago");
    assert_eq!(back, spans);
    assert!(serde_json::from_str::<SkillSpan>(r#"{"skill":"No Id","start":0,"end":1}"#).is_err());
}

#[test]
fn empty_and_huge_texts_are_accepted() {
    assert!(quoted("").is_empty());
    assert!(quoted(" \n\u{200b}\0").is_empty());
    assert_eq!(quoted(&"go ".repeat(20_000)).len(), 0);
    assert_eq!(quoted(&"Java,".repeat(20_000)).len(), 20_000);
    assert!(quoted(&"x".repeat(1_000_000)).is_empty());
}

/// Texts made of what is most likely to trip the rules.
fn tricky_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "Go",
            "go",
            "C",
            "c++",
            "C#",
            ".NET",
            "Node.js",
            "R&D",
            "Java",
            "and",
            "or",
            "/",
            ", ",
            ". ",
            "\n",
            "\n\n",
            "•",
            "-",
            "(",
            ")",
            "\u{200b}",
            "\u{301}",
            "é",
            "ﬁ",
            "Python3.",
            "e.g. ",
            "@",
            "://",
            "www.",
            "2026",
            "experience with",
            "ß",
            "🦀",
            "اللغة",
            "…",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((piece, prop::bool::ANY), 0..40).prop_map(|pieces| {
        let spaced = pieces
            .into_iter()
            .map(|(piece, space)| if space { piece + " " } else { piece });
        spaced.collect()
    })
}

proptest! {
    #[test]
    fn any_text_gives_sorted_disjoint_spans_on_character_boundaries(text in tricky_text()) {
        let taxonomy = Taxonomy::bundled();
        let all = mentions(taxonomy, &text);
        let mut end = 0;
        for span in &all {
            prop_assert!(span.start >= end && span.start < span.end, "{all:?}");
            prop_assert!(text.get(span.start..span.end).is_some(), "{span:?}");
            prop_assert!(taxonomy.get(&span.skill).is_some());
            end = span.end;
        }
        let asked = extract(taxonomy, &text);
        prop_assert!(asked.iter().all(|span| all.contains(span)), "what is asked for is mentioned");
    }

    #[test]
    fn a_plain_name_is_found_between_any_words(before in "[\\PC&&[^A-Za-z0-9@]]{0,20} ", after in " [\\PC&&[^A-Za-z0-9@]]{0,20}") {
        let text = format!("{before}PostgreSQL{after}");
        prop_assert!(quoted(&text).contains(&"PostgreSQL"), "{text:?}");
    }
}
