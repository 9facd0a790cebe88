//! What must be read back of a document, in the order of its pages.

use serde::{Deserialize, Serialize};

use super::{Document, Entry, Group, Head, Letter, Part, Section};
use crate::Template;
use crate::template::Dates;

/// A text that the pages must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Which field of the data it is, such as `work[0].position`.
    pub name: String,
    /// The text as it is set.
    pub text: String,
}

impl Document {
    /// Every text of the pages in the order in which `template` sets them.
    pub fn fields(&self, template: Template) -> Vec<Field> {
        let mut parts: Vec<&Part> = Vec::new();
        head(&self.head, &mut parts);
        for part in &self.sections {
            section(part, template.dates, &mut parts);
        }
        if let Some(text) = &self.letter {
            letter(text, &mut parts);
        }
        let field = |part: &Part| Field {
            name: part.field.clone(),
            text: part.text.clone(),
        };
        parts.into_iter().map(field).collect()
    }
}

fn head<'a>(head: &'a Head, parts: &mut Vec<&'a Part>) {
    parts.extend(&head.name);
    parts.extend(&head.label);
    parts.extend(&head.contact);
}

fn section<'a>(section: &'a Section, dates: Dates, parts: &mut Vec<&'a Part>) {
    parts.push(&section.title);
    parts.extend(&section.paragraphs);
    for part in &section.entries {
        entry(part, dates, parts);
    }
    for part in &section.groups {
        group(part, parts);
    }
}

fn entry<'a>(entry: &'a Entry, dates: Dates, parts: &mut Vec<&'a Part>) {
    let Entry {
        title,
        name,
        place,
        link,
        paragraphs,
        bullets,
        notes,
        ..
    } = entry;
    match dates {
        Dates::Ahead => parts.extend([&entry.dates, place, title, name].into_iter().flatten()),
        Dates::Behind => parts.extend([title, name, place, &entry.dates].into_iter().flatten()),
    }
    parts.extend(link);
    parts.extend(paragraphs);
    parts.extend(bullets);
    for note in notes {
        group(note, parts);
    }
}

fn group<'a>(group: &'a Group, parts: &mut Vec<&'a Part>) {
    parts.extend(&group.label);
    parts.extend(&group.level);
    parts.extend(&group.items);
}

fn letter<'a>(letter: &'a Letter, parts: &mut Vec<&'a Part>) {
    let Letter {
        recipient,
        dated,
        subject,
        greeting,
        paragraphs,
        closing,
        signature,
        enclosures,
    } = letter;
    parts.extend(recipient);
    parts.extend([dated, subject, greeting].into_iter().flatten());
    parts.extend(paragraphs);
    parts.extend([closing, signature].into_iter().flatten());
    if let Some(enclosures) = enclosures {
        group(enclosures, parts);
    }
}
