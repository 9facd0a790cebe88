//! What stands beside the editor: whether all is saved, what to look at, and the resume as it reads.

use askama::Template;
use resume::{Highlight, PartialDate, Resume};

use super::super::checks::{Problem, Severity, problems};
use super::super::model::{Profile, RevisionId};
use super::super::sections::SECTIONS;
use crate::error::Result;

/// What became of the last save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Everything is saved.
    Saved,
    /// What is typed is kept beside the profile, which changed elsewhere.
    Aside(RevisionId),
    /// It could not be saved, and why.
    Failed(String),
}

/// The column beside the editor.
#[derive(Template)]
#[template(path = "profile/pages/beside.html")]
pub(super) struct Beside {
    pub(super) state: State,
    pub(super) problems: Vec<Problem>,
    pub(super) preview: Preview,
}

impl Beside {
    /// The column for a profile.
    pub(super) fn of(profile: &Profile, state: State) -> Result<Self> {
        Ok(Self {
            state,
            problems: problems(profile)?,
            preview: Preview::of(profile),
        })
    }

    /// Where a problem's field is on the editor's pages.
    fn place(problem: &Problem) -> String {
        let (entry, field) = (&problem.entry, &problem.field);
        match entry.as_str() {
            "aims" => format!("/profile/aims#{field}"),
            _ => format!("/profile#{entry}.{field}"),
        }
    }

    /// The word of a problem's field.
    fn label(problem: &Problem) -> &'static str {
        let fields = SECTIONS.iter().flat_map(|section| section.fields);
        let found = fields.into_iter().find(|field| field.key == problem.field);
        found.map_or("Look", |field| field.label)
    }
}

/// The resume as it reads.
#[derive(Template)]
#[template(path = "profile/pages/preview.html")]
pub(super) struct Preview {
    resume: Resume,
}

/// An entry as it reads.
struct Shown<'a> {
    title: &'a str,
    with: &'a str,
    place: &'a str,
    period: String,
    text: &'a str,
    bullets: &'a [Highlight],
    words: String,
}

/// A section as it reads.
struct ShownSection<'a> {
    title: &'static str,
    entries: Vec<Shown<'a>>,
}

impl askama::filters::HtmlSafe for Preview {}

impl askama::filters::HtmlSafe for Beside {}

impl Preview {
    pub(super) fn of(profile: &Profile) -> Self {
        Self {
            resume: profile.resume.clone(),
        }
    }

    fn is_empty(&self) -> bool {
        let basics = &self.resume.basics;
        let all = [
            &basics.name,
            &basics.label,
            &basics.email,
            &basics.phone,
            &basics.summary,
        ];
        all.iter().all(|text| text.is_empty()) && self.sections().is_empty()
    }

    /// How to reach the person.
    fn contacts(&self) -> Vec<&str> {
        let basics = &self.resume.basics;
        let at = &basics.location;
        let texts = [
            &basics.email,
            &basics.phone,
            &basics.url,
            &at.city,
            &at.country_code,
        ];
        let links = basics.profiles.iter().map(|one| match one.url.is_empty() {
            true => one.username.as_str(),
            false => one.url.as_str(),
        });
        let all = texts.into_iter().map(String::as_str).chain(links);
        all.filter(|text| !text.is_empty()).collect()
    }

    fn sections(&self) -> Vec<ShownSection<'_>> {
        let resume = &self.resume;
        let mut sections = vec![
            ("Work", resume.work.iter().map(work).collect()),
            (
                "Education",
                resume.education.iter().map(education).collect(),
            ),
            ("Projects", resume.projects.iter().map(project).collect()),
            (
                "Skills",
                resume
                    .skills
                    .iter()
                    .map(|one| words(&one.name, &one.keywords))
                    .collect(),
            ),
            (
                "Unpaid work",
                resume.volunteer.iter().map(volunteer).collect(),
            ),
        ];
        sections.extend(self.small());
        let shown = sections
            .into_iter()
            .filter(|(_, entries): &(_, Vec<Shown<'_>>)| !entries.is_empty());
        shown
            .map(|(title, entries)| ShownSection { title, entries })
            .collect()
    }

    /// Sections of which an entry is a line.
    fn small(&self) -> Vec<(&'static str, Vec<Shown<'_>>)> {
        let resume = &self.resume;
        let certificates = resume
            .certificates
            .iter()
            .map(|one| small(&one.name, &one.issuer, one.date));
        let languages = resume
            .languages
            .iter()
            .map(|one| small(&one.language, &one.fluency, None));
        let awards = resume.awards.iter().map(|one| Shown {
            text: &one.summary,
            ..small(&one.title, &one.awarder, one.date)
        });
        let publications = resume.publications.iter().map(|one| Shown {
            text: &one.summary,
            ..small(&one.name, &one.publisher, one.release_date)
        });
        let references = resume.references.iter().map(|one| Shown {
            text: &one.reference,
            ..small(&one.name, "", None)
        });
        vec![
            ("Certificates", certificates.collect()),
            ("Languages", languages.collect()),
            ("Awards", awards.collect()),
            ("Publications", publications.collect()),
            (
                "Interests",
                resume
                    .interests
                    .iter()
                    .map(|one| words(&one.name, &one.keywords))
                    .collect(),
            ),
            ("References", references.collect()),
        ]
    }
}

fn period(start: Option<PartialDate>, end: Option<PartialDate>) -> String {
    match (start, end) {
        (Some(start), Some(end)) => format!("{start} – {end}"),
        (Some(start), None) => format!("since {start}"),
        (None, Some(end)) => format!("until {end}"),
        (None, None) => String::new(),
    }
}

fn small<'a>(title: &'a str, with: &'a str, date: Option<PartialDate>) -> Shown<'a> {
    Shown {
        title,
        with,
        place: "",
        period: date.map(|date| date.to_string()).unwrap_or_default(),
        text: "",
        bullets: &[],
        words: String::new(),
    }
}

fn words<'a>(title: &'a str, words: &[String]) -> Shown<'a> {
    Shown {
        words: words.join(", "),
        ..small(title, "", None)
    }
}

fn work(one: &resume::Work) -> Shown<'_> {
    Shown {
        place: &one.location,
        period: period(one.start_date, one.end_date),
        text: &one.summary,
        bullets: &one.highlights,
        ..small(&one.position, &one.name, None)
    }
}

fn volunteer(one: &resume::Volunteer) -> Shown<'_> {
    Shown {
        period: period(one.start_date, one.end_date),
        text: &one.summary,
        bullets: &one.highlights,
        ..small(&one.position, &one.organization, None)
    }
}

fn education(one: &resume::Education) -> Shown<'_> {
    let degree = [one.study_type.as_str(), one.area.as_str()];
    let score = Some(one.score.as_str()).filter(|score| !score.is_empty());
    let courses = Some(one.courses.join(", ")).filter(|courses| !courses.is_empty());
    let words = degree
        .into_iter()
        .filter(|word| !word.is_empty())
        .map(str::to_owned);
    let words: Vec<String> = words
        .chain(score.map(str::to_owned))
        .chain(courses)
        .collect();
    Shown {
        period: period(one.start_date, one.end_date),
        words: words.join(", "),
        ..small(&one.institution, "", None)
    }
}

fn project(one: &resume::Project) -> Shown<'_> {
    Shown {
        period: period(one.start_date, one.end_date),
        text: &one.description,
        bullets: &one.highlights,
        words: one.keywords.join(", "),
        ..small(&one.name, &one.entity, None)
    }
}
