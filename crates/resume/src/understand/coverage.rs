//! The last step: lines whose words are nowhere in the resume are kept as they were, so that nothing is lost in silence.

use std::collections::HashSet;

use serde_json::Value;

use super::Line;
use super::headings::Section;
use super::trace::{Trace, UNREAD};
use crate::dates;
use crate::report::Change;

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic))
        .map(dates::fold)
}

/// Words that only name a field or a link, and stand in no field themselves.
fn is_said_elsewhere(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "link",
        "github",
        "linkedin",
        "demo",
        "gpa",
        "cgpa",
        "grade",
        "note",
        "email",
        "mail",
        "phone",
        "tel",
        "mobile",
        "location",
        "address",
        "website",
        "portfolio",
        "coursework",
        "courses",
        "relevant",
        "overall",
        "cumulative",
        "at",
        "in",
    ];
    WORDS.contains(&word) || super::reach::is_label(word)
}

fn collect(value: &Value, found: &mut HashSet<String>) {
    match value {
        Value::String(text) => found.extend(words(text)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(map) => map.values().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// Keeps the lines of which most words were not understood.
pub fn keep_unread(trace: &mut Trace, head: &[Line], sections: &[Section]) {
    let mut known = HashSet::new();
    let clone = Trace::new(trace.imported.kind);
    let imported = std::mem::replace(trace, clone).finish();
    collect(&crate::json::write(&imported.resume), &mut known);
    let country = &imported.resume.basics.location.country_code;
    known.extend(words(crate::places::country_name(country).unwrap_or("")));
    trace.imported = imported;
    let mut unread: Vec<Value> = Vec::new();
    for line in head
        .iter()
        .chain(sections.iter().flat_map(|section| &section.lines))
    {
        let (rest, _) = super::heads::without_dates(&line.text());
        let (mut all, mut missing) = (0_usize, 0_usize);
        for word in words(&rest).filter(|word| word.chars().count() > 1 && !is_said_elsewhere(word))
        {
            all += 1;
            missing += usize::from(!known.contains(&word));
        }
        let name_of_link = super::jobs::is_link_word(&rest);
        if all > 0 && missing * 5 > all * 2 && !name_of_link {
            let message = format!(
                "`{}` was not understood; it is kept under `{UNREAD}`",
                line.text()
            );
            trace.note(
                Change::Kept,
                &line.at,
                Some(&format!("/{UNREAD}/{}", unread.len())),
                message,
            );
            unread.push(line.text().into());
        }
    }
    if !unread.is_empty() {
        trace
            .imported
            .resume
            .extra
            .insert(UNREAD.into(), Value::Array(unread));
    }
}
