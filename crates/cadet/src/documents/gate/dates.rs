//! Dates in a text, as people of several languages write them.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use resume::PartialDate;

use super::lexicon::lexicon;

/// What a date says of the thing: when it began, when it ended, or just when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It began then.
    Start,
    /// It ended then.
    End,
    /// It says no more.
    Any,
}

/// A date that a text states. What is not written is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// The year.
    pub year: Option<i16>,
    /// The months that it may be: one, or those of a season; none when no month is written.
    pub months: Vec<i8>,
    /// The day of the month. Two where day and month cannot be told apart.
    pub days: Vec<i8>,
    /// Beginning or end, by the word before.
    pub role: Role,
    /// Byte offset of its first byte.
    pub start: usize,
    /// Byte offset behind its last.
    pub end: usize,
}

impl Stated {
    /// Whether a known date makes this one true: the known one says at least as much, and the same.
    pub fn is_of(&self, known: PartialDate, role: Role) -> bool {
        let year = self.year.is_none_or(|year| year == known.year());
        let month = self.months.is_empty()
            || known
                .month()
                .is_some_and(|month| self.months.contains(&month));
        let day = self.days.is_empty() || known.day().is_some_and(|day| self.days.contains(&day));
        let role = self.role == Role::Any || role == Role::Any || self.role == role;
        year && month && day && role
    }

    /// The same for a date that a source states in words: it must say at least as much.
    pub fn is_stated_by(&self, known: &Self) -> bool {
        let covers = |mine: &[i8], theirs: &[i8]| {
            mine.is_empty() || (!theirs.is_empty() && theirs.iter().all(|one| mine.contains(one)))
        };
        let year = self.year.is_none() || self.year == known.year;
        let role = self.role == Role::Any || known.role == Role::Any || self.role == known.role;
        year && covers(&self.months, &known.months) && covers(&self.days, &known.days) && role
    }
}

/// How a form of writing is read.
struct Form {
    pattern: Regex,
    read: fn(&Captures) -> Option<Stated>,
}

fn month_names() -> String {
    let mut names: Vec<&str> = lexicon().months.keys().map(String::as_str).collect();
    names.sort_unstable_by_key(|name| std::cmp::Reverse(name.len()));
    names.join("|")
}

fn season_names() -> String {
    let names: Vec<&str> = lexicon().seasons.keys().map(String::as_str).collect();
    names.join("|")
}

/// The forms, the fullest first: what one has read is not read again.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let (month, season) = (month_names(), season_names());
    let year = r"(?P<y>(?:19|20)\d{2})";
    let day = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th|er|\.|º|ª)?";
    let form = |pattern: String, read| Form {
        pattern: Regex::new(&format!("(?i){pattern}")).expect("a pattern that a test compiles"),
        read,
    };
    let named = |pattern: &str| pattern.replace("MONTH", &format!("(?P<m>{month})"));
    vec![
        form(
            format!(r"\b{year}[-/.](?P<n>0?[1-9]|1[0-2])[-/.](?P<d>[0-3]?\d)\b"),
            numeric,
        ),
        form(
            format!(r"\b(?P<d>[0-3]?\d)[-/.](?P<n>[0-3]?\d)[-/.]{year}\b"),
            either,
        ),
        form(
            format!(
                r"{year}\s*[年년]\s*(?P<n>\d{{1,2}})\s*[月월](?:\s*(?P<d>\d{{1,2}})\s*[日일])?"
            ),
            numeric,
        ),
        form(
            named(&format!(
                r"\b{day}\s*(?:de\s+|of\s+)?MONTH\b\.?,?\s*(?:de\s+|of\s+)?{year}\b"
            )),
            written,
        ),
        form(
            named(&format!(r"\bMONTH\b\.?\s+{day},?\s+{year}\b")),
            written,
        ),
        form(
            named(&format!(
                r"\bMONTH\b\.?,?\s*(?:de\s+|of\s+|del\s+)?{year}\b"
            )),
            written,
        ),
        form(named(r"\bMONTH\b\.?\s*['’](?P<s>\d{2})\b"), written),
        form(
            format!(r"\b(?P<n>0?[1-9]|1[0-2])\s?[-/.]\s?{year}\b"),
            numeric,
        ),
        form(format!(r"\b{year}[-/.](?P<n>0[1-9]|1[0-2])\b"), numeric),
        form(
            format!(r"\b(?P<q>{season})\s*(?:of\s+|term\s+)?(?:['’])?{year}\b"),
            of_season,
        ),
        form(
            named(&format!(r"\b{day}\s*(?:de\s+|of\s+)?MONTH\b")),
            written,
        ),
        form(
            named(r"\bMONTH\b\.?\s+(?P<d>[0-3]?\d)(?:st|nd|rd|th)?\b"),
            written,
        ),
        form(
            r"\b(?P<n>0[1-9]|1[0-2])/(?P<s>[0-4]\d)\b".to_owned(),
            numeric,
        ),
        form(format!(r"\b{year}\s*年"), numeric),
        form(format!(r"\b{year}\b"), numeric),
        form(
            named(
                r"\b(?:in|im|since|seit|until|bis|from|ab|en|depuis|by|this|next|last|early|late|mid|anfang|mitte|ende|w|od|do)\s+MONTH\b",
            ),
            month_alone,
        ),
    ]
});

fn number<T: std::str::FromStr>(found: &Captures, name: &str) -> Option<T> {
    found.name(name)?.as_str().parse().ok()
}

fn year_of(found: &Captures) -> Option<i16> {
    let short: Option<i16> = number(found, "s");
    number(found, "y").or(short.map(|short| 2000 + short))
}

fn stated(found: &Captures, months: Vec<i8>, days: Vec<i8>) -> Option<Stated> {
    let whole = found.get(0)?;
    let known = |list: &[i8], most: i8| list.iter().all(|one| (1..=most).contains(one));
    (known(&months, 12) && known(&days, 31)).then(|| Stated {
        year: year_of(found),
        months,
        days,
        role: Role::Any,
        start: whole.start(),
        end: whole.end(),
    })
}

fn numeric(found: &Captures) -> Option<Stated> {
    let month: Option<i8> = number(found, "n");
    let day: Option<i8> = number(found, "d");
    stated(
        found,
        month.into_iter().collect(),
        day.into_iter().collect(),
    )
}

/// `03/06/2024` is the third of June or the sixth of March.
fn either(found: &Captures) -> Option<Stated> {
    let (first, second): (i8, i8) = (number(found, "d")?, number(found, "n")?);
    let ambiguous = first <= 12 && second <= 12 && found.get(0)?.as_str().contains('/');
    match (first, second) {
        _ if ambiguous => stated(found, vec![first, second], vec![second, first]),
        (day, month) if month <= 12 => stated(found, vec![month], vec![day]),
        (month, day) => stated(found, vec![month], vec![day]),
    }
}

fn written(found: &Captures) -> Option<Stated> {
    let month = lexicon()
        .months
        .get(&found.name("m")?.as_str().to_lowercase())?;
    let day: Option<i8> = number(found, "d");
    stated(found, vec![*month], day.into_iter().collect())
}

/// A month without a year must be written large where its language does so: "in may" is no date, "in mars" is.
fn month_alone(found: &Captures) -> Option<Stated> {
    let name = found.name("m")?.as_str();
    let large = name.chars().next().is_some_and(char::is_uppercase);
    let english = [
        "may", "march", "mar", "august", "dec", "sep", "jan", "mai", "do",
    ];
    if !large && english.contains(&name) {
        return None;
    }
    written(found)
}

fn of_season(found: &Captures) -> Option<Stated> {
    let season = lexicon()
        .seasons
        .get(&found.name("q")?.as_str().to_lowercase())?;
    stated(found, season.months.to_vec(), Vec::new())
}

/// All dates of `text`, in order.
pub(super) fn dates(text: &str) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    for form in FORMS.iter() {
        for captures in form.pattern.captures_iter(text) {
            let Some(date) = (form.read)(&captures) else {
                continue;
            };
            let free = found
                .iter()
                .all(|one| date.end <= one.start || date.start >= one.end);
            if free && stands_alone(text, &date) {
                found.push(date);
            }
        }
    }
    found.sort_by_key(|date| date.start);
    for at in 0..found.len() {
        found[at].role = role_of(text, &found, at);
    }
    found
}

/// Whether four digits are a year rather than a part or a number of something: `2024` in `1.2024.3` or `2024 users` is none.
fn stands_alone(text: &str, date: &Stated) -> bool {
    let whole = &text[date.start..date.end];
    let before = text[..date.start].chars().next_back();
    let mut after = text[date.end..].chars();
    let (next, second) = (after.next(), after.next());
    if whole.len() != 4 || !date.months.is_empty() {
        // Two parts of a number that goes on: `1.2024` in `1.2024.3`.
        let goes_on = next == Some('.') && second.is_some_and(|c| c.is_ascii_digit());
        return !(goes_on && whole.contains('.') && !whole.contains(char::is_alphabetic));
    }
    let joined = |c: Option<char>| c.is_some_and(|c| c == '_' || c == '$' || c == '€' || c == '£');
    let decimal =
        next.is_some_and(|c| c == '.' || c == ',') && second.is_some_and(|c| c.is_ascii_digit());
    let part = before.is_some_and(|c| c == '.' || c == ',') && {
        text[..date.start]
            .chars()
            .rev()
            .nth(1)
            .is_some_and(|c| c.is_ascii_digit())
    };
    !joined(before) && !decimal && !part && !has_unit(&text[date.end..])
}

fn has_unit(after: &str) -> bool {
    let word: String = after
        .trim_start()
        .chars()
        .take_while(|c| c.is_alphabetic() || *c == '%' || *c == '€' || *c == '$')
        .collect();
    let word = word.to_lowercase();
    let everyday = [
        "s", "th", "er", "st", "nd", "rd", "b", "m", "k", "x", "h", "min",
    ];
    !everyday.contains(&word.as_str())
        && (lexicon().units.contains_key(&word) || lexicon().magnitudes.contains_key(&word))
}

fn role_of(text: &str, all: &[Stated], at: usize) -> Role {
    let before = text[..all[at].start].trim_end();
    let dash = before.ends_with(['–', '—', '-']);
    let last = before.split_whitespace().next_back().unwrap_or("");
    let last = last
        .trim_matches(|c: char| c == '(' || c == ',')
        .to_lowercase();
    let words = lexicon();
    let follows_date = at > 0 && {
        let between = text[all[at - 1].end..all[at].start].trim();
        between.chars().count() <= 7 && (dash || words.has("until_words", &between.to_lowercase()))
    };
    let after = text[all[at].end..].trim_start();
    if words.has("from_words", &last) || (after.starts_with(['–', '—', '-']) && !dash) {
        return Role::Start;
    }
    if follows_date || (words.has("until_words", &last) && last != "to" && last != "do" && !dash) {
        return Role::End;
    }
    Role::Any
}

#[cfg(test)]
mod tests {
    use super::{Role, dates};

    fn one(text: &str) -> (Option<i16>, Vec<i8>, Vec<i8>) {
        let found = dates(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        (
            found[0].year,
            found[0].months.clone(),
            found[0].days.clone(),
        )
    }

    #[test]
    fn a_month_of_a_year_reads_the_same_in_every_spelling() {
        for text in [
            "June 2024",
            "Jun 2024",
            "Jun. 2024",
            "06/2024",
            "2024-06",
            "Juni 2024",
            "juin 2024",
            "junio de 2024",
            "2024年6月",
            "06.2024",
            "June of 2024",
            "czerwca 2024",
            "June '24",
        ] {
            assert_eq!(one(text), (Some(2024), vec![6], vec![]), "{text}");
        }
    }

    #[test]
    fn days_are_read_with_their_months() {
        for text in [
            "1 June 2024",
            "June 1st, 2024",
            "01.06.2024",
            "2024-06-01",
            "1. Juni 2024",
            "1 de junio de 2024",
        ] {
            assert_eq!(one(text), (Some(2024), vec![6], vec![1]), "{text}");
        }
        assert_eq!(one("Summer 2024"), (Some(2024), vec![6, 7, 8], vec![]));
        assert_eq!(one("in 2024"), (Some(2024), vec![], vec![]));
    }

    #[test]
    fn beginnings_are_told_from_ends() {
        let roles = |text: &str| dates(text).iter().map(|d| d.role).collect::<Vec<_>>();
        assert_eq!(
            roles("from May 2023 to June 2024"),
            [Role::Start, Role::End]
        );
        assert_eq!(roles("05/2023 – 06/2024"), [Role::Start, Role::End]);
        assert_eq!(roles("seit 2023"), [Role::Start]);
        assert_eq!(roles("in 2023"), [Role::Any]);
    }

    #[test]
    fn numbers_and_everyday_words_are_no_dates() {
        for text in [
            "I may march on",
            "version 1.2024.3",
            "2024 %",
            "in may cases",
        ] {
            assert_eq!(dates(text), [], "{text}");
        }
    }
}
