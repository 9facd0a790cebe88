//! The tables of a Markdown document, whether written in Markdown or in HTML, with the headings above each.

use pulldown_cmark::{Options, Parser, html};

use crate::fetch::html::{Element, Piece, pieces};

/// The tables of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// The first heading.
    pub(super) title: Option<String>,
    /// The tables.
    pub(super) tables: Vec<Table>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// The headings above it, the nearest last: at most one of each level.
    pub(super) headings: Vec<String>,
    /// Its rows, the head among them.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its text; lines are parted by line breaks.
    pub(super) text: String,
    /// Its links.
    pub(super) links: Vec<Link>,
    /// All of it is crossed out, or a part.
    pub(super) crossed_out: bool,
    /// It heads a column.
    pub(super) is_head: bool,
}

/// A link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    /// Where to.
    pub(super) href: String,
    /// Its text, or what its picture is called.
    pub(super) text: String,
}

/// Reads a document.
pub(super) fn of_document(markdown: &str) -> Document {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut page = String::with_capacity(markdown.len() * 2);
    // As HTML, so that tables of either kind are read in one way.
    html::push_html(&mut page, Parser::new_ext(markdown, options));
    let mut reading = Reading::default();
    for piece in pieces(&page) {
        reading.take(piece);
    }
    reading.finish()
}

#[derive(Default)]
struct Reading {
    document: Document,
    /// Headings by level: 1 to 6, and 7 for the summary of details.
    headings: [String; 7],
    /// The heading that is being read, by its level from 0.
    heading: Option<usize>,
    /// The table that is being read; one within a cell belongs to the cell.
    table: Option<Table>,
    depth: usize,
    cell: Option<Cell>,
    link: Option<Link>,
}

impl Reading {
    fn take(&mut self, piece: Piece) {
        match piece {
            Piece::Text(text) => self.text(&text),
            Piece::Open(element) => self.open(&element),
            Piece::Close(name) => self.close(&name),
        }
    }

    fn text(&mut self, text: &str) {
        // Line breaks of the source are spaces; those that are meant come as elements.
        let text = text.replace(['\n', '\r', '\t'], " ");
        self.add(&text);
    }

    fn add(&mut self, text: &str) {
        if let Some(level) = self.heading {
            self.headings[level].push_str(text);
            return;
        }
        if let Some(link) = &mut self.link {
            link.text.push_str(text);
        }
        if let Some(cell) = &mut self.cell {
            cell.text.push_str(text);
        }
    }

    fn open(&mut self, element: &Element) {
        match element.name.as_str() {
            "table" => self.open_table(),
            "tr" if self.depth == 1 => self.open_row(),
            "td" | "th" if self.depth == 1 => {
                self.close_cell();
                self.cell = Some(Cell {
                    is_head: element.name == "th",
                    ..Cell::default()
                });
            }
            "a" => {
                self.close_link();
                self.link = element.attr("href").map(|href| Link {
                    href: href.trim().to_owned(),
                    text: String::new(),
                });
            }
            "img" => {
                let alt = element.attr("alt").unwrap_or_default().to_owned();
                if let Some(link) = &mut self.link {
                    link.text.push_str(&alt);
                } else if self.cell.is_some() || self.heading.is_some() {
                    self.add(&alt);
                }
            }
            "br" | "p" | "div" | "li" | "summary" if self.cell.is_some() => self.add("\n"),
            "del" | "s" | "strike" => {
                if let Some(cell) = &mut self.cell {
                    cell.crossed_out = true;
                }
            }
            name => {
                if let Some(level) = level(name).filter(|_| self.depth == 0) {
                    self.heading = Some(level);
                    self.headings[level..].iter_mut().for_each(String::clear);
                }
            }
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "table" => self.close_table(),
            "tr" if self.depth == 1 => self.close_cell(),
            "td" | "th" if self.depth == 1 => self.close_cell(),
            "a" => self.close_link(),
            "br" | "p" | "div" | "li" | "summary" if self.cell.is_some() => self.add("\n"),
            // What a fold holds ends with it, and so does what its summary says of it.
            "details" if self.depth == 0 => self.headings[6].clear(),
            name if level(name).is_some() && self.heading.is_some() => {
                let level = self.heading.take().unwrap_or_default();
                let heading = self.headings[level].split_whitespace();
                let heading = heading.collect::<Vec<_>>().join(" ");
                if self.document.title.is_none() && !heading.is_empty() && level < 6 {
                    self.document.title = Some(heading.clone());
                }
                self.headings[level] = heading;
            }
            _ => {}
        }
    }

    fn open_table(&mut self) {
        self.heading = None;
        self.depth += 1;
        if self.depth == 1 {
            let headings = self.headings.iter().filter(|heading| !heading.is_empty());
            self.table = Some(Table {
                headings: headings.cloned().collect(),
                rows: Vec::new(),
            });
        }
    }

    fn open_row(&mut self) {
        self.close_cell();
        if let Some(table) = &mut self.table {
            table.rows.push(Vec::new());
        }
    }

    fn close_cell(&mut self) {
        self.close_link();
        let (Some(mut cell), Some(table)) = (self.cell.take(), &mut self.table) else {
            return;
        };
        let lines = cell.text.lines().map(|line| line.split_whitespace());
        let lines: Vec<String> = lines
            .map(|words| words.collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect();
        cell.text = lines.join("\n");
        match table.rows.last_mut() {
            Some(row) => row.push(cell),
            None => table.rows.push(vec![cell]),
        }
    }

    fn close_link(&mut self) {
        if let (Some(link), Some(cell)) = (self.link.take(), &mut self.cell) {
            cell.links.push(link);
        }
    }

    fn close_table(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 {
            self.close_cell();
            let table = self.table.take();
            let filled = table.filter(|table| table.rows.len() > 1);
            self.document.tables.extend(filled);
        }
    }

    fn finish(mut self) -> Document {
        // A table that is not closed ends with the document.
        self.depth = self.depth.min(1);
        self.close_table();
        self.document
    }
}

/// The level of a heading from 0; the summary of details is below all.
fn level(name: &str) -> Option<usize> {
    match name {
        "h1" => Some(0),
        "h2" => Some(1),
        "h3" => Some(2),
        "h4" => Some(3),
        "h5" => Some(4),
        "h6" => Some(5),
        "summary" => Some(6),
        _ => None,
    }
}
