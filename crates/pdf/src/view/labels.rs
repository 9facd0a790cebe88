//! The words that the templates themselves say; the data may bring them in its own language.

use serde_json::Value;

use super::take;

/// Words by their keys, in English.
const ENGLISH: [(&str, &str); 21] = [
    ("summary", "Summary"),
    ("work", "Experience"),
    ("volunteer", "Volunteering"),
    ("education", "Education"),
    ("awards", "Awards"),
    ("certificates", "Certificates"),
    ("publications", "Publications"),
    ("skills", "Skills"),
    ("languages", "Languages"),
    ("interests", "Interests"),
    ("references", "References"),
    ("projects", "Projects"),
    ("present", "Present"),
    ("keywords", "Technologies"),
    ("courses", "Courses"),
    ("grade", "Grade"),
    ("enclosures", "Enclosures"),
    // Patterns: what stands in braces is filled in.
    ("year_month", "{month} {year}"),
    ("date", "{day} {month} {year}"),
    ("range", "{start} – {end}"),
    ("place_date", "{place}, {date}"),
];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const LONG_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The words of one document.
pub struct Labels<'a> {
    given: Option<&'a Value>,
}

impl<'a> Labels<'a> {
    /// Those in `labels` of the data, and English for the others.
    pub fn of(data: &'a Value) -> Self {
        Self {
            given: data.get("labels"),
        }
    }

    /// The word of a key.
    pub fn get(&self, key: &str) -> String {
        let given = self.given.and_then(|labels| take::text(labels, key));
        let english = || {
            ENGLISH
                .iter()
                .find(|(name, _)| *name == key)
                .map_or(key, |(_, word)| word)
        };
        given.unwrap_or_else(|| english().to_owned())
    }

    /// The name of a month from 1 to 12: short, as in ranges (`months`).
    pub fn month(&self, month: u8) -> String {
        self.named("months", &MONTHS, month)
    }

    /// The name of a month in full, as in a letter's date (`long_months`).
    pub fn long_month(&self, month: u8) -> String {
        self.named("long_months", &LONG_MONTHS, month)
    }

    fn named(&self, key: &str, english: &[&str; 12], month: u8) -> String {
        let index = usize::from(month.clamp(1, 12)) - 1;
        let given = self
            .given
            .map(|labels| take::list(labels, key))
            .unwrap_or_default();
        let whole = given.len() == 12;
        let given = given.get(index).filter(|_| whole).and_then(take::plain);
        given.unwrap_or_else(|| english[index].to_owned())
    }
}
