//! Dates as they stand on a page.

use serde_json::Value;

use super::labels::Labels;
use super::{Part, take};

/// From `startDate` to `endDate`. `open` says that what has no end goes on.
pub fn range(value: &Value, path: &str, labels: &Labels, open: bool) -> Option<Part> {
    let start = take::text(value, "startDate").map(|date| month(&date, labels));
    let end = take::text(value, "endDate").map(|date| month(&date, labels));
    let text = match (start, end) {
        (Some(start), Some(end)) if start == end => start,
        (Some(start), Some(end)) => between(labels, &start, &end),
        (Some(start), None) if open => between(labels, &start, &labels.get("present")),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => return None,
    };
    Some(Part::new(format!("{path}.dates"), text))
}

fn between(labels: &Labels, start: &str, end: &str) -> String {
    labels
        .get("range")
        .replace("{start}", start)
        .replace("{end}", end)
}

/// The date of one field.
pub fn single(value: &Value, key: &str, path: &str, labels: &Labels) -> Option<Part> {
    let date = take::text(value, key)?;
    Some(Part::new(format!("{path}.{key}"), month(&date, labels)))
}

/// A date to the month: `2024-03-15` is "Mar 2024"; what is no date stays as it is.
fn month(date: &str, labels: &Labels) -> String {
    match parse(date) {
        Some((year, Some(month), _)) => {
            let number = format!("{month:02}");
            let pattern = labels.get("year_month");
            let pattern = pattern
                .replace("{year}", &year)
                .replace("{number}", &number);
            pattern.replace("{month}", &labels.month(month))
        }
        Some((year, None, _)) => year,
        None => date.to_owned(),
    }
}

/// A date to the day, as in a letter: `2024-03-15` is "15 March 2024".
pub fn day(date: &str, labels: &Labels) -> String {
    let Some((year, Some(month), Some(day))) = parse(date) else {
        return date.to_owned();
    };
    let pattern = labels
        .get("date")
        .replace("{year}", &year)
        .replace("{day}", &day.to_string());
    let pattern = pattern.replace("{number}", &format!("{month:02}"));
    pattern.replace("{month}", &labels.long_month(month))
}

/// Year, month and day of `2024`, `2024-03`, `2024-03-15` or the last with a time.
fn parse(date: &str) -> Option<(String, Option<u8>, Option<u8>)> {
    let date = date.split('T').next()?;
    let mut parts = date.split('-');
    let year = parts
        .next()
        .filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let number = |part: &str, most: u8| {
        let number = part.parse::<u8>().ok();
        number.filter(|number| (1..=most).contains(number))
    };
    let month = match parts.next() {
        Some(part) => Some(number(part, 12)?),
        None => None,
    };
    let day = match parts.next() {
        Some(part) => Some(number(part, 31)?),
        None => None,
    };
    parts
        .next()
        .is_none()
        .then(|| (year.to_owned(), month, day))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::labels::Labels;

    fn range(value: &serde_json::Value, labels: &serde_json::Value) -> String {
        let part = super::range(value, "work[0]", &Labels::of(labels), true);
        part.map(|part| part.text).unwrap_or_default()
    }

    #[test]
    fn ranges_are_written_in_the_words_of_the_labels() {
        let job = json!({"startDate": "2023-10-01", "endDate": "2024-03"});
        assert_eq!(range(&job, &json!({})), "Oct 2023 – Mar 2024");
        let german = json!({"labels": {"year_month": "{number}/{year}", "present": "heute"}});
        assert_eq!(
            range(&json!({"startDate": "2023-10"}), &german),
            "10/2023 – heute"
        );
        assert_eq!(
            range(&json!({"startDate": "2019", "endDate": "2019"}), &json!({})),
            "2019"
        );
        assert_eq!(
            range(&json!({"startDate": "last summer"}), &json!({})),
            "last summer – Present"
        );
        assert_eq!(range(&json!({}), &json!({})), "");
    }

    #[test]
    fn a_letters_date_is_written_out() {
        let none = json!({});
        assert_eq!(
            super::day("2026-11-26", &Labels::of(&none)),
            "26 November 2026"
        );
        assert_eq!(super::day("soon", &Labels::of(&none)), "soon");
    }
}
