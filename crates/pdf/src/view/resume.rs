//! From data in the shape of JSON Resume to the parts of a page.

use serde_json::Value;

use super::labels::Labels;
use super::{Document, Entry, Group, Head, Part, Section, dates, take};
use crate::Template;

/// The parts of a resume.
pub fn document(template: Template, data: &Value) -> Document {
    let labels = Labels::of(data);
    let sections = order(template, data).into_iter();
    Document {
        head: head(data.get("basics").unwrap_or(&Value::Null), "basics"),
        sections: sections
            .filter_map(|id| section(id, data, &labels))
            .collect(),
        letter: None,
    }
}

/// The sections in the order that the data asks for, the others after them in the template's.
fn order(template: Template, data: &Value) -> Vec<&'static str> {
    let asked = take::list(data, "sections").iter().filter_map(take::plain);
    let known = |name: String| template.sections.iter().copied().find(|id| *id == name);
    let mut order: Vec<&'static str> = Vec::new();
    for id in asked
        .filter_map(known)
        .chain(template.sections.iter().copied())
    {
        if !order.contains(&id) {
            order.push(id);
        }
    }
    // What stands in the narrow column is read before the wide one, whatever the data asks for.
    order.sort_by_key(|id| !template.aside.contains(id));
    order
}

/// Whose document it is; `basics` is in the shape of JSON Resume's, at `path`.
pub fn head(basics: &Value, path: &str) -> Head {
    let email = take::part(basics, "email", path).map(|part| {
        let href = format!("mailto:{}", part.text);
        let fit = part.text.contains('@') && !part.text.contains(char::is_whitespace);
        part.leading_to(fit.then_some(href))
    });
    let phone = take::part(basics, "phone", path).map(|part| {
        let digits: String = part
            .text
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect();
        let href = format!("tel:{digits}");
        part.leading_to((digits.len() > 4).then_some(href))
    });
    let place = basics
        .get("location")
        .and_then(|location| place(location, path));
    let url = take::address(basics, "url", path);
    let mut contact: Vec<Part> = [email, phone, place, url].into_iter().flatten().collect();
    contact.extend(profiles(basics, path));
    Head {
        name: take::part(basics, "name", path),
        label: take::part(basics, "label", path),
        contact,
    }
}

fn place(location: &Value, path: &str) -> Option<Part> {
    let get = |key| take::text(location, key).map(|text| text.replace("\n\n", ", "));
    let town = [get("postalCode"), get("city")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let town = (!town.is_empty()).then_some(town);
    let lines = [get("address"), town, get("region"), get("countryCode")]
        .into_iter()
        .flatten();
    let text = lines.collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then(|| Part::new(format!("{path}.location"), text))
}

fn profiles(basics: &Value, path: &str) -> Vec<Part> {
    let profiles = take::list(basics, "profiles").iter().enumerate();
    let part = |(index, profile): (usize, &Value)| {
        let field = format!("{path}.profiles[{index}]");
        if let Some(url) = take::text(profile, "url") {
            return Some(Part::new(field, take::shown(&url)).leading_to(take::href(&url)));
        }
        let known = [
            take::text(profile, "network"),
            take::text(profile, "username"),
        ];
        let text = known.into_iter().flatten().collect::<Vec<_>>().join(": ");
        (!text.is_empty()).then(|| Part::new(field, text))
    };
    profiles.filter_map(part).collect()
}

fn section(id: &'static str, data: &Value, labels: &Labels) -> Option<Section> {
    let mut section = Section {
        id,
        title: Part::new(id, labels.get(id)),
        paragraphs: Vec::new(),
        entries: Vec::new(),
        groups: Vec::new(),
    };
    if id == "summary" {
        let basics = data.get("basics").unwrap_or(&Value::Null);
        section.paragraphs = take::paragraphs(basics, "summary", "basics");
    }
    for (index, value) in take::list(data, id).iter().enumerate() {
        let path = format!("{id}[{index}]");
        match id {
            "skills" | "languages" | "interests" => section.groups.extend(group(id, value, &path)),
            _ => section.entries.extend(entry(id, value, &path, labels)),
        }
    }
    let empty =
        section.paragraphs.is_empty() && section.entries.is_empty() && section.groups.is_empty();
    (!empty).then_some(section)
}

fn group(id: &str, value: &Value, path: &str) -> Option<Group> {
    let (label, level) = match id {
        "languages" => ("language", "fluency"),
        _ => ("name", "level"),
    };
    let group = Group {
        label: take::part(value, label, path),
        level: take::part(value, level, path),
        items: take::parts(value, "keywords", path),
    };
    let empty = group.label.is_none() && group.level.is_none() && group.items.is_empty();
    (!empty).then_some(group)
}

/// One entry; none when nothing of it is to be shown.
fn entry(id: &str, value: &Value, path: &str, labels: &Labels) -> Option<Entry> {
    let mut entry = match id {
        "work" => work(value, path, labels),
        "volunteer" => volunteer(value, path, labels),
        "education" => education(value, path, labels),
        "projects" => project(value, path, labels),
        "awards" => dated(value, path, labels, ["title", "awarder", "date"]),
        "certificates" => dated(value, path, labels, ["name", "issuer", "date"]),
        "publications" => dated(value, path, labels, ["name", "publisher", "releaseDate"]),
        "references" => Entry {
            title: take::part(value, "name", path),
            paragraphs: take::paragraphs(value, "reference", path),
            ..Entry::default()
        },
        _ => return None,
    };
    if entry.title.is_none() {
        entry.title = entry.name.take();
    }
    (!entry.is_empty()).then_some(entry)
}

fn work(value: &Value, path: &str, labels: &Labels) -> Entry {
    let url = take::text(value, "url").and_then(|url| take::href(&url));
    let mut paragraphs = take::paragraphs(value, "description", path);
    paragraphs.extend(take::paragraphs(value, "summary", path));
    Entry {
        title: take::part(value, "position", path),
        name: take::part(value, "name", path).map(|part| part.leading_to(url)),
        place: take::part(value, "location", path),
        dates: dates::range(value, path, labels, true),
        paragraphs,
        bullets: take::parts(value, "highlights", path),
        ..Entry::default()
    }
}

fn volunteer(value: &Value, path: &str, labels: &Labels) -> Entry {
    let url = take::text(value, "url").and_then(|url| take::href(&url));
    let organization = take::part(value, "organization", path);
    Entry {
        name: organization.map(|part| part.leading_to(url)),
        ..work(value, path, labels)
    }
}

fn education(value: &Value, path: &str, labels: &Labels) -> Entry {
    let degree = [take::text(value, "studyType"), take::text(value, "area")]
        .into_iter()
        .flatten();
    let degree = degree.collect::<Vec<_>>().join(", ");
    let url = take::text(value, "url").and_then(|url| take::href(&url));
    let institution = take::part(value, "institution", path).map(|part| part.leading_to(url));
    let grade = note(
        labels,
        "grade",
        path,
        take::part(value, "score", path).into_iter().collect(),
    );
    let courses = note(labels, "courses", path, take::parts(value, "courses", path));
    Entry {
        title: (!degree.is_empty()).then(|| Part::new(format!("{path}.studyType"), degree)),
        name: institution,
        place: take::part(value, "location", path),
        dates: dates::range(value, path, labels, true),
        paragraphs: take::paragraphs(value, "summary", path),
        bullets: take::parts(value, "highlights", path),
        notes: grade.into_iter().chain(courses).collect(),
        ..Entry::default()
    }
}

fn project(value: &Value, path: &str, labels: &Labels) -> Entry {
    let roles = take::parts(value, "roles", path)
        .into_iter()
        .map(|role| role.text);
    let roles = roles.collect::<Vec<_>>().join(", ");
    let name = take::part(value, "entity", path);
    let place = (!roles.is_empty()).then(|| Part::new(format!("{path}.roles"), roles));
    Entry {
        title: take::part(value, "name", path),
        name,
        place,
        dates: dates::range(value, path, labels, false),
        link: take::address(value, "url", path),
        paragraphs: take::paragraphs(value, "description", path),
        bullets: take::parts(value, "highlights", path),
        notes: note(
            labels,
            "keywords",
            path,
            take::parts(value, "keywords", path),
        )
        .into_iter()
        .collect(),
    }
}

/// Something received on one day: the keys of what, from whom, and when.
fn dated(value: &Value, path: &str, labels: &Labels, [title, from, date]: [&str; 3]) -> Entry {
    Entry {
        title: take::part(value, title, path),
        name: take::part(value, from, path),
        dates: dates::single(value, date, path, labels),
        link: take::address(value, "url", path),
        paragraphs: take::paragraphs(value, "summary", path),
        ..Entry::default()
    }
}

fn note(labels: &Labels, key: &str, path: &str, items: Vec<Part>) -> Option<Group> {
    (!items.is_empty()).then(|| Group {
        label: Some(Part::new(format!("{path}.{key}.label"), labels.get(key))),
        level: None,
        items,
    })
}

impl Entry {
    fn is_empty(&self) -> bool {
        let parts = [
            &self.title,
            &self.name,
            &self.place,
            &self.dates,
            &self.link,
        ];
        let head = parts.into_iter().all(Option::is_none);
        head && self.paragraphs.is_empty() && self.bullets.is_empty() && self.notes.is_empty()
    }
}
