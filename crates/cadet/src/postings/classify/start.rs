//! When it starts: a day, a month, or as soon as possible.

use std::sync::LazyLock;

use regex::Regex;

use super::schedule::{APPLY_BY, START};
use super::sentences::{Sentences, Topic, fact};
use crate::clock::Timestamp;
use crate::postings::model::{Fact, Origin, StartDate, Term};
use crate::postings::normalise::date::{day_in_words, month_of};

/// `Start: 01.03.2027`, `start date 2027-06-15`.
static START_IN_NUMBERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?:start\w*|begin\w*|commenc\w*|ab|zum|dès|desde|a partir de|à partir du|inicio|início|début)\b[\s:]*(?:date|datum)?[\s:]*(?:on|dem|den|am|le|del?|el|is)?\s*(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{1,4})\b",
    )
    .expect("the pattern is constant")
});

static IMMEDIATELY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?:start\w*|begin\w*|commenc\w*|join(?:ing)?|available|position)\b[^.;]{0,30}\b(?:immediately|as\s+soon\s+as\s+possible|asap|right\s+away) | \bimmediate\s+(?:start|joiners?|joining|availability) | \b(?:immediately|asap)\s+(?:available|start) | \bab\s+sofort\b | \bnächstmöglichen?\b | \bper\s+sofort\b
            | \b(?:début|démarrage|prise\s+de\s+poste|dès\s+maintenant|poste\s+à\s+pourvoir)\b[^.;]{0,20}(?:immédiat\w*|dès\s+que\s+possible) | \bdès\s+que\s+possible\b | \bincorporación\s+inmediata | \binicio\s+inmediato | \binício\s+imediato | \bcomeço\s+imediato",
    )
    .expect("the pattern is constant")
});
static NOT_THE_START: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\bappl(?:y|ying|ications?)\b|\bbewirb|\bbewerb|\bpostul|\bcandidat|\brespond|\bcontact|\breport\b|founded|since 20|graduat",
    )
    .expect("the pattern is constant")
});

/// The start, from the text, else from a term that names its month. A day or a month goes before "as soon as possible".
#[must_use]
pub fn start(
    title: &str,
    sentences: &Sentences<'_>,
    terms: &[Fact<Term>],
    now: Timestamp,
) -> Option<Fact<StartDate>> {
    dated(title, Origin::Title, now)
        .or_else(|| {
            sentences
                .about(Topic::Term)
                .filter(|sentence| sentence.contains("20") && !APPLY_BY.is_match(sentence))
                .filter(|sentence| !NOT_THE_START.is_match(sentence))
                .find_map(|sentence| dated(sentence, Origin::Description, now))
        })
        .or_else(|| terms.iter().find_map(of_term))
        .or_else(|| immediately(sentences))
}

fn dated(line: &str, origin: Origin, now: Timestamp) -> Option<Fact<StartDate>> {
    let on = |date: String, words: &str| {
        let start = StartDate {
            date: Some(date),
            immediately: false,
        };
        fact(start, line, words, origin)
    };
    if let Some(found) = START_IN_NUMBERS.captures(line)
        && let Some(day) = day_in_words(&found["date"], now)
    {
        return Some(on(day.at.date_string(), &found[0]));
    }
    let found = START.captures(line)?;
    let day = day_in_words(&found[0], now).map(|day| day.at.date_string());
    let month = || {
        let month = month_of(&found["month"])?;
        Some(format!("{}-{month:02}", &found["year"]))
    };
    Some(on(day.or_else(month)?, &found[0]))
}

fn of_term(term: &Fact<Term>) -> Option<Fact<StartDate>> {
    let (year, month) = (term.value.year?, term.value.month?);
    Some(Fact {
        value: StartDate {
            date: Some(format!("{year}-{month:02}")),
            immediately: false,
        },
        quote: term.quote.clone(),
        origin: term.origin,
    })
}

fn immediately(sentences: &Sentences<'_>) -> Option<Fact<StartDate>> {
    sentences
        .about(Topic::Immediate)
        .filter(|sentence| !NOT_THE_START.is_match(sentence))
        .find_map(|sentence| {
            let found = IMMEDIATELY.find(sentence)?;
            let start = StartDate {
                date: None,
                immediately: true,
            };
            Some(fact(start, sentence, found.as_str(), Origin::Description))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, text: &str) -> Option<String> {
        let now: jiff::Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        let found = start(title, &Sentences::of(text), &[], now.into())?;
        assert!(
            text.contains(&found.quote) || title.contains(&found.quote),
            "{found:?}"
        );
        let value = found.value;
        Some(value.date.unwrap_or_else(|| "now".to_owned()))
    }

    #[test]
    fn a_start_is_read_as_exactly_as_it_is_told() {
        for (text, expected) in [
            ("The internship starts in June 2027.", "2027-06"),
            ("Start date: June 7, 2027.", "2027-06-07"),
            ("You begin on 15 September 2027.", "2027-09-15"),
            ("Start date: 2027-06-15", "2027-06-15"),
            ("Beginn: 01.03.2027", "2027-03-01"),
            ("Ab dem 1. März 2027 für 6 Monate.", "2027-03-01"),
            ("Stage à partir de septembre 2027.", "2027-09"),
            ("Inicio: febrero 2027.", "2027-02"),
            ("Início em agosto de 2027.", "2027-08"),
            ("You can start as soon as possible.", "now"),
            ("Ab sofort suchen wir dich.", "now"),
            ("Prise de poste dès que possible.", "now"),
            ("Incorporación inmediata.", "now"),
        ] {
            assert_eq!(of("Intern", text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(
            of("Praktikum ab April 2027", "").as_deref(),
            Some("2027-04")
        );
    }

    #[test]
    fn other_dates_are_no_start() {
        for text in [
            "Apply as soon as possible, at the latest from January 2027.",
            "Applications start in June 2027.",
            "Founded in March 2020, we begin anew each day.",
            "You will respond immediately when a position pages.",
            "Bewirb dich ab sofort.",
        ] {
            assert_eq!(of("Intern", text), None, "{text}");
        }
    }
}
