//! Days as tables write them. Pure. Whether 03/04 is in March or in April is read off the whole column.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

/// In which order a column writes day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// The day first.
    DayFirst,
    /// The month first.
    MonthFirst,
    /// Nothing in the column says; taken to be the month first with slashes, the day first with points.
    Unsaid,
}

/// Names of months by their first letters, in several languages; what is ambiguous between languages is left out.
const MONTHS: [(&str, i8); 36] = [
    ("jan", 1),
    ("ene", 1),
    ("gen", 1),
    ("feb", 2),
    ("fev", 2),
    ("fév", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("maa", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("mei", 5),
    ("mag", 5),
    ("jun", 6),
    ("juin", 6),
    ("giu", 6),
    ("jul", 7),
    ("juil", 7),
    ("lug", 7),
    ("aug", 8),
    ("aoû", 8),
    ("aou", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("out", 10),
    ("ott", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
];

/// Three numbers of a day, and what stands between them.
fn numbers(text: &str) -> Option<([i32; 3], char)> {
    let day = text.split([' ', 'T', ',']).next()?;
    let separator = day.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<i32> = day
        .split(separator)
        .filter_map(|part| part.parse().ok())
        .collect();
    let three: [i32; 3] = parts.try_into().ok()?;
    Some((three, separator))
}

/// The order of a column, from all its cells.
#[must_use]
pub fn order_of<'c>(cells: impl Iterator<Item = &'c str>) -> DayOrder {
    let (mut day_first, mut month_first) = (0, 0);
    for ([first, second, _], _) in cells.filter_map(numbers) {
        day_first += usize::from((13..=31).contains(&first));
        month_first += usize::from((13..=31).contains(&second) && first <= 12);
    }
    match day_first.cmp(&month_first) {
        std::cmp::Ordering::Greater => DayOrder::DayFirst,
        std::cmp::Ordering::Less => DayOrder::MonthFirst,
        std::cmp::Ordering::Equal => DayOrder::Unsaid,
    }
}

/// A day; nothing for what is none.
#[must_use]
pub fn read(text: &str, order: DayOrder) -> Option<Date> {
    let text = text.trim();
    if let Some(day) = text.get(..10).and_then(|head| head.parse::<Date>().ok()) {
        return Some(day);
    }
    if let Some(three) = numbers(text) {
        return numbered(three, order);
    }
    if let Ok(serial) = text.parse::<f64>() {
        return serial_day(serial);
    }
    named(text)
}

fn numbered(
    ([first, second, third], separator): ([i32; 3], char),
    order: DayOrder,
) -> Option<Date> {
    if first > 31 {
        return new(first, second, third);
    }
    let year = if third < 100 { 2000 + third } else { third };
    let day_first = match order {
        DayOrder::DayFirst => true,
        DayOrder::MonthFirst => false,
        DayOrder::Unsaid => separator != '/',
    };
    let (day, month) = if day_first {
        (first, second)
    } else {
        (second, first)
    };
    // A single cell may be against the rest of its column.
    new(year, month, day).or_else(|| new(year, day, month))
}

fn new(year: i32, month: i32, day: i32) -> Option<Date> {
    let (year, month, day) = (
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    );
    Date::new(year, month, day).ok()
}

/// A day as spreadsheets count them: from 1899-12-30.
fn serial_day(serial: f64) -> Option<Date> {
    // 20,000 is in 1954 and 80,000 in 2119: outside, it is a number and no day.
    if !(20_000.0..80_000.0).contains(&serial) {
        return None;
    }
    date(1899, 12, 30).checked_add((serial as i64).days()).ok()
}

/// `Nov 1, 2026`, `1. November 2026`, `1 nov. 2026`.
fn named(text: &str) -> Option<Date> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let month = words.iter().find_map(|word| {
        // The longer names come first: "juil" begins like "jui".
        let mut known: Vec<&(&str, i8)> = MONTHS
            .iter()
            .filter(|(name, _)| word.starts_with(name))
            .collect();
        known.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        known.first().map(|(_, month)| i32::from(*month))
    })?;
    let numbers: Vec<i32> = words
        .iter()
        .filter_map(|word| {
            word.trim_end_matches(|c: char| c.is_alphabetic())
                .parse()
                .ok()
        })
        .collect();
    let year = numbers.iter().copied().find(|number| *number > 31)?;
    let day = numbers
        .iter()
        .copied()
        .find(|number| (1..=31).contains(number))?;
    new(year, month, day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_read_as_tables_write_them() {
        for (text, expected) in [
            ("2026-11-01", "2026-11-01"),
            ("2026-11-01T09:30:00Z", "2026-11-01"),
            ("2026/11/1", "2026-11-01"),
            ("01.11.2026", "2026-11-01"),
            ("1.11.26", "2026-11-01"),
            ("11/01/2026", "2026-11-01"),
            ("Nov 1, 2026", "2026-11-01"),
            ("1. November 2026", "2026-11-01"),
            ("1 juil. 2026", "2026-07-01"),
            ("3 de octubre de 2026", "2026-10-03"),
            ("46327", "2026-11-01"),
        ] {
            let told = read(text, DayOrder::Unsaid).map(|day| day.to_string());
            assert_eq!(told.as_deref(), Some(expected), "{text}");
        }
        for none in ["", "soon", "3", "99/99/9999", "2026"] {
            assert_eq!(read(none, DayOrder::Unsaid), None, "{none}");
        }
    }

    #[test]
    fn the_whole_column_says_what_comes_first() {
        let order = order_of(["03/04/2026", "25/12/2026"].into_iter());
        assert_eq!(order, DayOrder::DayFirst);
        assert_eq!(read("03/04/2026", order).unwrap().to_string(), "2026-04-03");
        assert_eq!(order_of(["03/14/2026"].into_iter()), DayOrder::MonthFirst);
        assert_eq!(order_of(["03/04/2026"].into_iter()), DayOrder::Unsaid);
    }

    proptest! {
        #[test]
        fn any_text_is_a_day_or_none(text in ".{0,40}") {
            let _ = read(&text, DayOrder::Unsaid);
            let _ = order_of([text.as_str()].into_iter());
        }
    }
}
