//! From what was gathered to the content of a document. Pure.

use std::collections::BTreeMap;

use super::inputs::Inputs;
use super::letters::{LetterAsk, Paragraph, compose};
use super::model::{Content, DocumentKind, DocumentOptions, Given};
use super::tailor::{Ask, Decisions, Length, Tailored, tailor};
use crate::clock::Timestamp;

/// What else a document is made with.
#[derive(Clone, Copy, Debug)]
pub struct Making<'a> {
    /// The kind.
    pub kind: DocumentKind,
    /// What was asked for.
    pub options: &'a DocumentOptions,
    /// What the person decided.
    pub decisions: &'a Decisions,
    /// Paragraphs, for a letter.
    pub paragraphs: &'a [Paragraph],
    /// The instant.
    pub now: Timestamp,
}

/// The content of a document, and how long a resume is.
#[must_use]
pub fn content(inputs: &Inputs, making: &Making) -> (Content, Option<Length>) {
    let options = making.options;
    let tailored = tailor(&Ask {
        profile: &inputs.profile,
        evidence: &inputs.evidence,
        wanted: &inputs.wanted,
        decisions: making.decisions,
        pages: options.pages.unwrap_or_else(|| inputs.pages()),
        today: making.now,
    });
    let given = Given {
        date: match options.given.date.trim() {
            "" => making.now.date_string(),
            date => date.to_owned(),
        },
        ..options.given.clone()
    };
    let language = options
        .language
        .clone()
        .unwrap_or_else(|| inputs.language());
    if making.kind.is_letter() {
        return (letter(inputs, making, tailored, (language, given)), None);
    }
    let mut remarks = Vec::new();
    if tailored.length.lines > tailored.length.most {
        remarks.push(format!(
            "It takes about {} lines, and {} fit on the pages aimed at.",
            tailored.length.lines, tailored.length.most
        ));
    }
    let content = Content {
        language,
        resume: tailored.resume,
        letter: None,
        sentences: tailored.sentences,
        chosen: tailored.chosen,
        left_out: tailored.left_out,
        remarks,
        refused: Vec::new(),
        given,
        posting: inputs.posting.clone(),
        paragraphs: BTreeMap::new(),
    };
    (content, Some(tailored.length))
}

fn letter(
    inputs: &Inputs,
    making: &Making,
    tailored: Tailored,
    (language, given): (String, Given),
) -> Content {
    let mut best: Vec<_> = tailored.chosen.clone();
    best.sort_by_key(|choice| std::cmp::Reverse(says(choice)));
    let composed = compose(&LetterAsk {
        kind: making.kind,
        language: &language,
        paragraphs: making.paragraphs,
        profile: &inputs.profile,
        evidence: &inputs.evidence,
        posting: inputs.posting.as_ref(),
        wanted: &inputs.wanted,
        given: &given,
        best: &best,
    });
    Content {
        resume: tailored.resume,
        letter: Some(composed.letter),
        sentences: composed.sentences,
        chosen: Vec::new(),
        left_out: Vec::new(),
        remarks: composed.remarks,
        refused: Vec::new(),
        posting: inputs.posting.clone(),
        paragraphs: composed.paragraphs,
        language,
        given,
    }
}

/// How many asked skills and proofs a choice has: what a letter tells first.
fn says(choice: &super::tailor::Choice) -> usize {
    use super::tailor::Reason;
    let weight = |reason: &Reason| match reason {
        Reason::Shows { .. } => 4,
        Reason::Evidence { .. } => 2,
        Reason::Near { .. } | Reason::Result | Reason::Tagged { .. } => 1,
        _ => 0,
    };
    choice.reasons.iter().map(weight).sum()
}
