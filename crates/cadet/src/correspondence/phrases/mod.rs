//! Phrases by which an answer tells what it is, in five languages: data, and how a sentence is held against them.
//!
//! A phrase is a pattern over a folded sentence: lower case, no accents, no signs, apostrophes dropped, one space between words
//! (`we're` is `were`, `d'entretien` is `dentretien`). Only phrases that leave no doubt are here; what a mail merely may do
//! (`if your profile fits, we will invite you`) does not count.

mod de;
mod en;
mod es;
mod fr;
mod pt;

use std::sync::LazyLock;

use regex::Regex;

use super::model::ReplyKind;

/// One phrase: all of `all` stand in the sentence and none of `none`.
pub(super) struct Phrase {
    pub(super) kind: ReplyKind,
    pub(super) all: &'static [&'static str],
    pub(super) none: &'static str,
}

/// A phrase with nothing that speaks against it.
pub(super) const fn says(kind: ReplyKind, all: &'static [&'static str]) -> Phrase {
    Phrase {
        kind,
        all,
        none: "",
    }
}

/// A phrase that does not count beside other words.
pub(super) const fn unless(
    kind: ReplyKind,
    all: &'static [&'static str],
    none: &'static str,
) -> Phrase {
    Phrase { kind, all, none }
}

/// A language with its phrases.
pub(super) struct Language {
    pub(super) name: &'static str,
    pub(super) phrases: &'static [Phrase],
    /// Words that make a sentence say only what may be.
    pub(super) conditional: &'static str,
    /// Clauses with such words that bind nothing: `if you have any questions`.
    pub(super) harmless: &'static str,
    /// Words by which a sentence looks back: `thank you for completing`.
    pub(super) past: &'static str,
    /// Words that take back what another mail said.
    pub(super) mistake: &'static str,
    /// Subjects of mails that are no answer: alerts, newsletters.
    pub(super) noise: &'static str,
}

struct Compiled {
    kind: ReplyKind,
    language: &'static str,
    all: Vec<Regex>,
    none: Option<Regex>,
}

struct Compilation {
    phrases: Vec<Compiled>,
    conditional: Vec<Regex>,
    harmless: Vec<Regex>,
    past: Vec<Regex>,
    mistake: Vec<Regex>,
    noise: Vec<Regex>,
}

const LANGUAGES: [&Language; 5] = [
    &en::LANGUAGE,
    &de::LANGUAGE,
    &fr::LANGUAGE,
    &es::LANGUAGE,
    &pt::LANGUAGE,
];

static COMPILED: LazyLock<Compilation> = LazyLock::new(|| {
    let pattern =
        |text: &str| Regex::new(text).expect("the patterns are constants that a test compiles");
    let several = |of: fn(&Language) -> &'static str| -> Vec<Regex> {
        LANGUAGES
            .iter()
            .map(|language| pattern(of(language)))
            .collect()
    };
    let phrases = LANGUAGES.iter().flat_map(|language| {
        language.phrases.iter().map(|phrase| Compiled {
            kind: phrase.kind,
            language: language.name,
            all: phrase.all.iter().map(|text| pattern(text)).collect(),
            none: (!phrase.none.is_empty()).then(|| pattern(phrase.none)),
        })
    });
    Compilation {
        phrases: phrases.collect(),
        conditional: several(|language| language.conditional),
        harmless: several(|language| language.harmless),
        past: several(|language| language.past),
        mistake: several(|language| language.mistake),
        noise: several(|language| language.noise),
    }
});

/// What a folded sentence says for certain, each with the language of the phrase.
pub(super) fn said(sentence: &str) -> Vec<(ReplyKind, &'static str)> {
    let mut bare = sentence.to_owned();
    for harmless in &COMPILED.harmless {
        bare = harmless.replace_all(&bare, " ").into_owned();
    }
    if is_any(&COMPILED.conditional, &bare) {
        return Vec::new();
    }
    let looks_back = is_any(&COMPILED.past, &bare);
    let mut found: Vec<(ReplyKind, &'static str)> = Vec::new();
    for phrase in &COMPILED.phrases {
        let onward = !matches!(phrase.kind, ReplyKind::Confirmation | ReplyKind::Rejection);
        if looks_back && onward || found.iter().any(|(kind, _)| *kind == phrase.kind) {
            continue;
        }
        let all = phrase.all.iter().all(|pattern| pattern.is_match(&bare));
        if all
            && !phrase
                .none
                .as_ref()
                .is_some_and(|none| none.is_match(&bare))
        {
            found.push((phrase.kind, phrase.language));
        }
    }
    found
}

/// Whether a folded subject is that of an alert or a newsletter.
pub(super) fn is_noise(subject: &str) -> bool {
    is_any(&COMPILED.noise, subject)
}

/// Whether a folded sentence takes back what another mail said: then nothing in it is sure.
pub(super) fn takes_back(sentence: &str) -> bool {
    is_any(&COMPILED.mistake, sentence)
}

fn is_any(patterns: &[Regex], text: &str) -> bool {
    patterns.iter().any(|pattern| pattern.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles_and_every_language_knows_every_kind() {
        assert!(said("nothing").is_empty());
        for language in LANGUAGES {
            for kind in [
                ReplyKind::Confirmation,
                ReplyKind::Assessment,
                ReplyKind::Interview,
                ReplyKind::Rejection,
                ReplyKind::Offer,
            ] {
                let knows = language.phrases.iter().any(|phrase| phrase.kind == kind);
                assert!(knows, "{} does not know {kind:?}", language.name);
            }
        }
    }

    #[test]
    fn what_may_be_is_not_said() {
        let kinds = |text: &str| {
            said(text)
                .into_iter()
                .map(|(kind, _)| kind)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            kinds("we would like to invite you to an interview"),
            [ReplyKind::Interview]
        );
        assert_eq!(
            kinds("if your profile fits we would like to invite you to an interview"),
            []
        );
        assert_eq!(
            kinds(
                "we would like to invite you to an interview if you have any questions write to us"
            ),
            [ReplyKind::Interview]
        );
    }
}
