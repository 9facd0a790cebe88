//! From Markdown or plain text to lines, and from lines to a resume.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::report::{Imported, Kind};
use crate::understand::{self, Cell, Line, SectionKind};
use crate::{ReadError, detect, limits};

/// Reads Markdown, or plain text.
///
/// # Errors
///
/// [`ReadError::Empty`] and [`ReadError::NotAResume`].
pub fn read(bytes: &[u8]) -> Result<Imported, ReadError> {
    let text = detect::decode(bytes);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let marked = text
        .lines()
        .take(limits::LINES)
        .any(|line| line.starts_with('#') || line.starts_with("===") || line.starts_with("---"));
    let lines = if marked {
        marked_lines(&text)
    } else {
        plain_lines(&text)
    };
    let mut imported = understand::understand(lines, Kind::Markdown)?;
    imported.text = text;
    Ok(imported)
}

/// The lines of Markdown.
fn marked_lines(text: &str) -> Vec<Line> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut lines = Lines::new(text);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        lines.event(event, range.start);
        if lines.all.len() > limits::LINES {
            break;
        }
    }
    lines.end();
    lines.all
}

struct Lines {
    all: Vec<Line>,
    starts: Vec<usize>,
    text: String,
    from: usize,
    level: u8,
    bullet: bool,
    bold_depth: usize,
    bold: bool,
    link: Option<(String, usize)>,
    section: Option<SectionKind>,
}

impl Lines {
    fn new(text: &str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            all: Vec::new(),
            starts,
            text: String::new(),
            from: 0,
            level: 0,
            bullet: false,
            bold_depth: 0,
            bold: true,
            link: None,
            section: None,
        }
    }

    fn event(&mut self, event: Event<'_>, at: usize) {
        if self.text.is_empty() {
            self.from = at;
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) | Event::Code(text) => {
                if text.chars().any(char::is_alphanumeric) {
                    self.bold &= self.bold_depth > 0;
                }
                // Text blocks, such as metadata, hold several lines.
                let mut parts = text.split('\n');
                self.text.push_str(parts.next().unwrap_or(""));
                for part in parts {
                    self.end();
                    self.text.push_str(part);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.end_line(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end();
                self.level = level_of(level);
            }
            Tag::Item => {
                self.end();
                self.bullet = true;
            }
            Tag::Paragraph | Tag::TableRow | Tag::TableHead | Tag::MetadataBlock(_) => {
                self.end_unless_item()
            }
            Tag::Strong => self.bold_depth += 1,
            Tag::Link { dest_url, .. } => {
                self.link = Some((dest_url.into_string(), self.text.len()))
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::MetadataBlock(_) => self.end(),
            TagEnd::TableCell => self.text.push('\t'),
            TagEnd::Strong => self.bold_depth = self.bold_depth.saturating_sub(1),
            TagEnd::Link => self.end_link(),
            _ => {}
        }
    }

    /// The address of a link stands for its text where that says nothing, and beside it in the head and for projects.
    fn end_link(&mut self) {
        let Some((url, from)) = self.link.take() else {
            return;
        };
        let shown = self.text.get(from..).unwrap_or("").trim().to_owned();
        let bare = url.trim_start_matches("mailto:").trim_start_matches("tel:");
        let same = bare.contains(shown.as_str()) && !shown.is_empty();
        let head = self.section.is_none() && self.level == 0;
        if same || (head && !shown.contains('@')) {
            self.text.truncate(from);
            self.text.push_str(bare);
        } else if self.section == Some(SectionKind::Projects)
            && (self.level > 0 || self.bold_depth > 0 || self.bullet)
        {
            self.text.push('\t');
            self.text.push_str(bare);
        }
    }

    fn end_unless_item(&mut self) {
        if !self.bullet || !self.text.is_empty() {
            self.end();
        }
    }

    /// Ends a line that another one of the same paragraph follows: short ones are lines, longer ones go on.
    fn end_line(&mut self) {
        if self.bullet || self.text.chars().count() > 70 {
            self.text.push(' ');
            return;
        }
        self.end();
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            let number = self.starts.partition_point(|start| *start <= self.from);
            let mut line = Line::paragraph(&text.replace("   ", "\t"), format!("line {number}"));
            for cell in &mut line.cells {
                cell.bold = self.bold;
            }
            line.level = self.level;
            line.bullet = self.bullet;
            understand::take_sign(&mut line);
            if self.level > 0
                && let Some(kind) = understand::heading_kind(&line.text())
            {
                self.section = Some(kind);
            }
            self.all.push(line);
            self.bullet = false;
        }
        self.level = 0;
        self.bold = true;
    }
}

const fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The width of a letter of plain text, in points as on a typewritten page.
const LETTER: f32 = 5.0;

/// The lines of plain text, laid out as on a page: each letter is as wide as any other.
fn plain_lines(text: &str) -> Vec<Line> {
    let width =
        |text: &str| f32::from(u16::try_from(text.chars().count()).unwrap_or(u16::MAX)) * LETTER;
    let kept: Vec<&str> = text.lines().take(limits::LINES + 1).collect();
    let right = kept
        .iter()
        .map(|line| width(line.trim_end()))
        .fold(0.0, f32::max);
    let mut blank = false;
    let mut out = Vec::new();
    for (index, source) in kept.into_iter().enumerate() {
        let source = source.replace('\t', "    ");
        let trimmed = source.trim_end();
        if trimmed.trim().chars().all(|c| "=-_*~".contains(c)) {
            blank = true;
            continue;
        }
        let indent = trimmed.len() - trimmed.trim_start().len();
        let mut line = Line {
            left: width(trimmed.get(..indent).unwrap_or("")),
            right: width(trimmed),
            room: right - width(trimmed),
            size: 10.0,
            above: if blank { 2.4 } else { 1.2 },
            at: format!("line {}", index + 1),
            cells: cells(trimmed, width),
            ..Line::default()
        };
        blank = false;
        understand::take_sign(&mut line);
        if let Some(cell) = line.cells.first_mut().filter(|_| line.bullet) {
            cell.x = line.left + 2.0 * LETTER;
        }
        if !line.cells.is_empty() {
            out.push(line);
        }
    }
    out
}

/// The pieces of a line between three or more spaces.
fn cells(line: &str, width: impl Fn(&str) -> f32) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut at = 0;
    for piece in line.split("   ") {
        let text = piece.trim();
        if !text.is_empty() {
            let skipped = piece.len() - piece.trim_start().len();
            let x = width(line.get(..at + skipped).unwrap_or(""));
            cells.push(Cell {
                text: text.to_owned(),
                x,
                ..Cell::default()
            });
        }
        at += piece.len() + 3;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::{ReadError, testing};

    #[test]
    fn our_own_markdown_is_understood_again() {
        let resume = testing::mira();
        let imported = read(crate::markdown::write(&resume).as_bytes()).unwrap();
        let read = &imported.resume;
        assert_eq!(read.basics.name, "Mira Holm");
        assert_eq!(read.basics.email, "mira.holm@mail.example");
        assert_eq!(read.basics.location.country_code, "SE");
        let jobs = |resume: &crate::Resume| -> Vec<_> {
            resume
                .work
                .iter()
                .map(|w| {
                    (
                        w.name.clone(),
                        w.position.clone(),
                        w.start_date,
                        w.end_date,
                        w.highlights.len(),
                    )
                })
                .collect()
        };
        assert_eq!(jobs(read), jobs(&resume));
        assert_eq!(read.projects[0].name, "roomplan");
        assert_eq!(read.projects[0].url, "https://github.com/miraholm/roomplan");
        assert_eq!(read.education[0].area, "Computer Science");
        assert_eq!(read.skills[1].keywords, ["Git", "Docker", "PostgreSQL"]);
        assert_eq!(
            imported
                .source
                .iter()
                .find(|s| s.path == "/basics/name")
                .unwrap()
                .at,
            "line 1"
        );
    }

    #[test]
    fn plain_text_is_understood_by_its_layout() {
        let text = "Mira Holm\nmira.holm@mail.example | +46 70 555 01 23 | Göteborg, Sweden\n\nBERUFSERFAHRUNG\n\n\
            Backend-Praktikantin, Tallvik Systems AB      Juni 2025 – Aug. 2025\n  - Schrieb einen Endpunkt in Java, der vierzig Anfragen in der\n    Sekunde beantwortet\n  - Kürzte den Import\n\n\
            KENNTNISSE\nJava, Rust, SQL\n";
        let resume = read(text.as_bytes()).unwrap().resume;
        assert_eq!(
            (
                resume.work[0].position.as_str(),
                resume.work[0].name.as_str()
            ),
            ("Backend-Praktikantin", "Tallvik Systems AB")
        );
        assert_eq!(resume.work[0].end_date.unwrap().to_string(), "2025-08");
        assert_eq!(resume.work[0].highlights.len(), 2);
        assert_eq!(resume.skills[0].keywords, ["Java", "Rust", "SQL"]);
    }

    #[test]
    fn text_about_something_else_is_no_resume() {
        assert!(matches!(
            read(b"Dear all,\nthe meeting is moved."),
            Err(ReadError::NotAResume { .. })
        ));
        assert!(matches!(read(b" \n"), Err(ReadError::Empty)));
    }
}
