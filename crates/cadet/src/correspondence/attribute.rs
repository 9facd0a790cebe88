//! Which application an answer is about: by the thread, the sender's domain, the company's name and the words of the title. Pure.
//!
//! A title alone is never enough, and where several applications fit alike, none is named.

use std::collections::HashMap;

use super::letter::Letter;
use crate::applications::model::Stage;
use crate::postings::normalise::company::company_key;
use crate::postings::normalise::text::{cut_bytes, fold_words};

/// How much better the best one has to be than the second.
const MARGIN: f64 = 0.75;
/// Bytes of the text in which names and titles are looked for.
const LOOKED_AT: usize = 3_000;
/// Shortest name that is looked for in words.
const NAME_SHORTEST: usize = 3;
/// Domains from which hiring systems and testing services write for many employers; the employer is then in the words.
const PLATFORMS: &[&str] = &[
    "adp.com",
    "ashbyhq.com",
    "avature.net",
    "bamboohr.com",
    "breezy.hr",
    "calendly.com",
    "codesignal.com",
    "codility.com",
    "codingame.com",
    "coderpad.io",
    "eightfold.ai",
    "flatchr.io",
    "gem.com",
    "goodtime.io",
    "greenhouse-mail.io",
    "greenhouse.io",
    "gupy.com.br",
    "gupy.io",
    "hackerrank.com",
    "hackerrankforwork.com",
    "hirevue.com",
    "icims.com",
    "indeed.com",
    "jobvite.com",
    "join.com",
    "lever.co",
    "linkedin.com",
    "myworkday.com",
    "myworkdayjobs.com",
    "onlyfy.jobs",
    "oraclecloud.com",
    "personio.com",
    "personio.de",
    "phenompeople.com",
    "pinpointhq.com",
    "recruitee.com",
    "rippling.com",
    "smartrecruiters.com",
    "softgarden.io",
    "stepstone.de",
    "successfactors.com",
    "successfactors.eu",
    "taleo.net",
    "talentsoft.com",
    "teamtailor-mail.com",
    "teamtailor.com",
    "testgorilla.com",
    "welcomekit.co",
    "welcometothejungle.com",
    "workable.com",
    "workablemail.com",
    "workday.com",
    "xing.com",
];

/// An application as far as an answer can be about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pursuit {
    /// Its number.
    pub id: i64,
    /// The employer.
    pub company: String,
    /// The position.
    pub title: String,
    /// Where it stands.
    pub stage: Stage,
}

impl Pursuit {
    /// `Backend Intern at Northlight`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} at {}", self.title, self.company)
    }
}

/// What is known when an answer comes.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The applications.
    pub pursuits: Vec<Pursuit>,
    /// Mails that were sent, each with the application that it was about.
    pub threads: HashMap<String, i64>,
    /// Companies of contacts by their mail addresses, as keys.
    pub people: HashMap<String, String>,
    /// The person's own addresses: what they wrote is no answer.
    pub own: Vec<String>,
}

/// The application that an answer is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The application; none where several fit alike.
    pub application: Option<i64>,
    /// Why, in sentences.
    pub why: Vec<String>,
}

/// Which application a mail is about; `None` if it is about none that is known.
#[must_use]
pub fn attribute(letter: &Letter, known: &Known) -> Option<Attribution> {
    if known.own.contains(&letter.from_address) {
        return None;
    }
    if let Some(found) = by_thread(letter, known) {
        return Some(found);
    }
    let words = Words::of(letter);
    let mut scored: Vec<(f64, &Pursuit, Vec<String>)> = known
        .pursuits
        .iter()
        .filter_map(|pursuit| {
            let (company, mut why) = company_evidence(letter, &words, pursuit, known)?;
            let title = title_evidence(&words, pursuit, &mut why);
            let ended = matches!(
                pursuit.stage,
                Stage::Accepted | Stage::Rejected | Stage::Withdrawn
            );
            Some((
                company + title - if ended { 1.0 } else { 0.0 },
                pursuit,
                why,
            ))
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (best, pursuit, why) = scored.first()?;
    match scored.get(1) {
        Some((second, other, _)) if best - second < MARGIN => Some(Attribution {
            application: None,
            why: vec![format!(
                "It could be about {} or {}.",
                pursuit.name(),
                other.name()
            )],
        }),
        _ => Some(Attribution {
            application: Some(pursuit.id),
            why: why.clone(),
        }),
    }
}

fn by_thread(letter: &Letter, known: &Known) -> Option<Attribution> {
    let application = letter.answers.iter().find_map(|id| known.threads.get(id))?;
    known.pursuits.iter().find(|one| one.id == *application)?;
    Some(Attribution {
        application: Some(*application),
        why: vec!["It answers a mail that you sent about this application.".into()],
    })
}

/// The folded words of a mail, each part with a space at both ends.
struct Words {
    name: String,
    subject: String,
    text: String,
}

impl Words {
    fn of(letter: &Letter) -> Self {
        let padded = |text: &str| format!(" {} ", fold_words(text));
        Self {
            name: padded(&letter.from_name),
            subject: padded(&letter.subject),
            text: padded(cut_bytes(&letter.text, LOOKED_AT)),
        }
    }

    fn anywhere(&self, words: &str) -> bool {
        self.subject.contains(words) || self.text.contains(words)
    }
}

fn company_evidence(
    letter: &Letter,
    words: &Words,
    pursuit: &Pursuit,
    known: &Known,
) -> Option<(f64, Vec<String>)> {
    let key = company_key(&pursuit.company);
    if key.is_empty() {
        return None;
    }
    let mut found = Vec::new();
    let domain = letter.domain();
    let platform = is_platform(domain);
    if !platform && is_domain_of(domain, &key) {
        found.push(format!("It comes from {domain}."));
    }
    if known.people.get(&letter.from_address) == Some(&key) {
        found.push(format!(
            "{} is your contact at {}.",
            letter.from_address, pursuit.company
        ));
    }
    let needle = format!(" {key} ");
    let named = key.chars().count() >= NAME_SHORTEST;
    if named && words.name.contains(&needle) {
        found.push(format!("The sender's name has {}.", pursuit.company));
    }
    if named && words.subject.contains(&needle) {
        found.push(format!("The subject names {}.", pursuit.company));
    }
    if !found.is_empty() {
        return Some((3.0, found));
    }
    // Somebody else's mail may name any company; a hiring system writes for the one that it names.
    let told = platform && named && words.text.contains(&needle);
    told.then(|| {
        (
            2.0,
            vec![format!(
                "It comes from {domain} and names {}.",
                pursuit.company
            )],
        )
    })
}

/// Up to 2: the title as a whole, or the share of its words.
fn title_evidence(words: &Words, pursuit: &Pursuit, why: &mut Vec<String>) -> f64 {
    let title = fold_words(&pursuit.title);
    if title.is_empty() {
        return 0.0;
    }
    if words.anywhere(&format!(" {title} ")) {
        why.push(format!("It names the position: {}.", pursuit.title));
        return 2.0;
    }
    let all: Vec<&str> = title.split(' ').filter(|word| word.len() > 2).collect();
    let said = all
        .iter()
        .filter(|word| words.anywhere(&format!(" {word} ")))
        .count();
    if all.is_empty() {
        0.0
    } else {
        said as f64 / all.len() as f64
    }
}

fn is_platform(domain: &str) -> bool {
    PLATFORMS
        .iter()
        .any(|platform| domain == *platform || domain.ends_with(&format!(".{platform}")))
}

/// Whether a label of a domain is the company's name: `careers.northlight.example`, `northlight-jobs.example`.
fn is_domain_of(domain: &str, key: &str) -> bool {
    let joined = key.replace(' ', "");
    let first = key.split(' ').next().unwrap_or("");
    let labels: Vec<&str> = domain.split('.').collect();
    let names = labels.split_last().map_or(&[][..], |(_, names)| names);
    names.iter().any(|label| {
        let plain = label.replace('-', "");
        let beginning = label.split('-').next().unwrap_or("");
        plain == joined || beginning == joined || label.len() >= 5 && **label == *first
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pursuit(id: i64, company: &str, title: &str) -> Pursuit {
        Pursuit {
            id,
            company: company.into(),
            title: title.into(),
            stage: Stage::Applied,
        }
    }

    fn known() -> Known {
        Known {
            pursuits: vec![
                pursuit(1, "Northlight GmbH", "Backend Intern (Java)"),
                pursuit(2, "Northlight GmbH", "Data Platform Intern"),
                pursuit(3, "Brookline", "Software Engineering Intern"),
            ],
            threads: HashMap::from([("mine@localhost".to_owned(), 3)]),
            people: HashMap::from([("jo@mail.example".to_owned(), "brookline".to_owned())]),
            own: vec!["me@home.example".into()],
        }
    }

    fn letter(from: &str, name: &str, subject: &str, text: &str) -> Letter {
        Letter {
            from_address: from.into(),
            from_name: name.into(),
            subject: subject.into(),
            text: text.into(),
            ..Letter::default()
        }
    }

    fn about(letter: &Letter) -> Option<Option<i64>> {
        attribute(letter, &known()).map(|found| found.application)
    }

    #[test]
    fn the_domain_tells_the_company_and_the_title_tells_which_application() {
        let one = letter(
            "jobs@careers.northlight.example",
            "Mira",
            "Your application: Backend Intern (Java)",
            "Hello",
        );
        assert_eq!(about(&one), Some(Some(1)));
        let other = letter(
            "jobs@northlight-jobs.example",
            "",
            "Data Platform Intern",
            "",
        );
        assert_eq!(about(&other), Some(Some(2)));
        let either = letter("jobs@northlight.example", "", "Your application", "Hello");
        assert_eq!(about(&either), Some(None), "two fit alike");
    }

    #[test]
    fn a_hiring_system_writes_for_whom_it_names() {
        let named = letter(
            "no-reply@us.greenhouse-mail.io",
            "",
            "Thank you",
            "Thank you for applying to Brookline as an intern.",
        );
        assert_eq!(about(&named), Some(Some(3)));
        let sender = letter(
            "no-reply@hire.lever.co",
            "Brookline Recruiting",
            "Hello",
            "",
        );
        assert_eq!(about(&sender), Some(Some(3)));
    }

    #[test]
    fn another_company_that_only_mentions_one_is_not_it() {
        let other = letter(
            "hr@harbour.example",
            "Harbour",
            "Interview",
            "Our client Brookline uses the same tools.",
        );
        assert_eq!(about(&other), None);
        let titled = letter(
            "hr@harbour.example",
            "Harbour",
            "Software Engineering Intern",
            "",
        );
        assert_eq!(about(&titled), None, "a title alone is not enough");
    }

    #[test]
    fn a_thread_and_a_contact_tell_it_whatever_the_words() {
        let mut answer = letter("someone@unknown.example", "", "Re: hello", "");
        answer.answers = vec!["mine@localhost".into()];
        assert_eq!(about(&answer), Some(Some(3)));
        assert_eq!(
            about(&letter("jo@mail.example", "Jo", "Hello", "")),
            Some(Some(3))
        );
        assert_eq!(
            about(&letter("me@home.example", "Brookline", "x", "")),
            None
        );
    }
}
