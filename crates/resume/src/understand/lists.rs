//! Sections that are lists: skills, languages, interests.

use super::headings::Section;
use super::paragraphs::{Paragraph, list_paragraphs};
use super::trace::{Said, Trace};
use crate::dates::fold;
use crate::json::split_joined;
use crate::{Interest, Language, SkillGroup};

/// The lists of a section, each with its label; the label is empty where there is none.
pub fn items(section: &Section) -> Vec<(Said, Vec<Said>)> {
    let all = joined_lists(list_paragraphs(&section.lines));
    let mut lists: Vec<(Said, Vec<Said>)> = Vec::new();
    for (index, paragraph) in all.iter().enumerate() {
        let text = paragraph.text();
        if let Some((label, rest)) = labelled(paragraph) {
            lists.push((Said::new(label, &paragraph.at), parts(&rest, &paragraph.at)));
            continue;
        }
        let next = all.get(index + 1);
        if is_label(paragraph, next) {
            lists.push((
                Said::new(text.trim_end_matches(':').trim(), &paragraph.at),
                Vec::new(),
            ));
            continue;
        }
        let found: Vec<Said> = paragraph
            .cells
            .iter()
            .flat_map(|cell| parts(&cell.text, &paragraph.at))
            .collect();
        // A bullet after labelled ones is a list of its own.
        let own = lists
            .last()
            .is_none_or(|(label, list)| !label.is_empty() && !list.is_empty() && paragraph.bullet);
        match lists.last_mut() {
            Some((_, list)) if !own => list.extend(found),
            _ => lists.push((Said::default(), found)),
        }
    }
    lists.retain(|(label, list)| !label.is_empty() || !list.is_empty());
    lists
}

/// A list that was broken for width at the end of an item: `AWS, gRPC, Distributed` above `Systems`.
fn joined_lists(all: Vec<Paragraph>) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for paragraph in all {
        let goes_on = out.last().is_some_and(|last| {
            let text = last.text();
            let list = text.contains(',') || text.contains(" • ") || text.contains(" · ");
            text.trim_end().ends_with(',')
                && list
                && !paragraph.bullet
                && labelled(&paragraph).is_none()
        });
        match out.last_mut().and_then(|last| last.cells.last_mut()) {
            Some(cell) if goes_on => super::paragraphs::join(&mut cell.text, &paragraph.text()),
            _ => out.push(paragraph),
        }
    }
    out
}

/// The label at the beginning of a paragraph and what follows it: `Languages: Python, Go`, or a first cell before the list.
fn labelled(paragraph: &Paragraph) -> Option<(String, String)> {
    let text = paragraph.text();
    if let Some((label, rest)) = text.split_once(':') {
        let words = label.split_whitespace().count();
        let named = (1..=6).contains(&words)
            && !label.contains(',')
            && label.len() <= 48
            && !rest.starts_with("//");
        if named && !rest.trim().is_empty() {
            return Some((label.trim().to_owned(), rest.trim().to_owned()));
        }
    }
    let [first, rest @ ..] = paragraph.cells.as_slice() else {
        return None;
    };
    let list: Vec<&str> = rest.iter().map(|cell| cell.text.as_str()).collect();
    let differs = rest
        .first()
        .is_some_and(|second| first.bold && !second.bold)
        || list.iter().any(|text| text.contains(','));
    let named = !rest.is_empty() && !first.text.contains(',') && differs;
    named.then(|| (first.text.trim().to_owned(), list.join(", ")))
}

/// Whether a line is only the label of the list under it.
fn is_label(paragraph: &Paragraph, next: Option<&Paragraph>) -> bool {
    let text = paragraph.text();
    if text.contains(',') || paragraph.bullet || paragraph.cells.len() > 1 {
        return false;
    }
    let next_is_list = next
        .is_some_and(|next| next.text().contains(',') || next.bullet || next.text().contains('•'));
    let styled =
        paragraph.level > 0 || (paragraph.is_bold() && next.is_some_and(|next| !next.is_bold()));
    text.trim_end().ends_with(':') && next.is_some()
        || (styled && next_is_list)
        || (paragraph.level > 0 && next.is_some())
}

/// The items of a list in one text.
pub fn parts(text: &str, at: &str) -> Vec<Said> {
    let mut all = Vec::new();
    for piece in text.split(['•', '●', '|', '·', '∙', '◦', '▪', '■', '⋅', '│']) {
        all.extend(split_joined(piece));
    }
    let each = all.into_iter().map(|item| {
        let item = item
            .trim()
            .trim_start_matches("and ")
            .trim_start_matches(['-', '–', '*', '/', ' ']);
        // The point that ends a list is no part of its last item.
        let item = item
            .strip_suffix('.')
            .filter(|rest| !rest.contains('.'))
            .unwrap_or(item);
        Said::new(item.trim(), at)
    });
    each.filter(|said| said.text.chars().any(char::is_alphanumeric))
        .collect()
}

/// A section of skills. Groups that are no skills, such as spoken languages and interests, go to their own place.
pub fn skills(trace: &mut Trace, section: &Section) {
    for (label, list) in items(section) {
        let small = fold(&label.text);
        let spoken = !list.is_empty() && list.iter().all(|item| is_spoken(&item.text));
        if [
            "interests",
            "hobbies",
            "interessen",
            "hobbys",
            "intereses",
            "loisirs",
        ]
        .contains(&small.as_str())
        {
            add_interests(trace, &list);
        } else if ["certifications", "certificates", "zertifikate"].contains(&small.as_str()) {
            super::honours::add_certificates(trace, &list);
        } else if spoken {
            add_languages(trace, &list);
        } else {
            add_group(trace, &label, &list);
        }
    }
}

fn add_group(trace: &mut Trace, label: &Said, list: &[Said]) {
    let path = format!("/skills/{}", trace.imported.resume.skills.len());
    let name = trace.field(format!("{path}/name"), label);
    let each = list.iter().enumerate();
    let keywords = each
        .map(|(index, said)| trace.field(format!("{path}/keywords/{index}"), said))
        .collect();
    trace.imported.resume.skills.push(SkillGroup {
        name,
        keywords,
        ..SkillGroup::default()
    });
}

/// Whether a text is a spoken language, perhaps with how well it is spoken.
fn is_spoken(text: &str) -> bool {
    let small = fold(text);
    let level = [
        "native",
        "fluent",
        "conversational",
        "mother tongue",
        "muttersprache",
        "fliessend",
        "fließend",
        "verhandlungssicher",
        "c1",
        "c2",
        "b1",
        "b2",
        "a1",
        "a2",
        "bilingual",
        "courant",
        "langue maternelle",
        "nativo",
        "fluido",
        "fluente",
        "basic proficiency",
    ];
    let (name, rest) = parts_of_language(text);
    isolang_name(&name) && (rest.is_empty() || level.iter().any(|word| small.contains(word)))
}

/// Whether a word is the name of a spoken language in English or in the language itself.
fn isolang_name(name: &str) -> bool {
    const NAMES: &str = "english german french spanish portuguese italian dutch swedish norwegian danish finnish polish czech russian ukrainian arabic hebrew hindi \
        urdu bengali tamil telugu mandarin chinese cantonese japanese korean vietnamese thai turkish greek romanian hungarian bulgarian croatian serbian persian farsi \
        deutsch englisch franzosisch spanisch italienisch russisch anglais allemand francais espagnol italien ingles aleman frances espanol portugues italiano \
        inglese tedesco francese spagnolo alemao latin catalan basque galician punjabi gujarati marathi malay indonesian swahili tagalog filipino malayalam kannada \
        engelska tyska franska svenska engels duits frans nederlands angielski niemiecki polski английский русский немецкий";
    let small = fold(name);
    NAMES.split_ascii_whitespace().any(|known| known == small)
}

/// The name of a language and how well it is spoken.
fn parts_of_language(text: &str) -> (String, String) {
    let text = text.trim();
    let signs = [" – ", " — ", " - ", ": ", " (", ":", " / "];
    let cut = signs
        .iter()
        .filter_map(|sign| text.find(sign).map(|at| (at, sign.len())))
        .min();
    if let Some((at, length)) = cut {
        let rest = text.get(at + length..).unwrap_or("").trim();
        let rest = rest.strip_suffix(')').unwrap_or(rest);
        return (
            text.get(..at).unwrap_or("").trim().to_owned(),
            rest.to_owned(),
        );
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        // "Fluent in Spanish", "Native Swedish".
        [level, "in", name] => ((*name).to_owned(), (*level).to_owned()),
        [level, name] if isolang_name(name) && !isolang_name(level) => {
            ((*name).to_owned(), (*level).to_owned())
        }
        [name, rest @ ..] if isolang_name(name) => ((*name).to_owned(), rest.join(" ")),
        _ => (text.to_owned(), String::new()),
    }
}

/// A section of languages; when these are programming languages, they are skills.
pub fn languages(trace: &mut Trace, section: &Section) {
    let mut list: Vec<Said> = Vec::new();
    for paragraph in list_paragraphs(&section.lines) {
        // `English    Native` in two cells.
        if let [name, level] = paragraph.cells.as_slice()
            && !level.text.contains(',')
            && isolang_name(&name.text)
            && !isolang_name(&level.text)
        {
            list.push(Said::new(
                format!("{}: {}", name.text, level.text),
                &paragraph.at,
            ));
            continue;
        }
        for cell in &paragraph.cells {
            list.extend(parts(&cell.text, &paragraph.at));
        }
    }
    if list
        .iter()
        .any(|said| isolang_name(&parts_of_language(&said.text).0))
        || list.iter().all(|said| !is_programming(&said.text))
    {
        add_languages(trace, &list);
    } else {
        add_group(trace, &Said::new(section.title.clone(), &section.at), &list);
    }
}

fn is_programming(text: &str) -> bool {
    let small = text.to_lowercase();
    [
        "python",
        "java",
        "javascript",
        "typescript",
        "c++",
        "c#",
        "c",
        "go",
        "rust",
        "ruby",
        "php",
        "sql",
        "html",
        "kotlin",
        "swift",
        "r",
        "scala",
        "bash",
    ]
    .contains(&small.as_str())
}

fn add_languages(trace: &mut Trace, list: &[Said]) {
    for said in list {
        let (name, fluency) = parts_of_language(&said.text);
        let path = format!("/languages/{}", trace.imported.resume.languages.len());
        let language = Language {
            language: trace.field(format!("{path}/language"), &Said::new(name, &said.at)),
            fluency: trace.field(format!("{path}/fluency"), &Said::new(fluency, &said.at)),
            ..Language::default()
        };
        trace.imported.resume.languages.push(language);
    }
}

/// A section of interests.
pub fn interests(trace: &mut Trace, section: &Section) {
    for (label, list) in items(section) {
        if label.is_empty() {
            add_interests(trace, &list);
            continue;
        }
        let path = format!("/interests/{}", trace.imported.resume.interests.len());
        let name = trace.field(format!("{path}/name"), &label);
        let keywords = list.into_iter().map(|said| said.text).collect();
        trace.imported.resume.interests.push(Interest {
            name,
            keywords,
            ..Interest::default()
        });
    }
}

fn add_interests(trace: &mut Trace, list: &[Said]) {
    for said in list {
        let path = format!("/interests/{}/name", trace.imported.resume.interests.len());
        let name = trace.field(path, said);
        trace.imported.resume.interests.push(Interest {
            name,
            ..Interest::default()
        });
    }
}
