//! From a line such as `2 java intern de` to openings with their dates, pay, places and ids.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};
use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus, seq::IndexedRandom};
use sha2::{Digest, Sha256};

use super::{
    content::{Content, CountryData, EmployerData},
    model::{Backend, Level, Pay, Period, Place, Term, Venue, Workplace},
};

/// The random numbers of this world: portable, and always seeded by a name.
pub(super) type Dice = Xoshiro256PlusPlus;

/// Dice which fall the same for the same name.
pub(super) fn dice(name: &str) -> Dice {
    Dice::from_seed(digest(name))
}

fn digest(name: &str) -> [u8; 32] {
    Sha256::digest(name.as_bytes()).into()
}

/// One line of an employer's `hires`.
#[derive(Debug)]
pub(super) struct Hire {
    pub count: usize,
    pub family: String,
    pub level: Level,
    pub language: String,
    pub title: Option<String>,
}

impl Hire {
    /// Parses `COUNT FAMILY LEVEL [LANGUAGE] [= TITLE]`; `None` if it has another form.
    pub fn parse(line: &str, employer: &EmployerData) -> Option<Self> {
        let (words, title) = match line.split_once(" = ") {
            Some((words, title)) => (words, Some(title.to_owned())),
            None => (line, None),
        };
        let mut words = words.split(' ');
        let count = words.next()?.parse().ok()?;
        let family = words.next()?.to_owned();
        let level = match words.next()? {
            "intern" => Level::Intern,
            "student" => Level::Student,
            "newgrad" => Level::NewGrad,
            "junior" => Level::Junior,
            "mid" => Level::Mid,
            "senior" => Level::Senior,
            _ => return None,
        };
        let language = words
            .next()
            .or(employer.languages.first().map(String::as_str))?
            .to_owned();
        Some(Self {
            count,
            family,
            level,
            language,
            title,
        })
    }

    /// The key of the level in the phrases.
    pub fn level_key(&self) -> &'static str {
        match self.level {
            Level::Intern => "intern",
            Level::Student => "student",
            Level::NewGrad => "newgrad",
            Level::Junior => "junior",
            Level::Mid => "mid",
            Level::Senior => "senior",
        }
    }
}

/// How backend a family is.
pub(super) fn backend_of(family: &str) -> Backend {
    match family {
        "java" | "python" | "go" | "node" | "php" | "ruby" | "csharp" | "rust" | "kotlin"
        | "scala" => Backend::Explicit,
        "data" | "sre" | "fullstack" | "software" => Backend::Plausible,
        _ => Backend::No,
    }
}

/// Does the family write or test software?
pub(super) fn is_technical(family: &str) -> bool {
    backend_of(family) != Backend::No
        || matches!(family, "frontend" | "mobile" | "ml" | "qa" | "security")
}

/// `City|Region|CC`
pub(super) fn place(text: &str) -> Place {
    let mut parts = text.split('|').map(str::to_owned);
    Place {
        city: parts.next().unwrap_or_default(),
        region: parts.next().unwrap_or_default(),
        country: parts.next().unwrap_or_default(),
    }
}

/// One city, or several of one country; giants repeat more often.
pub(super) fn places(employer: &EmployerData, language: &str, dice: &mut Dice) -> Vec<Place> {
    let mut all: Vec<Place> = employer.cities.iter().map(|city| place(city)).collect();
    // Nobody writes French for an office in Texas.
    all.retain(|place| language == "en" || place.country != "US");
    let share = if employer.repeats_cities { 0.55 } else { 0.3 };
    if all.len() > 1 && dice.random_bool(share) {
        let first = &all[0];
        let same: Vec<Place> = all
            .iter()
            .filter(|place| place.country == first.country)
            .cloned()
            .collect();
        let count = dice.random_range(2..=same.len().max(2));
        return same.into_iter().take(count).collect();
    }
    let chosen = if dice.random_bool(0.5) {
        all.first()
    } else {
        all.choose(dice)
    };
    chosen.cloned().into_iter().collect()
}

/// Shops, wards and workshops are on site; interns are seldom remote.
pub(super) fn workplace(family: &str, level: Level, dice: &mut Dice) -> Workplace {
    if matches!(family, "retail" | "mechanical") {
        return Workplace::OnSite;
    }
    let remote = if level == Level::Intern { 0.13 } else { 0.27 };
    let roll: f64 = dice.random();
    if roll < remote {
        Workplace::Remote
    } else if roll < remote + 0.47 {
        Workplace::Hybrid
    } else {
        Workplace::OnSite
    }
}

/// The next start of one of the country's usual terms that leaves five weeks for applying.
pub(super) fn term(country: &CountryData, today: Date, dice: &mut Dice) -> Option<Term> {
    let (month, months) = country.terms.choose(dice)?.split_once('/')?;
    let (month, months): (i8, u8) = (month.parse().ok()?, months.parse().ok()?);
    let earliest = today.checked_add(35.days()).ok()?;
    let monday = dice.random_bool(0.6);
    (earliest.year()..earliest.year() + 2).find_map(|year| {
        let first = Date::new(year, month, 1).ok()?;
        let start = if monday {
            first.nth_weekday_of_month(1, Weekday::Monday).ok()?
        } else {
            first
        };
        (start >= earliest).then_some(Term { start, months })
    })
}

/// What the posting says of pay, if anything.
pub(super) fn pay(
    country: &CountryData,
    family: &str,
    level: Level,
    dice: &mut Dice,
) -> Option<Pay> {
    let stated = if matches!(country.currency.as_str(), "USD" | "CAD") {
        0.86
    } else {
        0.66
    };
    if !dice.random_bool(stated) {
        return None;
    }
    let (range, period, from, to) = match level {
        _ if family == "retail" => ([15, 24], Period::Hour, 0.0, 0.6),
        Level::Intern => (country.intern_pay, country.intern_period, 0.0, 0.8),
        Level::Student => (country.intern_pay, country.intern_period, 0.0, 0.3),
        Level::NewGrad | Level::Junior => (country.salary, Period::Year, 0.08, 0.3),
        Level::Mid => (country.salary, Period::Year, 0.3, 0.55),
        Level::Senior => (country.salary, Period::Year, 0.6, 0.85),
    };
    let [low, high] = range.map(|bound| bound as f64 * pay_factor(family));
    let min = low + (high - low) * dice.random_range(from..to);
    let max = if dice.random_bool(0.3) {
        min
    } else {
        min * dice.random_range(1.08..1.28)
    };
    Some(Pay {
        min: rounded(min),
        max: rounded(max),
        currency: country.currency.clone(),
        period,
    })
}

fn pay_factor(family: &str) -> f64 {
    match family {
        "operations" => 0.62,
        "marketing" | "nursing" => 0.76,
        "qa" | "finance" | "audit" | "sales" => 0.86,
        "ml" => 1.12,
        _ => 1.0,
    }
}

fn rounded(amount: f64) -> u64 {
    let step = match amount {
        a if a < 100.0 => 1.0,
        a if a < 1_000.0 => 10.0,
        a if a < 10_000.0 => 50.0,
        a if a < 100_000.0 => 500.0,
        a if a < 1_000_000.0 => 1_000.0,
        a if a < 10_000_000.0 => 10_000.0,
        _ => 100_000.0,
    };
    ((amount / step).round() * step) as u64
}

/// The last day for applications; always before the term begins.
pub(super) fn deadline(
    today: Date,
    level: Level,
    term: Option<Term>,
    dice: &mut Dice,
) -> Option<Date> {
    if !dice.random_bool(if level == Level::Intern { 0.48 } else { 0.15 }) {
        return None;
    }
    let chosen = today
        .checked_add(dice.random_range(5..85_i64).days())
        .ok()?;
    match term {
        Some(term) => Some(chosen.min(term.start.checked_sub(14.days()).ok()?)),
        None => Some(chosen),
    }
}

const EUROPE_AND_AFRICA: [&str; 15] = [
    "GB", "IE", "DE", "AT", "CH", "FR", "BE", "ES", "PT", "SE", "NO", "FI", "NL", "PL", "KE",
];

/// Where else than on its own board an opening is seen.
pub(super) fn venues(
    hire: &Hire,
    country: &str,
    only_listed: bool,
    workplace: Workplace,
    dice: &mut Dice,
) -> Vec<Venue> {
    let backend = backend_of(&hire.family);
    let technical = is_technical(&hire.family);
    let starter = matches!(hire.level, Level::Intern | Level::NewGrad);
    let (list, share) = if EUROPE_AND_AFRICA.contains(&country) {
        (Venue::EuropeList, 0.5)
    } else {
        (Venue::AmericasList, 0.62)
    };
    let mut venues = Vec::new();
    // Every venue rolls, whatever came before, so that one rule can change without moving the others.
    let rolls: [f64; 4] = std::array::from_fn(|_| dice.random());
    if only_listed || (technical && starter && rolls[0] < share) {
        venues.push(list);
    }
    if backend != Backend::No && rolls[1] < 0.13 {
        venues.push(Venue::BackendFeed);
    }
    if workplace == Workplace::Remote && rolls[2] < 0.4 {
        venues.push(Venue::RemoteFeed);
    }
    if hire.level == Level::Intern
        && matches!(country, "GB" | "IE" | "DE" | "NL" | "US")
        && rolls[3] < 0.13
    {
        venues.push(Venue::CampusFeed);
    }
    venues
}

/// A number with room for nine repetitions after it, and an id in the form of a random UUID.
pub(super) fn ids(key: &str) -> (u64, String) {
    let bytes = digest(key);
    let wide = u64::from_be_bytes(bytes[..8].try_into().expect("eight of thirty-two bytes"));
    let hex: String = bytes[8..24]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let uuid = format!(
        "{}-{}-4{}-a{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[13..16],
        &hex[17..20],
        &hex[20..32]
    );
    (4_000_000_000 + wide % 500_000_000 * 10, uuid)
}

/// The country's data.
pub(super) fn country<'a>(content: &'a Content, code: &str) -> &'a CountryData {
    content
        .countries
        .get(code)
        .expect("a test walks every employer's countries")
}
