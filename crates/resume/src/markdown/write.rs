//! From a resume to Markdown (CommonMark).

use crate::Resume;
use crate::dates::Wording;
use crate::outline::{self, Block};

/// The resume as Markdown with English headings.
#[must_use]
pub fn write(resume: &Resume) -> String {
    write_in(resume, Wording::English)
}

/// The same with the headings and months of a language.
#[must_use]
pub fn write_in(resume: &Resume, wording: Wording) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for block in outline::blocks(resume, wording) {
        let bullet = matches!(block, Block::Bullet(_));
        if in_list && !bullet {
            out.push('\n');
        }
        in_list = bullet;
        out.push_str(&one(block));
        out.push_str(if bullet { "\n" } else { "\n\n" });
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out.push('\n');
    out
}

fn one(block: Block) -> String {
    match block {
        Block::Name(text) => format!("# {}", escape(&text)),
        Block::Label(text) | Block::Paragraph(text) => escape(&text),
        Block::Contact(links) => {
            let items: Vec<String> = links
                .iter()
                .map(|item| link(&item.text, &item.url))
                .collect();
            items.join(" | ")
        }
        Block::Heading(text) => format!("## {text}"),
        Block::Entry(entry) => {
            let head = link(&entry.head(), &entry.url);
            let foot = escape(&entry.foot());
            match (head.is_empty(), foot.is_empty()) {
                (_, true) => format!("### {head}"),
                (true, false) => foot,
                (false, false) => format!("### {head}\n\n{foot}"),
            }
        }
        Block::Bullet(text) => format!("- {}", escape(&text.replace('\n', " "))),
        Block::Labelled(label, text) => format!("**{}:** {}", escape(&label), escape(&text)),
    }
}

fn link(text: &str, url: &str) -> String {
    let url = outline::followable(url);
    let plain = url
        .chars()
        .all(|c| !c.is_whitespace() && !"()<>".contains(c));
    if url.is_empty() || text.is_empty() || !plain {
        escape(text)
    } else {
        format!("[{}]({url})", escape(text))
    }
}

/// Text as it may stand in a paragraph: signs that Markdown gives a meaning are taken literally.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let starts = at == 0 && matches!(c, '#' | '-' | '+' | '>' | '=' | '~');
        if starts || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '|') {
            out.push('\\');
        }
        // A number at the beginning would begin a list.
        let numbered =
            matches!(c, '.' | ')') && at > 0 && text[..at].bytes().all(|b| b.is_ascii_digit());
        if numbered {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}
