//! A resume as a row of blocks in reading order: what every document writer shows, each in its own way.

use crate::dates::{self, Wording};
use crate::{Highlight, PartialDate, Resume, places};

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The person's name.
    Name(String),
    /// The title under it.
    Label(String),
    /// Ways to reach the person.
    Contact(Vec<Link>),
    /// The heading of a section.
    Heading(&'static str),
    /// The head of an entry.
    Entry(Entry),
    /// A paragraph.
    Paragraph(String),
    /// A bullet.
    Bullet(String),
    /// A line that begins with a label, such as a group of skills.
    Labelled(String, String),
}

/// A text that may lead somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// What is shown.
    pub text: String,
    /// The address; empty when it leads nowhere.
    pub url: String,
}

/// The head of an entry; what is not known is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What the entry is about: the position, the degree, the project.
    pub title: String,
    /// Where: the organisation, the school.
    pub at: String,
    /// The place.
    pub place: String,
    /// From when until when.
    pub dates: String,
    /// Its page.
    pub url: String,
}

impl Entry {
    /// Title and organisation in one line; the one that there is when the other is empty.
    pub fn head(&self) -> String {
        joined(&[&self.title, &self.at], " — ")
    }

    /// Dates and place in one line.
    pub fn foot(&self) -> String {
        joined(&[&self.dates, &self.place], " · ")
    }
}

/// The texts that are not empty, with a separator between them.
pub fn joined(parts: &[&str], separator: &str) -> String {
    let said: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    said.join(separator)
}

/// An address without what nobody reads: `github.com/mira` for `https://www.github.com/mira/`.
pub fn bare(url: &str) -> String {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .unwrap_or(url);
    rest.strip_prefix("www.")
        .unwrap_or(rest)
        .trim_end_matches('/')
        .to_owned()
}

/// The address as something that may be followed; empty for a scheme that could run code.
pub fn followable(url: &str) -> String {
    let safe = ["https://", "http://", "mailto:", "tel:"];
    let small = url.trim().to_ascii_lowercase();
    if safe.iter().any(|scheme| small.starts_with(scheme)) {
        url.trim().to_owned()
    } else {
        String::new()
    }
}

/// All blocks of a resume.
pub fn blocks(resume: &Resume, wording: Wording) -> Vec<Block> {
    let mut outline = Outline {
        blocks: Vec::new(),
        wording,
    };
    outline.head(resume);
    outline.work(resume);
    outline.projects(resume);
    outline.education(resume);
    outline.skills(resume);
    outline.honours(resume);
    outline.volunteer(resume);
    outline.small(resume);
    outline.blocks
}

struct Outline {
    blocks: Vec<Block>,
    wording: Wording,
}

/// The sections that have a heading.
#[derive(Clone, Copy)]
enum Section {
    Summary,
    Work,
    Projects,
    Education,
    Skills,
    Certificates,
    Awards,
    Publications,
    Volunteer,
    Languages,
    Interests,
    References,
}

/// The headings, in the order of [`Section`], in the order of [`Wording`].
const HEADINGS: [[&str; 5]; 12] = [
    ["Summary", "Profil", "Profil", "Perfil", "Resumo"],
    [
        "Experience",
        "Berufserfahrung",
        "Expérience professionnelle",
        "Experiencia laboral",
        "Experiência profissional",
    ],
    ["Projects", "Projekte", "Projets", "Proyectos", "Projetos"],
    [
        "Education",
        "Ausbildung",
        "Formation",
        "Educación",
        "Formação",
    ],
    [
        "Skills",
        "Kenntnisse",
        "Compétences",
        "Habilidades",
        "Competências",
    ],
    [
        "Certificates",
        "Zertifikate",
        "Certifications",
        "Certificados",
        "Certificados",
    ],
    [
        "Awards",
        "Auszeichnungen",
        "Distinctions",
        "Premios",
        "Prêmios",
    ],
    [
        "Publications",
        "Veröffentlichungen",
        "Publications",
        "Publicaciones",
        "Publicações",
    ],
    [
        "Volunteering",
        "Ehrenamt",
        "Bénévolat",
        "Voluntariado",
        "Voluntariado",
    ],
    ["Languages", "Sprachen", "Langues", "Idiomas", "Idiomas"],
    [
        "Interests",
        "Interessen",
        "Centres d'intérêt",
        "Intereses",
        "Interesses",
    ],
    [
        "References",
        "Referenzen",
        "Références",
        "Referencias",
        "Referências",
    ],
];

fn heading(section: Section, wording: Wording) -> &'static str {
    HEADINGS[section as usize][wording as usize]
}

impl Outline {
    fn heading(&mut self, section: Section) {
        self.blocks
            .push(Block::Heading(heading(section, self.wording)));
    }

    fn paragraph(&mut self, text: &str) {
        let paragraphs = text
            .split('\n')
            .map(str::trim)
            .filter(|text| !text.is_empty());
        self.blocks
            .extend(paragraphs.map(|text| Block::Paragraph(text.to_owned())));
    }

    fn bullets(&mut self, highlights: &[Highlight]) {
        let texts = highlights
            .iter()
            .map(|h| h.text.trim())
            .filter(|text| !text.is_empty());
        self.blocks
            .extend(texts.map(|text| Block::Bullet(text.to_owned())));
    }

    fn labelled(&mut self, label: &str, text: &str) {
        match (label.is_empty(), text.is_empty()) {
            (_, true) if !label.is_empty() => self.blocks.push(Block::Paragraph(label.to_owned())),
            (true, false) => self.blocks.push(Block::Paragraph(text.to_owned())),
            (false, false) => self
                .blocks
                .push(Block::Labelled(label.to_owned(), text.to_owned())),
            _ => {}
        }
    }

    fn entry(&mut self, title: &str, at: &str, place: &str, dates: String, url: &str) {
        self.blocks.push(Block::Entry(Entry {
            title: title.to_owned(),
            at: at.to_owned(),
            place: place.to_owned(),
            dates,
            url: url.to_owned(),
        }));
    }

    fn range(&self, start: Option<PartialDate>, end: Option<PartialDate>) -> String {
        dates::range_text(start, end, self.wording)
    }

    fn date(&self, date: Option<PartialDate>) -> String {
        date.map(|date| dates::day(date, self.wording))
            .unwrap_or_default()
    }

    fn head(&mut self, resume: &Resume) {
        let basics = &resume.basics;
        if !basics.name.is_empty() {
            self.blocks.push(Block::Name(basics.name.clone()));
        }
        if !basics.label.is_empty() {
            self.blocks.push(Block::Label(basics.label.clone()));
        }
        let contact = contact(resume);
        if !contact.is_empty() {
            self.blocks.push(Block::Contact(contact));
        }
        if !basics.summary.trim().is_empty() {
            self.heading(Section::Summary);
            self.paragraph(&basics.summary);
        }
    }

    fn work(&mut self, resume: &Resume) {
        if !resume.work.is_empty() {
            self.heading(Section::Work);
        }
        for work in &resume.work {
            let dates = self.range(work.start_date, work.end_date);
            self.entry(&work.position, &work.name, &work.location, dates, &work.url);
            self.paragraph(&work.description);
            self.paragraph(&work.summary);
            self.bullets(&work.highlights);
        }
    }

    fn projects(&mut self, resume: &Resume) {
        if !resume.projects.is_empty() {
            self.heading(Section::Projects);
        }
        for project in &resume.projects {
            // A project with one date was then, and does not go on.
            let dates = match (project.start_date, project.end_date) {
                (Some(start), None) => dates::month_year(start, self.wording),
                (start, end) => self.range(start, end),
            };
            let roles = project.roles.join(", ");
            let place = joined(&[&roles, &project.kind], " · ");
            self.entry(&project.name, &project.entity, &place, dates, &project.url);
            self.paragraph(&project.description);
            self.bullets(&project.highlights);
            if !project.keywords.is_empty() {
                self.blocks
                    .push(Block::Paragraph(project.keywords.join(", ")));
            }
        }
    }

    fn education(&mut self, resume: &Resume) {
        if !resume.education.is_empty() {
            self.heading(Section::Education);
        }
        for education in &resume.education {
            let dates = self.range(education.start_date, education.end_date);
            let title = joined(&[&education.study_type, &education.area], ", ");
            self.entry(
                &title,
                &education.institution,
                &education.score,
                dates,
                &education.url,
            );
            if !education.courses.is_empty() {
                self.blocks
                    .push(Block::Paragraph(education.courses.join(", ")));
            }
        }
    }

    fn skills(&mut self, resume: &Resume) {
        if !resume.skills.is_empty() {
            self.heading(Section::Skills);
        }
        for group in &resume.skills {
            let label = match (group.name.as_str(), group.level.as_str()) {
                (name, "") => name.to_owned(),
                ("", level) => level.to_owned(),
                (name, level) => format!("{name} ({level})"),
            };
            self.labelled(&label, &group.keywords.join(", "));
        }
    }

    fn honours(&mut self, resume: &Resume) {
        if !resume.certificates.is_empty() {
            self.heading(Section::Certificates);
        }
        for certificate in &resume.certificates {
            let date = self.date(certificate.date);
            self.entry(
                &certificate.name,
                &certificate.issuer,
                "",
                date,
                &certificate.url,
            );
        }
        if !resume.awards.is_empty() {
            self.heading(Section::Awards);
        }
        for award in &resume.awards {
            let date = self.date(award.date);
            self.entry(&award.title, &award.awarder, "", date, "");
            self.paragraph(&award.summary);
        }
        if !resume.publications.is_empty() {
            self.heading(Section::Publications);
        }
        for publication in &resume.publications {
            let date = self.date(publication.release_date);
            self.entry(
                &publication.name,
                &publication.publisher,
                "",
                date,
                &publication.url,
            );
            self.paragraph(&publication.summary);
        }
    }

    fn volunteer(&mut self, resume: &Resume) {
        if !resume.volunteer.is_empty() {
            self.heading(Section::Volunteer);
        }
        for entry in &resume.volunteer {
            let dates = self.range(entry.start_date, entry.end_date);
            self.entry(&entry.position, &entry.organization, "", dates, &entry.url);
            self.paragraph(&entry.summary);
            self.bullets(&entry.highlights);
        }
    }

    fn small(&mut self, resume: &Resume) {
        if !resume.languages.is_empty() {
            self.heading(Section::Languages);
        }
        for language in &resume.languages {
            self.labelled(&language.language, &language.fluency);
        }
        if !resume.interests.is_empty() {
            self.heading(Section::Interests);
        }
        for interest in &resume.interests {
            self.labelled(&interest.name, &interest.keywords.join(", "));
        }
        if !resume.references.is_empty() {
            self.heading(Section::References);
        }
        for reference in &resume.references {
            self.labelled(&reference.name, &reference.reference.replace('\n', " "));
        }
    }
}

/// The place, in the words of a letterhead.
pub fn place_line(resume: &Resume) -> String {
    let at = &resume.basics.location;
    let country = places::country_name(&at.country_code).unwrap_or(&at.country_code);
    let town = joined(&[&at.postal_code, &at.city], " ");
    joined(
        &[&at.address.replace('\n', ", "), &town, &at.region, country],
        ", ",
    )
}

fn contact(resume: &Resume) -> Vec<Link> {
    let basics = &resume.basics;
    let mut links = Vec::new();
    let mut add = |text: String, url: String| {
        if !text.is_empty() {
            links.push(Link { text, url });
        }
    };
    let mail = if basics.email.is_empty() {
        String::new()
    } else {
        format!("mailto:{}", basics.email)
    };
    add(basics.email.clone(), mail);
    add(basics.phone.clone(), String::new());
    add(place_line(resume), String::new());
    add(bare(&basics.url), followable(&basics.url));
    for profile in &basics.profiles {
        let shown = if profile.url.is_empty() {
            joined(&[&profile.network, &profile.username], ": ")
        } else {
            bare(&profile.url)
        };
        add(shown, followable(&profile.url));
    }
    links
}
