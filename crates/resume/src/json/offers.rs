//! Offers for resumes that come from other formats than JSON.

use super::values::bullets_within;
use crate::report::{Change, Imported, Note, Offer};

/// Offers the bullets that stand within summaries. The entries must have their ids.
pub fn offer_bullets(imported: &mut Imported) {
    let resume = &imported.resume;
    let work = resume
        .work
        .iter()
        .enumerate()
        .map(|(at, e)| (format!("/work/{at}/summary"), &e.id, &e.summary));
    let volunteer = (resume.volunteer.iter().enumerate())
        .map(|(at, e)| (format!("/volunteer/{at}/summary"), &e.id, &e.summary));
    let projects = (resume.projects.iter().enumerate())
        .map(|(at, e)| (format!("/projects/{at}/description"), &e.id, &e.description));
    let notes: Vec<Note> = (work.chain(volunteer).chain(projects))
        .filter_map(|(path, id, text)| {
            let (summary, bullets) = bullets_within(text)?;
            let message = format!(
                "the text holds {} bullets: they can become bullets of the entry",
                bullets.len()
            );
            let offer = Offer::Bullets {
                entry: id.clone(),
                summary,
                bullets,
            };
            let note = Note::new(Change::Offered, &path, Some(&path), message);
            Some(Note {
                offer: Some(offer),
                ..note
            })
        })
        .collect();
    imported.report.extend(notes);
}
