//! Saved searches for measurements: seeded, in the proportions in which people combine words and facets.

use anyhow::{Context, Result};
use cadet::postings::query::PostingQuery;
use cadet::skills::Taxonomy;

use crate::generate::{Generated, Generator};
use crate::names::{PLACES, SKILLS};
use crate::random::{Random, Zipf};
use crate::vocabulary::Vocabulary;

/// Postings from which phrases and employers are taken.
const SAMPLE: usize = 2_000;

/// An endless row of saved searches that follows from its seed.
pub struct Searches {
    random: Random,
    vocabulary: Vocabulary,
    places: Zipf,
    skills: Zipf,
    /// As the product knows them, beside the words for them.
    skill_ids: Vec<String>,
    sample: Vec<Generated>,
}

impl Searches {
    /// The searches of `seed`.
    pub fn new(seed: u64) -> Result<Self> {
        let id = |name: &&str| {
            let known = Taxonomy::bundled().by_alias(name);
            let first = known.first();
            let skill = first.with_context(|| format!("the taxonomy has no skill {name}"))?;
            Ok(skill.id.to_string())
        };
        Ok(Self {
            random: Random::new(seed),
            vocabulary: Vocabulary::committed(),
            places: Zipf::new(PLACES.len()),
            skills: Zipf::new(SKILLS.len()),
            skill_ids: SKILLS.iter().map(id).collect::<Result<_>>()?,
            sample: Generator::new(seed).take(SAMPLE).collect(),
        })
    }

    /// The next search.
    pub fn search(&mut self) -> Result<PostingQuery> {
        let words = self.words();
        let mut pairs = self.facets();
        while words.is_empty() && pairs.len() < 2 {
            pairs = self.facets();
        }
        pairs.push(("q", words));
        Ok(PostingQuery::parse(pairs)?)
    }

    fn words(&mut self) -> String {
        match self.random.below(100) {
            0..15 => String::new(),
            15..40 => self.word(),
            40..62 => self.several(2),
            62..74 => self.several(3),
            74..79 => self.several(4),
            79..86 => self.phrase(),
            86..91 => format!("{} -{}", self.several(2), self.word()),
            91..95 => format!("{} OR {}", self.word(), self.word()),
            95..97 => {
                let word = self.vocabulary.draw_searched(&mut self.random);
                format!("{}*", word.chars().take(4).collect::<String>())
            }
            _ => {
                let title = *self
                    .random
                    .pick(&["backend", "platform", "data", "software"]);
                format!("title:{title} {}", self.word())
            }
        }
    }

    fn several(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    /// A skill as often as any other word.
    fn word(&mut self) -> String {
        if self.random.chance(50) {
            return self.vocabulary.draw_searched(&mut self.random).to_owned();
        }
        let skill = SKILLS[self.skills.draw(&mut self.random)].to_lowercase();
        match skill.contains(' ') {
            true => format!("\"{skill}\""),
            false => skill,
        }
    }

    /// Two or three words that stand beside each other in a posting.
    fn phrase(&mut self) -> String {
        let words: Vec<&str> = self.random.pick(&self.sample).text.split(' ').collect();
        let count = 2 + self.random.below(2);
        let start = self.random.below(words.len() - count);
        format!(
            "\"{}\"",
            words[start..start + count]
                .join(" ")
                .replace(['"', '\n'], " ")
        )
    }

    fn facets(&mut self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |name, value: &str| pairs.push((name, value.to_owned()));
        let random = &mut self.random;
        if random.chance(50) {
            add("internship", "yes");
        }
        if random.chance(20) {
            add("backend", "explicit");
        }
        if random.chance(25) {
            add(
                "term",
                random.pick::<&str>(&["Summer 2027", "Summer 2027", "Fall 2027", "Winter 2027"]),
            );
        }
        if random.chance(35) {
            for _ in 0..1 + random.below(2) {
                add("country", PLACES[self.places.draw(random)].3);
            }
        }
        if random.chance(20) {
            add("city", PLACES[self.places.draw(random)].0);
        }
        if random.chance(25) {
            for _ in 0..1 + random.below(2) {
                add("skill", &self.skill_ids[self.skills.draw(random)]);
            }
        }
        if random.chance(10) {
            add("workplace", random.pick::<&str>(&["remote", "hybrid"]));
        }
        if random.chance(15) {
            add("within", random.pick::<&str>(&["1", "7", "30"]));
        }
        if random.chance(5) {
            add("company", &random.pick(&self.sample).company);
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_searches() {
        let twice = [Searches::new(3), Searches::new(3)].map(|searches| {
            let mut searches = searches.expect("the taxonomy has the skills");
            let some = (0..50).map(|_| searches.search().expect("it is a search"));
            some.collect::<Vec<_>>()
        });
        assert_eq!(twice[0], twice[1]);
        assert!(twice[0].iter().all(|search| !search.is_everything()));
    }
}
