//! Where the work is done: from the field, the places, the title, the text, in this order.

use std::sync::LazyLock;

use regex::Regex;

use super::text::fold_words;
use crate::postings::model::Workplace;

/// What a source's field says.
#[must_use]
pub fn of_field(field: &str) -> Option<Workplace> {
    let words = fold_words(field);
    let has = |part: &[&str]| part.iter().any(|part| words.contains(part));
    if words.is_empty() || has(&["unspecified", "not remote", "no remote"]) {
        return if has(&["not remote", "no remote"]) {
            Some(Workplace::OnSite)
        } else {
            None
        };
    }
    if has(&["hybrid", "partial", "flexible", "teilweise", "hibrido"]) {
        Some(Workplace::Hybrid)
    } else if has(&[
        "remote",
        "telecommut",
        "home",
        "distributed",
        "teletravail",
        "teletrabajo",
        "remoto",
        "virtual",
    ]) {
        Some(Workplace::Remote)
    } else if has(&[
        "on site",
        "onsite",
        "office",
        "in person",
        "vor ort",
        "sur site",
        "presencial",
        "presentiel",
    ]) {
        Some(Workplace::OnSite)
    } else {
        None
    }
}

/// What a place's text or a title says: `Remote - US`, `London (Hybrid)`, `Backend Intern (Remote)`.
#[must_use]
pub fn of_line(line: &str) -> Option<Workplace> {
    static HYBRID: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\bhybrid|\bh[íi]brido\b").expect("the pattern is constant")
    });
    // `Remote Sensing`, `Remote Desktop`, `Remote Monitoring` are things that engineers build.
    static REMOTE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^\s*remote\b|\b(?:fully|100\s?%)\s+remote\b|[(\[,–|/-]\s*remote\b|\bremote\s*(?:[)\],–|/;-]|$|\bin\b|(?:us|usa|uk|eu|emea|work)\b)|\bwork from home\b|\bwfh\b|\bt[ée]l[ée]travail\b|\bteletrabajo\b|\b100\s?% home\s?office\b|\bremoto\b").expect("the pattern is constant")
    });
    static NOT_REMOTE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\bremote\s+(?:sensing|sensor|desktop|monitoring|access|control|operations|procedure|support|vehicle|diagnostic|patient|care|infrastructure)|\b(?:not|no|non)[\s-]+remote").expect("the pattern is constant")
    });
    static ON_SITE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\bon-?\s?site\b|\bin[\s-](?:office|person)\b|\bpresencial\b|\bvor ort\b")
            .expect("the pattern is constant")
    });
    if HYBRID.is_match(line) {
        Some(Workplace::Hybrid)
    } else if REMOTE.is_match(line) && !NOT_REMOTE.is_match(line) {
        Some(Workplace::Remote)
    } else if ON_SITE.is_match(line) {
        Some(Workplace::OnSite)
    } else {
        None
    }
}

/// What a sentence of the text says. A culture that is "remote-first", a team elsewhere or a perk is not enough; a denial counts.
#[must_use]
pub fn of_sentence(sentence: &str) -> Option<Workplace> {
    static ON_SITE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)\b(?: (?:is|are)\s(?:not|n't)\s+(?:a\s+)?(?:fully\s+)?remote | (?:isn't|isn’t)\s+(?:a\s+)?remote | not\s+(?:a\s+|eligible\s+for\s+)?remote | no\s+remote | non-?remote | remote\s+(?:work\s+)?(?:is\s+)?not\s+(?:an\s+option|possible|available|offered|permitted)
            | (?:100\s?%|fully|full[\s-]time)\s+(?:on-?\s?site|in[\s-](?:office|person)) | (?:must|required\s+to|expected\s+to|will)\s+(?:be\s+|work\s+)+(?:on-?\s?site|in[\s-]person|in\s+(?:the|our)\s+office)
            | (?:role|position|internship|job|opportunity)\s+is\s+(?:based\s+)?(?:on-?\s?site|in[\s-](?:office|person)) | (?:five|5)\s+days\s+(?:a|per)\s+week\s+(?:in|on|from)[\s-] | (?:on-?\s?site|in[\s-]person|in[\s-]office)\s+(?:role|position|internship|opportunity|work\s+required) | but\s+(?:this\s+\w+\s+is\s+)?on-?\s?site
            | (?:work\s?place|location|work)\s+type\s*:?\s*on-?\s?site | ausschließlich\s+vor\s+ort | 100\s?%\s+(?:présentiel|presencial) | modalidad(?:e)?:?\s+presencial )",
        )
        .expect("the pattern is constant")
    });
    static HYBRID: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)\bhybrid(?:es|e)?\s+(?:role|position|work|internship|opportunity|schedule|model|arbeit\w*|setup|environment|format) | \b(?:role|position|internship|job)\s+is\s+(?:a\s+)?hybrid | \bwork\s+(?:type|model|arrangement|mode)\s*:?\s*hybrid | \b(?:one|two|three|four|1|2|3|4|2-3)\s+days?\s+(?:a|per|each|/)\s*week\s+(?:in|from|at|on)[\s-]\s*(?:the\s+|our\s+|your\s+)?(?:\w+\s+)?(?:office|site|home)
            | \b[1-4]\s+tage\s+(?:pro\s+woche\s+)?(?:home\s?-?office|im\s+büro) | \b[1-4]\s+jours?\s+de\s+télétravail | \btélétravail\s+partiel | \bmodalidad(?:e)?:?\s+h[íi]brid[ao] | \bh[íi]brido\b",
        )
        .expect("the pattern is constant")
    });
    static REMOTE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?ix)\b(?:fully|100\s?%|completely|entirely)[\s-]+remote\b | \b(?:this|the|our)\s+(?:\w+\s+){0,3}(?:role|position|internship|job|opportunity)\s+(?:is|can\s+be|will\s+be)\s+(?:a\s+|performed\s+|done\s+|fully\s+|worked\s+)*remote(?:ly)?\b | \bremote\s+(?:role|position|internship|job|opportunity)\b
            | \b(?:work|location|work\s?place)(?:\s+type|\s+model|\s+arrangement)?\s*:\s*remote\b | \bwork\s+remotely\s+from\b | \b(?:100\s?%|vollständig|komplett)\s+(?:remote|im\s+home\s?-?office) | \b(?:full|100\s?%)\s+(?:télétravail|remote) | \b100\s?%\s+remoto\b | \bmodalidad(?:e)?:?\s+remot[ao]\b",
        )
        .expect("the pattern is constant")
    });
    if ON_SITE.is_match(sentence) {
        Some(Workplace::OnSite)
    } else if HYBRID.is_match(sentence) {
        Some(Workplace::Hybrid)
    } else if REMOTE.is_match(sentence) {
        Some(Workplace::Remote)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_many_boards_are_read() {
        for (field, expected) in [
            ("remote", Some(Workplace::Remote)),
            ("Hybrid", Some(Workplace::Hybrid)),
            ("TELECOMMUTE", Some(Workplace::Remote)),
            ("on-site", Some(Workplace::OnSite)),
            ("OnSite", Some(Workplace::OnSite)),
            ("unspecified", None),
            ("", None),
            ("No remote", Some(Workplace::OnSite)),
        ] {
            assert_eq!(of_field(field), expected, "{field}");
        }
    }

    #[test]
    fn lines_are_read_but_remote_things_are_not() {
        for (line, expected) in [
            ("Remote - US", Some(Workplace::Remote)),
            ("London, UK (Hybrid)", Some(Workplace::Hybrid)),
            ("Backend Intern (Remote)", Some(Workplace::Remote)),
            ("Cary, NC Remote", Some(Workplace::Remote)),
            ("Remote Sensing Intern", None),
            ("Berlin", None),
            ("Intern - On-Site Boise", Some(Workplace::OnSite)),
            ("Intern, Not Remote", None),
        ] {
            assert_eq!(of_line(line), expected, "{line}");
        }
    }

    #[test]
    fn remote_that_is_not_is_not() {
        for (sentence, expected) in [
            ("This is not a remote position.", Some(Workplace::OnSite)),
            (
                "We have a remote-first culture, but this internship is on-site in Oslo.",
                Some(Workplace::OnSite),
            ),
            ("Our remote teams collaborate daily.", None),
            (
                "This internship is fully remote within Canada.",
                Some(Workplace::Remote),
            ),
            (
                "You work three days a week in the office.",
                Some(Workplace::Hybrid),
            ),
            (
                "Poste avec 2 jours de télétravail par semaine.",
                Some(Workplace::Hybrid),
            ),
            ("Remote work is not possible.", Some(Workplace::OnSite)),
        ] {
            assert_eq!(of_sentence(sentence), expected, "{sentence}");
        }
    }
}
