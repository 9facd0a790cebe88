//! What an answer says: a confirmation, an assessment, a first call, an interview, a rejection, an offer, or nothing that is sure.
//! Pure, by rules, in English, German, French, Spanish and Portuguese.
//!
//! Precision before recall: what may be, what looks back, and what says two things that exclude each other gives nothing.

use super::letter::sentences;
use super::model::ReplyKind;
use super::phrases::{is_noise, said, takes_back};
use crate::postings::normalise::text::fold_words;

/// Sentences of one mail that are looked at; what comes later is small print.
const SENTENCES_MOST: usize = 120;

/// What an answer says, with the sentence that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What it says.
    pub kind: ReplyKind,
    /// The sentence, as it was written.
    pub sentence: String,
    /// The language of the phrase.
    pub language: &'static str,
    /// Whether the subject says it too.
    pub in_subject: bool,
}

/// What a mail says, if that is beyond doubt.
#[must_use]
pub fn classify(subject: &str, text: &str) -> Option<Verdict> {
    let folded_subject = fold_words(subject);
    if is_noise(&folded_subject) {
        return None;
    }
    let mut found: Vec<Verdict> = Vec::new();
    for sentence in sentences(text).into_iter().take(SENTENCES_MOST) {
        let folded = fold_words(&sentence);
        if takes_back(&folded) {
            return None;
        }
        for (kind, language) in said(&folded) {
            let sentence = sentence.clone();
            found.push(Verdict {
                kind,
                sentence,
                language,
                in_subject: false,
            });
        }
    }
    for (kind, language) in said(&folded_subject) {
        match found.iter_mut().find(|one| one.kind == kind) {
            Some(one) => one.in_subject = true,
            None => found.push(Verdict {
                kind,
                sentence: subject.to_owned(),
                language,
                in_subject: true,
            }),
        }
    }
    decide(found)
}

/// The one thing that counts: a rejection stands above thanks and a confirmation, an offer excludes a rejection, and of two
/// steps to come the one that the subject names, or that is said first, is the next.
fn decide(found: Vec<Verdict>) -> Option<Verdict> {
    let has = |kind: ReplyKind| found.iter().any(|one| one.kind == kind);
    let first = |kind: ReplyKind| found.iter().find(|one| one.kind == kind).cloned();
    let steps = [
        ReplyKind::Assessment,
        ReplyKind::Screen,
        ReplyKind::Interview,
    ];
    let onward = steps.into_iter().any(has);
    match (has(ReplyKind::Rejection), has(ReplyKind::Offer)) {
        (true, true) => None,
        (true, false) if onward => None,
        (true, false) => first(ReplyKind::Rejection),
        (false, true) => first(ReplyKind::Offer),
        (false, false) => {
            let step = found
                .iter()
                .filter(|one| steps.contains(&one.kind))
                .min_by_key(|one| !one.in_subject)
                .cloned();
            let step = step.map(|step| more_exactly(step, &found));
            step.or_else(|| first(ReplyKind::Confirmation))
        }
    }
}

/// A first call is an interview too, by many phrases; where a sentence says both, it is the call.
fn more_exactly(step: Verdict, found: &[Verdict]) -> Verdict {
    let is_call = |one: &&Verdict| one.kind == ReplyKind::Screen && one.sentence == step.sentence;
    match found.iter().find(is_call) {
        Some(call) if step.kind == ReplyKind::Interview => call.clone(),
        _ => step,
    }
}

#[cfg(test)]
#[path = "classify_tests.rs"]
mod tests;
