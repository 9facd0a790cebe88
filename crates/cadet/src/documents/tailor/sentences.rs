//! Every sentence of a resume with the ids of what it states.

use resume::{EntryId, Resume};

use super::Reason;
use super::select::Selection;
use crate::documents::entries::{Section, basics, entries};
use crate::documents::model::{Cite, Form, Sentence};
use crate::skills::evidence::Evidence;

/// Fields that are sentences of the person rather than names and dates.
const TELLING: [&str; 4] = ["summary", "description", "reference", "label"];

/// All sentences, section by section.
pub(super) fn of(resume: &Resume, evidence: &[Evidence], selection: &Selection) -> Vec<Sentence> {
    let mut all: Vec<Sentence> = basics(resume)
        .into_iter()
        .map(|(name, text)| sentence(format!("basics/{name}"), text, name, vec![Cite::Basics]))
        .collect();
    for entry in entries(resume) {
        let id = entry.id;
        let cite = || vec![Cite::Entry(id.clone())];
        for (name, text) in &entry.fields {
            all.push(sentence(format!("{id}/{name}"), text.clone(), name, cite()));
        }
        for (name, list) in &entry.lists {
            let shows = entry.section == Section::Skills;
            for text in *list {
                let mut cites = cite();
                if shows {
                    cites.extend(proofs_of(text, evidence));
                }
                all.push(sentence(format!("{id}/{name}"), text.clone(), name, cites));
            }
        }
        for bullet in entry.bullets {
            let mut cites = vec![Cite::Entry(bullet.id.clone())];
            cites.extend(proof(&bullet.id, selection));
            all.push(Sentence {
                place: format!("{id}/{}", bullet.id),
                text: bullet.text.clone(),
                form: Form::Wording,
                cites,
            });
        }
    }
    all
}

fn sentence(place: String, text: String, name: &str, cites: Vec<Cite>) -> Sentence {
    let form = if TELLING.contains(&name) {
        Form::Wording
    } else {
        Form::Field
    };
    Sentence {
        place,
        text,
        form,
        cites,
    }
}

/// The evidence for which a bullet was chosen.
fn proof(bullet: &EntryId, selection: &Selection) -> Option<Cite> {
    let choice = selection
        .chosen
        .iter()
        .find(|choice| choice.id == *bullet)?;
    choice.reasons.iter().find_map(|reason| match reason {
        Reason::Evidence { id, .. } => Some(Cite::Evidence(*id)),
        _ => None,
    })
}

/// The strongest evidence of a skill by its name.
fn proofs_of(name: &str, evidence: &[Evidence]) -> Option<Cite> {
    let skills = crate::skills::Taxonomy::bundled().by_alias(name);
    let of_it = evidence
        .iter()
        .filter(|one| skills.iter().any(|skill| skill.id == one.skill));
    let best = of_it.max_by(|a, b| a.strength.total_cmp(&b.strength))?;
    Some(Cite::Evidence(best.id))
}
