//! From a resume to a Word document: real headings and lists, no tables and no text boxes.

use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, Docx, Hyperlink, HyperlinkType, IndentLevel, Level, LevelJc, LevelText,
    NumberFormat, Numbering, NumberingId, Paragraph, Run, RunFonts, SpecialIndentType, Start,
    Style, StyleType,
};

use super::own;
use crate::Resume;
use crate::dates::Wording;
use crate::outline::{self, Block, Link};

/// The resume as a Word document with English headings.
#[must_use]
pub fn write(resume: &Resume) -> Vec<u8> {
    write_in(resume, Wording::English)
}

/// The same with the headings and months of a language.
#[must_use]
pub fn write_in(resume: &Resume, wording: Wording) -> Vec<u8> {
    let mut page = Page {
        docx: base(),
        text: String::new(),
    };
    for block in outline::blocks(resume, wording) {
        page.block(block);
    }
    let part = own::part(resume, &page.text);
    let docx = page
        .docx
        .add_custom_item("{5D0B1C0E-9B7A-4C53-8E5C-2B7E8A1F6D01}", &part);
    let mut file = Cursor::new(Vec::new());
    // Writing to memory does not fail.
    match docx.build().pack(&mut file) {
        Ok(()) => file.into_inner(),
        Err(_) => Vec::new(),
    }
}

/// An empty document with its styles and its list.
fn base() -> Docx {
    let heading = |id: &str, name: &str, size: usize, level: usize| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .based_on("Normal")
            .next("Normal")
            .size(size)
            .bold()
            .outline_lvl(level)
    };
    let bullet = Level::new(
        0,
        Start::new(1),
        NumberFormat::new("bullet"),
        LevelText::new("•"),
        LevelJc::new("left"),
    )
    .indent(Some(360), Some(SpecialIndentType::Hanging(240)), None, None);
    Docx::new()
        .default_fonts(RunFonts::new().ascii("Calibri").hi_ansi("Calibri"))
        .default_size(21)
        .add_style(Style::new("Normal", StyleType::Paragraph).name("Normal"))
        .add_style(
            Style::new("Title", StyleType::Paragraph)
                .name("Title")
                .based_on("Normal")
                .next("Normal")
                .size(36)
                .bold(),
        )
        .add_style(heading("Heading1", "heading 1", 26, 0))
        .add_style(heading("Heading2", "heading 2", 22, 1))
        .add_style(
            Style::new("ListParagraph", StyleType::Paragraph)
                .name("List Paragraph")
                .based_on("Normal"),
        )
        .add_abstract_numbering(AbstractNumbering::new(1).add_level(bullet))
        .add_numbering(Numbering::new(1, 1))
}

/// Text without what XML cannot hold.
fn allowed(text: &str) -> String {
    let fits =
        |c: &char| matches!(c, '\t' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.replace(['\n', '\r'], " ")
        .chars()
        .filter(fits)
        .collect()
}

/// A document that is being written, and its text so far.
struct Page {
    docx: Docx,
    text: String,
}

impl Page {
    fn add(&mut self, paragraph: Paragraph) {
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_paragraph(paragraph);
        self.text.push('\n');
    }

    fn run(&mut self, text: &str) -> Run {
        let text = allowed(text);
        self.text.push_str(&text);
        Run::new().add_text(text)
    }

    fn linked(&mut self, paragraph: Paragraph, link: &Link) -> Paragraph {
        let run = self.run(&link.text);
        let url = allowed(&outline::followable(&link.url));
        if url.is_empty() || url.contains(char::is_whitespace) {
            paragraph.add_run(run)
        } else {
            paragraph.add_hyperlink(Hyperlink::new(url, HyperlinkType::External).add_run(run))
        }
    }

    fn styled(&mut self, style: &str, text: &str) {
        let run = self.run(text);
        self.add(Paragraph::new().style(style).add_run(run));
    }

    fn block(&mut self, block: Block) {
        match block {
            Block::Name(text) => self.styled("Title", &text),
            Block::Label(text) | Block::Paragraph(text) => self.styled("Normal", &text),
            Block::Heading(text) => self.styled("Heading1", text),
            Block::Contact(links) => {
                let mut paragraph = Paragraph::new().style("Normal");
                for (index, link) in links.iter().enumerate() {
                    if index > 0 {
                        paragraph = paragraph.add_run(self.run(" | "));
                    }
                    paragraph = self.linked(paragraph, link);
                }
                self.add(paragraph);
            }
            Block::Entry(entry) => {
                let head = Link {
                    text: entry.head(),
                    url: entry.url.clone(),
                };
                let paragraph =
                    self.linked(Paragraph::new().style("Heading2").keep_next(true), &head);
                self.add(paragraph);
                if !entry.foot().is_empty() {
                    self.styled("Normal", &entry.foot());
                }
            }
            Block::Labelled(label, text) => {
                let label = self.run(&format!("{label}: ")).bold();
                let run = self.run(&text);
                self.add(Paragraph::new().style("Normal").add_run(label).add_run(run));
            }
            Block::Bullet(text) => {
                let run = self.run(&text);
                let paragraph = Paragraph::new().style("ListParagraph").add_run(run);
                self.add(paragraph.numbering(NumberingId::new(1), IndentLevel::new(0)));
            }
        }
    }
}
