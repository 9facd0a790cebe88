//! The templates that ship, and the papers they are set on.

use serde::{Deserialize, Serialize};

/// What a template sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Data in the shape of JSON Resume.
    Resume,
    /// Data in the shape of a letter.
    Letter,
}

/// Where an entry's dates stand; they come before its text in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Dates {
    /// After title, name and place.
    Behind,
    /// Before the title.
    Ahead,
}

/// One shipped template. Equal when the name is equal.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// The name by which it is asked for, such as `classic`.
    pub name: &'static str,
    /// The name that people see.
    pub title: &'static str,
    /// What it looks like and whom it suits, in one sentence.
    pub description: &'static str,
    /// What it sets.
    pub kind: Kind,
    /// The file below `templates/` that holds it, without its ending; a letter shares it with the resume of its style.
    pub(crate) style: &'static str,
    pub(crate) dates: Dates,
    /// Sections in the order in which they are set when the data does not say.
    pub(crate) sections: &'static [&'static str],
    /// How many of these stand in the narrow column.
    pub(crate) aside: &'static [&'static str],
}

impl PartialEq for Template {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Template {}

/// The usual order: what is read first comes first.
const USUAL: &[&str] = &[
    "summary",
    "work",
    "projects",
    "education",
    "skills",
    "volunteer",
    "certificates",
    "awards",
    "publications",
    "languages",
    "interests",
    "references",
];
const SCHOOL_FIRST: &[&str] = &[
    "summary",
    "education",
    "work",
    "publications",
    "projects",
    "awards",
    "skills",
    "certificates",
    "volunteer",
    "languages",
    "interests",
    "references",
];
const COLUMNS: &[&str] = &[
    "skills",
    "languages",
    "certificates",
    "interests",
    "summary",
    "work",
    "projects",
    "education",
    "volunteer",
    "awards",
    "publications",
    "references",
];
const NARROW: &[&str] = &["skills", "languages", "certificates", "interests"];

const fn resume(name: &'static str, title: &'static str, description: &'static str) -> Template {
    Template {
        name,
        title,
        description,
        kind: Kind::Resume,
        style: name,
        dates: Dates::Behind,
        sections: USUAL,
        aside: &[],
    }
}

const fn letter(
    name: &'static str,
    style: &'static str,
    title: &'static str,
    description: &'static str,
) -> Template {
    Template {
        kind: Kind::Letter,
        style,
        ..resume(name, title, description)
    }
}

impl Template {
    /// All of them: resumes first, then the letters in the same styles.
    pub const ALL: [Self; 12] = [
        resume(
            "classic",
            "Classic",
            "A serif page with a centred head: right for any reader, and for print.",
        ),
        resume(
            "compact",
            "Compact",
            "A dense sans-serif page: for much on one page without small print.",
        ),
        resume(
            "modern",
            "Modern",
            "A sans-serif page with one colour and room to breathe.",
        ),
        Template {
            dates: Dates::Ahead,
            ..resume(
                "europass",
                "Europass",
                "In the manner of Europass: dates and place above each entry, blue rules.",
            )
        },
        Template {
            sections: SCHOOL_FIRST,
            ..resume(
                "academic",
                "Academic",
                "Education and publications first, in the type of scientific papers.",
            )
        },
        Template {
            sections: COLUMNS,
            aside: NARROW,
            ..resume(
                "sidebar",
                "Sidebar",
                "Two columns: skills and languages beside work and projects, read column by column.",
            )
        },
        letter(
            "letter-classic",
            "classic",
            "Classic letter",
            "A letter that goes with the classic resume.",
        ),
        letter(
            "letter-compact",
            "compact",
            "Compact letter",
            "A letter that goes with the compact resume.",
        ),
        letter(
            "letter-modern",
            "modern",
            "Modern letter",
            "A letter that goes with the modern resume.",
        ),
        letter(
            "letter-europass",
            "europass",
            "Europass letter",
            "A letter that goes with the Europass resume.",
        ),
        letter(
            "letter-academic",
            "academic",
            "Academic letter",
            "A letter that goes with the academic resume.",
        ),
        letter(
            "letter-sidebar",
            "sidebar",
            "Sidebar letter",
            "A letter that goes with the sidebar resume.",
        ),
    ];

    /// The template of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.name == name)
    }

    /// The letter in the style of this template; itself when it is a letter.
    pub fn letter(self) -> Self {
        let same = |other: &Self| other.kind == Kind::Letter && other.style == self.style;
        Self::ALL.into_iter().find(same).unwrap_or(self)
    }
}

/// The paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// 210 mm by 297 mm, the paper of most of the world.
    #[default]
    A4,
    /// 8.5 by 11 inches, the paper of North America.
    UsLetter,
}

impl Paper {
    /// Both.
    pub const ALL: [Self; 2] = [Self::A4, Self::UsLetter];

    /// Its name: `a4` or `us-letter`.
    pub fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::UsLetter => "us-letter",
        }
    }

    /// The paper of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Paper, Template};

    #[test]
    fn every_template_is_found_by_its_name_and_has_a_letter_in_its_style() {
        for template in Template::ALL {
            assert_eq!(Template::by_name(template.name), Some(template));
            let letter = template.letter();
            assert_eq!(letter.kind, Kind::Letter);
            assert_eq!(letter.style, template.style);
        }
        assert_eq!(Template::by_name("none such"), None);
    }

    #[test]
    fn papers_are_found_by_their_names() {
        for paper in Paper::ALL {
            assert_eq!(Paper::by_name(paper.name()), Some(paper));
        }
    }
}
