//! Whether two postings are one opening, with the reasons. Pure and deterministic; what it sees of a posting is its
//! [`Features`], never an address.
//!
//! With two texts, text and title decide: one opening in several cities has one text. Without, employer, title and place
//! have to agree, and the postings have to be near in time, since openings with a term come anew each year. What two
//! entries of one list say in the same words was meant as two; a list writes one opening twice only by two hands.

use super::employer::{self, Employers};
use super::features::Features;
use super::places::Relation;

/// From here on two texts are one, with edits.
const SAME_TEXT: f64 = 0.8;
/// From here on two texts of one employer are one although the places differ: less is a text with parts of its own.
const SAME_TEXT_ELSEWHERE: f64 = 0.9;
/// Below this, two texts of like length are of two openings.
const OTHER_TEXT: f64 = 0.35;
/// So many places, all the same, stand for the employer's name.
const MANY_PLACES: usize = 5;
/// Days within which two postings with a term, of one employer and place, may be one opening.
const LIMITED_DAYS: f64 = 60.0;
/// The same for openings without a term, which stay longer.
const LASTING_DAYS: f64 = 200.0;
/// The same where two sources tell of one each: none of them says that there are two.
const TWO_SOURCES_DAYS: f64 = 120.0;
/// The same where two hands wrote the employer or the place: a list's own next entry would be written alike.
const TWO_HANDS_DAYS: f64 = 280.0;
/// Days within which two cities of one region may be one place.
const NEAR_DAYS: f64 = 15.0;

/// What was decided of two postings.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Whether they are one opening.
    pub same: bool,
    /// Whether they cannot be one, whatever links them: two terms, two kinds of work.
    pub conflict: bool,
    /// How sure it is that they are one, from 0 to 1.
    pub score: f64,
    /// Why, in words: what agrees and what does not.
    pub reasons: Vec<String>,
}

/// How the words of two titles go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    Same,
    /// One says `software` where the other only says `engineer`, or lists alternatives that hold the other.
    Nearly,
    Different,
    /// Each says something of the work that the other does not.
    Contrary,
}

/// Judges two postings.
#[must_use]
pub fn judge(one: &Features, two: &Features) -> Judgement {
    let pair = Pair::of(one, two);
    pair.judged(likeness(one, two))
}

/// The judgement of two postings that are one opening; `None` where they are not. Of most of what is compared the texts
/// alone tell that, before titles and places are looked at.
#[must_use]
pub fn judge_same(one: &Features, two: &Features) -> Option<Judgement> {
    let likeness = likeness(one, two);
    if texts_differ(likeness) {
        return None;
    }
    let judged = Pair::of(one, two).judged(likeness);
    judged.same.then_some(judged)
}

/// Whether the texts alone tell that two postings are not one.
fn texts_differ(likeness: Option<f64>) -> bool {
    likeness.is_some_and(|likeness| likeness < OTHER_TEXT)
}

/// How alike the texts are; `None` when there are not two of like length.
fn likeness(one: &Features, two: &Features) -> Option<f64> {
    let (one, two) = (one.text.as_ref()?, two.text.as_ref()?);
    let likeness = one.likeness(two);
    (likeness >= SAME_TEXT || !one.lengths_differ(two)).then_some(likeness)
}

/// Whether two postings cannot be one opening, whatever links them.
#[must_use]
pub fn conflict(one: &Features, two: &Features) -> bool {
    let pair = Pair::of(one, two);
    pair.words == Words::Contrary || !pair.conflicts().is_empty()
}

struct Pair<'a> {
    one: &'a Features,
    two: &'a Features,
    employers: Employers,
    words: Words,
    places: Relation,
    /// Days between them.
    days: f64,
}

impl<'a> Pair<'a> {
    fn of(one: &'a Features, two: &'a Features) -> Self {
        Self {
            employers: employer::compare(&one.company_key, &two.company_key),
            words: words(one, two),
            places: one.places.compare(&two.places),
            days: (one.at.0 - two.at.0).unsigned_abs() as f64 / 86_400_000.0,
            one,
            two,
        }
    }

    fn judged(&self, likeness: Option<f64>) -> Judgement {
        let conflicts = self.conflicts();
        let verdict = if conflicts.is_empty() {
            self.verdict(likeness)
        } else {
            Err(conflicts.join(", "))
        };
        let mut reasons = self.reasons(likeness);
        let same = verdict.is_ok();
        reasons.extend(verdict.err());
        Judgement {
            same,
            conflict: !conflicts.is_empty() || self.words == Words::Contrary,
            score: if same { self.score(likeness) } else { 0.0 },
            reasons,
        }
    }

    /// What both state, and state differently.
    fn conflicts(&self) -> Vec<String> {
        let (one, two) = (&self.one.title, &self.two.title);
        let mut found = Vec::new();
        let mut check = |name: &str, differ: bool| {
            if differ {
                found.push(format!("the {name} differ"));
            }
        };
        check("seasons", apart(&one.seasons, &two.seasons));
        check("years", apart(&one.years, &two.years));
        check("months", apart(&one.months, &two.months));
        check("kinds of contract", apart(&one.kinds, &two.kinds));
        check("degrees", apart(&one.degrees, &two.degrees));
        found
    }

    fn verdict(&self, likeness: Option<f64>) -> Result<(), String> {
        match likeness {
            Some(likeness) if likeness >= SAME_TEXT => self.with_one_text(likeness),
            _ if texts_differ(likeness) => Err("the texts differ".into()),
            Some(_) if self.one_list() => Err("one source has it twice with two texts".into()),
            _ => self.without_text(),
        }
    }

    fn with_one_text(&self, likeness: f64) -> Result<(), String> {
        let elsewhere = matches!(self.places, Relation::Apart | Relation::Near);
        let needed = if elsewhere || self.employers == Employers::Different {
            SAME_TEXT_ELSEWHERE
        } else {
            SAME_TEXT
        };
        match self.words {
            Words::Same | Words::Nearly if likeness >= needed => Ok(()),
            Words::Same | Words::Nearly => {
                Err("the text is alike, but not enough for other places".into())
            }
            Words::Different | Words::Contrary => Err("the titles differ".into()),
        }
    }

    fn without_text(&self) -> Result<(), String> {
        let (one, two) = (&self.one.title, &self.two.title);
        let many = self.places == Relation::Same && self.one.places.spots.len() >= MANY_PLACES;
        if self.employers == Employers::Different && !many {
            return Err("the employers differ".into());
        }
        if self.numbered_apart() {
            return Err("their board numbers them as two".into());
        }
        if one.is_limited() != two.is_limited() {
            return Err("only one is for a limited time".into());
        }
        let nearly = self.words == Words::Nearly && self.two_hands();
        if self.words != Words::Same && !nearly || one.core.is_empty() {
            return Err("the titles differ".into());
        }
        if one.entry != two.entry && !one.is_limited() {
            return Err("only one is for graduates".into());
        }
        if apart(&one.numbers, &two.numbers) {
            return Err("the titles number two openings".into());
        }
        if apart(&one.places, &two.places) {
            return Err("the titles name different places".into());
        }
        let alike = one.written == two.written;
        if self.one_list() && alike && self.places != Relation::Several {
            return Err("one source has both, in the same words".into());
        }
        self.place()?;
        if self.days > self.days_allowed() {
            return Err(format!("{:.0} days lie between them", self.days));
        }
        Ok(())
    }

    /// Whether the places allow it where no text tells.
    fn place(&self) -> Result<(), String> {
        match self.places {
            Relation::Same | Relation::Overlap | Relation::Remote | Relation::Several => Ok(()),
            Relation::Unknown if self.two_hands() || !self.one_list() => Ok(()),
            Relation::Near if self.days <= NEAR_DAYS => Ok(()),
            Relation::Unknown => Err("one place is not told".into()),
            Relation::Near | Relation::Apart => Err("the places differ".into()),
        }
    }

    fn days_allowed(&self) -> f64 {
        let usual = match (self.one_list(), self.one.title.is_limited()) {
            (false, _) => TWO_SOURCES_DAYS,
            (true, true) => LIMITED_DAYS,
            (true, false) => LASTING_DAYS,
        };
        if self.two_hands() {
            usual.max(TWO_HANDS_DAYS)
        } else {
            usual
        }
    }

    /// Whether employer or place are written differently, although they are the same.
    fn two_hands(&self) -> bool {
        self.employers != Employers::Different && self.one.company != self.two.company
            || self.places == Relation::Same && self.one.places.written != self.two.places.written
    }

    /// Whether one board gave them two numbers: two requisitions, unless one text says that they are one.
    fn numbered_apart(&self) -> bool {
        let board = |key: &str| key.rsplit_once(':').map(|(board, _)| board.to_owned());
        let (one, two) = (&self.one.numbers, &self.two.numbers);
        let shares_board = one
            .iter()
            .any(|key| two.iter().any(|other| board(key) == board(other)));
        shares_board && !one.iter().any(|key| two.contains(key))
    }

    /// Whether one source lists both.
    fn one_list(&self) -> bool {
        self.one
            .lists
            .iter()
            .any(|list| self.two.lists.contains(list))
    }

    fn reasons(&self, likeness: Option<f64>) -> Vec<String> {
        let mut reasons = Vec::new();
        let employer = match self.employers {
            Employers::Same => Some("same employer"),
            Employers::Alike => Some("employers alike"),
            Employers::Different => None,
        };
        let title = match self.words {
            Words::Same if self.one.title.written == self.two.title.written => Some("same title"),
            Words::Same => Some("titles alike"),
            Words::Nearly => Some("titles nearly alike"),
            Words::Different | Words::Contrary => None,
        };
        reasons.extend([employer, title].into_iter().flatten().map(str::to_owned));
        if let Some(likeness) = likeness.filter(|likeness| *likeness >= OTHER_TEXT) {
            let word = if likeness >= SAME_TEXT {
                "same text"
            } else {
                "texts related"
            };
            reasons.push(format!("{word} ({likeness:.2} alike)"));
        }
        let place = match self.places {
            Relation::Same => "same place",
            Relation::Overlap => "places in common",
            Relation::Remote => "both remote",
            Relation::Several => "one says several places",
            Relation::Unknown => "one place is not told",
            Relation::Near => "places in one region",
            Relation::Apart => "cities differ",
        };
        reasons.push(place.to_owned());
        if likeness.is_none() {
            reasons.push(match self.days.round() as i64 {
                0 => "on the same day".to_owned(),
                1 => "a day apart".to_owned(),
                days => format!("{days} days apart"),
            });
        }
        reasons
    }

    /// Weights: how much each agreement adds. They order what is alike; the verdict does not depend on them.
    fn score(&self, likeness: Option<f64>) -> f64 {
        let employer = match self.employers {
            Employers::Same => 0.2,
            Employers::Alike => 0.15,
            Employers::Different => 0.0,
        };
        let title = if self.words == Words::Same {
            0.25
        } else {
            0.15
        };
        let place = match self.places {
            Relation::Same => 0.2,
            Relation::Overlap => 0.15,
            Relation::Remote | Relation::Several => 0.1,
            Relation::Unknown | Relation::Near => 0.05,
            Relation::Apart => 0.0,
        };
        let last = likeness.map_or_else(
            || 0.2 * (1.0 - self.days / TWO_HANDS_DAYS).max(0.0),
            |likeness| 0.35 * likeness,
        );
        let sum: f64 = employer + title + place + last;
        (sum * 100.0).round() / 100.0
    }
}

/// Whether both state something, and nothing in common.
fn apart<T: PartialEq>(one: &[T], two: &[T]) -> bool {
    !one.is_empty() && !two.is_empty() && !one.iter().any(|part| two.contains(part))
}

fn words(one: &Features, two: &Features) -> Words {
    let says = |word: &&String| !one.places.name(word) && !two.places.name(word);
    let only = |here: &Features, there: &Features| -> Vec<String> {
        let words = here.title.core.iter().filter(says);
        let words = words.filter(|word| !there.title.core.contains(word));
        let other_name = |word: &&String| !there.company_key.split(' ').any(|name| name == *word);
        words.filter(other_name).cloned().collect()
    };
    let (first, second) = (only(one, two), only(two, one));
    if first.is_empty() && second.is_empty() {
        return Words::Same;
    }
    if !first.is_empty() && !second.is_empty() {
        return Words::Contrary;
    }
    let shared = one
        .title
        .core
        .iter()
        .filter(|word| two.title.core.contains(word));
    let extra = if first.is_empty() { &second } else { &first };
    let holds = |here: &Features, there: &Features| {
        here.title.written.contains('/')
            && here
                .title
                .written
                .split('/')
                .map(|part| super::title::Title::of(part, &here.company_key).core)
                .any(|core| core.len() > 1 && core == there.title.core)
    };
    let generic = extra.as_slice() == ["software"] && shared.count() >= 3;
    if generic || holds(one, two) || holds(two, one) {
        return Words::Nearly;
    }
    Words::Different
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
