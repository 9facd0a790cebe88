//! Postings for measurements: seeded, Zipf-distributed over the vocabulary, about 2.5 kB of text each, in the shape
//! in which connectors give them.

use cadet::postings::sources::model::{Listing, RawDate, RawLocation, RawPay, RawPosting, RawText};

use crate::names::{PLACES, Place, SKILLS, employer, title};
use crate::random::{Random, Zipf};
use crate::vocabulary::Vocabulary;

/// Employers among which openings are divided, a few with many and many with few.
const EMPLOYERS: usize = 3_000;
/// Noon of the day before which everything was posted: 2026-11-23, in seconds since the Unix epoch.
pub const TODAY: i64 = 1_795_435_200;
const DAY: i64 = 86_400;
const TERMS: [&str; 6] = [
    "Summer 2027",
    "Summer 2027",
    "Spring 2027",
    "Fall 2027",
    "Winter 2027",
    "Summer 2026",
];

/// A generated posting, and what is known of it since it was made.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Its number, from 0.
    pub number: usize,
    /// The posting as a connector would give it.
    pub raw: RawPosting,
    /// The description as plain text.
    pub text: String,
    /// Employer.
    pub company: String,
    /// City of its first place.
    pub city: &'static str,
    /// Country of its first place, ISO 3166-1.
    pub country: &'static str,
    /// `remote`, `hybrid` or `on-site`.
    pub workplace: &'static str,
    /// `Summer 2027`; empty when it is no internship.
    pub term: &'static str,
    /// Skills that the text names.
    pub skills: Vec<&'static str>,
}

/// An endless row of postings that follows from its seed.
pub struct Generator {
    random: Random,
    vocabulary: Vocabulary,
    employers: Vec<(String, String)>,
    employer_law: Zipf,
    place_law: Zipf,
    skill_law: Zipf,
    next: usize,
}

impl Generator {
    /// The postings of `seed`.
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        Self {
            vocabulary: Vocabulary::committed(),
            employers: (0..EMPLOYERS)
                .map(|number| employer(&mut random, number))
                .collect(),
            employer_law: Zipf::new(EMPLOYERS),
            place_law: Zipf::new(PLACES.len()),
            skill_law: Zipf::new(SKILLS.len()),
            next: 0,
            random,
        }
    }

    fn posting(&mut self) -> Generated {
        let number = self.next;
        self.next += 1;
        let (company, board) = self.employers[self.employer_law.draw(&mut self.random)].clone();
        let term = *self.random.pick(&TERMS);
        let (title, internship) = title(&mut self.random, term);
        let places = self.places();
        let workplace = ["on-site", "on-site", "hybrid", "hybrid", "remote"][self.random.below(5)];
        let skills = self.skills();
        let text = self.description(&company, &title, internship.then_some(term), &skills);
        let first = places[0];
        let (html, text) = (
            text.iter().map(Block::html).collect(),
            text.iter().map(Block::plain).collect(),
        );
        let url = format!("https://jobs.example.com/{board}/{number}");
        let raw = RawPosting {
            external_id: number.to_string(),
            apply_url: Some(format!("{url}/apply")),
            url,
            title,
            company: Some(company.clone()),
            locations: places.into_iter().map(location).collect(),
            workplace: Some(workplace.to_owned()),
            description: Some(RawText::Html(html)),
            pay: self.pay(),
            employment_type: Some(if internship { "Intern" } else { "Full-time" }.to_owned()),
            department: Some("Engineering".to_owned()),
            posted: Some(RawDate::Seconds(self.posted())),
            listing: if self.random.chance(4) {
                Listing::Closed
            } else {
                Listing::Open
            },
            ..RawPosting::default()
        };
        let term = if internship { term } else { "" };
        Generated {
            number,
            raw,
            text,
            company,
            city: first.0,
            country: first.3,
            workplace,
            term,
            skills,
        }
    }

    fn places(&mut self) -> Vec<Place> {
        let count = [1, 1, 1, 1, 2, 3][self.random.below(6)];
        let mut places: Vec<Place> = Vec::with_capacity(count);
        while places.len() < count {
            let place = PLACES[self.place_law.draw(&mut self.random)];
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    fn skills(&mut self) -> Vec<&'static str> {
        let count = 3 + self.random.below(6);
        let mut skills = Vec::with_capacity(count);
        while skills.len() < count {
            let skill = SKILLS[self.skill_law.draw(&mut self.random)];
            if !skills.contains(&skill) {
                skills.push(skill);
            }
        }
        skills
    }

    /// Seconds since the Unix epoch; recent days are more likely than those a year ago.
    fn posted(&mut self) -> i64 {
        let days = self.random.below(20) * self.random.below(20);
        TODAY
            - i64::try_from(days).unwrap_or(0) * DAY
            - i64::try_from(self.random.below(40_000)).unwrap_or(0)
    }

    fn pay(&mut self) -> Option<RawPay> {
        if !self.random.chance(30) {
            return None;
        }
        let min = 18.0 + self.random.below(40) as f64;
        let max = Some(min + 2.0 + self.random.below(15) as f64);
        let (currency, period) = (Some("USD".to_owned()), Some("hour".to_owned()));
        Some(RawPay {
            min: Some(min),
            max,
            currency,
            period,
            text: None,
        })
    }

    /// About 2.5 kB: what the employer does, the work, the requirements, what is offered.
    fn description(
        &mut self,
        company: &str,
        title: &str,
        term: Option<&str>,
        skills: &[&str],
    ) -> Vec<Block> {
        let mut blocks = vec![Block::Paragraph(format!(
            "{company} is hiring: {title}. {}",
            self.sentences(5)
        ))];
        blocks.push(Block::Heading("What you will do"));
        blocks.extend((0..6).map(|_| Block::Item(self.sentence(12))));
        blocks.push(Block::Heading("What you bring"));
        for skill in skills {
            let rest = self.sentence(7);
            blocks.push(Block::Item(format!("Experience with {skill}: {rest}")));
        }
        blocks.push(Block::Paragraph(self.sentences(7)));
        if let Some(term) = term {
            let weeks = 10 + 2 * self.random.below(4);
            blocks.push(Block::Paragraph(format!(
                "This is a paid internship of {weeks} weeks in {term}."
            )));
        }
        blocks.push(Block::Heading("What we offer"));
        blocks.push(Block::Paragraph(self.sentences(5)));
        blocks
    }

    fn sentences(&mut self, count: usize) -> String {
        let sentences: Vec<String> = (0..count).map(|_| self.sentence(14)).collect();
        sentences.join(" ")
    }

    /// A sentence of about `length` words.
    fn sentence(&mut self, length: usize) -> String {
        let count = length / 2 + self.random.below(length) + 1;
        let mut sentence = String::with_capacity(count * 8);
        for _ in 0..count {
            if !sentence.is_empty() {
                sentence.push(' ');
            }
            sentence.push_str(self.vocabulary.draw(&mut self.random));
        }
        sentence.push('.');
        sentence[..1].make_ascii_uppercase();
        sentence
    }
}

impl Iterator for Generator {
    type Item = Generated;

    fn next(&mut self) -> Option<Generated> {
        Some(self.posting())
    }
}

/// A part of a description.
enum Block {
    Heading(&'static str),
    Paragraph(String),
    Item(String),
}

impl Block {
    fn html(&self) -> String {
        match self {
            Self::Heading(text) => format!("<h3>{text}</h3>"),
            Self::Paragraph(text) => format!("<p>{text}</p>"),
            Self::Item(text) => format!("<ul><li>{text}</li></ul>"),
        }
    }

    fn plain(&self) -> String {
        match self {
            Self::Heading(text) => format!("{text}\n"),
            Self::Paragraph(text) | Self::Item(text) => format!("{text}\n"),
        }
    }
}

fn location((city, region, country, _): Place) -> RawLocation {
    let text = if region.is_empty() {
        format!("{city}, {country}")
    } else {
        format!("{city}, {region}, {country}")
    };
    RawLocation {
        text: Some(text),
        ..RawLocation::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_postings() {
        let twice = [Generator::new(3), Generator::new(3)].map(|generator| generator.take(20));
        let [first, second] =
            twice.map(|postings| postings.map(|one| (one.raw, one.text)).collect::<Vec<_>>());
        assert_eq!(first, second);
    }

    #[test]
    fn descriptions_have_about_two_and_a_half_kilobytes() {
        let bytes: usize = Generator::new(crate::SEED)
            .take(500)
            .map(|posting| posting.text.len())
            .sum();
        let mean = bytes / 500;
        assert!((2_200..2_800).contains(&mean), "the mean is {mean} bytes");
    }

    #[test]
    fn a_third_are_internships_that_name_their_term() {
        let postings: Vec<Generated> = Generator::new(crate::SEED).take(1_000).collect();
        let internships = postings
            .iter()
            .filter(|posting| !posting.term.is_empty())
            .count();
        assert!((280..420).contains(&internships), "{internships} of 1000");
        assert!(
            postings
                .iter()
                .filter(|one| !one.term.is_empty())
                .all(|one| one.text.contains(one.term))
        );
    }
}
