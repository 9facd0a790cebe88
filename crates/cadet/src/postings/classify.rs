//! What a posting says that a candidate wants to know, by rules: each fact with the words that say so.
//!
//! The title is judged alone first ([`title`]); the text may then confirm or decide what the title leaves open. A thesis
//! written in a company counts as an internship, a graduate job does not; `internship.rs` says the rest.

pub mod backend;
pub mod internship;
pub mod money;
mod patterns;
pub mod remote;
pub mod requirements;
pub mod schedule;
pub mod sentences;
pub mod start;
mod triggers;
pub mod words;

use std::sync::LazyLock;

use regex::Regex;

use self::backend::Judged;
use self::sentences::{Sentences, Topic, fact};
use self::words::TitleWords;
use super::model::{
    BackendGrade, BackendReason, Employment, Fact, Facts, Origin, Sponsorship, Term,
};
use crate::clock::Timestamp;

/// What a title alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TitleJudgement {
    /// Whether it is an internship.
    pub internship: bool,
    /// How much backend work it is.
    pub backend: BackendGrade,
}

/// Judges a title alone.
#[must_use]
pub fn title(title: &str) -> TitleJudgement {
    let words = TitleWords::of(title);
    let judged = backend::judge(&words);
    TitleJudgement {
        internship: internship::judge(&words, judged.is_software),
        backend: judged.grade,
    }
}

/// What is known of a posting when its facts are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The cleaned title.
    pub title: &'a str,
    /// The text's sentences.
    pub sentences: &'a Sentences<'a>,
    /// What the source's fields say of employment.
    pub employment: Option<Employment>,
    /// The source's words for the employment.
    pub employment_words: &'a str,
    /// Terms that a list states.
    pub terms: &'a [String],
    /// What a list says of sponsorship.
    pub sponsorship: Option<&'a str>,
    /// Whether the source is a list of internships only, by its name.
    pub from_internship_list: bool,
    /// Country of the first place, for the meaning of `$`.
    pub country: Option<&'a str>,
    /// Now.
    pub now: Timestamp,
}

/// All facts of a posting.
#[must_use]
pub fn facts(evidence: &Evidence<'_>) -> Facts {
    let Evidence {
        title,
        sentences,
        now,
        ..
    } = *evidence;
    let words = TitleWords::of(title);
    let judged = backend::judge(&words);
    let internship = internship_fact(evidence, &words, judged);
    let is_internship = internship.value;
    let pay = money::pay(sentences, evidence.country);
    let (backend, reason) = backend_fact(title, sentences, judged);
    let terms = terms(evidence, is_internship);
    Facts {
        backend: Some(backend),
        backend_reason: Some(reason),
        start: start::start(title, sentences, &terms, now),
        terms,
        duration: is_internship
            .then(|| schedule::duration(title, sentences))
            .flatten(),
        hours: schedule::hours(title, sentences),
        paid: money::paid(title, sentences, pay.as_ref()),
        pay,
        degree: requirements::degree(title, sentences),
        graduation: requirements::graduation(sentences),
        sponsorship: sponsorship(evidence),
        deadline: schedule::deadline(sentences, now),
        rolling: schedule::rolling(sentences),
        // Only of what is remote, which is decided later.
        remote_in: None,
        internship: Some(internship),
    }
}

/// Says of itself, in the text, that it is one; a company's talk of its interns is not enough.
static SAYS_INTERNSHIP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\bthis (?:[\w-]+ ){0,4}(?:internship|co-op|placement)\b|\bas (?:an?|our) (?:[\w-]+ ){0,3}intern\b[^s]|\b(?:during|throughout) (?:this|your|the) internship|\bthe intern will\b|\binternship (?:position|role|opportunity) (?:is|at|in|for|with)\b|\b(?:während|in) (?:d(?:es|einem)|deines|ihres) praktikums?\b|\bdein praktikum\b|\b(?:ton|votre|ce) stage\b|\b(?:este|o) estágio\b|\b(?:estas|tus) prácticas\b",
    )
    .expect("the pattern is constant")
});
static EXPERIENCED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r" (?:senior|sr|staff|principal|lead|head|director|vp|chief|manager|new grad|graduate|conversion|ii|iii|iv) ").expect("the pattern is constant")
});

fn internship_fact(evidence: &Evidence<'_>, words: &TitleWords, judged: Judged) -> Fact<bool> {
    let Evidence {
        title, sentences, ..
    } = *evidence;
    if internship::judge(words, judged.is_software) {
        return fact(true, title, title, Origin::Title);
    }
    let denied = internship::denies(words);
    let is_employed_as_one = matches!(
        evidence.employment,
        Some(Employment::Internship | Employment::Apprenticeship)
    );
    if is_employed_as_one && !denied {
        return fact(
            true,
            evidence.employment_words,
            evidence.employment_words,
            Origin::Source,
        );
    }
    let may_be = !denied && !EXPERIENCED.is_match(&words.plain);
    if may_be && evidence.from_internship_list && !evidence.terms.is_empty() {
        let terms = evidence.terms.join(", ");
        return fact(true, &terms, &terms, Origin::SourceName);
    }
    if may_be && evidence.employment != Some(Employment::Contract) {
        let said = sentences
            .about(Topic::Internship)
            .find_map(|sentence| Some((sentence, SAYS_INTERNSHIP.find(sentence)?)));
        if let Some((sentence, found)) = said {
            return fact(true, sentence, found.as_str(), Origin::Description);
        }
    }
    Fact {
        value: false,
        quote: String::new(),
        origin: Origin::Title,
    }
}

static SAYS_BACKEND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bback[\s-]?end\b|\bserver[\s-]side\b|\bserverseitig")
        .expect("the pattern is constant")
});
static BACKEND_WORK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)microservice|rest(?:ful)? api|grpc|spring boot|django|fastapi|\bapis\b")
        .expect("the pattern is constant")
});

/// The title's judgement, decided by the text where the title only says "software"; and why.
fn backend_fact(
    title: &str,
    sentences: &Sentences<'_>,
    judged: Judged,
) -> (Fact<BackendGrade>, BackendReason) {
    let of_title = || {
        let quoted = if judged.grade == BackendGrade::No {
            ""
        } else {
            title
        };
        let fact = fact(judged.grade, quoted, quoted, Origin::Title);
        (fact, judged.reason)
    };
    let of_text = |grade, sentence: &str, words: &str| {
        let fact = fact(grade, sentence, words, Origin::Description);
        (fact, BackendReason::TextNamesBackend)
    };
    if judged.grade == BackendGrade::Explicit || judged.is_other {
        return of_title();
    }
    let named: Vec<(&str, &str)> = sentences
        .about(Topic::Backend)
        .filter_map(|sentence| Some((sentence, SAYS_BACKEND.find(sentence)?.as_str())))
        .take(4)
        .collect();
    if judged.grade == BackendGrade::Plausible {
        // `Front-end and back-end` is full stack; much talk of screens and one word of backend is not backend work.
        let screens = sentences.about(Topic::Frontend).count();
        return match named.first() {
            Some((sentence, words)) if screens <= named.len() * 2 => {
                of_text(BackendGrade::Explicit, sentence, words)
            }
            _ if judged.is_bare && says_nothing_of_software(sentences) => (
                fact(BackendGrade::No, "", "", Origin::Description),
                BackendReason::TextNotSoftware,
            ),
            _ => of_title(),
        };
    }
    let works = sentences
        .about(Topic::Backend)
        .any(|sentence| BACKEND_WORK.is_match(sentence));
    match named.first() {
        Some((sentence, words)) if named.len() >= 2 || works => {
            of_text(BackendGrade::Plausible, sentence, words)
        }
        _ => of_title(),
    }
}

/// Whether there is a text, and it never speaks of software.
fn says_nothing_of_software(sentences: &Sentences<'_>) -> bool {
    !sentences.is_empty()
        && sentences.about(Topic::Backend).next().is_none()
        && sentences.about(Topic::Software).next().is_none()
}

/// Terms from the list's field, else from the title, else from the text; a season without a year gives way to one with it.
fn terms(evidence: &Evidence<'_>, is_internship: bool) -> Vec<Fact<Term>> {
    let of_lines = |lines: &[&str], origin: Origin| {
        let mut facts: Vec<Fact<Term>> = Vec::new();
        for line in lines {
            for term in schedule::terms_of_line(line) {
                if !facts.iter().any(|other| other.value == term) {
                    facts.push(fact(term, line, line, origin));
                }
            }
        }
        facts
    };
    let listed: Vec<&str> = evidence.terms.iter().take(8).map(String::as_str).collect();
    let stated = of_lines(&listed, Origin::Source);
    if !stated.is_empty() {
        return stated;
    }
    let of_title = if is_internship {
        of_lines(&[evidence.title], Origin::Title)
    } else {
        Vec::new()
    };
    if !is_internship || of_title.iter().any(|fact| fact.value.year.is_some()) {
        return of_title;
    }
    let of_text = schedule::terms_of_text(evidence.sentences);
    if of_text.is_empty() {
        of_title
    } else {
        of_text
    }
}

fn sponsorship(evidence: &Evidence<'_>) -> Option<Fact<Sponsorship>> {
    let stated = evidence.sponsorship.and_then(|words| {
        Some(fact(
            requirements::sponsorship_of(words)?,
            words,
            words,
            Origin::Source,
        ))
    });
    stated.or_else(|| requirements::sponsorship(evidence.sentences))
}

#[cfg(test)]
#[path = "classify_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "classify_titles_tests.rs"]
mod titles_tests;
