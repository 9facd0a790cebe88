//! How long ago a job was posted, in the words of the mails: `2 days ago`, `Vor 2 Tagen`, `Hace 3 días`, `il y a 5 jours`, `Há 1 dia`. Pure.

use std::sync::LazyLock;

use regex::Regex;

static NOW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?ix)^\W*(?:(?:posted|active|listed|veröffentlicht|eingestellt|publiée?|publicad[oa])\s*:?\s*)?(?:just\ (?:posted|now)|today|new\ today|posted\ today|heute|gerade\ (?:eben|veröffentlicht|eingestellt)|soeben(?:\ veröffentlicht)?|aujourd['’]hui|à\ l['’]instant|hoy|recién\ publicad[oa]|ahora|hoje|agora|recém[\s-]publicad[oa]|publicad[oa]\ agora)(?:\s+(?:posted|veröffentlicht|eingestellt|publiée?|publicad[oa]))?\W*$")
        .expect("the pattern is constant")
});
static YESTERDAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\W*(?:(?:posted|veröffentlicht|publiée?|publicad[oa])\s*:?\s*)?(?:yesterday|gestern|hier|ayer|ontem)\W*$")
        .expect("the pattern is constant")
});
static AGO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^\W*(?:(?:posted|active|listed|reposted|updated|veröffentlicht|eingestellt|erschienen|publiée?|mise?\ en\ ligne|publicad[oa]|activ[oa])\s*:?\s*)?
        (?:vor|il\ y\ a|hace|há|ha|seit|depuis)?\s*(?:über|plus\ de|más\ de|mais\ de)?\s*
        (?P<count>\d{1,3}|an?|one|eine[rmn]?|une?|un[oa]?|uma?)\s?\+?\s*
        (?P<unit>minutes?|mins?|hours?|hrs?|h|std\.?|days?|d|weeks?|wks?|w|months?|mos?|minuten?|stunden?|tag(?:en?)?|wochen?|monat(?:en?)?|heures?|jours?|j|semaines?|mois|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|m[eê]s(?:es)?)
        (?:\s+(?:ago|her|atrás|alt))?\W*$",
    )
    .expect("the pattern is constant")
});

/// Days ago, if the text says nothing else.
#[must_use]
pub fn days(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.chars().count() > 60 {
        return None;
    }
    if NOW.is_match(text) {
        return Some(0);
    }
    if YESTERDAY.is_match(text) {
        return Some(1);
    }
    let found = AGO.captures(text)?;
    let count: i64 = found["count"].parse().unwrap_or(1);
    let unit = found["unit"].to_lowercase();
    // A bare `3` and `d` is how one board writes it; without a unit nothing matches.
    let days = match unit.trim_end_matches('.') {
        unit if unit.starts_with("min") || unit.starts_with("st") || unit == "h" => 0,
        unit if unit.starts_with("ho") || unit.starts_with("hr") || unit.starts_with("heure") => 0,
        unit if unit.starts_with('d') || unit.starts_with("tag") || unit.starts_with('j') => count,
        unit if unit.starts_with('w') || unit.starts_with("sem") => count * 7,
        _ => count * 30,
    };
    Some(days)
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn ages_are_read_in_five_languages() {
        for (text, expected) in [
            ("1 day ago", 1),
            ("Just posted", 0),
            ("30+ days ago", 30),
            ("3d", 3),
            ("9h", 0),
            ("Posted 2 weeks ago", 14),
            ("Vor 2 Tagen", 2),
            ("vor einer Stunde", 0),
            ("Gestern", 1),
            ("Heute veröffentlicht", 0),
            ("il y a 5 jours", 5),
            ("Publiée hier", 1),
            ("Hace 3 días", 3),
            ("hace un mes", 30),
            ("Há 1 dia", 1),
            ("há 2 semanas", 14),
            ("2 dias atrás", 2),
            ("5 days of leave", -1),
            ("Data Engineer", -1),
        ] {
            let expected = (expected >= 0).then_some(expected);
            assert_eq!(days(text), expected, "{text}");
        }
    }
}
