//! Which words of a head are the title, the organisation and the place.

use super::heads::{Head, Piece, trim};
use super::trace::Said;
use super::words;
use crate::dates::fold;
use crate::places;

/// Whether a piece is a place; at the right of a line, or alone on it, two names with a comma are enough.
pub fn is_place(text: &str, alone: bool) -> bool {
    let small = fold(text);
    let small = small.trim_matches(|c: char| "()".contains(c));
    const AWAY: [&str; 12] = [
        "remote",
        "hybrid",
        "on-site",
        "onsite",
        "homeoffice",
        "home office",
        "teletravail",
        "remoto",
        "a distance",
        "worldwide",
        "fully remote",
        "online",
    ];
    if AWAY.contains(&small) {
        return true;
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let named = |part: &&str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        (1..=4).contains(&words.len())
            && words.iter().all(|word| {
                word.chars().next().is_some_and(|c| !c.is_lowercase()) || word.len() <= 3
            })
    };
    if text.len() > 60 || parts.len() > 4 || text.contains('@') || text.contains("://") {
        return false;
    }
    let [first, .., last] = parts.as_slice() else {
        return alone && places::country_code(text).is_some() && text.len() > 2;
    };
    let away = |part: &str| AWAY.contains(&fold(part.trim_matches(['(', ')'])).as_str());
    let region = last.split(' ').next().unwrap_or("");
    let known = places::is_region(region)
        || places::country_code(last).is_some()
        || away(last)
        || away(first);
    let digits = last.chars().filter(char::is_ascii_digit).count();
    // Of three names only the last two are a place, unless the last one is a country.
    let first_is_name = parts.len() > 2 && (last.len() < 3 || places::country_code(last).is_none());
    if first_is_name
        || !parts.iter().all(named)
        || (digits > 0 && !places::is_region(region) && digits < 4)
    {
        return false;
    }
    let other = words::title_score(text) > 0
        || words::organisation_score(text) > 0
        || words::degree_score(first) > 2;
    known
        && (!other
            || parts.len() == 2
                && words::title_score(first) == 0
                && words::organisation_score(first) == 0)
        || (alone && !other)
}

/// An organisation without the place that follows it after a comma: `Meridian, Chicago, IL`.
pub fn without_place(text: &str) -> (String, Option<String>) {
    let commas: Vec<usize> = text.match_indices(',').map(|(at, _)| at).collect();
    for at in commas {
        let (name, place) = (
            text.get(..at).unwrap_or("").trim(),
            text.get(at + 1..).unwrap_or("").trim(),
        );
        let whole_country =
            !place.contains(',') && place.len() > 3 && places::country_code(place).is_some();
        let town = place.contains(',') && is_place(place, false);
        let away = !place.contains(',') && is_place(place, false);
        if !name.is_empty() && (whole_country || town || away) {
            return (name.to_owned(), Some(place.to_owned()));
        }
    }
    (text.to_owned(), None)
}

/// Which of the first two pieces of heads is the title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    title_first: i32,
}

impl Order {
    /// What most heads of a section say: each head that is sure has a vote.
    pub fn of<'h>(heads: impl IntoIterator<Item = &'h Head>) -> Self {
        let votes = heads.into_iter().map(|head| {
            let known: Vec<i32> = head
                .pieces
                .iter()
                .filter(|p| !is_place(p.text(), p.right))
                .take(2)
                .map(|p| leaning(p.text()))
                .collect();
            match known.as_slice() {
                [first, second] => (first - second).signum(),
                _ => 0,
            }
        });
        Self {
            title_first: votes.sum(),
        }
    }
}

/// Above 0 for a title, below for an organisation.
fn leaning(text: &str) -> i32 {
    words::title_score(text) - words::organisation_score(text)
}

/// The words of the head of a job.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// The title held.
    pub title: Said,
    /// The organisation.
    pub organisation: Said,
    /// Where.
    pub place: Said,
    /// What is neither.
    pub more: Vec<Said>,
}

/// Gives the pieces of a head to the fields of a job.
pub fn job(head: &Head, order: Order) -> Job {
    let mut job = Job::default();
    let mut rest: Vec<&Piece> = Vec::new();
    for piece in &head.pieces {
        let only = piece.line == 0 && !piece.right && head.pieces.len() < 2;
        if job.place.is_empty() && !only && is_place(piece.text(), false) {
            job.place = piece.said.clone();
        } else if words::is_mode(piece.text()) {
            job.more.push(piece.said.clone());
        } else {
            rest.push(piece);
        }
    }
    // Two names with a comma are a place only when title and organisation are others.
    if job.place.is_empty() && rest.len() > 2 {
        let alone = |piece: &Piece| {
            piece.right || rest.iter().filter(|other| other.line == piece.line).count() == 1
        };
        let weak = rest
            .iter()
            .position(|piece| alone(piece) && is_place(piece.text(), true));
        if let Some(at) = weak {
            job.place = rest.remove(at).said.clone();
        }
    }
    // `Working student, Kontorwerk GmbH` above `Berlin`: the first has both, so the town is the place.
    if let [both, town] = rest.as_slice()
        && job.place.is_empty()
        && town.text().split_whitespace().count() == 1
        && looks_like_town(town.text())
        && words::title_score(both.text()) > 0
        && both
            .text()
            .rsplit_once(", ")
            .is_some_and(|(_, end)| words::organisation_score(end) > 0 && !is_ending(end))
    {
        job.place = town.said.clone();
        rest.truncate(1);
    }
    match rest.as_slice() {
        [] => {}
        [one] => alone(&mut job, one),
        _ => pair(&mut job, &rest, order),
    }
    if job.place.is_empty() {
        let (name, place) = without_town(&job.organisation.text);
        if let Some(place) = place {
            job.place = Said::new(place, &job.organisation.at);
            job.organisation.text = name;
        }
    }
    job
}

/// An organisation without the place after a comma, also when that is a single town: `Tejo Sistemas S.L., Madrid`.
fn without_town(text: &str) -> (String, Option<String>) {
    let (name, place) = without_place(text);
    if place.is_some() {
        return (name, place);
    }
    match text.rsplit_once(", ") {
        Some((name, town))
            if town.split_whitespace().count() == 1
                && looks_like_town(town)
                && words::school_score(name) == 0 =>
        {
            (name.to_owned(), Some(town.to_owned()))
        }
        _ => (text.to_owned(), None),
    }
}

/// The two pieces that are title and organisation, and what is left.
fn pair(job: &mut Job, rest: &[&Piece], order: Order) {
    let considered = rest.len().min(4);
    let mut best = (i32::MIN, 0, 1);
    for title in 0..considered {
        for organisation in 0..considered {
            let (Some(t), Some(o)) = (rest.get(title), rest.get(organisation)) else {
                continue;
            };
            if title == organisation {
                continue;
            }
            let fits = leaning(t.text()) - leaning(o.text());
            // A department is an organisation only when nothing else can be one.
            let department = i32::from(words::is_department(o.text())) * 3
                + i32::from(words::is_department(t.text()));
            let usual = if (title < organisation) == (order.title_first >= 0) {
                1
            } else {
                0
            };
            let near = -i32::try_from(title.max(organisation)).unwrap_or(0);
            let score = fits * 4 - department * 4 + usual * 2 + near;
            if score > best.0 {
                best = (score, title, organisation);
            }
        }
    }
    let (_, title, organisation) = best;
    for (index, piece) in rest.iter().enumerate() {
        let said = piece.said.clone();
        if index == title {
            job.title = said;
        } else if index == organisation {
            job.organisation = said;
        } else if job.place.is_empty() && looks_like_town(&said.text) {
            job.place = said;
        } else {
            job.more.push(said);
        }
    }
}

/// A third piece of one or two capitalised words may be a town.
fn looks_like_town(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().skip(1).any(char::is_lowercase)
    };
    let plain =
        words.len() <= 3 && words.iter().all(capital) && !text.chars().any(|c| c.is_ascii_digit());
    plain && !words::is_department(text) && leaning(text) == 0 && words::degree_score(text) == 0
}

/// One piece that holds title and organisation, or only one of them.
fn alone(job: &mut Job, piece: &Piece) {
    let text = piece.text();
    let at = &piece.said.at;
    if let Some((first, second)) = text
        .split_once(" at ")
        .or_else(|| text.split_once(" @ "))
        .or_else(|| text.split_once(" bei "))
        .or_else(|| text.split_once(" chez "))
        && words::title_score(first) > 0
    {
        job.title = Said::new(trim(first), at);
        job.organisation = Said::new(trim(second), at);
        return;
    }
    let mut best: Option<(i32, usize)> = None;
    for (comma, _) in text.match_indices(',') {
        let (first, second) = (
            trim(text.get(..comma).unwrap_or("")),
            trim(text.get(comma + 1..).unwrap_or("")),
        );
        if first.is_empty()
            || second.is_empty()
            || words::is_department(second)
            || is_ending(second)
        {
            continue;
        }
        let score = leaning(first) - leaning(second);
        // Of `Intern, software development, Lerchenfeld` the part in small letters belongs to the title.
        let small = first
            .rsplit(',')
            .next()
            .is_some_and(|part| part.trim().starts_with(char::is_lowercase));
        let later = score > 0 && (small || leaning(second) < 0);
        let better = |known: i32| score.abs() > known.abs() || (later && score == known);
        if score != 0 && best.is_none_or(|(known, _)| better(known)) {
            best = Some((score, comma));
        }
    }
    match best {
        Some((score, comma)) => {
            let first = Said::new(trim(text.get(..comma).unwrap_or("")), at);
            let second = Said::new(trim(text.get(comma + 1..).unwrap_or("")), at);
            (job.title, job.organisation) = if score > 0 {
                (first, second)
            } else {
                (second, first)
            };
        }
        None if leaning(text) < 0 => job.organisation = piece.said.clone(),
        None => job.title = piece.said.clone(),
    }
}

/// Whether a text only ends the name of a company: `Acme, Inc.`
pub fn is_ending(text: &str) -> bool {
    let small = fold(text);
    let first = small
        .split([' ', ','])
        .next()
        .unwrap_or("")
        .trim_end_matches('.')
        .replace('.', "");
    let whole = small.trim_end_matches('.').replace(['.', ' '], "");
    let endings = [
        "inc", "llc", "ltd", "corp", "co", "gmbh", "ag", "sa", "sarl", "srl", "bv", "plc", "lp",
        "llp",
    ];
    endings.contains(&whole.as_str()) || (endings.contains(&first.as_str()) && small.len() < 6)
}
