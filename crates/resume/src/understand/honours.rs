//! Certificates, prizes, publications and references: mostly one line each.

use super::headings::Section;
use super::heads;
use super::job;
use super::paragraphs::{Paragraph, paragraphs};
use super::trace::{Said, Trace};
use super::words;
use crate::dates;
use crate::{Award, Certificate, PartialDate, Publication, Reference};

/// One line in its parts.
struct Item {
    title: Said,
    by: Said,
    more: Vec<Said>,
    date: Option<PartialDate>,
}

/// The items of a section: each line that is no continuation is one; a line that looks weaker goes on with the one before.
fn items(section: &Section) -> Vec<Item> {
    let all = paragraphs(&section.lines);
    let bullets = all.iter().any(|p| p.bullet);
    let headed = all
        .iter()
        .any(|p| !p.bullet && (p.level > 0 || p.is_bold()))
        && all.iter().any(|p| p.level == 0 && !p.is_bold());
    let mut items: Vec<Item> = Vec::new();
    for paragraph in &all {
        let top = if headed {
            paragraph.level > 0 || (!paragraph.bullet && paragraph.is_bold())
        } else {
            paragraph.bullet || !bullets || items.is_empty()
        };
        match items.last_mut() {
            Some(last) if !top => add_line(last, paragraph),
            _ => items.push(item(paragraph)),
        }
    }
    items
}

fn item(paragraph: &Paragraph) -> Item {
    let head = heads::head([paragraph]);
    let date = head
        .dates
        .as_ref()
        .and_then(|(range, _)| range.start.or(range.end));
    let mut pieces = head
        .pieces
        .into_iter()
        .flat_map(|piece| by_comma(piece.said));
    let title = pieces.next().unwrap_or_default();
    let (title, by) = match title
        .text
        .split_once(" by ")
        .or_else(|| title.text.split_once(" from "))
    {
        Some((name, by)) if title.text.split_whitespace().count() < 14 => (
            Said::new(name.trim(), &title.at),
            Said::new(by.trim(), &title.at),
        ),
        _ => (title, Said::default()),
    };
    let mut item = Item {
        title,
        by,
        more: Vec::new(),
        date,
    };
    for said in pieces {
        put(&mut item, said);
    }
    item
}

/// A piece that ends in the name of an organisation after a comma is two.
fn by_comma(said: Said) -> Vec<Said> {
    let cut = said.text.rfind(", ").map(|at| {
        (
            said.text.get(..at).unwrap_or("").to_owned(),
            said.text.get(at + 2..).unwrap_or("").to_owned(),
        )
    });
    match cut {
        Some((name, by))
            if words::organisation_score(&by) > 0
                && words::organisation_score(&name) == 0
                && !job::is_ending(&by) =>
        {
            vec![Said::new(name, &said.at), Said::new(by, &said.at)]
        }
        _ => vec![said],
    }
}

/// A further piece: who gave it, or more about it.
fn put(item: &mut Item, said: Said) {
    let short = said.text.split_whitespace().count() <= 6;
    // `Solutions Architect – Professional` is one name.
    let level = [
        "professional",
        "associate",
        "foundational",
        "advanced",
        "expert",
        "specialty",
        "practitioner",
        "beginner",
        "intermediate",
        "level",
    ];
    let small = said.text.to_lowercase();
    if level
        .iter()
        .any(|word| small.split(' ').any(|part| part == *word))
        && short
        && words::organisation_score(&said.text) == 0
    {
        item.title.text = format!("{} – {}", item.title.text, said.text);
    } else if item.by.is_empty() && short {
        item.by = said;
    } else {
        item.more.push(said);
    }
}

fn add_line(item: &mut Item, paragraph: &Paragraph) {
    let head = heads::head([paragraph]);
    if item.date.is_none() {
        item.date = head
            .dates
            .as_ref()
            .and_then(|(range, _)| range.start.or(range.end));
    }
    let long = paragraph.text().split_whitespace().count() > 8;
    for piece in head.pieces {
        if long {
            item.more.push(piece.said)
        } else {
            put(item, piece.said)
        }
    }
}

fn more(trace: &mut Trace, path: String, parts: &[Said]) -> String {
    let texts: Vec<&str> = parts.iter().map(|said| said.text.as_str()).collect();
    let at = parts
        .first()
        .map(|said| said.at.clone())
        .unwrap_or_default();
    trace.field(path, &Said::new(texts.join("\n"), &at))
}

/// A section of certificates. Lines that begin with a label of another kind go there.
pub fn certificates(trace: &mut Trace, section: &Section) {
    let mut own = Section {
        lines: Vec::new(),
        ..section.clone()
    };
    for line in &section.lines {
        let text = line.text();
        let label = text
            .split_once(':')
            .map(|(label, _)| label.trim().to_owned())
            .unwrap_or_default();
        match super::heading_kind(&label) {
            Some(super::SectionKind::Certificates) => {
                let list = super::lists::parts(
                    text.split_once(':').map_or("", |(_, list)| list),
                    &line.at,
                );
                add_certificates(trace, &list);
            }
            Some(super::SectionKind::Awards) => {
                let list = text.split_once(':').map_or("", |(_, list)| list).split(';');
                for title in list {
                    add_award(trace, item_of(title.trim(), &line.at));
                }
            }
            Some(_) if !label.is_empty() => trace.keep_section(&Section {
                title: label,
                lines: vec![line.clone()],
                ..section.clone()
            }),
            _ => own.lines.push(line.clone()),
        }
    }
    for item in items(&own) {
        add_certificate(trace, item);
    }
}

fn item_of(text: &str, at: &str) -> Item {
    let paragraph = Paragraph {
        cells: vec![super::Cell {
            text: text.to_owned(),
            ..super::Cell::default()
        }],
        at: at.to_owned(),
        ..Paragraph::default()
    };
    item(&paragraph)
}

/// Certificates of a list.
pub fn add_certificates(trace: &mut Trace, list: &[Said]) {
    for said in list {
        add_certificate(trace, item_of(&said.text, &said.at));
    }
}

fn add_certificate(trace: &mut Trace, item: Item) {
    let path = format!("/certificates/{}", trace.imported.resume.certificates.len());
    let mut certificate = Certificate {
        name: trace.field(format!("{path}/name"), &item.title),
        issuer: trace.field(format!("{path}/issuer"), &item.by),
        date: item.date,
        ..Certificate::default()
    };
    if !item.more.is_empty() {
        let text = more(trace, format!("{path}/summary"), &item.more);
        certificate.extra.insert("summary".into(), text.into());
    }
    trace.imported.resume.certificates.push(certificate);
}

/// A section of prizes.
pub fn awards(trace: &mut Trace, section: &Section) {
    for item in items(section) {
        add_award(trace, item);
    }
}

fn add_award(trace: &mut Trace, item: Item) {
    let path = format!("/awards/{}", trace.imported.resume.awards.len());
    let award = Award {
        title: trace.field(format!("{path}/title"), &item.title),
        awarder: trace.field(format!("{path}/awarder"), &item.by),
        summary: more(trace, format!("{path}/summary"), &item.more),
        date: item.date,
        ..Award::default()
    };
    trace.imported.resume.awards.push(award);
}

/// A section of publications: each paragraph is one, whole, since citations are written in many ways.
pub fn publications(trace: &mut Trace, section: &Section) {
    for paragraph in paragraphs(&section.lines) {
        let path = format!("/publications/{}", trace.imported.resume.publications.len());
        let text = paragraph.text();
        let publication = Publication {
            name: trace.field(
                format!("{path}/name"),
                &Said::new(text.trim(), &paragraph.at),
            ),
            release_date: dates::find_all(&text)
                .last()
                .and_then(|found| found.range.start.or(found.range.end)),
            ..Publication::default()
        };
        trace.imported.resume.publications.push(publication);
    }
}

/// A section of references: a short line is a name, what follows it are the words.
pub fn references(trace: &mut Trace, section: &Section) {
    let mut list: Vec<(Said, Vec<Said>)> = Vec::new();
    for paragraph in paragraphs(&section.lines) {
        let said = Said::new(paragraph.text().trim(), &paragraph.at);
        let name = said.text.split_whitespace().count() <= 6
            && !said.text.ends_with('.')
            && !said.text.contains('@')
            && !said.text.to_lowercase().contains("request");
        let (label, quote) = said
            .text
            .split_once(": ")
            .map(|(a, b)| (a.trim(), b.trim()))
            .unwrap_or_default();
        if !label.is_empty()
            && label.split_whitespace().count() <= 5
            && quote.split_whitespace().count() > 3
        {
            list.push((Said::new(label, &said.at), vec![Said::new(quote, &said.at)]));
        } else if name && list.last().is_none_or(|(_, words)| !words.is_empty()) {
            list.push((said, Vec::new()));
        } else if let Some((_, words)) = list.last_mut() {
            words.push(said);
        } else {
            list.push((Said::default(), vec![said]));
        }
    }
    for (name, words) in list {
        let path = format!("/references/{}", trace.imported.resume.references.len());
        let reference = Reference {
            name: trace.field(format!("{path}/name"), &name),
            reference: more(trace, format!("{path}/reference"), &words),
            ..Reference::default()
        };
        trace.imported.resume.references.push(reference);
    }
}
