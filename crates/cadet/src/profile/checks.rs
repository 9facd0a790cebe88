//! What seems wrong or left over in a profile. It is told, and never keeps anything from being saved.

use resume::PartialDate;
use resume::json::is_residue;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::form;
use super::model::Profile;
use super::sections::{BASICS, Field, Kind, SECTIONS, Section};
use crate::error::{Error, Result};

/// How serious it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// It cannot be right.
    Wrong,
    /// It is of a template, and of nobody's life.
    Residue,
    /// Something that readers of resumes look for is missing.
    Missing,
}

impl Severity {
    /// In a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Residue => "left over",
            Self::Missing => "missing",
        }
    }
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ProfileProblem)]
pub struct Problem {
    /// How serious.
    pub severity: Severity,
    /// The entry or bullet: `basics`, `work-2`, `bullet-5`; `aims` for what is looked for.
    pub entry: String,
    /// The field's key; empty for the entry as a whole.
    pub field: String,
    /// What is wrong, and what to do.
    pub message: String,
}

/// Everything to look at, in the order of the editor.
///
/// # Errors
/// [`Error::Internal`] when the profile cannot be written as JSON.
pub fn problems(profile: &Profile) -> Result<Vec<Problem>> {
    let resume = serde_json::to_value(&profile.resume).map_err(Error::internal)?;
    let mut found = Found(Vec::new());
    for section in SECTIONS {
        let kept = match resume.pointer(&section.pointer()) {
            Some(Value::Array(entries)) => entries.iter().collect(),
            Some(single) => vec![single],
            None => Vec::new(),
        };
        for (entry, shown) in kept.into_iter().zip(form::entries(&resume, section)) {
            found.entry(section, entry, &shown);
        }
    }
    found.aims(profile);
    Ok(found.0)
}

struct Found(Vec<Problem>);

impl Found {
    fn add(&mut self, severity: Severity, entry: &str, field: &str, message: impl Into<String>) {
        self.0.push(Problem {
            severity,
            entry: entry.to_owned(),
            field: field.to_owned(),
            message: message.into(),
        });
    }

    fn entry(&mut self, section: &Section, entry: &Value, shown: &form::EntryForm) {
        for one in &shown.fields {
            if let Some(message) = wrong(one.field, &one.value) {
                self.add(Severity::Wrong, &shown.id, one.field.key, message);
            } else if is_residue(&one.value) {
                let message = format!(
                    "`{}` is of a template's sample. Write your own or remove it.",
                    one.value
                );
                self.add(Severity::Residue, &shown.id, one.field.key, message);
            }
        }
        for bullet in &shown.bullets {
            if bullet.text.is_empty() {
                self.add(
                    Severity::Missing,
                    &bullet.id,
                    "text",
                    "This bullet is empty. Write it or remove it.",
                );
            } else if is_residue(&bullet.text) {
                let message = format!(
                    "`{}` is of a template's sample. Write your own or remove it.",
                    bullet.text
                );
                self.add(Severity::Residue, &bullet.id, "text", message);
            }
        }
        self.order(entry, &shown.id);
        self.missing(section, shown);
    }

    fn order(&mut self, entry: &Value, id: &str) {
        let date = |key: &str| {
            entry[key]
                .as_str()
                .and_then(|text| text.parse::<PartialDate>().ok())
        };
        if let (Some(start), Some(end)) = (date("start_date"), date("end_date"))
            && end.first_day() < start.first_day()
            && !end.to_string().starts_with(&start.to_string())
            && !start.to_string().starts_with(&end.to_string())
        {
            let message =
                format!("It ends ({end}) before it begins ({start}). Correct one of the dates.");
            self.add(Severity::Wrong, id, "end_date", message);
        }
    }

    fn missing(&mut self, section: &Section, shown: &form::EntryForm) {
        if section.key == BASICS {
            for (key, message) in [
                (
                    "name",
                    "Your name is missing: every document begins with it.",
                ),
                (
                    "email",
                    "Your mail address is missing: nobody could answer you.",
                ),
            ] {
                if shown
                    .fields
                    .iter()
                    .any(|one| one.field.key == key && one.value.is_empty())
                {
                    self.add(Severity::Missing, &shown.id, key, message);
                }
            }
        } else if let Some(first) = shown.fields.first().filter(|_| shown.name.is_empty()) {
            let message = format!(
                "This {} has no name yet. Fill it in or remove it.",
                section.one
            );
            self.add(Severity::Missing, &shown.id, first.field.key, message);
        } else if matches!(section.key, "work" | "education")
            && shown
                .fields
                .iter()
                .all(|one| one.field.kind != Kind::Date || one.value.is_empty())
        {
            let message = format!("{} has no dates. Say when it was.", shown.name);
            self.add(Severity::Missing, &shown.id, "start_date", message);
        }
    }

    fn aims(&mut self, profile: &Profile) {
        let aims = &profile.aims;
        for (key, value) in &aims.extra {
            if let Some(text) = value.as_str().filter(|_| super::aims::is_field(key)) {
                let message = format!("`{text}` cannot be read. Correct it.");
                self.add(Severity::Wrong, "aims", key, message);
            }
        }
        if let (Some(from), Some(until)) = (aims.available_from, aims.available_until)
            && until.first_day() < from.first_day()
        {
            let message = "The last day that suits is before the first one. Correct one of them.";
            self.add(Severity::Wrong, "aims", "available_until", message);
        }
        let codes = aims.countries.iter().chain(aims.authorisation.keys());
        for code in codes.filter(|code| !is_country(code)) {
            let message = format!("`{code}` is no country. Write its two letters, such as SE.");
            self.add(Severity::Wrong, "aims", "countries", message);
        }
    }
}

/// What is wrong with what is in a field.
fn wrong(field: &Field, text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    match field.kind {
        Kind::Date => text.parse::<PartialDate>().err().map(|error| {
            let error = error.to_string();
            format!("{}.", error)
        }),
        Kind::Email => (!is_email(text))
            .then(|| format!("`{text}` is no mail address. Write it as name@example.org.")),
        Kind::Url => (!is_address(text)).then(|| {
            format!("`{text}` is no address of a page. It begins with https:// and has no spaces.")
        }),
        Kind::Country => (!is_country(text))
            .then(|| format!("`{text}` is no country. Write its two letters, such as SE.")),
        Kind::Line | Kind::Text | Kind::Lines => None,
    }
}

fn is_email(text: &str) -> bool {
    crate::accounts::model::Email::parse(text).is_ok()
}

fn is_address(text: &str) -> bool {
    url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
}

/// Whether two capital letters are a country of ISO 3166-1.
fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use resume::{Highlight, Work};

    use super::{Severity, problems};
    use crate::profile::model::Profile;

    fn keys(profile: &Profile) -> Vec<(Severity, String, String)> {
        let found = problems(profile).unwrap().into_iter();
        found
            .map(|one| (one.severity, one.entry, one.field))
            .collect()
    }

    fn sound() -> Profile {
        let mut profile = Profile::default();
        profile.resume.basics.name = "Mira Holm".into();
        profile.resume.basics.email = "mira@example.org".into();
        profile
    }

    #[test]
    fn a_sound_profile_has_no_problems() {
        let mut profile = sound();
        profile.resume.work.push(Work {
            name: "Northwind Trains".into(),
            start_date: "2024-06".parse().ok(),
            end_date: "2024".parse().ok(),
            ..Work::default()
        });
        assert_eq!(keys(&profile), []);
    }

    #[test]
    fn what_cannot_be_right_is_told_with_its_place() {
        let mut profile = sound();
        profile.resume.basics.email = "mira".into();
        profile.resume.basics.url = "example".into();
        profile.resume.work.push(Work {
            name: "Northwind Trains".into(),
            start_date: "2024-06".parse().ok(),
            end_date: "2023".parse().ok(),
            highlights: vec![Highlight::default()],
            ..Work::default()
        });
        profile.resume.number();
        let expected = [
            (Severity::Wrong, "basics", "email"),
            (Severity::Wrong, "basics", "url"),
            (Severity::Missing, "bullet-2", "text"),
            (Severity::Wrong, "work-1", "end_date"),
        ];
        let expected =
            expected.map(|(one, entry, field)| (one, entry.to_owned(), field.to_owned()));
        assert_eq!(keys(&profile), expected);
    }

    #[test]
    fn a_templates_sample_is_pointed_out() {
        let mut profile = sound();
        profile.resume.work.push(Work {
            name: "Pied Piper".into(),
            start_date: "2024".parse().ok(),
            ..Work::default()
        });
        profile.resume.number();
        let expected = (Severity::Residue, "work-1".to_owned(), "name".to_owned());
        assert_eq!(keys(&profile), [expected]);
    }
}
