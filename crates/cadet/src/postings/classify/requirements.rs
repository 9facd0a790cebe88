//! What the candidate must bring: studies, graduation, the right to work.

use std::sync::LazyLock;

use regex::Regex;

use super::patterns::any_of;
use super::sentences::{Sentences, Topic, fact};
use crate::postings::model::{Degree, Fact, GraduationWindow, Origin, Sponsorship};
use crate::postings::normalise::date::{MONTH_PATTERN, month_of};

static DEGREES: LazyLock<[(Degree, Regex); 6]> = LazyLock::new(|| {
    [
        (Degree::None, r"(?i)no (?:formal |college |university )*degree (?:is )?(?:required|needed|necessary)|degree (?:is )?not (?:required|needed|necessary)|without a degree|self-taught|kein studium|sin titulación|sans diplôme"),
        (Degree::Vocational, r"(?i)boot ?camp|vocational (?:training|school)|abgeschlossene ausbildung|berufsausbildung|formación profesional|ciclo formativo|curso técnico|bts\b|\bbac ?\+ ?2"),
        (Degree::Associate, r"(?i)associate(?:['’]?s)? degree|associate(?:['’]s)?,? (?:or|/) bachelor"),
        (
            Degree::Bachelor,
            r"(?i)bachelor|\bb\.?\s?sc?\b\.?(?:,|/| or| in| degree|\s*\()|\bbs ?(?:/|or|&) ?ms\b|\bb\.s\.|undergraduate (?:student|degree|program|stud)|undergrad\b|(?:pursuing|enrolled|towards?|working on|studying)\s+(?:\w+\s+){0,5}(?:degree|university|college|diploma)|(?:4|four)-year degree|college or university|eingeschriebene?r? student|immatrikuliert|student(?:in)? (?:der|im|des)|studium (?:der|im|in)|studierst|studiengang|étudiant|licence|bac ?\+ ?[34]|grado en|estudiante|cursando|graduação|ensino superior|universitari[oa]|(?:student|major) in computer|computer science degree|degree in",
        ),
        (Degree::Master, r"(?i)master(?:['’]?s)?[\s-]*(?:degree|student|program|level|or\b|in\b|of\b|/|,|studi)|masters\b|\bm\.?\s?sc?\b\.?(?:,|/| or| in| degree|\s*\()|\bm\.s\.|bac ?\+ ?5|école d['’]ingénieur|cycle ingénieur|\bmba\b|máster|mestrado|graduate student"),
        (Degree::Doctorate, r"(?i)\bph\.?\s?d\b|doctora|promotion in"),
    ]
    .map(|(degree, pattern)| (degree, Regex::new(pattern).expect("the pattern is constant")))
});

static ANY_DEGREE: LazyLock<Regex> =
    LazyLock::new(|| any_of(DEGREES.iter().map(|(_, pattern)| pattern)));

static WISHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)preferred|a plus|bonus|nice to have|ideally|von vorteil|un plus|idealerweise|wünschenswert|deseable|desejável").expect("the pattern is constant")
});
static NOT_STUDIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)scrum master|master data|degree of\b|360[- ]degree|high degree|our team (?:of|includes)|founded by|our founders|tuition|master branch|some degree|visa|reimburse").expect("the pattern is constant")
});

/// The lowest degree that is accepted, finished or under way. What is only wished for does not count.
#[must_use]
pub fn degree(title: &str, sentences: &Sentences<'_>) -> Option<Fact<Degree>> {
    let lowest = |line: &str| {
        DEGREES
            .iter()
            .find_map(|(degree, pattern)| Some((*degree, pattern.find(line)?.as_str().to_owned())))
    };
    let mut best: Option<Fact<Degree>> = None;
    for sentence in sentences
        .about(Topic::Degree)
        .filter(|sentence| ANY_DEGREE.is_match(sentence))
        .filter(|sentence| !NOT_STUDIES.is_match(sentence) && !WISHED.is_match(sentence))
        .take(12)
    {
        if let Some((degree, words)) = lowest(sentence)
            && best.as_ref().is_none_or(|best| degree < best.value)
        {
            best = Some(fact(degree, sentence, &words, Origin::Description));
        }
    }
    best.or_else(|| of_title(title))
}

fn of_title(title: &str) -> Option<Fact<Degree>> {
    static LEVELS: LazyLock<[(Degree, Regex); 3]> = LazyLock::new(|| {
        [
            (
                Degree::Bachelor,
                r"(?i)\bbachelor(?:['’]?s)?\b|\bbs\b|\bundergrad(?:uate)?s?\b|\bbac ?\+ ?[34]\b",
            ),
            (
                Degree::Master,
                r"(?i)\bmaster(?:['’]?s)?\b|\bms\b|\bmba\b|\bbac ?\+ ?5\b",
            ),
            (Degree::Doctorate, r"(?i)\bph\.?d\b"),
        ]
        .map(|(degree, pattern)| {
            (
                degree,
                Regex::new(pattern).expect("the pattern is constant"),
            )
        })
    });
    LEVELS.iter().find_map(|(degree, pattern)| {
        Some(fact(
            *degree,
            title,
            pattern.find(title)?.as_str(),
            Origin::Title,
        ))
    })
}

/// A month, a season or only a year: `December 2027`, `Spring 2028`, `2028`.
static WHEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)(?:\b(?P<part>{MONTH_PATTERN}|spring|summer|fall|autumn|winter)\b\.?,?\s*(?:of\s+)?)?\b(?P<year>20[2-4]\d)\b")).expect("the pattern is constant")
});
static GRADUATING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)graduat(?:e|es|ing|ion)\b|class of|abschluss im|diplômé")
        .expect("the pattern is constant")
});
static OR_LATER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)or later|or after|onwards?|no earlier|not before|after\b|at the earliest|or beyond",
    )
    .expect("the pattern is constant")
});
static OR_EARLIER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bby\b|before\b|no later|or earlier|at the latest|prior to")
        .expect("the pattern is constant")
});

/// Between which months the candidate should graduate.
#[must_use]
pub fn graduation(sentences: &Sentences<'_>) -> Option<Fact<GraduationWindow>> {
    sentences.about(Topic::Graduation).find_map(|sentence| {
        let start = GRADUATING.find(sentence)?.start();
        let words = &sentence[start..];
        let whens: Vec<(String, String)> = WHEN
            .captures_iter(words)
            .take(2)
            .filter_map(|found| months(&found))
            .collect();
        let window = match whens.as_slice() {
            [] => return None,
            [(from, to)] if OR_LATER.is_match(words) => {
                let _ = to;
                GraduationWindow {
                    from: Some(from.clone()),
                    to: None,
                }
            }
            [(_, to)] if OR_EARLIER.is_match(words) => GraduationWindow {
                from: None,
                to: Some(to.clone()),
            },
            [(from, to)] => GraduationWindow {
                from: Some(from.clone()),
                to: Some(to.clone()),
            },
            [(from, _), (_, to), ..] if from <= to => GraduationWindow {
                from: Some(from.clone()),
                to: Some(to.clone()),
            },
            _ => return None,
        };
        Some(fact(
            window,
            sentence,
            &words[..words.floor_char_boundary(40)],
            Origin::Description,
        ))
    })
}

/// The first and the last month of what is named.
fn months(found: &regex::Captures<'_>) -> Option<(String, String)> {
    let year = &found["year"];
    let (first, last) = match found.name("part").map(|part| part.as_str().to_lowercase()) {
        None => (1, 12),
        Some(part) => match part.as_str() {
            "spring" => (3, 6),
            "summer" => (6, 8),
            "fall" | "autumn" => (9, 12),
            "winter" => (12, 12),
            month => month_of(month).map(|month| (month, month))?,
        },
    };
    Some((format!("{year}-{first:02}"), format!("{year}-{last:02}")))
}

static EQUAL_OPPORTUNITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)regardless|without regard|discriminat|equal (?:employment )?opportunity|protected|citizenship status|race,|corporate citizen|good citizen").expect("the pattern is constant")
});
static CITIZENS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:must|required to|need to)\s+(?:be|have|hold|possess)\s+(?:an?\s+)?(?:\w+\s+){0,3}?(?:u\.?\s?s\.?|united states|american|canadian|uk|eu)?[\s-]*(?:citizen|citizenship|national)|(?:u\.?\s?s\.?|united states|american) (?:citizens?|citizenship)(?: (?:or|and) [\w\s.]{3,40})?\s*(?:is |are |status )?(?:required|only|necessary|mandatory)|citizens? only|only (?:u\.?s\.?|united states) citizens|requires? (?:u\.?\s?s\.?|united states) citizenship|must be an? (?:u\.?\s?s\.?|united states) person|u\.?s\.? person (?:status )?(?:is )?required|citizenship (?:is )?required")
        .expect("the pattern is constant")
});
static NOT_OFFERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:not|unable|cannot|can['’]t|won['’]t|don['’]t|doesn['’]t|\bno\b|without|neither|isn['’]t|nor)\b[^.;]{0,80}\bsponsor|sponsor\w*\s+(?:\w+\s+){0,5}(?:not|unavailable|isn['’]t|cannot)\b|not eligible for (?:\w+ ){0,3}sponsorship|does not offer sponsorship|kein\w* visa")
        .expect("the pattern is constant")
});
static OFFERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)sponsorship\s+(?:is\s+|may be\s+|can be\s+|will be\s+)?(?:available|offered|provided|possible)|(?:offer|provide|provides|offers|do|can|will|happy to|able to|willing to)\s+(?:\w+\s+){0,3}sponsor(?:ship\b|\s+(?:\w+\s+){0,3}(?:visa|h-?1b|work permit))|visa support|we sponsor\s+(?:\w+\s+){0,2}(?:visa|h-?1b)|offers sponsorship|sponsor (?:work )?visas")
        .expect("the pattern is constant")
});

static AUTHORISED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?ix)\b(?:authori[sz]ed|eligible|entitled|permitted)\s+to\s+work\b | \b(?:right|authori[sz]ation|permission|eligibility)\s+to\s+work\b | \b(?:valid\s+)?work(?:ing)?\s+(?:permit|authori[sz]ation|visa)\s+(?:is\s+|for\s+[^.;]{0,30})?(?:required|necessary|needed) | \bauthori[sz]ation\s+is\s+required | \b(?:gültige|bestehende)\w*\s+(?:arbeits|aufenthalts)\w* | \barbeitserlaubnis\b | \bpermiso\s+de\s+trabajo | \bautorización\s+(?:de|para)\s+trabaj | \bautorização\s+de\s+trabalho | \b(?:permis|autorisation)\s+de\s+travail(?:ler)?").expect("the pattern is constant")
});

/// What one sentence, or a list's field, says of work authorisation.
#[must_use]
pub fn sponsorship_of(sentence: &str) -> Option<Sponsorship> {
    if EQUAL_OPPORTUNITY.is_match(sentence) {
        None
    } else if CITIZENS.is_match(sentence) {
        Some(Sponsorship::CitizensOnly)
    } else if NOT_OFFERED.is_match(sentence) {
        Some(Sponsorship::NotOffered)
    } else if OFFERED.is_match(sentence) {
        Some(Sponsorship::Offered)
    } else if AUTHORISED.is_match(sentence) {
        Some(Sponsorship::AuthorisationRequired)
    } else {
        None
    }
}

/// Work authorisation: the strictest that the text says, since a general promise does not lift a particular bar.
#[must_use]
pub fn sponsorship(sentences: &Sentences<'_>) -> Option<Fact<Sponsorship>> {
    let rank = |sponsorship: Sponsorship| match sponsorship {
        Sponsorship::CitizensOnly => 0,
        Sponsorship::NotOffered => 1,
        Sponsorship::Offered => 2,
        Sponsorship::AuthorisationRequired => 3,
    };
    sentences
        .about(Topic::Authorisation)
        .filter_map(|sentence| {
            Some(fact(
                sponsorship_of(sentence)?,
                sentence,
                if sentence.contains("ponsor") {
                    "ponsor"
                } else {
                    "work"
                },
                Origin::Description,
            ))
        })
        .min_by_key(|fact| rank(fact.value))
}
