//! The fields of one job from its lines: title, employer, place, pay, age. Pure.
//!
//! No position is trusted. Each line is judged by what it says (words of roles, legal forms, places), by how it stands out, by
//! the address and the subject, and by what the mail's other cards have in common.

use std::collections::HashMap;

use super::age;
use super::boards::JobLink;
use super::lines::Line;
use super::split::{self, Named};
use super::words::{self, Kind, bare_company, kind_of_part, parts};
use crate::postings::normalise::{text::fold_words, workplace};

/// What was made of one job's lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The title; empty if none was found.
    pub title: String,
    /// The employer.
    pub company: Option<String>,
    /// The place.
    pub place: Option<String>,
    /// How the work is done, as it is written: `Remote`, `Hybrid in Austin, TX`.
    pub workplace: Option<String>,
    /// Pay as it is written.
    pub pay: Option<String>,
    /// Kind of employment as it is written.
    pub employment: Option<String>,
    /// Days before the mail that it was posted.
    pub days: Option<i64>,
    /// How believable it is as a whole.
    pub score: f32,
    /// Whether the title is what the link says.
    pub(super) linked: bool,
    /// Which content line the title is, and how far from it the employer stands.
    at: Option<(usize, isize)>,
    /// Whether that was clear.
    clear: bool,
}

/// What the cards of a mail have in common.
#[derive(Clone, Debug, Default)]
pub struct Habits {
    title_at: Option<usize>,
    company_off: Option<isize>,
}

impl Habits {
    /// The habits of most of the clear cards.
    pub fn of<'a>(cards: impl Iterator<Item = &'a Card>) -> Self {
        let mut titles: HashMap<usize, usize> = HashMap::new();
        let mut offsets: HashMap<isize, usize> = HashMap::new();
        for (title, offset) in cards.filter(|card| card.clear).filter_map(|card| card.at) {
            *titles.entry(title).or_default() += 1;
            *offsets.entry(offset).or_default() += 1;
        }
        Self {
            title_at: most(&titles),
            company_off: most(&offsets),
        }
    }
}

/// What most agree on, if more than half do.
fn most<T: Copy + Eq + std::hash::Hash + Ord>(votes: &HashMap<T, usize>) -> Option<T> {
    let all: usize = votes.values().sum();
    let (value, count) = votes
        .iter()
        .max_by_key(|(value, count)| (**count, std::cmp::Reverse(**value)))?;
    (count * 2 > all).then_some(*value)
}

/// A line that may be a title or an employer.
struct Entry<'a> {
    line: &'a Line,
    folded: String,
}

/// Reads a card.
#[must_use]
pub fn read(
    lines: &[(&Line, Kind)],
    job: usize,
    link: &JobLink,
    subjects: &[String],
    habits: &Habits,
) -> Card {
    let pictures: Vec<String> = lines
        .iter()
        .filter(|(line, kind)| line.picture && matches!(kind, Kind::Content | Kind::Place))
        .map(|(line, _)| fold_words(&bare_company(&line.text)))
        .filter(|name| !name.is_empty())
        .collect();
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for (line, _) in lines
        .iter()
        .filter(|(line, kind)| *kind == Kind::Content && !line.picture)
    {
        let folded = fold_words(&line.text);
        // Repeated lines are links around the same text.
        match entries.iter_mut().find(|known| known.folded == folded) {
            Some(known) if line.jobs.contains(&job) && !known.line.linked => known.line = line,
            Some(_) => {}
            None => entries.push(Entry { line, folded }),
        }
    }
    if entries.is_empty() {
        // A job may be called nothing but `Werkstudent`, which is a kind of employment elsewhere.
        let linked = |(line, kind): &&(&Line, Kind)| {
            line.linked && !line.picture && *kind == Kind::Employment
        };
        entries.extend(lines.iter().find(linked).map(|(line, _)| Entry {
            line,
            folded: fold_words(&line.text),
        }));
    }
    let evidence = Evidence::new(link, subjects, pictures);
    let mut card = Card::default();
    let named = title_and_company(&entries, job, &evidence, habits, &mut card);
    card.title = named.title;
    card.company = named.company.or_else(|| {
        // A picture's name, the address, or the board itself may say it.
        lines
            .iter()
            .find(|(line, kind)| line.picture && *kind == Kind::Content)
            .map(|(line, _)| bare_company(&line.text))
            .filter(|name| !name.is_empty())
            .or_else(|| link.company.clone())
    });
    facts(lines, &mut card, named.place);
    if card.title.is_empty() {
        card.score -= 3.0;
    }
    if card.company.is_none() {
        card.score -= 2.0;
    }
    card
}

/// What else than its lines tells of a job.
struct Evidence {
    slug: Vec<String>,
    subjects: Vec<(String, Option<(String, String)>)>,
    pictures: Vec<String>,
}

impl Evidence {
    fn new(link: &JobLink, subjects: &[String], pictures: Vec<String>) -> Self {
        let words = |text: &str| -> Vec<String> {
            fold_words(text)
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Self {
            slug: link.slug.as_deref().map(words).unwrap_or_default(),
            subjects: subjects
                .iter()
                .map(|subject| {
                    let named = split::subject(subject).map(|named| {
                        (
                            fold_words(&named.title),
                            fold_words(named.company.as_deref().unwrap_or_default()),
                        )
                    });
                    (fold_words(subject), named)
                })
                .collect(),
            pictures,
        }
    }

    /// Share of a text's words that the address has.
    fn in_slug(&self, folded: &str) -> f32 {
        let words: Vec<&str> = folded.split(' ').filter(|word| word.len() > 1).collect();
        if words.is_empty() || self.slug.is_empty() {
            return 0.0;
        }
        let known = words
            .iter()
            .filter(|word| self.slug.iter().any(|slug| slug == *word))
            .count();
        known as f32 / words.len() as f32
    }

    fn subject_title(&self, folded: &str) -> bool {
        self.subjects
            .iter()
            .any(|(_, named)| named.as_ref().is_some_and(|(title, _)| title == folded))
    }

    fn subject_company(&self, folded: &str) -> bool {
        self.subjects.iter().any(|(_, named)| {
            named
                .as_ref()
                .is_some_and(|(_, company)| !company.is_empty() && company == folded)
        })
    }

    fn is_picture(&self, folded: &str) -> bool {
        self.pictures.iter().any(|name| name == folded)
    }
}

fn title_and_company(
    entries: &[Entry<'_>],
    job: usize,
    evidence: &Evidence,
    habits: &Habits,
    card: &mut Card,
) -> Named {
    let scores: Vec<f32> = (0..entries.len())
        .map(|at| title_score(entries, at, job, evidence))
        .collect();
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    let Some(&first) = order.first() else {
        return Named::default();
    };
    let margin = order
        .get(1)
        .map_or(4.0, |second| scores[first] - scores[*second]);
    let title = match habits.title_at {
        Some(usual) if margin < 2.0 && usual < entries.len() && scores[usual] > 0.0 => usual,
        _ => first,
    };
    card.linked = entries[title].line.linked;
    card.clear = margin >= 2.0;
    card.score += scores[title].min(8.0) / 2.0;
    let text = &entries[title].line.text;
    let found = (0..entries.len())
        .filter(|at| *at != title)
        .filter_map(|at| company_candidate(entries, at, title, evidence, habits))
        .max_by(|a, b| a.score.total_cmp(&b.score).then(b.at.cmp(&a.at)));
    match found.filter(|found| found.score > -1.0) {
        Some(found) => {
            card.at = Some((title, offset(found.at, title)));
            card.score += found.score.clamp(0.0, 6.0) / 2.0;
            Named {
                title: split::without_company(text, &found.name),
                company: Some(found.name),
                place: found.place,
            }
        }
        None => split::title(text),
    }
}

fn offset(at: usize, title: usize) -> isize {
    isize::try_from(at).unwrap_or(0) - isize::try_from(title).unwrap_or(0)
}

fn title_score(entries: &[Entry<'_>], at: usize, job: usize, evidence: &Evidence) -> f32 {
    let entry = &entries[at];
    let line = entry.line;
    let text = &line.text;
    let sizes = entries.iter().map(|entry| entry.line.size);
    let (largest, smallest) = (sizes.clone().max().unwrap_or(0), sizes.min().unwrap_or(0));
    let all_linked = entries.iter().all(|entry| entry.line.linked);
    let mut score = 0.0;
    if line.linked && line.jobs.contains(&job) && !all_linked {
        score += 3.0;
    }
    score += f32::from(line.weight.min(2)) * 0.75;
    if line.size == largest && largest > smallest {
        score += 1.5;
    }
    if words::names_role(text) {
        score += 3.0;
    }
    let in_slug = evidence.in_slug(&entry.folded);
    if in_slug >= 0.6 {
        score += 3.0 * in_slug;
    }
    if evidence.subject_title(&entry.folded) {
        score += 3.0;
    }
    if evidence.subject_company(&entry.folded) {
        score -= 4.0;
    }
    if evidence.is_picture(&fold_words(&bare_company(text))) {
        score -= 5.0;
    }
    if words::ends_like_company(text) {
        score -= 2.0;
    }
    if bare_company(text).len() + 2 < text.len() && text.contains(['★', '⭐', '✩']) {
        score -= 4.0;
    }
    let typed = parts(text)
        .iter()
        .skip(1)
        .any(|part| kind_of_part(part) == Kind::Place);
    if typed && !words::names_role(parts(text)[0]) {
        score -= 2.0;
    }
    if text.ends_with('.') && !words::ends_like_company(text) {
        score -= 2.0;
    }
    score - 0.4 * at.min(5) as f32
}

/// A line taken for the employer.
struct Candidate {
    at: usize,
    name: String,
    place: Option<String>,
    score: f32,
}

fn company_candidate(
    entries: &[Entry<'_>],
    at: usize,
    title: usize,
    evidence: &Evidence,
    habits: &Habits,
) -> Option<Candidate> {
    let line = entries[at].line;
    let (name, place) = split::company(&line.text)?;
    let folded = fold_words(&name);
    let away = offset(at, title);
    let mut score: f32 = match away {
        1 => 2.0,
        -1 => 1.5,
        2 => 0.5,
        -2 => 0.0,
        far => -0.5 * far.unsigned_abs().min(6) as f32,
    };
    if habits.company_off == Some(away) {
        score += 1.5;
    }
    if evidence.is_picture(&folded) {
        score += 4.0;
    }
    if evidence.subject_company(&folded) {
        score += 3.0;
    }
    if words::ends_like_company(&name) {
        score += 1.5;
    }
    if name.len() < bare_company(&line.text).len() || line.text.contains(['★', '⭐']) {
        score += 1.0;
    }
    if place.is_some() {
        score += 1.5;
    }
    if evidence.in_slug(&folded) >= 0.6 {
        score += 1.5;
    }
    if words::names_role(&name) {
        score -= 1.5;
    }
    if name.chars().count() > 60 {
        score -= 2.0;
    }
    let sentence = name.ends_with(['.', '!', ':', ';']) && !words::ends_like_company(&name);
    if sentence || name.chars().next().is_some_and(char::is_lowercase) && name.contains(' ') {
        score -= 2.5;
    }
    Some(Candidate {
        at,
        name,
        place,
        score,
    })
}

/// Place, pay, age and employment from all lines.
fn facts(lines: &[(&Line, Kind)], card: &mut Card, beside: Option<String>) {
    let mut places: Vec<String> = beside.into_iter().collect();
    for (line, kind) in lines.iter().filter(|(line, _)| !line.picture) {
        let whole = [line.text.as_str()];
        let split = parts(&line.text);
        // A place with its postal code or district is not taken apart.
        let parts: &[&str] = if *kind == Kind::Place && split.len() == 1 {
            &whole
        } else {
            &split
        };
        for part in parts.iter().filter(|part| **part != card.title) {
            match kind_of_part(part) {
                Kind::Place => {
                    if card.workplace.is_none() && workplace::of_field(part).is_some() {
                        card.workplace = Some((*part).to_owned());
                    }
                    places.push((*part).to_owned());
                }
                Kind::Pay if card.pay.is_none() => card.pay = Some((*part).to_owned()),
                Kind::Employment if card.employment.is_none() => {
                    card.employment = Some((*part).to_owned())
                }
                Kind::Age if card.days.is_none() => card.days = age::days(part),
                _ => {}
            }
        }
    }
    // `Backend Intern (Berlin, Germany)`
    if places.is_empty()
        && let Some((_, place)) = card
            .title
            .strip_suffix(')')
            .and_then(|title| title.rsplit_once(" ("))
        && words::is_place(place)
    {
        places.push(place.to_owned());
    }
    places.dedup();
    places.truncate(3);
    // A city named like the employer was taken for a place; two places, of which one stands alone, say so.
    if card.company.is_none() && places.len() >= 2 {
        card.company = Some(places.remove(0));
    }
    card.place = (!places.is_empty()).then(|| places.join(" · "));
    let facts = [
        card.place.is_some(),
        card.pay.is_some(),
        card.days.is_some(),
    ];
    card.score += 0.3 * facts.iter().filter(|known| **known).count() as f32;
}
