//! Building the world for a moment, and asking what of it is visible at a poll.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use rand::RngExt;

use super::{
    compose::{self, Ingredients},
    content::{Content, EmployerData},
    model::{Board, Employer, Opening, Poll, Venue},
    oddities,
    openings::{self, Dice, Hire},
    phrasing::Slots,
    voice::Voice,
};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// All employers and openings, as seen from one moment.
#[derive(Clone, Debug)]
pub struct World {
    /// The moment in unix milliseconds.
    pub today_ms: i64,
    /// In the order of the files.
    pub employers: Vec<Employer>,
    /// Grouped by employer.
    pub openings: Vec<Opening>,
    /// English names of countries by ISO 3166-1 code.
    pub countries: BTreeMap<String, String>,
    /// The word for working from home by language.
    pub remote_words: BTreeMap<String, String>,
}

impl World {
    /// Builds the world as of `today_ms` (unix milliseconds). The same moment gives the same world.
    pub fn build(today_ms: i64) -> Self {
        let content = Content::load();
        let today = day(today_ms);
        let mut world = Self {
            today_ms,
            employers: Vec::new(),
            openings: Vec::new(),
            countries: content
                .countries
                .iter()
                .map(|(code, country)| (code.clone(), country.name.clone()))
                .collect(),
            remote_words: content
                .languages
                .iter()
                .map(|(code, data)| (code.clone(), data.remote_word.clone()))
                .collect(),
        };
        for data in &content.employers {
            let builder = EmployerBuilder {
                content: &content,
                data,
                employer: world.employers.len(),
                today_ms,
                today,
            };
            world.openings.extend(builder.openings());
            world.employers.push(employer(data));
        }
        world
    }

    /// The employer of an opening.
    pub fn employer_of(&self, opening: &Opening) -> &Employer {
        &self.employers[opening.employer]
    }

    /// An employer by its id.
    pub fn employer(&self, id: &str) -> Option<&Employer> {
        self.employers.iter().find(|employer| employer.id == id)
    }

    /// The openings of one employer that are open at a poll.
    pub fn open_at<'a>(
        &'a self,
        employer: &'a str,
        poll: Poll,
    ) -> impl Iterator<Item = &'a Opening> + 'a {
        self.openings.iter().filter(move |opening| {
            self.employers[opening.employer].id == employer && opening.is_open(poll)
        })
    }

    /// The openings that a venue carries, open at this poll or not.
    pub fn seen_in(&self, venue: Venue) -> impl Iterator<Item = &Opening> {
        self.openings
            .iter()
            .filter(move |opening| opening.venues.contains(&venue))
    }

    /// When anything of the world last changed, in unix milliseconds.
    pub fn last_changed_ms(&self, poll: Poll) -> i64 {
        match poll {
            Poll::First => self.today_ms - 120 * MINUTE_MS,
            Poll::Second => self.today_ms - 8 * MINUTE_MS,
        }
    }

    /// When the opening was last changed, as boards tell it.
    pub fn updated_ms(&self, opening: &Opening, poll: Poll) -> i64 {
        match (poll, &opening.amendment) {
            (Poll::Second, Some(_)) => self.today_ms - 9 * MINUTE_MS,
            _ => opening.updated_ms,
        }
    }
}

/// The calendar day in UTC.
pub(super) fn day(ms: i64) -> Date {
    Timestamp::from_millisecond(ms)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .to_zoned_datetime(TimeZone::UTC)
        .date()
}

fn employer(data: &EmployerData) -> Employer {
    Employer {
        id: data.id.clone(),
        name: data.name.clone(),
        spellings: data.spellings.clone(),
        industry: data.industry.clone(),
        board: data.board,
        own_domain: data.own_domain,
        repeats_cities: data.repeats_cities,
        careers_page: data.careers_page,
        cities: data
            .cities
            .iter()
            .map(|city| openings::place(city))
            .collect(),
        about: data.about.clone(),
    }
}

struct EmployerBuilder<'a> {
    content: &'a Content,
    data: &'a EmployerData,
    employer: usize,
    today_ms: i64,
    today: Date,
}

impl EmployerBuilder<'_> {
    fn openings(&self) -> Vec<Opening> {
        let voices: BTreeMap<&str, Voice> = self
            .data
            .about
            .keys()
            .map(|code| {
                (
                    code.as_str(),
                    Voice::of(self.data, &self.content.languages[code]),
                )
            })
            .collect();
        let mut openings = Vec::new();
        for line in &self.data.hires {
            let hire =
                Hire::parse(line, self.data).expect("a test parses every line of the sample");
            for nth in 0..hire.count {
                openings.push(self.opening(
                    &hire,
                    nth,
                    openings.len(),
                    &voices[hire.language.as_str()],
                ));
            }
        }
        openings
    }

    fn opening(&self, hire: &Hire, nth: usize, index: usize, voice: &Voice) -> Opening {
        let key = format!("{}-{index:03}", self.data.id);
        let mut dice = openings::dice(&key);
        let mut opening = self.facts(hire, key, &mut dice);
        let language = &self.content.languages[&hire.language];
        let ingredients = Ingredients {
            content: self.content,
            employer: self.data,
            language,
            hire,
            index,
            voice,
        };
        opening.department = ingredients.department();
        let country_code = opening.places[0].country.clone();
        let country = openings::country(self.content, &country_code);
        let mut slots = Slots::default();
        slots.set("company", &self.data.name);
        match opening.term {
            Some(term) => slots.set_term(term, language, country),
            None => slots.set("year", (self.today.year() + 1).to_string()),
        };
        opening.title = ingredients.title(nth, &mut slots, &country_code);
        compose::fact_slots(&opening, self.content, language, &mut slots);
        opening.text = ingredients.text(&opening, &slots, &mut dice);
        self.fate(&mut opening, &language.update, &mut dice);
        oddities::place(&mut opening);
        opening
    }

    fn facts(&self, hire: &Hire, key: String, dice: &mut Dice) -> Opening {
        let places = openings::places(self.data, &hire.language, dice);
        let country = openings::country(self.content, &places[0].country);
        let workplace = openings::workplace(&hire.family, hire.level, dice);
        let term = openings::term(country, self.today, dice)
            .filter(|_| matches!(hire.level, super::model::Level::Intern));
        let (number, uuid) = openings::ids(&key);
        // Squared, so that recent ones are more frequent than old ones.
        let age_days = dice.random_range(0.0..9.2_f64).powi(2);
        let published_ms = self.today_ms - 150 * MINUTE_MS - (age_days * DAY_MS as f64) as i64;
        let updated_ms =
            published_ms + (dice.random_range(0.0..0.9) * age_days * DAY_MS as f64) as i64;
        let venues = openings::venues(
            hire,
            &places[0].country,
            self.data.board == Board::List,
            workplace,
            dice,
        );
        Opening {
            requisition: format!("R-{:05}", number / 10 % 100_000),
            number,
            uuid,
            key,
            employer: self.employer,
            title: String::new(),
            family: hire.family.clone(),
            backend: openings::backend_of(&hire.family),
            level: hire.level,
            language: hire.language.clone(),
            department: String::new(),
            pay: openings::pay(country, &hire.family, hire.level, dice),
            deadline: openings::deadline(self.today, hire.level, term, dice),
            places,
            workplace,
            term,
            published_ms,
            updated_ms,
            open: (true, true),
            text: Vec::new(),
            amendment: None,
            venues,
            oddity: None,
        }
    }

    /// Decides what happens to the opening between the two polls.
    fn fate(&self, opening: &mut Opening, updates: &[String], dice: &mut Dice) {
        let roll: f64 = dice.random();
        let update = dice.random_range(0..updates.len().max(1));
        if roll < 0.05 {
            opening.open = (false, true);
            opening.published_ms = self.today_ms - dice.random_range(10..90) * MINUTE_MS;
            opening.updated_ms = opening.published_ms;
        } else if roll < 0.11 {
            opening.open = (true, false);
        } else if roll < 0.17 {
            opening.amendment = updates.get(update).cloned();
        }
    }
}
