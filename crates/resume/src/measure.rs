//! How well a resume was understood, beside what a person says that the document holds.

use serde_json::Value;

use crate::Resume;
use crate::dates::{self, fold};

/// Counts of fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Fields that were understood and are right.
    pub right: usize,
    /// Fields that were understood.
    pub understood: usize,
    /// Fields that the document holds.
    pub expected: usize,
    /// What was wrong or missing, in words.
    pub mistakes: Vec<String>,
}

impl Score {
    /// The share of understood fields that are right, 0 to 1; 1 when none was understood.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.right, self.understood)
    }

    /// The share of expected fields that were understood rightly, 0 to 1; 1 when none was expected.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.right, self.expected)
    }

    /// Adds the counts of another document.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.understood += other.understood;
        self.expected += other.expected;
        self.mistakes.extend(other.mistakes);
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 1.0;
    }
    let float = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    float(part) / float(whole)
}

/// Letters and digits only, in small letters without accents.
fn plain(text: &str) -> String {
    fold(text)
        .chars()
        .filter(|c| c.is_alphanumeric() || "+#".contains(*c))
        .collect()
}

/// Words of a degree, without those that only join.
fn degree(text: &str) -> String {
    let words = fold(text).replace('.', "");
    let words = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !["in", "of", ""].contains(word));
    words.collect()
}

/// Compares a resume with the truth about its document, in the form of `*.truth.json`: `contact` with `full_name`, `email`, `phone`
/// and `location`; `experience` with `title`, `company` and `dates`; `education` with `degree` and `institution`; and `skills`.
#[must_use]
pub fn measure(resume: &Resume, truth: &Value) -> Score {
    let mut score = Score::default();
    contact(&mut score, resume, truth);
    let work = resume.work.iter().map(|work| {
        let range = dates::range_text(work.start_date, work.end_date, dates::Wording::English);
        vec![
            ("title", plain(&work.position)),
            ("company", plain(&work.name)),
            ("dates", dates_key(&range)),
        ]
    });
    let experience = list(truth, "experience").iter().map(|entry| {
        vec![
            ("title", plain(text(entry, "title"))),
            ("company", plain(text(entry, "company"))),
            ("dates", dates_key(text(entry, "dates"))),
        ]
    });
    entries(
        &mut score,
        "experience",
        work.collect(),
        experience.collect(),
    );
    let schools = resume.education.iter().map(|school| {
        let whole = format!("{} {}", school.study_type, school.area);
        vec![
            ("degree", degree(&whole)),
            ("institution", plain(&school.institution)),
        ]
    });
    let education = list(truth, "education").iter().map(|entry| {
        vec![
            ("degree", degree(text(entry, "degree"))),
            ("institution", plain(text(entry, "institution"))),
        ]
    });
    entries(
        &mut score,
        "education",
        schools.collect(),
        education.collect(),
    );
    let skills = resume.skills.iter().flat_map(|group| {
        if group.keywords.is_empty() {
            std::slice::from_ref(&group.name)
        } else {
            &group.keywords[..]
        }
    });
    let found: Vec<String> = skills.map(|skill| plain(skill)).collect();
    let expected: Vec<String> = list(truth, "skills")
        .iter()
        .filter_map(Value::as_str)
        .map(plain)
        .collect();
    // Where the truth names no skills, the document has none that were looked at.
    if !expected.is_empty() {
        values(&mut score, "skill", found, expected);
    }
    score
}

fn list<'v>(truth: &'v Value, key: &str) -> &'v [Value] {
    truth
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn text<'v>(entry: &'v Value, key: &str) -> &'v str {
    entry.get(key).and_then(Value::as_str).unwrap_or("")
}

fn dates_key(text: &str) -> String {
    let range = dates::range(text).unwrap_or_default();
    let said =
        |date: Option<crate::PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
    format!(
        "{}..{}",
        said(range.start),
        if range.open {
            "now".into()
        } else {
            said(range.end)
        }
    )
}

fn contact(score: &mut Score, resume: &Resume, truth: &Value) {
    let basics = &resume.basics;
    let place = crate::outline::joined(&[&basics.location.city, &basics.location.region], " ");
    let country = crate::places::country_name(&basics.location.country_code).unwrap_or("");
    let found = [
        ("full_name", plain(&basics.name)),
        ("email", plain(&basics.email)),
        (
            "phone",
            basics.phone.chars().filter(char::is_ascii_digit).collect(),
        ),
        ("location", plain(&format!("{place} {country}"))),
    ];
    for (key, found) in found {
        let Some(expected) = truth
            .pointer(&format!("/contact/{key}"))
            .and_then(Value::as_str)
        else {
            continue;
        };
        let expected = if key == "phone" {
            expected.chars().filter(char::is_ascii_digit).collect()
        } else {
            plain(expected)
        };
        field(score, key, &found, &expected);
    }
}

/// One field that was understood or not, and is expected.
fn field(score: &mut Score, key: &str, found: &str, expected: &str) {
    score.expected += usize::from(!expected.is_empty());
    score.understood += usize::from(!found.is_empty());
    if found == expected {
        score.right += usize::from(!expected.is_empty());
    } else {
        score
            .mistakes
            .push(format!("{key}: `{found}` and not `{expected}`"));
    }
}

type Fields = Vec<(&'static str, String)>;

/// Entries in order; each expected one is held against the understood one that is most like it.
fn entries(score: &mut Score, section: &str, mut found: Vec<Fields>, expected: Vec<Fields>) {
    for fields in expected {
        let alike = |other: &Fields| {
            other
                .iter()
                .zip(&fields)
                .filter(|(a, b)| a.1 == b.1)
                .count()
        };
        let best =
            (0..found.len()).max_by_key(|at| (found.get(*at).map_or(0, alike), usize::MAX - at));
        let other = match best.filter(|at| found.get(*at).is_some_and(|other| alike(other) > 0)) {
            Some(at) => found.remove(at),
            None => fields
                .iter()
                .map(|(key, _)| (*key, String::new()))
                .collect(),
        };
        for ((key, found), (_, expected)) in other.iter().zip(&fields) {
            field(score, &format!("{section} {key}"), found, expected);
        }
    }
    for fields in found {
        for (key, found) in fields {
            if !found.is_empty() && found != ".." {
                score.understood += 1;
                score
                    .mistakes
                    .push(format!("{section} {key}: `{found}` is too much"));
            }
        }
    }
}

/// Values without an order.
fn values(score: &mut Score, key: &str, mut found: Vec<String>, expected: Vec<String>) {
    score.understood += found.len();
    score.expected += expected.len();
    for value in expected {
        match found.iter().position(|other| *other == value) {
            Some(at) => {
                found.remove(at);
                score.right += 1;
            }
            None => score.mistakes.push(format!("{key}: `{value}` is missing")),
        }
    }
    for value in found {
        score.mistakes.push(format!("{key}: `{value}` is too much"));
    }
}

#[cfg(test)]
mod tests {
    use super::{Score, measure};
    use crate::testing;

    #[test]
    fn pdfs_are_understood_as_well_as_the_bars_ask() {
        let Some(folder) = testing::shared("resumes/pdf") else {
            return;
        };
        let mut total = Score::default();
        for path in testing::files(&folder, ".truth.json") {
            let truth = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let pdf = path.to_string_lossy().replace(".truth.json", ".pdf");
            let imported = crate::pdf::read(&std::fs::read(&pdf).unwrap()).unwrap();
            let score = measure(&imported.resume, &truth);
            println!(
                "{pdf}: precision {:.3}, recall {:.3} {:#?}",
                score.precision(),
                score.recall(),
                score.mistakes
            );
            total.add(score);
        }
        println!(
            "fields: precision {:.3} (bar 0.95), recall {:.3} (bar 0.90)",
            total.precision(),
            total.recall()
        );
        assert!(total.precision() >= 0.95 && total.recall() >= 0.90);
    }

    #[test]
    fn what_says_the_same_as_the_truth_is_all_right_and_a_wrong_field_costs_both() {
        let truth = serde_json::json!({
            "contact": {"full_name": "Mira Holm", "email": "mira.holm@mail.example", "phone": "+46 70 555 01 23"},
            "experience": [
                {"title": "Backend Engineering Intern", "company": "Tallvik Systems AB", "dates": "Jun 2025 – Aug 2025"},
                {"title": "Barista", "company": "Café Lind", "dates": "Sep 2022 - May 2024"},
                {"title": "Teaching Assistant", "company": "Nordhamn University", "dates": "Sep 2025 - Present"}
            ],
            "education": [{"degree": "Bachelor of Science in Computer Science", "institution": "Nordhamn University"}],
            "skills": ["Java", "Rust", "SQL", "Git", "Docker", "PostgreSQL"]
        });
        let mut resume = testing::mira();
        let score = measure(&resume, &truth);
        assert_eq!(
            (score.precision(), score.recall()),
            (1.0, 1.0),
            "{:?}",
            score.mistakes
        );
        resume.work[1].name = "Lind".into();
        let score = measure(&resume, &truth);
        assert!(score.precision() < 1.0 && score.recall() < 1.0);
    }
}
