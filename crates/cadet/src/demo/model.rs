//! What the sample world is made of: employers, places, openings and their texts.

use std::collections::BTreeMap;

/// Which visit a connector makes: some openings close and others open between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Poll {
    /// The first fetch of every source.
    First,
    /// Any fetch after [`super::SampleSites::advance_poll`].
    Second,
}

/// Where an employer publishes its openings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Board {
    /// A Greenhouse job board.
    Greenhouse,
    /// A Lever site.
    Lever,
    /// An Ashby job board.
    Ashby,
    /// A career site of its own, with schema.org `JobPosting` in its pages.
    Pages,
    /// A feed of its own (RSS, Atom or JSON Feed).
    Feed,
    /// No board: the openings are known from a community list only.
    List,
}

/// How a career page refers to the board behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Embed {
    /// An ordinary link.
    Link,
    /// A script that draws the board into the page.
    Script,
    /// An inline frame.
    Iframe,
}

/// A city with its region and its country's ISO 3166-1 code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name that people there use.
    pub city: String,
    /// State, province or county.
    pub region: String,
    /// Two letters.
    pub country: String,
}

/// One invented employer.
#[derive(Clone, Debug)]
pub struct Employer {
    /// Also its board token and its folder under `/sites`.
    pub id: String,
    /// The name as the employer writes it.
    pub name: String,
    /// The name as others write it.
    pub spellings: Vec<String>,
    /// One or two words.
    pub industry: String,
    /// Where it publishes.
    pub board: Board,
    /// Postings are shown on the employer's own site, with the board's id in the query.
    pub own_domain: bool,
    /// An opening in several cities is published once per city.
    pub repeats_cities: bool,
    /// Its source is given as the address of the career page, which refers to the board in this way.
    pub careers_page: Option<Embed>,
    /// The first one is the headquarters.
    pub cities: Vec<Place>,
    /// By language code.
    pub about: BTreeMap<String, String>,
}

/// How much of a career the position asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// An internship, placement or co-op.
    Intern,
    /// A part-time position for students, an apprenticeship.
    Student,
    /// A permanent position for graduates.
    NewGrad,
    /// One or two years of experience.
    Junior,
    /// Some years of experience.
    Mid,
    /// Many years of experience.
    Senior,
}

/// How much a family of roles is backend work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Backend {
    /// It is not.
    No,
    /// It may well be: data, platform, full-stack and general software engineering.
    Plausible,
    /// The posting says so.
    Explicit,
}

/// Where the work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workplace {
    /// At the office.
    OnSite,
    /// Partly at home.
    Hybrid,
    /// At home.
    Remote,
}

/// The unit of time that pay refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// Per hour.
    Hour,
    /// Per month.
    Month,
    /// Per year.
    Year,
}

/// A stated range of pay; both ends may be equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pay {
    /// In whole units of the currency.
    pub min: u64,
    /// In whole units of the currency.
    pub max: u64,
    /// ISO 4217 code.
    pub currency: String,
    /// What the amounts are paid for.
    pub period: Period,
}

/// When an internship takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub start: jiff::civil::Date,
    /// Length.
    pub months: u8,
}

/// A part of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What the part is for.
    pub part: Part,
    /// Its heading, in the posting's language.
    pub heading: String,
    /// Prose, before the list.
    pub paragraphs: Vec<String>,
    /// A list, possibly empty.
    pub bullets: Vec<String>,
}

/// The parts of a description; boards that have fields for parts need to tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// About the employer.
    About,
    /// About the position.
    Role,
    /// Responsibilities.
    Tasks,
    /// Requirements.
    Must,
    /// Preferred qualifications.
    Nice,
    /// Term, pay, place and the like.
    Facts,
    /// What the employer offers.
    Benefits,
    /// How to apply.
    Process,
}

/// Other places than the employer's own board in which an opening is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Venue {
    /// The community list of internships in the Americas, Asia and Oceania.
    AmericasList,
    /// The community list of internships in Europe and Africa.
    EuropeList,
    /// An RSS feed of backend positions.
    BackendFeed,
    /// A JSON Feed of remote positions.
    RemoteFeed,
    /// An Atom feed of a university's career service.
    CampusFeed,
}

/// Data as odd as it comes, inside an otherwise healthy board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A deadline in the year 9999.
    DeadlineIn9999,
    /// Published in the year 1.
    PublishedInYear1,
    /// A date that is none.
    DateUnreadable,
    /// The place is given as "Hybrid" and nothing else.
    PlaceSaysHybrid,
    /// Script, event handlers and a style in the description.
    ScriptInText,
    /// Right-to-left and zero-width characters in the title.
    HiddenCharacters,
    /// A title that was escaped twice.
    TitleEscapedTwice,
}

/// One opening: what all sightings of it, in whatever source and city, are about.
#[derive(Clone, Debug)]
pub struct Opening {
    /// Unique and stable, such as `northlight-007`.
    pub key: String,
    /// Index into [`super::World::employers`].
    pub employer: usize,
    /// Numeric id; the following nine numbers are free for repetitions in other cities.
    pub number: u64,
    /// Random-looking id in the form of a UUID.
    pub uuid: String,
    /// The employer's own number.
    pub requisition: String,
    /// As published.
    pub title: String,
    /// Role family, such as `java` or `nursing`.
    pub family: String,
    /// How backend the family is.
    pub backend: Backend,
    /// How far into a career.
    pub level: Level,
    /// ISO 639-1 code of the text.
    pub language: String,
    /// The organisational unit.
    pub department: String,
    /// At least one.
    pub places: Vec<Place>,
    /// Where the work is done.
    pub workplace: Workplace,
    /// Set for internships.
    pub term: Option<Term>,
    /// None where the posting says nothing, or where it is unpaid.
    pub pay: Option<Pay>,
    /// Last day for applications.
    pub deadline: Option<jiff::civil::Date>,
    /// Unix milliseconds.
    pub published_ms: i64,
    /// Unix milliseconds, as of the first poll.
    pub updated_ms: i64,
    /// Open at the first poll, at the second one.
    pub open: (bool, bool),
    /// The text of the first poll.
    pub text: Vec<Section>,
    /// What the text says in addition at the second poll.
    pub amendment: Option<String>,
    /// Where else it is seen.
    pub venues: Vec<Venue>,
    /// What is odd about its data.
    pub oddity: Option<Oddity>,
}

impl Opening {
    /// Is the opening published at this poll?
    pub fn is_open(&self, poll: Poll) -> bool {
        match poll {
            Poll::First => self.open.0,
            Poll::Second => self.open.1,
        }
    }

    /// The text at this poll.
    pub fn text_at(&self, poll: Poll) -> Vec<Section> {
        let mut text = self.text.clone();
        if let (Poll::Second, Some(amendment)) = (poll, &self.amendment)
            && let Some(role) = text.iter_mut().find(|section| section.part == Part::Role)
        {
            role.paragraphs.insert(0, amendment.clone());
        }
        text
    }

    /// Is it an internship in the narrow sense, neither a student's part-time job nor a graduate position?
    pub fn is_internship(&self) -> bool {
        self.level == Level::Intern
    }
}
