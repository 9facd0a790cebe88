//! Finding dates and ranges of dates within a line.

use super::words;
use super::{DateRange, PartialDate};

/// A range of dates within a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The range.
    pub range: DateRange,
    /// The byte at which it begins.
    pub from: usize,
    /// The byte after its last one.
    pub to: usize,
}

/// The first range, or single date, within a text.
#[must_use]
pub fn find(text: &str) -> Option<Found> {
    Scanner::new(text).next()
}

/// All ranges and single dates within a text, from left to right.
#[must_use]
pub fn find_all(text: &str) -> Vec<Found> {
    Scanner::new(text).collect()
}

/// A word, a number or a sign, with where it stands.
#[derive(Clone, Copy, Debug)]
struct Token<'t> {
    text: &'t str,
    from: usize,
    to: usize,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Word,
    Sign,
}

/// The longest text in which dates are looked for; a line of a resume is far shorter.
const LONGEST: usize = 4_000;

fn tokens(text: &str) -> Vec<Token<'_>> {
    let end = (0..=text.len().min(LONGEST))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    let text = &text[..end.unwrap_or(0)];
    let kind_of = |c: char| match c {
        '0'..='9' => Some(Kind::Number),
        // The signs of CJK dates are words of their own, and end the word before.
        '年' | '月' | '日' | '년' | '월' | '일' => Some(Kind::Sign),
        c if c.is_alphabetic() => Some(Kind::Word),
        c if c.is_whitespace() => None,
        _ => Some(Kind::Sign),
    };
    let mut all: Vec<Token<'_>> = Vec::new();
    for (at, c) in text.char_indices() {
        let Some(kind) = kind_of(c) else { continue };
        let to = at + c.len_utf8();
        match all.last_mut() {
            Some(last) if last.to == at && last.kind == kind && kind != Kind::Sign => {
                last.to = to;
                last.text = &text[last.from..to];
            }
            _ => all.push(Token {
                text: &text[at..to],
                from: at,
                to,
                kind,
            }),
        }
    }
    all
}

/// Goes through the tokens of a text.
struct Scanner<'t> {
    text: &'t str,
    tokens: Vec<Token<'t>>,
    at: usize,
}

/// A date with the number of the token after it.
#[derive(Clone, Copy)]
struct Dated {
    date: PartialDate,
    next: usize,
}

impl Iterator for Scanner<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while self.at < self.tokens.len() {
            let from = self.at;
            if let Some((range, next)) = self.range(from) {
                self.at = next.max(from + 1);
                let start = self.tokens.get(from)?.from;
                let end = self.tokens.get(self.at - 1)?.to;
                return Some(Found {
                    range,
                    from: start,
                    to: end,
                });
            }
            self.at += 1;
        }
        None
    }
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            tokens: tokens(text),
            at: 0,
        }
    }

    fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn is_sign(&self, at: usize, signs: &str) -> bool {
        self.kind(at) == Some(Kind::Sign) && signs.contains(self.word(at))
    }

    /// Whether nothing stands between a token and the one before it.
    fn touches(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        matches!((before, self.tokens.get(at)), (Some(a), Some(b)) if a.to == b.from)
    }

    /// The number of the token after one of these phrases, the longest first.
    fn phrase(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        let first = self.tokens.get(at)?;
        (1..=4).rev().find_map(|length| {
            let last = self.tokens.get(at + length - 1)?;
            let said = words::fold(&self.text[first.from..last.to]);
            phrases.contains(&said.as_str()).then_some(at + length)
        })
    }

    fn number(&self, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<i16> {
        let word = self.word(at);
        let fits = self.kind(at) == Some(Kind::Number) && digits.contains(&word.len());
        fits.then(|| word.parse().ok()).flatten()
    }

    fn year(&self, at: usize) -> Option<i16> {
        let glued = self.touches(at) && at > 0 && self.is_sign(at - 1, "$€£#+");
        let year = self
            .number(at, 4..=4)
            .filter(|year| (1950..=2079).contains(year));
        year.filter(|_| !glued && !self.is_sign(at + 1, "%+"))
    }

    fn month(&self, at: usize) -> Option<i8> {
        (self.kind(at) == Some(Kind::Word))
            .then(|| words::month(self.word(at)))
            .flatten()
    }

    /// A range that begins exactly here.
    fn range(&self, at: usize) -> Option<(DateRange, usize)> {
        if let Some(next) = self.phrase(at, &words::EXPECTED) {
            let next = next + usize::from(self.is_sign(next, ":.,"));
            let next = self.phrase(next, &["in"]).unwrap_or(next);
            let dated = self.date(next)?;
            return Some((
                DateRange {
                    end: Some(dated.date),
                    ..DateRange::default()
                },
                dated.next,
            ));
        }
        if let Some(next) = self.phrase(at, &words::SINCE) {
            let dated = self.date(next)?;
            if let Some(found) = self.until(dated) {
                return Some(found);
            }
            return Some((
                DateRange {
                    start: Some(dated.date),
                    end: None,
                    open: true,
                },
                dated.next,
            ));
        }
        if let Some(next) = self.phrase(at, &words::FROM) {
            return self.until(self.date(next)?);
        }
        if let Some(found) = self.months_of_one_year(at) {
            return Some(found);
        }
        let dated = self.date(at)?;
        let alone = DateRange {
            start: Some(dated.date),
            ..DateRange::default()
        };
        self.until(dated).or(Some((alone, dated.next)))
    }

    /// `Jan – Mar 2024`: the year stands only once.
    fn months_of_one_year(&self, at: usize) -> Option<(DateRange, usize)> {
        let first = self.month(at)?;
        let next = at + 1 + usize::from(self.is_sign(at + 1, "."));
        let dated = self.date(self.between(next)?)?;
        let last = dated.date;
        last.month()?;
        let start = PartialDate::new(last.year(), Some(first), None)?;
        let range = DateRange {
            start: Some(start),
            end: Some(last),
            open: false,
        };
        (start <= last).then_some((range, dated.next))
    }

    /// The token after what stands between two dates.
    fn between(&self, at: usize) -> Option<usize> {
        if let Some(next) = self.phrase(at, &words::TO) {
            return Some(next);
        }
        let mut next = at;
        while self.is_sign(next, "-–—‐‑‒―−~〜～→>/") {
            next += 1;
        }
        (next > at && next <= at + 3).then_some(next)
    }

    /// The range that a first date begins, when a second one or "it goes on" follows.
    fn until(&self, first: Dated) -> Option<(DateRange, usize)> {
        let start = Some(first.date);
        let Some(next) = self.between(first.next) else {
            // `2019 Present` in two cells of a table.
            let next = self.phrase(first.next, &words::PRESENT)?;
            return Some((
                DateRange {
                    start,
                    end: None,
                    open: true,
                },
                next,
            ));
        };
        if let Some(after) = self.phrase(next, &words::PRESENT) {
            return Some((
                DateRange {
                    start,
                    end: None,
                    open: true,
                },
                after,
            ));
        }
        let expected = self.phrase(next, &words::EXPECTED).unwrap_or(next);
        if let Some(last) = self.date(expected) {
            return Some((
                DateRange {
                    start,
                    end: Some(last.date),
                    open: false,
                },
                last.next,
            ));
        }
        // `2019/20`: the second year is short.
        if first.date.month().is_none()
            && let Some(short) = self.number(next, 2..=2)
        {
            let century = first.date.year() / 100 * 100;
            let end = PartialDate::new(century + short, None, None)?;
            if end > first.date {
                return Some((
                    DateRange {
                        start,
                        end: Some(end),
                        open: false,
                    },
                    next + 1,
                ));
            }
        }
        // `2023 –`: nothing follows, so it goes on.
        let dash = !self.is_sign(first.next, "/") && next == first.next + 1;
        (dash && next == self.tokens.len()).then_some((
            DateRange {
                start,
                end: None,
                open: true,
            },
            next,
        ))
    }

    /// A date that begins exactly here.
    fn date(&self, at: usize) -> Option<Dated> {
        (self.numeric(at))
            .or_else(|| self.worded(at))
            .or_else(|| self.seasonal(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.year_alone(at))
    }

    /// `2024-06-01`, `2024.06`, `2024年6月`, `06/2024`, `01.06.2024`.
    fn numeric(&self, at: usize) -> Option<Dated> {
        let sep = |at: usize| self.is_sign(at, "-./–年月년월") && self.touches(at);
        let small = |at: usize| {
            self.number(at, 1..=2)
                .filter(|_| self.touches(at) || self.is_sign(at - 1, "年月년월."))
                .and_then(|n| i8::try_from(n).ok())
        };
        if let Some(year) = self.year(at) {
            if !sep(at + 1) || self.is_sign(at + 1, "–") {
                return None;
            }
            let month = small(at + 2)?;
            // `2019/20` and `2019-20` are two years.
            let date = PartialDate::new(year, Some(month), None)?;
            let mut next = at + 3;
            next += usize::from(self.is_sign(next, "月월"));
            let has_day =
                (sep(at + 3)) && small(at + 4).is_some() && self.number(at + 4, 4..=4).is_none();
            if has_day && let Some(date) = PartialDate::new(year, Some(month), small(at + 4)) {
                let next = at + 5;
                return Some(Dated {
                    date,
                    next: next + usize::from(self.is_sign(next, "日일")),
                });
            }
            return Some(Dated { date, next });
        }
        let first = self.number(at, 1..=2).and_then(|n| i8::try_from(n).ok())?;
        let joined = |at: usize| self.is_sign(at, "-./") && self.touches(at);
        if !joined(at + 1) {
            return None;
        }
        if let Some(year) = self.year(at + 2) {
            let date = PartialDate::new(year, Some(first), None)?;
            return Some(Dated { date, next: at + 3 });
        }
        let second = self
            .number(at + 2, 1..=2)
            .and_then(|n| i8::try_from(n).ok())?;
        if joined(at + 3)
            && let Some(year) = self.year(at + 4)
        {
            // With a point the day comes first; else only what cannot be a month tells.
            let (month, day) = if second > 12 {
                (first, second)
            } else if first > 12 || self.is_sign(at + 1, ".") {
                (second, first)
            } else {
                // Both could be the month: only the year and nothing more is known for sure.
                return PartialDate::new(year, None, None).map(|date| Dated { date, next: at + 5 });
            };
            let date = PartialDate::new(year, Some(month), Some(day))?;
            return Some(Dated { date, next: at + 5 });
        }
        // `06/23`: a month and a short year.
        let short = self.is_sign(at + 1, "/")
            && self.word(at).len() == 2
            && self.word(at + 2).len() == 2
            && !joined(at + 3);
        let date = PartialDate::new(2000 + i16::from(second), Some(first), None)?;
        (short && second < 60).then_some(Dated { date, next: at + 3 })
    }

    /// `June 2024`, `Jun. '24`, `June 1, 2024`, `junio de 2024`, `2024 June`.
    fn worded(&self, at: usize) -> Option<Dated> {
        if let (Some(year), Some(month)) = (self.year(at), self.month(at + 1)) {
            // `2024 March 2025` is a year and a month of another.
            if self.year(at + 2).is_some() || self.year(at + 3).is_some() {
                return None;
            }
            let date = PartialDate::new(year, Some(month), None)?;
            return Some(Dated {
                date,
                next: at + 2 + usize::from(self.is_sign(at + 2, ".")),
            });
        }
        let month = self.month(at)?;
        let mut next = at + 1;
        next += usize::from(self.is_sign(next, "."));
        let mut day = None;
        if let Some(number) = self.number(next, 1..=2).filter(|n| (1..=31).contains(n)) {
            let mut after = next + 1;
            after += usize::from(["st", "nd", "rd", "th"].contains(&self.word(after)));
            after += usize::from(self.is_sign(after, ",."));
            if self.year(after).is_some() {
                day = i8::try_from(number).ok();
                next = after;
            }
        }
        if day.is_none() {
            next += usize::from(self.is_sign(next, ",/-"));
            next = self.phrase(next, &["de", "del", "of"]).unwrap_or(next);
        }
        if let Some(year) = self.year(next) {
            let date = PartialDate::new(year, Some(month), day)?;
            return Some(Dated {
                date,
                next: next + 1,
            });
        }
        let apostrophe = self.is_sign(next, "'’‘`");
        let short = self
            .number(next + 1, 2..=2)
            .filter(|n| apostrophe && *n < 60)?;
        let date = PartialDate::new(2000 + short, Some(month), None)?;
        Some(Dated {
            date,
            next: next + 2,
        })
    }

    /// `Summer 2024`: only the year is known.
    fn seasonal(&self, at: usize) -> Option<Dated> {
        let next = self.phrase(at, &words::SEASONS)?;
        let next = next + usize::from(self.is_sign(next, ",."));
        let year = self.year(next)?;
        let date = PartialDate::new(year, None, None)?;
        Some(Dated {
            date,
            next: next + 1,
        })
    }

    /// `1. Juni 2024`, `1st of June 2024`, `12 de marzo de 2024`.
    fn day_first(&self, at: usize) -> Option<Dated> {
        let day = self.number(at, 1..=2).and_then(|n| i8::try_from(n).ok())?;
        let mut next = at + 1;
        next += usize::from(["st", "nd", "rd", "th", "er", "º"].contains(&self.word(next)));
        next += usize::from(self.is_sign(next, ".º"));
        next = self.phrase(next, &["of", "de"]).unwrap_or(next);
        let month = self.month(next)?;
        next += 1;
        next += usize::from(self.is_sign(next, ".,"));
        next = self.phrase(next, &["de", "del"]).unwrap_or(next);
        let date = PartialDate::new(self.year(next)?, Some(month), Some(day))?;
        Some(Dated {
            date,
            next: next + 1,
        })
    }

    fn year_alone(&self, at: usize) -> Option<Dated> {
        // `ISO 2001-bis` and `RFC2119`: letters that touch make it a name; so does a dot with digits.
        let year = self.year(at)?;
        let named = self.touches(at)
            && at > 0
            && (self.kind(at - 1) == Some(Kind::Word) || self.is_sign(at - 1, ".@/_"));
        let runs_on = self.touches(at + 1) && (self.kind(at + 1) == Some(Kind::Word));
        let date = PartialDate::new(year, None, None)?;
        let next = at + 1 + usize::from(self.is_sign(at + 1, "年년"));
        (!named && !runs_on).then_some(Dated { date, next })
    }
}
