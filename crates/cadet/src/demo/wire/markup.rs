//! Descriptions as HTML and as plain text, and the escaping that both need.

use super::super::{
    model::{Oddity, Opening, Part, Poll, Section},
    oddities::SCRIPT,
};

/// Escapes text for HTML and XML.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The whole description as HTML. Employers differ in how they mark a heading.
pub fn html(opening: &Opening, poll: Poll) -> String {
    let mut text: String = opening
        .text_at(poll)
        .iter()
        .map(|section| section_html(section, opening.employer))
        .collect();
    if opening.oddity == Some(Oddity::ScriptInText) {
        text.push_str(SCRIPT);
    }
    text
}

/// The sections of some parts as HTML.
pub fn parts_html(opening: &Opening, poll: Poll, parts: &[Part]) -> String {
    let mut text: String = opening
        .text_at(poll)
        .iter()
        .filter(|section| parts.contains(&section.part))
        .map(|section| section_html(section, opening.employer))
        .collect();
    if opening.oddity == Some(Oddity::ScriptInText) && parts.contains(&Part::Process) {
        text.push_str(SCRIPT);
    }
    text
}

fn section_html(section: &Section, style: usize) -> String {
    let heading = escape(&section.heading);
    let mut html = match style % 4 {
        0 => format!("<h2>{heading}</h2>\n"),
        1 => format!("<p><strong>{heading}</strong></p>\n"),
        2 => format!("<h3><strong>{heading}:</strong></h3>"),
        _ => format!("<div><b style=\"font-size: 18px\">{heading}</b></div><div><br></div>"),
    };
    for paragraph in &section.paragraphs {
        html.push_str(&format!("<p>{}</p>\n", escape(paragraph)));
    }
    if !section.bullets.is_empty() {
        html.push_str(&format!("<ul>\n{}</ul>\n", items(section)));
    }
    html
}

/// The list of a section, without the list's own tag.
pub fn items(section: &Section) -> String {
    section
        .bullets
        .iter()
        .map(|bullet| format!("<li>{}</li>\n", escape(bullet)))
        .collect()
}

/// The whole description as plain text.
pub fn plain(opening: &Opening, poll: Poll) -> String {
    opening
        .text_at(poll)
        .iter()
        .map(section_plain)
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// The sections of some parts as plain text.
pub fn parts_plain(opening: &Opening, poll: Poll, parts: &[Part]) -> String {
    let text = opening.text_at(poll);
    let chosen = text.iter().filter(|section| parts.contains(&section.part));
    chosen.map(section_plain).collect::<Vec<_>>().join("\n\n")
}

fn section_plain(section: &Section) -> String {
    let mut lines = vec![section.heading.clone()];
    lines.extend(section.paragraphs.iter().cloned());
    lines.extend(section.bullets.iter().map(|bullet| format!("- {bullet}")));
    lines.join("\n")
}

/// A small page around a body, in the language of its text.
pub fn page(title: &str, language: &str, head: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>{}</title>\n{head}<style>body{{max-width:44rem;margin:2rem \
         auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif}}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n",
        escape(title)
    )
}
