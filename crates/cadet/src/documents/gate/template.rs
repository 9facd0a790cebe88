//! Whether a sentence is one of a paragraph's, with its slots filled by what is to fill them.

use regex::Regex;

use super::Ground;
use crate::documents::letters::{LetterAsk, Slots, sentences_of};
use crate::documents::model::DocumentKind;
use crate::documents::tailor::Wanted;

/// Whether the sentence follows a sentence of one of the paragraphs. Slots that depend on what a posting asks for may hold
/// anything here: what they state is read like every other sentence.
pub(super) fn is_followed(sentence: &str, paragraphs: &[&str], ground: &Ground) -> bool {
    let slots = Slots::of(&LetterAsk {
        kind: DocumentKind::Letter,
        language: ground.language,
        paragraphs: &[],
        profile: ground.profile,
        evidence: ground.evidence,
        posting: ground.posting,
        wanted: &Wanted::default(),
        given: ground.given,
        best: &[],
    });
    let sentence = super::squeezed(sentence);
    let templates = paragraphs.iter().flat_map(|text| sentences_of(text));
    templates
        .filter_map(|template| pattern(template, &slots))
        .any(|pattern| pattern.is_match(&sentence))
}

fn pattern(template: &str, slots: &Slots) -> Option<Regex> {
    let template = super::squeezed(template);
    let (mut pattern, mut rest) = (String::from("^(?s)"), template.as_str());
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        pattern.push_str(&regex::escape(before));
        match slots.get(name.trim()) {
            // A stop at the end of a value gives way to that of the sentence.
            Some((value, _)) => {
                let value = super::squeezed(value);
                pattern.push_str(&regex::escape(value.trim_end_matches('.')));
                pattern.push_str(r"\.?");
            }
            None => pattern.push_str(".+"),
        }
        rest = behind;
    }
    pattern.push_str(&regex::escape(rest));
    pattern.push('$');
    Regex::new(&pattern).ok()
}
