//! From lines of text, as a document shows them, to a resume.
//!
//! Input: the lines of a document in reading order, each with its cells (pieces with a wide gap between them), its style and its
//! place ([`Line`]). Output: an [`Imported`] in which every line is in a field, or kept as it was and told of. The readers of PDF,
//! DOCX and Markdown differ only in how they make the lines.
//!
//! Steps: headings divide the lines into sections ([`headings`]); lines that were broken for width are joined again
//! ([`paragraphs`]); within a section, entries are told apart ([`entries`]) and the words of their heads are given to fields by
//! what they are: dates, places, titles, organisations, degrees ([`heads`], [`job`]).

mod contact;
mod coverage;
mod education;
mod entries;
mod heading_words;
mod headings;
mod heads;
mod honours;
mod job;
mod jobs;
mod line;
mod lists;
mod paragraphs;
mod reach;
mod trace;
mod words;

pub use education::degree_parts;
pub use headings::{Kind as SectionKind, kind_of as heading_kind};
pub use line::{Cell, Line, take_sign};

use crate::report::{Change, Imported, Kind};
use crate::{ReadError, limits};
use headings::Section;
use trace::Trace;

/// Whether a character is the sign of a bullet, in Unicode or in the private use of symbol fonts.
pub fn is_bullet(c: char) -> bool {
    const SIGNS: &str = "•‣⁃∙·●○◦◉■□▪▫▸►▶➢➤❖✓✔✦◆◇⦿⦾➔»›";
    SIGNS.contains(c) || ('\u{f000}'..='\u{f0ff}').contains(&c)
}

/// What stood around something that was taken out, as one text.
fn heads_join(before: &str, after: &str) -> String {
    match (before.is_empty(), after.is_empty()) {
        (false, false) => format!("{before} · {after}"),
        _ => format!("{before}{after}"),
    }
}

/// Understands the lines of a document.
///
/// # Errors
///
/// [`ReadError::NotAResume`] when there is neither a section nor a way to reach somebody.
pub fn understand(lines: Vec<Line>, kind: Kind) -> Result<Imported, ReadError> {
    let mut trace = Trace::new(kind);
    let cut = lines.len().saturating_sub(limits::LINES);
    if cut > 0 {
        let message = format!(
            "only the first {} lines were read; {cut} lines were left out",
            limits::LINES
        );
        trace.note(Change::Suspicious, "", None, message);
    }
    let lines: Vec<Line> = lines
        .into_iter()
        .take(limits::LINES)
        .filter(|line| !line.is_empty())
        .collect();
    let text: Vec<String> = lines.iter().map(Line::text).collect();
    let lines = line::join_broken_dates(lines);
    let (head, sections) = headings::split(lines);
    contact::read(&mut trace, &head);
    for section in &sections {
        read_section(&mut trace, section);
    }
    let basics = &trace.imported.resume.basics;
    if sections.is_empty() && basics.email.is_empty() && basics.phone.is_empty() {
        return Err(ReadError::NotAResume { kind: kind.name() });
    }
    coverage::keep_unread(&mut trace, &head, &sections);
    let mut imported = trace.finish();
    imported.text = text.join("\n");
    Ok(imported)
}

fn read_section(trace: &mut Trace, section: &Section) {
    use SectionKind as S;
    match section.kind {
        S::Summary => contact::summary(trace, section),
        S::Contact => contact::more(trace, &section.lines),
        S::Work => jobs::work(trace, section),
        S::Volunteer => jobs::volunteer(trace, section),
        S::Projects => jobs::projects(trace, section),
        S::Education => education::education(trace, section),
        S::Courses => education::courses(trace, section),
        S::Skills => lists::skills(trace, section),
        S::Languages => lists::languages(trace, section),
        S::Interests => lists::interests(trace, section),
        S::References => honours::references(trace, section),
        S::Certificates => honours::certificates(trace, section),
        S::Awards => honours::awards(trace, section),
        S::Publications => honours::publications(trace, section),
        S::Title => contact::more(trace, &section.lines),
        S::Other => trace.keep_section(section),
    }
}

/// Adds an account whose address stands behind a word of the document, when the text itself did not name it.
pub fn add_link(imported: &mut Imported, address: &str, at: &str) {
    contact::add_link(imported, address, at);
}

#[cfg(test)]
mod tests;
