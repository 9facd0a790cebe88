//! A letter as HTML, Markdown, plain text and DOCX.

use std::io::Cursor;

use docx_rs::{Docx, Paragraph as Block, Run};

use super::Letter;
use crate::error::{Error, Result};

/// What a letter consists of, block by block; a block is lines that belong together.
fn blocks(letter: &Letter) -> Vec<Vec<&str>> {
    let lines = |list: &'static [fn(&Letter) -> &str]| -> Vec<Vec<&str>> {
        list.iter().map(|part| vec![part(letter)]).collect()
    };
    let mut all = vec![
        letter.sender.iter().map(String::as_str).collect(),
        letter.recipient.iter().map(String::as_str).collect(),
    ];
    all.extend(lines(&[|l| &l.date, |l| &l.subject, |l| &l.salutation]));
    all.extend(letter.paragraphs.iter().map(|text| vec![text.as_str()]));
    all.extend(lines(&[|l| &l.closing, |l| &l.signature]));
    all.retain(|block| block.iter().any(|line| !line.trim().is_empty()));
    all
}

/// Plain text.
#[must_use]
pub fn text(letter: &Letter) -> String {
    let blocks: Vec<String> = blocks(letter)
        .iter()
        .map(|block| block.join("\n"))
        .collect();
    blocks.join("\n\n") + "\n"
}

/// Markdown; lines of a block end with two spaces.
#[must_use]
pub fn markdown(letter: &Letter) -> String {
    let blocks = blocks(letter).into_iter().map(|block| {
        let lines: Vec<String> = block.into_iter().map(escaped).collect();
        let text = lines.join("  \n");
        if block_is(&text, &letter.subject) {
            format!("**{text}**")
        } else {
            text
        }
    });
    blocks.collect::<Vec<_>>().join("\n\n") + "\n"
}

fn block_is(text: &str, subject: &str) -> bool {
    !subject.is_empty() && text == escaped(subject)
}

/// What Markdown would take for its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        let mark = matches!(c, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\')
            || (at == 0 && matches!(c, '#' | '-' | '+'));
        if mark {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A whole page of HTML.
#[must_use]
pub fn html(letter: &Letter, language: &str) -> String {
    let mut body = String::new();
    for block in blocks(letter) {
        let lines: Vec<String> = block.into_iter().map(safe).collect();
        let text = lines.join("<br>");
        let is_subject = !letter.subject.is_empty() && text == safe(&letter.subject);
        body.push_str(&if is_subject {
            format!("<h1>{text}</h1>\n")
        } else {
            format!("<p>{text}</p>\n")
        });
    }
    let title = safe(if letter.subject.is_empty() {
        &letter.signature
    } else {
        &letter.subject
    });
    let style = "body{font:11pt/1.5 Georgia,serif;max-width:40em;margin:3em auto;padding:0 1em}h1{font-size:1.1em}";
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{style}</style></head>\n<body>\n{body}</body>\n</html>\n",
        safe(language)
    )
}

fn safe(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// DOCX.
///
/// # Errors
/// [`Error::Internal`] when it cannot be packed.
pub fn docx(letter: &Letter) -> Result<Vec<u8>> {
    let mut file = Docx::new();
    for block in blocks(letter) {
        let bold = block.len() == 1 && !letter.subject.is_empty() && block[0] == letter.subject;
        for line in &block {
            let run = Run::new().add_text(*line);
            let run = if bold { run.bold() } else { run };
            file = file.add_paragraph(Block::new().add_run(run));
        }
        file = file.add_paragraph(Block::new());
    }
    let mut bytes = Cursor::new(Vec::new());
    file.build().pack(&mut bytes).map_err(Error::internal)?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            sender: vec!["Ada Quill".into(), "ada@example.org".into()],
            subject: "Application for <Backend> Intern".into(),
            salutation: "Dear hiring team,".into(),
            paragraphs: vec!["First * one.".into(), "Second.".into()],
            closing: "Kind regards".into(),
            signature: "Ada Quill".into(),
            ..Letter::default()
        }
    }

    #[test]
    fn every_form_has_every_part_in_order() {
        let letter = letter();
        assert!(text(&letter).ends_with("First * one.\n\nSecond.\n\nKind regards\n\nAda Quill\n"));
        assert!(
            markdown(&letter)
                .contains("ada@example.org\n\n**Application for \\<Backend\\> Intern**")
        );
        let html = html(&letter, "en");
        assert!(html.contains("<h1>Application for &lt;Backend&gt; Intern</h1>"));
        assert!(docx(&letter).unwrap().starts_with(b"PK"));
    }
}
