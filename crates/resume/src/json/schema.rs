//! The schema of JSON Resume 1.3.1 as data: what each object holds, and under which names older or other files hold it.
//!
//! Source: the published `schema.json` of version 1.3.1. Any further key is allowed anywhere.

use serde_json::{Map, Value};

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// A text.
    Text,
    /// An address.
    Url,
    /// A date: a year, a month or a day.
    Date,
    /// A list of texts.
    Texts,
    /// An object.
    Object(&'static Place),
    /// A list of objects.
    Objects(&'static Place),
}

/// A key of an object.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What else it is called in files from before 1.0 and by other programs.
    pub aliases: &'static [&'static str],
}

/// An object of the schema.
#[derive(Debug)]
pub struct Place {
    /// Its keys.
    pub keys: &'static [Key],
    /// The key that a bare text in place of the object means.
    pub bare: Option<&'static str>,
}

impl Place {
    /// The key of this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Whether a reader gives this name a meaning, so that it cannot hold something else.
    pub fn means(&self, name: &str) -> bool {
        let period = self.key("startDate").is_some() && PERIODS.contains(&name);
        let named = |key: &Key| key.name == name || key.aliases.contains(&name);
        period || self.keys.iter().any(named)
    }
}

/// Keys in which other files hold the first and the last day together.
pub const PERIODS: [&str; 4] = ["dates", "date", "period", "duration"];

const fn key(name: &'static str, holds: Holds, aliases: &'static [&'static str]) -> Key {
    Key {
        name,
        holds,
        aliases,
    }
}

const fn text(name: &'static str) -> Key {
    key(name, Holds::Text, &[])
}

const fn place(keys: &'static [Key], bare: Option<&'static str>) -> Place {
    Place { keys, bare }
}

const URL: Key = key("url", Holds::Url, &["website", "link"]);
const START: Key = key(
    "startDate",
    Holds::Date,
    &["start", "startdate", "start_date"],
);
const END: Key = key("endDate", Holds::Date, &["end", "enddate", "end_date"]);
const HIGHLIGHTS: Key = key("highlights", Holds::Texts, &["bullets", "achievements"]);

const LOCATION: Place = place(
    &[
        text("address"),
        key("postalCode", Holds::Text, &["postalcode", "zip", "zipCode"]),
        text("city"),
        key("countryCode", Holds::Text, &["country", "countrycode"]),
        key("region", Holds::Text, &["state"]),
    ],
    None,
);

const PROFILE: Place = place(
    &[
        text("network"),
        key("username", Holds::Text, &["user"]),
        URL,
    ],
    Some("url"),
);

const BASICS: Place = place(
    &[
        key("name", Holds::Text, &["fullName"]),
        key("label", Holds::Text, &["title", "headline"]),
        key("image", Holds::Url, &["picture"]),
        key("email", Holds::Text, &["mail"]),
        key("phone", Holds::Text, &["tel", "telephone", "mobile"]),
        key("url", Holds::Url, &["website"]),
        key("summary", Holds::Text, &["about", "bio"]),
        key("location", Holds::Object(&LOCATION), &[]),
        key("profiles", Holds::Objects(&PROFILE), &[]),
    ],
    Some("name"),
);

const WORK: Place = place(
    &[
        key("name", Holds::Text, &["company", "organization"]),
        text("description"),
        key("position", Holds::Text, &["title", "role"]),
        text("location"),
        URL,
        START,
        END,
        text("summary"),
        HIGHLIGHTS,
    ],
    None,
);

const VOLUNTEER: Place = place(
    &[
        key("organization", Holds::Text, &["name", "company"]),
        key("position", Holds::Text, &["title", "role"]),
        URL,
        START,
        END,
        text("summary"),
        HIGHLIGHTS,
    ],
    None,
);

const EDUCATION: Place = place(
    &[
        key("institution", Holds::Text, &["school", "university"]),
        URL,
        key("area", Holds::Text, &["major"]),
        key("studyType", Holds::Text, &["degree"]),
        START,
        END,
        key("score", Holds::Text, &["gpa", "grade"]),
        key("courses", Holds::Texts, &["coursework"]),
    ],
    None,
);

const AWARD: Place = place(
    &[
        key("title", Holds::Text, &["name"]),
        key("date", Holds::Date, &[]),
        key("awarder", Holds::Text, &["issuer"]),
        key("summary", Holds::Text, &["description"]),
    ],
    Some("title"),
);

const CERTIFICATE: Place = place(
    &[
        key("name", Holds::Text, &["title"]),
        key("date", Holds::Date, &["issueDate"]),
        URL,
        key("issuer", Holds::Text, &["authority", "organization"]),
    ],
    Some("name"),
);

const PUBLICATION: Place = place(
    &[
        key("name", Holds::Text, &["title"]),
        text("publisher"),
        key("releaseDate", Holds::Date, &["date"]),
        URL,
        key("summary", Holds::Text, &["details", "description"]),
    ],
    Some("name"),
);

const SKILL: Place = place(
    &[
        key("name", Holds::Text, &["category"]),
        key("level", Holds::Text, &[]),
        key("keywords", Holds::Texts, &["skills", "items"]),
    ],
    Some("name"),
);

const LANGUAGE: Place = place(
    &[
        key("language", Holds::Text, &["name"]),
        key("fluency", Holds::Text, &["level"]),
    ],
    Some("language"),
);

const INTEREST: Place = place(
    &[text("name"), key("keywords", Holds::Texts, &[])],
    Some("name"),
);

const REFERENCE: Place = place(
    &[text("name"), key("reference", Holds::Text, &["text"])],
    Some("reference"),
);

const PROJECT: Place = place(
    &[
        key("name", Holds::Text, &["title"]),
        key("description", Holds::Text, &["summary"]),
        HIGHLIGHTS,
        key("keywords", Holds::Texts, &["technologies"]),
        START,
        END,
        URL,
        key("roles", Holds::Texts, &["role"]),
        text("entity"),
        text("type"),
    ],
    Some("name"),
);

/// The whole document.
pub static ROOT: Place = place(
    &[
        key("basics", Holds::Object(&BASICS), &[]),
        key("work", Holds::Objects(&WORK), &["experience", "employment"]),
        key("volunteer", Holds::Objects(&VOLUNTEER), &["volunteering"]),
        key("education", Holds::Objects(&EDUCATION), &[]),
        key("awards", Holds::Objects(&AWARD), &["honors"]),
        key(
            "certificates",
            Holds::Objects(&CERTIFICATE),
            &["certifications"],
        ),
        key("publications", Holds::Objects(&PUBLICATION), &[]),
        key("skills", Holds::Objects(&SKILL), &[]),
        key("languages", Holds::Objects(&LANGUAGE), &[]),
        key("interests", Holds::Objects(&INTEREST), &["hobbies"]),
        key("references", Holds::Objects(&REFERENCE), &[]),
        key("projects", Holds::Objects(&PROJECT), &[]),
    ],
    None,
);

/// Where a document breaks the schema, as JSON pointers with what is wrong; empty for a valid one.
///
/// What the schema calls a format (`uri`, `email`) is advice, and is not looked at.
#[must_use]
pub fn problems(document: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    match document {
        Value::Object(map) => {
            object(map, &ROOT, "", &mut found);
            tooling(map, &mut found);
        }
        _ => found.push((String::new(), "must be an object".into())),
    }
    found
}

fn tooling(map: &Map<String, Value>, found: &mut Vec<(String, String)>) {
    if map.get("$schema").is_some_and(|value| !value.is_string()) {
        found.push(("/$schema".into(), "must be a text".into()));
    }
    match map.get("meta") {
        None => {}
        Some(Value::Object(meta)) => {
            for name in ["canonical", "version", "lastModified"] {
                if meta.get(name).is_some_and(|value| !value.is_string()) {
                    found.push((format!("/meta/{name}"), "must be a text".into()));
                }
            }
        }
        Some(_) => found.push(("/meta".into(), "must be an object".into())),
    }
}

fn object(map: &Map<String, Value>, place: &Place, at: &str, found: &mut Vec<(String, String)>) {
    for key in place.keys {
        if let Some(value) = map.get(key.name) {
            value_of(value, key.holds, &format!("{at}/{}", key.name), found);
        }
    }
}

fn value_of(value: &Value, holds: Holds, at: &str, found: &mut Vec<(String, String)>) {
    let mut wrong = |what: &str| found.push((at.to_owned(), format!("must be {what}")));
    match (holds, value) {
        (Holds::Text | Holds::Url | Holds::Date, Value::String(text)) => {
            if matches!(holds, Holds::Date) && !is_date(text) {
                wrong("a date such as 2024, 2024-06 or 2024-06-01");
            }
        }
        (Holds::Text | Holds::Url | Holds::Date, _) => wrong("a text"),
        (Holds::Texts, Value::Array(items)) => {
            if items.iter().any(|item| !item.is_string()) {
                wrong("a list of texts");
            }
        }
        (Holds::Texts, _) => wrong("a list"),
        (Holds::Object(inner), Value::Object(map)) => object(map, inner, at, found),
        (Holds::Object(_), _) => wrong("an object"),
        (Holds::Objects(inner), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                let at = format!("{at}/{index}");
                match item {
                    Value::Object(map) => object(map, inner, &at, found),
                    _ => found.push((at, "must be an object".into())),
                }
            }
        }
        (Holds::Objects(_), _) => wrong("a list"),
    }
}

/// The pattern that the schema gives for dates.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize, within: std::ops::RangeInclusive<u8>| {
        bytes.get(at).is_some_and(|byte| within.contains(byte))
    };
    let year = digit(0, b'1'..=b'2') && (1..4).all(|at| digit(at, b'0'..=b'9'));
    let part = |at: usize, first: u8| {
        bytes.get(at) == Some(&b'-') && digit(at + 1, b'0'..=first) && digit(at + 2, b'0'..=b'9')
    };
    match bytes.len() {
        4 => year,
        7 => year && part(4, b'1'),
        10 => year && part(4, b'1') && part(7, b'3'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::problems;

    #[test]
    fn what_the_schema_allows_is_no_problem() {
        let document = json!({
            "basics": {"name": "Mira Holm", "anything": 1},
            "work": [{"startDate": "2024-06", "endDate": "2025-01-31", "highlights": ["x"]}],
            "awards": [{"date": "2024"}],
            "more": null
        });
        assert_eq!(problems(&document), []);
    }

    #[test]
    fn wrong_types_and_dates_are_told_with_their_place() {
        let document = json!({
            "basics": null,
            "work": [{"startDate": "", "name": 3, "highlights": [null]}, "x"],
            "awards": [{"date": "June 2024"}],
            "skills": {},
            "meta": []
        });
        let at: Vec<String> = problems(&document).into_iter().map(|p| p.0).collect();
        let expected = [
            "/basics",
            "/work/0/name",
            "/work/0/startDate",
            "/work/0/highlights",
            "/work/1",
            "/awards/0/date",
            "/skills",
            "/meta",
        ];
        assert_eq!(at, expected);
    }
}
