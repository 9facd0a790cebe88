//! The sections: from the objects of a file to the entries of a resume.

use serde_json::{Map, Value, json};

use super::fields::{Fields, Reading};
use super::parse::pointer_part;
use super::schema::Place;
use super::values;
use crate::report::Change;
use crate::{
    Award, Basics, Certificate, Education, Interest, Language, Location, OnlineProfile, Project,
    Publication, Reference, Resume, SkillGroup, Volunteer, Work, places,
};

/// One item of a section with its place in the file.
pub struct Item {
    /// Its JSON pointer.
    pub at: String,
    /// What it is.
    pub value: Value,
}

/// The items of a section, however they stand there: as a list, as one object, by their names, or joined in one text.
pub fn items(
    r: &mut Reading,
    value: Value,
    at: &str,
    to: &str,
    key: &str,
    place: &'static Place,
) -> Vec<Item> {
    match value {
        Value::Array(items) => {
            let each = items.into_iter().enumerate();
            each.map(|(index, value)| Item {
                at: format!("{at}/{index}"),
                value,
            })
            .collect()
        }
        Value::Object(map) => {
            let by_name = map.keys().all(|name| !place.means(name))
                && ["skills", "profiles", "languages"].contains(&key);
            if !by_name {
                r.note(
                    Change::Normalised,
                    at,
                    to,
                    format!("`{key}` is now a list with one entry"),
                );
                return vec![Item {
                    at: at.to_owned(),
                    value: Value::Object(map),
                }];
            }
            r.note(
                Change::Normalised,
                at,
                to,
                format!("`{key}` is now a list with an entry for each name"),
            );
            let each = map.into_iter();
            each.map(|(name, value)| named(at, key, &name, value))
                .collect()
        }
        Value::String(text) => {
            r.note(
                Change::Normalised,
                at,
                to,
                format!("the text `{key}` is now a list"),
            );
            let parts = values::split_joined(&text).into_iter();
            parts
                .map(|part| Item {
                    at: at.to_owned(),
                    value: Value::String(part),
                })
                .collect()
        }
        value => vec![Item {
            at: at.to_owned(),
            value,
        }],
    }
}

/// An entry whose name was its key.
fn named(at: &str, key: &str, name: &str, value: Value) -> Item {
    let at = format!("{at}/{}", pointer_part(name));
    let value = match (key, value) {
        ("skills", value @ (Value::Array(_) | Value::String(_))) => {
            json!({"name": name, "keywords": value})
        }
        ("profiles", Value::String(url)) => json!({"network": name, "url": url}),
        ("languages", Value::String(fluency)) => json!({"language": name, "fluency": fluency}),
        (_, Value::Object(mut map)) => {
            let word = if key == "profiles" { "network" } else { "name" };
            map.entry(word).or_insert_with(|| json!(name));
            Value::Object(map)
        }
        (_, value) => json!({"name": name, "value": value}),
    };
    Item { at, value }
}

/// The whole resume.
pub fn resume(r: &mut Reading, mut f: Fields) -> Resume {
    let basics = f.object(r, "basics", |text| {
        Map::from_iter([("name".into(), json!(text))])
    });
    Resume {
        basics: basics.map(|f| self::basics(r, f)).unwrap_or_default(),
        work: f.objects(r, "work", work),
        volunteer: f.objects(r, "volunteer", volunteer),
        education: f.objects(r, "education", education),
        awards: f.objects(r, "awards", award),
        certificates: f.objects(r, "certificates", certificate),
        publications: f.objects(r, "publications", publication),
        skills: f.objects(r, "skills", skill),
        languages: f.objects(r, "languages", language),
        interests: f.objects(r, "interests", interest),
        references: f.objects(r, "references", reference),
        projects: f.objects(r, "projects", project),
        last_number: 0,
        extra: f.rest(r, &["$schema", "meta"]),
    }
}

fn basics(r: &mut Reading, mut f: Fields) -> Basics {
    Basics {
        name: name(r, &mut f),
        label: f.text(r, "label"),
        image: f.text(r, "image"),
        email: f.text(r, "email"),
        phone: f.text(r, "phone"),
        url: f.url(r, "url"),
        summary: f.text(r, "summary"),
        location: f
            .object(r, "location", place_of)
            .map(|f| location(r, f))
            .unwrap_or_default(),
        profiles: f.objects(r, "profiles", profile),
        extra: f.rest(r, &[]),
    }
}

/// The name, also from its parts.
fn name(r: &mut Reading, f: &mut Fields) -> String {
    let name = f.text(r, "name");
    if !name.is_empty() || r.own {
        return name;
    }
    let parts = ["firstName", "lastName"].map(|key| (key, f.raw(key)));
    if let [
        (_, Some(Value::String(first))),
        (_, Some(Value::String(last))),
    ] = &parts
    {
        for (key, _) in &parts {
            let at = format!("{}/{key}", f.at);
            r.note(
                Change::Moved,
                &at,
                "/basics/name",
                format!("`{key}` is now part of `name`"),
            );
        }
        return format!("{} {}", first.trim(), last.trim())
            .trim()
            .to_owned();
    }
    for (key, value) in parts {
        if let Some(value) = value {
            f.put(key, value);
        }
    }
    name
}

/// The parts of a place in one text.
fn place_of(text: &str) -> Map<String, Value> {
    let place = places::place(text);
    let parts = [
        ("city", place.city),
        ("region", place.region),
        ("countryCode", place.country_code),
        ("postalCode", place.postal_code),
        ("address", place.address),
    ];
    let said = parts.into_iter().filter(|(_, text)| !text.is_empty());
    said.map(|(key, text)| (key.to_owned(), json!(text)))
        .collect()
}

fn location(r: &mut Reading, mut f: Fields) -> Location {
    Location {
        address: f.text(r, "address"),
        postal_code: f.text(r, "postalCode"),
        city: f.text(r, "city"),
        country_code: country(r, &mut f),
        region: f.text(r, "region"),
        extra: f.rest(r, &[]),
    }
}

fn country(r: &mut Reading, f: &mut Fields) -> String {
    let text = f.text(r, "countryCode");
    let (at, to) = (
        format!("{}/countryCode", f.at),
        format!("{}/countryCode", f.to),
    );
    if r.own || text.is_empty() {
        return text;
    }
    match places::country_code(&text) {
        Some(code) if code == text => text,
        Some(code) => {
            r.note(
                Change::Normalised,
                &at,
                &to,
                format!("the country `{text}` is now its code `{code}`"),
            );
            code.to_owned()
        }
        None => {
            let message = format!(
                "`{text}` is no country that is known; write its two letters, such as `SE`"
            );
            r.note(Change::Suspicious, &at, &to, message);
            text
        }
    }
}

fn profile(r: &mut Reading, mut f: Fields) -> OnlineProfile {
    OnlineProfile {
        network: f.text(r, "network"),
        username: f.text(r, "username"),
        url: f.url(r, "url"),
        extra: f.rest(r, &[]),
    }
}

fn work(r: &mut Reading, mut f: Fields) -> Work {
    let (start_date, end_date) = f.period(r);
    let entry = Work {
        id: f.id(r),
        name: f.text(r, "name"),
        description: f.text(r, "description"),
        position: f.text(r, "position"),
        location: f.text(r, "location"),
        url: f.url(r, "url"),
        start_date,
        end_date,
        summary: f.text(r, "summary"),
        highlights: f.bullets(r),
        extra: crate::Extra::new(),
    };
    f.offer_bullets(r, "summary", &entry.summary, &entry.id);
    Work {
        extra: f.rest(r, &[]),
        ..entry
    }
}

fn volunteer(r: &mut Reading, mut f: Fields) -> Volunteer {
    let (start_date, end_date) = f.period(r);
    let entry = Volunteer {
        id: f.id(r),
        organization: f.text(r, "organization"),
        position: f.text(r, "position"),
        url: f.url(r, "url"),
        start_date,
        end_date,
        summary: f.text(r, "summary"),
        highlights: f.bullets(r),
        extra: crate::Extra::new(),
    };
    f.offer_bullets(r, "summary", &entry.summary, &entry.id);
    Volunteer {
        extra: f.rest(r, &[]),
        ..entry
    }
}

fn education(r: &mut Reading, mut f: Fields) -> Education {
    let (start_date, end_date) = f.period(r);
    Education {
        id: f.id(r),
        institution: f.text(r, "institution"),
        url: f.url(r, "url"),
        area: f.text(r, "area"),
        study_type: f.text(r, "studyType"),
        start_date,
        end_date,
        score: f.text(r, "score"),
        courses: f.list(r, "courses", false),
        extra: f.rest(r, &[]),
    }
}

fn award(r: &mut Reading, mut f: Fields) -> Award {
    Award {
        id: f.id(r),
        title: f.text(r, "title"),
        date: f.date(r, "date"),
        awarder: f.text(r, "awarder"),
        summary: f.text(r, "summary"),
        extra: f.rest(r, &[]),
    }
}

fn certificate(r: &mut Reading, mut f: Fields) -> Certificate {
    Certificate {
        id: f.id(r),
        name: f.text(r, "name"),
        date: f.date(r, "date"),
        url: f.url(r, "url"),
        issuer: f.text(r, "issuer"),
        extra: f.rest(r, &[]),
    }
}

fn publication(r: &mut Reading, mut f: Fields) -> Publication {
    Publication {
        id: f.id(r),
        name: f.text(r, "name"),
        publisher: f.text(r, "publisher"),
        release_date: f.date(r, "releaseDate"),
        url: f.url(r, "url"),
        summary: f.text(r, "summary"),
        extra: f.rest(r, &[]),
    }
}

fn skill(r: &mut Reading, mut f: Fields) -> SkillGroup {
    SkillGroup {
        id: f.id(r),
        name: f.text(r, "name"),
        level: f.text(r, "level"),
        keywords: f.list(r, "keywords", true),
        extra: f.rest(r, &[]),
    }
}

fn language(r: &mut Reading, mut f: Fields) -> Language {
    let id = f.id(r);
    let mut language = f.text(r, "language");
    if !r.own
        && let Some(name) = values::language_of_code(&language)
    {
        let (at, to) = (format!("{}/language", f.at), format!("{}/language", f.to));
        r.note(
            Change::Normalised,
            &at,
            &to,
            format!("the code `{language}` is now the language `{name}`"),
        );
        language = name;
    }
    Language {
        id,
        language,
        fluency: f.text(r, "fluency"),
        extra: f.rest(r, &[]),
    }
}

fn interest(r: &mut Reading, mut f: Fields) -> Interest {
    Interest {
        id: f.id(r),
        name: f.text(r, "name"),
        keywords: f.list(r, "keywords", true),
        extra: f.rest(r, &[]),
    }
}

fn reference(r: &mut Reading, mut f: Fields) -> Reference {
    Reference {
        id: f.id(r),
        name: f.text(r, "name"),
        reference: f.text(r, "reference"),
        extra: f.rest(r, &[]),
    }
}

fn project(r: &mut Reading, mut f: Fields) -> Project {
    let (start_date, end_date) = f.period(r);
    let entry = Project {
        id: f.id(r),
        name: f.text(r, "name"),
        description: f.text(r, "description"),
        highlights: f.bullets(r),
        keywords: f.list(r, "keywords", true),
        start_date,
        end_date,
        url: f.url(r, "url"),
        roles: f.list(r, "roles", false),
        entity: f.text(r, "entity"),
        kind: f.text(r, "type"),
        extra: crate::Extra::new(),
    };
    f.offer_bullets(r, "description", &entry.description, &entry.id);
    Project {
        extra: f.rest(r, &[]),
        ..entry
    }
}
