//! From a resume to a JSON Resume document.

use serde_json::{Map, Value, json};

use super::extension::{self, BULLETS, ID, KEPT, MARK};
use super::schema::{Holds, Place, ROOT};
use crate::{EntryId, Extra, Highlight, PartialDate, Resume};

/// The resume as a valid JSON Resume 1.3.1 document. Reading it again gives an equal resume.
///
/// Empty fields are left out. A value of `extra` stands under its own key where the schema allows it, else under `x-kept`.
#[must_use]
pub fn write(resume: &Resume) -> Value {
    let mut root = Map::new();
    root.insert("basics".into(), basics(resume));
    macro_rules! sections {
        ($($section:ident $write:ident;)*) => {$(
            if !resume.$section.is_empty() {
                let key = stringify!($section);
                let place = inner(&ROOT, key);
                let entries = resume.$section.iter().map(|entry| Value::Object($write(entry, place)));
                root.insert(key.into(), Value::Array(entries.collect()));
            }
        )*};
    }
    sections! {
        work work; volunteer volunteer; education education; awards award; certificates certificate;
        publications publication; skills skill; languages language; interests interest;
        references reference; projects project;
    }
    let mut object = Object {
        map: root,
        place: &ROOT,
    };
    object.extra(&resume.extra);
    let mut root = object.map;
    root.insert(MARK.into(), extension::mark(resume.last_number));
    Value::Object(root)
}

/// The object or objects that a key of the schema holds.
fn inner(place: &'static Place, key: &str) -> &'static Place {
    match place.key(key).map(|key| key.holds) {
        Some(Holds::Object(inner) | Holds::Objects(inner)) => inner,
        _ => place,
    }
}

/// An object that is being written.
struct Object {
    map: Map<String, Value>,
    place: &'static Place,
}

impl Object {
    fn new(place: &'static Place) -> Self {
        Self {
            map: Map::new(),
            place,
        }
    }

    fn entry(place: &'static Place, id: &EntryId) -> Self {
        Self::new(place).text(ID, &id.0)
    }

    fn text(mut self, key: &str, text: &str) -> Self {
        if !text.is_empty() {
            self.map.insert(key.into(), json!(text));
        }
        self
    }

    fn date(mut self, key: &str, date: Option<PartialDate>) -> Self {
        if let Some(date) = date {
            self.map.insert(key.into(), json!(date));
        }
        self
    }

    fn list(mut self, key: &str, items: &[String]) -> Self {
        if !items.is_empty() {
            self.map.insert(key.into(), json!(items));
        }
        self
    }

    fn bullets(mut self, highlights: &[Highlight]) -> Self {
        if !highlights.is_empty() {
            let texts: Vec<&str> = highlights.iter().map(|h| h.text.as_str()).collect();
            self.map.insert("highlights".into(), json!(texts));
        }
        if let Some(more) = extension::bullets(highlights) {
            self.map.insert(BULLETS.into(), more);
        }
        self
    }

    fn extra(&mut self, extra: &Extra) {
        let top = std::ptr::eq(self.place, &ROOT);
        // At the top, these two belong to the schema as well, and it says what they may be.
        let tooling = |key: &str| match key {
            "$schema" => !extra.get(key).is_some_and(Value::is_string),
            "meta" => !extra.get(key).is_some_and(is_meta),
            _ => key == "basic",
        };
        let means = |key: &str| self.place.means(key) || (top && tooling(key));
        let (own_place, kept) = extension::split(extra, means);
        self.map.extend(own_place);
        if !kept.is_empty() {
            self.map.insert(KEPT.into(), Value::Object(kept));
        }
    }

    fn end(mut self, extra: &Extra) -> Map<String, Value> {
        self.extra(extra);
        self.map
    }
}

/// Whether a value may stand under `meta`.
fn is_meta(value: &Value) -> bool {
    let texts = ["canonical", "version", "lastModified"];
    let is_text = |map: &Map<String, Value>, key| map.get(key).is_none_or(Value::is_string);
    value
        .as_object()
        .is_some_and(|map| texts.iter().all(|key| is_text(map, *key)))
}

fn basics(resume: &Resume) -> Value {
    let basics = &resume.basics;
    let place = inner(&ROOT, "basics");
    let location_place = inner(place, "location");
    let profile_place = inner(place, "profiles");
    let mut object = Object::new(place)
        .text("name", &basics.name)
        .text("label", &basics.label)
        .text("image", &basics.image)
        .text("email", &basics.email)
        .text("phone", &basics.phone)
        .text("url", &basics.url)
        .text("summary", &basics.summary);
    let at = &basics.location;
    let location = Object::new(location_place)
        .text("address", &at.address)
        .text("postalCode", &at.postal_code)
        .text("city", &at.city)
        .text("countryCode", &at.country_code)
        .text("region", &at.region)
        .end(&at.extra);
    if !location.is_empty() {
        object
            .map
            .insert("location".into(), Value::Object(location));
    }
    let profiles: Vec<Value> = (basics.profiles.iter())
        .map(|profile| {
            let object = Object::new(profile_place)
                .text("network", &profile.network)
                .text("username", &profile.username)
                .text("url", &profile.url);
            Value::Object(object.end(&profile.extra))
        })
        .collect();
    if !profiles.is_empty() {
        object.map.insert("profiles".into(), Value::Array(profiles));
    }
    Value::Object(object.end(&basics.extra))
}

fn work(entry: &crate::Work, place: &'static Place) -> Map<String, Value> {
    Object::entry(place, &entry.id)
        .text("name", &entry.name)
        .text("description", &entry.description)
        .text("position", &entry.position)
        .text("location", &entry.location)
        .text("url", &entry.url)
        .date("startDate", entry.start_date)
        .date("endDate", entry.end_date)
        .text("summary", &entry.summary)
        .bullets(&entry.highlights)
        .end(&entry.extra)
}

fn volunteer(entry: &crate::Volunteer, place: &'static Place) -> Map<String, Value> {
    Object::entry(place, &entry.id)
        .text("organization", &entry.organization)
        .text("position", &entry.position)
        .text("url", &entry.url)
        .date("startDate", entry.start_date)
        .date("endDate", entry.end_date)
        .text("summary", &entry.summary)
        .bullets(&entry.highlights)
        .end(&entry.extra)
}

fn education(entry: &crate::Education, place: &'static Place) -> Map<String, Value> {
    Object::entry(place, &entry.id)
        .text("institution", &entry.institution)
        .text("url", &entry.url)
        .text("area", &entry.area)
        .text("studyType", &entry.study_type)
        .date("startDate", entry.start_date)
        .date("endDate", entry.end_date)
        .text("score", &entry.score)
        .list("courses", &entry.courses)
        .end(&entry.extra)
}

fn award(entry: &crate::Award, place: &'static Place) -> Map<String, Value> {
    Object::entry(place, &entry.id)
        .text("title", &entry.title)
        .date("date", entry.date)
        .text("awarder", &entry.awarder)
        .text("summary", &entry.summary)
        .end(&entry.extra)
}

fn certificate(entry: &crate::Certificate, place: &'static Place) -> Map<String, Value> {
    Object::entry(place, &entry.id)
        .text("name", &entry.name)
        .date("date", entry.date)
        .text("url", &entry.url)
        .text("issuer", &entry.issuer)
        .end(&entry.extra)
}

fn publication(entry: &crate::Publication, place: &'static Place) -> Map<String, Value> {
    Object::entry(place, &entry.id)
        .text("name", &entry.name)
        .text("publisher", &entry.publisher)
        .date("releaseDate", entry.release_date)
        .text("url", &entry.url)
        .text("summary", &entry.summary)
        .end(&entry.extra)
}

fn skill(entry: &crate::SkillGroup, place: &'static Place) -> Map<String, Value> {
    Object::entry(place, &entry.id)
        .text("name", &entry.name)
        .text("level", &entry.level)
        .list("keywords", &entry.keywords)
        .end(&entry.extra)
}

fn language(entry: &crate::Language, place: &'static Place) -> Map<String, Value> {
    Object::entry(place, &entry.id)
        .text("language", &entry.language)
        .text("fluency", &entry.fluency)
        .end(&entry.extra)
}

fn interest(entry: &crate::Interest, place: &'static Place) -> Map<String, Value> {
    Object::entry(place, &entry.id)
        .text("name", &entry.name)
        .list("keywords", &entry.keywords)
        .end(&entry.extra)
}

fn reference(entry: &crate::Reference, place: &'static Place) -> Map<String, Value> {
    Object::entry(place, &entry.id)
        .text("name", &entry.name)
        .text("reference", &entry.reference)
        .end(&entry.extra)
}

fn project(entry: &crate::Project, place: &'static Place) -> Map<String, Value> {
    Object::entry(place, &entry.id)
        .text("name", &entry.name)
        .text("description", &entry.description)
        .bullets(&entry.highlights)
        .list("keywords", &entry.keywords)
        .date("startDate", entry.start_date)
        .date("endDate", entry.end_date)
        .text("url", &entry.url)
        .list("roles", &entry.roles)
        .text("entity", &entry.entity)
        .text("type", &entry.kind)
        .end(&entry.extra)
}
