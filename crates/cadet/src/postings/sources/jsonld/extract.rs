//! From a page to its `JobPosting` objects, wherever they stand in its JSON-LD.

use serde_json::Value;

use crate::fetch::{html, parse_json};
use crate::postings::sources::connector::Parsed;

/// All `JobPosting` objects of a page. A script that is broken JSON is noted and loses the others nothing.
pub(super) fn records(page: &str, parsed: &mut Parsed) -> Vec<Value> {
    // Reading a page costs far more than looking for the word that every such page holds.
    if !page.contains("JobPosting") {
        return Vec::new();
    }
    let scripts = html::elements(page, &["script"]);
    let mut found = Vec::new();
    for (index, script) in scripts
        .iter()
        .filter(|script| script.attr("type").is_some_and(is_json_ld))
        .enumerate()
    {
        match parse_json(unwrapped(&script.text)) {
            Ok(value) => collect(value, &mut found),
            // Other scripts of the page are no business of ours, broken or not.
            Err(_) if !script.text.contains("JobPosting") => {}
            Err(problem) => parsed.lose(format!("JSON-LD script[{index}]"), problem.to_string()),
        }
    }
    found
}

fn is_json_ld(kind: &str) -> bool {
    kind.split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

/// The text of a script without the HTML comment or CDATA marks that old templates put around it, and without a semicolon.
fn unwrapped(text: &str) -> &str {
    const BEFORE: [&str; 6] = [
        "<!--",
        "//<![CDATA[",
        "// <![CDATA[",
        "/*<![CDATA[*/",
        "/* <![CDATA[ */",
        "<![CDATA[",
    ];
    const AFTER: [&str; 8] = [
        "//-->",
        "-->",
        "//]]>",
        "// ]]>",
        "/*]]>*/",
        "/* ]]> */",
        "]]>",
        ";",
    ];
    let mut text = text.trim();
    loop {
        let inner = BEFORE
            .iter()
            .find_map(|mark| text.strip_prefix(mark))
            .unwrap_or(text);
        let inner = AFTER
            .iter()
            .find_map(|mark| inner.trim_end().strip_suffix(mark))
            .unwrap_or(inner)
            .trim();
        if inner.len() == text.len() {
            return text;
        }
        text = inner;
    }
}

/// Collects the objects of type `JobPosting`, through arrays, `@graph`, item lists and whatever else they are nested in.
fn collect(value: Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| collect(item, found)),
        Value::Object(fields)
            if is_job_posting(fields.get("@type").or_else(|| fields.get("type"))) =>
        {
            found.push(Value::Object(fields))
        }
        Value::Object(fields) => fields
            .into_iter()
            .for_each(|(_, item)| collect(item, found)),
        _ => {}
    }
}

fn is_job_posting(kind: Option<&Value>) -> bool {
    let named = |kind: &str| kind.rsplit(['/', ':', '#']).next() == Some("JobPosting");
    match kind {
        Some(Value::String(kind)) => named(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(named),
        _ => false,
    }
}
