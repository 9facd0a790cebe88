//! How many lines a resume takes, estimated without setting it: good enough to choose by, and told as an estimate.

use resume::Resume;

use crate::documents::entries::{EntryView, Section, entries};

/// Characters of a line of text at the usual size.
const LINE: usize = 96;
/// Lines of a page.
const PAGE: usize = 54;
/// Lines of the heading with name and contact data.
const HEADING: usize = 5;

/// Lines that fit on so many pages.
pub(super) fn most(pages: u8) -> usize {
    PAGE * usize::from(pages.max(1))
}

/// Lines of a text.
pub(super) fn of_text(text: &str) -> usize {
    let len = text.trim().chars().count();
    len.div_ceil(LINE)
}

/// Lines of an entry without its bullets.
pub(super) fn of_entry(entry: &EntryView) -> usize {
    let told = ["summary", "description", "reference"];
    let texts: usize = told
        .iter()
        .filter_map(|name| entry.field(name))
        .map(of_text)
        .sum();
    let lists: usize = entry
        .lists
        .iter()
        .map(|(_, list)| of_text(&list.join(", ")))
        .sum();
    match entry.section {
        Section::Work | Section::Volunteer | Section::Education | Section::Projects => {
            2 + texts + lists
        }
        Section::Skills => lists.max(1),
        _ => 1 + texts,
    }
}

/// Lines of a whole resume.
pub(super) fn lines(resume: &Resume) -> usize {
    let all = entries(resume);
    let mut sections: Vec<Section> = all.iter().map(|entry| entry.section).collect();
    sections.dedup();
    let bullets: usize = all
        .iter()
        .flat_map(|entry| entry.bullets)
        .map(|bullet| of_text(&bullet.text))
        .sum();
    let inner: usize = all.iter().map(of_entry).sum();
    HEADING + of_text(&resume.basics.summary) + 2 * sections.len() + inner + bullets
}
