//! A posting's text as sentences, each with how much it asks: by the heading that it stands under and by its own words, in the
//! languages that postings are written in.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::matching::model::Need;

/// The longest line that may be a heading, in bytes.
const LONGEST_HEADING: usize = 80;
/// Longest quote, in characters.
const QUOTE: usize = 240;

/// What a passage does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// It asks, and so much.
    Asks(Need),
    /// It tells of the work.
    Tells,
    /// It tells of the employer or of what is offered, and asks for nothing.
    Aside,
}

/// A sentence or a list's item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it does.
    pub tone: Tone,
}

static NICE_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)nice[ -]to[ -]have|good to have|bonus|preferred|desirable|desired|optional|(?:big |a |extra )?plus(?:ses)?\b|pluspunkte|extra points|would be (?:great|nice)|wünschenswert|von vorteil|idealerweise|kann-kriterien|atouts?\b|souhait|appréci|deseable|valorable|se valora|(?:serán?|es) un plus|desejáve|diferencia|pré-requisitos desejáveis|mooi meegenomen|mile widziane|gradit|meriterande",
    )
});
static MUST_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)requirement|required|qualification|must[ -]have|what (?:you|we)(?:['’]ll| will| are|['’]re)? (?:bring|need|have|expect|look)|(?:you|who you)(?:['’]ll| will)? (?:are|bring|have|need|know|should have)|looking for|your (?:profile|skills|background|experience)|skills(?: (?:and|&) |\b)|\bprofile\b|experience you|minimum|eligibility|about you\b|what it takes|tech(?:nical)? stack|technologies|anforderung|voraussetzung|qualifikation|(?:dein|ihr|euer|das) profil|mitbring|bringst du|bringen sie|erwarten wir|kenntnisse|profil(?: recherché)?\b|compétences|prérequis|pré-requis|recherchons|ce que nous attendons|requisitos|requerimientos|perfil|buscamos|conocimientos|esperamos|conhecimentos|wymagania|requisiti|vereisten|krav|kvalifikation",
    )
});
static ASIDE_HEADING: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)benefit|we offer|what(?:['’]s| is) in it|why (?:join|work|us|you)|perks|about (?:us|the company|our)|who we are|our (?:story|mission|values|culture|offer)|compensation|equal opportunity|how to apply|application process|wir bieten|bieten wir|das bieten|deine vorteile|benefits|über uns|wer wir sind|warum (?:wir|du)|bewerbung|ce que nous (?:offrons|proposons)|qui sommes|avantages|nous offrons|à propos|ofrecemos|beneficios|sobre (?:nosotros|nós)|quiénes somos|qué ofrecemos|oferecemos|benefícios|quem somos|oferujemy|o nas\b|offriamo|chi siamo|wij bieden",
    )
});
static NICE_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\bpreferred\b|\bpreferably\b|nice[ -]to[ -]have|\b(?:is|are|as|be|considered|big|real|huge) an? (?:big |huge |strong |real |definite )?(?:plus|bonus|advantage|asset)\b|\ba plus\b|\bbonus\b|\bideally\b|\bdesirable\b|\badvantageous\b|\boptional\b|\bbeneficial\b|would be (?:great|nice|helpful|welcome|ideal)|not (?:strictly )?(?:required|necessary|a must)|von vorteil|wünschenswert|idealerweise|\bgerne auch\b|ein plus\b|\bun (?:vrai )?plus\b|\batout\b|souhait|apprécié|idéalement|deseable|valorable|se valora|idealmente|\bun plus\b|desejáve|diferencial|é um plus|mile widzian|è un plus|gradita|\been pré\b|meriterande",
    )
});
static MUST_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)\bmust\b|\brequired\b|\brequires?\b|\bmandatory\b|\bessential\b|\bminimum\b|\bat least\b|you (?:have|know|bring|need)\b|(?:strong|solid|good|proven|hands-on|practical|working|sound|basic|first) (?:\w+ )?(?:knowledge|experience|understanding|command|skills|grasp)|proficien|\bfluent in\b|experience (?:with|in|using|of)\b|knowledge of|familiar(?:ity)? with|zwingend|erforderlich|notwendig|mindestens|kenntnisse|erfahrung(?:en)? (?:mit|in)|sicherer umgang|obligatoire|requis|indispensable|exigé|maîtris|connaissances? |expérience (?:avec|en|sur)|imprescindible|obligatorio|necesari|requerid|experiencia (?:con|en)|conocimientos? |necessári|obrigatóri|indispensável|conhecimentos? |experiência (?:com|em)|wymagan|obbligatori|vereist",
    )
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is constant")
}

/// The passages of a text, in order; together they cover all of it but line breaks.
pub(super) fn passages(text: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut section = Tone::Tells;
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let (heading, rest) = heading_of(line);
        if let Some(tone) = heading.and_then(tone_of_heading) {
            section = tone;
        } else if heading.is_some() && rest.is_none() {
            // A heading of another kind ends what was asked before.
            section = Tone::Tells;
        }
        let from = start + rest.unwrap_or(0);
        for range in sentences(&text[from..end]) {
            let range = from + range.start..from + range.end;
            let tone = tone_of(&text[range.clone()], section);
            passages.push(Passage { range, tone });
        }
        start = end + 1;
    }
    passages
}

/// The heading of a line, and where what follows it on the same line begins.
fn heading_of(line: &str) -> (Option<&str>, Option<usize>) {
    let trimmed = line.trim();
    if trimmed.is_empty() || trimmed.starts_with(['*', '-', '•', '–', '·']) {
        return (None, None);
    }
    if let Some(colon) = line.find(':')
        && colon <= LONGEST_HEADING
        && !line[colon + 1..].trim().is_empty()
        && !line[..colon].contains(['.', ','])
        && !line[colon..].starts_with("://")
    {
        return (Some(line[..colon].trim()), Some(colon + 1));
    }
    let is_heading = trimmed.len() <= LONGEST_HEADING
        && !trimmed.ends_with(['.', ',', ';', '!'])
        && trimmed.split_whitespace().count() <= 9
        && !trimmed.contains(',');
    (is_heading.then_some(trimmed), None)
}

fn tone_of_heading(heading: &str) -> Option<Tone> {
    if ASIDE_HEADING.is_match(heading) {
        Some(Tone::Aside)
    } else if NICE_HEADING.is_match(heading) {
        Some(Tone::Asks(Need::Nice))
    } else if MUST_HEADING.is_match(heading) {
        Some(Tone::Asks(Need::Must))
    } else {
        None
    }
}

/// A sentence's own words say more than its heading; what is offered asks for nothing whatever its words.
fn tone_of(sentence: &str, section: Tone) -> Tone {
    match section {
        Tone::Aside => Tone::Aside,
        _ if NICE_WORDS.is_match(sentence) => Tone::Asks(Need::Nice),
        Tone::Tells if MUST_WORDS.is_match(sentence) => Tone::Asks(Need::Must),
        section => section,
    }
}

/// The sentences of one line.
fn sentences(line: &str) -> Vec<Range<usize>> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    for at in 0..bytes.len() {
        let stop = matches!(bytes[at], b'.' | b'!' | b'?' | b';')
            && matches!(bytes.get(at + 1), Some(b' '))
            && bytes
                .get(at + 2)
                .is_some_and(|next| !next.is_ascii_lowercase())
            && !is_abbreviation(&line[start..at]);
        if stop {
            found.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < bytes.len() {
        found.push(start..bytes.len());
    }
    found
}

/// Whether what ends here is short for something: `e.g.`, `z.B.`, `incl.`.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit([' ', '(']).next().unwrap_or_default();
    word.contains('.')
        || [
            "incl", "inkl", "etc", "bzw", "ca", "vs", "ex", "approx", "u", "z",
        ]
        .contains(&word.to_lowercase().as_str())
}

/// A passage as it is quoted: one line without its bullet, at most 240 characters.
pub(super) fn quote(sentence: &str) -> String {
    let bare = sentence
        .trim()
        .trim_start_matches(['*', '-', '•', '–', '·', ' ']);
    let line = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= QUOTE {
        return line;
    }
    let cut: String = line.chars().take(QUOTE - 1).collect();
    format!("{}\u{2026}", cut.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tones(text: &str) -> Vec<(&str, Tone)> {
        let all = passages(text).into_iter();
        all.map(|one| (text[one.range].trim(), one.tone)).collect()
    }

    const MUST: Tone = Tone::Asks(Need::Must);
    const NICE: Tone = Tone::Asks(Need::Nice);

    #[test]
    fn headings_say_what_stands_below_them() {
        let text = "About us\nWe build a Java platform.\nYour tasks\nBuild services\nWhat you bring\n* Java\n* Kafka is a plus\nNice to have\n* Docker\nWe offer\n* Kubernetes training";
        let told = tones(text);
        let of = |words: &str| {
            told.iter()
                .find(|(line, _)| line.contains(words))
                .unwrap()
                .1
        };
        assert_eq!(of("Java platform"), Tone::Aside);
        assert_eq!(of("Build services"), Tone::Tells);
        assert_eq!(of("* Java"), MUST);
        assert_eq!(of("Kafka"), NICE);
        assert_eq!(of("Docker"), NICE);
        assert_eq!(of("training"), Tone::Aside);
    }

    #[test]
    fn headings_of_other_languages_are_known() {
        for (heading, tone) in [
            ("Dein Profil", MUST),
            ("Das bringst du mit:", MUST),
            ("Wir bieten", Tone::Aside),
            ("Profil recherché", MUST),
            ("Qui sommes-nous ?", Tone::Aside),
            ("Requisitos", MUST),
            ("Se valorará", NICE),
            ("O que oferecemos", Tone::Aside),
            ("Preferred qualifications", NICE),
        ] {
            let text = format!("{heading}\n* Java");
            assert_eq!(tones(&text).last().unwrap().1, tone, "{heading}");
        }
    }

    #[test]
    fn words_of_a_sentence_ask_where_no_heading_does() {
        let told = tones("You know Java well. Ideally, you have seen Kafka. We sit in Berlin.");
        assert_eq!(
            told.iter().map(|one| one.1).collect::<Vec<_>>(),
            [MUST, NICE, Tone::Tells]
        );
    }

    #[test]
    fn a_heading_may_have_its_words_on_the_same_line() {
        let told = tones("Requirements: Java and SQL\nNice to have: Docker");
        assert_eq!(told[0], ("Java and SQL", MUST));
        assert_eq!(told[1], ("Docker", NICE));
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        let told = tones("You know a queue, e.g. Kafka, incl. Streams. Then more.");
        assert_eq!(told.len(), 2, "{told:?}");
    }

    #[test]
    fn quotes_are_one_line_of_bounded_length() {
        assert_eq!(quote("  * Java \t and  SQL "), "Java and SQL");
        assert_eq!(quote(&"x".repeat(900)).chars().count(), QUOTE);
    }
}
