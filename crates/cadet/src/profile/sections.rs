//! The sections of a profile and their fields, as the editor, the history and the checks name them.

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Line,
    /// A paragraph.
    Text,
    /// A year, a month or a day.
    Date,
    /// The address of a page.
    Url,
    /// A mail address.
    Email,
    /// A country in two letters.
    Country,
    /// Short texts, one a line.
    Lines,
}

/// A field of an entry.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its key as the profile is kept.
    pub key: &'static str,
    /// Its key in a JSON Resume file.
    pub file_key: &'static str,
    /// Its word.
    pub label: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// An example, or how to write it; may be empty.
    pub hint: &'static str,
}

/// A section: a list of entries with the same fields. The basics are a section with one entry.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Its key.
    pub key: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What one entry is called.
    pub one: &'static str,
    /// The fields of an entry.
    pub fields: &'static [Field],
    /// Whether entries have bullets.
    pub has_bullets: bool,
}

const fn field(
    key: &'static str,
    file_key: &'static str,
    label: &'static str,
    kind: Kind,
) -> Field {
    Field {
        key,
        file_key,
        label,
        kind,
        hint: "",
    }
}

const fn hinted(field: Field, hint: &'static str) -> Field {
    Field { hint, ..field }
}

const fn line(key: &'static str, label: &'static str) -> Field {
    field(key, key, label, Kind::Line)
}

const DATES: &str = "2024, 2024-06 or 2024-06-01";
const START: Field = hinted(field("start_date", "startDate", "From", Kind::Date), DATES);
const END: Field = hinted(
    field("end_date", "endDate", "To", Kind::Date),
    "Empty while it goes on",
);
const URL: Field = field("url", "url", "Page", Kind::Url);
const SUMMARY: Field = field("summary", "summary", "In a few sentences", Kind::Text);
const DATE: Field = hinted(field("date", "date", "When", Kind::Date), DATES);

const fn section(
    key: &'static str,
    title: &'static str,
    one: &'static str,
    fields: &'static [Field],
    has_bullets: bool,
) -> Section {
    Section {
        key,
        title,
        one,
        fields,
        has_bullets,
    }
}

/// The key of the section that holds the person.
pub const BASICS: &str = "basics";
/// The key of the section of accounts elsewhere, which are kept within the basics.
pub const LINKS: &str = "links";

/// All sections, in the order of the editor.
pub const SECTIONS: &[Section] = &[
    section(
        BASICS,
        "You",
        "person",
        &[
            line("name", "Name"),
            hinted(line("label", "Title"), "Such as Computer science student"),
            field("email", "email", "Mail", Kind::Email),
            line("phone", "Telephone"),
            field("url", "url", "Your page", Kind::Url),
            field(
                "summary",
                "summary",
                "About you, in two or three sentences",
                Kind::Text,
            ),
            field("location.city", "city", "Town", Kind::Line),
            field("location.region", "region", "Region", Kind::Line),
            hinted(
                field(
                    "location.country_code",
                    "countryCode",
                    "Country",
                    Kind::Country,
                ),
                "Two letters, such as SE",
            ),
            field(
                "location.postal_code",
                "postalCode",
                "Postal code",
                Kind::Line,
            ),
            field("location.address", "address", "Street", Kind::Line),
            field("image", "image", "Address of a picture", Kind::Url),
        ],
        false,
    ),
    section(
        LINKS,
        "Links",
        "link",
        &[
            hinted(line("network", "Site"), "Such as GitHub"),
            line("username", "Your name there"),
            URL,
        ],
        false,
    ),
    section(
        "work",
        "Work",
        "job",
        &[
            line("name", "Employer"),
            line("position", "Title"),
            line("location", "Place"),
            START,
            END,
            URL,
            line("description", "What the employer does"),
            SUMMARY,
        ],
        true,
    ),
    section(
        "education",
        "Education",
        "school or degree",
        &[
            line("institution", "School"),
            hinted(
                field("study_type", "studyType", "Degree", Kind::Line),
                "Such as Bachelor",
            ),
            line("area", "Subject"),
            START,
            hinted(
                field("end_date", "endDate", "To", Kind::Date),
                "The day expected will do",
            ),
            line("score", "Grade"),
            URL,
            hinted(
                field("courses", "courses", "Courses", Kind::Lines),
                "One a line",
            ),
        ],
        false,
    ),
    section(
        "projects",
        "Projects",
        "project",
        &[
            line("name", "Name"),
            field(
                "description",
                "description",
                "In a sentence or two",
                Kind::Text,
            ),
            START,
            END,
            hinted(
                field("url", "url", "Page or repository", Kind::Url),
                "https://",
            ),
            hinted(
                field("keywords", "keywords", "Technologies", Kind::Lines),
                "One a line",
            ),
            hinted(
                field("roles", "roles", "Your part", Kind::Lines),
                "One a line",
            ),
            line("entity", "For whom"),
            field("kind", "type", "Kind", Kind::Line),
        ],
        true,
    ),
    section(
        "skills",
        "Skills",
        "group of skills",
        &[
            hinted(line("name", "Group"), "Such as Databases"),
            line("level", "How well"),
            hinted(
                field("keywords", "keywords", "Skills", Kind::Lines),
                "One a line",
            ),
        ],
        false,
    ),
    section(
        "volunteer",
        "Unpaid work",
        "unpaid work",
        &[
            line("organization", "For whom"),
            line("position", "As what"),
            START,
            END,
            URL,
            SUMMARY,
        ],
        true,
    ),
    section(
        "certificates",
        "Certificates",
        "certificate",
        &[line("name", "What"), line("issuer", "From whom"), DATE, URL],
        false,
    ),
    section(
        "languages",
        "Languages",
        "language",
        &[line("language", "Language"), line("fluency", "How well")],
        false,
    ),
    section(
        "awards",
        "Awards",
        "award",
        &[
            line("title", "What for"),
            line("awarder", "From whom"),
            DATE,
            SUMMARY,
        ],
        false,
    ),
    section(
        "publications",
        "Publications",
        "publication",
        &[
            line("name", "Title"),
            line("publisher", "Publisher"),
            hinted(
                field("release_date", "releaseDate", "When", Kind::Date),
                DATES,
            ),
            URL,
            SUMMARY,
        ],
        false,
    ),
    section(
        "interests",
        "Interests",
        "interest",
        &[
            line("name", "What"),
            hinted(
                field("keywords", "keywords", "More exactly", Kind::Lines),
                "One a line",
            ),
        ],
        false,
    ),
    section(
        "references",
        "References",
        "reference",
        &[
            line("name", "Who"),
            field("reference", "reference", "Their words", Kind::Text),
        ],
        false,
    ),
];

impl Section {
    /// The section with this key.
    #[must_use]
    pub fn of(key: &str) -> Option<&'static Self> {
        SECTIONS.iter().find(|section| section.key == key)
    }

    /// Whether it is the one entry that is always there.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.key == BASICS
    }

    /// A new one in words: "a job", "an award".
    #[must_use]
    pub fn a_new_one(&self) -> String {
        match self.one {
            one if one.ends_with("work") => one.to_owned(),
            one if one.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {one}"),
            one => format!("a {one}"),
        }
    }

    /// The JSON pointer of its entries in a resume as it is kept.
    #[must_use]
    pub fn pointer(&self) -> String {
        match self.key {
            LINKS => "/basics/profiles".to_owned(),
            key => format!("/{key}"),
        }
    }

    /// The field with this key in a JSON Resume file.
    #[must_use]
    pub fn by_file_key(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.file_key == key)
    }
}

#[cfg(test)]
mod tests {
    use resume::{
        Award, Certificate, Education, Interest, Language, OnlineProfile, Project, Publication,
        Reference, Resume, SkillGroup, Volunteer, Work,
    };
    use serde_json::Value;

    use super::{LINKS, SECTIONS};

    /// One empty entry in each section.
    fn full() -> Value {
        let mut resume = Resume {
            work: vec![Work::default()],
            volunteer: vec![Volunteer::default()],
            education: vec![Education::default()],
            awards: vec![Award::default()],
            certificates: vec![Certificate::default()],
            publications: vec![Publication::default()],
            skills: vec![SkillGroup::default()],
            languages: vec![Language::default()],
            interests: vec![Interest::default()],
            references: vec![Reference::default()],
            projects: vec![Project::default()],
            ..Resume::default()
        };
        resume.basics.profiles.push(OnlineProfile::default());
        serde_json::to_value(resume).unwrap()
    }

    #[test]
    fn every_field_of_a_resume_is_in_the_table_and_no_other() {
        let full = full();
        for section in SECTIONS {
            let entries = full.pointer(&section.pointer()).unwrap();
            let entry = entries.get(0).unwrap_or(entries).as_object().unwrap();
            let known = |key: &str| {
                section
                    .fields
                    .iter()
                    .any(|field| field.key == key || field.key.starts_with(&format!("{key}.")))
                    || key == "id"
                    || key == "highlights" && section.has_bullets
                    || key == "profiles"
            };
            for key in entry.keys() {
                assert!(known(key), "{}: {key} is not in the table", section.key);
            }
            for field in section.fields {
                let at = format!("/{}", field.key.replace('.', "/"));
                let entry = Value::Object(entry.clone());
                assert!(
                    entry.pointer(&at).is_some(),
                    "{}: {at} is no field",
                    section.key
                );
            }
        }
        let sections = full.as_object().unwrap().keys();
        for key in sections.filter(|key| *key != "last_number") {
            assert!(
                SECTIONS.iter().any(|one| one.key == key || key == LINKS),
                "{key}"
            );
        }
    }
}
