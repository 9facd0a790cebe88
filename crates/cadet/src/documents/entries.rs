//! The entries of a resume, whatever their section, as one shape: fields by name, lists, bullets, dates.
//!
//! Selecting, citing and checking go over all sections alike; this is the one place that knows how each section is built.

use resume::{EntryId, Highlight, PartialDate, Resume};

/// A section of a resume.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Paid work.
    Work,
    /// Unpaid work.
    Volunteer,
    /// Projects.
    Projects,
    /// Schools.
    Education,
    /// Skills.
    Skills,
    /// Certificates.
    Certificates,
    /// Prizes.
    Awards,
    /// Publications.
    Publications,
    /// Spoken languages.
    Languages,
    /// Interests.
    Interests,
    /// What others say.
    References,
}

impl Section {
    /// The section as people read it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Work => "Work",
            Self::Volunteer => "Volunteering",
            Self::Projects => "Projects",
            Self::Education => "Education",
            Self::Skills => "Skills",
            Self::Certificates => "Certificates",
            Self::Awards => "Awards",
            Self::Publications => "Publications",
            Self::Languages => "Languages",
            Self::Interests => "Interests",
            Self::References => "References",
        }
    }
}

/// One entry.
#[derive(Clone, Debug)]
pub struct EntryView<'a> {
    /// Its id.
    pub id: &'a EntryId,
    /// Its section.
    pub section: Section,
    /// Its fields that are filled, by name. The first is what it is called by.
    pub fields: Vec<(&'static str, String)>,
    /// Its lists, by name.
    pub lists: Vec<(&'static str, &'a [String])>,
    /// Its bullets.
    pub bullets: &'a [Highlight],
    /// The first day.
    pub start: Option<PartialDate>,
    /// The last day, or the only one.
    pub end: Option<PartialDate>,
}

/// Fields that name employers, schools, titles and places rather than telling something.
const NAMING: [&str; 17] = [
    "name",
    "position",
    "location",
    "organization",
    "institution",
    "area",
    "studyType",
    "title",
    "awarder",
    "issuer",
    "publisher",
    "language",
    "entity",
    "type",
    "level",
    "fluency",
    "network",
];

impl EntryView<'_> {
    /// What it is called by: "Backend developer, Nordlicht".
    #[must_use]
    pub fn called(&self) -> String {
        let of = |name: &str| self.field(name).unwrap_or_default();
        let parts = match self.section {
            Section::Work => [of("position"), of("name")],
            Section::Volunteer => [of("position"), of("organization")],
            Section::Education => [of("studyType"), of("institution")],
            _ => [
                self.fields.first().map_or("", |(_, text)| text.as_str()),
                "",
            ],
        };
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    /// A field's text.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| text.as_str())
    }

    /// The texts that name things: employer, title, place.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields
            .iter()
            .filter(|(name, _)| NAMING.contains(name))
            .map(|(_, text)| text.as_str())
    }

    /// Whether it goes on: it has a beginning and no end.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        self.start.is_some() && self.end.is_none()
    }

    /// Every text of it, with bullets in all wordings.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let fields = self.fields.iter().map(|(_, text)| text.as_str());
        let lists = self
            .lists
            .iter()
            .flat_map(|(_, list)| list.iter().map(String::as_str));
        fields
            .chain(lists)
            .chain(self.bullets.iter().flat_map(wordings))
    }
}

/// The wordings of a bullet, the person's own first.
pub fn wordings(bullet: &Highlight) -> impl Iterator<Item = &str> {
    std::iter::once(bullet.text.as_str()).chain(bullet.variants.iter().map(String::as_str))
}

/// Fields in order, without the empty ones.
fn fields(
    all: &[(&'static str, &str)],
    dates: &[(&'static str, Option<PartialDate>)],
) -> Vec<(&'static str, String)> {
    let texts = all
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(name, text)| (*name, (*text).to_owned()));
    let dates = dates
        .iter()
        .filter_map(|(name, date)| Some((*name, (*date)?.to_string())));
    texts.chain(dates).collect()
}

/// Every entry, section by section.
#[must_use]
pub fn entries(resume: &Resume) -> Vec<EntryView<'_>> {
    let mut all = telling(resume);
    all.extend(listing(resume));
    all
}

/// Sections whose entries have a time: work, volunteering, projects, education.
fn telling(resume: &Resume) -> Vec<EntryView<'_>> {
    let mut all = Vec::new();
    for one in &resume.work {
        let texts = [
            ("name", one.name.as_str()),
            ("position", &one.position),
            ("location", &one.location),
            ("description", &one.description),
            ("url", &one.url),
            ("summary", &one.summary),
        ];
        let dates = [("startDate", one.start_date), ("endDate", one.end_date)];
        all.push(view(
            &one.id,
            Section::Work,
            fields(&texts, &dates),
            &one.highlights,
            dates,
        ));
    }
    for one in &resume.volunteer {
        let texts = [
            ("organization", one.organization.as_str()),
            ("position", &one.position),
            ("url", &one.url),
            ("summary", &one.summary),
        ];
        let dates = [("startDate", one.start_date), ("endDate", one.end_date)];
        all.push(view(
            &one.id,
            Section::Volunteer,
            fields(&texts, &dates),
            &one.highlights,
            dates,
        ));
    }
    for one in &resume.projects {
        let texts = [
            ("name", one.name.as_str()),
            ("description", &one.description),
            ("url", &one.url),
            ("entity", &one.entity),
            ("type", &one.kind),
        ];
        let dates = [("startDate", one.start_date), ("endDate", one.end_date)];
        let mut made = view(
            &one.id,
            Section::Projects,
            fields(&texts, &dates),
            &one.highlights,
            dates,
        );
        made.lists = vec![("keywords", &one.keywords), ("roles", &one.roles)];
        all.push(made);
    }
    for one in &resume.education {
        let texts = [
            ("institution", one.institution.as_str()),
            ("studyType", &one.study_type),
            ("area", &one.area),
            ("url", &one.url),
            ("score", &one.score),
        ];
        let dates = [("startDate", one.start_date), ("endDate", one.end_date)];
        let mut made = view(
            &one.id,
            Section::Education,
            fields(&texts, &dates),
            &[],
            dates,
        );
        made.lists = vec![("courses", &one.courses)];
        all.push(made);
    }
    all
}

fn view<'a>(
    id: &'a EntryId,
    section: Section,
    fields: Vec<(&'static str, String)>,
    bullets: &'a [Highlight],
    dates: [(&'static str, Option<PartialDate>); 2],
) -> EntryView<'a> {
    EntryView {
        id,
        section,
        fields,
        lists: Vec::new(),
        bullets,
        start: dates[0].1,
        end: dates[1].1,
    }
}

/// Sections whose entries are a line each.
fn listing(resume: &Resume) -> Vec<EntryView<'_>> {
    let mut all = Vec::new();
    let mut add = |id, section, texts: &[(&'static str, &str)], date, lists| {
        let dates = [("date", date)];
        all.push(EntryView {
            id,
            section,
            fields: fields(texts, &dates),
            lists,
            bullets: &[],
            start: None,
            end: date,
        });
    };
    for one in &resume.skills {
        let texts = [("name", one.name.as_str()), ("level", &one.level)];
        add(
            &one.id,
            Section::Skills,
            &texts,
            None,
            vec![("keywords", one.keywords.as_slice())],
        );
    }
    for one in &resume.certificates {
        let texts = [
            ("name", one.name.as_str()),
            ("issuer", &one.issuer),
            ("url", &one.url),
        ];
        add(&one.id, Section::Certificates, &texts, one.date, Vec::new());
    }
    for one in &resume.awards {
        let texts = [
            ("title", one.title.as_str()),
            ("awarder", &one.awarder),
            ("summary", &one.summary),
        ];
        add(&one.id, Section::Awards, &texts, one.date, Vec::new());
    }
    for one in &resume.publications {
        let texts = [
            ("name", one.name.as_str()),
            ("publisher", &one.publisher),
            ("url", &one.url),
            ("summary", &one.summary),
        ];
        add(
            &one.id,
            Section::Publications,
            &texts,
            one.release_date,
            Vec::new(),
        );
    }
    for one in &resume.languages {
        let texts = [
            ("language", one.language.as_str()),
            ("fluency", &one.fluency),
        ];
        add(&one.id, Section::Languages, &texts, None, Vec::new());
    }
    for one in &resume.interests {
        let texts = [("name", one.name.as_str())];
        add(
            &one.id,
            Section::Interests,
            &texts,
            None,
            vec![("keywords", one.keywords.as_slice())],
        );
    }
    for one in &resume.references {
        let texts = [("name", one.name.as_str()), ("reference", &one.reference)];
        add(&one.id, Section::References, &texts, None, Vec::new());
    }
    all
}

/// The fields of the person: name, contact data, summary.
#[must_use]
pub fn basics(resume: &Resume) -> Vec<(&'static str, String)> {
    let one = &resume.basics;
    let place = &one.location;
    let mut all = fields(
        &[
            ("name", &one.name),
            ("label", &one.label),
            ("email", &one.email),
            ("phone", &one.phone),
            ("url", &one.url),
            ("summary", &one.summary),
            ("address", &place.address),
            ("postalCode", &place.postal_code),
            ("city", &place.city),
            ("countryCode", &place.country_code),
            ("region", &place.region),
        ],
        &[],
    );
    for profile in &one.profiles {
        let texts = [
            ("network", profile.network.as_str()),
            ("username", &profile.username),
            ("profile", &profile.url),
        ];
        all.extend(fields(&texts, &[]));
    }
    all
}

/// A bullet with the entry that it belongs to.
#[must_use]
pub fn bullet<'a, 'v>(
    all: &'v [EntryView<'a>],
    id: &EntryId,
) -> Option<(&'v EntryView<'a>, &'a Highlight)> {
    all.iter()
        .find_map(|entry| Some((entry, entry.bullets.iter().find(|bullet| bullet.id == *id)?)))
}
