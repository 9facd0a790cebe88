//! Files within a PDF that hold the resume as data.

use std::collections::HashSet;

use pdf_oxide::PdfDocument;

use crate::report::{Change, Imported, Kind, Note};
use crate::{Resume, limits};

/// The resume that is attached to a PDF when it says what the pages show; and what is to be told about attachments.
pub fn read(document: &PdfDocument, text: &str) -> (Option<Imported>, Vec<Note>) {
    let mut told = Vec::new();
    let Ok(files) = document.extract_embedded_files() else {
        return (None, told);
    };
    for (name, bytes) in files
        .into_iter()
        .take(20)
        .filter(|(_, bytes)| bytes.len() <= limits::JSON_BYTES)
    {
        // Names come in several encodings; their letters are enough.
        let plain: String = name
            .chars()
            .filter(|c| c.is_ascii_graphic())
            .collect::<String>()
            .to_lowercase();
        let read = if plain.ends_with(".json") {
            crate::json::read(&bytes)
        } else if plain.ends_with(".xml") && plain.contains("europass")
            || bytes
                .windows(14)
                .take(4_000)
                .any(|w| w == b"SkillsPassport")
        {
            crate::europass::read(&bytes)
        } else {
            continue;
        };
        let Ok(mut imported) = read else {
            told.push(Note::new(
                Change::File,
                "",
                None,
                format!(
                    "the attachment `{plain}` could not be read as a resume; the pages were read"
                ),
            ));
            continue;
        };
        if agrees(&imported, text) {
            let message = format!(
                "the attachment `{plain}` says what the pages show; it was read in their place"
            );
            told.insert(0, Note::new(Change::File, "", None, message));
            imported.kind = Kind::Pdf;
            return (Some(imported), told);
        }
        let message = format!(
            "the attachment `{plain}` differs from what the pages show; the pages were read"
        );
        told.push(Note::new(Change::Suspicious, "", None, message));
    }
    (None, told)
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .map(crate::dates::fold)
}

/// Letters and digits only: pages break lines and words as they like.
fn squeezed(text: &str) -> String {
    crate::dates::fold(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Whether a resume and the text of pages say the same: the name stands there, most texts of the resume do, and most words of the
/// pages are in the resume.
///
/// Of what was printed with its data less is asked. Of a short resume most words on the page are headings, months and countries,
/// and readers tear apart words whose letters come from several fonts.
fn agrees(imported: &Imported, text: &str) -> bool {
    let (resume, shown) = (&imported.resume, squeezed(text));
    let (said, seen) = texts(resume, &shown);
    let known: HashSet<String> = words(&crate::json::write(resume).to_string()).collect();
    let (mut all, mut held) = (0_usize, 0_usize);
    for word in words(text) {
        all += 1;
        held += usize::from(known.contains(&word));
    }
    let name = &resume.basics.name;
    if imported.own {
        let mut parts = words(name).map(|word| squeezed(&word)).peekable();
        let named = parts.peek().is_none() || parts.any(|part| shown.contains(&part));
        return named && (held * 10 >= all * 4 || (seen * 10 >= said * 6 && held * 10 >= all * 3));
    }
    let named = !name.is_empty() && shown.contains(&squeezed(name));
    named && seen * 10 >= said * 6 && held * 10 >= all * 7
}

/// How many texts of a resume would stand on its pages, and how many of them do.
fn texts(resume: &Resume, shown: &str) -> (usize, usize) {
    let mut leaves: Vec<&str> = Vec::new();
    for work in &resume.work {
        leaves.extend([work.name.as_str(), work.position.as_str()]);
        leaves.extend(work.highlights.iter().map(|h| h.text.as_str()));
    }
    leaves.extend(resume.education.iter().map(|e| e.institution.as_str()));
    leaves.extend(resume.projects.iter().map(|p| p.name.as_str()));
    let said: Vec<String> = leaves
        .into_iter()
        .map(squeezed)
        .filter(|leaf| !leaf.is_empty())
        .collect();
    let seen = said.iter().filter(|leaf| shown.contains(leaf.as_str()));
    (said.len(), seen.count())
}
