//! A search in words, as people read it. Pure.

use crate::postings::query::PostingQuery;
use crate::postings::record::Status;

/// The filters with lists, as they stand in a sentence.
const LISTS: [(&str, &str); 11] = [
    ("term", "term"),
    ("country", "in"),
    ("city", "in"),
    ("workplace", "workplace"),
    ("skill", "asking for"),
    ("company", "at"),
    ("language", "in the language"),
    ("sponsorship", "visa"),
    ("start", "starting"),
    ("source", "from source"),
    ("backend", ""),
];

/// What a search finds, as a phrase: `internships with the words "java" · in DE or AT · paid`.
#[must_use]
pub fn describe(query: &PostingQuery) -> String {
    let kind = match query.internship {
        Some(true) => "internships",
        Some(false) => "postings other than internships",
        None => "postings",
    };
    let mut parts = vec![match backend(query) {
        Some(grade) => format!("{grade} {kind}"),
        None => kind.to_owned(),
    }];
    if !query.q.is_empty() {
        parts.push(format!("with the words \u{201c}{}\u{201d}", query.q));
    }
    for (name, word) in LISTS.iter().filter(|(name, _)| *name != "backend") {
        if let Some(values) = query.list(name).filter(|values| !values.is_empty()) {
            parts.push(format!("{word} {}", values.join(" or ")));
        }
    }
    match query.paid {
        Some(true) => parts.push("paid".to_owned()),
        Some(false) => parts.push("unpaid".to_owned()),
        None => {}
    }
    match query.rolling {
        Some(true) => parts.push("rolling applications".to_owned()),
        Some(false) => parts.push("no rolling applications".to_owned()),
        None => {}
    }
    if let Some(days) = query.within {
        parts.push(format!("posted within {days} days"));
    }
    if let Some(fit) = query.fit {
        parts.push(format!(
            "fitting you at least {} %",
            (u32::from(fit) + 5) / 10
        ));
    }
    if query.status == Some(Status::Closed) {
        parts.push("(only open ones are told of)".to_owned());
    }
    parts.join(" \u{b7} ")
}

fn backend(query: &PostingQuery) -> Option<String> {
    let names: Vec<&str> = query
        .backend
        .iter()
        .map(|grade| match grade.as_str() {
            "explicit" => "backend",
            "plausible" => "possibly backend",
            _ => "non-backend",
        })
        .collect();
    (!names.is_empty()).then(|| names.join(" or "))
}

/// A name for a search that has none yet: the first words of what it finds, at most 60 characters.
#[must_use]
pub fn suggested_name(query: &PostingQuery) -> String {
    let mut words = if query.q.is_empty() {
        describe(query)
    } else {
        query.q.clone()
    };
    words.retain(|c| !c.is_control());
    let mut name: String = words.chars().take(60).collect();
    if let Some(first) = name.get(..1) {
        let upper = first.to_uppercase();
        name.replace_range(..1, &upper);
    }
    name.trim().to_owned()
}

/// A text on one line: without control characters, and without those that turn the direction of what follows.
#[must_use]
pub fn one_line(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}');
    let spaced = text.chars().filter(|c| !turns(*c)).map(|c| {
        if c.is_control() || c == '\u{2028}' || c == '\u{2029}' {
            ' '
        } else {
            c
        }
    });
    let text: String = spaced.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first `most` characters, with an ellipsis where something was cut.
#[must_use]
pub fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}\u{2026}", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_told_in_words() {
        let query = PostingQuery::parse_str(
            "q=java&internship=yes&backend=explicit&country=DE&country=AT&paid=yes",
        );
        assert_eq!(
            describe(&query.unwrap()),
            "backend internships \u{b7} with the words \u{201c}java\u{201d} \u{b7} in DE or AT \u{b7} paid"
        );
        assert_eq!(describe(&PostingQuery::default()), "postings");
    }

    #[test]
    fn a_name_is_suggested_for_any_search() {
        let named = |text: &str| suggested_name(&PostingQuery::parse_str(text).unwrap());
        assert_eq!(named("q=java"), "Java");
        assert_eq!(named("q=%C3%A9t%C3%A9"), "\u{e9}t\u{e9}");
        assert_eq!(named("internship=yes"), "Internships");
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(
            one_line("a\r\nBcc: b\u{202e}c \u{1f680}\t d"),
            "a Bcc: bc \u{1f680} d"
        );
        assert_eq!(shortened("abcdef", 3), "abc\u{2026}");
        assert_eq!(shortened("abc", 3), "abc");
    }
}
