//! Who it is about: name, title, ways to reach the person, and the paragraph about them.

use super::headings::Section;
use super::heads;
use super::job;
use super::paragraphs::{contact_paragraphs, paragraphs};
use super::reach::{
    address_of, finds, is_label, mail, network, number_in, pieces, separated, street,
};
use super::trace::{Said, Trace};
use super::{Line, words};
use crate::dates::fold;
use crate::{OnlineProfile, places};

/// Reads the lines above the first heading.
pub fn read(trace: &mut Trace, lines: &[Line]) {
    let name_at = name_lines(lines);
    let mut rest: Vec<Line> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if name_at.contains(&index) {
            take_name(trace, line, &mut rest)
        } else {
            rest.push(line.clone())
        }
    }
    more(trace, &rest);
}

/// The lines that hold the name: the largest letters, else the first line that can be a name.
fn name_lines(lines: &[Line]) -> Vec<usize> {
    let can = |line: &Line| {
        let text = line
            .cells
            .first()
            .map(|cell| cell.text.as_str())
            .unwrap_or("");
        let first = heads::split(text).first().cloned().unwrap_or_default();
        is_name(&first) && !line.bullet
    };
    let candidates: Vec<usize> = (0..lines.len().min(30))
        .filter(|at| lines.get(*at).is_some_and(can))
        .collect();
    let level = candidates
        .iter()
        .copied()
        .find(|at| lines.get(*at).is_some_and(|line| line.level == 1));
    if let Some(at) = level {
        return vec![at];
    }
    let size = |at: &usize| lines.get(*at).map_or(0.0, |line| line.size);
    let largest = candidates.iter().map(size).fold(0.0, f32::max);
    let Some(first) = candidates
        .iter()
        .copied()
        .find(|at| size(at) >= largest - 0.3)
    else {
        return Vec::new();
    };
    // A name that is broken over two lines of the same large letters.
    let ordinary = lines
        .iter()
        .map(|line| line.size)
        .fold(f32::INFINITY, f32::min);
    let words = lines
        .get(first)
        .map_or(0, |line| line.text().split_whitespace().count());
    let second = candidates.iter().copied().find(|at| {
        *at == first + 1 && size(at) >= largest - 0.3 && largest > ordinary * 1.4 && words <= 2
    });
    std::iter::once(first).chain(second).collect()
}

/// Whether a text can be the name of a person.
pub fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let letters = text
        .chars()
        .all(|c| c.is_alphabetic() || c.is_whitespace() || ".,'’`-()".contains(c));
    let small = [
        "of", "de", "da", "di", "van", "von", "der", "den", "la", "le", "el", "al", "bin", "ibn",
        "dos", "do", "du", "y", "e", "und", "and", "zu", "ter", "ten", "af", "av",
    ];
    let capital = |word: &&&str| {
        word.chars().next().is_some_and(|c| !c.is_lowercase())
            || small.contains(&word.to_lowercase().as_str())
    };
    let title = super::heading_kind(text).is_some();
    (1..=6).contains(&words.len())
        && letters
        && words.iter().filter(capital).count() == words.len()
        && !title
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !(words.len() > 1 && words::title_score(text) > 0)
        && !words.iter().any(|word| word.eq_ignore_ascii_case("and"))
}

/// Takes the name from its line; what else stands there is read later.
fn take_name(trace: &mut Trace, line: &Line, rest: &mut Vec<Line>) {
    let first = line.cells.first().cloned().unwrap_or_default();
    let pieces = heads::split(&first.text);
    let name = pieces.first().cloned().unwrap_or_default();
    let known = trace.imported.resume.basics.name.clone();
    let whole = if known.is_empty() {
        name
    } else {
        format!("{known} {name}")
    };
    trace
        .imported
        .source
        .retain(|source| source.path != "/basics/name");
    trace.imported.resume.basics.name =
        trace.field("/basics/name".into(), &Said::new(whole, &line.at));
    let more: Vec<super::Cell> = pieces
        .into_iter()
        .skip(1)
        .map(|text| super::Cell {
            text,
            ..first.clone()
        })
        .chain(line.cells.iter().skip(1).cloned())
        .collect();
    if !more.is_empty() {
        rest.push(Line {
            cells: more,
            ..line.clone()
        });
    }
}

/// Reads further lines with ways to reach the person.
pub fn more(trace: &mut Trace, lines: &[Line]) {
    let mut about: Vec<Said> = Vec::new();
    for paragraph in contact_paragraphs(lines) {
        let text = paragraph.text();
        let reached = finds(&text);
        if !reached && text.split_whitespace().count() > 12 {
            about.push(Said::new(text.trim(), &paragraph.at));
            continue;
        }
        let texts: Vec<String> = paragraph
            .cells
            .iter()
            .map(|cell| separated(&cell.text))
            .collect();
        let pieces: Vec<String> = texts.iter().flat_map(|text| pieces(text)).collect();
        for piece in pieces {
            let said = Said::new(piece, &paragraph.at);
            if !reach(trace, &said) {
                other(trace, &said, reached, &about);
            }
        }
    }
    let basics = &trace.imported.resume.basics;
    if basics.summary.is_empty() && !about.is_empty() {
        set_summary(trace, &about);
    } else if !about.is_empty() {
        let lines: Vec<Line> = about
            .iter()
            .map(|said| Line::paragraph(&said.text, said.at.clone()))
            .collect();
        let at = about
            .first()
            .map(|said| said.at.clone())
            .unwrap_or_default();
        trace.keep_section(&Section {
            kind: super::SectionKind::Other,
            title: "Contact".into(),
            at,
            lines,
        });
    }
}

/// Takes a piece that is a way to reach the person.
fn reach(trace: &mut Trace, said: &Said) -> bool {
    let text = said.text.as_str();
    let basics = &trace.imported.resume.basics;
    if let Some(found) = mail().and_then(|pattern| pattern.find(text)) {
        let found = Said::new(found.as_str(), &said.at);
        if basics.email.is_empty() {
            trace.imported.resume.basics.email = trace.field("/basics/email".into(), &found);
        } else if basics.email != found.text {
            keep(trace, "emails", &found);
        }
        return true;
    }
    if let Some(url) = text.split_whitespace().find_map(address_of) {
        add_address(trace, &url, said);
        return true;
    }
    if let Some(number) = number_in(text) {
        let found = Said::new(number, &said.at);
        if basics.phone.is_empty() {
            trace.imported.resume.basics.phone = trace.field("/basics/phone".into(), &found);
        } else if basics.phone != found.text {
            keep(trace, "phones", &found);
        }
        return true;
    }
    account(trace, said) || is_label(text)
}

/// Further values that one field cannot hold.
fn keep(trace: &mut Trace, key: &str, said: &Said) {
    let entry = trace
        .imported
        .resume
        .basics
        .extra
        .entry(key)
        .or_insert_with(|| serde_json::Value::Array(Vec::new()));
    if let serde_json::Value::Array(list) = entry {
        list.push(said.text.clone().into());
    }
}

fn add_address(trace: &mut Trace, url: &str, said: &Said) {
    let path = url.split("://").nth(1).unwrap_or("").trim_end_matches('/');
    let user = path
        .split_once('/')
        .map(|(_, rest)| {
            rest.trim_start_matches("in/")
                .trim_start_matches("users/")
                .trim_start_matches('@')
                .to_owned()
        })
        .unwrap_or_default();
    match network(url) {
        Some(network) => add_profile(trace, network, &user, url, &said.at),
        None if trace.imported.resume.basics.url.is_empty() => {
            trace.imported.resume.basics.url =
                trace.field("/basics/url".into(), &Said::new(url, &said.at));
        }
        None if trace.imported.resume.basics.url == url => {}
        None => add_profile(trace, "", "", url, &said.at),
    }
}

fn add_profile(trace: &mut Trace, network: &str, username: &str, url: &str, at: &str) {
    let path = format!(
        "/basics/profiles/{}",
        trace.imported.resume.basics.profiles.len()
    );
    let username = trace.field(format!("{path}/username"), &Said::new(username, at));
    let url = trace.field(format!("{path}/url"), &Said::new(url, at));
    trace.imported.resume.basics.profiles.push(OnlineProfile {
        network: network.to_owned(),
        username,
        url,
        ..OnlineProfile::default()
    });
}

/// `GitHub: mira`, `LinkedIn: /in/mira`, `Github:// mira`.
fn account(trace: &mut Trace, said: &Said) -> bool {
    let Some((site, user)) = said.text.split_once(':') else {
        return false;
    };
    const SITES: [(&str, &str, &str); 8] = [
        ("github", "GitHub", "https://github.com/"),
        ("gitlab", "GitLab", "https://gitlab.com/"),
        ("linkedin", "LinkedIn", "https://www.linkedin.com/in/"),
        ("twitter", "Twitter", "https://twitter.com/"),
        ("facebook", "Facebook", "https://www.facebook.com/"),
        ("youtube", "YouTube", "https://www.youtube.com/@"),
        ("quora", "Quora", "https://www.quora.com/profile/"),
        ("leetcode", "LeetCode", "https://leetcode.com/"),
    ];
    let small = fold(site.trim());
    let user = user
        .trim()
        .trim_start_matches('/')
        .trim()
        .trim_start_matches("in/")
        .trim_start_matches('@');
    let Some((_, name, base)) = SITES.iter().find(|(key, ..)| *key == small) else {
        return false;
    };
    if user.is_empty() || user.contains(char::is_whitespace) {
        return false;
    }
    add_profile(trace, name, user, &format!("{base}{user}"), &said.at);
    true
}

/// A piece that is no way to reach the person: a place, the title, or something about them.
fn other(trace: &mut Trace, said: &Said, beside_contacts: bool, about: &[Said]) {
    let labelled = said
        .text
        .split_once(':')
        .filter(|(label, rest)| is_label(label) && !rest.trim().is_empty());
    let text = labelled.map_or(said.text.as_str(), |(_, rest)| rest.trim());
    let basics = &trace.imported.resume.basics;
    let no_place = basics.location == crate::Location::default();
    let sure = labelled.is_some() || job::is_place(text, beside_contacts) || street(text);
    if no_place && sure && words::title_score(text) == 0 {
        set_place(trace, text, said);
    } else if super::jobs::is_link_word(text) || is_label(text) {
        // The name of a link whose address is not in the text.
    } else if basics.name.is_empty() && is_name(text) && !beside_contacts {
        trace.imported.resume.basics.name = trace.field("/basics/name".into(), said);
    } else if crate::dates::find(text).is_some() {
        // A date above the first section is about the document.
        keep(trace, "more", said);
    } else if !beside_contacts && basics.label.is_empty() && text.split_whitespace().count() <= 12 {
        trace.imported.resume.basics.label = trace.field("/basics/label".into(), said);
    } else if !beside_contacts
        && about.is_empty()
        && text.split_whitespace().count() <= 6
        && words::title_score(text) > 0
    {
        // `DevOps Engineer · Software Architect`: the parts of one title.
        let label = format!("{} · {text}", basics.label);
        trace.imported.resume.basics.label = label;
    } else if no_place && beside_contacts && places::country_code(text).is_some() {
        set_place(trace, text, said);
    } else {
        keep(trace, "more", said);
    }
}

fn set_place(trace: &mut Trace, text: &str, said: &Said) {
    let place = places::place(text);
    let location = &mut trace.imported.resume.basics.location;
    location.address = place.address;
    location.postal_code = place.postal_code;
    location.city = place.city;
    location.region = place.region;
    location.country_code = place.country_code;
    for key in ["city", "region"] {
        trace.field(
            format!("/basics/location/{key}"),
            &Said::new(text, &said.at),
        );
    }
}

/// The paragraph about the person.
pub fn summary(trace: &mut Trace, section: &Section) {
    let texts = super::jobs::texts(&paragraphs(&section.lines));
    set_summary(trace, &texts);
}

fn set_summary(trace: &mut Trace, texts: &[Said]) {
    let known = std::mem::take(&mut trace.imported.resume.basics.summary);
    let lines: Vec<&str> = std::iter::once(known.as_str())
        .filter(|text| !text.is_empty())
        .chain(texts.iter().map(|said| said.text.as_str()))
        .collect();
    let at = texts
        .first()
        .map(|said| said.at.clone())
        .unwrap_or_default();
    trace.imported.resume.basics.summary =
        trace.field("/basics/summary".into(), &Said::new(lines.join("\n"), &at));
}

/// Adds an account of a known site, or a mail address, that only a link names.
pub fn add_link(imported: &mut crate::report::Imported, address: &str, at: &str) {
    let basics = &mut imported.resume.basics;
    if let Some(mail) = address.strip_prefix("mailto:") {
        let mail = mail.split('?').next().unwrap_or("");
        if basics.email.is_empty() && mail.contains('@') {
            basics.email = mail.to_owned();
            imported.from("/basics/email".into(), mail, at);
        }
        return;
    }
    let path = address
        .split("://")
        .nth(1)
        .unwrap_or("")
        .trim_end_matches('/');
    let user = path
        .split_once('/')
        .map_or("", |(_, rest)| rest.strip_prefix("in/").unwrap_or(rest));
    let Some(network) = network(address).filter(|_| !user.is_empty() && !user.contains('/')) else {
        return;
    };
    if basics
        .profiles
        .iter()
        .any(|profile| profile.network == network)
    {
        return;
    }
    let index = basics.profiles.len();
    basics.profiles.push(OnlineProfile {
        network: network.to_owned(),
        username: user.to_owned(),
        url: address.to_owned(),
        ..OnlineProfile::default()
    });
    imported.from(format!("/basics/profiles/{index}/url"), address, at);
}
