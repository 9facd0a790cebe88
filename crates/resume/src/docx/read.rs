//! From a Word document to lines, and from lines to a resume.

use undoc::model::{Block, Document, HeadingLevel, Paragraph, Table};

use super::own::{self, Own};
use crate::archive::Archive;
use crate::report::{Change, Imported, Kind, Note};
use crate::understand::{self, Cell, Line};
use crate::{ReadError, limits};

/// Reads a Word document.
///
/// # Errors
///
/// [`ReadError::Bomb`], [`ReadError::Encrypted`], [`ReadError::Damaged`], and [`ReadError::NotAResume`].
pub fn read(bytes: &[u8]) -> Result<Imported, ReadError> {
    crate::read::guarded("DOCX", || read_unguarded(bytes))
}

fn read_unguarded(bytes: &[u8]) -> Result<Imported, ReadError> {
    let mut archive = Archive::open(bytes)?;
    // The library expands and follows the parts by itself: they are known to be bearable first.
    for part in archive.names() {
        let content = archive.read(&part)?.unwrap_or_default();
        if part.ends_with(".xml") {
            super::visible::check(&part, &content)?;
        }
    }
    let mut archive = Archive::open(bytes)?;
    let document = archive.read("word/document.xml")?.unwrap_or_default();
    let own = own::find(&mut archive, &document);
    if let Own::Fits(imported) = own {
        let mut imported = *imported;
        imported.kind = Kind::Docx;
        imported.text = super::visible::text(&document).unwrap_or_default();
        let message = "the document carries the resume as data, and its text was not changed since; the data was read";
        imported
            .report
            .push(Note::new(Change::File, "", None, message.into()));
        return Ok(imported);
    }
    let parsed = undoc::parse_bytes(bytes).map_err(|error| ReadError::Damaged {
        kind: "DOCX",
        problem: error.to_string(),
    })?;
    let mut imported = understand::understand(lines(&parsed), Kind::Docx)?;
    if matches!(own, Own::Changed) {
        let message = "the document carries the resume as data, but its text was changed since; the text was read";
        imported
            .report
            .push(Note::new(Change::File, "", None, message.into()));
    }
    Ok(imported)
}

/// The lines of a document: a paragraph is a line, the cells of a row stand beside each other.
fn lines(document: &Document) -> Vec<Line> {
    let mut lines = Lines {
        all: Vec::new(),
        titled: false,
    };
    lines.titled = document
        .sections
        .iter()
        .flat_map(|section| &section.content)
        .any(|block| matches!(block, Block::Paragraph(p) if is_title(p)));
    for section in &document.sections {
        for paragraph in section.header.iter().flatten() {
            lines.paragraph(paragraph);
        }
        for block in &section.content {
            match block {
                Block::Paragraph(paragraph) => lines.paragraph(paragraph),
                Block::Table(table) => lines.table(table, 0),
                _ => {}
            }
        }
    }
    lines.all
}

struct Lines {
    all: Vec<Line>,
    titled: bool,
}

fn is_title(paragraph: &Paragraph) -> bool {
    let is = |name: &Option<String>| {
        name.as_deref()
            .is_some_and(|name| name.eq_ignore_ascii_case("title"))
    };
    is(&paragraph.style_name) || is(&paragraph.style_id)
}

impl Lines {
    fn at(&self) -> String {
        format!("paragraph {}", self.all.len() + 1)
    }

    /// A paragraph; each line that the author broke is one of its own.
    fn paragraph(&mut self, paragraph: &Paragraph) {
        if self.all.len() > limits::LINES {
            return;
        }
        let mut text = String::new();
        let (mut bold, mut size, mut letters) = (true, 0.0_f32, false);
        let mut parts: Vec<(String, bool, f32)> = Vec::new();
        for run in &paragraph.runs {
            text.push_str(&run.text);
            if run.text.chars().any(char::is_alphanumeric) {
                bold &= run.style.bold;
                letters = true;
                size = size.max(
                    run.style
                        .size
                        .and_then(|size| u16::try_from(size).ok())
                        .map_or(0.0, |half| f32::from(half) / 2.0),
                );
            }
            if run.line_break || run.page_break {
                parts.push((std::mem::take(&mut text), bold && letters, size));
                (bold, size, letters) = (true, 0.0, false);
            }
        }
        parts.push((text, bold && letters, size));
        for (index, (text, bold, size)) in parts.into_iter().enumerate() {
            for line in text.split('\n') {
                self.line(paragraph, line, bold, size, index == 0);
            }
        }
    }

    fn line(&mut self, paragraph: &Paragraph, text: &str, bold: bool, size: f32, first: bool) {
        let mut line = Line::paragraph(&spaced(text), self.at());
        for cell in &mut line.cells {
            cell.bold = bold;
        }
        line.size = size;
        let level = match paragraph.heading {
            HeadingLevel::None => 0,
            HeadingLevel::H1 => 1,
            HeadingLevel::H2 => 2,
            HeadingLevel::H3 => 3,
            HeadingLevel::H4 => 4,
            HeadingLevel::H5 => 5,
            HeadingLevel::H6 => 6,
        };
        line.level = if is_title(paragraph) {
            1
        } else if level > 0 && self.titled {
            level + 1
        } else {
            level
        };
        line.bullet = first && paragraph.list_info.is_some() && level == 0;
        understand::take_sign(&mut line);
        if !line.cells.is_empty() {
            self.all.push(line);
        }
    }

    /// A table: rows whose cells hold one paragraph each are lines with cells; larger cells are read one after the other.
    fn table(&mut self, table: &Table, depth: usize) {
        if depth > 5 {
            return;
        }
        let small = |row: &undoc::model::Row| {
            row.cells.iter().all(|cell| {
                cell.content
                    .iter()
                    .filter(|p| !p.plain_text().trim().is_empty())
                    .count()
                    <= 1
                    && cell.nested_tables.is_empty()
            })
        };
        for row in &table.rows {
            if small(row) {
                let texts: Vec<(String, bool)> = (row.cells.iter())
                    .filter_map(|cell| {
                        cell.content
                            .iter()
                            .find(|p| !p.plain_text().trim().is_empty())
                    })
                    .map(|p| {
                        (
                            p.plain_text(),
                            p.runs
                                .iter()
                                .filter(|run| !run.text.trim().is_empty())
                                .all(|run| run.style.bold),
                        )
                    })
                    .collect();
                if let [_] = texts.as_slice() {
                    for paragraph in row.cells.iter().flat_map(|cell| &cell.content) {
                        self.paragraph(paragraph);
                    }
                } else if !texts.is_empty() {
                    let cells = texts.into_iter().map(|(text, bold)| Cell {
                        text: text.split_whitespace().collect::<Vec<_>>().join(" "),
                        bold,
                        ..Cell::default()
                    });
                    let line = Line {
                        cells: cells.collect(),
                        room: f32::INFINITY,
                        at: self.at(),
                        ..Line::default()
                    };
                    self.all.push(line);
                }
                continue;
            }
            for cell in &row.cells {
                for paragraph in &cell.content {
                    self.paragraph(paragraph);
                }
                for inner in &cell.nested_tables {
                    self.table(inner, depth + 1);
                }
            }
        }
    }
}

/// Three and more spaces are a gap, as a tab is.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut spaces = 0;
    for c in text.chars() {
        if c == ' ' || c == '\u{a0}' {
            spaces += 1;
            continue;
        }
        if spaces > 0 {
            out.push(if spaces > 2 { '\t' } else { ' ' });
        }
        spaces = 0;
        out.push(c);
    }
    out
}
