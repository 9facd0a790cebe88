//! When, how long, how many hours a week, until when to apply.

use std::sync::LazyLock;

use regex::Regex;

use super::sentences::{Sentences, Topic, fact};
use crate::clock::Timestamp;
use crate::postings::model::{Dated, Duration, Fact, Hours, Origin, Season, Term};
use crate::postings::normalise::date::{MONTH_PATTERN, day_in_words, month_of};

const SEASON: &str = r"summer|spring|fall|autumn|winter|sommer(?:semester)?|frühjahr|frühling|herbst|winter(?:semester)?|été|printemps|automne|hiver|verano|primavera|otoño|invierno|verão|outono|inverno";

fn season_of(word: &str) -> Option<Season> {
    let word = word.to_lowercase();
    [
        (
            Season::Summer,
            &["summer", "sommer", "été", "verano", "verão"][..],
        ),
        (
            Season::Spring,
            &["spring", "frühjahr", "frühling", "printemps", "primavera"],
        ),
        (
            Season::Fall,
            &["fall", "autumn", "herbst", "automne", "otoño", "outono"],
        ),
        (Season::Winter, &["winter", "hiver", "invierno", "inverno"]),
    ]
    .into_iter()
    .find(|(_, names)| names.iter().any(|name| word.starts_with(name)))
    .map(|(season, _)| season)
}

/// `Summer/Fall 2027`, `2027 Summer`, `Fall '27`.
static SEASONS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?:(?P<before>20[2-4]\d)\s+(?:\w+\s+)?)?(?P<first>{SEASON})(?:\s*(?:/|&|\+|,|-|–|and|or|und|et|y)\s*(?P<second>{SEASON}))?(?:(?:\s+(?:semester|term|quarter|session|internship|intern|co-op|coop|class|cohort|program|of|de))?[\s,(-]*(?P<year>20[2-4]\d|['’][2-4]\d)\b)?"
    ))
    .expect("the pattern is constant")
});

/// `starting in January 2027`, `ab März 2027`, `à partir de septembre 2027`.
pub(super) static START: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?:start\w*|begin\w*|commenc\w*|ab|zum|dès|à partir d[eu']|a partir de|desde|inicio|início|début|from|beginn)\b[\s:]*(?:date|datum|de)?[\s:]*(?:in|on|of|the|le|du|en|em|el|is|ab|dem|den|am|:)?\s*(?:early|mid|late|anfang|mitte|ende)?[\s-]*(?:\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s*)?(?:de\s+)?(?P<month>{MONTH_PATTERN})\b\.?\s*(?:\d{{1,2}},?\s*)?(?:de\s+)?(?P<year>20[2-4]\d)"
    ))
    .expect("the pattern is constant")
});

/// `January 2027` in a title.
static MONTH_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?P<month>{MONTH_PATTERN})\b\.?\s*(?P<year>20[2-4]\d)"
    ))
    .expect("the pattern is constant")
});

/// The terms that a title or a list's field names; a season without a year counts there.
#[must_use]
pub fn terms_of_line(line: &str) -> Vec<Term> {
    let mut terms = seasons(line, true)
        .into_iter()
        .map(|(term, _)| term)
        .collect::<Vec<_>>();
    if terms.is_empty() {
        terms.extend(MONTH_YEAR.captures(line).and_then(|found| starting(&found)));
    }
    terms
}

/// The terms that a text names, each with its sentence: seasons with their year, and starts.
#[must_use]
pub fn terms_of_text(sentences: &Sentences<'_>) -> Vec<Fact<Term>> {
    let mut facts: Vec<Fact<Term>> = Vec::new();
    for sentence in sentences.about(Topic::Term) {
        if !sentence.contains("20") && !sentence.contains(['\'', '’'])
            || is_about_graduation(sentence)
        {
            continue;
        }
        for (term, words) in seasons(sentence, false) {
            facts.push(fact(term, sentence, &words, Origin::Description));
        }
        // `Apply until 11 January 2027` names a month, but not the one in which it starts.
        if !APPLY_BY.is_match(sentence)
            && let Some(found) = START.captures(sentence)
            && let Some(term) = starting(&found)
        {
            facts.push(fact(term, sentence, &found[0], Origin::Description));
        }
    }
    let mut unique: Vec<Fact<Term>> = Vec::new();
    for fact in facts {
        if unique.len() < 6 && !unique.iter().any(|other| other.value == fact.value) {
            unique.push(fact);
        }
    }
    unique
}

fn is_about_graduation(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    ["graduat", "founded", "since 20", "©", "class of"]
        .iter()
        .any(|word| lower.contains(word))
}

fn seasons(line: &str, without_year: bool) -> Vec<(Term, String)> {
    let mut terms: Vec<(Term, String)> = Vec::new();
    let mut later_year = None;
    // From the end, so that `Spring, Summer and Fall 2027` gives each its year.
    for found in SEASONS
        .captures_iter(line)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        let year = found
            .name("year")
            .or_else(|| found.name("before"))
            .and_then(|year| year_of(year.as_str()))
            .or(later_year.filter(|_| without_year));
        later_year = year;
        if year.is_none() && !without_year {
            continue;
        }
        for name in ["second", "first"] {
            if let Some(season) = found
                .name(name)
                .and_then(|season| season_of(season.as_str()))
            {
                let term = Term {
                    year,
                    season: Some(season),
                    month: None,
                };
                if !terms.iter().any(|(other, _)| *other == term) {
                    terms.push((term, found[0].to_owned()));
                }
            }
        }
    }
    terms.reverse();
    terms
}

fn year_of(text: &str) -> Option<i16> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits
        .parse::<i16>()
        .ok()
        .map(|year| if year < 100 { 2000 + year } else { year })
}

fn starting(found: &regex::Captures<'_>) -> Option<Term> {
    Some(Term {
        year: year_of(&found["year"]),
        season: None,
        month: Some(month_of(&found["month"])?),
    })
}

const NUMBER: &str = r"\d{1,2}|two|three|four|five|six|eight|nine|ten|twelve|sixteen|zwei|drei|vier|fünf|sechs|acht|zwölf|deux|trois|quatre|cinq|huit|douze|dos|tres|cuatro|cinco|seis|ocho|doce|três|quatro|oito|doze";

fn number(word: &str) -> Option<u16> {
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    const WORDS: &[(u16, &str)] = &[
        (2, "two zwei deux dos"),
        (3, "three drei trois tres três"),
        (4, "four vier quatre cuatro quatro"),
        (5, "five fünf cinq cinco"),
        (6, "six sechs seis"),
        (8, "eight acht huit ocho oito"),
        (9, "nine"),
        (10, "ten"),
        (12, "twelve zwölf douze doce doze"),
        (16, "sixteen"),
    ];
    let lower = word.to_lowercase();
    WORDS
        .iter()
        .find(|(_, names)| names.split(' ').any(|name| name == lower))
        .map(|(number, _)| *number)
}

static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?P<min>{NUMBER})\s*\+?(?:\s*(?:-|–|to|bis|à|a|ou|or|oder|o|and|/)\s*(?P<max>{NUMBER}))?[\s-]*(?:(?P<weeks>weeks?|wks?|wöchig\w*|wochen?|semaines?|semanas?|settimane|weken)|(?P<months>months?|mos?\b|monatig\w*|monate?n?|mois|mes(?:es)?|mesi|maanden))\b"
    ))
    .expect("the pattern is constant")
});

/// What a text's sentence must speak of for its weeks and months to be those of the internship.
static LENGTH_CONTEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)intern|co-?op\b|\b(?:for|für|pendant|durante|over|lasts?) \w+|program|placement|duration|dauer|praktik|werkstudent|stage\b|durée|alternance|apprenti|estágio|duração|prácticas|duración|beca|contract|term\b|full-time for|commit|available|tirocinio|position|role|summer|laufzeit|befristet")
        .expect("the pattern is constant")
});

static NOT_LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)experience|erfahrung|expérience|experiencia|notice|probation|probezeit|vacation|holiday|paid time|leave\b|urlaub|\bago\b|every\s+\w+\s+(?:weeks|months)|sprint|first \w+ (?:weeks|months)|within \w+|last \w+ (?:weeks|months)|past \w+|next \w+ months|per month|times|days? (?:a|per)|sabbatical|elternzeit|response|hear back|insurance")
        .expect("the pattern is constant")
});

/// How long, from the title or from the text.
#[must_use]
pub fn duration(title: &str, sentences: &Sentences<'_>) -> Option<Fact<Duration>> {
    if let Some(found) = LENGTH.captures(title)
        && let Some(value) = length(&found)
    {
        return Some(fact(value, title, &found[0], Origin::Title));
    }
    sentences
        .about(Topic::Duration)
        .filter(|sentence| LENGTH.is_match(sentence))
        // `From March 2027, six months` speaks of the internship without naming it.
        .filter(|sentence| LENGTH_CONTEXT.is_match(sentence) || START.is_match(sentence))
        .filter(|sentence| !NOT_LENGTH.is_match(sentence))
        .find_map(|sentence| {
            LENGTH.captures_iter(sentence).find_map(|found| {
                Some(fact(
                    length(&found)?,
                    sentence,
                    &found[0],
                    Origin::Description,
                ))
            })
        })
}

fn length(found: &regex::Captures<'_>) -> Option<Duration> {
    let min = number(&found["min"])?;
    let max = found
        .name("max")
        .and_then(|max| number(max.as_str()))
        .unwrap_or(min)
        .max(min);
    let in_weeks = |count: u16| {
        if found.name("weeks").is_some() {
            count
        } else {
            (count * 52 + 6) / 12
        }
    };
    let duration = Duration {
        min_weeks: in_weeks(min),
        max_weeks: in_weeks(max),
    };
    (duration.min_weeks >= 2 && duration.max_weeks <= 208).then_some(duration)
}

static WEEKLY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)(?P<min>\d{1,2})(?:[.,]\d)?\s*\+?(?:\s*(?:-|–|to|bis|à|a|or|/)\s*(?P<max>\d{1,2}))?[\s-]*
            (?: (?:hours?|hrs?\.?|h|stunden|std\.?|heures?|horas?|uur) [\s-]* (?:/|per|a|each|every|pro|par|por|die|in\s+der|je|p\.)? \s* (?:work\s*)? (?:weeks?|wk|wochen?|semaines?|semana|semanales|semanais|weekly|wöchentlich|hebdomadaires)
            | -?stunden-?woche | h\s?/\s?(?:w|wk|sem) )",
    )
    .expect("the pattern is constant")
});

/// Hours a week, from the title or from the text.
#[must_use]
pub fn hours(title: &str, sentences: &Sentences<'_>) -> Option<Fact<Hours>> {
    let read = |line: &str, origin: Origin| {
        let found = WEEKLY.captures(line)?;
        let min: u8 = found["min"].parse().ok()?;
        let max = found
            .name("max")
            .and_then(|max| max.as_str().parse().ok())
            .unwrap_or(min)
            .max(min);
        ((4..=60).contains(&min) && max <= 60)
            .then(|| fact(Hours { min, max }, line, &found[0], origin))
    };
    read(title, Origin::Title).or_else(|| {
        sentences
            .about(Topic::Hours)
            .find_map(|sentence| read(sentence, Origin::Description))
    })
}

pub(super) static APPLY_BY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)deadline|apply (?:by|before|until)|appl\w+ (?:\w+ ){0,4}(?:close|until|through|by)|closing date|closes?\b|bewerbungsfrist|bewerbungsschluss|bewirb dich (?:\w+ ){0,3}bis|bewerb\w* (?:\w+ ){0,4}bis|date limite|postule\w* (?:\w+ ){0,3}avant|avant le|fecha límite|plazo|prazo|inscrições (?:\w+ ){0,3}até|no later than|accepted (?:until|through)",
    )
    .expect("the pattern is constant")
});

/// Until when to apply, as the text says.
#[must_use]
pub fn deadline(sentences: &Sentences<'_>, now: Timestamp) -> Option<Fact<Dated>> {
    sentences.about(Topic::Deadline).find_map(|sentence| {
        let found = APPLY_BY.find(sentence)?;
        // The date stands behind the words, not before them: `Posted 1 May 2027. Apply soon`.
        Some(fact(
            day_in_words(&sentence[found.start()..], now)?,
            sentence,
            found.as_str(),
            Origin::Description,
        ))
    })
}

static ROLLING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\brolling\s+(?:basis|admissions?|applications?|deadline|reviews?|recruitment|hiring|process|interviews?) | \b(?:review|consider|accept|interview|assess|hire|recruit)\w*\b[^.;]{0,60}\brolling\b
            | \buntil\s+(?:(?:the|this|all|our|every)\s+)?(?:\w+\s+)?(?:positions?|roles?|vacanc\w+|posts?|spots?|places?|seats?|internships?|cohort|it|they)\s+(?:is|are|has\s+been|have\s+been|gets?)\s+filled | \b(?:when|once|as\s+soon\s+as)\s+(?:the\s+|all\s+)?(?:positions?|roles?|places?|spots?|posts?)\s+(?:is|are|has\s+been|have\s+been)\s+filled | \buntil\s+filled\b
            | \bno\s+(?:fixed\s+|set\s+|formal\s+|application\s+)?deadline\b | \b(?:fort)?laufend\w*\s+(?:entgegen|geprüft|gesichtet|bearbeitet|gelesen|angenommen) | \bjederzeit\s+(?:bewerb\w*|möglich) | \bbewerb\w*\s+(?:\w+\s+){0,3}(?:jederzeit|ganzjährig|laufend|fortlaufend) | \b(?:sobald|bis)\b[^.;]{0,40}\bbesetzt | \bbesetzt,?\s+sobald
            | \bau\s+fil\s+de\s+l['’]eau | \btoute\s+l['’]année | \bjusqu['’]à\s+ce\s+que\s+le\s+poste\s+soit\s+pourvu | \bde\s+(?:forma|manera)\s+continua | \bhasta\s+cubrir\s+la | \bfluxo\s+contínuo | \bà\s+medida\s+que\s+(?:chegam|chegarem|são\s+recebidas) | \baté\s+(?:a\s+vaga\s+)?ser\s+preenchida",
    )
    .expect("the pattern is constant")
});
static NOT_ROLLING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bnot\s+(?:\w+\s+){0,3}(?:on\s+a\s+)?rolling|\brolling\s+(?:stock|shift|rota)")
        .expect("the pattern is constant")
});

/// Whether applications are read as they come, as the text says.
#[must_use]
pub fn rolling(sentences: &Sentences<'_>) -> Option<Fact<bool>> {
    sentences
        .about(Topic::Rolling)
        .filter(|sentence| !NOT_ROLLING.is_match(sentence))
        .find_map(|sentence| {
            let found = ROLLING.find(sentence)?;
            Some(fact(true, sentence, found.as_str(), Origin::Description))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_to_apply_is_no_term() {
        let sentences =
            Sentences::of("Ab März 2027, 6 Monate. Bitte bewirb dich bis zum 11. Januar 2027.");
        let months: Vec<Option<i8>> = terms_of_text(&sentences)
            .iter()
            .map(|term| term.value.month)
            .collect();
        assert_eq!(months, [Some(3)]);
    }

    #[test]
    fn rolling_admission_is_read_in_several_languages() {
        for text in [
            "Applications are reviewed on a rolling basis.",
            "We interview on a rolling basis until all places are filled.",
            "There is no fixed deadline.",
            "Open until filled.",
            "Wir nehmen Bewerbungen laufend entgegen.",
            "Du kannst dich jederzeit bewerben.",
            "Die Stelle wird besetzt, sobald jemand passt.",
            "Les candidatures sont lues au fil de l'eau.",
            "Revisamos las candidaturas de forma continua.",
            "As candidaturas são lidas à medida que chegam.",
        ] {
            let said = rolling(&Sentences::of(text)).expect(text);
            assert!(said.value && said.quote == text, "{text}");
        }
        for text in [
            "You maintain rolling stock.",
            "We do not review on a rolling basis.",
            "A room filled with plants.",
            "We do rolling releases.",
        ] {
            assert_eq!(rolling(&Sentences::of(text)), None, "{text}");
        }
    }

    #[test]
    fn a_length_beside_a_start_is_that_of_the_internship() {
        let sentences = Sentences::of("Ab März 2027, 6 Monate.");
        let length = duration("Praktikum", &sentences).map(|fact| fact.value.min_weeks);
        assert_eq!(length, Some(26));
    }
}
