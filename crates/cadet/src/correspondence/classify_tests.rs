//! The classifier measured on mails written for it: one set by which the rules were made, and one that was written before and
//! looked at only afterwards. Both hold every kind in every language, and mails that are no answer.

use super::*;

/// Mails by which the rules were made.
const MADE_BY: &str = include_str!("tests/mails.txt");
/// Mails that were held out.
const HELD_OUT: &str = include_str!("tests/mails_held_out.txt");

/// Mails that are easily misread: most are no answer.
const HARD: &str = include_str!("tests/mails_hard.txt");

/// A mail with what a person would say that it is.
struct Sample {
    kind: Option<ReplyKind>,
    language: String,
    subject: String,
    text: String,
}

fn samples(file: &str) -> Vec<Sample> {
    let blocks = file.split("=== ").filter(|block| !block.trim().is_empty());
    let sample = |block: &str| {
        let mut lines = block.lines();
        let (kind, language) = lines
            .next()
            .and_then(|head| head.split_once(' '))
            .expect("a head");
        let subject = lines
            .next()
            .and_then(|line| line.strip_prefix("Subject: "))
            .expect("a subject");
        Sample {
            kind: kind.parse().ok(),
            language: language.to_owned(),
            subject: subject.to_owned(),
            text: lines.collect::<Vec<_>>().join("\n"),
        }
    };
    blocks.map(sample).collect()
}

/// What is right of what is said, and what is said of what there is.
#[derive(Debug, Default)]
struct Measured {
    right: usize,
    wrong: usize,
    /// Mails that are an answer.
    answers: usize,
    mistakes: Vec<String>,
}

impl Measured {
    fn of(file: &str) -> Self {
        let mut measured = Self::default();
        for sample in samples(file) {
            let said = classify(&sample.subject, &sample.text);
            let kind = said.as_ref().map(|verdict| verdict.kind);
            measured.answers += usize::from(sample.kind.is_some());
            match kind {
                Some(_) if kind == sample.kind => measured.right += 1,
                Some(_) => measured.wrong += 1,
                None => {}
            }
            if sample.kind != kind {
                measured.mistakes.push(format!(
                    "{} \"{}\" should be {:?} and is {said:?}",
                    sample.language, sample.subject, sample.kind
                ));
            }
        }
        measured
    }

    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong) as f64
    }

    /// A mail that is taken for another kind is missed too.
    fn recall(&self) -> f64 {
        self.right as f64 / self.answers as f64
    }
}

#[test]
fn every_language_and_kind_is_among_the_samples() {
    assert!(samples(MADE_BY).len() >= 60 && samples(HELD_OUT).len() >= 40);
    for language in ["en", "de", "fr", "es", "pt"] {
        for kind in ReplyKind::ALL {
            let all = samples(MADE_BY);
            assert!(
                all.iter()
                    .any(|one| one.language == language && one.kind == Some(kind)),
                "{language} {kind:?}"
            );
        }
    }
}

#[test]
fn of_the_mails_by_which_the_rules_were_made_none_is_misread() {
    let measured = Measured::of(MADE_BY);
    assert!(
        measured.precision() >= 1.0,
        "precision {:.3}: {:#?}",
        measured.precision(),
        measured.mistakes
    );
    assert!(
        measured.recall() >= 0.98,
        "recall {:.3}: {:#?}",
        measured.recall(),
        measured.mistakes
    );
}

#[test]
fn of_the_mails_that_were_held_out_few_are_missed_and_hardly_any_is_misread() {
    let measured = Measured::of(HELD_OUT);
    assert!(
        measured.precision() >= 0.97,
        "precision {:.3}: {:#?}",
        measured.precision(),
        measured.mistakes
    );
    assert!(
        measured.recall() >= 0.85,
        "recall {:.3}: {:#?}",
        measured.recall(),
        measured.mistakes
    );
}

#[test]
fn mails_that_only_look_like_an_answer_are_none() {
    let measured = Measured::of(HARD);
    assert_eq!(measured.wrong, 0, "{:#?}", measured.mistakes);
}

#[test]
fn the_sentence_that_says_it_is_told_as_it_was_written() {
    let said = classify("Update", "Dear Sam,\nthank you.\n\nAfter careful thought we decided not to move\nforward with your application.\n\nBest").expect("a rejection");
    assert_eq!(said.kind, ReplyKind::Rejection);
    assert_eq!(
        said.sentence,
        "After careful thought we decided not to move forward with your application."
    );
}

#[test]
fn what_says_two_things_that_exclude_each_other_says_nothing() {
    let both = "We decided not to move forward with your application for role A. We would like to invite you to an interview for role B.";
    assert_eq!(classify("Your applications", both), None);
}
